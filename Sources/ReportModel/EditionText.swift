package import AlmanacCore

/// A text of the report: the same in every edition, or one for each.
///
/// Written `title: Users` or `title: {en: Users, zh-Hans: 用户}`.
package struct EditionText: Hashable, Sendable {
  /// The text of one edition; `language` is `nil` for a text that serves all.
  package struct Entry: Hashable, Sendable {
    package var language: LanguageTag?
    package var text: String
    package var span: SourceSpan?

    package init(language: LanguageTag?, text: String, span: SourceSpan? = nil) {
      self.language = language
      self.text = text
      self.span = span
    }
  }

  /// In the order in which the author wrote them.
  package var entries: [Entry]
  package var span: SourceSpan?

  package init(entries: [Entry], span: SourceSpan? = nil) {
    self.entries = entries
    self.span = span
  }

  package init(_ text: String, span: SourceSpan? = nil) {
    self.init(entries: [Entry(language: nil, text: text, span: span)], span: span)
  }
}

extension EditionText {
  /// Returns the text for an edition; the first one there is when that edition has none of its own.
  package subscript(_ language: LanguageTag) -> String {
    let own = entries.first { $0.language == language || $0.language == nil }
    return (own ?? entries.first)?.text ?? ""
  }

  /// Tells whether an edition has a text of its own (or one that serves all).
  package func isPresent(in language: LanguageTag) -> Bool {
    entries.contains { $0.language == language || $0.language == nil }
  }

  package var isEmpty: Bool { entries.allSatisfy(\.text.isEmpty) }
}
