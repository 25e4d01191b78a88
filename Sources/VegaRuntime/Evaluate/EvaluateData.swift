internal import AlmanacCore
internal import Localization
internal import Notation
internal import VegaLite

extension ChartRun {
  /// The table of a step, made when first asked for.
  func table(_ step: Int) -> DataTable {
    if let made = tables[step] { return made }
    // From the first step that is not made yet, so that long flows need no deep stack.
    var chain = [step]
    while let parent = plan.data[chain.last!].parent, tables[parent] == nil { chain.append(parent) }
    for index in chain.reversed() {
      let input = plan.data[index].parent.map { tables[$0] ?? DataTable() } ?? DataTable()
      let operation = plan.data[index].operation
      let stage = if case .source = operation { DrawingStage.data } else { DrawingStage.transforms }
      let made = measured(stage) { run(operation, input) }
      tables[index] = made.rowCount <= options.limits.rows ? made : tooManyRows(made.rowCount)
    }
    return tables[step] ?? DataTable()
  }

  /// The rows of a step that belong to a view's cell.
  func table(_ step: Int, in view: ViewScope) -> DataTable {
    let whole = table(step)
    guard !view.cell.isEmpty else { return whole }
    let fields = view.cell.map(\.field).filter { whole[$0.columnName] != nil || whole[$0.keys[0]] != nil }
    guard !fields.isEmpty else { return whole }
    let name = "\(step)/" + fields.map(\.text).joined(separator: "\u{1}")
    if partitions[name] == nil {
      let columns = fields.map { whole.values(at: $0) }
      var rows: [String: [Int]] = [:]
      for row in 0..<whole.rowCount {
        rows[columns.map { cellKey($0[row]) }.joined(separator: "\u{1}"), default: []].append(row)
      }
      partitions[name] = rows.mapValues { whole.selecting($0) }
    }
    let key = view.cell.filter { cell in fields.contains(cell.field) }.map { cellKey($0.value) }.joined(
      separator: "\u{1}")
    return partitions[name]?[key] ?? whole.selecting([])
  }

  func cellKey(_ value: Value) -> String { value.asString }

  private func run(_ operation: DataOperation, _ input: DataTable) -> DataTable {
    switch operation {
    case .source(let definition): return source(definition)
    case .parse(let fields): return parse(input, fields)
    case .filter(let expression):
      fitProjections(for: expression)
      let evaluator = RowEvaluator(expression, table: input, scope: scope())
      return input.selecting(evaluator.selectedRows(count: input.rowCount))
    case .calculate(let expression, let name):
      fitProjections(for: expression)
      var output = input
      output.set(name, RowEvaluator(expression, table: input, scope: scope()).column(rows: input.rowCount))
      return output
    case .aggregate(let fields, let groupBy): return aggregate(input, groupBy: groupBy, fields: fields)
    case .joinAggregate(let fields, let groupBy): return joinAggregate(input, groupBy: groupBy, fields: fields)
    case .bin(let step): return bin(input, step)
    case .timeUnit(let unit, let field, let names):
      return timeUnit(input, field: field, unit: unit, zone: options.zone, start: names[0], end: names[1])
    case .stack(let step): return stack(input, step)
    case .window(let definition): return window(input, definition)
    case .fold(let fields, _) where input.rowCount > options.limits.rows / max(1, fields.count):
      return tooManyRows(input.rowCount.multipliedReportingOverflow(by: fields.count).partialValue)
    case .fold(let fields, let names): return fold(input, fields: fields, names: names)
    case .flatten(let fields, let names, let index): return flatten(input, fields: fields, names: names, index: index)
    case .pivot(let field, let value, let groupBy, let operation, let limit):
      return pivot(input, field: field, value: value, groupBy: groupBy, operation: operation, limit: limit)
    case .lookup(let definition, let other): return lookup(input, in: table(other), definition)
    case .impute(let definition): return impute(input, definition)
    case .sample(let count): return sample(input, count: count)
    case .extent(let field, let signal):
      if let (low, high) = extent(input.values(at: field)) { signals[signal] = .array([.number(low), .number(high)]) }
      return input
    case .density(let values, let field, let groupBy, let names):
      return density(input, options: values, field: field, groupBy: groupBy, names: names)
    case .regression(let values, let field, let on, let groupBy, let names):
      return regression(input, options: values, field: field, on: on, groupBy: groupBy, names: names)
    case .loess(let bandwidth, let field, let on, let groupBy, let names):
      return loess(input, bandwidth: bandwidth, field: field, on: on, groupBy: groupBy, names: names)
    case .quantile(let field, let groupBy, let probabilities, let step, let names):
      return quantile(input, field: field, groupBy: groupBy, probabilities: probabilities, step: step, names: names)
    case .filterInvalid(let fields): return filterInvalid(input, fields)
    case .sortIndex(let field, let order, let name): return sortIndex(input, field, order, name)
    case .project(let longitude, let latitude, let names, let projection):
      return project(input, longitude: longitude, latitude: latitude, names: names, projection: projection)
    case .identity: return input
    }
  }

  /// An empty table in the place of one that is too long.
  private func tooManyRows(_ count: Int) -> DataTable {
    fail("chart.too-many-rows", "\(count) rows are more than the limit of \(options.limits.rows)")
    return DataTable()
  }

  // MARK: Sources

  private func source(_ definition: DataDefinition) -> DataTable {
    var table: DataTable
    switch definition.source {
    case .inline(let value): table = inline(value, definition.format)
    case .named(let name):
      guard let given = named[name] else {
        warn("chart.unknown-data", "no data named '\(name)'")
        return DataTable()
      }
      table = given
    case .url(let url):
      if let given = named[url] {
        table = given
      } else if let file = load(url) {
        table = read(file, format: formatType(definition.format, url: url), definition.format)
      } else {
        fail("chart.no-data", "cannot read '\(url)'")
        return DataTable()
      }
    case .sequence(let start, let stop, let step, let name):
      let count = step == 0 ? 0 : max(0, Int(limited: ((stop - start) / step).rounded(.up)))
      guard count <= options.limits.rows else {
        fail("chart.too-many-rows", "a sequence of \(count) numbers is more than \(options.limits.rows)")
        return DataTable()
      }
      table = DataTable([(name, .numbers((0..<count).map { start + Double($0) * step }))])
    case .null: table = DataTable()
    case .sphere: table = rows([sphereShape])
    case .graticule(let options): table = rows([graticule(options)])
    }
    if table.rowCount > options.limits.rows {
      return tooManyRows(table.rowCount)
    }
    if let parse = definition.format["parse"]?.objectValue {
      table = self.parse(
        table,
        parse.members.compactMap { member in
          // A nested field is read again where a channel asks for it; the object itself stays as it is.
          table[member.key] == nil
            ? nil : member.value.stringValue.map { ParsedField(field: FieldPath(column: member.key), kind: $0) }
        })
    }
    if table.origins == nil { table.origins = (0..<Int32(table.rowCount)).map { $0 } }
    return table
  }

  private func formatType(_ format: ValueObject, url: String) -> String {
    if let type = format["type"]?.stringValue { return type }
    let path = url.split(separator: "?").first.map(String.init) ?? url
    for type in ["csv", "tsv", "dsv", "topojson"] where path.hasSuffix("." + type) { return type }
    return "json"
  }

  private func inline(_ value: Value, _ format: ValueObject) -> DataTable {
    switch value {
    case .string(let text):
      return read(SourceFile(path: "values", text: text), format: format["type"]?.stringValue ?? "json", format)
    case .array(let values): return rows(values)
    case .object(let object):
      if format["type"]?.stringValue == "topojson" { return rows(features(Topology(value), format)) }
      if let property = format["property"]?.stringValue { return inline(value.path(property), ValueObject()) }
      return DataTable(rows: [object])
    default: return DataTable()
    }
  }

  /// Objects as rows, the elements of arrays under their numbers; anything else under the name `data`.
  private func rows(_ values: [Value]) -> DataTable {
    var objects: [ValueObject] = []
    objects.reserveCapacity(values.count)
    for value in values {
      switch value {
      case .object(let object): objects.append(object)
      case .array(let elements):
        objects.append(
          ValueObject(elements.enumerated().map { ValueObject.Member(key: String($0.offset), value: $0.element) }))
      default: objects.append(ValueObject(["data": value]))
      }
    }
    return DataTable(rows: objects)
  }

  private func read(_ file: SourceFile, format: String, _ definition: ValueObject) -> DataTable {
    switch format {
    case "csv": return separated(file, 0x2C)
    case "tsv": return separated(file, 0x09)
    case "dsv": return separated(file, definition["delimiter"]?.stringValue?.utf8.first ?? 0x2C)
    default:
      // Straight into columns; what is not well-formed is read again for its diagnostics.
      if format == "topojson" {
        if let topology = readTopology(file.bytes) { return rows(features(topology, definition)) }
      } else if let table = readJSONRows(file.bytes, mentioned) {
        return noting(table)
      } else if let value = readJSONValue(file.bytes) {
        return inline(value, definition)
      }
      let parsed = parseJSON(file)
      diagnostics += parsed.diagnostics.prefix(3)
      if format == "topojson" { return rows(features(Topology(Value(parsed.value)), definition)) }
      return inline(Value(parsed.value), definition)
    }
  }

  private func separated(_ file: SourceFile, _ separator: UInt8) -> DataTable {
    let parsed = parseCSV(file, separator: separator)
    // Rows of unequal length and names that stand twice are a fault, but not one that Vega would leave a chart undrawn for.
    diagnostics += parsed.diagnostics.filter { $0.severity == .error }.prefix(3).map { problem in
      var problem = problem
      if ["csv.ragged-row", "csv.duplicate-column"].contains(problem.code) { problem.severity = .warning }
      return problem
    }
    let csv = parsed.value
    // Of columns with one name the last counts, as in Vega.
    let read = csv.columns.indices.filter { column in
      (mentioned?.mayNeed(csv.columns[column]) ?? true) && csv.columns.lastIndex(of: csv.columns[column]) == column
    }
    // Text stays text, as in Vega, until a channel or the format's `parse` reads it.
    var table = DataTable(
      read.map { column in
        (csv.columns[column], .strings((0..<csv.rowCount).map { csv.text(row: $0, column: column) }))
      })
    guard read.count < csv.columns.count else { return table }
    // Rows are counted by columns, of which there may be none now.
    if read.isEmpty { table = DataTable(rowCount: csv.rowCount) }
    table.unread = UnreadColumns(Set(csv.columns).subtracting(read.map { csv.columns[$0] }))
    return noting(table)
  }

  /// Remembers what was not read of a table, to see in the end whether it was asked for.
  private func noting(_ table: DataTable) -> DataTable {
    if let columns = table.unread { unread.append(columns) }
    return table
  }

  // MARK: Parsing

  func parse(_ input: DataTable, _ fields: [ParsedField]) -> DataTable {
    var output = input
    for field in fields {
      let column = input.values(at: field.field)
      let kind = field.kind
      let result: Column
      if kind == "date" {
        result = dates(column)
      } else if kind.hasPrefix("date:") || kind.hasPrefix("utc:") {
        let isUTC = kind.hasPrefix("utc:")
        let pattern = kind.dropFirst(isUTC ? 4 : 5).filter { $0 != "'" && $0 != "\"" }
        let parser = TimeParser(String(pattern), locale: locale.time)
        result = Column(
          column.asValues.map { value in
            guard value.isPresent else { return .null }
            return parser(value.asString, in: isUTC ? .utc : options.zone).map { .date($0) } ?? .null
          })
      } else if kind == "number" {
        if case .numbers = column { continue }
        if case .strings(let texts) = column, !texts.contains("") {
          result = .numbers(texts.map(Value.parseNumber))
        } else {
          result = Column(column.asValues.map { $0.isPresent && $0 != .string("") ? .number($0.asNumber) : .null })
        }
      } else if kind == "boolean" {
        result = .values(column.asValues.map(\.vegaBoolean))
      } else if kind == "string" {
        if case .strings(let texts) = column, !texts.contains("") { continue }
        result = Column(column.asValues.map { text($0, in: options.zone) })
      } else {
        continue
      }
      output.set(field.field.columnName, result)
    }
    return output
  }

  /// `toString` of Vega: a missing value and an empty text are `null`.
  private func text(_ value: Value, in zone: TimeZoneRules) -> Value {
    value.isPresent && value != .string("") ? .string(value.javaScriptText(in: zone)) : .null
  }

  /// `toDate` of Vega: milliseconds, a number like any other. Missing values and empty text are `null`.
  private func dates(_ column: Column) -> Column {
    func time(_ text: String) -> Double { parseJavaScriptDate(text, in: options.zone) ?? .nan }
    switch column {
    case .numbers: return column
    case .dates(let values): return .numbers(values)
    case .strings(let values) where !values.contains(""): return .numbers(values.map(time))
    case .strings(let values): return .values(values.map { $0.isEmpty ? .null : .number(time($0)) })
    case .values(let values):
      return Column(
        values.map { value in
          switch value {
          case .date(let number), .number(let number): .number(number)
          case .string(let text): text.isEmpty ? .null : .number(time(text))
          default: .null
          }
        })
    }
  }

  // MARK: Steps with a little more to them

  private func bin(_ input: DataTable, _ step: BinStep) -> DataTable {
    let column = input.values(at: step.field)
    var range: (Double, Double)?
    if let list = step.parameters["extent"]?.arrayValue, list.count == 2 {
      range = (list[0].asNumber, list[1].asNumber)
    }
    if let expression = step.extentSignal, case .array(let list) = evaluate(expression, scope: scope()), list.count == 2
    {
      range = (list[0].asNumber, list[1].asNumber)
    }
    let span = binSpan(extent: range ?? extent(column) ?? (0, 0), parameters: step.parameters)
    bins[step.signal] = span
    var output = binned(input, field: step.field, span: span, start: step.start, end: step.end)
    if let label = step.label {
      let format = labelFormat(step.labelFormat)
      let (starts, ends) = (
        output.values(at: FieldPath(column: step.start)), output.values(at: FieldPath(column: step.end))
      )
      output.set(
        label,
        Column(
          (0..<output.rowCount).map { row in
            let start = starts[row]
            guard start.isValid, start.asNumber.isFinite else { return .string("null") }
            return .string("\(format(start.asNumber)) – \(format(ends[row].asNumber))")
          }))
    }
    return output
  }

  private func labelFormat(_ format: Value?) -> (Double) -> String {
    let text = format?.stringValue ?? ""
    guard let format = NumberFormat(text, locale: locale.number) ?? NumberFormat("", locale: locale.number) else {
      return { Value.format($0) }
    }
    return { format($0) }
  }

  private func stack(_ input: DataTable, _ step: StackStep) -> DataTable {
    var table = input
    if let key = step.imputeKey {
      table = impute(
        input,
        ImputeDefinition(
          field: step.field, key: key, groupBy: step.imputeGroupBy, method: "value", value: .number(0), keyValues: [],
          frame: nil))
    }
    return VegaRuntime.stack(
      table, groupBy: step.groupBy, field: step.field, sort: step.sort, offset: step.offset, start: step.names[0],
      end: step.names[1])
  }

  private func filterInvalid(_ input: DataTable, _ fields: [FieldPath]) -> DataTable {
    var keep = [Bool](repeating: true, count: input.rowCount)
    var dropped = false
    for field in fields {
      switch input.values(at: field) {
      case .numbers(let values), .dates(let values):
        for row in values.indices where !values[row].isFinite {
          keep[row] = false
          dropped = true
        }
      case .strings(let values):
        for row in values.indices where !Value.parseNumber(values[row]).isFinite {
          keep[row] = false
          dropped = true
        }
      case .values(let values):
        for row in values.indices where !values[row].isPresent || !values[row].asNumber.isFinite {
          keep[row] = false
          dropped = true
        }
      }
    }
    return dropped ? input.selecting(keep.indices.filter { keep[$0] }) : input
  }

  private func sortIndex(_ input: DataTable, _ field: FieldPath, _ order: [Value], _ name: String) -> DataTable {
    var output = input
    let column = input.values(at: field)
    let scope = self.scope()
    _ = scope
    output.set(
      name,
      .numbers(
        (0..<input.rowCount).map { row in
          let value = column[row]
          return Double(order.firstIndex { sameCategory($0, value, field) } ?? order.count)
        }))
    return output
  }

  /// Whether a value of a list in a spec means a value of the data: months and weekdays may be named.
  private func sameCategory(_ listed: Value, _ value: Value, _ field: FieldPath) -> Bool {
    if case .date(let time) = value {
      let civil = CivilTime(time, in: options.zone)
      if case .string(let text) = listed {
        let prefix = text.lowercased()
        if field.text.hasPrefix("day_") || field.text.hasPrefix("utcday_") {
          return dayNames.firstIndex { prefix.hasPrefix($0) } == civil.weekday
        }
        return monthNames.firstIndex { prefix.hasPrefix($0) } == civil.month
      }
      if case .object(let parts) = listed { return isPart(civil, parts) }
      if case .number(let number) = listed {
        return number == time || Int(limited: number) == civil.month + 1 && field.text.contains("month")
      }
    }
    return listed.strictlyEquals(value) || listed.asString == value.asString && listed.numberValue == nil
  }

  /// Whether a time has all the parts that a date of a spec names: `{"month": "dec"}`.
  private func isPart(_ civil: CivilTime, _ parts: ValueObject) -> Bool {
    func index(_ value: Value, _ names: [String], from first: Int) -> Int? {
      if let text = value.stringValue?.lowercased() { return names.firstIndex { text.hasPrefix($0) } }
      return value.numberValue.map { Int(limited: $0) - first }
    }
    return parts.members.allSatisfy { member in
      switch member.key {
      case "year": index(member.value, [], from: 0) == civil.year
      case "quarter": index(member.value, [], from: 1) == civil.month / 3
      case "month": index(member.value, monthNames, from: 1) == civil.month
      case "date": index(member.value, [], from: 0) == civil.day
      case "day": index(member.value, dayNames, from: 0).map { $0 % 7 } == civil.weekday
      case "hours": index(member.value, [], from: 0) == civil.hour
      case "minutes": index(member.value, [], from: 0) == civil.minute
      case "seconds": index(member.value, [], from: 0) == civil.second
      default: true
      }
    }
  }

  private var monthNames: [String] {
    "jan feb mar apr may jun jul aug sep oct nov dec".split(separator: " ").map(String.init)
  }
  private var dayNames: [String] { "sun mon tue wed thu fri sat".split(separator: " ").map(String.init) }

  /// Least and greatest number of a column; `nil` without any.
  func extent(_ column: Column) -> (Double, Double)? {
    var low = Double.infinity
    var high = -Double.infinity
    switch column {
    case .numbers(let values), .dates(let values):
      for value in values where !value.isNaN {
        if value < low { low = value }
        if value > high { high = value }
      }
    case .strings(let values):
      for text in values where !text.isEmpty {
        let value = Value.parseNumber(text)
        if value < low { low = value }
        if value > high { high = value }
      }
    case .values(let values):
      for value in values where value.isPresent && value != .string("") {
        let number = value.asNumber
        if number < low { low = number }
        if number > high { high = number }
      }
    }
    return low <= high ? (low, high) : nil
  }
}

extension Value {
  /// The value at `a.b` within.
  func path(_ text: String) -> Value {
    var value = self
    for key in FieldPath(text).keys { value = value.member(key) }
    return value
  }
}

extension String {
  /// With the minus sign that charts print.
  func replacingMinus() -> String { hasPrefix("-") ? "\u{2212}" + dropFirst() : self }
}
