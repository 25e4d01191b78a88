package import AlmanacCore

/// Where the lines of a text begin, so that many offsets become lines and columns without walking it each time.
package struct SourceLines: Sendable {
  package let file: SourceFile
  /// Byte offsets of all lines' starts.
  private let starts: [Int]

  package init(_ file: SourceFile) {
    self.file = file
    var starts = [0]
    let bytes = file.bytes
    for index in bytes.indices
    where bytes[index] == 0x0A || (bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)) {
      starts.append(index + 1)
    }
    self.starts = starts
  }

  /// Returns the bytes of a line, from 1, without its ending; an empty range behind the end.
  package func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else { return file.bytes.count..<file.bytes.count }
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : file.bytes.count
    while end > start, file.bytes[end - 1] == 0x0A || file.bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  package func location(at offset: Int) -> SourceLocation {
    let offset = min(max(0, offset), file.bytes.count)
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    var column = 1
    for index in starts[low]..<offset where file.bytes[index] & 0xC0 != 0x80 && file.bytes[index] != 0x0D {
      column += 1
    }
    return SourceLocation(line: low + 1, column: column)
  }

  package func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(path: file.path, start: location(at: range.lowerBound), end: location(at: range.upperBound))
  }
}
