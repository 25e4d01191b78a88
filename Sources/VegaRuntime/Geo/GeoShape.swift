package import VegaLite

/// A place on the globe: longitude and latitude in degrees, or x and y once projected.
package typealias GeoPoint = SIMD2<Double>

/// A shape on the globe as GeoJSON has it: https://www.rfc-editor.org/rfc/rfc7946
package enum GeoShape: Sendable, Hashable {
  /// The whole globe.
  case sphere
  case points([GeoPoint])
  case lines([[GeoPoint]])
  /// Polygons of rings, the outer one first; rings end with their first point.
  case polygons([[[GeoPoint]]])
  case collection([GeoShape])
}

extension GeoShape {
  /// Reads a geometry, a feature or a collection of either; `nil` for what has no shape.
  package init?(_ value: Value) { self.init(value, depth: 0) }

  private init?(_ value: Value, depth: Int) {
    guard depth < 32, case .object(let object) = value else { return nil }
    if let geometry = object.promise as? TopologyGeometry {
      self = geometry.shape
      return
    }
    guard let type = object["type"]?.stringValue else { return nil }
    let coordinates = object["coordinates"] ?? .undefined
    switch type {
    case "Sphere": self = .sphere
    case "Point": self = .points(GeoShape.point(coordinates).map { [$0] } ?? [])
    case "MultiPoint": self = .points(GeoShape.line(coordinates))
    case "LineString": self = .lines([GeoShape.line(coordinates)])
    case "MultiLineString": self = .lines(GeoShape.lines(coordinates))
    case "Polygon": self = .polygons([GeoShape.lines(coordinates)])
    case "MultiPolygon": self = .polygons((coordinates.arrayValue ?? []).map(GeoShape.lines))
    case "Feature":
      guard let shape = GeoShape(object["geometry"] ?? .null, depth: depth + 1) else { return nil }
      self = shape
    case "FeatureCollection", "GeometryCollection":
      let key = type == "FeatureCollection" ? "features" : "geometries"
      self = .collection((object[key]?.arrayValue ?? []).compactMap { GeoShape($0, depth: depth + 1) })
    default: return nil
    }
  }

  private static func point(_ value: Value) -> GeoPoint? {
    guard case .array(let numbers) = value, numbers.count >= 2 else { return nil }
    return GeoPoint(numbers[0].asNumber, numbers[1].asNumber)
  }

  private static func line(_ value: Value) -> [GeoPoint] { (value.arrayValue ?? []).compactMap(point) }
  private static func lines(_ value: Value) -> [[GeoPoint]] { (value.arrayValue ?? []).map(line) }
}

/// Takes points, lines and polygons one after the other, and hands on what becomes of them.
class GeoSink {
  func point(_ x: Double, _ y: Double, _ mark: Int) {}
  func lineStart() {}
  func lineEnd() {}
  func polygonStart() {}
  func polygonEnd() {}
  func sphere() {}
  /// A whole polygon in degrees, its rings ending with their first point.
  func polygon(_ rings: [[GeoPoint]]) {
    polygonStart()
    for ring in rings where ring.count > 1 { self.ring(ring.dropLast()) }
    polygonEnd()
  }
  /// A ring without its last point, which is its first.
  func ring(_ points: ArraySlice<GeoPoint>) {
    lineStart()
    for point in points { self.point(point.x, point.y) }
    lineEnd()
  }
  final func point(_ x: Double, _ y: Double) { point(x, y, 0) }
}

extension GeoShape {
  /// Hands the shape to a sink, in degrees.
  func stream(to sink: GeoSink) {
    switch self {
    case .sphere: sink.sphere()
    case .points(let points): for point in points { sink.point(point.x, point.y) }
    case .lines(let lines):
      for line in lines {
        sink.lineStart()
        for point in line { sink.point(point.x, point.y) }
        sink.lineEnd()
      }
    case .polygons(let polygons): for polygon in polygons { sink.polygon(polygon) }
    case .collection(let shapes): for shape in shapes { shape.stream(to: sink) }
    }
  }
}
