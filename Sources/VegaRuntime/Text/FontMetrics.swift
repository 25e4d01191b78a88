/// How wide text is, by a shipped table and never by the machine's fonts.
///
/// Sans-serif text has the advance widths and kerning of Arial and Helvetica; Han, Kana, Hangul and full-width forms are one
/// em. The same text has the same width on every machine, so layouts agree everywhere.
package struct FontMetrics: Sendable {
  /// Widths of ASCII, then of the pages of 256 code points that the table covers; 2048ths of an em.
  private var ascii: [Int32]
  /// How far two ASCII letters move apart; 128 by 128.
  private var kerning: [Int16]
  /// Widths by code point below 0x2800, -1 where the table has none.
  private var basic: [Int16]

  private static let regular = FontMetrics(runs: ArialWidths.regularRuns, kerning: ArialWidths.regularKerning)
  private static let bold = FontMetrics(runs: ArialWidths.boldRuns, kerning: ArialWidths.boldKerning)

  private init(runs: String, kerning pairs: String) {
    basic = [Int16](repeating: -1, count: 0x2800)
    kerning = [Int16](repeating: 0, count: 128 * 128)
    // On bytes, because these tables are read at the start of every process that draws.
    var next = 0
    for word in runs.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
      if word.last == UInt8(ascii: ":") {
        next = Self.number(word.dropLast(), radix: 16)
        continue
      }
      let parts = word.split(separator: UInt8(ascii: "*"))
      let width = Int16(Self.number(parts[0]))
      for _ in 0..<(parts.count > 1 ? Self.number(parts[1]) : 1) {
        if next < basic.count { basic[next] = width }
        next += 1
      }
    }
    for word in pairs.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
      let letters = Self.number(word.prefix(4), radix: 16)
      let rest = word.dropFirst(4)
      let isNegative = rest.first == UInt8(ascii: "-")
      let distance = Int16(Self.number(isNegative ? rest.dropFirst() : rest))
      kerning[(letters >> 8) << 7 | letters & 0xFF] = isNegative ? -distance : distance
    }
    ascii = basic.prefix(128).map { Int32(max(0, $0)) }
  }

  private static func number(_ digits: Substring.UTF8View, radix: Int = 10) -> Int {
    digits.reduce(0) { $0 * radix + Int($1 < 0x40 ? $1 - 0x30 : ($1 | 0x20) - 0x57) }
  }
}

extension FontMetrics {
  /// The advance width of text, in pixels.
  ///
  /// - Parameters:
  ///   - size: of the font, in pixels.
  ///   - monospace: whether each letter takes 0.6 em, as in Courier.
  package static func width(_ text: String, size: Double, bold: Bool = false, monospace: Bool = false) -> Double {
    var text = text
    return text.withUTF8 { width(utf8: $0, size: size, bold: bold, monospace: monospace) }
  }

  package static func width(
    utf8 bytes: UnsafeBufferPointer<UInt8>, size: Double, bold: Bool = false, monospace: Bool = false
  ) -> Double {
    let units = monospace ? monospaceUnits(bytes) : (bold ? Self.bold : regular).units(bytes)
    return Double(units) * size / 2048
  }

  /// Whether a weight, as CSS and Vega write it, is drawn bold.
  package static func isBold(weight: String) -> Bool {
    weight == "bold" || weight == "bolder" || (Double(weight) ?? 0) >= 600
  }

  /// Whether a font family is one with letters of equal width.
  package static func isMonospace(family: String) -> Bool {
    // Asked for every text of a chart, so on bytes: whether `mono` stands anywhere, or one of three names in front.
    var window: UInt32 = 0
    for (index, byte) in family.utf8.enumerated() {
      window = window << 8 | UInt32(byte | 0x20)
      if window == 0x6D6F_6E6F { return true }
      if index == 3, window == 0x636F_7572 || window == 0x636F_6E73 || window == 0x6D65_6E6C { return true }
    }
    return false
  }

  private func units(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var total = 0
    var previous = 0
    var index = 0
    while index < bytes.count {
      let byte = Int(bytes[index])
      if byte < 0x80 {
        total += Int(ascii[byte]) + Int(kerning[previous << 7 | byte])
        previous = byte
        index += 1
      } else {
        let (scalar, length) = decode(bytes, index)
        total += width(of: scalar)
        previous = 0
        index += length
      }
    }
    return total
  }

  private static func monospaceUnits(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var total = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        total += 1229
        index += 1
      } else {
        let (scalar, length) = decode(bytes, index)
        let units = regular.width(of: scalar)
        total += units == 0 || units >= 2048 ? units : 1229
        index += length
      }
    }
    return total
  }

  /// The width of one code point in 2048ths of an em.
  private func width(of scalar: UInt32) -> Int {
    if scalar < 0x2800, basic[Int(scalar)] >= 0 { return Int(basic[Int(scalar)]) }
    return Self.fallbackWidth(scalar)
  }

  /// Widths of what the table lacks; a sensible letter of the script, not of a certain font.
  private static func fallbackWidth(_ scalar: UInt32) -> Int {
    switch scalar {
    case 0..<0x20, 0x7F..<0xA0: 0
    case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x610...0x61A, 0x64B...0x65F, 0x20D0...0x20FF: 0
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF, 0xE0000...0xE01EF: 0
    case 0x1F3FB...0x1F3FF: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3: 2048
    case 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD: 2048
    case 0x2460...0x24FF, 0x2600...0x27BF, 0x2B00...0x2BFF: 2048
    case 0x1F000...0x1FAFF: 2540
    case 0x2000...0x200A: 1024
    case 0x590...0x8FF: 1065
    case 0xFF61...0xFFDC: 1024
    case 0x2190...0x22FF: 2048
    case 0x2500...0x25FF: 1237
    default: 1229
    }
  }
}

/// Reads a code point; bytes that are not UTF-8 count as one replacement character each.
@inline(__always) private func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (UInt32, Int) {
  let first = UInt32(bytes[index])
  func tail(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 0x3F) }
  if first < 0xE0, index + 1 < bytes.count { return ((first & 0x1F) << 6 | tail(1), 2) }
  if first < 0xF0, index + 2 < bytes.count { return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
  if index + 3 < bytes.count { return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4) }
  return (0xFFFD, 1)
}
