/// One step of a view's `transform`.
///
/// https://vega.github.io/vega-lite/docs/transform.html
public enum TransformDefinition: Sendable, Hashable {
  case filter(Value)
  case calculate(Expression, as: String)
  case aggregate(fields: [AggregateField], groupBy: [FieldPath])
  case joinAggregate(fields: [AggregateField], groupBy: [FieldPath])
  case bin(ValueObject, field: FieldPath, as: [String])
  case timeUnit(TimeUnitDefinition, field: FieldPath, as: String)
  case stack(field: FieldPath, groupBy: [FieldPath], sort: [SortKey], offset: String, as: [String])
  case window(WindowDefinition)
  case fold([FieldPath], as: [String])
  case flatten([FieldPath], as: [String], index: String?)
  case pivot(field: FieldPath, value: FieldPath, groupBy: [FieldPath], operation: AggregateOperation, limit: Int)
  case lookup(LookupDefinition)
  case impute(ImputeDefinition)
  case sample(Int)
  case extent(FieldPath, parameter: String)
  case density(ValueObject, field: FieldPath, groupBy: [FieldPath], as: [String])
  case regression(ValueObject, field: FieldPath, on: FieldPath, groupBy: [FieldPath], as: [String])
  case loess(bandwidth: Double, field: FieldPath, on: FieldPath, groupBy: [FieldPath], as: [String])
  case quantile(field: FieldPath, groupBy: [FieldPath], probabilities: [Double]?, step: Double?, as: [String])
}

/// https://vega.github.io/vega-lite/docs/window.html
public struct WindowDefinition: Sendable, Hashable {
  public struct Field: Sendable, Hashable {
    /// An aggregate or one of Vega's window functions: `row_number`, `rank`, `lag` …
    public var operation: String
    public var field: FieldPath?
    public var parameter: Double?
    public var name: String
  }
  public var fields: [Field]
  public var groupBy: [FieldPath]
  public var sort: [SortKey]
  /// Rows before and after; `nil` is unbounded.
  public var before: Int?
  public var after: Int?
  public var ignorePeers: Bool
}

/// https://vega.github.io/vega-lite/docs/lookup.html
public struct LookupDefinition: Sendable, Hashable {
  public var lookup: FieldPath
  public var data: DataDefinition?
  public var parameter: String?
  public var key: FieldPath?
  public var fields: [FieldPath]
  public var names: [String]
  public var fallback: Value
}

/// https://vega.github.io/vega-lite/docs/impute.html
public struct ImputeDefinition: Sendable, Hashable {
  public var field: FieldPath
  public var key: FieldPath
  public var groupBy: [FieldPath]
  /// `value`, `mean`, `median`, `min` or `max`.
  public var method: String
  public var value: Value
  public var keyValues: [Value]
  public var frame: [Int?]?

  package init(
    field: FieldPath, key: FieldPath, groupBy: [FieldPath], method: String, value: Value, keyValues: [Value],
    frame: [Int?]?
  ) {
    self.field = field
    self.key = key
    self.groupBy = groupBy
    self.method = method
    self.value = value
    self.keyValues = keyValues
    self.frame = frame
  }
}
