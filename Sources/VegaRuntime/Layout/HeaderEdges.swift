internal import VegaLite

/// A side of a grid where headers stand.
enum HeaderSide: String, CaseIterable {
  case left, top, right, bottom

  var isRow: Bool { self == .left || self == .right }
  /// Above and at the left, where a grid begins.
  var isStart: Bool { self == .left || self == .top }
  var role: String { (isRow ? "row" : "column") + (isStart ? "-header" : "-footer") }
}

/// Puts headers, footers and titles around the cells of a grid.
///
/// https://github.com/vega/vega/blob/main/packages/vega-view-transforms/src/layout/trellis.js
struct HeaderEdges {
  let cells: [SceneGroup]
  let columns: Int
  /// Whether cells count with their frames only, not with what stands around them.
  let isFlush: Bool
  /// Whether headers stand before the middle of cells, which have no width or height that all their plots share.
  let isBandedX: Bool
  let isBandedY: Bool
  /// Where the outermost header of each side ends, in pixels.
  private var outermost: [HeaderSide: Double] = [:]

  init(cells: [SceneGroup], columns: Int, isFlush: Bool, isBandedX: Bool, isBandedY: Bool) {
    (self.cells, self.columns, self.isFlush) = (cells, columns, isFlush)
    (self.isBandedX, self.isBandedY) = (isBandedX, isBandedY)
  }

  /// Moves a row of headers, one for each row or column, to their side.
  mutating func place(_ headers: [SceneGroup], _ side: HeaderSide) {
    let edge = edge(of: side)
    var outer = 0.0
    for (index, header) in headers.enumerated() {
      let cell = cells[nearest(cellIndex(index, side), side)]
      var (x, y) = (cell.x, cell.y)
      if isBandedX { x = roundHalfUp(cell.bounds.x1 + cell.bounds.width / 2) }
      if isBandedY { y = roundHalfUp(cell.bounds.y1 + cell.bounds.height / 2) }
      header.move(to: side.isRow ? edge : x, side.isRow ? y : edge)
      outer = further(outer, reach(header.bounds, side), side)
    }
    outermost[side] = outer
  }

  /// Moves the title of all rows or columns beyond their headers.
  func place(title: SceneGroup, _ side: HeaderSide, gap: Double, anchor: String?, around bounds: Bounds) {
    let edge = outermost[side] ?? edge(of: side)
    let away = side.isStart ? edge - gap : edge + gap
    // Rows are read upwards, as their titles are.
    let part = anchor == "start" ? (side.isRow ? 1 : 0) : anchor == "end" ? (side.isRow ? 0 : 1) : 0.5
    if side.isRow {
      title.move(to: away, roundHalfUp(bounds.y1 + part * bounds.height))
    } else {
      title.move(to: roundHalfUp(bounds.x1 + part * bounds.width), away)
    }
  }

  /// How far the cells of the first or last row or column reach.
  private func edge(of side: HeaderSide) -> Double {
    let rows = (cells.count + columns - 1) / columns
    let (start, step) =
      switch side {
      case .left: (0, columns)
      case .right: (columns - 1, columns)
      case .top: (0, 1)
      case .bottom: ((rows - 1) * columns, 1)
      }
    var edge = 0.0
    for index in stride(from: start, to: cells.count, by: step) {
      let cell = cells[index]
      let frame = Bounds(x1: cell.x, y1: cell.y, x2: cell.x + (cell.width ?? 0), y2: cell.y + (cell.height ?? 0))
      let reach = reach(isFlush ? frame : cell.bounds, side)
      edge = further(edge, reach, side)
    }
    return edge
  }

  /// The one of two edges that lies further out, on a whole pixel.
  private func further(_ a: Double, _ b: Double, _ side: HeaderSide) -> Double {
    side.isStart ? min(a, b).rounded(.down) : max(a, b).rounded(.up)
  }

  private func reach(_ box: Bounds, _ side: HeaderSide) -> Double {
    switch side {
    case .left: box.x1
    case .top: box.y1
    case .right: box.x2
    case .bottom: box.y2
    }
  }

  private func cellIndex(_ index: Int, _ side: HeaderSide) -> Int {
    switch side {
    case .left: index * columns
    case .right: index * columns + columns - 1
    case .top: index
    case .bottom: ((cells.count + columns - 1) / columns - 1) * columns + index
    }
  }

  /// The cell at an index, or the one before it in its row or column where the grid is not full.
  private func nearest(_ index: Int, _ side: HeaderSide) -> Int {
    var index = index
    while index >= cells.count { index -= side.isRow ? 1 : columns }
    return max(0, index)
  }
}
