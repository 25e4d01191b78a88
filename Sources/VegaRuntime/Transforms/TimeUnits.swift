package import Localization
package import VegaLite

/// A set of parts of a date, such as year and month, and how instants are rounded down to them.
///
/// What the set does not name takes a fixed value: years are 2012, a leap year that began on a Sunday. Follows vega-time's
/// `timeFloor`: https://github.com/vega/vega/tree/main/packages/vega-time
package struct TimeUnitSet: Sendable, Hashable {
  package enum Unit: String, Sendable, Hashable, CaseIterable, Comparable {
    case year, quarter, month, week, date, day, dayofyear, hours, minutes, seconds, milliseconds

    package static func < (a: Unit, b: Unit) -> Bool { a.place < b.place }
    fileprivate var place: UInt16 {
      switch self {
      case .year: 0
      case .quarter: 1
      case .month: 2
      case .week: 3
      case .date: 4
      case .day: 5
      case .dayofyear: 6
      case .hours: 7
      case .minutes: 8
      case .seconds: 9
      case .milliseconds: 10
      }
    }
  }

  /// From the coarsest to the finest.
  package let units: [Unit]
  /// The same as a set: a bit for each.
  private let members: UInt16
  /// How many of the finest unit make one step.
  package var step: Int

  package init(_ units: [Unit], step: Int = 1) {
    self.units = units.sorted()
    members = units.reduce(0) { $0 | 1 << $1.place }
    self.step = max(1, step)
  }

  /// Reads `yearmonthdate` and the like; a leading `utc` or `binned` is skipped. `nil` for anything else.
  package init?(_ name: String, step: Double? = nil) {
    var rest = name[...]
    if rest.hasPrefix("binned") { rest = rest.dropFirst(6) }
    if rest.hasPrefix("utc") { rest = rest.dropFirst(3) }
    var units: [Unit] = []
    while !rest.isEmpty {
      // The longest first: `dayofyear` begins like `day`.
      let match = Unit.allCases.filter { rest.hasPrefix($0.rawValue) }.max { $0.rawValue.count < $1.rawValue.count }
      guard let match, !units.contains(match) else { return nil }
      units.append(match)
      rest = rest.dropFirst(match.rawValue.count)
    }
    guard !units.isEmpty else { return nil }
    self.init(units, step: step.map { wholeNumber($0, 1...1_000_000) } ?? 1)
  }

  private func contains(_ unit: Unit) -> Bool { members & 1 << unit.place != 0 }

  package var finest: Unit { units.last ?? .year }

  /// The interval from the start of one step to the next.
  package var interval: TimeInterval {
    switch finest {
    case .year: TimeInterval(.year, step: step)
    case .quarter: TimeInterval(.month, step: 3 * step)
    case .month: TimeInterval(.month, step: step)
    case .week: TimeInterval(.week, step: step)
    case .date, .day, .dayofyear: TimeInterval(.day, step: step)
    case .hours: TimeInterval(.hour, step: step)
    case .minutes: TimeInterval(.minute, step: step)
    case .seconds: TimeInterval(.second, step: step)
    case .milliseconds: TimeInterval(.millisecond, step: step)
    }
  }
}

extension TimeUnitSet {
  /// Chooses units and step for a stretch of time that shall have about `maxbins` steps, as Vega's `timeBin`.
  package static func forExtent(_ low: Double, _ high: Double, maxbins: Double) -> TimeUnitSet {
    let interval = TimeInterval.forTicks(low, high, count: maxbins) ?? TimeInterval(.day)
    let all: [Unit] = [.year, .month, .date, .hours, .minutes, .seconds, .milliseconds]
    switch interval.unit {
    case .year: return TimeUnitSet([.year], step: interval.step)
    case .month: return TimeUnitSet([.year, .month], step: interval.step)
    case .week: return TimeUnitSet([.year, .week], step: interval.step)
    case .day, .unixDay: return TimeUnitSet(Array(all.prefix(3)), step: 1)
    case .hour: return TimeUnitSet(Array(all.prefix(4)), step: interval.step)
    case .minute: return TimeUnitSet(Array(all.prefix(5)), step: interval.step)
    case .second: return TimeUnitSet(Array(all.prefix(6)), step: interval.step)
    case .millisecond: return TimeUnitSet(all, step: interval.step)
    }
  }

  /// The start of the step that an instant falls into; not-a-number for not-a-number.
  package func floor(_ instant: Double, in zone: TimeZoneRules = .utc) -> Double {
    guard instant.magnitude <= 8.64e15 else { return .nan }
    let time = CivilTime(instant, in: zone)
    func stepped(_ unit: Unit, _ value: Int, from first: Int = 0) -> Int {
      guard unit == finest, step > 1 else { return value }
      let shifted = value - first
      return first + (shifted >= 0 ? shifted / step : (shifted - step + 1) / step) * step
    }
    let year = contains(.year) ? stepped(.year, time.year) : 2012
    let month =
      contains(.month)
      ? stepped(.month, time.month) : contains(.quarter) ? stepped(.quarter, time.quarter) * 3 : 0
    var day = 1
    if contains(.week) || contains(.day) {
      let first = weekdayOfDay(firstDay(ofMonth: 0, year: year))
      func date(_ week: Int, _ weekday: Int) -> Int { weekday + 7 * week - (first + 6) % 7 }
      if contains(.week), contains(.day) {
        day = stepped(.day, date(time.weekOfYear(startingOn: 0), time.weekday), from: 1)
      } else if contains(.week) {
        day = date(stepped(.week, time.weekOfYear(startingOn: 0), from: 1), 0)
      } else {
        day = stepped(.day, date(1, time.weekday), from: 1)
      }
    } else if contains(.date) {
      day = stepped(.date, time.day, from: 1)
    } else if contains(.dayofyear) {
      day = stepped(.dayofyear, time.dayOfYear + 1, from: 1)
    }
    let result = CivilTime(
      year, month, day, hour: contains(.hours) ? stepped(.hours, time.hour) : 0,
      minute: contains(.minutes) ? stepped(.minutes, time.minute) : 0,
      second: contains(.seconds) ? stepped(.seconds, time.second) : 0,
      millisecond: contains(.milliseconds) ? stepped(.milliseconds, time.millisecond) : 0)
    return result.milliseconds(in: zone)
  }

  /// The start of the step behind the one that begins at `start`.
  package func end(of start: Double, in zone: TimeZoneRules = .utc) -> Double {
    interval.offset(start, by: 1, in: zone)
  }
}

/// Adds the start and the end of each instant's step of a time unit, as dates.
///
/// - Parameters:
///   - definition: without units they are chosen by the data's extent and `maxbins`.
///   - endName: may be left out.
package func timeUnit(
  _ table: DataTable, field: FieldPath, unit definition: TimeUnitDefinition, zone: TimeZoneRules, start name: String,
  end endName: String?
) -> DataTable {
  let column = table.values(at: field)
  let clock = definition.isUTC ? TimeZoneRules.utc : zone
  let units: TimeUnitSet
  if let known = TimeUnitSet(definition.unit, step: definition.step) {
    units = known
  } else {
    let extent = numericExtent(column) ?? (0, 0)
    units = .forExtent(extent.low, extent.high, maxbins: definition.maxbins ?? 40)
  }
  var last: (instant: Double, start: Double, end: Double)?
  func step(_ instant: Double) -> (start: Double, end: Double) {
    if let last, last.instant == instant { return (last.start, last.end) }
    let start = units.floor(instant, in: clock)
    let end = endName == nil ? start : units.end(of: start, in: clock)
    last = (instant, start, end)
    return (start, end)
  }
  var result = table
  switch column {
  case .numbers(let values), .dates(let values):
    var starts = [Double](repeating: 0, count: values.count)
    var ends = starts
    for (row, value) in values.enumerated() { (starts[row], ends[row]) = step(value) }
    result.set(name, .dates(starts))
    if let endName { result.set(endName, .dates(ends)) }
  case .strings, .values:
    var starts: [Value] = []
    var ends: [Value] = []
    for row in 0..<column.count {
      let value = column[row]
      guard value.isPresent, value != .string("") else {
        starts.append(.null)
        ends.append(.null)
        continue
      }
      let (start, end) = step(instant(of: value, in: zone))
      starts.append(.date(start))
      ends.append(.date(end))
    }
    result.set(name, Column(starts))
    if let endName { result.set(endName, Column(ends)) }
  }
  return result
}
