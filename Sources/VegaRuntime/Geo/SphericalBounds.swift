#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Finds the box of longitudes and latitudes that holds a shape: what `geoBounds` says.
///
/// The box may cross the meridian of ±180°; then its west is greater than its east. Lines are great circles, so that they
/// reach farther north or south than their ends. Follows d3-geo: https://d3js.org/d3-geo/math#geoBounds
final class SphericalBounds: GeoSink {
  private var ranges: [(west: Double, east: Double)] = []
  private var (west, east) = (Double.infinity, -Double.infinity)
  private var (south, north) = (Double.infinity, -Double.infinity)
  private var (inPolygon, inLine) = (false, false)
  private var first: GeoPoint?
  private var last: SIMD3<Double>?
  private var lastLongitude = 0.0
  private var turned = 0.0
  private let area = SphericalArea()

  /// South-west and north-east corner in degrees; not-a-number for a shape without points.
  var corners: (GeoPoint, GeoPoint) {
    guard !ranges.isEmpty, south.isFinite else { return (GeoPoint(.nan, .nan), GeoPoint(.nan, .nan)) }
    var merged: [(west: Double, east: Double)] = []
    for range in ranges.sorted(by: { $0.west < $1.west }) {
      guard var a = merged.last, contains(a, range.west) || contains(a, range.east) else {
        merged.append(range)
        continue
      }
      if angle(a.west, range.east) > angle(a.west, a.east) { a.east = range.east }
      if angle(range.west, a.east) > angle(a.west, a.east) { a.west = range.west }
      merged[merged.count - 1] = a
    }
    // The box leaves out the widest gap.
    var widest = -Double.infinity
    var (left, right) = (west, east)
    var before = merged[merged.count - 1]
    for range in merged {
      let gap = angle(before.east, range.west)
      if gap > widest { (widest, left, right) = (gap, range.west, before.east) }
      before = range
    }
    return (GeoPoint(left, south), GeoPoint(right, north))
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    guard inLine else {
      (west, east) = (x, x)
      ranges.append((x, x))
      (south, north) = (min(south, y), max(north, y))
      return
    }
    if inPolygon {
      if last != nil {
        let step = x - lastLongitude
        turned += step.magnitude > 180 ? step + (step > 0 ? -360 : 360) : step
      } else {
        first = GeoPoint(x, y)
      }
      area.point(x, y)
    }
    extend(x, y)
  }

  override func lineStart() {
    inLine = true
    last = nil
    first = nil
    if inPolygon { area.lineStart() }
  }

  override func lineEnd() {
    if inPolygon, let first {
      point(first.x, first.y)
      area.lineEnd()
      if turned.magnitude > 1e-6 { (west, east) = (-180, 180) }
    }
    if last != nil { ranges[ranges.count - 1] = (west, east) }
    last = nil
    inLine = false
  }

  override func polygonStart() {
    inPolygon = true
    turned = 0
    area.polygonStart()
  }

  override func polygonEnd() {
    inPolygon = false
    area.polygonEnd()
    if area.ring < 0 {
      (west, east, south, north) = (-180, 180, -90, 90)
    } else if turned > 1e-6 {
      north = 90
    } else if turned < -1e-6 {
      south = -90
    }
    if !ranges.isEmpty { ranges[ranges.count - 1] = (west, east) }
  }

  override func sphere() {
    (west, east, south, north) = (-180, 180, -90, 90)
    ranges.append((west, east))
  }

  private func extend(_ x: Double, _ y: Double) {
    let (longitude, latitude) = (x * .pi / 180, y * .pi / 180)
    let place = SIMD3(cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
    defer { (last, lastLongitude) = (place, x) }
    guard let last else {
      (west, east) = (x, x)
      ranges.append((x, x))
      (south, north) = (min(south, y), max(north, y))
      return
    }
    // Where the great circle turns back from north or south.
    let normal = cross(last, place)
    var turn = cross(SIMD3(normal.y, -normal.x, 0), normal)
    let size = norm(turn)
    if size > 0 { turn /= size }
    let step = x - lastLongitude
    let sign: Double = step > 0 ? 1 : -1
    let crosses = step.magnitude > 180
    func lies(_ meridian: Double) -> Bool {
      crosses != (sign * lastLongitude < meridian && meridian < sign * x)
    }
    let meridian = atan2(turn.y, turn.x) * 180 / .pi * sign
    let latitudeOfTurn = asin(max(-1, min(1, turn.z))) * 180 / .pi
    if lies(meridian) {
      north = max(north, latitudeOfTurn)
    } else if lies(fmod(meridian + 360, 360) - 180) {
      south = min(south, -latitudeOfTurn)
    }
    (south, north) = (min(south, y), max(north, y))
    widen(to: x, crosses)
  }

  private func widen(to x: Double, _ crosses: Bool) {
    let whole = angle(west, east)
    if !crosses, east >= west {
      (west, east) = (min(west, x), max(east, x))
    } else if crosses ? x < lastLongitude : x > lastLongitude {
      if angle(west, x) > whole { east = x }
    } else if angle(x, east) > whole {
      west = x
    }
  }

  /// Degrees from one meridian eastwards to another.
  private func angle(_ from: Double, _ to: Double) -> Double { to - from < 0 ? to - from + 360 : to - from }

  private func contains(_ range: (west: Double, east: Double), _ x: Double) -> Bool {
    range.west <= range.east ? range.west <= x && x <= range.east : x < range.west || range.east < x
  }
}
