internal import AlmanacCore
internal import Notation
internal import VegaRuntime

/// Rows against columns, with a few words in each cell.
package struct Matrix: Hashable, Sendable {
  struct Column: Hashable, Sendable {
    var label: DiagramText
    var tone: Tone?
  }

  struct Cell: Hashable, Sendable {
    var text: DiagramText?
    var tone: Tone?
    /// Strength from 0 to 3; `nil` where the cell has none.
    var level: Int?
  }

  struct Row: Hashable, Sendable {
    var label: DiagramText
    /// As many as there are columns.
    var cells: [Cell]
  }

  var corner: DiagramText?
  var columns: [Column]
  var rows: [Row]
}

extension Matrix {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    corner = reader.words("corner", surroundings)
    let columns: [Column] = reader.each(
      "columns", limit: surroundings.limits.matrixColumns, takesPlainText: true
    ) { reader in
      let label = reader.words("label", required: true, surroundings)
      let tone = reader.tone()
      return label.map { Column(label: $0, tone: tone) }
    }
    self.columns = columns
    rows = reader.each("rows", limit: surroundings.limits.matrixRows) { reader in
      let label = reader.words("label", required: true, surroundings)
      let found = reader.value("cells", required: true)
      let items = found?.array ?? []
      if let found, found.array == nil {
        reader.diagnostics.append(.wrongType(of: found, "a list", key: "cells", area: reader.area))
      } else if let found, !columns.isEmpty, items.count != columns.count {
        reader.diagnostics.append(.diagramRowLength(items.count, columns: columns.count, at: found.span))
      }
      var cells = items.prefix(columns.count).map { Matrix.cell($0, &reader, surroundings) }
      while cells.count < columns.count { cells.append(Cell()) }
      return label.map { Row(label: $0, cells: cells) }
    }
  }

  private static func cell(
    _ value: NotationValue, _ reader: inout ObjectReader, _ surroundings: DiagramSurroundings
  ) -> Cell {
    if value.isNull { return Cell() }
    guard value.object != nil else { return Cell(text: reader.words(value, key: "cells", surroundings)) }
    var inner = ObjectReader(value, area: reader.area)
    var cell = Cell(text: inner.words("text", surroundings), tone: inner.tone())
    if let found = inner.value("level") {
      if let level = [0.0, 1, 2, 3].firstIndex(where: { found.number == $0 }) {
        cell.level = level
      } else {
        inner.diagnostics.append(.diagramOutOfRange(found, key: "level", "0, 1, 2 or 3"))
      }
    }
    reader.diagnostics += inner.finish()
    return cell
  }
}

extension Matrix: DiagramContent {
  func outline(_ words: DiagramWords) -> DiagramOutline {
    let head = [DiagramOutline.Column(corner ?? DiagramText(""))] + columns.map { DiagramOutline.Column($0.label) }
    return .table(
      columns: head,
      rows: rows.map { row in
        [row.label]
          + row.cells.map { cell in
            guard let level = cell.level else { return cell.text ?? DiagramText("") }
            let strength = words.level(level)
            guard let text = cell.text else { return DiagramText(strength) }
            let joined = words.isChinese ? { "\($0)（\(strength)）" } : { (text: String) in "\(text) (\(strength))" }
            return DiagramText(joined(text.text), source: text.source.map(joined))
          }
      })
  }

  func description(_ words: DiagramWords) -> String {
    let what = words.summary(.matrix, count: rows.count, rows.map(\.label.text))
    let across = words.list(columns.map(\.label.text))
    return what + (words.isChinese ? "各列：\(across)。" : " Columns: \(across).")
  }
}
