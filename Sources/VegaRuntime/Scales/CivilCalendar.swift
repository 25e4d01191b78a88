/// Calendar arithmetic over milliseconds since 1970: the proleptic Gregorian calendar, weeks from Sunday.
///
/// All arithmetic happens on wall-clock milliseconds; ``wall(_:)`` and ``instant(_:)`` lead there and back.
package struct CivilCalendar: Sendable {
  /// Milliseconds that the wall clock is ahead of UTC at an instant; absent for UTC.
  package var offset: (@Sendable (Double) -> Double)?

  package init(offset: (@Sendable (Double) -> Double)? = nil) { self.offset = offset }

  package static let utc = CivilCalendar()
}

extension CivilCalendar {
  /// The wall clock's reading at an instant, as if it were UTC.
  @inlinable package func wall(_ instant: Double) -> Double {
    guard let offset else { return instant }
    return instant + offset(instant)
  }

  /// The instant of a wall clock's reading. Of two, the earlier; a reading that a clock skips moves ahead as JavaScript's does.
  @inlinable package func instant(_ wall: Double) -> Double {
    guard let offset else { return wall }
    let day = 86_400_000.0
    let before = offset(wall - day)
    let early = wall - before
    if offset(early) == before { return early }
    let after = offset(wall + day)
    let late = wall - after
    return offset(late) == after ? late : early
  }
}

// MARK: - Days

/// Year, month and day of a wall clock's reading.
package struct CivilDate: Hashable, Sendable {
  package var year: Int
  /// From 0.
  package var month: Int
  /// From 1.
  package var day: Int

  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date of a number of days since 1970-01-01.
  package init(days: Int) {
    // Howard Hinnant's algorithm: eras of 400 years that begin in March.
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 2 : shifted - 10
    year = yearOfEra + era * 400 + (month <= 1 ? 1 : 0)
  }

  /// Days since 1970-01-01; months outside 0…11 and days outside the month carry over.
  package var days: Int {
    let carried = month >= 0 ? month / 12 : (month - 11) / 12
    let m = month - carried * 12
    let y = year + carried - (m <= 1 ? 1 : 0)
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (m > 1 ? m - 2 : m + 10) + 2) / 5
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468 + day - 1
  }

  /// Milliseconds at the start of the day.
  package var milliseconds: Double { Double(days) * 86_400_000 }
}

/// A wall clock's reading, taken apart.
package struct CivilTime: Hashable, Sendable {
  package var date: CivilDate
  package var days: Int
  /// Milliseconds since the start of the day.
  package var inDay: Int

  /// - Parameter wall: milliseconds; must be finite.
  package init(wall: Double) {
    let dayLength = 86_400_000.0
    // Beyond JavaScript's own limit of dates nothing is a calendar day.
    let bounded = min(8.64e15, max(-8.64e15, wall))
    let day = (bounded / dayLength).rounded(.down)
    days = Int(day)
    inDay = Int(bounded - day * dayLength)
    date = CivilDate(days: days)
  }

  package var hour: Int { inDay / 3_600_000 }
  package var minute: Int { inDay / 60_000 % 60 }
  package var second: Int { inDay / 1000 % 60 }
  package var millisecond: Int { inDay % 1000 }
  /// From 0 for Sunday.
  package var weekday: Int { ((days + 4) % 7 + 7) % 7 }
  /// From 1.
  package var dayOfYear: Int { days - CivilDate(year: date.year, month: 0, day: 1).days + 1 }
  /// Number of Sundays since the year began: weeks from Sunday, days before the first Sunday are week 0.
  package var week: Int { (dayOfYear - 1 + 7 - weekday) / 7 }
}

/// Milliseconds of a wall clock's reading from parts that may overflow, as JavaScript's `Date.UTC`.
package func civilMilliseconds(
  year: Double, month: Double = 0, day: Double = 1, hour: Double = 0, minute: Double = 0, second: Double = 0,
  millisecond: Double = 0
) -> Double {
  let parts = [year, month, day, hour, minute, second, millisecond]
  guard parts.allSatisfy({ $0.isFinite && $0.magnitude < 1e15 }), year.magnitude < 400_000, month.magnitude < 5e6 else {
    return .nan
  }
  let months = year.rounded(.towardZero) * 12 + month.rounded(.towardZero)
  let wholeYear = (months / 12).rounded(.down)
  let start = CivilDate(year: Int(wholeYear), month: Int(months - wholeYear * 12), day: 1).milliseconds
  let result =
    start + (day.rounded(.towardZero) - 1) * 86_400_000 + hour.rounded(.towardZero) * 3_600_000
    + minute.rounded(.towardZero) * 60_000 + second.rounded(.towardZero) * 1000 + millisecond.rounded(.towardZero)
  return result.magnitude <= 8.64e15 ? result : .nan
}
