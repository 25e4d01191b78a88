#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Takes polygons straight to the plane where nothing of them is to be cut, as nearly all countries and counties are, and
/// leaves everything else to a sink that cuts.
///
/// A polygon is plain when no edge comes near half the globe's width, it surely does not hold the pole, and it lies within
/// the map's frame or all on one side of it. What is drawn is the same either way, at a third of the cost.
final class PlainPolygonSink: GeoSink {
  private let general: GeoSink
  /// Degrees to radians on the turned globe.
  private let turn: (Double, Double) -> GeoPoint
  private let resampler: Resampler
  private let clip: ClipRectangle?
  /// Behind the projection: with the frame, and behind it.
  private let clipped: GeoSink
  private let unclipped: GeoSink
  /// Points of all rings, in radians and in pixels, and where each ring ends.
  private var globe: [GeoPoint] = []
  private var globeEnds: [Int] = []
  private var plane: [GeoPoint] = []
  private var planeEnds: [Int] = []

  init(
    _ general: GeoSink, turn: @escaping (Double, Double) -> GeoPoint, resampler: Resampler, clip: ClipRectangle?,
    clipped: GeoSink, unclipped: GeoSink
  ) {
    self.general = general
    self.turn = turn
    self.resampler = resampler
    self.clip = clip
    self.clipped = clipped
    self.unclipped = unclipped
  }

  override func polygon(_ rings: [[GeoPoint]]) {
    place(rings)
    guard isPlain() else { return general.polygon(rings) }
    guard !globeEnds.isEmpty else { return }
    project()
    let sink: GeoSink
    switch clip?.position(of: plane) {
    case nil, .within?: sink = unclipped
    case .beside?: return
    case .across?: sink = clipped
    }
    sink.polygonStart()
    var start = 0
    for end in planeEnds {
      sink.ring(plane[start..<end])
      start = end
    }
    sink.polygonEnd()
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) { general.point(x, y) }
  override func lineStart() { general.lineStart() }
  override func lineEnd() { general.lineEnd() }
  override func polygonStart() { general.polygonStart() }
  override func polygonEnd() { general.polygonEnd() }
  override func sphere() { general.sphere() }

  /// Puts the rings on the turned globe, without the last points, which are the first.
  private func place(_ rings: [[GeoPoint]]) {
    globe.removeAll(keepingCapacity: true)
    globeEnds.removeAll(keepingCapacity: true)
    for ring in rings where ring.count > 1 {
      for point in ring.dropLast() { globe.append(turn(point.x, point.y)) }
      globeEnds.append(globe.count)
    }
  }

  /// Whether no ring comes to the edge of the map, and the pole is surely outside of them all.
  ///
  /// The rings' area on the sphere says on which side their inside is: `polygonContains` sums it up exactly, edge by edge.
  /// Here an edge counts with the mean of its ends' sines, which for a short one is off by less than
  /// `|x|·(0.3·y² + 0.25·x²)`; a sum that might have the other sign is left to the exact one.
  private func isPlain() -> Bool {
    var (area, error) = (0.0, 1e-9)
    return globe.withUnsafeBufferPointer { points in
      var start = 0
      for end in globeEnds {
        var before = points[end - 1]
        var sineBefore = sin(before.y)
        for index in start..<end {
          let point = points[index]
          let (dx, dy) = (point.x - before.x, point.y - before.y)
          // Also false for not-a-number.
          guard dx.magnitude < 0.3, dy.magnitude < 0.3 else { return false }
          let sine = sin(point.y)
          area += dx * (sineBefore + sine) / 2
          error += dx.magnitude * (0.3 * dy * dy + 0.25 * dx * dx)
          (before, sineBefore) = (point, sine)
        }
        start = end
      }
      return area > error
    }
  }

  private func project() {
    plane.removeAll(keepingCapacity: true)
    planeEnds.removeAll(keepingCapacity: true)
    var start = 0
    for end in globeEnds {
      let first = GlobePoint(plane: resampler.project(globe[start].x, globe[start].y), globe: globe[start])
      plane.append(first.plane)
      var last = first
      for index in start + 1..<end {
        let point = GlobePoint(plane: resampler.project(globe[index].x, globe[index].y), globe: globe[index])
        bend(last, point)
        plane.append(point.plane)
        last = point
      }
      bend(last, first)
      planeEnds.append(plane.count)
      start = end
    }
  }

  @inline(__always) private func bend(_ a: GlobePoint, _ b: GlobePoint) {
    guard resampler.tolerance > 0, resampler.mayBend(a.plane, b.plane) else { return }
    resampler.bend(a, b, into: &plane)
  }
}

extension ClipRectangle {
  /// Where points lie: all within the frame, all beyond one of its sides, or neither.
  enum Position { case within, beside, across }

  func position(of points: [GeoPoint]) -> Position {
    var low = GeoPoint(.infinity, .infinity)
    var high = -low
    for point in points {
      guard point.x.isFinite, point.y.isFinite else { return .across }
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    // On the frame itself the general way decides.
    if low.x > x0, low.y > y0, high.x < x1, high.y < y1 { return .within }
    if high.x < x0 || low.x > x1 || high.y < y0 || low.y > y1 { return .beside }
    return .across
  }
}
