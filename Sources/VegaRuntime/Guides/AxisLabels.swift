internal import VegaLite

/// Texts of an axis: a label for each tick, and what it measures.
/// https://github.com/vega/vega/blob/main/packages/vega-parser/src/parsers/guides/axis-labels.js
extension AxisBuilder {
  func labels(_ ticks: [AxisTick], tickSize: Double, keepsEmpty: Bool = false) -> SceneMarks {
    let flush = read.value("labelFlush")
    let flushes = flush.map { $0.boolValue ?? ($0.asNumber > 0) } ?? false
    let tolerance = flush?.numberValue ?? 1
    let angle = read.number("labelAngle") ?? 0
    // Whether a label stands at an end is told by its value's place.
    let tickOffset = read.number("tickOffset") ?? 0
    let isUpright = read.flag("labelAngleIsDefault") == true
    let wrapped = isUpright || angle == 0 ? wrappedLabels(ticks.map(\.label)) : nil
    let liesFlat = fitsFlat(ticks) || isX && isUpright && wrapped != nil
    let (start, end) = rangeEnds
    var items: [SceneItem] = []
    for (index, tick) in ticks.enumerated() {
      let datum = tick.datum
      let at = tick.labelPosition + (read.number("labelOffset", datum) ?? 0)
      let ownTick = tickSize == 0 ? 0 : read.number("tickSize", datum) ?? tickSize
      let away = (ownTick + read.number("labelPadding", datum, default: 2)) * sign
      var shape = TextShape(
        lines: wrapped?[index] ?? tick.label.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
        x: isX ? at : away,
        y: isX ? away : at)
      let style = read.text("label", &shape, datum)
      shape.angle = liesFlat ? 0 : read.number("labelAngle", datum) ?? angle
      shape.baseline =
        (liesFlat ? nil : read.string("labelBaseline", datum))
        ?? (isX ? (plan.orient == "top" ? "bottom" : "top") : "middle")
      let align = liesFlat ? nil : read.string("labelAlign", datum)
      if isX, let align {
        shape.align = align
      } else if isX {
        shape.align = "center"
        if flushes, tick.hasPlace {
          if (tick.labelPosition - tickOffset - start).magnitude <= tolerance {
            shape.align = start <= end ? "left" : "right"
          } else if (tick.labelPosition - tickOffset - end).magnitude <= tolerance {
            shape.align = start <= end ? "right" : "left"
          }
          if let more = read.number("labelFlushOffset") {
            shape.dx += shape.align == "left" ? -more : shape.align == "right" ? more : 0
          }
        }
      } else {
        shape.align = align ?? (plan.orient == "left" ? "right" : "left")
        // Lines of a broken label stand around its tick.
        if wrapped != nil { shape.y -= shape.lineStep * Double(shape.lines.count - 1) / 2 }
        if flushes, tick.hasPlace {
          let isFirst = (tick.labelPosition - tickOffset - start).magnitude <= tolerance
          guard isFirst || (tick.labelPosition - tickOffset - end).magnitude <= tolerance else {
            items.append(SceneItem(.text(shape), style))
            continue
          }
          let isTop = isFirst == (start <= end)
          if read.string("labelBaseline", datum) == nil { shape.baseline = isTop ? "top" : "bottom" }
          let more = read.number("labelFlushOffset") ?? 0
          shape.dy += isTop ? -more : more
        }
      }
      items.append(SceneItem(.text(shape), style))
    }
    var marks = SceneMarks(kind: "text", role: "axis-label", items: items)
    if keepsEmpty { return marks }
    if let overlap = read.value("labelOverlap"), overlap != .bool(false) {
      hideOverlaps(&marks.items, greedy: overlap == .string("greedy"), separation: read.number("labelSeparation") ?? 0)
    }
    if let bound = read.value("labelBound"), bound != .bool(false) {
      let tolerance = bound.numberValue ?? 1
      for index in marks.items.indices {
        let box = marks.items[index].bounds
        let (low, high) = isX ? (box.x1, box.x2) : (box.y1, box.y2)
        if low < min(start, end) - tolerance || high > max(start, end) + tolerance {
          marks.items[index].style.opacity = 0
        }
      }
    }
    marks.bounds = visibleBounds(marks)
    marks.items.removeAll { $0.style.opacity == 0 }
    return marks
  }

  /// Whether labels that stand upright by default have room to lie flat, where the configuration wants that.
  func fitsFlat(_ ticks: [AxisTick]) -> Bool {
    guard isX, read.flag("labelAngleIsDefault") == true, run.plan.config["flatLabels"] == .bool(true),
      case .band(let band) = scale.kind
    else { return false }
    let size = read.number("labelFontSize") ?? 10
    return ticks.allSatisfy { FontMetrics.width($0.label, size: size) + 6 <= band.step }
  }

  func visibleBounds(_ marks: SceneMarks) -> Bounds {
    var bounds = Bounds()
    for item in marks.items where item.style.opacity > 0 { bounds.formUnion(item.bounds) }
    return bounds
  }

  func title(distance: Double) -> SceneItem? {
    guard let text = plan.title, !text.isEmpty else { return nil }
    var shape = TextShape(lines: text.split(separator: "\n").map(String.init), x: 0, y: 0)
    let style = read.text("title", &shape)
    let anchor = read.string("titleAnchor")
    // The title belongs to the scale's range, which may end before the view does.
    let (start, end) = rangeEnds
    let along = anchor == "start" ? start : anchor == "end" ? end : (start + end) / 2
    let away = sign * (distance + read.number("titlePadding", default: 4))
    shape.align = read.string("titleAlign") ?? (anchor == "start" ? "left" : anchor == "end" ? "right" : "center")
    if isX {
      (shape.x, shape.y) = (along, away)
      shape.baseline = read.string("titleBaseline") ?? (plan.orient == "top" ? "bottom" : "top")
      shape.angle = read.number("titleAngle") ?? 0
      // Lines of a title above grow upwards.
      if shape.lines.count > 1, plan.orient == "top" { shape.y -= shape.lineStep * Double(shape.lines.count - 1) }
    } else {
      shape.angle = read.number("titleAngle") ?? (plan.orient == "left" ? -90 : 90)
      if anchor == "start", read.string("titleAlign") == nil { shape.align = plan.orient == "left" ? "right" : "left" }
      if anchor == "end", read.string("titleAlign") == nil { shape.align = plan.orient == "left" ? "left" : "right" }
      (shape.x, shape.y) = (away, along)
      if anchor == "start" { shape.align = read.string("titleAlign") ?? (plan.orient == "left" ? "left" : "right") }
      if anchor == "end" { shape.align = read.string("titleAlign") ?? (plan.orient == "left" ? "right" : "left") }
      shape.baseline = read.string("titleBaseline") ?? "bottom"
      if shape.lines.count > 1, shape.angle != 0 { shape.x += sign * shape.lineStep * Double(shape.lines.count - 1) }
    }
    if let x = read.number("titleX") { shape.x = x }
    if let y = read.number("titleY") { shape.y = y }
    return SceneItem(.text(shape), style)
  }

}
