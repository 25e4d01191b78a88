internal import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

extension OverlayCanvas {
  // MARK: Bands

  /// Paints a range of an axis behind the marks.
  mutating func paintBand(_ annotation: AnnotationPlan) {
    guard let box = bandBox(annotation) else { return }
    var style = ItemStyle()
    style.fill = annotation.paint ?? "var(--ink-2, #5c5850)"
    style.opacity = 0.1
    bands.append(
      SceneItem(.rect(x: box.x1, y: box.y1, width: box.width, height: box.height, CornerRadii()), style))
  }

  /// Writes the text of a band in it, or beside it where a narrow drawing has no room inside.
  mutating func writeBand(_ annotation: AnnotationPlan) {
    guard let text = annotation.text?.text(in: run.options.language), !text.isEmpty,
      case .band(let channel, _, _) = annotation.shape, let box = bandBox(annotation)
    else { return }
    let isX = channel == .x
    let side = sidePart(annotation.side)
    var candidates: [TextShape] = []
    let inner = balancedLines(text, width: min(annotation.width ?? 220, box.width - 12), size: fontSize)
    if !isX || inner.count <= 3 {
      for y in isX ? side.map({ [1 - $0] }) ?? [0, 0.5, 1] : [0, 0.5, 1] {
        for x in isX ? [0.5, 0, 1] : side.map({ [$0] }) ?? [1, 0, 0.5] {
          candidates.append(inside(box, inner, x: x, y: y))
        }
      }
    }
    if isX {
      for (room, isLeft) in [(box.x1 - 8, true), (view.width - box.x2 - 8, false)] where room > 60 {
        let lines = balancedLines(text, width: min(annotation.width ?? 170, room), size: fontSize)
        for y in [0, 0.3, 0.6, 1] {
          let free =
            isLeft
            ? Bounds(x1: 0, y1: 0, x2: box.x1 + 2, y2: view.height)
            : Bounds(x1: box.x2 - 2, y1: 0, x2: view.width, y2: view.height)
          candidates.append(inside(free, lines, x: isLeft ? 1 : 0, y: y))
        }
      }
      if candidates.isEmpty { candidates.append(inside(box, inner, x: 0.5, y: 0)) }
    }
    write(candidates, paint: annotation.paint)
  }

  private func bandBox(_ annotation: AnnotationPlan) -> Bounds? {
    guard case .band(let channel, let from, let to) = annotation.shape else { return nil }
    let isX = channel == .x
    let length = isX ? view.width : view.height
    var ends: [Double] = []
    for anchor in [from, to] {
      guard let anchor else { continue }
      guard let pixels = pixels(anchor, channel) else { return nil }
      // Categories are places with room on either side, half of what lies between them and the next.
      let reach = discreteReach(channel, pixels)
      ends += [max(0, pixels.lowerBound - reach), min(length, pixels.upperBound + reach)]
    }
    // An absent end reaches to the edge on its side: values grow to the right and upwards, unless the scale is turned.
    if from == nil { ends.append(growsWithPixels(channel) ? 0 : length) }
    if to == nil { ends.append(growsWithPixels(channel) ? length : 0) }
    guard let low = ends.min(), let high = ends.max() else { return nil }
    return isX
      ? Bounds(x1: low, y1: 0, x2: high, y2: view.height) : Bounds(x1: 0, y1: low, x2: view.width, y2: high)
  }

  private func discreteReach(_ channel: Channel, _ pixels: ClosedRange<Double>) -> Double {
    guard let scale = positionScale(channel), case .band(let band) = scale.kind else { return 0 }
    return max(0, (band.step - (pixels.upperBound - pixels.lowerBound)) / 2)
  }

  private func growsWithPixels(_ channel: Channel) -> Bool {
    guard let range = positionScale(channel)?.rangeValues, let first = range.first, let last = range.last else {
      return channel == .x
    }
    return first.asNumber <= last.asNumber
  }

  private func sidePart(_ side: AnnotationPlan.Side?) -> Double? {
    switch side {
    case nil: nil
    case .start?: 0
    case .middle?: 0.5
    case .end?: 1
    }
  }

  /// A text within a box: `x` and `y` from 0 (left, top) to 1.
  private func inside(_ box: Bounds, _ lines: [String], x: Double, y: Double) -> TextShape {
    var shape = shape(lines)
    let height = shape.lineStep * Double(lines.count - 1) + shape.size
    shape.align = x == 0 ? "left" : x == 1 ? "right" : "center"
    shape.x = box.x1 + 6 + (box.width - 12) * x
    // A text that is wider than a narrow band stays within the plot.
    let width = shape.width
    let left = shape.x - width * x
    shape.x += max(0, 2 - left) - max(0, left + width - view.width + 2)
    shape.y = box.y1 + 5 + (box.height - 10 - height) * y + 0.8 * shape.size
    return shape
  }

  // MARK: Lines

  /// Draws a line at a value across the plot, with its text beside it.
  mutating func drawLine(_ annotation: AnnotationPlan) {
    guard case .line(let channel, let anchor) = annotation.shape, let pixels = pixels(anchor, channel) else { return }
    let at = (pixels.lowerBound + pixels.upperBound) / 2
    let isX = channel == .x
    var style = stroke(annotation.paint ?? "var(--ink-2, #5c5850)", width: 1.25)
    if annotation.dashed ?? true { style.strokeDash = [4, 3] }
    let shape: SceneItem.Shape =
      isX ? .line(x1: at, y1: 0, x2: at, y2: view.height) : .line(x1: 0, y1: at, x2: view.width, y2: at)
    rules.append(SceneItem(shape, style))
    if let text = annotation.text?.text(in: run.options.language), !text.isEmpty {
      write(isX ? besideColumn(text, at, annotation) : besideRow(text, at, annotation), paint: annotation.paint)
    }
    obstacles.add(line: shape)
  }

  private func besideRow(_ text: String, _ y: Double, _ annotation: AnnotationPlan) -> [TextShape] {
    let lines = balancedLines(text, width: min(annotation.width ?? 320, view.width - 8), size: fontSize)
    var candidates: [TextShape] = []
    for part in sidePart(annotation.side).map({ [$0] }) ?? [1, 0, 0.5] {
      for above in [true, false] {
        var shape = shape(lines)
        let extra = shape.lineStep * Double(lines.count - 1)
        shape.align = part == 0 ? "left" : part == 1 ? "right" : "center"
        shape.x = 4 + (view.width - 8) * part
        shape.y = above ? y - 5 - extra : y + 4 + 0.8 * shape.size
        candidates.append(shape)
      }
    }
    return candidates
  }

  private func besideColumn(_ text: String, _ x: Double, _ annotation: AnnotationPlan) -> [TextShape] {
    var candidates: [TextShape] = []
    for part in sidePart(annotation.side).map({ [$0] }) ?? [0, 0.5, 1] {
      for toRight in [true, false] {
        let room = toRight ? view.width - x - 8 : x - 8
        guard room > 40 else { continue }
        let lines = balancedLines(text, width: min(annotation.width ?? 170, room), size: fontSize)
        var shape = shape(lines)
        let height = shape.lineStep * Double(lines.count - 1) + shape.size
        shape.align = toRight ? "left" : "right"
        shape.x = x + (toRight ? 6 : -6)
        shape.y = 2 + (view.height - 4 - height) * part + 0.8 * shape.size
        candidates.append(shape)
      }
    }
    return candidates
  }

  // MARK: Texts

  /// Writes a text at a point of the plot: where the author put it, or where most room is, tied to its point by a connector.
  mutating func drawText(_ annotation: AnnotationPlan) {
    guard case .text(let x, let y) = annotation.shape else { return }
    guard let across = pixels(x, .x), let along = pixels(y, .y) else { return }
    let point = ((across.lowerBound + across.upperBound) / 2, (along.lowerBound + along.upperBound) / 2)
    let text = annotation.text?.text(in: run.options.language) ?? ""
    guard !text.isEmpty else { return }
    let width = min(annotation.width ?? 170, max(80, documentWidth * 0.45))
    let lines = balancedLines(text, width: width, size: fontSize)
    var candidates: [TextShape] = []
    if annotation.dx != nil || annotation.dy != nil {
      candidates = [beside(point, lines, annotation.dx ?? 0, annotation.dy ?? 0)]
    } else {
      for distance in [10.0, 28, 50, 80, 120] {
        for (sx, sy) in [(1, -1), (-1, -1), (0, -1), (1, 1), (-1, 1), (0, 1), (1, 0), (-1, 0)] as [(Double, Double)] {
          let part = sx != 0 && sy != 0 ? 0.75 : 1
          candidates.append(beside(point, lines, sx * distance * part, sy * distance * part))
        }
      }
    }
    guard let box = write(candidates, paint: annotation.paint, near: point) else { return }
    connect(box, to: point, annotation)
  }

  /// A text whose nearest corner or edge lies `dx`, `dy` pixels from a point.
  private func beside(_ point: (Double, Double), _ lines: [String], _ dx: Double, _ dy: Double) -> TextShape {
    var shape = shape(lines)
    let height = shape.lineStep * Double(lines.count - 1) + shape.size
    let width = shape.width
    shape.align = dx > 0 ? "left" : dx < 0 ? "right" : "center"
    shape.x = point.0 + dx
    let left = shape.x - (dx > 0 ? 0 : dx < 0 ? width : width / 2)
    // The picture does not grow for a note: it stays within the plot.
    shape.x += max(0, 2 - left) - max(0, left + width - view.width + 2)
    let top = dy < 0 ? point.1 + dy - height : dy > 0 ? point.1 + dy : point.1 - height / 2
    shape.y = min(max(top, 0), max(0, view.height - height)) + 0.8 * shape.size
    return shape
  }

  private mutating func connect(_ box: Bounds, to point: (Double, Double), _ annotation: AnnotationPlan) {
    let connector = annotation.connector ?? .line
    let start = box.expanded(by: 2).nearest(to: point.0, point.1)
    let (dx, dy) = (point.0 - start.x, point.1 - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    // A text that touches its point needs no line.
    guard connector != .none, length > (annotation.connector == nil ? 14 : 6) else { return }
    let (ux, uy) = (dx / length, dy / length)
    let end = (point.0 - ux * 5, point.1 - uy * 5)
    let style = stroke(annotation.paint ?? "var(--ink-2, #5c5850)")
    var path = PathData()
    path.move(start.x, start.y)
    var angle = atan2(uy, ux)
    if connector == .curve {
      // Bends to one side by a fifth of its length.
      let control = ((start.x + end.0) / 2 - uy * length / 5, (start.y + end.1) / 2 + ux * length / 5)
      path.quadratic(control.0, control.1, end.0, end.1)
      angle = atan2(end.1 - control.1, end.0 - control.0)
    } else {
      path.line(end.0, end.1)
    }
    leaders.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), style))
    guard connector != .line else { return }
    var head = PathData()
    for (index, turn) in [0.42, 0, -0.42].enumerated() {
      let (x, y) =
        turn == 0 ? (end.0, end.1) : (end.0 - 7 * cos(angle + turn), end.1 - 7 * sin(angle + turn))
      if index == 0 { head.move(x, y) } else { head.line(x, y) }
    }
    leaders.append(SceneItem(.path(head, x: 0, y: 0, angle: 0), style))
  }

  /// Writes a text at the best of these places and returns what it covers.
  @discardableResult private mutating func write(
    _ candidates: [TextShape], paint: String?, near point: (Double, Double)? = nil
  ) -> Bounds? {
    let ink = paint.map { LabelPaint.text(for: $0) } ?? LabelPaint.softInk
    var best: (item: SceneItem, box: Bounds, cost: Double)?
    for (rank, shape) in candidates.enumerated() {
      let item = item(shape, ink, halo: true)
      let box = item.bounds
      var cost = obstacles.cost(of: box.expanded(by: 3)) + Double(rank)
      if box.x1 < -1 || box.x2 > view.width + 1 || box.y1 < -1 || box.y2 > view.height + 1 { cost += 2_000 }
      if let point { cost += distance(box, point) * 1.5 }
      if best == nil || cost < best!.cost { best = (item, box, cost) }
    }
    guard let best else { return nil }
    obstacles.add(text: best.box)
    texts.append(best.item)
    return best.box
  }

  private func distance(_ box: Bounds, _ point: (Double, Double)) -> Double {
    let near = box.nearest(to: point.0, point.1)
    let (dx, dy) = (near.x - point.0, near.y - point.1)
    return (dx * dx + dy * dy).squareRoot()
  }
}
