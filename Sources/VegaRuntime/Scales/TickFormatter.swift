package import Localization

/// Writes the values of a scale's ticks: digits just enough to tell them apart, times by their coarsest unit.
///
/// Follows `tickFormat` and `labelFormat` of vega-scale.
package struct TickFormatter: Sendable {
  private enum Form: Sendable {
    case number(NumberFormat)
    case time(TimeFormat, TimeZoneRules)
    case multiTime(MultiTimeFormat, TimeZoneRules)
    /// Only some ticks of a log scale keep their label.
    case logarithm(NumberFormat, Logarithm, limit: Double)
  }

  private var form: Form

  package func callAsFunction(_ value: Double) -> String {
    switch form {
    case .number(let format): return format(value)
    case .time(let format, let zone): return format(value, in: zone)
    case .multiTime(let format, let zone): return format(value, in: zone)
    case .logarithm(let format, let logs, let limit):
      // As Vega, no tick below zero has a label.
      return !logs.negative && logs.isLabelled(value, limit: limit) ? format(value) : ""
    }
  }

  package init(_ format: NumberFormat) { form = .number(format) }
  package init(_ format: NumberFormat, _ logs: Logarithm, limit: Double) {
    form = .logarithm(format, logs, limit: limit)
  }
  package init(_ format: TimeFormat, in zone: TimeZoneRules) { form = .time(format, zone) }
  package init(_ format: MultiTimeFormat, in zone: TimeZoneRules) { form = .multiTime(format, zone) }
}

/// What formatters need to know of an edition.
package struct FormatLocale: Sendable {
  package var number: NumberLocale
  package var time: TimeLocale
  package init(number: NumberLocale = .english, time: TimeLocale = .english) {
    self.number = number
    self.time = time
  }
  package static let english = FormatLocale()
}

extension ContinuousScale {
  /// A formatter for ticks or legend labels of this scale.
  ///
  /// - Parameters:
  ///   - count: how many ticks were asked for; `nil` where Vega leaves it to the scale (10).
  ///   - specifier: d3's, of numbers or, for a scale of instants, of times.
  ///   - keepsAll: whether a log scale labels all ticks, as it does when their values are given.
  package func tickFormatter(
    count: Double?, specifier: String? = nil, keepsAll: Bool = false, locale: FormatLocale = .english
  ) -> TickFormatter {
    switch kind {
    case .time, .utc:
      if let specifier { return TickFormatter(TimeFormat(specifier, locale: locale.time), in: tickZone) }
      return TickFormatter(MultiTimeFormat(locale: locale.time), in: tickZone)
    case .log(let base):
      let format = NumberFormat.forSingleNumbers(specifier.flatMap { NumberFormatSpecifier($0) }, locale: locale.number)
      if keepsAll { return TickFormatter(format) }
      let logs = Logarithm(base: base, negative: (domain.first ?? 1) < 0)
      return TickFormatter(format, logs, limit: logLabelLimit(base, count: count))
    default:
      return numberFormatter(
        from: domain.first ?? 0, to: domain.last ?? 1, count: count, specifier: specifier, locale: locale)
    }
  }

  /// The ticks of a log scale that keep their label: what Vega's legends show.
  package func labelledTicks(count: Double?) -> [Double] {
    let all = ticks(count: count ?? 10)
    guard case .log(let base) = kind else { return all }
    let logs = Logarithm(base: base, negative: (domain.first ?? 1) < 0)
    let limit = logLabelLimit(base, count: count)
    return all.filter { logs.isLabelled($0, limit: limit) }
  }

  private func logLabelLimit(_ base: Double, count: Double?) -> Double {
    max(1, base * (count ?? 10) / max(1, Double(ticks(count: count ?? 10).count)))
  }
}

extension Logarithm {
  /// Whether a tick is near enough above a power of the base to keep its label.
  package func isLabelled(_ value: Double, limit: Double) -> Bool {
    let power = exponent(of: value)
    // As Vega: the label's digit, from 1 to the base.
    var digit = value / self.power(roundHalfUp(power))
    if digit * base < base - 0.5 { digit *= base }
    return digit <= limit
  }
}

/// A formatter for numbers between two ends when about `count` ticks are shown: Vega's `formatSpan`.
package func numberFormatter(
  from start: Double, to stop: Double, count: Double?, specifier: String?, locale: FormatLocale = .english
) -> TickFormatter {
  // Between a number and itself d3 finds a step of 0, which leaves numbers whole.
  let step = start == stop ? 0 : tickStep(start, stop, count: count ?? 10)
  let format = NumberFormat.forTicks(
    specifier.flatMap { NumberFormatSpecifier($0) }, step: step, largest: max(start.magnitude, stop.magnitude),
    locale: locale.number)
  return TickFormatter(format)
}
