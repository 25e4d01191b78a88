import AlmanacCore
import BuildEngine

/// What `--report FILE` holds: the build told to a program.
///
/// Members: `tool`, `version`, `exitCode`, `errors`, `warnings`, `seconds`, `timings` (stage to seconds), `written`, `removed`,
/// `unchanged`, `proven` (with `--sources`: rows, facts, rows of each dataset), `diagnostics` (as `--json` prints them), and `report`: the content of report.json, when pages were made.
func buildRecord(_ outcome: BuildOutcome, exitCode: Int32, seconds: Double) -> [UInt8] {
  let errors = outcome.diagnostics.count { $0.severity == .error }
  var members: [String] = [
    "\"tool\": \"almanac\"", "\"version\": \(jsonString(almanacVersion))", "\"exitCode\": \(exitCode)",
    "\"errors\": \(errors)", "\"warnings\": \(outcome.diagnostics.count - errors)",
    "\"seconds\": \(milliseconds(seconds))",
    "\"timings\": {"
      + outcome.timings.map { "\(jsonString($0.stage)): \(milliseconds($0.seconds))" }.joined(separator: ", ") + "}",
    "\"written\": [" + outcome.written.map(jsonString).joined(separator: ", ") + "]",
    "\"removed\": [" + outcome.removed.map(jsonString).joined(separator: ", ") + "]",
    "\"unchanged\": \(outcome.unchangedCount)",
    "\"diagnostics\": [" + outcome.diagnostics.sorted().map(diagnosticAsJSON).joined(separator: ",\n    ") + "]",
  ]
  if let proof = outcome.proof { members.append(String(proofAsJSON(proof, name: "proven").dropFirst().dropLast())) }
  if !outcome.report.isEmpty { members.append("\"report\": " + String(decoding: outcome.report, as: UTF8.self)) }
  return Array(("{\n  " + members.joined(separator: ",\n  ") + "\n}\n").utf8)
}

/// Returns seconds with three decimals.
private func milliseconds(_ seconds: Double) -> String {
  let thousandths = Int((seconds * 1000).rounded())
  let rest = String(thousandths % 1000)
  return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
}
