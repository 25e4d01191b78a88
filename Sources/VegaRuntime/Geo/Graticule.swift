package import VegaLite

/// Lines of longitude and latitude, as one shape: https://vega.github.io/vega/docs/transforms/graticule/
///
/// - Parameter options: `step`, `stepMajor`, `stepMinor`, `extent`, `extentMajor`, `extentMinor` and `precision`, in degrees.
package func graticule(_ options: ValueObject = ValueObject()) -> Value {
  func pair(_ keys: String..., fallback: (Double, Double)) -> (Double, Double) {
    for key in keys {
      if let values = options[key]?.arrayValue?.map(\.asNumber), values.count == 2 { return (values[0], values[1]) }
    }
    return fallback
  }
  typealias Extent = (x0: Double, y0: Double, x1: Double, y1: Double)
  func extent(_ keys: String..., fallback: Extent) -> Extent {
    for key in keys {
      guard let corners = options[key]?.arrayValue?.compactMap({ $0.arrayValue?.map(\.asNumber) }), corners.count == 2,
        corners.allSatisfy({ $0.count == 2 })
      else { continue }
      return (
        min(corners[0][0], corners[1][0]), min(corners[0][1], corners[1][1]), max(corners[0][0], corners[1][0]),
        max(corners[0][1], corners[1][1])
      )
    }
    return fallback
  }
  let epsilon = 1e-6
  let major = extent("extentMajor", "extent", fallback: (-180, -90 + epsilon, 180, 90 - epsilon))
  let minor = extent("extentMinor", "extent", fallback: (-180, -80 - epsilon, 180, 80 + epsilon))
  let stepMajor = pair("stepMajor", "step", fallback: (90, 360))
  let stepMinor = pair("stepMinor", "step", fallback: (10, 10))
  let precision = options["precision"]?.numberValue ?? 2.5
  func range(_ start: Double, _ stop: Double, _ step: Double) -> [Double] {
    let count = ((stop - start) / step).rounded(.up)
    guard count > 0, count <= 100_000 else { return [] }
    return (0..<Int(count)).map { start + Double($0) * step }
  }
  func meridian(_ x: Double, _ extent: Extent, _ step: Double) -> Value {
    line((range(extent.y0, extent.y1 - epsilon, step) + [extent.y1]).map { (x, $0) })
  }
  func parallel(_ y: Double, _ extent: Extent) -> Value {
    line((range(extent.x0, extent.x1 - epsilon, precision) + [extent.x1]).map { ($0, y) })
  }
  func line(_ points: [(Double, Double)]) -> Value {
    .array(points.map { .array([.number($0.0), .number($0.1)]) })
  }
  func first(_ low: Double, _ step: Double) -> Double { (low / step).rounded(.up) * step }
  func isMultiple(_ value: Double, _ step: Double) -> Bool {
    value.truncatingRemainder(dividingBy: step).magnitude <= epsilon
  }
  var lines = range(first(major.x0, stepMajor.0), major.x1, stepMajor.0).map { meridian($0, major, 90) }
  lines += range(first(major.y0, stepMajor.1), major.y1, stepMajor.1).map { parallel($0, major) }
  lines += range(first(minor.x0, stepMinor.0), minor.x1, stepMinor.0).filter { !isMultiple($0, stepMajor.0) }
    .map { meridian($0, minor, 90) }
  lines += range(first(minor.y0, stepMinor.1), minor.y1, stepMinor.1).filter { !isMultiple($0, stepMajor.1) }
    .map { parallel($0, minor) }
  return .object(ValueObject(["type": "MultiLineString", "coordinates": .array(lines)]))
}

/// The whole globe, as a shape.
package let sphereShape: Value = .object(ValueObject(["type": "Sphere"]))
