import AlmanacCore
import ArgumentParser
import BuildEngine
import Preview

/// `almanac serve`: the report in a browser, always as it is now.
struct ServeCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the report in a browser on this machine and build it again on every change.",
    discussion: """
      Builds the report, serves it on a loopback address that no other machine can reach, and watches Content/ and \
      Templates/. After each build open pages load themselves again. When a build fails, they stay as they were and \
      show what is wrong. Ctrl-C ends it.

      Examples:
        almanac serve
        almanac serve --port 0      on any port that is free
        almanac serve --root reports/energy --strict
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var building: BuildingOptions
  @OptionGroup var telling: TellingOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where the pages go. (default: Output in the report's folder)", valueName: "folder"))
  var output: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The port to serve at; 0 for one that is free.", valueName: "number"))
  var port: UInt16 = 4000

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let environment = report.environment(interruption)
    let telling = Telling(options: telling, root: environment.root)
    if let missing = missingReport(environment) {
      telling.tell([missing])
      return 2
    }
    let options = PreviewOptions(building: building.options(output: output), port: port)
    do {
      try await servePreview(environment, options) { event in
        switch event {
        case .listening(let port): Terminal.print("http://127.0.0.1:\(port)/  (Ctrl-C ends)\n")
        case .built(let outcome, let seconds):
          telling.tell(outcome.diagnostics, sources: outcome.sources)
          telling.sayDone(buildSummary(outcome, options.building, environment, seconds))
        }
      }
    } catch {
      Terminal.printError(
        "error: cannot serve at port \(port): \(error)\nhint: another program may use it; try --port 0\n")
      return 2
    }
    return 0
  }
}
