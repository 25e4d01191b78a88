internal import VegaRuntime

/// A text cut at every place where a line may end, with the width of each piece.
///
/// Measured once, it is broken for any width without measuring again, so that layouts may try widths. Lines end at spaces,
/// behind hyphens and slashes, and between Han characters, but a closing mark never starts a line, an opening one never
/// ends it (clreq 3.1.4: 行首行尾禁则), and a number keeps its unit: `5.15亿`, `30%`.
struct BreakableText {
  struct Piece {
    /// Byte offsets into the text, the spaces behind it included.
    var start: Int
    var end: Int
    var width: Double
    /// Without the spaces behind it.
    var visibleWidth: Double
    var visibleEnd: Int
    /// Whether the line ends behind it in any case.
    var endsLine = false
  }

  private let bytes: [UInt8]
  private(set) var pieces: [Piece] = []
  private let style: TextStyle
  private let isChinese: Bool

  init(_ text: String, style: TextStyle, isChinese: Bool) {
    bytes = Array(text.utf8)
    self.style = style
    self.isChinese = isChinese
    cut()
  }

  /// The widest piece: a narrower line breaks a word.
  var minimumWidth: Double { pieces.reduce(0) { max($0, $1.visibleWidth) } }

  /// The width of the text on one line.
  var naturalWidth: Double {
    var width = 0.0
    var most = 0.0
    for piece in pieces {
      most = max(most, width + piece.visibleWidth)
      width = piece.endsLine ? 0 : width + piece.width
    }
    return most
  }
}

// MARK: - Breaking

extension BreakableText {
  /// Returns the lines for a width; a word that is wider is broken where the line is full.
  func lines(width: Double) -> [String] { ranges(width: width).map { String(decoding: bytes[$0], as: UTF8.self) } }

  /// Returns the lines for a width, broken so that they are about equally long.
  func balancedLines(width: Double) -> [String] {
    let greedy = ranges(width: width)
    guard greedy.count > 1, !pieces.contains(where: \.endsLine) else {
      return greedy.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
    var (low, high) = (max(min(minimumWidth, width), naturalWidth / Double(greedy.count)), width)
    for _ in 0..<7 where high - low > 1 {
      let middle = (low + high) / 2
      if ranges(width: middle).count <= greedy.count { high = middle } else { low = middle }
    }
    return lines(width: high)
  }

  /// The widest of some lines, in pixels.
  func width(of lines: [String]) -> Double { lines.reduce(0) { max($0, measure($1)) } }

  private func ranges(width: Double) -> [Range<Int>] {
    let width = max(width, style.size)
    var lines: [Range<Int>] = []
    var start = 0
    var visibleEnd = 0
    var used = 0.0
    var isEmpty = true
    for piece in pieces {
      if !isEmpty, used + piece.visibleWidth > width {
        lines.append(start..<visibleEnd)
        isEmpty = true
      }
      if isEmpty {
        start = piece.start
        used = 0
        isEmpty = false
        if piece.visibleWidth > width {
          var rest = piece.start
          for line in brokenWord(piece, width) {
            if line.upperBound == piece.visibleEnd { rest = line.lowerBound } else { lines.append(line) }
          }
          start = rest
          used = measure(rest..<piece.end) - piece.width
        }
      }
      used += piece.width
      visibleEnd = piece.visibleEnd
      if piece.endsLine {
        lines.append(start..<visibleEnd)
        isEmpty = true
      }
    }
    if !isEmpty { lines.append(start..<visibleEnd) }
    return lines
  }

  /// Parts a word that is wider than a line: at a no-break space where there is one, else where the line is full; a letter
  /// keeps its accents.
  private func brokenWord(_ piece: Piece, _ width: Double) -> [Range<Int>] {
    let word = String(decoding: bytes[piece.start..<piece.visibleEnd], as: UTF8.self)
    var lines: [Range<Int>] = []
    var start = piece.start
    var end = start
    var used = 0.0
    // The last no-break space of the line: where it begins, where it ends.
    var space: (start: Int, end: Int)?
    for letter in word {
      let letterWidth = measure(String(letter))
      if used + letterWidth > width, end > start {
        if let place = space, place.start > start {
          lines.append(start..<place.start)
          start = place.end
          used = measure(start..<end)
        } else {
          lines.append(start..<end)
          start = end
          used = 0
        }
        space = nil
      }
      if letter == "\u{A0}" { space = (end, end + letter.utf8.count) }
      used += letterWidth
      end += letter.utf8.count
    }
    lines.append(start..<piece.visibleEnd)
    return lines
  }

  // MARK: Measuring

  private func measure(_ text: String) -> Double {
    var width = FontMetrics.width(text, size: style.size, bold: style.isBold)
    if isChinese { for scalar in text.unicodeScalars { width += hanMarkExcess(scalar.value) } }
    return width
  }

  private func measure(_ range: Range<Int>) -> Double {
    var width = bytes.withUnsafeBufferPointer {
      FontMetrics.width(utf8: UnsafeBufferPointer(rebasing: $0[range]), size: style.size, bold: style.isBold)
    }
    if isChinese, bytes[range].contains(where: { $0 == 0xE2 || $0 == 0xC2 }) {
      for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
        width += hanMarkExcess(scalar.value)
      }
    }
    return width
  }

  /// Quotes, dashes, ellipses and middle dots are as wide as a Han character in Chinese text, and narrow in the table.
  private func hanMarkExcess(_ scalar: UInt32) -> Double {
    let units =
      switch scalar {
      case 0x00B7: 0.72
      case 0x2018, 0x2019: 0.78
      case 0x201C, 0x201D: 0.67
      default: 0.0
      }
    return units * style.size
  }
}

// MARK: - Cutting

extension BreakableText {
  private mutating func cut() {
    var start = 0
    var index = 0
    var left: UInt32 = 0
    while index < bytes.count {
      let (scalar, length) = scalar(at: index)
      if scalar == 0x0A {
        append(start..<index, endsLine: true, skipping: length)
        start = index + length
        left = 0
      } else {
        if left != 0, index > start, mayBreak(left, scalar) {
          append(start..<index)
          start = index
        }
        left = scalar
      }
      index += length
    }
    if start < bytes.count { append(start..<bytes.count) }
  }

  private mutating func append(_ range: Range<Int>, endsLine: Bool = false, skipping: Int = 0) {
    var visibleEnd = range.upperBound
    while visibleEnd > range.lowerBound, bytes[visibleEnd - 1] == 0x20 || bytes[visibleEnd - 1] == 0x0D {
      visibleEnd -= 1
    }
    let visible = measure(range.lowerBound..<visibleEnd)
    let width = visibleEnd == range.upperBound ? visible : measure(range)
    pieces.append(
      Piece(
        start: range.lowerBound, end: range.upperBound, width: width, visibleWidth: visible, visibleEnd: visibleEnd,
        endsLine: endsLine))
  }

  private func scalar(at index: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[index])
    func tail(_ offset: Int) -> UInt32 { index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0 }
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | tail(1), min(2, bytes.count - index)) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), min(3, bytes.count - index)) }
    return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), min(4, bytes.count - index))
  }
}
