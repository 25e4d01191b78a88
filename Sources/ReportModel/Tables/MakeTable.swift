package import AlmanacCore
package import Datasets
private import Localization

/// Fills a table with the rows of a query, in the language of an edition.
///
/// Diagnoses `table.unknown-column`, `table.unknown-unit`, `table.unknown-name`, `table.unknown-row`, `table.not-a-number`,
/// `table.split-span` and `table.empty`.
/// - Parameters:
///   - result: the query's rows; its column `fact` is provenance and not shown.
///   - data: for names, units and the digits that sources printed.
package func makeTable(
  _ specification: TableSpecification, from result: QueryResult, data: ReportData, language: LanguageTag
) -> Diagnosed<TableModel> {
  var maker = TableMaker(specification, result, data, language)
  let table = maker.make()
  return Diagnosed(table, maker.diagnostics)
}

private struct TableMaker {
  let specification: TableSpecification
  let result: QueryResult
  let data: ReportData
  let language: LanguageTag
  var diagnostics: [Diagnostic] = []
  private let collation: Collation
  /// The columns shown, and where each stands in the result.
  private var columns: [(specification: TableSpecification.Column, source: QueryColumn)] = []
  private var table = TableModel()
  private var headerIndex: Int?
  /// Keys without a name, each told once, and the first twenty are enough.
  private var unnamed: [String] = []

  init(
    _ specification: TableSpecification, _ result: QueryResult, _ data: ReportData, _ language: LanguageTag
  ) {
    self.specification = specification
    self.result = result
    self.data = data
    self.language = language
    collation = Collation(language)
  }

  mutating func make() -> TableModel {
    chooseColumns()
    if result.rowCount == 0 { diagnostics.append(.tableEmpty(at: specification.span)) }
    let order = sortedRows()
    var cells = columns.indices.map { makeColumn($0) }
    addNotes(to: &cells, order: order)
    makeSpans()
    makeGroups(cells, order: order)
    highlightRows()
    return table
  }

  // MARK: Columns

  private var names: [String] { result.columns.map(\.name).filter { $0 != "fact" } }

  private mutating func source(_ field: TableSpecification.Field) -> QueryColumn? {
    if let column = result.column(named: field.name) { return column }
    diagnostics.append(.tableUnknownColumn(field, among: names))
    return nil
  }

  private mutating func chooseColumns() {
    var wanted = specification.columns
    if wanted.isEmpty { wanted = names.map { .init(field: .init(name: $0, span: specification.span)) } }
    for column in wanted where column.field.name != specification.groupBy?.name {
      if let comparison = column.comparison {
        if let first = source(comparison.first), let second = source(comparison.second) {
          columns.append((column, comparison.column(named: column.field.name, first, second)))
        }
      } else if let source = source(column.field) {
        columns.append((column, source))
      }
    }
    let wantedHeader = specification.rowHeader
    headerIndex = wantedHeader.flatMap { wanted in columns.firstIndex { $0.specification.field.name == wanted.name } }
    if let wantedHeader, headerIndex == nil {
      diagnostics.append(.tableUnknownColumn(wantedHeader, among: columns.map(\.specification.field.name)))
    } else if wantedHeader == nil, let first = columns.first, !first.source.values.contains(where: \.isNumber) {
      headerIndex = 0
    }
  }

  /// Makes a column of the head and returns its cells, in the order of the query.
  private mutating func makeColumn(_ index: Int) -> [TableModel.Cell] {
    let (column, source) = columns[index]
    let title =
      column.title?[language] ?? data.title(of: source, in: language)
      ?? source.name.split(separator: "_").joined(separator: " ")
    var head = TableModel.Column(
      title: title, unit: nil, alignment: .start, isRowHeader: index == headerIndex, isNumeric: false)
    let cells: [TableModel.Cell]
    if column.isSparkline {
      cells = source.values.map(sparklineCell)
    } else if isNumeric(index) {
      head.isNumeric = true
      cells = numberCells(index, head: &head)
    } else {
      cells = source.values.map { textCell($0, column: column) }
    }
    switch column.alignment {
    case .left: head.alignment = .start
    case .right: head.alignment = .end
    case .center: head.alignment = .center
    case .decimal, nil: break
    }
    if let note = column.note?[language] { head.note = mark(note) }
    table.columns.append(head)
    return cells
  }

  /// A column whose values are numbers; text in one that must be numbers is diagnosed.
  private mutating func isNumeric(_ index: Int) -> Bool {
    let (column, source) = columns[index]
    let mustBe =
      column.comparison != nil || column.unit != nil || column.bar != nil || column.heat != nil
      || column.format != .auto
      || specification.totals.contains {
        $0.summaries.contains { $0.field.name == source.name && $0.summary != .count }
      }
    let text = source.values.enumerated().first { $0.element.text != nil }
    if mustBe, let text, let word = text.element.text {
      diagnostics.append(.tableNotANumber(word, column: source.name, row: text.offset + 1, at: column.field.span))
    }
    return text == nil && source.values.contains(where: \.isNumber)
  }

  private mutating func numberCells(_ index: Int, head: inout TableModel.Column) -> [TableModel.Cell] {
    let (column, source) = columns[index]
    var unit: MeasureUnit?
    if let field = column.unit {
      unit = data.names.measure(field.name)
      if unit == nil { diagnostics.append(.tableUnknownUnit(field, among: data.names.unitKeys)) }
    } else if let key = source.unit {
      unit = data.names.measure(key)
    }
    let facts = result.facts.map { ids in ids.compactMap { data.ledger[$0] } }
    let isFromLedger = source.isFactValue || !result.columns.contains { $0.isFactValue }
    // Rows of one unit share it; rows of several bring their own.
    let rowUnits = source.isFactValue ? facts.map { $0.first?.measure } : []
    if let field = column.unit, let named = unit {
      // What a query computes has no unit of its own, and the author names it.
      let own = rowUnits.compactMap { $0 } + [source.unit.flatMap(data.names.measure)].compactMap { $0 }
      if let other = own.first(where: { $0.factor(to: named) != 1 }) {
        diagnostics.append(.tableWrongUnit(field, own: other.key))
      }
    }
    if unit == nil, let first = rowUnits.first, rowUnits.allSatisfy({ $0 == first }) { unit = first }
    let numbers = source.values.compactMap(\.number)
    let format = ColumnFormat(
      column, values: numbers, unit: unit, hasRowUnits: unit == nil && !rowUnits.isEmpty, language: language)
    // A column head.titled 美元 need not say 美元 again.
    head.unit = format.headUnit == head.title ? nil : format.headUnit
    var cells = source.values.enumerated().map { row, value in
      guard let number = value.number else { return TableModel.Cell(text: "", isMissing: true) }
      let own = row < facts.count && isFromLedger ? facts[row] : []
      // The digits printed are those of the value itself, not of what a query made of it.
      let fact = own.count == 1 && own[0].value == number ? own[0] : nil
      let digits = fact?.quantity?.significantDigits
      var cell = TableModel.Cell(
        text: format.text(number, digits: digits, rowUnit: rowUnits.isEmpty ? nil : rowUnits[row]), value: number)
      cell.facts = own.map(\.id)
      cell.kind = own.map(\.kind).first { $0 != .observed }?.rawValue
      if let comparison = column.comparison {
        cell.lead = comparison.color(of: number)?.rawValue
        if comparison.operation == .difference, number > 0 { cell.text = "+" + cell.text }
      }
      return cell
    }
    head.alignment = .end
    let decimals = cells.map { $0.isMissing ? 0 : visibleDecimals($0.text) }
    if column.alignment == .decimal || column.alignment == nil, format.isDigitsOnly, !decimals.contains(nil) {
      let most = decimals.compactMap { $0 }.max() ?? 0
      if most > 0 {
        head.alignment = .decimal
        for row in cells.indices where !cells[row].isMissing {
          let own = decimals[row] ?? 0
          cells[row].padding = (own == 0 ? "." : "") + String(repeating: "0", count: most - own)
        }
      }
    }
    decorate(&cells, column: column, numbers: numbers)
    addTotals(index, head: head, format: format, numbers: numbers)
    return cells
  }

  // MARK: Cells

  private mutating func textCell(_ value: QueryValue, column: TableSpecification.Column) -> TableModel.Cell {
    guard var text = value.text ?? value.number.map(javaScriptString), !text.isEmpty else {
      return TableModel.Cell(text: "", isMissing: true)
    }
    if column.showsNames {
      if let name = data.names.name(of: text, in: language) {
        text = name
      } else if unnamed.count < 20, !unnamed.contains(text) {
        unnamed.append(text)
        diagnostics.append(
          .tableUnknownName(text, column: column.field.name, among: data.names.keys, at: column.field.span))
      }
    }
    return TableModel.Cell(text: text)
  }

  private func sparklineCell(_ value: QueryValue) -> TableModel.Cell {
    guard let text = value.text ?? value.number.map(javaScriptString) else {
      return TableModel.Cell(text: "", isMissing: true)
    }
    let numbers = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" }.prefix(500).map {
      Double($0.filter { !$0.isWhitespace }).flatMap { $0.isFinite ? $0 : nil }
    }
    guard numbers.contains(where: { $0 != nil }) else { return TableModel.Cell(text: "", isMissing: true) }
    return TableModel.Cell(text: "", value: numbers.last { $0 != nil } ?? nil, sparkline: numbers)
  }

  /// Adds heat and bars.
  private func decorate(
    _ cells: inout [TableModel.Cell], column: TableSpecification.Column, numbers: [Double]
  ) {
    guard let lowest = numbers.min(), let highest = numbers.max() else { return }
    let floor = min(0, lowest)
    let ceiling = max(column.bar?.maximum ?? 0, highest, 0)
    let reach = max(abs(lowest), abs(highest))
    for index in cells.indices {
      guard let value = cells[index].value else { continue }
      let part = (value - lowest) / (highest - lowest)
      if column.heat == .sequential, part.isFinite {
        cells[index].heat = 1 + min(8, Int(part * 9))
      } else if column.heat == .diverging, reach > 0 {
        cells[index].heat = 5 + Int((value / reach * 4).rounded())
        cells[index].isDiverging = true
      }
      if let bar = column.bar, ceiling > floor, (ceiling - floor).isFinite {
        let start = (min(0, value) - floor) / (ceiling - floor)
        cells[index].bar = .init(
          start: start, length: abs(value) / (ceiling - floor), color: bar.color?.rawValue)
      }
    }
  }

  // MARK: Totals, notes, spans

  private mutating func addTotals(
    _ index: Int, head: TableModel.Column, format: ColumnFormat, numbers: [Double]
  ) {
    let name = columns[index].source.name
    for (row, total) in specification.totals.enumerated() {
      guard let item = total.summaries.first(where: { $0.field.name == name }) else { continue }
      makeTotalRow(row)
      let value: Double
      switch item.summary {
      case .sum: value = numbers.reduce(0, +)
      case .mean: value = numbers.isEmpty ? 0 : numbers.reduce(0, +) / Double(numbers.count)
      case .min: value = numbers.min() ?? 0
      case .max: value = numbers.max() ?? 0
      case .count: value = Double(numbers.count)
      }
      // Sums of decimals are rounded to where their parts end: 0.1 + 0.2 is 0.3.
      let last = numbers.map { DecimalNumber($0) }.filter { !$0.isZero }.map(\.power).min() ?? 0
      let exact = item.summary == .sum ? DecimalNumber(value).rounded(toPower: last).doubleValue : value
      var text = item.summary == .count ? "\(Int(exact))" : format.text(exact, digits: nil, rowUnit: nil)
      if numbers.isEmpty { text = "" }
      table.totals[row].cells[index] = TableModel.Cell(
        text: text, isMissing: numbers.isEmpty, value: numbers.isEmpty ? nil : exact)
    }
  }

  private mutating func makeTotalRow(_ row: Int) {
    while table.totals.count <= row {
      table.totals.append(.init(cells: columns.map { _ in TableModel.Cell(text: "") }))
    }
  }

  private mutating func mark(_ note: String) -> Int {
    if let known = table.markedNotes.firstIndex(of: note) { return known }
    table.markedNotes.append(note)
    return table.markedNotes.count - 1
  }

  private mutating func addNotes(to cells: inout [[TableModel.Cell]], order: [Int]) {
    for note in specification.notes {
      let text = note.text[language]
      guard let field = note.field ?? note.row else {
        table.notes.append(text)
        continue
      }
      var column = headerIndex
      if note.field != nil {
        column = columns.firstIndex { $0.specification.field.name == field.name }
        if column == nil {
          diagnostics.append(.tableUnknownColumn(field, among: columns.map(\.specification.field.name)))
        }
      }
      guard let column else { continue }
      guard let row = note.row else {
        table.columns[column].note = mark(text)
        continue
      }
      // A row is meant by the key in the data or by the name that readers see.
      let headers =
        headerIndex.map { columns[$0].source.values.map { $0.text ?? $0.number.map(javaScriptString) ?? "" } } ?? []
      let found =
        headers.firstIndex(of: row.name) ?? headerIndex.flatMap { cells[$0].firstIndex { $0.text == row.name } }
      guard let found else {
        diagnostics.append(.tableUnknownRow(row, among: headers))
        continue
      }
      cells[column][found].note = mark(text)
    }
  }

  private mutating func makeSpans() {
    guard !specification.spans.isEmpty else { return }
    var owner = [Int?](repeating: nil, count: columns.count)
    for (number, span) in specification.spans.enumerated() {
      for field in span.fields {
        guard let index = columns.firstIndex(where: { $0.specification.field.name == field.name }) else {
          diagnostics.append(.tableUnknownColumn(field, among: columns.map(\.specification.field.name)))
          continue
        }
        let isApart =
          owner[index] != nil
          || owner.contains(number) && !(index > 0 && owner[index - 1] == number)
            && !(index + 1 < owner.count && owner[index + 1] == number)
        if isApart {
          diagnostics.append(.tableSplitSpan(field.name, at: field.span))
        } else {
          owner[index] = number
        }
      }
    }
    var start = 0
    while start < owner.count {
      var end = start + 1
      while end < owner.count, owner[end] == owner[start] { end += 1 }
      let title = owner[start].map { specification.spans[$0].title[language] }
      table.spans.append(.init(title: title, columnCount: end - start))
      start = end
    }
  }

  // MARK: Rows

  /// A row is meant by the key in the data or by the name that readers see.
  private mutating func highlightRows() {
    guard !specification.highlights.isEmpty else { return }
    guard let header = headerIndex else {
      for item in specification.highlights { diagnostics.append(.tableUnknownRow(item.row, among: [])) }
      return
    }
    let keys = columns[header].source.values.map { $0.text ?? $0.number.map(javaScriptString) ?? "" }
    for item in specification.highlights {
      let name =
        keys.contains(item.row.name) && columns[header].specification.showsNames
        ? data.names.name(of: item.row.name, in: language) ?? item.row.name : item.row.name
      var isFound = false
      for group in table.groups.indices {
        for row in table.groups[group].rows.indices where table.groups[group].rows[row].cells[header].text == name {
          table.groups[group].rows[row].isHighlighted = true
          table.groups[group].rows[row].color = item.color?.rawValue
          isFound = true
        }
      }
      if !isFound { diagnostics.append(.tableUnknownRow(item.row, among: keys)) }
    }
  }

  private mutating func sortedRows() -> [Int] {
    var rows = Array(0..<result.rowCount)
    for key in specification.sort.reversed() {
      guard let source = source(key.field) else { continue }
      let keys = source.values.map { value in value.text.map { collation.key($0) } }
      let values = source.values
      // Stable, with missing values last either way.
      let sorted = rows.enumerated().sorted { left, right in
        let (a, b) = (left.element, right.element)
        if values[a] == .null || values[b] == .null {
          return values[a] == values[b] ? left.offset < right.offset : values[b] == .null
        }
        if let first = values[a].number, let second = values[b].number {
          return first == second ? left.offset < right.offset : (first < second) != key.isDescending
        }
        if let first = keys[a], let second = keys[b] {
          return first == second ? left.offset < right.offset : (first < second) != key.isDescending
        }
        return values[a].isNumber
      }
      rows = sorted.map(\.element)
    }
    return rows
  }

  private mutating func makeGroups(_ cells: [[TableModel.Cell]], order: [Int]) {
    func row(_ index: Int) -> TableModel.Row { .init(cells: cells.map { $0[index] }) }
    for (index, total) in specification.totals.enumerated() {
      makeTotalRow(index)
      for item in total.summaries where !columns.contains(where: { $0.source.name == item.field.name }) {
        diagnostics.append(.tableUnknownColumn(item.field, among: columns.map(\.source.name)))
      }
      guard let place = headerIndex ?? (columns.isEmpty ? nil : 0) else { continue }
      table.totals[index].cells[place] = TableModel.Cell(text: total.label[language])
    }
    guard let field = specification.groupBy, let source = source(field) else {
      table.groups = [.init(title: nil, rows: order.map(row))]
      return
    }
    let column = specification.columns.first { $0.field.name == field.name } ?? .init(field: field)
    var places: [String: Int] = [:]
    for index in order {
      let title = textCell(source.values[index], column: column).text
      if let place = places[title] {
        table.groups[place].rows.append(row(index))
      } else {
        places[title] = table.groups.count
        table.groups.append(.init(title: title, rows: [row(index)]))
      }
    }
  }
}

extension QueryValue {
  /// A finite number; what is infinite has no place in a table.
  fileprivate var number: Double? {
    if case .number(let number) = self, number.isFinite { number } else { nil }
  }

  fileprivate var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  fileprivate var isNumber: Bool { number != nil }
}
