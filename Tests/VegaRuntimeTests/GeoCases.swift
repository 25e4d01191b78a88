import Markup
import VegaLite
@testable import VegaRuntime

/// Projections, clipping and TopoJSON against d3-geo and topojson-client.
///
/// - Parameter data: the folder with `world-110m.json` and `us-10m.json`; cases that need them are left out without it.
func geoMismatches(_ parse: (String) -> Value, data: String) throws -> [String] {
  let world = (try? String(contentsOfFileAt: data + "world-110m.json")).map(parse)
  let states = (try? String(contentsOfFileAt: data + "us-10m.json")).map(parse)
  func shapes(_ topology: Value?, _ name: String) -> [GeoShape]? {
    guard let topology, let features = topologyFeatures(Topology(topology), object: name) else { return nil }
    return features.map { GeoShape($0) ?? .collection([]) }
  }
  let countries = shapes(world, "countries")
  let union = shapes(states, "states")
  func text(_ numbers: [Double]) -> String {
    var writer = MarkupWriter()
    for (index, number) in numbers.enumerated() {
      if index > 0 { writer.raw(" ") }
      writer.number(number)
    }
    return writer.string
  }
  func box(_ shape: GeoShape, _ projection: Projection) -> String {
    let bounds = projection.path(shape).bounds
    return bounds.isEmpty ? "-" : text([bounds.x1, bounds.y1, bounds.x2, bounds.y2].map { roundHalfUp($0 * 10) / 10 })
  }
  return try GoldenCases("geo.txt").mismatches(tolerance: 0.002) { fields in
    let (kind, name, argument) = (fields[0], fields[1], fields[2])
    var projection = Projection(ProjectionKind(name: name)!)
    let turn = argument.split(separator: ":", omittingEmptySubsequences: false)[0].split(separator: " ").map {
      Double($0)!
    }
    if turn.count > 1 { projection.rotate = SIMD3(turn[0], turn[1], turn.count > 2 ? turn[2] : 0) }
    switch kind {
    case "points":
      let places = [(0.0, 0.0), (-100, 40), (120, -33), (-155, 20), (-150, 64), (10, 80)]
      return places.map { place in
        projection(longitude: place.0, latitude: place.1).map { text([$0.x, $0.y]) } ?? "-"
      }.joined(separator: ";")
    case "path":
      let index = Int(argument.split(separator: ":", omittingEmptySubsequences: false)[1])!
      return projection.path(smallShapes[index]).svg
    case "fit", "fitUsa":
      guard let all = kind == "fit" ? countries.map({ Array($0.prefix(60)) }) : union else { return nil }
      projection.fit(all, width: kind == "fit" ? 300 : 500, height: kind == "fit" ? 200 : 300)
      return text([projection.scale, projection.translate.x, projection.translate.y])
    case "boundsUsa":
      guard let union else { return nil }
      projection.fit(union, width: 500, height: 300)
      return union.map { box($0, projection) }.joined(separator: ";")
    case "countries": return countries.map { $0.map { box($0, projection) }.joined(separator: ";") }
    case "sphere": return projection.path(.sphere).svg
    case "graticule": return String(projection.path(GeoShape(graticule())!).svg.utf8.count)
    case "mesh":
      guard let world, let mesh = topologyMesh(Topology(world), object: "countries", .interior) else { return nil }
      return box(GeoShape(mesh)!, projection)
    default: return nil
    }
  }
}

private let smallShapes: [GeoShape] = [
  .polygons([
    [
      [[-10, -10], [-10, 40], [50, 30], [40, -20], [-10, -10]], [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]],
    ]
  ]),
  .lines([[[170, 10], [-170, 20], [-120, 60]]]),
  .polygons([[[[160, -30], [160, 30], [-150, 30], [-150, -30], [160, -30]]]]),
  .points([[5, 5], [100, -40]]),
  .polygons([
    [[[-180, -70], [-90, -70], [0, -70], [90, -70], [180, -70], [180, -90], [-180, -90], [-180, -70]]]
  ]),
]
