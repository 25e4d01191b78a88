#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

// What `geoArea` and `geoCentroid` say of shapes on the globe. Follows d3-geo: https://d3js.org/d3-geo/math

/// Adds up the area of polygons on the unit sphere.
final class SphericalArea: GeoSink {
  /// In steradians.
  var total: Double { sum * 2 }
  private var sum = 0.0
  private(set) var ring = 0.0
  private var inPolygon = false
  private var first: GeoPoint?
  private var (lambda, cosine, sine) = (0.0, 0.0, 0.0)

  override func polygonStart() {
    inPolygon = true
    ring = 0
  }

  override func polygonEnd() {
    inPolygon = false
    // A ring around more than a half of the globe is one around the rest.
    sum += ring < 0 ? 2 * .pi + ring : ring
  }

  override func sphere() { sum += 2 * .pi }
  override func lineStart() { first = nil }
  override func lineEnd() { if inPolygon, let first { point(first.x, first.y) } }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    guard inPolygon else { return }
    let longitude = x * .pi / 180
    let latitude = y * .pi / 360 + .pi / 4
    let (c, s) = (cos(latitude), sin(latitude))
    if first == nil {
      first = GeoPoint(x, y)
    } else {
      let step = longitude - lambda
      let sign: Double = step >= 0 ? 1 : -1
      let k = sine * s
      ring += atan2(k * sign * sin(sign * step), cosine * c + k * cos(sign * step))
    }
    (lambda, cosine, sine) = (longitude, c, s)
  }
}

/// Finds the middle of shapes on the globe: of polygons, or of lines where there are none, or of points.
final class SphericalCentroid: GeoSink {
  private var area = SIMD3<Double>()
  private var length = SIMD3<Double>()
  private var mean = SIMD3<Double>()
  private var weight = 0.0
  private var count = 0.0
  private var (inPolygon, inLine) = (false, false)
  private var first: SIMD3<Double>?
  private var last = SIMD3<Double>()

  /// In degrees; not-a-number for a shape without a middle.
  var middle: GeoPoint {
    var vector = area
    if norm(vector) < 1e-12 {
      vector = weight < 1e-6 ? mean : length
      if norm(vector) < 1e-12 { return GeoPoint(.nan, .nan) }
    }
    return GeoPoint(atan2(vector.y, vector.x), asin(vector.z / norm(vector))) * (180 / .pi)
  }

  override func polygonStart() { inPolygon = true }
  override func polygonEnd() { inPolygon = false }

  override func lineStart() {
    inLine = true
    first = nil
  }

  override func lineEnd() {
    if inPolygon, let first { turn(to: first) }
    inLine = false
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    let (longitude, latitude) = (x * .pi / 180, y * .pi / 180)
    let place = SIMD3(cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
    if inLine, first != nil {
      if inPolygon { turn(to: place) } else { walk(to: place) }
    } else {
      if inLine { first = place }
      last = place
      count(place)
    }
  }

  /// Adds a side of a ring.
  private func turn(to place: SIMD3<Double>) {
    let normal = cross(last, place)
    let size = norm(normal)
    let angle = asin(min(1, size))
    if size != 0 { area -= normal * (angle / size) }
    add(angle, place)
  }

  /// Adds a piece of a line.
  private func walk(to place: SIMD3<Double>) {
    add(atan2(norm(cross(last, place)), (last * place).sum()), place)
  }

  private func add(_ angle: Double, _ place: SIMD3<Double>) {
    weight += angle
    length += (last + place) * angle
    last = place
    count(place)
  }

  private func count(_ place: SIMD3<Double>) {
    count += 1
    mean += (place - mean) / count
  }
}

func norm(_ a: SIMD3<Double>) -> Double { (a * a).sum().squareRoot() }
