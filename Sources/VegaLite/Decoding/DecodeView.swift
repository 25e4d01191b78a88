internal import AlmanacCore
package import Notation

extension SpecDecoder {
  /// Reads a whole view, whichever composition it is.
  package mutating func view(_ value: NotationValue, path: String = "", depth: Int = 0) -> ViewSpecification? {
    guard value.object != nil else {
      wrongKind(value, path.isEmpty ? "spec" : path, expected: "an object")
      return nil
    }
    guard depth < depthLimit else {
      diagnostics.append(.error("chart.too-deep", "views are nested deeper than \(depthLimit) levels", at: value.span))
      return nil
    }
    let prefix = path.isEmpty ? "" : path + "."
    var common = viewCommon(value, path: prefix)
    common.span = value.span
    if let layers = value["layer"] {
      checkKeys(value, path, allowed: words.common + words.layer)
      let children = (layers.array ?? []).enumerated().compactMap {
        view($1, path: "\(prefix)layer[\($0)]", depth: depth + 1)
      }
      return .layer(common, encoding(value["encoding"], path: "\(prefix)encoding"), children)
    }
    if let facet = value["facet"], let spec = value["spec"] {
      checkKeys(value, path, allowed: words.common + words.facet)
      guard let child = view(spec, path: "\(prefix)spec", depth: depth + 1) else { return nil }
      return .facet(common, facetDefinition(facet, in: value, path: "\(prefix)facet"), child)
    }
    if let repeated = value["repeat"], let spec = value["spec"] {
      checkKeys(value, path, allowed: words.common + words.repeated)
      guard let child = view(spec, path: "\(prefix)spec", depth: depth + 1) else { return nil }
      var definition = RepeatDefinition()
      definition.grid = grid(value)
      if repeated.object != nil {
        checkKeys(repeated, "\(prefix)repeat", allowed: ["row", "column", "layer"])
        definition.row = repeated["row"].map(names)
        definition.column = repeated["column"].map(names)
        definition.layer = repeated["layer"].map(names)
      } else {
        definition.wrapped = names(repeated)
      }
      return .repeated(common, definition, child)
    }
    for (key, direction) in [
      ("concat", ConcatDefinition.Direction.wrapped), ("hconcat", .horizontal), ("vconcat", .vertical),
    ] {
      guard let list = value[key] else { continue }
      checkKeys(value, path, allowed: words.common + words.concat)
      let children = (list.array ?? []).enumerated().compactMap {
        view($1, path: "\(prefix)\(key)[\($0)]", depth: depth + 1)
      }
      return .concat(common, ConcatDefinition(direction: direction, grid: grid(value)), children)
    }
    guard let mark = value["mark"] else {
      diagnostics.append(
        .error(
          "chart.no-mark", path.isEmpty ? "a view needs a 'mark'" : "the view at '\(path)' needs a 'mark'",
          at: value.span,
          hint: "or one of 'layer', 'facet', 'repeat', 'concat', 'hconcat', 'vconcat'"))
      return nil
    }
    // A view that its channels part into facets may say how these stand.
    let isParted = ["row", "column", "facet"].contains { value["encoding"]?[$0] != nil }
    checkKeys(value, path, allowed: words.common + words.unit + (isParted ? words.concat : []))
    common.grid = grid(value, path: path)
    guard let markDefinition = self.mark(mark, path: "\(prefix)mark") else { return nil }
    return .unit(common, markDefinition, encoding(value["encoding"], path: "\(prefix)encoding"))
  }

  private mutating func mark(_ value: NotationValue, path: String) -> MarkDefinition? {
    if value.string != nil {
      return word(value, path, MarkType.self).map { MarkDefinition($0, span: value.span) }
    }
    guard value.object != nil else {
      wrongKind(value, path, expected: "the name of a mark or an object")
      return nil
    }
    check(value, path, allowed: words.mark, .mark)
    guard let typeValue = value["type"] else {
      diagnostics.append(.error("chart.no-mark", "'\(path)' needs a 'type'", at: value.span))
      return nil
    }
    guard let type = word(typeValue, "\(path).type", MarkType.self) else { return nil }
    var properties = object(value) ?? ValueObject()
    properties["type"] = nil
    return MarkDefinition(type, properties, span: value.span)
  }

  private mutating func viewCommon(_ value: NotationValue, path: String) -> ViewCommon {
    var common = ViewCommon(span: value.span)
    common.name = value["name"]?.string
    common.description = value["description"]?.string
    common.data = value["data"].flatMap { dataDefinition($0, path: "\(path)data") }
    common.transforms = transforms(value["transform"], path: "\(path)transform")
    common.title = value["title"].map { Value($0) }
    check(value["title"], "\(path)title", allowed: words.title, .title)
    check(value["view"], "\(path)view", allowed: words.view, .view)
    check(value["projection"], "\(path)projection", allowed: words.projection, .projection)
    checkValues(value, path.isEmpty ? "" : String(path.dropLast()), .size)
    for side in ["width", "height"] { checkKeys(value[side], path + side, allowed: ["step", "for"]) }
    common.width = value["width"].map { Value($0) }
    common.height = value["height"].map { Value($0) }
    common.view = object(value["view"])
    common.projection = object(value["projection"])
    for (index, parameter) in (value["params"]?.array ?? []).enumerated() {
      checkParameter(parameter, "\(path)params[\(index)]")
      guard let name = parameter["name"]?.string else {
        diagnostics.append(
          .error("chart.unnamed-parameter", "'\(path)params[\(index)]' needs a 'name'", at: parameter.span))
        continue
      }
      var definition = ParameterDefinition(
        name: name, value: parameter["value"].map { Value($0) }, expression: parameter["expr"]?.string,
        bind: parameter["bind"].map { Value($0) })
      switch parameter["select"]?.content {
      case .string(let type)?: definition.selection = type
      case .object?:
        definition.selection = parameter["select"]?["type"]?.string
        definition.selectionProperties = object(parameter["select"]) ?? ValueObject()
      default: break
      }
      common.parameters.append(definition)
    }
    if let resolve = value["resolve"] {
      checkKeys(resolve, "\(path)resolve", allowed: ["scale", "axis", "legend"])
      common.resolveScale = resolution(resolve["scale"], path: "\(path)resolve.scale")
      common.resolveAxis = resolution(resolve["axis"], path: "\(path)resolve.axis")
      common.resolveLegend = resolution(resolve["legend"], path: "\(path)resolve.legend")
    }
    return common
  }

  private mutating func resolution(_ value: NotationValue?, path: String) -> [String: String] {
    var result: [String: String] = [:]
    for member in value?.object ?? [] {
      guard let word = member.value.string, word == "shared" || word == "independent" else {
        unknownValue(member.value, "\(path).\(member.key)", allowed: ["shared", "independent"])
        continue
      }
      guard Channel(rawValue: member.key) != nil else {
        unknownKey(member, in: path, allowed: Channel.allCases.filter(\.hasScale).map(\.rawValue))
        continue
      }
      result[member.key] = word
    }
    return result
  }

  private mutating func grid(_ value: NotationValue, path: String = "") -> GridDefinition {
    checkValues(value, path, .grid)
    var grid = GridDefinition()
    grid.align = value["align"].map { Value($0) }
    grid.bounds = value["bounds"]?.string
    grid.center = value["center"].map { Value($0) }
    grid.spacing = value["spacing"].map { Value($0) }
    grid.columns = value["columns"]?.number
    return grid
  }

  private mutating func facetDefinition(_ facet: NotationValue, in value: NotationValue, path: String)
    -> FacetDefinition
  {
    var definition = FacetDefinition()
    definition.grid = grid(value)
    if facet["row"] != nil || facet["column"] != nil {
      checkKeys(facet, path, allowed: ["row", "column"])
      definition.row = facet["row"].flatMap { channelDefinition($0, .row, path: "\(path).row") }
      definition.column = facet["column"].flatMap { channelDefinition($0, .column, path: "\(path).column") }
    } else {
      definition.facet = channelDefinition(facet, .facet, path: path)
    }
    return definition
  }

  mutating func dataDefinition(_ value: NotationValue, path: String) -> DataDefinition? {
    if case .null = value.content { return DataDefinition(source: .null, format: ValueObject()) }
    checkKeys(value, path, allowed: words.data)
    let format = object(value["format"]) ?? ValueObject()
    check(
      value["format"], "\(path).format",
      allowed: ["type", "parse", "property", "feature", "mesh", "filter", "delimiter"], .format)
    let name = value["name"]?.string
    if let url = value["url"]?.string { return DataDefinition(source: .url(url), name: name, format: format) }
    if let values = value["values"] {
      return DataDefinition(source: .inline(Value(values)), name: name, format: format)
    }
    if let sequence = value["sequence"] {
      return DataDefinition(
        source: .sequence(
          start: sequence["start"]?.number ?? 0, stop: sequence["stop"]?.number ?? 0,
          step: sequence["step"]?.number ?? 1,
          name: sequence["as"]?.string ?? "data"), name: name, format: format)
    }
    if value["sphere"] != nil { return DataDefinition(source: .sphere, name: name, format: format) }
    if let graticule = value["graticule"] {
      return DataDefinition(source: .graticule(object(graticule) ?? ValueObject()), name: name, format: format)
    }
    if let name { return DataDefinition(source: .named(name), name: name, format: format) }
    diagnostics.append(
      .error(
        "chart.no-data-source", "'\(path)' names no data", at: value.span,
        hint: "give 'values', 'url', 'name', 'sequence', 'sphere' or 'graticule'"))
    return nil
  }
}
