import AlmanacCore
import Notation
import Testing
import VegaLite

/// What d3 and Vega computed, and what Almanac makes of the same.
@Suite struct GoldenTests {
  private func parse(_ text: String) -> Value {
    Value(parseJSON(SourceFile(path: "case.json", text: text)).value)
  }

  private func check(_ mismatches: [String]) {
    #expect(mismatches.isEmpty, "\(mismatches.count) cases differ:\n\(mismatches.prefix(20).joined(separator: "\n"))")
  }

  @Test func placesAndTicksAsD3() throws { check(try scaleMismatches()) }
  @Test func choosesBinsAsVega() throws { check(try binMismatches(parse)) }
  @Test func drawsCurvesArcsAndSymbolsAsD3() throws { check(try geometryMismatches()) }
  @Test func readsAndMixesColoursAsD3() throws { check(try colorMismatches()) }
  @Test func evaluatesExpressionsAsVega() throws { check(try expressionMismatches(parse)) }
  @Test func transformsTablesAsVega() throws { check(try transformMismatches(parse)) }
  @Test func projectsShapesAsD3() throws {
    // Tests/VegaRuntimeTests/ is three steps below the folder that holds `shared`.
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    check(try geoMismatches(parse, data: root + "/shared/conformance/vega-lite/specs/data/"))
  }
}
