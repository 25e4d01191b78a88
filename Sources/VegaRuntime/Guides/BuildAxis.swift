internal import AlmanacCore
internal import Localization
internal import VegaLite

/// A tick with its place and its label.
struct AxisTick {
  var value: Value
  /// Where the tick stands along the axis, in pixels.
  var position: Double
  /// Where its label stands: the middle of a band, wherever the tick is.
  var labelPosition: Double
  var label: String
}

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

  // MARK: Ticks

  private func tickCount() -> Value? {
    switch plan.tickCount {
    case .value(let value)?: return value
    case .expression(let expression)?: return evaluate(expression, scope: read.scope)
    default: return plan.defaultTickDivisor.map { .number((length / $0).rounded(.up)) }
    }
  }

  func ticks() -> [AxisTick] {
    var values: [Value]
    var given = plan.values
    if let expression = plan.valuesExpression { given = evaluate(expression, scope: read.scope).arrayValue ?? [] }
    let wanted = tickCount()
    var count = wanted?.numberValue
    if let continuous = scale.continuous {
      if let number = count {
        var number = number
        if let borders = scale.binBorders { number = max(number, Double(borders.count)) }
        if let step = plan.tickMinStep {
          let span = ((continuous.domain.last ?? 1) - (continuous.domain.first ?? 0)).magnitude
          let most = (span / step).rounded(.down)
          number = min(number, (most == 0 || most.isNaN ? 1 : most) + 1)
        }
        count = number
      }
      let isTime = continuous.isTemporal
      func wrap(_ numbers: [Double]) -> [Value] { numbers.map { isTime ? .date($0) : .number($0) } }
      if let given {
        values = valid(given, continuous, count ?? Double(given.count))
      } else if let interval = interval(wanted) {
        values = wrap(continuous.ticks(every: interval))
      } else if let borders = scale.binBorders {
        let stride = Int(
          limited: Double(borders.count) / (count.map { $0 == 0 ? Double(borders.count) : $0 } ?? Double(borders.count))
        )
        values = wrap(stride < 2 ? borders : borders.enumerated().filter { $0.offset % stride == 0 }.map(\.element))
      } else {
        values = wrap(continuous.ticks(count: count ?? 10))
      }
    } else {
      values = given ?? scale.domainValues
      if let given { values = given.filter { scale.place(of: $0) != nil } }
    }
    let labels = self.labels(values, count: count, keepsAll: given != nil)
    let bandPosition = read.number("bandPosition") ?? 0.5
    let rounds = read.flag("tickRound") ?? true
    let shift = scale.bandwidth * bandPosition
    return zip(values, labels).compactMap { value, label in
      let start = scale.number(value)
      guard start.isFinite else { return nil }
      func placed(_ position: Double) -> Double { rounds ? roundHalfUp(position) : position }
      return AxisTick(
        value: value, position: placed(start + shift), labelPosition: placed(start + scale.bandwidth / 2), label: label)
    }
  }

  private func interval(_ wanted: Value?) -> TimeInterval? {
    switch wanted {
    case .string(let unit)?: TimeInterval(vega: unit)
    case .object(let object)?:
      object["interval"]?.stringValue.flatMap { TimeInterval(vega: $0, step: object["step"]?.numberValue ?? 1) }
    default: nil
    }
  }

  /// Given values that lie within the range, thinned to the count.
  private func valid(_ values: [Value], _ continuous: ContinuousScale, _ count: Double) -> [Value] {
    let low = (continuous.range.min() ?? 0).rounded(.down)
    let high = (continuous.range.max() ?? 0).rounded(.up)
    var kept = values.filter {
      let position = continuous($0.asNumber); return position >= low && position <= high
    }
    if count > 0, kept.count > 1 {
      let ends = [kept[0], kept[kept.count - 1]]
      while Double(kept.count) > count, kept.count >= 3 {
        kept = kept.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      }
      if kept.count < 3, values.count >= 2, Double(values.count) > count { kept = ends }
    }
    return kept
  }

  private func labels(_ values: [Value], count: Double?, keepsAll: Bool) -> [String] {
    var texts = formatted(values, count: count, keepsAll: keepsAll)
    if let expression = plan.labelExpression {
      let total = Double(max(1, values.count - 1))
      let compiled = CompiledExpression(expression, scope: read.scope)
      for index in values.indices {
        let datum = ValueObject([
          "label": .string(texts[index]), "value": values[index], "index": .number(Double(index) / total),
        ])
        let result = compiled(.object(datum))
        texts[index] =
          result.arrayValue.map { $0.map(\.asString).joined(separator: "\n") }
          ?? (result.isPresent ? result.asString : "")
      }
    }
    return texts
  }

  private func formatted(_ values: [Value], count: Double?, keepsAll: Bool) -> [String] {
    if case .custom = plan.format.kind {
      let largest = values.map { $0.asNumber.magnitude }.max()
      let printer = ValuePrinter(run: run, format: plan.format, largest: largest)
      return values.map { printer.string($0) }
    }
    if let continuous = scale.continuous {
      switch plan.format.kind {
      case .time(let text, let unit?, _) where text == nil:
        let format = TimeFormat(unitFormat(unit, chinese: run.isChinese), locale: run.locale.time)
        return values.map { format($0.asNumber, in: continuous.tickZone) }
      case .time(let text, _, _):
        if continuous.isTemporal || text != nil {
          if !continuous.isTemporal, let text {
            let format = TimeFormat(text, locale: run.locale.time)
            return values.map { format($0.asNumber, in: run.options.zone) }
          }
          let formatter = continuous.tickFormatter(
            count: count, specifier: text, keepsAll: keepsAll, locale: run.locale)
          return values.map { formatter($0.asNumber) }
        }
        let formatter = continuous.tickFormatter(count: count, keepsAll: keepsAll, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      case .times(let overrides, _):
        let format = MultiTimeFormat(named: overrides, locale: run.locale.time)
        return values.map { format($0.asNumber, in: continuous.tickZone) }
      case .number(let text?):
        if continuous.isTemporal {
          let formatter = continuous.tickFormatter(
            count: count, specifier: text, keepsAll: keepsAll, locale: run.locale)
          return values.map { formatter($0.asNumber) }
        }
        let formatter = continuous.tickFormatter(count: count, specifier: text, keepsAll: keepsAll, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      default:
        let formatter = continuous.tickFormatter(count: count, keepsAll: keepsAll, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      }
    }
    let printer = ValuePrinter(run: run, format: plan.format)
    return values.map { value in
      switch plan.format.kind {
      case .number(nil), .automatic:
        value.arrayValue.map { $0.map(\.asString).joined(separator: "\n") } ?? printer.text(value).asString
      default: printer.string(value)
      }
    }
  }

  // MARK: Drawing

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
      let offset = read.number("tickOffset") ?? 0
      for tick in tickPositions(ticks) {
        let datum = tick.datum
        var style = read.stroke("tick", datum)
        if style.stroke == nil { style.stroke = "#888" }
        let size = (read.number("tickSize", datum) ?? tickSize) * sign
        let at = tick.position + offset
        items.append(
          SceneItem(isX ? .line(x1: at, y1: 0, x2: at, y2: size) : .line(x1: 0, y1: at, x2: size, y2: at), style))
      }
      let marks = SceneMarks(kind: "rule", role: "axis-tick", items: items)
      extent.formUnion(marks.bounds)
      group.nodes.append(.marks(marks))
    }
    if read.flag("labels") ?? true {
      let marks = labels(ticks, distance: (hasTicks ? tickSize : 0) + read.number("labelPadding", default: 2))
      extent.formUnion(visibleBounds(marks))
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

  private var rangeEnds: (Double, Double) {
    if let continuous = scale.continuous { return (continuous.range.first ?? 0, continuous.range.last ?? 0) }
    return isX ? (0, view.width) : (0, view.height)
  }

  private func tickPositions(_ ticks: [AxisTick]) -> [AxisTick] {
    guard case .band(let band) = scale.kind, read.string("tickBand") == "extent", let first = ticks.first else {
      return ticks
    }
    // Ticks at the ends of bands, and one more where the first begins.
    let rounds = read.flag("tickRound") ?? true
    func moved(_ tick: AxisTick, to end: Double) -> AxisTick {
      var tick = tick
      let position = scale.number(tick.value) + end
      tick.position = rounds ? roundHalfUp(position) : position
      return tick
    }
    return [moved(first, to: 0)] + ticks.map { moved($0, to: band.bandwidth) }
  }

  private func grid(_ ticks: [AxisTick], _ group: SceneGroup) {
    let span: Double = isX ? view.height : view.width
    let offset = (read.number("offset") ?? 0)
    var items: [SceneItem] = []
    for tick in tickPositions(ticks) {
      var style = read.stroke("grid", tick.datum)
      if style.stroke == nil { style.stroke = "#ddd" }
      let at = tick.position
      // Lines run from the axis across the plot.
      let far = -sign * (span + offset)
      items.append(
        SceneItem(isX ? .line(x1: at, y1: 0, x2: at, y2: far) : .line(x1: 0, y1: at, x2: far, y2: at), style))
    }
    group.nodes.append(.marks(SceneMarks(kind: "rule", role: "axis-grid", items: items)))
  }

  private func labels(_ ticks: [AxisTick], distance: Double) -> SceneMarks {
    let flush = read.value("labelFlush")
    let flushes = flush.map { $0.boolValue ?? ($0.asNumber > 0) } ?? false
    let tolerance = flush?.numberValue ?? 1
    let angle = read.number("labelAngle") ?? 0
    let offset = read.number("labelOffset") ?? 0
    let isUpright = read.flag("labelAngleIsDefault") == true
    let wrapped = isUpright || angle == 0 ? wrappedLabels(ticks.map(\.label)) : nil
    let liesFlat = fitsFlat(ticks) || isX && isUpright && wrapped != nil
    let (start, end) = rangeEnds
    var items: [SceneItem] = []
    for (index, tick) in ticks.enumerated() {
      let datum = tick.datum
      let at = tick.labelPosition + offset
      let away =
        (distance - read.number("labelPadding", default: 2) + read.number("labelPadding", datum, default: 2)) * sign
      var shape = TextShape(
        lines: wrapped?[index] ?? tick.label.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
        x: isX ? at : away,
        y: isX ? away : at)
      let style = read.text("label", &shape, datum)
      shape.angle = liesFlat ? 0 : read.number("labelAngle", datum) ?? angle
      shape.baseline =
        (liesFlat ? nil : read.string("labelBaseline", datum))
        ?? (isX ? (plan.orient == "top" ? "bottom" : "top") : "middle")
      if !liesFlat, let align = read.string("labelAlign", datum) {
        shape.align = align
      } else if isX {
        shape.align = "center"
        if flushes {
          if (tick.labelPosition - start).magnitude <= tolerance {
            shape.align = start <= end ? "left" : "right"
          } else if (tick.position - end).magnitude <= tolerance {
            shape.align = start <= end ? "right" : "left"
          }
          if let more = read.number("labelFlushOffset") {
            shape.dx += shape.align == "left" ? -more : shape.align == "right" ? more : 0
          }
        }
      } else {
        shape.align = plan.orient == "left" ? "right" : "left"
        // Lines of a broken label stand around its tick.
        if wrapped != nil { shape.y -= shape.lineStep * Double(shape.lines.count - 1) / 2 }
        if flushes {
          if (tick.position - start).magnitude <= tolerance {
            shape.baseline = start <= end ? "top" : "bottom"
          } else if (tick.position - end).magnitude <= tolerance {
            shape.baseline = start <= end ? "bottom" : "top"
          }
        }
      }
      items.append(SceneItem(.text(shape), style))
    }
    var marks = SceneMarks(kind: "text", role: "axis-label", items: items)
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
  private func fitsFlat(_ ticks: [AxisTick]) -> Bool {
    guard isX, read.flag("labelAngleIsDefault") == true, run.plan.config["flatLabels"] == .bool(true),
      case .band(let band) = scale.kind
    else { return false }
    let size = read.number("labelFontSize") ?? 10
    return ticks.allSatisfy { FontMetrics.width($0.label, size: size) + 6 <= band.step }
  }

  private func visibleBounds(_ marks: SceneMarks) -> Bounds {
    var bounds = Bounds()
    for item in marks.items where item.style.opacity > 0 { bounds.formUnion(item.bounds) }
    return bounds
  }

  /// Puts the axis at its side of the view, with its title beyond the labels.
  private func place(_ group: SceneGroup, extent: Bounds, isGrid: Bool) {
    let offset = read.number("offset") ?? 0
    let position = read.number("position") ?? 0
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

  private func title(distance: Double) -> SceneItem? {
    guard let text = plan.title, !text.isEmpty else { return nil }
    var shape = TextShape(lines: text.split(separator: "\n").map(String.init), x: 0, y: 0)
    let style = read.text("title", &shape)
    let anchor = read.string("titleAnchor")
    let along = anchor == "start" ? 0.0 : anchor == "end" ? length : length / 2
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
      (shape.x, shape.y) = (away, anchor == "start" ? length : anchor == "end" ? 0 : along)
      if anchor == "start" { shape.align = read.string("titleAlign") ?? (plan.orient == "left" ? "left" : "right") }
      if anchor == "end" { shape.align = read.string("titleAlign") ?? (plan.orient == "left" ? "right" : "left") }
      shape.baseline = read.string("titleBaseline") ?? "bottom"
      if shape.lines.count > 1, shape.angle != 0 { shape.x += sign * shape.lineStep * Double(shape.lines.count - 1) }
    }
    if let x = read.number("titleX") { shape.x = x }
    if let y = read.number("titleY") { shape.y = y }
    return SceneItem(.text(shape), style)
  }

  private func description(_ ticks: [AxisTick]) -> String { "\(isX ? "X" : "Y")-axis titled '\(plan.title ?? "")'" }
}

extension AxisTick {
  var datum: Value { .object(ValueObject(["value": value, "label": .string(label)])) }
}

/// Hides labels until none collide: every second one, or greedily one after the other.
/// https://github.com/vega/vega/blob/main/packages/vega-view-transforms/src/Overlap.js
func hideOverlaps(_ items: inout [SceneItem], greedy: Bool, separation: Double) {
  let boxes = items.map(\.bounds)
  let source = items.indices.filter { boxes[$0].width > 1 && boxes[$0].height > 1 }
  guard source.count >= 3 else { return }
  func collide(_ a: Int, _ b: Int) -> Bool {
    // Less than a fiftieth of a pixel is within what two ways of measuring text differ by.
    separation - 0.02
      > max(boxes[b].x1 - boxes[a].x2, boxes[a].x1 - boxes[b].x2, boxes[b].y1 - boxes[a].y2, boxes[a].y1 - boxes[b].y2)
  }
  func anyCollide(_ list: [Int]) -> Bool { zip(list, list.dropFirst()).contains { collide($0, $1) } }
  var kept = source
  var hidden: Set<Int> = []
  while kept.count >= 3, anyCollide(kept) {
    var next: [Int] = []
    if greedy {
      for index in kept {
        if let last = next.last, collide(last, index) { hidden.insert(index) } else { next.append(index) }
      }
    } else {
      for (place, index) in kept.enumerated() { if place % 2 == 0 { next.append(index) } else { hidden.insert(index) } }
    }
    kept = next
  }
  if kept.count < 3, let last = source.last, hidden.contains(last) {
    if kept.count > 1 { hidden.insert(kept[kept.count - 1]) }
    hidden.remove(last)
  }
  for index in hidden { items[index].style.opacity = 0 }
}
