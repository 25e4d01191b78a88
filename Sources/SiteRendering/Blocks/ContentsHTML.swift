internal import Markup

/// A line of a page's own contents.
struct ContentsEntry {
  /// The id on the page.
  var anchor: String
  /// Plain text.
  var title: String
  var children: [ContentsEntry] = []
}

/// Writes a page's contents as nested lists.
///
/// Not a template: it stands twice on every page, and a template would make it the dearest part of a large report.
func contentsMarkup(_ entries: [ContentsEntry]) -> String {
  var writer = MarkupWriter()
  writer.contents(entries)
  return writer.string
}

extension MarkupWriter {
  fileprivate mutating func contents(_ entries: [ContentsEntry]) {
    raw("<ol>\n")
    for entry in entries {
      raw("<li><a href=\"#")
      text(entry.anchor)
      raw("\">")
      text(entry.title)
      raw("</a>")
      if !entry.children.isEmpty { contents(entry.children) }
      raw("</li>\n")
    }
    raw("</ol>\n")
  }
}
