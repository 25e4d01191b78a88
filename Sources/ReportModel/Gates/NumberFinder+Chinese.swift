extension NumberFinder {
  /// Reads a run of numerals and decides whether it states a quantity.
  ///
  /// It does with a magnitude or a ratio (`三成`, `两倍`, `百分之五`, `三千万`, `十五个百分点`), and as a count of several
  /// digits (`三十五家`). A single numeral before a counter (`两国`, `三家`) is a word, as "two" is in English.
  mutating func readChineseNumeral() {
    let start = index
    for idiom in NumberWords.idioms[scalars[start]] ?? [] where scalars[start...].starts(with: idiom) {
      index += idiom.count
      return
    }
    let run = numeralRun(from: start)
    index = run.end
    // 万一, 千百; 百分之百 has no number before 分之 either, but one behind it.
    if isMagnitude(at: start), !matches("分之", at: run.end) { return }
    let before = scalar(at: start - 1)
    if matches("分之", at: run.end), before != "第" { return readFraction(from: start, over: run.end) }
    // 第三, 数十, 几百, 上千, 好几万, 成百: an ordinal, or no number at all.
    if before == "第" || before == "初" || run.digits == 0 && "数几上成好每近".unicodeScalars.contains(before) { return }
    if isPlanOrDate(run, from: start) { return }
    if let end = endOfRatio(run) {
      guard run.digits > 0 || run.isTens else { return }
      keep(start..<end)
      index = end
    } else if run.hasLargeMagnitude {
      // 三百, 两亿, 十万; a bare 千万 or 百万 is a word.
      if run.digits > 0 || run.isTens && run.magnitudes > 1 { found.append(start..<run.end) }
    } else if run.isTens, run.digits > 0, isCount(run, from: start) {
      found.append(start..<run.end)
    }
  }

  private struct NumeralRun {
    var end: Int
    /// How many of 零 to 九, and how many of 十 to 亿.
    var digits = 0
    var magnitudes = 0
    var isTens = false
    /// 百 or more.
    var hasLargeMagnitude = false
    var hasPoint = false
  }

  private func numeralRun(from start: Int) -> NumeralRun {
    var run = NumeralRun(end: start)
    while run.end < scalars.count {
      switch scalars[run.end] {
      case "零", "〇", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九": run.digits += 1
      case "十":
        run.magnitudes += 1
        run.isTens = true
      case "百", "千", "万", "亿":
        run.magnitudes += 1
        run.hasLargeMagnitude = true
      case "点" where run.digits > 0 && isDecimalPoint(at: run.end): run.hasPoint = true
      // 三千多万, 十余亿.
      case "多" where isMagnitude(at: run.end + 1) && run.magnitudes > 0, "余" where isMagnitude(at: run.end + 1): break
      default: return run
      }
      run.end += 1
    }
    return run
  }

  private func isMagnitude(at place: Int) -> Bool { "百千万亿".unicodeScalars.contains(scalar(at: place)) }

  /// 三点五亿, 一点二倍; not 三点一线, 两点：一是.
  private func isDecimalPoint(at place: Int) -> Bool {
    var end = place + 1
    while "零〇一二三四五六七八九".unicodeScalars.contains(scalar(at: end)) { end += 1 }
    return end > place + 1 && "倍万亿成元%".unicodeScalars.contains(scalar(at: end))
      || matches("个百分点", at: end) && end > place + 1
  }

  /// 百分之五, 三分之一; 百分之百 and 几分之一 are figures of speech.
  private mutating func readFraction(from start: Int, over end: Int) {
    var tail = end + 2
    let first = tail
    while isChineseNumeral(scalar(at: tail)) || isDigit(at: tail) || scalar(at: tail) == "." || scalar(at: tail) == "点"
    {
      tail += 1
    }
    index = tail
    if tail > first, text.string(first..<tail) != "百" { found.append(start..<tail) }
  }

  /// Behind 倍, 成, 折 or 个百分点, when they follow.
  private func endOfRatio(_ run: NumeralRun) -> Int? {
    var place = run.end
    if "多余来".unicodeScalars.contains(scalar(at: place)) { place += 1 }
    if scalar(at: place) == "倍" { return place + 1 }
    if scalar(at: place) == "成", !isCompound(at: place) {
      // 三成五.
      let isHalf = "半一二三四五六七八九".unicodeScalars.contains(scalar(at: place + 1))
      return isHalf && !isChineseNumeral(scalar(at: place + 2)) && scalar(at: place + 2) != "个" ? place + 2 : place + 1
    }
    if scalar(at: place) == "折", !matchesAny(["折叠", "折射", "折旧", "折中", "折算", "折腾", "折线"], at: place) {
      return place + 1
    }
    if matches("个百分点", at: place) { return place + 4 }
    return nil
  }

  /// Whether a number between ten and a hundred counts things: 三十五家, 二十款. Not years, days, ranks, clauses.
  private func isCount(_ run: NumeralRun, from start: Int) -> Bool {
    let place = "多余来".unicodeScalars.contains(scalar(at: run.end)) ? run.end + 1 : run.end
    if scalar(at: start - 1) == "前", !endsWithAny(NumberWords.wordsOnBefore, before: start) { return false }
    if matchesAny(["个月", "个工作日", "个小时", "名以", "部委"], at: place) { return false }
    return "家个人名位款项所台座篇件种户次起笔元块张部套门辆只枚颗".unicodeScalars.contains(scalar(at: place))
      && !matchesAny(["人工", "家庭", "部分", "起"], at: place)
  }

  /// 十四五规划, 二十届四中全会, 十二月三日, 二〇二五年, 十八大, 二十一世纪.
  private func isPlanOrDate(_ run: NumeralRun, from start: Int) -> Bool {
    let next = scalar(at: run.end)
    if "届大月日号章节世条".unicodeScalars.contains(next), !run.hasLargeMagnitude { return true }
    if next == "中", scalar(at: run.end + 1) == "全" { return true }
    if next == "年", run.magnitudes == 0, run.digits >= 2 { return true }
    // 二〇二五 and other digits in a row are years and names.
    return run.magnitudes == 0 && run.digits >= 3
  }

  func isChineseNumeral(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "零", "〇", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿": true
    default: false
    }
  }
}
