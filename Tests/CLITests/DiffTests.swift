import Foundation
import Testing

/// `almanac diff` from outside: what it takes, and what it refuses.
@Suite struct DiffTests {
  @Test func comparesRecordsFoldersAndReports() throws {
    let place = try Workplace()
    try place.writeReport(chapters: 2)
    try #require(try place.run("build").code == 0)
    let record = try place.read("Output/report.json")
    try place.write("last.json", record)
    try place.write("Content/en/chapter-3.md", "---\ntitle: Chapter 3\n---\n\nA paragraph.\n")
    try #require(try place.run("build", "--report", "build.json").code == 0)
    for new in ["Output", "Output/report.json", ".", "build.json"] {
      let result = try place.run("diff", "last.json", new)
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.output == "Pages new (1)\n  en/chapter-3.html: Chapter 3\n", "\(new)")
    }
    let markdown = try place.run("diff", "-", "Output", "--format", "markdown", input: record)
    #expect(markdown.output == "### Pages new (1)\n\n- `en/chapter-3.html`: Chapter 3\n")
    #expect(try place.run("diff", "Output", "Output", "--format", "json").output.contains("\"touched\": []"))
  }

  @Test(arguments: [
    ("nowhere", "[diff.no-record]"), ("empty", "[diff.no-record]"), ("text.json", "[json."),
    ("other.json", "[record.not-a-record]"), ("bad.json", "bad.json:2:26"), ("latin.json", "[file.not-utf8]"),
    ("folder", "[file."), ("", "no empty name"), ("empty/x/y", "[diff.no-record]"),
  ])
  func refusesWithOneMessage(old: String, told: String) throws {
    let place = try Workplace()
    try place.write("good.json", "{\"facts\": []}")
    try place.write("empty/x", "")
    try place.write("text.json", "Hello")
    try place.write("other.json", "{\"name\": \"x\"}")
    try place.write("bad.json", "{\"facts\": [\n{\"id\": \"a.b.c\", \"value\": \"much\"}]}")
    try place.write("latin.json", .init([0x22, 0xE9, 0x22]))
    try place.write("folder/report.json/x", "")
    let result = try place.run("diff", old, "good.json")
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains(told), "\(result.errors)")
    #expect(result.errors.components(separatedBy: "rror").count <= 3, "\(result.errors)")
  }
}
