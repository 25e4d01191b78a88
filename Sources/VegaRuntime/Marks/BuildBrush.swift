internal import VegaLite

extension ChartRun {
  /// The area of a selected interval, which lies behind the marks, and its outline above them.
  func build(_ brush: BrushPlan, in view: ViewScope) -> (area: SceneMarks, outline: SceneMarks)? {
    func ends(_ span: BrushPlan.Span?, length: Double) -> (Double, Double)? {
      guard let span else { return (0, length) }
      guard let scale = view.scale(span.scale), let values = value(span.ends, view)?.arrayValue, values.count == 2
      else {
        return nil
      }
      let (a, b) = (scale.number(values[0]), scale.number(values[1]))
      return a.isFinite && b.isFinite ? (min(a, b), max(a, b)) : nil
    }
    guard let (x1, x2) = ends(brush.x, length: view.width), let (y1, y2) = ends(brush.y, length: view.height) else {
      return nil
    }
    let shape = SceneItem.Shape.rect(x: x1, y: y1, width: x2 - x1, height: y2 - y1, CornerRadii())
    let paint = evaluated(brush.paint)
    var area = ItemStyle()
    area.fill = paint["fill"]?.stringValue
    area.fillOpacity = paint["fillOpacity"]?.numberValue ?? 1
    var outline = ItemStyle()
    outline.stroke = paint["stroke"]?.stringValue
    outline.strokeWidth = paint["strokeWidth"]?.numberValue ?? 1
    outline.strokeOpacity = paint["strokeOpacity"]?.numberValue ?? 1
    outline.strokeDash = paint["strokeDash"]?.arrayValue?.map(\.asNumber) ?? []
    outline.strokeDashOffset = paint["strokeDashOffset"]?.numberValue ?? 0
    if x1 == x2 || y1 == y2 { outline.stroke = nil }
    func marks(_ style: ItemStyle, _ suffix: String) -> SceneMarks {
      var marks = SceneMarks(
        kind: "rect", role: "mark", items: [SceneItem(shape, style)], name: brush.name + suffix)
      marks.clip = Bounds(x1: 0, y1: 0, x2: view.width, y2: view.height)
      return marks
    }
    return (marks(area, "_brush_bg"), marks(outline, "_brush"))
  }
}
