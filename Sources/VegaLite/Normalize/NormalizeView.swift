package import AlmanacCore

/// Rewrites a specification in the core of the language: repeats become concatenations, row, column and facet channels
/// become facets, composite marks and overlays become layers.
package struct Normalizer {
  package var config: Config
  package var diagnostics: [Diagnostic] = []

  package init(config: Config) { self.config = config }
}

/// What a repeated view stands for in one of its copies.
struct RepeatValues {
  var row: String?
  var column: String?
  var wrapped: String?
  var layer: String?
  subscript(_ name: String) -> String? {
    switch name {
    case "row": row
    case "column": column
    case "layer": layer
    default: wrapped
    }
  }
}

extension Normalizer {
  package mutating func normalize(_ view: ViewSpecification) -> ViewSpecification {
    normalize(view, inherited: Encoding(), projection: nil, repeated: RepeatValues())
  }

  private mutating func normalize(
    _ view: ViewSpecification, inherited: Encoding, projection: ValueObject?, repeated: RepeatValues
  ) -> ViewSpecification {
    switch view {
    case .unit(var common, let mark, let encoding):
      common.projection = merged(projection, common.projection)
      let substituted = substitute(encoding, repeated)
      var all = inherited
      for entry in substituted.entries { all.all(entry.channel, overlay(entry, on: inherited)) }
      return unit(common, mark, all)
    case .layer(var common, let encoding, let children):
      common.projection = merged(projection, common.projection)
      var all = inherited
      for entry in substitute(encoding, repeated).entries { all.all(entry.channel, overlay(entry, on: inherited)) }
      // Facet channels of a layer part the layer as a whole.
      if let facet = facet(from: &all, common) {
        return wrap(
          &common, facet, .layer(ViewCommon(span: common.span), Encoding(), children), encoding: all,
          projection: common.projection,
          repeated: repeated)
      }
      let projection = common.projection
      let parts = children.map { normalize($0, inherited: all, projection: projection, repeated: repeated) }
      return .layer(common, Encoding(), parts)
    case .facet(let common, var facet, let child):
      facet.row = facet.row.flatMap { substitute($0, repeated) }
      facet.column = facet.column.flatMap { substitute($0, repeated) }
      facet.facet = facet.facet.flatMap { substitute($0, repeated) }
      return .facet(
        common, facet,
        normalize(child, inherited: inherited, projection: merged(projection, common.projection), repeated: repeated))
    case .concat(let common, let concat, let children):
      return .concat(
        common, concat,
        children.map {
          normalize($0, inherited: inherited, projection: merged(projection, common.projection), repeated: repeated)
        })
    case .repeated(let common, let definition, let child):
      return repeatView(common, definition, child, inherited: inherited, projection: projection, outer: repeated)
    }
  }

  private func merged(_ base: ValueObject?, _ over: ValueObject?) -> ValueObject? {
    guard let base else { return over }
    guard let over else { return base }
    return Config.merge(base, over)
  }

  /// A layer's own channel over the one it shares: a value replaces, a part of a definition completes.
  private func overlay(_ entry: Encoding.Entry, on inherited: Encoding) -> [ChannelDefinition] {
    guard let shared = inherited[entry.channel], entry.definitions.count == 1, let own = entry.definitions.first,
      own.isFieldOrDatum
    else { return entry.definitions }
    var result = shared
    for member in own.properties.members { result.properties[member.key] = member.value }
    if own.field != nil { (result.field, result.datum) = (own.field, nil) }
    if own.datum != nil { (result.field, result.datum) = (nil, own.datum) }
    if let type = own.type { result.type = type }
    if let timeUnit = own.timeUnit { result.timeUnit = timeUnit }
    if let aggregate = own.aggregate { result.aggregate = aggregate }
    if let bin = own.bin { result.bin = bin }
    if !own.conditions.isEmpty { result.conditions = own.conditions }
    result.span = own.span
    return [result]
  }

  // MARK: Units

  private mutating func unit(_ common: ViewCommon, _ mark: MarkDefinition, _ encoding: Encoding) -> ViewSpecification {
    var encoding = encoding
    var common = common
    if let facet = facet(from: &encoding, common) {
      return wrap(
        &common, facet, .unit(ViewCommon(span: common.span), mark, encoding), encoding: Encoding(),
        projection: common.projection,
        repeated: RepeatValues())
    }
    // The parts of a composite mark have no overlays of their own.
    if mark.type.isComposite { return compositeMark(common, mark, encoding) }
    if mark.type == .line, encoding.has(.x2) || encoding.has(.y2) {
      var rule = mark
      rule.type = .rule
      return unit(common, rule, encoding)
    }
    return pathOverlay(common, mark, encoding) ?? .unit(common, mark, encoding)
  }

  /// Takes row, column and facet out of an encoding.
  private func facet(from encoding: inout Encoding, _ common: ViewCommon) -> FacetDefinition? {
    guard encoding.has(.row) || encoding.has(.column) || encoding.has(.facet) else { return nil }
    var facet = FacetDefinition()
    facet.row = encoding[.row]
    facet.column = encoding[.column]
    facet.facet = encoding[.facet]
    encoding[.row] = nil
    encoding[.column] = nil
    encoding[.facet] = nil
    if let wrapped = facet.facet {
      facet.row = nil
      facet.column = nil
      facet.grid.align = wrapped["align"] ?? common.grid.align
      facet.grid.bounds = wrapped["bounds"]?.stringValue ?? common.grid.bounds
      facet.grid.center = wrapped["center"] ?? common.grid.center
      facet.grid.spacing = wrapped["spacing"] ?? common.grid.spacing
      facet.grid.columns = wrapped["columns"]?.numberValue ?? common.grid.columns
    } else {
      func both(_ key: String) -> Value? {
        var object = ValueObject()
        if let value = facet.row?[key] { object["row"] = value }
        if let value = facet.column?[key] { object["column"] = value }
        return object.members.isEmpty ? nil : .object(object)
      }
      facet.grid.align = both("align") ?? common.grid.align
      facet.grid.bounds = common.grid.bounds
      facet.grid.center = both("center") ?? common.grid.center
      facet.grid.spacing = both("spacing") ?? common.grid.spacing
    }
    return facet
  }

  /// Makes a facet of a view: what is said of rows and picture stays outside, size and background go in.
  private mutating func wrap(
    _ common: inout ViewCommon, _ facet: FacetDefinition, _ child: ViewSpecification, encoding: Encoding,
    projection: ValueObject?, repeated: RepeatValues
  ) -> ViewSpecification {
    var outer = common
    outer.width = nil
    outer.height = nil
    outer.view = nil
    outer.projection = nil
    var inner = ViewCommon(span: common.span)
    inner.width = common.width
    inner.height = common.height
    inner.view = common.view
    inner.projection = common.projection
    inner.resolveScale = [:]
    var child = child
    child.common = inner
    return .facet(outer, facet, normalize(child, inherited: encoding, projection: projection, repeated: repeated))
  }

  // MARK: Repeats

  private func substitute(_ encoding: Encoding, _ values: RepeatValues) -> Encoding {
    var result = Encoding()
    for entry in encoding.entries { result.all(entry.channel, entry.definitions.compactMap { substitute($0, values) }) }
    return result
  }

  private func substitute(_ definition: ChannelDefinition, _ values: RepeatValues) -> ChannelDefinition? {
    var result = definition
    result.conditions = definition.conditions.map { condition in
      var condition = condition
      condition.definition = condition.definition.compactMap { substitute($0, values) }
      return condition
    }
    if let name = definition.repeated {
      if name.hasPrefix("datum:") {
        guard let value = values[String(name.dropFirst(6))] else { return nil }
        result.datum = .string(value)
      } else {
        guard let value = values[name] else { return nil }
        result.field = FieldPath(value)
      }
      result.repeated = nil
    }
    if var sort = definition["sort"]?.objectValue, let name = sort["field"]?.objectValue?["repeat"]?.stringValue,
      let value = values[name]
    {
      sort["field"] = .string(value)
      result["sort"] = .object(sort)
    }
    return result
  }

  private mutating func repeatView(
    _ common: ViewCommon, _ definition: RepeatDefinition, _ child: ViewSpecification, inherited: Encoding,
    projection: ValueObject?, outer: RepeatValues
  ) -> ViewSpecification {
    var outerCommon = common
    let projection = merged(projection, common.projection)
    var children: [ViewSpecification] = []
    if let layers = definition.layer, definition.row == nil, definition.column == nil {
      for layer in layers {
        var values = outer
        values.layer = layer
        children.append(
          normalize(named(child, "layer_\(layer)"), inherited: inherited, projection: projection, repeated: values))
      }
      outerCommon.width = common.width ?? child.common.width
      outerCommon.height = common.height ?? child.common.height
      return .layer(outerCommon, Encoding(), children)
    }
    var grid = definition.grid
    let rows: [String?] = definition.row.map { $0.map { $0 } } ?? [outer.row]
    let columns: [String?] = definition.column.map { $0.map { $0 } } ?? [outer.column]
    for wrapped in definition.wrapped.map({ $0.map { Optional($0) } }) ?? [outer.wrapped] {
      for row in rows {
        for column in columns {
          var values = outer
          values.row = row
          values.column = column
          values.wrapped = wrapped
          let name = [wrapped.map { "child__\($0)" }, row.map { "child__row_\($0)" }, column.map { "column_\($0)" }]
            .compactMap { $0 }.joined(separator: "_")
          if let layers = definition.layer {
            var inner: [ViewSpecification] = []
            for layer in layers {
              values.layer = layer
              inner.append(
                normalize(
                  named(child, "layer_\(layer)"), inherited: inherited, projection: projection, repeated: values))
            }
            var layerCommon = ViewCommon(span: child.common.span)
            layerCommon.name = name
            layerCommon.width = child.common.width
            layerCommon.height = child.common.height
            children.append(.layer(layerCommon, Encoding(), inner))
          } else {
            children.append(
              normalize(named(child, name), inherited: inherited, projection: projection, repeated: values))
          }
        }
      }
    }
    if definition.wrapped == nil { grid.columns = definition.column.map { Double($0.count) } ?? 1 }
    if definition.wrapped == nil, grid.align == nil { grid.align = .string("all") }
    return .concat(outerCommon, ConcatDefinition(direction: .wrapped, grid: grid), children)
  }

  private func named(_ view: ViewSpecification, _ name: String) -> ViewSpecification {
    var view = view
    view.common.name = (view.common.name ?? "") + name
    return view
  }

  // MARK: Overlays

  /// `point: true` on lines and areas, `line: true` on areas.
  private func pathOverlay(_ common: ViewCommon, _ mark: MarkDefinition, _ encoding: Encoding) -> ViewSpecification? {
    guard mark.type.isPath else { return nil }
    func setting(_ key: String) -> Value? { mark[key] ?? config.value(mark.type.rawValue, key) }
    let canOverlay = mark.type == .line || mark.type == .area || mark.type == .trail
    let point = canOverlay ? pointOverlay(setting("point"), mark, encoding) : nil
    let line = mark.type == .area ? lineOverlay(setting("line"), mark) : nil
    guard point != nil || line != nil else {
      return nil
    }
    var base = mark
    base["point"] = nil
    base["line"] = nil
    if mark.type == .area {
      // Areas under an overlay are lighter so that the line stands out.
      if base["opacity"] == nil, base["fillOpacity"] == nil, config.markConfig("opacity", mark) == nil,
        config.markConfig("fillOpacity", mark) == nil
      {
        base["opacity"] = .number(0.7)
      }
    }
    var outer = common
    let inner = ViewCommon(span: common.span)
    var layers: [ViewSpecification] = [.unit(inner, base, encoding)]
    // Overlays of a stacked mark stand where the stack ends, so they are stacked alike.
    var overlayEncoding = encoding
    var initializer = EncodingInitializer(config: config)
    let typed = initializer.initialize(encoding, mark: base)
    if let stack = stackProperties(
      mark: base, encoding: typed, orient: base["orient"]?.stringValue ?? markOrient(base, typed) ?? "vertical")
    {
      if var stacked = encoding[stack.fieldChannel] {
        if stacked["stack"] == nil { stacked["stack"] = .string(stack.offset) }
        overlayEncoding[stack.fieldChannel] = stacked
      }
    }
    overlayEncoding[.x2] = nil
    overlayEncoding[.y2] = nil
    var orientation = ValueObject()
    if let value = mark["orient"] { orientation["orient"] = value }
    if let line {
      var definition = MarkDefinition(.line, line, span: mark.span)
      for key in ["clip", "interpolate", "tension", "tooltip", "orient"] {
        if definition[key] == nil, let value = mark[key] { definition[key] = value }
      }
      layers.append(.unit(inner, definition, overlayEncoding))
    }
    if let point {
      var definition = MarkDefinition(.point, ValueObject(), span: mark.span)
      definition["opacity"] = .number(1)
      definition["filled"] = .bool(true)
      for member in point.members { definition[member.key] = member.value }
      for key in ["clip", "tooltip"] { if definition[key] == nil, let value = mark[key] { definition[key] = value } }
      layers.append(.unit(inner, definition, overlayEncoding))
    }
    outer.projection = common.projection
    return .layer(outer, Encoding(), layers)
  }

  private func pointOverlay(_ value: Value?, _ mark: MarkDefinition, _ encoding: Encoding) -> ValueObject? {
    switch value {
    case .bool(true)?: return ValueObject()
    case .string("transparent")?: return ValueObject(["opacity": .number(0)])
    case .object(let object)?: return object
    case .bool(false)?, .null?: return nil
    default: return encoding.has(.shape) ? ValueObject() : nil
    }
  }

  private func lineOverlay(_ value: Value?, _ mark: MarkDefinition) -> ValueObject? {
    switch value {
    case .bool(true)?: ValueObject()
    case .object(let object)?: object
    default: nil
    }
  }
}
