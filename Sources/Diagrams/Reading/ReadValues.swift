internal import AlmanacCore
internal import Localization
internal import Notation

/// Reads the values of a diagram that draws data, from its query or from its own list.
struct ValueReading {
  let surroundings: DiagramSurroundings
  let unit: MeasureUnit

  /// Reads `unit:`; diagnoses `diagram.unknown-unit`.
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    self.surroundings = surroundings
    var unit = MeasureUnit.count
    if let found = reader.value("unit") {
      if let known = found.scalarText.flatMap(surroundings.unit) {
        unit = known
      } else {
        reader.diagnostics.append(.diagramUnknownUnit(found, among: surroundings.unitKeys))
      }
    }
    self.unit = unit
  }

  /// Reads a value of a list: a text that is one bound number.
  func value(_ reader: inout ObjectReader) -> DiagramValue? {
    guard let found = reader.value("value", required: true) else { return nil }
    if let number = found.number, surroundings.acceptsNumbers {
      return checked(number, DiagramText(write(number)), found.span, &reader)
    }
    guard let text = found.string, let number = surroundings.boundValue(text, found.span) else {
      reader.diagnostics.append(.diagramUnboundValue(found))
      return nil
    }
    return checked(number, DiagramText(surroundings.plainText(text, found.span), source: text), found.span, &reader)
  }

  private func checked(
    _ number: Double, _ text: DiagramText, _ span: SourceSpan, _ reader: inout ObjectReader
  ) -> DiagramValue? {
    guard number.isFinite, number > 0, number < 1e18 else {
      reader.diagnostics.append(.diagramBadValue(text.text, at: span))
      return nil
    }
    return DiagramValue(number: number, text: text)
  }

  func write(_ number: Double) -> String { formatQuantity(number, unit: unit, language: surroundings.language) }
}

/// One row of a query by the names of its columns.
struct ValueRow {
  let rows: DiagramRows
  let index: Int

  func text(_ column: String) -> String? {
    switch cell(column) {
    case .text(let text): text.isEmpty ? nil : String(text.unicodeScalars.prefix(200))
    case .number(let number): shortestNumber(number)
    case .none?, nil: nil
    }
  }

  func number(_ column: String) -> Double? {
    if case .number(let number) = cell(column) { number } else { nil }
  }

  private func cell(_ column: String) -> DiagramRows.Cell? {
    rows.columns.firstIndex(of: column).map { rows.cells[index][$0] }
  }
}

extension ValueReading {
  /// Reads the rows of a query: those columns that are required must be there, and `value` must hold positive numbers.
  ///
  /// Rows whose value is 0 or missing are left out, since there is nothing to draw.
  func rows<Thing>(
    _ reader: inout ObjectReader, requiring columns: [String], limit: Int,
    _ read: (ValueRow, DiagramValue) -> Thing?
  ) -> [Thing] {
    guard let rows = surroundings.rows else { return [] }
    let missing = columns.filter { !rows.columns.contains($0) }
    guard missing.isEmpty else {
      for column in missing {
        reader.diagnostics.append(.diagramMissingColumn(column, known: rows.columns, at: rows.span))
      }
      return []
    }
    if rows.cells.count > limit {
      reader.diagnostics.append(.diagramTooMany("rows", count: rows.cells.count, limit: limit, at: rows.span))
    }
    var things: [Thing] = []
    for index in rows.cells.indices.prefix(limit) {
      let row = ValueRow(rows: rows, index: index)
      guard let number = row.number("value") else {
        if let text = row.text("value") {
          reader.diagnostics.append(.diagramBadValue(text, row: index + 1, at: rows.span))
        }
        continue
      }
      if number == 0 { continue }
      guard number > 0, number < 1e18 else {
        reader.diagnostics.append(.diagramBadValue(shortestNumber(number), row: index + 1, at: rows.span))
        continue
      }
      let value = DiagramValue(number: number, text: DiagramText(write(number), fact: row.text("fact")))
      if let thing = read(row, value) { things.append(thing) }
    }
    if things.isEmpty { reader.diagnostics.append(.diagramEmpty("rows", at: rows.span)) }
    return things
  }
}
