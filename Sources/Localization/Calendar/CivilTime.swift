/// A day and time on the proleptic Gregorian calendar, as it stands on a clock somewhere.
///
/// Time values are milliseconds from 1970-01-01 UTC, as in JavaScript. Fields may be out of range when a time is made:
/// month 12 is January of the next year, day 0 the last day of the month before.
public struct CivilTime: Hashable, Sendable {
  public var year: Int
  /// From 0 for January, as in JavaScript.
  public var month: Int
  /// Day of the month, from 1.
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int
  public var millisecond: Int

  public init(
    _ year: Int, _ month: Int = 0, _ day: Int = 1, hour: Int = 0, minute: Int = 0, second: Int = 0,
    millisecond: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
  }

  /// The fields of a time value on the clocks of a zone; fractions of a millisecond are cut off as by JavaScript's `Date`.
  public init(_ milliseconds: Double, in zone: TimeZoneRules = .utc) {
    let local = zone.localTime(of: clippedTime(milliseconds))
    let days = floorDivide(local, millisecondsPerDay)
    let rest = local - days * millisecondsPerDay
    (year, month, day) = civilDate(ofDay: days)
    hour = rest / 3_600_000
    minute = rest / 60_000 % 60
    second = rest / 1_000 % 60
    millisecond = rest % 1_000
  }
}

extension CivilTime {
  /// Days from 1970-01-01.
  public var dayNumber: Int {
    let months = monthNumber
    let year = floorDivide(months, 12)
    return firstDay(ofMonth: months - year * 12, year: year) + clamp(day) - 1
  }

  /// The time value as if this were UTC.
  public var millisecondsAsUTC: Int {
    let hours = clamp(hour) * 3_600_000 + clamp(minute) * 60_000
    return dayNumber * millisecondsPerDay + hours + clamp(second) * 1_000 + clamp(millisecond)
  }

  /// The time value when the clocks of `zone` show these fields.
  ///
  /// As in JavaScript, an hour that occurs twice is the first, and an hour that a clock skips is counted on.
  public func milliseconds(in zone: TimeZoneRules = .utc) -> Double {
    Double(zone.universalTime(of: millisecondsAsUTC))
  }

  /// 0 for Sunday to 6 for Saturday.
  public var weekday: Int { weekdayOfDay(dayNumber) }
  /// From 0 for January 1.
  public var dayOfYear: Int { dayNumber - firstDay(ofMonth: 0, year: floorDivide(monthNumber, 12)) }
  /// From 0 for January to March.
  public var quarter: Int { month / 3 }

  /// Weeks that began with `firstWeekday` (0 is Sunday) since the year began, as `%U` and `%W` count.
  public func weekOfYear(startingOn firstWeekday: Int) -> Int {
    (dayOfYear + 7 - (weekday - firstWeekday + 7) % 7) / 7
  }

  /// The week of ISO 8601 and the year it belongs to.
  public var isoWeek: (year: Int, week: Int) {
    let thursday = dayNumber - (weekday + 6) % 7 + 3
    let year = civilDate(ofDay: thursday).year
    return (year, (thursday - firstDay(ofMonth: 0, year: year)) / 7 + 1)
  }

  // Far enough for every Date of JavaScript, near enough that no product overflows.
  /// Months since year 0.
  private var monthNumber: Int { max(-400_000, min(400_000, year)) * 12 + max(-4_800_000, min(4_800_000, month)) }
  private func clamp(_ field: Int) -> Int { max(-10_000_000_000, min(10_000_000_000, field)) }
}

// MARK: - Day arithmetic

public let millisecondsPerDay = 86_400_000

/// Returns the date of a day counted from 1970-01-01; `month` from 0.
///
/// http://howardhinnant.github.io/date_algorithms.html
public func civilDate(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
  let shifted = number + 719_468
  let era = floorDivide(shifted, 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let month = (5 * dayOfYear + 2) / 153
  let year = yearOfEra + era * 400
  return (month < 10 ? year : year + 1, month < 10 ? month + 2 : month - 10, dayOfYear - (153 * month + 2) / 5 + 1)
}

/// Returns the day, counted from 1970-01-01, on which a month (0 to 11) begins.
public func firstDay(ofMonth month: Int, year: Int) -> Int {
  let year = month < 2 ? year - 1 : year
  let era = floorDivide(year, 400)
  let yearOfEra = year - era * 400
  let dayOfYear = (153 * (month < 2 ? month + 10 : month - 2) + 2) / 5
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

/// Returns how many days a month (0 to 11) has.
public func dayCount(ofMonth month: Int, year: Int) -> Int {
  month == 11 ? 31 : firstDay(ofMonth: month + 1, year: year) - firstDay(ofMonth: month, year: year)
}

/// 0 for Sunday.
public func weekdayOfDay(_ number: Int) -> Int { (number % 7 + 11) % 7 }

/// A time value as JavaScript keeps it: whole milliseconds, within 100 million days of 1970; else 0.
func clippedTime(_ milliseconds: Double) -> Int {
  milliseconds.magnitude <= 8.64e15 ? Int(milliseconds) : 0
}
