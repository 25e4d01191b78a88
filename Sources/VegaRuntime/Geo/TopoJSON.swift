internal import AlmanacCore

package import VegaLite

/// Returns the features of an object of a TopoJSON topology, as GeoJSON, one value a feature.
///
/// https://github.com/topojson/topojson-specification
/// - Returns: `nil` when there is no such object.
package func topologyFeatures(_ topology: Topology?, object name: String) -> [Value]? {
  guard let topology, case .object(let object)? = topology.object(name) else { return nil }
  if object["type"] == .string("GeometryCollection") {
    return (object["geometries"]?.arrayValue ?? []).map(topology.feature)
  }
  return [topology.feature(.object(object))]
}

/// Which borders of a topology's object are wanted.
package enum TopologyMesh: Sendable {
  /// All, each once.
  case all
  /// Those between two shapes.
  case interior
  /// Those of one shape only.
  case exterior
}

/// Returns the borders of an object of a topology as one shape of lines; a border that two shapes share comes once.
package func topologyMesh(_ topology: Topology?, object name: String, _ mesh: TopologyMesh = .all) -> Value? {
  guard let topology, let object = topology.object(name) else { return nil }
  var users: [Int: [Int]] = [:]
  var order: [Int] = []
  var shape = 0
  func collect(_ value: Value) {
    switch value {
    case .number(let number):
      let index = Int(limited: number)
      let arc = index < 0 ? ~index : index
      if users[arc] == nil { order.append(arc) }
      users[arc, default: []].append(shape)
    case .array(let values): for value in values { collect(value) }
    default: break
    }
  }
  func walk(_ geometry: Value) {
    guard case .object(let members) = geometry else { return }
    if case .array(let geometries)? = members["geometries"] {
      for geometry in geometries { walk(geometry) }
    } else if let arcs = members["arcs"] {
      shape += 1
      collect(arcs)
    }
  }
  walk(object)
  let chosen = order.filter { arc in
    let shapes = users[arc] ?? []
    switch mesh {
    case .all: return true
    case .interior: return shapes.first != shapes.last
    case .exterior: return shapes.first == shapes.last
    }
  }
  let lines = Value.array(chosen.map { .array(topology.arc($0)) })
  return .object(ValueObject(["type": "MultiLineString", "coordinates": lines]))
}

/// A topology: shapes that are made of numbered arcs.
package final class Topology {
  /// Objects by name; their shapes name arcs.
  private let objects: ValueObject
  /// As the file has them; a point that is none is not-a-number.
  private let arcs: [[GeoPoint]]
  /// Arcs that were asked for, in degrees. An arc is the border of two shapes nearly always.
  private var decoded: [[Value]?]
  /// Points are counted in these steps from the point before; `nil` where they stand in degrees.
  private let scale: GeoPoint?
  private let shift: GeoPoint

  init?(_ members: ValueObject, arcs: [[GeoPoint]]) {
    guard case .object(let objects)? = members["objects"] else { return nil }
    func pair(_ key: String) -> GeoPoint? {
      guard case .object(let transform)? = members["transform"], let values = transform[key]?.arrayValue,
        values.count == 2
      else { return nil }
      return GeoPoint(values[0].asNumber, values[1].asNumber)
    }
    self.objects = objects
    self.arcs = arcs
    scale = pair("scale")
    shift = pair("translate") ?? .zero
    decoded = [[Value]?](repeating: nil, count: arcs.count)
  }

  package convenience init?(_ topology: Value) {
    guard case .object(let members) = topology else { return nil }
    let arcs = (members["arcs"]?.arrayValue ?? []).map { arc in
      (arc.arrayValue ?? []).map { point in
        guard case .array(let numbers) = point, numbers.count >= 2 else { return GeoPoint(.nan, .nan) }
        return GeoPoint(numbers[0].asNumber, numbers[1].asNumber)
      }
    }
    self.init(members, arcs: arcs)
  }
}

extension Topology {
  func object(_ name: String) -> Value? { objects[name] }

  func arc(_ index: Int) -> [Value] {
    guard arcs.indices.contains(index) else { return [] }
    if let known = decoded[index] { return known }
    var place = GeoPoint.zero
    let points = arcs[index].map { point -> Value in
      guard !point.x.isNaN else { return .null }
      guard let scale else { return .array([.number(point.x), .number(point.y)]) }
      place += point
      return .array([.number(place.x * scale.x + shift.x), .number(place.y * scale.y + shift.y)])
    }
    decoded[index] = points
    return points
  }

  func feature(_ geometry: Value) -> Value {
    var feature = ValueObject(["type": "Feature"])
    guard case .object(let object) = geometry else { return .object(feature) }
    if let id = object["id"], id.isPresent { feature["id"] = id }
    feature["properties"] = object["properties"]?.isPresent == true ? object["properties"]! : .object(ValueObject())
    feature["geometry"] = geoJSON(object)
    return .object(feature)
  }

  private func geoJSON(_ object: ValueObject) -> Value {
    let type = object["type"]?.stringValue ?? ""
    let arcs = object["arcs"]?.arrayValue ?? []
    let coordinates: Value
    switch type {
    case "GeometryCollection":
      let geometries = (object["geometries"]?.arrayValue ?? []).map { $0.objectValue.map(geoJSON) ?? .null }
      return .object(ValueObject(["type": "GeometryCollection", "geometries": .array(geometries)]))
    case "Point": coordinates = point(object["coordinates"] ?? .null)
    case "MultiPoint": coordinates = .array((object["coordinates"]?.arrayValue ?? []).map(point))
    case "LineString": coordinates = .array(line(arcs))
    case "MultiLineString": coordinates = .array(arcs.map { .array(line($0.arrayValue ?? [])) })
    case "Polygon": coordinates = polygon(arcs)
    case "MultiPolygon": coordinates = .array(arcs.map { polygon($0.arrayValue ?? []) })
    default: return .null
    }
    return .object(ValueObject(["type": .string(type), "coordinates": coordinates]))
  }

  private func point(_ value: Value) -> Value {
    guard let scale, case .array(let numbers) = value, numbers.count >= 2 else { return value }
    return .array([
      .number(numbers[0].asNumber * scale.x + shift.x), .number(numbers[1].asNumber * scale.y + shift.y),
    ])
  }

  /// Arcs joined up; a negative number is an arc backwards, and neighbours share a point.
  private func line(_ indices: [Value]) -> [Value] {
    var points: [Value] = []
    for index in indices {
      guard case .number(let number) = index else { continue }
      let isReversed = number < 0
      let arc = arc(isReversed ? ~Int(limited: number) : Int(limited: number))
      if !points.isEmpty { points.removeLast() }
      points += isReversed ? arc.reversed() : arc
    }
    if points.count == 1 { points.append(points[0]) }
    return points
  }

  private func polygon(_ rings: [Value]) -> Value {
    .array(
      rings.map { ring in
        var points = line(ring.arrayValue ?? [])
        while points.count < 4, let first = points.first { points.append(first) }
        return .array(points)
      })
  }
}
