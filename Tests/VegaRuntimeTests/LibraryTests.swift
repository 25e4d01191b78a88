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
