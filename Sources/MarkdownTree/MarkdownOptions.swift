/// What a Markdown text may contain.
package struct MarkdownOptions: Hashable, Sendable {
  /// Parts of GFM beyond CommonMark.
  package struct Extensions: OptionSet, Hashable, Sendable {
    package var rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let table = Extensions(rawValue: 1)
    package static let strikethrough = Extensions(rawValue: 2)
    package static let autolink = Extensions(rawValue: 4)
    package static let tasklist = Extensions(rawValue: 8)
    package static let footnotes = Extensions(rawValue: 16)
    /// Emphasis next to Han characters and full-width punctuation, where CommonMark's rules do not see it.
    package static let chineseEmphasis = Extensions(rawValue: 32)

    package static let all: Extensions = [.table, .strikethrough, .autolink, .tasklist, .footnotes, .chineseEmphasis]
  }

  package var extensions: Extensions = .all
  /// Whether HTML in the text reaches the page; if not, each piece is diagnosed.
  package var allowsRawHTML = false
  /// Whether addresses such as `javascript:…` are diagnosed and dropped.
  package var dropsUnsafeAddresses = true
  package var limits = MarkdownLimits()

  package init() {}
}

/// How much a text may ask of the parser: generous for people, too little for an attack.
package struct MarkdownLimits: Hashable, Sendable {
  /// Bytes of a file.
  package var size = 16 << 20
  /// Blocks and inlines within each other.
  package var depth = 200
  /// Columns of a table; the parser fills up short rows, so this also bounds what a short row costs.
  package var columns = 200
  /// Cells of a table, those that the parser fills up included.
  package var cells = 200_000
  /// Lines of text directly above a row of dashes and pipes, all of which the parser reads again for each such row.
  package var linesAboveTable = 5_000
  /// Bytes of a link definition: each use of it copies them.
  package var linkDefinition = 8_192
  /// `@` signs: each makes the parser look for an e-mail address.
  package var atSigns = 20_000

  package init() {}
}
