internal import AlmanacCore
internal import VegaLite

/// A bar of colours with ticks, or a band for each class.
/// https://github.com/vega/vega/blob/main/packages/vega-parser/src/parsers/guides/legend-gradient.js
extension LegendBuilder {
  /// Pixels along the bar.
  func gradientLength() -> Double {
    if let length = read.number("gradientLength") { return length }
    switch plan.gradientSpan {
    case .plot(let name, let isHorizontal, let bounds)?:
      let size = run.plotSize(named: name, in: view) ?? (view.width, view.height)
      let length = isHorizontal ? size.0 : size.1
      return min(max(length, bounds.lowerBound), bounds.upperBound)
    case .pixels(let length)?: return length
    case nil: return 200
    }
  }

  func gradient(
    _ scale: RuntimeScale, _ entries: [LegendEntry], _ form: Form, length: Double, _ content: inout [SceneNode]
  )
    -> Bounds
  {
    let isVertical = isVertical("gradientDirection")
    let thickness = read.number("gradientThickness") ?? 16
    var style = ItemStyle()
    style.opacity = read.number("gradientOpacity") ?? plan.gradientOpacity?.numberValue ?? 1
    style.stroke = read.string("gradientStrokeColor")
    style.strokeWidth = read.number("gradientStrokeWidth") ?? 0
    if style.strokeWidth == 0 { style.stroke = nil }
    /// The part of the bar between two fractions.
    func part(_ from: Double, _ to: Double) -> SceneItem.Shape {
      let (low, high) = (length * min(from, to), length * max(from, to))
      return isVertical
        ? .rect(x: 0, y: length - high, width: thickness, height: high - low, CornerRadii())
        : .rect(x: low, y: 0, width: high - low, height: thickness, CornerRadii())
    }
    if form == .gradient, case .ramp(let continuous, let ramp) = scale.kind {
      style.fill = run.named(paint(continuous, ramp, isVertical: isVertical))
      content.append(.marks(SceneMarks(kind: "rect", role: "legend-gradient", items: [SceneItem(part(0, 1), style)])))
    } else {
      let bands = entries.map { entry in
        var band = style
        band.fill = scale.apply(entry.value).stringValue
        return SceneItem(part(entry.fraction, entry.nextFraction), band)
      }
      content.append(.marks(SceneMarks(kind: "rect", role: "legend-band", items: bands)))
    }
    let marks = gradientLabels(entries, length: length, thickness: thickness, isVertical: isVertical)
    content.append(.marks(marks))
    var bounds = Bounds(x1: 0, y1: 0, x2: isVertical ? thickness : length, y2: isVertical ? length : thickness)
    bounds.formUnion(marks.bounds)
    return bounds
  }

  /// The colours of a ramp as a gradient, with stops at its ends and at some fifteen round values between, as in Vega.
  private func paint(_ continuous: ContinuousScale, _ ramp: ColorRamp, isVertical: Bool) -> GradientPaint {
    var paint = GradientPaint(name: "")
    (paint.x1, paint.y1, paint.x2, paint.y2) = isVertical ? (0, 1, 0, 0) : (0, 0, 1, 0)
    var (first, last) = (continuous.domain.first ?? 0, continuous.domain.last ?? 1)
    var colors = continuous
    if continuous.domain.count == 1 {
      let only = ramp(continuous.fraction(first)).hex
      paint.stops = [(0, only), (1, only)]
      return paint
    }
    // Of one value the whole ramp is shown.
    if first == last {
      (first, last) = (0, 1)
      colors = ContinuousScale()
    }
    // Where a value stands on the bar, which is not where a domain of several parts has it.
    var unit = colors
    unit.domain = [first, last]
    unit.range = [0, 1]
    var values = colors.ticks(count: 15)
    if values.first != first { values.insert(first, at: 0) }
    if values.last != last { values.append(last) }
    paint.stops = values.map { (unit($0), ramp.paint(at: colors.fraction($0))) }
    return paint
  }

  private func gradientLabels(_ entries: [LegendEntry], length: Double, thickness: Double, isVertical: Bool)
    -> SceneMarks
  {
    let gap = (plan.ownLabelOffset ? read.number("labelOffset") : nil) ?? read.number("gradientLabelOffset") ?? 2
    var labels: [SceneItem] = entries.map { entry in
      var text = TextShape(lines: [entry.label], x: 0, y: 0)
      let style = read.text("label", &text)
      let fraction = entry.fraction
      if isVertical {
        (text.x, text.y) = (thickness + gap, length * (1 - fraction))
        text.align = "left"
        text.baseline = fraction <= 0 ? "bottom" : fraction >= 1 ? "top" : "middle"
      } else {
        (text.x, text.y) = (length * fraction, thickness + gap)
        text.align = fraction <= 0 ? "left" : fraction >= 1 ? "right" : "center"
        text.baseline = "top"
        // A legend that begins where the picture does has no room beside its bar.
        if run.plan.config["flatLabels"] == .bool(true), text.align == "center", text.width <= length {
          text.x = max(text.width / 2, min(length - text.width / 2, text.x))
        }
      }
      return SceneItem(.text(text), style)
    }
    let overlap = read.value("labelOverlap") ?? .bool(true)
    if overlap != .bool(false) {
      hideOverlaps(&labels, greedy: overlap == .string("greedy"), separation: read.number("labelSeparation") ?? 0)
    }
    labels.removeAll { $0.style.opacity == 0 }
    return SceneMarks(kind: "text", role: "legend-label", items: labels)
  }
}
