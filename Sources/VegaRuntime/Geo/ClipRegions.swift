#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The sphere cut open along the meridian of ±180°.
struct AntimeridianRegion: ClipRegion {
  func contains(_ x: Double, _ y: Double) -> Bool { true }
  func makeLine(_ sink: GeoSink) -> ClipLine { AntimeridianLine(sink) }
  var start: GeoPoint { GeoPoint(-.pi, -.pi / 2) }

  func interpolate(_ from: ClipPoint?, _ to: ClipPoint?, _ direction: Double, _ sink: GeoSink) {
    guard let from, let to else {
      let phi = direction * .pi / 2
      for (x, y) in [(-1.0, 1.0), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)] {
        sink.point(x * .pi, y * phi)
      }
      return
    }
    if (from.x - to.x).magnitude > 1e-6 {
      let lambda = from.x < to.x ? Double.pi : -.pi
      let phi = direction * lambda / 2
      sink.point(-lambda, phi)
      sink.point(0, phi)
      sink.point(lambda, phi)
    } else {
      sink.point(to.x, to.y)
    }
  }
}

private final class AntimeridianLine: ClipLine {
  private var (lambda0, phi0, sign0) = (Double.nan, Double.nan, Double.nan)
  private var isWhole = 1

  override var clean: Int { 2 - isWhole }

  override func lineStart() {
    sink.lineStart()
    isWhole = 1
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    var lambda1 = x
    let phi1 = y
    let sign1: Double = x > 0 ? .pi : -.pi
    let delta = (x - lambda0).magnitude
    if (delta - .pi).magnitude < 1e-6 {
      // Across a pole.
      phi0 = (phi0 + phi1) / 2 > 0 ? .pi / 2 : -.pi / 2
      sink.point(lambda0, phi0)
      sink.point(sign0, phi0)
      sink.lineEnd()
      sink.lineStart()
      sink.point(sign1, phi0)
      sink.point(lambda1, phi0)
      isWhole = 0
    } else if sign0 != sign1, delta >= .pi {
      // Across the meridian; points on it are moved off so that the crossing can be found.
      if (lambda0 - sign0).magnitude < 1e-6 { lambda0 -= (sign0 < 0 ? -1 : 1) * 1e-6 * .pi }
      if (lambda1 - sign1).magnitude < 1e-6 { lambda1 -= (sign1 < 0 ? -1 : 1) * 1e-6 * .pi }
      phi0 = crossing(lambda0, phi0, lambda1, phi1)
      sink.point(sign0, phi0)
      sink.lineEnd()
      sink.lineStart()
      sink.point(sign1, phi0)
      isWhole = 0
    }
    (lambda0, phi0) = (lambda1, phi1)
    sink.point(lambda0, phi0)
    sign0 = sign1
  }

  override func lineEnd() {
    sink.lineEnd()
    (lambda0, phi0) = (.nan, .nan)
  }

  private func crossing(_ l0: Double, _ p0: Double, _ l1: Double, _ p1: Double) -> Double {
    let s = sin(l0 - l1)
    guard s.magnitude > 1e-6 else { return (p0 + p1) / 2 }
    let (c0, c1) = (cos(p0), cos(p1))
    return atan((sin(p0) * c1 * sin(l1) - sin(p1) * c0 * sin(l0)) / (c0 * c1 * s))
  }
}

/// A cap of the sphere around the point that faces the reader.
struct CircleRegion: ClipRegion {
  /// Radians.
  let radius: Double

  var cosine: Double { cos(radius) }
  func contains(_ x: Double, _ y: Double) -> Bool { cos(x) * cos(y) > cosine }
  func makeLine(_ sink: GeoSink) -> ClipLine { CircleLine(self, sink) }
  var start: GeoPoint { cosine > 0 ? GeoPoint(0, -radius) : GeoPoint(-.pi, radius - .pi) }

  func interpolate(_ from: ClipPoint?, _ to: ClipPoint?, _ direction: Double, _ sink: GeoSink) {
    let (c, s) = (cos(radius), sin(radius))
    let step = direction * 2 * .pi / 180
    var (t0, t1): (Double, Double)
    if let from, let to {
      t0 = angle(of: from)
      t1 = angle(of: to)
      if direction > 0 ? t0 < t1 : t0 > t1 { t0 += direction * 2 * .pi }
    } else {
      t0 = radius + direction * 2 * .pi
      t1 = radius - step / 2
    }
    var t = t0
    while direction > 0 ? t > t1 : t < t1 {
      let p = spherical(SIMD3(c, -s * cos(t), -s * sin(t)))
      sink.point(p.x, p.y)
      t -= step
    }
  }

  /// Where on the edge a point lies, in radians.
  private func angle(of point: ClipPoint) -> Double {
    var v = cartesian(GeoPoint(point.x, point.y))
    v.x -= cosine
    v = normalized(v)
    let angle = acos(max(-1, min(1, -v.y)))
    return fmod((-v.z < 0 ? -angle : angle) + 2 * .pi - 1e-6, 2 * .pi)
  }

  /// Where a great circle's arc meets the edge.
  fileprivate func intersections(_ a: ClipPoint, _ b: ClipPoint, two: Bool) -> (ClipPoint, ClipPoint?)? {
    let (pa, pb) = (cartesian(GeoPoint(a.x, a.y)), cartesian(GeoPoint(b.x, b.y)))
    let n1 = SIMD3(1.0, 0, 0)
    let n2 = cross(pa, pb)
    let n2n2 = dot(n2, n2)
    let n1n2 = n2.x
    let determinant = n2n2 - n1n2 * n1n2
    // The arc's plane is the edge's.
    if determinant == 0 { return two ? nil : (a, nil) }
    let c1 = cosine * n2n2 / determinant
    let c2 = -cosine * n1n2 / determinant
    let u = cross(n1, n2)
    let A = n1 * c1 + n2 * c2
    let (w, uu) = (dot(A, u), dot(u, u))
    let t2 = w * w - uu * (dot(A, A) - 1)
    guard t2 >= 0 else { return nil }
    let t = t2.squareRoot()
    let q = spherical(A + u * ((-w - t) / uu))
    if !two { return (ClipPoint(x: q.x, y: q.y), nil) }
    var (lambda0, lambda1, phi0, phi1) = (a.x, b.x, a.y, b.y)
    if lambda1 < lambda0 { swap(&lambda0, &lambda1) }
    let delta = lambda1 - lambda0
    let isPolar = (delta - .pi).magnitude < 1e-6
    let isMeridian = isPolar || delta < 1e-6
    if !isPolar, phi1 < phi0 { swap(&phi0, &phi1) }
    let lies: Bool
    if isMeridian {
      lies =
        isPolar
        ? (phi0 + phi1 > 0) != (q.y < ((q.x - lambda0).magnitude < 1e-6 ? phi0 : phi1)) : phi0 <= q.y && q.y <= phi1
    } else {
      lies = (delta > .pi) != (lambda0 <= q.x && q.x <= lambda1)
    }
    guard lies else { return nil }
    let q1 = spherical(A + u * ((-w + t) / uu))
    return (ClipPoint(x: q.x, y: q.y), ClipPoint(x: q1.x, y: q1.y))
  }
}

private final class CircleLine: ClipLine {
  private let region: CircleRegion
  private let isSmall: Bool
  private let isNotHemisphere: Bool
  private var point0: ClipPoint?
  private var code0 = 0
  private var wasVisible = false
  private var wasVisibleFirst = false
  private var isWhole = 1

  init(_ region: CircleRegion, _ sink: GeoSink) {
    self.region = region
    isSmall = region.cosine > 0
    isNotHemisphere = region.cosine.magnitude > 1e-6
    super.init(sink)
  }

  override var clean: Int { isWhole | (wasVisibleFirst && wasVisible ? 2 : 0) }

  override func lineStart() {
    wasVisible = false
    wasVisibleFirst = false
    isWhole = 1
  }

  override func lineEnd() {
    if wasVisible { sink.lineEnd() }
    point0 = nil
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    var point1 = ClipPoint(x: x, y: y)
    let isVisible = region.contains(x, y)
    let code = isSmall ? (isVisible ? 0 : self.code(x, y)) : isVisible ? self.code(x + (x < 0 ? .pi : -.pi), y) : 0
    if point0 == nil {
      wasVisibleFirst = isVisible
      wasVisible = isVisible
      if isVisible { sink.lineStart() }
    }
    if isVisible != wasVisible, let start = point0 {
      let meeting = region.intersections(start, point1, two: false)?.0
      if meeting == nil || start.meets(meeting!) || point1.meets(meeting!) { point1.mark = 1 }
    }
    if isVisible != wasVisible {
      isWhole = 0
      if isVisible {
        sink.lineStart()
        if let start = point0, let meeting = region.intersections(point1, start, two: false)?.0 {
          sink.point(meeting.x, meeting.y)
          point0 = meeting
        }
      } else {
        if let start = point0, let meeting = region.intersections(start, point1, two: false)?.0 {
          sink.point(meeting.x, meeting.y, 2)
          point0 = meeting
        }
        sink.lineEnd()
      }
    } else if isNotHemisphere, let start = point0, isSmall != isVisible {
      // Both ends are on one side; the arc may still cut the edge twice.
      if code & code0 == 0, let (first, second) = region.intersections(point1, start, two: true), let second {
        isWhole = 0
        if isSmall {
          sink.lineStart()
          sink.point(first.x, first.y)
          sink.point(second.x, second.y)
          sink.lineEnd()
        } else {
          sink.point(second.x, second.y)
          sink.lineEnd()
          sink.lineStart()
          sink.point(first.x, first.y, 3)
        }
      }
    }
    if isVisible, !(point0.map { $0.meets(point1) } ?? false) { sink.point(point1.x, point1.y, point1.mark) }
    point0 = point1
    wasVisible = isVisible
    code0 = code
  }

  private func code(_ lambda: Double, _ phi: Double) -> Int {
    let r = isSmall ? region.radius : .pi - region.radius
    var code = 0
    if lambda < -r { code |= 1 } else if lambda > r { code |= 2 }
    if phi < -r { code |= 4 } else if phi > r { code |= 8 }
    return code
  }
}

/// A rectangle of the plane that projected shapes are cut to.
struct ClipRectangle: Hashable, Sendable {
  var x0, y0, x1, y1: Double

  func contains(_ x: Double, _ y: Double) -> Bool { x0 <= x && x <= x1 && y0 <= y && y <= y1 }

  fileprivate func corner(_ p: ClipPoint, _ direction: Double) -> Int {
    if (p.x - x0).magnitude < 1e-6 { return direction > 0 ? 0 : 3 }
    if (p.x - x1).magnitude < 1e-6 { return direction > 0 ? 2 : 1 }
    if (p.y - y0).magnitude < 1e-6 { return direction > 0 ? 1 : 0 }
    return direction > 0 ? 3 : 2
  }

  fileprivate func order(_ a: ClipPoint, _ b: ClipPoint) -> Double {
    let (ca, cb) = (corner(a, 1), corner(b, 1))
    if ca != cb { return Double(ca - cb) }
    switch ca {
    case 0: return b.y - a.y
    case 1: return a.x - b.x
    case 2: return a.y - b.y
    default: return b.x - a.x
    }
  }

  fileprivate func interpolate(_ from: ClipPoint?, _ to: ClipPoint?, _ direction: Double, _ sink: GeoSink) {
    var a = 0
    var a1 = 0
    if let from, let to {
      a = corner(from, direction)
      a1 = corner(to, direction)
      if a == a1, (order(from, to) < 0) == (direction > 0) {
        sink.point(to.x, to.y)
        return
      }
    }
    repeat {
      sink.point(a == 0 || a == 3 ? x0 : x1, a > 1 ? y1 : y0)
      a = (a + Int(direction) + 4) % 4
    } while a != a1
  }

  /// Cuts a stretch to the rectangle (Liang and Barsky); false where nothing is left.
  fileprivate func cut(_ a: inout ClipPoint, _ b: inout ClipPoint) -> Bool {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    var (t0, t1) = (0.0, 1.0)
    for (delta, low, high) in [(dx, x0 - a.x, x1 - a.x), (dy, y0 - a.y, y1 - a.y)] {
      if delta == 0 {
        if low > 0 || high < 0 { return false }
        continue
      }
      let (r0, r1) = delta > 0 ? (low / delta, high / delta) : (high / delta, low / delta)
      if r0 > t1 || r1 < t0 { return false }
      t0 = max(t0, r0)
      t1 = min(t1, r1)
    }
    let start = a
    if t0 > 0 { (a.x, a.y) = (start.x + t0 * dx, start.y + t0 * dy) }
    if t1 < 1 { (b.x, b.y) = (start.x + t1 * dx, start.y + t1 * dy) }
    return true
  }
}

/// Cuts projected points, lines and polygons to a rectangle.
final class ClipRectangleStream: GeoSink {
  private let box: ClipRectangle
  private let sink: GeoSink
  private let buffer = ClipBuffer()
  private var inPolygon = false
  private var inLine = false
  private var segments: [[ClipPoint]] = []
  private var polygon: [[GeoPoint]] = []
  private var isClean = true
  private var isFirst = false
  private var firstPoint = ClipPoint(x: 0, y: 0)
  private var wasFirstInside = false
  private var last = ClipPoint(x: .nan, y: .nan)
  private var wasInside = false

  init(_ box: ClipRectangle, _ sink: GeoSink) {
    self.box = box
    self.sink = sink
  }

  private var active: GeoSink { inPolygon ? buffer : sink }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    if inLine { linePoint(x, y) } else if box.contains(x, y) { active.point(x, y) }
  }

  override func lineStart() {
    inLine = true
    if inPolygon { polygon.append([]) }
    isFirst = true
    wasInside = false
    last = ClipPoint(x: .nan, y: .nan)
  }

  override func lineEnd() {
    if inPolygon {
      linePoint(firstPoint.x, firstPoint.y)
      if wasFirstInside, wasInside { buffer.rejoin() }
      segments += buffer.takeLines()
    }
    inLine = false
    if wasInside { active.lineEnd() }
  }

  override func polygonStart() {
    inPolygon = true
    segments = []
    polygon = []
    isClean = true
  }

  override func polygonEnd() {
    let startInside = isClean && cornerInside()
    inPolygon = false
    segments = segments.filter { !$0.isEmpty }
    if startInside || !segments.isEmpty {
      sink.polygonStart()
      if startInside {
        sink.lineStart()
        box.interpolate(nil, nil, 1, sink)
        sink.lineEnd()
      }
      if !segments.isEmpty { rejoin(segments, box.order, cornerWinding(), box.interpolate, sink) }
      sink.polygonEnd()
    }
    segments = []
    polygon = []
  }

  override func sphere() { sink.sphere() }

  private func cornerInside() -> Bool { winding() != 0 }
  private func cornerWinding() -> Bool { winding() != 0 }

  /// How often the polygon winds around the rectangle's lower left corner.
  private func winding() -> Int {
    var winding = 0
    let (x, y) = (box.x0, box.y1)
    for ring in polygon {
      guard var b = ring.first else { continue }
      for next in ring.dropFirst() {
        let a = b
        b = next
        let left = (b.x - a.x) * (y - a.y)
        let right = (b.y - a.y) * (x - a.x)
        if a.y <= y {
          if b.y > y, left > right { winding += 1 }
        } else if b.y <= y, left < right {
          winding -= 1
        }
      }
    }
    return winding
  }

  private func linePoint(_ x: Double, _ y: Double) {
    let isInside = box.contains(x, y)
    if inPolygon, !polygon.isEmpty { polygon[polygon.count - 1].append(GeoPoint(x, y)) }
    if isFirst {
      firstPoint = ClipPoint(x: x, y: y)
      wasFirstInside = isInside
      isFirst = false
      if isInside {
        active.lineStart()
        active.point(x, y)
      }
    } else if isInside, wasInside {
      active.point(x, y)
    } else {
      func bounded(_ v: Double) -> Double { max(-1e9, min(1e9, v)) }
      var a = ClipPoint(x: bounded(last.x), y: bounded(last.y))
      var b = ClipPoint(x: bounded(x), y: bounded(y))
      last = a
      if box.cut(&a, &b) {
        if !wasInside {
          active.lineStart()
          active.point(a.x, a.y)
        }
        active.point(b.x, b.y)
        if !isInside { active.lineEnd() }
        isClean = false
      } else if isInside {
        active.lineStart()
        active.point(bounded(x), bounded(y))
        isClean = false
      }
    }
    last = ClipPoint(x: max(-1e9, min(1e9, x)), y: max(-1e9, min(1e9, y)))
    wasInside = isInside
  }
}
