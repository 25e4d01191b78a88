#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A slice of a pie or a ring around the origin; angles in radians, clockwise from twelve o'clock.
///
/// Follows d3-shape's arc: https://d3js.org/d3-shape/arc
package func arcPath(
  innerRadius: Double, outerRadius: Double, startAngle: Double, endAngle: Double, padAngle: Double = 0,
  cornerRadius: Double = 0
) -> PathData {
  let epsilon = 1e-12
  var path = PathData()
  let r0 = min(innerRadius, outerRadius)
  let r1 = max(innerRadius, outerRadius)
  let a0 = startAngle - .pi / 2
  let a1 = endAngle - .pi / 2
  let span = (a1 - a0).magnitude
  let clockwise = a1 > a0
  guard r1 > epsilon, span.isFinite else {
    path.move(0, 0)
    path.close()
    return path
  }
  if span > 2 * .pi - epsilon {
    path.move(r1 * cos(a0), r1 * sin(a0))
    path.arc(0, 0, radius: r1, from: a0, to: a1, counterclockwise: !clockwise)
    if r0 > epsilon {
      path.move(r0 * cos(a1), r0 * sin(a1))
      path.arc(0, 0, radius: r0, from: a1, to: a0, counterclockwise: clockwise)
    }
    path.close()
    return path
  }
  // Angles of the outer and of the inner border, drawn in by the padding.
  var (a01, a11, a00, a10) = (a0, a1, a0, a1)
  var (da0, da1) = (span, span)
  let pad = padAngle / 2
  let padRadius = pad > epsilon ? (r0 * r0 + r1 * r1).squareRoot() : 0
  let corner = min((r1 - r0).magnitude / 2, cornerRadius)
  var (corner0, corner1) = (corner, corner)
  if padRadius > epsilon {
    func arcsine(_ x: Double) -> Double { x >= 1 ? .pi / 2 : x <= -1 ? -.pi / 2 : asin(x) }
    let p0 = arcsine(padRadius / r0 * sin(pad))
    let p1 = arcsine(padRadius / r1 * sin(pad))
    let sign: Double = clockwise ? 1 : -1
    da0 -= 2 * p0
    if da0 > epsilon {
      a00 += p0 * sign
      a10 -= p0 * sign
    } else {
      da0 = 0
      (a00, a10) = ((a0 + a1) / 2, (a0 + a1) / 2)
    }
    da1 -= 2 * p1
    if da1 > epsilon {
      a01 += p1 * sign
      a11 -= p1 * sign
    } else {
      da1 = 0
      (a01, a11) = ((a0 + a1) / 2, (a0 + a1) / 2)
    }
  }
  let (x01, y01) = (r1 * cos(a01), r1 * sin(a01))
  let (x10, y10) = (r0 * cos(a10), r0 * sin(a10))
  let (x11, y11) = (r1 * cos(a11), r1 * sin(a11))
  let (x00, y00) = (r0 * cos(a00), r0 * sin(a00))
  if corner > epsilon, span < .pi {
    if let meeting = intersection(x01, y01, x00, y00, x11, y11, x10, y10) {
      let (ax, ay) = (x01 - meeting.0, y01 - meeting.1)
      let (bx, by) = (x11 - meeting.0, y11 - meeting.1)
      let cosine = (ax * bx + ay * by) / ((ax * ax + ay * ay) * (bx * bx + by * by)).squareRoot()
      let k = 1 / sin((cosine > 1 ? 0 : cosine < -1 ? .pi : acos(cosine)) / 2)
      let distance = (meeting.0 * meeting.0 + meeting.1 * meeting.1).squareRoot()
      corner0 = min(corner, (r0 - distance) / (k - 1))
      corner1 = min(corner, (r1 - distance) / (k + 1))
    } else {
      (corner0, corner1) = (0, 0)
    }
  }
  let ccw = !clockwise
  // The outer border.
  if da1 <= epsilon {
    path.move(x01, y01)
  } else if corner1 > epsilon {
    let t0 = cornerTangents(x00, y00, x01, y01, r1, corner1, clockwise)
    let t1 = cornerTangents(x11, y11, x10, y10, r1, corner1, clockwise)
    path.move(t0.cx + t0.x01, t0.cy + t0.y01)
    if corner1 < corner {
      path.arc(
        t0.cx, t0.cy, radius: corner1, from: atan2(t0.y01, t0.x01), to: atan2(t1.y01, t1.x01), counterclockwise: ccw)
    } else {
      path.arc(
        t0.cx, t0.cy, radius: corner1, from: atan2(t0.y01, t0.x01), to: atan2(t0.y11, t0.x11), counterclockwise: ccw)
      path.arc(
        0, 0, radius: r1, from: atan2(t0.cy + t0.y11, t0.cx + t0.x11), to: atan2(t1.cy + t1.y11, t1.cx + t1.x11),
        counterclockwise: ccw)
      path.arc(
        t1.cx, t1.cy, radius: corner1, from: atan2(t1.y11, t1.x11), to: atan2(t1.y01, t1.x01), counterclockwise: ccw)
    }
  } else {
    path.move(x01, y01)
    path.arc(0, 0, radius: r1, from: a01, to: a11, counterclockwise: ccw)
  }
  // The inner border.
  if r0 <= epsilon || da0 <= epsilon {
    path.line(x10, y10)
  } else if corner0 > epsilon {
    let t0 = cornerTangents(x10, y10, x11, y11, r0, -corner0, clockwise)
    let t1 = cornerTangents(x01, y01, x00, y00, r0, -corner0, clockwise)
    path.line(t0.cx + t0.x01, t0.cy + t0.y01)
    if corner0 < corner {
      path.arc(
        t0.cx, t0.cy, radius: corner0, from: atan2(t0.y01, t0.x01), to: atan2(t1.y01, t1.x01), counterclockwise: ccw)
    } else {
      path.arc(
        t0.cx, t0.cy, radius: corner0, from: atan2(t0.y01, t0.x01), to: atan2(t0.y11, t0.x11), counterclockwise: ccw)
      path.arc(
        0, 0, radius: r0, from: atan2(t0.cy + t0.y11, t0.cx + t0.x11), to: atan2(t1.cy + t1.y11, t1.cx + t1.x11),
        counterclockwise: clockwise)
      path.arc(
        t1.cx, t1.cy, radius: corner0, from: atan2(t1.y11, t1.x11), to: atan2(t1.y01, t1.x01), counterclockwise: ccw)
    }
  } else {
    path.arc(0, 0, radius: r0, from: a10, to: a00, counterclockwise: clockwise)
  }
  path.close()
  return path
}

/// Where two lines meet, each through two points.
private func intersection(
  _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x3: Double, _ y3: Double
) -> (Double, Double)? {
  let (x10, y10, x32, y32) = (x1 - x0, y1 - y0, x3 - x2, y3 - y2)
  let cross = y32 * x10 - x32 * y10
  guard cross * cross >= 1e-12 else { return nil }
  let t = (x32 * (y0 - y2) - y32 * (x0 - x2)) / cross
  return (x0 + t * x10, y0 + t * y10)
}

/// The circle that rounds a corner: its middle, and where it touches the side and the border, seen from the middle.
private func cornerTangents(
  _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ r1: Double, _ rc: Double, _ clockwise: Bool
) -> (cx: Double, cy: Double, x01: Double, y01: Double, x11: Double, y11: Double) {
  let (x01, y01) = (x0 - x1, y0 - y1)
  let lo = (clockwise ? rc : -rc) / (x01 * x01 + y01 * y01).squareRoot()
  let (ox, oy) = (lo * y01, -lo * x01)
  let (x11, y11, x10, y10) = (x0 + ox, y0 + oy, x1 + ox, y1 + oy)
  let (x00, y00) = ((x11 + x10) / 2, (y11 + y10) / 2)
  let (dx, dy) = (x10 - x11, y10 - y11)
  let d2 = dx * dx + dy * dy
  let r = r1 - rc
  let D = x11 * y10 - x10 * y11
  let d = (dy < 0 ? -1.0 : 1) * max(0, r * r * d2 - D * D).squareRoot()
  var (cx0, cy0) = ((D * dy - dx * d) / d2, (-D * dx - dy * d) / d2)
  let (cx1, cy1) = ((D * dy + dx * d) / d2, (-D * dx + dy * d) / d2)
  let (dx0, dy0, dx1, dy1) = (cx0 - x00, cy0 - y00, cx1 - x00, cy1 - y00)
  if dx0 * dx0 + dy0 * dy0 > dx1 * dx1 + dy1 * dy1 { (cx0, cy0) = (cx1, cy1) }
  return (cx0, cy0, -ox, -oy, cx0 * (r1 / r - 1), cy0 * (r1 / r - 1))
}
