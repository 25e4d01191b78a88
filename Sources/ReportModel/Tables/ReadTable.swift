package import AlmanacCore
private import Localization
package import Notation

/// Reads the body of a table fence.
///
/// Diagnoses `table.unknown-key`, `table.wrong-type`, `table.unknown-word`, `table.missing-key`, `table.bad-format`,
/// `table.unknown-language` and `table.missing-translation`.
/// - Parameters:
///   - value: the fence's body.
///   - keys: keys of the body that someone else reads, such as `caption` and `query`.
///   - editions: the report's languages.
package func readTable(
  _ value: NotationValue, otherKeys keys: [String] = tableFrameKeys, editions: [LanguageTag]
) -> Diagnosed<TableSpecification> {
  var reader = ObjectReader(value, area: "table")
  var table = TableSpecification(span: value.span)
  reader.allow(keys)
  for column in reader.list("columns") ?? [] {
    if let column = readColumn(column, editions: editions, to: &reader.diagnostics) { table.columns.append(column) }
  }
  for item in reader.list("spans") ?? [] {
    var span = ObjectReader(item, area: "table")
    let title = span.editionText("title", required: true, editions: editions)
    let fields = span.texts("columns", required: true).map { TableSpecification.Field(name: $0.text, span: $0.span) }
    reader.diagnostics += span.finish()
    if let title, !fields.isEmpty { table.spans.append(.init(title: title, fields: fields)) }
  }
  for item in reader.list("totals") ?? [] {
    if let total = readTotal(item, editions: editions, to: &reader.diagnostics) { table.totals.append(total) }
  }
  table.groupBy = reader.field("groupBy")
  table.rowHeader = reader.field("rowHeader")
  table.highlights = readHighlights(&reader)
  table.sort = reader.texts("sort").map { text, span in
    let isDescending = text.hasPrefix("-")
    return .init(
      field: .init(name: isDescending ? String(text.dropFirst()) : text, span: span), isDescending: isDescending)
  }
  if let notes = reader.value("notes") {
    for item in notes.array ?? [notes] {
      if let note = readNote(item, editions: editions, to: &reader.diagnostics) { table.notes.append(note) }
    }
  }
  return Diagnosed(table, reader.finish())
}

/// What a table fence says about the figure around the table.
package let tableFrameKeys = ["caption", "title", "subtitle", "alt", "source", "note", "query", "dataset"]

private func readColumn(
  _ value: NotationValue, editions: [LanguageTag], to diagnostics: inout [Diagnostic]
) -> TableSpecification.Column? {
  // `columns: [model, elo]` names fields alone.
  if let name = value.string { return .init(field: .init(name: name, span: value.span)) }
  var reader = ObjectReader(value, area: "table")
  defer { diagnostics += reader.finish() }
  let field = reader.field("field", required: true)
  var column = TableSpecification.Column(field: field ?? .init(name: "", span: value.span))
  column.title = reader.editionText("title", editions: editions)
  column.unit = reader.field("unit")
  column.alignment = reader.word("align")
  column.showsNames = reader.bool("names") ?? false
  column.note = reader.editionText("note", editions: editions)
  column.isSparkline = reader.bool("sparkline") ?? false
  if let scale = reader.value("scale") {
    // YAML reads `off` as false.
    if scale.bool == false { column.scale = .off } else { column.scale = reader.word("scale") ?? .auto }
  }
  if let heat = reader.value("heat") {
    if let isOn = heat.bool { column.heat = isOn ? .sequential : nil } else { column.heat = reader.word("heat") }
  }
  if let format = reader.value("format"), let text = reader.text("format") {
    if text == "plain" {
      column.format = .plain
    } else if text != "auto" {
      if let specifier = NumberFormatSpecifier(text) {
        column.format = .d3(specifier)
      } else {
        reader.diagnostics.append(.tableBadFormat(text, at: format.span))
      }
    }
  }
  column.bar = readBar(&reader)
  column.comparison = readComparison(&reader)
  // A comparison that cannot be read has no column in the data either.
  if column.comparison == nil, value["difference"] != nil || value["ratio"] != nil { return nil }
  return field == nil ? nil : column
}

private func readBar(_ reader: inout ObjectReader) -> TableSpecification.Bar? {
  guard let value = reader.value("bar") else { return nil }
  if let isOn = value.bool { return isOn ? .init() : nil }
  if let maximum = value.number, maximum > 0 { return .init(maximum: maximum) }
  guard value.object != nil, var bar = reader.reader("bar") else {
    reader.diagnostics.append(
      .wrongType(of: value, "true, a largest value, or {max:, color:}", key: "bar", area: "table"))
    return nil
  }
  let result = TableSpecification.Bar(
    maximum: bar.number("max").flatMap { $0 > 0 ? $0 : nil }, color: bar.word("color"))
  reader.diagnostics += bar.finish()
  return result
}

private func readTotal(
  _ value: NotationValue, editions: [LanguageTag], to diagnostics: inout [Diagnostic]
) -> TableSpecification.Total? {
  var reader = ObjectReader(value, area: "table")
  defer { diagnostics += reader.finish() }
  let label = reader.editionText("label", required: true, editions: editions)
  var items: [TableSpecification.Total.Item] = []
  for member in reader.object("columns", required: true) ?? [] {
    let words = TableSpecification.Summary.allCases.map(\.rawValue)
    if let text = member.value.string, let summary = TableSpecification.Summary(rawValue: text) {
      items.append(.init(field: .init(name: member.key, span: member.keySpan), summary: summary))
    } else {
      reader.diagnostics.append(
        .unknownWord(member.value.scalarText ?? "", at: member.value.span, key: member.key, among: words, area: "table")
      )
    }
  }
  return label.map { .init(label: $0, summaries: items) }
}

private func readNote(
  _ value: NotationValue, editions: [LanguageTag], to diagnostics: inout [Diagnostic]
) -> TableSpecification.Note? {
  guard value["text"] != nil else {
    let text = readEditionText(value, area: "table", editions: editions).value(reportingTo: &diagnostics)
    return text.map { .init(text: $0) }
  }
  var reader = ObjectReader(value, area: "table")
  defer { diagnostics += reader.finish() }
  let text = reader.editionText("text", required: true, editions: editions)
  let (field, row) = (reader.field("field"), reader.field("row"))
  return text.map { .init(text: $0, field: field, row: row) }
}

extension ObjectReader {
  mutating func field(_ key: String, required: Bool = false) -> TableSpecification.Field? {
    guard let found = value(key, required: required), let text = text(key) else { return nil }
    return .init(name: text, span: found.span)
  }
}
