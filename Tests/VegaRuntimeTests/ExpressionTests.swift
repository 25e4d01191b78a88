import AlmanacCore
import Testing
import VegaLite
import VegaRuntime

@Suite struct ExpressionTests {
  /// The wrong part stands between « and ».
  @Test(arguments: [
    ("datum.a +«»", "expression.syntax"), ("datum.a «=» 3", "expression.syntax"), ("«'open»", "expression.syntax"),
    ("datum.name.lower«(»)", "expression.syntax"), ("1 + «#»", "expression.syntax"), ("f(1«»", "expression.syntax"),
    ("«typeof» x", "expression.syntax"), ("'智' + «)»", "expression.syntax"), ("/[a«»", "expression.syntax"),
    ("«»", "expression.syntax"), ("«`x`»", "expression.syntax"), ("1 + «sqr»(2)", "expression.unknown-function"),
  ])
  func tellsWhatIsWrongWhere(marked: String, code: String) throws {
    let before = marked.prefix { $0 != "«" }.unicodeScalars.count
    let text = marked.filter { $0 != "«" && $0 != "»" }
    let span = SourceSpan(path: "spec.json", line: 3, column: 10, length: text.unicodeScalars.count)
    let result = parseExpression(text, at: span)
    #expect(result.value == nil)
    let diagnostic = try #require(result.diagnostics.first)
    #expect(result.diagnostics.count == 1 && diagnostic.code == code)
    // A pattern or text that is not closed is blamed from its start.
    let start = text.hasPrefix("/") ? 0 : before
    #expect(diagnostic.span?.start == SourceLocation(line: 3, column: 10 + start), "\(diagnostic.message)")
  }

  @Test func warnsOfFunctionsThatNeedAnEvent() {
    let result = parseExpression("xy()[0] + pinchAngle(event)", at: SourceSpan(path: "spec.json", line: 1, column: 1))
    #expect(result.value != nil)
    #expect(result.diagnostics.map(\.code) == ["expression.needs-event", "expression.needs-event"])
    #expect(result.diagnostics.allSatisfy { $0.severity == .warning })
  }

  @Test(arguments: [
    (String(repeating: "(", count: 2000), "expression.too-deep"),
    (String(repeating: "!", count: 2000) + "1", "expression.too-deep"),
    (String(repeating: "1+", count: 2000) + "1", "expression.too-deep"),
    ("datum.a" + String(repeating: "[0]", count: 2000), "expression.too-deep"),
    (String(repeating: " ", count: 70_000), "expression.too-long"),
  ])
  func refusesWhatCostsTooMuch(text: String, code: String) {
    let result = parseExpression(text, at: SourceSpan(path: "spec.json", line: 1, column: 1))
    #expect(result.diagnostics.map(\.code) == [code])
  }

  @Test func findsWhatAnExpressionNeeds() throws {
    let text = "datum.a.b + datum['c d'][0] * width + scale('x', datum.a.b) + PI + limit"
    let expression = try #require(parseExpression(text, at: SourceSpan(path: "", line: 1, column: 1)).value)
    #expect(expression.fields.map(\.keys) == [["a", "b"], ["c d", "0"]])
    #expect(expression.signals == ["width", "limit"])
    #expect(expression.functions == ["scale"])
  }

  @Test func drawsTheSameRandomNumbersEachTime() throws {
    let expression = try #require(parseExpression("random()", at: SourceSpan(path: "", line: 1, column: 1)).value)
    let table = DataTable(rowCount: 5)
    func column() -> Column { RowEvaluator(expression, table: table, scope: ExpressionScope()).column(rows: 5) }
    #expect(column() == column())
    #expect(Set((0..<5).map { column().number($0) }).count == 5)
  }
}
