internal import AlmanacCore
internal import Localization
internal import VegaLite

/// Writes values as text, as a format of the plan says.
struct ValuePrinter {
  let run: ChartRun
  private enum Form {
    case plain
    case number(NumberFormat)
    /// Without a format d3 writes up to twelve digits.
    case twelveDigits(NumberFormat)
    case time(TimeFormat, TimeZoneRules)
    case multiTime(MultiTimeFormat, TimeZoneRules)
    case unit(AxisNumberFormat)
    case called(CompiledExpression, format: Value?)
  }
  private let form: Form

  init(run: ChartRun, format: FormatPlan, largest: Double? = nil) {
    self.run = run
    switch format.kind {
    case .automatic: form = .plain
    case .number(nil): form = NumberFormat("", locale: run.locale.number).map { .twelveDigits($0) } ?? .plain
    case .number(let text?): form = NumberFormat(text, locale: run.locale.number).map { .number($0) } ?? .plain
    case .bin(_, let text):
      form =
        text.flatMap { NumberFormat($0, locale: run.locale.number) }.map { .number($0) }
        ?? NumberFormat("", locale: run.locale.number).map { .twelveDigits($0) } ?? .plain
    case .time(let text, let unit, let utc):
      let zone = utc ? .utc : run.options.zone
      if let text {
        form = .time(TimeFormat(text, locale: run.locale.time), zone)
      } else if let unit {
        form = .time(
          TimeFormat(
            unitFormat(unit, chinese: run.isChinese),
            locale: run.locale.time), zone)
      } else {
        form = .multiTime(MultiTimeFormat(locale: run.locale.time), zone)
      }
    case .times(let overrides, let utc):
      form = .multiTime(
        MultiTimeFormat(named: overrides, locale: run.locale.time), utc ? .utc : run.options.zone)
    case .custom(let type, let text):
      if type == "cn-unit" {
        form = .unit(
          AxisNumberFormat(
            text?.stringValue.flatMap { NumberFormatSpecifier($0) }, largest: largest, language: run.options.language))
      } else {
        // Any other type is a function of a value and a format.
        let arguments = text == nil ? "datum.value" : "datum.value, datum.format"
        let call = parseExpression("\(type)(\(arguments))", at: SourceSpan(path: "", line: 1, column: 1))
        if let expression = call.value, call.diagnostics.isEmpty {
          form = .called(CompiledExpression(expression, scope: run.scope()), format: text)
        } else {
          run.warn("chart.unknown-format", "no format type named '\(type)'")
          form = .plain
        }
      }
    }
  }

  /// Whether numbers are moments in time.
  var writesTimes: Bool {
    switch form {
    case .time, .multiTime: true
    default: false
    }
  }

  /// The text of a value; lists stay lists of lines.
  func text(_ value: Value) -> Value {
    switch form {
    case .plain:
      if case .array = value { return value }
      if case .number(let number) = value { return .string(Value.format(number)) }
      if case .date(let time) = value { return .string(javaScriptDateText(time, in: run.options.zone)) }
      return value.isPresent ? .string(value.asString) : .string(value.isNull ? "null" : "undefined")
    default: return .string(string(value))
    }
  }

  func string(_ value: Value) -> String {
    if value.isNull { return "null" }
    return switch form {
    case .plain: text(value).asString
    case .number(let format): format(value.asNumber)
    case .twelveDigits(let format):
      value.stringValue.map { Value.parseNumber($0).isNaN ? $0 : format(Value.parseNumber($0)) }
        ?? format(value.asNumber)
    case .time(let format, let zone): value.isPresent ? format(value.asNumber, in: zone) : "null"
    case .multiTime(let format, let zone): value.isPresent ? format(value.asNumber, in: zone) : "null"
    case .unit(let format): format(value.asNumber)
    case .called(let call, let format):
      call(.object(ValueObject(["value": value, "format": format ?? .null]))).asString
    }
  }

  func range(_ start: Value, _ end: Value) -> String {
    start.isValid && start.asNumber.isFinite ? "\(string(start)) – \(string(end))" : "null"
  }
}

/// The default format of a time unit, as Vega's `timeUnitSpecifier` puts it together.
func unitFormat(_ unit: TimeUnitDefinition, chinese: Bool = false) -> String {
  let parts = unit.parts
  let has = Set(parts)
  var rest = parts
  var out = ""
  let table: [([String], String)] =
    chinese
    ? [
      (["year", "month", "date"], "%Y年%-m月%-d日 "), (["year", "month"], "%Y年%-m月 "), (["month", "date"], "%-m月%-d日 "),
      (["hours", "minutes", "seconds"], "%H:%M:%S"),
      (["hours", "minutes"], "%H:%M"), (["hours"], "%H:00"), (["minutes", "seconds"], "%M:%S"), (["minutes"], "00:%M"),
      (["seconds"], ":%S"), (["milliseconds"], ".%L"), (["year", "quarter"], "%Y年第%q季度"),
      (["year", "week"], "%Y年第%U周"), (["year"], "%Y年 "), (["quarter"], "第%q季度 "), (["month"], "%-m月 "),
      (["date"], "%-d日 "), (["week"], "第%U周 "), (["day"], "%a "), (["dayofyear"], "%j "),
    ]
    : [
      (["year", "month", "date"], "%b %d, %Y "), (["year", "month"], "%b %Y "), (["hours", "minutes"], "%H:%M"),
      (["hours"], "%H:00"), (["minutes"], "00:%M"), (["seconds"], ":%S"),
      (["milliseconds"], ".%L"), (["year"], "%Y "), (["quarter"], "Q%q "), (["month"], "%b "), (["date"], "%d "),
      (["week"], "W%U "), (["day"], "%a "), (["dayofyear"], "%j "),
    ]
  _ = has
  while let first = rest.first {
    // The longest run of parts that has a format of its own.
    let match = table.filter { rest.starts(with: $0.0) }.max { $0.0.count < $1.0.count }
    guard let match else {
      _ = first
      rest.removeFirst()
      continue
    }
    out += match.1
    rest.removeFirst(match.0.count)
  }
  while out.last == " " { out.removeLast() }
  return out
}
