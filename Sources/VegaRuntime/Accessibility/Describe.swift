internal import AlmanacCore
internal import Localization
internal import VegaLite

/// What a picture says in words and in a table, for readers who do not see it.
extension ChartRun {
  func describe() -> (title: String, description: String, table: ChartTable) {
    let words = DescriptionWords(isChinese: options.language.isChinese)
    let parts = plan.root.children.compactMap { child in child.title.flatMap { title in titled(child, title, words) } }
    if parts.count > 1, parts.count == plan.root.children.count {
      let own = plan.root.title?.lines.joined(separator: words.isChinese ? "" : " ")
      let sentences = parts.map { words.part($0.title, $0.description) }
      return (
        own ?? plan.description ?? words.chart, sentences.joined(separator: words.isChinese ? "" : " "),
        joined(parts.map { ($0.title, $0.table) }, words)
      )
    }
    return describe(plan.root, words)
  }

  /// Plots beside each other that have a title each are described one by one.
  private func titled(
    _ child: GroupPlan, _ title: TitlePlan, _ words: DescriptionWords
  ) -> (title: String, description: String, table: ChartTable) {
    let described = describe(child, words)
    let own = title.lines.joined(separator: words.isChinese ? "" : " ")
    return (own, described.description, described.table)
  }

  /// The tables of plots one below the other, with a first column that says which plot a row is of.
  private func joined(_ parts: [(title: String, table: ChartTable)], _ words: DescriptionWords) -> ChartTable {
    var columns: [String] = []
    for name in parts.flatMap(\.table.columns) where !columns.contains(name) { columns.append(name) }
    var whole = ChartTable(columns: [words.partColumn] + columns)
    for (title, table) in parts {
      let places = columns.map { table.columns.firstIndex(of: $0) }
      func row(_ cells: [String]) -> [String] { [title] + places.map { $0.map { cells[$0] } ?? "" } }
      whole.rows += table.rows.map(row)
      whole.plainRows += table.plainRows.map(row)
      whole.origins += table.origins
    }
    return whole
  }

  private func describe(
    _ root: GroupPlan, _ words: DescriptionWords
  ) -> (title: String, description: String, table: ChartTable) {
    guard let (mark, group, facets) = mainMark(root, facets: []), let step = mark.data else {
      let title = root.title?.lines.joined(separator: " ") ?? plan.description ?? words.chart
      return (title, plan.description ?? title, ChartTable())
    }
    let table = self.table(step)
    var fields = facets
    for field in mark.described where !fields.contains(where: { $0.field == field.field }) { fields.append(field) }
    for index in fields.indices { fields[index].title = words.title(fields[index].title) }
    var chart = ChartTable()
    if options.printsTable {
      chart = chartTable(fields, table)
      addForecasts(to: &chart, table, words)
    }
    let measure =
      fields.first { $0.type == .quantitative && ($0.channel == .y || $0.channel == .theta) }
      ?? fields.first { $0.type == .quantitative }
    let dimension =
      fields.first { $0.field != measure?.field && ($0.channel == .x || $0.channel == .y) }
      ?? fields.first { $0.field != measure?.field }
    let kind = words.kind(mark.source)
    let own = (group.title ?? root.title)?.lines.joined(separator: words.isChinese ? "" : " ")
    let derived = words.subject(kind, measure: measure?.title, dimension: dimension?.title)
    var sentences = [derived]
    if let measure, let sentence = extremes(measure, dimension, table, words) { sentences.append(sentence) }
    if let series = fields.first(where: {
      ($0.channel.isColor || $0.channel == .strokeDash || $0.channel == .shape) && $0.type != .quantitative
        && $0.type != .temporal
    }),
      series.field != dimension?.field
    {
      let column = table.values(at: series.field)
      let printer = DescribedPrinter(run: self, field: series)
      var names: [String] = []
      for row in 0..<column.count {
        let name = column[row].isPresent ? printer.name(column[row]) : ""
        if !name.isEmpty, !names.contains(name) { names.append(name) }
        if names.count > 12 { break }
      }
      if names.count > 1 { sentences.append(words.series(series.title, names)) }
    }
    sentences += forecastSentences(table, dimension, words)
    if let description = plan.description, description != own { sentences.insert(description, at: 0) }
    return (own ?? plan.description ?? derived, sentences.joined(separator: words.isChinese ? "" : " "), chart)
  }

  /// The mark that shows most: the one with the most fields in the first plot that has one.
  private func mainMark(_ group: GroupPlan, facets: [DescribedField]) -> (MarkPlan, GroupPlan, [DescribedField])? {
    if let best = group.marks.filter({ $0.data != nil && !$0.described.isEmpty }).enumerated().max(by: {
      ($0.element.described.count, -$0.offset) < ($1.element.described.count, -$1.offset)
    }) {
      return (best.element, group, facets)
    }
    if let facet = group.facet, let cell = facet.cell.first {
      var all = facets
      for (field, header) in [
        (facet.rowField, facet.rowHeader), (facet.columnField, facet.columnHeader),
        (facet.facetField, facet.facetHeader),
      ] {
        if let field, let header {
          all.append(
            DescribedField(
              title: header.fieldTitle, field: field, channel: .facet, type: .nominal, format: header.format))
        }
      }
      return mainMark(cell, facets: all)
    }
    for child in group.children { if let found = mainMark(child, facets: facets) { return found } }
    return nil
  }

  private func chartTable(_ fields: [DescribedField], _ table: DataTable) -> ChartTable {
    var result = ChartTable(columns: fields.map(\.title))
    let columns = fields.map { (table.values(at: $0.field), DescribedPrinter(run: self, field: $0)) }
    let ends = fields.map { field -> Column? in
      if case .bin(let end, _) = field.format.kind { table.values(at: end) } else { nil }
    }
    result.rows.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      var cells: [String] = []
      var plain: [String] = []
      for (index, entry) in columns.enumerated() {
        let value = entry.0[row]
        if !value.isValid {
          cells.append("")
          plain.append("")
        } else if let end = ends[index] {
          cells.append(entry.1.range(value, end[row]))
          plain.append(cells[index])
        } else {
          cells.append(entry.1.string(value))
          if case .number(let number) = value, entry.1.writesNumbers {
            plain.append(Value.format(number))
          } else {
            plain.append(cells[index])
          }
        }
      }
      result.rows.append(cells)
      result.plainRows.append(plain)
      result.origins.append(table.origins.map { $0[row] } ?? -1)
    }
    return result
  }

  /// "Users ranges from 1 (2010) to 5 (2020)."
  private func extremes(
    _ measure: DescribedField, _ dimension: DescribedField?, _ table: DataTable, _ words: DescriptionWords
  ) -> String? {
    let column = table.values(at: measure.field)
    var low: Int?
    var high: Int?
    for row in 0..<column.count {
      guard column[row].isValid else { continue }
      let number = column.number(row)
      guard number.isFinite else { continue }
      if low == nil || number < column.number(low!) { low = row }
      if high == nil || number > column.number(high!) { high = row }
    }
    guard let low, let high, column.number(low) != column.number(high) else { return nil }
    let printer = DescribedPrinter(run: self, field: measure)
    func at(_ row: Int) -> String? {
      guard let dimension else { return nil }
      let value = table.values(at: dimension.field)[row]
      let printer = DescribedPrinter(run: self, field: dimension)
      if case .bin(let end, _) = dimension.format.kind { return printer.range(value, table.values(at: end)[row]) }
      return value.isValid ? printer.string(value) : nil
    }
    return words.range(
      measure.title, low: (printer.string(column[low]), at(low)), high: (printer.string(column[high]), at(high)))
  }
}

/// Writes a field's values as readers see them on the axis or in the legend.
private struct DescribedPrinter {
  private let printer: ValuePrinter
  /// What the guide makes of a value and its text.
  private let label: CompiledExpression?
  /// For numbers from a million upwards that nobody gave a format.
  private let largeNumbers: AxisNumberFormat?

  init(run: ChartRun, field: DescribedField) {
    printer = ValuePrinter(run: run, format: field.format)
    label = field.labelExpression.map { CompiledExpression($0, scope: run.scope()) }
    let hasFormat =
      switch field.format.kind {
      case .automatic, .number(nil): false
      default: true
      }
    largeNumbers = field.spellsLargeNumbers && !hasFormat ? AxisNumberFormat(language: run.options.language) : nil
  }

  /// Whether a number is written as one.
  var writesNumbers: Bool { !printer.writesTimes && label == nil }

  func string(_ value: Value) -> String {
    if let largeNumbers, case .number(let number) = value, number.magnitude >= 1e6 { return largeNumbers(number) }
    return relabelled(printer.string(value), value)
  }

  /// The name of a category: a number that stands for one is not written by the format of numbers.
  func name(_ value: Value) -> String { relabelled(value.asString, value) }

  func range(_ low: Value, _ high: Value) -> String { printer.range(low, high) }

  /// Labels that a guide leaves out for want of room are no names: then the text stays.
  private func relabelled(_ text: String, _ value: Value) -> String {
    guard let label else { return text }
    let result = label(.object(ValueObject(["label": .string(text), "value": value, "index": .number(0)])))
    let shown = result.isPresent ? result.asString : ""
    return shown.isEmpty ? text : shown
  }
}
