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
