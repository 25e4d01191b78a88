internal import AlmanacCore
internal import Datasets
internal import Notation
internal import ReportModel

/// Tells of numbers that are not bound to the data in texts outside of chapters: figures with a file of their own, titles
/// and labels of `report.yaml`, reasons of conflicts, terms, descriptions of data, the report's own words.
///
/// Diagnoses `gate.unbound-number`. What was found in a figure's file is kept until the file changes.
func gateTexts(
  _ files: ReportFiles, _ parsed: ParsedFiles, _ setup: ReportSetup, _ store: ArtifactStore,
  _ environment: BuildEnvironment
) async throws -> [Diagnostic] {
  let level = setup.configuration.gates.unbound
  guard level != .off, let names = setup.versionedNames else { return [] }
  let sources = Dictionary(files.content.map { ($0.path, $0.source) }, uniquingKeysWith: { first, _ in first })
  var texts = readerTexts(setup.configuration, setup.glossary, setup.references, setup.data)
  for file in files.content where file.path.hasPrefix("Content/strings/") && !file.isBroken {
    texts += parseYAML(file.source).value.texts
  }
  var numbers = findUnboundNumbers(in: texts, file: { sources[$0] }, names: names)

  if let file = sources["Content/data/names.yaml"] { numbers += findUnboundNumbers(in: setup.data.names, file: file) }

  let gate = FigureGate(
    names: names, editions: setup.configuration.editions, parsed: parsed, store: store,
    settings: Fingerprint("figure gate 2 \(setup.configuration.editions) \(names.fingerprintText)"))
  let figures = files.content.filter { FigureGate.kind(of: $0.path) != nil && !$0.isBroken }
  numbers += try await figures.concurrentMap(width: environment.jobs) { gate.numbers(in: $0) }.joined()
  return diagnoseUnboundNumbers(numbers, setup.data.ledger, level)
}

/// Looks into the files of figures.
private struct FigureGate: Sendable {
  let names: VersionedNames
  let editions: [LanguageTag]
  let parsed: ParsedFiles
  let store: ArtifactStore
  /// What is found depends on besides the file.
  let settings: Fingerprint

  static func kind(of path: String) -> FigureKind? {
    guard path.hasPrefix("Content/figures/") else { return nil }
    if [".vl.yaml", ".vl.json"].contains(where: path.hasSuffix) { return .chart }
    return [".diagram.yaml", ".diagram.json"].contains(where: path.hasSuffix) ? .diagram : nil
  }

  func numbers(in file: DiscoveredFile) -> [UnboundNumber] {
    guard let kind = Self.kind(of: file.path), mayHoldNumber(file.bytes) else { return [] }
    let key = Fingerprint(combining: [settings, Fingerprint(file.path), file.fingerprint])
    if let kept = store.artifact(for: key), let numbers = keptNumbers(kept, path: file.path) { return numbers }
    guard let value = parsed.value(file.path) else { return [] }
    let numbers = findUnboundNumbers(
      inFigure: value.value, kind, file: file.source, editions: editions, names: names)
    var json = JSONWriter()
    json.write(numbers)
    store.keep(json.bytes, for: key)
    return numbers
  }

  private func keptNumbers(_ json: [UInt8], path: String) -> [UnboundNumber]? {
    let value = parseJSON(SourceFile(path: "numbers", bytes: json))
    return value.hasErrors ? nil : unboundNumbers(kept: value.value, path: path)
  }
}

extension NotationValue {
  /// All texts below, each with its place.
  fileprivate var texts: [LineText] {
    switch content {
    case .string(let text): [LineText(text: text, span: span)]
    case .array(let values): values.flatMap(\.texts)
    case .object(let members): members.flatMap { $0.value.texts }
    default: []
    }
  }
}
