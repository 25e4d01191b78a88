internal import AlmanacCore

/// Makes an axis of each position and unites those that layers and cells share.
/// https://github.com/vega/vega-lite/blob/main/src/compile/axis/parse.ts
extension ChartCompiler {
  func parseUnitAxes(_ model: ViewModel) {
    for channel in [Channel.x, .y] {
      guard let scale = model.scales[channel], let definition = axisDefinition(channel, model) else { continue }
      let given = definition["axis"]
      let axis = makeAxis(channel, definition, given?.objectValue ?? ValueObject(), scale, model)
      if given != nil { axis.explicit.insert("disable") }
      switch given {
      case .null?, .bool(false)?: axis.isDisabled = true
      case nil:
        axis.isDisabled =
          config.axis(channel: channel, orient: axis.orient, scale: scale.plan.type)["disable"] == .bool(true)
      default: break
      }
      model.axes[channel] = [axis]
    }
  }

  private func axisDefinition(_ channel: Channel, _ model: ViewModel) -> ChannelDefinition? {
    guard let definition = model.encoding[channel], !definition.isFieldOrDatum else { return model.encoding[channel] }
    return definition.conditions.lazy.compactMap { $0.definition.first }.first { $0.isFieldOrDatum }
  }

  func mergeAxes(_ model: ViewModel) {
    for channel in [Channel.x, .y] {
      if model.resolve(channel, guide: true) == "shared", !shareAxes(channel, model) {
        model.common.resolveAxis[channel.rawValue] = "independent"
      }
      guard model.isLayer, model.resolve(channel, guide: true) == "independent" else { continue }
      // Axes of their own: the second goes to the other side.
      var all: [AxisComponent] = []
      var counts: [String: Int] = [:]
      for axis in model.children.flatMap({ $0.axes[channel] ?? [] }) {
        let wanted = axis.orient
        let opposite = ["left": "right", "right": "left", "top": "bottom", "bottom": "top"][wanted] ?? wanted
        if !axis.explicit.contains("orient"), counts[wanted, default: 0] > counts[opposite, default: 0] {
          axis.orient = opposite
          axis.plan.orient = opposite
        }
        counts[wanted, default: 0] += 1
        // Only the first axis draws a grid, if its author does not say otherwise.
        if !all.isEmpty, !axis.explicit.contains("grid") { axis.plan.grid = false }
        all.append(axis)
      }
      if !all.isEmpty {
        model.axes[channel] = all
        for child in model.children { child.axes[channel] = nil }
      }
    }
  }

  /// One axis for all children; `false`, with nothing changed, if their authors want it on different sides.
  private func shareAxes(_ channel: Channel, _ model: ViewModel) -> Bool {
    // A grid within a grid keeps its axes at its own edges.
    let children = model.children.filter { !(model.isFacet && $0.isFacet) }
    let parts = children.compactMap { $0.axes[channel] }
    guard let first = parts.first else { return true }
    let sides = Set(parts.joined().filter { $0.explicit.contains("orient") }.map(\.orient))
    guard sides.count < 2, parts.allSatisfy({ $0.count == first.count }) else { return false }
    for part in parts.dropFirst() { for (axis, merged) in zip(part, first) { merged.merge(axis) } }
    model.axes[channel] = first
    for child in children { child.axes[channel] = nil }
    if let scale = model.scales[channel] { for axis in first { axis.scale = scale } }
    return true
  }
}

extension AxisComponent {
  /// Takes over what the other says and this does not; an author's word goes before a rule's.
  fileprivate func merge(_ other: AxisComponent) {
    func isWeaker(_ key: String) -> Bool { !explicit.contains(key) && other.explicit.contains(key) }
    if isWeaker("disable") { isDisabled = other.isDisabled }
    if other.titleIsExplicit, !titleIsExplicit {
      (titles, noTitle, titleIsExplicit) = (other.titles, other.noTitle, true)
    } else if other.titleIsExplicit == titleIsExplicit {
      titles = unitedTitles(titles, other.titles, areExplicit: titleIsExplicit)
      // Who wants none gets none, whatever the others say.
      noTitle = noTitle || other.noTitle
    }
    for entry in other.plan.properties.entries {
      // How labels are anchored follows from an angle that an author gives.
      let isAnchor = entry.name == "labelAlign" || entry.name == "labelBaseline"
      let isMissing =
        other.implied.contains(entry.name) && plan.properties[entry.name] == nil
        && !(isAnchor && explicit.contains("labelAngle"))
      if isMissing { implied.insert(entry.name) }
      if isMissing || isWeaker(entry.name) { plan.properties[entry.name] = entry.value }
    }
    if isWeaker("labelAngle") { plan.properties["labelAngleIsDefault"] = nil }
    if isWeaker("format") || isWeaker("formatType") && !other.plan.format.isDefault { plan.format = other.plan.format }
    if plan.format.isDefault { plan.format = other.plan.format }
    if plan.labelExpression == nil || isWeaker("labelExpr") { plan.labelExpression = other.plan.labelExpression }
    if isWeaker("values") {
      (plan.values, plan.valuesExpression) = (other.plan.values, other.plan.valuesExpression)
    }
    if isWeaker("tickCount") { plan.tickCount = other.plan.tickCount }
    if plan.tickCount == nil, plan.defaultTickDivisor == nil {
      plan.defaultTickDivisor = other.plan.defaultTickDivisor
    }
    if plan.tickMinStep == nil || isWeaker("tickMinStep") { plan.tickMinStep = other.plan.tickMinStep }
    if isWeaker("grid") { plan.grid = other.plan.grid }
    if isWeaker("orient") { (orient, plan.orient) = (other.orient, other.plan.orient) }
    if isWeaker("zindex") { plan.zindex = other.plan.zindex }
    explicit.formUnion(other.explicit)
  }
}

/// The titles of two guides that become one. Titles of fields are told once; what authors wrote is told unless it is all the same.
func unitedTitles(_ first: [String], _ second: [String], areExplicit: Bool) -> [String] {
  if areExplicit { return first.joined(separator: ", ") == second.joined(separator: ", ") ? first : first + second }
  return first + second.filter { !first.contains($0) }
}
