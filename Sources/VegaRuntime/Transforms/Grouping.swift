package import VegaLite

/// The rows of a table parted by the values of some columns.
///
/// Two rows are of one group when the values are the same text in JavaScript; groups stand in the order in which they are
/// first met.
package struct Grouping: Sendable {
  /// For each row the number of its group.
  package var groups: [Int32]
  /// For each group its first row.
  package var firstRows: [Int]

  package var count: Int { firstRows.count }

  package init(_ table: DataTable, by paths: [FieldPath]) {
    let rows = table.rowCount
    guard let first = paths.first else {
      groups = [Int32](repeating: 0, count: rows)
      firstRows = rows > 0 ? [0] : []
      return
    }
    let outer = Grouping(table.values(at: first))
    groups = outer.groups
    firstRows = outer.firstRows
    for path in paths.dropFirst() {
      let next = Grouping(table.values(at: path))
      // One group more or less: the pair is a number, and numbers are met anew.
      var places: [Int: Int32] = [:]
      var firsts: [Int] = []
      for row in 0..<rows {
        let key = Int(groups[row]) * next.count + Int(next.groups[row])
        if let place = places[key] {
          groups[row] = place
        } else {
          let place = Int32(firsts.count)
          places[key] = place
          groups[row] = place
          firsts.append(row)
        }
      }
      firstRows = firsts
    }
  }

  package init(_ column: Column) {
    groups = []
    firstRows = []
    switch column {
    case .numbers(let values), .dates(let values):
      number(values) { $0 == 0 ? 0 : $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
    case .strings(let values): number(values) { $0 }
    case .values(let values):
      if values.allSatisfy({ if case .string = $0 { true } else { $0.isNull } }) {
        number(values) { $0.stringValue }
      } else {
        number(values) { $0.asString }
      }
    }
  }

  private mutating func number<Element, Key: Hashable>(_ values: [Element], _ key: (Element) -> Key) {
    var places: [Key: Int32] = [:]
    groups.reserveCapacity(values.count)
    var last: (key: Key, place: Int32)?
    for (row, value) in values.enumerated() {
      let key = key(value)
      // Data are often sorted, so the row before is asked first.
      if let last, last.key == key {
        groups.append(last.place)
        continue
      }
      let place: Int32
      if let known = places[key] {
        place = known
      } else {
        place = Int32(firstRows.count)
        places[key] = place
        firstRows.append(row)
      }
      groups.append(place)
      last = (key, place)
    }
  }

  /// The rows of each group, in their order.
  package var rows: [[Int]] {
    if count == 1 { return [Array(groups.indices)] }
    var result = [[Int]](repeating: [], count: count)
    for (row, group) in groups.enumerated() { result[Int(group)].append(row) }
    return result
  }
}

/// Rows in the order of sort keys, equals as they stood. Vega's order: missing values first.
package func sortedRows(_ table: DataTable, by keys: [SortKey], rows: [Int]? = nil) -> [Int] {
  let rows = rows ?? Array(0..<table.rowCount)
  guard let order = rowOrder(table, by: keys) else { return rows }
  return rows.sorted { a, b in
    let result = order(a, b)
    return result == 0 ? a < b : result < 0
  }
}

/// How two rows compare by sort keys: negative, zero or positive. `nil` without keys.
package func rowOrder(_ table: DataTable, by keys: [SortKey]) -> ((Int, Int) -> Int)? {
  let orders: [(Int, Int) -> Int] = keys.map { key in
    let sign = key.descending ? -1 : 1
    switch table.values(at: key.field) {
    case .numbers(let values), .dates(let values):
      return { a, b in
        let (x, y) = (values[a], values[b])
        if x < y { return -sign }
        if x > y { return sign }
        if x == y { return 0 }
        return x.isNaN == y.isNaN ? 0 : x.isNaN ? -sign : sign
      }
    case .strings(let values): return { Value.compareCodeUnits(values[$0], values[$1]) * sign }
    case .values(let values): return { Value.compare(values[$0], values[$1]) * sign }
    }
  }
  if orders.isEmpty { return nil }
  if orders.count == 1 { return orders[0] }
  return { a, b in
    for order in orders {
      let result = order(a, b)
      if result != 0 { return result }
    }
    return 0
  }
}
