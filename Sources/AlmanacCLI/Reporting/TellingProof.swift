import AlmanacCore
import BuildEngine
import Datasets

extension Telling {
  /// Says how many rows were proven; with `--json` as the last line, `{"proven": …}`.
  func tell(_ proof: ProofCount) {
    if options.json { Terminal.print(proofAsJSON(proof, name: "proven") + "\n") } else { sayDone(proofSummary(proof)) }
  }
}

/// Returns one line such as `872 rows proven: 734 facts, 138 rows of 8 datasets`.
func proofSummary(_ proof: ProofCount) -> String {
  var parts = [counted(proof.facts, "fact")]
  if !proof.datasets.isEmpty {
    parts.append("\(counted(proof.datasetRows, "row")) of \(counted(proof.datasets.count, "dataset"))")
  }
  var line = "\(counted(proof.facts + proof.datasetRows, "row")) proven: \(parts.joined(separator: ", "))"
  if proof.skipped > 0 { line += "; \(counted(proof.skipped, "row")) of sources without a text" }
  return line
}

/// Returns an object with one member: `rows`, `facts`, `datasets` (rows by name) and `skipped` under a name.
func proofAsJSON(_ proof: ProofCount, name: String) -> String {
  let datasets = proof.datasets.map { "\(jsonString($0.name)): \($0.rows)" }.joined(separator: ", ")
  return "{\(jsonString(name)): {\"rows\": \(proof.facts + proof.datasetRows), \"facts\": \(proof.facts), "
    + "\"datasets\": {\(datasets)}, \"skipped\": \(proof.skipped)}}"
}
