/// Tells whether a line may end between two characters.
///
/// The rules of Chinese typesetting (https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end) for Han, and those
/// of everyday Latin for the rest.
func mayBreak(_ left: UInt32, _ right: UInt32) -> Bool {
  if right == 0x20 || right == 0xA0 || left == 0xA0 || right == 0x2060 || left == 0x2060 { return false }
  if joinsToLeft(right) { return false }
  if left == 0x20 || left == 0x200B { return true }
  if isOpening(left) || isClosing(right) { return false }
  if left == 0x2D || left == 0x2F || left == 0x2010 || left == 0x2013 { return !isDigit(right) && left != right }
  let (leftWide, rightWide) = (isHan(left), isHan(right))
  guard leftWide || rightWide else { return false }
  // `——` and `……` stay together.
  if left == right, left == 0x2014 || left == 0x2026 { return false }
  if isDigit(left), isUnit(right) { return false }
  // `第3`, `约5`: a number keeps what counts it.
  if isDigit(right), left == 0x7B2C || left == 0x7EA6 { return false }
  return true
}

private func isDigit(_ scalar: UInt32) -> Bool { scalar &- 0x30 < 10 }

/// Han, Kana, Hangul, full-width forms and pictures: a line may end at each of them.
func isHan(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60: true
  case 0x2014, 0x2026, 0x1F300...0x1FAFF, 0x20000...0x3FFFD: true
  default: false
  }
}

/// Accents, joiners and variation selectors.
private func joinsToLeft(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x300...0x36F, 0x200C...0x200D, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0x20D0...0x20FF, 0xE0100...0xE01EF: true
  default: false
  }
}

/// Must not end a line.
private func isOpening(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x28, 0x5B, 0x7B, 0x24, 0xA3, 0xA5, 0x2018, 0x201C, 0x20AC: true
  case 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0xFF08, 0xFF3B, 0xFF5B, 0xFFE5: true
  default: false
  }
}

/// Must not start a line.
private func isClosing(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x21, 0x25, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x7D, 0x2019, 0x201D, 0x2030, 0xB0, 0xB7: true
  case 0x2014, 0x2026, 0x2103, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015: true
  case 0x3017, 0x3019, 0x30FB, 0x30FC, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF0F, 0xFF1A, 0xFF1B: true
  case 0xFF1F, 0xFF3D, 0xFF5D, 0xFF5E: true
  default: false
  }
}

/// 万 亿 元 年 月 日 倍 个 家 人 项 款 次 吨 级 层 % behind a number.
private func isUnit(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x4E07, 0x4EBF, 0x5143, 0x5E74, 0x6708, 0x65E5, 0x500D, 0x4E2A, 0x5BB6, 0x4EBA, 0x9879, 0x6B3E, 0x6B21: true
  case 0x5428, 0x7EA7, 0x5C42, 0xFF05: true
  default: false
  }
}
