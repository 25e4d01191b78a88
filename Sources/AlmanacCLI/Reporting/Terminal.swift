#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Standard output and standard error, unbuffered and whole: what is printed is there when the process ends.
enum Terminal {
  static func print(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }
  static func print(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }
  static func printError(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO) }

  /// Columns for help texts: as wide as the terminal, within what reads well.
  static var columns: Int { min(max(variable("COLUMNS").flatMap { Int($0) } ?? 100, 60), 120) }

  /// Whether people look at standard error on a terminal that moves its cursor.
  static var isInteractive: Bool { isatty(STDERR_FILENO) != 0 && variable("TERM") != "dumb" }

  static func isColored(_ choice: ColorChoice) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: isInteractive && (variable("NO_COLOR") ?? "").isEmpty
    }
  }

  /// Whether the process runs in a workflow of GitHub, which shows annotations beside the lines of a change.
  static var isGitHubActions: Bool { variable("GITHUB_ACTIONS") == "true" }

  static func readStandardInput() -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if count > 0 { bytes += chunk[..<count] } else if count == 0 || errno != EINTR { return bytes }
    }
  }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        #else
          let count = Darwin.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        #endif
        if count > 0 { written += count } else if errno != EINTR && errno != EAGAIN { return }
      }
    }
  }
}
