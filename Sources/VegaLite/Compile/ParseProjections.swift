/// Which views share a projection, and what is fitted into it.
///
/// https://github.com/vega/vega-lite/blob/main/src/compile/projection/parse.ts
extension ChartCompiler {
  /// The name of a unit's projection; units of a layer share one unless their projections differ.
  func projectionName(_ model: ViewModel) -> String {
    if let name = model.projectionName { return name }
    let owner = projectionOwner(model)
    let name = owner.named("projection")
    for unit in owner.units where unit.hasProjection { unit.projectionName = name }
    model.projectionName = name
    let properties = owner.units.lazy.compactMap(\.common.projection).first { !$0.members.isEmpty }
    // Layers share what they are told and nothing else: neither the configuration nor Vega-Lite's own kind of map.
    var merged = owner.isUnit ? config.object("projection") ?? ValueObject() : ValueObject(["type": "mercator"])
    // What a look does with points that its maps do not show is no property of a projection.
    merged["unprojected"] = nil
    for member in properties?.members ?? [] { merged[member.key] = member.value }
    projections[name] = ProjectionPlan(name: name, properties: merged, fit: [])
    return name
  }

  private func projectionOwner(_ model: ViewModel) -> ViewModel {
    var owner = model
    var above = model.parent
    while let view = above, view.isLayer {
      let all = view.units.filter(\.hasProjection).map { $0.common.projection ?? ValueObject() }.filter {
        !$0.members.isEmpty
      }
      guard all.allSatisfy({ $0 == all[0] }) else { break }
      owner = view
      above = view.parent
    }
    return owner
  }

  /// Fits the shapes and points of a plot's units into their projections, as far as no scale or place is given.
  func fitProjections(_ model: ViewModel) {
    for unit in model.units where unit.hasProjection {
      let name = projectionName(unit)
      guard isFitted(unit), var plan = projections[name] else { continue }
      var fits: [ProjectionFit] = []
      for (longitude, latitude, suffix) in [(Channel.longitude, Channel.latitude, ""), (.longitude2, .latitude2, "2")]
      where unit.encoding[longitude] != nil || unit.encoding[latitude] != nil {
        let columns = ["\(unit.named("x"))\(suffix)_geo", "\(unit.named("y"))\(suffix)_geo"]
        for step in steps {
          guard case .project(let x, let y, columns, name) = step.operation, var parent = step.parent else { continue }
          // What is fitted must not itself wait for the projection.
          while case .project = steps[parent].operation, let above = steps[parent].parent { parent = above }
          fits.append(.points(data: parent, longitude: x, latitude: y))
        }
      }
      if let shape = unit.encoding[.shape], shape.isField, unit.mark.type == .geoshape {
        fits.append(.shapes(data: unit.main, field: shape.path()))
      }
      if fits.isEmpty { fits.append(.shapes(data: unit.main, field: nil)) }
      for fit in fits where !plan.fit.contains(fit) { plan.fit.append(fit) }
      projections[name] = plan
    }
  }

  /// Whether a unit's projection is made to fit its shapes, as it is without a scale and a place of its own.
  func isFitted(_ model: ViewModel) -> Bool {
    guard let plan = projections[projectionName(model)] else { return true }
    return plan.properties["scale"] == nil && plan.properties["translate"] == nil
  }

  /// Whether a unit draws lines of longitude and latitude, which are never filled.
  func isGraticule(_ model: ViewModel) -> Bool {
    var at: ViewModel? = model
    while let view = at {
      if let data = view.common.data {
        if case .graticule = data.source { return true }
        return false
      }
      at = view.parent
    }
    return false
  }
}
