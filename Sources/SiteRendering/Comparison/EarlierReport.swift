internal import AlmanacCore
private import Localization

/// What a report said before, and what that edition of it is called.
package struct EarlierReport: Hashable, Sendable {
  package var record: RecordedReport
  /// The name of the revision it was read from, where readers can make something of it.
  package var revision: String?
  /// The day of that revision.
  package var revisionDate: String?

  package init(record: RecordedReport, revision: String? = nil, revisionDate: String? = nil) {
    self.record = record
    self.revision = revision
    self.revisionDate = revisionDate
  }
}

extension EarlierReport {
  /// What the edition is called in a sentence: its own date where the new one has another, a tag, the day of the revision;
  /// `nil` when nothing tells it from others.
  /// - Parameter date: of the report that is being built.
  func name(besides date: String?, in language: LanguageTag) -> String? {
    if let own = record.date, own != date { return formatPeriod(own, language) }
    return revision ?? revisionDate.map { formatPeriod($0, language) }
  }
}
