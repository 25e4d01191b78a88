/// A file cut into lines, for excerpts.
struct ExcerptPage {
  private let bytes: [UInt8]
  /// Offsets at which lines start.
  private let starts: [Int]

  init(_ file: SourceFile) {
    bytes = file.bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() {
      let isLoneReturn = byte == 0x0D && (index + 1 >= bytes.count || bytes[index + 1] != 0x0A)
      if byte == 0x0A || isLoneReturn { starts.append(index + 1) }
    }
    self.starts = starts
  }

  /// Returns a line (from 1) without its ending.
  func line(_ number: Int) -> ArraySlice<UInt8>? {
    guard number >= 1, number <= starts.count else { return nil }
    let end = number < starts.count ? starts[number] : bytes.count
    var line = bytes[starts[number - 1]..<end]
    while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
    return line
  }
}

/// A line of a file as a terminal shows it, with the columns that a span takes up.
///
/// A long line is cut to a window around the span, an ellipsis at each cut.
struct Excerpt: Equatable {
  var line: String
  /// Terminal columns before the first caret.
  var indent: Int
  /// Carets: terminal columns of the span on its first line, at least one.
  var length: Int

  /// What fits beside the gutter of a terminal of usual width.
  static var width: Int { 100 }

  /// Returns `nil` when the file has no such line, or the line is empty.
  init?(_ span: SourceSpan, in page: ExcerptPage) {
    guard let bytes = page.line(span.start.line), !bytes.isEmpty else { return nil }
    let endColumn = span.end.line == span.start.line ? span.end.column : Int.max
    self.init(bytes, columns: span.start.column..<max(span.start.column + 1, endColumn))
  }

  private init(_ bytes: ArraySlice<UInt8>, columns: Range<Int>) {
    // Scalars far behind the window need not be looked at.
    var cells: [Cell] = []
    var position = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let cell = Cell(scalar, at: position)
      cells.append(cell)
      position += cell.width
      if cells.count > columns.lowerBound + 2 * Self.width { break }
    }
    let first = min(columns.lowerBound - 1, cells.count)
    let last = min(columns.upperBound - 1, cells.count)
    let start = first < cells.count ? cells[first].position : position
    let end = max(start + 1, last < cells.count ? cells[last].position : position)
    let window = Self.window(around: start..<end, of: position)
    line = window.lowerBound > 0 ? "…" : ""
    var shift = window.lowerBound - (window.lowerBound > 0 ? 1 : 0)
    var isCut = false
    for cell in cells where cell.position >= window.lowerBound {
      if cell.position + cell.width > window.upperBound {
        isCut = true
        break
      }
      // A double-width letter may straddle the window's edge.
      if line == "…" { shift = cell.position - 1 }
      line += cell.text
    }
    if isCut { line += "…" }
    while line.last == " " { line.removeLast() }
    indent = max(0, start - shift)
    length = max(1, min(end, window.upperBound) - start)
  }

  /// The terminal columns to show of a line.
  private static func window(around span: Range<Int>, of total: Int) -> Range<Int> {
    if total <= width { return 0..<max(total, 1) }
    if span.upperBound <= width - 10 { return 0..<(width - 1) }
    let before = max(20, (width - span.count) / 2)
    let start = max(0, min(span.lowerBound - before, total - width + 1))
    return start..<min(total, start + width - 1)
  }
}

/// A character as it is shown.
private struct Cell {
  var text: String
  /// Terminal columns to the left of it.
  var position: Int
  var width: Int

  init(_ scalar: Unicode.Scalar, at position: Int) {
    self.position = position
    if scalar == "\t" {
      width = 4 - position % 4
      text = String(repeating: " ", count: width)
    } else {
      text = visibleForm(of: scalar) ?? String(scalar)
      width = text.unicodeScalars.reduce(0) { $0 + terminalWidth(of: $1) }
    }
  }
}

// MARK: - Letters on a terminal

/// Returns text with every character that would steer a terminal shown as a picture of itself.
func visible(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { visibleForm(of: $0) != nil }) else { return text }
  return text.unicodeScalars.reduce(into: "") { $0 += visibleForm(of: $1) ?? String($1) }
}

/// Returns how a control, bidirectional or invisible character is shown; `nil` for all others.
private func visibleForm(of scalar: Unicode.Scalar) -> String? {
  switch scalar.value {
  case 0..<0x20: String(Unicode.Scalar(0x2400 + scalar.value)!)
  case 0x7F: "\u{2421}"
  case 0x80..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F:
    "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
  default: nil
  }
}

/// Returns the columns that a character takes up: two for Chinese, Japanese, Korean and emoji, none for combining marks.
///
/// Unicode Standard Annex #11, with ambiguous widths narrow.
package func terminalWidth(of scalar: Unicode.Scalar) -> Int {
  switch scalar.value {
  case 0..<0x300: 1
  case 0x300...0x36F, 0x1AB0...0x1AFF, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F: 0
  case 0x1100...0x115F, 0x231A...0x231B, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3: 2
  case 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6: 2
  case 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD: 2
  default: 1
  }
}
