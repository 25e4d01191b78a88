/// A text of a diagram, as the author wrote it and as the picture shows it.
package struct DiagramText: Hashable, Sendable {
  /// What the picture shows: bound numbers as the edition writes them, no markup.
  package var text: String
  /// What the author wrote, with `` `{v} id` `` and other marks of a chapter's line; `nil` for words that were made here.
  package var source: String?
  /// The fact that a value from a query comes from.
  package var fact: String?

  package init(_ text: String, source: String? = nil, fact: String? = nil) {
    self.text = text
    self.source = source
    self.fact = fact
  }

  var isEmpty: Bool { text.isEmpty }
}

/// A number of a diagram and how it is written.
struct DiagramValue: Hashable, Sendable {
  var number: Double
  var text: DiagramText
}

/// A diagram in words, in reading order: a list, or a table where there are columns.
package enum DiagramOutline: Hashable, Sendable {
  case list([Entry], isOrdered: Bool)
  /// Rows have as many cells as there are columns; the first cell names the row.
  case table(columns: [Column], rows: [[DiagramText]])

  package struct Entry: Hashable, Sendable {
    /// The name of the thing.
    package var label: DiagramText?
    /// What is said of it, each part a sentence or phrase of its own.
    package var details: [DiagramText]
    package var children: [Entry]
    /// Whether the order of the children says something.
    package var isOrdered: Bool

    package init(
      _ label: DiagramText?, details: [DiagramText?] = [], children: [Entry] = [], isOrdered: Bool = false
    ) {
      self.label = label
      self.details = details.compactMap { $0 }.filter { !$0.text.isEmpty }
      self.children = children
      self.isOrdered = isOrdered
    }
  }

  package struct Column: Hashable, Sendable {
    package var title: DiagramText
    package var isNumeric: Bool

    package init(_ title: DiagramText, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }
}
