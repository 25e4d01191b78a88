import AlmanacCore
import Testing
import VegaLite

/// What authors are told about their specs: one row for each code, the span marked by «».
@Suite struct ChartDiagnosticsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var spec: String
    var code: String
    var says: String
    var hint: String?
    var testDescription: String { code + ": " + says }
  }

  static let cases: [Case] = [
    Case(
      spec:
        #"{"mark": "bar", "params": [{"name": "cutoff", "value": 3}], "transform": [{"filter": "datum.a > «cutof»"}]}"#,
      code: "chart.unknown-parameter", says: "there is no parameter 'cutof' for 'transform[0].filter'",
      hint: "did you mean 'cutoff'?"),
    Case(
      spec: #"{"mark": {"type": "bar", "opacity": {"expr": "«share» / 2"}}}"#, code: "chart.unknown-parameter",
      says: "there is no parameter 'share' for 'mark.opacity.expr'", hint: "a field of the data is written datum.share"),
    Case(
      spec:
        #"{"mark": "bar", "params": [{"name": "brush", "select": "interval"}], "encoding": {"color": {"condition": {"param": «"brsh"», "value": "red"}, "value": "grey"}}}"#,
      code: "chart.unknown-parameter", says: "there is no parameter 'brsh' for 'encoding.color.condition.param'",
      hint: "did you mean 'brush'?"),
    Case(
      spec: #"{"mark": "bar", "config": {«"axsi"»: {"grid": false}}}"#, code: "chart.unknown-key",
      says: "'config.axsi' is not part of Vega-Lite", hint: "did you mean 'axis'?"),
    Case(
      spec: #"{"mark": "bar", "config": {"axisX": {«"gird"»: false}}}"#, code: "chart.unknown-key",
      says: "'config.axisX.gird' is not part of Vega-Lite", hint: "did you mean 'grid'?"),
    Case(
      spec: #"{"mark": "bar", "config": {"bar": {«"colour"»: "red"}}}"#, code: "chart.unknown-key",
      says: "'config.bar.colour' is not part of Vega-Lite", hint: "did you mean 'color'?"),
    Case(
      spec: #"{"mark": «"baar"»}"#, code: "chart.unknown-value", says: "'baar' is not a value of 'mark'",
      hint: "did you mean 'bar'?"),
    Case(
      spec: #"{"mark": "bar", "encoding": {"x": {«"feild"»: "a"}}}"#, code: "chart.unknown-key",
      says: "'encoding.x.feild' is not part of Vega-Lite",
      hint: "did you mean 'field'?"),
    Case(
      spec: #"{"mark": "bar", "encoding": {"x": {"field": "a", "type": «"quantitive"»}}}"#, code: "chart.unknown-value",
      says: "'quantitive' is not a value of 'encoding.x.type'", hint: "did you mean 'quantitative'?"),
    Case(
      spec: #"{"mark": {"type": "line", "color": «"stealblue"»}}"#, code: "chart.unknown-value",
      says: "'stealblue' is not a value of 'mark.color'", hint: "did you mean 'steelblue'?"),
    Case(
      spec: #"{"mark": "bar", "encoding": {"x": {"field": "a", "scale": {"domainMin": «"0"»}}}}"#,
      code: "chart.wrong-type",
      says: "'encoding.x.scale.domainMin' must be a number"),
    Case(
      spec: #"{"mark": {"type": "line", "interpolate": «"monoton"»}}"#, code: "chart.unknown-value",
      says: "'monoton' is not a value of 'mark.interpolate'", hint: "did you mean 'monotone'?"),
    Case(
      spec: #"{"mark": {"type": "bar", "cornerRadius": «"4px"»}}"#, code: "chart.wrong-type",
      says: "'mark.cornerRadius' must be a number"),
    Case(
      spec: #"{"mark": "bar", "encoding": {"x": {"field": "a", "axis": {"labelOverlap": «"gready"»}}}}"#,
      code: "chart.unknown-value", says: "'gready' is not a value of 'encoding.x.axis.labelOverlap'",
      hint: "did you mean 'greedy'?"),
    Case(
      spec: #"{"mark": "bar", "encoding": {"color": {"field": "a", "scale": {"scheme": «"virids"»}}}}"#,
      code: "chart.unknown-value", says: "'virids' is not a value of 'encoding.color.scale.scheme'",
      hint: "did you mean 'viridis'?"),
    Case(
      spec: #"{"mark": "bar", "encoding": {"x": {"field": "a", "sort": {"field": "b", "order": «"descnding"»}}}}"#,
      code: "chart.unknown-value", says: "'descnding' is not a value of 'encoding.x.sort.order'",
      hint: "did you mean 'descending'?"),
    Case(
      spec: #"{"mark": "bar", "transform": [{"density": "a", «"bandwith"»: 3}]}"#, code: "chart.unknown-key",
      says: "'transform[0].bandwith' is not part of Vega-Lite", hint: "did you mean 'bandwidth'?"),
    Case(
      spec: #"{"mark": "bar", "config": {"legend": {"orient": «"rihgt"»}}}"#, code: "chart.unknown-value",
      says: "'rihgt' is not a value of 'config.legend.orient'", hint: "did you mean 'right'?"),
    Case(
      spec: #"{"mark": "bar", "width": {«"stpe"»: 20}}"#, code: "chart.unknown-key",
      says: "'width.stpe' is not part of Vega-Lite", hint: "did you mean 'step'?"),
    Case(spec: #"«{"encoding": {}}»"#, code: "chart.no-mark", says: "a view needs a 'mark'"),
    Case(spec: #"{"mark": «3»}"#, code: "chart.wrong-type", says: "'mark' must be the name of a mark or an object"),
    Case(spec: #"{"mark": "bar", "data": «{}»}"#, code: "chart.no-data-source", says: "'data' names no data"),
    Case(
      spec: #"{"mark": "bar", "transform": [«{"agregate": []}»]}"#, code: "chart.unknown-transform",
      says: "'transform[0]' is no transform of Vega-Lite, or lacks a part of one", hint: "did you mean 'aggregate'?"),
    Case(
      spec: #"{"mark": "bar", "params": [«{"value": 1}»]}"#, code: "chart.unnamed-parameter",
      says: "'params[0]' needs a 'name'"),
    Case(
      spec: #"{"mark": "bar", "encoding": {"x": {"field": "a", "axis": {«"encoding"»: {}}}}}"#,
      code: "chart.unsupported",
      says: "Vega's encoding of a guide at 'encoding.x.axis.encoding' is not supported",
      hint: "use the guide's own properties, such as labelColor, or labelExpr"),
    Case(
      spec: #"{"mark": "bar", "encoding": {«"time"»: {"field": "a"}}}"#, code: "chart.unsupported",
      says: "animation at 'encoding.time' is not supported"),
    Case(
      spec: #"{"mark": "bar", "encoding": {"text": «{"field": "a"}»}}"#, code: "chart.channel-not-used",
      says: "channel 'text' has no meaning for mark 'bar'"),
    Case(
      spec: #"{"mark": «"boxplot"», "encoding": {"x": {"field": "a", "type": "nominal"}}}"#,
      code: "chart.composite-mark",
      says: "mark 'boxplot' needs a quantitative 'x' or 'y'"),
    Case(
      spec: overlay(#"{«"lables"»: "end"}"#), code: "chart.unknown-key", says: "'usermeta.almanac.lables' is not known",
      hint: "did you mean 'labels'?"),
    Case(
      spec: overlay(#"{"labels": «"ends"»}"#), code: "chart.unknown-value",
      says: "text 'ends' is not a value of 'usermeta.almanac.labels'", hint: "did you mean 'end'?"),
    Case(
      spec: overlay(#"{"labels": [«{"show": "name"}»]}"#), code: "chart.missing-key",
      says: "'usermeta.almanac.labels[0]' needs 'at'",
      hint: "one of 'end', 'start', 'both', 'value', 'inside', 'point', 'head'"),
    Case(
      spec: overlay(#"{"annotations": [{"line": {"y": 3}, «"txt"»: "a"}]}"#), code: "chart.unknown-key",
      says: "'usermeta.almanac.annotations[0].txt' is not known", hint: "did you mean 'text'?"),
    Case(
      spec: overlay(#"{"annotations": [{"text": "a", "at": «{"x": 3}»}]}"#), code: "chart.missing-key",
      says: "'usermeta.almanac.annotations[0].at' needs 'y'",
      hint: "the values of both axes at which the annotation points"),
    Case(
      spec: overlay(#"{"annotations": [{"band": {"x": «3»}}]}"#), code: "chart.wrong-type",
      says: "'usermeta.almanac.annotations[0].band.x' must be a list of two values, from and to, found the number 3"),
    Case(
      spec: overlay(#"{"annotations": [«{"text": "a"}»]}"#), code: "chart.missing-key",
      says: "'usermeta.almanac.annotations[0]' needs 'at'"),
    Case(
      spec: overlay(#"{"annotations": [{"line": {"y": 3}, "tone": «"reddish"»}]}"#), code: "chart.unknown-value",
      says: "text 'reddish' is not a value of 'usermeta.almanac.annotations[0].tone'",
      hint: "use one of 'china', 'us', 'eu', 'accent', 'muted', or 1 to 8"),
    Case(
      spec: overlay(#"{"forecast": «{"values": ["plan"]}»}"#), code: "chart.missing-key",
      says: "'usermeta.almanac.forecast' needs 'field'"),
    Case(
      spec: macro(#"«"dumbel"»"#), code: "chart.unknown-value", says: "no macro named 'dumbel'",
      hint: "did you mean 'dumbbell'?"),
    Case(
      spec: macro(#"{"kind": "bullet", "target": "c", «"rnages"»: ["d"]}"#), code: "chart.unknown-key",
      says: "'usermeta.almanac.macro.rnages' is not known", hint: "did you mean 'ranges'?"),
    Case(
      spec: macro(#""dumbbell""#, #""x": {"field": "a"}, "y": {"field": "b"}, "color": «{"value": "red"}»"#),
      code: "chart.macro-needs", says: "the macro 'dumbbell' needs a field at 'encoding.color'"),
    Case(
      spec: macro(#"«{"kind": "small-multiples"}»"#), code: "chart.missing-key",
      says: "'usermeta.almanac.macro' needs 'by'",
      hint: "the field with a chart for each of its values"),
    Case(
      spec: macro(
        #"{"kind": "likert", "neutral": «"Maybe"»}"#,
        #""x": {"field": "a", "type": "quantitative"}, "y": {"field": "b"}, "color": {"field": "c", "scale": {"domain": ["No", "Yes"]}}"#
      ), code: "chart.unknown-value", says: "'usermeta.almanac.macro.neutral' is none of the answers",
      hint: "use one of 'No', 'Yes'"),
  ]

  /// A chart that calls a macro.
  static func macro(
    _ macro: String, _ encoding: String = #""x": {"field": "a", "type": "quantitative"}, "y": {"field": "b"}"#
  )
    -> String
  { #"{"mark": "bar", "encoding": {"# + encoding + #"}, "usermeta": {"almanac": {"macro": "# + macro + "}}}" }

  /// A chart that says something under `usermeta.almanac`.
  static func overlay(_ almanac: String) -> String { #"{"mark": "bar", "usermeta": {"almanac": "# + almanac + "}}" }

  @Test(arguments: cases) func tellsWhatIsWrong(test: Case) throws {
    let parts = test.spec.split(separator: "«", maxSplits: 1, omittingEmptySubsequences: false)
    let marked = parts[1].split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
    let text = parts[0] + marked[0] + marked[1]
    let compiled = compileChart(SourceFile(path: "chart.vl.json", text: String(text)))
    let found = try #require(
      compiled.diagnostics.first { $0.code == test.code }, "nothing is said: \(compiled.diagnostics)")
    #expect(found.message == test.says)
    if let hint = test.hint { #expect(found.hint == hint) }
    #expect(found.span?.start == SourceLocation(line: 1, column: parts[0].unicodeScalars.count + 1))
    #expect(compiled.diagnostics.count == 1, "unexpected: \(compiled.diagnostics)")
  }

  @Test(arguments: [
    #"{"mark": "bar", "data": {"values": []}, "encoding": {"x": {"field": "a", "type": "ordinal"}, "y": {"aggregate": "count"}}}"#,
    #"{"mark": {"type": "line", "point": true}, "encoding": {"x": {"field": "a", "timeUnit": "yearmonth"}, "y": {"field": "b", "aggregate": "mean"}}}"#,
    #"{"layer": [{"mark": "bar"}, {"mark": {"type": "text", "dx": 3}, "encoding": {"text": {"field": "b"}}}], "usermeta": {"almanac": {"labels": "value"}}}"#,
    #"{"mark": "bar", "config": {"range": {"firms": ["red", "blue"]}}, "encoding": {"color": {"field": "a", "type": "nominal", "scale": {"range": "firms"}}}}"#,
  ])
  func saysNothingOfSpecsThatAreRight(spec: String) {
    #expect(compileChart(SourceFile(path: "chart.vl.json", text: spec)).diagnostics == [])
  }
}
