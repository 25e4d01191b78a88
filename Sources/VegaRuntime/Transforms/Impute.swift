package import VegaLite

/// Adds rows for keys that a group lacks and fills values that are missing, as Vega-Lite's `impute`.
///
/// New rows stand behind the others and have the group's columns, the key and the field. With a method other than `value`
/// every `null` of the field becomes the mean, median, least or greatest value of its frame.
/// https://vega.github.io/vega-lite/docs/impute.html
package func impute(_ table: DataTable, _ definition: ImputeDefinition) -> DataTable {
  let isValue = definition.method.isEmpty || definition.method == "value"
  let fill = isValue ? (definition.value.isUndefined ? Value.number(0) : definition.value) : .null
  let complete = imputedRows(
    table, field: definition.field, key: definition.key, groupBy: definition.groupBy, keyValues: definition.keyValues,
    value: fill)
  guard !isValue else { return complete }
  let scratch = "\u{1}imputed"
  let frame = definition.frame ?? [nil, nil]
  let found = windowed(
    complete, operations: [WindowOperation(definition.method, definition.field, nil, scratch, complete)],
    groupBy: definition.groupBy, before: frame.first ?? nil, after: frame.count > 1 ? frame[1] : nil)
  let old = found.values(at: definition.field)
  let new = found.values(at: FieldPath(column: scratch))
  var result = complete
  result.set(
    definition.field.columnName, Column((0..<complete.rowCount).map { old[$0].isNull ? new[$0] : old[$0] }))
  return result
}

/// Adds a row for each group and key that no row has.
package func imputedRows(
  _ table: DataTable, field: FieldPath, key: FieldPath, groupBy: [FieldPath], keyValues: [Value] = [], value: Value
) -> DataTable {
  let keys = table.values(at: key)
  var domain: [Value] = []
  var places: [String: Int] = [:]
  func place(_ value: Value) -> Int {
    let text = value.asString
    if let known = places[text] { return known }
    places[text] = domain.count
    domain.append(value)
    return domain.count - 1
  }
  for value in keyValues { _ = place(value) }
  let keyGroups = Grouping(keys)
  let placesOfGroups = keyGroups.firstRows.map { place(keys[$0]) }
  let grouping = Grouping(table, by: groupBy)
  guard grouping.count * domain.count <= 10_000_000 else { return table }
  var present = [Bool](repeating: false, count: grouping.count * domain.count)
  for row in 0..<table.rowCount {
    present[Int(grouping.groups[row]) * domain.count + placesOfGroups[Int(keyGroups.groups[row])]] = true
  }
  var missing: [(group: Int, key: Int)] = []
  for group in 0..<grouping.count {
    for key in domain.indices where !present[group * domain.count + key] { missing.append((group, key)) }
  }
  if missing.isEmpty { return table }
  var names = table.names
  for path in groupBy + [key, field] where !names.contains(path.columnName) { names.append(path.columnName) }
  let columns = names.map { name -> (String, Column) in
    let path = FieldPath(column: name)
    let old = table[name] ?? table.values(at: path)
    let added: [Value]
    if name == field.columnName {
      added = missing.map { _ in value }
    } else if name == key.columnName {
      added = missing.map { domain[$0.key] }
    } else if let group = groupBy.first(where: { $0.columnName == name }) {
      let values = table.values(at: group)
      added = missing.map { values[grouping.firstRows[$0.group]] }
    } else {
      added = missing.map { _ in .undefined }
    }
    return (name, old.appending(added))
  }
  var result = DataTable(columns)
  result.unread = table.unread
  return result
}

extension Column {
  /// The column with values behind its own.
  package func appending(_ values: [Value]) -> Column {
    switch self {
    case .numbers(let array):
      let added = values.compactMap(\.numberValue)
      if added.count == values.count { return .numbers(array + added) }
    case .strings(let array):
      let added = values.compactMap(\.stringValue)
      if added.count == values.count { return .strings(array + added) }
    case .dates(let array):
      let added = values.compactMap { if case .date(let date) = $0 { date } else { nil } }
      if added.count == values.count { return .dates(array + added) }
    case .values: break
    }
    return .values(asValues + values)
  }
}
