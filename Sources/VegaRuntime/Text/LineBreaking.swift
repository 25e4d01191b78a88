/// Breaks text into lines of a width, for Latin and for Han script alike.
///
/// Lines break at spaces, behind hyphens and dashes, and between Han letters, but never so that a closing mark starts a line
/// or an opening one ends it (the usual rules of Chinese typesetting, clreq section 3.1). A word that is wider than a line
/// is broken where the line is full. Line feeds in the text stay breaks.
///
/// - Parameters:
///   - width: pixels.
///   - size: of the font, in pixels.
/// - Returns: at least one line; lines without the spaces at their ends.
package func breakLines(_ text: String, width: Double, size: Double, bold: Bool = false) -> [String] {
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    breakParagraph(paragraph, width, size, bold, into: &lines)
  }
  return lines
}

private func breakParagraph(
  _ text: Substring, _ width: Double, _ size: Double, _ bold: Bool, into lines: inout [String]
) {
  var line = ""
  var lineWidth = 0.0
  func measure(_ text: String) -> Double { FontMetrics.width(text, size: size, bold: bold) }
  func flush() {
    while line.last == " " { line.removeLast() }
    lines.append(line)
    line = ""
    lineWidth = 0
  }
  for piece in unbreakablePieces(text) {
    let pieceWidth = measure(String(piece))
    var visible = piece
    while visible.last == " " { visible.removeLast() }
    let needed = visible.count == piece.count ? pieceWidth : measure(String(visible))
    if lineWidth + needed <= width || line.isEmpty && needed <= width {
      line += piece
      lineWidth += pieceWidth
      continue
    }
    if !line.isEmpty { flush() }
    if needed <= width {
      line = String(piece)
      lineWidth = pieceWidth
      continue
    }
    // Wider than a line: break where the line is full, but leave no line empty.
    for letter in piece {
      let letterWidth = measure(String(letter))
      if lineWidth + letterWidth > width, !line.isEmpty, letter != " " { flush() }
      line.append(letter)
      lineWidth += letterWidth
    }
  }
  flush()
}

/// Parts text at every place where a line may end; a piece keeps its trailing spaces.
func unbreakablePieces(_ text: Substring) -> [Substring] {
  var pieces: [Substring] = []
  var start = text.startIndex
  var index = text.startIndex
  while index < text.endIndex {
    let next = text.index(after: index)
    if next < text.endIndex, mayBreak(after: text[index], before: text[next]) {
      pieces.append(text[start..<next])
      start = next
    }
    index = next
  }
  if start < text.endIndex { pieces.append(text[start...]) }
  return pieces
}

private func mayBreak(after left: Character, before right: Character) -> Bool {
  if right == " " || right == "\u{A0}" || left == "\u{A0}" { return false }
  if left == " " { return true }
  if opening.contains(left) || closing.contains(right) { return false }
  if left == "-" || left == "–" || left == "—" || left == "/" { return !isDigit(right) && left != right }
  let (leftWide, rightWide) = (isWide(left), isWide(right))
  if !leftWide && !rightWide { return false }
  // A number keeps its sign and its unit, and what counts it.
  if isDigit(left), right == "%" || right == "‰" || units.contains(right) { return false }
  if isDigit(right), left == "第" || left == "约" { return false }
  return true
}

/// Whether a line that ends between two characters parts no words: at a space, behind a mark, before a bracket.
func isCleanBreak(after left: Character, before right: Character) -> Bool {
  left == " " || closing.contains(left) || opening.contains(right) || !isWide(left) && left != "-" && !isDigit(left)
}

private func isDigit(_ character: Character) -> Bool { character >= "0" && character <= "9" }

func isWide(_ character: Character) -> Bool {
  guard let scalar = character.unicodeScalars.first?.value else { return false }
  return switch scalar {
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60: true
  case 0x1F300...0x1FAFF, 0x20000...0x3FFFD: true
  default: false
  }
}

private let opening: Set<Character> = [
  "(", "[", "{", "（", "［", "｛", "「", "『", "《", "〈", "【", "〔", "“", "‘", "¥", "￥", "$",
]
private let closing: Set<Character> = [
  ")", "]", "}", ",", ".", ";", ":", "!", "?", "%", "）", "］", "｝", "」", "』", "》", "〉", "】", "〕", "”", "’", "，", "。",
  "、",
  "；", "：", "！", "？", "％", "‰", "·", "…", "～", "—", "々", "ー", "℃",
]
/// Behind a number.
private let units: Set<Character> = [
  "万", "亿", "元", "年", "月", "日", "时", "倍", "个", "家", "人", "项", "款", "次", "吨", "级", "层", "岁", "期", "％",
]
