/// Understands a figure as a source prints it, in Chinese or English: `约 3000 亿元`, `超10亿`, `3.5 percentage points`, `三成`.
///
/// Full-width digits, thousands separators and inner spaces are as good as none. A noun behind the number is taken for
/// what is counted; a unit must be the row's, except that `%` may be percentage points.
/// - Parameter rowUnit: the unit of the ledger's row, which a bare number takes.
public func parseQuantity(_ text: String, rowUnit: MeasureUnit) throws(QuantityError) -> Quantity {
  var reader = QuantityReader(text, rowUnit: rowUnit)
  return try reader.read()
}

struct QuantityReader {
  /// Half-width, with every kind of space as one kind; as many as the text has.
  let scalars: [Unicode.Scalar]
  let original: [Unicode.Scalar]
  let rowUnit: MeasureUnit
  var position = 0
  var qualifier: Quantity.Qualifier?
  var unit: MeasureUnit?

  init(_ text: String, rowUnit: MeasureUnit) {
    original = Array(text.unicodeScalars)
    scalars = original.map(halfWidth)
    self.rowUnit = rowUnit
  }

  /// A reader of a text that is half-width already.
  init(scalars: [Unicode.Scalar], rowUnit: MeasureUnit) {
    original = scalars
    self.scalars = scalars
    self.rowUnit = rowUnit
  }

  mutating func read() throws(QuantityError) -> Quantity {
    guard scalars.count <= 200 else { throw error(.tooLong, from: 0) }
    skipSpaces()
    guard position < scalars.count else { throw error(.empty, from: 0) }
    var isNegative = readPrefix()
    if take(QuantityWords.vagueWords) != nil { throw error(.vague, from: 0) }
    let isPercentWord = take(["百分之"]) != nil
    if take(["负"]) != nil { isNegative = true }
    let start = position
    guard var first = readHalf() ?? readRatio() ?? readScaledNumber() ?? readBareScale() else {
      throw error(.noNumber, from: start)
    }
    if isPercentWord { unit = MeasureUnit(builtIn: "percent") }
    try readUnit()
    // `10%-15%`, `10-15亿`: the words behind the second number are the first one's too.
    var upper: ScaledNumber?
    let mark = position
    skipSpaces()
    if take(["-", "–", "—", "~", "至", "到", "to "]) != nil {
      _ = readPrefix()
      if let second = readScaledNumber() {
        if !first.hasScale, second.hasScale { first = first.with(scaleOf: second) }
        upper = second
        try readUnit()
      } else {
        position = mark
      }
    }
    let counter = try readCounter()
    first.number.isNegative = isNegative
    return Quantity(
      value: first.decimal.doubleValue, upper: upper?.decimal.doubleValue, unit: unit ?? rowUnit, qualifier: qualifier,
      significantDigits: first.significantDigits, decimals: first.decimals, scale: first.scale, counter: counter,
      decimal: first.decimal)
  }

  // MARK: Before the number

  /// Reads qualifiers, signs and currency symbols in any order; returns whether the number is negative.
  private mutating func readPrefix() -> Bool {
    var isNegative = false
    while true {
      skipSpaces()
      if let (_, found) = QuantityWords.qualifiersBefore.first(where: { take([$0.word]) != nil }) {
        qualifier = qualifier ?? found
      } else if take(["-", "\u{2212}"]) != nil {
        isNegative = true
      } else if take(["+", "达到", "高达", "达", "为"]) != nil {
        continue
      } else if let code = takeCurrency() {
        unit = MeasureUnit(key: code, kind: .currency(code))
      } else {
        return isNegative
      }
    }
  }

  // MARK: The number

  /// 一半 and 半数 are 50%, or 0.5 where the row counts in times.
  private mutating func readHalf() -> ScaledNumber? {
    guard take(["一半", "半数"]) != nil else { return nil }
    guard rowUnit.kind == .percent || rowUnit.kind == .percentagePoints else {
      return ScaledNumber(coefficient: 5, decimals: 1)
    }
    var half = ScaledNumber(coefficient: 50, decimals: 0)
    half.isPercentish = true
    unit = rowUnit
    return half
  }

  /// `5:1` is 5, `3:2` is 1.5; a ratio whose digits never end is not a number that a ledger can hold.
  private mutating func readRatio() -> ScaledNumber? {
    let mark = position
    guard let left = readDigits() else { return nil }
    skipSpaces()
    guard take([":", "∶"]) != nil else {
      position = mark
      return nil
    }
    skipSpaces()
    guard let right = readDigits(), scalars.first(at: position) != ":",
      let quotient = left.number.divided(by: right.number)
    else {
      position = mark
      return nil
    }
    var ratio = ScaledNumber(coefficient: quotient.coefficient, decimals: max(0, -quotient.power))
    ratio.number = quotient
    return ratio
  }

  /// Words of scale that stand for themselves: 千万 is 10,000,000, 百余 more than 100.
  private mutating func readBareScale() -> ScaledNumber? {
    skipSpaces()
    var number = ScaledNumber(coefficient: 1, decimals: 0)
    while let word = QuantityWords.bareScaleWords.first(where: { take([$0.word]) != nil }) {
      // 百 and 千 stand before a larger word; 亿万 is no number.
      guard !number.hasScale || number.scale <= 3 && word.power > 3 else { return nil }
      number.scale += word.power
      number.hasScale = true
      readMarkMore()
    }
    return number.hasScale ? number : nil
  }

  mutating func readScaledNumber() -> ScaledNumber? {
    guard var result = readPart() else { return nil }
    // `1亿2000万`: parts of falling scale.
    while result.hasScale, !result.isPercentish {
      let mark = position
      skipSpaces()
      guard let part = readPart(), part.hasScale || part.isNumeral, !part.decimal.isZero,
        part.decimal.exponent < result.scale, result.add(part)
      else {
        position = mark
        break
      }
    }
    return result
  }

  private mutating func readPart() -> ScaledNumber? {
    skipSpaces()
    guard var part = readDigits() ?? readChineseNumeral() else { return nil }
    readMarkMore()
    let mark = position
    skipSpaces()
    if let tenths = readTenths(part) { return tenths }
    var words = 0
    while let (power, _) = QuantityWords.scaleWords.first(where: { takeWord($0.word) }).map({ ($0.power, $0.word) }) {
      part.scale += power
      words += 1
      if words > 3 || power == 12 || part.scale > 24 { break }
    }
    if words == 0 { position = mark } else { part.hasScale = true }
    readMarkMore()
    return part
  }

  /// 三成 is 30%, 三成五 35%.
  private mutating func readTenths(_ part: ScaledNumber) -> ScaledNumber? {
    guard take(["成"]) != nil else { return nil }
    var part = part
    part.number = part.number.scaled(by: 1)
    if let next = scalars.first(at: position), let digit = QuantityWords.chineseDigits[next] {
      position += 1
      part.number = DecimalNumber(coefficient: part.number.asInteger + UInt128(digit), power: 0)
      part.significantDigits += 1
    }
    part.isPercentish = true
    unit = MeasureUnit(builtIn: "percent")
    return part
  }

  /// 多, 余 and 来 between number and scale: 10余万.
  private mutating func readMarkMore() {
    let mark = position
    skipSpaces()
    if take(["余", "多"]) != nil {
      qualifier = qualifier ?? .over
    } else if scalars.first(at: position) == "+" {
      position += 1
      qualifier = qualifier ?? .over
    } else {
      position = mark
    }
  }

  private mutating func readDigits() -> ScaledNumber? {
    guard let first = scalars.first(at: position), isDigit(first) else { return nil }
    var coefficient: UInt128 = 0
    var digits = 0
    var leadingZeros = 0
    var decimals = 0
    var isBehindPoint = false
    while let scalar = scalars.first(at: position) {
      if isDigit(scalar) {
        guard digits < 30 else { return nil }
        coefficient = coefficient * 10 + UInt128(scalar.value - 0x30)
        if coefficient == 0 { leadingZeros += 1 } else { digits += 1 }
        if isBehindPoint { decimals += 1 }
      } else if scalar == ".", !isBehindPoint, scalars.first(at: position + 1).map(isDigit) ?? false {
        isBehindPoint = true
      } else if scalar == ",", !isBehindPoint,
        (1...3).allSatisfy({ scalars.first(at: position + $0).map(isDigit) ?? false }),
        !(scalars.first(at: position + 4).map(isDigit) ?? false)
      {
        // A separator of thousands has three digits behind it.
      } else {
        break
      }
      position += 1
    }
    return ScaledNumber(coefficient: coefficient, decimals: decimals)
  }

  /// 三十五, 两百, 十二, 三点五: up to 千; larger words are scales.
  private mutating func readChineseNumeral() -> ScaledNumber? {
    let start = position
    var total: UInt128 = 0
    var pending: UInt128?
    var hasDigit = false
    while let scalar = scalars.first(at: position) {
      if let digit = QuantityWords.chineseDigits[scalar] {
        // 二〇二五 and 一二三 are digits in a row.
        pending = (hasDigit && pending != nil ? pending! * 10 : 0) + UInt128(digit)
        hasDigit = true
      } else if let power = QuantityWords.chinesePowers[scalar], scalar == "十" || pending != nil {
        // 百万 behind a digit is a scale: 三百万 = 3 × 10^2 × 10^4 comes out the same.
        total += (pending ?? 1) * powerOfTen(power)
        pending = nil
        hasDigit = true
      } else {
        break
      }
      position += 1
      guard total < powerOfTen(15), pending ?? 0 < powerOfTen(15) else { return nil }
    }
    guard hasDigit else {
      position = start
      return nil
    }
    total += pending ?? 0
    var decimals = 0
    if scalars.first(at: position) == "点",
      scalars.first(at: position + 1).map({ QuantityWords.chineseDigits[$0] != nil }) ?? false
    {
      position += 1
      while let scalar = scalars.first(at: position), let digit = QuantityWords.chineseDigits[scalar], decimals < 15 {
        total = total * 10 + UInt128(digit)
        decimals += 1
        position += 1
      }
    }
    var numeral = ScaledNumber(coefficient: total, decimals: decimals)
    numeral.isNumeral = true
    return numeral
  }

  // MARK: Behind the number

  private mutating func readUnit() throws(QuantityError) {
    let mark = position
    skipSpaces()
    let start = position
    if take(["个百分点", "百分点", "percentage points", "percentage point", "pp"]) != nil {
      try setUnit("percentage-points", from: start)
    } else if take(["%", "percent", "per cent"]) != nil {
      try setUnit(rowUnit.kind == .percentagePoints ? "percentage-points" : "percent", from: start)
    } else if take(["倍", "times", "×", "-fold"]) != nil || takeWord("x") {
      try setUnit("times", from: start)
    } else if let code = takeCurrency() {
      try setUnit(code, from: start)
    } else {
      position = mark
      if unit == nil || unit == rowUnit { return }
      if unit?.kind == .percent, rowUnit.kind == .percentagePoints { return }
      if unit?.key != rowUnit.key { throw error(.otherUnit(expected: rowUnit.key), from: 0) }
    }
    readMarkMore()
  }

  private mutating func setUnit(_ key: String, from start: Int) throws(QuantityError) {
    // A rate is printed in the currency that it is of: 7.12 元.
    let isRate = rowUnit.exchangedCurrencies?.of == key
    if key != rowUnit.key, !isRate { throw error(.otherUnit(expected: rowUnit.key), from: start) }
    // ￥ before and 元 behind the number name the unit twice.
    unit = isRate ? rowUnit : MeasureUnit(builtIn: key)
  }

  /// Reads qualifiers behind and the noun that is counted; anything with digits or signs is not a noun.
  private mutating func readCounter() throws(QuantityError) -> String? {
    skipSpaces()
    let start = position
    var nounEnd = position
    while position < scalars.count {
      if let (_, found) = QuantityWords.qualifiersBehind.first(where: { take([$0.word]) != nil }) {
        qualifier = qualifier ?? found
        continue
      }
      let scalar = scalars[position]
      let isNoun =
        scalar.properties.isAlphabetic || scalar == " "
        || "/-–().'·³²".unicodeScalars.contains(scalar) && (nounEnd > start || scalar == "/")
      guard isNoun else { throw error(.trailingText, from: position) }
      position += 1
      if scalar != " " { nounEnd = position }
    }
    guard nounEnd > start, nounEnd - start <= 24 else {
      if nounEnd == start { return nil }
      throw error(.trailingText, from: start)
    }
    return String(String.UnicodeScalarView(original[start..<nounEnd]))
  }

  // MARK: Pieces

  private mutating func skipSpaces() {
    while scalars.first(at: position) == " " { position += 1 }
  }

  /// Takes the first of some words that stands here; letters' case does not matter for words of more than one.
  private mutating func take(_ words: [String]) -> String? {
    for word in words {
      let letters = Array(word.unicodeScalars)
      guard position + letters.count <= scalars.count else { continue }
      let isHere = letters.indices.allSatisfy { index in
        let scalar = scalars[position + index]
        return scalar == letters[index]
          || letters.count > 1 && scalar.isASCII && scalar.properties.lowercaseMapping == String(letters[index])
      }
      guard isHere else { continue }
      // A Latin word ends where letters end.
      if let last = letters.last, last.isASCII, last.properties.isAlphabetic,
        let next = scalars.first(at: position + letters.count), next.isASCII, next.properties.isAlphabetic
      {
        continue
      }
      position += letters.count
      return word
    }
    return nil
  }

  private mutating func takeWord(_ word: String) -> Bool {
    let mark = position
    skipSpaces()
    if take([word]) != nil { return true }
    position = mark
    return false
  }

  private mutating func takeCurrency() -> String? {
    let here = position
    var best: (code: String, end: Int)?
    for currency in Currency.all {
      for spelling in currency.spellings {
        position = here
        if take([spelling]) != nil, position > best?.end ?? here { best = (currency.code, position) }
      }
    }
    position = best?.end ?? here
    return best?.code
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }

  private func error(_ reason: QuantityError.Reason, from start: Int) -> QuantityError {
    let end = start + min(24, original.count - start)
    return QuantityError(
      reason: reason, text: String(String.UnicodeScalarView(original[min(start, end)..<end])), offset: start)
  }
}
