@testable import VegaLite
@testable import VegaRuntime

/// Transforms against Vega, whose parameters the cases have.
func transformMismatches(_ parse: (String) -> Value) throws -> [String] {
  let golden = try GoldenCases("transforms.txt")
  var tables: [String: DataTable] = [:]
  for fields in golden.lines where fields[0] == "data" { tables[fields[1]] = rows(parse(fields[2])) }
  func sorted(_ text: String) -> String { json(canonical(parse(text))) }
  return golden.mismatches(tolerance: 1e-6, expect: sorted) { fields in
    guard fields[0] == "case", let table = tables[fields[1]], case .object(let parameters) = parse(fields[2]) else {
      return nil
    }
    let result = run(parameters, on: table)
    let rows = (0..<result.rowCount).map { Value.object(result.object(at: $0)) }
    return json(canonical(.array(rows)))
  }
}

private func rows(_ value: Value) -> DataTable {
  DataTable(rows: (value.arrayValue ?? []).compactMap(\.objectValue))
}

/// Members by name, and what JSON cannot say as text.
private func canonical(_ value: Value) -> Value {
  switch value {
  case .undefined: .string("undefined")
  case .number(let number) where !number.isFinite: .string(Value.format(number))
  case .array(let values): .array(values.map(canonical))
  case .object(let object):
    .object(
      ValueObject(
        object.members.filter {
          // Vega marks the rows it adds; nobody asks.
          $0.key != "_impute" && !$0.value.isUndefined && $0.value != .string("undefined")
        }.map {
          ValueObject.Member(key: $0.key, value: canonical($0.value))
        }.sorted { $0.key < $1.key }))
  default: value
  }
}

private func run(_ p: ValueObject, on table: DataTable) -> DataTable {
  func texts(_ key: String) -> [String?] {
    switch p[key] {
    case .array(let values): values.map(\.stringValue)
    case .string(let text): [text]
    default: []
    }
  }
  func paths(_ key: String) -> [FieldPath] { texts(key).compactMap { text in text.map { FieldPath($0) } } }
  func path(_ key: String) -> FieldPath { FieldPath(p[key]?.stringValue ?? "") }
  let names = texts("as").compactMap { $0 }
  let groupBy = paths("groupby")
  var sort: [SortKey] = []
  if let object = p["sort"]?.objectValue {
    let fields = object["field"]?.arrayValue?.compactMap(\.stringValue) ?? [object["field"]?.stringValue ?? ""]
    let descending = object["order"]?.stringValue == "descending"
    sort = fields.map { SortKey(FieldPath($0), descending: descending) }
  }
  let operations = zip(texts("ops"), zip(texts("fields"), names)).map { ($0 ?? "", $1.0, $1.1) }
  let aggregates = operations.map { operation, field, name in
    AggregateField(AggregateOperation(rawValue: operation) ?? .count, field.map { FieldPath($0) }, as: name)
  }
  switch p["type"]?.stringValue {
  case "aggregate":
    return aggregate(table, groupBy: groupBy, fields: aggregates, cross: p["cross"]?.asBool ?? false)
  case "joinaggregate": return joinAggregate(table, groupBy: groupBy, fields: aggregates)
  case "stack":
    return stack(
      table, groupBy: groupBy, field: path("field"), sort: sort, offset: p["offset"]?.stringValue ?? "zero",
      start: names[0], end: names[1])
  case "window":
    let parameters = p["params"]?.arrayValue?.map(\.numberValue) ?? []
    let frame = p["frame"]?.arrayValue?.map { $0.numberValue.map(Int.init) } ?? [nil, 0]
    let fields = operations.enumerated().map { index, operation in
      WindowDefinition.Field(
        operation: operation.0, field: operation.1.map { FieldPath($0) },
        parameter: index < parameters.count ? parameters[index] : nil, name: operation.2)
    }
    return window(
      table,
      WindowDefinition(
        fields: fields, groupBy: groupBy, sort: sort, before: frame[0], after: frame[1],
        ignorePeers: p["ignorePeers"]?.asBool ?? false))
  case "fold": return fold(table, fields: paths("fields"), names: names)
  case "flatten": return flatten(table, fields: paths("fields"), names: names, index: p["index"]?.stringValue)
  case "pivot":
    return pivot(
      table, field: path("field"), value: path("value"), groupBy: groupBy,
      operation: AggregateOperation(rawValue: p["op"]?.stringValue ?? "sum") ?? .sum,
      limit: Int(p["limit"]?.numberValue ?? 0))
  case "impute":
    return impute(
      table,
      ImputeDefinition(
        field: path("field"), key: path("key"), groupBy: groupBy, method: "value", value: p["value"] ?? 0,
        keyValues: p["keyvals"]?.arrayValue ?? [], frame: nil))
  case "kde":
    var options = p
    // What Vega takes where nothing is said.
    if options["resolve"] == nil { options["resolve"] = "independent" }
    return density(table, options: options, field: path("field"), groupBy: groupBy, names: names)
  case "regression":
    return regression(table, options: p, field: path("y"), on: path("x"), groupBy: groupBy, names: names)
  case "loess":
    return loess(
      table, bandwidth: p["bandwidth"]?.numberValue ?? 0.3, field: path("y"), on: path("x"), groupBy: groupBy,
      names: names)
  case "quantile":
    return quantile(
      table, field: path("field"), groupBy: groupBy, probabilities: p["probs"]?.arrayValue?.map(\.asNumber),
      step: p["step"]?.numberValue, names: names)
  case "bin":
    let extent = p["extent"]?.arrayValue?.map(\.asNumber) ?? [0, 1]
    let span = binSpan(extent: (extent[0], extent[1]), parameters: p)
    return binned(table, field: path("field"), span: span, start: names[0], end: names[1])
  default: return DataTable()
  }
}
