import AlmanacCore
import ArgumentParser
import BuildEngine

/// Options of every command that reads a report.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The report's folder: the one with Content/ in it.", valueName: "folder"))
  var root = "."

  @Option(
    name: [.customShort("j"), .customLong("jobs")],
    help: ArgumentHelp(
      "Chapters and figures to work on at once.", discussion: "As many as there are cores, unless given.",
      valueName: "count"))
  var jobs: Int?

  func validate() throws {
    if root.isEmpty { throw ValidationError("--root needs a folder") }
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256, not \(jobs)") }
  }

  func environment(_ interruption: Interruption) -> BuildEnvironment {
    var environment = BuildEnvironment.ofProcess(root: root, jobs: jobs)
    environment.interruption = interruption
    return environment
  }
}

/// Options of commands that build: `build`, `check`, `serve`.
struct BuildingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The address the pages will have; only feeds and canonical links show it.", valueName: "url"))
  var baseURL: String?

  @Option(
    help: ArgumentHelp(
      "A folder with the texts of the sources: each figure is looked up where the ledger says it stands.",
      valueName: "folder"))
  var sources: String?

  @Flag(help: "Count warnings as errors.")
  var strict = false

  func validate() throws {
    if let baseURL, !baseURL.hasPrefix("https://"), !baseURL.hasPrefix("http://") {
      throw ValidationError("--base-url takes an address that begins with https://, not '\(baseURL)'")
    }
  }

  func options(output: String? = nil) -> BuildOptions {
    var options = BuildOptions()
    options.baseURL = baseURL
    options.sources = sources
    options.strict = strict
    options.output = output
    return options
  }
}

/// Options about what a command prints.
struct TellingOptions: ParsableArguments {
  @Flag(help: ArgumentHelp("Print diagnostics as JSON, an object a line, on standard output."))
  var json = false

  @Flag(name: .shortAndLong, help: "Print diagnostics and nothing else.")
  var quiet = false

  @Option(help: ArgumentHelp("When to colour.", valueName: "when"))
  var color = ColorChoice.auto
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}
