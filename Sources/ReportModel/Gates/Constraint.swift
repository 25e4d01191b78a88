package import AlmanacCore

/// What must hold between the numbers of a report: `Content/data/constraints.yaml`.
///
/// ```
/// units:
///   genai-users: persons
///   price-input: [CNY, USD]
/// checks:
///   - id: first-choices
///     check: sum(first-choice.a.2025-06, first-choice.b.2025-06) = 100
///   - id: growth-fits
///     check: growth(market.cn.2023, market.cn.2024) = market-growth.cn.2024
///     slack: 0.5
/// ```
package struct Constraints: Hashable, Sendable {
  /// The units that a metric's rows may have, by the metric's key.
  package var units: [String: [String]] = [:]
  package var checks: [Constraint] = []

  package init() {}
}

/// Two expressions over the data of which one must equal the other, or bound it, as far as rounding allows.
package struct Constraint: Hashable, Sendable {
  package enum Relation: String, CaseIterable, Hashable, Sendable {
    case equal = "="
    case atMost = "<="
    case atLeast = ">="
  }

  package var id: String
  package var idSpan: SourceSpan
  package var left: ValueExpression
  package var relation: Relation
  package var right: ValueExpression
  /// As written, and where.
  package var text: String
  package var span: SourceSpan
  /// What the sides may differ beyond rounding, in the unit of the left side.
  package var slack: Double
  /// Why the sources are known not to fit; such a check warns when they do.
  package var knownMisfit: String?
}
