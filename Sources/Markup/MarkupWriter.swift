/// Writes HTML or SVG as bytes, escaping what is text.
///
/// The one way in which markup is made: values from data go through ``text(_:)`` and ``attribute(_:_:)`` and can never
/// become elements. ``raw(_:)`` takes what is already markup, and is called with constants or with bytes of another writer.
/// Output is the same on every machine; numbers never pass through a locale.
public struct MarkupWriter: Sendable {
  /// UTF-8, complete so far.
  public private(set) var bytes: [UInt8] = []

  public init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  public var isEmpty: Bool { bytes.isEmpty }
  public var string: String { String(decoding: bytes, as: UTF8.self) }
}

// MARK: - Raw bytes

extension MarkupWriter {
  /// Appends markup as it is.
  @inlinable public mutating func raw(_ markup: StaticString) {
    append(UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }

  /// Appends markup that another writer made.
  public mutating func raw(_ markup: [UInt8]) { bytes.append(contentsOf: markup) }

  public mutating func raw(_ markup: ArraySlice<UInt8>) { bytes.append(contentsOf: markup) }

  /// Appends markup held in a string; the caller vouches that it is markup.
  public mutating func rawString(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  /// Appends once more what stands at a place already.
  ///
  /// - Precondition: the range lies within ``bytes``.
  public mutating func again(_ range: Range<Int>) {
    precondition(range.upperBound <= bytes.count)
    let end = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: range.count))
    bytes.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      (start + end).update(from: start + range.lowerBound, count: range.count)
    }
  }

  public mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  @usableFromInline mutating func append(_ buffer: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: buffer) }
}

// MARK: - Text and attributes

extension MarkupWriter {
  /// Appends text, with `&`, `<`, `>` and `"` escaped; right between tags and inside double quotes.
  public mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { escape($0) }
  }

  public mutating func text(_ utf8: ArraySlice<UInt8>) { utf8.withUnsafeBufferPointer { escape($0) } }
  public mutating func text(_ utf8: [UInt8]) { utf8.withUnsafeBufferPointer { escape($0) } }

  /// Appends ` name="value"` with the value escaped.
  public mutating func attribute(_ name: StaticString, _ value: String) {
    beginAttribute(name)
    text(value)
    bytes.append(0x22)
  }

  /// Appends ` name="value"` with a number; see ``number(_:decimals:)``.
  public mutating func attribute(_ name: StaticString, _ value: Double, decimals: Int = 3) {
    beginAttribute(name)
    number(value, decimals: decimals)
    bytes.append(0x22)
  }

  public mutating func attribute(_ name: StaticString, _ value: Int) {
    beginAttribute(name)
    integer(value)
    bytes.append(0x22)
  }

  /// Appends ` name="value"` unless there is no value.
  public mutating func attribute(_ name: StaticString, ifPresent value: String?) {
    if let value { attribute(name, value) }
  }

  /// Appends ` name="`; the value and its closing quote are the caller's.
  public mutating func beginAttribute(_ name: StaticString) {
    bytes.append(0x20)
    raw(name)
    bytes.append(0x3D)
    bytes.append(0x22)
  }

  private mutating func escape(_ buffer: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in buffer.indices {
      let replacement: StaticString
      switch buffer[index] {
      case 0x26: replacement = "&amp;"
      case 0x3C: replacement = "&lt;"
      case 0x3E: replacement = "&gt;"
      case 0x22: replacement = "&quot;"
      default: continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
      raw(replacement)
      start = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
  }
}

// MARK: - Numbers

extension MarkupWriter {
  public mutating func integer(_ value: Int) {
    if value < 0 { bytes.append(0x2D) }
    digits(value.magnitude)
  }

  /// Appends a number with at most `decimals` places (0 to 9), rounded half away from zero, without trailing zeros and
  /// without an exponent; `-0` is written `0`. Not-a-number and infinities are written `0`: they must not reach markup.
  public mutating func number(_ value: Double, decimals: Int = 3) {
    guard value.isFinite else { return bytes.append(0x30) }
    let scale = Self.powersOfTen[min(max(decimals, 0), 9)]
    let scaled = value.magnitude * Double(scale)
    guard scaled < 9e15 else {
      // So large that no fraction is left; the shortest digits of a Double are the same everywhere.
      return bytes.append(contentsOf: plainDigits(value).utf8)
    }
    // Half away from zero; what is cut off is exact.
    var units = UInt64(scaled)
    if scaled - Double(units) >= 0.5 { units += 1 }
    if units == 0 { return bytes.append(0x30) }
    if units % scale == 0, units / scale < 10, value > 0 { return bytes.append(0x30 + UInt8(units / scale)) }
    // From the last digit to the first; one append costs less than one for each byte.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
      var start = 32
      func put(_ byte: UInt8) {
        start -= 1
        buffer[start] = byte
      }
      var (whole, fraction) = units.quotientAndRemainder(dividingBy: scale)
      if fraction > 0 {
        var place = scale
        while fraction % 10 == 0 {
          fraction /= 10
          place /= 10
        }
        while place > 1 {
          put(0x30 + UInt8(truncatingIfNeeded: fraction % 10))
          fraction /= 10
          place /= 10
        }
        put(0x2E)
      }
      repeat {
        put(0x30 + UInt8(truncatingIfNeeded: whole % 10))
        whole /= 10
      } while whole > 0
      if value < 0 { put(0x2D) }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
    }
  }

  private mutating func digits(_ value: UInt) {
    if value < 10 { return bytes.append(0x30 + UInt8(value)) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
      var start = 20
      var rest = value
      while rest > 0 {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        start -= 1
        buffer[start] = 0x30 + UInt8(digit)
        rest = quotient
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
    }
  }

  private func plainDigits(_ value: Double) -> String {
    value.magnitude < 9.2e18 ? String(Int64(value)) : value.description
  }

  private static let powersOfTen: [UInt64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  ]
}
