package import AlmanacCore

/// A number that an author typed where it should come from the data.
package struct UnboundNumber: Hashable, Sendable {
  /// As written, with its percent sign or magnitude: `5.15亿`.
  package var text: String
  package var span: SourceSpan
  /// Of a number in the data of a chart: its column, or `datum`; `nil` in a text.
  package var column: String?

  package init(text: String, span: SourceSpan, column: String? = nil) {
    self.text = text
    self.span = span
    self.column = column
  }
}
