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
    return [.constraintUnits(leftValue.unit, rightValue.unit, at: constraint.span)]
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
    return [.constraintMisfitGone(constraint, reason: reason)]
  }
  guard !isKept else { return [] }
  return [
    .constraintViolated(
      constraint, rounded(leftValue.value), rounded(rightValue.value), apart: rounded(difference.value.magnitude),
      explained: rounded(difference.tolerance),
      facts: (leftValue.facts + rightValue.facts).map { ($0, data.ledger.span(of: $0, .value)) })
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
        diagnostics.append(.constraintWrongUnit(fact, allowed: allowed, at: ledger.span(of: fact, .unit)))
      }
      continue
    }
    guard let first = firsts[fact.metric] else {
      firsts[fact.metric] = fact
      continue
    }
    if first.unit != fact.unit, !(isCurrency(first.measure) && isCurrency(fact.measure)) {
      diagnostics.append(
        .constraintMixedUnits(
          fact, at: ledger.span(of: fact, .unit), first: first, firstSpan: ledger.span(of: first, .unit)))
    }
  }
  return diagnostics
}

/// Prices may be in several currencies; one that Almanac does not know is declared under its ISO code.
private func isCurrency(_ unit: MeasureUnit) -> Bool {
  if case .currency = unit.kind { return true }
  return unit.key.utf8.count == 3 && unit.key.utf8.allSatisfy { 0x41...0x5A ~= $0 }
}
