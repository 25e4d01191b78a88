internal import AlmanacCore

/// Lays out each view's steps from its source to the table of its marks.
/// https://github.com/vega/vega-lite/blob/main/src/compile/data/parse.ts (`parseData`)
extension ChartCompiler {
  func add(_ operation: DataOperation, to parent: Int?) -> Int {
    steps.append(DataStep(parent: parent, operation: operation))
    return steps.count - 1
  }

  func parseData(_ model: ViewModel, parentStep: Int?) {
    var head = source(model, parentStep: parentStep)
    for transform in model.common.transforms { head = apply(transform, to: head, in: model) }
    switch model.kind {
    case .layer, .concat:
      model.raw = head
      model.main = head
      for child in model.children { parseData(child, parentStep: head) }
    case .facet:
      for definition in [model.facet.row, model.facet.column, model.facet.facet] {
        guard let definition else { continue }
        head = prepare(definition, .facet, head, in: model)
      }
      model.raw = head
      model.main = head
      for child in model.children { parseData(child, parentStep: head) }
    case .unit: parseUnitData(model, head)
    }
  }

  private func source(_ model: ViewModel, parentStep: Int?) -> Int {
    guard var data = model.common.data else {
      return parentStep
        ?? add(
          .source(DataDefinition(source: .inline(.array([.object(ValueObject())])), format: ValueObject())), to: nil)
    }
    data = named(data)
    return source(data)
  }

  /// Data that are only named, with the rows that the name stands for: those of `datasets`, or of a view before.
  private func named(_ data: DataDefinition) -> DataDefinition {
    guard case .named(let name) = data.source else { return data }
    var data = data
    if let values = datasets?[name] {
      data.source = .inline(values)
    } else if let given = namedData[name] {
      return given
    }
    return data
  }

  func source(_ data: DataDefinition) -> Int {
    if let name = data.name, data.source != .named(name), namedData[name] == nil { namedData[name] = data }
    // Sources are few; comparing them is cheaper than hashing all rows that stand in a spec.
    for index in sourceSteps {
      if case .source(let other) = steps[index].operation, other.format == data.format, other.source == data.source {
        return index
      }
    }
    let step = add(.source(data), to: nil)
    sourceSteps.append(step)
    return step
  }

  // MARK: Steps that the encoding asks for

  /// Parsing, bins and time units of one channel.
  private func prepare(_ definition: ChannelDefinition, _ channel: Channel, _ head: Int, in model: ViewModel) -> Int {
    guard definition.field != nil else { return head }
    var head = head
    if definition.isBinning { head = bin(definition, channel, head, in: model) }
    if definition.timeUnit != nil || definition.type == .temporal {
      head = timeUnit(definition, channel, head, in: model)
    }
    return head
  }

  private func parseUnitData(_ model: ViewModel, _ start: Int) {
    var head = start
    var parsed: [ParsedField] = []
    var done: Set<String> = []
    func addParse(_ definition: ChannelDefinition) {
      guard let field = definition.field, !done.contains(field.text) else { return }
      if self.isTime(definition) {
        parsed.append(ParsedField(field: field, kind: "date"))
      } else if case .operation(let operation)? = definition.aggregate, operation == .min || operation == .max {
        parsed.append(ParsedField(field: field, kind: "number"))
      } else {
        return
      }
      done.insert(field.text)
    }
    model.encoding.forEachField { definition, _ in addParse(definition) }
    for channel in [Channel.x2, .y2] {
      // An interval's end is of the kind of its start.
      guard var end = model.encoding[channel], let start = model.encoding[channel.main], end.type == nil else {
        continue
      }
      end.type = start.type
      addParse(end)
    }
    if !parsed.isEmpty { head = add(.parse(parsed), to: head) }
    for channel in [(Channel.longitude, Channel.latitude, ""), (.longitude2, .latitude2, "2")] {
      guard let longitude = model.encoding[channel.0], let latitude = model.encoding[channel.1] else { continue }
      let names = ["\(model.named("x"))\(channel.2)_geo", "\(model.named("y"))\(channel.2)_geo"]
      head = add(
        .project(
          longitude: geoPath(longitude, &head), latitude: geoPath(latitude, &head), as: names,
          projection: projectionName(model)), to: head)
    }
    model.encoding.forEachField { definition, channel in
      if definition.isBinning { head = self.bin(definition, channel, head, in: model) }
    }
    for channel in [Channel.x, .y] where model.encoding[channel.secondary!] == nil {
      // Bins made beforehand, of a known width, end where the next begins.
      guard let definition = model.encoding[channel], definition.isBinned,
        let step = definition["binStep"]?.numberValue,
        let end = expression("\(datumText(definition.path())) + \(Value.format(step))")
      else { continue }
      head = add(.calculate(end, as: definition.column("end")), to: head)
    }
    model.encoding.forEachField { definition, channel in
      if definition.timeUnit != nil { head = self.timeUnit(definition, channel, head, in: model) }
    }
    for entry in model.encoding.entries where entry.channel.hasScale {
      guard let definition = entry.definitions.first, definition.isField, case .array(let order)? = definition["sort"]
      else { continue }
      head = add(
        .sortIndex(field: definition.path(), order: order, as: sortIndexName(model, entry.channel, definition)),
        to: head)
    }
    model.raw = head
    head = aggregate(model, head)
    head = impute(model, head)
    head = stack(model, head)
    model.domainStep = head
    let invalid = config.mark("invalid", model.mark)
    var mode = invalid?.stringValue ?? (invalid?.isNull == true ? "show" : "break-paths-show-path-domains")
    if case .null? = invalid { mode = "show" }
    let isPath = model.mark.type.isPath
    let filtersMarks: Bool
    let filtersDomains: Bool
    switch mode {
    case "filter": (filtersMarks, filtersDomains) = (true, true)
    case "show": (filtersMarks, filtersDomains) = (false, false)
    case "break-paths-filter-domains": (filtersMarks, filtersDomains) = (!isPath, true)
    default: (filtersMarks, filtersDomains) = (!isPath, !isPath)
    }
    let filtered = filtersMarks || filtersDomains ? filterInvalid(model, head) : head
    model.main = filtersMarks ? filtered : head
    model.domainStep = filtersDomains ? filtered : head
    for parameter in model.common.parameters where parameter.selection != nil {
      selectedTables[parameter.name] = model.main
    }
    model.categoryStep = filtersDomains ? filtered : model.main
  }

  /// Whether a field's values are read as dates: by its kind, unless its format says otherwise.
  private func isTime(_ definition: ChannelDefinition) -> Bool {
    let guides = ["axis", "legend", "header"].lazy.compactMap { definition[$0]?.objectValue?["formatType"] }
    let formatType = (definition["formatType"] ?? guides.first)?.stringValue
    return formatType == "time" || formatType == nil && (definition.type == .temporal || definition.timeUnit != nil)
  }

  private func geoPath(_ definition: ChannelDefinition, _ head: inout Int) -> FieldPath {
    if let datum = definition.datum ?? definition.value {
      let name = "geo_" + Value.format(datum.asNumber)
      if let constant = expression(Value.format(datum.asNumber)) {
        head = add(.calculate(constant, as: name), to: head)
      }
      return FieldPath(column: name)
    }
    return definition.path()
  }

  func sortIndexName(_ model: ViewModel, _ channel: Channel, _ definition: ChannelDefinition) -> String {
    "\(channel.rawValue)_\(definition.column())_sort_index"
  }

  /// Names under which a bin step keeps its start, stop and step.
  func binSignal(_ model: ViewModel, _ definition: ChannelDefinition) -> String {
    model.named(definition.column()) + "_bins"
  }

  private func bin(_ definition: ChannelDefinition, _ channel: Channel, _ head: Int, in model: ViewModel) -> Int {
    guard case .parameters(var parameters)? = definition.bin, let field = definition.field else { return head }
    var extent: Expression?
    if let object = parameters["extent"]?.objectValue {
      if let name = object["param"]?.stringValue ?? object["selection"]?.stringValue, selections[name] == nil {
        extent = expression(name)
      }
      if let text = (object["expr"] ?? object["signal"])?.stringValue { extent = expression(text) }
      parameters["extent"] = nil
    }
    let isDiscrete = definition.type == .ordinal || definition.type == .nominal
    let step = BinStep(
      field: field, parameters: parameters, start: definition.column(), end: definition.column("end"),
      signal: binSignal(model, definition),
      label: isDiscrete || channel.isFacet ? definition.column("range") : nil,
      labelFormat: rangeFormat(definition, channel),
      extentSignal: extent)
    // The same bin on two channels is made once.
    var at: Int? = head
    while let index = at {
      if case .bin(let other) = steps[index].operation, other.start == step.start, other.parameters == step.parameters,
        other.label == step.label
      {
        return head
      }
      if steps[index].parent == nil { break }
      at = steps[index].parent
    }
    return add(.bin(step), to: head)
  }

  /// How the ends of bins are written that stand as categories: as their guide says, else as all numbers are.
  private func rangeFormat(_ definition: ChannelDefinition, _ channel: Channel) -> Value? {
    let guide = definition[channel.isPosition ? "axis" : "legend"]?.objectValue
    return guide?["format"] ?? config["numberFormat"]
  }

  private func timeUnit(_ definition: ChannelDefinition, _ channel: Channel, _ head: Int, in model: ViewModel) -> Int {
    guard let field = definition.field else { return head }
    var head = head
    if channel.isFacet { head = add(.parse([ParsedField(field: field, kind: "date")]), to: head) }
    if let unit = definition.timeUnit, unit.binned, let part = unit.parts.last, let name = definition.field?.columnName
    {
      // Binned beforehand: only the end of each interval is to be found.
      let interval = part == "date" || part == "dayofyear" ? "date" : part
      let text = "timeOffset(\(quoted(interval)), datum[\(quoted(name))], \(Value.format(unit.step ?? 1)))"
      if let next = expression(text) { head = add(.calculate(next, as: definition.column("end")), to: head) }
      return shiftRectangles(definition, channel, head, in: model)
    }
    guard let unit = definition.timeUnit, !unit.binned else { return head }
    let names = [definition.column(), definition.column("end")]
    var at: Int? = head
    while let index = at {
      if case .timeUnit(_, _, let others) = steps[index].operation, others == names { return head }
      if case .source = steps[index].operation { break }
      at = steps[index].parent
    }
    head = add(.timeUnit(unit, field: field, as: names), to: head)
    return shiftRectangles(definition, channel, head, in: model)
  }

  /// Rectangles that do not stand in the middle of their unit reach into its neighbour.
  private func shiftRectangles(
    _ definition: ChannelDefinition, _ channel: Channel, _ start: Int, in model: ViewModel
  ) -> Int {
    guard let shift = rectangleShift(definition, channel, model), let interval = definition.timeUnit?.parts.last else {
      return start
    }
    let name = definition.column()
    let (from, to) = ("datum[\(quoted(name))]", "datum[\(quoted(definition.column("end")))]")
    let step = quoted(interval)
    let (first, second) =
      shift < 0.5
      ? (
        "\(0.5 - shift) * timeOffset(\(step), \(from), -1) + \(0.5 + shift) * \(from)",
        "\(0.5 - shift) * \(from) + \(0.5 + shift) * \(to)"
      )
      : (
        "\(1.5 - shift) * \(from) + \(shift - 0.5) * \(to)",
        "\(1.5 - shift) * \(to) + \(shift - 0.5) * timeOffset(\(step), \(to), 1)"
      )
    var head = start
    if let a = expression(first), let b = expression(second) {
      head = add(.calculate(a, as: name + "_offsetted_rect_start"), to: head)
      head = add(.calculate(b, as: name + "_offsetted_rect_end"), to: head)
    }
    return head
  }

  /// The band position of a rectangle over a time unit, where it is not the middle.
  func rectangleShift(_ definition: ChannelDefinition, _ channel: Channel, _ model: ViewModel) -> Double? {
    guard model.isUnit, channel.isPosition, model.mark.type.isRectBased, model.mark.type != .tick,
      model.encoding[channel.secondary!] == nil,
      definition.timeUnit != nil
    else { return nil }
    let band = definition.bandPosition ?? config.markConfig("timeUnitBandPosition", model.mark)?.numberValue ?? 0.5
    return band == 0.5 ? nil : band
  }

  private func aggregate(_ model: ViewModel, _ head: Int) -> Int {
    guard isAggregate(model.encoding) else { return head }
    var fields: [AggregateField] = []
    var groupBy: [FieldPath] = []
    func group(_ path: FieldPath) {
      if !groupBy.contains(where: { $0.columnName == path.columnName }) { groupBy.append(path) }
    }
    func measure(_ field: AggregateField) { if !fields.contains(field) { fields.append(field) } }
    model.encoding.forEachField { definition, channel in
      switch definition.aggregate {
      case .operation(let operation)?:
        measure(AggregateField(operation, operation == .count ? nil : definition.field, as: definition.column()))
        // A shape needs the whole extent for its scale when the domain is unaggregated.
        if channel.hasScale, self.isUnaggregated(definition), let field = definition.field {
          measure(AggregateField(.min, field, as: "min_" + field.columnName))
          measure(AggregateField(.max, field, as: "max_" + field.columnName))
        }
      case .argmin(let argument)?: measure(AggregateField(.argmin, argument, as: definition.column()))
      case .argmax(let argument)?: measure(AggregateField(.argmax, argument, as: definition.column()))
      case nil:
        group(definition.path())
        if definition.isBinning {
          group(FieldPath(column: definition.column("end")))
          if definition.type == .ordinal || definition.type == .nominal {
            group(FieldPath(column: definition.column("range")))
          }
        }
        if definition.timeUnit != nil { group(FieldPath(column: definition.column("end"))) }
        if self.rectangleShift(definition, channel, model) != nil {
          group(FieldPath(column: definition.column() + "_offsetted_rect_start"))
          group(FieldPath(column: definition.column() + "_offsetted_rect_end"))
        }
        if channel.hasScale, case .array? = definition["sort"] {
          group(FieldPath(column: self.sortIndexName(model, channel, definition)))
        }
      }
    }
    for field in model.facetFields { group(field) }
    for field in facetExtras(model) { group(field) }
    return add(.aggregate(fields: fields, groupBy: groupBy), to: head)
  }

  /// Ends and labels of facets' bins and the fields that sort facets, so that they outlive aggregation.
  private func facetExtras(_ model: ViewModel) -> [FieldPath] {
    var result: [FieldPath] = []
    var at = model.parent
    while let view = at {
      if view.isFacet {
        for definition in [view.facet.row, view.facet.column, view.facet.facet] {
          guard let definition else { continue }
          if definition.isBinning {
            result.append(FieldPath(column: definition.column("end")))
            result.append(FieldPath(column: definition.column("range")))
          }
        }
      }
      at = view.parent
    }
    return result
  }

  private func impute(_ model: ViewModel, _ head: Int) -> Int {
    var head = head
    for entry in model.encoding.entries where entry.channel == .x || entry.channel == .y {
      guard let definition = entry.definitions.first, let impute = definition["impute"]?.objectValue else { continue }
      let keyChannel: Channel = entry.channel == .x ? .y : .x
      guard let key = model.encoding[keyChannel] else { continue }
      let groupBy = seriesFields(model) + model.facetFields
      head = add(
        // The fields are those of the data, whatever has been made of them before.
        .impute(
          imputeDefinition(
            impute, field: definition.field ?? definition.path(), key: key.field ?? key.path(), groupBy: groupBy)),
        to: head)
    }
    return head
  }

  /// Fields that part the rows of a path into series.
  func seriesFields(_ model: ViewModel) -> [FieldPath] {
    var result: [FieldPath] = []
    for channel in [
      Channel.color, .fill, .stroke, .opacity, .fillOpacity, .strokeOpacity, .strokeWidth, .size, .shape, .strokeDash,
      .detail, .key, .order,
    ] {
      // An order does not part lines; areas are stacked by it.
      if channel == .order, model.mark.type != .area { continue }
      if channel == .size, model.mark.type == .trail { continue }
      for definition in model.encoding.definitions(channel) {
        for field in [definition] + definition.conditions.flatMap(\.definition)
        where field.isField && !field.isAggregated {
          let path = field.path()
          if !result.contains(path) { result.append(path) }
        }
      }
    }
    return result
  }

  private func stack(_ model: ViewModel, _ head: Int) -> Int {
    var head = head
    guard let stack = model.stack, let definition = model.encoding[stack.fieldChannel], definition.isField else {
      return head
    }
    var groupBy: [FieldPath] = []
    for channel in stack.groupBy {
      guard let dimension = model.encoding[channel] else { continue }
      if stack.impute, dimension.isBinning, !(scaleType(channel, dimension, model)?.isDiscrete ?? false) {
        // Borders of stacked areas stand in the middle of their bins.
        let (start, end) = ("datum[\(quoted(dimension.column()))]", "datum[\(quoted(dimension.column("end")))]")
        let text = "isValid(\(start)) && isFinite(+\(start)) ? 0.5 * \(start) + 0.5 * \(end) : \(start)"
        if let middle = expression(text) { head = add(.calculate(middle, as: dimension.column("mid")), to: head) }
        groupBy.append(FieldPath(column: dimension.column("mid")))
        continue
      }
      groupBy.append(dimension.path())
    }
    var imputeKey: FieldPath?
    if stack.impute { imputeKey = groupBy.first }
    groupBy += model.facetFields
    var sort: [SortKey] = []
    let orders = model.encoding.definitions(.order).filter(\.isField)
    if !orders.isEmpty {
      sort = orders.map { SortKey($0.path(), descending: $0["sort"]?.stringValue == "descending") }
    } else {
      let order = model.encoding[.order]?["sort"]?.stringValue
      let descending = order.map { $0 == "descending" } ?? (stack.fieldChannel == .y)
      for part in stack.stackBy {
        let path = part.definition.path()
        if part.channel.isColor, part.definition.type == .nominal || part.definition.type == .ordinal,
          case .array(let domain)? = part.definition.scaleProperties?["domain"], !domain.isEmpty,
          part.definition.type == .nominal
        {
          // A nominal colour with a domain of its own is stacked in that order.
          return stackStep(
            model, stack, definition, groupBy, imputeKey,
            sort: [SortKey(FieldPath(column: rankName(part.definition)), descending: descending)],
            head: add(.sortIndex(field: path, order: domain, as: rankName(part.definition)), to: head))
        }
        if !sort.contains(where: { $0.field == path }) { sort.append(SortKey(path, descending: descending)) }
      }
    }
    return stackStep(model, stack, definition, groupBy, imputeKey, sort: sort, head: head)
  }

  private func rankName(_ definition: ChannelDefinition) -> String { "_\(definition.column())_sort_index" }

  private func stackStep(
    _ model: ViewModel, _ stack: StackProperties, _ definition: ChannelDefinition, _ groupBy: [FieldPath],
    _ imputeKey: FieldPath?,
    sort: [SortKey], head: Int
  ) -> Int {
    add(
      .stack(
        StackStep(
          groupBy: groupBy, field: definition.path(), sort: sort, offset: stack.offset,
          names: [definition.column() + "_start", definition.column() + "_end"], imputeKey: imputeKey,
          imputeGroupBy: stack.stackBy.map { $0.definition.path() } + model.facetFields)), to: head)
  }

  private func filterInvalid(_ model: ViewModel, _ head: Int) -> Int {
    // One test for each field of the data: the last channel that shows it says of what.
    var fields: [(field: FieldPath?, path: FieldPath)] = []
    for (channel, definition) in scaledChannels(model) {
      guard definition.isField, let type = scaleType(channel, definition, model),
        type.isContinuous || type.isDiscretizing, !definition.isCounting,
        config.object("scale")?["invalid"]?.member(channel.rawValue).isPresent != true
      else { continue }
      // A stack's own column may be missing in single rows without harm: its ends are sums.
      fields.removeAll { $0.field == definition.field }
      fields.append((definition.field, definition.path()))
    }
    return fields.isEmpty ? head : add(.filterInvalid(fields.map(\.path)), to: head)
  }

  // MARK: Transforms of the spec

  private func apply(_ transform: TransformDefinition, to head: Int, in model: ViewModel) -> Int {
    // Inside a facet every cell is computed for itself; a facet's own transforms come before its rows are shared out.
    let facets = model.isFacet ? model.parent?.facetFields ?? [] : model.facetFields
    switch transform {
    case .filter(let predicate):
      return filterExpression(predicate, head: head) { add(.filter($0), to: $1) }
    case .calculate(let expression, let name): return add(.calculate(expression, as: name), to: head)
    case .aggregate(let fields, let groupBy):
      // The ends of facets' bins are told in headers.
      return add(.aggregate(fields: fields, groupBy: groupBy + facets + facetExtras(model)), to: head)
    case .joinAggregate(let fields, let groupBy):
      return add(.joinAggregate(fields: fields, groupBy: groupBy + facets), to: head)
    case .bin(var parameters, let field, let names):
      if parameters["maxbins"] == nil, parameters["step"] == nil { parameters["maxbins"] = .number(10) }
      let start = names.first ?? binName(parameters) + "_" + field.columnName
      var extent: Expression?
      if let object = parameters["extent"]?.objectValue {
        if let name = object["param"]?.stringValue, selections[name] == nil { extent = expression(name) }
        if let text = (object["expr"] ?? object["signal"])?.stringValue { extent = expression(text) }
        parameters["extent"] = nil
      }
      return add(
        .bin(
          BinStep(
            field: field, parameters: parameters, start: start, end: names.count > 1 ? names[1] : start + "_end",
            signal: model.named(binName(parameters) + "_" + field.columnName) + "_bins", label: nil, labelFormat: nil,
            extentSignal: extent)),
        to: head)
    case .timeUnit(let unit, let field, let name):
      let parsed = add(.parse([ParsedField(field: field, kind: "date")]), to: head)
      return add(.timeUnit(unit, field: field, as: [name, name + "_end"]), to: parsed)
    case .stack(let field, let groupBy, let sort, let offset, let names):
      return add(
        .stack(
          StackStep(
            groupBy: groupBy + facets, field: field, sort: sort, offset: offset,
            names: names.count > 1 ? names : [field.columnName + "_start", field.columnName + "_end"],
            imputeKey: nil, imputeGroupBy: [])), to: head)
    case .window(var window):
      window.groupBy += facets
      return add(.window(window), to: head)
    case .fold(let fields, let names): return add(.fold(fields, as: names), to: head)
    case .flatten(let fields, let names, let index): return add(.flatten(fields, as: names, index: index), to: head)
    case .pivot(let field, let value, let groupBy, let operation, let limit):
      return add(
        .pivot(field: field, value: value, groupBy: groupBy + facets, operation: operation, limit: limit), to: head)
    case .lookup(let lookup):
      guard let data = lookup.data else { return self.lookup(lookup, inSelectionFor: model, head: head) }
      return add(.lookup(lookup, from: source(named(data))), to: head)
    case .impute(var impute):
      impute.groupBy += facets
      return add(.impute(impute), to: head)
    case .sample(let count): return add(.sample(count), to: head)
    case .extent(let field, let parameter): return add(.extent(field, signal: parameter), to: head)
    case .density(let options, let field, let groupBy, let names):
      return add(.density(options, field: field, groupBy: groupBy + facets, as: names), to: head)
    case .regression(let options, let field, let on, let groupBy, let names):
      return add(.regression(options, field: field, on: on, groupBy: groupBy + facets, as: names), to: head)
    case .loess(let bandwidth, let field, let on, let groupBy, let names):
      return add(.loess(bandwidth: bandwidth, field: field, on: on, groupBy: groupBy + facets, as: names), to: head)
    case .quantile(let field, let groupBy, let probabilities, let step, let names):
      return add(
        .quantile(field: field, groupBy: groupBy + facets, probabilities: probabilities, step: step, as: names),
        to: head)
    }
  }

  /// Looks up among the rows that a selection holds before anyone touches the picture: all of them if it holds none.
  private func lookup(_ lookup: LookupDefinition, inSelectionFor model: ViewModel, head: Int) -> Int {
    guard let name = lookup.parameter, let table = selectedTables[name] else {
      warn(
        "chart.unsupported",
        "a lookup at 'transform.lookup' needs data, or the selection of a view that stands before it",
        at: model.common.span)
      return head
    }
    var lookup = lookup
    if lookup.fields.isEmpty, lookup.names.isEmpty { lookup.names = [name] }
    let selected = expression(parameterText(name, empty: true)).map { add(.filter($0), to: table) } ?? table
    return add(.lookup(lookup, from: selected), to: head)
  }

  private func filterExpression(_ predicate: Value, head: Int, _ make: (Expression, Int) -> Int) -> Int {
    let prepared = predicateSteps(predicate, head: head)
    guard let text = predicateText(predicate), let parsed = expression(text) else { return prepared }
    return make(parsed, prepared)
  }
}
