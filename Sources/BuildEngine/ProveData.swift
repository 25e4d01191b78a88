internal import AlmanacCore
internal import Datasets
internal import ReportModel

/// Proves that each row of the data stands in the text of its source, as far as the texts are there.
///
/// Diagnoses `source.…`, and `sources.no-text` for a reference whose `text:` names a file that the folder does not hold.
/// - Parameter folder: that of `--sources`, relative to the working directory.
/// - Returns: how many rows were proven.
func proveData(
  _ setup: ReportSetup, against folder: String, _ environment: BuildEnvironment
) -> Diagnosed<ProofCount> {
  var texts: [String: SourceText] = [:]
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
    texts[reference.id] = SourceText(
      SourceFile(path: name, bytes: bytes),
      language: edition(reading: reference.language, among: setup.configuration.editions))
  }
  let count = proveData(setup.data, textOf: { texts[$0] }).value(reportingTo: &diagnostics)
  return Diagnosed(count, diagnostics)
}

/// The edition in whose words a source names things: `zh-Hans` for a source in `zh-CN`.
private func edition(reading language: String?, among editions: [LanguageTag]) -> LanguageTag? {
  guard let tag = language.flatMap({ LanguageTag($0) }) else { return nil }
  return editions.first { $0 == tag } ?? editions.first { $0.language == tag.language }
}
