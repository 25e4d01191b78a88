import AlmanacCore
import BuildEngine

/// How a command tells what it found: to people, to programs, or to GitHub.
struct Telling {
  var options: TellingOptions
  /// The report's folder as seen from the working directory: diagnostics then name files that a click can open.
  var root: String

  func tell(_ diagnostics: [Diagnostic], sources: [SourceFile] = []) {
    if options.json { return Terminal.print(diagnosticsAsJSONLines(diagnostics)) }
    guard !diagnostics.isEmpty else { return }
    let decorator: DiagnosticDecorator = Terminal.isColored(options.color) ? .ansi : .plain
    let renderer = DiagnosticRenderer(sources: sources, pathPrefix: pathPrefix, decorator: decorator)
    Terminal.printError(renderer.render(diagnostics))
    if let summary = diagnosticSummary(diagnostics) { Terminal.printError("\n\(summary)\n") }
    if Terminal.isGitHubActions {
      Terminal.print(diagnosticsAsGitHubAnnotations(diagnostics, pathPrefix: pathPrefix))
    }
  }

  /// What was found as a SARIF log.
  func sarif(_ diagnostics: [Diagnostic]) -> [UInt8] {
    Array(diagnosticsAsSARIF(diagnostics, version: almanacVersion, pathPrefix: pathPrefix).utf8)
  }

  /// One line about what was done; not for programs, and not when the author wants quiet.
  func sayDone(_ line: String) {
    if !options.json, !options.quiet { Terminal.print(line + "\n") }
  }

  /// A passing remark that only someone who is waiting wants to read.
  func remark(_ line: String) {
    if !options.json, !options.quiet, Terminal.isInteractive { Terminal.printError(line + "\n") }
  }

  private var pathPrefix: String { root == "." ? "" : root.hasSuffix("/") ? root : root + "/" }
}

/// Returns a duration for people: `0.14 s`, `12 ms`.
func duration(_ seconds: Double) -> String {
  if seconds < 0.1 { return "\(Int((seconds * 1000).rounded())) ms" }
  let hundredths = Int((seconds * 100).rounded())
  return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
}

/// Returns "1 page", "2 pages".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
