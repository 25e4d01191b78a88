internal import AlmanacCore
private import Datasets
private import Notation
private import ReportModel
private import SiteRendering

/// Builds a report: from the files of `Content/` and `Templates/` to the pages of `Output/`.
///
/// Everything wrong with the content is gathered on the way, and pages are only written when there is no error (under
/// `strict`, no warning).
/// - Returns: an outcome that was not published when the program is about to end.
package func buildReport(_ environment: BuildEnvironment, _ options: BuildOptions) async -> BuildOutcome {
  do {
    return try await runStages(environment, options)
  } catch {
    return BuildOutcome()
  }
}

/// The stages in their order; each is one call.
private func runStages(_ environment: BuildEnvironment, _ options: BuildOptions) async throws -> BuildOutcome {
  var outcome = BuildOutcome()
  var clock = StageClock()
  let output = environment.outputPath(options)

  // One build at a time: two would remove each other's pages.
  var lock: (any FileLock)?
  defer { withExtendedLifetime(lock) {} }
  if !options.isDryRun {
    lock = try await lockReport(environment).value(reportingTo: &outcome.diagnostics)
    guard !outcome.hasErrors else { return outcome }
    recoverOutput(output, environment)
  }

  // 1. Files become values.
  let files = await discoverReport(environment).value(reportingTo: &outcome.diagnostics)
  guard !files.content.isEmpty else { return outcome.sorted() }
  outcome.sources = (files.content + files.templates).map(\.source)
  clock.end("read", &outcome)
  let store = ArtifactStore(environment)
  let setup = readSetup(files, environment, options).value(reportingTo: &outcome.diagnostics)
  clock.end("data", &outcome)

  if let folder = options.sources {
    outcome.proof = proveData(setup, against: folder, environment).value(reportingTo: &outcome.diagnostics)
  }

  // 2. Chapters become outlines: kept ones for those that did not change.
  let chapters = try await outlineChapters(files, setup, store, environment)
  outcome.diagnostics += chapters.diagnostics
  let parsed = ParsedFiles(files.content)
  outcome.diagnostics += try await gateTexts(files, parsed, setup, store, environment)
  outcome.diagnostics += compareTexts(files, parsed, setup)
  clock.end("outline", &outcome)

  // 3. From all outlines follow order, numbers and addresses.
  var site = assembleSite(chapters.value, setup).value(reportingTo: &outcome.diagnostics)
  site.hasChanges = options.since != nil
  clock.end("resolve", &outcome)

  let png = setup.configuration.pngSpan
  let pictures = png.flatMap { _ in PictureProgram(in: environment) }
  if let png, pictures == nil { outcome.diagnostics.append(.noPictureProgram(at: png)) }

  // 4. Pages whose key changed are drawn.
  let state = await OutputState.read(output, environment)
  let pages = try await drawPages(
    PageInputs(
      site: site, chapters: chapters.value, setup: setup, files: files, parsed: parsed,
      since: options.since, pictures: pictures), over: state, store, environment)
  outcome.diagnostics += pages.diagnostics
  if let record = pages.value.first(where: { $0.path == "report.json" }), case .bytes(let bytes) = record.content {
    outcome.report = bytes
  }
  outcome.pageCount = pages.value.count { $0.path.hasSuffix(".html") }
  clock.end("draw", &outcome)

  // 5. All or nothing.
  outcome.dropConsequences(of: files)
  outcome = outcome.sorted()
  guard !options.isDryRun, outcome.exitCode(strict: options.strict) == 0 else { return outcome }
  let changes = try await applyOutput(pages.value, over: state, in: environment)
  outcome.diagnostics += changes.diagnostics
  outcome.isPublished = !changes.hasErrors
  outcome.written = changes.value.written
  outcome.removed = changes.value.removed
  outcome.unchangedCount = changes.value.unchangedCount
  store.save()
  clock.end("write", &outcome)
  return outcome.sorted()
}

extension BuildOutcome {
  fileprivate var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The outcome with its diagnostics in the order in which they are told, each once.
  fileprivate func sorted() -> BuildOutcome {
    var copy = self
    copy.diagnostics = []
    for diagnostic in diagnostics.sorted() where copy.diagnostics.last != diagnostic {
      copy.diagnostics.append(diagnostic)
    }
    return copy
  }
}

/// Measures the stages for people; nothing in `Output` depends on it.
private struct StageClock {
  private let clock = ContinuousClock()
  private var last = ContinuousClock.now

  mutating func end(_ stage: String, _ outcome: inout BuildOutcome) {
    let now = clock.now
    let duration = (now - last).components
    outcome.timings.append((stage, Double(duration.seconds) + Double(duration.attoseconds) * 1e-18))
    last = now
  }
}
