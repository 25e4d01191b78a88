// What digits are when they are no quantity: told by the words around them.

extension NumberFinder {
  // MARK: - Names and references

  /// "units of 1,000", "in units of CNY 100 million", "units of ten thousand": how a number is counted is no quantity.
  func isUnitOfCounting(from start: Int) -> Bool {
    var place = skipSpaces(before: start)
    let word = wordRange(before: place)
    // A currency may stand between.
    if word.upperBound > word.lowerBound, word.count == 3, word.allSatisfy({ scalars[$0].value &- 0x41 < 26 }) {
      place = skipSpaces(before: word.lowerBound)
    }
    return endsWithAny(["units of", "unit of"], before: place)
  }

  /// `GPT-4`, `H100`, `4o`, `5G`, `3rd-generation`: digits within a word with letters.
  func isPartOfName(_ run: DigitRun) -> Bool {
    if run.word.lowerBound < run.start { return true }
    if run.word.upperBound > run.end { return true }
    // "36氪", "58同城", "4.0版", "12345热线".
    if matchesAny(NumberWords.namesBehindDigits, at: skipSpaces(from: run.end)) { return true }
    // "18- to 24-year-olds".
    if matchesAny(["- to ", "- and ", "- or "], at: run.end) { return true }
    return NumberWords.namesOfDigits.contains(text.string(run.range)) && !isCounter(behind: run.end)
  }

  /// "Claude Opus 4.1", "Gemini 2.5", "文心大模型4.5": a version behind a name that carries versions.
  func followsName(_ run: DigitRun) -> Bool {
    guard run.joints.allSatisfy({ "/-–—:".unicodeScalars.contains($0) }),
      !run.parts.contains(where: { $0.utf8.count > 5 }),
      !text.scalars[run.range].contains(",")
    else { return false }
    // "Llama 3 models" is a name, 豆包3款 is not.
    if isCounter(behind: run.end), run.parts[0].utf8.count > 3 || isHanCounter(at: skipSpaces(from: run.end)) {
      return false
    }
    let end = skipSpaces(before: run.start)
    // "大模型2.0", "AI 1.0".
    if run.parts[0].hasSuffix(".0"), run.parts.count == 1, run.parts[0].utf8.count == 3 {
      let word = wordRange(before: run.start)
      if endsWithAny(NumberWords.hanVersioned, before: end)
        || !word.isEmpty && scalars[word.lowerBound].value &- 0x41 < 26
      {
        return true
      }
    }
    if names.endsWithHanName(scalars, before: end) { return true }
    // "双11", "沪深300".
    if endsWithAny(NumberWords.namesBeforeDigits, before: end) { return true }
    guard end < run.start || scalar(at: end - 1) == ")" else { return false }
    // Up to four words back, as long as they may be parts of a name.
    var place = end
    for _ in 0..<4 {
      var start = place
      while start > 0,
        isLatinLetter(scalars[start - 1]) || isDigit(at: start - 1)
          || "-.·&+".unicodeScalars.contains(scalars[start - 1])
      {
        start -= 1
      }
      guard start < place else { return false }
      if names.isFamily(text.string(start..<place)) { return true }
      let first = scalars[start]
      guard isDigit(at: start) || first.value &- 0x41 < 26, scalar(at: start - 1) == " "
      else {
        return false
      }
      place = skipSpaces(before: start)
    }
    return false
  }

  /// "Figure 3", "图 3", "chapter 2", "p. 7", "line 12", "version 4".
  func isReference(_ run: DigitRun) -> Bool {
    let previous = word(before: run.start).lowercased()
    if !previous.isEmpty {
      return NumberWords.references.contains(previous) || NumberWords.references.contains(previous + ".")
    }
    let end = skipSpaces(before: run.start)
    let open = "(（".unicodeScalars.contains(scalar(at: end - 1)) ? end - 1 : end
    return endsWithAny(NumberWords.hanReferences, before: open) && !isCounter(behind: run.end)
  }

  /// The second number of "Figures 3 and 4", "GPT-4、5".
  func isContinuation(_ run: DigitRun) -> Bool {
    guard let passedEnd, run.start - passedEnd <= 5, run.start > passedEnd, !isCounter(behind: run.end) else {
      return false
    }
    let between = text.string(passedEnd..<run.start)
    return [" and ", " to ", " or ", " & ", "、", "和", "与", "至", "到", "或", " 和 ", " 与 ", "–", "-", "—", " – "].contains(
      between)
  }

  /// `example.org/2024`, `192.168.0.1`: three points or a slash behind letters.
  func isAddress(_ run: DigitRun) -> Bool {
    run.parts.contains { part in part.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: ".") ? 1 : 0) } > 1 }
  }

  // MARK: - Years, dates and times

  func isYear(_ digits: String) -> Bool {
    guard digits.utf8.count == 4, let year = Int(digits) else { return false }
    return year >= 1800 && year <= 2199
  }

  /// A year from 1800 to 2199, alone, in a range, or as part of a date in either language or in ISO's form.
  func isYearOrDate(_ run: DigitRun) -> Bool {
    guard text.scalars[run.range].allSatisfy({ $0 != "," }) else { return false }
    let next = scalar(at: skipSpaces(from: run.end))
    let dotted = run.parts[0].split(separator: ".").map(String.init)
    if isYear(dotted[0]) {
      if dotted.count > 1 { return dotted.dropFirst().allSatisfy { Int($0).map { $0 >= 1 && $0 <= 31 } ?? false } }
      if !run.joints.allSatisfy({ "-–—−~～/".unicodeScalars.contains($0) }) { return false }
      if run.parts.dropFirst().contains(where: { !isYear($0) && (Int($0) ?? 100) > 99 }) { return false }
      // With a unit it is a quantity even when it looks like a year: "2000元", "2000 people".
      return next == "年" || !isCounter(behind: run.end)
    }
    // 12/31/2024, 06/2025.
    if let last = run.parts.last, run.parts.count > 1, isYear(last),
      run.parts.dropLast().allSatisfy({ (Int($0) ?? 100) <= 31 })
    {
      return true
    }
    if run.joints == ["·"], run.isAtMost(31) { return true }
    // 10/22–4/25.
    if run.joints.count == 3, run.joints[0] == "/", run.joints[2] == "/", run.isAtMost(31) { return true }
    if next == "月" || next == "日" || next == "号", run.isAtMost(31) { return true }
    if next == "年" { return isShortYear(run, at: skipSpaces(from: run.end)) }
    if matches("季度", at: skipSpaces(from: run.end)), run.isAtMost(4) { return true }
    // '24, 90后.
    if "'’‘".unicodeScalars.contains(scalar(at: run.start - 1)), run.parts[0].utf8.count == 2 { return true }
    if next == "后", run.parts.allSatisfy({ $0.utf8.count == 2 }) { return true }
    return run.isAtMost(31) && isBesideMonth(run)
  }

  /// "80年代", "25年6月", "25年底".
  private func isShortYear(_ run: DigitRun, at place: Int) -> Bool {
    guard run.parts.allSatisfy({ $0.utf8.count == 2 }) else { return false }
    let behind = skipSpaces(from: place + 1)
    return matchesAny(["代", "底", "初", "末", "上半年", "下半年"], at: behind)
      || isDigit(at: behind) && matchesAny(["月"], at: endOfDigits(from: behind))
  }

  private func endOfDigits(from start: Int) -> Int {
    var end = start
    while isDigit(at: end) { end += 1 }
    return end
  }

  /// "30 June", "March 5", "9 and 10 February", "5, 6 and 7 May", "June 3 and 4".
  private func isBesideMonth(_ run: DigitRun) -> Bool {
    if NumberWords.months.contains(word(before: run.start).lowercased()) { return !isCounter(behind: run.end) }
    var place = run.end
    for _ in 0..<4 {
      let next = word(from: place).lowercased()
      if NumberWords.months.contains(next) { return true }
      let start = skipSpaces(from: place)
      var after = start
      if ["and", "or", "to"].contains(next) {
        after = endOfLetters(from: start)
      } else if ",–-".unicodeScalars.contains(scalar(at: start)) {
        after = start + 1
      } else if next == "of" {
        after = endOfLetters(from: start)
        return NumberWords.months.contains(word(from: after).lowercased())
      }
      let digits = skipSpaces(from: after)
      guard after > start, isDigit(at: digits) else { return false }
      place = endOfDigits(from: digits)
    }
    return false
  }

  /// "10:30", "5 p.m.", "10时30分", "24/7".
  mutating func isClockOrIdiom(_ run: DigitRun) -> Bool {
    if ["24/7", "9/11", "7×24", "80/20", "50/50"].contains(text.string(run.range)) { return true }
    if run.joints == ["×"], run.parts.allSatisfy({ $0.utf8.count == 1 }) { return true }
    // "从0到1", "from 0 to 1".
    if run.parts == ["0"] && matchesAny(["到1", "到 1", " to 1", " 到 1"], at: run.end)
      || run.parts == ["1"] && matchesAny(["到N", " to N"], at: run.end)
    {
      passedEnd = run.end
      return true
    }
    let values = run.parts.map { Int($0) ?? 100 }
    if run.joints.contains(":") || run.joints.contains("：") {
      return values.count <= 3 && values[0] <= 24 && run.parts.dropFirst().allSatisfy { $0.utf8.count == 2 }
        && values.dropFirst().allSatisfy { $0 < 60 }
    }
    let behind = skipSpaces(from: run.end)
    if values[0] <= 24, matchesAny(["a.m", "p.m", "am ", "pm ", "o'clock", "o’clock"], at: behind) { return true }
    let next = scalar(at: behind)
    if next == "时" || next == "点", values[0] <= 24 {
      return !matchesAny(["时间", "时代", "点多", "点余"], at: behind)
    }
    // The minutes behind 时 or 点.
    return next == "分" && "时点".unicodeScalars.contains(scalar(at: run.start - 1))
  }

  // MARK: - Ordinals and lists

  /// `第3`, `No. 5`, `top 10`, `前10名`, `3级`, `500强`.
  func isOrdinal(_ run: DigitRun) -> Bool {
    let end = skipSpaces(before: run.start)
    switch scalar(at: end - 1) {
    case "第", "#", "№": return true
    case "前": if !endsWithAny(NumberWords.wordsOnBefore, before: end) { return true }
    case "-": if endsWithAny(["top-", "Top-"], before: end) { return true }
    default: break
    }
    if endsWithAny(["排名", "名次", "位列", "排在"], before: end) { return true }
    if NumberWords.ordinalWords.contains(word(before: run.start).lowercased()) { return true }
    let behind = skipSpaces(from: run.end)
    return "级号代届版期强楼".unicodeScalars.contains(scalar(at: behind))
      && !matchesAny(["代表", "代码", "期间", "期望", "强化", "强调"], at: behind)
  }

  /// `(1)`, `1)`, `1、` at the beginning, and the numbers that follow it; `[12]`.
  mutating func isListNumber(_ run: DigitRun) -> Bool {
    guard run.parts.count == 1, let value = Int(run.parts[0]), value < 100 else { return false }
    let (before, after) = (scalar(at: run.start - 1), scalar(at: run.end))
    if before == "[", after == "]" { return true }
    let isFirst = run.start == 0 || run.start == 1 && "(（".unicodeScalars.contains(before)
    if isFirst, ")）、.．".unicodeScalars.contains(after) {
      listNumber = value
      return true
    }
    guard after == ")" || after == "）", "(（ ：:；;。，,".unicodeScalars.contains(before), value == listNumber + 1 else {
      return false
    }
    listNumber = value
    return true
  }

  /// Whether a counted noun follows: "2000 people", "2000元".
  func isCounter(behind end: Int) -> Bool {
    let place = skipSpaces(from: end)
    if scalar(at: place).value >= 0x80 { return isHanCounter(at: place) }
    return NumberWords.countedNouns.contains(word(from: end).lowercased())
  }

  private func isHanCounter(at start: Int) -> Bool {
    let place = "多余来".unicodeScalars.contains(scalar(at: start)) ? start + 1 : start
    let next = scalar(at: place)
    return "元人家个件项款亿万倍次台名位所座篇种户起笔块张部套门辆只吨字条枚颗".unicodeScalars.contains(next)
      && !matchesAny(
        ["人工", "人民", "家庭", "个人", "项目", "位于", "位列", "位居", "次年", "名为", "部分", "部署", "起", "套餐", "门槛", "只有"], at: place)
  }
}
