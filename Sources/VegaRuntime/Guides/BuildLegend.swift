internal import AlmanacCore

internal import Localization
internal import VegaLite

extension SceneGroup {
  /// How far a legend stands from what it explains; kept in its height until it is placed.
  var legendOffset: Double { padding }
}

/// Builds a legend: symbols with labels, or a bar of colours with ticks.
/// https://github.com/vega/vega/tree/main/packages/vega-parser/src/parsers/guides
struct LegendBuilder {
  let run: ChartRun
  let view: ViewScope
  let plan: LegendPlan
  let read: GuideReader

  init(run: ChartRun, view: ViewScope, plan: LegendPlan) {
    self.run = run
    self.view = view
    self.plan = plan
    read = GuideReader(plan.properties, run.scope(view), font: run.plan.config["font"]?.stringValue ?? "sans-serif")
  }

  func build() -> (String, SceneGroup)? {
    let scales = zip(plan.channels, plan.scaleNames).compactMap { channel, name in find(name).map { (channel, $0) } }
    guard let (channel, scale) = scales.first else { return nil }
    let group = SceneGroup(role: "legend")
    let padding = read.number("padding") ?? 0
    let body: Bounds
    var content: [SceneNode] = []
    let isGradient = plan.type == "gradient"
    if isGradient, let colour = scales.first(where: { $0.0.isColor }) {
      body = gradient(colour.1, &content)
    } else {
      let entries = entries(scale, channel)
      if entries.isEmpty { return nil }
      body = symbols(entries, scales, &content)
    }
    let inner = SceneGroup(role: "legend-entries")
    inner.nodes = content
    inner.bounds = body
    var box = Bounds(x1: padding, y1: padding, x2: padding, y2: padding)
    var (ex, ey) = (padding, padding)
    if let text = plan.title {
      var shape = TextShape(lines: text.split(separator: "\n").map(String.init), x: padding, y: padding)
      let style = read.text("title", &shape)
      shape.baseline = read.string("titleBaseline") ?? "top"
      shape.align = read.string("titleAlign") ?? "left"
      var item = SceneItem(.text(shape), style)
      let gap = read.number("titlePadding") ?? 5
      if read.string("titleOrient") == "left" {
        shape.baseline = "middle"
        ex += item.bounds.width.rounded(.up) + gap
        shape.y = padding + roundHalfUp(0.5 * (body.y2 - 0))
        item = SceneItem(.text(shape), style)
      } else {
        let anchor = read.string("titleAnchor") ?? "start"
        if anchor != "start" {
          shape.align = anchor == "end" ? "right" : "center"
          shape.x = padding + (anchor == "end" ? body.x2 : body.x2 / 2)
          item = SceneItem(.text(shape), style)
        }
        ey += item.bounds.height + gap
      }
      box.formUnion(item.bounds)
      group.nodes.append(.marks(SceneMarks(kind: "text", role: "legend-title", items: [item])))
    }
    inner.move(to: ex, ey)
    box.formUnion(inner.bounds)
    group.nodes.insert(.group(inner), at: 0)
    (box.x1, box.y1) = (0, 0)
    let width = (box.width + padding).rounded(.up)
    let height = (box.height + padding).rounded(.up)
    group.bounds = Bounds(x1: 0, y1: 0, x2: width, y2: height)
    group.width = width
    group.height = height
    var style = ItemStyle()
    style.fill = read.string("fillColor")
    style.stroke = read.string("strokeColor")
    style.strokeWidth = read.number("strokeWidth") ?? 1
    style.strokeDash = read.lengths("strokeDash")
    if style.fill != nil || style.stroke != nil { group.background = style }
    group.cornerRadius = read.number("cornerRadius") ?? 0
    group.padding = read.number("offset") ?? 18
    if let x = read.number("legendX"), plan.orient == "none" { group.move(to: x, read.number("legendY") ?? 0) }
    return (plan.orient, group)
  }

  private func find(_ name: String) -> RuntimeScale? { view.scale(name) }

  // MARK: Entries

  private struct Entry {
    var value: Value
    var label: String
  }

  private func entries(_ scale: RuntimeScale, _ channel: Channel) -> [Entry] {
    var values: [Value]
    var labels: [String]?
    let count = plan.tickCount?.numberValue
    if let given = plan.values {
      values = given
      labels = nil
    } else {
      switch scale.kind {
      case .continuous(let continuous), .ramp(let continuous, _):
        let isTime = continuous.isTemporal
        if case .log = continuous.kind {
          values = continuous.labelledTicks(count: count ?? 5).map { .number($0) }
        } else if let borders = scale.binBorders, borders.count > 1 {
          return binEntries(scale, borders)
        } else if case .string(let unit)? = plan.tickCount, let interval = TimeInterval(vega: unit) {
          values = continuous.ticks(every: interval).map { .date($0) }
        } else {
          values = continuous.ticks(count: count ?? 5).map { isTime ? .date($0) : .number($0) }
        }
      case .classes(let thresholds, let range):
        var result: [Entry] = []
        let printer = classFormatter(scale, thresholds)
        let total = min(range.count, thresholds.count + 1)
        for index in 0..<total {
          let low = index == 0 ? -Double.infinity : thresholds[index - 1]
          let high = index < thresholds.count ? thresholds[index] : Double.infinity
          let text: String =
            if low == -.infinity, scale.type == .threshold || scale.type == .quantile || scale.type == .quantize {
              "< \(printer(high))"
            } else if high == .infinity { "≥ \(printer(low))" } else { "\(printer(low)) – \(printer(high))" }
          let sample = low == -.infinity ? high - 1e-9 - high.magnitude * 1e-9 : low
          result.append(Entry(value: .number(sample), label: text))
        }
        return result
      case .bins(let borders, _):
        return borders.count > 1 ? binEntries(scale, borders) : []
      default: values = scale.domainValues
      }
    }
    let limit = Int(limited: read.number("symbolLimit") ?? 30)
    var cut = 0
    if limit > 0, values.count > limit {
      cut = values.count - limit + 1
      values = Array(values.prefix(limit - 1))
    }
    let texts = labels ?? self.labels(values, scale, count)
    var result = zip(values, texts).map { Entry(value: $0, label: $1) }
    if let expression = plan.labelExpression {
      let compiled = CompiledExpression(expression, scope: read.scope)
      for index in result.indices {
        let datum = ValueObject([
          "label": .string(result[index].label), "value": result[index].value, "index": .number(Double(index)),
        ])
        let text = compiled(.object(datum))
        result[index].label = text.isPresent ? text.asString : ""
      }
    }
    if cut > 0 { result.append(Entry(value: .undefined, label: "…\(cut) entries")) }
    return result
  }

  /// An entry for each bin, named by its two borders and drawn as the scale has its start.
  private func binEntries(_ scale: RuntimeScale, _ borders: [Double]) -> [Entry] {
    let printer = classFormatter(scale, borders)
    return zip(borders, borders.dropFirst()).map { low, high in
      Entry(value: .number(low), label: "\(printer(low)) – \(printer(high))")
    }
  }

  private func classFormatter(_ scale: RuntimeScale, _ borders: [Double]) -> (Double) -> String {
    var specifier: String?
    if case .number(let text) = plan.format.kind { specifier = text }
    if case .custom = plan.format.kind {
      let printer = ValuePrinter(run: run, format: plan.format)
      return { printer.string(.number($0)) }
    }
    if case .time(let text, let unit, _) = plan.format.kind {
      let format = TimeFormat(text ?? unit.map { unitFormat($0) } ?? "%b %d, %Y", locale: run.locale.time)
      return { format($0, in: run.options.zone) }
    }
    if scale.type == .quantile || scale.type == .threshold {
      // Vega formats borders as lone numbers with the precision of a span.
      let ends = (borders.first ?? 0, borders.last ?? 1)
      let formatter = numberFormatter(
        from: ends.0, to: ends.1, count: scale.type == .threshold ? 5 : nil, specifier: specifier, locale: run.locale)
      if specifier == nil, scale.type == .quantile || scale.type == .threshold {
        return { Value.format($0).count <= 6 ? Value.format($0).replacingMinus() : formatter($0) }
      }
      return { formatter($0) }
    }
    let low = scale.domainValues.first?.asNumber ?? 0
    let high = scale.domainValues.last?.asNumber ?? 1
    let formatter = numberFormatter(
      from: low, to: high, count: scale.type == .binOrdinal ? Double(max(1, borders.count - 1)) : 5,
      specifier: specifier, locale: run.locale)
    return { formatter($0) }
  }

  private func labels(_ values: [Value], _ scale: RuntimeScale, _ count: Double?) -> [String] {
    if case .custom = plan.format.kind {
      let printer = ValuePrinter(run: run, format: plan.format, largest: values.map { $0.asNumber.magnitude }.max())
      return values.map { printer.string($0) }
    }
    if let continuous = scale.continuous {
      switch plan.format.kind {
      case .time(let text, let unit, _):
        if let unit, text == nil {
          let format = TimeFormat(unitFormat(unit, chinese: run.isChinese), locale: run.locale.time)
          return values.map { format($0.asNumber, in: continuous.tickZone) }
        }
        if continuous.isTemporal {
          let formatter = continuous.tickFormatter(count: count ?? 5, specifier: text, locale: run.locale)
          return values.map { formatter($0.asNumber) }
        }
        let format = TimeFormat(text ?? "%b %d, %Y", locale: run.locale.time)
        return values.map { format($0.asNumber, in: run.options.zone) }
      case .number(let text):
        let formatter = continuous.tickFormatter(
          count: count ?? 5, specifier: text, keepsAll: plan.values != nil, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      default:
        let formatter = continuous.tickFormatter(count: count ?? 5, keepsAll: plan.values != nil, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      }
    }
    let printer = ValuePrinter(run: run, format: plan.format)
    return values.map { value in
      switch plan.format.kind {
      case .number(nil), .automatic: printer.text(value).asString
      default: printer.string(value)
      }
    }
  }

  // MARK: Symbols

  private func symbols(_ entries: [Entry], _ scales: [(Channel, RuntimeScale)], _ content: inout [SceneNode]) -> Bounds
  {
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
    if columns <= 0, plan.orient == "top" || plan.orient == "bottom", let room = run.legendRoom(view) {
      options = GridOptions(
        columns: legendColumns(
          groups.map(\.bounds.x2), padding: read.number("columnPadding") ?? 10, available: room))
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

  private var symbolType: String {
    switch plan.symbolType {
    case .value(let value): value.stringValue ?? "circle"
    case .expression(let expression): evaluate(expression, scope: read.scope).stringValue ?? "circle"
    default: "circle"
    }
  }

  // MARK: Gradients

  private func gradient(_ scale: RuntimeScale, _ content: inout [SceneNode]) -> Bounds {
    let isVertical = plan.direction == "vertical"
    let thickness = read.number("gradientThickness") ?? 16
    let length =
      read.number("gradientLength")
      ?? (isVertical
        ? min(
          max(view.heightForLegend, read.number("gradientVerticalMinLength") ?? 64),
          read.number("gradientVerticalMaxLength") ?? 200)
        : min(
          max(view.widthForLegend, read.number("gradientHorizontalMinLength") ?? 100),
          read.number("gradientHorizontalMaxLength") ?? 200))
    var style = ItemStyle()
    style.opacity = read.number("gradientOpacity") ?? 1
    let strokeWidth = read.number("gradientStrokeWidth") ?? 0
    if strokeWidth > 0 {
      style.stroke = read.string("gradientStrokeColor")
      style.strokeWidth = strokeWidth
    }
    var fractions: [(Double, String)] = []
    if case .ramp(let continuous, let ramp) = scale.kind {
      fractions = ticks(continuous, scale, length: length)
      var paint = GradientPaint(name: "")
      if isVertical {
        (paint.x1, paint.y1, paint.x2, paint.y2) = (0, 1, 0, 0)
      } else {
        (paint.x1, paint.y1, paint.x2, paint.y2) = (0, 0, 1, 0)
      }
      // Stops stand evenly over the domain, which a log scale bends.
      let (low, high) = (continuous.domain.first ?? 0, continuous.domain.last ?? 1)
      var unit = continuous
      unit.domain = [low, high]
      unit.range = [0, 1]
      let stops = continuous.domain.count > 2 ? 32 : 16
      paint.stops = (0...stops).map { step in
        let t = Double(step) / Double(stops)
        return (t, ramp(continuous.domain.count > 2 ? continuous.fraction(unit.invert(t)) : t).hex)
      }
      style.fill = run.named(paint)
      let bar = SceneItem(
        .rect(
          x: 0, y: 0, width: isVertical ? thickness : length, height: isVertical ? length : thickness, CornerRadii()),
        style)
      content.append(.marks(SceneMarks(kind: "rect", role: "legend-gradient", items: [bar])))
    } else {
      // Discrete bands of colour.
      let (borders, colors): ([Double], [Value]) =
        switch scale.kind {
        case .bins(let borders, let range): (borders, range)
        case .classes(let thresholds, let range): ([-.infinity] + thresholds + [.infinity], range)
        default: ([], scale.rangeValues)
        }
      let count = max(1, borders.isEmpty ? colors.count : borders.count - 1)
      var bands: [SceneItem] = []
      for index in 0..<count {
        var band = style
        band.fill = colors.isEmpty ? nil : colors[min(index, colors.count - 1)].stringValue
        let size = length / Double(count)
        bands.append(
          SceneItem(
            isVertical
              ? .rect(x: 0, y: length - size * Double(index + 1), width: thickness, height: size, CornerRadii())
              : .rect(x: size * Double(index), y: 0, width: size, height: thickness, CornerRadii()), band))
        if index > 0, borders[index].isFinite {
          fractions.append((Double(index) / Double(count), classFormatter(scale, borders)(borders[index])))
        }
      }
      content.append(.marks(SceneMarks(kind: "rect", role: "legend-band", items: bands)))
    }
    var labels: [SceneItem] = []
    let gap = read.number("gradientLabelOffset") ?? 2
    for (fraction, label) in fractions {
      var text = TextShape(lines: [label], x: 0, y: 0)
      let style = read.text("label", &text)
      if isVertical {
        (text.x, text.y) = (thickness + gap, length * (1 - fraction))
        text.align = "left"
        text.baseline = fraction <= 0.000001 ? "bottom" : fraction >= 0.999999 ? "top" : "middle"
      } else {
        (text.x, text.y) = (length * fraction, thickness + gap)
        text.align = fraction <= 0.000001 ? "left" : fraction >= 0.999999 ? "right" : "center"
        text.baseline = "top"
      }
      labels.append(SceneItem(.text(text), style))
    }
    hideOverlaps(
      &labels, greedy: read.value("labelOverlap") == .string("greedy"), separation: read.number("labelSeparation") ?? 0)
    labels.removeAll { $0.style.opacity == 0 }
    let marks = SceneMarks(kind: "text", role: "legend-label", items: labels)
    content.append(.marks(marks))
    var bounds = Bounds(x1: 0, y1: 0, x2: isVertical ? thickness : length, y2: isVertical ? length : thickness)
    bounds.formUnion(marks.bounds)
    return bounds
  }

  private func ticks(_ continuous: ContinuousScale, _ scale: RuntimeScale, length: Double) -> [(Double, String)] {
    var values: [Value]
    let count = plan.tickCount?.numberValue ?? max(2, 2 * (length / 100).rounded(.down))
    if let given = plan.values {
      values = given
    } else if case .string(let unit)? = plan.tickCount, let interval = TimeInterval(vega: unit) {
      values = continuous.ticks(every: interval).map { .date($0) }
    } else if case .log = continuous.kind {
      values = continuous.labelledTicks(count: count).map { .number($0) }
    } else {
      values = continuous.ticks(count: count).map { continuous.isTemporal ? .date($0) : .number($0) }
    }
    if values.count < 3, plan.values == nil, let low = continuous.domain.first, let high = continuous.domain.last,
      low != high
    {
      // Too few ticks say less than the ends of the domain.
      values = [low, high].map { continuous.isTemporal ? .date($0) : .number($0) }
    }
    let texts = labels(values, scale, count)
    let (low, high) = (continuous.domain.first ?? 0, continuous.domain.last ?? 1)
    var unit = continuous
    unit.domain = [low, high]
    unit.range = [0, 1]
    var result: [(Double, String)] = []
    for (value, text) in zip(values, texts) {
      let fraction = unit(value.asNumber)
      if fraction.isFinite, fraction >= -0.0001, fraction <= 1.0001 { result.append((fraction, text)) }
    }
    if let expression = plan.labelExpression {
      let compiled = CompiledExpression(expression, scope: read.scope)
      for index in result.indices {
        let text = compiled(.object(ValueObject(["label": .string(result[index].1), "value": values[index]])))
        result[index].1 = text.isPresent ? text.asString : ""
      }
    }
    return result
  }
}

extension LegendPlan {
  /// Whether a size is the width of a line.
  var symbolIsLine: Bool { if case .value(.string("stroke")) = symbolType { true } else { false } }
}

extension ViewScope {
  /// The size of the plot that a legend belongs to, or of a part of the composition.
  var heightForLegend: Double { height > 0 ? height : childSize(\.height) }
  var widthForLegend: Double { width > 0 ? width : childSize(\.width) }

  private func childSize(_ key: KeyPath<GroupPlan, SizePlan?>) -> Double {
    func first(_ plan: GroupPlan) -> Double? {
      if plan.isPlot, case .fixed(let pixels)? = plan[keyPath: key] { return pixels }
      for child in plan.children + (plan.facet?.cell ?? []) { if let found = first(child) { return found } }
      return nil
    }
    return first(plan) ?? 200
  }
}
