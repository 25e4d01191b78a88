internal import AlmanacCore
internal import Localization
internal import VegaLite

/// A bar of colours with ticks, or a band for each class.
/// https://github.com/vega/vega/blob/main/packages/vega-parser/src/parsers/guides/legend-gradient.js
extension LegendBuilder {
  func gradient(_ scale: RuntimeScale, _ content: inout [SceneNode]) -> Bounds {
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

  func ticks(_ continuous: ContinuousScale, _ scale: RuntimeScale, length: Double) -> [(Double, String)] {
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
