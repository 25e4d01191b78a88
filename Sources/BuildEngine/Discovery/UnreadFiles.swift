import AlmanacCore

extension BuildOutcome {
  /// Leaves out what later stages said of files that could not be read: that a chapter which is not there has no title
  /// helps nobody, and the real problem has been told.
  mutating func dropConsequences(of files: ReportFiles) {
    let unread = Set((files.content + files.templates).filter { $0.isBroken && $0.bytes.isEmpty }.map(\.path))
    guard !unread.isEmpty else { return }
    diagnostics.removeAll { diagnostic in
      guard let path = diagnostic.span?.path, unread.contains(path) else { return false }
      return !diagnostic.code.hasPrefix("file.")
    }
  }
}
