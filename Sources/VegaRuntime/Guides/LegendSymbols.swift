internal import AlmanacCore
internal import VegaLite

/// Symbols with labels, in rows and columns.
/// https://github.com/vega/vega/blob/main/packages/vega-parser/src/parsers/guides/legend-symbol-groups.js
extension LegendBuilder {
  func symbols(_ entries: [Entry], _ scales: [(Channel, RuntimeScale)], _ content: inout [SceneNode]) -> Bounds {
    let encoder = MarkEncoder(run: run, view: view, table: DataTable(rowCount: 1))
    let base = ItemStyler(entries: plan.symbolEncode, encoder: encoder)
    let baseSize = read.number("symbolSize") ?? 100
    let offset = read.number("symbolOffset") ?? 0
    let labelOffset = read.number("labelOffset") ?? 4
    func scale(_ channel: Channel) -> RuntimeScale? { scales.first { $0.0 == channel }?.1 }
    var sizes: [Double] = []
    var items: [(SceneItem, SceneItem)] = []
    var symbols: [SceneItem] = []
    for entry in entries {
      var style = base.style(0)
      if plan.symbolEncode.first(where: { $0.property == .fill }) == nil, style.fill == nil {
        style.fill = read.string("symbolBaseFillColor")
      }
      let fillsByScale = scale(.fill) != nil || (scale(.color) != nil && plan.paintsFill)
      if !fillsByScale {
        if style.fill == nil { style.fill = read.string("symbolBaseFillColor") }
        if style.stroke == nil { style.stroke = read.string("symbolBaseStrokeColor") }
      }
      if plan.symbolEncode.first(where: { $0.property == .strokeWidth }) == nil {
        style.strokeWidth = read.number("symbolStrokeWidth") ?? 1.5
      }
      if let value = read.string("symbolFillColor") { style.fill = value }
      if let value = read.string("symbolStrokeColor") { style.stroke = value }
      if let value = read.number("symbolOpacity") { style.opacity = value }
      if read.has("symbolDash") { style.strokeDash = read.lengths("symbolDash") }
      if entry.value.isUndefined {
        // The entry that stands for the rest.
        style.fill = "transparent"
        style.stroke = nil
      }
      func paint(_ channel: Channel) -> String? { scale(channel).flatMap { $0.apply(entry.value).stringValue } }
      if let color = paint(.color) {
        // A colour paints what the marks themselves paint.
        if plan.paintsFill { style.fill = color }
        if plan.paintsStroke { style.stroke = color }
      }
      if let value = paint(.fill) { style.fill = value }
      if let value = paint(.stroke) { style.stroke = value }
      if let value = scale(.opacity)?.number(entry.value), !value.isNaN { style.opacity = value }
      if let value = scale(.fillOpacity)?.number(entry.value), !value.isNaN { style.fillOpacity = value }
      if let value = scale(.strokeOpacity)?.number(entry.value), !value.isNaN { style.strokeOpacity = value }
      if let value = scale(.strokeWidth)?.number(entry.value), !value.isNaN { style.strokeWidth = value }
      if let value = scale(.strokeDash)?.apply(entry.value).arrayValue {
        style.strokeDash = value.map(\.asNumber)
      }
      var size = baseSize
      if let value = scale(.size)?.number(entry.value), !value.isNaN {
        if plan.symbolIsLine { style.strokeWidth = value } else { size = value }
      }
      var shape = symbolType
      if let value = scale(.shape)?.apply(entry.value).stringValue { shape = value }
      sizes.append(entry.value.isUndefined ? 0 : size)
      let path = symbolPath(shape, size: size) ?? PathData()
      symbols.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), style))
    }
    // Entries of one column share the width of their largest symbol.
    let columns = Int(limited: read.number("columns") ?? (plan.direction == "vertical" ? 1 : 0))
    let n = entries.count
    let perColumn = columns <= 0 ? n : columns
    let rows = (n + perColumn - 1) / max(1, perColumn)
    let fontSize = read.number("labelFontSize") ?? 10
    func reach(_ size: Double) -> Double { max(size.squareRoot().rounded(.up), 0) }
    let widest =
      sizes.map { Swift.max($0.squareRoot() + (read.number("symbolStrokeWidth") ?? 1.5), 0).rounded(.up) }.max() ?? 0
    var groups: [SceneGroup] = []
    for (index, entry) in entries.enumerated() {
      let group = SceneGroup(role: "scope")
      let own = (max(sizes[index].squareRoot(), 0) + (read.number("symbolStrokeWidth") ?? 1.5)).rounded(.up)
      let column = columns <= 0 ? widest : widest
      let height = plan.clipHeight ?? max(own, fontSize)
      var symbol = symbols[index]
      let centre = (columns <= 0 ? own : column) / 2 + offset
      if case .path(let path, _, _, _) = symbol.shape { symbol.shape = .path(path, x: centre, y: height / 2, angle: 0) }
      var text = TextShape(lines: [entry.label], x: (columns <= 0 ? own : column) + offset + labelOffset, y: height / 2)
      let datum = Value.object(ValueObject(["value": entry.value, "label": .string(entry.label)]))
      let style = read.text("label", &text, datum)
      text.align = read.string("labelAlign") ?? "left"
      text.baseline = read.string("labelBaseline") ?? "middle"
      let label = SceneItem(.text(text), style)
      items.append((symbol, label))
      let symbolMarks = SceneMarks(kind: "symbol", role: "legend-symbol", items: [symbol])
      let labelMarks = SceneMarks(kind: "text", role: "legend-label", items: [label])
      group.nodes = [.marks(symbolMarks), .marks(labelMarks)]
      var bounds = Bounds(x1: 0, y1: 0, x2: 0, y2: 0)
      bounds.formUnion(plan.clipHeight == nil ? symbolMarks.bounds : Bounds())
      bounds.formUnion(labelMarks.bounds)
      group.bounds = bounds
      groups.append(group)
    }
    var options = GridOptions(columns: perColumn)
    if plan.orient == "top" || plan.orient == "bottom", let room = run.legendRoom(view) {
      let most = legendColumns(
        groups.map(\.bounds.x2), padding: read.number("columnPadding") ?? 10, available: room)
      if columns <= 0 || most < columns { options = GridOptions(columns: most) }
    }
    let align = read.string("gridAlign") ?? "each"
    options.alignColumn = align == "all" ? .all : align == "none" ? .none : .each
    options.alignRow = options.alignColumn
    options.paddingRow = read.number("rowPadding") ?? 2
    options.paddingColumn = read.number("columnPadding") ?? 10
    options.centerRow = true
    _ = rows
    _ = reach(0)
    // A vertical legend of several columns runs down its columns.
    if plan.direction == "vertical", columns > 1 {
      let order = (0..<n).sorted { ($0 % rows, $0 / rows) < ($1 % rows, $1 / rows) }
      groups = order.map { groups[$0] }
    }
    let bounds = layoutGrid(groups, options)
    for group in groups { content.append(.group(group)) }
    return bounds
  }

  var symbolType: String {
    switch plan.symbolType {
    case .value(let value): value.stringValue ?? "circle"
    case .expression(let expression): evaluate(expression, scope: read.scope).stringValue ?? "circle"
    default: "circle"
    }
  }
}

extension LegendPlan {
  /// Whether a size is the width of a line.
  var symbolIsLine: Bool { if case .value(.string("stroke")) = symbolType { true } else { false } }
}
