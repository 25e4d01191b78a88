/// The fewest decimal digits that read back as the same Double: what a person typed, or what a computation shows.
///
/// Report numbers are rounded from these digits, so that a ledger value of 2.675 becomes 2.68 as on paper.
package struct ShortestDecimal: Hashable, Sendable {
  package var isNegative: Bool
  /// Without trailing zeros; 0 for zero.
  package var coefficient: UInt64
  package var digitCount: Int
  /// The power of ten of the first digit: 2 for 515.
  package var exponent: Int

  /// - Parameter value: must be finite.
  package init(_ value: Double) {
    isNegative = value < 0
    coefficient = 0
    digitCount = 1
    exponent = 0
    guard value != 0, value.isFinite else { return }
    // Reads Swift's own description, which is the shortest: `5e-324`, `123456.0`, `1.25e-05`.
    var places = 0
    var power = 0
    var behindPoint = false
    var bytes = value.magnitude.description.utf8.makeIterator()
    while let byte = bytes.next() {
      switch byte {
      case 0x2E: behindPoint = true
      case 0x30...0x39:
        coefficient = coefficient * 10 + UInt64(byte - 0x30)
        if behindPoint { places += 1 }
      default:
        var isNegative = false
        while let byte = bytes.next() {
          if byte == 0x2D { isNegative = true } else if byte != 0x2B { power = power * 10 + Int(byte - 0x30) }
        }
        if isNegative { power = -power }
      }
    }
    while coefficient % 10 == 0 {
      coefficient /= 10
      places -= 1
    }
    digitCount = decimalDigitCount(UInt128(coefficient))
    exponent = digitCount - 1 - places + power
  }
}

/// Returns how many decimal digits an integer has; 1 for 0.
package func decimalDigitCount(_ value: UInt128) -> Int {
  var count = 1
  var rest = value / 10
  while rest > 0 {
    count += 1
    rest /= 10
  }
  return count
}

extension [UInt8] {
  /// Appends the decimal digits of an integer, with leading zeros up to `width`.
  mutating func appendDigits(_ value: UInt128, width: Int = 1) {
    let start = count
    var rest = value
    while rest > UInt128(UInt64.max) {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      append(0x30 + UInt8(digit))
      rest = quotient
    }
    var low = UInt64(rest)
    while low > 0 {
      append(0x30 + UInt8(low % 10))
      low /= 10
    }
    while count - start < width { append(0x30) }
    self[start...].reverse()
  }

  mutating func appendZeros(_ number: Int) {
    for _ in 0..<Swift.max(0, number) { append(0x30) }
  }

  mutating func append(_ text: String) { append(contentsOf: text.utf8) }
}
