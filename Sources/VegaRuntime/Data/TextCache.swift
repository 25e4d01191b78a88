/// Texts read of late from one file: a category that comes again is the same string, not another copy of it.
struct TextCache {
  private struct Entry {
    var start = 0
    var count = 0
    var text = ""
  }
  private var entries = [Entry](repeating: Entry(), count: size)
  private static let size = 256

  /// Returns the string of a range of the file's bytes; `nil` if they are not UTF-8.
  @inline(__always)
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isASCII: Bool) -> String? {
    let (start, count) = (range.lowerBound, range.count)
    // Up to fifteen bytes lie in the string itself: making it anew is as quick as finding it.
    guard count > 15 else { return Self.make(UnsafeBufferPointer(rebasing: bytes[range]), isASCII: isASCII) }
    let hash = Int(bytes[start]) &* 31 &+ Int(bytes[start + count / 2]) &* 17 &+ Int(bytes[start + count - 1]) &* 7
    let place = (hash &+ count) % Self.size
    if entries[place].count == count {
      let known = entries[place].start
      var offset = 0
      while offset < count, bytes[known + offset] == bytes[start + offset] { offset += 1 }
      if offset == count { return entries[place].text }
    }
    guard let text = Self.make(UnsafeBufferPointer(rebasing: bytes[range]), isASCII: isASCII) else { return nil }
    entries[place] = Entry(start: start, count: count, text: text)
    return text
  }

  private static func make(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> String? {
    isASCII ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
  }
}
