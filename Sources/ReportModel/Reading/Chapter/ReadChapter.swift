package import AlmanacCore
package import MarkdownTree
internal import Notation

/// Reads a chapter: front matter, Markdown, and the dialect.
///
/// One pass over the tree finds everything that is the dialect's and says what is wrong with it; a second step turns the
/// pieces of text that were found into nodes of their own. A page without any of it is looked at once, node by node,
/// and left as it is. Nothing is resolved: ids may lead nowhere or into another chapter.
package func readChapter(
  _ file: SourceFile, options: MarkdownOptions = MarkdownOptions()
) -> Diagnosed<Chapter> {
  var diagnostics: [Diagnostic] = []
  let frontMatter = splitFrontMatter(file).value(reportingTo: &diagnostics)
  let tree = parseMarkdown(file, from: frontMatter.bodyRange.lowerBound, options: options)
    .value(reportingTo: &diagnostics)
  var reader = ChapterReader(tree: tree)
  reader.read()
  let edits = reader.edits
  var chapter = reader.chapter
  diagnostics += reader.diagnostics
  // The reader's copies of the tree end here, so that the edits change the only one in place.
  reader = ChapterReader(tree: MarkdownTree(source: SourceFile(path: file.path, bytes: []), nodes: [], text: []))
  apply(edits, to: &chapter)
  readSettings(frontMatter.yaml, of: file, into: &chapter, diagnostics: &diagnostics)
  return Diagnosed(chapter, diagnostics)
}

private func readSettings(
  _ yaml: SourceFile?, of file: SourceFile, into chapter: inout Chapter, diagnostics: inout [Diagnostic]
) {
  let start = SourceSpan(path: file.path, line: 1, column: 1, length: 1)
  guard let yaml else { return diagnostics.append(.missingTitle(at: start)) }
  let settings = parseYAML(yaml).value(reportingTo: &diagnostics)
  for member in settings.object ?? [] {
    switch member.key {
    case "title", "description":
      guard let text = member.value.scalarText?.trimmed else {
        diagnostics.append(.chapterValueIsNoText(member.key, at: member.value.span))
        continue
      }
      if member.key == "title" {
        chapter.title = text
        chapter.titleSpan = member.value.span
      } else {
        chapter.description = text
      }
    default: diagnostics.append(.unknownChapterKey(member.key, at: member.keySpan))
    }
  }
  if chapter.title.isEmpty, settings["title"]?.scalarText != nil || settings["title"] == nil {
    diagnostics.append(.missingTitle(at: start))
  }
}
