package import AlmanacCore

/// A file of the report with its bytes: what a build depends on.
package struct DiscoveredFile: Hashable, Sendable {
  /// Path relative to the report's root; UTF-8 without a byte order mark when it is a text.
  package var source: SourceFile
  /// Of the bytes as they are in `source`.
  package var fingerprint: Fingerprint
  /// What is wrong with it as a file, told already: later stages need not complain about it again.
  package var problems: [Diagnostic] = []

  package var isBroken: Bool { problems.contains { $0.severity == .error } }

  package var path: String { source.path }
  package var bytes: [UInt8] { source.bytes }

  package init(source: SourceFile, problems: [Diagnostic] = []) {
    self.source = source
    self.fingerprint = Fingerprint(source.bytes)
    self.problems = problems
  }
}

/// All that a report is made of, read.
package struct ReportFiles: Sendable {
  /// Everything below `Content/`, sorted by the bytes of the path.
  package var content: [DiscoveredFile] = []
  /// Everything below `Templates/`, likewise; empty when the report uses the built-in ones.
  package var templates: [DiscoveredFile] = []

  package init() {}
}

/// Finds and reads `Content/` and `Templates/`.
///
/// Files whose name begins with `.` or ends with `~` are passed over: they belong to editors and systems. Links are
/// followed inside the report's folder. A file that cannot be used is told once and handed on, broken, so that later
/// stages find everything else that is wrong.
///
/// Diagnoses `content.missing`, `file.…`.
package func discoverReport(_ environment: BuildEnvironment) async -> Diagnosed<ReportFiles> {
  var report = Diagnosed(ReportFiles())
  guard (try? environment.files.kind(of: environment.path("Content"), followingLinks: true)) == .folder else {
    report.diagnostics = [.missingContent(root: environment.root)]
    return report
  }
  report.value.content = await discoverFiles(under: "Content", environment).value(reportingTo: &report.diagnostics)
  report.value.templates = await discoverFiles(under: "Templates", environment).value(
    reportingTo: &report.diagnostics)
  return report
}

/// Finds and reads every file under a folder of the report; an absent folder holds none.
package func discoverFiles(under folder: String, _ environment: BuildEnvironment) async -> Diagnosed<[DiscoveredFile]> {
  var walk = FolderWalk(environment)
  walk.visit(folder)
  let read = (try? await walk.found.concurrentMap(width: environment.jobs) { readFile($0, environment) }) ?? []
  return Diagnosed(read.map(\.value), walk.diagnostics + read.flatMap(\.diagnostics))
}

/// Reads one file of the report and makes a text of it where its name says that it is one.
///
/// - Parameter kind: what to take it for whatever its name says.
package func readFile(
  _ path: String, as kind: ContentKind? = nil, _ environment: BuildEnvironment
) -> Diagnosed<DiscoveredFile> {
  let kind = kind ?? ContentKind(path: path)
  do {
    let bytes = try environment.files.read(environment.path(path), atMost: kind.byteLimit(environment.limits))
    let text = checkText(bytes, path: path, kind, environment.limits)
    return Diagnosed(
      DiscoveredFile(source: SourceFile(path: path, bytes: text.value), problems: text.diagnostics), text.diagnostics)
  } catch {
    let problem: Diagnostic =
      error.reason == .tooLarge
      ? .tooLarge(path, limit: kind.byteLimit(environment.limits)) : .unreadable(path, error)
    return Diagnosed(DiscoveredFile(source: SourceFile(path: path, bytes: []), problems: [problem]), [problem])
  }
}

/// What a file's name says about its bytes.
package enum ContentKind: Hashable, Sendable {
  /// Written by people, in lines.
  case prose
  /// CSV: lines, but wide ones.
  case rows
  /// Text that may well be one long line: JSON, SVG, scripts.
  case text
  /// Copied as it is.
  case binary

  package init(path: String) {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else {
      self = .binary
      return
    }
    switch path[path.index(after: dot)...].lowercased() {
    case "md", "yaml", "yml", "mustache": self = .prose
    case "csv", "tsv": self = .rows
    case "json", "geojson", "topojson", "jsonl", "svg", "css", "js", "html", "txt", "xml", "sql": self = .text
    default: self = .binary
    }
  }

  func byteLimit(_ limits: Limits) -> Int {
    switch self {
    case .prose, .text: limits.textBytes
    case .rows, .binary: limits.dataBytes
    }
  }

  func lineLimit(_ limits: Limits) -> Int? {
    switch self {
    case .prose: limits.lineBytes
    case .rows: limits.dataLineBytes
    case .text, .binary: nil
    }
  }
}
