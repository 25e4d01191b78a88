internal import AlmanacCore
internal import VegaLite

/// What a picture says in words and in a table, for readers who do not see it.
extension ChartRun {
  func describe() -> (title: String, description: String, table: ChartTable) {
    let words = DescriptionWords(isChinese: options.language.isChinese)
    guard let (mark, group, facets) = mainMark(plan.root, facets: []), let step = mark.data else {
      let title = plan.root.title?.lines.joined(separator: " ") ?? plan.description ?? words.chart
      return (title, plan.description ?? title, ChartTable())
    }
    let table = self.table(step)
    var fields = facets
    for field in mark.described where !fields.contains(where: { $0.field == field.field }) { fields.append(field) }
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
    let own = (group.title ?? plan.root.title)?.lines.joined(separator: words.isChinese ? "" : " ")
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
      var names: [String] = []
      for row in 0..<column.count {
        let name = column[row].isPresent ? column[row].asString : ""
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
              title: header.title ?? field.text, field: field, channel: .facet, type: .nominal, format: header.format))
        }
      }
      return mainMark(cell, facets: all)
    }
    for child in group.children { if let found = mainMark(child, facets: facets) { return found } }
    return nil
  }

  private func chartTable(_ fields: [DescribedField], _ table: DataTable) -> ChartTable {
    var result = ChartTable(columns: fields.map(\.title))
    let columns = fields.map { field in
      (table.values(at: field.field), ValuePrinter(run: self, format: field.format), field)
    }
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
          if case .number(let number) = value, !entry.1.writesTimes {
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
    let printer = ValuePrinter(run: self, format: measure.format)
    func at(_ row: Int) -> String? {
      guard let dimension else { return nil }
      let value = table.values(at: dimension.field)[row]
      if case .bin(let end, _) = dimension.format.kind {
        return ValuePrinter(run: self, format: dimension.format).range(value, table.values(at: end)[row])
      }
      return value.isValid ? ValuePrinter(run: self, format: dimension.format).string(value) : nil
    }
    return words.range(
      measure.title, low: (printer.string(column[low]), at(low)), high: (printer.string(column[high]), at(high)))
  }
}
