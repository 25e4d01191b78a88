internal import AlmanacCore
internal import Notation

extension SpecDecoder {
  mutating func transforms(_ value: NotationValue?, path: String) -> [TransformDefinition] {
    (value?.array ?? []).enumerated().compactMap { transform($1, path: "\(path)[\($0)]") }
  }

  private mutating func transform(_ value: NotationValue, path: String) -> TransformDefinition? {
    guard value.object != nil else {
      wrongKind(value, path, expected: "an object")
      return nil
    }
    checkTransform(value, path)
    let groupBy = fields(value["groupby"])
    let names = self.names(value["as"])
    if let filter = value["filter"] { return .filter(Value(filter)) }
    if let calculate = value["calculate"] {
      return expression(calculate, "\(path).calculate").map { .calculate($0, as: names.first ?? "") }
    }
    if let list = value["aggregate"]?.array {
      return .aggregate(fields: aggregates(list, path: "\(path).aggregate"), groupBy: groupBy)
    }
    if let list = value["joinaggregate"]?.array {
      return .joinAggregate(fields: aggregates(list, path: "\(path).joinaggregate"), groupBy: groupBy)
    }
    if let list = value["window"]?.array { return window(value, list, groupBy: groupBy, path: path) }
    if let bin = value["bin"], let field = value["field"]?.string {
      return .bin(object(bin) ?? ValueObject(), field: FieldPath(field), as: names)
    }
    if let unit = value["timeUnit"], let field = value["field"]?.string {
      return timeUnit(unit, path: "\(path).timeUnit").map {
        .timeUnit($0, field: FieldPath(field), as: names.first ?? field)
      }
    }
    if let field = value["stack"]?.string {
      return .stack(
        field: FieldPath(field), groupBy: groupBy, sort: sortKeys(value["sort"]),
        offset: value["offset"]?.string ?? "zero",
        as: names.count == 1 ? [names[0], names[0] + "_end"] : names)
    }
    if let fold = value["fold"] {
      return .fold(fields(fold), as: names.count == 2 ? names : [names.first ?? "key", "value"])
    }
    if let flatten = value["flatten"] { return .flatten(fields(flatten), as: names, index: value["index"]?.string) }
    if let pivot = value["pivot"]?.string, let field = value["value"]?.string {
      return .pivot(
        field: FieldPath(pivot), value: FieldPath(field), groupBy: groupBy,
        operation: word(value["op"], "\(path).op", AggregateOperation.self) ?? .sum,
        limit: max(0, Int(limited: value["limit"]?.number ?? 0)))
    }
    if let lookup = value["lookup"]?.string, let from = value["from"] {
      let chosen = fields(from["fields"])
      return .lookup(
        LookupDefinition(
          lookup: FieldPath(lookup), data: from["data"].flatMap { dataDefinition($0, path: "\(path).from.data") },
          parameter: from["param"]?.string, key: from["key"]?.string.map { FieldPath($0) }, fields: chosen,
          names: names.isEmpty ? chosen.map(\.text) : names, fallback: value["default"].map { Value($0) } ?? .null))
    }
    if let impute = value["impute"]?.string, let key = value["key"]?.string {
      return .impute(
        imputeDefinition(
          object(value) ?? ValueObject(), field: FieldPath(impute), key: FieldPath(key), groupBy: groupBy))
    }
    if let sample = value["sample"]?.number { return .sample(max(0, Int(limited: sample))) }
    if let extent = value["extent"]?.string, let parameter = value["param"]?.string {
      return .extent(FieldPath(extent), parameter: parameter)
    }
    if let density = value["density"]?.string {
      return .density(
        object(value) ?? ValueObject(), field: FieldPath(density), groupBy: groupBy,
        as: names.isEmpty ? ["value", "density"] : names)
    }
    if let regression = value["regression"]?.string, let on = value["on"]?.string {
      return .regression(
        object(value) ?? ValueObject(), field: FieldPath(regression), on: FieldPath(on), groupBy: groupBy,
        as: names.isEmpty ? [on, regression] : names)
    }
    if let loess = value["loess"]?.string, let on = value["on"]?.string {
      return .loess(
        bandwidth: value["bandwidth"]?.number ?? 0.3, field: FieldPath(loess), on: FieldPath(on), groupBy: groupBy,
        as: names.isEmpty ? [on, loess] : names)
    }
    if let quantile = value["quantile"]?.string {
      return .quantile(
        field: FieldPath(quantile), groupBy: groupBy, probabilities: value["probs"]?.array?.compactMap(\.number),
        step: value["step"]?.number, as: names.isEmpty ? ["prob", "value"] : names)
    }
    let kinds = [
      "aggregate", "bin", "calculate", "density", "extent", "filter", "flatten", "fold", "impute", "joinaggregate",
      "loess",
      "lookup", "pivot", "quantile", "regression", "sample", "stack", "timeUnit", "window",
    ]
    diagnostics.append(
      .error(
        "chart.unknown-transform", "'\(path)' is no transform of Vega-Lite, or lacks a part of one", at: value.span,
        hint: value.object?.first.flatMap { unknownWordHint($0.key, among: kinds) }))
    return nil
  }

  private mutating func aggregates(_ list: [NotationValue], path: String) -> [AggregateField] {
    list.enumerated().compactMap { index, item in
      guard let operation = word(item["op"], "\(path)[\(index)].op", AggregateOperation.self) else { return nil }
      let field = item["field"]?.string
      return AggregateField(
        operation, field.map { FieldPath($0) },
        as: item["as"]?.string ?? (field.map { "\(operation.rawValue)_\($0)" } ?? operation.rawValue))
    }
  }

  private mutating func window(
    _ value: NotationValue, _ list: [NotationValue], groupBy: [FieldPath], path: String
  ) -> TransformDefinition {
    var frame: [Int?] = [nil, 0]
    if let given = value["frame"]?.array, given.count == 2 { frame = given.map(frameBound) }
    let fields = list.compactMap { item -> WindowDefinition.Field? in
      guard let operation = item["op"]?.string else { return nil }
      let known =
        [
          "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value",
          "last_value",
          "nth_value",
        ] + AggregateOperation.allCases.map(\.rawValue)
      guard known.contains(operation) else {
        if let op = item["op"] { unknownValue(op, "\(path).window.op", allowed: known) }
        return nil
      }
      let field = item["field"]?.string
      return WindowDefinition.Field(
        operation: operation, field: field.map { FieldPath($0) }, parameter: item["param"]?.number,
        name: item["as"]?.string ?? (field.map { "\(operation)_\($0)" } ?? operation))
    }
    return .window(
      WindowDefinition(
        fields: fields, groupBy: groupBy, sort: sortKeys(value["sort"]), before: frame[0].map { -$0 }, after: frame[1],
        ignorePeers: value["ignorePeers"]?.bool ?? false))
  }

  /// A whole number of rows; `null` has no bound.
  private func frameBound(_ value: NotationValue) -> Int? {
    guard let number = value.number else { return nil }
    return Int(exactly: number.rounded())
  }

  private func sortKeys(_ value: NotationValue?) -> [SortKey] {
    (value?.array ?? []).compactMap { item in
      item["field"]?.string.map { SortKey(FieldPath($0), descending: item["order"]?.string == "descending") }
    }
  }
}

/// The parts of an impute that are written alike in a transform and on a channel.
package func imputeDefinition(_ object: ValueObject, field: FieldPath, key: FieldPath, groupBy: [FieldPath])
  -> ImputeDefinition
{
  var keyValues: [Value] = []
  switch object["keyvals"] {
  case .array(let values)?: keyValues = values
  case .object(let sequence)?:
    let start = sequence["start"]?.numberValue ?? 0
    let stop = sequence["stop"]?.numberValue ?? 0
    let step = sequence["step"]?.numberValue ?? 1
    if step != 0 {
      // As many as d3's range, with a bound that no honest sequence reaches.
      let count = min(100_000, max(0, Int(limited: ((stop - start) / step).rounded(.up))))
      keyValues = (0..<count).map { .number(start + Double($0) * step) }
    }
  default: break
  }
  var frame: [Int?]?
  if let list = object["frame"]?.arrayValue, list.count == 2 {
    frame = list.map { $0.numberValue.map { Int(limited: $0) } }
  }
  return ImputeDefinition(
    field: field, key: key, groupBy: groupBy, method: object["method"]?.stringValue ?? "value",
    value: object["value"] ?? .null, keyValues: keyValues, frame: frame)
}
