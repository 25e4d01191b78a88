package import AlmanacCore
package import Notation

/// Facts that ought to say the same and do not: same metric, entity, region, period and unit, another value.
package struct Conflict: Hashable, Sendable {
  /// Ids of the facts, in the order of the ledger.
  package var facts: [String]
  /// What `conflicts.yaml` says about them; `nil` when nothing was decided.
  package var decision: ConflictDecision?
}

/// One entry of `data/conflicts.yaml`: which rows disagree, which one the report uses, and why.
package struct ConflictDecision: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// One of them must be wrong.
    case hard
    /// They count different things.
    case scope
    /// They speak of different days.
    case date
  }

  package struct Row: Hashable, Sendable {
    package var id: String
    package var span: SourceSpan
  }

  package var id: String
  package var idSpan: SourceSpan
  package var kind: Kind
  package var rows: [Row]
  /// The id of the row that the report uses.
  package var preferred: String?
  /// Text, or a map from language to text.
  package var reason: NotationValue?
}

/// What the ledger's rows disagree about, and what was decided.
package struct Conflicts: Sendable {
  /// Found by comparing rows.
  package var found: [Conflict] = []
  /// All decisions, also those on rows that no comparison finds because they differ in scope or date.
  package var decisions: [ConflictDecision] = []

  package init(found: [Conflict] = [], decisions: [ConflictDecision] = []) {
    self.found = found
    self.decisions = decisions
  }

  /// Returns the decisions that name a fact.
  package func decisions(on fact: String) -> [ConflictDecision] {
    decisions.filter { $0.rows.contains { $0.id == fact } }
  }
}
