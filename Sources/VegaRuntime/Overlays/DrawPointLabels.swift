internal import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

extension OverlayCanvas {
  private struct Point {
    var row: Int
    var x: Double
    var y: Double
    var radius: Double
  }

  /// Writes names or values beside points: right of them if there is room, else around them, else further off with a leader.
  mutating func drawPointLabels(_ source: LabelSource, _ label: LabelPlan) {
    let points = self.points(source)
    for point in points where source.mark.kind != .symbol {
      let r = point.radius
      obstacles.add(box: Bounds(x1: point.x - r, y1: point.y - r, x2: point.x + r, y2: point.y + r))
    }
    let width = label.width ?? max(72, min(150, documentWidth * 0.3))
    var dropped = 0
    for point in points where source.isWanted(point.row) {
      let lines = source.lines(point.row, width: width, size: fontSize, bold: false)
      guard !lines.isEmpty else { continue }
      let paint = label.isPlain ? LabelPaint.ink : LabelPaint.text(for: source.paint(point.row))
      let isAbove = label.place == .value && source.mark.kind != .symbol
      guard let (shape, distance) = bestPlace(for: point, among: points, lines, prefersAbove: isAbove) else {
        dropped += 1
        continue
      }
      let item = item(shape, paint, halo: true)
      obstacles.add(text: item.bounds)
      labels.append(item)
      if distance > 12 { tie(point, to: item.bounds) }
    }
    tellDropped(dropped, label)
  }

  private func points(_ source: LabelSource) -> [Point] {
    if source.mark.kind == .symbol {
      var builder = source.builder
      return builder.items().compactMap { item in
        guard case .path(let path, let x, let y, _) = item.shape, item.row >= 0 else { return nil }
        return Point(row: Int(item.row), x: x, y: y, radius: max(2, path.bounds.width / 2 + item.style.reach / 2))
      }
    }
    guard let x = source.builder.channel(.x) ?? source.builder.channel(.xc),
      let y = source.builder.channel(.y) ?? source.builder.channel(.yc)
    else { return [] }
    return (0..<source.count).compactMap { row in
      let (px, py) = (x.number(row), y.number(row))
      return px.isFinite && py.isFinite ? Point(row: row, x: px, y: py, radius: 4) : nil
    }
  }

  /// The cheapest free place among rings of eight around the point; `nil` where every one would cover a text.
  private func bestPlace(for point: Point, among points: [Point], _ lines: [String], prefersAbove: Bool) -> (
    TextShape, Double
  )? {
    // Of two points that touch in a row, the left one is labelled on the left: the other way each would be read as the other.
    let beside = points.filter {
      $0.row != point.row && ($0.y - point.y).magnitude < 2
        && ($0.x - point.x).magnitude < 2 * (point.radius + $0.radius)
    }
    func isTowards(_ sx: Double) -> Bool { beside.contains { ($0.x - point.x) * sx > 0 } }
    var best: (shape: TextShape, distance: Double, cost: Double)?
    let order: [(Double, Double)] =
      prefersAbove
      ? [(0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1), (1, 0), (-1, 0)]
      : [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)]
    for distance in [4.0, 16, 30, 46] {
      for (rank, (sx, sy)) in order.enumerated() {
        let shape = place(lines, beside: point, sx, sy, distance)
        let box = item(shape, "", halo: false).bounds
        guard !obstacles.hitsText(box) else { continue }
        var cost = obstacles.cost(of: box) + distance * 6 + Double(rank) * 3
        if sx != 0, isTowards(sx) { cost += 150 }
        if box.x1 < 0 || box.x2 > view.width + 40 || box.y1 < -4 || box.y2 > view.height { cost += 400 }
        if best == nil || cost < best!.cost { best = (shape, distance, cost) }
      }
      // A near place that covers nothing is not bettered by a far one.
      if let best, best.cost < 100 { break }
    }
    return best.map { ($0.shape, $0.distance) }
  }

  private func place(_ lines: [String], beside point: Point, _ sx: Double, _ sy: Double, _ distance: Double)
    -> TextShape
  {
    var shape = shape(lines)
    let height = shape.lineStep * Double(lines.count - 1) + shape.size
    let isDiagonal = sx != 0 && sy != 0
    let reach = (point.radius + distance) * (isDiagonal ? 0.75 : 1)
    shape.align = sx > 0 ? "left" : sx < 0 ? "right" : "center"
    shape.x = point.x + sx * reach
    let middle = point.y + sy * (reach + (sy == 0 ? 0 : height / 2))
    shape.baseline = "middle"
    shape.y = middle - shape.lineStep * Double(lines.count - 1) / 2
    return shape
  }

  private mutating func tie(_ point: Point, to box: Bounds) {
    let end = box.nearest(to: point.x, point.y)
    let (dx, dy) = (end.x - point.x, end.y - point.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > point.radius + 4 else { return }
    let t = (point.radius + 1) / length
    leaders.append(
      SceneItem(
        .line(x1: point.x + dx * t, y1: point.y + dy * t, x2: end.x, y2: end.y), stroke("var(--axis, #8b867b)")))
  }
}

extension Bounds {
  /// The point of the box that is nearest to another.
  func nearest(to x: Double, _ y: Double) -> (x: Double, y: Double) {
    (min(max(x, x1), x2), min(max(y, y1), y2))
  }
}
