package import AlmanacCore

/// A source of the report: an item of `Content/references.yaml`, in the words of CSL.
///
/// https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
package struct Reference: Hashable, Sendable {
  package var id: String
  /// A CSL type: `report`, `article-journal`, `webpage` …
  package var type: String
  package var title: EditionText
  /// What the source goes by below a figure: `CNNIC 2025`. CSL's `citation-label`.
  package var label: EditionText?
  package var authors: [EditionText]
  /// As written: `2025`, `2025-10` or `2025-10-18`.
  package var issued: String?
  package var issuedSpan: SourceSpan?
  package var publisher: EditionText?
  package var url: String?
  package var language: String?
  package var note: EditionText?
  /// The file name of the source's text, for `--sources DIR`.
  package var text: String?
  package var span: SourceSpan

  package init(
    id: String, type: String = "report", title: EditionText, authors: [EditionText] = [], issued: String? = nil,
    publisher: EditionText? = nil, url: String? = nil, language: String? = nil, note: EditionText? = nil,
    text: String? = nil, span: SourceSpan
  ) {
    self.id = id
    self.type = type
    self.title = title
    self.authors = authors
    self.issued = issued
    self.publisher = publisher
    self.url = url
    self.language = language
    self.note = note
    self.text = text
    self.span = span
  }
}

/// A word that the report explains: an entry of `Content/glossary.yaml`.
package struct GlossaryEntry: Hashable, Sendable {
  package var key: String
  package var term: EditionText
  /// A short form that the chapters use: "MoE".
  package var short: EditionText?
  package var text: EditionText
  package var span: SourceSpan

  package init(key: String, term: EditionText, short: EditionText? = nil, text: EditionText, span: SourceSpan) {
    self.key = key
    self.term = term
    self.short = short
    self.text = text
    self.span = span
  }
}
