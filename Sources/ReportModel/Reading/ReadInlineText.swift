package import AlmanacCore
private import MarkdownTree

/// Reads a line of author's text that stands outside of a chapter's body: a caption, a source line, a note of a table.
///
/// It may hold emphasis, links, numbers, citations and cross-references, like any line of a chapter. What is wrong with it
/// is told at the text's beginning by whoever knows where it stands.
/// - Returns: a chapter of one paragraph.
package func readInlineText(_ file: SourceFile) -> Diagnosed<Chapter> {
  let tree = parseMarkdown(file)
  var reader = ChapterReader(tree: tree.value)
  reader.read()
  var chapter = reader.chapter
  apply(reader.edits, to: &chapter)
  return Diagnosed(chapter, tree.diagnostics + reader.diagnostics)
}
