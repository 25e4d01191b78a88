internal import Localization
private import Markup
package import ReportModel

/// What a table on a page needs besides its contents.
package struct TableFrame: Sendable {
  /// The table's anchor, from which notes take theirs: `tbl-prices`.
  package var id: String
  /// "Table 2"; names the region that scrolls.
  package var label: String
  /// The element that holds the caption; preferred to the label when there is one.
  package var labelledBy: String?
  /// Uses `showAllRows`, `filterRows`, `scrollTable`, `sortBy`, `noValue` and `missingValue`.
  package var words: PageWords
  /// Where the card of a fact stands.
  package var factHref: @Sendable (String) -> String?
  /// Writes an author's text, such as a title or note, as markup.
  package var inlineMarkup: @Sendable (String) -> [UInt8]

  package init(
    id: String, label: String, labelledBy: String? = nil, words: PageWords,
    factHref: @escaping @Sendable (String) -> String? = { _ in nil },
    inlineMarkup: @escaping @Sendable (String) -> [UInt8] = { text in
      var writer = MarkupWriter()
      writer.text(text)
      return writer.bytes
    }
  ) {
    self.id = id
    self.label = label
    self.labelledBy = labelledBy
    self.words = words
    self.factHref = factHref
    self.inlineMarkup = inlineMarkup
  }
}

/// Writes a table in the region in which it scrolls, and its notes below.
///
/// Classes, which the style sheet knows (Templates/README.md lists them):
/// - `table.data`, with `sortable` when a script may add sort buttons; `th[data-sort-label]`, `td[data-value]` serve them.
/// - `th`, `td`: `num`, `dec`, `center` by alignment; `row-head` heads a row; `span` heads several columns.
/// - `td.lead-china`, `td.lead-us`: who is ahead in a comparison; `tr.highlight` (`row-china`, `row-us`) stands out.
/// - `div.table-long` around a table of more than 30 rows: its region is as high as a screen and its head stays in sight;
///   `input.table-all` shows all rows, without a script; `data-filter-label` lets a script add a filter.
/// - `stacks` on a table that a phone shows row by row, see `StackedTable`.
/// - `tr.group` with the title of a group, in a `tbody` of its own; `tr.total` in the `tfoot`.
/// - `td.missing` holds the sign for no value, which assistive technology reads as words.
/// - `td.heat-1…9`, `td.heat-d1…d9`, `td.bar-cell` (`bar-china`, `bar-us`), `td.spark-cell`.
/// - `sup.cell-note` leads to `ol.table-notes`; `p.table-note` are remarks without marks.
/// - `span.pad` aligns decimals: invisible digits that are not read, not found and not copied.
/// - `a.cell-fact` leads from a number to the card of its fact; `td[data-fact]` names all facts behind it, and
///   `td[data-kind]` marks a `forecast` or `target`.
package func renderTable(_ table: TableModel, in frame: TableFrame) -> [UInt8] {
  var writer = MarkupWriter(reserving: 4_096)
  let rowCount = table.groups.reduce(0) { $0 + $1.rows.count }
  let isLong = rowCount > longTable
  if isLong { writer.beginLongTable(rowCount, frame) }
  writer.raw("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\"")
  if let labelledBy = frame.labelledBy {
    writer.attribute("aria-labelledby", labelledBy)
  } else {
    writer.attribute("aria-label", frame.words("scrollTable", ["table": .text(frame.label)]))
  }
  // With one row in each group there is nothing to sort.
  let isSortable = table.groups.contains { $0.rows.count > 2 }
  let isStacked = table.isStacked
  writer.raw(isSortable ? "><table class=\"data sortable" : "><table class=\"data")
  writer.raw(isStacked ? " stacks\" role=\"table\">" : "\">")
  writer.head(of: table, isSortable: isSortable, frame)
  for group in table.groups {
    writer.raw(isStacked ? "<tbody role=\"rowgroup\">" : "<tbody>")
    if let title = group.title {
      writer.raw("<tr class=\"group\"")
      if isStacked { writer.raw(" role=\"row\"") }
      writer.raw("><th scope=\"rowgroup\"")
      if isStacked { writer.raw(" role=\"rowheader\"") }
      writer.attribute("colspan", table.columns.count)
      writer.raw(">")
      writer.text(title)
      writer.raw("</th></tr>")
    }
    for row in group.rows { writer.row(row, of: table, isTotal: false, frame) }
    writer.raw("</tbody>\n")
  }
  if !table.totals.isEmpty {
    writer.raw(isStacked ? "<tfoot role=\"rowgroup\">" : "<tfoot>")
    for row in table.totals { writer.row(row, of: table, isTotal: true, frame) }
    writer.raw("</tfoot>")
  }
  writer.raw(isLong ? "</table></div></div>" : "</table></div>")
  writer.notes(of: table, frame)
  return writer.bytes
}

/// Tables of more rows scroll within a screen until a reader asks for all of them.
private let longTable = 30

extension TableModel {
  /// Whether a phone shows the table row by row: many words, and few numbers to compare down a column.
  fileprivate var isStacked: Bool {
    guard columns.count(where: { $0.alignment == .end || $0.alignment == .decimal }) * 3 <= columns.count else {
      return false
    }
    let cells = groups.flatMap { $0.rows.flatMap { $0.cells.dropFirst() } }
    guard cells.allSatisfy({ $0.sparkline.isEmpty && $0.bar == nil }) else { return false }
    return StackedTable.isCalledFor(
      columnCount: columns.count, width: cells.reduce(0) { $0 + StackedTable.width(of: $1.text.utf8) },
      cellCount: cells.count)
  }
}

extension MarkupWriter {
  fileprivate mutating func beginLongTable(_ rows: Int, _ frame: TableFrame) {
    raw("<div class=\"table-long\"")
    attribute("data-filter-label", frame.words("filterRows", ["table": .text(frame.label)]))
    raw("><p class=\"table-tools\"><label><input type=\"checkbox\" class=\"table-all\"> ")
    text(frame.words("showAllRows", ["count": .count(rows)]))
    raw("</label></p>")
  }

  fileprivate mutating func head(of table: TableModel, isSortable: Bool, _ frame: TableFrame) {
    if !table.spans.isEmpty {
      for span in table.spans {
        raw("<colgroup")
        if span.columnCount > 1 { attribute("span", span.columnCount) }
        raw("></colgroup>")
      }
    }
    raw("<thead>")
    if !table.spans.isEmpty {
      raw("<tr>")
      for span in table.spans {
        raw(span.title == nil ? "<td" : "<th class=\"span\" scope=\"colgroup\"")
        if span.columnCount > 1 { attribute("colspan", span.columnCount) }
        raw(">")
        if let title = span.title { raw(frame.inlineMarkup(title)) }
        raw(span.title == nil ? "</td>" : "</th>")
      }
      raw("</tr>")
    }
    raw("<tr>")
    for column in table.columns {
      raw("<th scope=\"col\"")
      classes(column.isRowHeader ? ["row-head"] : [], alignment: column.alignment)
      if isSortable { attribute("data-sort-label", frame.words("sortBy", ["column": .text(column.title)])) }
      raw(">")
      raw(frame.inlineMarkup(column.title))
      if let note = column.note { mark(note, frame) }
      if let unit = column.unit {
        // The space keeps title and unit apart for whoever copies or hears them.
        raw(" <span class=\"unit\">")
        text(unit)
        raw("</span>")
      }
      raw("</th>")
    }
    raw("</tr></thead>\n")
  }

  fileprivate mutating func row(_ row: TableModel.Row, of table: TableModel, isTotal: Bool, _ frame: TableFrame) {
    raw("<tr")
    if row.isHighlighted {
      attribute("class", "highlight" + (row.color.map { " row-\($0)" } ?? ""))
    } else if isTotal {
      raw(" class=\"total\"")
    }
    let isStacked = table.isStacked
    raw(isStacked ? " role=\"row\">" : ">")
    for (index, (cell, column)) in zip(row.cells, table.columns).enumerated() {
      // What heads the row in a stack needs no title.
      let label = !isStacked ? nil : index == 0 ? "" : column.title
      self.cell(cell, in: column, isTotal: isTotal, stackedLabel: label, frame)
    }
    raw("</tr>\n")
  }

  private mutating func cell(
    _ cell: TableModel.Cell, in column: TableModel.Column, isTotal: Bool, stackedLabel: String?, _ frame: TableFrame
  ) {
    raw(column.isRowHeader ? "<th scope=\"row\"" : "<td")
    if let stackedLabel {
      raw(column.isRowHeader ? " role=\"rowheader\"" : " role=\"cell\"")
      if !stackedLabel.isEmpty { attribute("data-label", stackedLabel) }
    }
    var names: [String] = []
    if column.isRowHeader { names.append("row-head") }
    if cell.isMissing { names.append("missing") }
    if let heat = cell.heat { names.append(cell.isDiverging ? "heat-d\(heat)" : "heat-\(heat)") }
    if let bar = cell.bar {
      names.append("bar-cell")
      if let color = bar.color { names.append("bar-\(color)") }
    }
    if !cell.sparkline.isEmpty { names.append("spark-cell") }
    if let lead = cell.lead { names.append("lead-\(lead)") }
    classes(names, alignment: column.alignment)
    if let value = cell.value { attribute("data-value", plainNumber(value)) }
    if !cell.facts.isEmpty { attribute("data-fact", cell.facts.joined(separator: " ")) }
    attribute("data-kind", ifPresent: cell.kind)
    raw(">")
    contents(of: cell, frame)
    raw(column.isRowHeader ? "</th>" : "</td>")
  }

  private mutating func contents(of cell: TableModel.Cell, _ frame: TableFrame) {
    if cell.isMissing {
      raw("<span role=\"img\"")
      attribute("aria-label", frame.words["noValue"])
      raw(">")
      text(frame.words["missingValue"])
      raw("</span>")
    } else if !cell.sparkline.isEmpty {
      sparkline(cell.sparkline)
    } else {
      let href = cell.facts.count == 1 ? frame.factHref(cell.facts[0]) : nil
      if cell.bar != nil { raw("<span class=\"bar-text\">") }
      if let href {
        raw("<a class=\"cell-fact\"")
        attribute("href", href)
        raw(">")
      }
      text(cell.text)
      if href != nil { raw("</a>") }
      if !cell.padding.isEmpty {
        raw("<span class=\"pad\" aria-hidden=\"true\">")
        text(cell.padding)
        raw("</span>")
      }
    }
    if let note = cell.note { mark(note, frame) }
    if let bar = cell.bar {
      raw("</span><svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
      raw("<rect class=\"bar-track\" width=\"100\" height=\"8\"/><rect class=\"bar-fill\"")
      if bar.start > 0 { attribute("x", bar.start * 100, decimals: 2) }
      attribute("width", bar.length * 100, decimals: 2)
      raw(" height=\"8\"/></svg>")
    }
  }

  /// A line through numbers at equal steps, with a dot on the last; gaps stay gaps.
  private mutating func sparkline(_ numbers: [Double?]) {
    let known = numbers.compactMap { $0 }
    guard let lowest = known.min(), let highest = known.max() else { return }
    let ends = [known[0], known[known.count - 1]].map(plainNumber)
    raw("<svg viewBox=\"0 0 100 24\" width=\"100\" height=\"24\" role=\"img\"")
    attribute("aria-label", "\(ends[0]) → \(ends[1])")
    raw(" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" stroke-linejoin=\"round\"><path d=\"")
    func place(_ index: Int, _ value: Double) -> (x: Double, y: Double) {
      let x = numbers.count > 1 ? 3 + 94 * Double(index) / Double(numbers.count - 1) : 50
      return (x, highest > lowest ? 21 - 18 * (value - lowest) / (highest - lowest) : 12)
    }
    var isDrawing = false
    var last = (x: 0.0, y: 0.0)
    for (index, value) in numbers.enumerated() {
      guard let value else {
        isDrawing = false
        continue
      }
      last = place(index, value)
      raw(isDrawing ? "L" : "M")
      number(last.x, decimals: 2)
      raw(",")
      number(last.y, decimals: 2)
      isDrawing = true
    }
    raw("\"/><circle")
    attribute("cx", last.x, decimals: 2)
    attribute("cy", last.y, decimals: 2)
    raw(" r=\"2\" fill=\"currentColor\" stroke=\"none\"/></svg>")
  }

  // MARK: Notes

  fileprivate mutating func notes(of table: TableModel, _ frame: TableFrame) {
    if !table.markedNotes.isEmpty {
      raw("\n<ol class=\"table-notes\">")
      for (index, note) in table.markedNotes.enumerated() {
        raw("<li")
        attribute("id", "\(frame.id)-note-\(letter(index))")
        raw(">")
        raw(frame.inlineMarkup(note))
        raw("</li>")
      }
      raw("</ol>")
    }
    for note in table.notes {
      raw("\n<p class=\"table-note\">")
      raw(frame.inlineMarkup(note))
      raw("</p>")
    }
  }

  private mutating func mark(_ note: Int, _ frame: TableFrame) {
    raw("<sup class=\"cell-note\"><a")
    attribute("href", "#\(frame.id)-note-\(letter(note))")
    raw(">")
    text(letter(note))
    raw("</a></sup>")
  }

  private mutating func classes(_ names: [String], alignment: TableModel.Alignment) {
    var names = names
    switch alignment {
    case .start: break
    case .end: names.append("num")
    case .center: names.append("center")
    case .decimal: names.append("dec")
    }
    if !names.isEmpty { attribute("class", names.joined(separator: " ")) }
  }
}

/// a to z, aa, ab …
private func letter(_ index: Int) -> String {
  let last = String(Unicode.Scalar(UInt8(0x61 + index % 26)))
  return index < 26 ? last : letter(index / 26 - 1) + last
}

/// A number for machines: all digits, no exponent up to 10^21.
private func plainNumber(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
