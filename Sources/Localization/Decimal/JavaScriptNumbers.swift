// How JavaScript writes numbers. Each function appends ASCII; values are finite and not negative unless said otherwise.
// https://tc39.es/ecma262/#sec-numeric-types-number-tostring and the sections on Number.prototype

/// Returns what `String(value)` gives in JavaScript: shortest digits, no `.0`, exponents from 10^21.
package func javaScriptString(_ value: Double) -> String {
  if value.isNaN { return "NaN" }
  if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
  if value == value.rounded(), value.magnitude < 9_007_199_254_740_992 { return String(Int64(value)) }
  var bytes: [UInt8] = value < 0 ? [0x2D] : []
  bytes.appendJavaScriptNumber(value.magnitude)
  return String(decoding: bytes, as: UTF8.self)
}

extension [UInt8] {
  mutating func appendJavaScriptNumber(_ value: Double) {
    guard value.isFinite else { return append(value.isNaN ? "NaN" : "Infinity") }
    let decimal = RoundedDecimal(shortest: value)
    if decimal.exponent >= -6, decimal.exponent < 21 {
      appendPositional(decimal)
    } else {
      appendExponential(decimal)
    }
  }

  /// `value.toFixed(places)`.
  mutating func appendFixed(_ value: Double, _ places: Int) {
    guard value < 1e21 else { return appendJavaScriptNumber(value) }
    let (whole, fraction) = roundedToPlaces(value, places)
    appendDigits(whole)
    guard places > 0 else { return }
    append(0x2E)
    appendDigits(fraction, width: places)
  }

  /// `value.toExponential(digits - 1)`.
  mutating func appendExponential(_ value: Double, digits: Int) {
    guard value.isFinite else { return appendJavaScriptNumber(value) }
    appendExponential(RoundedDecimal(value, significantDigits: digits))
  }

  /// `value.toPrecision(digits)`.
  mutating func appendPrecision(_ value: Double, digits: Int) {
    guard value.isFinite else { return appendJavaScriptNumber(value) }
    let decimal = RoundedDecimal(value, significantDigits: digits)
    if decimal.exponent < -6 || decimal.exponent >= digits {
      appendExponential(decimal)
    } else {
      appendPositional(decimal)
    }
  }

  /// Appends all digits without an exponent, with zeros where digits are missing before the point.
  mutating func appendPositional(_ decimal: RoundedDecimal) {
    if decimal.exponent < 0 {
      append(0x30)
      append(0x2E)
      appendZeros(-decimal.exponent - 1)
      appendDigits(decimal.coefficient, width: decimal.digitCount)
      return
    }
    let start = count
    appendDigits(decimal.coefficient, width: decimal.digitCount)
    let places = decimal.digitCount - decimal.exponent - 1
    if places > 0 {
      insert(0x2E, at: start + decimal.exponent + 1)
    } else {
      appendZeros(-places)
    }
  }

  mutating func appendExponential(_ decimal: RoundedDecimal) {
    let start = count
    appendDigits(decimal.coefficient, width: decimal.digitCount)
    if decimal.digitCount > 1 { insert(0x2E, at: start + 1) }
    append(0x65)
    append(decimal.exponent < 0 ? 0x2D : 0x2B)
    appendDigits(UInt128(decimal.exponent.magnitude))
  }

  /// Appends an integer in base 2, 8 or 16.
  mutating func appendRadix(_ value: Double, bitsPerDigit bits: Int, uppercase: Bool = false) {
    guard value.isFinite else { return appendJavaScriptNumber(value) }
    guard value >= 9_223_372_036_854_775_808 else {
      return append(String(UInt64(value), radix: 1 << bits, uppercase: uppercase))
    }
    // The mantissa, shifted to a whole number of digits, and the zeros behind it.
    let twos = Int(value.exponent) - 52
    let mantissa = UInt64(value.significandBitPattern | 1 << 52) << UInt64(twos % bits)
    append(String(mantissa, radix: 1 << bits, uppercase: uppercase))
    appendZeros(twos / bits)
  }
}
