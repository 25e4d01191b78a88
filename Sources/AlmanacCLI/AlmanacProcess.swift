import ArgumentParser
import BuildEngine

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The process as a whole: the command it was started with, its signals and its end.
///
/// Exit codes: 0 fine; 1 the report has errors (under `--strict`, warnings too); 2 wrong usage or configuration; 130 ended
/// by Ctrl-C.
package struct AlmanacProcess: Sendable {
  private let interruption = Interruption()

  /// To be made before anything else: threads that are started later leave signals to the one that waits for them.
  package init() { exitOnSignals(interruption) }

  package func runAndExit() async -> Never {
    exit(await run(Array(CommandLine.arguments.dropFirst())))
  }

  private func run(_ arguments: [String]) async -> Int32 {
    do {
      let parsed = try AlmanacCommand.parseAsRoot(arguments)
      guard let command = parsed as? any ReportingCommand else {
        // `help` and the bare program name.
        var other = parsed
        try other.run()
        return 0
      }
      return try await command.execute(interruption)
    } catch {
      return tellUsage(error)
    }
  }

  /// Prints help, the version or what is wrong with the arguments.
  private func tellUsage(_ error: any Error) -> Int32 {
    let text = AlmanacCommand.fullMessage(for: error, columns: Terminal.columns)
    if AlmanacCommand.exitCode(for: error).isSuccess {
      if !text.isEmpty { Terminal.print(text + "\n") }
      return 0
    }
    Terminal.printError(text + "\n")
    return 2
  }
}

/// A command that says itself what code the process ends with.
protocol ReportingCommand: ParsableCommand, Sendable {
  /// - Parameter interruption: to be held off by whoever changes files.
  /// - Returns: the exit code.
  func execute(_ interruption: Interruption) async throws -> Int32
}
