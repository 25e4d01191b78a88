internal import AlmanacCore
internal import Notation

extension SpecDecoder {
  mutating func encoding(_ value: NotationValue?, path: String) -> Encoding {
    var encoding = Encoding()
    for member in value?.object ?? [] {
      guard let channel = Channel(rawValue: member.key) else {
        unknownKey(member, in: path, allowed: Channel.allCases.map(\.rawValue))
        continue
      }
      if case .null = member.value.content { continue }
      let place = "\(path).\(member.key)"
      if channel == .time {
        unsupported("animation", place, at: member.keySpan)
        continue
      }
      if let list = member.value.array {
        let definitions = list.enumerated().compactMap { channelDefinition($1, channel, path: "\(place)[\($0)]") }
        encoding.all(channel, definitions)
      } else if let definition = channelDefinition(member.value, channel, path: place) {
        encoding.all(channel, [definition])
      }
    }
    return encoding
  }

  mutating func channelDefinition(_ value: NotationValue, _ channel: Channel, path: String) -> ChannelDefinition? {
    guard let members = value.object else {
      wrongKind(value, path, expected: "an object")
      return nil
    }
    var definition = ChannelDefinition(span: value.span)
    for member in members {
      let place = "\(path).\(member.key)"
      let content = member.value
      switch member.key {
      case "field":
        if let text = content.string {
          definition.field = FieldPath(text)
        } else if let name = content["repeat"]?.string {
          definition.repeated = name
        } else {
          wrongKind(content, place, expected: "the name of a field")
        }
      case "datum":
        if let name = content["repeat"]?.string { definition.repeated = "datum:" + name }
        definition.datum = Value(content)
      case "value": definition.value = Value(content)
      case "aggregate": definition.aggregate = aggregate(content, path: place)
      case "bin":
        definition.bin = bin(content, path: place)
        if definition.bin == .binned, let step = content["step"]?.number {
          definition.properties["binStep"] = .number(step)
        }
      case "timeUnit": definition.timeUnit = timeUnit(content, path: place)
      case "type": definition.type = word(content, place, MeasureType.self)
      case "condition": definition.conditions = conditions(content, channel, path: place)
      default:
        if !words.channelDefinition.contains(member.key) {
          unknownKey(member, in: path, allowed: words.channelDefinition)
        }
        switch member.key {
        case "scale": checkScale(content, place)
        case "axis": guide(content, place, allowed: words.axis, .axis)
        case "legend": guide(content, place, allowed: words.legend, .legend)
        case "header": check(content, place, allowed: words.header, .header)
        case "sort": checkSort(content, place)
        case "impute":
          check(content, place, allowed: ["value", "method", "frame", "keyvals"], .impute)
        case "bandPosition", "align", "bounds", "center", "columns", "spacing":
          checkValues(NotationValue(.object([member]), at: value.span), path, .grid)
        case "stack":
          if let text = content.string, !words.stackOffsets.contains(text) {
            unknownValue(content, place, allowed: words.stackOffsets)
          }
        default: break
        }
        definition.properties[member.key] = Value(content)
      }
    }
    return definition
  }

  private mutating func guide(_ value: NotationValue, _ path: String, allowed: [String], _ kinds: PropertyKinds) {
    check(value, path, allowed: allowed, kinds)
    if let member = value.object?.first(where: { $0.key == "encoding" }) {
      unsupported(
        "Vega's encoding of a guide", "\(path).encoding", at: member.keySpan,
        hint: "use the guide's own properties, such as labelColor, or labelExpr")
    }
  }

  mutating func aggregate(_ value: NotationValue, path: String) -> ChannelAggregate? {
    if let field = value["argmin"]?.string { return .argmin(FieldPath(field)) }
    if let field = value["argmax"]?.string { return .argmax(FieldPath(field)) }
    return word(value, path, AggregateOperation.self).map(ChannelAggregate.operation)
  }

  private mutating func bin(_ value: NotationValue, path: String) -> ChannelBin? {
    switch value.content {
    case .bool(true): return .parameters(ValueObject())
    case .string("binned"): return .binned
    case .object:
      if case .bool(true)? = value["binned"]?.content { return .binned }
      check(
        value, path,
        allowed: ["anchor", "base", "binned", "divide", "extent", "maxbins", "minstep", "nice", "step", "steps"], .bin)
      return .parameters(object(value) ?? ValueObject())
    case .bool(false), .null: return nil
    default:
      unknownValue(value, path, allowed: ["binned"])
      return nil
    }
  }

  mutating func timeUnit(_ value: NotationValue, path: String) -> TimeUnitDefinition? {
    check(value, path, allowed: ["unit", "utc", "step", "maxbins", "binned"], .timeUnit)
    let unitValue = value["unit"] ?? value
    if let text = unitValue.string {
      guard words.isTimeUnit(text) else {
        unknownValue(
          unitValue, path,
          allowed: words.timeUnitParts + ["yearmonth", "yearmonthdate", "hoursminutes", "yearquarter", "monthdate"])
        return nil
      }
      let binned = text.hasPrefix("binned") || value["binned"]?.bool == true
      return TimeUnitDefinition(
        unit: text.hasPrefix("binned") ? String(text.dropFirst(6)) : text, step: value["step"]?.number,
        maxbins: value["maxbins"]?.number, binned: binned)
    }
    if value.object != nil {
      // Without a unit Vega picks one from the extent and `maxbins`.
      return TimeUnitDefinition(
        unit: value["utc"]?.bool == true ? "utc" : "", step: value["step"]?.number,
        maxbins: value["maxbins"]?.number ?? 40,
        binned: false)
    }
    wrongKind(value, path, expected: "the name of a time unit")
    return nil
  }

  private mutating func conditions(_ value: NotationValue, _ channel: Channel, path: String) -> [ChannelCondition] {
    let list = value.array ?? [value]
    var result: [ChannelCondition] = []
    for (index, item) in list.enumerated() {
      let place = value.array == nil ? path : "\(path)[\(index)]"
      guard let members = item.object else {
        wrongKind(item, place, expected: "an object")
        continue
      }
      var rest = item
      rest.content = .object(
        members.filter { $0.key != "test" && $0.key != "param" && $0.key != "selection" && $0.key != "empty" })
      let definition = channelDefinition(rest, channel, path: place)
      result.append(
        ChannelCondition(
          test: item["test"].map { Value($0) }, parameter: item["param"]?.string ?? item["selection"]?.string,
          empty: item["empty"]?.bool, definition: definition.map { [$0] } ?? []))
    }
    return result
  }
}
