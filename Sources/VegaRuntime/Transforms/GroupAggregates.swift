internal import VegaLite

/// What there is to say of one column, group by group, gathered in one walk through its rows.
struct GroupAggregates {
  private let table: DataTable
  private let source: Column
  private let grouping: Grouping
  private var valid: [Double]
  private var missing: [Double]
  private var sum: [Double] = []
  private var product: [Double] = []
  private var mean: [Double] = []
  private var deviation: [Double] = []
  /// Rows of the least and the greatest value, -1 for none.
  private var least: [Int] = []
  private var greatest: [Int] = []
  /// Valid numbers of each group, sorted.
  private var sorted: [[Double]] = []
  private var rows: [[Int]] = []

  init(_ table: DataTable, _ path: FieldPath, _ grouping: Grouping, _ wanted: Set<AggregateOperation>) {
    self.table = table
    self.grouping = grouping
    source = table.values(at: path)
    let zeros = [Double](repeating: 0, count: grouping.count)
    valid = zeros
    missing = zeros
    let column = source
    let groups = grouping.groups

    // Which rows count, by kind of column.
    let numbers: [Double]
    var states: [UInt8]?
    switch column {
    case .numbers(let values), .dates(let values):
      numbers = values
      for (row, value) in values.enumerated() where !value.isNaN { valid[Int(groups[row])] += 1 }
    case .strings, .values:
      var kinds = [UInt8](repeating: 0, count: column.count)
      numbers = (0..<column.count).map { row in
        let value = column[row]
        let group = Int(groups[row])
        switch value {
        case .undefined, .null, .string(""):
          missing[group] += 1
          return .nan
        case .number(let number), .date(let number):
          if number.isNaN { return .nan }
          kinds[row] = 1
          valid[group] += 1
          return number
        default:
          kinds[row] = 1
          valid[group] += 1
          return value.asNumber
        }
      }
      states = kinds
    }
    func forEachValid(_ body: (_ row: Int, _ group: Int, _ value: Double) -> Void) {
      if let states {
        for row in numbers.indices where states[row] == 1 { body(row, Int(groups[row]), numbers[row]) }
      } else {
        for row in numbers.indices where !numbers[row].isNaN { body(row, Int(groups[row]), numbers[row]) }
      }
    }

    if wanted.contains(.sum) {
      var sums = zeros
      forEachValid { sums[$1] += $2 }
      sum = sums
    }
    if wanted.contains(.product) {
      var products = [Double](repeating: 1, count: grouping.count)
      forEachValid { products[$1] *= $2 }
      product = products
    }
    let spread: Set<AggregateOperation> = [.variance, .variancep, .stdev, .stdevp, .stderr]
    if !wanted.isDisjoint(with: spread.union([.mean, .average])) {
      var (means, deviations, counts) = (zeros, zeros, zeros)
      forEachValid { _, group, value in
        counts[group] += 1
        let delta = value - means[group]
        means[group] += delta / counts[group]
        deviations[group] += delta * (value - means[group])
      }
      mean = means
      deviation = deviations
    }
    if !wanted.isDisjoint(with: [.min, .max, .argmin, .argmax]) {
      var (low, high) = ([Int](repeating: -1, count: grouping.count), [Int](repeating: -1, count: grouping.count))
      if case .strings(let texts) = column {
        forEachValid { row, group, _ in
          if low[group] < 0 || Value.compareCodeUnits(texts[row], texts[low[group]]) < 0 { low[group] = row }
          if high[group] < 0 || Value.compareCodeUnits(texts[row], texts[high[group]]) > 0 { high[group] = row }
        }
      } else if case .values = column {
        forEachValid { row, group, _ in
          if low[group] < 0 || ExpressionCompiler.compare(.less, column[row], column[low[group]]) { low[group] = row }
          if high[group] < 0 || ExpressionCompiler.compare(.greater, column[row], column[high[group]]) {
            high[group] = row
          }
        }
      } else {
        forEachValid { row, group, value in
          if low[group] < 0 || value < numbers[low[group]] { low[group] = row }
          if high[group] < 0 || value > numbers[high[group]] { high[group] = row }
        }
      }
      least = low
      greatest = high
    }
    if !wanted.isDisjoint(with: [.median, .q1, .q3, .ci0, .ci1]) {
      var lists = [[Double]](repeating: [], count: grouping.count)
      forEachValid { if !$2.isNaN { lists[$1].append($2) } }
      for index in lists.indices { lists[index].sort() }
      sorted = lists
    }
    if !wanted.isDisjoint(with: [.values, .distinct, .exponential, .exponentialb]) { rows = grouping.rows }
  }
}

// MARK: - Results

extension GroupAggregates {
  func column(_ field: AggregateField) -> Column {
    switch field.operation {
    case .count: return numbers { valid[$0] + missing[$0] }
    case .valid: return .numbers(valid)
    case .missing: return .numbers(missing)
    case .distinct: return .numbers(rows.map { Double(Grouping(source.selecting($0)).count) })
    case .sum: return numbers { valid[$0] > 0 ? sum[$0] : nil }
    case .product: return numbers { valid[$0] > 0 ? product[$0] : nil }
    case .mean, .average: return numbers { valid[$0] > 0 ? mean[$0] : nil }
    case .variance: return numbers { valid[$0] > 1 ? deviation[$0] / (valid[$0] - 1) : nil }
    case .variancep: return numbers { valid[$0] > 1 ? deviation[$0] / valid[$0] : nil }
    case .stdev: return numbers { valid[$0] > 1 ? (deviation[$0] / (valid[$0] - 1)).squareRoot() : nil }
    case .stdevp: return numbers { valid[$0] > 1 ? (deviation[$0] / valid[$0]).squareRoot() : nil }
    case .stderr:
      return numbers { valid[$0] > 1 ? (deviation[$0] / (valid[$0] * (valid[$0] - 1))).squareRoot() : nil }
    case .median: return numbers { quantile($0, 0.5) }
    case .q1: return numbers { quantile($0, 0.25) }
    case .q3: return numbers { quantile($0, 0.75) }
    case .ci0: return numbers { bootstrapInterval(sorted[$0])?.low }
    case .ci1: return numbers { bootstrapInterval(sorted[$0])?.high }
    case .min: return picked(least)
    case .max: return picked(greatest)
    case .argmin: return rowObjects(least)
    case .argmax: return rowObjects(greatest)
    case .values: return .values(rows.map { .array($0.map { .object(table.object(at: $0)) }) })
    case .exponential, .exponentialb: return exponential(field)
    }
  }

  private func numbers(_ value: (Int) -> Double?) -> Column {
    var values: [Double] = []
    values.reserveCapacity(grouping.count)
    for group in 0..<grouping.count {
      guard let number = value(group) else {
        return .values((0..<grouping.count).map { value($0).map(Value.number) ?? .undefined })
      }
      values.append(number)
    }
    return .numbers(values)
  }

  private func quantile(_ group: Int, _ p: Double) -> Double? {
    sorted[group].isEmpty ? nil : VegaRuntime.quantile(sorted: sorted[group], p)
  }

  private func picked(_ rows: [Int]) -> Column {
    if rows.allSatisfy({ $0 >= 0 }) { return source.selecting(rows) }
    return .values(rows.map { $0 >= 0 ? source[$0] : .undefined })
  }

  private func rowObjects(_ rows: [Int]) -> Column {
    .values(rows.map { .object($0 >= 0 ? table.object(at: $0) : ValueObject()) })
  }

  private func exponential(_ field: AggregateField) -> Column {
    let rate = field.parameter ?? 0.5
    return numbers { group in
      guard valid[group] > 0 else { return nil }
      var value = 0.0
      for row in rows[group] where source[row].isValid && source[row] != .string("") {
        value = rate * value + source.number(row)
      }
      return field.operation == .exponentialb
        ? value * (1 - rate) : value * (1 - rate) / (1 - power(rate, valid[group]))
    }
  }
}

/// The middle 95% of the means of 1,000 samples drawn anew from the values, as Vega's `ci0` and `ci1`; seeded.
func bootstrapInterval(_ values: [Double], samples: Int = 1000, alpha: Double = 0.05) -> (low: Double, high: Double)? {
  guard !values.isEmpty else { return nil }
  if values.count == 1 { return (values[0], values[0]) }
  var random = SeededRandom(seed: UInt64(values.count))
  let work = min(samples, max(50, 20_000_000 / values.count))
  var means: [Double] = []
  means.reserveCapacity(work)
  for _ in 0..<work {
    var sum = 0.0
    for _ in values.indices { sum += values[random.index(below: values.count)] }
    means.append(sum / Double(values.count))
  }
  means.sort()
  return (quantile(sorted: means, alpha / 2), quantile(sorted: means, 1 - alpha / 2))
}

/// Numbers that look random and are the same on every machine (SplitMix64).
package struct SeededRandom: Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From 0 up to and without 1.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  package mutating func index(below count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(count)).high) }
}
