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
  package func floor(_ instant: Double, in calendar: CivilCalendar) -> Double {
    guard instant.isFinite else { return .nan }
    return calendar.instant(floorWall(calendar.wall(instant)))
  }

  /// The first border at or after an instant.
  package func ceil(_ instant: Double, in calendar: CivilCalendar) -> Double {
    guard instant.isFinite else { return .nan }
    let floor = floorWall(calendar.wall(instant - 1))
    return calendar.instant(next(afterBorder: floor))
  }

  /// Moves an instant by a number of intervals, as d3's `offset`: an instant need not be a border.
  package func offset(_ instant: Double, by count: Int, in calendar: CivilCalendar) -> Double {
    guard instant.isFinite else { return .nan }
    return calendar.instant(add(calendar.wall(instant), count))
  }

  /// Borders from `start` up to and without `stop`.
  package func range(_ start: Double, _ stop: Double, in calendar: CivilCalendar, limit: Int = 10_000) -> [Double] {
    guard start.isFinite, stop.isFinite else { return [] }
    var wall = next(afterBorder: floorWall(calendar.wall(start - 1)))
    var result: [Double] = []
    while result.count < limit {
      let instant = calendar.instant(wall)
      guard instant < stop else { break }
      result.append(instant)
      wall = next(afterBorder: wall)
    }
    return result
  }
}

// MARK: - Wall-clock arithmetic

extension TimeInterval {
  /// Milliseconds of units of fixed length.
  private var length: Double? {
    switch unit {
    case .millisecond: 1
    case .second: 1000
    case .minute: 60_000
    case .hour: 3_600_000
    default: nil
    }
  }

  /// Milliseconds after which counting units starts anew.
  private var cycle: Double { unit == .second ? 60_000 : unit == .minute ? 3_600_000 : 86_400_000 }

  package func floorWall(_ wall: Double) -> Double {
    let time = CivilTime(wall: wall)
    let day = Double(time.days) * 86_400_000
    let size = Double(step)
    switch unit {
    case .millisecond: return (wall / size).rounded(.down) * size
    case .second, .minute, .hour:
      // Counted within the minute, hour or day.
      let around = day + (Double(time.inDay) / cycle).rounded(.down) * cycle
      let unitLength = length! * size
      return around + ((wall - around) / unitLength).rounded(.down) * unitLength
    case .unixDay: return (Double(time.days) / size).rounded(.down) * size * 86_400_000
    case .day: return Double(time.days - (time.date.day - 1) % step) * 86_400_000
    case .week:
      let sunday = time.days - time.weekday
      // 1970 began on a Thursday: the week of its first day starts at -4.
      let weeks = (sunday + 4) / 7
      let aligned = step == 1 ? weeks : weeks - ((weeks % step) + step) % step
      return Double(aligned * 7 - 4) * 86_400_000
    case .month:
      return CivilDate(year: time.date.year, month: time.date.month - time.date.month % step, day: 1).milliseconds
    case .year:
      let year = time.date.year
      let aligned = year - ((year % step) + step) % step
      return CivilDate(year: aligned, month: 0, day: 1).milliseconds
    }
  }

  private func next(afterBorder wall: Double) -> Double {
    let time = CivilTime(wall: wall)
    switch unit {
    case .day where step > 1:
      // Every second day of the month starts anew with each month.
      let next = CivilDate(year: time.date.year, month: time.date.month, day: time.date.day + step)
      let month = CivilDate(year: time.date.year, month: time.date.month + 1, day: 1)
      return min(next.milliseconds, month.milliseconds)
    case .hour where step > 1, .minute where step > 1, .second where step > 1:
      let around = Double(time.days) * 86_400_000 + (Double(time.inDay) / cycle).rounded(.down) * cycle
      return min(wall + length! * Double(step), around + cycle)
    case .month where step > 1:
      let next = CivilDate(year: time.date.year, month: time.date.month + step, day: 1)
      let year = CivilDate(year: time.date.year + 1, month: 0, day: 1)
      return min(next.milliseconds, year.milliseconds)
    default: return add(wall, 1)
    }
  }

  private func add(_ wall: Double, _ count: Int) -> Double {
    let total = count * step
    if let length { return wall + length * Double(total) }
    let time = CivilTime(wall: wall)
    let inDay = Double(time.inDay)
    switch unit {
    case .day, .unixDay: return wall + Double(total) * 86_400_000
    case .week: return wall + Double(total) * 604_800_000
    case .month:
      return CivilDate(year: time.date.year, month: time.date.month + total, day: time.date.day).milliseconds + inDay
    default:
      return CivilDate(year: time.date.year + total, month: time.date.month, day: time.date.day).milliseconds + inDay
    }
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
      return step.isFinite ? TimeInterval(.year, step: Int(max(1, step))) : nil
    }
    if index == 0 {
      let step = tickStep(start, stop, count: count)
      return step.isFinite ? TimeInterval(.millisecond, step: Int(max(1, step))) : nil
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
package func timeTicks(_ start: Double, _ stop: Double, interval: TimeInterval?, in calendar: CivilCalendar) -> [Double]
{
  guard let interval else { return [] }
  let ticks = interval.range(min(start, stop), max(start, stop) + 1, in: calendar)
  return stop < start ? ticks.reversed() : ticks
}
