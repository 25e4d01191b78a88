import AlmanacCore
import VegaLite
@testable import VegaRuntime

/// Expressions against Vega: both evaluators, of single values and of columns.
func expressionMismatches(_ parse: (String) -> Value) throws -> [String] {
  let datum = ValueObject([
    "x": 2, "y z": "3", "nested": .object(ValueObject(["a": .array([1, .array([2])])])), "s": "héllo",
    "t": .number(1_330_837_567_008), "date": .number(1_330_923_967_008), "n": nil,
  ])
  let table = DataTable(rows: [datum])
  let scope = ExpressionScope()
  let span = SourceSpan(path: "spec.json", line: 1, column: 1)
  let cases = try GoldenCases("expressions.txt", separator: " → ")
  func result(_ source: String, _ evaluate: (Expression) -> Value) -> String {
    let parsed = parseExpression(source, at: span)
    guard let expression = parsed.value else { return parsed.diagnostics.map(\.message).joined() }
    return json(evaluate(expression))
  }
  return cases.mismatches { result($0[0]) { evaluate($0, datum: .object(datum), scope: scope) } }
    + cases.mismatches { result($0[0]) { RowEvaluator($0, table: table, scope: scope).value(0) } }
}

func json(_ value: Value) -> String {
  switch value {
  case .undefined: "undefined"
  case .null: "null"
  case .bool(let bool): bool ? "true" : "false"
  case .number(let number), .date(let number): Value.format(number)
  case .string(let text): "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  case .array(let values): "[" + values.map { $0.isUndefined ? "null" : json($0) }.joined(separator: ",") + "]"
  case .object(let object):
    "{" + object.members.map { "\"\($0.key)\":" + json($0.value) }.joined(separator: ",") + "}"
  }
}
