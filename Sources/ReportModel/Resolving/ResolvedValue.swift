package import Datasets
private import Localization

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A number with its unit and everything that it was made from: what `` `{v} …` `` stands for.
package struct ResolvedValue: Sendable {
  package var value: Double
  /// A unit's key: `persons`, `percent`, `CNY`.
  package var unit: String
  /// How many digits the source printed; `nil` for a computed number.
  package var significantDigits: Int?
  /// How far the number may be from the truth because sources round, to first order; 0 where nothing is known.
  package var tolerance = 0.0
  /// The facts it comes from, each once, in the order in which they were named.
  package var facts: [Fact]
  /// The cells of datasets it comes from, likewise.
  package var cells: [DatasetCell]
  /// Whether it is the result of arithmetic rather than a datum as it stands.
  package var isComputed: Bool

  package init(
    value: Double, unit: String, significantDigits: Int? = nil, tolerance: Double = 0, facts: [Fact] = [],
    cells: [DatasetCell] = [], isComputed: Bool = false
  ) {
    self.value = value
    self.unit = unit
    self.significantDigits = significantDigits
    self.tolerance = tolerance
    self.facts = facts
    self.cells = cells
    self.isComputed = isComputed
  }

  /// A forecast or target makes everything computed from it one.
  package var kind: Fact.Kind {
    if facts.contains(where: { $0.kind == .forecast }) { return .forecast }
    return facts.contains { $0.kind == .target } ? .target : .observed
  }
}

/// A cell of a dataset: `arena[gpt-5].elo`.
package struct DatasetCell: Hashable, Sendable {
  package var dataset: String
  package var key: String
  package var column: String
  /// The id of the reference that the dataset comes from, and where in it.
  package var source: String?
  package var locator: String?
  /// The unit of its column.
  package var unit: String?

  package init(
    dataset: String, key: String, column: String, source: String? = nil, locator: String? = nil, unit: String? = nil
  ) {
    self.dataset = dataset
    self.key = key
    self.column = column
    self.source = source
    self.locator = locator
    self.unit = unit
  }

  package var description: String { "\(dataset)[\(key)].\(column)" }
}

/// Why two numbers cannot be brought together.
package enum ArithmeticProblem: Error, Hashable, Sendable {
  /// Adding or comparing numbers of different units.
  case differentUnits(String, String)
  case divisionByZero
  case notFinite
}

// MARK: - Arithmetic

extension ResolvedValue {
  /// Adds or subtracts. The difference of two percentages is in percentage points.
  package static func combine(
    _ left: ResolvedValue, _ right: ResolvedValue, subtracting: Bool
  ) throws(ArithmeticProblem) -> ResolvedValue {
    let unit = try commonUnit(left, right)
    let value = subtracting ? left.value - right.value : left.value + right.value
    let isShareDifference = subtracting && left.unit == "percent" && right.unit == "percent"
    return try computed(
      value, unit: isShareDifference ? "percentage-points" : unit, tolerance: left.tolerance + right.tolerance,
      from: [left, right])
  }

  /// Multiplies: a plain number takes the other's unit, a percentage works as a share of what others count, and an amount of
  /// money times a rate is an amount in the rate's other currency.
  package static func product(_ left: ResolvedValue, _ right: ResolvedValue) throws(ArithmeticProblem) -> ResolvedValue
  {
    let tolerance = left.value.magnitude * right.tolerance + right.value.magnitude * left.tolerance
    if right.unit == "percent", !left.isFactor {
      return try computed(
        left.value * right.value / 100, unit: left.unit, tolerance: tolerance / 100, from: [left, right])
    }
    if left.unit == "percent", !right.isFactor {
      return try computed(
        left.value * right.value / 100, unit: right.unit, tolerance: tolerance / 100, from: [left, right])
    }
    let unit =
      exchanged(left.unit, at: right.unit) ?? exchanged(right.unit, at: left.unit)
      ?? (isPlain(left.unit) ? right.unit : isPlain(right.unit) ? left.unit : "count")
    return try computed(left.value * right.value, unit: unit, tolerance: tolerance, from: [left, right])
  }

  /// Divides: numbers of one unit give a multiple; a plain divisor keeps the unit; a rate gives its other currency; what
  /// is a percentage of a whole, divided by it, gives the whole.
  package static func quotient(_ left: ResolvedValue, _ right: ResolvedValue) throws(ArithmeticProblem) -> ResolvedValue
  {
    guard right.value != 0 else { throw .divisionByZero }
    if right.unit == "percent", left.unit != "percent", left.unit != "percentage-points", !left.isFactor {
      return try computed(
        left.value / right.value * 100, unit: left.unit, tolerance: 100 * ratioTolerance(left, right),
        from: [left, right])
    }
    let rate = MeasureUnit.currencies(ofRate: right.unit)
    let unit =
      left.unit == right.unit
      ? "times" : isPlain(right.unit) ? left.unit : rate?.of == left.unit ? rate?.per ?? "count" : "count"
    return try computed(
      left.value / right.value, unit: unit, tolerance: ratioTolerance(left, right), from: [left, right])
  }

  package static func negated(_ operand: ResolvedValue) throws(ArithmeticProblem) -> ResolvedValue {
    try computed(-operand.value, unit: operand.unit, tolerance: operand.tolerance, from: [operand])
  }

  /// Applies one of the dialect's functions; the number of arguments was checked when the expression was read.
  package static func apply(
    _ function: ValueExpression.Function, to values: [ResolvedValue]
  ) throws(ArithmeticProblem) -> ResolvedValue {
    guard let first = values.first, let last = values.last else { throw .notFinite }
    let numbers = values.map(\.value)
    let tolerances = values.reduce(0) { $0 + $1.tolerance }
    let widest = values.reduce(0) { max($0, $1.tolerance) }
    switch function {
    case .growth:
      _ = try commonUnit(first, last)
      guard first.value != 0 else { throw .divisionByZero }
      return try computed(
        (last.value / first.value - 1) * 100, unit: "percent", tolerance: 100 * ratioTolerance(last, first),
        from: values)
    case .diff:
      return try combine(last, first, subtracting: true)
    case .share:
      _ = try commonUnit(first, last)
      guard last.value != 0 else { throw .divisionByZero }
      return try computed(
        first.value / last.value * 100, unit: "percent", tolerance: 100 * ratioTolerance(first, last), from: values)
    case .cagr:
      _ = try commonUnit(first, values[1])
      guard first.value != 0, last.value != 0 else { throw .divisionByZero }
      let rate = power(values[1].value / first.value, 1 / last.value)
      let share = ratioTolerance(values[1], first) / (values[1].value / first.value) / last.value
      return try computed(
        (rate - 1) * 100, unit: "percent", tolerance: (100 * rate * share).magnitude, from: values)
    case .sum:
      return try computed(numbers.reduce(0, +), unit: allUnits(values), tolerance: tolerances, from: values)
    case .mean:
      let count = Double(numbers.count)
      return try computed(
        numbers.reduce(0, +) / count, unit: allUnits(values), tolerance: tolerances / count, from: values)
    case .min:
      return try computed(numbers.min() ?? .nan, unit: allUnits(values), tolerance: widest, from: values)
    case .max:
      return try computed(numbers.max() ?? .nan, unit: allUnits(values), tolerance: widest, from: values)
    case .abs:
      return try computed(first.value.magnitude, unit: first.unit, tolerance: first.tolerance, from: values)
    case .round:
      let scale = power(10, values.count > 1 ? last.value : 0)
      return try computed(
        (first.value * scale).rounded() / scale, unit: first.unit, tolerance: first.tolerance + 0.5 / scale,
        from: [first])
    }
  }

  private static func allUnits(_ values: [ResolvedValue]) throws(ArithmeticProblem) -> String {
    var unit = values[0].unit
    for value in values.dropFirst() { unit = try commonUnit(values[0], value) }
    return unit
  }

  private static func ratioTolerance(_ left: ResolvedValue, _ right: ResolvedValue) -> Double {
    (left.tolerance + (left.value / right.value).magnitude * right.tolerance) / right.value.magnitude
  }

  /// The currency into which a rate turns an amount in the currency that it is per.
  private static func exchanged(_ currency: String, at rate: String) -> String? {
    guard let (of, per) = MeasureUnit.currencies(ofRate: rate), per == currency else { return nil }
    return of
  }

  private static func isPlain(_ unit: String) -> Bool { unit == "count" || unit == "times" }

  private static func commonUnit(_ left: ResolvedValue, _ right: ResolvedValue) throws(ArithmeticProblem) -> String {
    if left.unit == right.unit || right.isBare { return left.unit }
    if left.isBare { return right.unit }
    // Things counted may be added, whatever they are called.
    if Set([left.unit, right.unit]) == ["count", "persons"] { return "persons" }
    // A change in percentage points may be added to a percentage.
    if Set([left.unit, right.unit]) == ["percent", "percentage-points"] { return "percent" }
    throw .differentUnits(left.unit, right.unit)
  }

  /// Whether it is a number of the expression itself, which takes any unit.
  private var isBare: Bool { unit == "count" && facts.isEmpty && cells.isEmpty }

  /// Whether a product with it is a multiple: a number of the expression itself, or one of `times`.
  private var isFactor: Bool { isBare || unit == "times" }

  private static func computed(
    _ value: Double, unit: String, tolerance: Double, from operands: [ResolvedValue]
  ) throws(ArithmeticProblem) -> ResolvedValue {
    guard value.isFinite else { throw .notFinite }
    var result = ResolvedValue(value: value, unit: unit, tolerance: tolerance, isComputed: true)
    for operand in operands {
      for fact in operand.facts where !result.facts.contains(where: { $0.id == fact.id }) { result.facts.append(fact) }
      for cell in operand.cells where !result.cells.contains(cell) { result.cells.append(cell) }
    }
    return result
  }
}

private func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
