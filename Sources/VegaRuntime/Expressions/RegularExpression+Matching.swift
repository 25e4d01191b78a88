/// A match: for each group where it starts and ends in the scalars, -1 where it took no part.
struct RegularExpressionMatch {
  var places: [Int]
  var range: Range<Int> { places[0]..<places[1] }
  func group(_ number: Int) -> Range<Int>? {
    guard number * 2 + 1 < places.count, places[number * 2] >= 0, places[number * 2 + 1] >= 0 else { return nil }
    return places[number * 2]..<places[number * 2 + 1]
  }
}

extension RegularExpression {
  /// Steps that one search may take.
  static let budget = 1_000_000

  /// Returns the first match at or behind `start`.
  func firstMatch(in text: [UInt32], from start: Int = 0) -> RegularExpressionMatch? {
    guard start <= text.count else { return nil }
    guard spending?.isSpent != true else { return nil }
    var steps = Self.budget
    defer { spending?.spend(Self.budget - steps) }
    for position in start...text.count {
      if let places = run(text, position, 0, &steps, nil) { return RegularExpressionMatch(places: places) }
      if steps <= 0 {
        spending?.noteSearch()
        return nil
      }
    }
    return nil
  }

  func test(_ text: String) -> Bool { firstMatch(in: text.unicodeScalars.map(\.value)) != nil }

  /// One thread of matching with the choices it may come back to.
  private func run(_ text: [UInt32], _ start: Int, _ entry: Int, _ steps: inout Int, _ outer: [Int]?) -> [Int]? {
    var places = outer ?? [Int](repeating: -1, count: groups * 2 + marks)
    var choices: [(instruction: Int, position: Int, places: [Int])] = []
    var pc = entry
    var position = start
    while true {
      steps -= 1
      if steps <= 0 { return nil }
      var failed = false
      switch instructions[pc] {
      case .character(let wanted):
        if position < text.count, folded(text[position]) == wanted {
          position += 1
          pc += 1
        } else {
          failed = true
        }
      case .any:
        if position < text.count, dotMatchesAll || !Self.isLineBreak(text[position]) {
          position += 1
          pc += 1
        } else {
          failed = true
        }
      case .set(let index):
        if position < text.count, contains(sets[index], text[position]) {
          position += 1
          pc += 1
        } else {
          failed = true
        }
      case .jump(let target): pc = target
      case .split(let first, let second):
        guard choices.count < 100_000 else { return nil }
        choices.append((second, position, places))
        pc = first
      case .save(let slot):
        places[slot] = position
        pc += 1
      case .lineStart:
        failed = !(position == 0 || isMultiline && Self.isLineBreak(text[position - 1]))
        pc += 1
      case .lineEnd:
        failed = !(position == text.count || isMultiline && Self.isLineBreak(text[position]))
        pc += 1
      case .wordBorder(let wanted):
        let before = position > 0 && Self.isWord(text[position - 1])
        let behind = position < text.count && Self.isWord(text[position])
        failed = (before != behind) != wanted
        pc += 1
      case .backReference(let number):
        if number < groups, places[number * 2] >= 0, places[number * 2 + 1] >= 0 {
          let wanted = text[places[number * 2]..<places[number * 2 + 1]]
          if position + wanted.count <= text.count,
            zip(wanted, text[position...]).allSatisfy({ folded($0) == folded($1) })
          {
            position += wanted.count
          } else {
            failed = true
          }
        }
        pc += 1
      case .look(let positive, let end):
        let found = run(text, position, pc + 1, &steps, places)
        if steps <= 0 { return nil }
        failed = (found != nil) != positive
        if positive, let found { places = found }
        pc = end
      case .mark(let slot):
        places[groups * 2 + slot] = position
        pc += 1
      case .progress(let slot):
        failed = places[groups * 2 + slot] == position
        pc += 1
      case .match: return places
      }
      if failed {
        guard let choice = choices.popLast() else { return nil }
        (pc, position, places) = choice
      }
    }
  }

  private func contains(_ set: CharacterSet, _ scalar: UInt32) -> Bool {
    func isIn(_ scalar: UInt32) -> Bool { set.ranges.contains { $0.contains(scalar) } }
    var found = isIn(scalar)
    if !found, ignoresCase {
      found = isIn(folded(scalar))
      if !found, let upper = Unicode.Scalar(scalar)?.properties.uppercaseMapping.unicodeScalars, upper.count == 1 {
        found = isIn(upper.first!.value)
      }
    }
    return found != set.negated
  }

  private static func isLineBreak(_ scalar: UInt32) -> Bool {
    scalar == 10 || scalar == 13 || scalar == 0x2028 || scalar == 0x2029
  }

  private static func isWord(_ scalar: UInt32) -> Bool {
    (scalar >= 0x30 && scalar <= 0x39) || (scalar | 0x20 >= 0x61 && scalar | 0x20 <= 0x7A) || scalar == 0x5F
  }
}

// MARK: - Replacing and splitting

extension RegularExpression {
  /// Replaces the first match, or all with flag `g`; `$1`, `$&` and `$<name>` stand for what was matched.
  func replace(in text: String, with replacement: String) -> String {
    let scalars = text.unicodeScalars.map(\.value)
    var result: [UInt32] = []
    var start = 0
    var search = 0
    let most = spending?.textBytes ?? .max
    // One more than may be, so that whoever asked sees that it was too much.
    while result.count <= most, let match = firstMatch(in: scalars, from: search) {
      result += scalars[start..<match.range.lowerBound]
      result += expand(replacement, match, scalars, most: most)
      start = match.range.upperBound
      search = match.range.isEmpty ? start + 1 : start
      if !isGlobal || search > scalars.count { break }
    }
    if start < scalars.count { result += scalars[start...] }
    return Self.text(result)
  }

  func split(_ text: String, limit: Int) -> [String] {
    let scalars = text.unicodeScalars.map(\.value)
    var parts: [String] = []
    var start = 0
    var search = 0
    while parts.count < limit, search < scalars.count, let match = firstMatch(in: scalars, from: search) {
      if match.range.upperBound == start || match.range.isEmpty && match.range.lowerBound >= scalars.count {
        search = max(search, match.range.upperBound) + 1
        continue
      }
      parts.append(Self.text(scalars[start..<match.range.lowerBound]))
      for number in 1..<max(1, groups) { parts.append(match.group(number).map { Self.text(scalars[$0]) } ?? "") }
      start = match.range.upperBound
      search = match.range.isEmpty ? start + 1 : start
    }
    parts.append(Self.text(scalars[min(start, scalars.count)...]))
    return Array(parts.prefix(limit))
  }

  private func expand(
    _ replacement: String, _ match: RegularExpressionMatch, _ text: [UInt32], most: Int
  ) -> [UInt32] {
    let letters = replacement.unicodeScalars.map(\.value)
    var result: [UInt32] = []
    var index = 0
    while index < letters.count, result.count <= most {
      guard letters[index] == 0x24, index + 1 < letters.count else {
        result.append(letters[index])
        index += 1
        continue
      }
      let next = letters[index + 1]
      index += 2
      switch next {
      case 0x24: result.append(0x24)
      case 0x26: result += text[match.range]
      case 0x60: result += text[..<match.range.lowerBound]
      case 0x27: result += text[match.range.upperBound...]
      case 0x30...0x39:
        var number = Int(next - 0x30)
        if index < letters.count, letters[index] >= 0x30, letters[index] <= 0x39 {
          let double = number * 10 + Int(letters[index] - 0x30)
          if double < groups {
            number = double
            index += 1
          }
        }
        if number > 0, number < groups {
          if let range = match.group(number) { result += text[range] }
        } else {
          result += [0x24, next]
        }
      case 0x3C:
        if let end = letters[index...].firstIndex(of: 0x3E), !names.isEmpty {
          if let number = names[Self.text(letters[index..<end])], let range = match.group(number) {
            result += text[range]
          }
          index = end + 1
        } else {
          result += [0x24, next]
        }
      default: result += [0x24, next]
      }
    }
    return result
  }

  private static func text(_ scalars: some Sequence<UInt32>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars { text.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return String(text)
  }
}
