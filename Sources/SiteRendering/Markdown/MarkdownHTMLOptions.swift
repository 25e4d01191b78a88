package import MarkdownTree

/// How Markdown becomes HTML. Words for readers come from the edition's catalogue.
package struct MarkdownHTMLOptions: Sendable {
  /// Whether HTML in the text is written as it is; otherwise it is left out.
  package var allowsRawHTML = false
  /// Whether tags that change how a browser reads the rest (`<script>`, `<title>`, …) are made harmless in raw HTML.
  package var filtersTags = true
  /// Whether addresses that could run a program are written.
  package var allowsUnsafeAddresses = false
  /// Whether headings carry their identifiers.
  package var hasHeadingIdentifiers = true
  /// The accessible name of the link from a heading to itself; `nil` leaves out the link.
  package var permalinkLabel: String?
  /// Attributes of links that leave the report, as markup that begins with a space.
  package var externalLinkAttributes: StaticString = " class=\"external\" rel=\"noopener\""
  /// The accessible name of the box in which a wide table scrolls; `nil` writes tables without a box.
  package var tableRegionLabel: String? = "Table"
  /// Whether tables of many words say what a phone needs to show them row by row.
  package var stacksTables = true
  /// Whether alignment is a class, as a strict Content-Security-Policy wants it, or GFM's `align` attribute.
  package var alignsByClass = true
  /// Whether a line's end between Han characters vanishes.
  package var joinsHanLines = true
  /// The heading of the footnotes, read out and not shown; `nil` as in GFM.
  package var footnotesLabel: String? = "Footnotes"
  /// The accessible name of the links from a note back to the text.
  package var footnoteReturnLabel = "Back to content"
  /// Titles of callouts that have none of their own.
  package var calloutTitles: [CalloutKind: String] = [
    .note: "Note", .tip: "Tip", .important: "Important", .warning: "Warning", .caution: "Caution",
  ]
  /// The accessible name of a check box.
  package var taskLabels: (open: String, done: String)?
  /// Whether a link to a chapter's file, `numbers.md#sec-fact`, leads to its page.
  package var linksToPages = false

  package init() {}

  /// What the GFM specification shows: nothing added, nothing left out.
  package static var plainGFM: MarkdownHTMLOptions {
    var options = MarkdownHTMLOptions()
    options.allowsRawHTML = true
    options.filtersTags = false
    options.allowsUnsafeAddresses = true
    options.hasHeadingIdentifiers = false
    options.externalLinkAttributes = ""
    options.tableRegionLabel = nil
    options.stacksTables = false
    options.alignsByClass = false
    options.joinsHanLines = false
    options.footnotesLabel = nil
    return options
  }
}
