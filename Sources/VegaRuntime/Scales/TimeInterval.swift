internal import AlmanacCore
package import Localization

/// A rule that parts time: every second week, every third month, each year.
///
/// Follows d3-time's intervals and `every`: https://d3js.org/d3-time
package struct TimeInterval: Hashable, Sendable {
  package enum Unit: String, Hashable, Sendable {
    case millisecond, second, minute, hour, day, week, month, year
    /// Days counted from 1970 instead of the first of the month: what d3 ticks UTC with.
    case unixDay
  }

  package var unit: Unit
  /// How many units; days count from the first of the month, weeks since 1970, hours from midnight, months from January.
  package var step: Int

  package init(_ unit: Unit, step: Int = 1) {
    self.unit = unit
    self.step = max(1, step)
  }

  /// The interval of Vega's words for units: `seconds`, `date`, `quarter` and so on, singular or plural.
  package init?(vega name: String, step: Double = 1) {
    let count = max(1, Int(min(1e9, max(1, step.isNaN ? 1 : step)).rounded(.down)))
    switch name {
    case "year", "years": self.init(.year, step: count)
    case "quarter", "quarters": self.init(.month, step: 3 * count)
    case "month", "months": self.init(.month, step: count)
    case "week", "weeks": self.init(.week, step: count)
    case "day", "days", "date", "dayofyear": self.init(.day, step: count)
    case "hour", "hours": self.init(.hour, step: count)
    case "minute", "minutes": self.init(.minute, step: count)
    case "second", "seconds": self.init(.second, step: count)
    case "millisecond", "milliseconds": self.init(.millisecond, step: count)
    default: return nil
    }
  }
}

extension TimeInterval {
  /// The last border at or before an instant.
  package func floor(_ instant: Double, in zone: TimeZoneRules = .utc) -> Double {
    guard let time = whole(instant) else { return .nan }
    return Double(zone.universalTime(of: floorLocal(zone.localTime(of: time))))
  }

  /// The first border at or after an instant.
  package func ceil(_ instant: Double, in zone: TimeZoneRules = .utc) -> Double {
    guard let time = whole(instant.rounded(.up) - 1) else { return .nan }
    return Double(zone.universalTime(of: next(after: floorLocal(zone.localTime(of: time)))))
  }

  /// Moves an instant by a number of intervals, as d3's `offset`: an instant need not be a border.
  package func offset(_ instant: Double, by count: Int, in zone: TimeZoneRules = .utc) -> Double {
    guard let time = whole(instant) else { return .nan }
    return Double(zone.universalTime(of: add(zone.localTime(of: time), count)))
  }

  /// Borders from `start` up to and without `stop`, at most `limit`.
  package func range(_ start: Double, _ stop: Double, in zone: TimeZoneRules = .utc, limit: Int = 10_000) -> [Double] {
    guard let first = whole(start.rounded(.up) - 1), stop.isFinite else { return [] }
    var local = next(after: floorLocal(zone.localTime(of: first)))
    var result: [Double] = []
    while result.count < limit {
      let instant = Double(zone.universalTime(of: local))
      guard instant < stop else { break }
      result.append(instant)
      local = next(after: local)
    }
    return result
  }

  private func whole(_ instant: Double) -> Int? {
    instant.magnitude <= 8.64e15 ? Int(instant.rounded(.down)) : nil
  }
}

// MARK: - Arithmetic on a clock's time

extension TimeInterval {
  /// Milliseconds of units of fixed length.
  private var length: Int? {
    switch unit {
    case .millisecond: 1
    case .second: 1000
    case .minute: 60_000
    case .hour: 3_600_000
    case .day, .unixDay, .week, .month, .year: nil
    }
  }

  /// Milliseconds after which counting units starts anew.
  private var cycle: Int { unit == .second ? 60_000 : unit == .minute ? 3_600_000 : millisecondsPerDay }

  private func floorLocal(_ local: Int) -> Int {
    let day = floor(local, millisecondsPerDay)
    switch unit {
    case .millisecond: return floor(local, step) * step
    case .second, .minute, .hour:
      let around = floor(local, cycle) * cycle
      let size = length! * step
      return around + (local - around) / size * size
    case .day: return (day - (civilDate(ofDay: day).day - 1) % step) * millisecondsPerDay
    case .unixDay: return floor(day, step) * step * millisecondsPerDay
    case .week:
      // 1970 began on a Thursday: the week of its first day starts at day -4.
      let week = floor(day + 4, 7)
      return (floor(week, step) * step * 7 - 4) * millisecondsPerDay
    case .month:
      let date = civilDate(ofDay: day)
      return firstDay(ofMonth: date.month - date.month % step, year: date.year) * millisecondsPerDay
    case .year: return firstDay(ofMonth: 0, year: floor(civilDate(ofDay: day).year, step) * step) * millisecondsPerDay
    }
  }

  /// The border behind a border.
  private func next(after border: Int) -> Int {
    guard step > 1 else { return add(border, 1) }
    switch unit {
    case .second, .minute, .hour:
      return min(border + length! * step, (floor(border, cycle) + 1) * cycle)
    case .day:
      // Every second day of the month starts anew with each month.
      let date = civilDate(ofDay: floor(border, millisecondsPerDay))
      let month = CivilTime(date.year, date.month + 1)
      return min(border + step * millisecondsPerDay, month.millisecondsAsUTC)
    case .month:
      let date = civilDate(ofDay: floor(border, millisecondsPerDay))
      return min(add(border, 1), CivilTime(date.year + 1).millisecondsAsUTC)
    case .millisecond, .unixDay, .week, .year: return add(border, 1)
    }
  }

  private func add(_ local: Int, _ count: Int) -> Int {
    let total = count * step
    if let length { return local + length * total }
    switch unit {
    case .day, .unixDay: return local + total * millisecondsPerDay
    case .week: return local + total * 7 * millisecondsPerDay
    default:
      var time = CivilTime(Double(local))
      if unit == .month { time.month += total } else { time.year += total }
      return time.millisecondsAsUTC
    }
  }

  private func floor(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value - divisor + 1) / divisor
  }
}

// MARK: - Choosing an interval

extension TimeInterval {
  /// Chooses the interval that parts a stretch of time into about `count` pieces, as d3's `timeTickInterval`.
  package static func forTicks(_ start: Double, _ stop: Double, count: Double, utc: Bool = false) -> TimeInterval? {
    guard start.isFinite, stop.isFinite, count > 0 else { return nil }
    let target = (stop - start).magnitude / count
    let table = ladder
    let index = table.firstIndex { $0.length > target } ?? table.count
    let year = 31_536_000_000.0
    if index == table.count {
      let step = tickStep(start / year, stop / year, count: count)
      return step.isFinite ? TimeInterval(.year, step: Int(limited: max(1, step))) : nil
    }
    if index == 0 {
      let step = tickStep(start, stop, count: count)
      return step.isFinite ? TimeInterval(.millisecond, step: Int(limited: max(1, step))) : nil
    }
    // The step that is nearer as a ratio.
    let chosen = target / table[index - 1].length < table[index].length / target ? index - 1 : index
    let unit = table[chosen].unit
    return TimeInterval(utc && unit == .day ? .unixDay : unit, step: table[chosen].step)
  }

  private static var ladder: [(unit: Unit, step: Int, length: Double)] {
    [
      (.second, 1, 1e3), (.second, 5, 5e3), (.second, 15, 15e3), (.second, 30, 30e3),
      (.minute, 1, 6e4), (.minute, 5, 3e5), (.minute, 15, 9e5), (.minute, 30, 18e5),
      (.hour, 1, 36e5), (.hour, 3, 108e5), (.hour, 6, 216e5), (.hour, 12, 432e5),
      (.day, 1, 864e5), (.day, 2, 1728e5), (.week, 1, 6048e5),
      (.month, 1, 2592e6), (.month, 3, 7776e6), (.year, 1, 31536e6),
    ]
  }
}

/// Returns the time ticks of a domain, in its direction.
package func timeTicks(_ start: Double, _ stop: Double, interval: TimeInterval?, in zone: TimeZoneRules = .utc)
  -> [Double]
{
  guard let interval else { return [] }
  let ticks = interval.range(min(start, stop), max(start, stop) + 1, in: zone)
  return stop < start ? ticks.reversed() : ticks
}
