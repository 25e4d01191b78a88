internal import AlmanacCore
internal import VegaLite

extension ChartRun {
  /// The words for what is not observed, in the order of the plan, as far as the picture shows it.
  var forecastWords: [(kind: Int, value: String, label: String)] {
    guard let forecast = plan.overlays?.forecast else { return [] }
    let words = DescriptionWords(isChinese: isChinese)
    return forecast.kinds.enumerated().compactMap { index, kind in
      guard forecastsSeen.contains(where: { $0.kind == index }) else { return nil }
      return (index, kind.value, kind.label?.text(in: options.language) ?? words.forecast(kind.value))
    }
  }

  /// A row of samples with words, which stands above the plot: what a hatched bar, a dashed line, a hollow point means.
  func forecastKey() -> SceneGroup? {
    guard plan.overlays?.forecast?.showsKey == true else { return nil }
    let group = SceneGroup(role: "legend", classes: "forecast-key")
    let font = plan.config["font"]?.stringValue ?? "sans-serif"
    var x = 0.0
    var symbols: [SceneItem] = []
    var labels: [SceneItem] = []
    for (kind, _, label) in forecastWords {
      let mark = forecastsSeen.filter { $0.kind == kind }.map(\.mark).min { rank($0) < rank($1) } ?? .rect
      symbols.append(sample(mark, kind: kind, x: x))
      var text = TextShape(lines: [label], x: x + 24, y: 6)
      text.font = font
      text.size = 12
      text.baseline = "middle"
      var style = ItemStyle()
      style.fill = LabelPaint.ink
      let item = SceneItem(.text(text), style)
      labels.append(item)
      x = item.bounds.x2 + 14
    }
    guard !labels.isEmpty else { return nil }
    let marks = SceneMarks(kind: "symbol", role: "legend-symbol", items: symbols)
    let texts = SceneMarks(kind: "text", role: "legend-label", items: labels)
    group.nodes = [.marks(marks), .marks(texts)]
    group.bounds = Bounds(x1: 0, y1: 0, x2: texts.bounds.x2, y2: 12)
    return group
  }

  private func rank(_ mark: MarkKind) -> Int {
    switch mark {
    case .rect, .arc: 0
    case .area: 1
    case .line, .trail, .rule: 2
    default: 3
    }
  }

  private func sample(_ mark: MarkKind, kind: Int, x: Double) -> SceneItem {
    var style = ItemStyle()
    switch mark {
    case .line, .trail, .rule:
      style.stroke = LabelPaint.softInk
      style.strokeWidth = 2
      return SceneItem(
        .line(x1: x, y1: 6, x2: x + 18, y2: 6), forecastStyle(style, kind: kind, mark: .line))
    case .symbol:
      style.fill = LabelPaint.softInk
      return SceneItem(
        .path(symbolPath("circle", size: 70) ?? PathData(), x: x + 9, y: 6, angle: 0),
        forecastStyle(style, kind: kind, mark: .symbol))
    default:
      style.fill = LabelPaint.softInk
      return SceneItem(
        .rect(x: x + 1, y: 0.5, width: 16, height: 11, CornerRadii()), forecastStyle(style, kind: kind, mark: .rect))
    }
  }

  /// Puts the key beside the legend above a plot where there is room, else above both.
  func placeForecastKey(_ key: SceneGroup, above bounds: Bounds, legends: [(String, SceneGroup)], width: Double) {
    let top = legends.filter { $0.0 == "top" }.map(\.1)
    let right = top.map(\.bounds.x2).max() ?? 0
    if let first = top.first, right + 18 + key.bounds.width <= width {
      // In line with the legend's last row, below its title.
      key.move(to: right + 18, first.bounds.y2 - 13)
    } else {
      key.move(to: min(0, bounds.x1).rounded(.down), bounds.y1.rounded(.down) - 20)
    }
  }
}
