internal import AlmanacCore
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
    read = GuideReader(plan.properties, run.scope(view), font: run.plan.config["font"]?.stringValue ?? "sans-serif")
    var plan = plan
    if let count = plan.tickCountExpression { plan.tickCount = evaluate(count, scope: read.scope) }
    if let values = plan.valuesExpression { plan.values = evaluate(values, scope: read.scope).arrayValue }
    self.plan = plan
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

  func find(_ name: String) -> RuntimeScale? { view.scale(name) }
}

extension ViewScope {
  /// The size of the plot that a legend belongs to, or of a part of the composition.
  var heightForLegend: Double { height > 0 ? height : childSize(\.height) }
  var widthForLegend: Double { width > 0 ? width : childSize(\.width) }

  func childSize(_ key: KeyPath<GroupPlan, SizePlan?>) -> Double {
    func first(_ plan: GroupPlan) -> Double? {
      if plan.isPlot, case .fixed(let pixels)? = plan[keyPath: key] { return pixels }
      for child in plan.children + (plan.facet?.cell ?? []) { if let found = first(child) { return found } }
      return nil
    }
    return first(plan) ?? 200
  }
}
