internal import AlmanacCore
internal import VegaLite

/// Reads names, values and places of a mark's rows, for its labels.
struct LabelSource {
  let mark: MarkPlan
  let builder: MarkBuilder
  private let run: ChartRun
  private let label: LabelPlan
  private let nameField: (column: Column, printer: ValuePrinter)?
  private let valueField: (column: Column, printer: ValuePrinter)?
  private let wanted: Set<String>
  private let categories: [(column: Column, printer: ValuePrinter)]
  let isHorizontal: Bool

  init(run: ChartRun, view: ViewScope, mark: MarkPlan, label: LabelPlan) {
    self.run = run
    self.mark = mark
    self.label = label
    let table = mark.data.map { run.table($0, in: view) } ?? DataTable(rowCount: 0)
    builder = MarkBuilder(mark: mark, encoder: MarkEncoder(run: run, view: view, table: table))
    isHorizontal = mark.orient == "horizontal"
    let isPath = mark.kind == .line || mark.kind == .area || mark.kind == .trail
    // A line runs along its orientation, a bar across it.
    let valueChannel: Channel = isPath ? (isHorizontal ? .x : .y) : mark.kind == .rect && isHorizontal ? .x : .y
    let measure =
      mark.described.first { $0.channel == valueChannel && $0.type == .quantitative }
      ?? mark.described.first { $0.type == .quantitative && ($0.channel == .x || $0.channel == .y) }
      ?? mark.described.first { $0.type == .quantitative }
    let discrete = mark.described.filter { $0.type != .quantitative }
    let series =
      discrete.first { $0.channel.isColor } ?? discrete.first { [.strokeDash, .shape].contains($0.channel) }
      ?? discrete.first { $0.channel == .detail }
    let position = discrete.first { $0.channel == .x || $0.channel == .y }
    let name = isPath ? series : mark.kind == .symbol ? series ?? position : series ?? position
    func read(_ field: DescribedField, _ format: FormatPlan? = nil) -> (Column, ValuePrinter) {
      (table.values(at: field.field), ValuePrinter(run: run, format: format ?? field.format))
    }
    if let field = label.field {
      let known = mark.described.first { $0.field == field }
      nameField = (
        table.values(at: field),
        ValuePrinter(run: run, format: label.format ?? known?.format ?? FormatPlan(.automatic))
      )
    } else {
      nameField =
        name.map { read($0) }
        ?? mark.series.first.map {
          (table.values(at: $0), ValuePrinter(run: run, format: FormatPlan(.automatic)))
        }
    }
    valueField = measure.map { field in
      // Big numbers in words of the language need no more than four digits beside a mark.
      if label.format == nil, case .custom(type: "cn-unit", format: nil) = field.format.kind {
        return read(field, FormatPlan(.custom(type: "cn-unit", format: run.isChinese ? ".4~r" : ",.4~r")))
      }
      // Bare numbers are grouped, as on an axis.
      if label.format == nil, field.type == .quantitative, [.automatic, .number(nil)].contains(field.format.kind) {
        return read(field, FormatPlan(.number(",")))
      }
      return read(field, label.format)
    }
    wanted = Set(label.only.map { $0.text(in: run.options.language) })
    categories = discrete.map { read($0) }
  }

  var count: Int { builder.encoder.count }
  var hasNames: Bool { nameField != nil }

  /// Whether the field that an author named is in the mark's rows at all.
  var missesField: Bool {
    guard label.field != nil, count > 0, let column = nameField?.column else { return false }
    return (0..<count).allSatisfy { column[$0].isUndefined }
  }

  func name(_ row: Int) -> String {
    guard let (column, printer) = nameField, column[row].isValid else { return "" }
    return printer.string(column[row])
  }

  func value(_ row: Int) -> String {
    guard let (column, printer) = valueField, column[row].isValid else { return "" }
    return printer.string(column[row])
  }

  func isWanted(_ row: Int) -> Bool {
    guard !wanted.isEmpty else { return true }
    for (column, printer) in categories + (nameField.map { [$0] } ?? []) {
      let value = column[row]
      if value.isValid, wanted.contains(value.asString) || wanted.contains(printer.string(value)) { return true }
    }
    return false
  }

  /// The paint that stands for the series: a bar's fill, a line's stroke.
  func paint(_ row: Int) -> String? {
    let style = builder.styler.style(row)
    switch mark.kind {
    case .line, .rule: return style.stroke
    default: return style.fill == nil || style.fill == "transparent" ? style.stroke : style.fill
    }
  }

  /// The text of a row in lines no wider than `width`; empty where there is nothing to say.
  func lines(_ row: Int, width: Double, size: Double, bold: Bool) -> [String] {
    let name = label.parts.contains(.name) ? name(row) : ""
    let value = label.parts.contains(.value) ? value(row) : ""
    guard !name.isEmpty || !value.isEmpty else { return [] }
    let ordered = label.parts.first == .value ? [value, name] : [name, value]
    let whole = ordered.filter { !$0.isEmpty }.joined(separator: " ")
    if FontMetrics.width(whole, size: size, bold: bold) <= width { return [whole] }
    return ordered.filter { !$0.isEmpty }.flatMap { balancedLines($0, width: width, size: size, bold: bold) }
  }
}
