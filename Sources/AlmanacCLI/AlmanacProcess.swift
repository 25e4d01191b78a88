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

  package init() {}

  /// Runs the command on other threads, while the main one waits for signals.
  ///
  /// Ctrl-C and a polite request to end are honoured at once, with code 130, but never in the middle of changing `Output`.
  /// A second signal does not wait for that either: the next build carries through what was cut off.
  package func runAndExit() -> Never {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    // Before any other thread is started, so that all of them leave signals to this one.
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Task.detached { exit(await run(Array(CommandLine.arguments.dropFirst()))) }
    var signal: Int32 = 0
    sigwait(&signals, &signal)
    while !interruption.request() {
      var moment = timespec(tv_sec: 0, tv_nsec: 2_000_000)
      if sigtimedwait(&signals, nil, &moment) > 0 { break }
    }
    _exit(130)
  }

  private func run(_ arguments: [String]) async -> Int32 {
    do {
      if let command = namedCommand(arguments) { return try await command.execute(interruption) }
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

  /// The command that the first word names, if all the other words are right for it.
  ///
  /// Parsed alone, it costs a third of what it does in the tree of all commands, and drawing one chart takes no longer than
  /// that. Whatever is not right, help among it, is left to the tree, which knows how to tell.
  private func namedCommand(_ arguments: [String]) -> (any ReportingCommand)? {
    guard let name = arguments.first,
      let type = AlmanacCommand.configuration.subcommands.first(where: { $0.configuration.commandName == name })
    else { return nil }
    return (try? type.parseAsRoot(Array(arguments.dropFirst()))) as? any ReportingCommand
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
