internal import AlmanacCore

/// What axes look like when their authors leave it open.
/// https://github.com/vega/vega-lite/blob/main/src/compile/axis/properties.ts
extension ChartCompiler {
  func makeAxis(
    _ channel: Channel, _ definition: ChannelDefinition, _ own: ValueObject, _ scale: ScaleComponent, _ model: ViewModel
  ) -> AxisComponent {
    let type = scale.plan.type
    let firstOrient =
      own["orient"]?.stringValue
      ?? config.axis(channel: channel, orient: channel == .x ? "bottom" : "left", scale: type)["orient"]?.stringValue
    let orient = firstOrient ?? (channel == .x ? "bottom" : "left")
    var settings = config.axis(channel: channel, orient: orient, scale: type)
    if let style = own["style"] {
      let names = style.stringValue.map { [$0] } ?? style.arrayValue?.compactMap(\.stringValue) ?? []
      for name in names {
        for member in config.object("style")?[name]?.objectValue?.members ?? [] { settings[member.key] = member.value }
      }
    }
    func setting(_ key: String) -> Value? { own[key] ?? settings[key] }
    let isDiscrete = type.isDiscrete
    let grid =
      setting("grid")?.boolValue ?? (!isDiscrete && definition.isField && !definition.isBinning && !definition.isBinned)
    var plan = AxisPlan(
      channel: channel, scale: "", orient: orient, isGrid: false, grid: grid,
      format: formatPlan(
        definition, format: own["format"] ?? definition["format"] ?? settings["format"],
        formatType: (own["formatType"] ?? definition["formatType"] ?? settings["formatType"])?.stringValue,
        isGuide: true, scale: type,
        model: model, channel: channel),
      properties: GuideProperties(),
      zindex: Int(limited: setting("zindex")?.numberValue ?? (model.mark.type == .rect && isDiscrete ? 1 : 0)))
    for member in settings.members where member.key != "title" && member.key != "format" {
      plan.properties[member.key] = guideValue(member.value)
    }
    for member in own.members { plan.properties[member.key] = guideValue(member.value) }

    // Angles decide how labels are anchored.
    var angle = setting("labelAngle")?.numberValue
    if setting("labelAngle") == nil, channel == .x, definition.type == .nominal || definition.type == .ordinal,
      definition.timeUnit == nil
    {
      angle = 270
      plan.properties["labelAngleIsDefault"] = .value(.bool(true))
    }
    if let given = angle {
      let turned = ((given.truncatingRemainder(dividingBy: 360)) + 360).truncatingRemainder(dividingBy: 360)
      plan.properties["labelAngle"] = .value(.number(turned))
      if setting("labelBaseline") == nil, let baseline = labelBaseline(turned, orient, channel) {
        plan.properties["labelBaseline"] = .value(.string(baseline))
      }
      if setting("labelAlign") == nil, let align = labelAlign(turned, orient, channel) {
        plan.properties["labelAlign"] = .value(.string(align))
      }
    }
    if let source = setting("labelAngle")?.objectValue.flatMap({ $0["expr"] ?? $0["signal"] })?.stringValue {
      let (baseline, align) = turnedLabelAnchors(source, orient, channel)
      if setting("labelBaseline") == nil { plan.properties["labelBaseline"] = guideValue(baseline) }
      if setting("labelAlign") == nil { plan.properties["labelAlign"] = guideValue(align) }
    }
    if setting("labelFlush") == nil, channel == .x, definition.type == .quantitative || definition.type == .temporal {
      plan.properties["labelFlush"] = .value(.bool(true))
    }
    if setting("labelOverlap") == nil {
      let isSortObject = definition["sort"]?.objectValue != nil
      if (definition.timeUnit != nil && !isSortObject) || (definition.type != .nominal && definition.type != .ordinal) {
        plan.properties["labelOverlap"] = .value(type == .log || type == .symlog ? .string("greedy") : .bool(true))
      }
    }
    if let text = setting("labelExpr")?.stringValue { plan.labelExpression = expression(text) }
    (plan.values, plan.valuesExpression) = guideValues(setting("values"), type)
    if let count = setting("tickCount") {
      plan.tickCount = guideValue(count)
    } else if !isDiscrete, type != .log,
      !(definition.timeUnit.map { ["month", "hours", "day", "quarter"].contains($0.localUnit) } ?? false)
    {
      plan.defaultTickDivisor = definition.isBinning ? 10 : 40
    }
    if let step = setting("tickMinStep"), step.isPresent {
      plan.tickMinStep = reference(step)
    } else if case .number("d"?) = plan.format.kind {
      plan.tickMinStep = .value(.number(1))
    } else if type.isTime, let unit = definition.timeUnit, unit.parts.last != "day" {
      // Weekdays have no least step in Vega-Lite.
      plan.tickMinStep = unit.milliseconds.map { .value(.number($0)) }
    }
    let component = AxisComponent(plan, scale: scale)
    for member in plan.properties.entries where settings[member.name] == nil && own[member.name] == nil {
      component.implied.insert(member.name)
    }
    if own["orient"] != nil { component.explicit.insert("orient") }
    component.explicit.formUnion(own.members.map(\.key))
    // Titles of both ends of an interval are shown.
    if let title = own["title"] {
      component.titleIsExplicit = true
      component.titles = titleLines(title)
      component.noTitle = title.isNull
    } else {
      let second = channel.secondary.flatMap { model.encoding[$0] }
      // The place of a datum is no field, whose title an axis would bear.
      if let title = (definition.isField ? definition["title"] : nil) ?? second?["title"] {
        component.titleIsExplicit = true
        component.titles = titleLines(title)
        component.noTitle = title.isNull
        if definition["title"] != nil, let other = second?["title"]?.stringValue, !component.titles.contains(other) {
          component.titles.append(other)
        }
      } else {
        if definition.isField { component.titles.append(definition.derivedTitle(config)) }
        if let second, second.isField {
          let title = second.derivedTitle(config)
          if !component.titles.contains(title) { component.titles.append(title) }
        }
      }
    }
    if case .value(.null)? = plan.properties["title"] { component.noTitle = true }
    if let title = settings["title"], own["title"] == nil {
      component.noTitle = title.isNull; component.titles = titleLines(title)
    }
    return component
  }

  /// The values that an author wants shown; dates become times.
  func guideValues(_ given: Value?, _ type: ScaleType) -> ([Value]?, Expression?) {
    switch given {
    case .array(let values)?:
      guard values.contains(where: isDateTime) || (type.isTime && values.contains { $0.stringValue != nil }) else {
        return (values, nil)
      }
      let dates = values.map { value in
        value.objectValue.flatMap { isDateTime(value) ? dateText($0) : nil } ?? "toDate(\(literal(value)))"
      }
      return (nil, expression("[\(dates.joined(separator: ","))]"))
    case .object(let object)?:
      return (nil, (object["expr"] ?? object["signal"])?.stringValue.flatMap { expression($0) })
    default: return (nil, nil)
    }
  }

  func titleLines(_ title: Value) -> [String] {
    switch title {
    case .string(let text): [text]
    case .array(let lines): [lines.map(\.asString).joined(separator: "\n")]
    default: []
    }
  }

  /// How labels are anchored whose angle a parameter gives: the rules below, as expressions.
  ///
  /// Where those leave the anchor open, the reference leaves it empty: text then starts at its place, on its baseline.
  private func turnedLabelAnchors(_ source: String, _ orient: String, _ channel: Channel) -> (Value, Value) {
    let isX = channel == .x
    let angle = "((((\(source)) % 360) + 360) % 360)"
    let start = isX ? 0 : 90
    let baseline =
      isX
      ? "(45 < \(angle) && \(angle) < 135) || (225 < \(angle) && \(angle) < 315) ? 'middle' : "
        + "(\(angle) <= 45 || 315 <= \(angle)) === \(orient == "top") ? 'bottom' : 'top'"
      : "\(angle) <= 45 || 315 <= \(angle) || (135 <= \(angle) && \(angle) <= 225) ? 'alphabetic' : "
        + "(45 <= \(angle) && \(angle) <= 135) === \(orient == "left") ? 'top' : 'bottom'"
    let align =
      "(\(angle) + \(start)) % 180 === 0 ? '\(isX ? "left" : "center")' : "
      + "(\(start) < \(angle) && \(angle) < \(180 + start)) === \(orient == (isX ? "bottom" : "left")) ? 'left' : 'right'"
    func expression(_ text: String) -> Value { .object(ValueObject(["expr": .string(text)])) }
    return (expression(baseline), expression(align))
  }

  func labelBaseline(_ angle: Double, _ orient: String, _ channel: Channel) -> String? {
    if channel == .x {
      if angle <= 45 || angle >= 315 { return orient == "top" ? "bottom" : "top" }
      if angle < 135 || angle > 225 { return "middle" }
      return orient == "top" ? "top" : "bottom"
    }
    if angle <= 45 || angle >= 315 || (angle >= 135 && angle <= 225) { return nil }
    if angle < 135 { return orient == "left" ? "top" : "bottom" }
    return orient == "left" ? "bottom" : "top"
  }

  func labelAlign(_ angle: Double, _ orient: String, _ channel: Channel) -> String? {
    let start: Double = channel == .x ? 0 : 90
    let main = channel == .x ? "bottom" : "left"
    if (angle + start).truncatingRemainder(dividingBy: 180) == 0 { return channel == .x ? nil : "center" }
    if angle > start, angle < 180 + start { return orient == main ? "left" : "right" }
    return orient == main ? "right" : "left"
  }

  /// A property as written, its expression parsed, its conditions in order.
  func guideValue(_ value: Value) -> GuideValue {
    guard case .object(let object) = value else { return .value(value) }
    if let text = (object["expr"] ?? object["signal"])?.stringValue, let parsed = expression(text) {
      return .expression(parsed)
    }
    if let condition = object["condition"] {
      var rules: [(Expression, GuideValue)] = []
      for item in condition.arrayValue ?? [condition] {
        guard case .object(let rule) = item else { continue }
        let test = rule["test"].map { test in axisPredicate(test) } ?? nil
        guard let test, let parsed = expression(test) else { continue }
        let result: GuideValue =
          rule["expr"]?.stringValue.flatMap { expression($0) }.map { .expression($0) } ?? .value(rule["value"] ?? .null)
        rules.append((parsed, result))
      }
      let otherwise: GuideValue =
        object["expr"]?.stringValue.flatMap { expression($0) }.map { .expression($0) }
        ?? .value(object["value"] ?? .null)
      return .conditional(rules, otherwise: otherwise)
    }
    return .value(value)
  }

  private func axisPredicate(_ test: Value) -> String? { predicateText(test) }
}

extension TimeUnitDefinition {
  /// How long the smallest part lasts, in milliseconds, from the first of January 2001 on.
  package var milliseconds: Double? {
    let step = self.step ?? 1
    func days(ofMonths count: Double) -> Double {
      let lengths = [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      let years = (count / 12).rounded(.down)
      // Every fourth year behind 2001 is longer by a day.
      let whole = years * 365 + (years / 4).rounded(.down)
      return lengths.prefix(Int(limited: count - years * 12)).reduce(whole, +)
    }
    switch parts.last {
    case "year": return days(ofMonths: 12 * step) * 86_400_000
    case "quarter": return days(ofMonths: 3 * step) * 86_400_000
    case "month": return days(ofMonths: step) * 86_400_000
    case "week": return 7 * 86_400_000 * step
    case "date", "day", "dayofyear": return 86_400_000 * step
    case "hours": return 3_600_000 * step
    case "minutes": return 60_000 * step
    case "seconds": return 1_000 * step
    case "milliseconds": return step
    default: return nil
    }
  }
}
