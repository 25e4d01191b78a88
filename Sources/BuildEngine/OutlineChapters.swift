internal import AlmanacCore
internal import Datasets
internal import MarkdownTree
internal import Notation
internal import ReportModel

/// A chapter as far as a build needs it: its outline always, its tree only when it was read.
struct ReadChapter: Sendable {
  var file: DiscoveredFile
  var outline: ChapterOutline
  /// `nil` when the outline was kept: most pages need not be drawn again.
  var chapter: Chapter?
}

/// Returns the outline of every chapter of every edition, in the order of their paths.
///
/// A chapter whose bytes were outlined by an earlier build is not read again; what was wrong with it is told again.
func outlineChapters(
  _ files: ReportFiles, _ setup: ReportSetup, _ store: ArtifactStore, _ environment: BuildEnvironment
) async throws -> Diagnosed<[ReadChapter]> {
  let sources = setup.configuration.editions.flatMap { edition in
    files.content.filter { $0.path.hasPrefix("Content/\(edition)/") && $0.path.hasSuffix(".md") }
      .map { (edition, $0) }
  }
  let reading = ChapterReading(setup: setup, store: store)
  let chapters = try await sources.concurrentMap(width: environment.jobs) { edition, file in
    reading.outline(file, edition)
  }
  let unbound = diagnoseUnboundNumbers(
    in: chapters.map(\.value.outline), setup.data.ledger, setup.configuration.gates.unbound)
  return Diagnosed(chapters.map(\.value), chapters.flatMap(\.diagnostics) + unbound)
}

/// Reads chapters, or takes their outlines out of the store.
struct ChapterReading: Sendable {
  let setup: ReportSetup
  let store: ArtifactStore
  /// Behind which a number is a version; `nil` while the gate on unbound numbers is off.
  private let names: VersionedNames?
  /// What an outline depends on besides the chapter.
  private let settings: Fingerprint

  init(setup: ReportSetup, store: ArtifactStore) {
    self.setup = setup
    self.store = store
    names = setup.versionedNames
    settings = Fingerprint(
      "outline 5 \(setup.configuration.allowsRawHTML) \(names.map { "unbound \($0.fingerprintText)" } ?? "")")
  }

  func outline(_ file: DiscoveredFile, _ edition: LanguageTag) -> Diagnosed<ReadChapter> {
    let key = Fingerprint(combining: [settings, Fingerprint(file.path), file.fingerprint])
    if let kept = store.artifact(for: key), let outline = keptOutline(kept) {
      return Diagnosed(ReadChapter(file: file, outline: outline.value), outline.diagnostics)
    }
    let chapter = readChapter(file.source, options: setup.markdownOptions)
    let name = String(file.path.dropFirst("Content/\(edition)/".count).dropLast(".md".count))
    let outline = ChapterOutline(
      of: chapter.value, name: name, language: edition, editions: setup.configuration.editions, names: names,
      options: setup.markdownOptions)
    var json = JSONWriter()
    json.beginObject()
    json.key("outline")
    outline.write(to: &json)
    json.member(diagnostics: chapter.diagnostics)
    json.endObject()
    store.keep(json.bytes, for: key)
    return Diagnosed(ReadChapter(file: file, outline: outline, chapter: chapter.value), chapter.diagnostics)
  }

  private func keptOutline(_ json: [UInt8]) -> Diagnosed<ChapterOutline>? {
    let value = parseJSON(SourceFile(path: "outline", bytes: json))
    guard !value.hasErrors, let outline = value.value["outline"].flatMap({ ChapterOutline($0) }),
      let diagnostics = keptDiagnostics(in: value.value)
    else { return nil }
    return Diagnosed(outline, diagnostics)
  }
}
