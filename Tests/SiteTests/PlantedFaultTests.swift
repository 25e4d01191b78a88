import AlmanacCore
import BuildEngine
import Testing

/// Each planted fault gives its diagnostic at its place and no other; the report without a fault gives none.
@Suite struct PlantedFaultTests {
  private func build(_ files: [String: String]) async -> [Diagnostic] {
    var options = BuildOptions()
    options.strict = true
    options.sources = "texts"
    let environment = BuildEnvironment(files: MemoryFileSystem(files), root: "", jobs: 2)
    return await buildReport(environment, options).diagnostics
  }

  @Test func saysNothingOfTheCleanReport() async {
    #expect(plantedFaults.count >= 60)
    let found = await build(gatedReport)
    #expect(found.map { "\($0.span.map { "\($0.path):\($0.start.line)" } ?? "") \($0.code) \($0.message)" } == [])
  }

  @Test(arguments: plantedFaults)
  func tellsOfEachFaultAndNothingElse(fault: PlantedFault) async throws {
    let text = try #require(gatedReport[fault.path])
    let place = try #require(text.firstRange(of: fault.old), "the report has no '\(fault.old)'")
    let marked = text.replacingCharacters(in: place, with: fault.new)
    var files = gatedReport
    files[fault.path] = marked.replacing("«»", with: "")
    // A text that is not there cannot be planted by an edit.
    if fault.code == "sources.no-text" { files["texts/census.txt"] = nil }
    let found = await build(files)
    let told = found.map {
      "\($0.span.map { "\($0.path):\($0.start.line):\($0.start.column)" } ?? "") \($0.code) \($0.message)"
    }
    #expect(found.map(\.code) == [fault.code], "\(told)")
    guard let first = found.first else { return }
    if let mark = marked.firstRange(of: "«»") {
      let expected = location(of: mark.lowerBound, in: marked)
      #expect(first.span?.path == fault.path && first.span?.start == expected, "\(told), expected \(expected)")
    }
    guard let twin = fault.twin else { return }
    // Where the other edition is to be looked at, in every form of a diagnostic.
    let other = try #require(files[twin.path])
    let words = try #require(other.firstRange(of: twin.words), "\(twin.path) has no '\(twin.words)'")
    let second = location(of: words.lowerBound, in: other)
    let notes = first.notes.compactMap(\.span).map { "\($0.path):\($0.start.line):\($0.start.column)" }
    let written = "\(twin.path):\(second.line):\(second.column)"
    #expect(notes.contains(written), "\(notes), expected \(written)")
    #expect(DiagnosticRenderer().render(found).contains("= note: \(written): "))
    #expect(
      diagnosticsAsJSONLines(found).contains(
        "\"path\":\"\(twin.path)\",\"line\":\(second.line),\"column\":\(second.column)"))
    #expect(diagnosticsAsGitHubAnnotations(found).contains("%0Anote: \(written): "))
    let sarif = diagnosticsAsSARIF(found, version: "1").split(separator: "relatedLocations").last ?? ""
    #expect(
      sarif.contains(
        "\"uri\":\"\(twin.path)\"},\"region\":{\"startLine\":\(second.line),\"startColumn\":\(second.column)"))
  }

  private func location(of index: String.Index, in text: String) -> AlmanacCore.SourceLocation {
    let lines = text[..<index].split(separator: "\n", omittingEmptySubsequences: false)
    return .init(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
