internal import AlmanacCore

/// Puts what the model has become in the plan, group by group.
extension ChartCompiler {
  func assemble(_ model: ViewModel, isTop: Bool) -> GroupPlan {
    var group: GroupPlan
    switch model.kind {
    case .unit, .layer: group = plot(model)
    case .facet: group = facet(model)
    case .concat(let concat):
      group = GroupPlan(name: model.name)
      group.children = model.children.map { assemble($0, isTop: false) }
      group.layout = layout(
        concat.grid,
        columns: concat.direction == .horizontal
          ? nil
          : concat.direction == .vertical
            ? 1 : concat.grid.columns ?? config.value("concat", "columns")?.numberValue,
        spacingKey: "concat")
    }
    group.scales += ownScales(model)
    group.legends = (uniteByDomain(model.legends.map(\.legend)) + model.independentLegends).filter { !$0.isDisabled }
      .map(legend)
    group.title = title(model.common.title, model)
    return group
  }

  /// Scales that this view holds for itself and its children.
  private func ownScales(_ model: ViewModel) -> [ScalePlan] {
    var result: [ScalePlan] = []
    var seen: [ScaleComponent] = []
    func add(_ view: ViewModel) {
      for channel in Channel.allCases {
        guard let scale = view.scales[channel], !seen.contains(where: { $0 === scale }),
          !heldAbove(scale, channel, model)
        else { continue }
        seen.append(scale)
        result.append(scale.plan)
      }
      if model.isLayer || view.isLayer { for child in view.children { add(child) } }
    }
    add(model)
    return result
  }

  private func heldAbove(_ scale: ScaleComponent, _ channel: Channel, _ model: ViewModel) -> Bool {
    var at = model.parent
    while let view = at {
      if view.scales[channel] === scale { return true }
      at = view.parent
    }
    return false
  }

  // MARK: Plots

  private func plot(_ model: ViewModel) -> GroupPlan {
    var group = GroupPlan(name: model.name)
    group.isPlot = true
    group.width = size(.x, model)
    group.height = size(.y, model)
    for channel in [Channel.x, .y] { for axis in model.axes[channel] ?? [] { add(axis, model, to: &group) } }
    // Grids lie below all axes.
    group.axes = group.axes.filter(\.isGrid) + group.axes.filter { !$0.isGrid }
    fitProjections(model)
    for unit in model.units {
      addMarks(unit, to: &group)
      group.brushes += brushes(unit)
    }
    let style = viewStyle(model)
    group.clips = style["clip"]?.asBool ?? false
    group.style = style.members.compactMap { member in
      guard let property = MarkProperty(rawValue: member.key), member.value.isPresent else { return nil }
      return EncodeEntry(property: property, rules: [EncodeRule(test: nil, reference: encodeReference(member.value))])
    }
    var names: Set<String> = []
    for unit in model.units {
      if let name = unit.projectionName, names.insert(name).inserted, let projection = projections[name] {
        group.projections.append(projection)
      }
    }
    return group
  }

  private func addMarks(_ unit: ViewModel, to group: inout GroupPlan) {
    var mark = parseMark(unit)
    // What is not fitted into the view may reach over its edge.
    if unit.hasProjection, !isFitted(unit) { mark.clip = true }
    if unit.mark["clip"] == nil, sharesBoundScales(unit) { mark.clip = true }
    group.marks.append(mark)
  }

  /// The intervals of a unit that its author selects; one that several views share is drawn in none of them.
  private func brushes(_ unit: ViewModel) -> [BrushPlan] {
    var root = unit
    while let parent = root.parent { root = parent }
    return unit.common.parameters.compactMap { parameter in
      guard parameter.selection == "interval", parameter.bind != .string("scales"),
        case .object(let value)? = parameter.value,
        root.units.count(where: { $0.common.parameters.contains { $0.name == parameter.name } }) == 1
      else { return nil }
      var paint = ValueObject(["fill": .string("#333"), "fillOpacity": .number(0.125), "stroke": .string("white")])
      let common = config.value("selection", "interval")?.member("mark").objectValue
      for source in [common, parameter.selectionProperties["mark"]?.objectValue] {
        for member in source?.members ?? [] { paint[member.key] = member.value }
      }
      func span(_ channel: Channel) -> BrushPlan.Span? {
        guard let ends = value[channel.rawValue], let scale = unit.scales[channel], scale.plan.type.isContinuous,
          let parsed = expression(literal(ends))
        else { return nil }
        return BrushPlan.Span(scale: scale.plan.name, ends: .expression(parsed))
      }
      let brush = BrushPlan(name: parameter.name, x: span(.x), y: span(.y), paint: paint)
      return brush.x == nil && brush.y == nil ? nil : brush
    }
  }

  /// Whether a selection rules the scales of a unit or of a layer beside it.
  private func sharesBoundScales(_ unit: ViewModel) -> Bool {
    var top = unit
    while let parent = top.parent, parent.isLayer { top = parent }
    func isBound(_ view: ViewModel) -> Bool { view.common.parameters.contains { $0.bind == .string("scales") } }
    if ([top] + top.units).contains(where: isBound) { return true }
    // Views beside each other may share such a scale.
    var root = top
    while let parent = root.parent { root = parent }
    return root.units.filter(isBound).contains { other in
      [Channel.x, .y].contains { channel in
        unit.scales[channel].map { $0.plan.name == other.scales[channel]?.plan.name } ?? false
      }
    }
  }

  /// How a view's own rectangle is painted: a view without places along x and y has no frame unless its author says so.
  private func viewStyle(_ model: ViewModel) -> ValueObject {
    var style = ValueObject()
    let view = model.common.view ?? ValueObject()
    var names: [String] = []
    if let given = view["style"] {
      names = given.stringValue.map { [$0] } ?? given.arrayValue?.compactMap(\.stringValue) ?? []
    } else {
      for unit in model.units {
        let name = unit.encoding.has(.x) || unit.encoding.has(.y) ? "cell" : "view"
        if !names.contains(name) { names.append(name) }
      }
    }
    for name in names {
      for member in config.object("style")?[name]?.objectValue?.members ?? [] { style[member.key] = member.value }
      guard name == "cell" else { continue }
      for member in config.object("view")?.members ?? []
      where MarkProperty(rawValue: member.key) != nil || member.key == "clip" {
        style[member.key] = member.value
      }
    }
    for member in view.members { style[member.key] = member.value }
    return style
  }

  private func add(_ axis: AxisComponent, _ model: ViewModel, to group: inout GroupPlan) {
    guard !axis.isDisabled else { return }
    var plan = axis.plan
    plan.scale = axis.scale.plan.name
    plan.title = axis.noTitle ? nil : axis.titles.filter { !$0.isEmpty }.joined(separator: ", ")
    if plan.title?.isEmpty == true { plan.title = nil }
    let other: Channel = axis.channel == .x ? .y : .x
    plan.gridScale = model.scales[other]?.plan.name
    if plan.grid {
      var grid = plan
      grid.isGrid = true
      group.axes.append(grid)
    }
    group.axes.append(plan)
  }

  func size(_ channel: Channel, _ model: ViewModel) -> SizePlan {
    let given = channel == .x ? model.givenWidth : model.givenHeight
    let isTopPlot = model.parent == nil
    if channel == .x, let width = options.width, isTopPlot, given?.member("step").numberValue == nil,
      model.scales[.x]?.plan.type.isDiscrete != true || given?.numberValue != nil || given?.stringValue == "container"
    {
      _ = width
      return .container
    }
    if let number = given?.numberValue { return .fixed(number) }
    if given?.stringValue == "container" { return .container }
    let key = channel == .x ? "Width" : "Height"
    let continuous = config.number("view", "continuous" + key) ?? 300
    // Layers with scales of their own are as large as the first of them wants.
    guard let scale = model.scales[channel] ?? model.units.lazy.compactMap({ $0.scales[channel] }).first else {
      let fills = model.units.contains { $0.mark.type == .arc || $0.hasProjection }
      if given?.member("step").numberValue == nil {
        if fills { return .fixed(continuous) }
        if let discrete = config.value("view", "discrete" + key)?.numberValue { return .fixed(discrete) }
      }
      return .fixed(given?.member("step").numberValue ?? discreteStep(channel))
    }
    guard scale.plan.type.isDiscrete else { return .fixed(continuous) }
    if given == nil, let discrete = config.value("view", "discrete" + key)?.numberValue { return .fixed(discrete) }
    if case .step(let step) = scale.plan.range { return .step(step, scale: scale.plan.name) }
    let step = given?.member("step").numberValue ?? discreteStep(channel)
    // Of layers the first says whether there are bands within bands.
    if let offset = model.units.first(where: { $0.scales[channel] != nil })?.scales[channel.offset!],
      offset.plan.type.isDiscrete, given?.member("for").stringValue != "position"
    {
      return .nestedStep(step, scale: scale.plan.name, offset: offset.plan.name)
    }
    return .step(step, scale: scale.plan.name)
  }

  // MARK: Facets

  private func facet(_ model: ViewModel) -> GroupPlan {
    var group = GroupPlan(name: model.name)
    let child = model.children[0]
    let definition = model.facet
    var facet = FacetPlan(
      data: child.units.first?.main ?? model.main, rowField: definition.row?.path(),
      columnField: definition.column?.path(), facetField: definition.facet?.path(),
      rowSort: facetSort(definition.row), columnSort: facetSort(definition.column),
      facetSort: facetSort(definition.facet),
      cell: [assemble(child, isTop: false)])
    // Values whose rows are all filtered get no cell; aggregates that sort cells need the rows as they were.
    facet.data = model.main
    if child.units.count == 1, let unit = child.units.first { facet.data = unit.needsRaw ? unit.raw : unit.main }
    facet.sortData = model.main
    facet.rowHeader = definition.row.map { header($0, "row") }
    facet.columnHeader = definition.column.map { header($0, "column") }
    facet.facetHeader = definition.facet.map { header($0, "facet") }
    uniteTitles(\.rowHeader, &facet)
    uniteTitles(\.columnHeader, &facet)
    uniteTitles(\.facetHeader, &facet)
    var columns = definition.facet != nil ? definition.grid.columns : nil
    if definition.facet != nil, columns == nil { columns = config.value("facet", "columns")?.numberValue }
    facet.columns = columns
    // Axes that all cells share stand at the edges of the grid.
    for channel in [Channel.x, .y] {
      var holder = GroupPlan(name: "")
      for axis in model.axes[channel] ?? [] { add(axis, child.isLayer || child.isUnit ? child : model, to: &holder) }
      for axis in holder.axes {
        if axis.isGrid {
          facet.cell[0].axes.append(axis)
        } else if channel == .x {
          facet.columnAxes.append(axis)
        } else {
          facet.rowAxes.append(axis)
        }
      }
    }
    facet.cell[0].axes.sort { $0.isGrid && !$1.isGrid }
    group.facet = facet
    group.layout = layout(definition.grid, columns: columns, spacingKey: "facet")
    return group
  }

  /// Facets within facets have one title for both, on the outside.
  private func uniteTitles(_ header: WritableKeyPath<FacetPlan, HeaderPlan?>, _ facet: inout FacetPlan) {
    guard facet[keyPath: header] != nil, let inner = facet.cell[0].facet?[keyPath: header]?.title else { return }
    let outer = facet[keyPath: header]?.title
    facet[keyPath: header]?.title = outer.map { "\($0) / \(inner)" } ?? inner
    facet.cell[0].facet?[keyPath: header]?.title = nil
  }

  private func facetSort(_ definition: ChannelDefinition?) -> FacetSort {
    switch definition?["sort"] {
    case .string("descending")?: return .descending
    case .array(let order)?: return .list(order)
    case .object(let object)?:
      guard let field = object["field"]?.stringValue else {
        return object["order"]?.stringValue == "descending" ? .descending : .ascending
      }
      return .by(
        object["op"]?.stringValue.flatMap(AggregateOperation.init) ?? .mean, FieldPath(field),
        descending: object["order"]?.stringValue == "descending")
    default: return .ascending
    }
  }

  private func header(_ definition: ChannelDefinition, _ kind: String) -> HeaderPlan {
    var properties = config.object("header") ?? ValueObject()
    for member in config.object("header" + kind.prefix(1).uppercased() + kind.dropFirst())?.members ?? [] {
      properties[member.key] = member.value
    }
    let own = definition["header"]?.objectValue ?? ValueObject()
    for member in own.members { properties[member.key] = member.value }
    if case .null? = definition["header"] { properties["labels"] = .bool(false) }
    let fieldTitle = definition.derivedTitle(config)
    var title: String? = fieldTitle
    if let given = own["title"] ?? definition["title"] { title = titleLines(given).first }
    if case .null? = definition["header"] { title = nil }
    if case .null? = config.value("header", "title") { title = nil }
    for part in ["label", "title"] { alignTurned(part, kind, &properties) }
    return HeaderPlan(
      title: title, fieldTitle: title ?? fieldTitle, properties: properties,
      format: formatPlan(definition, format: own["format"], formatType: own["formatType"]?.stringValue, isGuide: false),
      labelExpression: own["labelExpr"]?.stringValue.flatMap { expression($0) })
  }

  /// How turned texts of headers are anchored, unless their author says it.
  private func alignTurned(_ part: String, _ kind: String, _ properties: inout ValueObject) {
    let orient = properties[part + "Orient"]?.stringValue ?? properties["orient"]?.stringValue
    let isRow = orient.map { $0 == "left" || $0 == "right" } ?? (kind == "row")
    let (side, channel) = isRow ? ("left", Channel.y) : ("top", .x)
    // As written: the reference takes a negative angle for a small one here.
    guard let angle = properties[part + "Angle"]?.numberValue else { return }
    if properties[part + "Baseline"] == nil {
      properties[part + "Baseline"] = .string(labelBaseline(angle, side, channel) ?? "middle")
    }
    let anchor = properties[part + "Anchor"]?.stringValue
    if properties[part + "Align"] == nil, anchor == nil || anchor == "middle",
      let align = labelAlign(angle, side, channel)
    {
      properties[part + "Align"] = .string(align)
    }
  }

  private func layout(_ grid: GridDefinition, columns: Double?, spacingKey: String) -> LayoutPlan {
    var spacing = grid.spacing ?? config.value(spacingKey, "spacing") ?? .number(20)
    if case .object(var object) = spacing {
      for key in ["row", "column"] where object[key] == nil {
        object[key] = config.value(spacingKey, "spacing") ?? .number(20)
      }
      spacing = .object(object)
    }
    return LayoutPlan(
      spacing: spacing, columns: columns, align: grid.align ?? .string(spacingKey == "facet" ? "all" : "each"),
      bounds: grid.bounds ?? "full", center: grid.center ?? .bool(false))
  }

  // MARK: Legends and titles

  private func legend(_ component: LegendComponent) -> LegendPlan {
    var properties = GuideProperties()
    for member in config.object("legend")?.members ?? [] { properties[member.key] = guideValue(member.value) }
    for member in component.properties.members { properties[member.key] = guideValue(member.value) }
    let scaled = MarkProperty.legendScales.compactMap { property in
      component.scales.first { $0.property == property }.map {
        LegendScale(property: property, scale: $0.scale.plan.name)
      }
    }
    var plan = LegendPlan(scales: scaled, format: component.format, properties: properties)
    let title = component.titles.filter { !$0.isEmpty }.joined(separator: ", ")
    plan.title = title.isEmpty ? nil : title
    plan.labelExpression = setting("labelExpr", component)?.stringValue.flatMap { expression($0) }
    (plan.values, plan.valuesExpression) = (component.values, component.valuesExpression)
    plan.gradientSpan = component.gradientSpan
    plan.ownLabelOffset = component.properties["labelOffset"] != nil
    plan.showsAmounts = component.scales.contains { $0.scale.plan.channel.isColor && $0.scale.plan.type.isContinuous }
    plan.gradientOpacity = component.gradientOpacity
    plan.symbolEncode = component.symbolEncode.filter { entry in !scaled.contains { $0.property == entry.property } }
    if let fill = plan.symbolEncode.first(where: { $0.property == .fill }),
      fill.rules.first?.reference != .value(.string("transparent")),
      !plan.symbolEncode.contains(where: { $0.property == .stroke }),
      !scaled.contains(where: { $0.property == .stroke })
    {
      // Vega would give a filled symbol a grey outline.
      let none = EncodeRule(test: nil, reference: .value(.string("transparent")))
      plan.symbolEncode.append(EncodeEntry(property: .stroke, rules: [none]))
    }
    return plan
  }

  private func setting(_ key: String, _ component: LegendComponent) -> Value? {
    component.properties[key] ?? config.value("legend", key)
  }

  private func title(_ value: Value?, _ model: ViewModel) -> TitlePlan? {
    var properties = config.object("title") ?? ValueObject()
    // A title always hangs from its place, whatever the configuration says.
    properties["baseline"] = nil
    var text: Value
    switch value {
    case nil, .null?: return nil
    case .object(let object)?:
      if object["text"] == nil, object["expr"] == nil { return nil }
      text = object["text"] ?? .object(object)
      let styles = object["style"]
      if styles?.isPresent == true {
        // A style of its own takes the place of that of titles.
        for key in ["color", "font", "fontStyle", "lineHeight", "limit"] { properties[key] = nil }
        properties["fontSize"] = .number(11)
        properties["fontWeight"] = .string("normal")
      }
      for name in styles?.stringValue.map({ [$0] }) ?? styles?.arrayValue?.compactMap(\.stringValue) ?? [] {
        for member in config.object("style")?[name]?.objectValue?.members ?? [] {
          properties[member.key == "fill" ? "color" : member.key] = member.value
        }
      }
      for member in object.members where member.key != "text" && member.key != "subtitle" {
        properties[member.key] = member.value
      }
    case let other?: text = other
    }
    // Plots in a composition start their titles at the left edge of the plot.
    if model.isUnit || model.isLayer {
    } else if value?.objectValue?["anchor"] == nil, config.value("title", "anchor") == .string("middle") {
      properties["anchor"] = .string("start")
    }
    if model.isUnit || model.isLayer, properties["frame"] == nil,
      properties["anchor"].map({ $0 == .string("middle") }) ?? true
    {
      properties["frame"] = .string("group")
    }
    var plan = TitlePlan(
      lines: lines(text), subtitle: lines(value?.objectValue?["subtitle"] ?? .null), properties: properties)
    if case .object(let object) = text, let source = (object["expr"] ?? object["signal"])?.stringValue {
      plan.expression = expression(source)
    }
    if case .object(let object)? = value?.objectValue?["subtitle"],
      let source = (object["expr"] ?? object["signal"])?.stringValue
    {
      plan.subtitleExpression = expression(source)
    }
    return plan.lines.isEmpty && plan.expression == nil ? nil : plan
  }

  private func lines(_ value: Value) -> [String] {
    switch value {
    case .string(let text): text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    case .array(let list): list.map(\.asString)
    case .number, .bool: [value.asString]
    default: []
    }
  }
}
