internal import AlmanacCore

/// Boxplots, error bars and error bands as layers of plain marks.
/// https://github.com/vega/vega-lite/tree/main/src/compositemark
extension Normalizer {
  mutating func compositeMark(_ common: ViewCommon, _ mark: MarkDefinition, _ encoding: Encoding) -> ViewSpecification {
    guard let parts = CompositeParts(mark, encoding, config: config) else {
      diagnostics.append(
        .error(
          "chart.composite-mark", "mark '\(mark.type.rawValue)' needs a quantitative 'x' or 'y'", at: mark.span,
          hint: "give one of both a field with type 'quantitative'"))
      return .layer(common, Encoding(), [])
    }
    switch mark.type {
    case .boxplot: return boxplot(common, mark, parts)
    default: return errorMark(common, mark, parts)
    }
  }

  // MARK: Boxplots

  private func boxplot(_ common: ViewCommon, _ mark: MarkDefinition, _ parts: CompositeParts) -> ViewSpecification {
    let settings = config.object("boxplot") ?? ValueObject()
    let extent = mark["extent"] ?? settings["extent"] ?? .number(1.5)
    let size = config.mark("size", mark)
    let field = parts.field
    let name = field.columnName
    func datum(_ column: String) -> String { "datum[\"\(column)\"]" }
    var plain = parts.shared
    plain[.color] = nil
    plain[.size] = nil
    func part(
      _ key: String, _ type: MarkType, _ properties: ValueObject, from: String, to: String? = nil, _ shared: Encoding
    ) -> [ViewSpecification] {
      self.part(
        key, mark, settings, type, properties,
        parts.encoding(from: "\(from)_\(name)", to: to.map { "\($0)_\(name)" }, shared: shared))
    }
    let ticks = ValueObject(["color": "black", "opacity": 1, "orient": .string(parts.tickOrient)])
    let whiskers =
      part("rule", .rule, ValueObject(), from: "lower_whisker", to: "lower_box", plain)
      + part("rule", .rule, ValueObject(), from: "upper_box", to: "upper_whisker", plain)
      + part("ticks", .tick, ticks, from: "lower_whisker", plain)
      + part("ticks", .tick, ticks, from: "upper_whisker", plain)
    var box = ValueObject(["orient": .string(parts.orient)])
    if let size { box["size"] = size }
    var median = ValueObject(["orient": .string(parts.tickOrient)])
    if let color = settings["median"]?.member("color"), color.isPresent { median["color"] = color }
    if let size { median["size"] = size }
    var middle = plain
    middle[.size] = parts.shared[.size]
    // A box without height would hide a white median.
    var condition = ChannelDefinition(span: mark.span)
    var always = parts.shared[.color] ?? ChannelDefinition(span: mark.span)
    if parts.shared[.color] == nil {
      always.value =
        settings["box"]?.member("color").isPresent == true
        ? settings["box"]!.member("color") : config.value("mark", "color") ?? "#4c78a8"
    }
    condition.conditions = [
      ChannelCondition(
        test: .string("\(datum("lower_box_\(name)")) >= \(datum("upper_box_\(name)"))"), parameter: nil, empty: nil,
        definition: [always])
    ]
    middle[.color] = condition
    let isMinMax = extent.stringValue == "min-max"
    let boxes =
      (isMinMax ? whiskers : []) + part("box", .bar, box, from: "lower_box", to: "upper_box", parts.shared)
      + part("median", .tick, median, from: "mid_box", middle)
    var quartiles = [
      AggregateField(.q1, field, as: "lower_box_\(name)"), AggregateField(.q3, field, as: "upper_box_\(name)"),
      AggregateField(.median, field, as: "mid_box_\(name)"),
    ]
    quartiles += [
      AggregateField(.min, field, as: isMinMax ? "lower_whisker_\(name)" : "min_\(name)"),
      AggregateField(.max, field, as: isMinMax ? "upper_whisker_\(name)" : "max_\(name)"),
    ]
    let aggregate = TransformDefinition.aggregate(fields: parts.aggregates + quartiles, groupBy: parts.groupBy)
    if isMinMax {
      var outer = common
      outer.transforms += parts.transforms + [aggregate]
      return .layer(outer, Encoding(), boxes)
    }
    let reach = Value.format(extent.numberValue ?? 1.5)
    let (low, high) = (datum("lower_box_\(name)"), datum("upper_box_\(name)"))
    let lowest = "\(low) - \(reach) * (\(high) - \(low))"
    let highest = "\(high) + \(reach) * (\(high) - \(low))"
    let value = field.keys.reduce("datum") { "\($0)[\"\($1)\"]" }
    var inner = ViewCommon(span: common.span)
    inner.transforms = [
      .filter(.string("(\(lowest) <= \(value)) && (\(value) <= \(highest))")),
      .aggregate(
        fields: [
          AggregateField(.min, field, as: "lower_whisker_\(name)"),
          AggregateField(.max, field, as: "upper_whisker_\(name)"),
          AggregateField(.min, FieldPath(column: "lower_box_\(name)"), as: "lower_box_\(name)"),
          AggregateField(.max, FieldPath(column: "upper_box_\(name)"), as: "upper_box_\(name)"),
        ] + parts.aggregates, groupBy: parts.groupBy),
    ]
    let whiskerLayer = ViewSpecification.layer(inner, Encoding(), whiskers)
    var outlierEncoding = Encoding()
    var axis = parts.continuous
    axis.aggregate = nil
    axis["title"] = axis["title"] ?? .string(field.keys.joined(separator: "."))
    outlierEncoding[parts.channel] = axis
    for entry in parts.shared.entries where entry.channel != .size && entry.channel != .tooltip {
      outlierEncoding.all(entry.channel, entry.definitions)
    }
    var outliers = self.part("outliers", mark, settings, .point, ValueObject(), outlierEncoding)
    var sides = ViewCommon(span: common.span)
    sides.transforms = parts.transforms + [.joinAggregate(fields: quartiles, groupBy: parts.groupBy)]
    for index in outliers.indices {
      outliers[index].common.transforms = [.filter(.string("(\(value) < \(lowest)) || (\(value) > \(highest))"))]
    }
    var boxCommon = ViewCommon(span: common.span)
    boxCommon.transforms = parts.transforms + [aggregate]
    return .layer(
      common, Encoding(), [.layer(sides, Encoding(), outliers + [whiskerLayer]), .layer(boxCommon, Encoding(), boxes)])
  }

  // MARK: Error bars and bands

  private func errorMark(_ common: ViewCommon, _ mark: MarkDefinition, _ parts: CompositeParts) -> ViewSpecification {
    let kind = mark.type.rawValue
    let settings = config.object(kind) ?? ValueObject()
    let field = parts.field
    let name = field.columnName
    var common = common
    var transforms: [TransformDefinition] = parts.transforms
    func calculate(_ text: String, _ column: String) -> TransformDefinition? {
      parseExpression(text, at: mark.span).value.map { .calculate($0, as: column) }
    }
    let value = field.keys.reduce("datum") { "\($0)[\"\($1)\"]" }
    if let second = parts.second, let other = second.field {
      let end = other.keys.reduce("datum") { "\($0)[\"\($1)\"]" }
      transforms += [calculate(value, "lower_\(name)"), calculate(end, "upper_\(name)")].compactMap { $0 }
    } else if let error = parts.error {
      func amount(_ definition: ChannelDefinition) -> String {
        definition.field.map { $0.keys.reduce("datum") { "\($0)[\"\($1)\"]" } }
          ?? Value.format((definition.value ?? definition.datum ?? .number(0)).asNumber)
      }
      transforms += [
        calculate("\(value) + \(amount(error))", "upper_\(name)"),
        calculate(parts.error2.map { "\(value) + \(amount($0))" } ?? "\(value) - \(amount(error))", "lower_\(name)"),
      ].compactMap { $0 }
    } else {
      // The configuration's extent and centre are not asked for, as in the reference.
      let given = mark["extent"]?.stringValue
      let center = mark["center"]?.stringValue ?? (given == "iqr" ? "median" : "mean")
      let extent = given ?? (center == "mean" ? "stderr" : "iqr")
      switch extent {
      case "stderr", "stdev":
        transforms.append(
          .aggregate(
            fields: [
              AggregateField(extent == "stdev" ? .stdev : .stderr, field, as: "extent_\(name)"),
              AggregateField(AggregateOperation(rawValue: center) ?? .mean, field, as: "center_\(name)"),
            ] + parts.aggregates, groupBy: parts.groupBy))
        transforms += [
          calculate("datum[\"center_\(name)\"] + datum[\"extent_\(name)\"]", "upper_\(name)"),
          calculate("datum[\"center_\(name)\"] - datum[\"extent_\(name)\"]", "lower_\(name)"),
        ].compactMap { $0 }
      default:
        let isInterval = extent == "ci"
        transforms.append(
          .aggregate(
            fields: [
              AggregateField(isInterval ? .ci0 : .q1, field, as: "lower_\(name)"),
              AggregateField(isInterval ? .ci1 : .q3, field, as: "upper_\(name)"),
              AggregateField(isInterval ? .mean : .median, field, as: "center_\(name)"),
            ] + parts.aggregates, groupBy: parts.groupBy))
      }
    }
    common.transforms += transforms
    let (lower, upper) = ("lower_\(name)", "upper_\(name)")
    func part(_ key: String, _ type: MarkType, _ properties: ValueObject, from: String, to: String? = nil)
      -> [ViewSpecification]
    {
      self.part(key, mark, settings, type, properties, parts.encoding(from: from, to: to, shared: parts.shared))
    }
    var layers: [ViewSpecification]
    if mark.type == .errorbar {
      var tick = ValueObject(["orient": .string(parts.tickOrient)])
      var rule = ValueObject()
      if let thickness = mark["thickness"] {
        tick["thickness"] = thickness
        rule["size"] = thickness
      }
      if let size = mark["size"] { tick["size"] = size }
      layers =
        part("ticks", .tick, tick, from: lower) + part("ticks", .tick, tick, from: upper)
        + part("rule", .rule, rule, from: lower, to: upper)
    } else {
      var curve = ValueObject()
      for key in ["interpolate", "tension"] { if parts.isTwoDimensional, let value = mark[key] { curve[key] = value } }
      layers =
        part("band", parts.isTwoDimensional ? .area : .rect, curve, from: lower, to: upper)
        + part("borders", parts.isTwoDimensional ? .line : .rule, curve, from: lower)
        + part("borders", parts.isTwoDimensional ? .line : .rule, curve, from: upper)
    }
    return .layer(common, Encoding(), layers)
  }

  /// One part, if the mark or its configuration wants it.
  private func part(
    _ key: String, _ mark: MarkDefinition, _ settings: ValueObject, _ type: MarkType, _ properties: ValueObject,
    _ encoding: Encoding
  ) -> [ViewSpecification] {
    let own = mark[key]
    let configured = settings[key]
    let isWanted: Bool
    switch own {
    case .bool(let flag)?: isWanted = flag
    case .object?: isWanted = true
    case .null?: isWanted = false
    default:
      switch configured {
      case .bool(let flag)?: isWanted = flag
      case .object?: isWanted = true
      default: isWanted = false
      }
    }
    guard isWanted else { return [] }
    var definition = MarkDefinition(type, configured?.objectValue ?? ValueObject(), span: mark.span)
    for name in ["clip", "color", "opacity"] { if let value = mark[name] { definition[name] = value } }
    for member in properties.members { definition[member.key] = member.value }
    definition["style"] = .string("\(mark.type.rawValue)-\(key)")
    if let invalid = mark["invalid"] { definition["invalid"] = invalid }
    for member in own?.objectValue?.members ?? [] { definition[member.key] = member.value }
    if let given = definition["type"]?.stringValue.flatMap(MarkType.init) { definition.type = given }
    definition["type"] = nil
    return [.unit(ViewCommon(span: mark.span), definition, encoding)]
  }
}

/// A composite mark's encoding taken apart: the channel that is summed up, and the rest.
private struct CompositeParts {
  var channel: Channel
  var continuous: ChannelDefinition
  var second: ChannelDefinition?
  var error: ChannelDefinition?
  var error2: ChannelDefinition?
  /// The other channels, their bins and time units computed beforehand.
  var shared = Encoding()
  var transforms: [TransformDefinition] = []
  var aggregates: [AggregateField] = []
  var groupBy: [FieldPath] = []
  var isTwoDimensional: Bool
  let config: Config
  var field: FieldPath { continuous.field ?? FieldPath("") }
  var orient: String { channel == .y ? "vertical" : "horizontal" }
  var tickOrient: String { channel == .y ? "horizontal" : "vertical" }

  init?(_ mark: MarkDefinition, _ encoding: Encoding, config: Config) {
    self.config = config
    func isContinuous(_ definition: ChannelDefinition?) -> Bool {
      guard let definition, definition.field != nil, !definition.isBinning else { return false }
      if let type = definition.type { return type.isContinuous }
      return definition.timeUnit != nil || definition.isAggregated
    }
    let (x, y) = (encoding[.x], encoding[.y])
    switch (isContinuous(x), isContinuous(y)) {
    case (true, true) where mark["orient"] != nil: channel = mark["orient"] == .string("horizontal") ? .x : .y
    case (true, true):
      let (xTime, yTime) = (x?.type == .temporal || x?.timeUnit != nil, y?.type == .temporal || y?.timeUnit != nil)
      if xTime != yTime {
        channel = xTime ? .y : .x
      } else {
        channel = (mark["orient"]?.stringValue ?? "vertical") == "vertical" ? .y : .x
      }
    case (true, false): channel = .x
    case (false, true): channel = .y
    default: return nil
    }
    guard var axis = encoding[channel] else { return nil }
    axis.aggregate = nil
    continuous = axis
    second = encoding[channel == .x ? .x2 : .y2]
    // As the reference, errors of a fixed size are not asked for.
    error = encoding[channel == .x ? .xError : .yError].flatMap { $0.isFieldOrDatum ? $0 : nil }
    error2 = encoding[channel == .x ? .xError2 : .yError2].flatMap { $0.isFieldOrDatum ? $0 : nil }
    isTwoDimensional = x != nil && y != nil
    let left: Set<Channel> = channel == .x ? [.x, .x2, .xError, .xError2] : [.y, .y2, .yError, .yError2]
    for entry in encoding.entries where !left.contains(entry.channel) {
      // A box plot's tooltip about single rows does not part the rows that are summed up, unlike that of error bars.
      let definitions = entry.definitions.filter {
        entry.channel != .tooltip || mark.type != .boxplot || $0.isAggregated || !$0.isField
      }
      shared.all(entry.channel, definitions.compactMap { prepare($0, entry.channel) })
    }
  }

  /// A channel over the columns that remain after the mark has summed up its rows.
  private mutating func prepare(_ definition: ChannelDefinition, _ channel: Channel) -> ChannelDefinition? {
    var result = definition
    // As in the reference, fields that only conditions show do not part the rows.
    guard definition.isField else { return result }
    if case .operation(let operation)? = definition.aggregate {
      let name = definition.column()
      aggregates.append(AggregateField(operation, definition.isCount ? nil : definition.field, as: name))
      result.aggregate = nil
      result.field = FieldPath(column: name)
      result.type = result.type ?? .quantitative
      return result
    }
    guard let field = definition.field else { return result }
    if let unit = definition.timeUnit, !unit.binned {
      let name = definition.column()
      transforms.append(.timeUnit(unit, field: field, as: name))
      result.field = FieldPath(column: name)
      result.timeUnit = nil
      // Only that it is a time is still known to guides and texts.
      func asTime(_ value: Value?) -> Value {
        var object = value?.objectValue ?? ValueObject()
        object["formatType"] = object["formatType"] ?? .string("time")
        return .object(object)
      }
      switch channel {
      case .x, .y: if result["axis"]?.isNull != true { result["axis"] = asTime(result["axis"]) }
      case .text, .tooltip: result["formatType"] = result["formatType"] ?? .string("time")
      default: if channel.hasLegend, result["legend"]?.isNull != true { result["legend"] = asTime(result["legend"]) }
      }
      result.type = result.type ?? .temporal
      if result["title"] == nil { result["title"] = .string(definition.derivedTitle(config)) }
      group(FieldPath(column: name))
      return result
    }
    if case .parameters(let parameters)? = definition.bin {
      let name = definition.column()
      transforms.append(.bin(parameters, field: field, as: [name, name + "_end"]))
      result.field = FieldPath(column: name)
      result.bin = .binned
      // Bins made beforehand are amounts, also where they were categories.
      result.type = .quantitative
      if result["title"] == nil { result["title"] = .string(definition.derivedTitle(config)) }
      if let secondary = channel.secondary {
        var end = ChannelDefinition(span: definition.span)
        end.field = FieldPath(column: name + "_end")
        shared[secondary] = end
      }
      group(FieldPath(column: name))
      group(FieldPath(column: name + "_end"))
      return result
    }
    group(field)
    return result
  }

  private mutating func group(_ field: FieldPath) { if !groupBy.contains(field) { groupBy.append(field) } }

  /// The encoding of a part between two computed columns.
  func encoding(from: String, to: String?, shared: Encoding) -> Encoding {
    var result = Encoding()
    var start = continuous
    start.field = FieldPath(column: from)
    start["title"] =
      continuous["title"] ?? continuous["axis"]?.objectValue?["title"] ?? .string(field.keys.joined(separator: "."))
    result[channel] = start
    if let to {
      var end = ChannelDefinition(span: continuous.span)
      end.field = FieldPath(column: to)
      result[channel == .x ? .x2 : .y2] = end
    }
    for entry in shared.entries { result.all(entry.channel, entry.definitions) }
    return result
  }
}
