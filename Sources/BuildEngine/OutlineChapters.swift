internal import AlmanacCore
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
  return Diagnosed(chapters.map(\.value), chapters.flatMap(\.diagnostics))
}

/// Reads chapters, or takes their outlines out of the store.
struct ChapterReading: Sendable {
  let setup: ReportSetup
  let store: ArtifactStore

  func outline(_ file: DiscoveredFile, _ edition: LanguageTag) -> Diagnosed<ReadChapter> {
    let key = Fingerprint(
      combining: [
        Fingerprint("outline 1 \(setup.configuration.allowsRawHTML)"), Fingerprint(file.path), file.fingerprint,
      ])
    if let kept = store.artifact(for: key), let outline = keptOutline(kept) {
      return Diagnosed(ReadChapter(file: file, outline: outline.value), outline.diagnostics)
    }
    let chapter = read(file)
    let name = String(file.path.dropFirst("Content/\(edition)/".count).dropLast(".md".count))
    let outline = ChapterOutline(
      of: chapter.value, name: name, language: edition, editions: setup.configuration.editions)
    var json = JSONWriter()
    json.beginObject()
    json.key("outline")
    outline.write(to: &json)
    json.member(diagnostics: chapter.diagnostics)
    json.endObject()
    store.keep(json.bytes, for: key)
    return Diagnosed(ReadChapter(file: file, outline: outline, chapter: chapter.value), chapter.diagnostics)
  }

  func read(_ file: DiscoveredFile) -> Diagnosed<Chapter> {
    var options = MarkdownOptions()
    options.allowsRawHTML = setup.configuration.allowsRawHTML
    return readChapter(file.source, options: options)
  }

  private func keptOutline(_ json: [UInt8]) -> Diagnosed<ChapterOutline>? {
    let value = parseJSON(SourceFile(path: "outline", bytes: json))
    guard !value.hasErrors, let outline = value.value["outline"].flatMap({ ChapterOutline($0) }),
      let diagnostics = keptDiagnostics(in: value.value)
    else { return nil }
    return Diagnosed(outline, diagnostics)
  }
}
