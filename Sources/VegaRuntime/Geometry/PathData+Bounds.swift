internal import AlmanacCore

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

extension PathData {
  /// The box around the outline itself, without its stroke; control points do not count.
  package var bounds: Bounds {
    var bounds = Bounds()
    var (x, y) = (0.0, 0.0)
    var index = 0
    for operation in operations {
      let n = index
      switch operation {
      case .move, .line: bounds.add(numbers[n], numbers[n + 1])
      case .cubic:
        bounds.add(numbers[n + 4], numbers[n + 5])
        addCubic(x, numbers[n], numbers[n + 2], numbers[n + 4]) { bounds.add($0, y) }
        addCubic(y, numbers[n + 1], numbers[n + 3], numbers[n + 5]) { bounds.add(x, $0) }
      case .quadratic:
        bounds.add(numbers[n + 2], numbers[n + 3])
        addQuadratic(x, numbers[n], numbers[n + 2]) { bounds.add($0, y) }
        addQuadratic(y, numbers[n + 1], numbers[n + 3]) { bounds.add(x, $0) }
      case .arc:
        for piece in cubicsOfArc(from: (x, y), Array(numbers[n..<(n + 7)]), longest: .pi / 4) {
          bounds.add(piece[6], piece[7])
          addCubic(piece[0], piece[2], piece[4], piece[6]) { bounds.add($0, piece[1]) }
          addCubic(piece[1], piece[3], piece[5], piece[7]) { bounds.add(piece[0], $0) }
        }
      case .close: break
      }
      let count = operation.count
      if count > 0 { (x, y) = (numbers[n + count - 2], numbers[n + count - 1]) }
      index += count
    }
    return bounds
  }

  /// Hands on the extremes of one coordinate of a cubic curve.
  private func addCubic(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ add: (Double) -> Void) {
    // Within the ends' span no control point can lift the curve out of it.
    if min(b, c) >= min(a, d), max(b, c) <= max(a, d) { return }
    let q = d - a + 3 * b - 3 * c
    let r = a + c - 2 * b
    let s = a - b
    func at(_ t: Double) {
      guard t > 0, t < 1 else { return }
      let u = 1 - t
      add(u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d)
    }
    if q.magnitude > 1e-14 {
      let root = r * r + s * q
      guard root >= 0 else { return }
      at((-r + root.squareRoot()) / q)
      at((-r - root.squareRoot()) / q)
    } else if r != 0 {
      at(0.5 * s / r)
    }
  }

  private func addQuadratic(_ a: Double, _ b: Double, _ c: Double, _ add: (Double) -> Void) {
    let t = (a - b) / (a + c - 2 * b)
    guard t > 0, t < 1 else { return }
    let u = 1 - t
    add(u * u * a + 2 * u * t * b + t * t * c)
  }
}

/// Returns an SVG arc as cubic curves: start, two control points, end.
///
/// Over a quarter turn a curve strays from its circle by a four thousandth of the radius, over an eighth by a hundredth of that.
///
/// https://www.w3.org/TR/SVG/implnote.html#ArcImplementationNotes
func cubicsOfArc(from start: (Double, Double), _ arc: [Double], longest: Double = .pi / 2) -> [[Double]] {
  let (x1, y1) = start
  let (x2, y2) = (arc[5], arc[6])
  var (rx, ry) = (arc[0].magnitude, arc[1].magnitude)
  if rx == 0 || ry == 0 || (x1 == x2 && y1 == y2) { return [[x1, y1, x1, y1, x2, y2, x2, y2]] }
  let angle = arc[2] * .pi / 180
  let (cosA, sinA) = (cos(angle), sin(angle))
  let (hx, hy) = ((x1 - x2) / 2, (y1 - y2) / 2)
  let (px, py) = (cosA * hx + sinA * hy, -sinA * hx + cosA * hy)
  let lambda = px * px / (rx * rx) + py * py / (ry * ry)
  if lambda > 1 {
    rx *= lambda.squareRoot()
    ry *= lambda.squareRoot()
  }
  let numerator = rx * rx * ry * ry - rx * rx * py * py - ry * ry * px * px
  var factor = max(0, numerator / (rx * rx * py * py + ry * ry * px * px)).squareRoot()
  if (arc[3] != 0) == (arc[4] != 0) { factor = -factor }
  let (qx, qy) = (factor * rx * py / ry, -factor * ry * px / rx)
  let (cx, cy) = (cosA * qx - sinA * qy + (x1 + x2) / 2, sinA * qx + cosA * qy + (y1 + y2) / 2)
  let first = atan2((py - qy) / ry, (px - qx) / rx)
  var turn = atan2((-py - qy) / ry, (-px - qx) / rx) - first
  if arc[4] != 0, turn < 0 { turn += 2 * .pi }
  if arc[4] == 0, turn > 0 { turn -= 2 * .pi }
  let count = max(1, Int(limited: (turn.magnitude / (longest + 0.001)).rounded(.up), to: 8))
  let step = turn / Double(count)
  let k = 4.0 / 3 * tan(step / 4)
  func point(_ x: Double, _ y: Double) -> (Double, Double) {
    (cx + rx * x * cosA - ry * y * sinA, cy + rx * x * sinA + ry * y * cosA)
  }
  return (0..<count).map { piece in
    let a = first + step * Double(piece)
    let b = a + step
    let p0 = point(cos(a), sin(a))
    let p1 = point(cos(a) - k * sin(a), sin(a) + k * cos(a))
    let p2 = point(cos(b) + k * sin(b), sin(b) - k * cos(b))
    let p3 = piece == count - 1 ? (x2, y2) : point(cos(b), sin(b))
    return [p0.0, p0.1, p1.0, p1.1, p2.0, p2.1, p3.0, p3.1]
  }
}
