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
  private let project: (Double, Double) -> GeoPoint
  private let tolerance: Double
  private var last: Sample?
  private var first: Sample?
  private var inPolygon = false
  private var inLine = false

  /// A point on the globe and in the plane; where it is in space is worked out when a line might bend.
  private struct Sample {
    var plane: GeoPoint
    var globe: GeoPoint
  }

  init(_ sink: GeoSink, _ project: @escaping (Double, Double) -> GeoPoint, tolerance: Double) {
    self.sink = sink
    self.project = project
    self.tolerance = tolerance
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    let plane = project(x, y)
    guard inLine, tolerance > 0 else { return sink.point(plane.x, plane.y) }
    let sample = Sample(plane: plane, globe: GeoPoint(x, y))
    if let last { bend(last, sample) }
    if first == nil { first = sample }
    last = sample
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

  private func bend(_ a: Sample, _ b: Sample) {
    guard isLong(a.plane, b.plane) else { return }
    bend(a.plane, a.globe.x, cartesian(a.globe), b.plane, b.globe.x, cartesian(b.globe), 16)
  }

  private func isLong(_ a: GeoPoint, _ b: GeoPoint) -> Bool {
    let d = b - a
    return d.x * d.x + d.y * d.y > 4 * tolerance
  }

  private func bend(
    _ planeA: GeoPoint, _ lambdaA: Double, _ spaceA: SIMD3<Double>, _ planeB: GeoPoint, _ lambdaB: Double,
    _ spaceB: SIMD3<Double>, _ depth: Int
  ) {
    guard isLong(planeA, planeB), depth > 0 else { return }
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
    bend(planeA, lambdaA, spaceA, plane, lambda, middle, depth - 1)
    sink.point(plane.x, plane.y)
    bend(plane, lambda, middle, planeB, lambdaB, spaceB, depth - 1)
  }
}

/// Gathers the box around everything.
final class BoundsSink: GeoSink {
  var bounds = Bounds()
  override func point(_ x: Double, _ y: Double, _ mark: Int) { bounds.add(x, y) }
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
      path.move(x + pointRadius, y)
      path.arc(x, y, radius: pointRadius, from: 0, to: 2 * .pi)
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

  override func polygonStart() { inPolygon = true }
  override func polygonEnd() { inPolygon = false }
}
