package import AlmanacCore
internal import Notation
package import SiteRendering

/// What drawing a chapter's page brought to light: kept under the page's key, so that an unchanged page need not be drawn
/// to know what it shows.
package struct PageRecord: Sendable, Hashable {
  /// The files that belong to the page besides itself: pictures and data of its figures, relative to `Output`.
  package var attachments: [String]
  /// The ids of the facts that the page shows, in prose, charts or tables, sorted.
  package var facts: [String]
  /// What the page's figures show, in the order of the text.
  package var figures: [DrawnFigure]
  package var diagnostics: [Diagnostic]

  package init(
    attachments: [String] = [], facts: [String] = [], figures: [DrawnFigure] = [], diagnostics: [Diagnostic] = []
  ) {
    self.attachments = attachments
    self.facts = facts
    self.figures = figures
    self.diagnostics = diagnostics
  }

  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.texts("attachments", attachments)
    writer.texts("facts", facts)
    writer.key("figures")
    writer.beginArray()
    for figure in figures {
      writer.beginObject()
      writer.member("id", figure.id)
      writer.texts("facts", figure.facts)
      writer.member("rows", ifPresent: figure.rows?.description)
      writer.member("drawing", ifPresent: figure.drawing?.description)
      if !figure.columns.isEmpty { writer.texts("columns", figure.columns.flatMap { [$0.name, $0.type] }) }
      writer.endObject()
    }
    writer.endArray()
    writer.member(diagnostics: diagnostics)
    writer.endObject()
    return writer.bytes
  }

  /// Reads a kept record back; `nil` for anything that this version did not write.
  package init?(json: [UInt8]) {
    let value = parseJSON(SourceFile(path: "record", bytes: json))
    guard !value.hasErrors, let attachments = value.value["attachments"]?.array,
      let facts = value.value["facts"]?.array, let figures = value.value["figures"]?.array,
      let diagnostics = keptDiagnostics(in: value.value)
    else { return nil }
    self.init(
      attachments: attachments.compactMap(\.string), facts: facts.compactMap(\.string),
      figures: figures.map { figure in
        DrawnFigure(
          id: figure["id"]?.string ?? "", facts: figure["facts"]?.array?.compactMap(\.string) ?? [],
          rows: figure["rows"]?.string.flatMap { Fingerprint(hex: $0) },
          drawing: figure["drawing"]?.string.flatMap { Fingerprint(hex: $0) }, columns: columns(figure["columns"]))
      }, diagnostics: diagnostics)
  }
}

/// Names and types in turn.
private func columns(_ value: NotationValue?) -> [DrawnFigure.Column] {
  let texts = value?.array?.compactMap(\.string) ?? []
  return stride(from: 0, to: texts.count - 1, by: 2).map { .init(name: texts[$0], type: texts[$0 + 1]) }
}

extension JSONWriter {
  fileprivate mutating func texts(_ key: String, _ values: [String]) {
    self.key(key)
    beginArray()
    for value in values { self.value(value) }
    endArray()
  }
}
