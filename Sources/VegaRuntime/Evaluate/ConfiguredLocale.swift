internal import Localization
internal import VegaLite

extension FormatLocale {
  /// The locale with what a configuration says in `locale`: https://vega.github.io/vega-lite/docs/config.html#config-locale
  ///
  /// Both halves are d3's: where one is given, its own keys count and d3's defaults, not the language's.
  func merged(with configured: ValueObject) -> FormatLocale {
    FormatLocale(
      number: configured["number"]?.objectValue.map(NumberLocale.init(configured:)) ?? number,
      time: configured["time"]?.objectValue.map { TimeLocale(configured: $0) } ?? time)
  }
}

extension NumberLocale {
  fileprivate init(configured: ValueObject) {
    func text(_ key: String, _ standard: String) -> String { configured[key]?.stringValue ?? standard }
    let currency = configured["currency"]?.arrayValue?.map(\.asString) ?? []
    let grouping = (configured["grouping"]?.arrayValue ?? []).map { wholeNumber($0.asNumber, 0...1_000) }
    self.init(
      decimal: text("decimal", "."), thousands: text("thousands", ""),
      grouping: grouping.allSatisfy { $0 > 0 } ? grouping : [], currencyPrefix: currency.first ?? "",
      currencySuffix: currency.count > 1 ? currency[1] : "",
      numerals: configured["numerals"]?.arrayValue.map { $0.map(\.asString) }.flatMap { $0.count == 10 ? $0 : nil }
        ?? [],
      percent: text("percent", "%"), minus: text("minus", "\u{2212}"), notANumber: text("nan", "NaN"))
  }
}

extension TimeLocale {
  fileprivate init(configured: ValueObject) {
    let standard = TimeLocale.english
    func text(_ key: String, _ fallback: String) -> String { configured[key]?.stringValue ?? fallback }
    func texts(_ key: String, _ fallback: [String]) -> [String] {
      let given = configured[key]?.arrayValue?.map(\.asString) ?? []
      return given.count == fallback.count ? given : fallback
    }
    self.init(
      dateTime: text("dateTime", standard.dateTime), date: text("date", standard.date),
      time: text("time", standard.time), periods: texts("periods", standard.periods),
      days: texts("days", standard.days), shortDays: texts("shortDays", standard.shortDays),
      months: texts("months", standard.months), shortMonths: texts("shortMonths", standard.shortMonths))
  }
}
