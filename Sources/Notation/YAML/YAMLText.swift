internal import AlmanacCore

/// A YAML text by lines, to find where the values end that libyaml only says where they begin.
///
/// Places and offsets are found in logarithmic time, also in a file that is one long line.
struct YAMLText {
  let file: SourceFile
  /// Offsets of line starts as we count lines: CR, LF, CRLF.
  private let lineStarts: [Int]
  /// As libyaml counts them: also behind the Unicode breaks NEL, LS and PS.
  private let libyamlLineStarts: [Int]
  /// Scalars before each block of 256 bytes.
  private let scalarCounts: [Int]

  var bytes: [UInt8] { file.bytes }

  init(_ file: SourceFile) {
    self.file = file
    var starts = [0]
    var unicodeStarts: [Int] = []
    var counts: [Int] = []
    counts.reserveCapacity(file.bytes.count / blockSize + 1)
    var scalars = 0
    file.bytes.withUnsafeBufferPointer { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        if index % blockSize == 0 { counts.append(scalars) }
        if isScalarStart(byte) { scalars += 1 }
        switch byte {
        case 0x0A: starts.append(index + 1)
        case 0x0D where index + 1 == bytes.count || bytes[index + 1] != 0x0A: starts.append(index + 1)
        case 0x85 where index > 0 && bytes[index - 1] == 0xC2: unicodeStarts.append(index + 1)
        case 0xA8, 0xA9:
          if index > 1, bytes[index - 1] == 0x80, bytes[index - 2] == 0xE2 { unicodeStarts.append(index + 1) }
        default: continue
        }
      }
    }
    lineStarts = starts
    libyamlLineStarts = unicodeStarts.isEmpty ? starts : (starts + unicodeStarts).sorted()
    scalarCounts = counts
  }

  /// Returns the byte offset of one of libyaml's marks (line and column from 1, columns in scalars); clamped to the text.
  func offset(line: Int, column: Int) -> Int { offset(line, column, in: libyamlLineStarts) }

  /// Returns the offset of a place that ``location(of:)`` gave.
  func offset(of place: SourceLocation) -> Int { offset(place.line, place.column, in: lineStarts) }

  private func offset(_ line: Int, _ column: Int, in starts: [Int]) -> Int {
    guard line >= 1, line <= starts.count else { return bytes.count }
    let wanted = scalarsBefore(starts[line - 1]) + column - 1
    // The last block that begins at or before the wanted scalar, and not before the line.
    let block = lastIndex(in: scalarCounts) { $0 <= wanted }
    var index = max(block * blockSize, starts[line - 1])
    var count = index == starts[line - 1] ? wanted - column + 1 : scalarCounts[block]
    while index < bytes.count {
      if isScalarStart(bytes[index]) {
        if count == wanted { break }
        count += 1
      }
      index += 1
    }
    return index
  }

  /// Returns the place of an offset.
  func location(of offset: Int) -> SourceLocation {
    let line = lastIndex(in: lineStarts) { $0 <= offset }
    return SourceLocation(line: line + 1, column: scalarsBefore(offset) - scalarsBefore(lineStarts[line]) + 1)
  }

  func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(path: file.path, start: location(of: range.lowerBound), end: location(of: range.upperBound))
  }

  private func scalarsBefore(_ offset: Int) -> Int {
    let end = min(offset, bytes.count)
    guard end > 0 else { return 0 }
    let block = (end - 1) / blockSize
    return bytes[(block * blockSize)..<end].reduce(scalarCounts[block]) { $0 + (isScalarStart($1) ? 1 : 0) }
  }

  /// The last index whose element holds; the first does.
  private func lastIndex(in numbers: [Int], where holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = numbers.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if holds(numbers[middle]) { low = middle } else { high = middle }
    }
    return low
  }
}

private let blockSize = 256

/// Whether a byte begins a character that has a column: a CR belongs to the line's end.
private func isScalarStart(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 && byte != 0x0D }

// MARK: - Where values end

extension YAMLText {
  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0x0A }
  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Skips space, comments, anchors and tags in front of a value.
  func contentStart(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case UInt8(ascii: "#") where index > start:
        while index < bytes.count, !isBreak(bytes[index]) { index += 1 }
      case UInt8(ascii: "&"), UInt8(ascii: "!"):
        while index < bytes.count, bytes[index] > 0x20 { index += 1 }
      default: return index
      }
    }
    return start
  }

  /// Returns the range of plain text whose value is known: the source may fold lines in it.
  func plainRange(from start: Int, value: String) -> Range<Int> {
    var index = start
    for unit in value.utf8 where unit != 0x20 && unit != 0x0A && unit != 0x09 {
      while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
      guard byte(index) == unit else { return start..<max(start, index) }
      index += 1
    }
    return start..<index
  }

  func quotedRange(from start: Int) -> Range<Int> {
    let quote = byte(start)
    var index = start + 1
    while index < bytes.count {
      if quote == UInt8(ascii: "\""), bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == quote {
        if quote == UInt8(ascii: "\"") || byte(index + 1) != quote { return start..<index + 1 }
        index += 1
      }
      index += 1
    }
    return start..<bytes.count
  }

  /// Returns the range of a block scalar's text, from its first character to the end of its last line with text.
  ///
  /// The range begins behind the indentation of the first line with text, so that a fence-like text (a query, say) can
  /// move its own spans there.
  func blockRange(from start: Int, isEmpty: Bool) -> Range<Int> {
    var index = start
    while index < bytes.count, !isBreak(bytes[index]) { index += 1 }
    guard !isEmpty else { return start..<start + 1 }
    var indent: Int?
    var range: Range<Int>?
    while index < bytes.count {
      if byte(index) == 0x0D, byte(index + 1) == 0x0A { index += 1 }
      index += 1
      let lineStart = index
      while byte(index) == 0x20 { index += 1 }
      let column = index - lineStart
      if isBreak(byte(index)) { continue }
      if let indent, column < indent { break }
      if indent == nil { indent = column }
      let textStart = lineStart + (indent ?? 0)
      while index < bytes.count, !isBreak(bytes[index]) { index += 1 }
      range = (range?.lowerBound ?? textStart)..<index
    }
    return range ?? start..<start + 1
  }

  /// Returns the offset behind the bracket that closes the flow collection whose last value ends at `index`.
  func flowEnd(from start: Int) -> Int {
    var index = start
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return index + 1 }
        depth -= 1
      case UInt8(ascii: "#") where index > 0 && [0x20, 0x09, 0x0A].contains(bytes[index - 1]):
        while index + 1 < bytes.count, !isBreak(bytes[index + 1]) { index += 1 }
      default: break
      }
      index += 1
    }
    return start
  }
}
