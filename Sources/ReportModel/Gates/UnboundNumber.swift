package import AlmanacCore

/// A number that an author typed where it should come from the data.
package struct UnboundNumber: Hashable, Sendable {
  /// As written, with its percent sign or magnitude: `5.15亿`.
  package var text: String
  package var span: SourceSpan

  package init(text: String, span: SourceSpan) {
    self.text = text
    self.span = span
  }
}
