public import AlmanacCore

/// How an author wants a number written; the defaults are what reads best.
public struct QuantityStyle: Hashable, Sendable {
  /// Digits that the source printed; `nil` for a computed number.
  public var significantDigits: Int?
  /// A d3 format for the scaled number: `fmt=.1f`.
  public var format: NumberFormatSpecifier?
  /// `false` for `unit=off`.
  public var showsUnit = true
  /// `false` for `scale=off`: all digits, no million and no 亿.
  public var scales = true
  /// Whether a positive number shows its sign.
  public var showsPlus = false

  public init(
    significantDigits: Int? = nil, format: NumberFormatSpecifier? = nil, showsUnit: Bool = true, scales: Bool = true,
    showsPlus: Bool = false
  ) {
    self.significantDigits = significantDigits
    self.format = format
    self.showsUnit = showsUnit
    self.scales = scales
    self.showsPlus = showsPlus
  }
}

/// Writes a value in base units as people write it: `515 million`, `5.15亿`, `CNY 29.4 billion`, `294.16亿元`.
///
/// Rounds the decimal digits, not the binary value, and never spills over: 999.96 million to four digits is `1.00 billion`.
/// English millions and more show at most one decimal beyond three digits; Chinese shows what the source printed.
/// - Returns: text with no-break spaces between a number and the words that belong to it; `–` for what is no number.
public func formatQuantity(
  _ value: Double, unit: MeasureUnit, style: QuantityStyle = QuantityStyle(), language: LanguageTag
) -> String {
  guard value.isFinite else { return "–" }
  let decimal = DecimalNumber(value)
  var written: (digits: String, scale: Int, isNegative: Bool)
  if let format = style.format {
    written = formatted(decimal, format, scales: style.scales, language: language)
  } else {
    written = rounded(decimal, unit: unit, style: style, language: language)
  }
  let sign = written.isNegative ? "\u{2212}" : style.showsPlus && !decimal.isZero ? "+" : ""
  if sign == "+", written.digits.hasPrefix("+") { written.digits.removeFirst() }
  let word = NumberScale.word(written.scale, in: language)
  let number = written.digits + (word.isEmpty ? "" : language.isChinese ? word : "\u{A0}" + word)
  return style.showsUnit
    ? attach(unit, to: number, sign: sign, isOne: number == "1", language: language) : sign + number
}

/// Returns the power of ten that a language has a word for and that suits a number whose first digit stands for
/// `10^exponent`: 8 in Chinese (亿), 6 in English (million).
package func scalePower(forExponent exponent: Int, in language: LanguageTag) -> Int {
  NumberScale.power(forExponent: exponent, in: language)
}

/// Returns the word for a power of ten; empty where there is none.
package func scaleWord(_ power: Int, in language: LanguageTag) -> String { NumberScale.word(power, in: language) }

/// The powers of ten that a language has words for.
enum NumberScale {
  /// Descending, with 0 last.
  static func powers(in language: LanguageTag) -> [Int] { language.isChinese ? [12, 8, 4, 0] : [12, 9, 6, 0] }

  /// The scale of a number whose first digit stands for `10^exponent`.
  static func power(forExponent exponent: Int, in language: LanguageTag) -> Int {
    powers(in: language).first { exponent >= $0 } ?? 0
  }

  static func word(_ power: Int, in language: LanguageTag) -> String {
    if language.isChinese { return power == 12 ? "万亿" : power == 8 ? "亿" : power == 4 ? "万" : "" }
    return power == 12 ? "trillion" : power == 9 ? "billion" : power == 6 ? "million" : power == 3 ? "k" : ""
  }
}

// MARK: - Digits

private func rounded(
  _ decimal: DecimalNumber, unit: MeasureUnit, style: QuantityStyle, language: LanguageTag
) -> (digits: String, scale: Int, isNegative: Bool) {
  func scale(of number: DecimalNumber) -> Int {
    style.scales && !number.isZero ? NumberScale.power(forExponent: number.exponent, in: language) : 0
  }
  var power = scale(of: decimal)
  var last = lastPower(decimal, scale: power, unit: unit, style: style, language: language)
  var result = decimal.rounded(toPower: last)
  if !result.isZero, result.exponent != decimal.exponent {
    // Rounding made a digit more, and perhaps reached the next word: 999.96 million is a billion.
    power = scale(of: result)
    last = lastPower(result, scale: power, unit: unit, style: style, language: language)
    result = decimal.rounded(toPower: last)
  }
  let places = style.significantDigits == nil ? 0 : max(0, power - last)
  let separator = language.isChinese && style.scales ? "" : ","
  return (result.scaled(by: -power).positional(places: places, separator: separator), power, result.isNegative)
}

/// Returns the power of ten of the last digit to show.
private func lastPower(
  _ decimal: DecimalNumber, scale: Int, unit: MeasureUnit, style: QuantityStyle, language: LanguageTag
) -> Int {
  if let digits = style.significantDigits {
    let isCapped = scale > 0 && !language.isChinese
    let shown = isCapped ? min(digits, max(3, decimal.exponent - scale + 2)) : digits
    // A whole number keeps all its digits, however few of them its source vouched for.
    return min(decimal.exponent - max(1, shown) + 1, scale)
  }
  if scale == 0, decimal.power >= 0 { return 0 }
  let threeDigits = decimal.exponent - 2
  switch unit.kind {
  case .percent, .percentagePoints, .times: return decimal.exponent < -1 ? decimal.exponent - 1 : -1
  default: return min(threeDigits, scale)
  }
}

private func formatted(
  _ decimal: DecimalNumber, _ specifier: NumberFormatSpecifier, scales: Bool, language: LanguageTag
) -> (digits: String, scale: Int, isNegative: Bool) {
  let locale: NumberLocale = language.isChinese ? .chinese : .english
  let format = NumberFormat(specifier, locale: locale)
  func write(_ power: Int) -> String {
    var number = decimal.scaled(by: -power)
    number.isNegative = false
    if let places = specifier.precision, specifier.type == "f" { number = number.rounded(toPower: -places) }
    return format(number.doubleValue)
  }
  var power = scales && !decimal.isZero ? NumberScale.power(forExponent: decimal.exponent, in: language) : 0
  var digits = write(power)
  let powers = NumberScale.powers(in: language)
  if scales, let index = powers.firstIndex(of: power), index > 0 {
    let whole = digits.prefix { $0 != "." }.filter(\.isNumber).count
    if whole > powers[index - 1] - power {
      power = powers[index - 1]
      digits = write(power)
    }
  }
  let isZero = !digits.contains { $0.isNumber && $0 != "0" }
  return (digits, power, decimal.isNegative && !isZero)
}

// MARK: - Units

private func attach(
  _ unit: MeasureUnit, to number: String, sign: String, isOne: Bool, language: LanguageTag
) -> String {
  let isChinese = language.isChinese
  switch unit.kind {
  case .plain: return sign + number
  case .percent: return sign + number + "%"
  case .percentagePoints:
    return sign + number + (isChinese ? "个百分点" : "\u{A0}percentage point" + (isOne ? "" : "s"))
  case .times: return sign + number + (isChinese ? "倍" : "\u{A0}times")
  case .currency(let code):
    guard let currency = Currency.all.first(where: { $0.code == code }) else { return sign + code + "\u{A0}" + number }
    if isChinese { return sign + number + currency.chinese }
    let isCode = currency.english.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    return sign + currency.english + (isCode ? "\u{A0}" : "") + number
  case .custom:
    var symbol = unit.symbol(in: language, isOne: isOne) ?? ""
    if symbol.hasPrefix(" ") { symbol = "\u{A0}" + symbol.dropFirst() }
    return sign + number + symbol
  }
}
