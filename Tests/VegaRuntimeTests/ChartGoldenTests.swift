import AlmanacCore
import Foundation
import Testing
import VegaLite
import VegaRuntime

/// Small charts and their pictures; `Charts/` is the list of cases, in the report's look and in Vega's.
///
/// `ALMANAC_UPDATE_GOLDEN=1` rewrites the pictures and fails once; look at each before keeping it.
@Suite struct ChartGoldenTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Charts")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".vl.yaml") }
    .map { String($0.dropLast(8)) }.sorted()

  @Test(arguments: names) func drawsAsBefore(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name + ".vl.yaml")))
    for look in ChartLook.allCases {
      let plan = compileChart(SourceFile(path: name + ".vl.yaml", bytes: bytes), options: CompileOptions(look: look))
      #expect(plan.diagnostics == [])
      let drawn = drawChart(
        try #require(plan.value), options: DrawOptions(language: look == .almanac ? .simplifiedChinese : .english))
      #expect(drawn.diagnostics == [])
      let drawing = try #require(drawn.value)
      let file = Self.folder.appendingPathComponent("\(name).\(look.rawValue).svg")
      let golden = (try? Data(contentsOf: file)).map { [UInt8]($0) }
      if golden != drawing.svg {
        let isUpdate = ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] == "1"
        try Data(drawing.svg).write(to: isUpdate ? file : file.appendingPathExtension("changed"))
        Issue.record("\(name).\(look.rawValue).svg \(isUpdate ? "is rewritten" : "differs; see the .changed file")")
      }
    }
  }

  @Test func drawsTheSameTwice() throws {
    let spec =
      #"{"data": {"values": [{"a": "x", "b": 1}, {"a": "y", "b": 3}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}, "color": {"field": "a", "type": "nominal"}}}"#
    func draw() throws -> [UInt8] {
      let plan = try #require(compileChart(SourceFile(path: "a.json", text: spec)).value)
      return try #require(drawChart(plan).value).svg
    }
    #expect(try draw() == draw())
  }

  @Test(arguments: [
    (LanguageTag.english, "Bar chart of Users by Year. Users ranges from 4 (2020) to 9 (2021)."),
    (LanguageTag.simplifiedChinese, "条形图：Users，按Year。Users最低为4（2020），最高为9（2021）。"),
  ])
  func saysWhatTheDataSay(language: LanguageTag, expected: String) throws {
    let spec =
      #"{"data": {"values": [{"y": 2020, "u": 4}, {"y": 2021, "u": 9}]}, "mark": "bar", "encoding": {"x": {"field": "y", "type": "ordinal", "title": "Year"}, "y": {"field": "u", "type": "quantitative", "title": "Users"}}}"#
    let plan = try #require(compileChart(SourceFile(path: "a.json", text: spec)).value)
    let drawing = try #require(drawChart(plan, options: DrawOptions(language: language)).value)
    #expect(drawing.description == expected)
    #expect(
      drawing.table
        == ChartTable(columns: ["Year", "Users"], rows: [["2020", "4"], ["2021", "9"]], origins: [0, 1]))
  }

  @Test func refusesMoreRowsThanAllowed() throws {
    let spec =
      #"{"data": {"sequence": {"start": 0, "stop": 1e12}}, "mark": "point", "encoding": {"x": {"field": "data", "type": "quantitative"}}}"#
    let plan = try #require(compileChart(SourceFile(path: "a.json", text: spec)).value)
    let drawn = drawChart(plan)
    #expect(drawn.value == nil)
    #expect(drawn.diagnostics.map(\.code) == ["chart.too-many-rows"])
  }
}
