/// What a report says otherwise than an earlier edition of it: what its page of changes shows.
package struct ReportChanges: Sendable {
  package let earlier: EarlierReport
  package let differences: RecordDifferences
  /// Every number of both editions by its id, as the later one has it.
  let facts: [String: RecordedFact]

  package init(earlier: EarlierReport, current: RecordedReport) {
    self.earlier = earlier
    differences = compareRecords(old: earlier.record, new: current)
    facts = Dictionary(
      (current.facts + earlier.record.facts).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// How many numbers differ.
  var numberCount: Int {
    differences.factChanges.count + differences.newFacts.count + differences.goneFacts.count
  }

  var conflictCount: Int {
    differences.openedConflicts.count + differences.closedConflicts.count + differences.conflictChanges.count
  }

  var figureCount: Int {
    differences.newFigures.count + differences.goneFigures.count + differences.figureChanges.count
  }
}
