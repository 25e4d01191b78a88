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
  let settings = readSettings(frontMatter.yaml, path: file.path, diagnostics: &diagnostics)
  chapter.title = settings.title
  chapter.titleSpan = settings.titleSpan
  chapter.description = settings.description
  chapter.settingTexts = settings.texts
  chapter.translationOf = settings.translationOf
  chapter.bodyOffset = frontMatter.bodyRange.lowerBound
  return Diagnosed(chapter, diagnostics)
}
