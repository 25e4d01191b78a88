internal import AlmanacCore
internal import Datasets
internal import ReportModel

/// Proves that each fact's `printed` stands at its `locator` in the text of its source, as far as the texts are there.
///
/// Diagnoses `source.…`, and `sources.no-text` for a reference whose `text:` names a file that the folder does not hold.
/// - Parameter folder: that of `--sources`, relative to the working directory.
func proveFacts(_ setup: ReportSetup, against folder: String, _ environment: BuildEnvironment) -> [Diagnostic] {
  var texts: [String: SourceFile] = [:]
  var diagnostics: [Diagnostic] = []
  for reference in setup.references {
    guard let name = reference.text else { continue }
    guard !name.contains("/"), name != "..",
      let bytes = try? environment.files.read(joinPath(folder, name), atMost: environment.limits.dataBytes)
    else {
      diagnostics.append(
        .error(
          "sources.no-text", "the text '\(name)' of the source '\(reference.id)' is not in the folder of --sources",
          at: reference.span))
      continue
    }
    texts[reference.id] = SourceFile(path: name, bytes: bytes)
  }
  return diagnostics + checkSources(setup.data.ledger, textOf: { texts[$0] }).diagnostics
}
