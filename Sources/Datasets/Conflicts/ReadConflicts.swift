package import AlmanacCore
private import Localization
private import Notation

/// Reads `data/conflicts.yaml`: a list of decisions.
///
/// Diagnoses `conflicts.duplicate-id`, `conflicts.too-few-rows`, `conflicts.preferred-not-a-row`, and keys that are missing,
/// of the wrong type or unknown.
package func readConflictDecisions(_ file: SourceFile) -> Diagnosed<[ConflictDecision]> {
  var diagnostics: [Diagnostic] = []
  let value = parseYAML(file).value(reportingTo: &diagnostics)
  var decisions: [ConflictDecision] = []
  if value.array == nil, !value.isNull { diagnostics.append(.wrongType(of: value, "a list", area: "conflicts")) }
  for item in value.array ?? [] {
    var reader = ObjectReader(item, area: "conflicts")
    let id = reader.text("id", required: true)
    let kind: ConflictDecision.Kind? = reader.word("kind", required: true)
    let rows = reader.texts("rows", required: true).map { ConflictDecision.Row(id: $0.text, span: $0.span) }
    let preferred = reader.text("prefer")
    let reason = reader.value("reason", required: true)
    reader.allow(["note"])
    let idSpan = item["id"]?.span ?? item.span
    if item["rows"] != nil, rows.count < 2 {
      reader.diagnostics.append(.conflictsTooFewRows(at: item["rows"]?.span ?? idSpan))
    }
    if let preferred, !rows.contains(where: { $0.id == preferred }) {
      reader.diagnostics.append(
        .conflictsPreferredNotARow(preferred, at: item["prefer"]?.span ?? idSpan, rows: rows.map(\.id)))
    }
    diagnostics += reader.finish()
    guard let id, let kind else { continue }
    if let first = decisions.first(where: { $0.id == id }) {
      diagnostics.append(.conflictsDuplicateID(id, at: idSpan, first: first.idSpan))
    }
    decisions.append(
      ConflictDecision(id: id, idSpan: idSpan, kind: kind, rows: rows, preferred: preferred, reason: reason))
  }
  return Diagnosed(decisions, diagnostics)
}

/// Finds the facts that disagree and looks up what was decided about them.
///
/// Diagnoses `conflicts.undecided` (error), and as warnings `conflicts.unknown-fact` for decisions on rows that are gone
/// and `conflicts.agreed` for decisions on rows that now say the same.
package func findConflicts(in ledger: Ledger, decisions: [ConflictDecision]) -> Diagnosed<Conflicts> {
  struct Key: Hashable {
    var metric, entity, region, period, unit: String
  }
  var groups: [Key: [Fact]] = [:]
  var order: [Key] = []
  for fact in ledger.facts {
    let key = Key(
      metric: fact.metric, entity: fact.entity, region: fact.region, period: fact.period.ledgerText, unit: fact.unit)
    if groups[key] == nil { order.append(key) }
    groups[key, default: []].append(fact)
  }
  var diagnostics: [Diagnostic] = []
  var found: [Conflict] = []
  for key in order {
    guard let facts = groups[key], let first = facts.first, facts.contains(where: { $0.value != first.value }) else {
      continue
    }
    let ids = facts.map(\.id)
    let decision = decisions.first { decision in ids.allSatisfy { id in decision.rows.contains { $0.id == id } } }
    if decision == nil, let rival = facts.first(where: { $0.value != first.value }) {
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
      facts.allSatisfy({ $0.value == first.value && $0.unit == first.unit })
    {
      diagnostics.append(.conflictsAgreed(decision.id, at: decision.idSpan))
    }
  }
  return Diagnosed(Conflicts(found: found, decisions: decisions), diagnostics)
}
