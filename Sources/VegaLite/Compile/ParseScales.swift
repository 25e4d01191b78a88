internal import AlmanacCore

/// Makes each unit's scales and unites those that views share.
/// https://github.com/vega/vega-lite/blob/main/src/compile/scale/parse.ts
extension ChartCompiler {
  func parseScales(_ model: ViewModel) {
    for child in model.children { parseScales(child) }
    if model.isUnit { parseUnitScales(model) } else { mergeScales(model) }
  }

  private func parseUnitScales(_ model: ViewModel) {
    for (channel, definition) in scaledChannels(model) {
      guard let type = scaleType(channel, definition, model) else { continue }
      model.scales[channel] = makeScale(channel, definition, model, type)
    }
    for channel in [Channel.xOffset, .yOffset] {
      if let scale = model.scales[channel], case .bandwidth(_, let part) = scale.plan.range,
        let position = model.scales[channel.positionOfOffset]
      {
        scale.plan.range = .bandwidth(scale: position.plan.name, part)
      }
    }
  }

  /// Channels that get a scale, with the definition that has the field, which may stand in a condition.
  func scaledChannels(_ model: ViewModel) -> [(Channel, ChannelDefinition)] {
    model.encoding.entries.compactMap { entry in
      let channel = entry.channel
      guard channel.hasScale, let definition = entry.definitions.first,
        !(model.mark.type == .geoshape && (channel == .shape || channel.isPosition && model.hasProjection))
      else { return nil }
      if definition.isFieldOrDatum { return (channel, definition) }
      let inner = definition.conditions.lazy.compactMap { $0.definition.first }.first { $0.isFieldOrDatum }
      return inner.map { (channel, $0) }
    }
  }

  private func makeScale(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel, _ type: ScaleType)
    -> ScaleComponent
  {
    let own = definition.scaleProperties ?? ValueObject()
    let zeroValue = own["zero"]?.boolValue ?? zero(channel, definition, model, type)
    let (range, explicitRange) = range(channel, definition, model, type, zero: zeroValue)
    var plan = ScalePlan(name: model.named(channel.rawValue), channel: channel, type: type, range: range)
    var explicit: Set<String> = []
    if explicitRange { explicit.insert("range") }
    if own["type"] != nil { explicit.insert("type") }
    func given(_ key: String) -> Value? {
      guard let value = own[key], takes(key, type, channel) else { return nil }
      explicit.insert(key)
      return value
    }
    plan.zero = type.isContinuous || type == .quantize ? zeroValue : nil
    if let value = own["zero"] {
      explicit.insert("zero")
      if case .expression(let expression) = reference(value) { plan.zeroExpression = expression }
    }
    plan.nice = given("nice") ?? nice(channel, definition, type)
    if let value = given("padding") ?? padding(channel, definition, model, type) { plan.padding = reference(value) }
    var inner = given("paddingInner")
    if inner == nil, plan.padding == nil { inner = paddingInner(channel, model, type) }
    plan.paddingInner = inner.map(reference)
    var outer = given("paddingOuter")
    if outer == nil, plan.padding == nil { outer = paddingOuter(channel, model, type, inner: inner) }
    plan.paddingOuter = outer.map(reference)
    plan.align = given("align").map(reference)
    plan.clamp = given("clamp")?.boolValue ?? config.value("scale", "clamp")?.boolValue
    plan.round = given("round")?.boolValue ?? (channel.isPosition ? config.value("scale", "round")?.boolValue : nil)
    plan.base = given("base").map(reference)
    plan.exponent = given("exponent").map(reference)
    plan.constant = given("constant").map(reference)
    plan.interpolate =
      given("interpolate")
      ?? (channel.isColor && definition.type != .nominal ? config.value("scale", "interpolate") ?? .string("hcl") : nil)
    if let value = given("reverse") {
      plan.reverse = reference(value)
    } else {
      let descends = type.isContinuous && definition["sort"] == .string("descending")
      let turned = channel == .x ? config.value("scale", "xReverse") : nil
      if let turned, descends {
        let source = (turned.member("expr").stringValue ?? turned.member("signal").stringValue).map { "!(\($0))" }
        plan.reverse =
          source.flatMap { expression($0) }.map(ValueReference.expression) ?? .value(.bool(!turned.asBool))
      } else if let turned {
        plan.reverse = reference(turned)
      } else if descends {
        plan.reverse = .value(.bool(true))
      }
    }
    if !(type.isBandLike && isStepped(channel, model)) {
      plan.rangeMin = given("rangeMin").map(reference)
      plan.rangeMax = given("rangeMax").map(reference)
    }
    plan.domainMin = given("domainMin").map { reference(dateValue($0)) }
    plan.domainMax = given("domainMax").map { reference(dateValue($0)) }
    plan.domainMid = given("domainMid").map { reference(dateValue($0)) }
    plan.domainRaw = given("domainRaw").map { raw in
      // Dates by their parts become times; anything else stays as it is.
      guard raw.arrayValue?.contains(where: isDateTime) == true, let dates = expression(literal(raw)) else {
        return reference(raw)
      }
      return .expression(dates)
    }
    if case .pointSize(let minimum, _, _) = plan.range {
      plan.range = .pointSize(min: minimum, stepX: pixelStep(.x, model), stepY: pixelStep(.y, model))
    }
    if case .barSize(let minimum, _, _) = plan.range {
      plan.range = .barSize(minimum: minimum, stepX: pixelStep(.x, model), stepY: pixelStep(.y, model))
    }
    if let bins = own["bins"], takes("bins", type, channel) {
      if let list = bins.arrayValue {
        plan.bins = .values(list.compactMap(\.numberValue))
      } else if let step = bins.member("step").numberValue {
        plan.bins = .step(step, start: bins.member("start").numberValue, stop: bins.member("stop").numberValue)
      }
    } else if definition.isBinning, type.isContinuous || type == .binOrdinal {
      plan.bins = .signal(binSignal(model, definition))
    } else if definition.isBinned, type.isContinuous,
      let step = definition["binStep"]?.numberValue
    {
      plan.bins = .step(step, start: nil, stop: nil)
    }
    parseDomain(&plan, channel, definition, model, &explicit)
    let component = ScaleComponent(plan, model: model)
    component.explicit = explicit
    return component
  }

  /// The size of a step along a channel: a bin's, or the one that the view is made of, or would be.
  private func pixelStep(_ channel: Channel, _ model: ViewModel) -> SizePlan {
    if let definition = model.encoding[channel], definition.isBinning {
      return .bins(signal: binSignal(model, definition))
    }
    // Along amounts a step says nothing.
    let isContinuous = model.encoding[channel].map { $0.isFieldOrDatum && $0.type?.isContinuous == true } ?? false
    let given = isContinuous ? nil : channel == .x ? model.givenWidth : model.givenHeight
    return .fixed(given?.member("step").numberValue ?? discreteStep(channel))
  }

  /// Whether categories along a side of the view make its size, so that their scale has no ends of its own.
  private func isStepped(_ channel: Channel, _ model: ViewModel) -> Bool {
    guard channel == .x || channel == .y else { return false }
    let given = channel == .x ? model.givenWidth : model.givenHeight
    if let given { return given.objectValue != nil }
    return config.value("view", channel == .x ? "discreteWidth" : "discreteHeight")?.numberValue == nil
  }

  func discreteStep(_ channel: Channel) -> Double {
    let key = channel.isHorizontal ? "discreteWidth" : "discreteHeight"
    if let step = config.value("view", key)?.member("step").numberValue { return step }
    return config.number("view", "step") ?? 20
  }

  /// Dates given by their parts, as milliseconds in expressions; other values as they are.
  func dateValue(_ value: Value) -> Value {
    guard isDateTime(value), case .object(let object) = value else { return value }
    return .object(ValueObject(["expr": .string(dateText(object))]))
  }

  // MARK: Domains

  private func parseDomain(
    _ plan: inout ScalePlan, _ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel,
    _ explicit: inout Set<String>
  ) {
    let own = definition.scaleProperties?["domain"]
    switch own {
    case .array(let values)?:
      plan.domainIsExplicit = true
      explicit.insert("domain")
      if values.contains(where: { $0.objectValue != nil }) {
        let text =
          "[" + values.map { isDateTime($0) ? dateText($0.objectValue!) : literal($0) }.joined(separator: ",") + "]"
        plan.domains = expression(text).map { [.expression($0)] } ?? []
      } else if plan.type.isTime, values.allSatisfy({ $0.stringValue != nil || $0.numberValue != nil }) {
        let text = "[" + values.map { "toDate(\(literal($0)))" }.joined(separator: ",") + "]"
        plan.domains = expression(text).map { [.expression($0)] } ?? []
      } else {
        plan.domains = [.values(values)]
      }
      return
    case .object(let object)?:
      if let text = (object["expr"] ?? object["signal"])?.stringValue, let parsed = expression(text) {
        plan.domains = [.expression(parsed)]
        plan.domainIsExplicit = true
        return
      }
      if let list = object["unionWith"]?.arrayValue {
        plan.domains = [.values(list)] + defaultDomain(channel, definition, model, plan.type)
        return
      }
      if let name = (object["param"] ?? object["selection"])?.stringValue, let selection = selections[name],
        let value = selection.value?.objectValue,
        let list = value[channel.rawValue]?.arrayValue ?? value.members.first?.value.arrayValue
      {
        plan.domains = [.values(list.map { dateValue($0) })]
        if list.contains(where: isDateTime) {
          plan.domains =
            expression("[" + list.map(literal).joined(separator: ",") + "]").map { [.expression($0)] } ?? []
        }
        plan.domainIsExplicit = true
        return
      }
    default: break
    }
    if isUnaggregated(definition, plan.type), let field = definition.field {
      plan.domains = [
        .fields(
          data: model.main,
          fields: [FieldPath(column: "min_" + field.columnName), FieldPath(column: "max_" + field.columnName)],
          sort: nil)
      ]
      return
    }
    if let values = boundDomain(channel, model) {
      plan.domains = [.values(values.map { dateValue($0) })]
      if values.contains(where: isDateTime) {
        plan.domains =
          expression("[" + values.map(literal).joined(separator: ",") + "]").map { [.expression($0)] } ?? []
      }
      plan.domainIsExplicit = true
      plan.nice = nil
      plan.zero = false
      return
    }
    plan.domains = defaultDomain(channel, definition, model, plan.type)
    // The other end of an interval belongs to the domain.
    if let secondary = channel.secondary, let end = model.encoding[secondary], end.isFieldOrDatum,
      plan.type.isContinuous || end.isField
    {
      if let datum = end.datum {
        plan.domains.append(datumDomain(datum, plan.type))
      } else {
        plan.domains.append(.fields(data: model.domainStep, fields: [end.path()], sort: nil))
      }
    }
  }

  /// The initial value of a selection that is bound to the view's scales.
  private func boundDomain(_ channel: Channel, _ model: ViewModel) -> [Value]? {
    var at: ViewModel? = model
    while let view = at, view.isUnit || view.isLayer {
      for parameter in view.common.parameters where parameter.bind == .string("scales") {
        if let list = parameter.value?.objectValue?[channel.rawValue]?.arrayValue, list.count == 2 { return list }
      }
      at = view.parent
    }
    return nil
  }

  private func datumDomain(_ datum: Value, _ type: ScaleType) -> DomainSource {
    if case .object(let object) = datum {
      if let text = (object["expr"] ?? object["signal"])?.stringValue, let parsed = expression("[\(text)]") {
        return .expression(parsed)
      }
      if let parsed = expression("[\(dateText(object))]") { return .expression(parsed) }
    }
    if type.isTime, let parsed = expression("[toDate(\(literal(datum)))]") { return .expression(parsed) }
    return .values([datum])
  }

  private func defaultDomain(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel, _ type: ScaleType)
    -> [DomainSource]
  {
    if let datum = definition.datum { return [datumDomain(datum, type)] }
    if let stack = model.stack, stack.fieldChannel == channel {
      if stack.offset == "normalize" { return [.values([.number(0), .number(1)])] }
      return [
        .fields(
          data: model.domainStep,
          fields: [FieldPath(column: definition.column() + "_start"), FieldPath(column: definition.column() + "_end")],
          sort: nil)
      ]
    }
    var sort = domainSort(channel, definition, model, type)
    // Any order but the natural one and that of the rows is told by all rows, and so are the values.
    let isPlain = sort == nil || sort == .natural(descending: false)
    let path = definition.path()
    if definition.isBinning {
      if type.isDiscrete {
        if type == .binOrdinal { return [.bins(signal: binSignal(model, definition))] }
        return [
          .fields(
            data: isPlain ? model.main : rawStep(model),
            fields: [FieldPath(column: definition.column(hasRangeLabel(definition) ? "range" : ""))],
            sort: sort.flatMap { if case .by = $0 { $0 } else { nil } }
              ?? .by(
                .min, FieldPath(column: definition.column()),
                descending: { if case .natural(true)? = sort { true } else { false } }()))
        ]
      }
      return [.bins(signal: binSignal(model, definition))]
    }
    if type.isTime, rectangleShift(definition, channel, model) != nil {
      return [
        .fields(
          data: model.domainStep,
          fields: [
            FieldPath(column: definition.column() + "_offsetted_rect_start"),
            FieldPath(column: definition.column() + "_offsetted_rect_end"),
          ], sort: nil)
      ]
    }
    if definition.timeUnit != nil, type.isTime, usesUnitEnd(channel, definition, model) {
      return [.fields(data: model.domainStep, fields: [path, FieldPath(column: definition.column("end"))], sort: nil)]
    }
    // What is sorted by itself is in its natural order, whatever is made of the values.
    if case .by(let operation, let field?, let descending)? = sort, field == definition.field, operation != .count {
      sort = .natural(descending: descending)
    }
    let data = !isPlain ? rawStep(model) : type.isDiscrete ? model.categoryStep : model.domainStep
    return [.fields(data: data, fields: [path], sort: sort)]
  }

  /// The rows before aggregation, from which the facets around the view are then made, too.
  private func rawStep(_ model: ViewModel) -> Int {
    model.needsRaw = true
    return model.raw
  }

  /// Whether marks span the whole unit, so that its end belongs to the domain.
  func usesUnitEnd(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel) -> Bool {
    if let secondary = channel.secondary, model.encoding.has(secondary) { return false }
    return definition.bandPosition != nil || config.markConfig("timeUnitBandPosition", model.mark) != nil
  }

  func domainSort(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel, _ type: ScaleType)
    -> DomainSort?
  {
    guard type.isDiscrete else { return nil }
    switch definition["sort"] {
    case .array?: return .by(.min, FieldPath(column: sortIndexName(model, channel, definition)), descending: false)
    case .null?: return nil
    case .object(let object)?:
      let descending = object["order"]?.stringValue == "descending"
      if let name = object["encoding"]?.stringValue, let other = Channel(rawValue: name) {
        return encodingSort(other, descending, model)
      }
      let operation = object["op"]?.stringValue.flatMap(AggregateOperation.init) ?? (model.stack != nil ? .sum : .min)
      if let field = object["field"]?.stringValue { return .by(operation, FieldPath(field), descending: descending) }
      if object["op"] != nil { return .by(operation, nil, descending: descending) }
      return .natural(descending: descending)
    case .string(let word)?:
      switch word {
      case "ascending": return timeUnitSort(definition, false)
      case "descending": return timeUnitSort(definition, true)
      default:
        let descending = word.hasPrefix("-")
        if let other = Channel(rawValue: descending ? String(word.dropFirst()) : word) {
          return Channel.sorting.contains(other) ? encodingSort(other, descending, model) : nil
        }
        return nil
      }
    default: return timeUnitSort(definition, false)
    }
  }

  /// Whether a binned field is shown by the words for its bins: where it is a category.
  func hasRangeLabel(_ definition: ChannelDefinition) -> Bool {
    definition.type == .ordinal || definition.type == .nominal
  }

  private func timeUnitSort(_ definition: ChannelDefinition, _ descending: Bool) -> DomainSort {
    .natural(descending: descending)
  }

  private func encodingSort(_ channel: Channel, _ descending: Bool, _ model: ViewModel) -> DomainSort? {
    guard let definition = model.encoding[channel], definition.isField else { return .natural(descending: descending) }
    if case .operation(let operation)? = definition.aggregate {
      return .by(operation, definition.isCount ? nil : definition.field, descending: descending)
    }
    // As the reference, rows before aggregation are asked for a column that they do not have: they stay as they come.
    if definition.isArgument {
      return .by(.min, FieldPath(column: definition.path().columnName), descending: descending)
    }
    if let field = definition.field { return .by(model.stack != nil ? .sum : .min, field, descending: descending) }
    return .natural(descending: descending)
  }

  // MARK: Merging

  private func mergeScales(_ model: ViewModel) {
    let channels = Channel.allCases.filter(\.hasScale)
    for channel in channels {
      let parts = model.children.compactMap { $0.scales[channel] }
      guard !parts.isEmpty, model.resolve(channel) == "shared" else { continue }
      guard parts.allSatisfy({ $0.plan.type.canShare(with: parts[0].plan.type) }) else {
        model.independentScales.insert(channel)
        continue
      }
      let merged = ScaleComponent(parts[0].plan, model: model)
      merged.explicit = parts[0].explicit
      merged.plan.name = model.named(channel.rawValue)
      for part in parts.dropFirst() { merge(part, into: merged) }
      model.scales[channel] = merged
      for child in model.children { replace(parts, by: merged, channel, in: child) }
      // Offsets and sizes name their position scale.
      if channel.isPosition {
        for unit in model.units {
          if let offset = unit.scales[channel.offset!], case .bandwidth(_, let part) = offset.plan.range {
            offset.plan.range = .bandwidth(scale: merged.plan.name, part)
          }
        }
        if let offset = model.scales[channel.offset!], case .bandwidth(_, let part) = offset.plan.range {
          offset.plan.range = .bandwidth(scale: merged.plan.name, part)
        }
      }
    }
    for channel in [Channel.xOffset, .yOffset] {
      if let offset = model.scales[channel], case .bandwidth(_, let part) = offset.plan.range,
        let position = model.scales[channel.positionOfOffset]
      {
        offset.plan.range = .bandwidth(scale: position.plan.name, part)
      }
    }
  }

  private func replace(_ parts: [ScaleComponent], by merged: ScaleComponent, _ channel: Channel, in model: ViewModel) {
    if let own = model.scales[channel], parts.contains(where: { $0 === own }) { model.scales[channel] = merged }
    for child in model.children { replace(parts, by: merged, channel, in: child) }
  }

  private func merge(_ part: ScaleComponent, into merged: ScaleComponent) {
    let other = part.plan
    /// Whether the second of two differing values wins: an author's over a computed one, any over none.
    func takes<T>(_ key: String, _ mine: T?, _ theirs: T?) -> Bool {
      guard theirs != nil else { return false }
      if mine == nil { return true }
      return part.explicit.contains(key) && !merged.explicit.contains(key)
    }
    if part.explicit.contains("range"), !merged.explicit.contains("range") {
      merged.plan.range = other.range
    } else if case .step(let mine) = merged.plan.range, case .step(let theirs) = other.range, theirs > mine {
      merged.plan.range = other.range
    }
    if takes("zero", merged.plan.zero, other.zero) { merged.plan.zero = other.zero }
    if takes("nice", merged.plan.nice, other.nice) { merged.plan.nice = other.nice }
    /// Padding that no author gave belongs to the kind of scale that it was computed for.
    func takesPadding(_ key: String, _ mine: ValueReference?, _ theirs: ValueReference?) -> Bool {
      takes(key, mine, theirs) && (part.explicit.contains(key) || other.type == merged.plan.type)
    }
    if takesPadding("padding", merged.plan.padding, other.padding) { merged.plan.padding = other.padding }
    if takesPadding("paddingInner", merged.plan.paddingInner, other.paddingInner) {
      merged.plan.paddingInner = other.paddingInner
    }
    if takesPadding("paddingOuter", merged.plan.paddingOuter, other.paddingOuter) {
      merged.plan.paddingOuter = other.paddingOuter
    }
    if takes("reverse", merged.plan.reverse, other.reverse) { merged.plan.reverse = other.reverse }
    if takes("clamp", merged.plan.clamp, other.clamp) { merged.plan.clamp = other.clamp }
    if takes("round", merged.plan.round, other.round) { merged.plan.round = other.round }
    if takes("base", merged.plan.base, other.base) { merged.plan.base = other.base }
    if takes("exponent", merged.plan.exponent, other.exponent) { merged.plan.exponent = other.exponent }
    if takes("constant", merged.plan.constant, other.constant) { merged.plan.constant = other.constant }
    if takes("interpolate", merged.plan.interpolate, other.interpolate) { merged.plan.interpolate = other.interpolate }
    if takes("align", merged.plan.align, other.align) { merged.plan.align = other.align }
    if takes("domainMin", merged.plan.domainMin, other.domainMin) { merged.plan.domainMin = other.domainMin }
    if takes("domainMax", merged.plan.domainMax, other.domainMax) { merged.plan.domainMax = other.domainMax }
    if takes("domainRaw", merged.plan.domainRaw, other.domainRaw) { merged.plan.domainRaw = other.domainRaw }
    if takes("domainMid", merged.plan.domainMid, other.domainMid) { merged.plan.domainMid = other.domainMid }
    if merged.plan.bins != other.bins, merged.plan.bins == nil { merged.plan.bins = other.bins }
    if other.domainIsExplicit, !merged.plan.domainIsExplicit {
      merged.plan.domains = other.domains
      merged.plan.domainIsExplicit = true
    } else if other.domainIsExplicit == merged.plan.domainIsExplicit {
      for domain in other.domains where !merged.plan.domains.contains(domain) { merged.plan.domains.append(domain) }
    }
    merged.explicit.formUnion(part.explicit)
  }
}
