import Foundation
import Testing

/// `--sarif FILE` of build and check: a log that a code-scanning service can show beside the lines.
@Suite struct SARIFTests {
  private struct Log: Decodable {
    struct Run: Decodable {
      struct Tool: Decodable {
        struct Driver: Decodable {
          struct Rule: Decodable { var id: String }
          var name: String
          var version: String
          var rules: [Rule]
        }
        var driver: Driver
      }
      struct Result: Decodable {
        struct Text: Decodable { var text: String }
        struct Location: Decodable {
          struct Physical: Decodable {
            struct Artifact: Decodable { var uri: String }
            struct Region: Decodable {
              var startLine: Int
              var startColumn: Int
            }
            var artifactLocation: Artifact
            var region: Region
          }
          var physicalLocation: Physical
          var message: Text?

          var place: String {
            let region = physicalLocation.region
            return "\(physicalLocation.artifactLocation.uri):\(region.startLine):\(region.startColumn)"
          }
        }
        var ruleId: String
        var ruleIndex: Int
        var level: String
        var message: Text
        var locations: [Location]?
        var relatedLocations: [Location]?
      }
      var tool: Tool
      var columnKind: String
      var results: [Result]
    }
    var version: String
    var runs: [Run]
  }

  private func run(_ log: String) throws -> Log.Run {
    let log = try JSONDecoder().decode(Log.self, from: Data(log.utf8))
    #expect(log.version == "2.1.0")
    return try #require(log.runs.first)
  }

  private func report(_ place: borrowing Workplace) throws {
    try place.write("my report/Content/report.yaml", "title: T\neditions: [en, zh-Hans]\ngates: {parity: error}\n")
    try place.write("my report/Content/en/one.md", "---\ntitle: One\n---\n\n## 用户 {#sec-a}\n\nWords.\n")
    try place.write("my report/Content/zh-Hans/one.md", "---\ntitle: 一\n---\n\n## 甲 {#sec-a}\n\n词。\n")
  }

  @Test func tellsPlacesAndRelatedPlaces() throws {
    let place = try Workplace()
    try report(place)
    try place.write(
      "my report/Content/zh-Hans/one.md", "---\ntitle: 一\ncolour: red\n---\n\n## 甲 {#sec-a}\n\n词。\n\n### 乙 {#sec-b}\n")
    for command in ["check", "build"] {
      let result = try place.run(command, "--root", "my report", "--sarif", "log.sarif")
      #expect(result.code == 1, "\(result)")
      let run = try run(try place.read("log.sarif"))
      #expect(run.tool.driver.name == "almanac" && !run.tool.driver.version.isEmpty)
      #expect(run.columnKind == "unicodeCodePoints")
      #expect(run.results.map(\.ruleId) == ["chapter.unknown-key", "parity.section"])
      #expect(run.results.map(\.level) == ["warning", "error"])
      #expect(
        run.results.map { $0.locations?.map(\.place) ?? [] } == [
          ["my%20report/Content/zh-Hans/one.md:3:1"], ["my%20report/Content/zh-Hans/one.md:10:1"],
        ])
      #expect(run.results.map { run.tool.driver.rules[$0.ruleIndex].id } == run.results.map(\.ruleId))
      let related = try #require(run.results[1].relatedLocations)
      #expect(related.map(\.place) == ["my%20report/Content/en/one.md:5:1"])
      #expect(related[0].message?.text.isEmpty == false)
      #expect(run.results[1].message.text.contains("\nhint: "))
    }
    // The human form and the log tell the same places.
    let told = try place.run("check", "--root", "my report").errors
    #expect(told.contains("my report/Content/zh-Hans/one.md:10:1: error: "), "\(told)")
    #expect(told.contains("= note: my report/Content/en/one.md:5:1: "), "\(told)")
  }

  @Test func isWrittenWhenNothingIsWrong() throws {
    let place = try Workplace()
    try report(place)
    let result = try place.run("check", "--strict", "--root", "my report", "--sarif", "log.sarif")
    #expect(result.code == 0, "\(result)")
    let run = try run(try place.read("log.sarif"))
    #expect(run.results.isEmpty && run.tool.driver.rules.isEmpty)
    #expect(try place.run("check", "--root", "my report", "--sarif", "nowhere/log.sarif").code == 2)
  }
}
