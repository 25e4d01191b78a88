package import VegaLite

/// One row per group with aggregated columns, groups in the order in which they are first met.
///
/// Follows Vega: `null` and empty text count as missing, not-a-number counts as neither missing nor valid.
/// https://vega.github.io/vega/docs/transforms/aggregate/
///
/// - Parameter cross: whether combinations of groups that no row has are there as well.
package func aggregate(
  _ table: DataTable, groupBy: [FieldPath], fields: [AggregateField], cross: Bool = false
) -> DataTable {
  let grouping = Grouping(table, by: groupBy)
  var result = DataTable(rowCount: grouping.count)
  for path in groupBy { result.set(path.columnName, table.values(at: path).selecting(grouping.firstRows)) }
  for (name, column) in aggregatedColumns(table, grouping, fields) { result.set(name, column) }
  guard cross, groupBy.count > 1, grouping.count > 0 else { return result }
  return crossed(result, by: groupBy.map(\.columnName), fields)
}

/// Every row with the aggregated values of its group.
///
/// https://vega.github.io/vega/docs/transforms/joinaggregate/
package func joinAggregate(_ table: DataTable, groupBy: [FieldPath], fields: [AggregateField]) -> DataTable {
  let grouping = Grouping(table, by: groupBy)
  var result = table
  let places = grouping.groups.map(Int.init)
  for (name, column) in aggregatedColumns(table, grouping, fields) { result.set(name, column.selecting(places)) }
  return result
}

/// Aggregated values per group, named; fields that read the same column share the walk through it.
func aggregatedColumns(_ table: DataTable, _ grouping: Grouping, _ fields: [AggregateField]) -> [(String, Column)] {
  var walks: [(field: FieldPath, aggregates: GroupAggregates)] = []
  return fields.map { field in
    guard let path = field.field, field.operation != .count else {
      return (field.name, countColumn(table, grouping, field.operation))
    }
    if let walk = walks.first(where: { $0.field == path }) { return (field.name, walk.aggregates.column(field)) }
    let wanted = Set(fields.lazy.filter { $0.field == path }.map(\.operation))
    let aggregates = GroupAggregates(table, path, grouping, wanted)
    walks.append((path, aggregates))
    return (field.name, aggregates.column(field))
  }
}

private func countColumn(_ table: DataTable, _ grouping: Grouping, _ operation: AggregateOperation) -> Column {
  if operation == .values {
    return .values(grouping.rows.map { rows in .array(rows.map { .object(table.object(at: $0)) }) })
  }
  var counts = [Double](repeating: 0, count: grouping.count)
  for group in grouping.groups { counts[Int(group)] += 1 }
  return .numbers(counts)
}

/// Adds the combinations of dimensions that no row has, with the values of an empty group.
private func crossed(_ table: DataTable, by names: [String], _ fields: [AggregateField]) -> DataTable {
  let dimensions = names.map { name in
    let column = table[name]!
    return column.selecting(Grouping(column).firstRows)
  }
  let total = dimensions.reduce(1) { $0 * $1.count }
  guard total <= 1_000_000 else { return table }
  let grouping = Grouping(table, by: names.map { FieldPath(column: $0) })
  let present = Set(
    grouping.firstRows.map { row in names.map { table[$0]![row].asString }.joined(separator: "\u{1F}") })
  var columns = table.names.map { table[$0]!.asValues }
  var count = table.rowCount
  for index in 0..<total {
    var rest = index
    var values: [Value] = []
    for dimension in dimensions.reversed() {
      values.insert(dimension[rest % dimension.count], at: 0)
      rest /= dimension.count
    }
    guard !present.contains(values.map(\.asString).joined(separator: "\u{1F}")) else { continue }
    for (place, name) in table.names.enumerated() {
      if let dimension = names.firstIndex(of: name) {
        columns[place].append(values[dimension])
      } else {
        let operation = fields.first { $0.name == name }?.operation ?? .count
        let isCount = [.count, .valid, .missing, .distinct].contains(operation)
        columns[place].append(isCount ? .number(0) : .undefined)
      }
    }
    count += 1
  }
  return DataTable(zip(table.names, columns).map { ($0, Column($1)) })
}
