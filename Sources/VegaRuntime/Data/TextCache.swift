/// Texts read of late: a category that comes again is the same string, not another copy of it.
struct TextCache {
  private var texts = [String](repeating: "", count: size)
  private static let size = 256

  /// Returns the string of these bytes; `nil` if they are not UTF-8.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    // Up to fifteen bytes lie in the string itself: making it anew is as quick as finding it.
    guard bytes.count > 15 else { return String(validating: bytes, as: UTF8.self) }
    let place = Self.place(bytes)
    let isKnown = texts[place].utf8.withContiguousStorageIfAvailable { known in
      known.count == bytes.count && known.elementsEqual(bytes)
    }
    if isKnown == true { return texts[place] }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    texts[place] = text
    return text
  }

  private static func place(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let count = bytes.count
    let (first, middle, last) = (bytes[0], bytes[count / 2], bytes[count - 1])
    return (Int(first) &* 31 &+ Int(middle) &* 17 &+ Int(last) &* 7 &+ count) % size
  }
}
