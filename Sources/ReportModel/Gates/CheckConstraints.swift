package import AlmanacCore
package import Datasets
private import Localization
private import Notation

/// Checks the data against what the report declares about them.
///
/// Diagnoses `constraints.violated` (both sides, how far they are apart, how much rounding explains, and where each number
/// stands), as a warning `constraints.misfit-gone` for a known misfit that fits, `constraints.wrong-unit` for a row whose
/// metric has other units, `constraints.mixed-units` for rows of one metric whose units cannot be compared, and
/// `value.…` for expressions that cannot be computed.
package func checkConstraints(_ constraints: Constraints, in data: ReportData) -> [Diagnostic] {
  checkUnits(constraints.units, in: data.ledger) + constraints.checks.flatMap { check($0, in: data) }
}

private func check(_ constraint: Constraint, in data: ReportData) -> [Diagnostic] {
  let (left, right) = (resolveValue(constraint.left, in: data), resolveValue(constraint.right, in: data))
  guard let leftValue = left.value, let rightValue = right.value else { return left.diagnostics + right.diagnostics }
  // A unit that nobody knows was told of in its row.
  guard (leftValue.facts + rightValue.facts).allSatisfy({ data.names.isUnit($0.unit) }) else { return [] }
  let difference: ResolvedValue
  do throws(ArithmeticProblem) {
    difference = try ResolvedValue.combine(leftValue, rightValue, subtracting: true)
  } catch {
    return [
      .error(
        "constraints.different-units",
        "'\(leftValue.unit)' and '\(rightValue.unit)' cannot be compared", at: constraint.span)
    ]
  }
  // Sums of decimals are not exact.
  let scale = max(leftValue.value.magnitude, rightValue.value.magnitude)
  let tolerance = difference.tolerance + constraint.slack + 1e-9 * scale
  let isKept =
    switch constraint.relation {
    case .equal: difference.value.magnitude <= tolerance
    case .atMost: difference.value <= tolerance
    case .atLeast: difference.value >= -tolerance
    }
  if let reason = constraint.knownMisfit {
    guard isKept else { return [] }
    return [
      .warning(
        "constraints.misfit-gone", "the numbers of '\(constraint.id)' now fit", at: constraint.span,
        notes: [.init("declared as a misfit: \(shortened(reason, to: 80))")], hint: "remove 'misfit'")
    ]
  }
  guard !isKept else { return [] }
  let apart = shortestNumber(rounded(difference.value.magnitude))
  let explained = shortestNumber(rounded(difference.tolerance))
  return [
    .error(
      "constraints.violated",
      "'\(constraint.id)' does not hold: \(shortestNumber(rounded(leftValue.value))) \(constraint.relation.rawValue) \(shortestNumber(rounded(rightValue.value)))",
      at: constraint.span,
      notes: [.init("apart by \(apart), of which rounding explains \(explained)")]
        + (leftValue.facts + rightValue.facts).map { fact in
          .init("'\(fact.id)' is \(shortestNumber(fact.value))", at: data.ledger.span(of: fact, .value))
        },
      hint: "correct a number, or say in 'misfit' why the sources do not fit")
  ]
}

/// Nine digits are more than any source prints.
private func rounded(_ value: Double) -> Double {
  guard value != 0, value.isFinite else { return value }
  var scale = 1.0
  while (value * scale).magnitude < 1e8 { scale *= 10 }
  return (value * scale).rounded() / scale
}

private func checkUnits(_ units: [String: [String]], in ledger: Ledger) -> [Diagnostic] {
  var firsts: [String: Fact] = [:]
  var diagnostics: [Diagnostic] = []
  for fact in ledger.facts {
    if let allowed = units[fact.metric] {
      if !allowed.contains(fact.unit) {
        diagnostics.append(
          .error(
            "constraints.wrong-unit", "'\(fact.metric)' is not measured in '\(fact.unit)'",
            at: ledger.span(of: fact, .unit), hint: "its rows are in \(allowed.joined(separator: " or "))"))
      }
      continue
    }
    guard let first = firsts[fact.metric] else {
      firsts[fact.metric] = fact
      continue
    }
    if first.unit != fact.unit, !(isCurrency(first.measure) && isCurrency(fact.measure)) {
      diagnostics.append(
        .error(
          "constraints.mixed-units",
          "'\(fact.metric)' is measured in '\(fact.unit)' here and in '\(first.unit)' before",
          at: ledger.span(of: fact, .unit), notes: [.init("first here", at: ledger.span(of: first, .unit))],
          hint: "give what is measured otherwise a metric of its own, or declare both units in constraints.yaml"))
    }
  }
  return diagnostics
}

/// Prices may be in several currencies; one that Almanac does not know is declared under its ISO code.
private func isCurrency(_ unit: MeasureUnit) -> Bool {
  if case .currency = unit.kind { return true }
  return unit.key.utf8.count == 3 && unit.key.utf8.allSatisfy { 0x41...0x5A ~= $0 }
}
