public import AlmanacCore

/// What a spec says under `usermeta.almanac`, beyond the grammar: direct labels, annotations, and which rows are forecasts.
///
/// The spec stays valid Vega-Lite: other tools pass over `usermeta` and draw the chart without it.
public struct OverlayPlan: Sendable, Hashable {
  public var labels: [LabelPlan] = []
  public var annotations: [AnnotationPlan] = []
  public var forecast: ForecastPlan?

  package init() {}

  public var isEmpty: Bool { labels.isEmpty && annotations.isEmpty && forecast == nil }
}

/// A text, or one for each language.
public struct OverlayText: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    /// Absent: for every language.
    public var language: String?
    public var text: String
  }
  public var entries: [Entry]

  package init(entries: [Entry]) { self.entries = entries }
  package init(_ text: String) { entries = [Entry(language: nil, text: text)] }

  /// The text in a language; where it has none, the first one that is written.
  public func text(in language: LanguageTag) -> String {
    let own = entries.first { $0.language == language.rawValue || $0.language == nil }
    return (own ?? entries.first)?.text ?? ""
  }
}

// MARK: - Labels

/// Labels beside or in the marks of one kind, which name series and give values.
public struct LabelPlan: Sendable, Hashable {
  public enum Place: String, Sendable, Hashable, CaseIterable {
    /// Right of where lines end.
    case end
    /// Left of where lines begin.
    case start
    /// At both ends.
    case both
    /// Behind the ends of bars, or above each point of a line.
    case value
    /// In bars, where the text fits.
    case inside
    /// Beside points, wherever there is room.
    case point
    /// Names of the series above the first stack of bars.
    case head
  }
  public enum Part: String, Sendable, Hashable, CaseIterable {
    case name, value
  }
  public var place: Place
  /// The kind of mark, or the name of the view, whose marks are labelled; absent: the first that can be.
  public var on: String?
  public var parts: [Part]
  /// Whose values are the names; absent: the field of colour, or of what else tells series apart.
  public var field: FieldPath?
  public var format: FormatPlan?
  /// Only these series, categories or names.
  public var only: [OverlayText] = []
  public var keepsLegend = false
  /// In the ink of text and not in the colour of the mark.
  public var isPlain = false
  /// Pixels at which a label breaks into lines.
  public var width: Double?
  /// Where it is written, for diagnostics.
  public var path: String
  public var span: SourceSpan
}

// MARK: - Annotations

/// Something said about a place, a range or a value of a chart.
public struct AnnotationPlan: Sendable, Hashable {
  public enum Shape: Sendable, Hashable {
    case text(x: AnchorValue, y: AnchorValue)
    /// From one value to another along an axis; absent ends reach to the edge.
    case band(Channel, from: AnchorValue?, to: AnchorValue?)
    /// Across the view at a value of an axis.
    case line(Channel, at: AnchorValue)
  }
  public enum Connector: String, Sendable, Hashable, CaseIterable { case none, line, arrow, curve }
  public enum Side: String, Sendable, Hashable, CaseIterable { case start, middle, end }

  public var shape: Shape
  public var text: OverlayText?
  /// Pixels from the anchor to the text; absent: wherever there is room.
  public var dx: Double?
  public var dy: Double?
  /// Pixels at which the text breaks into lines.
  public var width: Double?
  public var connector: Connector?
  /// Where along a band or line its text stands.
  public var side: Side?
  /// A CSS paint, from the tone.
  public var paint: String?
  public var dashed: Bool?
  /// Only in the view of this name.
  public var view: String?
  /// Only in the cell of a facet with these values.
  public var cells: [Cell] = []
  public var path: String
  public var span: SourceSpan

  public struct Cell: Sendable, Hashable {
    public var field: FieldPath
    public var value: Value
  }
}

/// A value of an axis: a number, a category, a date as text.
public struct AnchorValue: Sendable, Hashable {
  public var value: Value
  /// Where a category is named per language.
  public var text: OverlayText?
  public var path: String
  public var span: SourceSpan
}

// MARK: - Forecasts

/// Which rows were not observed, so that their marks look different and say so.
public struct ForecastPlan: Sendable, Hashable {
  /// Holds `observed`, `forecast` or `target`.
  public var field: FieldPath
  /// Values of the field that are no observations, with what the key calls them; absent words are the library's own.
  public var kinds: [Kind]
  public var showsKey: Bool
  public var span: SourceSpan

  public struct Kind: Sendable, Hashable {
    public var value: String
    public var label: OverlayText?
  }
}
