#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Changes points on their way.
final class TransformSink: GeoSink {
  private let sink: GeoSink
  private let transform: (Double, Double) -> GeoPoint

  init(_ sink: GeoSink, _ transform: @escaping (Double, Double) -> GeoPoint) {
    self.sink = sink
    self.transform = transform
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    let point = transform(x, y)
    sink.point(point.x, point.y)
  }
  override func lineStart() { sink.lineStart() }
  override func lineEnd() { sink.lineEnd() }
  override func polygonStart() { sink.polygonStart() }
  override func polygonEnd() { sink.polygonEnd() }
  override func sphere() { sink.sphere() }
}

/// Hands everything to several sinks, and polygons only to those that may show them.
final class SplitSink: GeoSink {
  private let parts: [(region: ShownRegion, sink: GeoSink)]
  private let sinks: [GeoSink]
  init(_ parts: [(region: ShownRegion, sink: GeoSink)]) {
    self.parts = parts
    sinks = parts.map(\.sink)
  }
  override func polygon(_ rings: [[GeoPoint]]) {
    let extent = PolygonExtent(rings)
    for part in parts where part.region.mayShow(extent) { part.sink.polygon(rings) }
  }
  override func point(_ x: Double, _ y: Double, _ mark: Int) { for sink in sinks { sink.point(x, y) } }
  override func lineStart() { for sink in sinks { sink.lineStart() } }
  override func lineEnd() { for sink in sinks { sink.lineEnd() } }
  override func polygonStart() { for sink in sinks { sink.polygonStart() } }
  override func polygonEnd() { for sink in sinks { sink.polygonEnd() } }
  override func sphere() { for sink in sinks { sink.sphere() } }
}

/// Projects points and adds some where a straight line on the globe bends in the plane.
final class ResampleSink: GeoSink {
  private let sink: GeoSink
  private let resampler: Resampler
  private var last: GlobePoint?
  private var first: GlobePoint?
  private var inPolygon = false
  private var inLine = false
  private var added: [GeoPoint] = []

  init(_ sink: GeoSink, _ resampler: Resampler) {
    self.sink = sink
    self.resampler = resampler
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    let plane = resampler.project(x, y)
    guard inLine, resampler.tolerance > 0 else { return sink.point(plane.x, plane.y) }
    let point = GlobePoint(plane: plane, globe: GeoPoint(x, y))
    if let last { bend(last, point) }
    if first == nil { first = point }
    last = point
    sink.point(plane.x, plane.y)
  }

  override func lineStart() {
    inLine = true
    last = nil
    first = nil
    sink.lineStart()
  }

  override func lineEnd() {
    if inPolygon, let last, let first { bend(last, first) }
    inLine = false
    sink.lineEnd()
  }

  override func polygonStart() {
    sink.polygonStart()
    inPolygon = true
  }

  override func polygonEnd() {
    sink.polygonEnd()
    inPolygon = false
  }

  private func bend(_ a: GlobePoint, _ b: GlobePoint) {
    guard resampler.mayBend(a.plane, b.plane) else { return }
    added.removeAll(keepingCapacity: true)
    resampler.bend(a, b, into: &added)
    for point in added { sink.point(point.x, point.y) }
  }
}

/// A point on the globe, in radians, and in the plane.
struct GlobePoint {
  var plane: GeoPoint
  var globe: GeoPoint
}

/// Finds the points that a straight line on the globe needs in the plane.
struct Resampler {
  /// Radians to pixels.
  let project: (Double, Double) -> GeoPoint
  /// Square of the pixels that a line may be off.
  let tolerance: Double

  /// Whether two places are so far apart that the line between them might need a point.
  @inline(__always) func mayBend(_ a: GeoPoint, _ b: GeoPoint) -> Bool {
    let d = b - a
    return d.x * d.x + d.y * d.y > 4 * tolerance
  }

  /// Adds the points between two others, in their order.
  func bend(_ a: GlobePoint, _ b: GlobePoint, into points: inout [GeoPoint]) {
    // Where they are in space is worked out only here.
    bend(a.plane, a.globe.x, cartesian(a.globe), b.plane, b.globe.x, cartesian(b.globe), 16, &points)
  }

  private func bend(
    _ planeA: GeoPoint, _ lambdaA: Double, _ spaceA: SIMD3<Double>, _ planeB: GeoPoint, _ lambdaB: Double,
    _ spaceB: SIMD3<Double>, _ depth: Int, _ points: inout [GeoPoint]
  ) {
    guard mayBend(planeA, planeB), depth > 0 else { return }
    let d = planeB - planeA
    let d2 = d.x * d.x + d.y * d.y
    let sum = spaceA + spaceB
    let m = dot(sum, sum).squareRoot()
    let middle = sum / m
    let lambda =
      (middle.z.magnitude - 1).magnitude < 1e-6 || (lambdaA - lambdaB).magnitude < 1e-6
      ? (lambdaA + lambdaB) / 2 : atan2(sum.y, sum.x)
    let plane = project(lambda, asin(max(-1, min(1, middle.z))))
    let e = plane - planeA
    let off = d.y * e.x - d.x * e.y
    let isFar =
      off * off / d2 > tolerance || ((d.x * e.x + d.y * e.y) / d2 - 0.5).magnitude > 0.3
      || dot(spaceA, spaceB) < 0.8660254037844387
    guard isFar else { return }
    bend(planeA, lambdaA, spaceA, plane, lambda, middle, depth - 1, &points)
    points.append(plane)
    bend(plane, lambda, middle, planeB, lambdaB, spaceB, depth - 1, &points)
  }
}

/// Gathers the box around everything.
final class BoundsSink: GeoSink {
  var bounds = Bounds()
  override func point(_ x: Double, _ y: Double, _ mark: Int) { bounds.add(x, y) }
  override func ring(_ points: ArraySlice<GeoPoint>) { for point in points { bounds.add(point.x, point.y) } }
}

/// Gathers an outline.
final class PathSink: GeoSink {
  var path = PathData()
  private let pointRadius: Double
  private var inPolygon = false
  private var inLine = false
  private var isFirst = false

  init(pointRadius: Double) { self.pointRadius = pointRadius }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    if !inLine {
      // As d3 draws it, from the middle: two half circles.
      path.move(x, y)
      path.move(x, y + pointRadius)
      for end in [y - pointRadius, y + pointRadius] {
        path.ellipticArc(pointRadius, pointRadius, large: true, sweep: true, x, end)
      }
      path.close()
    } else if isFirst {
      path.move(x, y)
      isFirst = false
    } else {
      path.line(x, y)
    }
  }

  override func lineStart() {
    inLine = true
    isFirst = true
  }

  override func lineEnd() {
    if inPolygon, !isFirst { path.close() }
    inLine = false
  }

  override func ring(_ points: ArraySlice<GeoPoint>) {
    guard inPolygon else { return super.ring(points) }
    path.ring(points)
  }

  override func polygonStart() { inPolygon = true }
  override func polygonEnd() { inPolygon = false }
}
