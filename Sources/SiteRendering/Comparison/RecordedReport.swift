/// What a `report.json` says, as far as two of them are compared.
package struct RecordedReport: Hashable, Sendable {
  /// In the order of the ledger; no id twice.
  package var facts: [RecordedFact] = []
  /// In the order of the report; no id twice.
  package var figures: [RecordedFigure] = []
  /// In the order of the report; no route twice.
  package var pages: [RecordedPage] = []
  /// In the order of the ledger.
  package var conflicts: [RecordedConflict] = []
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
}

package struct RecordedPage: Hashable, Sendable {
  package var route: String
  package var title: String
}

/// Numbers on one subject that disagree, and what was decided about them.
package struct RecordedConflict: Hashable, Sendable {
  package var facts: [String]
  /// The id of the decision; `nil` while nothing is decided.
  package var decision: String?
  /// The fact that the report follows, if the decision names one.
  package var preferred: String?
}
