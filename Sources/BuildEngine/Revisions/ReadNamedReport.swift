package import AlmanacCore
package import SiteRendering

/// What somebody named a report by, read: what it said, or why that cannot be had.
package struct NamedReport: Sendable {
  /// The record that was read, for excerpts; empty for a revision.
  package var file: SourceFile
  package var report: EarlierReport?
  /// An error when there is no report; beside one, what makes it doubtful.
  package var diagnostics: [Diagnostic]
}

/// Reads what a report said, from whatever names it: a record, a folder with one, a report's folder, or a git revision.
///
/// A file or a folder comes before a revision of the same name. A folder's own `report.json` comes first, then the one in its
/// `Output/`; a report that was never built, and one at a revision, is checked in memory, without writing anything.
///
/// Diagnoses `diff.no-record`, `diff.no-content`, `diff.unreadable-revision`, `diff.doubtful-report`, `file.…`, `json.…` and
/// `record.…`.
/// - Parameters:
///   - name: a path from the working directory, `-` for standard input, or a revision of the report at the environment's
///     root.
///   - standardInput: read when asked for.
package func readReport(
  named name: String, _ environment: BuildEnvironment, standardInput: () -> [UInt8]
) async -> NamedReport {
  var here = environment
  here.root = "."
  func kind(_ path: String) -> FileKind? { try? here.files.kind(of: path, followingLinks: true) }
  if name == "-" {
    let text = checkText(standardInput(), path: "standard input", .text, here.limits)
    return readRecordFile(SourceFile(path: "standard input", bytes: text.value), text.diagnostics)
  }
  switch kind(name) {
  case nil: return await readReportAtRevision(name, environment)
  case .folder:
    let places = ["report.json", "Output/report.json"].map { joinPath(name, $0) }
    if let place = places.first(where: { kind($0) != nil }) { return readRecordFile(place, here) }
    guard kind(joinPath(name, "Content")) == .folder else {
      return NamedReport(name, .noRecord(name, "neither a report.json nor Content/ in '\(name)'"))
    }
    var folder = environment
    folder.root = name
    return await readCurrentReport(folder, named: name)
  default: return readRecordFile(name, here)
  }
}

/// Checks the report at the environment's root in memory and returns what it says.
package func readCurrentReport(_ environment: BuildEnvironment, named name: String) async -> NamedReport {
  var options = BuildOptions()
  options.isDryRun = true
  let outcome = await buildReport(environment, options)
  guard !outcome.report.isEmpty else {
    let first = outcome.diagnostics.first { $0.severity == .error }
    return NamedReport(name, .unreadableReport(name, first))
  }
  var report = readRecordFile(SourceFile(path: "report.json", bytes: outcome.report), [])
  // What a gate finds wrong is said nevertheless.
  let errors = outcome.diagnostics.filter { diagnostic in
    diagnostic.severity == .error
      && !["parity.", "gate.", "translation.", "constraints.", "source."].contains(where: diagnostic.code.hasPrefix)
  }
  if let first = errors.first { report.diagnostics.append(.doubtfulReport(name, errors.count, first)) }
  return report
}

private func readReportAtRevision(_ name: String, _ environment: BuildEnvironment) async -> NamedReport {
  let revision = readRevision(name, environment)
  if let first = revision.diagnostics.first { return NamedReport(name, first) }
  guard let content = revision.value else {
    return NamedReport(
      name,
      .noRecord(
        name,
        "no file, no folder and no revision is called '\(name)'"
          + (environment.program(named: "git") == nil ? " (git is not installed)" : "")))
  }
  var then = environment
  then.files = content.files
  then.root = ""
  var report = await readCurrentReport(then, named: name)
  report.report?.revision = isReadable(name) ? name : nil
  report.report?.revisionDate = content.date
  return report
}

/// Whether readers can make anything of a revision's name: a tag or a branch, no `HEAD~3` and no digits of a commit.
private func isReadable(_ name: String) -> Bool {
  let isCommit = name.utf8.count >= 7 && name.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
  return !isCommit && name != "HEAD" && !name.contains { "~^@{}:".contains($0) }
}

// MARK: - Records

private func readRecordFile(_ path: String, _ environment: BuildEnvironment) -> NamedReport {
  let file = readFile(path, as: .text, environment)
  return readRecordFile(file.value.source, file.diagnostics)
}

private func readRecordFile(_ file: SourceFile, _ diagnostics: [Diagnostic]) -> NamedReport {
  if let first = diagnostics.first(where: { $0.severity == .error }) {
    return NamedReport(file: file, report: nil, diagnostics: [first])
  }
  let record = readRecord(file)
  return NamedReport(
    file: file, report: record.value.map { EarlierReport(record: $0) }, diagnostics: record.diagnostics)
}

extension NamedReport {
  fileprivate init(_ name: String, _ problem: Diagnostic) {
    self.init(file: SourceFile(path: name, bytes: []), report: nil, diagnostics: [problem])
  }
}
