package import VegaLite

/// Adds columns that look at the rows around each row: ranks, neighbours, running and moving aggregates.
///
/// Rows keep their order in the table; `definition.sort` only decides who is a neighbour.
/// https://vega.github.io/vega/docs/transforms/window/
package func window(_ table: DataTable, _ definition: WindowDefinition) -> DataTable {
  windowed(
    table, operations: definition.fields.map { WindowOperation($0.operation, $0.field, $0.parameter, $0.name, table) },
    groupBy: definition.groupBy, sort: definition.sort, before: definition.before, after: definition.after,
    ignorePeers: definition.ignorePeers)
}

func windowed(
  _ table: DataTable, operations: [WindowOperation], groupBy: [FieldPath], sort: [SortKey] = [], before: Int?,
  after: Int?, ignorePeers: Bool = false
) -> DataTable {
  var columns = operations.map { _ in [Value](repeating: .undefined, count: table.rowCount) }
  let order = rowOrder(table, by: sort)
  for group in Grouping(table, by: groupBy).rows {
    let rows = order == nil ? group : sortedRows(table, by: sort, rows: group)
    let frames = WindowFrames(rows, before, after, ignorePeers ? nil : order)
    for (index, operation) in operations.enumerated() {
      operation.evaluate(rows, frames, order) { columns[index][$0] = $1 }
    }
  }
  var result = table
  for (operation, column) in zip(operations, columns) { result.set(operation.output, Column(column)) }
  return result
}

/// For each place of a sorted group the places that its frame holds.
struct WindowFrames {
  var starts: [Int]
  var ends: [Int]

  /// - Parameter order: by which rows are peers; `nil` where they do not matter.
  init(_ rows: [Int], _ before: Int?, _ after: Int?, _ order: ((Int, Int) -> Int)?) {
    let count = rows.count
    starts = (0..<count).map { place in before.map { max(0, place - abs($0)) } ?? 0 }
    ends = (0..<count).map { place in after.map { min(count, place + abs($0) + 1) } ?? count }
    guard let order, count > 0 else { return }
    // Equals share a frame: it starts with the first of them and ends behind the last.
    var firstPeer = [Int](repeating: 0, count: count)
    var lastPeer = [Int](repeating: count - 1, count: count)
    for place in 1..<max(1, count) {
      firstPeer[place] = order(rows[place - 1], rows[place]) == 0 ? firstPeer[place - 1] : place
    }
    for place in stride(from: count - 2, through: 0, by: -1) {
      lastPeer[place] = order(rows[place], rows[place + 1]) == 0 ? lastPeer[place + 1] : place
    }
    for place in 0..<count {
      if starts[place] < count { starts[place] = firstPeer[starts[place]] }
      if ends[place] > 0 { ends[place] = lastPeer[ends[place] - 1] + 1 }
    }
  }
}

struct WindowOperation {
  let name: String
  /// The column that is made.
  let output: String
  let parameter: Double?
  let aggregate: AggregateOperation?
  let column: Column?
  let table: DataTable

  init(_ operation: String, _ field: FieldPath?, _ parameter: Double?, _ output: String, _ table: DataTable) {
    name = operation
    self.output = output
    self.parameter = parameter
    aggregate = AggregateOperation(rawValue: operation)
    column = field.map { table.values(at: $0) }
    self.table = table
  }

  func evaluate(
    _ rows: [Int], _ frames: WindowFrames, _ order: ((Int, Int) -> Int)?, _ set: (_ row: Int, _ value: Value) -> Void
  ) {
    let count = rows.count
    func value(_ place: Int) -> Value { column?[rows[place]] ?? .undefined }
    func differs(_ a: Int, _ b: Int) -> Bool { order.map { $0(rows[a], rows[b]) != 0 } ?? true }
    let whole = max(1, parameter.map { wholeNumber($0, 0...1_000_000_000) } ?? 1)
    switch name {
    case "row_number": for place in 0..<count { set(rows[place], .number(Double(place + 1))) }
    case "rank", "dense_rank", "percent_rank":
      var rank = 1
      for place in 0..<count {
        if place > 0, differs(place - 1, place) { rank = name == "dense_rank" ? rank + 1 : place + 1 }
        set(
          rows[place],
          .number(name == "percent_rank" ? Double(rank - 1) / Double(count - 1) : Double(rank)))
      }
    case "cume_dist", "ntile":
      var last = 0
      for place in 0..<count {
        if last < place {
          last = place
          while last + 1 < count, !differs(last, last + 1) { last += 1 }
        }
        let share = Double(1 + last) / Double(count)
        set(rows[place], .number(name == "ntile" ? (Double(whole) * share).rounded(.up) : share))
      }
    case "lag": for place in 0..<count { set(rows[place], place >= whole ? value(place - whole) : .null) }
    case "lead": for place in 0..<count { set(rows[place], place + whole < count ? value(place + whole) : .null) }
    case "first_value": for place in 0..<count { set(rows[place], value(frames.starts[place])) }
    case "last_value": for place in 0..<count { set(rows[place], value(max(0, frames.ends[place] - 1))) }
    case "nth_value":
      for place in 0..<count {
        let wanted = frames.starts[place] + whole - 1
        set(rows[place], wanted < frames.ends[place] ? value(wanted) : .null)
      }
    case "prev_value":
      var last = Value.null
      for place in 0..<count {
        if value(place).isPresent { last = value(place) }
        set(rows[place], last)
      }
    case "next_value":
      var next = Value.null
      for place in stride(from: count - 1, through: 0, by: -1) {
        if value(place).isPresent { next = value(place) }
        set(rows[place], next)
      }
    default:
      if let aggregate { evaluate(aggregate, rows, frames, set) }
    }
  }

  /// An aggregate over each frame. Frames that only grow are counted on; others are walked anew where they are short, and
  /// frames that are alike share their value.
  private func evaluate(
    _ operation: AggregateOperation, _ rows: [Int], _ frames: WindowFrames, _ set: (Int, Value) -> Void
  ) {
    // Vega hands a window's parameter to its own operations alone, so that these averages have no rate.
    let parameter = operation == .exponential || operation == .exponentialb ? Double.nan : self.parameter
    var running = RunningAggregate(operation, parameter)
    var (start, end) = (0, 0)
    var last = Value.undefined
    var isFresh = false
    for place in rows.indices {
      let (wantedStart, wantedEnd) = (frames.starts[place], frames.ends[place])
      if wantedStart != start || wantedEnd < end {
        if running.canRemove, wantedStart >= start, wantedStart <= end, wantedEnd >= end {
          for leaving in start..<wantedStart { running.remove(value(rows[leaving])) }
        } else {
          running = RunningAggregate(operation, parameter)
          end = wantedStart
        }
        start = wantedStart
        isFresh = false
      }
      while end < wantedEnd {
        running.add(value(rows[end]), rows[end])
        end += 1
        isFresh = false
      }
      if !isFresh {
        last = running.result(table)
        isFresh = true
      }
      set(rows[place], last)
    }
  }

  private func value(_ row: Int) -> Value { column?[row] ?? .number(1) }
}

/// An aggregate that values are added to one by one.
private struct RunningAggregate {
  private let operation: AggregateOperation
  private let parameter: Double?
  private var total = 0.0
  private var valid = 0.0
  private var missing = 0.0
  private var sum = 0.0
  private var mean = 0.0
  private var deviation = 0.0
  private var product = 1.0
  private var least: (value: Value, row: Int)?
  private var greatest: (value: Value, row: Int)?
  private var values: [Value] = []
  private var rows: [Int] = []
  private var average = 0.0

  init(_ operation: AggregateOperation, _ parameter: Double?) {
    self.operation = operation
    self.parameter = parameter
  }

  /// Whether values can be taken out again without walking the rest.
  var canRemove: Bool {
    switch operation {
    case .count, .valid, .missing, .sum, .mean, .average: true
    default: false
    }
  }

  private var keepsValues: Bool {
    switch operation {
    case .median, .q1, .q3, .ci0, .ci1, .distinct, .values: true
    default: false
    }
  }

  mutating func add(_ value: Value, _ row: Int) {
    total += 1
    if keepsValues {
      values.append(value)
      rows.append(row)
    }
    guard value.isPresent, value != .string("") else {
      missing += 1
      return
    }
    guard value.isValid else { return }
    valid += 1
    let number = value.asNumber
    sum += number
    product *= number
    let delta = number - mean
    mean += delta / valid
    deviation += delta * (number - mean)
    average = (parameter ?? 0.5) * average + number
    if least.map({ ExpressionCompiler.compare(.less, value, $0.value) }) ?? true { least = (value, row) }
    if greatest.map({ ExpressionCompiler.compare(.greater, value, $0.value) }) ?? true { greatest = (value, row) }
  }

  mutating func remove(_ value: Value) {
    total -= 1
    guard value.isPresent, value != .string("") else {
      missing -= 1
      return
    }
    guard value.isValid else { return }
    valid -= 1
    let number = value.asNumber
    sum -= number
    mean -= valid > 0 ? (number - mean) / valid : mean
  }

  func result(_ table: DataTable) -> Value {
    func number(_ x: Double, ifMore than: Double = 0) -> Value { valid > than ? .number(x) : .undefined }
    switch operation {
    case .count: return .number(total)
    case .valid: return .number(valid)
    case .missing: return .number(missing)
    case .sum: return number(sum)
    case .product: return number(product)
    case .mean, .average: return number(mean)
    case .variance: return number(deviation / (valid - 1), ifMore: 1)
    case .variancep: return number(deviation / valid, ifMore: 1)
    case .stdev: return number((deviation / (valid - 1)).squareRoot(), ifMore: 1)
    case .stdevp: return number((deviation / valid).squareRoot(), ifMore: 1)
    case .stderr: return number((deviation / (valid * (valid - 1))).squareRoot(), ifMore: 1)
    case .min: return least?.value ?? .undefined
    case .max: return greatest?.value ?? .undefined
    case .argmin: return least.map { .object(table.object(at: $0.row)) } ?? .undefined
    case .argmax: return greatest.map { .object(table.object(at: $0.row)) } ?? .undefined
    case .values: return .array(rows.map { .object(table.object(at: $0)) })
    case .distinct: return .number(Double(Grouping(Column(values)).count))
    case .exponential:
      let rate = parameter ?? 0.5
      return number(average * (1 - rate) / (1 - power(rate, valid)))
    case .exponentialb: return number(average * (1 - (parameter ?? 0.5)))
    case .median, .q1, .q3, .ci0, .ci1:
      let sorted = values.filter { $0.isValid && $0 != .string("") }.map(\.asNumber).filter { !$0.isNaN }.sorted()
      guard !sorted.isEmpty else { return .undefined }
      switch operation {
      case .median: return .number(quantile(sorted: sorted, 0.5))
      case .q1: return .number(quantile(sorted: sorted, 0.25))
      case .q3: return .number(quantile(sorted: sorted, 0.75))
      default:
        let interval = bootstrapInterval(sorted)
        return .number((operation == .ci0 ? interval?.low : interval?.high) ?? .nan)
      }
    }
  }
}
