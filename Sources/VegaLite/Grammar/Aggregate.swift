/// A way to make one value of many.
///
/// https://vega.github.io/vega-lite/docs/aggregate.html#ops
public enum AggregateOperation: String, Sendable, Hashable, CaseIterable {
  case argmax, argmin, average, count, distinct, exponential, exponentialb, max, mean, median, min, missing, product
  case q1, q3, ci0, ci1, stderr, stdev, stdevp, sum, valid, values, variance, variancep
}

/// One aggregated column.
public struct AggregateField: Sendable, Hashable {
  public var operation: AggregateOperation
  /// Absent for `count`.
  public var field: FieldPath?
  /// Name of the column that is made.
  public var name: String
  /// The parameter of `exponential`.
  public var parameter: Double?

  public init(_ operation: AggregateOperation, _ field: FieldPath?, as name: String, parameter: Double? = nil) {
    self.operation = operation
    self.field = field
    self.name = name
    self.parameter = parameter
  }
}

/// A column to sort by.
public struct SortKey: Sendable, Hashable {
  public var field: FieldPath
  public var descending: Bool

  public init(_ field: FieldPath, descending: Bool = false) {
    self.field = field
    self.descending = descending
  }
}
