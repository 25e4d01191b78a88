/// A table as it stands in one edition: every text written, every bar and colour decided. What remains is markup.
package struct TableModel: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable {
    case start, end, center, decimal
  }

  package struct Column: Hashable, Sendable {
    package var title: String
    /// Unit and word of scale: `CNY billion`, `%`.
    package var unit: String?
    package var alignment: Alignment
    package var isRowHeader: Bool
    package var isNumeric: Bool
    /// A mark that leads to a note, from 0.
    package var note: Int?
  }

  /// A title over neighbouring columns; no title over columns without a span.
  package struct HeaderSpan: Hashable, Sendable {
    package var title: String?
    package var columnCount: Int
  }

  package struct Cell: Hashable, Sendable {
    /// What is read; empty for a sparkline, and for a missing value.
    package var text: String
    /// Zeros, and perhaps a point, that align the decimals when they take up room without being seen.
    package var padding = ""
    package var isMissing = false
    /// The number itself, in base units.
    package var value: Double?
    /// 1 to 9; for a diverging column 5 is zero.
    package var heat: Int?
    package var isDiverging = false
    package var bar: Bar?
    /// The numbers of a sparkline, with gaps.
    package var sparkline: [Double?] = []
    /// The facts that the number comes from.
    package var facts: [String] = []
    /// `forecast` or `target` for what has not happened.
    package var kind: String?
    package var note: Int?
    /// `china` or `us`: who is ahead in a comparison.
    package var lead: String?

    package struct Bar: Hashable, Sendable {
      /// Parts of the cell's width.
      package var start: Double
      package var length: Double
      package var color: String?
    }
  }

  package struct Row: Hashable, Sendable {
    package var cells: [Cell]
    package var isHighlighted = false
    /// `china` or `us` for a highlighted row that has a colour.
    package var color: String?
  }

  /// Rows under a common title, or all rows.
  package struct Group: Hashable, Sendable {
    package var title: String?
    package var rows: [Row]
  }

  package var columns: [Column] = []
  /// Empty, or a first row of the head.
  package var spans: [HeaderSpan] = []
  package var groups: [Group] = []
  package var totals: [Row] = []
  /// Notes with marks, in the order of the marks: a, b, c.
  package var markedNotes: [String] = []
  package var notes: [String] = []
}
