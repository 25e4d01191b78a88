import AlmanacCore
import ArgumentParser
import BuildEngine
import SiteRendering

/// `almanac diff`: what one build says otherwise than another.
struct DiffCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say which numbers differ between two states of a report, and on which pages.",
    discussion: """
      Tells what became of a report: numbers that are new, gone, changed (same source, another value), restated (same metric, \
      entity, region and period, by another source or in other words) or in another unit; conflicts opened, closed and decided \
      otherwise; figures new, gone and touched; pages new, gone and with other words. Each number stands with the pages that \
      show it: the ones to read again.

      OLD and NEW are revisions of git (HEAD~3, a tag, a branch), records that builds wrote (Output/report.json), folders that \
      hold one, or folders of reports; - reads a record from standard input. A file or folder comes before a revision of the \
      same name. Without NEW, OLD is compared with the report as it stands now. Revisions are read from the repository that \
      --root is in; nothing is checked out or fetched. Differences are no errors: the exit code is 0, and 2 for what cannot \
      be read.

      Examples:
        almanac diff HEAD                    what your edits since the last commit change
        almanac diff v2025-06 main           between two editions
        almanac diff last.json Output        two builds
        almanac diff --format markdown origin/main >> "$GITHUB_STEP_SUMMARY"
        almanac diff --format json HEAD~3 | jq '.numbers.changed[].id'
      """)

  @Argument(help: ArgumentHelp("The earlier state: a revision, a record, or a folder.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The later state; the report as it is now unless given.", valueName: "new"))
  var new: String?

  @Option(help: ArgumentHelp("How to write the differences.", valueName: "form"))
  var format = DifferenceFormat.text

  @OptionGroup var report: ReportOptions
  @OptionGroup var telling: TellingOptions

  func validate() throws {
    if old.isEmpty || new?.isEmpty == true { throw ValidationError("a state of a report has no empty name") }
    if old == "-", new == "-" { throw ValidationError("only one of the records can come from standard input") }
    for name in [old, new ?? ""] where name.hasPrefix("-") && name != "-" {
      throw ValidationError("'\(name)' looks like an option; write './\(name)' for a file of that name")
    }
  }

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let environment = report.environment(interruption)
    let telling = Telling(options: telling, root: ".")
    let before = await readReport(named: old, environment, standardInput: Terminal.readStandardInput)
    let after =
      if let new {
        await readReport(named: new, environment, standardInput: Terminal.readStandardInput)
      } else {
        await readCurrentReport(environment, named: environment.root)
      }
    let problems = before.diagnostics + after.diagnostics
    guard let earlier = before.report, let current = after.report else {
      telling.tell(problems.filter { $0.severity == .error }, sources: [before.file, after.file])
      return 2
    }
    // Standard output is the comparison's; what makes it doubtful is said beside it.
    if !problems.isEmpty { Terminal.printError(DiagnosticRenderer().render(problems)) }
    Terminal.print(writeDifferences(compareRecords(old: earlier.record, new: current.record), as: format))
    return 0
  }
}

extension DifferenceFormat: ExpressibleByArgument {}
