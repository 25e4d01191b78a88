import Testing

@testable import AlmanacCore

@Suite struct CoreTests {
  @Test(arguments: [
    ("enrgy", ["energy", "entry"], "energy"), ("adopton", ["models", "adoption"], "adoption"),
    ("zzz", ["energy"], nil as String?), ("用户数", ["用户", "模型"], "用户"),
  ])
  func findsTheClosestMatch(word: String, candidates: [String], expected: String?) {
    #expect(closestMatch(to: word, among: candidates) == expected)
  }

  @Test func countsColumnsInScalarsAndLinesOverAllEndings() {
    let file = SourceFile(path: "a.md", text: "中文a\r\nb😀c\rd\n")
    let offset = file.bytes.firstIndex(of: UInt8(ascii: "c"))!
    #expect(file.location(at: offset) == SourceLocation(line: 2, column: 3))
    #expect(file.line(2).map { String(decoding: $0, as: UTF8.self) } == "b😀c")
    #expect(file.line(3).map { String(decoding: $0, as: UTF8.self) } == "d")
    #expect(file.line(9) == nil)
  }

  @Test func keepsOrderWhenMappingConcurrently() async throws {
    let doubled = try await Array(0..<1000).concurrentMap(width: 4) { $0 * 2 }
    #expect(doubled == (0..<1000).map { $0 * 2 })
  }

  @Test func fingerprintsAreCanonical() {
    #expect(Fingerprint("").description == "99aa06d3014798d86001c324468d497f")
    #expect(Fingerprint(hex: Fingerprint("almanac").description) == Fingerprint("almanac"))
  }
}
