package import VegaLite

/// Adds the two ends of each row's piece of its stack: https://vega.github.io/vega/docs/transforms/stack/
///
/// Zero keeps positive and negative pieces apart; normalize divides by the sum of the magnitudes; center puts the middle
/// of each stack where the middle of the tallest is.
///
/// - Parameters:
///   - field: `nil` to count rows.
///   - offset: `zero`, `center` or `normalize`.
package func stack(
  _ table: DataTable, groupBy: [FieldPath], field: FieldPath?, sort: [SortKey], offset: String,
  start name: String, end endName: String
) -> DataTable {
  let count = table.rowCount
  let values: [Double]
  if let field {
    let column = table.values(at: field)
    values = (0..<count).map { column.number($0) }
  } else {
    values = [Double](repeating: 1, count: count)
  }
  let order = rowOrder(table, by: sort)
  var stacks = stackGroups(table, groupBy)
  if let order {
    for index in stacks.indices where stacks[index].count > 1 {
      stacks[index].sort { a, b in
        let result = order(a, b)
        return result == 0 ? a < b : result < 0
      }
    }
  }
  let sums = stacks.map { $0.reduce(0) { $0 + values[$1].magnitude } }
  let tallest = sums.reduce(0) { $1 > $0 ? $1 : $0 }
  var starts = [Double](repeating: 0, count: count)
  var ends = starts
  for (stack, sum) in zip(stacks, sums) {
    switch offset {
    case "center":
      var place = (tallest - sum) / 2
      for row in stack {
        starts[row] = place
        place += values[row].magnitude
        ends[row] = place
      }
    case "normalize":
      let scale = 1 / sum
      var (last, total) = (0.0, 0.0)
      for row in stack {
        starts[row] = last
        total += values[row].magnitude
        last = scale * total
        ends[row] = last
      }
    default:
      var (above, below) = (0.0, 0.0)
      for row in stack {
        if values[row] < 0 {
          starts[row] = below
          below += values[row]
          ends[row] = below
        } else {
          starts[row] = above
          above += values[row]
          ends[row] = above
        }
      }
    }
  }
  var result = table
  result.set(name, .numbers(starts))
  result.set(endName, .numbers(ends))
  return result
}

/// The rows of each stack. Unlike other groups, a missing value and an empty text are one, as in Vega, where a stack's key
/// is the text of a list of values.
private func stackGroups(_ table: DataTable, _ groupBy: [FieldPath]) -> [[Int]] {
  var keys = DataTable(rowCount: table.rowCount)
  for path in groupBy {
    let column = table.values(at: path)
    guard case .values(let values) = column, values.contains(where: { !$0.isPresent }) else {
      keys.set(path.columnName, column)
      continue
    }
    keys.set(path.columnName, Column(values.map { $0.isPresent ? $0 : "" }))
  }
  return Grouping(keys, by: groupBy.map { FieldPath(column: $0.columnName) }).rows
}
