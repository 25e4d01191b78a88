internal import AlmanacCore

/// Predicates of filters and conditions, written out in the expression language.
/// https://vega.github.io/vega-lite/docs/predicate.html
extension ChartCompiler {
  /// Steps that a predicate needs first: fields are read as what they are compared with, unless a transform made them.
  /// https://github.com/vega/vega-lite/blob/main/src/compile/data/formatparse.ts (`getImplicitFromFilterTransform`)
  func predicateSteps(_ predicate: Value, head: Int) -> Int {
    var fields: [ParsedField] = []
    func visit(_ value: Value) {
      guard case .object(let object) = value else {
        if case .array(let list) = value { list.forEach(visit) }
        return
      }
      for key in ["and", "or", "not"] { if let inner = object[key] { visit(inner) } }
      guard let name = object["field"]?.stringValue else { return }
      let compared =
        ["equal", "lte", "lt", "gt", "gte"].lazy.compactMap { object[$0] }.first
        ?? object["range"]?.arrayValue?.first ?? (object["oneOf"] ?? object["in"])?.arrayValue?.first
      let kind: String
      switch compared {
      case _ where object["timeUnit"] != nil: kind = "date"
      case let value? where isDateTime(value): kind = "date"
      // Nothing is read for a comparison with 0 or with empty text.
      case .number(let number)? where number != 0: kind = "number"
      case .string(let text)? where !text.isEmpty: kind = "string"
      default: return
      }
      let field = FieldPath(name)
      if kind != "date", isDerived(field.columnName, at: head) { return }
      fields.removeAll { $0.field == field }
      fields.append(ParsedField(field: field, kind: kind))
    }
    visit(predicate)
    return fields.isEmpty ? head : add(.parse(fields), to: head)
  }

  /// Whether a column comes from a transform rather than from the source.
  private func isDerived(_ name: String, at head: Int) -> Bool {
    var at: Int? = head
    while let index = at {
      switch steps[index].operation {
      case .source: return false
      case .calculate(_, name): return true
      case .timeUnit(_, _, let names): if names.contains(name) { return true }
      case .fold(_, let names), .flatten(_, let names, _), .density(_, _, _, let names),
        .regression(_, _, _, _, let names), .loess(_, _, _, _, let names), .quantile(_, _, _, _, let names):
        if names.contains(name) { return true }
      case .aggregate(let fields, _), .joinAggregate(let fields, _):
        if fields.contains(where: { $0.name == name }) { return true }
      case .window(let window): if window.fields.contains(where: { $0.name == name }) { return true }
      case .stack(let step): if step.names.contains(name) { return true }
      case .bin(let step): if step.start == name || step.end == name { return true }
      case .lookup(let definition, _): if definition.names.contains(name) { return true }
      case .impute(let definition): if definition.field.columnName == name { return true }
      default: break
      }
      at = steps[index].parent
    }
    return false
  }

  func isDateTime(_ value: Value) -> Bool {
    guard case .object(let object) = value, !object.members.isEmpty else { return false }
    return object.members.allSatisfy {
      ["year", "quarter", "month", "date", "day", "hours", "minutes", "seconds", "milliseconds", "utc"].contains($0.key)
    }
  }

  func predicateText(_ predicate: Value, table: [FieldPath] = []) -> String? {
    switch predicate {
    case .string(let text): return text
    case .bool(let value): return value ? "true" : "false"
    case .object(let object):
      if let list = object["and"]?.arrayValue { return joined(list, " && ") }
      if let list = object["or"]?.arrayValue { return joined(list, " || ") }
      if let inner = object["not"], let text = predicateText(inner) { return "!(\(text))" }
      if let name = object["param"]?.stringValue ?? object["selection"]?.stringValue {
        return parameterText(name, empty: object["empty"]?.boolValue ?? true)
      }
      return fieldText(object)
    default: return nil
    }
  }

  private func joined(_ list: [Value], _ operation: String) -> String? {
    let parts = list.compactMap { predicateText($0) }
    return parts.isEmpty ? nil : parts.map { "(\($0))" }.joined(separator: operation)
  }

  /// What a parameter means for a row before anyone touches the picture: a variable's own truth, a selection's initial value.
  func parameterText(_ name: String, empty: Bool) -> String {
    guard let selection = selections[name] else { return "!!\(name)" }
    guard let value = selection.value, value.isPresent else { return empty ? "true" : "false" }
    let properties = selection.selectionProperties
    let fields = properties["fields"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let encodings = properties["encodings"]?.arrayValue?.compactMap(\.stringValue) ?? []
    func path(_ key: String) -> String { "datum[\(quoted(selectionFields[name]?[key] ?? key))]" }
    if selection.selection == "interval" {
      guard case .object(let object) = value else { return empty ? "true" : "false" }
      return object.members.map { member in
        let ends = member.value.arrayValue ?? []
        if ends.count == 2, ends.allSatisfy({ $0.numberValue != nil || isDateTime($0) }) {
          // Rows of other views may still have their dates as text.
          let access = ends.contains(where: isDateTime) ? "toDate(\(path(member.key)))" : "+\(path(member.key))"
          return "inrange(\(access), [\(literal(ends[0])), \(literal(ends[1]))])"
        }
        return "indexof([\(ends.map(literal).joined(separator: ","))], \(path(member.key))) >= 0"
      }.joined(separator: " && ")
    }
    let list = value.arrayValue ?? [value]
    if list.isEmpty { return empty ? "true" : "false" }
    func test(_ key: String, _ value: Value) -> String {
      "\(isDateTime(value) ? "toDate(\(path(key)))" : path(key)) === \(literal(value))"
    }
    let tests = list.map { item -> String in
      if case .object(let object) = item, !isDateTime(item) {
        return "(" + object.members.map { test($0.key, $0.value) }.joined(separator: " && ") + ")"
      }
      return (fields.first ?? encodings.first).map { test($0, item) } ?? "false"
    }
    return tests.joined(separator: " || ")
  }

  /// What a selection's name means in an expression before anyone touches the picture: its fields with the values that it
  /// begins with, `{x: [2, 5]}`.
  func selectionText(_ name: String) -> String {
    guard let selection = selections[name], let value = selection.value, value.isPresent else { return "{}" }
    func field(_ key: String) -> String { quoted(selectionFields[name]?[key] ?? key) }
    if selection.selection == "interval" {
      let members = value.objectValue?.members ?? []
      return "{" + members.map { "\(field($0.key)): \(literal($0.value))" }.joined(separator: ", ") + "}"
    }
    let properties = selection.selectionProperties
    let keys = (properties["fields"]?.arrayValue ?? properties["encodings"]?.arrayValue ?? []).compactMap(\.stringValue)
    var lists: [(key: String, values: [String])] = []
    func add(_ key: String, _ value: Value) {
      let index = lists.firstIndex { $0.key == key } ?? lists.count
      if index == lists.count { lists.append((key, [])) }
      lists[index].values.append(literal(value))
    }
    for item in value.arrayValue ?? [value] {
      if case .object(let object) = item, !isDateTime(item) {
        for member in object.members { add(member.key, member.value) }
      } else if let key = keys.first {
        add(key, item)
      }
    }
    return "{" + lists.map { "\(field($0.key)): [\($0.values.joined(separator: ", "))]" }.joined(separator: ", ") + "}"
  }

  /// Channels of selections' encodings as field names.
  var selectionFields: [String: [String: String]] { selectionFieldTable }

  private func fieldText(_ object: ValueObject) -> String? {
    guard let field = object["field"]?.stringValue else { return nil }
    var access = datumText(FieldPath(field))
    if let unitValue = object["timeUnit"] {
      let name = unitValue.stringValue ?? unitValue.member("unit").stringValue ?? ""
      if name.hasPrefix("binned") || unitValue.member("binned").boolValue == true {
        // Binned beforehand: the value is already the start of its unit.
        access = "time(\(access))"
      } else {
        // Vega-Lite compares the parts that clocks show, also for units in UTC.
        let local = name.hasPrefix("utc") ? String(name.dropFirst(3)) : name
        let unit = TimeUnitDefinition(unit: local, step: nil, maxbins: nil, binned: false)
        access = "time(\(timeUnitText(unit, access)))"
      }
    }
    let tested =
      [object["equal"], object["lt"], object["lte"], object["gt"], object["gte"]].compactMap { $0 }
      + (object["range"]?.arrayValue ?? []) + (object["oneOf"]?.arrayValue ?? [])
    if object["timeUnit"] == nil, tested.contains(where: isDateTime) { access = "time(\(access))" }
    func value(_ value: Value) -> String {
      if object["timeUnit"] != nil, let name = object["timeUnit"]?.stringValue, !isDateTime(value) {
        // A bare number or word is the unit's own part.
        let part = name.hasPrefix("utc") ? String(name.dropFirst(3)) : name
        return literal(.object(ValueObject([ValueObject.Member(key: part, value: value)])))
      }
      return literal(value)
    }
    if let equal = object["equal"] { return "\(access)===\(value(equal))" }
    for (key, sign) in [("lt", "<"), ("gt", ">"), ("lte", "<="), ("gte", ">=")] {
      if let bound = object[key] { return "\(access)\(sign)\(value(bound))" }
    }
    if let list = object["oneOf"]?.arrayValue {
      return "indexof([\(list.map(value).joined(separator: ","))], \(access)) !== -1"
    }
    if case .bool(let valid)? = object["valid"] {
      return valid ? "isValid(\(access)) && isFinite(+\(access))" : "!isValid(\(access)) || !isFinite(+\(access))"
    }
    if let range = object["range"] {
      if let text = (range.member("signal").stringValue ?? range.member("expr").stringValue) {
        return "inrange(\(access), [(\(text))[0], (\(text))[1]])"
      }
      guard let ends = range.arrayValue, ends.count == 2 else { return nil }
      if ends[0].isNull && ends[1].isNull { return "true" }
      if ends[0].isNull { return "\(access) <= \(value(ends[1]))" }
      if ends[1].isNull { return "\(access) >= \(value(ends[0]))" }
      return "inrange(\(access), [\(value(ends[0])), \(value(ends[1]))])"
    }
    return nil
  }

  func datumText(_ path: FieldPath) -> String { "datum" + path.keys.map { "[\(quoted($0))]" }.joined() }

  func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// A value in the expression language; dates given by their parts become times.
  func literal(_ value: Value) -> String {
    switch value {
    case .undefined, .null: return "null"
    case .string(let text): return quoted(text)
    case .array(let list): return "[" + list.map(literal).joined(separator: ",") + "]"
    case .object(let object):
      if let text = (object["expr"] ?? object["signal"])?.stringValue { return "(\(text))" }
      return isDateTime(value) ? "time(\(dateText(object)))" : "{}"
    default: return value.asString
    }
  }

  /// `datetime(…)` of the given parts; the rest as Vega-Lite fills it in.
  func dateText(_ object: ValueObject) -> String {
    func part(_ key: String, _ fallback: String) -> String { object[key].map { $0.asString } ?? fallback }
    var month = "0"
    if let given = object["month"] {
      if case .string(let name) = given {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        month = names.firstIndex { name.lowercased().hasPrefix($0) }.map(String.init) ?? "0"
      } else {
        month = Value.format(given.asNumber - 1)
      }
    } else if let quarter = object["quarter"] {
      month = Value.format((quarter.asNumber - 1) * 3)
    }
    let year = part("year", "2012")
    var date = part("date", "1")
    if let day = object["day"] {
      // The first of January 2012 is a Sunday.
      let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
      let number: Double =
        day.stringValue.flatMap { name in names.firstIndex { name.lowercased().hasPrefix($0) }.map(Double.init) }
        ?? day.asNumber
      date = Value.format(number + 1)
      if object["month"] == nil { month = "0" }
    }
    let call = object["utc"]?.boolValue == true ? "utc" : "datetime"
    return
      "\(call)(\(year), \(month), \(date), \(part("hours", "0")), \(part("minutes", "0")), \(part("seconds", "0")), \(part("milliseconds", "0")))"
  }

  /// The start of the unit that a date lies in.
  func timeUnitText(_ unit: TimeUnitDefinition, _ access: String) -> String {
    let parts = Set(unit.parts)
    let prefix = unit.isUTC ? "utc" : ""
    func call(_ part: String, _ function: String, _ fallback: String) -> String {
      parts.contains(part) ? "\(prefix)\(function)(\(access))" : fallback
    }
    let year = call("year", "year", parts.contains("day") ? "2012" : "2012")
    let month = parts.contains("quarter") ? "(\(prefix)quarter(\(access))-1)*3" : call("month", "month", "0")
    let date = parts.contains("day") ? "(\(prefix)day(\(access))+1)" : call("date", "date", "1")
    let hours = call("hours", "hours", "0")
    let minutes = call("minutes", "minutes", "0")
    let seconds = call("seconds", "seconds", "0")
    let milliseconds = call("milliseconds", "milliseconds", "0")
    return
      "\(unit.isUTC ? "utc" : "datetime")(\(year), \(month), \(date), \(hours), \(minutes), \(seconds), \(milliseconds))"
  }
}
