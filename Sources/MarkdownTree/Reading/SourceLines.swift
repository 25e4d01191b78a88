package import AlmanacCore

/// Where the lines of a text begin, so that many offsets become lines and columns without walking it each time.
package struct SourceLines: Sendable {
  package let file: SourceFile
  /// Byte offsets of all lines' starts.
  private let starts: [Int]
  /// How many characters begin before each 512th byte: columns of very long lines are found without walking them.
  private let charactersBefore: [Int]

  package init(_ file: SourceFile) {
    self.file = file
    var starts = [0]
    let bytes = file.bytes
    for index in bytes.indices
    where bytes[index] == 0x0A || (bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)) {
      starts.append(index + 1)
    }
    self.starts = starts
    var counts: [Int] = []
    counts.reserveCapacity(bytes.count / 512 + 1)
    var count = 0
    for index in bytes.indices {
      if index & 511 == 0 { counts.append(count) }
      if bytes[index] & 0xC0 != 0x80 { count += 1 }
    }
    charactersBefore = counts
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
    // A carriage return is part of the line's ending and no column.
    var end = offset
    while end > starts[low], file.bytes[end - 1] == 0x0D { end -= 1 }
    let column = 1 + characters(before: end) - characters(before: starts[low])
    return SourceLocation(line: low + 1, column: column)
  }

  private func characters(before offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    let block = (offset - 1) >> 9
    var count = charactersBefore[block]
    for index in block << 9..<offset where file.bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  package func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(path: file.path, start: location(at: range.lowerBound), end: location(at: range.upperBound))
  }
}
