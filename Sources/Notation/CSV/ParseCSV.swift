package import AlmanacCore

/// What a CSV file may be.
package struct CSVLimits: Sendable {
  package var bytes = 256 << 20
  package var rows = 2_000_000
  package var columns = 1_000
  package var cellBytes = 1 << 20
  /// Problems of one kind that are told one by one.
  package var diagnosticsPerCode = 20

  package init() {}
}

/// Reads CSV (RFC 4180): a header, then rows; quoted cells may hold separators, line breaks and doubled quotes.
///
/// LF, CRLF and CR end rows, also mixed; a byte order mark and empty lines are skipped. Diagnoses `csv.no-header`,
/// `csv.empty-column-name`, `csv.duplicate-column`, `csv.ragged-row`, `csv.stray-quote`, `csv.unclosed-quote`,
/// `csv.nul`, `csv.too-large`, `csv.too-many-rows`, `csv.too-many-columns` and `csv.cell-too-large`.
/// - Complexity: O(*n*) in one pass over the bytes.
package func parseCSV(
  _ file: SourceFile, separator: UInt8 = UInt8(ascii: ","), limits: CSVLimits = CSVLimits()
) -> Diagnosed<CSVTable> {
  guard file.bytes.count <= limits.bytes else {
    let nothing = CSVTable(file: file, columns: [], rowCount: 0, cells: [], rowStarts: [])
    return Diagnosed(nothing, [.csvTooLarge(megabytes: limits.bytes >> 20, at: file.span(0..<0))])
  }
  let readable = readableText(of: file)
  var reader = CSVReader(file: readable.value, separator: separator, limits: limits)
  reader.read()
  return Diagnosed(reader.table, readable.diagnostics + reader.problems.diagnostics)
}

private struct CSVReader {
  let file: SourceFile
  let separator: UInt8
  let limits: CSVLimits
  var columns: [String] = []
  var cells: [CSVCell] = []
  var rowStarts: [CSVRowStart] = []
  var problems: LimitedDiagnostics

  init(file: SourceFile, separator: UInt8, limits: CSVLimits) {
    self.file = file
    self.separator = separator
    self.limits = limits
    problems = LimitedDiagnostics(limit: limits.diagnosticsPerCode)
    cells.reserveCapacity(file.bytes.count / 6)
  }

  var table: CSVTable {
    CSVTable(
      file: file, columns: columns, rowCount: max(0, rowStarts.count - 1), cells: cells, rowStarts: rowStarts)
  }

  mutating func read() {
    var scanner = CSVScanner(separator: separator)
    file.bytes.withUnsafeBufferPointer { bytes in
      while scanner.index < bytes.count {
        let rowStart = CSVRowStart(offset: UInt32(scanner.index), line: UInt32(scanner.line))
        let firstCell = cells.count
        scanner.scanRow(bytes, into: &cells)
        let count = cells.count - firstCell
        if count == 1, cells[firstCell].start == cells[firstCell].end, !cells[firstCell].isQuoted, columns.count != 1 {
          cells.removeLast()  // an empty line
          continue
        }
        rowStarts.append(rowStart)
        if columns.isEmpty {
          guard readHeader(count: count) else { return }
        } else {
          level(count: count, from: firstCell)
        }
        tell(&scanner.events, firstCell: firstCell)
        if rowStarts.count - 1 == limits.rows, scanner.index < bytes.count {
          let place = SourceSpan(path: file.path, line: scanner.line, column: 1)
          problems.append(.csvTooManyRows(limit: limits.rows, at: place))
          return
        }
      }
    }
    if columns.isEmpty, problems.isEmpty { problems.append(.csvNoHeader(at: file.span(0..<0))) }
  }

  private mutating func readHeader(count: Int) -> Bool {
    if count > limits.columns {
      let cell = cells[limits.columns]
      problems.append(.csvTooManyColumns(limit: limits.columns, at: table.span(of: cell, row: 0)))
      cells = []
      rowStarts = []
      return false  // nothing can be said about the rows
    }
    columns = cells.map { table.text(of: $0) }
    for (index, name) in columns.enumerated() {
      if name.isEmpty {
        problems.append(.csvEmptyColumnName(index, at: table.headerSpan(column: index)))
      } else if let first = columns[..<index].firstIndex(of: name) {
        problems.append(
          .csvDuplicateColumn(name, at: table.headerSpan(column: index), first: table.headerSpan(column: first)))
      }
    }
    if columns.count == 1, let other = (["\t", ";"] as [Character]).first(where: { columns[0].contains($0) }) {
      problems.append(.csvOtherSeparator(String(other), at: table.headerSpan(column: 0)))
    }
    return true
  }

  /// Gives the last row as many cells as there are columns.
  private mutating func level(count: Int, from firstCell: Int) {
    guard count != columns.count else { return }
    let row = rowStarts.count - 1
    let isLonger = count > columns.count
    let place = table.span(of: isLonger ? cells[firstCell + columns.count] : cells[cells.count - 1], row: row)
    problems.append(
      .csvRaggedRow(cells: count, columns: columns.count, missing: columns.dropFirst(count).first, at: place))
    if isLonger { return cells.removeLast(count - columns.count) }
    let end = cells[cells.count - 1].isQuoted ? cells[cells.count - 1].end + 1 : cells[cells.count - 1].end
    let empty = CSVCell(start: end, end: end, isQuoted: false, hasDoubledQuotes: false)
    cells.append(contentsOf: repeatElement(empty, count: columns.count - count))
  }

  private mutating func tell(_ events: inout [CSVScanner.Event], firstCell: Int) {
    let row = rowStarts.count - 1
    for event in events {
      let cell = CSVCell(
        start: UInt32(event.offset), end: UInt32(event.offset + 1), isQuoted: false, hasDoubledQuotes: false)
      let place = table.span(of: cell, row: row)
      switch event.kind {
      case .strayQuote: problems.append(.csvStrayQuote(at: place))
      case .unclosedQuote: problems.append(.csvUnclosedQuote(at: place))
      case .nul: problems.append(.csvNul(at: place))
      }
    }
    events.removeAll(keepingCapacity: true)
    for index in firstCell..<cells.count where Int(cells[index].end - cells[index].start) > limits.cellBytes {
      problems.append(.csvCellTooLarge(kilobytes: limits.cellBytes >> 10, at: table.span(of: cells[index], row: row)))
      cells[index].end = cells[index].start
    }
  }
}

/// Finds the cells of one row after another.
private struct CSVScanner {
  struct Event {
    enum Kind { case strayQuote, unclosedQuote, nul }
    var kind: Kind
    var offset: Int
  }

  let separator: UInt8
  var index = 0
  var line = 1
  /// What is wrong with the row that was just read; at most a few, for the rest follows from the first.
  var events: [Event] = []

  init(separator: UInt8) { self.separator = separator }

  private mutating func note(_ kind: Event.Kind, _ offset: Int) {
    if events.count < 4 { events.append(Event(kind: kind, offset: offset)) }
  }

  mutating func scanRow(_ bytes: UnsafeBufferPointer<UInt8>, into cells: inout [CSVCell]) {
    while true {
      cells.append(
        index < bytes.count && bytes[index] == 0x22 ? scanQuotedCell(bytes) : scanPlainCell(bytes))
      guard index < bytes.count else { return }
      let byte = bytes[index]
      index += 1
      if byte == separator { continue }
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      line += 1
      return
    }
  }

  private mutating func scanPlainCell(_ bytes: UnsafeBufferPointer<UInt8>) -> CSVCell {
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      if byte == 0x22 { note(.strayQuote, index) }
      if byte == 0 { note(.nul, index) }
      index += 1
    }
    return CSVCell(start: UInt32(start), end: UInt32(index), isQuoted: false, hasDoubledQuotes: false)
  }

  private mutating func scanQuotedCell(_ bytes: UnsafeBufferPointer<UInt8>) -> CSVCell {
    let opening = index
    var hasDoubledQuotes = false
    index += 1
    while index < bytes.count {
      switch bytes[index] {
      case 0x22:
        if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
          hasDoubledQuotes = true
          index += 1
        } else {
          return closeQuotedCell(bytes, opening: opening, hasDoubledQuotes)
        }
      case 0x0A: line += 1
      case 0x0D where index + 1 == bytes.count || bytes[index + 1] != 0x0A: line += 1
      case 0: note(.nul, index)
      default: break
      }
      index += 1
    }
    note(.unclosedQuote, opening)
    return CSVCell(
      start: UInt32(opening + 1), end: UInt32(bytes.count), isQuoted: false, hasDoubledQuotes: hasDoubledQuotes)
  }

  private mutating func closeQuotedCell(
    _ bytes: UnsafeBufferPointer<UInt8>, opening: Int, _ hasDoubledQuotes: Bool
  ) -> CSVCell {
    let closing = index
    index += 1
    if index < bytes.count, bytes[index] != separator, bytes[index] != 0x0A, bytes[index] != 0x0D {
      note(.strayQuote, closing)
      // The text goes on behind the quote: keep all of it, as it stands.
      while index < bytes.count, bytes[index] != separator, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
      return CSVCell(start: UInt32(opening), end: UInt32(index), isQuoted: false, hasDoubledQuotes: false)
    }
    return CSVCell(
      start: UInt32(opening + 1), end: UInt32(closing), isQuoted: true, hasDoubledQuotes: hasDoubledQuotes)
  }
}

/// Diagnostics of which only the first of each code are told one by one; the last of those says how many follow.
package struct LimitedDiagnostics: Sendable {
  private let limit: Int
  private var kept: [Diagnostic] = []
  private var counts: [String: Int] = [:]

  package init(limit: Int = 20) { self.limit = limit }

  package mutating func append(_ diagnostic: Diagnostic) {
    counts[diagnostic.code, default: 0] += 1
    if counts[diagnostic.code, default: 0] <= limit { kept.append(diagnostic) }
  }

  package var isEmpty: Bool { kept.isEmpty }

  package var diagnostics: [Diagnostic] {
    var result = kept
    for (code, count) in counts where count > limit {
      guard let last = result.lastIndex(where: { $0.code == code }) else { continue }
      result[last].notes.append(.init("\(count - limit) more like this follow"))
    }
    return result
  }
}
