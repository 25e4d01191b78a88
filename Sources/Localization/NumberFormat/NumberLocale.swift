/// How numbers are written in a language: the keys of a d3-format locale.
///
/// https://d3js.org/d3-format#formatLocale
public struct NumberLocale: Hashable, Sendable {
  public var decimal: String
  public var thousands: String
  /// Digits in a group, from the right; the list repeats.
  public var grouping: [Int]
  public var currencyPrefix: String
  public var currencySuffix: String
  /// Ten digits, or empty for ASCII digits.
  public var numerals: [String]
  public var percent: String
  public var minus: String
  public var notANumber: String

  public init(
    decimal: String = ".", thousands: String = ",", grouping: [Int] = [3], currencyPrefix: String = "$",
    currencySuffix: String = "", numerals: [String] = [], percent: String = "%", minus: String = "\u{2212}",
    notANumber: String = "NaN"
  ) {
    self.decimal = decimal
    self.thousands = thousands
    self.grouping = grouping
    self.currencyPrefix = currencyPrefix
    self.currencySuffix = currencySuffix
    self.numerals = numerals
    self.percent = percent
    self.minus = minus
    self.notANumber = notANumber
  }

  /// d3's default locale, `en-US`.
  public static let english = NumberLocale()
  /// d3's `zh-CN`.
  public static let chinese = NumberLocale(currencyPrefix: "¥")
}
