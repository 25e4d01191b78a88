/// Adds up the area and finds the middle of a projected shape, in pixels.
///
/// Follows d3-geo's paths: https://d3js.org/d3-geo/path#path_centroid
final class PlanarMeasures: GeoSink {
  private var doubleArea = 0.0
  private var ofAreas = GeoPoint()
  private var areaWeight = 0.0
  private var ofLines = GeoPoint()
  private var lineWeight = 0.0
  private var ofPoints = GeoPoint()
  private var pointWeight = 0.0
  private var (inPolygon, inLine) = (false, false)
  private var polygonArea = 0.0
  private var first: GeoPoint?
  private var last = GeoPoint()

  var area: Double { doubleArea / 2 }

  /// The middle of polygons, or of lines where there are none, or of points.
  var middle: GeoPoint {
    if areaWeight != 0 { return ofAreas / areaWeight }
    if lineWeight != 0 { return ofLines / lineWeight }
    return pointWeight != 0 ? ofPoints / pointWeight : GeoPoint(.nan, .nan)
  }

  override func polygonStart() {
    inPolygon = true
    polygonArea = 0
  }

  override func polygonEnd() {
    inPolygon = false
    doubleArea += polygonArea.magnitude
  }

  override func lineStart() {
    inLine = true
    first = nil
  }

  override func lineEnd() {
    if inPolygon, let first { side(to: first) }
    inLine = false
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    let place = GeoPoint(x, y)
    guard inLine else { return count(place) }
    if first == nil {
      first = place
      last = place
      count(place)
    } else {
      side(to: place)
    }
  }

  private func side(to place: GeoPoint) {
    let length = ((place - last) * (place - last)).sum().squareRoot()
    ofLines += (last + place) * (length / 2)
    lineWeight += length
    if inPolygon {
      let turn = last.y * place.x - last.x * place.y
      ofAreas += (last + place) * turn
      areaWeight += turn * 3
      polygonArea += turn
    }
    last = place
    count(place)
  }

  private func count(_ place: GeoPoint) {
    ofPoints += place
    pointWeight += 1
  }
}
