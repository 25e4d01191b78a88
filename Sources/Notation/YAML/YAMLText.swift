internal import AlmanacCore

/// A YAML text by lines, to find where the values end that libyaml only says where they begin.
struct YAMLText {
  let file: SourceFile
  /// Offsets of line starts as libyaml counts lines: CR, LF, CRLF, and the Unicode breaks NEL, LS and PS.
  private let lineStarts: [Int]
  /// Whether libyaml's lines differ from ours, which a U+2028 in a text does.
  private let hasUnicodeBreaks: Bool

  var bytes: [UInt8] { file.bytes }

  init(_ file: SourceFile) {
    self.file = file
    var starts = [0]
    var unicode = false
    let bytes = file.bytes
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x0A: starts.append(index + 1)
      case 0x0D where index + 1 == bytes.count || bytes[index + 1] != 0x0A: starts.append(index + 1)
      case 0x85 where index > 0 && bytes[index - 1] == 0xC2:
        starts.append(index + 1)
        unicode = true
      case 0xA8, 0xA9:
        guard index > 1, bytes[index - 1] == 0x80, bytes[index - 2] == 0xE2 else { continue }
        starts.append(index + 1)
        unicode = true
      default: continue
      }
    }
    lineStarts = starts
    hasUnicodeBreaks = unicode
  }

  /// Returns the byte offset of a mark (line and column from 1, columns in scalars); clamped to the text.
  func offset(line: Int, column: Int) -> Int {
    guard line >= 1, line <= lineStarts.count else { return bytes.count }
    var index = lineStarts[line - 1]
    var left = column - 1
    while left > 0, index < bytes.count {
      index += 1
      while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      left -= 1
    }
    return index
  }

  /// Returns the offset of a place that ``location(of:)`` gave.
  func offset(of place: SourceLocation) -> Int {
    hasUnicodeBreaks ? file.offset(of: place) : offset(line: place.line, column: place.column)
  }

  /// Returns the place of an offset.
  func location(of offset: Int) -> SourceLocation {
    if hasUnicodeBreaks { return file.location(at: offset) }
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    var column = 1
    for byte in bytes[lineStarts[low]..<max(lineStarts[low], min(offset, bytes.count))]
    where byte & 0xC0 != 0x80 && byte != 0x0D {
      column += 1
    }
    return SourceLocation(line: low + 1, column: column)
  }

  func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(path: file.path, start: location(of: range.lowerBound), end: location(of: range.upperBound))
  }
}

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

extension SourceFile {
  /// Returns the offset of a place, clamped to its line.
  fileprivate func offset(of place: SourceLocation) -> Int {
    guard let line = line(place.line) else { return bytes.count }
    var index = line.startIndex
    var left = place.column - 1
    while left > 0, index < line.endIndex {
      index += 1
      while index < line.endIndex, bytes[index] & 0xC0 == 0x80 { index += 1 }
      left -= 1
    }
    return index
  }
}
