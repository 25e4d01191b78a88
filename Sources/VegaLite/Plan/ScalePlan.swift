/// A scale before data.
public struct ScalePlan: Sendable, Hashable {
  public var name: String
  public var channel: Channel
  public var type: ScaleType
  public var domains: [DomainSource] = []
  public var domainMin: ValueReference?
  public var domainMax: ValueReference?
  public var domainMid: ValueReference?
  /// Ends that replace all others, unrounded and without zero, unless they are `null`.
  public var domainRaw: ValueReference?
  public var domainSort: DomainSort?
  public var range: RangePlan
  public var reverse: ValueReference?
  /// `true`, `false`, a count, or an interval of time with a step.
  public var nice: Value?
  public var zero: Bool?
  /// Whether zero belongs to the domain, where an expression says it.
  public var zeroExpression: Expression?
  public var clamp: Bool?
  public var round: Bool?
  public var padding: ValueReference?
  public var paddingInner: ValueReference?
  public var paddingOuter: ValueReference?
  public var align: ValueReference?
  public var base: ValueReference?
  public var exponent: ValueReference?
  public var constant: ValueReference?
  /// `rgb`, `hcl` … and `gamma`.
  public var interpolate: Value?
  public var rangeMin: ValueReference?
  public var rangeMax: ValueReference?
  public var bins: BinsPlan?
  /// The domain is the author's, exactly as written.
  public var domainIsExplicit: Bool = false
}

public enum BinsPlan: Sendable, Hashable {
  case signal(String)
  case values([Double])
  /// Every `step`, from `start` to `stop` or from end to end of the domain.
  case step(Double, start: Double?, stop: Double?)
}

/// One of the places that a domain comes from; several are united.
public enum DomainSource: Sendable, Hashable {
  case values([Value])
  case fields(data: Int, fields: [FieldPath], sort: DomainSort?)
  case expression(Expression)
  /// Start, stop and step kept by a bin step.
  case bins(signal: String)
}

/// How the values of a discrete domain are ordered.
public enum DomainSort: Sendable, Hashable {
  case natural(descending: Bool)
  /// By an aggregate of another field over the rows of each value.
  case by(AggregateOperation, FieldPath?, descending: Bool)
}

/// What groups beside each other share of the place that a position gives them.
public enum OffsetSpan: Sendable, Hashable {
  /// The band, from its start.
  case whole
  /// The band or the step, around its middle.
  case centered
  /// Parts of a unit of time that lasts from `start` to `end` (milliseconds), counted from its start.
  case unit(start: Double, end: Double, from: Double, to: Double)
}

public enum RangePlan: Sendable, Hashable {
  /// From 0 to the view's width.
  case width
  /// From the view's height to 0 (continuous), or from 0 to the height (discrete).
  case height(reversed: Bool)
  /// From 0 to the bandwidth of a position scale.
  case bandwidth(scale: String, OffsetSpan)
  case values([ValueReference])
  /// The values of a field, once each, in the order of the domain's field.
  case field(data: Int, FieldPath, sortedBy: FieldPath)
  /// Names of Vega's default ranges: `category`, `ordinal`, `ramp`, `heatmap`, `diverging`, `symbol`.
  case named(String)
  case scheme(name: String, count: Double?, extent: [Double]?)
  /// A scheme whose name is only known once the chart's variables are.
  case schemeNamed(Expression)
  /// Interpolated colours given one by one.
  case colors([String])
  /// Steps of this size; the view grows.
  case step(Double)
  /// From 0 to 2π.
  case fullCircle
  /// From 0 to half the smaller side.
  case radius
  /// Symbol areas that fit the smallest step of the position scales.
  case pointSize(min: Double, stepX: SizePlan?, stepY: SizePlan?)
  case barSize(minimum: Double, stepX: SizePlan?, stepY: SizePlan?)
  /// `count` evenly spread numbers for a scale with few outputs.
  case sequence(start: Double, stop: Double, countFromDomain: Bool, count: Int)
}

/// A constant, or an expression over the chart's variables.
public enum ValueReference: Sendable, Hashable {
  case value(Value)
  case expression(Expression)
}
