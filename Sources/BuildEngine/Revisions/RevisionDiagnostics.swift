internal import AlmanacCore

// What can be wrong with the name of an earlier report, or with what it leads to.

extension Diagnostic {
  static func noRecord(_ name: String, _ message: String) -> Diagnostic {
    .error(
      "diff.no-record", message, at: SourceSpan(path: name, line: 1, column: 1),
      hint: "name a report.json, a folder with one, a report's folder, or a revision of git such as HEAD~1")
  }

  static func noContent(in revision: String, below prefix: String) -> Diagnostic {
    .error(
      "diff.no-content", "the revision '\(revision)' has no folder '\(prefix)Content'",
      hint: "name the report's folder with --root, as it was called then")
  }

  static func unreadableRevision(_ revision: String, _ reason: String) -> Diagnostic {
    .error("diff.unreadable-revision", "cannot read the revision '\(revision)': \(reason)")
  }

  static func unreadableReport(_ name: String, _ first: Diagnostic?) -> Diagnostic {
    .error(
      "diff.unreadable-report", "the report '\(name)' cannot be read",
      notes: first.map { [Note($0.placed)] } ?? [])
  }

  static func doubtfulReport(_ name: String, _ errors: Int, _ first: Diagnostic) -> Diagnostic {
    .warning(
      "diff.doubtful-report",
      "the report '\(name)' has \(errors) error\(errors == 1 ? "" : "s"), so it may say less than it ought to",
      notes: [Note("the first: " + first.placed)])
  }

  /// The message with its place, which is not one of today's files.
  private var placed: String {
    span.map { "\($0.path):\($0.start.line):\($0.start.column): \(message)" } ?? message
  }
}
