internal import AlmanacCore
internal import Localization

/// How the numbers of one column are written: with one scale for all, whose word stands in the head.
struct ColumnFormat {
  private var format: TableSpecification.Format
  private var unit: MeasureUnit?
  private var language: LanguageTag
  /// The power of ten that all cells share; `nil` where each cell has its own words.
  private var commonPower: Int?
  /// The most decimals a computed number shows.
  private var places: Int
  private var separator: String

  /// - Parameters:
  ///   - unit: the unit of all values; `nil` when rows differ or numbers are bare.
  ///   - hasRowUnits: whether each row brings its own unit.
  init(
    _ column: TableSpecification.Column, values: [Double], unit: MeasureUnit?, hasRowUnits: Bool, language: LanguageTag
  ) {
    format = column.format
    self.unit = unit
    self.language = language
    let decimals = values.map { DecimalNumber($0) }.filter { !$0.isZero }
    let largest = decimals.map(\.exponent).max() ?? 0
    let smallest = decimals.map(\.exponent).min() ?? 0
    switch (format, column.scale) {
    case (.plain, _), (_, .off): commonPower = 0
    case (_, .cell): commonPower = nil
    default:
      commonPower =
        hasRowUnits ? nil : unit == nil ? 0 : sharedPower(smallest: smallest, largest: largest, in: language)
    }
    // Years, ranks and scores: a column of bare numbers without five digits needs no separators, and in Chinese no column.
    let digits = largest - (commonPower ?? 0) + 1
    separator = digits >= 5 || (digits == 4 && unit != nil && !language.isChinese) ? "," : ""
    let power = commonPower ?? 0
    let printed = decimals.map { max(0, power - $0.power) }.max() ?? 0
    places = printed <= 2 ? printed : max(0, min(printed, largest - power >= 2 ? 1 : 2 - min(0, largest - power)))
  }

  /// Unit and word of scale for the head.
  var headUnit: String? {
    let word = scaleWord(commonPower ?? 0, in: language)
    let label = unit?.label(in: language) ?? ""
    if word.isEmpty { return label.isEmpty ? nil : label }
    if label.isEmpty { return word }
    return language.isChinese ? word + label : label + " " + word
  }

  /// - Parameters:
  ///   - digits: those the source printed.
  ///   - rowUnit: the unit of this row's fact.
  func text(_ value: Double, digits: Int?, rowUnit: MeasureUnit?) -> String {
    let decimal = DecimalNumber(value)
    switch format {
    case .plain: return (decimal.isNegative ? "\u{2212}" : "") + decimal.positional(places: 0)
    case .d3(let specifier):
      guard let commonPower else {
        return formatQuantity(
          value, unit: rowUnit ?? unit ?? .count, style: .init(format: specifier), language: language)
      }
      let locale: NumberLocale = language.isChinese ? .chinese : .english
      var scaled = decimal.scaled(by: -commonPower)
      if specifier.type == "f", let places = specifier.precision { scaled = scaled.rounded(toPower: -places) }
      return NumberFormat(specifier, locale: locale)(scaled.doubleValue)
    case .auto:
      guard let commonPower else {
        let unit = rowUnit ?? unit ?? .count
        let style = QuantityStyle(significantDigits: digits, showsUnit: self.unit == nil)
        return formatQuantity(value, unit: unit, style: style, language: language)
      }
      let rounded: DecimalNumber
      var shown = 0
      if let digits {
        let last = min(decimal.exponent - digits + 1, commonPower)
        rounded = decimal.rounded(toPower: last)
        shown = max(0, commonPower - last)
      } else {
        rounded = decimal.rounded(toPower: commonPower - places)
      }
      let number = rounded.scaled(by: -commonPower).positional(places: shown, separator: separator)
      return (rounded.isNegative ? "\u{2212}" : "") + number
    }
  }

  /// Whether every cell is digits alone, so that decimals can be aligned.
  var isDigitsOnly: Bool { commonPower != nil }
}

/// Returns the scale that suits all numbers of a column: the largest in which the smallest number is at least 1 and the
/// largest has no more than six digits; else the scale of the largest if the smallest still shows; else none.
private func sharedPower(smallest: Int, largest: Int, in language: LanguageTag) -> Int? {
  var power = scalePower(forExponent: largest, in: language)
  let widest = power
  while smallest < power {
    let next = scalePower(forExponent: power - 1, in: language)
    guard next < power, largest - next < 6 else { break }
    power = next
  }
  if smallest >= power || power == 0 { return power }
  return smallest >= widest - 2 ? widest : nil
}

/// Returns how many characters stand behind the decimal point, for aligning.
func visibleDecimals(_ text: String) -> Int? {
  let scalars = Array(text.unicodeScalars)
  guard let point = scalars.lastIndex(of: ".") else { return 0 }
  let behind = scalars[(point + 1)...]
  return behind.allSatisfy { $0.value >= 0x30 && $0.value <= 0x39 } ? behind.count : nil
}
