package import AlmanacCore

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Makes sure that a file's bytes are a text that later stages can take as it is.
///
/// A byte order mark is removed. Bytes that are not UTF-8 become U+FFFD, so that everything else in the file is
/// still checked; a line above the limit empties the file.
///
/// Diagnoses `file.not-utf8`, `file.long-line`, `file.null-byte`.
package func checkText(_ bytes: [UInt8], path: String, _ kind: ContentKind, _ limits: Limits) -> Diagnosed<[UInt8]> {
  if kind == .binary { return Diagnosed(bytes) }
  let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  let file = SourceFile(path: path, bytes: text)
  if let bad = firstInvalidByte(text) {
    // Of another encoding nothing can be read.
    if isUTF16(text) { return Diagnosed([], [.notUTF8(file, at: bad)]) }
    let repaired = Array(String(decoding: text, as: UTF8.self).utf8)
    return Diagnosed(repaired, [.notUTF8(file, at: bad)])
  }
  if let null = firstNull(text) {
    return Diagnosed(text.map { $0 == 0 ? 0x20 : $0 }, [.nullByte(file, at: null)])
  }
  if let limit = kind.lineLimit(limits), let line = longLine(text, limit: limit) {
    return Diagnosed([], [.longLine(path, line: line.number, length: line.length, limit: limit)])
  }
  return Diagnosed(text)
}

private func firstNull(_ bytes: [UInt8]) -> Int? {
  bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress, let found = memchr(base, 0, buffer.count) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}

/// Whether a text begins as one in UTF-16 does.
func isUTF16(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) }

/// Returns the offset of the first byte that is not part of UTF-8 text (RFC 3629: no surrogates, no overlong forms).
func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
  bytes.withUnsafeBytes { buffer in
    var index = 0
    let end = buffer.count
    while index < end {
      let byte = buffer[index]
      if byte < 0x80 {
        // Most text is ASCII: eight bytes at a time.
        if index + 8 <= end, buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
          index += 8
        } else {
          index += 1
        }
        continue
      }
      guard let length = scalarLength(byte), index + length <= end, isContinued(buffer, index, length) else {
        return index
      }
      index += length
    }
    return nil
  }
}

private func scalarLength(_ lead: UInt8) -> Int? {
  switch lead {
  case 0xC2...0xDF: 2
  case 0xE0...0xEF: 3
  case 0xF0...0xF4: 4
  default: nil
  }
}

private func isContinued(_ buffer: UnsafeRawBufferPointer, _ index: Int, _ length: Int) -> Bool {
  let second = buffer[index + 1]
  let allowed: ClosedRange<UInt8> =
    switch buffer[index] {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  guard allowed.contains(second) else { return false }
  for offset in 2..<max(2, length) where buffer[index + offset] & 0xC0 != 0x80 { return false }
  return true
}

/// Returns the first line longer than `limit` bytes.
private func longLine(_ bytes: [UInt8], limit: Int) -> (number: Int, length: Int)? {
  guard bytes.count > limit else { return nil }
  return bytes.withUnsafeBytes { buffer in
    var number = 1
    var start = 0
    while start < buffer.count {
      let rest = UnsafeRawBufferPointer(rebasing: buffer[start...])
      let found = memchr(rest.baseAddress!, 0x0A, rest.count)
      let length = found.map { UnsafeRawPointer($0) - rest.baseAddress! } ?? rest.count
      if length > limit { return (number, length) }
      start += length + 1
      number += 1
    }
    return nil
  }
}
