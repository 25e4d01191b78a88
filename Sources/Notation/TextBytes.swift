internal import AlmanacCore

/// Walks through a file's bytes once, forwards, and knows line and column on the way.
///
/// Cheaper than ``SourceFile/location(at:)`` for every value: the whole file costs one pass.
struct LocationCursor {
  private(set) var offset: Int
  private(set) var place: SourceLocation

  /// Begins at the start of a line.
  init(offset: Int = 0, line: Int = 1) {
    self.offset = offset
    place = SourceLocation(line: line, column: 1)
  }

  /// Returns the place of an offset, which must not stand before an earlier one.
  mutating func location(of target: Int, in bytes: [UInt8]) -> SourceLocation {
    bytes.withUnsafeBufferPointer { bytes in
      let end = min(target, bytes.count)
      while offset < end {
        let byte = bytes[offset]
        if byte == 0x0A || (byte == 0x0D && (offset + 1 >= bytes.count || bytes[offset + 1] != 0x0A)) {
          place.line += 1
          place.column = 1
        } else if byte & 0xC0 != 0x80, byte != 0x0D {
          place.column += 1
        }
        offset += 1
      }
    }
    return place
  }
}

/// Returns the file without a byte order mark and with its first invalid UTF-8 diagnosed.
///
/// Every parser begins here, so that none of them meets bytes that are not text: invalid ones become U+FFFD.
func readableText(of file: SourceFile) -> Diagnosed<SourceFile> {
  var file = file
  if file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { file.bytes.removeFirst(3) }
  guard let offset = firstInvalidUTF8(in: file.bytes) else { return Diagnosed(file) }
  let place = file.location(at: offset)
  let isUTF16 = file.bytes.starts(with: [0xFF, 0xFE]) || file.bytes.starts(with: [0xFE, 0xFF])
  let diagnostic = Diagnostic.invalidUTF8(
    byte: file.bytes[offset], isUTF16: isUTF16,
    at: SourceSpan(path: file.path, line: place.line, column: place.column))
  file.bytes = Array(String(decoding: file.bytes, as: UTF8.self).utf8)
  return Diagnosed(file, [diagnostic])
}

/// Returns the offset of the first byte that does not belong to well-formed UTF-8.
private func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
  bytes.withUnsafeBufferPointer { bytes -> Int? in
    var index = 0
    let count = bytes.count
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < count && range.contains(bytes[index + offset])
    }
    while index < count {
      let byte = bytes[index]
      switch byte {
      case 0x00...0x7F: index += 1
      case 0xC2...0xDF where continues(1): index += 2
      case 0xE0 where continues(1, 0xA0...0xBF) && continues(2): index += 3
      case 0xED where continues(1, 0x80...0x9F) && continues(2): index += 3
      case 0xE1...0xEC, 0xEE, 0xEF:
        guard continues(1) && continues(2) else { return index }
        index += 3
      case 0xF0 where continues(1, 0x90...0xBF) && continues(2) && continues(3): index += 4
      case 0xF1...0xF3 where continues(1) && continues(2) && continues(3): index += 4
      case 0xF4 where continues(1, 0x80...0x8F) && continues(2) && continues(3): index += 4
      default: return index
      }
    }
    return nil
  }
}
