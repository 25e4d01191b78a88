package import AlmanacCore
private import Localization

/// Finds the facts that disagree and looks up what was decided about them.
///
/// Rows on the same thing are compared in one unit, and agree when the finer figure lies within what the coarser one
/// rounds off: 5.2亿 says nothing against 5.15亿. Two currencies are compared only where the ledger has a rate (a fact in a
/// unit such as `CNY/USD`) for the rows' period.
///
/// Diagnoses `conflicts.undecided` (error), and as warnings `conflicts.unknown-fact` for decisions on rows that are gone
/// and `conflicts.agreed` for decisions on rows that now say the same.
package func findConflicts(in ledger: Ledger, decisions: [ConflictDecision]) -> Diagnosed<Conflicts> {
  let compared = Comparison(ledger)
  var groups: [Subject: [Fact]] = [:]
  var order: [Subject] = []
  for fact in ledger.facts {
    let key = Subject(fact, unit: compared.measure(fact).unit)
    if groups[key] == nil { order.append(key) }
    groups[key, default: []].append(fact)
  }
  var diagnostics: [Diagnostic] = []
  var found: [Conflict] = []
  for key in order {
    guard let facts = groups[key], facts.count > 1, let rival = compared.firstRival(among: facts) else { continue }
    let ids = facts.map(\.id)
    let decision = decisions.first { decision in ids.allSatisfy { id in decision.rows.contains { $0.id == id } } }
    if decision == nil {
      diagnostics.append(
        .conflictsUndecided(
          rival, rivals: facts.filter { $0.id != rival.id }.map { ($0, ledger.span(of: $0, .value)) },
          at: ledger.span(of: rival, .value)))
    }
    found.append(Conflict(facts: ids, decision: decision))
  }
  for decision in decisions {
    for row in decision.rows where !ledger.contains(row.id) {
      diagnostics.append(.conflictsUnknownFact(row.id, at: row.span, known: ledger.ids))
    }
    let facts = decision.rows.compactMap { ledger[$0.id] }
    if facts.count == decision.rows.count, let first = facts.first, facts.count > 1,
      facts.allSatisfy({ compared.measure($0).unit == compared.measure(first).unit }),
      compared.firstRival(among: facts) == nil
    {
      diagnostics.append(.conflictsAgreed(decision.id, at: decision.idSpan))
    }
  }
  return Diagnosed(Conflicts(found: found, decisions: decisions), diagnostics)
}

/// What a row speaks of; rows with one subject ought to have one value.
private struct Subject: Hashable {
  var metric, entity, region, period, unit: String

  init(_ fact: Fact, unit: String) {
    metric = fact.metric
    entity = fact.entity
    region = fact.region
    period = fact.period.ledgerText
    self.unit = unit
  }
}

/// How facts of one thing are brought to one unit.
private struct Comparison {
  /// The facts that say what one currency is worth in another.
  let rates: [(fact: Fact, of: String, per: String)]

  init(_ ledger: Ledger) {
    rates = ledger.facts.compactMap { fact in fact.measure.exchangedCurrencies.map { (fact, $0.of, $0.per) } }
  }

  /// The first row that does not agree with one before it.
  func firstRival(among facts: [Fact]) -> Fact? {
    facts.indices.first { place in facts[..<place].contains { !agree($0, facts[place]) } }.map { facts[$0] }
  }

  private func agree(_ left: Fact, _ right: Fact) -> Bool {
    let (first, second) = (measure(left), measure(right))
    let difference = (first.value - second.value).magnitude
    return difference <= max(first.rounding, second.rounding) * (1 + 1e-9)
  }

  /// A value in the unit of its dimension: things counted, hours, one currency of several, or the row's own.
  func measure(_ fact: Fact) -> (value: Double, unit: String, rounding: Double) {
    // A figure with a word such as "over" is a bound; how far it lies from the value nobody knows.
    let quantity = fact.quantity
    let rounding = quantity.map { $0.qualifier == nil ? $0.rounding : 0 } ?? 0
    if let rate = rates.first(where: { $0.per == fact.unit && $0.fact.period.covers(fact.period) }) {
      let uncertain = fact.value.magnitude * (rate.fact.quantity?.rounding ?? 0)
      return (fact.value * rate.fact.value, rate.of, rounding * rate.fact.value + uncertain)
    }
    let (unit, factor): (String, Double) =
      switch fact.unit {
      case "persons": ("count", 1)
      case "minutes": ("hours", 1 / 60)
      case "days": ("hours", 24)
      default: (fact.unit, 1)
      }
    return (fact.value * factor, unit, rounding * factor)
  }
}

extension Period {
  /// Whether the other lies within it, or is the same.
  fileprivate func covers(_ other: Period) -> Bool { firstDay <= other.firstDay && other.dayAfter <= dayAfter }
}
