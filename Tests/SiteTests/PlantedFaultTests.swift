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
    // What differs between two editions is told in both.
    let count = fault.code == "parity.fact" ? 2 : 1
    #expect(found.map(\.code) == Array(repeating: fault.code, count: count), "\(told)")
    guard let mark = marked.firstRange(of: "«»"), let first = found.first else { return }
    let before = marked[..<mark.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    let expected = SourceLocation(line: before.count, column: (before.last?.unicodeScalars.count ?? 0) + 1)
    #expect(first.span?.path == fault.path && first.span?.start == expected, "\(told), expected \(expected)")
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
