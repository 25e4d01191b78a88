/// A number format of d3, parsed once and applied to many numbers.
///
/// Gives the same characters as d3-format 3.1: https://d3js.org/d3-format#locale_format
public struct NumberFormat: Sendable {
  private var type: UInt8
  private var zero: Bool
  private var fill: [UInt8]
  private var align: Unicode.Scalar
  private var sign: Unicode.Scalar
  private var prefix: [UInt8]
  private var suffix: [UInt8]
  private var width: Int
  private var comma: Bool
  private var precision: Int
  private var trim: Bool
  private var locale: NumberLocale
  /// A number's power of ten that all values share, for `formatPrefix`; else found per value.
  private var fixedPrefix: (factor: Double, symbol: String)?

  public init(_ specifier: NumberFormatSpecifier, locale: NumberLocale = .english) {
    self.locale = locale
    comma = specifier.comma
    trim = specifier.trim
    sign = specifier.sign
    width = min(specifier.width ?? 0, 1_000)
    var precision = specifier.precision
    var letter = specifier.type.map { UInt8(ascii: $0) }
    if letter == UInt8(ascii: "n") {
      comma = true
      letter = UInt8(ascii: "g")
    } else if letter.map({ !Self.types.contains($0) }) ?? true {
      precision = precision ?? 12
      trim = true
      letter = UInt8(ascii: "g")
    }
    type = letter!
    zero = specifier.zero || specifier.fill == "0" && specifier.align == "="
    fill = zero ? [0x30] : Array(String(specifier.fill).utf8)
    align = zero ? "=" : specifier.align
    switch specifier.symbol {
    case "$":
      prefix = Array(locale.currencyPrefix.utf8)
      suffix = Array(locale.currencySuffix.utf8)
    case "#" where Self.radixTypes.contains(type):
      prefix = [0x30, type | 0x20]
      suffix = []
    default:
      prefix = []
      suffix = type == UInt8(ascii: "%") || type == UInt8(ascii: "p") ? Array(locale.percent.utf8) : []
    }
    if let wanted = precision {
      self.precision = Self.significantTypes.contains(type) ? max(1, min(21, wanted)) : max(0, min(20, wanted))
    } else {
      self.precision = 6
    }
  }

  /// Returns `nil` for an invalid specifier.
  public init?(_ specifier: some StringProtocol, locale: NumberLocale = .english) {
    guard let parsed = NumberFormatSpecifier(specifier) else { return nil }
    self.init(parsed, locale: locale)
  }

  /// A format whose numbers all carry the SI prefix that suits `value`, as d3's `formatPrefix`.
  public init(_ specifier: NumberFormatSpecifier, prefixFor value: Double, locale: NumberLocale = .english) {
    var specifier = specifier
    specifier.type = "f"
    self.init(specifier, locale: locale)
    guard let exponent = decimalExponent(value) else { return }
    let power = max(-8, min(8, floorDivide(exponent, 3)))
    fixedPrefix = (powerOfTenAsDouble(-3 * power), Self.prefixes[8 + power])
  }

  private static let types = Array("%bcdefgoprsxX".utf8)
  private static let radixTypes = Array("boxX".utf8)
  private static let significantTypes = Array("gprs".utf8)
  static let prefixes = [
    "y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y",
  ]
}

extension NumberFormat {
  public func callAsFunction(_ value: Double) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Formats a text with type `c`; other types have no numbers in a text and give not-a-number.
  public func callAsFunction(text: String) -> String {
    guard type == UInt8(ascii: "c") else { return self(.nan) }
    var bytes: [UInt8] = []
    assemble(whole: [], before: prefix, behind: Array(text.utf8) + suffix, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the formatted number as UTF-8.
  public func append(_ value: Double, to bytes: inout [UInt8]) {
    guard let fixedPrefix else { return appendPlain(value, to: &bytes) }
    appendPlain(value * fixedPrefix.factor, to: &bytes)
    bytes.append(fixedPrefix.symbol)
  }

  private func appendPlain(_ value: Double, to bytes: inout [UInt8]) {
    if type == UInt8(ascii: "c") {
      assemble(whole: [], before: prefix, behind: Array(javaScriptString(value).utf8) + suffix, into: &bytes)
      return
    }
    var isNegative = value.sign == .minus && !value.isNaN
    var digits: [UInt8] = []
    digits.reserveCapacity(24)
    var siPrefix = ""
    if value.isNaN {
      digits.append(locale.notANumber)
    } else {
      siPrefix = appendUnsigned(value.magnitude, to: &digits)
    }
    if trim { trimInsignificantZeros(&digits) }
    if isNegative, sign != "+", isZero(digits) { isNegative = false }

    var before: [UInt8] = []
    if isNegative {
      before.append(sign == "(" ? "(" : locale.minus)
    } else if sign != "-", sign != "(" {
      before.append(String(sign))
    }
    before += prefix
    var behind: [UInt8] = []
    // The integer part can be grouped; the rest is a suffix.
    if Self.groupedTypes.contains(type), let end = digits.firstIndex(where: { $0 < 0x30 || $0 > 0x39 }) {
      if digits[end] == 0x2E {
        behind.append(locale.decimal)
        behind += digits[(end + 1)...]
      } else {
        behind += digits[end...]
      }
      digits.removeSubrange(end...)
    }
    behind.append(siPrefix)
    behind += suffix
    if isNegative, sign == "(" { behind.append(0x29) }
    assemble(whole: digits, before: before, behind: behind, into: &bytes)
  }

  private static let groupedTypes = Array("defgprs%".utf8)

  /// Groups, pads and aligns.
  private func assemble(whole: [UInt8], before: [UInt8], behind: [UInt8], into bytes: inout [UInt8]) {
    let start = bytes.count
    var whole = comma && !zero ? grouped(whole, width: .max) : whole
    let length = scalarCount(before) + scalarCount(whole) + scalarCount(behind)
    var padding = max(0, width - length)
    if comma, zero {
      let padded = [UInt8](repeating: 0x30, count: padding) + whole
      whole = grouped(padded, width: padding > 0 ? width - scalarCount(behind) : .max)
      padding = 0
    }
    func pad(_ count: Int) { for _ in 0..<count { bytes += fill } }
    switch align {
    case "<":
      bytes += before
      bytes += whole
      bytes += behind
      pad(padding)
    case "=":
      bytes += before
      pad(padding)
      bytes += whole
      bytes += behind
    case "^":
      pad(padding / 2)
      bytes += before
      bytes += whole
      bytes += behind
      pad(padding - padding / 2)
    default:
      pad(padding)
      bytes += before
      bytes += whole
      bytes += behind
    }
    if locale.numerals.count == 10 {
      let digits = bytes[start...]
      bytes.removeSubrange(start...)
      for byte in Array(digits) {
        if byte >= 0x30, byte <= 0x39 { bytes.append(locale.numerals[Int(byte) - 0x30]) } else { bytes.append(byte) }
      }
    }
  }

  private func grouped(_ digits: [UInt8], width: Int) -> [UInt8] {
    guard let first = locale.grouping.first, first > 0, digits.count > first || width != .max else { return digits }
    var groups: [ArraySlice<UInt8>] = []
    var end = digits.count
    var number = 0
    var size = first
    var length = 0
    while end > 0, size > 0 {
      if width != .max, length + size + 1 > width { size = max(1, width - length) }
      let start = max(0, end - size)
      groups.append(digits[start..<end])
      end -= size
      length += size + 1
      if length > width { break }
      number = (number + 1) % locale.grouping.count
      size = locale.grouping[number]
    }
    return Array(groups.reversed().joined(separator: Array(locale.thousands.utf8)))
  }

  /// Appends the digits of a finite or infinite magnitude and returns its SI prefix.
  private func appendUnsigned(_ value: Double, to digits: inout [UInt8]) -> String {
    switch type {
    case UInt8(ascii: "f"): digits.appendFixed(value, precision)
    case UInt8(ascii: "%"): digits.appendFixed(value * 100, precision)
    case UInt8(ascii: "e"): digits.appendExponential(value, digits: precision + 1)
    case UInt8(ascii: "g"): digits.appendPrecision(value, digits: precision)
    case UInt8(ascii: "r"): appendRounded(value, to: &digits)
    case UInt8(ascii: "p"): appendRounded(value * 100, to: &digits)
    case UInt8(ascii: "s"): return appendWithSIPrefix(value, to: &digits)
    case UInt8(ascii: "b"): digits.appendRadix(halfUp(value), bitsPerDigit: 1)
    case UInt8(ascii: "o"): digits.appendRadix(halfUp(value), bitsPerDigit: 3)
    case UInt8(ascii: "x"): digits.appendRadix(halfUp(value), bitsPerDigit: 4)
    case UInt8(ascii: "X"): digits.appendRadix(halfUp(value), bitsPerDigit: 4, uppercase: true)
    default:
      let rounded = halfUp(value)
      guard rounded.isFinite else {
        digits.append("∞")
        return ""
      }
      digits.appendPositional(RoundedDecimal(shortest: rounded))
    }
    return ""
  }

  private func appendRounded(_ value: Double, to digits: inout [UInt8]) {
    guard value.isFinite else { return digits.appendJavaScriptNumber(value) }
    digits.appendPositional(RoundedDecimal(value, significantDigits: precision))
  }

  private func appendWithSIPrefix(_ value: Double, to digits: inout [UInt8]) -> String {
    guard value.isFinite else {
      digits.appendJavaScriptNumber(value)
      return ""
    }
    let decimal = RoundedDecimal(value, significantDigits: precision)
    let power = max(-8, min(8, floorDivide(decimal.exponent, 3)))
    let wholeDigits = decimal.exponent - 3 * power + 1
    if wholeDigits > 0 {
      digits.appendPositional(
        RoundedDecimal(coefficient: decimal.coefficient, digitCount: precision, exponent: wholeDigits - 1))
    } else {
      // Below one yocto: as many places as there are left, as d3 does.
      let left = max(0, precision + wholeDigits - 1)
      let tail = left > 0 ? RoundedDecimal(value, significantDigits: left) : RoundedDecimal(shortest: value)
      digits.append("0.")
      digits.appendZeros(-wholeDigits)
      digits.appendDigits(tail.coefficient, width: tail.digitCount)
    }
    return Self.prefixes[8 + power]
  }

  private func halfUp(_ value: Double) -> Double { value.rounded(.toNearestOrAwayFromZero) }
}

// MARK: - Bytes

private func scalarCount(_ bytes: [UInt8]) -> Int {
  bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
}

/// Whether JavaScript would read the digits as 0.
private func isZero(_ digits: [UInt8]) -> Bool {
  for (index, byte) in digits.enumerated() {
    if byte == 0x65, index > 0 { return true }
    if byte != 0x30, byte != 0x2E { return false }
  }
  return true
}

/// Removes zeros at the end of a fraction: `1.500e+3` becomes `1.5e+3`.
private func trimInsignificantZeros(_ digits: inout [UInt8]) {
  guard let point = digits.firstIndex(of: 0x2E) else { return }
  let end = digits[point...].dropFirst().firstIndex { $0 < 0x30 || $0 > 0x39 } ?? digits.count
  var kept = end
  while kept > point + 1, digits[kept - 1] == 0x30 { kept -= 1 }
  if kept == point + 1 { kept = point }
  digits.removeSubrange(kept..<end)
}
