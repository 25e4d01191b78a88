internal import AlmanacCore
internal import Datasets
internal import Localization
internal import MarkdownTree
internal import Notation
internal import ReportModel
internal import SiteRendering

/// Everything of a report that is not a chapter, read: what all pages may depend on.
struct ReportSetup: Sendable {
  var configuration: ReportConfiguration
  var references: [Reference]
  var glossary: [GlossaryEntry]
  var words: [LanguageTag: PageWords]
  var templates: PageTemplates
  /// All files of the templates, the built-in ones where the report has none of its own.
  var templateFiles: [DiscoveredFile]
  var data: ReportData
  /// Queries of `Content/queries/`, which every chapter may use.
  var queries: [NamedQuery]
  /// Of everything that any page may show besides data: part of every page's key.
  var fingerprint: Fingerprint
  /// Of the data folder, the queries and the chart specs: part of the key of pages that show data.
  var dataFingerprint: Fingerprint

  /// Behind which a number is a version; `nil` while the gate on unbound numbers is off.
  var versionedNames: VersionedNames?

  /// How all chapters are read.
  var markdownOptions: MarkdownOptions {
    var options = MarkdownOptions()
    options.allowsRawHTML = configuration.allowsRawHTML
    return options
  }
}

/// Reads `report.yaml`, the references, the glossary, the words and the templates.
func readSetup(
  _ files: ReportFiles, _ environment: BuildEnvironment, _ options: BuildOptions
) -> Diagnosed<ReportSetup> {
  var diagnostics: [Diagnostic] = []
  func file(_ path: String) -> DiscoveredFile? { files.content.first { $0.path == path } }

  var configuration = ReportConfiguration(title: EditionText(""))
  if let source = file("Content/report.yaml") {
    configuration = readConfiguration(source.source).value(reportingTo: &diagnostics)
  } else {
    diagnostics.append(.missingConfiguration)
  }
  if let base = options.baseURL { configuration.baseURL = checkedBaseURL(base) ?? configuration.baseURL }

  let editions = configuration.editions
  let references =
    file("Content/references.yaml").map {
      readReferences($0.source, editions: editions).value(reportingTo: &diagnostics)
    } ?? []
  let glossary =
    file("Content/glossary.yaml").map {
      readGlossary($0.source, editions: editions).value(reportingTo: &diagnostics)
    } ?? []
  let templateFiles = templateFiles(of: files)
  let templates = PageTemplates.parse(
    templateFiles.filter { $0.path.hasSuffix(".mustache") }.map(\.source), required: PageTemplates.requiredNames
  ).value(reportingTo: &diagnostics)
  var words: [LanguageTag: PageWords] = [:]
  for edition in editions {
    words[edition] = readWords(edition, templateFiles, files.content).value(reportingTo: &diagnostics)
  }
  let data = readData(
    dataFiles(files), editions: editions, sources: file("Content/references.yaml") == nil ? nil : references.map(\.id)
  ).value(reportingTo: &diagnostics)

  if let constraints = file("Content/data/constraints.yaml"), !constraints.isBroken {
    let read = readConstraints(constraints.source, names: data.names).value(reportingTo: &diagnostics)
    diagnostics += checkConstraints(read, in: data)
  } else {
    diagnostics += checkConstraints(Constraints(), in: data)
  }
  diagnostics += checkDerivations(data, views: sharedQueries(files), language: editions.first ?? .english)
  let cited = Set(data.ledger.facts.map(\.source) + data.package.resources.flatMap { $0.sources.map(\.id) })
  diagnostics += checkSourceAges(references, configuration) { cited.contains($0.id) }

  let shared = ["Content/report.yaml", "Content/references.yaml", "Content/glossary.yaml"]
  var parts = [Fingerprint(environment.toolVersion), templates.fingerprint, Fingerprint(configuration.baseURL ?? "")]
  parts += shared.map { file($0)?.fingerprint ?? Fingerprint("") }
  parts += editions.map { words[$0]?.fingerprint ?? Fingerprint("") }
  let dataInputs = files.content.filter { file in
    ["Content/data/", "Content/queries/", "Content/figures/"].contains { file.path.hasPrefix($0) }
  }
  return Diagnosed(
    ReportSetup(
      configuration: configuration, references: references, glossary: glossary, words: words, templates: templates,
      templateFiles: templateFiles, data: data, queries: sharedQueries(files),
      fingerprint: Fingerprint(combining: parts),
      dataFingerprint: Fingerprint(combining: dataInputs.flatMap { [Fingerprint($0.path), $0.fingerprint] }),
      versionedNames: configuration.gates.unbound == .off ? nil : VersionedNames(naming: data.names)),
    diagnostics)
}

private func dataFiles(_ files: ReportFiles) -> DataFiles {
  var data = DataFiles()
  let folder = "Content/data/"
  for file in files.content where file.path.hasPrefix(folder) && !file.isBroken {
    switch file.path.dropFirst(folder.count) {
    case "facts.csv": data.facts = file.source
    case "names.yaml": data.names = file.source
    case "datapackage.yaml": data.package = file.source
    case "conflicts.yaml": data.conflicts = file.source
    case let name where name.hasSuffix(".csv") || name.hasSuffix(".json") || name.hasSuffix(".tsv"):
      data.datasets[String(name)] = file.source
    default: break
    }
  }
  return data
}

/// The queries of `Content/queries/NAME.sql`.
private func sharedQueries(_ files: ReportFiles) -> [NamedQuery] {
  let folder = "Content/queries/"
  return files.content.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(".sql") }.map { file in
    let name = String(file.path.dropFirst(folder.count).dropLast(".sql".count))
    let start = SourceSpan(path: file.path, line: 1, column: 1)
    return NamedQuery(
      name: name, nameSpan: start,
      text: QueryText(file.source.text, path: file.path, origin: SourceLocation(line: 1, column: 1)))
  }
}

/// The words of an edition: the templates' own, overridden by `Content/strings`.
///
/// A language without words of its own borrows the English ones. Diagnoses `strings.…`.
private func readWords(
  _ edition: LanguageTag, _ templates: [DiscoveredFile], _ content: [DiscoveredFile]
) -> Diagnosed<PageWords> {
  var diagnostics: [Diagnostic] = []
  let english = templates.first { $0.path == "Templates/strings/en.yaml" }
  let own = edition == .english ? english : templates.first { $0.path == "Templates/strings/\(edition).yaml" }
  let overrides = content.first { $0.path == "Content/strings/\(edition).yaml" }
  func read(_ files: [DiscoveredFile?], _ diagnostics: inout [Diagnostic]) -> MessageCatalogue {
    let values = files.compactMap { $0 }.map { parseYAML($0.source).value(reportingTo: &diagnostics) }
    return MessageCatalogue.reading(values, language: edition).value(reportingTo: &diagnostics)
  }
  let files = [english, own == english ? nil : own, overrides]
  let catalogue = read(files, &diagnostics)
  if let overrides, let english {
    var ignored: [Diagnostic] = []
    let known = read([english], &ignored)
    for key in read([overrides], &ignored).keys where !known.contains(key) {
      diagnostics.append(
        .warning(
          "strings.unknown-key", "no page uses the word '\(key)'",
          at: SourceSpan(path: overrides.path, line: 1, column: 1),
          hint: unknownWordHint(key, among: known.keys)))
    }
  }
  if own == nil, overrides == nil {
    diagnostics.append(
      .warning(
        "strings.missing-language", "no words for the edition '\(edition)': its pages show English ones",
        hint: "translate the templates' strings/en.yaml as Content/strings/\(edition).yaml"))
  }
  let fingerprint = Fingerprint(combining: files.map { $0?.fingerprint ?? Fingerprint("") })
  return Diagnosed(PageWords(catalogue, fingerprint: fingerprint), diagnostics)
}
