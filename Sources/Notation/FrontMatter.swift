package import AlmanacCore

/// A chapter's text parted into its front matter and what follows.
package struct FrontMatter: Hashable, Sendable {
  /// The YAML between the `---` lines, moved down to the line where it stands, so that its spans are the chapter's.
  /// `nil` when the text has no front matter.
  package var yaml: SourceFile?
  /// Byte offsets of the body in the file.
  package var bodyRange: Range<Int>
  /// The line on which the body begins, from 1.
  package var bodyLine: Int
}

/// Parts front matter (`---`, YAML, `---`) from the body of a Markdown text.
///
/// The fence is the first line of the file; a byte order mark may precede it, spaces may follow it, and `...` may close
/// it. Diagnoses `front-matter.unclosed`, with which the whole text is body.
package func splitFrontMatter(_ file: SourceFile) -> Diagnosed<FrontMatter> {
  let bytes = file.bytes
  let textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  func lineEnd(from start: Int) -> Int {
    bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
  }
  func nextLine(after end: Int) -> Int {
    guard end < bytes.count else { return end }
    return bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
  }
  func isFence(_ range: Range<Int>, _ letter: UInt8) -> Bool {
    bytes[range].prefix(3).elementsEqual([letter, letter, letter])
      && bytes[range].dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }
  let firstEnd = lineEnd(from: textStart)
  guard isFence(textStart..<firstEnd, UInt8(ascii: "-")) else {
    return Diagnosed(FrontMatter(yaml: nil, bodyRange: textStart..<bytes.count, bodyLine: 1))
  }
  let yamlStart = nextLine(after: firstEnd)
  var start = yamlStart
  var line = 2
  while start < bytes.count {
    let end = lineEnd(from: start)
    if isFence(start..<end, UInt8(ascii: "-")) || isFence(start..<end, UInt8(ascii: ".")) {
      // An empty line stands for the opening fence: the YAML begins on line 2, as in the chapter.
      let yaml = SourceFile(path: file.path, bytes: [0x0A] + bytes[yamlStart..<start])
      return Diagnosed(FrontMatter(yaml: yaml, bodyRange: nextLine(after: end)..<bytes.count, bodyLine: line + 1))
    }
    start = nextLine(after: end)
    line += 1
  }
  return Diagnosed(
    FrontMatter(yaml: nil, bodyRange: textStart..<bytes.count, bodyLine: 1),
    [.frontMatterUnclosed(at: SourceSpan(path: file.path, line: 1, column: 1, length: 3))])
}
