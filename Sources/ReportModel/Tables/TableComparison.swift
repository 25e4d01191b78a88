internal import Datasets

extension TableSpecification {
  /// What a column is made of that sets two others against each other.
  package struct Comparison: Hashable, Sendable {
    package enum Operation: String, Hashable, Sendable {
      /// The first less the second, with its sign.
      case difference
      /// How many times the second the first is.
      case ratio
    }
    package var operation: Operation
    package var first: Field
    package var second: Field
    /// The colours of whichever side is ahead.
    package var colors: [BarColor] = []
  }

  /// Rows to stand out: by the key or the name that heads them.
  package struct Highlight: Hashable, Sendable {
    package var row: Field
    package var color: BarColor?
  }
}

extension TableSpecification.Comparison {
  /// The column that comes of two others, row by row; missing where one of them is, or where it would divide by zero.
  func column(named name: String, _ first: QueryColumn, _ second: QueryColumn) -> QueryColumn {
    let values = zip(first.values, second.values).map { a, b -> QueryValue in
      guard case .number(let x) = a, case .number(let y) = b else { return .null }
      let result = operation == .difference ? x - y : x / y
      return result.isFinite ? .number(result) : .null
    }
    var column = first
    column.name = name
    column.values = values
    column.origin = nil
    if operation == .ratio || first.unit != second.unit { column.unit = nil }
    return column
  }

  /// The colour of the side that a value speaks for; none where they are even.
  func color(of value: Double) -> TableSpecification.BarColor? {
    let even = operation == .difference ? 0.0 : 1.0
    guard colors.count == 2, value != even else { return nil }
    return value > even ? colors[0] : colors[1]
  }
}
