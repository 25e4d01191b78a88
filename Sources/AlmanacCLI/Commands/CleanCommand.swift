import AlmanacCore
import ArgumentParser
import BuildEngine

/// `almanac clean`: away with what builds wrote.
struct CleanCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Remove what builds wrote: pages and the cache.",
    discussion: """
      Removes the files in Output/ that a build wrote and .almanac/ in the report's folder. Files that you put into \
      Output/ yourself stay, and so do pages that you have changed since.

      Example:
        almanac clean --root reports/energy
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var telling: TellingOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the pages are. (default: Output in the report's folder)", valueName: "folder"))
  var output: String?

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let environment = report.environment(interruption)
    let telling = Telling(options: telling, root: environment.root)
    let lock = try await lockReport(environment)
    guard !lock.hasErrors else {
      telling.tell(lock.diagnostics)
      return 1
    }
    let folder = output ?? environment.path("Output")
    recoverOutput(folder, environment)
    let changes = try await clearOutput(await OutputState.read(folder, environment), in: environment)
    environment.files.removeTree(environment.path(".almanac"))
    telling.tell(changes.diagnostics)
    telling.sayDone("\(folder): \(counted(changes.value.removed.count, "file")) removed")
    return changes.hasErrors ? 1 : 0
  }
}
