package import AlmanacCore

/// Proves that each fact's `printed` stands in its source at its `locator`.
///
/// Spaces, full-width forms and Markdown's escapes do not count, for texts of sources come out of PDF files. Diagnoses
/// `source.not-printed` (with the line where it stands instead, if any) and `source.line-missing`.
/// - Parameter textOf: the text of a source, or `nil` when it is not at hand; such facts are skipped.
/// - Returns: how many facts were proved.
package func checkSources(_ ledger: Ledger, textOf: (String) -> SourceFile?) -> Diagnosed<Int> {
  var texts: [String: SourceLines?] = [:]
  var diagnostics: [Diagnostic] = []
  var proved = 0
  for fact in ledger.facts {
    guard let locator = fact.locator, !fact.printed.isEmpty else { continue }
    if texts[fact.source] == nil { texts[fact.source] = .some(textOf(fact.source).map(SourceLines.init)) }
    guard let text = texts[fact.source] ?? nil else { continue }
    let wanted = comparableText(fact.printed)
    guard locator.lines.upperBound <= text.lines.count else {
      diagnostics.append(
        .sourceLineMissing(fact, path: text.path, lineCount: text.lines.count, at: ledger.span(of: fact, .locator)))
      continue
    }
    // The lines of a range count as one text: a figure may be broken over two of them.
    let stretch = text.lines[(locator.lines.lowerBound - 1)..<locator.lines.upperBound]
    if contains(Array(stretch.joined(separator: [0x20])), wanted) {
      proved += 1
      continue
    }
    let elsewhere = text.lines.indices.filter { contains(text.lines[$0], wanted) }
      .min { abs($0 + 1 - locator.lines.lowerBound) < abs($1 + 1 - locator.lines.lowerBound) }
    diagnostics.append(
      .sourceNotPrinted(
        fact, path: text.path, line: locator.lines.lowerBound, nearest: elsewhere.map { $0 + 1 },
        at: ledger.span(of: fact, .printed)))
  }
  return Diagnosed(proved, diagnostics)
}

/// A source's text by lines (as `sed -n 173p` counts them), ready to be compared.
private struct SourceLines {
  let path: String
  let lines: [[UInt8]]

  init(_ file: SourceFile) {
    path = file.path
    lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { comparableText(String(decoding: $0, as: UTF8.self)) }
  }
}

/// Returns text with full-width forms made narrow, each space a 0x20, and without the backslashes of Markdown.
private func comparableText(_ text: String) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x5C, 0x200B, 0xFEFF: continue
    case 0x20, 0x09, 0x0D, 0xA0, 0x2000...0x200A, 0x202F, 0x3000: result.append(0x20)
    case 0xFF01...0xFF5E: result.append(UInt8(scalar.value - 0xFF01 + 0x21))
    default: result.append(contentsOf: String(scalar).utf8)
    }
  }
  return result
}

/// Tells whether a figure stands in a text, spaces aside, and not as a part of a longer number.
private func contains(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
  func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  let wanted = wanted.filter { $0 != 0x20 }
  guard let first = wanted.first, let last = wanted.last else { return false }
  for start in text.indices where text[start] == first {
    if isDigit(first), start > 0 {
      if isDigit(text[start - 1]) { continue }
      if text[start - 1] == UInt8(ascii: "."), start > 1, isDigit(text[start - 2]) { continue }
    }
    var end = start
    var matched = 0
    while matched < wanted.count, end < text.count {
      if text[end] == wanted[matched] {
        matched += 1
      } else if text[end] != 0x20 {
        break
      }
      end += 1
    }
    if matched == wanted.count, !(isDigit(last) && end < text.count && isDigit(text[end])) { return true }
  }
  return false
}
