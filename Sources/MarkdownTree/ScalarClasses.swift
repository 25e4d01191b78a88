// What kind of character stands beside a delimiter or at the end of a line. Ranges, not properties: these are asked
// millions of times.

/// Returns the scalar that ends at `offset`, or a line feed at the start of the bytes. Broken UTF-8 gives U+FFFD.
func scalarBefore(_ offset: Int, in bytes: Span<UInt8>) -> UInt32 {
  guard offset > 0 else { return 0x0A }
  var start = offset - 1
  while start > 0, offset - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
  return scalarAfter(start, in: bytes)
}

/// Returns the scalar that starts at `offset`, or a line feed at the end of the bytes. Broken UTF-8 gives U+FFFD.
func scalarAfter(_ offset: Int, in bytes: Span<UInt8>) -> UInt32 {
  guard offset < bytes.count else { return 0x0A }
  let first = UInt32(bytes[offset])
  if first < 0x80 { return first }
  let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0
  guard length > 0, offset + length <= bytes.count else { return 0xFFFD }
  var value = first & (0xFF >> UInt32(length + 1))
  for index in offset + 1..<offset + length { value = value << 6 | UInt32(bytes[index] & 0x3F) }
  return value
}

/// Whether a scalar is Chinese, Japanese or Korean, full-width punctuation included.
func isCJK(_ scalar: UInt32) -> Bool {
  guard scalar >= 0x1100 else { return false }
  switch scalar {
  case 0x4E00...0x9FFF, 0x3000...0x303F, 0xFF00...0xFFEF, 0x3040...0x30FF, 0x3400...0x4DBF: return true
  case 0x1100...0x11FF, 0x2E80...0x2FFF, 0x3100...0x33FF, 0xA960...0xA97F, 0xAC00...0xD7FF: return true
  case 0xF900...0xFAFF, 0xFE30...0xFE4F, 0x20000...0x3FFFF: return true
  default: return false
  }
}

private func isHangul(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0xAC00...0xD7FF, 0x1100...0x11FF, 0x3130...0x318F, 0xA960...0xA97F: true
  default: false
  }
}

/// Quotes, dashes, ellipses and the middle dot: full-width among Han characters, narrow in English.
private func isAmbiguousPunctuation(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0xB7, 0x2014, 0x2015, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2E3A: true
  default: false
  }
}

/// Whether no space belongs where a line ends between these two scalars. Korean is written with spaces.
func joinsLines(_ last: UInt32, _ next: UInt32) -> Bool {
  let (wideLast, wideNext) = (isCJK(last) && !isHangul(last), isCJK(next) && !isHangul(next))
  return wideLast && wideNext || wideLast && isAmbiguousPunctuation(next) || isAmbiguousPunctuation(last) && wideNext
}

/// Whether a line that ends so may join the next.
func joinsLines(_ last: UInt32) -> Bool { isCJK(last) && !isHangul(last) || isAmbiguousPunctuation(last) }

/// Punctuation as CommonMark sees it: ASCII symbols, and Unicode's punctuation categories.
func isPunctuation(_ scalar: UInt32) -> Bool {
  if scalar < 0x80 {
    return scalar > 0x20 && scalar < 0x7F && !(0x30...0x39 ~= scalar) && !(0x61...0x7A ~= scalar | 0x20)
  }
  if 0x4E00...0x9FFF ~= scalar { return false }
  guard let scalar = Unicode.Scalar(scalar) else { return false }
  switch scalar.properties.generalCategory {
  case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
    .finalPunctuation, .otherPunctuation:
    return true
  default: return false
  }
}

func isWhitespace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
  default: false
  }
}
