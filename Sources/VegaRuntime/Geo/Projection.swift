package import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// From the globe to pixels: https://vega.github.io/vega/docs/projections/
///
/// Follows d3-geo: turns the globe, cuts it open, projects with points added where lines bend, and cuts to a rectangle.
package struct Projection: Sendable {
  package var kind: ProjectionKind
  package var scale: Double
  /// Where the centre comes to stand, in pixels.
  package var translate: GeoPoint
  /// Degrees.
  package var center: GeoPoint
  /// Yaw, pitch and roll in degrees.
  package var rotate: SIMD3<Double>
  package var parallels: (Double, Double)
  /// Degrees; `nil` to cut along the meridian of ±180°.
  package var clipAngle: Double?
  package var reflectX = false
  package var reflectY = false
  /// Pixels that a bent line may be off; squared in d3.
  package var precision = 0.5.squareRoot()
  /// Radius of points of shapes, in pixels.
  package var pointRadius = 4.5
  private var clipExtent: ClipRectangle?

  package init(_ kind: ProjectionKind) {
    self.kind = kind
    let defaults = kind.defaults
    scale = defaults.scale
    translate = kind == .identity ? .zero : GeoPoint(480, 250)
    center = defaults.center
    rotate = kind == .albers || kind == .albersUsa ? SIMD3(96, 0, 0) : .zero
    parallels = defaults.parallels
    clipAngle = defaults.clipAngle
  }

  /// Reads a projection's properties as a spec has them, their expressions evaluated; `nil` for an unknown type.
  package init?(_ properties: ValueObject, defaultKind: ProjectionKind = .equalEarth) {
    var kind = defaultKind
    if let name = properties["type"]?.stringValue {
      guard let known = ProjectionKind(name: name) else { return nil }
      kind = known
    }
    self.init(kind)
    func numbers(_ key: String) -> [Double]? {
      guard let values = properties[key]?.arrayValue?.map(\.asNumber), values.allSatisfy(\.isFinite) else { return nil }
      return values
    }
    if let value = properties["scale"]?.numberValue { scale = value }
    if let values = numbers("translate"), values.count == 2 { translate = GeoPoint(values[0], values[1]) }
    if let values = numbers("center"), values.count == 2 { center = GeoPoint(values[0], values[1]) }
    if let values = numbers("rotate"), values.count >= 2 {
      rotate = SIMD3(values[0], values[1], values.count > 2 ? values[2] : 0)
    }
    if let values = numbers("parallels"), values.count == 2 { parallels = (values[0], values[1]) }
    if let value = properties["parallel"]?.numberValue { parallels = (value, value) }
    if let value = properties["clipAngle"]?.numberValue { clipAngle = value == 0 ? nil : value }
    if let value = properties["precision"]?.numberValue { precision = value }
    if let value = properties["pointRadius"]?.numberValue { pointRadius = value }
    reflectX = properties["reflectX"]?.asBool ?? false
    reflectY = properties["reflectY"]?.asBool ?? false
    if let corners = properties["clipExtent"]?.arrayValue?.compactMap({ $0.arrayValue?.map(\.asNumber) }),
      corners.count == 2, corners.allSatisfy({ $0.count == 2 })
    {
      clipExtent = ClipRectangle(x0: corners[0][0], y0: corners[0][1], x1: corners[1][0], y1: corners[1][1])
    }
  }
}

extension Projection {
  /// Whether two projections put everything at the same place.
  func isLike(_ other: Projection) -> Bool {
    kind == other.kind && scale == other.scale && translate == other.translate && center == other.center
      && rotate == other.rotate && parallels == other.parallels && clipAngle == other.clipAngle
      && reflectX == other.reflectX && reflectY == other.reflectY && precision == other.precision
      && pointRadius == other.pointRadius && clipExtent == other.clipExtent
  }
}

// MARK: - Using it

extension Projection {
  /// The place of a point in pixels; `nil` where the projection does not show it (of albersUsa: outside the states).
  package func callAsFunction(longitude: Double, latitude: Double) -> GeoPoint? {
    guard longitude.isFinite, latitude.isFinite else { return nil }
    if kind == .albersUsa {
      for part in usaParts() {
        let point = part.projector()(longitude * .pi / 180, latitude * .pi / 180)
        if part.clipExtent?.contains(point.x, point.y) ?? true { return point }
      }
      return nil
    }
    let point = projector()(longitude * .pi / 180, latitude * .pi / 180)
    return point.x.isFinite && point.y.isFinite ? point : nil
  }

  /// A function from degrees to pixels, for many points.
  package func pointFunction() -> (Double, Double) -> GeoPoint? {
    if kind == .albersUsa { return { self(longitude: $0, latitude: $1) } }
    let project = projector()
    return { longitude, latitude in
      guard longitude.isFinite, latitude.isFinite else { return nil }
      let point = project(longitude * .pi / 180, latitude * .pi / 180)
      return point.x.isFinite && point.y.isFinite ? point : nil
    }
  }

  /// The outline of a shape in pixels.
  package func path(_ shape: GeoShape) -> PathData { pathFunction()(shape) }

  /// A function from shapes to outlines in pixels, for many shapes.
  func pathFunction() -> (GeoShape) -> PathData {
    let sink = PathSink(pointRadius: pointRadius)
    let stream = stream(to: sink)
    return { shape in
      sink.path = PathData()
      shape.stream(to: stream)
      return sink.path
    }
  }

  /// Scales and moves the projection so that shapes just fit into a rectangle.
  package mutating func fit(_ shapes: [GeoShape], width: Double, height: Double, x: Double = 0, y: Double = 0) {
    let clip = clipExtent
    clipExtent = nil
    scale = 150
    translate = .zero
    let sink = BoundsSink()
    let stream = stream(to: sink)
    for shape in shapes { shape.stream(to: stream) }
    clipExtent = clip
    let box = sink.bounds
    guard !box.isEmpty, box.x1.isFinite, box.x2.isFinite, box.y1.isFinite, box.y2.isFinite else { return }
    let k = min(width / (box.x2 - box.x1), height / (box.y2 - box.y1))
    guard k.isFinite, k > 0 else { return }
    scale = 150 * k
    translate = GeoPoint(x + (width - k * (box.x2 + box.x1)) / 2, y + (height - k * (box.y2 + box.y1)) / 2)
  }
}

// MARK: - The way through

extension Projection {
  /// A sink of degrees that hands pixels on.
  func stream(to sink: GeoSink) -> GeoSink {
    if kind == .albersUsa {
      let regions: [ShownRegion] = [.lowerStates, .alaska, .hawaii]
      return SplitSink(zip(regions, usaParts()).map { ($0, $1.stream(to: sink)) })
    }
    let end = sink
    let clip = effectiveClip
    let sink = clip.map { ClipRectangleStream($0, end) } ?? end
    if kind == .identity {
      let project = projector()
      return TransformSink(sink) { x, y in project(x * .pi / 180, y * .pi / 180) }
    }
    let resampler = Resampler(project: planeProjector(), tolerance: precision * precision)
    let resampled = ResampleSink(sink, resampler)
    let rotation = rotation()
    let turn = { (x: Double, y: Double) in rotation(GeoPoint(x * .pi / 180, y * .pi / 180)) }
    if let clipAngle {
      return TransformSink(ClipStream(CircleRegion(radius: clipAngle * .pi / 180), resampled), turn)
    }
    let cut = TransformSink(ClipStream(AntimeridianRegion(), resampled), turn)
    return PlainPolygonSink(cut, turn: turn, resampler: resampler, clip: clip, clipped: sink, unclipped: end)
  }

  /// Radians to pixels.
  private func projector() -> (Double, Double) -> GeoPoint {
    if kind == .identity {
      let (sx, sy) = (scale * (reflectX ? -1 : 1), scale * (reflectY ? -1 : 1))
      let shift = translate
      return { GeoPoint($0 * 180 / .pi * sx + shift.x, $1 * 180 / .pi * sy + shift.y) }
    }
    let plane = planeProjector()
    let turn = rotation()
    return { x, y in
      let turned = turn(GeoPoint(x, y))
      return plane(turned.x, turned.y)
    }
  }

  /// Radians on the turned globe to pixels.
  private func planeProjector() -> (Double, Double) -> GeoPoint {
    let raw = kind.raw(parallels: (parallels.0 * .pi / 180, parallels.1 * .pi / 180))
    let middle = kind == .transverseMercator ? GeoPoint(-center.y, center.x) : center
    let (sx, sy) = (reflectX ? -1.0 : 1, reflectY ? -1.0 : 1)
    let origin = raw(middle.x * .pi / 180, middle.y * .pi / 180)
    let k = scale
    let dx = translate.x - k * origin.x * sx
    let dy = translate.y + k * origin.y * sy
    return { x, y in
      let p = raw(x, y)
      return GeoPoint(dx + k * p.x * sx, dy - k * p.y * sy)
    }
  }

  /// Turns the globe; radians.
  private func rotation(inverse: Bool = false) -> (GeoPoint) -> GeoPoint {
    let roll = rotate.z + (kind == .transverseMercator ? 90 : 0)
    let lambda = fmod(rotate.x, 360) * .pi / 180
    let phi = fmod(rotate.y, 360) * .pi / 180
    let gamma = fmod(roll, 360) * .pi / 180
    func wrapped(_ x: Double) -> Double {
      x.magnitude > .pi ? x - (x / (2 * .pi)).rounded(.toNearestOrAwayFromZero) * 2 * .pi : x
    }
    if phi == 0, gamma == 0 { return { GeoPoint(wrapped($0.x + (inverse ? -lambda : lambda)), $0.y) } }
    let (cp, sp, cg, sg) = (cos(phi), sin(phi), cos(gamma), sin(gamma))
    if inverse {
      return { p in
        let (x, y, z) = (cos(p.x) * cos(p.y), sin(p.x) * cos(p.y), sin(p.y))
        let k = z * cg - y * sg
        return GeoPoint(
          wrapped(atan2(y * cg + z * sg, x * cp + k * sp) - lambda), asin(max(-1, min(1, k * cp - x * sp))))
      }
    }
    return { p in
      let longitude = wrapped(p.x + lambda)
      let (x, y, z) = (cos(longitude) * cos(p.y), sin(longitude) * cos(p.y), sin(p.y))
      let k = z * cp + x * sp
      return GeoPoint(atan2(y * cg - k * sg, x * cp - z * sp), asin(max(-1, min(1, k * cg + y * sg))))
    }
  }

  /// Mercator's maps end where a square does.
  private var effectiveClip: ClipRectangle? {
    guard kind == .mercator || kind == .transverseMercator else { return clipExtent }
    let k = Double.pi * scale
    let turnedBack = rotation(inverse: true)(.zero)
    let middle = projector()(turnedBack.x, turnedBack.y)
    var box = ClipRectangle(x0: middle.x - k, y0: middle.y - k, x1: middle.x + k, y1: middle.y + k)
    guard let clip = clipExtent else { return box }
    if kind == .mercator {
      box = ClipRectangle(x0: max(box.x0, clip.x0), y0: clip.y0, x1: min(box.x1, clip.x1), y1: clip.y1)
    } else {
      box = ClipRectangle(x0: clip.x0, y0: max(box.y0, clip.y0), x1: clip.x1, y1: min(box.y1, clip.y1))
    }
    return box
  }

  /// The lower 48 states, Alaska and Hawaii, each with its own projection and box.
  private func usaParts() -> [Projection] {
    let k = scale
    func box(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, inset: Double) -> ClipRectangle {
      ClipRectangle(
        x0: translate.x + x0 * k + inset, y0: translate.y + y0 * k + inset, x1: translate.x + x1 * k - inset,
        y1: translate.y + y1 * k - inset)
    }
    var lower = Projection(.albers)
    lower.scale = k
    lower.translate = translate
    lower.clipExtent = box(-0.455, -0.238, 0.455, 0.238, inset: 0)
    var alaska = Projection(.conicEqualArea)
    alaska.rotate = SIMD3(154, 0, 0)
    alaska.center = GeoPoint(-2, 58.5)
    alaska.parallels = (55, 65)
    alaska.scale = 0.35 * k
    alaska.translate = translate + GeoPoint(-0.307, 0.201) * k
    alaska.clipExtent = box(-0.425, 0.120, -0.214, 0.234, inset: 1e-6)
    var hawaii = Projection(.conicEqualArea)
    hawaii.rotate = SIMD3(157, 0, 0)
    hawaii.center = GeoPoint(-3, 19.9)
    hawaii.parallels = (8, 18)
    hawaii.scale = k
    hawaii.translate = translate + GeoPoint(-0.205, 0.212) * k
    hawaii.clipExtent = box(-0.214, 0.166, -0.115, 0.234, inset: 1e-6)
    return [lower, alaska, hawaii]
  }
}
