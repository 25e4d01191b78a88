package import Localization
package import VegaLite

/// What an expression can reach besides its row: parameters, scales, data, the clock and the language of an edition.
package struct ExpressionScope: Sendable {
  /// Values of parameters and of `width`, `height` and the like.
  package var signals: [String: Value]
  /// The zone of `year`, `timeFormat` and `datetime`; the `utc…` functions never ask it.
  package var zone: TimeZoneRules
  package var locale: FormatLocale
  /// Where `random` starts; each evaluator starts anew.
  package var seed: UInt64
  /// Milliseconds that `now` gives.
  package var now: Double
  /// Projections of maps, as far as they are fitted.
  var projections: [String: Projection] = [:]
  /// What functions like `scale` and `data` ask; without them they give `undefined`.
  package var lookups: Lookups
  /// Shared by all expressions of a drawing.
  package var budget = ExpressionBudget()

  package struct Lookups: Sendable {
    package var scale: (@Sendable (_ name: String, _ value: Value) -> Value)?
    package var invert: (@Sendable (_ name: String, _ value: Value) -> Value)?
    package var bandwidth: (@Sendable (_ name: String) -> Double)?
    package var domain: (@Sendable (_ name: String) -> [Value])?
    package var range: (@Sendable (_ name: String) -> [Value])?
    package var data: (@Sendable (_ name: String) -> DataTable?)?
    /// Whether a row is selected; without it every row is, as with an empty selection.
    package var isSelected: (@Sendable (_ selection: String, _ datum: Value) -> Bool)?
    package init() {}
  }

  package init(
    signals: [String: Value] = [:], zone: TimeZoneRules = .utc, locale: FormatLocale = .english, seed: UInt64 = 42,
    now: Double = 0, lookups: Lookups = Lookups()
  ) {
    self.signals = signals
    self.zone = zone
    self.locale = locale
    self.seed = seed
    self.now = now
    self.lookups = lookups
  }
}

/// An expression made ready for the rows of a table: columns are found once, types are known where columns have one.
package struct RowEvaluator {
  private let code: ExpressionCode
  private let context: ExpressionContext
  /// Parts of the expression: what a row costs.
  private let size: Int

  package init(_ expression: Expression, table: DataTable, scope: ExpressionScope) {
    context = ExpressionContext(scope)
    size = expression.root.size
    var compiler = ExpressionCompiler(source: .table(table), context: context)
    code = compiler.compile(expression.root)
  }

  package func value(_ row: Int) -> Value { code.value(row) }
  package func number(_ row: Int) -> Double { code.number(row) }
  package func bool(_ row: Int) -> Bool { code.bool(row) }

  /// The values of all rows, stored plainly where they are of one kind.
  package func column(rows count: Int) -> Column {
    guard scope.budget.spend(size * count) else { return Column(repeating: .undefined, count: count) }
    switch code {
    case .constant(let value): return Column(repeating: value, count: count)
    case .number(let function): return .numbers((0..<count).map(function))
    case .date(let function): return .dates((0..<count).map(function))
    case .string(let function): return .strings((0..<count).map(function))
    case .bool(let function): return .values((0..<count).map { .bool(function($0)) })
    case .value(let function): return Column((0..<count).map(function))
    }
  }

  /// The rows for which the expression holds.
  package func selectedRows(count: Int) -> [Int] {
    guard scope.budget.spend(size * count) else { return [] }
    let function = code.boolFunction
    return (0..<count).filter { function($0) }
  }

  private var scope: ExpressionScope { context.scope }
}

/// An expression made ready for single values of `datum`: labels, conditions of guides, initial values of parameters.
package struct CompiledExpression {
  private let code: ExpressionCode
  private let context: ExpressionContext

  package init(_ expression: Expression, scope: ExpressionScope) {
    context = ExpressionContext(scope)
    var compiler = ExpressionCompiler(source: .datum, context: context)
    code = compiler.compile(expression.root)
  }

  package func callAsFunction(_ datum: Value) -> Value {
    context.datum = datum
    return code.value(0)
  }
}

/// Evaluates an expression once.
package func evaluate(_ expression: Expression, datum: Value = .undefined, scope: ExpressionScope) -> Value {
  CompiledExpression(expression, scope: scope)(datum)
}

/// What changes while an expression is evaluated.
final class ExpressionContext {
  let scope: ExpressionScope
  var datum = Value.undefined
  private var state: UInt64
  private var numberFormats: [String: NumberFormat] = [:]
  private var timeFormats: [String: TimeFormat] = [:]
  private var patterns: [String: RegularExpression?] = [:]

  init(_ scope: ExpressionScope) {
    self.scope = scope
    state = scope.seed
  }

  /// Counts work that grows with data inside one call; false when the budget is used up.
  func spend(_ steps: Int) -> Bool {
    scope.budget.spend(steps)
  }

  /// A value as it is, or an empty text instead of one that is too long.
  func limited(_ value: Value) -> Value {
    if case .string(let text) = value, !scope.budget.allows(bytes: text.utf8.count) { return .string("") }
    return value
  }

  /// A number from 0 up to and without 1 (SplitMix64).
  func random() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return Double(z >> 11) * 0x1p-53
  }

  func numberFormat(_ specifier: String) -> NumberFormat {
    if let format = numberFormats[specifier] { return format }
    let format =
      NumberFormat(specifier, locale: scope.locale.number)
      ?? NumberFormat(NumberFormatSpecifier(), locale: scope.locale.number)
    numberFormats[specifier] = format
    return format
  }

  func timeFormat(_ specifier: String) -> TimeFormat {
    if let format = timeFormats[specifier] { return format }
    let format = TimeFormat(specifier, locale: scope.locale.time)
    timeFormats[specifier] = format
    return format
  }

  func pattern(_ text: String, _ flags: String) -> RegularExpression? {
    let key = flags + "/" + text
    if let pattern = patterns[key] { return pattern }
    var pattern = RegularExpression(text, flags: flags)
    pattern?.spending = scope.budget
    patterns[key] = pattern
    return pattern
  }
}
