internal import AlmanacCore
internal import VegaLite

extension ChartRun {
  /// The projection of a name, fitted to its shapes and points; made once.
  func projection(_ name: String) -> Projection? {
    if let known = projections[name] { return known }
    guard projectionsInWork.insert(name).inserted else { return nil }
    defer { projectionsInWork.remove(name) }
    guard let group = owner(of: name, in: plan.root), let plan = group.projections.first(where: { $0.name == name })
    else {
      return nil
    }
    let properties = evaluated(plan.properties)
    guard var projection = Projection(properties) else {
      let type = properties["type"]?.stringValue ?? ""
      fail(
        "chart.unknown-projection", "there is no projection '\(type)'",
        hint: unknownWordHint(type, among: ProjectionKind.allCases.map(\.rawValue)))
      return nil
    }
    let (width, height) = (size(group.width), size(group.height))
    if let own = properties["fit"], own.isPresent {
      fit(&projection, to: own, in: properties, width: width, height: height)
    } else if !plan.fit.isEmpty {
      var (shapes, keys): ([GeoShape], [GeoShapeCache.Key]?) = ([], [])
      for fit in plan.fit {
        let part = self.shapes(fit)
        shapes += part.shapes
        keys = part.keys.flatMap { more in keys.map { $0 + more } }
      }
      geoShapes.fit(&projection, shapes, keys, width: width, height: height)
    }
    if plan.fit.isEmpty, properties["translate"] == nil, properties["fit"] == nil {
      projection.translate = GeoPoint(width / 2, height / 2)
    }
    projections[name] = projection
    return projection
  }

  /// Fits a projection to shapes that the spec gives, within its `size` or `extent` or else the plot.
  private func fit(
    _ projection: inout Projection, to given: Value, in properties: ValueObject, width: Double, height: Double
  ) {
    let shapes = (given.arrayValue ?? [given]).compactMap { GeoShape($0) }
    if let corners = properties["extent"]?.arrayValue?.map({ ($0.arrayValue ?? []).map(\.asNumber) }),
      corners.count == 2, corners.allSatisfy({ $0.count == 2 })
    {
      let (a, b) = (corners[0], corners[1])
      return projection.fit(shapes, width: b[0] - a[0], height: b[1] - a[1], x: a[0], y: a[1])
    }
    let size = properties["size"]?.arrayValue?.map(\.asNumber) ?? []
    projection.fit(
      shapes, width: size.count == 2 ? size[0] : width, height: size.count == 2 ? size[1] : height)
  }

  /// Fits the projections that an expression names, `geoCentroid('projection', datum)`, before it is evaluated.
  func fitProjections(for expression: Expression) {
    guard expression.functions.contains(where: { $0.hasPrefix("geo") }) else { return }
    func fit(_ group: GroupPlan) {
      for plan in group.projections where expression.source.contains(plan.name) { _ = projection(plan.name) }
      for child in group.children + (group.facet?.cell ?? []) { fit(child) }
    }
    fit(plan.root)
  }

  private func owner(of name: String, in group: GroupPlan) -> GroupPlan? {
    if group.projections.contains(where: { $0.name == name }) { return group }
    for child in group.children + (group.facet?.cell ?? []) {
      if let found = owner(of: name, in: child) { return found }
    }
    return nil
  }

  private func size(_ plan: SizePlan?) -> Double {
    switch plan {
    case .fixed(let size)?: size
    default: documentWidth ?? 200
    }
  }

  /// Properties with the values of their expressions.
  func evaluated(_ properties: ValueObject) -> ValueObject {
    ValueObject(properties.members.map { ValueObject.Member(key: $0.key, value: evaluated($0.value)) })
  }

  /// A value, or that of its expression: `{"expr": …}`.
  func evaluated(_ value: Value) -> Value {
    guard case .object(let object) = value, let text = (object["expr"] ?? object["signal"])?.stringValue else {
      return value
    }
    let parsed = parseExpression(text, at: plan.span ?? SourceSpan(path: "", line: 1, column: 1))
    diagnostics += parsed.diagnostics
    return parsed.value.map { evaluate($0, scope: scope()) } ?? .undefined
  }

  private func shapes(_ fit: ProjectionFit) -> (shapes: [GeoShape], keys: [GeoShapeCache.Key]?) {
    switch fit {
    case .shapes(let data, let field): return geoShapes.distinctShapes(shapeValues(table(data), field))
    case .points(let data, let longitude, let latitude):
      // Rows as they were before they were put on this very map.
      var step = data
      while case .project = plan.data[step].operation, let parent = plan.data[step].parent { step = parent }
      let table = table(step)
      let (x, y) = (table.values(at: longitude), table.values(at: latitude))
      let points = (0..<table.rowCount).compactMap { row -> GeoPoint? in
        guard x[row].isValid, y[row].isValid else { return nil }
        let point = GeoPoint(x.number(row), y.number(row))
        return point.x.isFinite && point.y.isFinite ? point : nil
      }
      return ([.points(points)], nil)
    }
  }

  /// The shape of each row: of a field, or the row itself.
  func shapeValues(_ table: DataTable, _ field: FieldPath?) -> [Value] {
    if let field { return table.values(at: field).asValues }
    if let types = table["type"], let geometries = table["geometry"] {
      if case .strings(let texts) = types, texts.allSatisfy({ $0 == "Feature" }) { return geometries.asValues }
      return (0..<table.rowCount).map { row in
        types[row] == .string("Feature") ? geometries[row] : .object(table.object(at: row))
      }
    }
    return (0..<table.rowCount).map { .object(table.object(at: $0)) }
  }

  /// Adds the places of points in the picture.
  func project(
    _ table: DataTable, longitude: FieldPath, latitude: FieldPath, names: [String], projection name: String
  ) -> DataTable {
    let (x, y) = (table.values(at: longitude), table.values(at: latitude))
    let place = projection(name)?.pointFunction()
    // Vega draws points that a map does not show at the view's corner; a report leaves them out.
    let hides = plan.config.value("projection", "unprojected") == .string("hide")
    let elsewhere: Value = hides ? .undefined : .number(0)
    var (xs, ys): ([Value], [Value]) = ([], [])
    for row in 0..<table.rowCount {
      let isWanted = !hides || x[row].isValid && y[row].isValid
      let point = isWanted ? place?(x.number(row), y.number(row)) : nil
      xs.append(point.map { .number($0.x) } ?? elsewhere)
      ys.append(point.map { .number($0.y) } ?? elsewhere)
    }
    var result = table
    result.set(names[0], Column(xs))
    result.set(names[1], Column(ys))
    return result
  }

  /// Rows of a topology: the features of an object, or its borders as one shape.
  func features(_ topology: Topology?, _ format: ValueObject) -> [Value] {
    if let name = format["feature"]?.stringValue {
      if let features = topologyFeatures(topology, object: name) { return features }
      fail("chart.unknown-feature", "the topology has no object named '\(name)'")
    } else if let name = format["mesh"]?.stringValue {
      let filter = format["filter"]?.stringValue
      let mesh: TopologyMesh = filter == "interior" ? .interior : filter == "exterior" ? .exterior : .all
      if let mesh = topologyMesh(topology, object: name, mesh) { return [mesh] }
      fail("chart.unknown-feature", "the topology has no object named '\(name)'")
    } else {
      fail("chart.unknown-feature", "TopoJSON needs to be told which object to draw", hint: "give 'feature' or 'mesh'")
    }
    return []
  }
}
