package import AlmanacCore
package import Localization

/// What a diagram's body is read with: the edition, the numbers its texts are bound to, the rows of its query.
package struct DiagramSurroundings {
  package var language: LanguageTag
  /// The words that a reader sees of an author's text: bound numbers as the edition writes them, no markup.
  package var plainText: (String, SourceSpan) -> String
  /// The number that a text is when it is one bound number and nothing else; `nil` for any other text.
  package var boundValue: (String, SourceSpan) -> Double?
  /// Returns the unit with that key, or `nil`.
  package var unit: (String) -> MeasureUnit?
  package var unitKeys: [String]
  /// Whether values may be typed as numbers: outside of a report, where there is nothing to bind them to.
  package var acceptsNumbers: Bool
  /// The result of the diagram's query or dataset.
  package var rows: DiagramRows?
  package var limits = DiagramLimits()

  package init(
    language: LanguageTag, plainText: @escaping (String, SourceSpan) -> String = { text, _ in text },
    boundValue: @escaping (String, SourceSpan) -> Double? = { _, _ in nil },
    unit: @escaping (String) -> MeasureUnit? = { MeasureUnit(builtIn: $0) },
    unitKeys: [String] = MeasureUnit.builtInKeys, acceptsNumbers: Bool = false, rows: DiagramRows? = nil
  ) {
    self.language = language
    self.plainText = plainText
    self.boundValue = boundValue
    self.unit = unit
    self.unitKeys = unitKeys
    self.acceptsNumbers = acceptsNumbers
    self.rows = rows
  }
}

/// The rows behind a Sankey diagram or a treemap.
package struct DiagramRows: Sendable {
  package enum Cell: Hashable, Sendable {
    case none
    case number(Double)
    case text(String)
  }

  package var columns: [String]
  /// Parallel to `columns` in each row.
  package var cells: [[Cell]]
  /// Where the query or the dataset is named, for problems with its columns.
  package var span: SourceSpan

  package init(columns: [String], cells: [[Cell]], span: SourceSpan) {
    self.columns = columns
    self.cells = cells
    self.span = span
  }
}

/// How much a diagram may hold: more cannot be read in one picture, and hostile input must not be drawn for hours.
package struct DiagramLimits: Hashable, Sendable {
  /// Unicode scalars of one text.
  package var textLength = 600
  package var quadrantItems = 40
  package var matrixColumns = 10
  package var matrixRows = 60
  package var layers = 16
  package var layerItems = 24
  package var levels = 12
  package var steps = 10
  package var lanes = 12
  package var events = 120
  package var nodes = 60
  package var edges = 120
  package var groups = 12
  package var treeNodes = 120
  package var treeDepth = 6
  package var links = 200
  package var parts = 200
  package init() {}
}
