import AlmanacCore
import Testing
import VegaLite

@testable import VegaRuntime

/// How much a chart may hold and cost: more is told, and neither hangs nor fills the memory.
@Suite struct LimitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var code: String
    var spec: String
    var set: @Sendable (inout ChartLimits) -> Void = { _ in }
    var testDescription: String { code + ": " + spec.prefix(120) }
  }

  private static func spec(_ rest: String, rows: Int = 3) -> String {
    let rows = (0..<rows).map { #"{"a": \#($0), "b": "text \#($0)"}"# }.joined(separator: ",")
    return #"{"data": {"values": [\#(rows)]}, \#(rest)}"#
  }

  private static func calculate(_ steps: String...) -> String {
    let steps = steps.map { #"{"calculate": "\#($0)", "as": "c"}"# }.joined(separator: ",")
    return spec(#""transform": [\#(steps)], "mark": "text", "encoding": {"text": {"field": "c"}}"#)
  }

  static let cases: [Case] = [
    Case(code: "json.too-deep", spec: String(repeating: "[", count: 300)),
    Case(
      code: "chart.too-deep",
      spec: String(repeating: #"{"layer": ["#, count: 40) + #"{"mark": "bar"}"# + String(repeating: "]}", count: 40)),
    Case(code: "expression.too-long", spec: calculate(String(repeating: "1 + ", count: 20_000) + "1")),
    Case(
      code: "expression.too-deep",
      spec: calculate(String(repeating: "(", count: 500) + "1" + String(repeating: ")", count: 500))),
    Case(code: "expression.too-costly", spec: calculate("datum.a * 2"), set: { $0.steps = 5 }),
    Case(
      code: "expression.too-costly", spec: calculate("length(sequence(1000000)) + length(sequence(1000000))"),
      set: { $0.steps = 1_500_000 }),
    Case(
      code: "expression.too-costly", spec: calculate("test(/(a+)+b/, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')"),
      set: { $0.steps = 900_000 }),
    Case(code: "expression.search-given-up", spec: calculate("test(/(a+)+b/, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')")),
    // Twice as long with every step.
    Case(
      code: "expression.text-too-long",
      spec: spec(
        #""transform": [{"calculate": "datum.b", "as": "c"}, \#([String](repeating: #"{"calculate": "datum.c + datum.c", "as": "c"}"#, count: 60).joined(separator: ","))], "mark": "text", "encoding": {"text": {"field": "c"}}"#
      )),
    Case(code: "expression.text-too-long", spec: calculate("pad(datum.b, 100000, pad('', 100000, 'x'))")),
    Case(code: "expression.text-too-long", spec: calculate("join(sequence(1000), pad('', 10000, 'x'))")),
    Case(code: "expression.text-too-long", spec: calculate("replace(pad('', 10000, 'x'), /x/g, pad('', 10000, 'y'))")),
    Case(code: "expression.text-too-long", spec: calculate("replace(pad('', 10000, 'x'), /x+/, pad('', 10000, '$&'))")),
    Case(
      code: "chart.too-many-rows",
      spec:
        #"{"data": {"sequence": {"start": 0, "stop": 1e12}}, "mark": "point", "encoding": {"x": {"field": "data"}}}"#),
    Case(code: "chart.too-many-rows", spec: spec(#""mark": "point""#), set: { $0.rows = 2 }),
    Case(
      code: "chart.too-many-rows", spec: spec(#""transform": [{"fold": ["a", "b"]}], "mark": "point""#),
      set: { $0.rows = 5 }),
    Case(
      code: "chart.too-many-rows",
      spec: spec(
        #""transform": [{"calculate": "sequence(10)", "as": "c"}, {"flatten": ["c"]}], "mark": "point""#),
      set: { $0.rows = 20 }),
    Case(
      code: "chart.too-many-marks", spec: spec(#""mark": "point", "encoding": {"x": {"field": "a"}}"#),
      set: { $0.marks = 2 }),
    Case(
      code: "chart.too-many-facets",
      spec: spec(#""mark": "point", "encoding": {"facet": {"field": "b"}, "x": {"field": "a"}}"#),
      set: { $0.facets = 2 }),
  ]

  @Test(arguments: cases) func tellsOfWhatIsTooMuch(test: Case) {
    let compiled = compileChart(SourceFile(path: "limit.vl.json", text: test.spec))
    var diagnostics = compiled.diagnostics
    if let plan = compiled.value {
      var options = DrawOptions()
      test.set(&options.limits)
      diagnostics += drawChart(plan, options: options).diagnostics
    }
    #expect(diagnostics.contains { $0.code == test.code }, "\(diagnostics.map(\.code))")
  }

  /// Patterns that would take for ever to compile, were repeats of nothing written out.
  @Test(arguments: ["((?:){1000}){1000}", "(?:(?:(?:(?:(?:){1000}){1000}){1000}){1000}){1000}x", "(x{1000}){1000}"])
  func compilesRepeatsOfNothingAtOnce(pattern: String) {
    _ = RegularExpression(pattern, flags: "")?.test("y")
  }
}
