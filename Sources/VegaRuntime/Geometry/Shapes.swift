#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The shape of a symbol around the origin; `size` is an area in square pixels. An unknown word is read as an SVG path
/// within -1 to 1, as Vega does; `nil` if it is none.
///
/// https://vega.github.io/vega/docs/marks/symbol/
package func symbolPath(_ shape: String, size: Double) -> PathData? {
  let side = max(0, size.isNaN ? 0 : size).squareRoot()
  let r = side / 2
  // Half the height of an equilateral triangle over its half side.
  let halfRoot3 = 3.0.squareRoot() / 2
  var path = PathData()
  func polygon(_ points: [(Double, Double)]) {
    for (index, point) in points.enumerated() {
      if index == 0 { path.move(point.0, point.1) } else { path.line(point.0, point.1) }
    }
    path.close()
  }
  switch shape {
  case "circle", "":
    path.move(r, 0)
    path.arc(0, 0, radius: r, from: 0, to: 2 * .pi)
  case "square": path.rect(-r, -r, side, side)
  case "diamond": polygon([(-r, 0), (0, -r), (r, 0), (0, r)])
  case "cross":
    let s = r / 2.5
    polygon([
      (-r, -s), (-r, s), (-s, s), (-s, r), (s, r), (s, s), (r, s), (r, -s), (s, -s), (s, -r), (-s, -r), (-s, -s),
    ])
  case "triangle-up":
    let h = halfRoot3 * r
    polygon([(0, -h), (-r, h), (r, h)])
  case "triangle-down":
    let h = halfRoot3 * r
    polygon([(0, h), (-r, -h), (r, -h)])
  case "triangle-right":
    let h = halfRoot3 * r
    polygon([(h, 0), (-h, -r), (-h, r)])
  case "triangle-left":
    let h = halfRoot3 * r
    polygon([(-h, 0), (h, -r), (h, r)])
  case "triangle", "wedge":
    let h = halfRoot3 * r
    let o = h - r * 0.5773502691896257
    let b = shape == "wedge" ? r / 4 : r
    polygon([(0, -h - o), (-b, h - o), (b, h - o)])
  case "arrow":
    let (s, t, v) = (r / 7, r / 2.5, r / 8)
    polygon([(-s, r), (s, r), (s, -v), (t, -v), (0, -r), (-t, -v), (-s, -v)])
  case "stroke":
    path.move(-r, 0)
    path.line(r, 0)
  default: return PathData(svg: shape)?.scaled(by: r)
  }
  return path
}

/// The corners of a rectangle, in pixels.
package struct CornerRadii: Hashable, Sendable {
  package var topLeft, topRight, bottomRight, bottomLeft: Double

  package init(topLeft: Double = 0, topRight: Double = 0, bottomRight: Double = 0, bottomLeft: Double = 0) {
    (self.topLeft, self.topRight, self.bottomRight, self.bottomLeft) = (topLeft, topRight, bottomRight, bottomLeft)
  }

  package init(_ radius: Double) {
    self.init(topLeft: radius, topRight: radius, bottomRight: radius, bottomLeft: radius)
  }

  package var isZero: Bool { topLeft <= 0 && topRight <= 0 && bottomRight <= 0 && bottomLeft <= 0 }
}

/// A rectangle with rounded corners; a radius is at most half the shorter side.
package func rectanglePath(
  _ x: Double, _ y: Double, _ width: Double, _ height: Double, corners: CornerRadii = CornerRadii()
) -> PathData {
  var path = PathData()
  let most = min(width, height) / 2
  func bounded(_ radius: Double) -> Double { max(0, min(radius, most)) }
  let (a, b) = (bounded(corners.topLeft), bounded(corners.topRight))
  let (c, d) = (bounded(corners.bottomRight), bounded(corners.bottomLeft))
  if a <= 0, b <= 0, c <= 0, d <= 0 {
    path.rect(x, y, width, height)
    return path
  }
  // How far control points stand from the corner, so that a cubic curve is a quarter of a circle.
  let k = 0.448084975506
  let (right, bottom) = (x + width, y + height)
  path.move(x + a, y)
  path.line(right - b, y)
  path.cubic(right - k * b, y, right, y + k * b, right, y + b)
  path.line(right, bottom - c)
  path.cubic(right, bottom - k * c, right - k * c, bottom, right - c, bottom)
  path.line(x + d, bottom)
  path.cubic(x + k * d, bottom, x, bottom - k * d, x, bottom - d)
  path.line(x, y + a)
  path.cubic(x, y + k * a, x + k * a, y, x + a, y)
  path.close()
  return path
}
