internal import AlmanacCore
internal import MarkdownTree

extension ChapterReader {
  /// Reads `> [!NOTE]` and the title behind it.
  mutating func readCallout(_ quote: NodeID) {
    guard let paragraph = tree.firstChild(of: quote), tree.kind(of: paragraph) == .paragraph,
      let marker = tree.firstChild(of: paragraph), tree.kind(of: marker) == .text
    else { return }
    let range = tree.textRange(of: marker)
    guard range.count > 3, tree.text[range.lowerBound] == UInt8(ascii: "["),
      tree.text[range.lowerBound + 1] == UInt8(ascii: "!"),
      let close = tree.text[range].firstIndex(of: UInt8(ascii: "]"))
    else { return }
    let name = range.lowerBound + 2..<close
    let word = string(name)
    guard let kind = CalloutKind.allCases.first(where: { $0.name == word.lowercased() }) else {
      if !word.isEmpty, word.utf8.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 }) {
        diagnostics.append(.unknownCallout(word, at: span(name, in: marker)))
      }
      return
    }
    var titleStart = close + 1
    while titleStart < range.upperBound, tree.text[titleStart] <= 0x20 { titleStart += 1 }
    edits.append(
      .callout(
        quote: quote, index: chapter.callouts.count, kind: kind, marker: marker, titleStart: titleStart))
    chapter.callouts.append(
      Chapter.Callout(node: quote, kind: kind, title: nil, span: span(range.lowerBound..<close + 1, in: marker)))
  }
}
