package import VegaLite

/// Returns the features of an object of a TopoJSON topology, as GeoJSON, one value a feature.
///
/// https://github.com/topojson/topojson-specification
/// - Returns: `nil` when there is no such object.
package func topologyFeatures(_ topology: Value, object name: String) -> [Value]? {
  guard let decoder = TopologyDecoder(topology), case .object(let object)? = decoder.object(name) else { return nil }
  if object["type"] == .string("GeometryCollection") {
    return (object["geometries"]?.arrayValue ?? []).map(decoder.feature)
  }
  return [decoder.feature(.object(object))]
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
package func topologyMesh(_ topology: Value, object name: String, _ mesh: TopologyMesh = .all) -> Value? {
  guard let decoder = TopologyDecoder(topology), let object = decoder.object(name) else { return nil }
  var users: [Int: [Int]] = [:]
  var order: [Int] = []
  var shape = 0
  func collect(_ value: Value) {
    switch value {
    case .number(let number):
      let index = Int(number)
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
  let lines = Value.array(chosen.map { .array(decoder.arc($0)) })
  return .object(ValueObject(["type": "MultiLineString", "coordinates": lines]))
}

private struct TopologyDecoder {
  private let objects: ValueObject
  private let arcs: [[Value]]
  private let scale: (Double, Double)
  private let shift: (Double, Double)
  private let isQuantized: Bool

  init?(_ topology: Value) {
    guard case .object(let members) = topology, case .object(let objects)? = members["objects"] else { return nil }
    self.objects = objects
    func pair(_ key: String) -> (Double, Double)? {
      guard case .object(let transform)? = members["transform"], let values = transform[key]?.arrayValue,
        values.count == 2
      else { return nil }
      return (values[0].asNumber, values[1].asNumber)
    }
    let scale = pair("scale")
    let shift = pair("translate")
    isQuantized = scale != nil
    self.scale = scale ?? (1, 1)
    self.shift = shift ?? (0, 0)
    arcs = (members["arcs"]?.arrayValue ?? []).map { arc in
      var (x, y) = (0.0, 0.0)
      return (arc.arrayValue ?? []).map { point in
        guard case .array(let numbers) = point, numbers.count >= 2 else { return .null }
        guard scale != nil else { return .array([numbers[0], numbers[1]]) }
        x += numbers[0].asNumber
        y += numbers[1].asNumber
        return .array([
          .number(x * (scale?.0 ?? 1) + (shift?.0 ?? 0)), .number(y * (scale?.1 ?? 1) + (shift?.1 ?? 0)),
        ])
      }
    }
  }

  func object(_ name: String) -> Value? { objects[name] }

  func arc(_ index: Int) -> [Value] { arcs.indices.contains(index) ? arcs[index] : [] }

  func feature(_ geometry: Value) -> Value {
    var feature = ValueObject(["type": "Feature"])
    guard case .object(let object) = geometry else { return .object(feature) }
    if let id = object["id"], id.isPresent { feature["id"] = id }
    feature["properties"] = object["properties"]?.isPresent == true ? object["properties"]! : .object(ValueObject())
    feature["geometry"] = decoded(object)
    return .object(feature)
  }

  private func decoded(_ object: ValueObject) -> Value {
    let type = object["type"]?.stringValue ?? ""
    let arcs = object["arcs"]?.arrayValue ?? []
    let coordinates: Value
    switch type {
    case "GeometryCollection":
      let geometries = (object["geometries"]?.arrayValue ?? []).map { $0.objectValue.map(decoded) ?? .null }
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
    guard isQuantized, case .array(let numbers) = value, numbers.count >= 2 else { return value }
    return .array([
      .number(numbers[0].asNumber * scale.0 + shift.0), .number(numbers[1].asNumber * scale.1 + shift.1),
    ])
  }

  /// Arcs joined up; a negative number is an arc backwards, and neighbours share a point.
  private func line(_ indices: [Value]) -> [Value] {
    var points: [Value] = []
    for index in indices {
      guard case .number(let number) = index else { continue }
      let isReversed = number < 0
      let arc = arc(isReversed ? ~Int(number) : Int(number))
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
