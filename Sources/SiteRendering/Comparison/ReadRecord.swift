package import AlmanacCore
private import Notation

/// Reads `report.json`, or what `almanac build --report FILE` wrote, for ``compareRecords(old:new:)``.
///
/// A key that it does not know is left alone, so records of later versions can be compared as well.
///
/// Diagnoses `json.…`, `record.not-a-record` and `record.bad-entry`, and no more than the first of them: a file that is no
/// record has one thing wrong with it.
/// - Returns: `nil` beside a diagnostic.
package func readRecord(_ file: SourceFile) -> Diagnosed<RecordedReport?> {
  let json = parseJSON(file)
  if let first = json.diagnostics.first(where: { $0.severity == .error }) { return Diagnosed(nil, [first]) }
  let value = json.value["facts"] == nil ? json.value["report"] ?? json.value : json.value
  guard value["facts"]?.array != nil else { return Diagnosed(nil, [.recordNotARecord(value.span)]) }
  var reader = RecordReader()
  let report = RecordedReport(
    facts: reader.unique(value["facts"], by: \.id) { fact(&$0, $1) },
    figures: reader.unique(value["figures"], by: \.id) { reader, value in
      RecordedFigure(
        id: reader.text(value, "id"), kind: reader.optionalText(value, "kind") ?? "",
        pages: reader.texts(value, "pages"), caption: reader.optionalText(value, "caption"),
        facts: reader.texts(value, "facts"), rows: reader.optionalText(value, "rows"),
        drawing: reader.optionalText(value, "drawing"))
    },
    pages: reader.unique(value["pages"], by: \.route) { reader, value in
      RecordedPage(
        route: reader.text(value, "route"), title: reader.optionalText(value, "title") ?? "",
        text: reader.optionalText(value, "text"))
    },
    conflicts: reader.unique(value["conflicts"], by: \.facts) { reader, value in
      RecordedConflict(
        facts: reader.texts(value, "facts"), decision: reader.optionalText(value, "decision"),
        preferred: reader.optionalText(value, "preferred"), kind: reader.optionalText(value, "kind"),
        discovery: reader.optionalText(value, "foundBy").flatMap { RecordedConflict.Discovery(rawValue: $0) })
    }, date: reader.optionalText(value, "date"))
  if let problem = reader.problem { return Diagnosed(nil, [problem]) }
  return Diagnosed(report)
}

private func fact(_ reader: inout RecordReader, _ value: NotationValue) -> RecordedFact {
  let period = reader.optionalText(value, "period") ?? ""
  var subject: RecordedFact.Subject?
  if let metric = reader.optionalText(value, "metric"), let entity = reader.optionalText(value, "entity") {
    subject = RecordedFact.Subject(
      metric: metric, entity: entity, region: reader.optionalText(value, "region") ?? "", period: period)
  }
  return RecordedFact(
    id: reader.text(value, "id"), subject: subject, value: reader.number(value, "value"),
    unit: reader.optionalText(value, "unit") ?? "", kind: reader.optionalText(value, "kind") ?? "", period: period,
    source: reader.optionalText(value, "source") ?? "", locator: reader.optionalText(value, "locator") ?? "",
    printed: reader.optionalText(value, "printed") ?? "", pages: reader.texts(value, "usedBy"))
}

/// Takes values out of a record and keeps the first thing that is wrong.
private struct RecordReader {
  var problem: Diagnostic?

  /// Returns the items of a list, the first with each key; none for an absent list.
  mutating func unique<Item, Key: Hashable>(
    _ list: NotationValue?, by key: (Item) -> Key, _ read: (inout RecordReader, NotationValue) -> Item
  ) -> [Item] {
    guard let list, !list.isNull else { return [] }
    guard let values = list.array else {
      tell("a list", list)
      return []
    }
    var seen: Set<Key> = []
    return values.compactMap { value in
      guard problem == nil else { return nil }
      guard value.object != nil else {
        tell("a map", value)
        return nil
      }
      let item = read(&self, value)
      return seen.insert(key(item)).inserted ? item : nil
    }
  }

  mutating func text(_ value: NotationValue, _ key: String) -> String {
    if let text = value[key]?.string { return text }
    tell("a text '\(key)'", value[key] ?? value)
    return ""
  }

  mutating func optionalText(_ value: NotationValue, _ key: String) -> String? {
    guard let found = value[key], !found.isNull else { return nil }
    if found.string == nil { tell("text in '\(key)'", found) }
    return found.string
  }

  mutating func number(_ value: NotationValue, _ key: String) -> Double {
    if let number = value[key]?.number { return number }
    tell("a number '\(key)'", value[key] ?? value)
    return 0
  }

  mutating func texts(_ value: NotationValue, _ key: String) -> [String] {
    guard let found = value[key], !found.isNull else { return [] }
    guard let values = found.array else {
      tell("a list in '\(key)'", found)
      return []
    }
    return values.compactMap { value in
      if value.string == nil { tell("text in '\(key)'", value) }
      return value.string
    }
  }

  private mutating func tell(_ expected: String, _ value: NotationValue) {
    if problem == nil { problem = .recordBadEntry(expected, is: value.kindDescription, at: value.span) }
  }
}

// MARK: - Diagnostics

extension Diagnostic {
  fileprivate static let recordHint = "a build writes the record anew: Output/report.json"

  static func recordNotARecord(_ span: SourceSpan) -> Diagnostic {
    .error("record.not-a-record", "not a record of a report: no list 'facts'", at: span, hint: recordHint)
  }

  static func recordBadEntry(_ expected: String, is actual: String, at span: SourceSpan) -> Diagnostic {
    .error("record.bad-entry", "a record has \(expected) here, not \(actual)", at: span, hint: recordHint)
  }
}
