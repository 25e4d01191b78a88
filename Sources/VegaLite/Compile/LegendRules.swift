internal import AlmanacCore

/// What legends look like when their authors leave it open.
/// https://github.com/vega/vega-lite/blob/main/src/compile/legend/{properties,encode}.ts
extension ChartCompiler {
  /// Fills in a channel's legend: the author's properties, then the rules.
  func describe(
    _ legend: LegendComponent, _ channel: Channel, _ definition: ChannelDefinition, _ own: ValueObject,
    _ type: ScaleType, _ model: ViewModel
  ) {
    let settings = config.object("legend") ?? ValueObject()
    let isGradient = own["type"].map { $0 == .string("gradient") } ?? isShownAsGradient(channel, definition, type)
    for member in own.members
    where !member.key.hasPrefix(isGradient ? "symbol" : "gradient")
      && !["title", "values", "encoding", "type"].contains(member.key)
    {
      legend.properties[member.key] = member.value
      legend.explicit.insert(member.key)
    }
    if own["formatType"] != nil { legend.explicit.insert("format") }
    /// A rule's word counts unless the configuration has one.
    func imply(_ key: String, _ value: Value?) {
      if let value, legend.properties[key] == nil, settings[key] == nil { legend.properties[key] = value }
    }
    let orient = own["orient"]?.stringValue ?? settings["orient"]?.stringValue ?? "right"
    let direction =
      own["direction"]?.stringValue ?? settings[isGradient ? "gradientDirection" : "symbolDirection"]?.stringValue
      ?? defaultDirection(orient, isGradient)
    imply("direction", direction.map { .string($0) })
    if isGradient {
      if type.isContinuous, own["gradientLength"] == nil, settings["gradientLength"] == nil {
        legend.gradientSpan = gradientSpan(orient, isHorizontal: direction == "horizontal", model)
      }
      if own["gradientOpacity"] == nil, settings["gradientOpacity"] == nil {
        legend.gradientOpacity = mostOpacity(model)
      }
    } else {
      imply("symbolType", symbolType(channel, model))
      legend.symbolEncode = symbolEncode(legend, channel, model)
    }
    if [.quantile, .threshold, .log, .symlog].contains(type) { imply("labelOverlap", .string("greedy")) }
    // Vega finds the kind of a legend by its scale, but for what is not shown as it expects.
    if isGradient != (type.isContinuous && channel.isColor) {
      legend.properties["type"] = .string(isGradient ? "gradient" : "symbol")
      if own["type"] != nil { legend.explicit.insert("type") }
    }
    legend.format = formatPlan(
      definition, format: own["format"], formatType: own["formatType"]?.stringValue, isGuide: true, scale: type)
    (legend.values, legend.valuesExpression) = guideValues(own["values"], type)
    if own["values"] != nil { legend.explicit.insert("values") }
    if let title = own["title"] ?? definition["title"] {
      legend.explicit.insert("title")
      legend.titles = titleLines(title)
    } else if definition.isField, settings["title"]?.isNull != true {
      legend.titles = [definition.derivedTitle(config)]
    }
  }

  private func isShownAsGradient(_ channel: Channel, _ definition: ChannelDefinition, _ type: ScaleType) -> Bool {
    guard channel.isColor, type.isContinuous else { return false }
    return !(definition.timeUnit.map { ["quarter", "month", "day"].contains($0.localUnit) } ?? false)
  }

  private func defaultDirection(_ orient: String, _ isGradient: Bool) -> String? {
    switch orient {
    case "top", "bottom": "horizontal"
    case "left", "right", "none": nil
    default: isGradient ? "horizontal" : nil
    }
  }

  /// A bar of colours is as long as its plot, within bounds; in a corner it is as short as may be.
  private func gradientSpan(_ orient: String, isHorizontal: Bool, _ model: ViewModel) -> GradientSpan {
    func bounds(_ name: String) -> ClosedRange<Double> {
      let least = config.number("legend", "gradient\(name)MinLength") ?? 0
      return least...max(least, config.number("legend", "gradient\(name)MaxLength") ?? 200)
    }
    var plot = model
    while let parent = plot.parent, parent.isLayer { plot = parent }
    if !isHorizontal { return .plot(name: plot.name, isHorizontal: false, bounds: bounds("Vertical")) }
    if orient == "top" || orient == "bottom" {
      return .plot(name: plot.name, isHorizontal: true, bounds: bounds("Horizontal"))
    }
    return .pixels(bounds("Horizontal").lowerBound)
  }

  private func symbolType(_ channel: Channel, _ model: ViewModel) -> Value {
    if channel != .shape {
      let shape = model.encoding[.shape]
      if let value = shape.flatMap(firstValue) ?? model.mark["shape"] { return value }
    }
    switch model.mark.type {
    case .bar, .rect, .image, .square: return .string("square")
    case .line, .trail, .rule: return .string("stroke")
    default: return .string("circle")
    }
  }

  // MARK: Symbols

  /// Paint, stroke and opacity that symbols take from the mark where no scale of their legend sets them.
  private func symbolEncode(_ legend: LegendComponent, _ channel: Channel, _ model: ViewModel) -> [EncodeEntry] {
    let mark = model.mark
    let isFilled = mark["filled"]?.boolValue != false && mark.type != .trail
    func setting(_ key: String) -> Value? { legend.properties[key] ?? config.value("legend", key) }
    var entries: [EncodeEntry] = []
    func set(_ property: MarkProperty, _ reference: EncodeReference?) {
      guard let reference, reference != .value(.null) else { return }
      entries.removeAll { $0.property == property }
      entries.append(EncodeEntry(property: property, rules: [EncodeRule(test: nil, reference: reference)]))
    }
    func constant(_ property: MarkProperty, _ value: Value?) {
      if let value, value.isPresent { set(property, encodeReference(value)) }
    }
    for key in [
      "strokeWidth", "strokeDash", "strokeDashOffset", "strokeOpacity", "fillOpacity", "strokeJoin", "strokeMiterLimit",
    ] {
      if let property = MarkProperty(rawValue: key) { constant(property, config.markConfig(key, mark)) }
    }
    let opacity = setting("symbolOpacity") == nil ? mostOpacity(model) : nil
    let fills = paintRules(.fill, isFilled: isFilled, model)
    if !fills.isEmpty, channel != .fill, !(isFilled && channel == .color) {
      if isFieldAlone(fills) {
        // Another legend shows these colours; here the rest is what counts.
        if setting("symbolFillColor") == nil {
          constant(.fill, config.value("legend", "symbolBaseFillColor") ?? .string("black"))
          constant(.fillOpacity, opacity ?? .number(1))
        }
      } else {
        set(.fill, plainPaint(fills, .fill, isFilled ? mark["fill"] ?? mark["color"] : mark["fill"], model))
      }
    }
    let strokes = paintRules(.stroke, isFilled: isFilled, model)
    if !strokes.isEmpty, channel != .stroke, !(!isFilled && channel == .color), !isFieldAlone(strokes),
      setting("symbolStrokeColor") == nil
    {
      set(.stroke, plainPaint(strokes, .stroke, mark["stroke"] ?? (isFilled ? mark["color"] : nil), model))
    }
    if channel != .opacity { constant(.opacity, opacity) }
    return entries
  }

  /// Whether a paint is a field's and nothing else.
  private func isFieldAlone(_ rules: [EncodeRule]) -> Bool {
    guard rules.count == 1, case .scaled(let scaled) = rules[0].reference else {
      if rules.count == 1, case .field = rules[0].reference { return true }
      return false
    }
    if case .value = scaled.input { return false }
    return true
  }

  /// Of several paints that conditions choose from, the one that holds by default.
  private func plainPaint(_ rules: [EncodeRule], _ own: Channel, _ marks: Value?, _ model: ViewModel)
    -> EncodeReference?
  {
    if rules.count == 1 { return rules[0].reference }
    let encoded = (model.encoding[own] ?? model.encoding[.color]).flatMap(firstValue)
    return (encoded ?? marks).map { encodeReference($0) } ?? rules.last?.reference
  }

  /// A channel's value, or else the value of its first condition that has one.
  private func firstValue(_ definition: ChannelDefinition) -> Value? {
    definition.value ?? definition.conditions.lazy.compactMap { $0.definition.first?.value }.first
  }

  /// The greatest opacity that the channel or the mark gives.
  private func mostOpacity(_ model: ViewModel) -> Value? {
    let own = model.mark["opacity"]
    if let definition = model.encoding[.opacity], !definition.isFieldOrDatum {
      if let value = definition.value, definition.conditions.isEmpty { return value }
      let values = definition.conditions.map { $0.definition.first?.value?.numberValue }
      // Conditions without a value for the rest leave symbols as they are.
      guard values.isEmpty || definition.value != nil else { return values.contains { $0 != nil } ? nil : own }
      if let most = ([definition.value?.numberValue] + values).compactMap({ $0 }).max() { return .number(most) }
    }
    return own
  }
}
