/// The labels of a time axis: each tick is written by the coarsest unit that it does not start.
///
/// Midnight of January 1 reads `2024`, other months `March`, other days `Mon 04`: d3's `tickFormat` with Vega's keys.
public struct MultiTimeFormat: Sendable {
  private var formats: [Unit: TimeFormat]

  public enum Unit: String, CaseIterable, Sendable {
    case milliseconds, seconds, minutes, hours, date, day, week, month, quarter, year
  }

  /// - Parameter overrides: specifiers by unit, as a Vega-Lite axis' `format` object has them.
  public init(_ overrides: [Unit: String] = [:], locale: TimeLocale = .english) {
    formats = [:]
    for unit in Unit.allCases {
      // A day that starts no week is written by `date`, or by `day` where only that was given.
      let specifier = overrides[unit] ?? (unit == .date ? overrides[.day] : nil) ?? Self.defaults[unit] ?? ""
      formats[unit] = TimeFormat(specifier, locale: locale)
    }
  }

  /// - Parameter overrides: specifiers by the names of units; other names are ignored.
  public init(named overrides: [String: String], locale: TimeLocale = .english) {
    var known: [Unit: String] = [:]
    for unit in Unit.allCases { known[unit] = overrides[unit.rawValue] }
    self.init(known, locale: locale)
  }

  /// Vega's defaults.
  public static let defaults: [Unit: String] = [
    .milliseconds: ".%L", .seconds: ":%S", .minutes: "%I:%M", .hours: "%I %p", .date: "%a %d", .day: "%a %d",
    .week: "%b %d", .month: "%B", .quarter: "%B", .year: "%Y",
  ]

  /// Overrides for axes in Chinese: `2025年`, `6月`, `8日`, where Vega's formats in zh-CN say `六月` and `周一 08`.
  public static let chineseAxis: [Unit: String] = [
    .minutes: "%H:%M", .hours: "%-H时", .date: "%-d日", .week: "%-m月%-d日", .month: "%-m月", .quarter: "%-m月", .year: "%Y年",
  ]

  public func callAsFunction(_ milliseconds: Double, in zone: TimeZoneRules = .utc) -> String {
    formats[Self.unit(of: milliseconds, in: zone)]?(milliseconds, in: zone) ?? ""
  }

  /// The finest unit in which a time value is not a start.
  public static func unit(of milliseconds: Double, in zone: TimeZoneRules = .utc) -> Unit {
    let civil = CivilTime(milliseconds, in: zone)
    if civil.millisecond != 0 { return .milliseconds }
    if civil.second != 0 { return .seconds }
    if civil.minute != 0 { return .minutes }
    if civil.hour != 0 { return .hours }
    if civil.day != 1 { return civil.weekday == 0 ? .week : .date }
    if civil.month != 0 { return civil.month % 3 == 0 ? .quarter : .month }
    return .year
  }
}
