#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The direction in which an area's or line's points follow each other, Vega's `orient`.
package enum PathOrientation: String, Hashable, Sendable {
  /// Values go up; points follow in x.
  case vertical
  /// Values go sideways; points follow in y.
  case horizontal
}

/// Draws a line through points; where a point is not defined the line breaks.
///
/// - Parameters:
///   - tension: of cardinal and bundle curves, alpha of Catmull-Rom; `nil` for Vega's default.
///   - defined: parallel to `x`; empty if all points are.
package func linePath(
  _ kind: CurveKind, tension: Double? = nil, orientation: PathOrientation = .vertical, x: [Double], y: [Double],
  defined: [Bool] = []
) -> PathData {
  let curve = CurveDrawing(kind: kind, tension: tension, monotoneInY: orientation == .horizontal)
  var path = PathData()
  path.reserveCapacity(x.count + 1)
  for run in definedRuns(min(x.count, y.count), defined) {
    curve.draw(slice(x, run), slice(y, run), .line, into: &path)
  }
  return path
}

/// Draws an area between two borders that share their x (vertical) or their y (horizontal).
///
/// - Parameters:
///   - other: the second border: y of the base for a vertical area, x for a horizontal one.
package func areaPath(
  _ kind: CurveKind, tension: Double? = nil, orientation: PathOrientation = .vertical, x: [Double], y: [Double],
  other: [Double], defined: [Bool] = []
) -> PathData {
  let curve = CurveDrawing(kind: kind, tension: tension, monotoneInY: orientation == .horizontal)
  var path = PathData()
  path.reserveCapacity(x.count * 2 + 2)
  for run in definedRuns(min(x.count, y.count, other.count), defined) {
    let (px, py) = (slice(x, run), slice(y, run))
    curve.draw(px, py, .firstBorder, into: &path)
    let back = Array(slice(other, run).reversed())
    if orientation == .vertical {
      curve.draw(px.reversed(), back, .secondBorder, into: &path)
    } else {
      curve.draw(back, py.reversed(), .secondBorder, into: &path)
    }
  }
  return path
}

/// Draws a line whose width follows its points.
///
/// - Parameter sizes: widths in pixels, parallel to `x`.
package func trailPath(x: [Double], y: [Double], sizes: [Double], defined: [Bool] = []) -> PathData {
  var path = PathData()
  for run in definedRuns(min(x.count, y.count, sizes.count), defined) {
    var previous: (x: Double, y: Double, r: Double)?
    for i in run {
      let (x2, y2, r2) = (x[i], y[i], sizes[i] / 2)
      if let (x1, y1, r1) = previous {
        var (ux, uy) = (y1 - y2, x2 - x1)
        if ux != 0 || uy != 0 {
          let length = hypot(ux, uy)
          ux /= length
          uy /= length
          let (rx, ry) = (ux * r1, uy * r1)
          let angle = atan2(uy, ux)
          path.move(x1 - rx, y1 - ry)
          path.line(x2 - ux * r2, y2 - uy * r2)
          path.arc(x2, y2, radius: r2, from: angle - .pi, to: angle)
          path.line(x1 + rx, y1 + ry)
          path.arc(x1, y1, radius: r1, from: angle, to: angle + .pi)
        } else {
          path.arc(x2, y2, radius: r2, from: 0, to: 2 * .pi)
        }
        path.close()
      }
      previous = (x2, y2, r2)
    }
  }
  return path
}

/// Stretches of defined points.
private func definedRuns(_ count: Int, _ defined: [Bool]) -> [Range<Int>] {
  guard !defined.isEmpty else { return count > 0 ? [0..<count] : [] }
  var runs: [Range<Int>] = []
  var start: Int?
  for i in 0..<count {
    let isDefined = i < defined.count ? defined[i] : true
    if isDefined, start == nil { start = i }
    if !isDefined, let first = start {
      runs.append(first..<i)
      start = nil
    }
  }
  if let start { runs.append(start..<count) }
  return runs
}

private func slice(_ values: [Double], _ run: Range<Int>) -> [Double] {
  run.count == values.count ? values : Array(values[run])
}
