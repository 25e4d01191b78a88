/// The kinds of shapes that Vega draws.
public enum MarkKind: String, Sendable, Hashable {
  case arc, area, image, line, rect, rule, shape, symbol, text, trail
}

/// A set of like shapes, one for each row, or one for each series of rows.
public struct MarkPlan: Sendable, Hashable {
  public var name: String
  public var kind: MarkKind
  /// The mark of the grammar, for descriptions.
  public var source: MarkType
  public var data: Int?
  /// Fields that part the rows into series, for paths.
  public var series: [FieldPath] = []
  public var sort: [SortKey] = []
  public var encode: [EncodeEntry] = []
  /// Of rows that share the value of this field one shape is drawn, that of the last, in the place of the first.
  public var key: FieldPath?
  public var clip: Bool = false
  /// `linear`, `step` …
  public var interpolate: ValueReference?
  public var tension: ValueReference?
  /// `horizontal` or `vertical`, where the shape has one.
  public var orient: String?
  public var styles: [String] = []
  public var role: String = "mark"
  public var projection: String?
  /// Fields shown to a reader, each with a title: the columns of the chart's table.
  public var described: [DescribedField] = []
  /// Rounded stacks are clipped as one shape.
  public var stackGroups: StackGroupPlan?
}

public struct StackGroupPlan: Sendable, Hashable {
  public var groupBy: [FieldPath]
}

public struct DescribedField: Sendable, Hashable {
  package init(
    title: String, field: FieldPath, channel: Channel, type: MeasureType, format: FormatPlan,
    labelExpression: Expression? = nil, spellsLargeNumbers: Bool = false
  ) {
    self.title = title
    self.spellsLargeNumbers = spellsLargeNumbers
    self.labelExpression = labelExpression
    self.field = field
    self.channel = channel
    self.type = type
    self.format = format
  }

  public var title: String
  public var field: FieldPath
  public var channel: Channel
  public var type: MeasureType
  public var format: FormatPlan
  /// What the axis or legend makes of its labels.
  public var labelExpression: Expression?
  /// Whether numbers without a format are written in words of the language: "2.4 trillion".
  public var spellsLargeNumbers: Bool
}

/// What a visual property of a mark is: the first rule whose test holds.
public struct EncodeEntry: Sendable, Hashable {
  public var property: MarkProperty
  public var rules: [EncodeRule]
}

public struct EncodeRule: Sendable, Hashable {
  public var test: Expression?
  public var reference: EncodeReference
}

public enum MarkProperty: String, Sendable, Hashable {
  case x, x2, xc, y, y2, yc, width, height, fill, stroke, opacity, fillOpacity, strokeOpacity, strokeWidth, strokeDash
  case strokeDashOffset, strokeCap, strokeJoin, strokeMiterLimit, strokeOffset
  case size, shape, text, angle, startAngle, endAngle, padAngle, innerRadius, outerRadius, radius, theta, cornerRadius
  case cornerRadiusTopLeft, cornerRadiusTopRight, cornerRadiusBottomLeft, cornerRadiusBottomRight
  case dx, dy, align, baseline, font, fontSize, fontStyle, fontWeight, limit, ellipsis, lineHeight, lineBreak, dir, url
  case aspect, smooth, defined, tooltip, description, href, tension, interpolate, blend, cursor, zindex
}

/// Where a property's value comes from.
public indirect enum EncodeReference: Sendable, Hashable {
  case value(Value)
  case expression(Expression)
  case field(FieldPath)
  /// A scaled field, with a part of the bandwidth and a number of pixels added.
  case scaled(ScaledReference)
  /// A field as text.
  case formatted(FieldPath, FormatPlan)
  /// A datum as text.
  case formattedValue(Value, FormatPlan)
  /// Pixels: a part of the view's width or height.
  case viewSize(horizontal: Bool, fraction: Double)
  /// `max(minimum, factor * bandwidth(scale) + offset)` of a band scale.
  case bandwidth(scale: String, factor: Double, minimum: Double?, offset: Double)
  case sum(EncodeReference, EncodeReference)
  case scaledBy(EncodeReference, Double)
  /// Two scaled ends, `spacing` pixels apart, never nearer than `minimum`: an end of a binned bar.
  case binEdge(BinEdge)
  /// Where a value is not finite: true, else false. For `defined`.
  case isValid([FieldPath])
  /// The column of a projected shape or point.
  case column(String)
}

public struct ScaledReference: Sendable, Hashable {
  public enum Input: Sendable, Hashable {
    case field(FieldPath)
    case value(Value)
    case expression(Expression)
    /// Between two fields of one row: 0 at the first, 1 at the second.
    case between(FieldPath, FieldPath, position: Double)
    case zeroOrMinimum
    case rangeStart, rangeEnd
  }
  public var scale: String
  public var input: Input
  /// A part of the bandwidth to add.
  public var band: Double = 0
  public var offset: EncodeReference?
}

public struct BinEdge: Sendable, Hashable {
  public var scale: String
  public var start: FieldPath
  public var end: FieldPath
  /// Between start (0) and end (1): where this edge stands.
  public var position: Double
  public var spacing: Double
  public var minimum: Double
  /// Whether this is the edge that belongs to x or y (not x2, y2).
  public var isFirst: Bool
  public var horizontal: Bool
  public var offset: EncodeReference?
}

/// How a value becomes text.
public struct FormatPlan: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// As it is; numbers with the configured format.
    case automatic
    case number(String?)
    /// `nil`: the unit's own format or the multi-format.
    case time(String?, unit: TimeUnitDefinition?, utc: Bool)
    /// The multi-format of time axes with specifiers of single units, as `{"year": "%y"}`.
    case times([String: String], utc: Bool)
    /// "a – b" of a bin's two ends.
    case bin(end: FieldPath, String?)
    /// A custom type, such as `cn-unit`.
    case custom(type: String, format: Value?)
  }
  public var kind: Kind
  package init(_ kind: Kind) { self.kind = kind }
  package init(plain: Void) { kind = .automatic }
}
