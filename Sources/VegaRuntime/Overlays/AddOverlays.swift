internal import AlmanacCore
internal import VegaLite

extension ChartRun {
  /// Draws the labels and annotations of a plot over its axes and marks, and its bands behind the marks.
  ///
  /// - Parameter firstMark: where marks begin among the group's nodes.
  func addOverlays(_ plan: GroupPlan, _ view: ViewScope, _ group: SceneGroup, firstMark: Int) {
    guard let overlays = self.plan.overlays else { return }
    var canvas = OverlayCanvas(run: self, view: view, group: group)
    let annotations = overlays.annotations.filter { concerns($0, plan, view) }
    for annotation in annotations { canvas.paintBand(annotation) }
    for label in overlays.labels { canvas.drawLabels(label, plan.marks) }
    for annotation in annotations { canvas.drawLine(annotation) }
    for annotation in annotations { canvas.writeBand(annotation) }
    for annotation in annotations { canvas.drawText(annotation) }
    canvas.insert(into: group, firstMark: firstMark)
  }

  /// Whether an annotation belongs into a view: by its name, by its cell, or because nothing is said.
  private func concerns(_ annotation: AnnotationPlan, _ plan: GroupPlan, _ view: ViewScope) -> Bool {
    if let name = annotation.view { return plan.name == name || plan.name.hasSuffix("_" + name) }
    guard !annotation.cells.isEmpty else { return true }
    return annotation.cells.allSatisfy { wanted in
      view.cell.contains { $0.field == wanted.field && $0.value.asString == wanted.value.asString }
    }
  }

  /// What the annotations say, for readers who do not see the picture.
  var annotationSentences: [String] {
    (plan.overlays?.annotations ?? []).compactMap { $0.text?.text(in: options.language) }.filter { !$0.isEmpty }
  }
}

/// The layer of texts, leaders, lines and bands over one plot, and what is taken in it already.
struct OverlayCanvas {
  let run: ChartRun
  let view: ViewScope
  var obstacles: Obstacles
  var bands: [SceneItem] = []
  var leaders: [SceneItem] = []
  var rules: [SceneItem] = []
  var labels: [SceneItem] = []
  var texts: [SceneItem] = []
  /// What the axes left and right of the plot cover.
  private(set) var axisLeft = 0.0
  private(set) var axisRight: Double
  let font: String
  /// Size of labels and notes in pixels.
  let fontSize = 12.0

  init(run: ChartRun, view: ViewScope, group: SceneGroup) {
    self.run = run
    self.view = view
    obstacles = Obstacles(group.nodes)
    font = run.plan.config["font"]?.stringValue ?? "sans-serif"
    axisRight = view.width
    for node in group.nodes {
      if case .group(let axis) = node, axis.role == "axis", axis.isVertical {
        axisLeft = min(axisLeft, axis.bounds.x1)
        axisRight = max(axisRight, axis.bounds.x2)
      }
    }
  }

  /// The width of the whole picture, which does not change while the plot is fitted into it.
  var documentWidth: Double { run.options.width ?? view.width }

  func shape(_ lines: [String], weight: String? = nil) -> TextShape {
    var shape = TextShape(lines: lines, x: 0, y: 0)
    shape.font = font
    shape.size = fontSize
    shape.weight = weight
    shape.lineHeight = fontSize + 3
    return shape
  }

  /// Text with a rim of the ground's colour, readable over grid lines and strokes.
  func item(_ shape: TextShape, _ paint: String, halo: Bool) -> SceneItem {
    var style = ItemStyle()
    style.fill = paint
    if halo {
      style.stroke = LabelPaint.ground
      style.strokeWidth = 3
      style.strokeJoin = "round"
      style.strokesBehind = true
    }
    return SceneItem(.text(shape), style)
  }

  func stroke(_ paint: String, width: Double = 1) -> ItemStyle {
    var style = ItemStyle()
    style.stroke = paint
    style.strokeWidth = width
    return style
  }

  func insert(into group: SceneGroup, firstMark: Int) {
    func marks(_ kind: String, _ role: String, _ items: [SceneItem]) -> [SceneNode] {
      items.isEmpty ? [] : [.marks(SceneMarks(kind: kind, role: role, items: items))]
    }
    group.nodes.insert(contentsOf: marks("rect", "annotation-band", bands), at: firstMark)
    group.nodes += marks("rule", "annotation-line", rules)
    group.nodes += marks("rule", "label-leader", leaders)
    group.nodes += marks("text", "label", labels)
    group.nodes += marks("text", "annotation", texts)
  }
}
