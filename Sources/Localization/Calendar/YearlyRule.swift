/// The rule by which clocks change every year, as a POSIX `TZ` text has it: `PST8PDT,M3.2.0,M11.1.0`.
struct YearlyRule: Hashable, Sendable {
  /// Milliseconds east of UTC.
  private var standard: Int
  private var summer: Summer?

  private struct Summer: Hashable, Sendable {
    var offset: Int
    var start: Day
    var end: Day
  }

  /// A day of the year and the time of day at which clocks change.
  private struct Day: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      /// Month 1–12, week 1–5 (5 is the last), weekday.
      case month(Int, Int, Int)
      /// 1–365, February 29 never counted.
      case julian(Int)
      /// 0–365.
      case ordinal(Int)
    }
    var kind: Kind
    var milliseconds: Int
  }

  /// Returns `nil` for a text that is not such a rule.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard Self.takeName(&rest), let west = Self.takeTime(&rest) else { return nil }
    standard = -west
    guard Self.takeName(&rest) else {
      guard rest.isEmpty else { return nil }
      return
    }
    let offset = rest.first == 0x2C ? standard + 3_600_000 : Self.takeTime(&rest).map { -$0 }
    guard let offset, let start = Self.takeDay(&rest), let end = Self.takeDay(&rest), rest.isEmpty else { return nil }
    summer = Summer(offset: offset, start: start, end: end)
  }

  func offset(at time: Int) -> Int {
    guard let summer else { return standard }
    let year = civilDate(ofDay: floorDivide(time + standard, millisecondsPerDay)).year
    let start = Self.time(of: summer.start, year: year) - standard
    let end = Self.time(of: summer.end, year: year) - summer.offset
    let isSummer = start < end ? time >= start && time < end : time >= start || time < end
    return isSummer ? summer.offset : standard
  }

  private static func time(of day: Day, year: Int) -> Int {
    let january = firstDay(ofMonth: 0, year: year)
    let number: Int
    switch day.kind {
    case .ordinal(let ordinal): number = january + ordinal
    case .julian(let julian):
      let isLeap = dayCount(ofMonth: 1, year: year) == 29
      number = january + julian - 1 + (isLeap && julian >= 60 ? 1 : 0)
    case .month(let month, let week, let weekday):
      let first = firstDay(ofMonth: month - 1, year: year)
      var date = first + (weekday - weekdayOfDay(first) + 7) % 7 + 7 * (week - 1)
      if date >= first + dayCount(ofMonth: month - 1, year: year) { date -= 7 }
      number = date
    }
    return number * millisecondsPerDay + day.milliseconds
  }

  // MARK: Reading

  private static func takeName(_ rest: inout ArraySlice<UInt8>) -> Bool {
    if rest.first == 0x3C, let end = rest.firstIndex(of: 0x3E) {
      rest = rest[(end + 1)...]
      return true
    }
    let name = rest.prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    rest = rest.dropFirst(name.count)
    return name.count >= 3
  }

  private static func takeNumber(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.prefix(4)
    rest = rest.dropFirst(digits.count)
    return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// `8`, `-3:30`, `+5:45:00`.
  private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var sign = 1
    if rest.first == 0x2D || rest.first == 0x2B { sign = rest.removeFirst() == 0x2D ? -1 : 1 }
    guard let hours = takeNumber(&rest) else { return nil }
    var milliseconds = hours * 3_600_000
    for unit in [60_000, 1_000] where rest.first == 0x3A {
      rest.removeFirst()
      guard let number = takeNumber(&rest) else { return nil }
      milliseconds += number * unit
    }
    return sign * milliseconds
  }

  /// `,M3.2.0/2`, `,J60`, `,59`.
  private static func takeDay(_ rest: inout ArraySlice<UInt8>) -> Day? {
    guard rest.popFirst() == 0x2C else { return nil }
    let kind: Day.Kind
    if rest.first == UInt8(ascii: "M") {
      rest.removeFirst()
      guard let month = takeNumber(&rest), rest.popFirst() == 0x2E, let week = takeNumber(&rest),
        rest.popFirst() == 0x2E, let weekday = takeNumber(&rest),
        (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
      else { return nil }
      kind = .month(month, week, weekday)
    } else if rest.first == UInt8(ascii: "J") {
      rest.removeFirst()
      guard let number = takeNumber(&rest), (1...365).contains(number) else { return nil }
      kind = .julian(number)
    } else {
      guard let number = takeNumber(&rest), (0...365).contains(number) else { return nil }
      kind = .ordinal(number)
    }
    var milliseconds = 7_200_000
    if rest.first == 0x2F {
      rest.removeFirst()
      guard let time = takeTime(&rest) else { return nil }
      milliseconds = time
    }
    return Day(kind: kind, milliseconds: milliseconds)
  }
}
