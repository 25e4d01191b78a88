internal import AlmanacCore

#if canImport(Glibc)
  private import Glibc
#endif

/// What a look at the bare lines finds before the parser sees them: sizes that would make it slow, and footnotes.
///
/// cmark takes quadratic time for some texts: wide tables with short rows, long paragraphs above a table, long link
/// definitions that are used often, thousands of `@`. Such texts are refused here, with the line that is to blame.
struct LineScan {
  enum Problem {
    case size(Int, limit: Int)
    case columns(offset: Int, limit: Int)
    case cells(offset: Int, limit: Int)
    case linesAboveTable(offset: Int, limit: Int)
    case linkDefinition(offset: Int, limit: Int)
    case atSigns(offset: Int, limit: Int)
  }

  var problem: Problem?
  /// Where lines begin that look like `[^label]: …`, and the ranges of their labels.
  var footnotes: [(line: Int, label: Range<Int>)] = []

  /// Reads all lines of `body`, which stands at `offset` in its file.
  mutating func read(_ body: UnsafeBufferPointer<UInt8>, offset: Int, limits: MarkdownLimits) {
    guard body.count <= limits.size else { return problem = .size(body.count, limit: limits.size) }
    guard let base = body.baseAddress else { return }
    var start = 0
    var line = 0
    var linesOfText = 0
    var tableColumns = 0
    var tableRows = 0
    while start < body.count {
      let found = memchr(base + start, 0x0A, body.count - start)
      let end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? body.count
      var first = start
      while first < end, body[first] == 0x20 || body[first] == 0x3E { first += 1 }
      if first == end || body[first] == 0x0D {
        linesOfText = 0
        tableColumns = 0
        tableRows = 0
      } else {
        switch body[first] {
        case UInt8(ascii: "["):
          readDefinition(body, start: first, end: end, line: line, offset: offset, limits: limits)
        case UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: ":"):
          if let columns = columnsOfDelimiterRow(body, start: first, end: end) {
            if linesOfText > limits.linesAboveTable {
              problem = problem ?? .linesAboveTable(offset: offset + first, limit: limits.linesAboveTable)
            }
            if columns > limits.columns {
              problem = problem ?? .columns(offset: offset + first, limit: limits.columns)
            }
            tableColumns = max(tableColumns, columns)
          }
        default: break
        }
        linesOfText += 1
        if tableColumns > 0 {
          tableRows += 1
          if tableRows * tableColumns > limits.cells {
            problem = problem ?? .cells(offset: offset + first, limit: limits.cells)
          }
        }
      }
      start = end + 1
      line += 1
    }
    countAtSigns(body, offset: offset, limit: limits.atSigns)
  }

  private mutating func readDefinition(
    _ body: UnsafeBufferPointer<UInt8>, start: Int, end: Int, line: Int, offset: Int, limits: MarkdownLimits
  ) {
    var close = start + 1
    while close < end, body[close] != UInt8(ascii: "]") { close += 1 }
    guard close + 1 < end, body[close + 1] == UInt8(ascii: ":") else { return }
    if body[start + 1] == UInt8(ascii: "^") {
      footnotes.append((line, offset + start + 2..<offset + close))
    } else if end - start > limits.linkDefinition {
      problem = problem ?? .linkDefinition(offset: offset + start, limit: limits.linkDefinition)
    }
  }

  /// The number of columns of a line of dashes, colons and pipes, or `nil` for any other line.
  private func columnsOfDelimiterRow(_ body: UnsafeBufferPointer<UInt8>, start: Int, end: Int) -> Int? {
    var pipes = 0
    for index in start..<end {
      switch body[index] {
      case UInt8(ascii: "|"): pipes += 1
      case UInt8(ascii: "-"), UInt8(ascii: ":"), 0x20, 0x09, 0x0D: break
      default: return nil
      }
    }
    return pipes + 1
  }

  private mutating func countAtSigns(_ body: UnsafeBufferPointer<UInt8>, offset: Int, limit: Int) {
    guard problem == nil, let base = body.baseAddress else { return }
    var count = 0
    var index = 0
    while index < body.count, let found = memchr(base + index, 0x40, body.count - index) {
      index = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
      count += 1
      if count > limit { return problem = .atSigns(offset: offset + index - 1, limit: limit) }
    }
  }
}
