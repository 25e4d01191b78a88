/// A text with its path: what every parser reads.
///
/// Bytes are UTF-8; a byte order mark has been removed by whoever read the file.
public struct SourceFile: Hashable, Sendable {
  /// Relative to the report's root, with `/` between parts.
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension SourceFile {
  /// Returns the span of a range of byte offsets. For diagnostics: costs a walk from the file's start.
  ///
  /// - Complexity: O(*n*), where *n* is `range.upperBound`.
  public func span(_ range: Range<Int>) -> SourceSpan {
    let start = location(at: range.lowerBound)
    return SourceSpan(
      path: path, start: start, end: location(at: range.upperBound, from: range.lowerBound, startingAt: start))
  }

  /// Returns the line and column of a byte offset.
  public func location(at offset: Int) -> SourceLocation {
    location(at: offset, from: 0, startingAt: SourceLocation(line: 1, column: 1))
  }

  private func location(at offset: Int, from: Int, startingAt start: SourceLocation) -> SourceLocation {
    var place = start
    var index = from
    let end = min(offset, bytes.count)
    while index < end {
      let byte = bytes[index]
      if byte == 0x0A || (byte == 0x0D && (index + 1 >= bytes.count || bytes[index + 1] != 0x0A)) {
        place.line += 1
        place.column = 1
      } else if byte & 0xC0 != 0x80, byte != 0x0D {
        place.column += 1
      }
      index += 1
    }
    return place
  }

  /// Returns the bytes of a line (from 1) without its line ending, or `nil` behind the end.
  public func line(_ number: Int) -> ArraySlice<UInt8>? {
    guard number >= 1 else { return nil }
    var start = 0
    var current = 1
    while current < number {
      guard let end = lineEnd(from: start), end < bytes.count else { return nil }
      start = end + (bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? 2 : 1)
      current += 1
    }
    return bytes[start..<(lineEnd(from: start) ?? bytes.count)]
  }

  private func lineEnd(from start: Int) -> Int? {
    bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D }
  }
}
