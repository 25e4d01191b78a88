internal import VegaLite

/// Shapes read from their GeoJSON, and their outlines on a map: a county that many rows show is read and drawn once.
///
/// A geometry is known again by the place of its coordinates in memory, which the cache keeps from being used anew.
struct GeoShapeCache {
  private struct Key: Hashable {
    var place: UnsafeRawPointer
    var type: String
  }
  private struct Entry {
    var coordinates: Value
    var shape: GeoShape?
    /// By the projection's name.
    var outlines: [String: PathData] = [:]
  }
  private var entries: [Key: Entry] = [:]

  /// Returns the shape of a geometry or feature, `nil` for what has none.
  mutating func shape(_ value: Value) -> GeoShape? {
    guard let (key, coordinates) = Self.key(of: value) else { return GeoShape(value) }
    if let entry = entries[key] { return entry.shape }
    let shape = GeoShape(value)
    entries[key] = Entry(coordinates: coordinates, shape: shape)
    return shape
  }

  /// Returns the shapes of geometries and features, those that come again only once.
  mutating func distinctShapes(_ values: [Value]) -> [GeoShape] {
    var seen: Set<Key> = []
    return values.compactMap { value in
      if let (key, _) = Self.key(of: value), !seen.insert(key).inserted { return nil }
      return shape(value)
    }
  }

  /// Returns the outline of a geometry or feature in a projection, drawn by `draw` when asked for the first time.
  mutating func outline(_ value: Value, projection: String, draw: (GeoShape) -> PathData) -> PathData? {
    guard let (key, coordinates) = Self.key(of: value) else { return GeoShape(value).map(draw) }
    let entry = entries[key] ?? Entry(coordinates: coordinates, shape: GeoShape(value))
    if let known = entry.outlines[projection] { return known }
    let path = entry.shape.map(draw)
    entries[key] = entry
    entries[key]?.outlines[projection] = path
    return path
  }

  private static func key(of value: Value) -> (Key, Value)? {
    guard case .object(let object) = value else { return nil }
    if let geometry = object["geometry"] { return key(of: geometry) }
    guard case .array(let values)? = object["coordinates"], !values.isEmpty, case .string(let type)? = object["type"],
      let place = values.withUnsafeBufferPointer({ UnsafeRawPointer($0.baseAddress) })
    else { return nil }
    return (Key(place: place, type: type), .array(values))
  }
}
