internal import AlmanacCore

/// How cells of a grid are put beside one another.
struct GridOptions {
  enum Align { case none, each, all }
  var columns: Int
  var alignColumn = Align.all
  var alignRow = Align.all
  var isFlush = false
  var paddingColumn = 20.0
  var paddingRow = 20.0
  var centerColumn = false
  var centerRow = false
  var anchorX = 0.0
  var anchorY = 0.0
  var anchorsEndX = false
  var anchorsEndY = false
  var anchorsMiddleX = false
  var anchorsMiddleY = false
}

/// Places groups in a grid and returns what they cover.
///
/// Follows Vega's grid layout: https://vega.github.io/vega/docs/layout/
@discardableResult
func layoutGrid(_ groups: [SceneGroup], _ options: GridOptions) -> Bounds {
  let n = groups.count
  guard n > 0 else { return Bounds(x1: 0, y1: 0, x2: 0, y2: 0) }
  let columns = options.columns <= 0 ? n : min(options.columns, max(1, n))
  let rows = (n + columns - 1) / columns
  var xExtent = [Double](repeating: 0, count: columns)
  var yExtent = [Double](repeating: 0, count: rows)
  var (xMost, yMost) = (0.0, 0.0)
  var xOffset = [Double](repeating: 0, count: n)
  var yOffset = [Double](repeating: 0, count: n)
  var boxes: [Bounds] = []
  for (i, group) in groups.enumerated() {
    var box: Bounds
    if options.isFlush {
      box = Bounds(x1: 0, y1: 0, x2: group.width ?? 0, y2: group.height ?? 0)
    } else {
      box = group.bounds.isEmpty ? Bounds(x1: 0, y1: 0, x2: 0, y2: 0) : group.bounds.translated(-group.x, -group.y)
    }
    boxes.append(box)
    let (px, py) = (box.x2.rounded(.up), box.y2.rounded(.up))
    (xMost, yMost) = (max(xMost, px), max(yMost, py))
    xExtent[i % columns] = max(xExtent[i % columns], px)
    yExtent[i / columns] = max(yExtent[i / columns], py)
    xOffset[i] = i % columns == 0 ? 0 : options.paddingColumn + (box.x1 < 0 ? (-box.x1).rounded(.up) : 0)
    yOffset[i] = i < columns ? 0 : options.paddingRow + (box.y1 < 0 ? (-box.y1).rounded(.up) : 0)
  }
  switch options.alignColumn {
  case .each:
    for c in 1..<max(columns, 1) where c < columns {
      let members = stride(from: c, to: n, by: columns)
      let most = members.map { xOffset[$0] }.max() ?? 0
      for i in members { xOffset[i] = max(0, most) + xExtent[c - 1] }
    }
  case .all:
    let most = (0..<n).filter { $0 % columns != 0 }.map { xOffset[$0] }.max() ?? 0
    for i in 0..<n where i % columns != 0 { xOffset[i] = most + xMost }
  case .none:
    for i in 0..<n where i % columns != 0 { xOffset[i] += xExtent[i % columns - 1] }
  }
  switch options.alignRow {
  case .each:
    for r in 1..<max(rows, 1) where r < rows {
      let members = (r * columns)..<min(n, (r + 1) * columns)
      let most = members.map { yOffset[$0] }.max() ?? 0
      for i in members { yOffset[i] = max(0, most) + yExtent[r - 1] }
    }
  case .all:
    let most = (0..<n).filter { $0 >= columns }.map { yOffset[$0] }.max() ?? 0
    for i in 0..<n where i >= columns { yOffset[i] = most + yMost }
  case .none:
    for i in 0..<n where i >= columns { yOffset[i] += yExtent[i / columns - 1] }
  }
  var xs = [Double](repeating: 0, count: n)
  var ys = [Double](repeating: 0, count: n)
  var x = 0.0
  for i in 0..<n {
    x = xOffset[i] + (i % columns == 0 ? 0 : x)
    xs[i] = x
  }
  for c in 0..<min(columns, n) {
    var y = 0.0
    for i in stride(from: c, to: n, by: columns) {
      y += yOffset[i]
      ys[i] = y
    }
  }
  if options.alignColumn != .none, options.centerColumn, rows > 1 {
    for i in 0..<n {
      let room = (options.alignColumn == .all ? xMost : xExtent[i % columns]) - boxes[i].x2
      if room > 0 { xs[i] += room / 2 }
    }
  }
  if options.alignRow != .none, options.centerRow, columns != 1 {
    for i in 0..<n {
      let room = (options.alignRow == .all ? yMost : yExtent[i / columns]) - boxes[i].y2
      if room > 0 { ys[i] += room / 2 }
    }
  }
  var bounds = Bounds(x1: 0, y1: 0, x2: 0, y2: 0)
  for i in 0..<n { bounds.formUnion(boxes[i].translated(xs[i], ys[i])) }
  var (ax, ay) = (options.anchorX, options.anchorY)
  if options.anchorsEndX { ax -= bounds.width } else if options.anchorsMiddleX { ax -= bounds.width / 2 }
  if options.anchorsEndY { ay -= bounds.height } else if options.anchorsMiddleY { ay -= bounds.height / 2 }
  (ax, ay) = (roundHalfUp(ax), roundHalfUp(ay))
  var covered = Bounds()
  for i in 0..<n {
    groups[i].move(to: xs[i] + ax, ys[i] + ay)
    covered.formUnion(groups[i].bounds)
  }
  return covered
}
