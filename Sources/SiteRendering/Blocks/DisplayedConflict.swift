internal import AlmanacCore
internal import Datasets
private import Notation

/// Rows of the ledger that a reader sees side by side: found by comparison, named by a decision, or both.
struct DisplayedConflict: Sendable {
  /// Ids of the facts, the preferred one first.
  var facts: [String]
  /// `nil` when nothing was decided, which the build refuses.
  var decision: ConflictDecision?
  var discovery: RecordedConflict.Discovery

  /// Its id on the page of conflicts.
  var anchor: String { "conflict-" + (decision?.id ?? facts.first ?? "") }

  func reason(in language: LanguageTag) -> String? {
    guard let reason = decision?.reason else { return nil }
    return reason.scalarText ?? reason[language.rawValue]?.scalarText
  }
}

/// Returns what the ledger disagrees about, each decision once: what comparison found in the order of the ledger, then the
/// decisions on rows that differ in what they count.
func displayedConflicts(of data: ReportData) -> [DisplayedConflict] {
  var conflicts: [DisplayedConflict] = []
  var places: [String: Int] = [:]
  func add(_ facts: [String], _ decision: ConflictDecision?, _ discovery: RecordedConflict.Discovery) {
    if let decision, let place = places[decision.id] {
      for fact in facts where !conflicts[place].facts.contains(fact) { conflicts[place].facts.append(fact) }
      return
    }
    if let decision { places[decision.id] = conflicts.count }
    var ids: [String] = []
    for id in [decision?.preferred].compactMap({ $0 }) + facts where data.ledger.contains(id) && !ids.contains(id) {
      ids.append(id)
    }
    conflicts.append(DisplayedConflict(facts: ids, decision: decision, discovery: discovery))
  }
  for conflict in data.conflicts.found { add(conflict.facts, conflict.decision, .keys) }
  for decision in data.conflicts.decisions {
    add(decision.rows.map(\.id).filter(data.ledger.contains), decision, .decision)
  }
  return conflicts.filter { !$0.facts.isEmpty }
}

extension PageWords {
  /// A kind of conflict in words.
  func kind(_ kind: ConflictDecision.Kind) -> String {
    switch kind {
    case .hard: self["conflictHard"]
    case .scope: self["conflictScope"]
    case .date: self["conflictDate"]
    }
  }
}
