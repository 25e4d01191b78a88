package import AlmanacCore
package import Localization

/// What an author wants a table to show: the body of a ```` ```table ```` fence, before there are data.
///
/// Caption, source and query belong to whoever places the table; this is its inside.
package struct TableSpecification: Hashable, Sendable {
  /// A word of the author's and where it stands.
  package struct Field: Hashable, Sendable {
    package var name: String
    package var span: SourceSpan
  }

  package enum Alignment: String, CaseIterable, Hashable, Sendable {
    case left, right, center, decimal
  }

  package enum Format: Hashable, Sendable {
    /// As prose would write the value, with the unit in the head of the column.
    case auto
    /// All digits, ungrouped: years, ranks, scores.
    case plain
    case d3(NumberFormatSpecifier)
  }

  package enum Scale: String, CaseIterable, Hashable, Sendable {
    /// One word for the whole column, in its head: CNY billion.
    case auto
    /// A word in each cell.
    case cell
    /// All digits.
    case off
  }

  package enum Heat: String, CaseIterable, Hashable, Sendable {
    case sequential, diverging
  }

  package enum BarColor: String, CaseIterable, Hashable, Sendable {
    case china, us
  }

  /// A bar in each cell, from zero to the column's largest value or `maximum`.
  package struct Bar: Hashable, Sendable {
    package var maximum: Double?
    package var color: BarColor?
  }

  package struct Column: Hashable, Sendable {
    package var field: Field
    package var title: EditionText?
    package var unit: Field?
    package var format: Format = .auto
    package var alignment: Alignment?
    /// Whether the values are keys of `names.yaml`.
    package var showsNames = false
    package var scale: Scale = .auto
    package var bar: Bar?
    package var heat: Heat?
    /// Whether each value is a list of numbers, `1,2,5`, drawn as a small line.
    package var isSparkline = false
    package var note: EditionText?
    /// Makes the column of two others; its field is a new name then.
    package var comparison: Comparison?
  }

  /// A title over neighbouring columns.
  package struct HeaderSpan: Hashable, Sendable {
    package var title: EditionText
    package var fields: [Field]
  }

  package enum Summary: String, CaseIterable, Hashable, Sendable {
    case sum, mean, min, max, count
  }

  package struct Total: Hashable, Sendable {
    package var label: EditionText
    package var summaries: [Item]

    package struct Item: Hashable, Sendable {
      package var field: Field
      package var summary: Summary
    }
  }

  package struct SortKey: Hashable, Sendable {
    package var field: Field
    package var isDescending: Bool
  }

  /// A remark below the table; with a field, a mark in the column's head or in one row's cell leads to it.
  package struct Note: Hashable, Sendable {
    package var text: EditionText
    package var field: Field?
    /// The row header's value in the row meant.
    package var row: Field?
  }

  /// In the order shown; empty for all columns of the query.
  package var columns: [Column] = []
  package var spans: [HeaderSpan] = []
  package var groupBy: Field?
  package var totals: [Total] = []
  package var sort: [SortKey] = []
  package var notes: [Note] = []
  package var rowHeader: Field?
  package var highlights: [Highlight] = []
  /// The fence's body.
  package var span: SourceSpan
}
