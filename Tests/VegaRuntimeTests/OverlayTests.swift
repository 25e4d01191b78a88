import AlmanacCore
import Foundation
import Notation
import Testing
import VegaLite
import VegaRuntime

/// Direct labels, annotations, forecasts and macros: `Overlays/` is the list of cases, each drawn wide in English and narrow in
/// Chinese.
@Suite struct OverlayTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Overlays")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".vl.yaml") }
    .map { String($0.dropLast(8)) }.sorted()

  static func draw(_ text: [UInt8], name: String = "chart.vl.json", width: Double, _ language: LanguageTag)
    -> Diagnosed<
      ChartDrawing?
    >
  {
    let plan = compileChart(SourceFile(path: name, bytes: text), options: CompileOptions(width: width))
    guard let value = plan.value else { return Diagnosed(nil, plan.diagnostics) }
    let drawn = drawChart(value, options: DrawOptions(language: language, width: width))
    return Diagnosed(drawn.value, plan.diagnostics + drawn.diagnostics)
  }

  @Test(arguments: names) func drawsTextsThatNeverOverlap(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name + ".vl.yaml")))
    for (ending, width, language) in [("wide", 720.0, LanguageTag.english), ("narrow", 340, .simplifiedChinese)] {
      let drawn = Self.draw(bytes, name: name + ".vl.yaml", width: width, language)
      #expect(drawn.diagnostics == [])
      let drawing = try #require(drawn.value)
      let check = PictureCheck(svg: drawing.svg)
      #expect(!check.texts.isEmpty)
      #expect(check.problems == [], "\(name).\(ending)")
      let file = Self.folder.appendingPathComponent("\(name).\(ending).svg")
      let golden = (try? Data(contentsOf: file)).map { [UInt8]($0) }
      if golden != drawing.svg {
        let isUpdate = ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] == "1"
        try Data(drawing.svg).write(to: isUpdate ? file : file.appendingPathExtension("changed"))
        Issue.record("\(name).\(ending).svg \(isUpdate ? "is rewritten" : "differs; see the .changed file")")
      }
    }
  }

  /// `almanac chart --expand`: the expansion is a spec without a macro, and draws the same picture.
  @Test(arguments: names.filter { $0.hasPrefix("macro-") }) func drawsWhatAMacroExpandsTo(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name + ".vl.yaml")))
    let options = CompileOptions(width: 500)
    let spec = parseYAML(SourceFile(path: name + ".vl.yaml", bytes: bytes)).value
    let expansion = expandMacro(spec, options: options)
    #expect(expansion.diagnostics == [])
    #expect(expansion.value["usermeta"]?["almanac"]?["macro"] == nil)
    #expect(!expansion.value.isEquivalent(to: spec))
    var writer = JSONWriter(indent: 2)
    writer.value(expansion.value)
    let whole = Self.draw(writer.bytes, width: 500, .english)
    #expect(whole.diagnostics == [])
    #expect(whole.value?.svg == Self.draw(bytes, name: name + ".vl.yaml", width: 500, .english).value?.svg)
  }

  @Test func findsOverlapsAndOverflow() {
    func svg(_ texts: String) -> [UInt8] {
      Array(("<svg width=\"100\" height=\"40\"><g transform=\"translate(10,10)\">" + texts + "</g></svg>").utf8)
    }
    let first = "<text transform=\"translate(0,10)\" font-size=\"12px\">Users</text>"
    let rows: [(String, [String])] = [
      (first, []),
      (first + "<text transform=\"translate(20,12)\" font-size=\"12px\">more</text>", ["'Users' and 'more' overlap"]),
      (first + "<text transform=\"translate(20,25)\" font-size=\"12px\"><tspan x=\"0\">a</tspan></text>", []),
    ]
    for (texts, expected) in rows { #expect(PictureCheck(svg: svg(texts)).problems == expected) }
    let far = PictureCheck(svg: svg("<text transform=\"translate(60,10)\" font-size=\"12px\">人工智能</text>"))
    #expect(far.problems.count == 1 && far.problems[0].contains("leaves the picture"))
  }

  @Test(arguments: [
    ([10.0, 50.0], [12.0, 12.0], [10.0, 50.0]),
    ([10, 10], [12, 12], [6, 18]),
    ([2, 3, 90], [12, 12, 12], [6, 18, 90]),
    ([95, 96, 97], [12, 12, 12], [70, 82, 94]),
    ([50, 20], [12, 12], [50, 20]),
    ([5, 5, 5, 5, 5], [30, 30, 30, 30, 30], [-10, 20, 50, 80, 110]),
    ([], [], []),
  ])
  func spreadsLabelsAsLittleAsPossible(wanted: [Double], heights: [Double], expected: [Double]) {
    let range = 0.0...100.0
    let centred = spreadLabels(wanted, heights: heights, gap: 0, within: range)
    for (found, expected) in zip(centred, expected) { #expect((found - expected).magnitude < 1e-9, "\(centred)") }
    #expect(centred.count == expected.count)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var almanac: String
    var code: String
    var says: String
    var hint: String?
    /// What is drawn, instead of a line.
    var drawing: String?
    var testDescription: String { says }
  }

  /// What authors are told while drawing; the span is marked by «».
  static let cases: [Case] = [
    Case(
      almanac: #""annotations": [{"text": "t", "at": {"x": «2031», "y": 3}}]"#, code: "chart.outside-domain",
      says: "'usermeta.almanac.annotations[0].at.x': 2031 lies outside the axis", hint: "it runs from 2020 to 2022"),
    Case(
      almanac: #""annotations": [{"line": {"y": «"many"»}}]"#, code: "chart.bad-anchor",
      says: "'usermeta.almanac.annotations[0].line.y' is no number, as the axis has them: 'many'"),
    Case(
      almanac: #""labels": «"inside"»"#, code: "chart.nothing-to-label",
      says: "'usermeta.almanac.labels' finds no mark to label among 'line'", hint: "'inside' labels bars"),
    Case(
      almanac: #""labels": «{"at": "end", "field": "naem"}»"#, code: "chart.unknown-field",
      says: "no field 'naem' in the rows that 'usermeta.almanac.labels' labels"),
    Case(
      almanac: #""annotations": [{"line": {"y": «3»}}]"#, code: "chart.no-axis",
      says: "'usermeta.almanac.annotations[0].line.y' needs an axis 'y', and the chart has none",
      drawing: #""mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative", "scale": {"zero": false}}}"#),
    Case(
      almanac: #""labels": «{"at": "point", "field": "s"}»"#, code: "chart.label-dropped",
      says: "56 labels of 'usermeta.almanac.labels' found no room",
      hint: "name those that matter with 'only', or give the chart more height",
      drawing:
        #""width": 40, "height": 40, "transform": [{"calculate": "sequence(40)", "as": "n"}, {"flatten": ["n"]}], "mark": "point", "encoding": {"x": {"datum": 1, "type": "quantitative"}, "y": {"datum": 1, "type": "quantitative"}}"#
    ),
  ]

  @Test(arguments: cases) func tellsWhatCannotBeDrawn(test: Case) throws {
    let line =
      #""mark": "line", "encoding": {"x": {"field": "a", "type": "quantitative", "scale": {"zero": false}}, "y": {"field": "b", "type": "quantitative"}, "color": {"field": "s"}}"#
    let spec =
      #"{"data": {"values": [{"a": 2020, "b": 1, "s": "x"}, {"a": 2022, "b": 5, "s": "x"}]}, "#
      + (test.drawing ?? line) + #", "usermeta": {"almanac": {"#
    let parts = (spec + test.almanac + "}}}").split(whereSeparator: { $0 == "«" || $0 == "»" })
    let drawn = Self.draw(Array(parts.joined().utf8), width: 500, .english)
    let found = try #require(drawn.diagnostics.first { $0.code == test.code }, "\(drawn.diagnostics)")
    #expect(found.message == test.says)
    if let hint = test.hint { #expect(found.hint == hint) }
    #expect(found.span?.start == SourceLocation(line: 1, column: parts[0].unicodeScalars.count + 1))
    #expect(drawn.diagnostics.count == 1, "unexpected: \(drawn.diagnostics)")
  }
}
