public import AlmanacCore

/// A chart before data: what to compute, which scales, marks and guides to make of it, in Vega's vocabulary.
///
/// Depends on the spec and the configuration alone, holds no row of an outside source, and names what it will ask for.
public struct ChartPlan: Sendable, Hashable {
  public var root: GroupPlan
  /// Steps from sources to tables; a step's parent stands before it.
  public var data: [DataStep] = []
  /// Variables in the order in which they may use one another.
  public var signals: [SignalPlan] = []
  public var background: ValueReference?
  public var padding: Value = .number(5)
  public var autosize = AutosizePlan()
  public var config: Config
  /// `description` of the spec, for assistive technology.
  public var description: String?
  /// Addresses that the spec reads data from, in order, each once.
  public var urls: [String] = []
  /// All texts of the spec apart from data that stand in it, in UTF-8: a column whose name is not among them need not be read.
  public var words: [UInt8] = []
  /// Data sources that the spec names without giving them.
  public var namedSources: [String] = []
  /// What the spec says under `usermeta.almanac`; drawn over and beside the marks.
  public var overlays: OverlayPlan?
  /// Whether the width stands in the spec, so that another width must not replace it silently.
  public var span: SourceSpan?
}

/// Whether the sizes that a spec gives are those of the plot, or of the picture with its axes, legends and titles.
public struct AutosizePlan: Sendable, Hashable {
  public var fitsWidth = false
  public var fitsHeight = false
  /// Whether padding counts as part of the picture's size.
  public var countsPadding = false
  /// Nothing makes room: what lies outside the given size is cut off.
  public var isNone = false
  package init() {}
  package var fits: Bool { fitsWidth || fitsHeight }
}

/// A variable: a value or an expression over the ones before it.
public struct SignalPlan: Sendable, Hashable {
  public var name: String
  public var value: Value?
  public var expression: Expression?
}

// MARK: - Data

/// One step of a data flow: reads its parent's table, makes its own.
public struct DataStep: Sendable, Hashable {
  public var parent: Int?
  public var operation: DataOperation
}

public enum DataOperation: Sendable, Hashable {
  case source(DataDefinition)
  /// Reads text as numbers, dates or truth values: `date`, `number`, `boolean`, `string`, `date:'%Y'`, `flatten`.
  case parse([ParsedField])
  case filter(Expression)
  case calculate(Expression, as: String)
  case aggregate(fields: [AggregateField], groupBy: [FieldPath])
  case joinAggregate(fields: [AggregateField], groupBy: [FieldPath])
  case bin(BinStep)
  case timeUnit(TimeUnitDefinition, field: FieldPath, as: [String])
  case stack(StackStep)
  case window(WindowDefinition)
  case fold([FieldPath], as: [String])
  case flatten([FieldPath], as: [String], index: String?)
  case pivot(field: FieldPath, value: FieldPath, groupBy: [FieldPath], operation: AggregateOperation, limit: Int)
  /// `from` is the step whose table is searched.
  case lookup(LookupDefinition, from: Int)
  case impute(ImputeDefinition)
  case sample(Int)
  case extent(FieldPath, signal: String)
  case density(ValueObject, field: FieldPath, groupBy: [FieldPath], as: [String])
  case regression(ValueObject, field: FieldPath, on: FieldPath, groupBy: [FieldPath], as: [String])
  case loess(bandwidth: Double, field: FieldPath, on: FieldPath, groupBy: [FieldPath], as: [String])
  case quantile(field: FieldPath, groupBy: [FieldPath], probabilities: [Double]?, step: Double?, as: [String])
  /// Drops rows whose value in one of these columns is missing or, for continuous scales, not a finite number.
  case filterInvalid([FieldPath])
  /// Adds the index of each value in a list: custom sort orders.
  case sortIndex(field: FieldPath, order: [Value], as: String)
  /// A point of the map to a point of the picture.
  case project(longitude: FieldPath, latitude: FieldPath, as: [String], projection: String)
  /// Steps that only mark a place.
  case identity
}

public struct ParsedField: Sendable, Hashable {
  public var field: FieldPath
  public var kind: String

  package init(field: FieldPath, kind: String) {
    self.field = field
    self.kind = kind
  }
}

public struct BinStep: Sendable, Hashable {
  public var field: FieldPath
  /// Parameters with the channel's `maxbins` filled in.
  public var parameters: ValueObject
  public var start: String
  public var end: String
  /// Where start, stop and step are kept for scales and axes.
  public var signal: String
  /// The column of "a – b" labels, for discrete scales.
  public var label: String?
  public var labelFormat: Value?
  /// The name of a parameter that holds the extent.
  public var extentSignal: Expression?
}

public struct StackStep: Sendable, Hashable {
  public var groupBy: [FieldPath]
  public var field: FieldPath
  public var sort: [SortKey]
  public var offset: String
  public var names: [String]
  /// Areas fill cells that are missing before they are stacked: the key, and the series.
  public var imputeKey: FieldPath?
  public var imputeGroupBy: [FieldPath]
}

// MARK: - Views

public enum SizePlan: Sendable, Hashable {
  case fixed(Double)
  /// This many pixels for each step of the named discrete scale.
  case step(Double, scale: String)
  /// `step` for each band of the offset scale within each band of the scale.
  case nestedStep(Double, scale: String, offset: String)
  /// For sizes of symbols only: the width of one bin of a continuous axis.
  case bins(signal: String)
  /// As wide as the page: the width asked for, else the configured one.
  case container
}

/// A rectangle of the picture with scales, marks and guides of its own: a plot, or a grid of them.
public struct GroupPlan: Sendable, Hashable {
  public var name: String
  public var width: SizePlan?
  public var height: SizePlan?
  public var scales: [ScalePlan] = []
  public var projections: [ProjectionPlan] = []
  public var axes: [AxisPlan] = []
  public var legends: [LegendPlan] = []
  public var marks: [MarkPlan] = []
  public var brushes: [BrushPlan] = []
  public var title: TitlePlan?
  /// Fill, stroke and so on of the background.
  public var style: [EncodeEntry] = []
  /// Whether nothing of the view is drawn outside its rectangle, its axes included.
  public var clips = false
  public var isPlot: Bool = false
  /// Plots beside one another, when this is a concatenation.
  public var children: [GroupPlan] = []
  public var facet: FacetPlan?
  public var layout: LayoutPlan?

  package init(name: String) { self.name = name }

  /// A group that holds nothing but a place for scopes.
  package init(named name: String) { self.name = name }
}

/// The rectangle of an interval that is selected from the start.
public struct BrushPlan: Sendable, Hashable {
  /// The scale along a side and the two values between which the interval lies; all of the view without them.
  public struct Span: Sendable, Hashable {
    public var scale: String
    public var ends: ValueReference
  }
  public var name: String
  public var x: Span?
  public var y: Span?
  /// Paint: `fill` and `fillOpacity` of the area behind the marks, the rest of the outline above them.
  public var paint: ValueObject
}

public struct FacetPlan: Sendable, Hashable {
  /// The table whose rows are shared out, and the fields that say to whom.
  public var data: Int
  public var sortData: Int = 0
  public var rowField: FieldPath?
  public var columnField: FieldPath?
  /// A wrapped facet's field.
  public var facetField: FieldPath?
  public var rowSort: FacetSort
  public var columnSort: FacetSort
  public var facetSort: FacetSort
  /// One cell.
  public var cell: [GroupPlan]
  public var rowHeader: HeaderPlan?
  public var columnHeader: HeaderPlan?
  public var facetHeader: HeaderPlan?
  /// Axes that all cells share, drawn once per row or column.
  public var rowAxes: [AxisPlan] = []
  public var columnAxes: [AxisPlan] = []
  public var columns: Double?
}

public enum FacetSort: Sendable, Hashable {
  case ascending, descending
  /// By their place in a list.
  case list([Value])
  /// By an aggregate of a field.
  case by(AggregateOperation, FieldPath, descending: Bool)
}

public struct HeaderPlan: Sendable, Hashable {
  public var title: String?
  /// What the field is called in words, also without a title on the picture.
  public var fieldTitle: String
  public var properties: ValueObject
  public var format: FormatPlan
  public var labelExpression: Expression?
}

public struct LayoutPlan: Sendable, Hashable {
  public var spacing: Value
  public var columns: Double?
  public var align: Value
  public var bounds: String
  public var center: Value
  /// Row and column titles of facets sit this far away.
  public var offset: Double = 10
}

public struct TitlePlan: Sendable, Hashable {
  public var lines: [String]
  public var expression: Expression?
  public var subtitle: [String]
  public var subtitleExpression: Expression?
  /// Values, among them some that are expressions: `{"expr": …}`.
  public var properties: ValueObject

  package init(lines: [String], subtitle: [String] = [], properties: ValueObject) {
    self.lines = lines
    self.subtitle = subtitle
    self.properties = properties
  }
}

public struct ProjectionPlan: Sendable, Hashable {
  public var name: String
  public var properties: ValueObject
  /// Tables whose shapes or points are fitted into the view.
  public var fit: [ProjectionFit]
}

public enum ProjectionFit: Sendable, Hashable {
  case shapes(data: Int, field: FieldPath?)
  case points(data: Int, longitude: FieldPath, latitude: FieldPath)
}
