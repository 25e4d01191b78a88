internal import AlmanacCore
internal import Notation

/// A spec that calls a macro: a plain chart of one view, with what the macro is told beside its name.
struct MacroCall {
  let spec: NotationValue
  let name: String
  /// The map at `usermeta.almanac.macro`, or its name alone.
  let settings: NotationValue
  /// The width of the column that the chart is drawn for, in pixels.
  let width: Double
  var diagnostics: [Diagnostic] = []
  static let path = "usermeta.almanac.macro"

  var span: SourceSpan { settings.span }
  var encoding: NotationValue? { spec["encoding"] }

  subscript(_ channel: String) -> NotationValue? { encoding?[channel] }

  func part(_ channel: String) -> SpecPart { SpecPart(self[channel]) }
}

extension MacroCall {
  /// The field of a channel; tells the author when there is none.
  mutating func field(_ channel: String, _ why: String) -> String? {
    if let name = self[channel]?["field"]?.string { return name }
    diagnostics.append(
      .error(
        "chart.macro-needs", "the macro '\(name)' needs a field at 'encoding.\(channel)'",
        at: self[channel]?.span ?? encoding?.span ?? span, hint: why))
    return nil
  }

  /// A setting that is the name of a field.
  mutating func setting(_ key: String, required why: String? = nil) -> String? {
    if let value = settings[key] {
      if let text = value.scalarText { return text }
      wrong(key, value, "text")
      return nil
    }
    if let why {
      diagnostics.append(
        .error("chart.missing-key", "'\(Self.path)' needs '\(key)'", at: span, hint: why))
    }
    return nil
  }

  mutating func number(_ key: String) -> Double? {
    guard let value = settings[key] else { return nil }
    if let number = value.number, number > 0, number <= 1_000 { return number }
    wrong(key, value, "a number above 0")
    return nil
  }

  mutating func flag(_ key: String, default usual: Bool) -> Bool {
    guard let value = settings[key] else { return usual }
    if let flag = value.bool { return flag }
    wrong(key, value, "true or false")
    return usual
  }

  mutating func list(_ key: String) -> [String] {
    guard let value = settings[key] else { return [] }
    if let text = value.string { return [text] }
    if let items = value.array { return items.compactMap(\.string) }
    wrong(key, value, "a list of fields")
    return []
  }

  mutating func checkSettings(_ allowed: [String]) {
    for member in settings.object ?? [] where member.key != "kind" && !allowed.contains(member.key) {
      diagnostics.append(
        .warning(
          "chart.unknown-key", "'\(Self.path).\(member.key)' is not known", at: member.keySpan,
          hint: unknownWordHint(member.key, among: allowed)
            ?? (allowed.isEmpty
              ? "the macro '\(name)' takes no settings"
              : "the macro '\(name)' takes " + allowed.map { "'\($0)'" }.joined(separator: ", "))))
    }
  }

  mutating func wrong(_ key: String, _ value: NotationValue, _ expected: String) {
    diagnostics.append(
      .error(
        "chart.wrong-type", "'\(Self.path).\(key)' must be \(expected), found \(value.kindDescription)", at: value.span)
    )
  }

  /// Whether a channel's values are amounts.
  func isQuantitative(_ channel: String) -> Bool {
    self[channel]?["type"]?.string == "quantitative" || self[channel]?["aggregate"] != nil
  }

  /// The format of a channel's values on its axis or of its own, for texts that repeat them.
  func format(_ channel: String) -> [(String, SpecPart)] {
    let axis = self[channel]?["axis"]
    return ["format", "formatType"].compactMap { key in
      (settings[key] ?? self[channel]?[key] ?? axis?[key]).map { (key, .own($0)) }
    }
  }

  /// The values of a channel in the order that the author gives them.
  func order(_ channel: String) -> [NotationValue] {
    self[channel]?["scale"]?["domain"]?.array ?? self[channel]?["sort"]?.array ?? []
  }
}

/// `datum['name']` in an expression.
func datum(_ field: String) -> String { "datum[\(quoted(field))]" }

/// A text as a literal of an expression.
func quoted(_ text: String) -> String {
  var result = "'"
  for character in text {
    switch character {
    case "'": result += "\\'"
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    default: result.append(character)
    }
  }
  return result + "'"
}

/// A value of a spec as a literal of an expression.
func literal(_ value: NotationValue) -> String {
  if let number = value.number { return shortestNumber(number) }
  if let flag = value.bool { return "\(flag)" }
  return quoted(value.scalarText ?? "")
}
