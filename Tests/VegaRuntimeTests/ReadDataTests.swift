import AlmanacCore
import Markup
import Notation
import Testing

@testable import VegaLite
@testable import VegaRuntime

/// Data files that are read straight into columns give what the reader with diagnostics gives.
@Suite struct ReadDataTests {
  @Test(arguments: [
    "[]", " [ ] ", "[{}]", "[{}, {}]", #"[{"a": 1, "b": "x"}, {"a": 2.5, "b": "y"}]"#,
    #"[{"a": 1}, {"b": 2}, {"a": null, "b": true, "c": false}]"#, #"[{"b": 1, "a": 2}, {"a": 3, "b": 4}]"#,
    #"[1, "x", null, [1, 2], {"data": 3}, {"a": {"b": [true, {}]}}]"#, #"[{"a": 1}, {"a": "one"}, {"a": 2}]"#,
    #"[{"a": "\u00e9\n\"\\\/\b\f\r\t"}, {"a": "中文"}, {"a": "a text of more than fifteen letters"}]"#,
    #"[{"a": "a text of more than fifteen letters"}, {"a": "a text of more than fifteen letters"}]"#,
    "[-0, 0.1, 1e3, -1.5E-7, 123456789012345, 0.30000000000000004, 1.7976931348623157e308, 5e-324, 1e-400]",
    #"[{"": 1, " ": 2}]"#, "[{\r\n\t\"a\"\t:\r\n1 }\n,\n{ \"a\" : 2}]",
  ])
  func readsRowsAsTheOtherReader(text: String) throws {
    let expected = Value(parseJSON(SourceFile(path: "data.json", text: text)).value)
    let objects = try #require(expected.arrayValue).map { value -> ValueObject in
      if case .object(let object) = value { object } else { ValueObject(["data": value]) }
    }
    #expect(readJSONRows(Array(text.utf8)) == DataTable(rows: objects))
    #expect(readJSONValue(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    "", "[", "[1", "[1,", "[1,]", "[01]", "[1.]", "[.5]", "[+1]", "[-]", "[1e]", "[1x]", "[truee]", "[nul]",
    "[{\"a\"}]",
    #"[{"a": 1, "a": 2}]"#, #"[{"b": {"a": 1, "a": 2}}]"#, #"[{"a": 1,}]"#, #"["\x"]"#, #"["\ud800"]"#, #"["\u12"]"#,
    "[\"a\nb\"]", "[1] 2", "[12345678901234567890]", "[1e999]", "\u{FEFF}[1]", "['a']", #"["a]"#, "{",
    String(repeating: "[", count: 300) + String(repeating: "]", count: 300),
  ])
  func leavesOtherTextsToTheReaderWithDiagnostics(text: String) {
    #expect(readJSONRows(Array(text.utf8)) == nil)
    #expect(readJSONValue(Array(text.utf8)) == nil)
    #expect(readTopology(Array(text.utf8)) == nil)
  }

  @Test func leavesBytesThatAreNotTextToTheReaderWithDiagnostics() {
    #expect(readJSONRows(Array("[\"a".utf8) + [0xFF] + Array("\"]".utf8)) == nil)
  }

  @Test(arguments: [
    #""transform": {"scale": [2, 0.5], "translate": [10, 20]}, "arcs": [[[0, 0], [1, 2, 9], [3, -4]], [[4, 4], [1, 1]]]"#,
    #""arcs": [[[0.25, 0], [1, 2.5], [3, -4]], []]"#, #""arcs": [ ]"#,
  ])
  func readsTopologiesAsTheOtherReader(members: String) throws {
    let objects = #"{"all": {"type": "GeometryCollection", "geometries": [{"type": "LineString", "arcs": [0, -2]}]}}"#
    let text = #"{"type": "Topology", "objects": \#(objects), \#(members)}"#
    let expected = Topology(Value(parseJSON(SourceFile(path: "data.json", text: text)).value))
    let read = try #require(readTopology(Array(text.utf8)))
    #expect(topologyFeatures(read, object: "all") == topologyFeatures(expected, object: "all"))
    #expect(topologyFeatures(read, object: "none") == nil)
  }

  /// Faults that Vega draws over are told as warnings: cells left out, cells too many, a name that stands twice.
  @Test(
    arguments: [
      ("a,b\n1,x\n2\n", "csv.ragged-row", ["x", ""]), ("a,b\n1,x,y\n2,z\n", "csv.ragged-row", ["x", "z"]),
      ("b,b\n1,x\n2,y\n", "csv.duplicate-column", ["x", "y"]),
    ])
  func drawsTablesWithFaultsInTheirRows(csv: String, code: String, texts: [String]) throws {
    let values = csv.replacing("\n", with: "\\n")
    let spec =
      #"{"data": {"values": "\#(values)", "format": {"type": "csv"}}, "mark": "text", "encoding": {"text": {"field": "b"}}}"#
    let plan = try #require(compileChart(SourceFile(path: "chart.vl.json", text: spec)).value)
    let drawing = drawChart(plan)
    #expect(drawing.diagnostics.map { "\($0.severity) \($0.code)" } == ["warning \(code)"])
    let svg = String(decoding: try #require(drawing.value).svg, as: UTF8.self)
    for text in texts where !text.isEmpty { #expect(svg.contains(">\(text)</text>"), "\(svg)") }
  }

  @Test(
    arguments: [
      ("1", 1.0), ("-0.5", -0.5), ("0.1", 0.1), ("123456789012345", 123_456_789_012_345), ("  7\n", 7), ("", 0),
      ("1e3", 1000), ("0x1F", 31), (".5", 0.5), ("5.", 5), ("9007199254740993", 9_007_199_254_740_992),
      ("-Infinity", -.infinity),
      ("0.30000000000000004", 0.30000000000000004), ("000000000000001.5", 1.5),
    ] as [(String, Double)])
  func readsNumbersAsJavaScript(text: String, expected: Double) {
    #expect(Value.parseNumber(text) == expected)
  }

  @Test(arguments: ["x", "1x", "-", ".", "1.2.3", "--1", "1-2", "1,000"])
  func readsNoNumberWhereThereIsNone(text: String) { #expect(Value.parseNumber(text).isNaN) }

  @Test(
    arguments: [
      ("", "", 0), ("a", "b", -1), ("b", "a", 1), ("a", "ab", -1), ("é", "z", 1), ("\u{FFFD}", "😀", 1), ("😀", "😁", -1),
      ("\u{E000}", "😀", 1), ("\u{D7FF}", "😀", -1), ("中", "文", -1),
    ] as [(String, String, Int)])
  func ordersTextByCodeUnits(a: String, b: String, expected: Int) { #expect(Value.compareCodeUnits(a, b) == expected) }

  @Test(
    arguments: [
      (0.0, "0"), (7, "7"), (-7, "-7"), (10, "10"), (0.5, "0.5"), (-0.5, "-0.5"), (0.0004, "0"), (0.0005, "0.001"),
      (1.005, "1.005"), (12.34, "12.34"), (12.3, "12.3"), (100.001, "100.001"), (-0.0004, "0"),
      (123456.789, "123456.789"),
      (1e15, "1000000000000000"), (.nan, "0"), (9.9996, "10"),
    ] as [(Double, String)])
  func writesNumbersWithThreeDecimals(number: Double, expected: String) {
    var writer = MarkupWriter()
    writer.number(number)
    #expect(writer.string == expected)
  }

  /// A polygon is kept from a map's part only where no point of it can come to lie there.
  @Test func keepsPolygonsFromTheirPartOnlyWhereTheyCannotShow() {
    func square(_ west: Double, _ south: Double, _ size: Double) -> PolygonExtent {
      let (east, north) = (west + size, south + size)
      let ring = [(west, south), (west, north), (east, north), (east, south), (west, south)]
      return PolygonExtent([ring.map { GeoPoint($0.0, $0.1) }])
    }
    #expect(square(-100, 40, 5).isClockwise)
    #expect(ShownRegion.lowerStates.mayShow(square(-100, 40, 5)))
    #expect(!ShownRegion.alaska.mayShow(square(-100, 40, 5)))
    #expect(!ShownRegion.hawaii.mayShow(square(-100, 40, 5)))
    #expect(ShownRegion.alaska.mayShow(square(-155, 60, 5)))
    #expect(ShownRegion.alaska.mayShow(square(172, 51, 5)))
    #expect(ShownRegion.hawaii.mayShow(square(-158, 20, 2)))
    // What runs the other way round is the rest of the globe, and shows everywhere.
    let inverted = PolygonExtent([[GeoPoint(0, 0), GeoPoint(1, 0), GeoPoint(1, 1), GeoPoint(0, 1), GeoPoint(0, 0)]])
    #expect(ShownRegion.hawaii.mayShow(inverted))
  }
}
