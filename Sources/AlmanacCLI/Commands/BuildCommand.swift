import AlmanacCore
import ArgumentParser
import BuildEngine

/// `almanac build`: content to pages.
struct BuildCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Write the report's pages.",
    discussion: """
      Reads Content/ and Templates/ and makes Output/ hold the pages, all of them or, when something is wrong, none: a \
      build with errors leaves the last good pages as they were. Only what changed is made again, and only files that a \
      build wrote are ever replaced or removed.

      Examples:
        almanac build
        almanac build --strict --sources texts/     refuse a number that its source does not say
        almanac build --root reports/energy -o public --base-url https://example.org/energy/
        almanac build --json | jq .code             problems for a program
        almanac build --since v2025-06              with a page on what changed since that revision
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var building: BuildingOptions
  @OptionGroup var telling: TellingOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the pages go. (default: Output in the report's folder)", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Add a page on what changed since then: a revision of git, a report.json, or a folder.", valueName: "old"))
  var since: String?

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("Write what the build did and found to a JSON file.", valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp("Write what is wrong as a SARIF 2.1.0 log, for code-scanning services.", valueName: "file"))
  var sarif: String?

  func validate() throws {
    if let since, since.isEmpty || since.hasPrefix("-") && since != "-" {
      throw ValidationError("--since takes a revision, a file or a folder, not '\(since)'")
    }
  }

  func execute(_ interruption: Interruption) async throws -> Int32 {
    var options = building.options(output: output)
    options.isDryRun = false
    if let since {
      let environment = report.environment(interruption)
      let telling = Telling(options: telling, root: environment.root)
      if let missing = missingReport(environment) {
        telling.tell([missing])
        return 2
      }
      let earlier = await readReport(named: since, environment, standardInput: Terminal.readStandardInput)
      guard let report = earlier.report else {
        telling.tell(earlier.diagnostics, sources: [earlier.file])
        return 2
      }
      Terminal.printError(DiagnosticRenderer().render(earlier.diagnostics))
      options.since = report
    }
    return try await runBuild(options, report.environment(interruption), telling, record: record, sarif: sarif)
  }
}

/// `almanac check`: everything that `build` does, but writing.
struct CheckCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find everything that is wrong with the report, and write nothing.",
    discussion: """
      Does all that 'almanac build' does, up to writing pages: reads every file, runs every query, draws every chart. For \
      editors' save hooks and for pull requests.

      A translation remembers the state of its original: once an editor has compared the two, --bless writes it into the \
      translation's front matter, and a change of the original warns until it is blessed again. Nothing but that line of \
      the file changes.

      Examples:
        almanac check --strict
        almanac check --sources texts/              how many rows stand where they say, and which do not
        almanac check --json --sources texts/
        almanac check --sarif almanac.sarif         for a code-scanning service
        almanac check --bless adoption              the translations of one chapter agree with it
        almanac check --bless                       those of all chapters do
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var building: BuildingOptions
  @OptionGroup var telling: TellingOptions

  @Option(name: .customLong("report"), help: ArgumentHelp("Write what was found to a JSON file.", valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp("Write what is wrong as a SARIF 2.1.0 log, for code-scanning services.", valueName: "file"))
  var sarif: String?

  @Flag(help: "Write into translations that they agree with their originals as these are now.")
  var bless = false

  @Argument(help: ArgumentHelp("Chapters to bless, by name; all unless given.", valueName: "chapter"))
  var chapters: [String] = []

  func validate() throws {
    if !bless, let first = chapters.first {
      throw ValidationError("Unexpected argument '\(first)': only --bless takes chapters")
    }
  }

  func execute(_ interruption: Interruption) async throws -> Int32 {
    var options = building.options()
    options.isDryRun = true
    if bless, let problem = await blessChapters(report.environment(interruption)) { return problem }
    return try await runBuild(options, report.environment(interruption), telling, record: record, sarif: sarif)
  }
}

extension CheckCommand {
  /// Blesses translations and tells which; returns the exit code when something kept it from that.
  private func blessChapters(_ environment: BuildEnvironment) async -> Int32? {
    let telling = Telling(options: telling, root: environment.root)
    if let missing = missingReport(environment) {
      telling.tell([missing])
      return 2
    }
    let blessed = await blessTranslations(environment, chapters: chapters)
    for translation in blessed.value {
      let line = "blessed \(translation.path), a translation of \(translation.original)"
      // Files were changed: that is said also where standard output is for a program.
      if self.telling.json { Terminal.printError(line + "\n") } else { telling.sayDone(line) }
    }
    if blessed.value.isEmpty, blessed.diagnostics.isEmpty { telling.sayDone("every translation is blessed already") }
    guard blessed.hasErrors else { return nil }
    telling.tell(blessed.diagnostics)
    return blessed.diagnostics.contains { $0.code == "translation.unknown-chapter" } ? 2 : 1
  }
}

// MARK: - One build

/// Builds or checks a report once and tells how it went.
func runBuild(
  _ options: BuildOptions, _ environment: BuildEnvironment, _ tellingOptions: TellingOptions, record: String?,
  sarif: String? = nil
) async throws -> Int32 {
  let telling = Telling(options: tellingOptions, root: environment.root)
  if let missing = missingReport(environment) {
    telling.tell([missing])
    return 2
  }
  let clock = ContinuousClock()
  let start = clock.now
  let outcome = await buildReport(environment, options)
  let seconds = (clock.now - start) / .seconds(1)
  let exitCode = outcome.exitCode(strict: options.strict)
  telling.tell(outcome.diagnostics, sources: outcome.sources)
  if let proof = outcome.proof { telling.tell(proof) }
  var reports: [(path: String, bytes: [UInt8])] = []
  if let record { reports.append((record, buildRecord(outcome, exitCode: exitCode, seconds: seconds))) }
  if let sarif { reports.append((sarif, telling.sarif(outcome.diagnostics))) }
  for (path, bytes) in reports {
    do { try environment.files.write(bytes, to: path) } catch {
      Terminal.printError("error: cannot write '\(path)': \(error.phrase)\n")
      return 2
    }
  }
  telling.sayDone(buildSummary(outcome, options, environment, seconds))
  return exitCode
}

/// Returns what is wrong when there is no report at the root at all: a wrong option rather than a wrong report.
func missingReport(_ environment: BuildEnvironment) -> Diagnostic? {
  (try? environment.files.kind(of: environment.path("Content"), followingLinks: true)) == .folder
    ? nil : .missingContent(root: environment.root)
}

/// Returns one line about what became of the output.
func buildSummary(
  _ outcome: BuildOutcome, _ options: BuildOptions, _ environment: BuildEnvironment, _ seconds: Double
) -> String {
  let time = duration(seconds)
  if options.isDryRun { return "checked \(counted(outcome.pageCount, "page")) in \(time)" }
  let folder = environment.outputPath(options)
  if !outcome.isPublished { return "\(folder) is as it was (\(time))" }
  var parts: [String] = []
  if !outcome.written.isEmpty { parts.append("\(outcome.written.count) written") }
  if outcome.unchangedCount > 0 { parts.append("\(outcome.unchangedCount) unchanged") }
  if !outcome.removed.isEmpty { parts.append("\(outcome.removed.count) removed") }
  return "\(folder): \(counted(outcome.pageCount, "page")), files \(parts.joined(separator: ", ")), in \(time)"
}
