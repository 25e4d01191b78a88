public import AlmanacCore

/// Numbers on an axis in words of the language: `5亿`, `2.5万`; `500 million`, `20,000`.
///
/// What `formatType: "cn-unit"` stands for. All ticks of an axis share one word when the largest is known, because a scale
/// that reads 8 million, 1 billion is read twice. Only where that would leave mostly noughts, as far down a log scale, a tick
/// takes its own.
public struct AxisNumberFormat: Sendable {
  private var isChinese: Bool
  private var language: LanguageTag
  private var commonPower: Int?
  private var format: NumberFormat?

  /// - Parameters:
  ///   - specifier: a d3 format for the scaled number; `nil` for as many digits as the number has, at most four decimals.
  ///   - largest: the largest magnitude on the axis.
  public init(_ specifier: NumberFormatSpecifier? = nil, largest: Double? = nil, language: LanguageTag) {
    self.language = language
    isChinese = language.isChinese
    format = specifier.map { NumberFormat($0, locale: language.isChinese ? .chinese : .english) }
    if let largest, largest.isFinite { commonPower = Self.power(of: DecimalNumber(largest), in: language) }
  }

  public func callAsFunction(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    guard value != 0 else { return "0" }
    let decimal = DecimalNumber(value)
    let own = Self.power(of: decimal, in: language)
    let power = commonPower.map { $0 - decimal.exponent > 2 ? own : $0 } ?? own
    let scaled = decimal.scaled(by: -power)
    let word = NumberScale.word(power, in: language)
    let digits: String
    if let format {
      digits = format(scaled.doubleValue)
    } else {
      let shown = scaled.rounded(toPower: -4)
      digits = (shown.isNegative ? "\u{2212}" : "") + shown.positional(places: 0, separator: isChinese ? "" : ",")
    }
    return digits + (word.isEmpty || isChinese ? word : "\u{A0}" + word)
  }

  /// The power of ten and the word that the ticks share, for an axis title such as "users (million)".
  public var sharedWord: String? { commonPower.map { NumberScale.word($0, in: language) } }

  private static func power(of decimal: DecimalNumber, in language: LanguageTag) -> Int {
    decimal.isZero ? 0 : NumberScale.power(forExponent: decimal.exponent, in: language)
  }
}
