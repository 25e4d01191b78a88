package import AlmanacCore
internal import Notation

/// What drawing a chapter's page brought to light: kept under the page's key, so that an unchanged page need not be drawn
/// to know what it shows.
package struct PageRecord: Sendable, Hashable {
  /// The files that belong to the page besides itself: pictures and data of its figures, relative to `Output`.
  package var attachments: [String]
  /// The ids of the facts that the page shows, in prose, charts or tables, sorted.
  package var facts: [String]
  package var diagnostics: [Diagnostic]

  package init(attachments: [String] = [], facts: [String] = [], diagnostics: [Diagnostic] = []) {
    self.attachments = attachments
    self.facts = facts
    self.diagnostics = diagnostics
  }

  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (key, values) in [("attachments", attachments), ("facts", facts)] {
      writer.key(key)
      writer.beginArray()
      for value in values { writer.value(value) }
      writer.endArray()
    }
    writer.member(diagnostics: diagnostics)
    writer.endObject()
    return writer.bytes
  }

  /// Reads a kept record back; `nil` for anything that this version did not write.
  package init?(json: [UInt8]) {
    let value = parseJSON(SourceFile(path: "record", bytes: json))
    guard !value.hasErrors, let attachments = value.value["attachments"]?.array,
      let facts = value.value["facts"]?.array, let diagnostics = keptDiagnostics(in: value.value)
    else { return nil }
    self.init(
      attachments: attachments.compactMap(\.string), facts: facts.compactMap(\.string), diagnostics: diagnostics)
  }
}
