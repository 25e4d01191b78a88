internal import AlmanacCore
internal import Datasets
private import Localization
private import Notation

// What the gates refuse: numbers that do not fit each other, sources that are too old, numbers that nobody bound. Sorted by
// code; a code never changes its meaning.

// MARK: - What ought to fit

extension Diagnostic {
  static func constraintUnits(_ left: String, _ right: String, at span: SourceSpan) -> Diagnostic {
    .error("constraints.different-units", "'\(left)' and '\(right)' cannot be compared", at: span)
  }

  static func constraintDuplicateID(_ check: Constraint, first: SourceSpan) -> Diagnostic {
    .error(
      "constraints.duplicate-id", "two checks are called '\(check.id)'", at: check.idSpan,
      notes: [.init("first here", at: first)])
  }

  static func constraintMisfitGone(_ constraint: Constraint, reason: String) -> Diagnostic {
    .warning(
      "constraints.misfit-gone", "the numbers of '\(constraint.id)' now fit", at: constraint.span,
      notes: [.init("declared as a misfit: \(Notation.shortened(reason, to: 80))")], hint: "remove 'misfit'")
  }

  static func constraintMixedUnits(
    _ fact: Fact, at span: SourceSpan?, first: Fact, firstSpan: SourceSpan?
  ) -> Diagnostic {
    .error(
      "constraints.mixed-units", "'\(fact.metric)' is measured in '\(fact.unit)' here and in '\(first.unit)' before",
      at: span, notes: [.init("first here", at: firstSpan)],
      hint: "give what is measured otherwise a metric of its own, or declare both units in constraints.yaml")
  }

  static func constraintNoRelation(at span: SourceSpan) -> Diagnostic {
    .error(
      "constraints.no-relation", "a check says that one thing equals another", at: span,
      hint: "write one '=', '<=' or '>=' between spaces: sum(a, b) = c")
  }

  static func constraintUnknownMetric(_ metric: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "constraints.unknown-metric", "no metric is called '\(Notation.shortened(metric))'", at: span,
      hint: unknownWordHint(metric, among: known))
  }

  static func constraintUnknownUnit(_ unit: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "constraints.unknown-unit", "unknown unit '\(Notation.shortened(unit))'", at: span,
      hint: unknownWordHint(unit, among: known))
  }

  /// - Parameters:
  ///   - apart: how far the two sides differ.
  ///   - explained: how much of that rounding explains.
  ///   - facts: the numbers of both sides with their places.
  static func constraintViolated(
    _ constraint: Constraint, _ left: Double, _ right: Double, apart: Double, explained: Double,
    facts: [(fact: Fact, span: SourceSpan?)]
  ) -> Diagnostic {
    let relation = "\(shortestNumber(left)) \(constraint.relation.rawValue) \(shortestNumber(right))"
    return .error(
      "constraints.violated", "'\(constraint.id)' does not hold: \(relation)", at: constraint.span,
      notes: [.init("apart by \(shortestNumber(apart)), of which rounding explains \(shortestNumber(explained))")]
        + facts.map { .init("'\($0.fact.id)' is \(shortestNumber($0.fact.value))", at: $0.span) },
      hint: "correct a number, or say in 'misfit' why the sources do not fit")
  }

  static func constraintWrongUnit(_ fact: Fact, allowed: [String], at span: SourceSpan?) -> Diagnostic {
    .error(
      "constraints.wrong-unit", "'\(fact.metric)' is not measured in '\(fact.unit)'", at: span,
      hint: "its rows are in \(allowed.joined(separator: " or "))")
  }
}

// MARK: - Numbers that nobody bound

extension Diagnostic {
  static func unboundNumber(_ number: UnboundNumber, hint: String, _ severity: Severity) -> Diagnostic {
    Diagnostic(
      severity, "gate.unbound-number", "the number '\(number.text)' is not bound to the data", at: number.span,
      hint: hint)
  }
}

// MARK: - Ages of sources

extension Diagnostic {
  static func reportWithoutDate(at span: SourceSpan?) -> Diagnostic {
    .error(
      "report.no-date", "the age of sources is measured against the report's date, which is missing", at: span,
      hint: "add 'date: 2025-12-31' to report.yaml")
  }

  static func sourceOld(
    _ id: String, months: Int, limit: Int, at span: SourceSpan?, limitSpan: SourceSpan?
  ) -> Diagnostic {
    .warning(
      "source.old", "the source '\(id)' is \(months) months older than the report", at: span,
      notes: [.init("up to \(limit) months are young enough", at: limitSpan)], hint: "look for a newer source")
  }

  static func sourceStale(
    _ id: String, months: Int, limit: Int, at span: SourceSpan?, limitSpan: SourceSpan?
  ) -> Diagnostic {
    .error(
      "source.stale", "the source '\(id)' is \(months) months older than the report", at: span,
      notes: [.init("allowed are \(limit) months", at: limitSpan)], hint: "find a newer source, or raise 'failAfter'")
  }
}
