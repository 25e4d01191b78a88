internal import VegaLite

/// Which rows of a mark's table nobody observed.
struct ForecastRows {
  private let column: Column
  private let kinds: [String]

  /// - Returns: `nil` where the table has no such field, or no such row.
  init?(_ plan: ForecastPlan?, _ table: DataTable) {
    guard let plan, table.rowCount > 0 else { return nil }
    column = table.values(at: plan.field)
    kinds = plan.kinds.map(\.value)
    guard (0..<table.rowCount).contains(where: { kind($0) != nil }) else { return nil }
  }

  /// The place of a row's kind among those of the plan; `nil` for an observation.
  func kind(_ row: Int) -> Int? {
    let value = column[row]
    guard value.isPresent else { return nil }
    let text = value.asString
    return kinds.firstIndex(of: text)
  }

  /// Parts a series where what is observed turns into what is not: each further run begins at the last row of the run before,
  /// so that the line goes on.
  func runs(_ rows: [Int]) -> [[Int]] {
    var runs: [[Int]] = []
    for row in rows {
      guard let last = runs.last?.last else {
        runs.append([row])
        continue
      }
      // The piece between two rows is as uncertain as the later of them.
      let isSame = kind(last) == kind(row)
      if isSame { runs[runs.count - 1].append(row) } else { runs.append([last, row]) }
    }
    return runs.filter { $0.count > 1 || runs.count == 1 }
  }
}

/// Stripes of a paint, drawn where a forecast fills a bar or an area.
struct HatchPaint: Hashable, Sendable {
  var paint: String
  /// Stripes fall to the left for the first kind, to the right for the second.
  var angle: Double
}
