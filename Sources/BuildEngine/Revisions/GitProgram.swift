#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// `git`, asked what a repository holds: it changes nothing, asks nobody and uses no network.
///
/// Arguments go to the program as they are; no shell reads them. Looked for once, when a command begins.
package struct GitProgram: Sendable {
  /// Absolute.
  private let path: String

  /// - Returns: `nil` where it is not installed.
  init?(in environment: BuildEnvironment) {
    guard let path = environment.program(named: "git") else { return nil }
    self.path = path
  }

  /// What the program printed, and the code with which it ended.
  struct Answer {
    var status: Int32
    var output: [UInt8]
    var errors: String
  }

  /// Runs git in a folder.
  /// - Parameter input: what it reads from standard input.
  /// - Returns: `nil` when it could not be started.
  func run(_ arguments: [String], in folder: String, input: [UInt8] = []) -> Answer? {
    guard let source = TemporaryFile() else { return nil }
    defer { source.remove() }
    guard let target = TemporaryFile() else { return nil }
    defer { target.remove() }
    guard let problems = TemporaryFile() else { return nil }
    defer { problems.remove() }
    guard source.write(input) else { return nil }
    // No transport, no program of the repository's own choosing, no pager.
    let settings = ["-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]
    let words = [path, "--no-pager", "-C", folder.isEmpty ? "." : folder] + settings + arguments
    guard let status = spawn(words, [source.path, target.path, problems.path]) else { return nil }
    return Answer(
      status: status, output: target.read(), errors: String(decoding: problems.read(), as: UTF8.self))
  }

  /// - Parameter files: for standard input, output and errors.
  private func spawn(_ words: [String], _ files: [String]) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, files[0], O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, files[1], O_WRONLY | O_TRUNC, 0)
    posix_spawn_file_actions_addopen(&actions, 2, files[2], O_WRONLY | O_TRUNC, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = Self.environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process = pid_t()
    guard posix_spawn(&process, path, &actions, nil, &arguments, &variables) == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return nil } }
    // Ended by itself: the exit code; ended by a signal: some other code than 0.
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128
  }

  /// The process's variables without those by which a hook points git to another repository.
  private static var environment: [String] {
    var variables: [String] = []
    var next = environ
    while let text = next.pointee {
      let variable = String(cString: text)
      if !variable.hasPrefix("GIT_"), !variable.hasPrefix("LC_ALL=") { variables.append(variable) }
      next += 1
    }
    return variables + [
      "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_LITERAL_PATHSPECS=1", "LC_ALL=C",
    ]
  }
}
