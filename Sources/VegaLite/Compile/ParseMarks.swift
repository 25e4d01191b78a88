internal import AlmanacCore

/// Turns each unit's mark and channels into the properties of Vega's shapes.
/// https://github.com/vega/vega-lite/tree/main/src/compile/mark
extension ChartCompiler {
  func parseMark(_ model: ViewModel) -> MarkPlan {
    let mark = model.mark
    let rules = PositionRules(compiler: self, model: model)
    let kind: MarkKind =
      switch mark.type {
      case .bar, .rect, .tick: .rect
      case .point, .circle, .square: .symbol
      case .line: .line
      case .area: .area
      case .rule: .rule
      case .arc: .arc
      case .text: .text
      case .trail: .trail
      case .image: .image
      case .geoshape: .shape
      default: .symbol
      }
    var plan = MarkPlan(name: model.named("marks"), kind: kind, source: mark.type, data: model.main)
    plan.clip = mark["clip"]?.asBool ?? config.markConfig("clip", mark)?.asBool ?? false
    plan.orient = model.orient
    plan.interpolate = config.mark("interpolate", mark).map(reference)
    plan.tension = config.mark("tension", mark).map(reference)
    plan.projection = model.projectionName
    if mark.type.isPath {
      plan.series = seriesFields(model)
      plan.sort = []
    }
    plan.sort = markSort(model)
    if let key = model.encoding[.key], key.isField { plan.key = key.path() }
    var entries = base(model)
    switch mark.type {
    case .bar, .rect, .image: entries += rules.rectangle(.x) + rules.rectangle(.y)
    case .tick:
      let horizontal = model.orient == "horizontal"
      entries += rules.rectangle(horizontal ? .x : .y)
      entries += rules.point(horizontal ? .y : .x, fallback: .middle, as: horizontal ? .yc : .xc)
      constant(&entries, horizontal ? .height : .width, config.mark("thickness", mark))
    case .rule:
      entries += rules.pointOrRange(
        .x, fallback: model.orient == "horizontal" ? .zeroOrMaximum : .middle, fallback2: .zeroOrMinimum,
        range: model.orient != "vertical")
      entries += rules.pointOrRange(
        .y, fallback: model.orient == "vertical" ? .zeroOrMaximum : .middle, fallback2: .zeroOrMinimum,
        range: model.orient != "horizontal")
      channelEntry(&entries, .size, .strokeWidth, model, fallback: thickness(model))
    case .area:
      entries += rules.pointOrRange(
        .x, fallback: .zeroOrMinimum, fallback2: .zeroOrMinimum, range: model.orient == "horizontal")
      entries += rules.pointOrRange(
        .y, fallback: .zeroOrMinimum, fallback2: .zeroOrMinimum, range: model.orient == "vertical")
      defined(&entries, model)
    case .line:
      entries += rules.point(.x, fallback: .middle) + rules.point(.y, fallback: .middle)
      channelEntry(&entries, .size, .strokeWidth, model, fallback: thickness(model))
      defined(&entries, model)
    case .trail:
      entries += rules.point(.x, fallback: .middle) + rules.point(.y, fallback: .middle)
      channelEntry(&entries, .size, .size, model, fallback: config.mark("size", mark).map { encodeReference($0) })
      defined(&entries, model)
    case .arc:
      entries += rules.point(.x, fallback: .middle) + rules.point(.y, fallback: .middle)
      entries += rules.rectangle(.radius) + rules.rectangle(.theta)
    case .text:
      entries += rules.point(.x, fallback: .middle) + rules.point(.y, fallback: .middle)
      if model.encoding.has(.theta) || mark["theta"] != nil {
        entries += rules.point(.theta, fallback: .zeroOrMinimum, as: .theta)
      }
      if model.encoding.has(.radius) || mark["radius"] != nil {
        entries += rules.point(.radius, fallback: .zeroOrMinimum, as: .radius)
      }
      entries.append(EncodeEntry(property: .text, rules: textRules(model)))
      channelEntry(
        &entries, .size, .fontSize, model, fallback: config.size(as: "fontSize", mark).map { encodeReference($0) })
      channelEntry(&entries, .angle, .angle, model, fallback: config.mark("angle", mark).map { encodeReference($0) })
    case .geoshape:
      if let shape = model.encoding[.shape], shape.isField {
        entries.append(EncodeEntry(property: .shape, rules: [EncodeRule(test: nil, reference: .field(shape.path()))]))
      }
    default:
      entries += rules.point(.x, fallback: .middle) + rules.point(.y, fallback: .middle)
      channelEntry(&entries, .size, .size, model, fallback: config.mark("size", mark).map { encodeReference($0) })
      channelEntry(&entries, .angle, .angle, model, fallback: config.mark("angle", mark).map { encodeReference($0) })
      if mark.type == .point {
        channelEntry(&entries, .shape, .shape, model, fallback: config.mark("shape", mark).map { encodeReference($0) })
      } else {
        constant(&entries, .shape, .string(mark.type.rawValue))
      }
    }
    if mark.type == .image {
      channelEntry(&entries, .url, .url, model, fallback: config.mark("url", mark).map { encodeReference($0) })
    }
    // A rule without any place is not drawn.
    let places: [Channel] = [.x, .y, .latitude, .longitude]
    if mark.type == .rule, !places.contains(where: { model.encoding.has($0) }) { entries = [] }
    // What Vega itself falls back on, which legends do not see.
    for member in config.value("shapeDefaults", mark.type.rawValue)?.objectValue?.members ?? [] {
      guard let property = MarkProperty(rawValue: member.key), !entries.contains(where: { $0.property == property })
      else { continue }
      constant(&entries, property, member.value)
    }
    plan.encode = entries
    if mark.type == .bar, let stack = model.stack,
      entries.contains(where: { $0.property.rawValue.hasPrefix("cornerRadius") })
    {
      plan.stackGroups = StackGroupPlan(groupBy: stack.groupBy.compactMap { model.encoding[$0]?.path() })
    }
    plan.described = described(model)
    return plan
  }

  /// The width of a line that no channel gives, where the mark's size says it.
  private func thickness(_ model: ViewModel) -> EncodeReference? {
    guard !model.encoding.has(.strokeWidth), let size = config.size(as: "strokeWidth", model.mark), size.isPresent
    else { return nil }
    return encodeReference(size)
  }

  // MARK: Paint and style

  private func base(_ model: ViewModel) -> [EncodeEntry] {
    var entries: [EncodeEntry] = []
    let mark = model.mark
    let isFilled = mark["filled"]?.boolValue ?? true
    for (property, channel) in [(MarkProperty.fill, Channel.fill), (.stroke, .stroke)] {
      let rules = paintRules(channel, isFilled: isFilled, model)
      if !rules.isEmpty { entries.append(EncodeEntry(property: property, rules: rules)) }
    }
    for (channel, property) in [
      (Channel.opacity, MarkProperty.opacity), (.fillOpacity, .fillOpacity), (.strokeOpacity, .strokeOpacity),
      (.strokeWidth, .strokeWidth), (.strokeDash, .strokeDash),
    ] {
      channelEntry(
        &entries, channel, property, model,
        fallback: config.mark(channel.rawValue, mark).flatMap { $0.isPresent ? encodeReference($0) : nil })
    }
    for key in [
      "strokeDashOffset", "strokeCap", "strokeJoin", "strokeMiterLimit", "strokeOffset", "cornerRadius",
      "cornerRadiusTopLeft", "cornerRadiusTopRight",
      "cornerRadiusBottomLeft", "cornerRadiusBottomRight", "dx", "dy", "align", "baseline", "font", "fontSize",
      "fontStyle", "fontWeight", "limit",
      "ellipsis", "lineHeight", "lineBreak", "dir", "padAngle", "aspect", "blend", "smooth",
    ] {
      guard let property = MarkProperty(rawValue: key) else { continue }
      if mark.type == .image, key == "align" || key == "baseline" { continue }
      constant(&entries, property, config.mark(key, mark))
    }
    channelEntry(&entries, .href, .href, model, fallback: config.mark("href", mark).map { encodeReference($0) })
    if model.encoding.has(.description) { channelEntry(&entries, .description, .description, model, fallback: nil) }
    return entries
  }

  /// The rules of a mark's fill or stroke: of its own channel, of `color` if that is what colours paint, of the mark.
  func paintRules(_ own: Channel, isFilled: Bool, _ model: ViewModel) -> [EncodeRule] {
    let mark = model.mark
    let takesColor = (own == .fill) == isFilled
    let key = own.rawValue
    let needsGround = own == .fill && [.bar, .point, .circle, .square, .geoshape].contains(mark.type)
    func given() -> Value? {
      if let value = mark[key] { return value }
      if takesColor, let value = mark["color"], value.isPresent { return value }
      let styles = (mark.styles.reversed() + [mark.type.rawValue]).map { config.object("style")?[$0]?.objectValue }
      // The colour of a mark is known before its styles' fill and stroke, which so count only where nothing else paints.
      if takesColor, let value = styles.lazy.compactMap({ $0?["color"] }).first { return value }
      for place in [mark.type.rawValue, "mark"] {
        if let value = config.value(place, key), value.isPresent { return value }
        if takesColor, let value = config.value(place, "color"), value.isPresent { return value }
      }
      return needsGround ? nil : styles.lazy.compactMap { $0?[key] }.first
    }
    let value = given() ?? (needsGround ? Value.string("transparent") : Value?.none)
    let fallback = value.map { encodeReference($0) }
    if model.encoding.has(own) { return nonPosition(own, model, fallback: fallback) }
    // What the mark itself says of its paint goes before the colours, which still have their legend.
    if takesColor, mark[key] == nil, model.encoding.has(.color) {
      return nonPosition(.color, model, fallback: fallback)
    }
    guard let fallback, value?.isPresent == true else { return [] }
    return [EncodeRule(test: nil, reference: fallback)]
  }

  private func constant(_ entries: inout [EncodeEntry], _ property: MarkProperty, _ value: Value?) {
    guard let value, value.isPresent else { return }
    entries.append(EncodeEntry(property: property, rules: [EncodeRule(test: nil, reference: encodeReference(value))]))
  }

  private func channelEntry(
    _ entries: inout [EncodeEntry], _ channel: Channel, _ property: MarkProperty, _ model: ViewModel,
    fallback: EncodeReference?
  ) {
    let rules = nonPosition(channel, model, fallback: fallback)
    guard !rules.isEmpty else { return }
    entries.removeAll { $0.property == property }
    entries.append(EncodeEntry(property: property, rules: rules))
  }

  /// Rules of a channel that is no position: conditions, then the field, the datum or the value, else the fallback.
  func nonPosition(_ channel: Channel, _ model: ViewModel, fallback: EncodeReference?) -> [EncodeRule] {
    var rules: [EncodeRule] = []
    guard let definition = model.encoding[channel] else {
      return fallback.map { [EncodeRule(test: nil, reference: $0)] } ?? []
    }
    for condition in definition.conditions {
      guard let inner = condition.definition.first, let reference = scaledOrValue(channel, inner, model) else {
        continue
      }
      guard let test = conditionTest(condition) else { continue }
      rules.append(EncodeRule(test: test, reference: reference))
    }
    if let reference = scaledOrValue(channel, definition, model) {
      if let invalid = invalidRule(channel, definition, model) { rules.append(invalid) }
      rules.append(EncodeRule(test: nil, reference: reference))
    } else if let fallback {
      rules.append(EncodeRule(test: nil, reference: fallback))
    }
    return rules
  }

  /// What a channel shows where its value is missing or not finite, in the modes in which marks show such rows.
  /// https://vega.github.io/vega-lite/docs/invalid-data.html
  func invalidRule(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel) -> EncodeRule? {
    guard definition.isField, !definition.isCount, let scale = model.scales[channel]?.plan, scale.type.isContinuous
    else { return nil }
    let own = config.object("scale")?["invalid"]?.member(channel.rawValue)
    let isOwn = own?.isPresent == true
    let mode = config.mark("invalid", model.mark)
    guard isOwn || mode == .string("show") || mode?.isNull == true else { return nil }
    let access = datumText(definition.path())
    guard let test = expression("!isValid(\(access)) || !isFinite(+\(access))") else { return nil }
    if isOwn, let value = own?.objectValue?["value"] {
      return EncodeRule(test: test, reference: encodeReference(value))
    }
    return EncodeRule(test: test, reference: .scaled(ScaledReference(scale: scale.name, input: .zeroOrMinimum)))
  }

  private func scaledOrValue(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel)
    -> EncodeReference?
  {
    if let value = definition.value { return encodeReference(value) }
    guard definition.isFieldOrDatum else { return nil }
    guard let scale = model.scales[channel] else {
      if let datum = definition.datum { return encodeReference(datum) }
      return .field(definition.path())
    }
    let type = scale.plan.type
    if let datum = definition.datum {
      return .scaled(ScaledReference(scale: scale.plan.name, input: datumInput(datum, type)))
    }
    if definition.isBinning, !type.isDiscrete, !type.isContinuousToDiscrete {
      let band = definition.bandPosition ?? 0.5
      return .scaled(
        ScaledReference(
          scale: scale.plan.name,
          input: .between(
            FieldPath(column: definition.column()), FieldPath(column: definition.column("end")), position: band)))
    }
    if definition.timeUnit != nil, definition.type == .temporal, !type.isDiscrete,
      let at = definition.bandPosition ?? config.markConfig("timeUnitBandPosition", model.mark)?.numberValue, at != 0
    {
      // A unit of time is shown by what stands within it, as where it is a place.
      return .scaled(
        ScaledReference(
          scale: scale.plan.name,
          input: .between(
            FieldPath(column: definition.column()), FieldPath(column: definition.column("end")), position: at)))
    }
    let path =
      definition.isBinning && type.isDiscrete && type != .binOrdinal && hasRangeLabel(definition)
      ? FieldPath(column: definition.column("range")) : definition.path()
    return .scaled(ScaledReference(scale: scale.plan.name, input: .field(path), band: type == .band ? 0.5 : 0))
  }

  func datumInput(_ datum: Value, _ type: ScaleType) -> ScaledReference.Input {
    if case .object(let object) = datum {
      if let text = (object["expr"] ?? object["signal"])?.stringValue, let parsed = expression(text) {
        return .expression(parsed)
      }
      if let parsed = expression(dateText(object)) { return .expression(parsed) }
    }
    if type.isTime, datum.stringValue != nil, let parsed = expression("toDate(\(literal(datum)))") {
      return .expression(parsed)
    }
    return .value(datum)
  }

  func conditionTest(_ condition: ChannelCondition) -> Expression? {
    if let test = condition.test { return predicateText(test).flatMap { expression($0) } }
    if let name = condition.parameter { return expression(parameterText(name, empty: condition.empty ?? true)) }
    return nil
  }

  private func defined(_ entries: inout [EncodeEntry], _ model: ViewModel) {
    let mode = config.mark("invalid", model.mark)
    if let text = mode?.stringValue, !text.hasPrefix("break-paths") { return }
    if case .null? = mode { return }
    var fields: [FieldPath] = []
    for (channel, definition) in scaledChannels(model) {
      guard definition.isField, let type = model.scales[channel]?.plan.type,
        type.isContinuous || type.isDiscretizing, !definition.isCount
      else { continue }
      // Imputed rows of a stack have no bin, only its middle.
      let isMiddle = model.stack?.impute == true && definition.isBinning && channel.isPosition
      fields.append(isMiddle ? FieldPath(column: definition.column("mid")) : definition.path())
    }
    if !fields.isEmpty {
      entries.append(EncodeEntry(property: .defined, rules: [EncodeRule(test: nil, reference: .isValid(fields))]))
    }
  }

  private func markSort(_ model: ViewModel) -> [SortKey] {
    let orders = model.encoding.definitions(.order)
    if let first = orders.first {
      if let value = first.value, !value.asBool { return [] }
      if model.stack == nil, orders.contains(where: \.isField) {
        return orders.filter(\.isField).map { SortKey($0.path(), descending: $0["sort"]?.stringValue == "descending") }
      }
    }
    if orders.isEmpty, let order = config.mark("order", model.mark), !order.asBool { return [] }
    guard model.mark.type.isPath else { return [] }
    let channel: Channel = model.orient == "horizontal" ? .y : .x
    guard model.encoding[channel]?.isField == true else { return [] }
    // Paths run along their dimension in the order of its positions.
    return [SortKey(FieldPath(column: channel == .x ? "\u{1}x" : "\u{1}y"))]
  }

  // MARK: Text

  private func textRules(_ model: ViewModel) -> [EncodeRule] {
    guard let definition = model.encoding[.text] else {
      return config.mark("text", model.mark).map { [EncodeRule(test: nil, reference: encodeReference($0))] } ?? []
    }
    func reference(_ definition: ChannelDefinition) -> EncodeReference? {
      if let value = definition.value { return encodeReference(value) }
      let format = formatPlan(
        definition, format: definition["format"], formatType: definition["formatType"]?.stringValue, isGuide: false,
        model: model)
      if let datum = definition.datum {
        let value = encodeReference(datum)
        if case .value(let constant) = value { return .formattedValue(constant, format) }
        return value
      }
      if definition.isField {
        return .formatted(definition.path(), format)
      }
      return nil
    }
    var rules: [EncodeRule] = []
    for condition in definition.conditions {
      if let inner = condition.definition.first, let value = reference(inner), let test = conditionTest(condition) {
        rules.append(EncodeRule(test: test, reference: value))
      }
    }
    if let value = reference(definition) { rules.append(EncodeRule(test: nil, reference: value)) }
    return rules
  }

  /// The fields that a reader of the chart's table sees: what is on axes and in legends, or named in the plot. A colour whose
  /// legend the author leaves out sets marks apart in a way that the picture does not explain.
  private func described(_ model: ViewModel) -> [DescribedField] {
    var result: [DescribedField] = []
    for entry in model.encoding.entries where ![.tooltip, .order, .href, .key, .description].contains(entry.channel) {
      for definition in entry.definitions where definition.isField {
        let path = definition.path()
        if result.contains(where: { $0.field == path }) { continue }
        if case .null? = definition["legend"], !namesSeriesInPlot { continue }
        // What a guide makes of categories names them; of quantities it shows what there is room for.
        let isDiscrete = definition.type == .nominal || definition.type == .ordinal
        let guide = isDiscrete ? definition["axis"]?.objectValue ?? definition["legend"]?.objectValue : nil
        let title =
          definition["title"]?.stringValue ?? definition["axis"]?.member("title").stringValue ?? definition["legend"]?
          .member("title").stringValue ?? definition.derivedTitle(config)
        result.append(
          DescribedField(
            title: title, field: path, channel: entry.channel, type: definition.type ?? .nominal,
            format: formatPlan(
              definition, format: definition["format"] ?? definition["axis"]?.objectValue?["format"],
              formatType: (definition["formatType"] ?? definition["axis"]?.objectValue?["formatType"])?.stringValue,
              isGuide: false, model: model),
            labelExpression: guide?["labelExpr"]?.stringValue.flatMap { expression($0) },
            spellsLargeNumbers: options.look == .almanac))
      }
    }
    return result
  }
}
