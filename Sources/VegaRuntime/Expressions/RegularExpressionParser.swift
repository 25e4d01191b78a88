/// Reads a pattern of JavaScript to a tree.
struct RegularExpressionParser {
  private let scalars: [UInt32]
  private var index = 0
  private var depth = 0
  private(set) var groups = 1
  private(set) var names: [String: Int] = [:]

  init(_ pattern: String) { scalars = pattern.unicodeScalars.map(\.value) }

  mutating func parse() -> RegularExpressionTree? {
    guard scalars.count <= 10_000, let tree = alternatives(), index == scalars.count else { return nil }
    return tree
  }

  private func peek(_ offset: Int = 0) -> UInt32? { index + offset < scalars.count ? scalars[index + offset] : nil }
  private func at(_ letter: Unicode.Scalar, _ offset: Int = 0) -> Bool { peek(offset) == letter.value }
  private mutating func take(_ letter: Unicode.Scalar) -> Bool {
    guard at(letter) else { return false }
    index += 1
    return true
  }

  private mutating func alternatives() -> RegularExpressionTree? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 100 else { return nil }
    var trees: [RegularExpressionTree] = []
    repeat {
      guard let tree = sequence() else { return nil }
      trees.append(tree)
    } while take("|")
    return trees.count == 1 ? trees[0] : .alternatives(trees)
  }

  private mutating func sequence() -> RegularExpressionTree? {
    var trees: [RegularExpressionTree] = []
    while let letter = peek(), letter != 0x7C, letter != 0x29 {
      guard let tree = atom(), let quantified = quantifier(tree) else { return nil }
      trees.append(quantified)
    }
    return trees.count == 1 ? trees[0] : trees.isEmpty ? .empty : .sequence(trees)
  }

  private mutating func quantifier(_ tree: RegularExpressionTree) -> RegularExpressionTree? {
    var least = 0
    var most: Int?
    if take("*") {
    } else if take("+") {
      least = 1
    } else if take("?") {
      most = 1
    } else if at("{"), let counts = counts() {
      (least, most) = counts
    } else {
      return tree
    }
    guard least <= 1000, most ?? 0 <= 1000, most ?? least >= least else { return nil }
    if case .lineStart = tree { return nil }
    return .repeated(tree, least: least, most: most, lazy: take("?"))
  }

  /// `{2}`, `{2,}`, `{2,5}`; anything else is a brace that stands for itself.
  private mutating func counts() -> (Int, Int?)? {
    let start = index
    index += 1
    if let least = integer() {
      if take("}") { return (least, least) }
      if take(",") {
        if take("}") { return (least, nil) }
        if let most = integer(), take("}") { return (least, most) }
      }
    }
    index = start
    return nil
  }

  private mutating func integer() -> Int? {
    var value: Int?
    while let letter = peek(), letter >= 0x30, letter <= 0x39 {
      value = min((value ?? 0) * 10 + Int(letter - 0x30), 100_000)
      index += 1
    }
    return value
  }

  private mutating func atom() -> RegularExpressionTree? {
    guard let letter = peek() else { return nil }
    index += 1
    switch Unicode.Scalar(letter) {
    case ".": return .any
    case "^": return .lineStart
    case "$": return .lineEnd
    case "(": return group()
    case "[": return set()
    case "*", "+", "?": return nil
    case "\\": return escape()
    default: return .character(letter)
    }
  }

  private mutating func group() -> RegularExpressionTree? {
    var number: Int?
    var look: Bool?
    if at("?") {
      if at(":", 1) {
        index += 2
      } else if at("=", 1) || at("!", 1) {
        look = at("=", 1)
        index += 2
      } else if at("<", 1), let letter = peek(2), letter != 0x3D, letter != 0x21 {
        index += 2
        var name = ""
        while let letter = peek(), letter != 0x3E, let scalar = Unicode.Scalar(letter) {
          name.unicodeScalars.append(scalar)
          index += 1
        }
        guard take(">") else { return nil }
        number = groups
        groups += 1
        names[name] = number
      } else {
        return nil
      }
    } else {
      number = groups
      groups += 1
    }
    guard let tree = alternatives(), take(")") else { return nil }
    if let look { return .look(look, tree) }
    return .group(number, tree)
  }

  private mutating func escape() -> RegularExpressionTree? {
    guard let letter = peek() else { return nil }
    if let set = classEscape() { return .set(set) }
    index += 1
    switch Unicode.Scalar(letter) {
    case "b": return .wordBorder(true)
    case "B": return .wordBorder(false)
    case "k":
      guard take("<") else { return nil }
      var name = ""
      while let letter = peek(), letter != 0x3E, let scalar = Unicode.Scalar(letter) {
        name.unicodeScalars.append(scalar)
        index += 1
      }
      return take(">") ? .namedReference(name) : nil
    case _ where letter >= 0x31 && letter <= 0x39:
      index -= 1
      return integer().map { .backReference($0) }
    default:
      index -= 1
      return characterEscape().map { .character($0) }
    }
  }

  /// `\d`, `\w`, `\s` and their opposites, with the cursor on the letter.
  private mutating func classEscape() -> RegularExpression.CharacterSet? {
    guard let letter = peek() else { return nil }
    var set = RegularExpression.CharacterSet()
    switch Unicode.Scalar(letter | 0x20) {
    case "d": set.ranges = [0x30...0x39]
    case "w": set.ranges = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    case "s":
      set.ranges = [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
      ]
    default: return nil
    }
    guard "dwsDWS".unicodeScalars.contains(where: { $0.value == letter }) else { return nil }
    set.negated = letter & 0x20 == 0
    index += 1
    return set
  }

  private mutating func characterEscape() -> UInt32? {
    guard let letter = peek() else { return nil }
    index += 1
    switch Unicode.Scalar(letter) {
    case "n": return 10
    case "t": return 9
    case "r": return 13
    case "f": return 12
    case "v": return 11
    case "0": return 0
    case "x": return hex(2) ?? letter
    case "u":
      if at("{") {
        index += 1
        let value = hex(6, exactly: false)
        return take("}") ? value : nil
      }
      return hex(4) ?? letter
    default: return letter
    }
  }

  private mutating func hex(_ count: Int, exactly: Bool = true) -> UInt32? {
    let start = index
    var value: UInt32 = 0
    while index - start < count, let letter = peek(), let scalar = Unicode.Scalar(letter),
      let digit = Character(scalar).hexDigitValue
    {
      value = value << 4 | UInt32(digit)
      index += 1
    }
    if exactly ? index - start == count : index > start { return value }
    index = start
    return nil
  }

  private mutating func set() -> RegularExpressionTree? {
    var set = RegularExpression.CharacterSet()
    set.negated = take("^")
    while !at("]") {
      guard let first = member(&set) else { return nil }
      guard let first = first.value else { continue }
      if at("-"), !at("]", 1), peek(1) != nil {
        index += 1
        guard let last = member(&set) else { return nil }
        if let last = last.value {
          guard first <= last else { return nil }
          set.ranges.append(first...last)
        } else {
          set.ranges.append(first...first)
          set.ranges.append(0x2D...0x2D)
        }
      } else {
        set.ranges.append(first...first)
      }
    }
    index += 1
    return .set(set)
  }

  /// A letter of a set, without a value where it was a class and has been added.
  private mutating func member(_ set: inout RegularExpression.CharacterSet) -> (value: UInt32?, Void)? {
    guard let letter = peek() else { return nil }
    index += 1
    guard letter == 0x5C else { return (letter, ()) }
    if at("b") {
      index += 1
      return (8, ())
    }
    if let inner = classEscape() {
      set.ranges += inner.negated ? RegularExpressionParser.complement(inner.ranges) : inner.ranges
      return (nil, ())
    }
    guard let value = characterEscape() else { return nil }
    return (value, ())
  }

  private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    result.append(next...0x10FFFF)
    return result
  }
}
