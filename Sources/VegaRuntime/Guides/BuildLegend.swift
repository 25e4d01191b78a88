internal import AlmanacCore
internal import VegaLite

extension SceneGroup {
  /// How far a legend stands from what it explains, if it says so; kept in its padding until it is placed.
  var legendOffset: Double? { padding }
}

/// Builds a legend: symbols with labels, or a bar of colours with ticks.
/// https://github.com/vega/vega/blob/main/packages/vega-parser/src/parsers/legend.js
struct LegendBuilder {
  let run: ChartRun
  let view: ViewScope
  let plan: LegendPlan
  let read: GuideReader
  let scales: [(property: MarkProperty, scale: RuntimeScale)]
  let orient: String

  /// How values are shown.
  enum Form { case symbols, gradient, classes }

  init(run: ChartRun, view: ViewScope, plan: LegendPlan) {
    self.run = run
    self.view = view
    self.plan = plan
    read = GuideReader(plan.properties, run.scope(view), font: run.plan.config["font"]?.stringValue ?? "sans-serif")
    scales = plan.scales.compactMap { entry in view.scale(entry.scale).map { (entry.property, $0) } }
    orient = read.string("orient") ?? "right"
  }

  func isVertical(_ configured: String) -> Bool {
    (read.string("direction") ?? read.string(configured) ?? "vertical") == "vertical"
  }

  private func form(_ scale: RuntimeScale) -> Form {
    let type = scale.type
    var name = read.string("type")
    if name == nil, scales.count == 1, scales[0].property == .fill || scales[0].property == .stroke {
      if type.isContinuous { name = "gradient" } else if type.isContinuousToDiscrete { return .classes }
    }
    guard name == "gradient" else { return .symbols }
    if type.isContinuousToDiscrete { return .classes }
    if case .ramp = scale.kind { return .gradient }
    return .symbols
  }

  func build() -> (String, SceneGroup)? {
    guard let scale = scales.first?.scale else { return nil }
    let group = SceneGroup(role: "legend")
    let form = form(scale)
    let length = form == .symbols ? 0 : gradientLength()
    let entries = entries(scale, form, length: length)
    if entries.isEmpty, form != .gradient { return nil }
    let inner = SceneGroup(role: "legend-entries")
    inner.bounds =
      form == .symbols
      ? symbols(entries, &inner.nodes) : gradient(scale, entries, form, length: length, &inner.nodes)
    let padding = read.number("padding") ?? 0
    var box = Bounds(x1: 0, y1: 0, x2: padding, y2: padding)
    if let title = title(beside: inner, isGradient: form != .symbols, padding: padding) {
      box.formUnion(title.bounds)
      group.nodes.append(.marks(SceneMarks(kind: "text", role: "legend-title", items: [title])))
    } else {
      inner.move(to: padding, padding)
    }
    box.formUnion(inner.bounds)
    group.nodes.insert(.group(inner), at: 0)
    (box.x1, box.y1) = (0, 0)
    let width = (box.width + padding).rounded(.up)
    let height = (box.height + padding).rounded(.up)
    group.bounds = Bounds(x1: 0, y1: 0, x2: width, y2: height)
    (group.width, group.height) = (width, height)
    var style = ItemStyle()
    style.fill = read.string("fillColor")
    style.stroke = read.string("strokeColor")
    style.strokeWidth = read.number("strokeWidth") ?? 1
    style.strokeDash = read.lengths("strokeDash")
    if style.fill != nil || style.stroke != nil { group.background = style }
    group.bounds = group.bounds.expanded(by: style.reach)
    group.cornerRadius = read.number("cornerRadius") ?? 0
    group.padding = read.number("offset")
    group.zindex = Int(limited: read.number("zindex") ?? 0)
    if orient == "none" {
      // Without a place of its own a legend lies upon the view and takes no room.
      if !read.has("legendX"), !read.has("legendY") { group.bounds = Bounds() }
      group.move(to: read.number("legendX") ?? 0, read.number("legendY") ?? 0)
    }
    return (orient, group)
  }

  // MARK: Title

  /// The title, and the entries moved to their place beside it.
  /// https://github.com/vega/vega/blob/main/packages/vega-view-transforms/src/layout/legend.js
  private func title(beside entries: SceneGroup, isGradient: Bool, padding: Double) -> SceneItem? {
    guard let text = plan.title else { return nil }
    var shape = TextShape(
      lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init), x: padding, y: padding)
    let style = read.text("title", &shape)
    let side = read.string("titleOrient") ?? "top"
    let isBeside = side == "left" || side == "right"
    let isUpright = isGradient && isVertical("gradientDirection")
    let anchor = read.string("titleAnchor") ?? (isBeside ? "middle" : "start")
    func anchored(_ start: String, _ end: String, _ middle: String) -> String {
      anchor == "start" ? start : anchor == "end" ? end : middle
    }
    if isUpright, isBeside { shape.angle = side == "left" ? -90 : 90 }
    let align =
      isUpright && side == "right"
      ? anchored("right", "left", "center")
      : isBeside && !(isUpright && side == "left") ? "left" : anchored("left", "right", "center")
    let baseline =
      isBeside ? isUpright ? (side == "right" ? "bottom" : "top") : anchored("top", "bottom", "middle") : "top"
    shape.align = read.string("titleAlign") ?? align
    shape.baseline = read.string("titleBaseline") ?? baseline
    let gap = read.number("titlePadding") ?? 5
    let box = SceneItem(.text(shape), style).bounds
    var (x, y) = (padding, padding)
    if side == "left" {
      x += box.width.rounded(.up) + gap
    } else if !isBeside, side != "bottom" {
      y += box.height + gap
    }
    entries.move(to: x, y)
    let bar = isGradient ? firstMarks(entries)?.translated(x, y) : nil
    let lines = shape.lineStep * Double(shape.lines.count - 1)
    /// How far along the entries, or along their bar, the title stands.
    func along(_ anchor: String, isY: Bool, isBeside: Bool, skipsBar: Bool = false) -> Double {
      let box = (isBeside || !isUpright) && !skipsBar ? bar ?? entries.bounds : entries.bounds
      let span = (isY ? box.y2 : box.x2) - padding
      let turned = isUpright && isBeside
      return roundHalfUp(
        anchor == "start"
          ? (turned ? span : 0) : anchor == "end" ? (turned ? 0 : span) : 0.5 * (span - (isY ? lines : 0)))
    }
    switch side {
    case "left": shape.y += along(anchor, isY: true, isBeside: true)
    case "right":
      shape.x += along("end", isY: false, isBeside: false) + gap
      shape.y += along(anchor, isY: true, isBeside: true)
    case "bottom":
      shape.x += along(anchor, isY: false, isBeside: false)
      shape.y += roundHalfUp(entries.bounds.y2 - padding) + gap
    default: shape.x += along(anchor, isY: false, isBeside: false)
    }
    var item = SceneItem(.text(shape), style)
    // Nothing may reach over the left edge.
    let over = roundHalfUp(item.bounds.x1 - padding)
    if over < 0 {
      entries.move(to: entries.x - over, entries.y)
      shape.x -= over
      item = SceneItem(.text(shape), style)
    }
    return item
  }

  private func firstMarks(_ group: SceneGroup) -> Bounds? {
    if case .marks(let marks)? = group.nodes.first { marks.bounds } else { nil }
  }
}
