package import AlmanacCore
internal import Datasets
internal import Notation
internal import ReportModel

/// What a figure of a drawn chapter shows, as far as two builds are compared by it.
package struct DrawnFigure: Hashable, Sendable {
  package var id: String
  /// Ids of the facts that it draws or names, sorted.
  package var facts: [String]
  /// Of the rows of its query, or else of those that it offers for download; `nil` for one without.
  package var rows: Fingerprint?
  /// Of how it is drawn and described: its spec and texts, without its caption and without where its rows come from;
  /// `nil` for what the chapter's own text holds.
  package var drawing: Fingerprint?

  /// The columns of those rows, with their types in the words of a table schema.
  package var columns: [Column]

  package struct Column: Hashable, Sendable {
    package var name: String
    package var type: String

    package init(name: String, type: String) {
      self.name = name
      self.type = type
    }
  }

  package init(
    id: String, facts: [String] = [], rows: Fingerprint? = nil, drawing: Fingerprint? = nil, columns: [Column] = []
  ) {
    self.columns = columns
    self.id = id
    self.facts = facts
    self.rows = rows
    self.drawing = drawing
  }
}

extension ChapterPage {
  /// Draws a figure and remembers what it shows.
  /// - Parameters:
  ///   - result: the rows of its query.
  ///   - body: of its fence, laid over its spec; `nil` for images and tables of Markdown.
  mutating func recordFigure(
    _ figure: Chapter.Figure, _ result: QueryResult?, body: NotationValue?,
    _ draw: (inout ChapterPage) -> [UInt8]
  ) -> [UInt8] {
    let others = inlines.facts
    inlines.facts = Set((result?.facts ?? []).joined())
    let attachmentCount = attachments.count
    let html = draw(&self)
    let data = attachments[attachmentCount...].first { $0.path.hasSuffix(".csv") }
    drawnFigures.append(
      DrawnFigure(
        id: figure.id, facts: inlines.facts.sorted(),
        rows: result.map(rowsFingerprint) ?? data.map { Fingerprint($0.bytes) },
        drawing: body.map { drawingFingerprint($0) }, columns: data.map { csvColumns($0.bytes) } ?? []))
    inlines.facts.formUnion(others)
    return html
  }

  /// The columns of a file that this build wrote: numbers where every cell is one.
  private func csvColumns(_ bytes: [UInt8]) -> [DrawnFigure.Column] {
    let table = parseCSV(SourceFile(path: "figure.csv", bytes: bytes)).value
    return table.columns.indices.map { column in
      let rows = (0..<table.rowCount).filter { !table.isEmpty(row: $0, column: column) }
      let numbers = rows.map { table.number(row: $0, column: column) }
      let isNumeric = !rows.isEmpty && numbers.allSatisfy { $0 != nil }
      let isWhole =
        isNumeric
        && rows.allSatisfy { table.bytes(row: $0, column: column).allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2D } }
      return .init(name: table.columns[column], type: isWhole ? "integer" : isNumeric ? "number" : "string")
    }
  }

  /// Of the values as they are, however a download writes them.
  private func rowsFingerprint(_ result: QueryResult) -> Fingerprint {
    var json = JSONWriter()
    json.beginArray()
    for column in result.columns {
      json.beginArray()
      json.value(column.name)
      for value in column.values {
        switch value {
        case .null: json.null()
        case .number(let number): json.value(number)
        case .text(let text): json.value(text)
        }
      }
      json.endArray()
    }
    json.endArray()
    return Fingerprint(json.bytes)
  }

  private func drawingFingerprint(_ body: NotationValue) -> Fingerprint {
    var json = JSONWriter()
    json.value(body.without(["caption", "query", "dataset", "spec"]))
    return Fingerprint(json.bytes)
  }
}
