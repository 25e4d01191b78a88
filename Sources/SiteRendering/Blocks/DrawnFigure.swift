package import AlmanacCore
internal import Notation
internal import ReportModel

/// What a figure of a drawn chapter shows, as far as two builds are compared by it.
package struct DrawnFigure: Hashable, Sendable {
  package var id: String
  /// Ids of the facts that it draws or names, sorted.
  package var facts: [String]
  /// Of the rows that it offers for download; `nil` for one without.
  package var rows: Fingerprint?
  /// Of how it is drawn and described: its spec and texts, without its caption and without where its rows come from;
  /// `nil` for what the chapter's own text holds.
  package var drawing: Fingerprint?

  package init(id: String, facts: [String] = [], rows: Fingerprint? = nil, drawing: Fingerprint? = nil) {
    self.id = id
    self.facts = facts
    self.rows = rows
    self.drawing = drawing
  }
}

extension ChapterPage {
  /// Draws a figure and remembers what it shows.
  /// - Parameters:
  ///   - rows: the facts of the figure's rows.
  ///   - body: of its fence, laid over its spec; `nil` for images and tables of Markdown.
  mutating func recordFigure(
    _ figure: Chapter.Figure, rows: some Sequence<String>, body: NotationValue?,
    _ draw: (inout ChapterPage) -> [UInt8]
  ) -> [UInt8] {
    let others = inlines.facts
    inlines.facts = Set(rows)
    let attachmentCount = attachments.count
    let html = draw(&self)
    let data = attachments[attachmentCount...].first { $0.path.hasSuffix(".csv") }
    drawnFigures.append(
      DrawnFigure(
        id: figure.id, facts: inlines.facts.sorted(), rows: data.map { Fingerprint($0.bytes) },
        drawing: body.map { drawingFingerprint($0) }))
    inlines.facts.formUnion(others)
    return html
  }

  private func drawingFingerprint(_ body: NotationValue) -> Fingerprint {
    var json = JSONWriter()
    json.value(body.without(["caption", "query", "dataset", "spec"]))
    return Fingerprint(json.bytes)
  }
}
