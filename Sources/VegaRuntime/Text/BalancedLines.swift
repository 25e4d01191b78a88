/// Breaks text into as few lines as a width allows, and these as equally long as they can be: no last line of one letter.
///
/// Han has no spaces, so a line of it rather ends behind a mark or before a bracket than within a word, though it be shorter.
///
/// - Parameters: as those of ``breakLines(_:width:size:bold:)``.
package func balancedLines(_ text: String, width: Double, size: Double, bold: Bool = false) -> [String] {
  var best = breakLines(text, width: width, size: size, bold: bold)
  guard best.count > 1 else { return best }
  if text.contains(where: isWide), let lines = cleanLines(text, best.count, width, size, bold) { return lines }
  // No line is shorter than an even share; a narrower width that needs more lines is too narrow.
  var low = FontMetrics.width(text, size: size, bold: bold) / Double(best.count)
  // No word of letters is parted that the whole width does not part.
  for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" || !$0.isASCII }) {
    low = max(low, FontMetrics.width(String(word), size: size, bold: bold))
  }
  var high = width
  while high - low > 2 {
    let middle = (low + high) / 2
    let lines = breakLines(text, width: middle, size: size, bold: bold)
    if lines.count <= best.count, lines.allSatisfy({ FontMetrics.width($0, size: size, bold: bold) <= middle }) {
      best = lines
      high = middle
    } else {
      low = middle
    }
  }
  return best
}

/// Breaks a text into a number of lines so that squares of their lengths and the prices of their ends are least together.
///
/// - Returns: `nil` where a piece is wider than a line, or the text has lines of its own.
/// - Complexity: O(*m*² *n*), where *m* is how many places a line may end at; texts of many pieces are left to others.
private func cleanLines(_ text: String, _ count: Int, _ width: Double, _ size: Double, _ bold: Bool) -> [String]? {
  /// What an end within a word costs: as much as two lines that differ by some six tenths of the width.
  let price = 0.2
  guard !text.contains("\n") else { return nil }
  let pieces = unbreakablePieces(text[...]).map { piece in
    (
      text: piece, width: FontMetrics.width(String(piece), size: size, bold: bold),
      visible: FontMetrics.width(trimmed(piece), size: size, bold: bold)
    )
  }
  guard pieces.count <= 200, pieces.allSatisfy({ $0.visible <= width }) else { return nil }
  // The least cost of all pieces before a place in so many lines, and where the last of these lines begins.
  var costs: [[(cost: Double, start: Int)?]] = [[(0, 0)] + Array(repeating: nil, count: pieces.count)]
  for line in 1...count {
    var row: [(cost: Double, start: Int)?] = Array(repeating: nil, count: pieces.count + 1)
    for end in 1...pieces.count {
      let isClean =
        end == pieces.count
        || isCleanBreak(after: pieces[end - 1].text.last ?? " ", before: pieces[end].text.first ?? " ")
      var used = pieces[end - 1].visible
      for start in stride(from: end - 1, through: 0, by: -1) {
        if start < end - 1 { used += pieces[start].width }
        if used > width { break }
        guard let before = costs[line - 1][start] else { continue }
        let share = used / width
        let cost = before.cost + share * share + (isClean ? 0 : price)
        if row[end].map({ cost < $0.cost - 1e-9 }) ?? true { row[end] = (cost, start) }
      }
    }
    costs.append(row)
  }
  guard costs[count][pieces.count] != nil else { return nil }
  var lines: [String] = []
  var end = pieces.count
  for line in stride(from: count, to: 0, by: -1) {
    guard let start = costs[line][end]?.start else { return nil }
    lines.append(trimmed(pieces[start..<end].map(\.text).joined()[...]))
    end = start
  }
  return lines.reversed()
}

private func trimmed(_ text: Substring) -> String {
  var text = text
  while text.last == " " { text.removeLast() }
  return String(text)
}
