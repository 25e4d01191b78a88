internal import VegaLite

/// Shapes read from their GeoJSON, and their outlines on a map: a county that many rows show is read and drawn once.
///
/// A geometry is known again by its place in memory, which the cache keeps from being used anew.
struct GeoShapeCache {
  /// The place of a topology's geometry, or that of a GeoJSON geometry's coordinates with the number of its type.
  struct Key: Hashable {
    var place: UnsafeRawPointer
    var type: Int
  }
  private final class Entry {
    let owner: Value
    let shape: GeoShape?
    /// By the number of the projection.
    var outlines: [(projection: Int, path: PathData?)] = []
    init(_ owner: Value, _ shape: GeoShape?) { (self.owner, self.shape) = (owner, shape) }
  }
  private var entries: [Key: Entry] = [:]
  /// Maps that are alike share their outlines; so the charts of a row do.
  private var projections: [Projection] = []
  private var fits: [(projection: Projection, shapes: [Key], width: Double, height: Double, fitted: Projection)] = []

  /// Returns the shapes of geometries and features, those that come again only once, and their keys; no keys where a
  /// shape has none.
  mutating func distinctShapes(_ values: [Value]) -> (shapes: [GeoShape], keys: [Key]?) {
    var seen: Set<Key> = []
    seen.reserveCapacity(values.count)
    var (shapes, keys): ([GeoShape], [Key]) = ([], [])
    var isKnown = true
    for value in values {
      guard let (key, owner) = Self.key(of: value) else {
        if let shape = GeoShape(value) {
          shapes.append(shape)
          isKnown = false
        }
        continue
      }
      guard seen.insert(key).inserted else { continue }
      keys.append(key)
      if let shape = entry(key, owner, value).shape { shapes.append(shape) }
    }
    return (shapes, isKnown ? keys : nil)
  }

  /// Fits a projection to shapes, or finds how one like it was fitted to the same shapes.
  mutating func fit(_ projection: inout Projection, _ shapes: [GeoShape], _ keys: [Key]?, width: Double, height: Double)
  {
    let unfitted = projection
    if let keys,
      let known = fits.first(where: {
        $0.width == width && $0.height == height && $0.shapes == keys && $0.projection.isLike(unfitted)
      })
    {
      projection = known.fitted
      return
    }
    projection.fit(shapes, width: width, height: height)
    if let keys { fits.append((unfitted, keys, width, height, projection)) }
  }

  /// The number under which a projection's outlines are kept.
  mutating func number(of projection: Projection) -> Int {
    if let known = projections.firstIndex(where: { $0.isLike(projection) }) { return known }
    projections.append(projection)
    return projections.count - 1
  }

  /// Returns the outline of a geometry or feature in a projection, drawn by `draw` when asked for the first time.
  mutating func outline(_ value: Value, projection: Int, draw: (GeoShape) -> PathData) -> PathData? {
    guard let (key, owner) = Self.key(of: value) else { return GeoShape(value).map(draw) }
    let entry = entry(key, owner, value)
    for known in entry.outlines where known.projection == projection { return known.path }
    let path = entry.shape.map(draw)
    entry.outlines.append((projection, path))
    return path
  }

  private mutating func entry(_ key: Key, _ owner: Value, _ value: Value) -> Entry {
    if let known = entries[key] { return known }
    let entry = Entry(owner, GeoShape(value))
    entries[key] = entry
    return entry
  }

  private static let types = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]

  private static func key(of value: Value) -> (Key, owner: Value)? {
    guard case .object(let object) = value else { return nil }
    if let geometry = object.promise as? TopologyGeometry {
      return (Key(place: UnsafeRawPointer(Unmanaged.passUnretained(geometry).toOpaque()), type: -1), value)
    }
    if let geometry = object["geometry"] { return key(of: geometry) }
    guard case .array(let values)? = object["coordinates"], !values.isEmpty, case .string(let type)? = object["type"],
      let number = types.firstIndex(of: type),
      let place = values.withUnsafeBufferPointer({ UnsafeRawPointer($0.baseAddress) })
    else { return nil }
    return (Key(place: place, type: number), .array(values))
  }
}
