internal import AlmanacCore

/// Fills in what authors leave out: types of fields, bin parameters, orientation, filling.
/// https://github.com/vega/vega-lite/blob/main/src/channeldef.ts (`initChannelDef`, `defaultType`)
struct EncodingInitializer {
  var config: Config
  var diagnostics: [Diagnostic] = []

  mutating func initialize(_ encoding: Encoding, mark: MarkDefinition) -> Encoding {
    var result = Encoding()
    for entry in encoding.entries {
      var channel = entry.channel
      // A channel that only says how, not what, shows nothing.
      guard
        channel == .order
          || entry.definitions.contains(where: { $0.isFieldOrDatum || $0.isValue || !$0.conditions.isEmpty })
      else { continue }
      // A colour of something drawn as fill or stroke stays `color`; unused channels are dropped with a word.
      if !supports(entry.channel, mark: mark, encoding: encoding, at: entry.definitions.first) { continue }
      if channel == .color, let span = entry.definitions.first?.span, let own = paintBesideColor(mark, encoding) {
        diagnostics.append(
          .warning("chart.channel-not-used", "channel 'color' says what '\(own)' says already", at: span))
        continue
      }
      if channel == .angle, mark.type == .arc, !encoding.has(.theta) { channel = .theta }
      // A line has one width; an aggregate would vary it.
      if channel == .size, mark.type == .line, entry.definitions.first?.isAggregated == true { continue }
      result.all(channel, entry.definitions.map { initialize($0, channel, encoding) })
    }
    for offset in [Channel.xOffset, .yOffset] {
      guard var definition = result[offset], definition["sort"] == nil, let order = colorOrder(of: definition, result)
      else { continue }
      definition["sort"] = order
      result.all(offset, [definition])
    }
    return result
  }

  /// The channel that paints what colours paint of a mark, if there is one.
  private func paintBesideColor(_ mark: MarkDefinition, _ encoding: Encoding) -> String? {
    let isLined = mark.type == .point || mark.type == .line || mark.type == .rule
    let own: Channel = config.mark("filled", mark)?.boolValue ?? !isLined ? .fill : .stroke
    return encoding.has(own) ? own.rawValue : nil
  }

  /// Groups beside each other stand in the order of the colours' own domain, as their legend does.
  private func colorOrder(of definition: ChannelDefinition, _ encoding: Encoding) -> Value? {
    for channel in [Channel.color, .fill, .stroke] {
      guard let color = encoding[channel], color.type == .nominal, let field = color.field, field == definition.field,
        case .array(let domain)? = color.scaleProperties?["domain"]
      else { continue }
      return .array(domain)
    }
    return nil
  }

  mutating func initialize(_ definition: ChannelDefinition, _ channel: Channel, _ encoding: Encoding? = nil)
    -> ChannelDefinition
  {
    var result = definition
    result.conditions = definition.conditions.map { condition in
      var condition = condition
      condition.definition = condition.definition.map { initialize($0, channel) }
      return condition
    }
    guard definition.isFieldOrDatum else { return result }
    if case .parameters(var parameters)? = result.bin {
      if parameters["maxbins"] == nil, parameters["step"] == nil {
        let count: Double =
          channel == .row || channel == .column || channel == .size || channel.isColor || channel == .strokeWidth
            || channel.main == .opacity || channel == .opacity || channel == .fillOpacity || channel == .strokeOpacity
            || channel == .shape ? 6 : 10
        parameters["maxbins"] = .number(channel == .strokeDash ? 4 : count)
      }
      result.bin = .parameters(parameters)
    }
    if result.isCount {
      if result.type != .ordinal && result.type != .nominal { result.type = .quantitative }
    } else if result.type == nil {
      if channel.isSecondary { return result }
      result.type = defaultType(result, channel)
    }
    return result
  }

  private func defaultType(_ definition: ChannelDefinition, _ channel: Channel) -> MeasureType {
    if let datum = definition.datum {
      switch datum {
      case .number: return .quantitative
      case .object(let object): return object["expr"] != nil || object["signal"] != nil ? .quantitative : .temporal
      default: return .nominal
      }
    }
    switch channel {
    case .latitude, .longitude, .latitude2, .longitude2: return .quantitative
    case .row, .column, .facet, .shape, .strokeDash: return .nominal
    case .order: return .ordinal
    default: break
    }
    if channel != .order, case .array? = definition["sort"] { return .ordinal }
    if definition.timeUnit != nil { return .temporal }
    if definition.isBinning || definition.isBinned || (definition.isAggregated && !definition.isArgument) {
      return .quantitative
    }
    if let name = definition.scaleProperties?["type"]?.stringValue, let type = ScaleType(rawValue: name) {
      switch type {
      case .linear, .log, .pow, .sqrt, .symlog, .identity, .sequential, .binOrdinal, .quantile, .quantize, .threshold:
        return .quantitative
      case .time, .utc: return .temporal
      default: break
      }
    }
    return .nominal
  }

  private mutating func supports(
    _ channel: Channel, mark: MarkDefinition, encoding: Encoding, at definition: ChannelDefinition?
  ) -> Bool {
    let ok: Bool
    let type = mark.type
    switch channel {
    case .x2, .y2, .latitude2, .longitude2:
      // Shapes of one place have an end only in bins made beforehand.
      let isBinned = encoding[channel.main]?.isBinned == true && encoding[channel]?.isField == true
      ok =
        [.area, .bar, .image, .rect, .rule].contains(type) || type == .arc || type.isComposite
        || isBinned && (type.isSymbol || type == .tick || type == .line || type == .trail)
    case .xError, .yError, .xError2, .yError2: ok = type.isComposite
    case .shape: ok = type == .point || type == .geoshape
    case .text: ok = type == .text
    case .angle: ok = type == .point || type == .square || type == .text || type == .arc
    case .xOffset, .yOffset:
      ok = type != .geoshape
      // Groups stand beside each other in bands and in units of time, nowhere else.
      if let position = encoding[channel.positionOfOffset], position.isField, isContinuousType(position),
        encoding[channel]?.isField == true, position.timeUnit == nil
      {
        return false
      }
    case .theta, .radius: ok = type == .arc || type == .text
    case .theta2, .radius2: ok = type == .arc
    case .url: ok = type == .image
    case .strokeDash: ok = [.line, .point, .tick, .rule, .circle, .square, .bar, .geoshape].contains(type)
    case .size: ok = [.point, .tick, .rule, .circle, .square, .bar, .text, .line, .trail].contains(type)
    default: ok = true
    }
    if !ok, let definition {
      diagnostics.append(
        .warning(
          "chart.channel-not-used", "channel '\(channel.rawValue)' has no meaning for mark '\(mark.type.rawValue)'",
          at: definition.span))
    }
    return ok
  }
}

/// Whether a field's type, said or guessed, is a continuous one.
private func isContinuousType(_ definition: ChannelDefinition) -> Bool {
  if let type = definition.type { return type.isContinuous }
  return definition.timeUnit != nil || definition.isBinning || definition.isAggregated
}

/// Whether any channel aggregates.
func isAggregate(_ encoding: Encoding) -> Bool {
  var found = false
  encoding.forEachField { definition, _ in if definition.isAggregated { found = true } }
  return found
}

/// Whether a channel shows an amount: a quantity that is not in bins.
private func isMeasure(_ definition: ChannelDefinition?) -> Bool {
  guard let definition, definition.isFieldOrDatum else { return false }
  if let datum = definition.datum {
    return definition.type == .quantitative || definition.type == nil && datum.numberValue != nil
  }
  if definition.isBinning || definition.isBinned { return false }
  return definition.type == .quantitative || definition.type == nil && definition.isAggregated
}

private func isTemporal(_ definition: ChannelDefinition?) -> Bool {
  guard let definition, definition.isFieldOrDatum else { return false }
  return definition.type == .temporal || definition.type == nil && definition.timeUnit != nil
}

/// https://github.com/vega/vega-lite/blob/main/src/compile/mark/init.ts (`orient`)
package func markOrient(_ mark: MarkDefinition, _ encoding: Encoding) -> String? {
  if mark.type.isSymbol || mark.type == .text || mark.type == .geoshape || mark.type == .image || mark.type == .rect {
    return nil
  }
  if mark.type == .trail { return "vertical" }
  let specified = mark["orient"]?.stringValue
  let (x, y) = (encoding[.x], encoding[.y])
  let (x2, y2) = (encoding[.x2], encoding[.y2])
  func numeric(_ definition: ChannelDefinition?) -> Bool {
    guard let definition else { return false }
    return (definition.isField && definition.type == .quantitative && !definition.isBinning)
      || definition.datum?.numberValue != nil
  }
  if mark.type == .bar {
    if x?.isBinned == true || (x?.isField == true && y?.isField == true && y!.isAggregated && !x!.isAggregated) {
      return "vertical"
    }
    if y?.isBinned == true || (x?.isField == true && y?.isField == true && x!.isAggregated && !y!.isAggregated) {
      return "horizontal"
    }
    if x2 != nil || y2 != nil {
      if let specified { return specified }
      if x2 == nil { return numeric(x) && y?.isBinned == true ? "horizontal" : "vertical" }
      if y2 == nil { return numeric(y) && x?.isBinned == true ? "vertical" : "horizontal" }
    }
  }
  if mark.type == .rule, encoding.has(.longitude2) || encoding.has(.latitude2) { return nil }
  if mark.type == .bar || mark.type == .rule {
    if x2 != nil, x?.isBinned != true, y2 != nil, y?.isBinned != true { return nil }
  }
  if mark.type == .bar || mark.type == .rule || mark.type == .area {
    if y2 != nil { return y?.isBinned == true ? "horizontal" : "vertical" }
    if x2 != nil { return x?.isBinned == true ? "vertical" : "horizontal" }
    if mark.type == .rule {
      if x != nil, y == nil { return "vertical" }
      if y != nil, x == nil { return "horizontal" }
    }
  }
  if let specified { return specified }
  // An amount stands up from what it is an amount of; time is never an amount.
  let isTick = mark.type == .tick
  switch (isMeasure(x), isMeasure(y)) {
  case (true, false): return isTick ? "vertical" : "horizontal"
  case (false, true): return isTick ? "horizontal" : "vertical"
  case (true, true): return "vertical"
  case (false, false):
    switch (isTemporal(x), isTemporal(y)) {
    case (true, false): return "vertical"
    case (false, true): return "horizontal"
    default: return nil
    }
  }
}
