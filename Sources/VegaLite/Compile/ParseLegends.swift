internal import AlmanacCore

/// Makes a legend of each scaled channel and unites those that views share, then those that show the same domain.
/// https://github.com/vega/vega-lite/blob/main/src/compile/legend/{parse,assemble}.ts
extension ChartCompiler {
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

  private func parseUnitLegends(_ model: ViewModel) {
    for channel in Channel.legendOrder {
      guard let scale = model.scales[channel], let (definition, owner) = shown(channel, model),
        !(model.mark.type == .geoshape && channel == .shape)
      else { continue }
      let own = owner["legend"]
      let legend = LegendComponent(legendScales(channel, scale, model))
      if own != nil { legend.explicit.insert("disable") }
      switch own {
      case .null?, .bool(false)?: legend.isDisabled = true
      case nil: legend.isDisabled = config.value("legend", "disable") == .bool(true)
      default: break
      }
      if !legend.isDisabled {
        describe(legend, channel, definition, own?.objectValue ?? ValueObject(), scale.plan.type, model)
      }
      model.legends.append((channel, legend))
    }
  }

  /// The definition with the field, which may stand in a condition, and the one that has the legend's properties.
  private func shown(_ channel: Channel, _ model: ViewModel) -> (ChannelDefinition, ChannelDefinition)? {
    guard let definition = model.encoding[channel] else { return nil }
    if definition.isFieldOrDatum { return (definition, definition) }
    let inner = definition.conditions.lazy.compactMap { $0.definition.first }.first { $0.isFieldOrDatum }
    return inner.map { ($0, $0["legend"] == nil && definition["legend"] != nil ? definition : $0) }
  }

  /// What of a symbol the channel's scale sets.
  private func legendScales(_ channel: Channel, _ scale: ScaleComponent, _ model: ViewModel) -> [(
    property: MarkProperty, scale: ScaleComponent
  )] {
    let isTrail = model.mark.type == .trail
    switch channel {
    case .color: return [(isTrail || model.mark["filled"]?.boolValue == false ? .stroke : .fill, scale)]
    case .size where isTrail: return [(.strokeWidth, scale)]
    default: return MarkProperty(rawValue: channel.rawValue).map { [($0, scale)] } ?? []
    }
  }

  // MARK: Merging

  private func mergeLegends(_ model: ViewModel) {
    var channels: [Channel] = []
    for child in model.children {
      for entry in child.legends where !channels.contains(entry.channel) { channels.append(entry.channel) }
    }
    for channel in channels {
      let parts = model.children.compactMap { child in child.legends.first { $0.channel == channel }?.legend }
      guard !parts.isEmpty, model.resolve(channel, guide: true) == "shared" else { continue }
      let merged = LegendComponent(copying: parts[0])
      guard parts.dropFirst().allSatisfy({ merged.merge($0) }) else {
        // Two authors' sides cannot both be kept.
        model.common.resolveLegend[channel.rawValue] = "independent"
        continue
      }
      model.legends.append((channel, merged))
      for child in model.children { child.legends.removeAll { $0.channel == channel } }
    }
    if model.isLayer {
      for child in model.children {
        model.independentLegends += child.independentLegends + uniteByDomain(child.legends.map(\.legend))
        child.legends = []
        child.independentLegends = []
      }
    }
  }

  /// Legends of channels whose scales have one domain are drawn as one.
  func uniteByDomain(_ legends: [LegendComponent]) -> [LegendComponent] {
    var result: [LegendComponent] = []
    for legend in legends {
      guard let domains = legend.scales.first?.scale.plan.domains else { continue }
      let same = result.filter { $0.scales.first?.scale.plan.domains == domains }
      let united = same.filter { $0.merge(legend) }
      if united.isEmpty { result.append(LegendComponent(copying: legend)) }
    }
    return result
  }
}

extension Channel {
  /// The order in which Vega-Lite makes legends.
  static let legendOrder: [Channel] = [
    .color, .size, .shape, .fill, .stroke, .strokeDash, .strokeWidth, .opacity,
  ]
}

extension LegendComponent {
  /// Takes over what the other says and this does not; an author's word goes before a rule's.
  ///
  /// - Returns: `false`, with nothing changed, if authors want the two on different sides.
  func merge(_ other: LegendComponent) -> Bool {
    if explicit.contains("orient"), other.explicit.contains("orient"),
      properties["orient"] != other.properties["orient"]
    {
      return false
    }
    func isWeaker(_ key: String) -> Bool { !explicit.contains(key) && other.explicit.contains(key) }
    if isWeaker("disable") { isDisabled = other.isDisabled }
    for scale in other.scales where !scales.contains(where: { $0.property == scale.property }) { scales.append(scale) }
    if isWeaker("title") {
      titles = other.titles
    } else if explicit.contains("title") == other.explicit.contains("title") {
      // Who wants none gets none, whatever the others say.
      let isUnwanted = explicit.contains("title") && (titles.isEmpty || other.titles.isEmpty)
      titles = isUnwanted ? [] : unitedTitles(titles, other.titles, areExplicit: explicit.contains("title"))
    }
    if let mine = properties["type"], let theirs = other.properties["type"], mine != theirs,
      explicit.contains("type") == other.explicit.contains("type")
    {
      // Symbols can show what a bar of colours shows, not the other way round.
      properties["type"] = .string("symbol")
      explicit.remove("type")
      gradientOpacity = nil
    }
    for member in other.properties.members {
      if properties[member.key] == nil || isWeaker(member.key) {
        properties[member.key] = member.value
      } else if member.key == "symbolType", member.value == .string("circle"),
        explicit.contains("symbolType") == other.explicit.contains("symbolType")
      {
        properties["symbolType"] = member.value
      }
    }
    if isWeaker("format") || format.isDefault { format = other.format }
    if isWeaker("values") || values == nil, valuesExpression == nil {
      (values, valuesExpression) = (other.values, other.valuesExpression)
    }
    if gradientSpan == nil { gradientSpan = other.gradientSpan }
    if symbolEncode.isEmpty, gradientOpacity == nil {
      (symbolEncode, gradientOpacity) = (other.symbolEncode, other.gradientOpacity)
    }
    explicit.formUnion(other.explicit)
    return true
  }
}

extension FormatPlan {
  /// Whether neither the author nor the kind of field asks for anything.
  var isDefault: Bool {
    switch kind {
    case .automatic, .number(nil), .time(nil, unit: nil, _): true
    default: false
    }
  }
}
