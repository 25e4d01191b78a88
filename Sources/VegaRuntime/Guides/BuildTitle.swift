internal import AlmanacCore
internal import VegaLite

extension ChartRun {
  /// Builds a chart's title and subtitle beside what they name.
  /// https://vega.github.io/vega/docs/title/
  func buildTitle(_ plan: TitlePlan, _ view: ViewScope, width: Double, height: Double, around: Bounds) -> SceneGroup {
    let group = SceneGroup(role: "title")
    let properties = evaluated(plan.properties)
    let font = self.plan.config["font"]?.stringValue ?? "sans-serif"
    var lines = plan.lines
    if let expression = plan.expression {
      let value = evaluate(expression, scope: scope(view))
      lines = value.arrayValue?.map(\.asString) ?? [value.asString]
    }
    var subtitleLines = plan.subtitle
    if let expression = plan.subtitleExpression {
      let value = evaluate(expression, scope: scope(view))
      subtitleLines = value.arrayValue?.map(\.asString) ?? [value.asString]
    }
    let orient = properties["orient"]?.stringValue ?? "top"
    let anchor = properties["anchor"]?.stringValue ?? "middle"
    let offset = properties["offset"]?.numberValue ?? 4
    let padding = properties["subtitlePadding"]?.numberValue ?? 3
    let isSide = orient == "left" || orient == "right"
    func number(_ key: String) -> Double? { properties[key]?.numberValue }
    var title = TextShape(lines: lines, x: 0, y: 0)
    title.dx = number("dx") ?? 0
    title.dy = number("dy") ?? 0
    title.font = properties["font"]?.stringValue ?? font
    title.size = number("fontSize") ?? 13
    title.weight = properties["fontWeight"].map(\.asString) ?? "bold"
    title.fontStyle = properties["fontStyle"]?.stringValue
    title.lineHeight = number("lineHeight")
    title.angle = number("angle") ?? (orient == "left" ? -90 : orient == "right" ? 90 : 0)
    let align = properties["align"]?.stringValue ?? (anchor == "start" ? "left" : anchor == "end" ? "right" : "center")
    title.align = align
    title.baseline = properties["baseline"]?.stringValue ?? "top"
    let limit = number("limit") ?? 0
    title.cut(to: limit)
    var style = ItemStyle()
    style.fill = properties["color"]?.stringValue ?? "#000"
    let titleItem = SceneItem(.text(title), style)
    var box = titleItem.bounds
    group.nodes.append(.marks(SceneMarks(kind: "text", role: "title-text", items: [titleItem])))
    if !subtitleLines.isEmpty {
      var subtitle = TextShape(lines: subtitleLines, x: 0, y: 0)
      subtitle.dx = title.dx
      subtitle.dy = title.dy
      subtitle.font = properties["subtitleFont"]?.stringValue ?? font
      subtitle.size = number("subtitleFontSize") ?? 12
      subtitle.weight = properties["subtitleFontWeight"]?.asString
      subtitle.fontStyle = properties["subtitleFontStyle"]?.stringValue
      subtitle.lineHeight = number("subtitleLineHeight")
      subtitle.angle = title.angle
      subtitle.align = align
      subtitle.baseline = title.baseline
      subtitle.cut(to: limit)
      switch orient {
      case "left": subtitle.x = box.width + padding
      case "right": subtitle.x = -box.width - padding
      case "top", "bottom": subtitle.y = box.height + padding
      default: break
      }
      var style = ItemStyle()
      style.fill = properties["subtitleColor"]?.stringValue ?? "#000"
      let item = SceneItem(.text(subtitle), style)
      box.formUnion(item.bounds)
      group.nodes.append(.marks(SceneMarks(kind: "text", role: "title-subtitle", items: [item])))
    }
    var (start, end) = (0.0, isSide ? height : width)
    if properties["frame"]?.stringValue != "group" {
      switch orient {
      case "left": (start, end) = (around.y2, around.y1)
      case "right": (start, end) = (around.y1, around.y2)
      default: (start, end) = (around.x1, around.x2)
      }
    } else if orient == "left" {
      (start, end) = (height, 0)
    }
    let position = anchor == "start" ? start : anchor == "end" ? end : (start + end) / 2
    switch orient {
    case "left": (group.x, group.y) = (around.x1 - box.width - offset, position)
    case "right": (group.x, group.y) = (around.x2 + box.width + offset, position)
    case "bottom": (group.x, group.y) = (position, around.y2 + offset)
    case "top": (group.x, group.y) = (position, around.y1 - box.height - offset)
    default: break
    }
    group.zindex = Int(limited: number("zindex") ?? 0)
    group.bounds = box.translated(group.x, group.y)
    return group
  }
}
