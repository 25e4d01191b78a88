/// What a node of a Markdown tree is: the words of the GFM specification, then those of Almanac's dialect.
///
/// `parseMarkdown` makes only the first two groups; the reading of a chapter turns some of them into the third.
package enum NodeKind: UInt8, Hashable, Sendable, CaseIterable {
  // Blocks.
  case document, blockQuote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak
  case footnoteDefinition, table, tableRow, tableCell

  // Inlines.
  case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, strikethrough, link, image, footnoteReference

  // The dialect. `extra` of such a node is its index in the chapter's list of that name.
  /// A fence of a kind that the report draws, or a paragraph with an image and an id.
  case figure
  /// An ```` ```sql name ```` fence: shows nothing.
  case query
  /// A block quote that began with `[!NOTE]`; its `level` is the raw value of its `CalloutKind`.
  case callout
  /// What follows `[!NOTE]` on its line: the first child of its callout.
  case calloutTitle
  /// The words below a table, without their `: ` and id: shown with the table, not where they stand.
  case caption
  /// What has been read and shows nothing.
  case removed
  case boundNumber, citation, crossReference, term, literal
}

extension NodeKind {
  /// Whether the node stands between blocks rather than within a line of text.
  package var isBlock: Bool {
    rawValue <= NodeKind.tableCell.rawValue
      || rawValue >= NodeKind.figure.rawValue && rawValue <= NodeKind.removed.rawValue
  }

  /// Whether the node's children are inlines: the blocks in which a line of text is aligned with its source.
  package var holdsInlines: Bool {
    self == .paragraph || self == .heading || self == .tableCell || self == .calloutTitle
  }
}
