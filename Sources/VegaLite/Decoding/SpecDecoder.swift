package import AlmanacCore
internal import Notation

/// Reads a spec into the grammar's types and notes everything that is not of the grammar.
///
/// Nothing is dropped in silence: an unknown key or value is a diagnostic with its JSON path, and reading goes on.
package struct SpecDecoder {
  package var diagnostics: [Diagnostic] = []
  let words = grammarWords
  /// Views may nest this deep; a deeper spec is hostile or broken.
  let depthLimit = 24

  package init() {}
}

extension SpecDecoder {
  mutating func unknownKey(_ member: NotationMember, in path: String, allowed: [String]) {
    let place = path.isEmpty ? member.key : "\(path).\(member.key)"
    diagnostics.append(
      .warning(
        "chart.unknown-key", "'\(place)' is not part of Vega-Lite", at: member.keySpan,
        hint: unknownWordHint(member.key, among: allowed)))
  }

  mutating func checkKeys(_ value: NotationValue?, _ path: String, allowed: [String]) {
    guard let members = value?.object else { return }
    for member in members where !allowed.contains(member.key) { unknownKey(member, in: path, allowed: allowed) }
  }

  mutating func unknownValue(_ value: NotationValue, _ path: String, allowed: [String]) {
    let text = value.string.map { "'\($0)'" } ?? "this value"
    diagnostics.append(
      .error(
        "chart.unknown-value", "\(text) is not a value of '\(path)'", at: value.span,
        hint: value.string.flatMap { unknownWordHint($0, among: allowed) }
          ?? "use one of " + allowed.prefix(30).map { "'\($0)'" }.joined(separator: ", ")))
  }

  mutating func wrongKind(_ value: NotationValue, _ path: String, expected: String) {
    diagnostics.append(.error("chart.wrong-type", "'\(path)' must be \(expected)", at: value.span))
  }

  mutating func unsupported(_ what: String, _ path: String, at span: SourceSpan, hint: String? = nil) {
    diagnostics.append(
      .warning("chart.unsupported", "\(what) at '\(path)' is not supported", at: span, hint: hint))
  }

  mutating func word<Word: RawRepresentable & CaseIterable>(_ value: NotationValue?, _ path: String, _: Word.Type)
    -> Word?
  where Word.RawValue == String {
    guard let value else { return nil }
    if let text = value.string, let word = Word(rawValue: text) { return word }
    unknownValue(value, path, allowed: Word.allCases.map(\.rawValue))
    return nil
  }

  mutating func expression(_ value: NotationValue?, _ path: String) -> Expression? {
    guard let value else { return nil }
    guard let text = value.string else {
      wrongKind(value, path, expected: "an expression as text")
      return nil
    }
    let parsed = parseExpression(text, at: value.span)
    diagnostics += parsed.diagnostics
    return parsed.value
  }

  func fields(_ value: NotationValue?) -> [FieldPath] {
    switch value?.content {
    case .string(let text)?: [FieldPath(text)]
    case .array(let values)?: values.compactMap { $0.string.map { FieldPath($0) } }
    default: []
    }
  }

  func names(_ value: NotationValue?) -> [String] {
    switch value?.content {
    case .string(let text)?: [text]
    case .array(let values)?: values.compactMap(\.string)
    default: []
    }
  }

  func object(_ value: NotationValue?) -> ValueObject? { value.flatMap { Value($0).objectValue } }
}
