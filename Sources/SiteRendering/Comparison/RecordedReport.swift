/// What a `report.json` says, as far as two of them are compared.
package struct RecordedReport: Hashable, Sendable {
  /// In the order of the ledger; no id twice.
  package var facts: [RecordedFact] = []
  /// In the order of the report; no id twice.
  package var figures: [RecordedFigure] = []
  /// In the order of the report; no route twice.
  package var pages: [RecordedPage] = []
  /// What comparison found, then what a decision alone names.
  package var conflicts: [RecordedConflict] = []
  /// The report's own date, as its author wrote it.
  package var date: String?
}

/// One number of a report, with the pages that show it.
package struct RecordedFact: Hashable, Sendable {
  /// What a number is about: two numbers on one subject ought to be equal.
  package struct Subject: Hashable, Sendable {
    package var metric: String
    package var entity: String
    /// May be empty.
    package var region: String
    package var period: String
  }

  package var id: String
  /// `nil` in a record of a version that did not write metric and entity yet.
  package var subject: Subject?
  /// In the base unit.
  package var value: Double
  package var unit: String
  /// `observed`, `forecast` or `target`.
  package var kind: String
  package var period: String
  package var source: String
  package var locator: String
  package var printed: String
  /// Routes of the pages that show it.
  package var pages: [String]
}

package struct RecordedFigure: Hashable, Sendable {
  package var id: String
  package var kind: String
  package var pages: [String]
  /// `nil`, as all below, in a record of a version that did not write it yet.
  package var caption: String?
  /// Ids of the facts that it draws.
  package var facts: [String] = []
  /// The fingerprint of its rows.
  package var rows: String?
  /// The fingerprint of how they are drawn and described.
  package var drawing: String?
}

package struct RecordedPage: Hashable, Sendable {
  package var route: String
  package var title: String
  /// The fingerprint of its words.
  package var text: String?
}

/// Numbers that disagree, and what was decided about them.
package struct RecordedConflict: Hashable, Sendable {
  /// How a build knows of a conflict.
  package enum Discovery: String, CaseIterable, Hashable, Sendable {
    /// The rows have the same metric, entity, region, period and dimension, and other values.
    case keys
    /// A decision names rows that differ in what they count or when.
    case decision
  }

  /// In the order of the ledger.
  package var facts: [String]
  /// The id of the decision; `nil` while nothing is decided.
  package var decision: String?
  /// The fact that the report follows, if the decision names one.
  package var preferred: String?
  /// `hard`, `scope` or `date`.
  package var kind: String?
  /// `nil` in a record of a version that listed nothing but conflicts found by keys.
  package var discovery: Discovery?
}
