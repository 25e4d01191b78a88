package import AlmanacCore
private import Localization

/// The text of a source, against which printed figures are proven.
package struct SourceText: Sendable {
  package var file: SourceFile
  /// The language in which it names things; `nil` when nobody says.
  package var language: LanguageTag?

  package init(_ file: SourceFile, language: LanguageTag? = nil) {
    self.file = file
    self.language = language
  }
}

/// A source's text by lines, as `sed -n 173p` counts them; a line is made comparable when it is asked for.
struct SourceLines {
  let path: String
  private let lines: [ArraySlice<UInt8>]

  init(_ file: SourceFile) {
    path = file.path
    lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  var count: Int { lines.count }

  /// Returns the lines of a place as one text, for a figure may be broken over two of them; `nil` when some are missing.
  func stretch(_ locator: Locator) -> [Unicode.Scalar]? {
    guard locator.lines.upperBound <= lines.count else { return nil }
    let bytes = lines[(locator.lines.lowerBound - 1)..<locator.lines.upperBound].joined(separator: [0x0A])
    return comparableText(String(decoding: Array(bytes), as: UTF8.self))
  }

  /// Returns the line nearest to a place on which something holds.
  func nearestLine(to locator: Locator, where holds: ([Unicode.Scalar]) -> Bool) -> Int? {
    func distance(_ line: Int) -> Int { (line - locator.lines.lowerBound).magnitude.asInt }
    return lines.indices.filter {
      holds(comparableText(String(decoding: lines[$0], as: UTF8.self)))
    }.map { $0 + 1 }.min { distance($0) < distance($1) }
  }
}

extension UInt {
  fileprivate var asInt: Int { Int(clamping: self) }
}

// MARK: - Comparing

/// Returns a text as it is compared: texts of sources come out of PDF files.
///
/// Full-width forms become narrow, each run of spaces and line breaks one space, and Markdown's backslashes go. A space
/// beside a Han character or before a per cent sign goes too, for there it means nothing; between digits or Latin letters
/// it stays.
func comparableText(_ text: String) -> [Unicode.Scalar] {
  var result: [Unicode.Scalar] = []
  result.reserveCapacity(text.utf8.count)
  var isSpaced = false
  for scalar in text.unicodeScalars {
    var scalar = halfWidth(scalar)
    switch scalar {
    case "\\", "\u{200B}", "\u{FEFF}": continue
    case " ", "\t", "\r", "\n":
      isSpaced = true
      continue
    case "\u{2011}", "\u{2010}": scalar = "-"
    default: break
    }
    if isSpaced, let last = result.last, !isHan(last), !isHan(scalar), scalar != "%", scalar != "‰" {
      result.append(" ")
    }
    isSpaced = false
    result.append(scalar)
  }
  return result
}

/// Han characters, their punctuation, and the quotation marks and dashes that Chinese shares with other scripts.
private func isHan(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
  case 0x2014, 0x2018...0x201D, 0x2026: true
  default: false
  }
}

/// Tells whether a printed figure stands in a text, and not as a part of a longer number or under a larger unit.
/// - Parameters: both comparable.
func stands(_ wanted: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Bool {
  guard let first = wanted.first, let last = wanted.last, wanted.count <= text.count else { return false }
  for start in 0...(text.count - wanted.count) where text[start] == first {
    guard wanted.indices.allSatisfy({ text[start + $0] == wanted[$0] }) else { continue }
    if !continues(before: start, first, text), !continues(behind: start + wanted.count, last, text) { return true }
  }
  return false
}

/// Tells whether the number that begins at a place has begun before it.
private func continues(before start: Int, _ first: Unicode.Scalar, _ text: [Unicode.Scalar]) -> Bool {
  guard start > 0 else { return false }
  let previous = text[start - 1]
  if isDigit(first) {
    return isDigit(previous)
      || (previous == "." || previous == ",") && start > 1 && isDigit(text[start - 2])
  }
  return isNumeral(first) && (isNumeral(previous) || isDigit(previous))
}

/// Tells whether the number that ends before a place goes on behind it: in digits, or in words that make it larger.
private func continues(behind end: Int, _ last: Unicode.Scalar, _ text: [Unicode.Scalar]) -> Bool {
  guard end < text.count else { return false }
  let next = text[end]
  // 百 also begins units: 百分点, 百亿亿次/秒.
  let isScale = "千万亿%‰".unicodeScalars.contains(next)
  if isDigit(last) {
    return isDigit(next) || isScale
      || (next == "." || next == ",") && end + 1 < text.count && isDigit(text[end + 1])
  }
  if last == "万" || last == "亿" { return isScale }
  return isNumeral(last) && (isNumeral(next) || isScale)
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }

private func isNumeral(_ scalar: Unicode.Scalar) -> Bool { "一二两三四五六七八九十百千".unicodeScalars.contains(scalar) }
