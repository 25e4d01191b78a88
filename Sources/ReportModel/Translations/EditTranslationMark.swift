private import AlmanacCore
private import Notation

/// Returns a chapter's bytes with a mark in its front matter: on the line where one stands, or on a new line before the
/// front matter ends. Every other byte is as it was.
///
/// - Parameter bytes: as the file holds them, with a byte order mark if there is one.
/// - Returns: `nil` where there is no front matter of lines `key: value` in which the mark could stand.
package func settingTranslationMark(_ mark: TranslationMark, in bytes: [UInt8]) -> [UInt8]? {
  let matter = splitFrontMatter(SourceFile(path: "", bytes: bytes))
  guard matter.value.yaml != nil, !matter.hasErrors, let lines = frontMatterLines(bytes, matter.value) else {
    return nil
  }
  let key = Array((TranslationMark.key + ":").utf8)
  let line = key + [0x20] + Array(mark.description.utf8)
  let marked = lines.content.filter { bytes[$0].starts(with: key) }
  guard marked.count <= 1 else { return nil }
  var edited = bytes
  if let place = marked.first {
    edited.replaceSubrange(place, with: line)
  } else {
    edited.insert(contentsOf: line + lines.ending, at: lines.closing)
  }
  return isSame(edited, as: bytes, but: mark) ? edited : nil
}

/// The lines between the fences, without their endings.
private func frontMatterLines(
  _ bytes: [UInt8], _ matter: FrontMatter
) -> (content: [Range<Int>], closing: Int, ending: [UInt8])? {
  var lines: [Range<Int>] = []
  var ending: [UInt8] = []
  var start = 0
  while start < matter.bodyRange.lowerBound {
    let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
    let next = min(bytes.count, end + (isPair ? 2 : 1))
    if lines.isEmpty { ending = Array(bytes[end..<next]) }
    lines.append(start..<end)
    start = next
  }
  guard lines.count >= 2, !ending.isEmpty, let closing = lines.last else { return nil }
  return (Array(lines[1..<(lines.count - 1)]), closing.lowerBound, ending)
}

/// Whether the edited chapter reads as before, with the mark: a front matter in braces, or a key within another one's
/// value, would not.
private func isSame(_ edited: [UInt8], as bytes: [UInt8], but mark: TranslationMark) -> Bool {
  let (before, after) = (settings(of: bytes), settings(of: edited))
  return after.translationOf?.text == mark.description && after.title == before.title
    && after.description == before.description
}

private func settings(of bytes: [UInt8]) -> ChapterSettings {
  let file = SourceFile(path: "", bytes: bytes)
  var ignored: [Diagnostic] = []
  return readSettings(splitFrontMatter(file).value.yaml, path: "", diagnostics: &ignored)
}
