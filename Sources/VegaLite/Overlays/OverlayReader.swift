internal import AlmanacCore
internal import Notation

/// Reads `usermeta.almanac` of a spec and tells what is wrong in it by its JSON path; whatever is right is kept.
struct OverlayReader {
  var diagnostics: [Diagnostic] = []
  static let path = "usermeta.almanac"

  /// - Returns: `nil` where the spec says nothing under `usermeta.almanac`.
  mutating func read(_ spec: NotationValue) -> OverlayPlan? {
    guard let value = spec["usermeta"]?["almanac"] else { return nil }
    guard value.object != nil else {
      wrongType(value, Self.path, "a map")
      return nil
    }
    checkKeys(value, Self.path, ["labels", "annotations", "forecast", "macro", "literal"])
    checkLiteral(value["literal"])
    var plan = OverlayPlan()
    plan.labels = labels(value["labels"])
    for (index, item) in list(value["annotations"], "\(Self.path).annotations").enumerated() {
      if let annotation = annotation(item, "\(Self.path).annotations[\(index)]") { plan.annotations.append(annotation) }
    }
    plan.forecast = value["forecast"].flatMap { forecast($0, "\(Self.path).forecast") }
    return plan
  }
}

extension OverlayReader {
  /// `literal` is for whoever looks for typed numbers; here only its form is checked.
  private mutating func checkLiteral(_ value: NotationValue?) {
    guard let value, value.bool == nil, value.string == nil else { return }
    if value.array?.allSatisfy({ $0.string != nil }) == true { return }
    wrongType(value, "\(Self.path).literal", "true, or names of columns")
  }
}

// MARK: - What all parts share

extension OverlayReader {
  mutating func wrongType(_ value: NotationValue, _ path: String, _ expected: String) {
    diagnostics.append(
      .error("chart.wrong-type", "'\(path)' must be \(expected), found \(value.kindDescription)", at: value.span))
  }

  mutating func missing(_ key: String, in value: NotationValue, _ path: String, hint: String) {
    diagnostics.append(.error("chart.missing-key", "'\(path)' needs '\(key)'", at: value.span, hint: hint))
  }

  mutating func checkKeys(_ value: NotationValue, _ path: String, _ allowed: [String]) {
    for member in value.object ?? [] where !allowed.contains(member.key) {
      diagnostics.append(
        .warning(
          "chart.unknown-key", "'\(path).\(member.key)' is not known", at: member.keySpan,
          hint: unknownWordHint(member.key, among: allowed)))
    }
  }

  mutating func word<Word: RawRepresentable & CaseIterable>(_ value: NotationValue?, _ path: String, _: Word.Type)
    -> Word? where Word.RawValue == String
  {
    guard let value else { return nil }
    if let word = value.string.flatMap(Word.init(rawValue:)) { return word }
    let allowed = Word.allCases.map(\.rawValue)
    diagnostics.append(
      .error(
        "chart.unknown-value", "\(value.kindDescription) is not a value of '\(path)'", at: value.span,
        hint: value.string.flatMap { unknownWordHint($0, among: allowed) }
          ?? "use one of " + allowed.map { "'\($0)'" }.joined(separator: ", ")))
    return nil
  }

  mutating func number(_ value: NotationValue?, _ path: String) -> Double? {
    guard let value else { return nil }
    if let number = value.number, number.magnitude <= 10_000 { return number }
    wrongType(value, path, "a number of pixels")
    return nil
  }

  mutating func flag(_ value: NotationValue?, _ path: String) -> Bool? {
    guard let value else { return nil }
    if let flag = value.bool { return flag }
    wrongType(value, path, "true or false")
    return nil
  }

  mutating func field(_ value: NotationValue?, _ path: String) -> FieldPath? {
    guard let value else { return nil }
    if let name = value.string { return FieldPath(name) }
    wrongType(value, path, "the name of a field")
    return nil
  }

  /// A list, or one thing as a list of it.
  mutating func list(_ value: NotationValue?, _ path: String) -> [NotationValue] {
    guard let value else { return [] }
    if let array = value.array { return array }
    if value.object != nil || value.string != nil { return [value] }
    wrongType(value, path, "a list")
    return []
  }

  mutating func text(_ value: NotationValue?, _ path: String) -> OverlayText? {
    guard let value else { return nil }
    if let text = value.scalarText { return OverlayText(text) }
    guard let members = value.object, !members.isEmpty else {
      wrongType(value, path, "text, or a text for each language")
      return nil
    }
    var entries: [OverlayText.Entry] = []
    for member in members {
      guard LanguageTag(member.key) != nil, let text = member.value.scalarText else {
        wrongType(member.value, "\(path).\(member.key)", "the text of a language")
        continue
      }
      entries.append(.init(language: member.key, text: text))
    }
    return entries.isEmpty ? nil : OverlayText(entries: entries)
  }

  /// A number format with its type, as Vega-Lite's channels have them.
  mutating func format(_ value: NotationValue, _ path: String) -> FormatPlan? {
    let type = value["formatType"]?.string
    guard value["format"] != nil || type != nil else { return nil }
    let format = value["format"]?.string
    if let given = value["format"], format == nil { wrongType(given, "\(path).format", "a format as text") }
    switch type {
    case nil, "number"?: return FormatPlan(.number(format))
    case "time"?: return FormatPlan(.time(format, unit: nil, utc: false))
    case let type?: return FormatPlan(.custom(type: type, format: format.map { .string($0) }))
    }
  }

  /// The paint of a tone: what diagrams and tables call the same.
  mutating func tone(_ value: NotationValue?, _ path: String) -> String? {
    guard let value else { return nil }
    if let paint = value.scalarText.flatMap(ChartPalette.paint(ofTone:)) { return paint }
    diagnostics.append(
      .error(
        "chart.unknown-value", "\(value.kindDescription) is not a value of '\(path)'", at: value.span,
        hint: "use one of " + toneNames.map { "'\($0)'" }.joined(separator: ", ") + ", or 1 to 8"))
    return nil
  }
}

private let toneNames = ["china", "us", "eu", "accent", "muted"]
