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
  return .object(ValueObject(TopologyGeometry("MultiLineString", .lines(chosen.map { topology.arc($0) }))))
}

/// A topology: shapes that are made of numbered arcs.
package final class Topology {
  /// Objects by name; their shapes name arcs.
  private let objects: ValueObject
  private let arcs: PackedArcs
  /// Arcs that were asked for, in degrees. An arc is the border of two shapes nearly always.
  private var decoded: [[GeoPoint]?]
  /// Points are counted in these steps from the point before; `nil` where they stand in degrees.
  private let scale: GeoPoint?
  private let shift: GeoPoint

  init?(_ members: ValueObject, arcs: PackedArcs) {
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
    decoded = [[GeoPoint]?](repeating: nil, count: arcs.count)
  }

  package convenience init?(_ topology: Value) {
    guard case .object(let members) = topology else { return nil }
    var arcs = PackedArcs()
    for arc in members["arcs"]?.arrayValue ?? [] {
      for point in arc.arrayValue ?? [] {
        guard case .array(let numbers) = point, numbers.count >= 2 else {
          arcs.append(GeoPoint(.nan, .nan))
          continue
        }
        arcs.append(GeoPoint(numbers[0].asNumber, numbers[1].asNumber))
      }
      arcs.endArc()
    }
    self.init(members, arcs: arcs)
  }
}

/// The points of all arcs as a file has them, one behind the other; a point that is none is not-a-number.
struct PackedArcs {
  private var points: [GeoPoint] = []
  /// Where each arc begins, and where the last one ends.
  private var starts = [0]

  var count: Int { starts.count - 1 }
  subscript(_ arc: Int) -> ArraySlice<GeoPoint> { points[starts[arc]..<starts[arc + 1]] }
  mutating func append(_ point: GeoPoint) { points.append(point) }
  mutating func endArc() { starts.append(points.count) }
}

/// A geometry made of arcs. Whoever draws it takes its shape; as GeoJSON it is written only for an expression that looks.
final class TopologyGeometry: PromisedMembers {
  let type: String
  let shape: GeoShape

  init(_ type: String, _ shape: GeoShape) { (self.type, self.shape) = (type, shape) }

  var members: [ValueObject.Member] {
    [.init(key: "type", value: .string(type)), .init(key: "coordinates", value: coordinates)]
  }

  private var coordinates: Value {
    func line(_ points: [GeoPoint]) -> Value { .array(points.map { .array([.number($0.x), .number($0.y)]) }) }
    func lines(_ lines: [[GeoPoint]]) -> Value { .array(lines.map(line)) }
    switch shape {
    case .points(let points): return line(points)
    case .lines(let parts): return type == "LineString" ? line(parts.first ?? []) : lines(parts)
    case .polygons(let parts): return type == "Polygon" ? lines(parts.first ?? []) : .array(parts.map(lines))
    case .sphere, .collection: return .null
    }
  }
}

extension Topology {
  func object(_ name: String) -> Value? { objects[name] }

  /// The points of an arc in degrees, without those that are none.
  func arc(_ index: Int) -> [GeoPoint] {
    guard index >= 0, index < arcs.count else { return [] }
    if let known = decoded[index] { return known }
    let raw = arcs[index]
    var points: [GeoPoint] = []
    points.reserveCapacity(raw.count)
    var place = GeoPoint.zero
    for point in raw where !point.x.isNaN {
      if let scale {
        place += point
        points.append(place * scale + shift)
      } else {
        points.append(point)
      }
    }
    decoded[index] = points
    return points
  }

  func feature(_ geometry: Value) -> Value {
    guard case .object(let object) = geometry else { return .object(ValueObject(["type": "Feature"])) }
    var members = [ValueObject.Member(key: "type", value: "Feature")]
    members.reserveCapacity(4)
    if let id = object["id"], id.isPresent { members.append(.init(key: "id", value: id)) }
    let properties = object["properties"].flatMap { $0.isPresent ? $0 : nil } ?? .object(ValueObject())
    members.append(.init(key: "properties", value: properties))
    members.append(.init(key: "geometry", value: geoJSON(object)))
    return .object(ValueObject(members))
  }

  private func geoJSON(_ object: ValueObject) -> Value {
    let type = object["type"]?.stringValue ?? ""
    let arcs = object["arcs"]?.arrayValue ?? []
    let shape: GeoShape
    switch type {
    case "GeometryCollection":
      let geometries = (object["geometries"]?.arrayValue ?? []).map { $0.objectValue.map(geoJSON) ?? .null }
      return .object(ValueObject(["type": "GeometryCollection", "geometries": .array(geometries)]))
    case "Point":
      return .object(ValueObject(["type": "Point", "coordinates": point(object["coordinates"] ?? .null)]))
    case "MultiPoint":
      let points = (object["coordinates"]?.arrayValue ?? []).map(point)
      return .object(ValueObject(["type": "MultiPoint", "coordinates": .array(points)]))
    case "LineString": shape = .lines([line(arcs)])
    case "MultiLineString": shape = .lines(arcs.map { line($0.arrayValue ?? []) })
    case "Polygon": shape = .polygons([polygon(arcs)])
    case "MultiPolygon": shape = .polygons(arcs.map { polygon($0.arrayValue ?? []) })
    default: return .null
    }
    return .object(ValueObject(TopologyGeometry(type, shape)))
  }

  private func point(_ value: Value) -> Value {
    guard let scale, case .array(let numbers) = value, numbers.count >= 2 else { return value }
    return .array([
      .number(numbers[0].asNumber * scale.x + shift.x), .number(numbers[1].asNumber * scale.y + shift.y),
    ])
  }

  /// Arcs joined up; a negative number is an arc backwards, and neighbours share a point.
  private func line(_ indices: [Value]) -> [GeoPoint] {
    var points: [GeoPoint] = []
    for index in indices {
      guard case .number(let number) = index else { continue }
      let isReversed = number < 0
      let arc = arc(isReversed ? ~Int(limited: number) : Int(limited: number))
      if !points.isEmpty { points.removeLast() }
      if isReversed { points.append(contentsOf: arc.reversed()) } else { points.append(contentsOf: arc) }
    }
    if points.count == 1 { points.append(points[0]) }
    return points
  }

  private func polygon(_ rings: [Value]) -> [[GeoPoint]] {
    rings.map { ring in
      var points = line(ring.arrayValue ?? [])
      while points.count < 4, let first = points.first { points.append(first) }
      return points
    }
  }
}
