import AlmanacCore
import Testing
import VegaLite
import VegaRuntime

/// What a program that uses the library sees.
@Suite struct LibraryTests {
  @Test func drawsTextAsSVG() throws {
    let spec = SourceFile(
      path: "users.vl.yaml",
      text: """
        data: {url: users.csv}
        mark: bar
        encoding: {x: {field: users, type: quantitative}, y: {field: country}}
        """)
    let drawn = drawChart(
      spec, load: { $0 == "users.csv" ? SourceFile(path: $0, text: "country,users\nChina,515\n") : nil })
    #expect(drawn.diagnostics.isEmpty)
    let picture = try #require(drawn.value)
    #expect(picture.svg.starts(with: "<svg ".utf8))
    #expect(picture.table.rows == [["515", "China"]])
  }

  /// Descriptions and tables say what the picture says: labels of legends, titles of plots, and no field that only paints.
  @Test(arguments: [
    (
      #""mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b"}, "color": {"field": "c", "type": "ordinal", "title": "Kind", "legend": {"labelExpr": "datum.value == 1 ? 'Old' : 'New'"}}}"#,
      "Bar chart of a by b. a ranges from 1 (x) to 2400000 (y). Kind: Old, New.",
      ["a|b|Kind", "1|x|Old", "2400000|y|New"]
    ),
    (
      #""mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b"}, "color": {"field": "c", "type": "ordinal", "legend": null}}"#,
      "Bar chart of a by b. a ranges from 1 (x) to 2400000 (y).", ["a|b", "1|x", "2400000|y"]
    ),
    (
      #""hconcat": [{"title": "One", "mark": "bar", "encoding": {"y": {"field": "a", "type": "quantitative"}}}, {"title": "Two", "mark": "point", "encoding": {"x": {"field": "b"}, "y": {"field": "c", "type": "quantitative"}}}]"#,
      "One: Bar chart of a. a ranges from 1 to 2400000. Two: Scatter plot of c by b. c ranges from 1 (x) to 2 (y).",
      ["Plot|a|b|c", "One|1||", "One|2400000||", "Two||x|1", "Two||y|2"]
    ),
  ])
  func describesWhatReadersSee(members: String, description: String, rows: [String]) throws {
    let data = #""data": {"values": [{"a": 1, "b": "x", "c": 1}, {"a": 2400000, "b": "y", "c": 2}]}, "#
    let drawn = drawChart(SourceFile(path: "a.json", text: "{" + data + members + "}"))
    let picture = try #require(drawn.value)
    #expect(picture.description == description)
    let lines = [picture.table.columns] + picture.table.rows
    #expect(lines.map { $0.joined(separator: "|") } == rows)
  }

  @Test func tellsWhereASpecIsWrong() throws {
    let drawn = drawChart(
      SourceFile(path: "a.vl.json", text: "{\n  \"data\": {\"values\": []},\n  \"mark\": \"bra\"\n}"))
    let told = try #require(drawn.diagnostics.first)
    #expect(told.severity == .error)
    #expect(told.span?.start.line == 3)
    #expect(told.hint?.contains("bar") == true)
  }

  @Test func drawsRowsThatAreHandedToIt() throws {
    let rows = DataTable([("country", .strings(["China", "Japan"])), ("users", .numbers([515, 20]))])
    let spec = SourceFile(
      path: "a.json", text: #"{"data": {"name": "rows"}, "mark": "bar", "encoding": {"x": {"field": "users"}}}"#)
    #expect(try #require(drawChart(spec, data: ["rows": rows]).value).table.rows.count == 2)
  }
}
