internal import VegaLite

/// What texts over a plot must keep clear of: texts that stand already, marks, and the strokes of lines.
struct Obstacles {
  /// Texts: nothing may overlap them.
  private(set) var texts: [Bounds] = []
  /// Bars, points, sectors: better left free.
  private(set) var boxes: [Bounds] = []
  private(set) var segments: [Segment] = []
  /// More than this is not looked at: a plot so full has no free place anyhow.
  private static let limit = 20_000

  struct Segment {
    var x1, y1, x2, y2: Double
  }

  /// - Parameter nodes: the axes and marks of a plot, in the plot's pixels.
  init(_ nodes: [SceneNode]) {
    for node in nodes { add(node, dx: 0, dy: 0) }
  }

  mutating func add(text: Bounds) { texts.append(text) }
  mutating func add(box: Bounds) { boxes.append(box) }
  mutating func add(line: SceneItem.Shape) {
    if case .line(let x1, let y1, let x2, let y2) = line { segments.append(Segment(x1: x1, y1: y1, x2: x2, y2: y2)) }
  }

  private mutating func add(_ node: SceneNode, dx: Double, dy: Double) {
    switch node {
    case .group(let group):
      guard !group.isHidden else { return }
      for inner in group.nodes { add(inner, dx: dx + group.x, dy: dy + group.y) }
    case .marks(let marks):
      guard !marks.role.hasPrefix("axis-grid"), !marks.role.hasPrefix("axis-tick"), marks.role != "axis-domain" else {
        return
      }
      for item in marks.items where item.style.opacity > 0 {
        switch item.shape {
        case .text(let text): texts.append(text.bounds.translated(dx, dy))
        case .line(let x1, let y1, let x2, let y2):
          segments.append(Segment(x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy))
        case .path(let path, let x, let y, _)
        where marks.kind == "line" || marks.kind == "area" || marks.kind == "trail":
          add(path, dx: x + dx, dy: y + dy)
        default:
          if boxes.count < Self.limit { boxes.append(item.bounds.translated(dx, dy)) }
        }
      }
    }
  }

  /// The strokes of a path; curves as chords.
  private mutating func add(_ path: PathData, dx: Double, dy: Double) {
    var (at, x, y) = (0, 0.0, 0.0)
    for operation in path.operations {
      let count = operation.count
      guard count >= 2 else { continue }
      let (nextX, nextY) = (path.numbers[at + count - 2], path.numbers[at + count - 1])
      at += count
      if operation != .move, segments.count < Self.limit {
        segments.append(Segment(x1: x + dx, y1: y + dy, x2: nextX + dx, y2: nextY + dy))
      }
      (x, y) = (nextX, nextY)
    }
  }
}

extension Obstacles {
  func hitsText(_ box: Bounds) -> Bool { texts.contains { $0.intersects(box) } }

  /// How bad it is to put a text here: texts weigh most, then marks, then strokes.
  func cost(of box: Bounds) -> Double {
    var cost = 0.0
    for text in texts where text.intersects(box) { cost += 10_000 }
    for mark in boxes where mark.intersects(box) { cost += 300 }
    for segment in segments where segment.crosses(box) { cost += 120 }
    return cost
  }

  /// How far the mark at a point reaches to either side of it: a symbol at the end of a line.
  func reach(at x: Double, _ y: Double) -> Double {
    boxes.lazy.filter { $0.width < 40 && $0.x1 <= x && $0.x2 >= x && $0.y1 <= y && $0.y2 >= y }
      .map { ($0.x2 - $0.x1) / 2 }.max() ?? 0
  }

  func isFree(_ box: Bounds) -> Bool { cost(of: box) == 0 }
}

extension Obstacles.Segment {
  /// Whether any part of the segment lies in the box (Liang and Barsky's clipping).
  func crosses(_ box: Bounds) -> Bool {
    guard x1.isFinite, y1.isFinite, x2.isFinite, y2.isFinite else { return false }
    let (dx, dy) = (x2 - x1, y2 - y1)
    var (enter, leave) = (0.0, 1.0)
    for (p, q) in [(-dx, x1 - box.x1), (dx, box.x2 - x1), (-dy, y1 - box.y1), (dy, box.y2 - y1)] {
      if p == 0 {
        if q < 0 { return false }
      } else if p < 0 {
        enter = max(enter, q / p)
      } else {
        leave = min(leave, q / p)
      }
    }
    return enter <= leave
  }
}
