package import VegaLite

/// A row for each field of each row: its name and its value beside the other columns.
///
/// https://vega.github.io/vega/docs/transforms/fold/
package func fold(_ table: DataTable, fields: [FieldPath], names: [String]) -> DataTable {
  let keyName = names.first ?? "key"
  let valueName = names.count > 1 ? names[1] : "value"
  let width = fields.count
  guard width > 0 else { return DataTable() }
  let rows = (0..<(table.rowCount * width)).map { $0 / width }
  var result = table.selecting(rows)
  result.origins = nil
  let columns = fields.map { table.values(at: $0) }
  result.set(keyName, .strings(rows.indices.map { fields[$0 % width].columnName }))
  if let numbers = commonNumbers(columns) {
    result.set(valueName, .numbers(rows.indices.map { numbers[$0 % width][rows[$0]] }))
  } else {
    result.set(valueName, Column(rows.indices.map { columns[$0 % width][rows[$0]] }))
  }
  return result
}

private func commonNumbers(_ columns: [Column]) -> [[Double]]? {
  var result: [[Double]] = []
  for column in columns {
    guard case .numbers(let values) = column else { return nil }
    result.append(values)
  }
  return result
}

/// A row for each element of arrays: https://vega.github.io/vega/docs/transforms/flatten/
///
/// - Parameters:
///   - names: of the columns for the elements; the fields' own where there are fewer.
///   - index: of the column for an element's place, from 0.
package func flatten(_ table: DataTable, fields: [FieldPath], names: [String], index: String? = nil) -> DataTable {
  let columns = fields.map { table.values(at: $0) }
  var rows: [Int] = []
  var places: [Double] = []
  var elements = [[Value]](repeating: [], count: fields.count)
  for row in 0..<table.rowCount {
    let arrays = columns.map { column -> [Value] in
      switch column[row] {
      case .array(let values): values
      case .string(let text): text.map { .string(String($0)) }
      default: []
      }
    }
    let longest = arrays.map(\.count).max() ?? 0
    for place in 0..<longest {
      rows.append(row)
      places.append(Double(place))
      for (field, array) in arrays.enumerated() {
        let value = place < array.count ? array[place] : .null
        elements[field].append(value.isUndefined ? .null : value)
      }
    }
  }
  var result = table.selecting(rows)
  result.origins = nil
  for (field, path) in fields.enumerated() {
    result.set(field < names.count ? names[field] : path.columnName, Column(elements[field]))
  }
  if let index { result.set(index, .numbers(places)) }
  return result
}

/// A row for each group, with a column for each value of `field` that holds an aggregate of `value`.
///
/// https://vega.github.io/vega/docs/transforms/pivot/
///
/// - Parameter limit: the most columns; 0 for all.
package func pivot(
  _ table: DataTable, field: FieldPath, value: FieldPath, groupBy: [FieldPath], operation: AggregateOperation = .sum,
  limit: Int = 0
) -> DataTable {
  let keys = table.values(at: field)
  let keyGroups = Grouping(keys)
  let sorted = keyGroups.firstRows.indices.sorted { a, b in
    let order = Value.compare(keys[keyGroups.firstRows[a]], keys[keyGroups.firstRows[b]])
    return order == 0 ? a < b : order < 0
  }
  let chosen = limit > 0 ? Array(sorted.prefix(limit)) : sorted
  let grouping = Grouping(table, by: groupBy)
  var result = DataTable(rowCount: grouping.count)
  for path in groupBy { result.set(path.columnName, table.values(at: path).selecting(grouping.firstRows)) }
  let rowsOfKey = keyGroups.rows
  for key in chosen {
    let rows = rowsOfKey[key]
    var part = DataTable([("value", table.values(at: value).selecting(rows))])
    part.set("group", .numbers(rows.map { Double(grouping.groups[$0]) }))
    let aggregated = aggregate(
      part, groupBy: [FieldPath(column: "group")],
      fields: [AggregateField(operation, operation == .count ? nil : FieldPath(column: "value"), as: "result")])
    let isCount = [.count, .valid, .missing, .distinct].contains(operation)
    var values = [Value](repeating: isCount ? .number(0) : .undefined, count: grouping.count)
    if let groups = aggregated["group"], let results = aggregated["result"] {
      for row in 0..<aggregated.rowCount { values[Int(groups.number(row))] = results[row] }
    }
    result.set(keys[keyGroups.firstRows[key]].asString, Column(values))
  }
  return result
}

/// Takes columns from another table where its key equals a column's value; of several such rows the last.
///
/// https://vega.github.io/vega/docs/transforms/lookup/
package func lookup(_ table: DataTable, in other: DataTable, _ definition: LookupDefinition) -> DataTable {
  lookup(
    table, definition.lookup, in: other, key: definition.key ?? definition.lookup, fields: definition.fields,
    names: definition.names, fallback: definition.fallback.isUndefined ? .null : definition.fallback)
}

/// - Parameters:
///   - fields: columns to take; none to take the whole row as an object, under the first name.
///   - fallback: for rows that find none.
func lookup(
  _ table: DataTable, _ lookup: FieldPath, in other: DataTable, key: FieldPath, fields: [FieldPath],
  names: [String], fallback: Value
) -> DataTable {
  let keys = other.values(at: key)
  var rows: [String: Int] = [:]
  // As in Vega, keys are known by their text, a missing one too.
  for row in 0..<other.rowCount { rows[keys[row].asString] = row }
  let wanted = table.values(at: lookup)
  let places = (0..<table.rowCount).map { rows[wanted[$0].asString] }
  var result = table
  if fields.isEmpty {
    let name = names.first ?? key.columnName
    result.set(name, Column(places.map { $0.map { .object(other.object(at: $0)) } ?? fallback }))
    return result
  }
  for (index, field) in fields.enumerated() {
    let column = other.values(at: field)
    let name = index < names.count ? names[index] : field.columnName
    let whole = places.compactMap { $0 }
    if whole.count == places.count {
      result.set(name, column.selecting(whole))
    } else {
      result.set(name, Column(places.map { $0.map { column[$0] } ?? fallback }))
    }
  }
  return result
}

/// Chooses `size` rows at random, the same ones for the same seed; all if there are no more.
package func sample(_ table: DataTable, count size: Int, seed: UInt64 = 42) -> DataTable {
  guard table.rowCount > size, size >= 0 else { return table }
  var random = SeededRandom(seed: seed)
  var rows = Array(0..<size)
  if size > 0 {
    for row in size..<table.rowCount {
      let place = random.index(below: row + 1)
      if place < size { rows[place] = row }
    }
  }
  return table.selecting(rows)
}

/// Numbers from `start` up to and without `stop`, as a table: https://vega.github.io/vega/docs/transforms/sequence/
package func sequenceTable(start: Double, stop: Double, step: Double = 1, as name: String = "data") -> DataTable {
  let count = ((stop - start) / step).rounded(.up)
  guard count > 0, count <= 1_000_000 else { return DataTable([(name, .numbers([]))]) }
  return DataTable([(name, .numbers((0..<Int(count)).map { start + Double($0) * step }))])
}
