internal import VegaLite

// Functions of shapes: https://vega.github.io/vega/docs/expressions/#scale-functions
// With the name of a projection they measure its picture in pixels, with `null` the globe.

extension ExpressionCompiler {
  func geographyCall(_ name: String, _ arguments: [ExpressionCode]) -> ExpressionCode? {
    let projections = context.scope.projections
    func value(_ index: Int) -> (Int) -> Value {
      index < arguments.count ? arguments[index].valueFunction : { _ in .undefined }
    }
    let (first, second) = (value(0), value(1))
    let measure: (GeoShape, Projection?) -> Value
    switch name {
    case "geoArea": measure = geoArea
    case "geoCentroid": measure = geoCentroid
    case "geoBounds": measure = geoBounds
    case "geoScale":
      return .value { row in projections[first(row).asString].map { .number($0.scale) } ?? .undefined }
    default: return nil
    }
    let context = context
    return .value { row in
      guard let shape = GeoShape(second(row)), context.spend(1_000) else { return .undefined }
      let name = first(row)
      return measure(shape, name.isPresent ? projections[name.asString] : nil)
    }
  }
}

private func geoArea(_ shape: GeoShape, _ projection: Projection?) -> Value {
  if let projection { return .number(planarMeasures(shape, projection).area) }
  let sink = SphericalArea()
  shape.stream(to: sink)
  return .number(sink.total)
}

private func geoCentroid(_ shape: GeoShape, _ projection: Projection?) -> Value {
  let middle: GeoPoint
  if let projection {
    middle = planarMeasures(shape, projection).middle
  } else {
    let sink = SphericalCentroid()
    shape.stream(to: sink)
    middle = sink.middle
  }
  return .array([.number(middle.x), .number(middle.y)])
}

private func geoBounds(_ shape: GeoShape, _ projection: Projection?) -> Value {
  func corner(_ point: GeoPoint) -> Value { .array([.number(point.x), .number(point.y)]) }
  if let projection {
    let sink = BoundsSink()
    shape.stream(to: projection.stream(to: sink))
    let box = sink.bounds
    return .array([corner(GeoPoint(box.x1, box.y1)), corner(GeoPoint(box.x2, box.y2))])
  }
  let sink = SphericalBounds()
  shape.stream(to: sink)
  return .array([corner(sink.corners.0), corner(sink.corners.1)])
}

private func planarMeasures(_ shape: GeoShape, _ projection: Projection) -> PlanarMeasures {
  let sink = PlanarMeasures()
  shape.stream(to: projection.stream(to: sink))
  return sink
}
