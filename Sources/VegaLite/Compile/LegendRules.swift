internal import AlmanacCore

/// Makes legends, one for each set of channels that show the same field.
/// https://github.com/vega/vega-lite/blob/main/src/compile/legend/{parse,properties,encode}.ts
extension ChartCompiler {
  func parseUnitLegends(_ model: ViewModel) {
    guard config.value("legend", "disable") != .bool(true) else { return }
    var hidden: [[DomainSource]] = []
    for channel in Channel.nonPosition where channel.hasLegend {
      guard let scale = model.scales[channel], var definition = model.encoding[channel] else { continue }
      var owner = definition
      if !definition.isFieldOrDatum,
        let inner = definition.conditions.first(where: { $0.definition.first?.isFieldOrDatum == true })?.definition
          .first
      {
        definition = inner
        if owner["legend"] == nil { owner = inner }
      }
      if owner["legend"] == .null || owner["legend"] == .bool(false) {
        hidden.append(scale.plan.domains)
        continue
      }
      let own = owner["legend"]?.objectValue ?? definition["legend"]?.objectValue ?? ValueObject()
      if model.mark.type == .geoshape, channel == .shape { continue }
      let legend = makeLegend(channel, definition, own, scale, model)
      if let same = model.legends.first(where: { canMerge($0.legend, legend) }) {
        merge(legend, into: same.legend)
      } else {
        model.legends.append((channel, legend))
      }
    }
    // Legends of one domain are one legend, and who hides it hides it for all that do not speak of it.
    model.legends.removeAll { _, legend in
      legend.explicit.isEmpty && legend.scales.contains { hidden.contains($0.1.plan.domains) }
    }
  }

  private func makeLegend(
    _ channel: Channel, _ definition: ChannelDefinition, _ own: ValueObject, _ scale: ScaleComponent, _ model: ViewModel
  ) -> LegendComponent {
    let settings = config.object("legend") ?? ValueObject()
    func setting(_ key: String) -> Value? { own[key] ?? settings[key] }
    let orient = setting("orient")?.stringValue ?? "right"
    let direction =
      setting("direction")?.stringValue ?? (orient == "top" || orient == "bottom" ? "horizontal" : "vertical")
    let type = scale.plan.type
    var kind = "symbol"
    if let given = own["type"]?.stringValue {
      kind = given
    } else if channel.isColor, type.isContinuous || type.isContinuousToDiscrete {
      kind = "gradient"
    }
    if type.isContinuousToDiscrete, own["type"] == nil, channel.isColor, type != .binOrdinal { kind = "symbol" }
    if type == .binOrdinal, own["type"] == nil { kind = channel.isColor ? "gradient" : "symbol" }
    if !channel.isColor { kind = "symbol" }
    if own["type"] == nil, let unit = definition.timeUnit?.localUnit, ["quarter", "month", "day"].contains(unit) {
      kind = "symbol"
    }
    var symbolType: GuideValue = .value(.string("circle"))
    if let given = own["symbolType"] {
      symbolType = guideValue(given)
    } else if channel != .shape, let shape = model.encoding[.shape], shape.value != nil || !shape.isFieldOrDatum {
      if let value = shape.value { symbolType = .value(value) }
    } else if let given = settings["symbolType"] {
      symbolType = .value(given)
    } else {
      switch model.mark.type {
      case .bar, .rect, .image, .square: symbolType = .value(.string("square"))
      case .line, .trail, .rule: symbolType = .value(.string("stroke"))
      default: symbolType = .value(.string(config.mark("shape", model.mark)?.stringValue ?? "circle"))
      }
      if channel == .shape { symbolType = .value(.string("circle")) }
    }
    var plan = LegendPlan(
      type: kind,
      format: formatPlan(
        definition, format: own["format"] ?? nil, formatType: own["formatType"]?.stringValue, isGuide: true, scale: type
      ),
      properties: GuideProperties(), direction: direction, orient: orient, symbolType: symbolType,
      symbolEncode: symbolEncode(channel, model))
    plan.channels = [channel]
    if channel == .color {
      let isFilled = (model.mark["filled"]?.boolValue ?? true) && ![.line, .trail, .rule].contains(model.mark.type)
      plan.paintsFill = isFilled
      plan.paintsStroke = !isFilled
    }
    if let text = setting("labelExpr")?.stringValue { plan.labelExpression = expression(text) }
    for member in settings.members where member.key != "orient" && member.key != "direction" {
      plan.properties[member.key] = guideValue(member.value)
    }
    for member in own.members { plan.properties[member.key] = guideValue(member.value) }
    if case .array(let values)? = own["values"] {
      plan.values = values.contains(where: isDateTime) ? nil : values
    }
    plan.tickCount = setting("tickCount")
    if case .expression(let count)? = plan.tickCount.map(reference) { plan.tickCountExpression = count }
    if case .expression(let values)? = own["values"].map(reference) { plan.valuesExpression = values }
    plan.clipHeight = setting("clipHeight")?.numberValue
    if setting("labelOverlap") == nil, [.quantile, .threshold, .log, .symlog].contains(type) {
      plan.properties["labelOverlap"] = .value(.string("greedy"))
    }
    let component = LegendComponent(plan, scales: [(channel, scale)])
    component.explicit = Set(own.members.map(\.key))
    if let title = own["title"] ?? definition["title"] {
      component.titleIsExplicit = true
      component.titles = titleLines(title)
    } else if definition.isField {
      component.titles = [definition.derivedTitle(config)]
    }
    return component
  }

  /// Paint, stroke and opacity that a legend's symbols take from the mark.
  private func symbolEncode(_ channel: Channel, _ model: ViewModel) -> [EncodeEntry] {
    var entries: [EncodeEntry] = []
    let mark = model.mark
    func constant(_ property: MarkProperty, _ value: Value?) {
      guard let value, value.isPresent else { return }
      entries.append(EncodeEntry(property: property, rules: [EncodeRule(test: nil, reference: encodeReference(value))]))
    }
    let filled = mark["filled"]?.boolValue ?? true
    let color = config.mark("color", mark)
    let strokeLike = mark.type == .line || mark.type == .trail || mark.type == .rule
    let fill = config.mark("fill", mark) ?? (filled && !strokeLike ? color : nil)
    let stroke = config.mark("stroke", mark) ?? (filled && !strokeLike ? nil : color)
    func encoded(_ channels: [Channel]) -> ChannelDefinition? { channels.lazy.compactMap { model.encoding[$0] }.first }
    let paintsFill: Channel? =
      model.encoding.has(.fill) ? .fill : filled && !strokeLike && model.encoding.has(.color) ? .color : nil
    let paintsStroke: Channel? =
      model.encoding.has(.stroke) ? .stroke : !(filled && !strokeLike) && model.encoding.has(.color) ? .color : nil
    /// What stands for a paint that another channel scales: a constant of its own, or grey.
    func paint(_ property: MarkProperty, _ by: Channel?, _ fallback: Value?) {
      if let by {
        if by == channel || model.scales[by] != nil && by.isColor && model.scales[channel] === model.scales[by] {
          return
        }
        if let definition = model.encoding[by] {
          if definition.isFieldOrDatum {
            // Another legend shows these colours; here the shape is what counts.
            if property == .fill { constant(property, .string("black")) }
          } else if let value = definition.conditions.lazy.compactMap({ $0.definition.first?.value }).first
            ?? definition.value
          {
            constant(property, value)
          } else if definition.conditions.contains(where: { $0.definition.first?.isField == true }), property == .fill {
            constant(property, .string("black"))
          }
        }
        return
      }
      constant(property, fallback)
    }
    paint(.fill, paintsFill, fill ?? .string("transparent"))
    let isOutlineless = filled && !channel.isColor && [.bar, .point, .circle, .square, .geoshape].contains(mark.type)
    paint(.stroke, paintsStroke, stroke ?? (isOutlineless ? .string("transparent") : nil))
    if let by = paintsFill, by != channel, model.encoding[by]?.isFieldOrDatum == true,
      model.scales[by] !== model.scales[channel]
    {
      constant(.fillOpacity, maximumOpacity(model) ?? .number(1))
    }
    if channel == .opacity || channel == .fillOpacity || channel == .strokeOpacity {
    } else {
      let opacity = maximumOpacity(model)
      constant(.opacity, opacity)
      constant(.fillOpacity, model.encoding[.fillOpacity]?.value ?? config.mark("fillOpacity", mark))
      constant(.strokeOpacity, model.encoding[.strokeOpacity]?.value ?? config.mark("strokeOpacity", mark))
    }
    if channel != .strokeWidth {
      constant(
        .strokeWidth,
        strokeLike && channel == .size ? nil : model.encoding[.strokeWidth]?.value ?? config.mark("strokeWidth", mark))
    }
    if channel != .strokeDash {
      constant(.strokeDash, model.encoding[.strokeDash]?.value ?? config.mark("strokeDash", mark))
    }
    return entries
  }

  private func maximumOpacity(_ model: ViewModel) -> Value? {
    if let definition = model.encoding[.opacity] {
      var values: [Double] = []
      for condition in definition.conditions {
        if let value = condition.definition.first?.value?.numberValue { values.append(value) }
      }
      if let value = definition.value?.numberValue { values.append(value) }
      if let most = values.max() { return .number(most) }
      if definition.isFieldOrDatum { return nil }
    }
    return config.mark("opacity", model.mark)
  }

  // MARK: Merging

  func mergeLegends(_ model: ViewModel) {
    for child in model.children {
      var kept: [(channel: Channel, legend: LegendComponent)] = []
      for entry in child.legends {
        guard model.resolve(entry.channel, guide: true) == "shared" else {
          kept.append(entry)
          continue
        }
        if let same = model.legends.first(where: {
          canMerge($0.legend, entry.legend) || sameScale($0.legend, entry.legend)
        }) {
          merge(entry.legend, into: same.legend)
        } else {
          model.legends.append(entry)
        }
      }
      child.legends = model.isLayer ? [] : kept
      if model.isLayer { model.legends += kept }
    }
  }

  private func sameScale(_ a: LegendComponent, _ b: LegendComponent) -> Bool {
    a.scales.contains { x in b.scales.contains { $0.1 === x.1 && $0.0 == x.0 } }
  }

  /// Legends of one title, one kind and the same values are one.
  private func canMerge(_ a: LegendComponent, _ b: LegendComponent) -> Bool {
    if sameScale(a, b) { return true }
    guard a.plan.type == b.plan.type, a.titles == b.titles, a.plan.orient == b.plan.orient else { return false }
    guard let x = a.scales.first?.1.plan, let y = b.scales.first?.1.plan else { return false }
    return x.domains == y.domains && (x.type.isDiscrete == y.type.isDiscrete)
  }

  private func merge(_ legend: LegendComponent, into merged: LegendComponent) {
    for scale in legend.scales where !merged.scales.contains(where: { $0.0 == scale.0 }) { merged.scales.append(scale) }
    if legend.titleIsExplicit, !merged.titleIsExplicit {
      merged.titles = legend.titles
      merged.titleIsExplicit = true
    } else if legend.titleIsExplicit == merged.titleIsExplicit {
      for title in legend.titles where !merged.titles.contains(title) { merged.titles.append(title) }
    }
    for entry in legend.plan.properties.entries
    where legend.explicit.contains(entry.name) && !merged.explicit.contains(entry.name) {
      merged.plan.properties[entry.name] = entry.value
    }
    if case .value(.string("circle")) = merged.plan.symbolType { merged.plan.symbolType = legend.plan.symbolType }
    merged.plan.paintsFill = merged.plan.paintsFill || legend.plan.paintsFill
    merged.plan.paintsStroke = merged.plan.paintsStroke || legend.plan.paintsStroke
    let scaled = Set(merged.scales.map(\.0))
    for entry in legend.plan.symbolEncode
    where !merged.plan.symbolEncode.contains(where: { $0.property == entry.property }) {
      merged.plan.symbolEncode.append(entry)
    }
    if scaled.contains(where: \.isColor) {
      merged.plan.symbolEncode.removeAll { entry in
        (entry.property == .fill || entry.property == .stroke)
          && entry.rules.first?.reference == .value(.string("black"))
      }
    }
    if merged.plan.paintsFill { merged.plan.symbolEncode.removeAll { $0.property == .fill } }
    if merged.plan.paintsStroke { merged.plan.symbolEncode.removeAll { $0.property == .stroke } }
    if merged.plan.labelExpression == nil { merged.plan.labelExpression = legend.plan.labelExpression }
    if merged.plan.values == nil { merged.plan.values = legend.plan.values }
    merged.explicit.formUnion(legend.explicit)
  }

  func parseGuides(_ model: ViewModel) {
    for child in model.children { parseGuides(child) }
    if model.isUnit {
      parseUnitAxes(model)
      parseUnitLegends(model)
    } else {
      if model.isLayer || model.isFacet { mergeAxes(model) }
      mergeLegends(model)
    }
  }
}
