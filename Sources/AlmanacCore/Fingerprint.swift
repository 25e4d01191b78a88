private import CXXHash

/// 128 bits that stand for some bytes: the key of a kept artifact.
///
/// XXH3-128, canonical (big-endian) order: the same on every machine. Not a defence against someone who makes
/// collisions on purpose; an author who did would only cheat themselves.
public struct Fingerprint: Hashable, Comparable, Sendable, CustomStringConvertible {
  public var high: UInt64
  public var low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The fingerprint of some bytes.
  public init(_ bytes: borrowing [UInt8]) {
    let hash = bytes.withUnsafeBytes { XXH3_128bits($0.baseAddress, $0.count) }
    self.init(high: hash.high64, low: hash.low64)
  }

  /// The fingerprint of bytes that lie somewhere else, such as a mapped file.
  public init(_ bytes: UnsafeRawBufferPointer) {
    let hash = XXH3_128bits(bytes.baseAddress, bytes.count)
    self.init(high: hash.high64, low: hash.low64)
  }

  public init(_ text: String) {
    var text = text
    let hash = text.withUTF8 { XXH3_128bits($0.baseAddress, $0.count) }
    self.init(high: hash.high64, low: hash.low64)
  }

  /// The fingerprint of a list: depends on order and on where one part ends and the next begins.
  public init(combining parts: some Sequence<Fingerprint>) {
    var bytes: [UInt8] = []
    for part in parts {
      withUnsafeBytes(of: part.high.bigEndian) { bytes.append(contentsOf: $0) }
      withUnsafeBytes(of: part.low.bigEndian) { bytes.append(contentsOf: $0) }
    }
    self.init(bytes)
  }

  /// 32 hexadecimal digits.
  public var description: String { Self.hex(high) + Self.hex(low) }

  /// Reads 32 hexadecimal digits.
  public init?(hex text: some StringProtocol) {
    guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  public static func < (lhs: Fingerprint, rhs: Fingerprint) -> Bool { (lhs.high, lhs.low) < (rhs.high, rhs.low) }

  private static func hex(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
