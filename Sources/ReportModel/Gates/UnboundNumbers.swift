/// Finds the numbers of a text that state a quantity, in digits, full-width digits and Chinese numerals.
///
/// Such a number belongs in the ledger, so in prose it is a mistake. What merely looks like a number is passed over: years and
/// dates, versions and names of models (`GPT-4`, `Qwen2.5-72B`, `H100`), references to figures, sections and chapters,
/// ordinals (`3rd`, `第三`), titles in quotation marks or 《》, clock times and addresses.
///
/// - Parameter text: Unicode scalars of a run of prose without code, links' addresses and bound numbers; these may be
///   replaced by U+FFFC, which counts as a word.
/// - Parameter names: words that are followed by a version: `Claude` in "Claude 4".
/// - Returns: ranges of scalars, in order.
package func unboundNumbers(in text: [Unicode.Scalar], names: Set<String> = []) -> [Range<Int>] {
  var finder = NumberFinder(text: text, names: names)
  return finder.find()
}

private struct NumberFinder {
  let text: [Unicode.Scalar]
  let names: Set<String>
  var found: [Range<Int>] = []
  var index = 0

  init(text: [Unicode.Scalar], names: Set<String>) {
    self.text = text
    self.names = names
  }

  mutating func find() -> [Range<Int>] {
    while index < text.count {
      if isDigit(at: index) {
        readDigits()
      } else if isOpeningTitle(text[index]), let end = closingTitle(from: index) {
        index = end
      } else if isChineseNumeral(text[index]) {
        readChineseNumeral()
      } else {
        index += 1
      }
    }
    return found
  }

  // MARK: - Digits

  /// Reads a run of digits with the points, commas, dashes and letters that belong to it, and decides what it is.
  private mutating func readDigits() {
    let start = index
    var end = index
    while end < text.count {
      if isDigit(at: end) {
        end += 1
      } else if isInnerMark(text[end]), end + 1 < text.count, isDigit(at: end + 1) {
        end += 2
      } else {
        break
      }
    }
    index = end
    let wordStart = startOfWord(before: start)
    let wordEnd = endOfWord(from: end)
    defer { index = max(index, wordEnd) }
    if wordStart < start || isNameSuffix(end..<wordEnd) {
      // "GPT-4", "H100", "Qwen2.5-72B", "4o": digits within a word with letters.
      return
    }
    if isYearOrDate(start..<end) || isOrdinal(start..<end, wordEnd) || isReference(before: start, end)
      || followsName(before: start) || isClock(start..<end) || isListNumber(start..<end)
    {
      return
    }
    found.append(start..<endOfQuantity(from: max(end, wordEnd)))
  }

  /// Where the word begins that digits at `start` belong to; `start` itself when no letter stands before them.
  private func startOfWord(before start: Int) -> Int {
    var place = start
    var sawLetter = false
    while place > 0 {
      let previous = text[place - 1]
      if isLatinLetter(previous) {
        sawLetter = true
        place -= 1
      } else if place - 1 > 0, isNameJoint(previous), isLatinLetter(text[place - 2]) || isDigit(at: place - 2) {
        place -= 1
      } else if isDigit(at: place - 1) {
        place -= 1
      } else {
        break
      }
    }
    return sawLetter ? place : start
  }

  private func endOfWord(from end: Int) -> Int {
    var place = end
    while place < text.count {
      if isLatinLetter(text[place]) || isDigit(at: place) {
        place += 1
      } else if isNameJoint(text[place]), place + 1 < text.count,
        isLatinLetter(text[place + 1]) || isDigit(at: place + 1)
      {
        place += 1
      } else {
        break
      }
    }
    return place
  }

  /// Letters right behind digits that make a name of them: `4o`, `3D`, `5G`. A magnitude or unit (`70B`, `14nm`) does not.
  private func isNameSuffix(_ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return false }
    let suffix = String(String.UnicodeScalarView(text[range]))
    return ["o", "D", "G", "d", "g"].contains(suffix) || suffix.contains("-") && suffix.count > 3
  }

  /// A year from 1800 to 2199, alone, in a range, or as part of a date in either language or in ISO's form.
  private func isYearOrDate(_ range: Range<Int>) -> Bool {
    let digits = word(range)
    let parts = digits.split { "-–—/".unicodeScalars.contains($0.unicodeScalars.first!) }.map(String.init)
    if let first = parts.first, isYear(first) {
      // A number with a unit is a quantity even when it looks like a year: "2000元", "2,000 people" never comes here.
      let next = nextWord(from: range.upperBound)
      return !(parts.count == 1 && isCounter(next))
    }
    let after = range.upperBound < text.count ? text[range.upperBound] : " "
    if "月日号".unicodeScalars.contains(after), parts.allSatisfy({ Int($0).map { (1...31).contains($0) } ?? false }) {
      return true
    }
    guard parts.allSatisfy({ Int($0).map { (1...31).contains($0) } ?? false }), digits.count <= 5 else { return false }
    return isMonth(previousWord(before: range.lowerBound)) || isMonth(nextWord(from: range.upperBound))
  }

  private func isYear(_ digits: String) -> Bool {
    digits.count == 4 && (Int(digits).map { (1800...2199).contains($0) } ?? false)
  }

  /// `1st`, `第3`, `No. 5`, `Top 10`, `TOP1`.
  private func isOrdinal(_ range: Range<Int>, _ wordEnd: Int) -> Bool {
    if range.lowerBound > 0, text[range.lowerBound - 1] == "第" { return true }
    let suffix = String(String.UnicodeScalarView(text[range.upperBound..<max(range.upperBound, wordEnd)]))
    if ["st", "nd", "rd", "th"].contains(suffix) { return true }
    return ["top", "no.", "no", "nr", "number", "rank", "#"].contains(
      previousWord(before: range.lowerBound).lowercased())
  }

  /// "Figure 3", "图 3", "chapter 2", "p. 7", "L173", "line 12".
  private func isReference(before start: Int, _ end: Int) -> Bool {
    let previous = previousWord(before: start).lowercased()
    let words = [
      "figure", "figures", "fig.", "table", "tables", "section", "sections", "chapter", "chapters", "part", "page",
      "pages",
      "p.", "pp.", "line", "lines", "note", "notes", "level", "step", "phase", "stage", "version", "article",
      "footnote",
    ]
    if words.contains(previous) { return true }
    var place = start
    while place > 0, text[place - 1] == " " { place -= 1 }
    return place > 0 && "图表页注".unicodeScalars.contains(text[place - 1])
  }

  /// "Claude 4", "Gemini 2.5", "Llama 3.1": a version behind a name that carries versions.
  private func followsName(before start: Int) -> Bool {
    guard start > 0, text[start - 1] == " " || text[start - 1] == "\u{A0}" else { return false }
    return names.contains(previousWord(before: start))
  }

  private func isClock(_ range: Range<Int>) -> Bool {
    let digits = word(range)
    let parts = digits.split(separator: ":")
    return parts.count == 2 && parts.allSatisfy { $0.count == 2 } || digits == "24/7"
  }

  /// "(1)", "1)" and "1." at the beginning.
  private func isListNumber(_ range: Range<Int>) -> Bool {
    guard word(range).count <= 2, range.upperBound < text.count else { return false }
    let after = text[range.upperBound]
    guard ")）".unicodeScalars.contains(after) else { return false }
    return range.lowerBound == 0 || "(（".unicodeScalars.contains(text[range.lowerBound - 1])
  }

  /// Takes the unit along, so that the whole quantity is marked.
  private func endOfQuantity(from end: Int) -> Int {
    var place = end
    while place < text.count, "%％‰万亿千百倍成".unicodeScalars.contains(text[place]) { place += 1 }
    return place
  }

  private func isCounter(_ word: String) -> Bool {
    guard let first = word.unicodeScalars.first else { return false }
    return "元人家个件项款亿万倍次台".unicodeScalars.contains(first)
      || ["people", "persons", "users", "firms", "companies", "models", "patents", "papers"].contains(word.lowercased())
  }

  // MARK: - Chinese numerals

  /// Reads a run of numerals; a quantity is one with a magnitude or ratio (`三成`, `两倍`, `百分之五`, `三千万`) or of several
  /// digits (`三十五`). A single numeral before a counter (`两国`, `三家`) is an ordinary word, as "two" is in English.
  private mutating func readChineseNumeral() {
    let start = index
    var end = index
    while end < text.count, isChineseNumeral(text[end]) || text[end] == "点" && isNumeralInside(end) { end += 1 }
    let run = String(String.UnicodeScalarView(text[start..<end]))
    index = end
    let before = start > 0 ? text[start - 1] : " "
    let after = end < text.count ? text[end] : " "
    if before == "第" || before == "数" || before == "几" || before == "上" || before == "成" { return }
    if matches("分之", at: end) {
      // 三分之一, 百分之五; 百分之百 is a figure of speech.
      var tail = end + 2
      while tail < text.count, isChineseNumeral(text[tail]) || text[tail] == "点" { tail += 1 }
      index = tail
      let part = String(String.UnicodeScalarView(text[(end + 2)..<tail]))
      if !part.isEmpty, part != "百" { found.append(start..<tail) }
      return
    }
    let idioms = ["万一", "千万", "一一", "百千", "千百", "万千", "亿万", "万万", "七八", "三三两两", "一二", "两三", "三四"]
    if idioms.contains(run) || run.hasPrefix("百") && run.count == 1 || isPlanOrDate(run, after) { return }
    let digits = run.unicodeScalars.filter { "零〇一二两三四五六七八九".unicodeScalars.contains($0) }
    let magnitudes = run.unicodeScalars.filter { "十百千万亿".unicodeScalars.contains($0) }
    let isRatio = "倍成".unicodeScalars.contains(after) && !isCompound(after, at: end, run) || matches("个百分点", at: end)
    if !digits.isEmpty || magnitudes.first == "十", isRatio {
      found.append(start..<(matches("个百分点", at: end) ? end + 4 : end + 1))
    } else if !digits.isEmpty, !magnitudes.isEmpty, run.count > 1, run != "一百", run != "一千" {
      found.append(start..<end)
    } else if magnitudes.count > 1, run.hasPrefix("十") {
      found.append(start..<end)
    }
  }

  private func isNumeralInside(_ place: Int) -> Bool {
    place > 0 && place + 1 < text.count && "零一二三四五六七八九".unicodeScalars.contains(text[place + 1])
      && isChineseNumeral(text[place - 1])
  }

  /// 十四五规划, 二十届四中全会, 十二月三日, 二〇二五年, 十八大.
  private func isPlanOrDate(_ run: String, _ after: Unicode.Scalar) -> Bool {
    if ["十一五", "十二五", "十三五", "十四五", "十五五"].contains(run) { return true }
    return "届大月日号章节条中世".unicodeScalars.contains(after)
      || after == "年" && run.unicodeScalars.allSatisfy { "零〇一二三四五六七八九".unicodeScalars.contains($0) }
  }

  /// 一成不变, 两成套: 成 as part of another word.
  private func isCompound(_ after: Unicode.Scalar, at place: Int, _ run: String) -> Bool {
    guard after == "成", place + 1 < text.count else { return false }
    return "不为了立套员果本长就功熟型都功绩".unicodeScalars.contains(text[place + 1])
  }

  // MARK: - Titles

  private func isOpeningTitle(_ scalar: Unicode.Scalar) -> Bool { scalar == "《" || scalar == "〈" }

  private func closingTitle(from start: Int) -> Int? {
    let closing: Unicode.Scalar = text[start] == "《" ? "》" : "〉"
    guard let end = text[start...].prefix(200).firstIndex(of: closing) else { return nil }
    return end + 1
  }

  // MARK: - Words

  private func word(_ range: Range<Int>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text[range] {
      // Full-width digits count as their plain ones.
      result.append(
        (0xFF10...0xFF19).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFF10 + 0x30)! : scalar)
    }
    return String(result)
  }

  private func previousWord(before start: Int) -> String {
    var end = start
    while end > 0, text[end - 1] == " " || text[end - 1] == "\u{A0}" { end -= 1 }
    var begin = end
    while begin > 0, isLatinLetter(text[begin - 1]) || text[begin - 1] == "." || text[begin - 1] == "#" { begin -= 1 }
    return String(String.UnicodeScalarView(text[begin..<end]))
  }

  private func nextWord(from end: Int) -> String {
    var begin = end
    while begin < text.count, text[begin] == " " || text[begin] == "\u{A0}" { begin += 1 }
    var stop = begin
    while stop < text.count, isLatinLetter(text[stop]) { stop += 1 }
    if stop == begin, begin < text.count, begin == end { stop += 1 }
    return String(String.UnicodeScalarView(text[begin..<stop]))
  }

  private func matches(_ words: String, at place: Int) -> Bool {
    text.count - place >= words.unicodeScalars.count && text[place...].starts(with: words.unicodeScalars)
  }

  private func isDigit(at place: Int) -> Bool {
    let value = text[place].value
    return value &- 0x30 < 10 || value &- 0xFF10 < 10
  }

  private func isInnerMark(_ scalar: Unicode.Scalar) -> Bool { ".,:/-–—．，".unicodeScalars.contains(scalar) }
  private func isNameJoint(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "." || scalar == "_" || scalar == "+"
  }
  private func isLatinLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x250 && scalar.properties.isAlphabetic
  }
  private func isChineseNumeral(_ scalar: Unicode.Scalar) -> Bool {
    "零〇一二两三四五六七八九十百千万亿".unicodeScalars.contains(scalar)
  }
  private func isMonth(_ word: String) -> Bool {
    let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
      "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ]
    return months.contains(word.lowercased().filter { $0 != "." })
  }
}
