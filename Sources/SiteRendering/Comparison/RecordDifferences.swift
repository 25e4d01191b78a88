/// What one build of a report says otherwise than another.
package struct RecordDifferences: Hashable, Sendable {
  /// Numbers on a subject that the old report was silent about, in the order of the new ledger.
  package var newFacts: [RecordedFact] = []
  /// In the order of the old ledger.
  package var goneFacts: [RecordedFact] = []
  /// In the order of the new ledger.
  package var factChanges: [FactChange] = []
  package var openedConflicts: [RecordedConflict] = []
  package var closedConflicts: [RecordedConflict] = []
  /// Conflicts that last, with another decision or other rows.
  package var conflictChanges: [ConflictChange] = []
  package var newFigures: [RecordedFigure] = []
  package var goneFigures: [RecordedFigure] = []
  /// Figures that stand in both reports and show or say something else, in the order of the new one.
  package var figureChanges: [FigureChange] = []
  package var newPages: [RecordedPage] = []
  package var gonePages: [RecordedPage] = []
  /// Routes of pages that stand in both reports and show a number that differs, in the order of the new one.
  package var touchedPages: [String] = []
  /// Routes of pages whose own words differ, in the order of the new one.
  package var rewrittenPages: [String] = []

  package var isEmpty: Bool { self == RecordDifferences() }
}

/// A number that stands in both reports and is not the same.
package struct FactChange: Hashable, Sendable {
  /// What is not the same.
  package enum Aspect: String, CaseIterable, Hashable, Sendable {
    /// The id alone: the subject is the same.
    case id
    /// Metric, entity, region or period: the id now stands for something else.
    case subject
    case value, unit, kind, source, printed
  }

  /// What an editor calls it.
  package enum Sort: String, CaseIterable, Hashable, Sendable {
    /// The same source, another value.
    case changed
    /// The same subject by another source, in other words, or under another id.
    case restated
    case unitChanged = "unit-changed"
    case kindChanged = "kind-changed"
    case subjectChanged = "subject-changed"
  }

  package var old: RecordedFact
  package var new: RecordedFact
  /// In the order of the cases; not empty.
  package var aspects: [Aspect]
}

extension FactChange {
  /// The weightiest thing that happened to the number; the others stand in ``aspects``.
  package var sort: Sort {
    if aspects.contains(.subject) { return .subjectChanged }
    if aspects.contains(.unit) { return .unitChanged }
    if aspects.contains(.source) || aspects.contains(.id) { return .restated }
    if aspects.contains(.value) { return .changed }
    return aspects.contains(.printed) ? .restated : .kindChanged
  }

  /// How much larger the new value is, as a part of the old: 0.01 for 1% more; `nil` where that means nothing.
  package var relativeChange: Double? {
    guard old.unit == new.unit, old.value != new.value, old.value != 0 else { return nil }
    let change = (new.value - old.value) / abs(old.value)
    return change.isFinite ? change : nil
  }

  /// Routes of the pages that show the number now, then those that only showed it before.
  package var pages: [String] { new.pages + old.pages.filter { !new.pages.contains($0) } }
}

/// A figure that stands in both reports and is not the same.
package struct FigureChange: Hashable, Sendable {
  package enum Aspect: String, CaseIterable, Hashable, Sendable {
    /// A number that it draws is new, gone or not the same.
    case numbers
    /// Other rows, though no number of the ledger in them differs.
    case rows
    case kind, caption
    /// The same rows, drawn or described otherwise.
    case drawing
  }

  package var old: RecordedFigure
  package var new: RecordedFigure
  /// In the order of the cases; not empty.
  package var aspects: [Aspect]
  /// Ids of the numbers that differ, in the order of the figure.
  package var facts: [String]
}

/// A conflict that stands in both reports and is not the same.
package struct ConflictChange: Hashable, Sendable {
  package var old: RecordedConflict
  package var new: RecordedConflict

  package var isDecidedOtherwise: Bool {
    old.decision != new.decision || old.preferred != new.preferred || old.kind != nil && old.kind != new.kind
  }
}
