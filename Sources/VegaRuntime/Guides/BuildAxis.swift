internal import AlmanacCore
internal import VegaLite

/// Builds one axis, or one axis' grid, at the edge of a view.
/// https://github.com/vega/vega/tree/main/packages/vega-parser/src/parsers/guides
struct AxisBuilder {
  let run: ChartRun
  let view: ViewScope
  let plan: AxisPlan
  let scale: RuntimeScale
  let read: GuideReader
  var isX: Bool { plan.orient == "top" || plan.orient == "bottom" }
  /// Away from the plot.
  var sign: Double { plan.orient == "left" || plan.orient == "top" ? -1 : 1 }
  var length: Double { isX ? view.width : view.height }

  init?(run: ChartRun, view: ViewScope, plan: AxisPlan) {
    guard let scale = view.scale(plan.scale) else { return nil }
    self.run = run
    self.view = view
    self.plan = plan
    self.scale = scale
    read = GuideReader(plan.properties, run.scope(view), font: run.plan.config["font"]?.stringValue ?? "sans-serif")
  }

  func build() -> SceneGroup {
    let group = SceneGroup(role: "axis")
    group.isVertical = !isX
    if !plan.isGrid { group.axis = isX ? "x" : "y" }
    let ticks = self.ticks()
    if plan.isGrid {
      grid(ticks, group)
      place(group, extent: Bounds(), isGrid: true)
      return group
    }
    let hasTicks = read.flag("ticks") ?? true
    let tickSize = read.number("tickSize", default: 5)
    var extent = Bounds()
    if hasTicks {
      var items: [SceneItem] = []
      for tick in tickPositions(ticks) {
        let datum = tick.datum
        var style = read.stroke("tick", datum)
        if style.stroke == nil { style.stroke = "#888" }
        let size = (read.number("tickSize", datum) ?? tickSize) * sign
        let at = tick.position
        items.append(
          SceneItem(isX ? .line(x1: at, y1: 0, x2: at, y2: size) : .line(x1: 0, y1: at, x2: size, y2: at), style))
      }
      let marks = SceneMarks(kind: "rule", role: "axis-tick", items: items)
      extent.formUnion(marks.bounds)
      group.nodes.append(.marks(marks))
    }
    if read.flag("labels") ?? true {
      let marks = labels(ticks, tickSize: hasTicks ? tickSize : 0)
      extent.formUnion(visibleBounds(marks))
      // A label without text takes the height of a line.
      if let extra = firstOfBands(ticks) {
        let empty = labels([extra], tickSize: hasTicks ? tickSize : 0, keepsEmpty: true)
        extent.formUnion(empty.bounds)
      }
      group.nodes.append(.marks(marks))
    }
    if read.flag("domain") ?? true {
      var style = read.stroke("domain")
      if style.stroke == nil { style.stroke = "#888" }
      let (start, end) = rangeEnds
      let line = SceneItem(
        isX ? .line(x1: start, y1: 0, x2: end, y2: 0) : .line(x1: 0, y1: start, x2: 0, y2: end), style)
      group.nodes.append(.marks(SceneMarks(kind: "rule", role: "axis-domain", items: [line])))
    }
    place(group, extent: extent, isGrid: false)
    group.label = description(ticks)
    return group
  }

  var rangeEnds: (Double, Double) {
    if let continuous = scale.continuous { return (continuous.range.first ?? 0, continuous.range.last ?? 0) }
    if case .band(let band) = scale.kind { return (band.rangeStart, band.rangeEnd) }
    return isX ? (0, view.width) : (view.height, 0)
  }

  func grid(_ ticks: [AxisTick], _ group: SceneGroup) {
    // Lines run over the range of the other axis' scale, which may end before the view does.
    let other = plan.gridScale.flatMap { view.scale($0) }
    var across = other?.continuous?.range ?? [0, isX ? view.height : view.width]
    if case .band(let band)? = other?.kind { across = [band.rangeStart, band.rangeEnd] }
    let offset = read.number("offset") ?? 0
    let ends = [across.first ?? 0, across.last ?? 0].sorted()
    let (near, far) = (-sign * (ends[0] + offset), -sign * (ends[1] + offset))
    var items: [SceneItem] = []
    for tick in tickPositions(ticks) {
      var style = read.stroke("grid", tick.datum)
      if style.stroke == nil { style.stroke = "#ddd" }
      let at = tick.position
      items.append(
        SceneItem(isX ? .line(x1: at, y1: near, x2: at, y2: far) : .line(x1: near, y1: at, x2: far, y2: at), style))
    }
    group.nodes.append(.marks(SceneMarks(kind: "rule", role: "axis-grid", items: items)))
  }

  /// Puts the axis at its side of the view, with its title beyond the labels.
  func place(_ group: SceneGroup, extent: Bounds, isGrid: Bool) {
    let offset = read.number("offset") ?? 0
    let position = isGrid ? 0 : read.number("position") ?? 0
    let translate = read.number("translate") ?? 0.5
    var bounds = extent
    if isGrid { bounds = Bounds() }
    let least = isGrid ? 0 : read.number("minExtent") ?? 0
    let most = isGrid ? 0 : read.number("maxExtent") ?? 200
    func reach(_ value: Double) -> Double { max(least, min(most, bounds.isEmpty ? 0 : value)) }
    let s: Double
    switch plan.orient {
    case "top":
      (group.x, group.y) = (position, -offset)
      s = reach(-bounds.y1)
      bounds.add(0, -s)
      bounds.add(length, 0)
    case "left":
      (group.x, group.y) = (-offset, position)
      s = reach(-bounds.x1)
      bounds.add(-s, 0)
      bounds.add(0, length)
    case "right":
      (group.x, group.y) = (view.width + offset, position)
      s = reach(bounds.x2)
      bounds.add(0, 0)
      bounds.add(s, length)
    default:
      (group.x, group.y) = (position, view.height + offset)
      s = reach(bounds.y2)
      bounds.add(0, 0)
      bounds.add(length, s)
    }
    if !isGrid, let title = title(distance: s) {
      bounds.formUnion(title.bounds)
      group.nodes.append(.marks(SceneMarks(kind: "text", role: "axis-title", items: [title])))
    }
    group.bounds = bounds.translated(group.x, group.y)
    group.x += translate
    group.y += translate
  }

  func description(_ ticks: [AxisTick]) -> String { "\(isX ? "X" : "Y")-axis titled '\(plan.title ?? "")'" }
}
