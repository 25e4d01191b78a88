internal import Localization
internal import VegaLite

/// The values of one property for all rows: one for all, plain numbers, or anything.
enum Channelled {
  case constant(Value)
  case numbers([Double])
  case column(Column)

  @inline(__always) func number(_ row: Int) -> Double {
    switch self {
    case .constant(let value): value.asNumber
    case .numbers(let values): values[row]
    case .column(let column): column.number(row)
    }
  }

  @inline(__always) func value(_ row: Int) -> Value {
    switch self {
    case .constant(let value): value
    case .numbers(let values): .number(values[row])
    case .column(let column): column[row]
    }
  }

  var constant: Value? { if case .constant(let value) = self { value } else { nil } }
}

/// Evaluates a mark's properties over its table, property by property.
struct MarkEncoder {
  let run: ChartRun
  let view: ViewScope
  let table: DataTable
  let scope: ExpressionScope
  var count: Int { table.rowCount }

  init(run: ChartRun, view: ViewScope, table: DataTable) {
    self.run = run
    self.view = view
    self.table = table
    scope = run.scope(view)
  }

  func evaluate(_ entries: [EncodeEntry], _ property: MarkProperty) -> Channelled? {
    guard let entry = entries.first(where: { $0.property == property }) else { return nil }
    return evaluate(entry.rules)
  }

  func evaluate(_ rules: [EncodeRule]) -> Channelled? {
    guard let first = rules.first else { return nil }
    guard first.test != nil else { return evaluate(first.reference) }
    // Alternatives are evaluated for all rows, then picked row by row.
    var parts: [(RowEvaluator?, Channelled)] = []
    for rule in rules {
      parts.append((rule.test.map { RowEvaluator($0, table: table, scope: scope) }, evaluate(rule.reference)))
      if rule.test == nil { break }
    }
    if count == 0 { return .constant(.undefined) }
    return .column(
      Column(
        (0..<count).map { row in
          for (test, value) in parts where test?.bool(row) ?? true { return value.value(row) }
          return .undefined
        }))
  }

  func evaluate(_ reference: EncodeReference) -> Channelled {
    switch reference {
    case .value(let value): return .constant(value)
    case .expression(let expression):
      if expression.fields.isEmpty, !expression.source.contains("datum"), !expression.source.contains("random") {
        return .constant(VegaRuntime.evaluate(expression, scope: scope))
      }
      return .column(RowEvaluator(expression, table: table, scope: scope).column(rows: count))
    case .field(let path): return channelled(table.values(at: path))
    case .column(let name): return channelled(table.values(at: FieldPath(column: name)))
    case .scaled(let scaled): return self.scaled(scaled)
    case .formatted(let path, let format):
      let printer = ValuePrinter(run: run, format: format)
      let column = table.values(at: path)
      if case .bin(let end, _) = format.kind {
        let ends = table.values(at: end)
        return .column(.values((0..<count).map { .string(printer.range(column[$0], ends[$0])) }))
      }
      return .column(Column((0..<count).map { printer.text(column[$0]) }))
    case .formattedValue(let value, let format): return .constant(ValuePrinter(run: run, format: format).text(value))
    case .viewSize(let horizontal, let fraction):
      return .constant(.number((horizontal ? view.width : view.height) * fraction))
    case .bandwidth(let name, let factor, let minimum, let offset):
      let width = factor * (view.scale(name)?.bandwidth ?? 0)
      return .constant(.number(max(minimum ?? -.infinity, width) + offset))
    case .sum(let a, let b):
      let (x, y) = (evaluate(a), evaluate(b))
      if case .constant(let p) = x, case .constant(let q) = y { return .constant(.number(p.asNumber + q.asNumber)) }
      return .numbers((0..<count).map { x.number($0) + y.number($0) })
    case .scaledBy(let inner, let factor):
      let value = evaluate(inner)
      if case .constant(let constant) = value { return .constant(.number(constant.asNumber * factor)) }
      return .numbers((0..<count).map { value.number($0) * factor })
    case .binEdge(let edge): return binEdge(edge)
    case .isValid(let fields):
      let columns = fields.map { table.values(at: $0) }
      return .column(
        .values(
          (0..<count).map { row in
            .bool(
              columns.allSatisfy {
                let value = $0[row]; return value.isPresent && value.asNumber.isFinite
              })
          }))
    }
  }

  private func channelled(_ column: Column) -> Channelled {
    if case .numbers(let values) = column { return .numbers(values) }
    return .column(column)
  }

  private func scaled(_ reference: ScaledReference) -> Channelled {
    guard let scale = view.scale(reference.scale) else {
      if case .rangeEnd = reference.input { return .constant(.number(min(view.width, view.height) / 2)) }
      return .constant(.undefined)
    }
    let base: Channelled
    switch reference.input {
    case .field(let path): base = apply(scale, table.values(at: path))
    case .value(let value): base = .constant(scale.apply(value))
    case .expression(let expression):
      let input = evaluate(.expression(expression))
      if case .constant(let value) = input {
        base = .constant(scale.apply(value))
      } else {
        base = .column(Column((0..<count).map { scale.apply(input.value($0)) }))
      }
    case .between(let a, let b, let position):
      let (from, to) = (table.values(at: a).countingNulls, table.values(at: b).countingNulls)
      guard let kind = scale.continuous?.kind, [.linear, .time, .utc].contains(kind), scale.isNumeric else {
        // What lies between is found before it is scaled.
        let middle = (0..<count).map { from.number($0) * (1 - position) + to.number($0) * position }
        base = apply(scale, .numbers(middle))
        break
      }
      let (x, y) = (apply(scale, from), apply(scale, to))
      base = .numbers((0..<count).map { x.number($0) * (1 - position) + y.number($0) * position })
    case .zeroOrMinimum:
      if let continuous = scale.continuous, let low = continuous.domain.min(), let high = continuous.domain.max() {
        let foot = scale.startsAtZero || low <= 0 && high >= 0 ? 0 : continuous.domain[0]
        if case .ramp = scale.kind {
          base = .constant(scale.apply(.number(foot)))
        } else {
          base = .constant(.number(continuous(foot)))
        }
      } else if let first = scale.domainValues.first, let last = scale.domainValues.last {
        let (low, high) = (min(first.asNumber, last.asNumber), max(first.asNumber, last.asNumber))
        base = .constant(scale.apply(low <= 0 && high >= 0 ? .number(0) : first))
      } else {
        base = .constant(scale.apply(.number(0)))
      }
    case .rangeStart: base = .constant(scale.rangeValues.first ?? .number(0))
    case .rangeEnd: base = .constant(scale.rangeValues.last ?? .number(0))
    }
    let shift = reference.band * scale.bandwidth
    let offset = reference.offset.map { evaluate($0) }
    if shift == 0, offset == nil { return base }
    if case .constant(let value) = base, let constant = offset.map({ $0.constant }) ?? .some(.number(0)) {
      return .constant(.number(value.asNumber + shift + constant.asNumber))
    }
    if let offset { return .numbers((0..<count).map { base.number($0) + shift + offset.number($0) }) }
    return .numbers((0..<count).map { base.number($0) + shift })
  }

  /// A whole column through a scale, without a value made for each row where both are numbers.
  func apply(_ scale: RuntimeScale, _ column: Column) -> Channelled {
    switch (scale.kind, column) {
    case (.continuous(let continuous), .numbers(let values)), (.continuous(let continuous), .dates(let values)):
      return .numbers(values.map { continuous($0) })
    case (.continuous, .values), (.continuous, .strings):
      return .numbers((0..<column.count).map { scale.number(column[$0]) })
    case (.band(let band), .strings(let values)):
      var known: [String: Double] = [:]
      return .numbers(
        values.map { text in
          if let pixel = known[text] { return pixel }
          let pixel = scale.place(of: .string(text)).map { band.start(of: $0) } ?? .nan
          known[text] = pixel
          return pixel
        })
    case (.band, _): return .numbers((0..<column.count).map { scale.number(column[$0]) })
    case (.ordinal(let range), .strings(let values)):
      var known: [String: Value] = [:]
      return .column(
        .values(
          values.map { text in
            if let output = known[text] { return output }
            let output =
              range.isEmpty ? .undefined : scale.place(of: .string(text)).map { range[$0 % range.count] } ?? .undefined
            known[text] = output
            return output
          }))
    default: return .column(Column((0..<column.count).map { scale.apply(column[$0]) }))
    }
  }

  private func binEdge(_ edge: BinEdge) -> Channelled {
    guard let scale = view.scale(edge.scale) else { return .constant(.undefined) }
    let (starts, ends) = (apply(scale, table.values(at: edge.start)), apply(scale, table.values(at: edge.end)))
    let offset = edge.offset.map { evaluate($0) }
    // The edge of x lies at the bin's end, that of y too, but y grows downwards.
    let sign: Double = (edge.isFirst ? 1 : -1) * (edge.horizontal ? 1 : -1)
    let isPosition = edge.minimum > 0 || edge.spacing != 0
    return .numbers(
      (0..<count).map { row in
        let (a, b) = (starts.number(row), ends.number(row))
        let base = a * (1 - edge.position) + b * edge.position
        guard isPosition else { return base + (offset?.number(row) ?? 0) }
        let size = (b - a).magnitude
        // On a reversed scale the ends change places.
        let turned = edge.horizontal ? b < a : b > a
        let direction = turned ? -sign : sign
        let shift = size < edge.minimum ? direction * 0.5 * (edge.minimum - size) : -direction * edge.spacing / 2
        return base + shift + 0.5 + (offset?.number(row) ?? 0)
      })
  }
}

extension Column {
  /// With 0 for `null`, which it is where one reckons with it.
  fileprivate var countingNulls: Column {
    guard case .values(let values) = self else { return self }
    return .values(values.map { $0.isNull ? .number(0) : $0 })
  }
}
