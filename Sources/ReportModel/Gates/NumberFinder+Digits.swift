/// Digits with the points, commas and dashes between them, and what they are part of.
struct DigitRun {
  /// Without unit and magnitude.
  var range: Range<Int>
  /// The word around it, when letters belong to it: `Qwen2.5-72B`.
  var word: Range<Int>
  /// The numbers between dashes, colons and slashes, without separators of thousands: `["2025", "06"]`.
  var parts: [String] = []
  /// What stands between the parts.
  var joints: [Unicode.Scalar] = []

  var start: Int { range.lowerBound }
  var end: Int { range.upperBound }

  /// Whether all parts are whole numbers of at most a value.
  func isAtMost(_ limit: Int) -> Bool {
    parts.allSatisfy { part in Int(part).map { $0 >= 1 && $0 <= limit } ?? false }
  }
}

extension NumberFinder {
  /// Reads a run of digits with what belongs to it, and decides what it is.
  mutating func readDigits() {
    if isPlainYear(at: index) {
      index += 4
      return
    }
    let run = digitRun(from: index)
    index = max(run.end, run.word.upperBound)
    if let end = endOfUnit(run) {
      index = max(run.end, end)
      if isUnitOfCounting(from: run.start) { return }
      keep(run.start..<index)
      return
    }
    if isPartOfName(run) || followsName(run) || isReference(run) {
      passedEnd = index
      return
    }
    if isYearOrDate(run) || isOrdinal(run) || isClockOrIdiom(run) || isListNumber(run) || isContinuation(run)
      || isAddress(run) || isUnitOfCounting(from: run.start)
    {
      return
    }
    index = run.end
    keep(run.range)
  }

  /// "in 2024, …" and "2025年": most numbers of most texts, told without reading further.
  private func isPlainYear(at start: Int) -> Bool {
    guard start + 4 < scalars.count, (1...3).allSatisfy({ isDigit(at: start + $0) }) else { return false }
    let century = (scalars[start].value - 0x30) * 10 + scalars[start + 1].value - 0x30
    guard 18...21 ~= century else { return false }
    let before = scalar(at: start - 1)
    switch scalars[start + 4] {
    case "年": return before.value > 0x7F || before == " " || before == "\n"
    case ",", ".", ";", ")":
      return before == " " && (scalar(at: start - 2).value | 0x20) &- 0x61 < 26 && !isDigit(at: start + 5)
        && !isCurrency(before: start)
    default: return false
    }
  }

  private func digitRun(from start: Int) -> DigitRun {
    var end = start
    var part = ""
    var run = DigitRun(range: start..<start, word: start..<start)
    while end < scalars.count {
      let mark = scalars[end]
      if isDigit(at: end) {
        part.unicodeScalars.append(mark)
        end += 1
      } else if isDigit(at: end + 1), mark == "," || mark == "，" || mark == " ", isThousands(at: end, part) {
        end += 1
      } else if isDigit(at: end + 1), mark == ".", !part.contains(".") || run.joints.isEmpty {
        part.unicodeScalars.append(mark)
        end += 1
      } else if isDigit(at: end + 1), "-–—−~～:：/×·".unicodeScalars.contains(mark) {
        run.parts.append(part)
        run.joints.append(mark)
        part = ""
        end += 1
      } else {
        break
      }
    }
    run.parts.append(part)
    run.range = start..<end
    run.word = startOfWord(before: start)..<endOfWord(from: end)
    return run
  }

  /// Whether a comma or space parts thousands: one to three digits before it, three and no fourth behind.
  private func isThousands(at place: Int, _ before: String) -> Bool {
    guard (1...3).allSatisfy({ isDigit(at: place + $0) }), !isDigit(at: place + 4), !before.contains(".") else {
      return false
    }
    // A full-width comma parts thousands only between full-width digits, and a space only where it does not break: their
    // forms are gone by now, but not their widths in bytes.
    func isWide(_ place: Int) -> Bool { text.byteRange(of: place..<place + 1).count > 1 }
    switch scalars[place] {
    case ",": return true
    case "，": return isWide(place - 1) && isWide(place + 1)
    default: return isWide(place) && before.utf8.count <= 3
    }
  }

  /// Where the word begins that digits at `start` belong to; `start` itself when no letter stands before them.
  private func startOfWord(before start: Int) -> Int {
    var place = start
    var sawLetter = false
    while place > 0, start - place < 100 {
      let previous = scalars[place - 1]
      if isLatinLetter(previous) {
        sawLetter = true
        place -= 1
      } else if isDigit(at: place - 1) {
        place -= 1
      } else if place > 1, isNameJoint(previous), isLatinLetter(scalars[place - 2]) || isDigit(at: place - 2) {
        place -= 1
      } else {
        break
      }
    }
    return sawLetter ? place : start
  }

  private func endOfWord(from end: Int) -> Int {
    var place = end
    while place < scalars.count, place - end < 100 {
      if isLatinLetter(scalars[place]) || isDigit(at: place) {
        place += 1
      } else if isNameJoint(scalars[place]), isDigit(at: place + 1) || isLatinLetter(scalar(at: place + 1)) {
        place += 1
      } else {
        break
      }
    }
    return place
  }

  private func isNameJoint(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "." || scalar == "_" || scalar == "+" || scalar == "/"
  }

  // MARK: - Units

  /// Behind the unit that makes a number a quantity, whatever else it looks like; `nil` without one.
  ///
  /// A percent sign, a magnitude, 倍, 成, a currency before it. Other units say nothing: a year may stand before them.
  private func endOfUnit(_ run: DigitRun) -> Int? {
    let hasLetters = run.word.lowerBound < run.start
    let isMoney = isCurrency(before: run.start)
    // "GPT-4" keeps what follows; "sub-10%" does not.
    if hasLetters, !isMoney, scalar(at: run.end) != "%" || scalar(at: run.start - 1) != "-" { return nil }
    if let end = endOfSuffix(run, isMoney: isMoney) { return end }
    return isMoney ? run.end : nil
  }

  private func endOfSuffix(_ run: DigitRun, isMoney: Bool) -> Int? {
    var place = run.end
    switch scalar(at: place) {
    case "%", "‰", "‱": return place + 1
    default: break
    }
    if run.word.upperBound > run.end {
      let suffix = text.string(run.end..<run.word.upperBound)
      if suffix.hasPrefix("-") {
        let words = suffix.dropFirst().lowercased().split(separator: "-")
        let isQuantity = words.contains { NumberWords.magnitudes.contains(String($0)) || $0 == "fold" || $0 == "times" }
        return isQuantity ? run.word.upperBound : nil
      }
      if NumberWords.namesOfDigits.contains(text.string(run.start..<run.word.upperBound)),
        !isCounter(behind: run.word.upperBound)
      {
        return nil
      }
      if let joint = suffix.firstIndex(of: "-"), NumberWords.unitSuffixes.contains(String(suffix[..<joint])) {
        return run.word.upperBound
      }
      if ["B", "M", "T"].contains(suffix), !isMoney, isNameLike(behind: run.word.upperBound) || followsName(run) {
        return nil
      }
      if NumberWords.unitSuffixes.contains(suffix) { return run.word.upperBound }
      return nil
    }
    let start = skipSpaces(from: place)
    if let end = endOfMagnitude(from: start) { return end }
    if word(from: place) == "times" { return endOfLetters(from: start) }
    place = start
    while "余多来+".unicodeScalars.contains(scalar(at: place)) { place += 1 }
    let words = place
    while "百千万亿".unicodeScalars.contains(scalar(at: place)) { place += 1 }
    if place > words, !matchesAny(NumberWords.wordsOnMagnitudes, at: place - 1) {
      return scalar(at: place) == "倍" ? place + 1 : place
    }
    if matches("个百分点", at: words) { return words + 4 }
    if matches("百分点", at: words) || matches("个基点", at: words) { return words + 3 }
    if matches("分之", at: words) { return endOfFraction(from: words + 2) }
    if scalar(at: words) == "倍" { return words + 1 }
    if scalar(at: words) == "成", words == start, !isCompound(at: words) { return words + 1 }
    return nil
  }

  private func endOfFraction(from start: Int) -> Int {
    var end = start
    while isDigit(at: end) || isChineseNumeral(scalar(at: end)) { end += 1 }
    return end
  }

  /// Behind `million`, `percent`, `per cent`, `percentage points` at a place.
  func endOfMagnitude(from start: Int) -> Int? {
    var end = endOfLetters(from: start)
    guard end - start >= 2 else { return nil }
    let word = text.string(start..<end).lowercased()
    if word == "per", matches(" cent", at: end) {
      end = endOfLetters(from: end + 1)
      return end
    }
    guard NumberWords.magnitudes.contains(word) else { return nil }
    if word == "percentage" {
      let next = text.string(end + 1..<max(end + 1, endOfLetters(from: end + 1)))
      return next == "points" || next == "point" ? endOfLetters(from: end + 1) : nil
    }
    return end
  }

  /// `$`, `€`, `US$`, `CNY`, `人民币` before the digits.
  private func isCurrency(before start: Int) -> Bool {
    let place = skipSpaces(before: start)
    if "$€£¥￥₩₹".unicodeScalars.contains(scalar(at: place - 1)) { return true }
    var begin = place
    while begin > 0, isLatinLetter(scalars[begin - 1]), place - begin < 5 { begin -= 1 }
    return NumberWords.currencies.contains(text.string(begin..<place)) || matches("人民币", at: place - 3)
  }

  /// "a 70B model", "72B 版": a magnitude of parameters that names a model.
  private func isNameLike(behind end: Int) -> Bool {
    ["model", "models", "version", "variant", "class"].contains(word(from: end).lowercased())
      || matchesAny(["模型", "版", "版本", "端", "级"], at: skipSpaces(from: end))
  }

  /// 两成员, 一成立: 成 as part of another word.
  func isCompound(at place: Int) -> Bool {
    "立套员果本长功熟型绩分品交效份".unicodeScalars.contains(scalar(at: place + 1)) || matches("一成为", at: place - 1)
  }
}
