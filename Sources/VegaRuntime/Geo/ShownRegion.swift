/// Where on the globe a polygon lies, in degrees.
struct PolygonExtent {
  var (west, east, south, north) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
  /// Whether the rings together run clockwise, so that the polygon is what they enclose and not the rest of the globe.
  var isClockwise: Bool

  init(_ rings: [[GeoPoint]]) {
    var area = 0.0
    for ring in rings {
      var before = ring.last ?? .zero
      for point in ring {
        west = min(west, point.x)
        east = max(east, point.x)
        south = min(south, point.y)
        north = max(north, point.y)
        area += before.x * point.y - point.x * before.y
        before = point
      }
    }
    isClockwise = area < -1e-6
  }
}

/// A part of the globe, in degrees, outside of which nothing comes to lie in a rectangle of the plane.
///
/// Saves a map that is put together from several projections from taking every polygon through all of them.
struct ShownRegion {
  var west: Double
  /// Beyond 180 where the region lies across that meridian.
  var east: Double
  var south: Double
  var north: Double

  /// `false` only where no point of the polygon can be in the region, nor any of the great circles between its points.
  func mayShow(_ polygon: PolygonExtent) -> Bool {
    let width = polygon.east - polygon.west
    guard polygon.isClockwise, width < 60, polygon.north - polygon.south < 60 else { return true }
    // A great circle's arc of a width w leaves the parallels between its ends by less than w/15.
    let bow = width / 15
    guard polygon.south - bow <= north, polygon.north + bow >= south else { return false }
    for turn in [-360.0, 0, 360] where polygon.west + turn <= east && polygon.east + turn >= west { return true }
    return false
  }
}

extension ShownRegion {
  // The boxes of albersUsa back on the globe, with three degrees to spare on each side.
  static let lowerStates = ShownRegion(west: -139, east: -54, south: 18, north: 56)
  static let alaska = ShownRegion(west: 152, east: 248, south: 45, north: 75)
  static let hawaii = ShownRegion(west: -164, east: -151, south: 15, north: 26)
}
