internal import AlmanacCore

internal import Localization
internal import VegaLite

// Functions of dates. `date`, `day` and so on follow the scope's zone, `utcdate` and so on UTC.

extension ExpressionCompiler {
  func dateCall(_ name: String, _ arguments: [ExpressionCode]) -> ExpressionCode? {
    let context = context
    let zone = context.scope.zone
    let isUTC = name.hasPrefix("utc") && name != "utc"
    let clock = isUTC ? TimeZoneRules.utc : zone
    let word = isUTC ? String(name.dropFirst(3)) : name
    func value(_ index: Int) -> (Int) -> Value {
      index < arguments.count ? arguments[index].valueFunction : { _ in .undefined }
    }
    func time(_ index: Int) -> (Int) -> Double {
      guard index < arguments.count else { return { _ in context.scope.now } }
      switch arguments[index] {
      case .number(let function), .date(let function): return function
      default:
        let function = arguments[index].valueFunction
        return { instant(of: function($0), in: zone) }
      }
    }
    // The formats and intervals of d3 take a number and nothing that has to be read first.
    func moment(_ index: Int) -> (Int) -> Double {
      index < arguments.count ? arguments[index].numberFunction : { _ in .nan }
    }
    if let part = civilPart(word) {
      let instant = time(0)
      return .number { row in
        let milliseconds = instant(row)
        guard milliseconds.magnitude <= 8.64e15 else { return .nan }
        return Double(part(CivilTime(milliseconds, in: clock)))
      }
    }
    switch name {
    case "datetime":
      if arguments.isEmpty { return .constant(.date(context.scope.now)) }
      if arguments.count == 1 { return .date(time(0)) }
      let parts = arguments.map(\.numberFunction)
      return .date { row in civilInstant(parts.map { $0(row) }, in: zone) }
    case "utc":
      let parts = arguments.map(\.numberFunction)
      return .number { row in civilInstant(parts.map { $0(row) }, in: .utc) }
    case "time": return .number(time(0))
    case "timezoneoffset":
      let instant = time(0)
      return .number {
        let milliseconds = instant($0)
        return milliseconds.magnitude <= 8.64e15 ? Double(-zone.offset(at: Int(milliseconds)) / 60_000) : .nan
      }
    case "toDate":
      let function = value(0)
      return .value { row in
        switch function(row) {
        case .undefined, .null, .string(""): .null
        case .number(let number): .number(number)
        case .date(let time): .date(time)
        // As in Vega a number, which can be reckoned with.
        case let other: .number(instant(of: other, in: zone))
        }
      }
    case "timeFormat", "utcFormat":
      let isNull: (Int) -> Bool
      if case .value(let function) = arguments.first {
        isNull = { function($0).isNull }
      } else {
        let isNothing = arguments.first?.constantValue == .null
        isNull = { _ in isNothing }
      }
      let instant = moment(0)
      let specifier = arguments.count > 1 ? arguments[1] : .constant(.undefined)
      if let constant = specifier.constantValue {
        guard case .string(let text) = constant else {
          let format = MultiTimeFormat(multiFormatOverrides(constant), locale: context.scope.locale.time)
          return .string { isNull($0) ? "null" : format(instant($0), in: clock) }
        }
        let format = context.timeFormat(text)
        return .string { isNull($0) ? "null" : format(instant($0), in: clock) }
      }
      let text = specifier.stringFunction
      return .string { isNull($0) ? "null" : context.timeFormat(text($0))(instant($0), in: clock) }
    case "timeParse", "utcParse":
      let (text, specifier) = (value(0), value(1))
      return .value { row in
        guard case .string(let format) = specifier(row) else { return .null }
        let parser = TimeParser(format, locale: context.scope.locale.time)
        return parser(text(row).asString, in: clock).map(Value.date) ?? .null
      }
    case "timeOffset", "utcOffset":
      let (unit, instant) = (value(0), moment(1))
      let step = arguments.count > 2 ? arguments[2].numberFunction : { _ in 1 }
      return .value { row in
        guard let interval = TimeInterval(vega: unit(row).asString) else { return .undefined }
        let count = step(row)
        guard count.magnitude < 1e9 else { return .date(.nan) }
        let whole = Int(limited: count.rounded(.down), to: 10_000_000)
        let start = instant(row)
        guard interval.unit == .month, interval.step > 1, start.magnitude <= 8.64e15 else {
          return .date(interval.offset(start, by: whole, in: clock))
        }
        // As d3's `every`: the first step leads to the next month that begins a quarter, the others to those behind it.
        let into = CivilTime(start, in: clock).month % interval.step
        let months = whole * interval.step - (whole > 0 ? into : whole < 0 && into > 0 ? into - interval.step : 0)
        return .date(TimeInterval(.month).offset(start, by: months, in: clock))
      }
    case "timeSequence", "utcSequence":
      let (unit, start, stop) = (value(0), moment(1), moment(2))
      let step = arguments.count > 3 ? arguments[3].numberFunction : { _ in 1 }
      return .value { row in
        guard let interval = TimeInterval(vega: unit(row).asString) else { return .undefined }
        let every = wholeNumber(step(row), 1...1_000_000)
        let all = interval.range(start(row), stop(row), in: clock, limit: 100_000)
        guard context.spend(all.count) else { return .array([]) }
        return .array(stride(from: 0, to: all.count, by: every).map { .date(all[$0]) })
      }
    case "timeUnitSpecifier":
      let (units, overrides) = (value(0), value(1))
      return .value { .string(timeUnitSpecifier(units($0), overrides($0))) }
    case "monthFormat", "monthAbbrevFormat", "dayFormat", "dayAbbrevFormat":
      let isMonth = name.hasPrefix("month")
      let format = context.timeFormat(
        isMonth ? (name == "monthFormat" ? "%B" : "%b") : name == "dayFormat" ? "%A" : "%a")
      let number = arguments.first?.numberFunction ?? { _ in .nan }
      return .string { row in
        let index = number(row)
        guard index == index.rounded(), index.magnitude < 10_000 else { return "" }
        let day = isMonth ? CivilTime(2000, Int(index), 1) : CivilTime(2000, 0, 2 + Int(index))
        return format(Double(day.millisecondsAsUTC), in: .utc)
      }
    default: return nil
    }
  }

  private func civilPart(_ word: String) -> ((CivilTime) -> Int)? {
    switch word {
    case "year": { $0.year }
    case "quarter": { $0.month / 3 + 1 }
    case "month": { $0.month }
    case "week": { $0.weekOfYear(startingOn: 0) }
    case "date": { $0.day }
    case "day": { $0.weekday }
    case "dayofyear": { $0.dayOfYear + 1 }
    case "hours": { $0.hour }
    case "minutes": { $0.minute }
    case "seconds": { $0.second }
    case "milliseconds": { $0.millisecond }
    default: nil
    }
  }

  private func multiFormatOverrides(_ value: Value) -> [MultiTimeFormat.Unit: String] {
    guard case .object(let object) = value else { return [:] }
    var overrides: [MultiTimeFormat.Unit: String] = [:]
    for member in object.members {
      if let unit = MultiTimeFormat.Unit(rawValue: member.key), case .string(let text) = member.value {
        overrides[unit] = text
      }
    }
    return overrides
  }
}

/// `new Date(value).getTime()`.
func instant(of value: Value, in zone: TimeZoneRules) -> Double {
  switch value {
  case .string(let text): parseJavaScriptDate(text, in: zone) ?? .nan
  default: value.asNumber
  }
}

/// `new Date(year, month, …)`: years up to 99 are of the twentieth century.
private func civilInstant(_ parts: [Double], in zone: TimeZoneRules) -> Double {
  guard parts.allSatisfy({ $0.magnitude < 1e12 }), let year = parts.first else { return .nan }
  func part(_ index: Int, _ standard: Int) -> Int { index < parts.count ? Int(parts[index]) : standard }
  let whole = Int(year)
  let time = CivilTime(
    whole >= 0 && whole <= 99 ? 1900 + whole : whole, part(1, 0), part(2, 1), hour: part(3, 0), minute: part(4, 0),
    second: part(5, 0), millisecond: part(6, 0))
  let result = time.milliseconds(in: zone)
  return result.magnitude <= 8.64e15 ? result : .nan
}

/// Vega's time format of a set of units, such as `%Y-%m` of year and month.
func timeUnitSpecifier(_ units: Value, _ overrides: Value) -> String {
  let order = [
    "year", "quarter", "month", "week", "date", "day", "dayofyear", "hours", "minutes", "seconds", "milliseconds",
  ]
  var formats: [String: String] = [
    "year": "%Y ", "quarter": "Q%q ", "month": "%b ", "date": "%d ", "week": "W%U ", "day": "%a ", "dayofyear": "%j ",
    "hours": "%H:00", "minutes": "00:%M", "seconds": ":%S", "milliseconds": ".%L", "year-month": "%Y-%m ",
    "year-month-date": "%Y-%m-%d ", "hours-minutes": "%H:%M",
  ]
  if case .object(let object) = overrides {
    for member in object.members { formats[member.key] = member.value.isPresent ? member.value.asString : nil }
  }
  let given: [String]
  if case .array(let values) = units { given = values.map(\.asString) } else { given = [units.asString] }
  let wanted = order.filter { given.contains($0) }
  var text = ""
  var start = 0
  outer: while start < wanted.count {
    for end in stride(from: wanted.count, to: start, by: -1) {
      if let format = formats[wanted[start..<end].joined(separator: "-")] {
        text += format
        start = end
        continue outer
      }
    }
    start += 1
  }
  return text.trimmingSpaces()
}
