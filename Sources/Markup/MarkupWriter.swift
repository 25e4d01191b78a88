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
    if decimals == 3 {
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
        let end = buffer.baseAddress! + 32
        let start = Self.putThousandths(units, isNegative: value < 0, before: end)
        bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
      }
    }
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

  /// Writes thousandths as a number with at most three decimals so that it ends before a place; returns where it begins.
  ///
  /// Nearly all numbers of a picture have three decimals: dividing by constants, and in 32 bits, takes a third of the time.
  private static func putThousandths(
    _ units: UInt64, isNegative: Bool, before end: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var start = end
    var whole = units / 1000
    var fraction = UInt32(truncatingIfNeeded: units - whole * 1000)
    if fraction > 0 {
      var count = 3
      while fraction % 10 == 0 {
        fraction /= 10
        count -= 1
      }
      for _ in 0..<count {
        start -= 1
        start.pointee = 0x30 + UInt8(truncatingIfNeeded: fraction % 10)
        fraction /= 10
      }
      start -= 1
      start.pointee = 0x2E
    }
    while whole > UInt64(UInt32.max) {
      start -= 1
      start.pointee = 0x30 + UInt8(truncatingIfNeeded: whole % 10)
      whole /= 10
    }
    var rest = UInt32(truncatingIfNeeded: whole)
    repeat {
      start -= 1
      start.pointee = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if isNegative {
      start -= 1
      start.pointee = 0x2D
    }
    return start
  }

  /// Appends points as a path has them: a letter, `x,y` as ``number(_:decimals:)`` writes them, and `Z` where it closes.
  ///
  /// - Parameters:
  ///   - letters: one for each point, with the highest bit where `Z` follows it.
  ///   - numbers: two for each point.
  public mutating func points(letters: [UInt8], numbers: [Double], dx: Double, dy: Double) {
    precondition(numbers.count == 2 * letters.count)
    // Gathered backwards, a run of points at a time, from the last byte of a buffer to its first.
    let room = 4096
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
      let end = buffer.baseAddress! + room
      var first = 0
      while first < letters.count {
        let last = min(letters.count, first + room / 64)
        var start = end
        for index in stride(from: last - 1, through: first, by: -1) {
          if letters[index] >= 0x80 {
            start -= 1
            start.pointee = 0x5A
          }
          start = Self.put(numbers[2 * index + 1] + dy, before: start)
          start -= 1
          start.pointee = 0x2C
          start = Self.put(numbers[2 * index] + dx, before: start)
          start -= 1
          start.pointee = letters[index] & 0x7F
        }
        bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
        first = last
      }
    }
  }

  /// Writes a number with at most three decimals, in at most 24 bytes, so that it ends before a place; returns where it
  /// begins.
  private static func put(_ value: Double, before end: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    let scaled = value.magnitude * 1000
    guard scaled < 9e15 else {
      // Far outside of every picture; the slow way has the rules for it.
      var writer = MarkupWriter()
      writer.number(value)
      let text = writer.bytes.prefix(24)
      let start = end - text.count
      for (offset, byte) in text.enumerated() { start[offset] = byte }
      return start
    }
    var units = UInt64(scaled)
    if scaled - Double(units) >= 0.5 { units += 1 }
    return putThousandths(units, isNegative: value < 0 && units > 0, before: end)
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
