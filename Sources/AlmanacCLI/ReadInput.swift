import AlmanacCore
import BuildEngine

/// Reads a text that was named on the command line, `-` for standard input.
///
/// Diagnoses `file.…`.
func readInput(_ path: String, _ environment: BuildEnvironment) -> Diagnosed<SourceFile> {
  if path == "-" {
    return checkText(Terminal.readStandardInput(), path: "standard input", .text, environment.limits)
      .map { SourceFile(path: "standard input", bytes: $0) }
  }
  return readFile(path, as: .text, environment).map(\.source)
}

extension Diagnosed {
  fileprivate func map<Result>(_ transform: (Value) -> Result) -> Diagnosed<Result> {
    Diagnosed<Result>(transform(value), diagnostics)
  }
}
