import AlmanacCore
import ArgumentParser
import BuildEngine
import SiteRendering

/// `almanac diff`: what one build says otherwise than another.
struct DiffCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say which numbers differ between two builds, and on which pages.",
    discussion: """
      Every build writes a record of what the report says: Output/report.json. Keep the one of the last edition, and this \
      tells what became of it: numbers that are new, gone, changed (same source, another value), restated (same metric, \
      entity, region and period, by another source or in other words) or in another unit; conflicts opened, closed and decided \
      otherwise; figures and pages new and gone. Each number stands with the pages that show it: the ones to read again.

      OLD and NEW are records, folders that hold one, or reports that are built; - reads a record from standard input.
      Differences are no errors: the exit code is 0, and 2 for what cannot be read.

      Examples:
        cp Output/report.json last.json      before you start to edit
        almanac diff last.json Output        after almanac build
        almanac diff --format markdown last.json Output >> "$GITHUB_STEP_SUMMARY"
        almanac diff --format json last.json Output | jq '.numbers.changed[].id'
      """)

  @Argument(help: ArgumentHelp("The record of the earlier build, or a folder that holds it.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The record of the later build, or a folder that holds it.", valueName: "new"))
  var new: String

  @Option(help: ArgumentHelp("How to write the differences.", valueName: "form"))
  var format = DifferenceFormat.text

  @OptionGroup var telling: TellingOptions

  func validate() throws {
    if old.isEmpty || new.isEmpty { throw ValidationError("a record has no empty name") }
    if old == "-", new == "-" { throw ValidationError("only one of the records can come from standard input") }
  }

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let environment = BuildEnvironment.ofProcess(root: ".")
    let telling = Telling(options: telling, root: ".")
    let (before, after) = (readNamedRecord(old, environment), readNamedRecord(new, environment))
    guard let before = before.report, let after = after.report else {
      telling.tell(before.diagnostics + after.diagnostics, sources: [before.file, after.file])
      return 2
    }
    Terminal.print(writeDifferences(compareRecords(old: before, new: after), as: format))
    return 0
  }
}

extension DifferenceFormat: ExpressibleByArgument {}

private struct NamedRecord {
  var file: SourceFile
  var report: RecordedReport?
  var diagnostics: [Diagnostic]
}

/// Reads the record that a path names: a file, a folder with `report.json`, or a report with `Output/report.json`.
///
/// Diagnoses `diff.no-record`, `file.…`, `json.…` and `record.…`, one of them.
private func readNamedRecord(_ path: String, _ environment: BuildEnvironment) -> NamedRecord {
  func kind(_ path: String) -> FileKind? { try? environment.files.kind(of: path, followingLinks: true) }
  var file = path
  if path != "-", kind(path) == nil || kind(path) == .folder {
    let places = ["report.json", "Output/report.json"].map { joinPath(path, $0) }
    guard let place = places.first(where: { kind($0) != nil }) else {
      let message =
        kind(path) == nil
        ? "cannot find '\(path)'" : "no report.json in '\(path)', and none in Output/ below it"
      let hint = "name a report.json or a folder with one; 'almanac build' writes Output/report.json"
      return NamedRecord(
        file: SourceFile(path: path, bytes: []),
        diagnostics: [.error("diff.no-record", message, at: SourceSpan(path: path, line: 1, column: 1), hint: hint)])
    }
    file = place
  }
  let source = readInput(file, environment)
  if let first = source.diagnostics.first(where: { $0.severity == .error }) {
    return NamedRecord(file: source.value, diagnostics: [first])
  }
  let record = readRecord(source.value)
  return NamedRecord(file: source.value, report: record.value, diagnostics: record.diagnostics)
}
