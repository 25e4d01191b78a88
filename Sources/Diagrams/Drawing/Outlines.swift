internal import VegaRuntime

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

struct Point: Hashable, Sendable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// A line through points along the axes whose corners are rounded.
func roundedPath(_ points: [Point], radius: Double = 6) -> PathData {
  var path = PathData()
  guard let first = points.first, let last = points.last else { return path }
  path.move(first.x, first.y)
  for index in points.indices.dropFirst().dropLast() {
    let (before, corner, after) = (points[index - 1], points[index], points[index + 1])
    let (toBefore, toAfter) = (distance(before, corner), distance(corner, after))
    let reach = min(radius, toBefore / 2, toAfter / 2)
    guard reach > 0.5 else {
      path.line(corner.x, corner.y)
      continue
    }
    let start = towards(before, from: corner, by: reach / toBefore)
    let end = towards(after, from: corner, by: reach / toAfter)
    path.line(start.x, start.y)
    path.quadratic(corner.x, corner.y, end.x, end.y)
  }
  path.line(last.x, last.y)
  return path
}

private func distance(_ a: Point, _ b: Point) -> Double {
  ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
}

private func towards(_ target: Point, from start: Point, by part: Double) -> Point {
  Point(start.x + (target.x - start.x) * part, start.y + (target.y - start.y) * part)
}

/// A slim triangle with its tip at a point.
func arrowheadPath(_ x: Double, _ y: Double, angle: Double, size: Double) -> PathData {
  let (c, s) = (cos(angle), sin(angle))
  var path = PathData()
  path.move(x, y)
  for side in [-0.42, 0.42] {
    path.line(x - size * c - size * side * s * -1, y - size * s + size * side * c * -1)
  }
  path.close()
  return path
}

/// An arc of a circle with the point and the direction of travel at its end.
func arcPath(
  _ cx: Double, _ cy: Double, radius: Double, from start: Double, to end: Double
) -> (path: PathData, end: Point, angle: Double) {
  var path = PathData()
  path.arc(cx, cy, radius: radius, from: start, to: end)
  return (path, Point(cx + radius * cos(end), cy + radius * sin(end)), end + .pi / 2)
}

/// A point of a circle; the angle is in radians clockwise from the x axis.
func pointOnCircle(_ cx: Double, _ cy: Double, radius: Double, angle: Double) -> Point {
  Point(cx + radius * cos(angle), cy + radius * sin(angle))
}

/// A ribbon between two upright edges, as a Sankey diagram has them.
func ribbonPath(x1: Double, y1: Double, x2: Double, y2: Double, thickness: Double) -> PathData {
  let middle = (x1 + x2) / 2
  var path = PathData()
  path.move(x1, y1)
  path.cubic(middle, y1, middle, y2, x2, y2)
  path.line(x2, y2 + thickness)
  path.cubic(middle, y2 + thickness, middle, y1 + thickness, x1, y1 + thickness)
  path.close()
  return path
}
