internal import AlmanacCore
internal import Datasets
internal import ReportModel
internal import SiteRendering
private import Synchronization

/// Everything that pages are drawn from.
struct PageInputs: Sendable {
  var site: Site
  var chapters: [ReadChapter]
  var setup: ReportSetup
  var files: ReportFiles
  var parsed: ParsedFiles
  /// The edition that the page of changes compares the report with.
  var since: EarlierReport?
  /// Makes PNG files of the pictures, where the report asks for them.
  var pictures: PictureProgram?
}

/// Draws the pages whose inputs changed, and says of all others that they stay as they are.
///
/// Diagnoses what is wrong with figures, numbers and cross-references; for a page that stays, what was said of it before.
func drawPages(
  _ inputs: PageInputs, over state: OutputState, _ store: ArtifactStore, _ environment: BuildEnvironment
) async throws -> Diagnosed<[OutputFile]> {
  let drawing = PageDrawing(inputs: inputs, state: state, store: store)
  var diagnostics: [Diagnostic] = []
  var files: [OutputFile] = []
  var records: [LanguageTag: [String: PageRecord]] = [:]

  let chapters = inputs.site.editions.flatMap { edition in edition.chapters.indices.map { (edition, $0) } }
  let drawn = try await chapters.concurrentMap(width: environment.jobs) { edition, position in
    drawing.chapter(at: position, in: edition)
  }
  for ((edition, _), page) in zip(chapters, drawn) {
    files += page.files
    diagnostics += page.record.diagnostics
    records[edition.language, default: [:]][page.name] = page.record
  }
  let report = drawing.record(records)
  let changes = inputs.since.flatMap { since in
    readRecord(SourceFile(path: "report.json", bytes: report)).value.map {
      ReportChanges(earlier: since, current: $0)
    }
  }
  let others = inputs.site.editions.flatMap { drawing.otherPages(of: $0, records[$0.language] ?? [:], changes) }
  for page in try await others.concurrentMap(width: environment.jobs, { draw in draw() }) {
    files.append(page.value)
    diagnostics += page.diagnostics
  }
  files += drawing.entryPages()
  files.append(OutputFile("report.json", bytes: report))
  files.append(
    OutputFile(
      "datapackage.json",
      bytes: dataPackageDescriptor(inputs.site, figures: drawing.figureTables(records))))
  files += drawing.copies()
  return Diagnosed(files, diagnostics)
}

/// Decides of every page whether it is drawn, and draws it.
private struct PageDrawing: Sendable {
  let inputs: PageInputs
  let state: OutputState
  let store: ArtifactStore
  /// Files that references in chapters may lead to, by path.
  private let filesByPath: [String: DiscoveredFile]
  private let chaptersByPath: [String: ReadChapter]
  private let navigations: [LanguageTag: Navigation]
  private let database: LazyDatabase

  init(inputs: PageInputs, state: OutputState, store: ArtifactStore) {
    self.inputs = inputs
    self.state = state
    self.store = store
    filesByPath = Dictionary(inputs.files.content.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    chaptersByPath = Dictionary(
      inputs.chapters.map { ($0.outline.path, $0) }, uniquingKeysWith: { first, _ in first })
    database = LazyDatabase(inputs.site.data)
    navigations = Dictionary(
      inputs.site.editions.map { ($0.language, Navigation(inputs.site, $0)) }, uniquingKeysWith: { first, _ in first })
  }

  private var site: Site { inputs.site }

  // MARK: - Chapters

  struct DrawnChapter: Sendable {
    var name: String
    var files: [OutputFile]
    var record: PageRecord
  }

  func chapter(at position: Int, in edition: EditionSite) -> DrawnChapter {
    let outline = edition.chapters[position]
    let route = edition.route(ofChapter: outline.name)
    let key = chapterKey(at: position, in: edition)
    if state.isCurrent(route.path, key: key), let record = store.artifact(for: key).flatMap({ PageRecord(json: $0) }),
      record.attachments.allSatisfy({ state.isCurrent($0, key: key) })
    {
      let files = ([route.path] + record.attachments).map { OutputFile($0, .unchanged, key: key) }
      return DrawnChapter(name: outline.name, files: files, record: record)
    }
    guard let read = chaptersByPath[outline.path] else {
      return DrawnChapter(name: outline.name, files: [], record: PageRecord())
    }
    // The reader's own diagnostics were told with the outline.
    let chapter = read.chapter ?? readChapter(read.file.source, options: inputs.setup.markdownOptions).value
    var png: (@Sendable ([UInt8]) -> [UInt8]?)?
    if let program = inputs.pictures { png = { svg in program.png(svg) } }
    let page = renderChapterPage(
      chapter,
      ChapterSurroundings(
        site: site, edition: edition, database: { database.image }, queries: inputs.setup.queries,
        file: { [filesByPath] in filesByPath["Content/" + $0]?.source },
        spec: { [inputs] in inputs.parsed.value("Content/" + $0) },
        navigation: navigations[edition.language]!.html(for: route, part: edition.part(ofChapterAt: position)),
        png: png))
    let record = PageRecord(
      attachments: page.value.attachments.map(\.path), facts: page.value.facts, figures: page.value.figures,
      diagnostics: page.diagnostics)
    store.keep(record.json, for: key)
    let files =
      [OutputFile(route.path, bytes: page.value.html, key: key)]
      + page.value.attachments.map { OutputFile($0.path, bytes: $0.bytes, key: key) }
    return DrawnChapter(name: outline.name, files: files, record: record)
  }

  /// The fingerprint of everything that a chapter's page shows.
  private func chapterKey(at position: Int, in edition: EditionSite) -> Fingerprint {
    let outline = edition.chapters[position]
    let source = chaptersByPath[outline.path]?.file.fingerprint ?? Fingerprint("")
    var parts = [
      inputs.setup.fingerprint, Fingerprint(outline.path), source,
      navigations[edition.language]!.fingerprint(part: edition.part(ofChapterAt: position)), Fingerprint("\(position)"),
      neighbourFingerprint(at: position, edition),
    ]
    for other in site.editions { parts.append(Fingerprint("\(other.language) \(other.hasChapter(outline.name))")) }
    for id in outline.figures.map(\.id) + outline.crossReferences {
      let target = edition.index.targets[id]
      parts.append(Fingerprint("\(id) \(target?.chapter ?? "") \(edition.label(of: id) ?? "")"))
    }
    for id in outline.citations { parts.append(Fingerprint("\(id) \(edition.index.citationNumbers[id] ?? 0)")) }
    if inputs.pictures != nil { parts.append(Fingerprint("png")) }
    if outline.usesData { parts.append(inputs.setup.dataFingerprint) }
    return Fingerprint(combining: parts)
  }

  private func neighbourFingerprint(at position: Int, _ edition: EditionSite) -> Fingerprint {
    let neighbours = [position - 1, position + 1].map { place in
      edition.chapters.indices.contains(place)
        ? edition.chapters[place].name + "\n" + edition.chapters[place].title : ""
    }
    return Fingerprint(neighbours.joined(separator: "\n"))
  }

  // MARK: - Pages around the chapters

  func otherPages(
    of edition: EditionSite, _ records: [String: PageRecord], _ changes: ReportChanges?
  ) -> [@Sendable () -> Diagnosed<OutputFile>] {
    let uses = factUses(edition, records)
    let factCounts = site.data.ledger.facts.reduce(into: [String: Int]()) { $0[$1.source, default: 0] += 1 }

    var key = [inputs.setup.fingerprint, inputs.setup.dataFingerprint, Fingerprint("other pages")]
    key.append(navigations[edition.language]!.fingerprint(part: nil))
    key += edition.chapters.map { chaptersByPath[$0.path]?.file.fingerprint ?? Fingerprint("") }
    key += uses.sorted { $0.key < $1.key }.map { Fingerprint($0.key + " " + $0.value.joined(separator: " ")) }
    let fingerprint = Fingerprint(combining: key)

    let home = edition.route("index")
    @Sendable func page(
      _ name: String, key: Fingerprint = fingerprint, _ draw: (FrameMarkup) -> [UInt8]
    ) -> OutputFile {
      let route = edition.route(name)
      if state.isCurrent(route.path, key: key) { return OutputFile(route.path, .unchanged, key: key) }
      return OutputFile(route.path, bytes: draw(navigations[edition.language]!.html(for: home, part: nil)), key: key)
    }
    var pages: [@Sendable () -> Diagnosed<OutputFile>] = [
      {
        // What is wrong with a key figure is told in every build: there are few of them.
        let keyFigures = renderKeyFigures(site, edition)
        let home = page("index") { renderHomePage(site, edition, keyFigures: keyFigures.value, navigation: $0) }
        return Diagnosed(home, keyFigures.diagnostics)
      },
      { Diagnosed(page("data") { renderDataPage(site, edition, uses: uses, navigation: $0) }) },
      { Diagnosed(page("figures") { renderFiguresPage(site, edition, navigation: $0) }) },
      {
        Diagnosed(
          page("references") { renderReferencesPage(site, edition, factCounts: factCounts, navigation: $0) })
      },
    ]
    if site.sectionPages.contains("conflicts") {
      pages.append { Diagnosed(page("conflicts") { renderConflictsPage(site, edition, navigation: $0) }) }
    }
    if let changes, site.sectionPages.contains("changes") {
      let earlier = changes.earlier
      let name = [earlier.record.date, earlier.revision, earlier.revisionDate].map { $0 ?? "" }.joined(separator: "\n")
      let key = Fingerprint(
        combining: [fingerprint, Fingerprint(writeDifferences(changes.differences, as: .json)), Fingerprint(name)])
      pages.append {
        Diagnosed(page("changes", key: key) { renderChangesPage(site, edition, changes, navigation: $0) })
      }
    }
    if site.sectionPages.contains("glossary") {
      pages.append { Diagnosed(page("glossary") { renderGlossaryPage(site, edition, navigation: $0) }) }
    }
    return pages
  }

  func entryPages() -> [OutputFile] {
    let key = Fingerprint(combining: [inputs.setup.fingerprint, Fingerprint("entry pages")])
    return [("index.html", renderEntryPage), ("404.html", renderNotFoundPage)].map { path, draw in
      state.isCurrent(path, key: key)
        ? OutputFile(path, .unchanged, key: key) : OutputFile(path, bytes: draw(site), key: key)
    }
  }

  /// `report.json`: made in every build, because it is how a build is compared with another.
  func record(_ records: [LanguageTag: [String: PageRecord]]) -> [UInt8] {
    var uses: [LanguageTag: [String: [String]]] = [:]
    for edition in site.editions { uses[edition.language] = factUses(edition, records[edition.language] ?? [:]) }
    // What a figure shows is recorded of the first edition: the others draw the same.
    let figures = site.editions.first.map { first in
      first.chapters.flatMap { records[first.language]?[$0.name]?.figures ?? [] }
    }
    return reportRecord(site, uses: uses, figures: figures ?? [])
  }

  /// The tables of data that figures offer for download, in every edition.
  func figureTables(_ records: [LanguageTag: [String: PageRecord]]) -> [FigureTable] {
    site.editions.flatMap { edition in
      edition.chapters.flatMap { chapter -> [FigureTable] in
        let figures = records[edition.language]?[chapter.name]?.figures ?? []
        return figures.filter { $0.rows != nil }.map { figure in
          FigureTable(
            path: edition.route(ofFigure: figure.id, type: "csv").path, columns: figure.columns,
            title: chapter.figures.first { $0.id == figure.id }?.caption ?? "")
        }
      }
    }
  }

  /// The chapters that show each fact, in their order.
  private func factUses(_ edition: EditionSite, _ records: [String: PageRecord]) -> [String: [String]] {
    var uses: [String: [String]] = [:]
    for chapter in edition.chapters {
      for fact in records[chapter.name]?.facts ?? [] { uses[fact, default: []].append(chapter.name) }
    }
    return uses
  }

  /// Assets of the templates, pictures of the chapters, the data as it is.
  func copies() -> [OutputFile] {
    var files: [OutputFile] = []
    for file in inputs.setup.templateFiles where file.path.hasPrefix("Templates/assets/") {
      files.append(OutputFile(String(file.path.dropFirst("Templates/".count)), bytes: file.bytes))
    }
    for file in inputs.files.content where isPublished(file.path) {
      files.append(OutputFile(String(file.path.dropFirst("Content/".count)), bytes: file.bytes))
    }
    return files
  }

  /// Pictures and documents that chapters show or link to, and the data behind the report.
  private func isPublished(_ path: String) -> Bool {
    if path.hasPrefix("Content/data/") { return path.hasSuffix(".csv") || path.hasSuffix(".json") }
    let endings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf"]
    let lowered = path.lowercased()
    return endings.contains { lowered.hasSuffix($0) }
  }
}

/// The data as a database, made when the first chapter asks a question.
private final class LazyDatabase: Sendable {
  private let data: ReportData
  private let made = Mutex<DatabaseImage?>(nil)

  init(_ data: ReportData) { self.data = data }

  var image: DatabaseImage {
    made.withLock { made in
      if let made { return made }
      let image = makeDatabaseImage(of: data)
      made = image
      return image
    }
  }
}
