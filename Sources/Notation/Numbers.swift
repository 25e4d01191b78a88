/// Reads a decimal number as data files write it: `-12.5`, `3e9`, `+4`, `.5`.
///
/// No group separators, no spaces, no hexadecimal, neither infinity nor not-a-number; no locale is asked.
/// - Returns: the nearest `Double`; infinite when the number is too large for one; `nil` for what is not a number.
package func parseDecimal(_ bytes: some BidirectionalCollection<UInt8>) -> Double? {
  var index = bytes.startIndex
  let end = bytes.endIndex
  var negative = false
  if index < end, bytes[index] == 0x2D || bytes[index] == 0x2B {
    negative = bytes[index] == 0x2D
    index = bytes.index(after: index)
  }
  var mantissa: UInt64 = 0
  var digits = 0
  var significant = 0
  var exponent = 0
  func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  while index < end, isDigit(bytes[index]) {
    if significant < 19 { mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 0x30) }
    if mantissa > 0 { significant += 1 }
    digits += 1
    index = bytes.index(after: index)
  }
  if index < end, bytes[index] == 0x2E {
    index = bytes.index(after: index)
    while index < end, isDigit(bytes[index]) {
      if significant < 19 {
        mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 0x30)
        exponent -= 1
      }
      if mantissa > 0 { significant += 1 }
      digits += 1
      index = bytes.index(after: index)
    }
  }
  guard digits > 0 else { return nil }
  if index < end, bytes[index] | 0x20 == 0x65 {
    index = bytes.index(after: index)
    var negativeExponent = false
    if index < end, bytes[index] == 0x2D || bytes[index] == 0x2B {
      negativeExponent = bytes[index] == 0x2D
      index = bytes.index(after: index)
    }
    var written = 0
    guard index < end, isDigit(bytes[index]) else { return nil }
    while index < end, isDigit(bytes[index]) {
      written = min(written * 10 + Int(bytes[index] &- 0x30), 100_000)
      index = bytes.index(after: index)
    }
    exponent += negativeExponent ? -written : written
  }
  guard index == end else { return nil }
  // Exact: a mantissa below 2^53 and a power of ten that a Double holds (Clinger's fast path).
  if significant <= 15, exponent >= -22, exponent <= 22 {
    let value = exponent < 0 ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
    return negative ? -value : value
  }
  // The standard library's parser rounds correctly for every length, and never asks a locale.
  return Double(String(decoding: bytes, as: UTF8.self))
}

/// Returns the shortest digits that read back as the same `Double`, without exponent below 10^21 and without `.0`.
///
/// The form is that of JavaScript's `Number.prototype.toString`, hence of JSON and Vega.
public func shortestNumber(_ value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
  if value == 0 { return "0" }
  if value.magnitude < 9e15, value == value.rounded(.towardZero) { return String(Int64(value)) }
  // Swift prints the shortest digits; only the notation differs.
  let text = value.magnitude.description
  var digits: [UInt8] = []
  var point = 0
  var exponent = 0
  var sawPoint = false
  var parts = text.utf8.split(separator: 0x65, maxSplits: 1)[...]
  for byte in parts.removeFirst() {
    if byte == 0x2E {
      sawPoint = true
    } else {
      digits.append(byte)
      if !sawPoint { point += 1 }
    }
  }
  if let written = parts.first { exponent = Int(Substring(written)) ?? 0 }
  while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
  while digits.count > 1, digits.first == 0x30 {
    digits.removeFirst()
    point -= 1
  }
  point += exponent
  var result: [UInt8] = value < 0 ? [0x2D] : []
  if point > 21 || point < -5 {
    result.append(digits[0])
    if digits.count > 1 { result += [0x2E] + digits[1...] }
    result += Array("e\(point > 0 ? "+" : "")\(point - 1)".utf8)
  } else if point <= 0 {
    result += [0x30, 0x2E] + [UInt8](repeating: 0x30, count: -point) + digits
  } else if digits.count <= point {
    result += digits + [UInt8](repeating: 0x30, count: point - digits.count)
  } else {
    result += digits[..<point] + [0x2E] + digits[point...]
  }
  return String(decoding: result, as: UTF8.self)
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]
