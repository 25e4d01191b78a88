internal import AlmanacCore
internal import VegaLite

/// Symbols with labels, in rows and columns.
/// https://github.com/vega/vega/blob/main/packages/vega-parser/src/parsers/guides/legend-symbol-groups.js
extension LegendBuilder {
  func symbols(_ entries: [LegendEntry], _ content: inout [SceneNode]) -> Bounds {
    let columns = Int(limited: read.number("columns") ?? (isVertical("symbolDirection") ? 1 : 0))
    let (baseSize, baseWidth) = (read.number("symbolSize") ?? 100, read.number("symbolStrokeWidth") ?? 1.5)
    let fontSize = read.number("labelFontSize") ?? 10
    let offset = read.number("symbolOffset") ?? 0
    let labelOffset = read.number("labelOffset") ?? 4
    let clipHeight = read.number("clipHeight").flatMap { $0 > 0 ? $0 : nil }
    /// Pixels that an entry's symbol takes.
    let reaches = entries.map { entry in
      let size = number(.size, entry) ?? baseSize
      let width = number(.strokeWidth, entry) ?? baseWidth
      return max((max(size, 0).squareRoot() + width).rounded(.up), fontSize)
    }
    let widest = reaches.max() ?? 0
    let paint = SymbolPaint(self)
    var groups: [SceneGroup] = []
    for (index, entry) in entries.enumerated() {
      let room = columns > 0 ? widest : reaches[index]
      let middle = (clipHeight ?? reaches[index]) / 2
      let (path, style) = paint.symbol(entry)
      let symbol = SceneItem(.path(path, x: room / 2 + offset, y: middle, angle: 0), style)
      var text = TextShape(
        lines: entry.label.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
        x: room + offset + labelOffset, y: middle)
      let datum = Value.object(ValueObject(["value": entry.value, "label": .string(entry.label)]))
      let labelStyle = read.text("label", &text, datum)
      text.align = read.string("labelAlign") ?? "left"
      text.baseline = read.string("labelBaseline") ?? "middle"
      let group = SceneGroup(role: "scope")
      let symbolMarks = SceneMarks(kind: "symbol", role: "legend-symbol", items: [symbol])
      let labelMarks = SceneMarks(kind: "text", role: "legend-label", items: [SceneItem(.text(text), labelStyle)])
      var bounds = Bounds(x1: 0, y1: 0, x2: 0, y2: clipHeight ?? 0)
      if clipHeight == nil { bounds.formUnion(symbolMarks.bounds) }
      bounds.formUnion(labelMarks.bounds)
      group.nodes = [.marks(symbolMarks), .marks(labelMarks)]
      group.bounds = bounds
      groups.append(group)
    }
    if let clipHeight {
      // Symbols may be as wide as the widest entry, not higher than their rows.
      let frame = Bounds(x1: 0, y1: 0, x2: groups.map(\.bounds.x2).max() ?? 0, y2: clipHeight)
      for group in groups {
        guard case .marks(var symbols)? = group.nodes.first else { continue }
        symbols.clip = frame
        group.nodes[0] = .marks(symbols)
      }
    }
    return arrange(&groups, columns: columns, &content)
  }

  private func arrange(_ groups: inout [SceneGroup], columns: Int, _ content: inout [SceneNode]) -> Bounds {
    var options = GridOptions(columns: columns > 0 ? columns : groups.count)
    if orient == "top" || orient == "bottom", let room = run.legendRoom(view) {
      let most = legendColumns(
        groups.map(\.bounds.x2), padding: read.number("columnPadding") ?? 10, available: room)
      if columns <= 0 || most < columns { options.columns = most }
    }
    let align = read.string("gridAlign") ?? "each"
    options.alignColumn = align == "all" ? .all : align == "none" ? .none : .each
    options.alignRow = options.alignColumn
    options.paddingRow = read.number("rowPadding") ?? 2
    options.paddingColumn = read.number("columnPadding") ?? 10
    options.centerRow = true
    if isVertical("symbolDirection"), columns > 1 {
      // Several columns of a vertical legend are read downwards.
      let rows = (groups.count + columns - 1) / columns
      let order = groups.indices.sorted { ($0 % rows, $0 / rows) < ($1 % rows, $1 / rows) }
      groups = order.map { groups[$0] }
    }
    let bounds = layoutGrid(groups, options)
    for group in groups { content.append(.group(group)) }
    return bounds
  }

  /// A number that a scale gives an entry.
  func number(_ property: MarkProperty, _ entry: LegendEntry) -> Double? {
    guard let scale = scales.first(where: { $0.property == property })?.scale else {
      return nil
    }
    let number = scale.number(entry.value)
    return number.isNaN ? nil : number
  }
}

/// What symbols look like: the legend's own properties, over them the scales, over those what marks ask for.
private struct SymbolPaint {
  let legend: LegendBuilder
  private var base = ItemStyle()
  private let marks: ItemStyler
  private let encoder: MarkEncoder
  private var shape = "circle"

  init(_ legend: LegendBuilder) {
    self.legend = legend
    let read = legend.read
    let isFilled = legend.plan.scales.contains { $0.property == .fill }
    base.fill = read.string("symbolFillColor") ?? (isFilled ? nil : read.string("symbolBaseFillColor") ?? "transparent")
    base.stroke = read.string("symbolStrokeColor") ?? (isFilled ? nil : read.string("symbolBaseStrokeColor"))
    base.strokeWidth = read.number("symbolStrokeWidth") ?? 1.5
    base.strokeDash = read.lengths("symbolDash")
    base.strokeDashOffset = read.number("symbolDashOffset") ?? 0
    base.opacity = read.number("symbolOpacity") ?? 1
    shape = read.string("symbolType") ?? "circle"
    encoder = MarkEncoder(run: legend.run, view: legend.view, table: DataTable(rowCount: 1))
    marks = ItemStyler(entries: legend.plan.symbolEncode, encoder: encoder)
  }

  func symbol(_ entry: LegendEntry) -> (PathData, ItemStyle) {
    var style = base
    var shape = self.shape
    let given = marks.style(0)
    for entry in legend.plan.symbolEncode {
      switch entry.property {
      case .fill: style.fill = given.fill
      case .stroke: style.stroke = given.stroke
      case .opacity: style.opacity = given.opacity
      case .fillOpacity: style.fillOpacity = given.fillOpacity
      case .strokeOpacity: style.strokeOpacity = given.strokeOpacity
      case .strokeWidth: style.strokeWidth = given.strokeWidth
      case .strokeDash: style.strokeDash = given.strokeDash
      case .strokeDashOffset: style.strokeDashOffset = given.strokeDashOffset
      case .strokeJoin: style.strokeJoin = given.strokeJoin
      case .strokeMiterLimit: style.strokeMiterLimit = given.strokeMiterLimit
      default: break
      }
    }
    for (property, scale) in legend.scales {
      let value = scale.apply(entry.value)
      switch property {
      case .fill: style.fill = value.stringValue
      case .stroke: style.stroke = value.stringValue
      case .shape: shape = value.stringValue ?? shape
      case .opacity: if !value.asNumber.isNaN { style.opacity = value.asNumber }
      case .strokeWidth: if !value.asNumber.isNaN { style.strokeWidth = value.asNumber }
      case .strokeDash: if let lengths = value.arrayValue { style.strokeDash = lengths.map(\.asNumber) }
      default: break
      }
    }
    let size = legend.number(.size, entry) ?? legend.read.number("symbolSize") ?? 100
    return (symbolPath(shape, size: size) ?? PathData(), style)
  }
}
