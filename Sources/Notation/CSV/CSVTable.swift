package import AlmanacCore

/// A CSV file as its bytes and the ranges of its cells.
///
/// Nothing is copied while reading: text and spans are made when someone asks. Every row has as many cells as there are
/// columns; rows that had fewer are filled up with empty cells.
package struct CSVTable: Sendable {
  package let file: SourceFile
  package let columns: [String]
  package let rowCount: Int

  /// Cells in row order, the header first.
  let cells: [CSVCell]
  /// Where each row begins, the header first.
  let rowStarts: [CSVRowStart]
}

/// Where a cell's text stands: without its quotes.
struct CSVCell: Sendable {
  var start: UInt32
  var end: UInt32
  var isQuoted: Bool
  /// Whether `""` stands in it.
  var hasDoubledQuotes: Bool
}

struct CSVRowStart: Sendable {
  var offset: UInt32
  var line: UInt32
}

// MARK: - Access

extension CSVTable {
  /// Returns the index of a column, or `nil`.
  package func column(named name: String) -> Int? { columns.firstIndex(of: name) }

  /// The cell's bytes as they stand in the file, without outer quotes; `""` is still doubled.
  package func bytes(row: Int, column: Int) -> ArraySlice<UInt8> {
    let cell = cell(row, column)
    return file.bytes[Int(cell.start)..<Int(cell.end)]
  }

  package func text(row: Int, column: Int) -> String {
    text(of: cell(row, column))
  }

  /// Whether nothing stands in the cell; `""` is an empty text and counts as nothing too.
  package func isEmpty(row: Int, column: Int) -> Bool {
    let cell = cell(row, column)
    return cell.start == cell.end
  }

  /// The number in the cell, spaces around it allowed; `nil` for any other text.
  package func number(row: Int, column: Int) -> Double? {
    var bytes = bytes(row: row, column: column)
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return bytes.withUnsafeBufferPointer { parseDecimal($0) }
  }

  /// The cell's place, with its quotes. Costs a walk from the start of the row.
  package func span(row: Int, column: Int) -> SourceSpan { span(of: cell(row, column), row: row + 1) }

  package func headerSpan(column: Int) -> SourceSpan { span(of: cells[column], row: 0) }

  /// The line on which a row begins, from 1.
  package func line(row: Int) -> Int { Int(rowStarts[row + 1].line) }

  private func cell(_ row: Int, _ column: Int) -> CSVCell {
    precondition(row >= 0 && row < rowCount && column >= 0 && column < columns.count)
    return cells[(row + 1) * columns.count + column]
  }

  func text(of cell: CSVCell) -> String {
    let bytes = file.bytes[Int(cell.start)..<Int(cell.end)]
    guard cell.hasDoubledQuotes else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isDoubled = false
    for byte in bytes {
      isDoubled = byte == 0x22 && !isDoubled
      if !isDoubled { result.append(byte) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  func span(of cell: CSVCell, row: Int) -> SourceSpan {
    let quote = cell.isQuoted ? 1 : 0
    let start = rowStarts[row]
    var cursor = LocationCursor(offset: Int(start.offset), line: Int(start.line))
    let from = cursor.location(of: Int(cell.start) - quote, in: file.bytes)
    return SourceSpan(
      path: file.path, start: from, end: cursor.location(of: Int(cell.end) + quote, in: file.bytes))
  }
}
