/// Breaks text into as few lines as a width allows, and these as equally long as they can be: no last line of one letter.
///
/// - Parameters: as those of ``breakLines(_:width:size:bold:)``.
package func balancedLines(_ text: String, width: Double, size: Double, bold: Bool = false) -> [String] {
  var best = breakLines(text, width: width, size: size, bold: bold)
  guard best.count > 1 else { return best }
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
