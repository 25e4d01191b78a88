internal import AlmanacCore

/// Rules of scales as Vega-Lite has them, each a function of what the spec says.
/// https://github.com/vega/vega-lite/blob/main/src/compile/scale/{type,properties,range}.ts
extension ChartCompiler {
  // MARK: Type

  func scaleType(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel) -> ScaleType? {
    if case .null? = definition["scale"] { return nil }
    if let shared = model.sharedScaleTypes[channel] { return shared }
    if channel.isColor || channel.hasScale {
      if let name = definition.scaleProperties?["type"]?.stringValue, let type = ScaleType(rawValue: name) {
        let isFit = supports(channel, type) && suits(definition.type, type)
        return isFit ? type : defaultScaleType(channel, definition, model)
      }
    }
    return defaultScaleType(channel, definition, model)
  }

  private func supports(_ channel: Channel, _ type: ScaleType) -> Bool {
    switch channel {
    case .shape, .strokeDash: type == .ordinal || type.isContinuousToDiscrete
    case .x, .y, .theta, .radius, .xOffset, .yOffset: type != .ordinal && type != .binOrdinal && !type.isDiscretizing
    case .color, .fill, .stroke: type != .band
    default: type != .binOrdinal || channel.isColor
    }
  }

  /// Whether a scale of this type can take what the field measures.
  private func suits(_ measure: MeasureType?, _ type: ScaleType) -> Bool {
    switch measure {
    case .ordinal, .nominal: type.isDiscrete
    case .temporal: type.isTime
    case .quantitative: [.linear, .log, .pow, .sqrt, .symlog].contains(type) || type.isDiscretizing
    case .geojson, nil: true
    }
  }

  private func defaultScaleType(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel) -> ScaleType? {
    switch definition.type {
    case .nominal, .ordinal:
      if channel.isColor || channel.isDiscreteRange { return .ordinal }
      if channel.isPosition || channel.isOffset {
        if [.rect, .bar, .image, .rule, .tick].contains(model.mark.type) { return .band }
        if channel.isPosition, hasNestedOffset(channel, model) { return .band }
      } else if model.mark.type == .arc, channel.isPolar {
        return .band
      }
      if let size = model.mark[channel.isHorizontal ? "width" : "height"]?.objectValue, size["band"] != nil {
        return .band
      }
      if definition["axis"]?.objectValue?["tickBand"] != nil { return .band }
      return .point
    case .temporal:
      if channel.isColor { return .time }
      if channel.isDiscreteRange { return .ordinal }
      if definition.timeUnit?.isUTC == true { return .utc }
      return .time
    case .quantitative:
      if channel.isColor { return definition.isBinning ? .binOrdinal : .linear }
      if channel.isDiscreteRange { return .ordinal }
      return .linear
    case .geojson, nil: return nil
    }
  }

  /// Whether the domain is that of the values before they are aggregated.
  func isUnaggregated(_ definition: ChannelDefinition, _ type: ScaleType? = nil) -> Bool {
    let own = definition.scaleProperties?["domain"]
    guard
      own == .string("unaggregated") || own == nil && config.value("scale", "useUnaggregatedDomain")?.asBool == true,
      case .operation(let operation)? = definition.aggregate,
      [.mean, .average, .median, .q1, .q3, .min, .max].contains(operation)
    else { return false }
    return type != .log
  }

  /// Whether a scale of this type, on this channel, has a use for a property; else it is left aside.
  /// https://github.com/vega/vega-lite/blob/main/src/scale.ts (`scaleTypeSupportProperty`)
  func takes(_ property: String, _ type: ScaleType, _ channel: Channel) -> Bool {
    switch property {
    case "scheme", "interpolate": channel.isColor && !type.isBandLike && type != .identity
    case "bins": !type.isBandLike && type != .identity && type != .ordinal
    case "round", "padding", "rangeMin", "rangeMax": type.isContinuous || type.isBandLike
    case "paddingOuter", "align": type.isBandLike
    case "paddingInner": type == .band
    case "domainMid": channel.isColor && type.isContinuous
    case "domainMax", "domainMin", "domainRaw", "clamp": type.isContinuous
    case "nice": type.isContinuous || type == .quantize || type == .threshold
    case "exponent": type == .pow
    case "base": type == .log
    case "constant": type == .symlog
    default: true
    }
  }

  // MARK: Properties

  func zero(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel, _ type: ScaleType) -> Bool? {
    guard type.isContinuous || type == .quantize, !type.isTime, type != .log else { return nil }
    if let domain = definition.scaleProperties?["domain"], domain != .string("unaggregated"), domain.isPresent,
      type.isContinuous
    {
      if let list = domain.arrayValue, let first = list.first?.numberValue, let last = list.last?.numberValue {
        return first <= 0 && last >= 0
      }
      return false
    }
    if channel == .size, definition.type == .quantitative, !type.isContinuousToDiscrete { return true }
    guard !definition.isBinning, !definition.isBinned, channel.isPosition || channel.isPolar else { return false }
    let mark = model.mark.type
    if [.bar, .area, .line, .trail].contains(mark) {
      if model.orient == "horizontal", channel == .y { return false }
      if model.orient == "vertical", channel == .x { return false }
    }
    if mark == .bar || mark == .area {
      let secondary = channel.secondary.map { model.encoding.has($0) } ?? false
      if !secondary { return true }
    }
    return config.value("scale", "zero")?.boolValue
  }

  func nice(_ channel: Channel, _ definition: ChannelDefinition, _ type: ScaleType) -> Value? {
    guard (type.isContinuous && type != .identity) || type == .quantize || type == .threshold else { return nil }
    let scale = definition.scaleProperties
    if definition.bin != nil || scale?["domain"]?.arrayValue != nil || scale?["domainMax"] != nil
      || scale?["domainMin"] != nil || type.isTime
    {
      return nil
    }
    return channel.isPosition ? .bool(true) : nil
  }

  func padding(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel, _ type: ScaleType) -> Value? {
    guard channel.isPosition else { return nil }
    if type.isContinuous {
      if let padding = config.value("scale", "continuousPadding") { return padding }
      if model.mark.type == .bar, !(definition.isField && (definition.bin != nil || definition.timeUnit != nil)) {
        if (model.orient == "vertical" && channel == .x) || (model.orient == "horizontal" && channel == .y) {
          return config.value("bar", "continuousBandSize")
        }
      }
    }
    return type == .point ? config.value("scale", "pointPadding") : nil
  }

  func paddingInner(_ channel: Channel, _ model: ViewModel, _ type: ScaleType) -> Value? {
    guard type == .band else { return nil }
    if channel.isOffset { return config.value("scale", "offsetBandPaddingInner") }
    guard channel.isPosition else { return nil }
    if hasNestedOffset(channel, model) { return config.value("scale", "bandWithNestedOffsetPaddingInner") }
    if let padding = config.value("scale", "bandPaddingInner") { return padding }
    switch model.mark.type {
    case .bar: return config.value("scale", "barBandPaddingInner")
    case .tick: return config.value("scale", "tickBandPaddingInner")
    default: return config.value("scale", "rectBandPaddingInner")
    }
  }

  func paddingOuter(_ channel: Channel, _ model: ViewModel, _ type: ScaleType, inner: Value?) -> Value? {
    if channel.isOffset {
      return type == .point ? .number(0.5) : type == .band ? config.value("scale", "offsetBandPaddingOuter") : nil
    }
    guard channel.isPosition, type == .band else { return nil }
    if hasNestedOffset(channel, model) { return config.value("scale", "bandWithNestedOffsetPaddingOuter") }
    if let padding = config.value("scale", "bandPaddingOuter") { return padding }
    if let text = (inner?.member("expr").stringValue ?? inner?.member("signal").stringValue) {
      return .object(ValueObject(["expr": .string("(\(text))/2")]))
    }
    return inner?.numberValue.map { .number($0 / 2) }
  }

  func hasNestedOffset(_ channel: Channel, _ model: ViewModel) -> Bool {
    channel.offset.flatMap { model.encoding[$0] }?.isFieldOrDatum ?? false
  }

  // MARK: Range

  func range(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel, _ type: ScaleType, zero: Bool?)
    -> (RangePlan, explicit: Bool)
  {
    let scale = definition.scaleProperties
    if let range = scale?["range"] {
      switch range {
      case .array(let values):
        // The sizes of the view may be named among places.
        let named =
          channel.isPosition ? values.map { isViewSize($0) ? .object(ValueObject(["expr": $0])) : $0 } : values
        return (.values(named.map { rangeReference($0) }), true)
      case .string(let name):
        switch name {
        case "width": return (.width, true)
        case "height": return (.height(reversed: type.isContinuous), true)
        default: return (namedRange(name), true)
        }
      case .object(let object):
        if let step = object["step"]?.numberValue { return (.step(step), true) }
        if let field = object["field"]?.stringValue {
          return (.field(data: model.domainStep, FieldPath(field), sortedBy: definition.path()), true)
        }
        if let text = (object["expr"] ?? object["signal"])?.stringValue, let parsed = expression(text) {
          return (.values([.expression(parsed)]), true)
        }
      default: break
      }
    }
    if let scheme = scale?["scheme"], takes("scheme", type, channel) {
      switch scheme {
      case .string(let name): return (.scheme(name: name, count: nil, extent: nil), true)
      case .object(let object) where object["expr"] != nil || object["signal"] != nil:
        if case .expression(let expression) = reference(scheme) { return (.schemeNamed(expression), true) }
      case .object(let object):
        return (
          .scheme(
            name: object["name"]?.stringValue ?? "tableau10", count: object["count"]?.numberValue,
            extent: object["extent"]?.arrayValue?.compactMap(\.numberValue)), true
        )
      case .array(let colors): return (.colors(colors.compactMap(\.stringValue)), true)
      default: break
      }
    }
    return (defaultRange(channel, definition, model, type, zero: zero), false)
  }

  /// The part of a unit of time that groups share, as wide as that unit was in January 2001.
  private func unitSpan(_ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel) -> OffsetSpan? {
    guard let unit = definition.timeUnit, let length = unit.milliseconds else { return nil }
    let second = channel.secondary.map { model.encoding.has($0) } ?? false
    let band =
      definition.bandPosition ?? (second ? nil : config.markConfig("timeUnitBandPosition", model.mark)?.numberValue)
      ?? 0.5
    let padding = config.number("scale", "bandWithNestedOffsetPaddingInner") ?? 0
    let start = 978_307_200_000.0
    return .unit(start: start, end: start + length, from: padding / 2 + band - 0.5, to: 0.5 - padding / 2 + band)
  }

  private func isViewSize(_ value: Value) -> Bool { value == .string("width") || value == .string("height") }

  private func rangeReference(_ value: Value) -> ValueReference { reference(value) }

  private func namedRange(_ name: String) -> RangePlan {
    switch config.value("range", name) {
    case .array(let colors)?: .values(colors.map { .value($0) })
    case .string(let scheme)?: .scheme(name: scheme, count: nil, extent: nil)
    case .object(let object)? where object["scheme"]?.arrayValue != nil:
      .colors(object["scheme"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    case .object(let object)? where object["scheme"] != nil:
      .scheme(
        name: object["scheme"]?.stringValue ?? "tableau10", count: object["count"]?.numberValue,
        extent: object["extent"]?.arrayValue?.compactMap(\.numberValue))
    default: .scheme(name: name, count: nil, extent: nil)
    }
  }

  private func defaultRange(
    _ channel: Channel, _ definition: ChannelDefinition, _ model: ViewModel, _ type: ScaleType, zero: Bool?
  ) -> RangePlan {
    func setting(_ key: String) -> Double { config.number("scale", key) ?? 0 }
    func between(_ low: Double, _ high: Double) -> RangePlan {
      if type.isContinuousToDiscrete, channel == .size {
        let domainCount: Int
        switch type {
        case .quantile:
          domainCount = Int(
            limited: definition.scaleProperties?["count"]?.numberValue ?? setting("quantileCount"), to: 1000)
        case .quantize: domainCount = Int(limited: setting("quantizeCount"), to: 1000)
        case .threshold: domainCount = (definition.scaleProperties?["domain"]?.arrayValue?.count ?? 2) + 1
        default: domainCount = 3
        }
        return .sequence(start: low, stop: high, countFromDomain: false, count: domainCount)
      }
      return .values([.value(.number(low)), .value(.number(high))])
    }
    switch channel {
    case .x: return .width
    case .y: return .height(reversed: type.isContinuous)
    case .xOffset, .yOffset:
      let position = channel.positionOfOffset
      guard let definition = model.encoding[position], let outer = scaleType(position, definition, model) else {
        // Without a position, groups stand about the middle of the view.
        let size = channel == .xOffset ? "width" : "height"
        return .values(["-\(size)/2", "\(size)/2"].compactMap { expression($0) }.map { .expression($0) })
      }
      if outer == .band { return .bandwidth(scale: "", .whole) }
      if outer.isTime, let span = unitSpan(position, definition, model) { return .bandwidth(scale: "", span) }
      return .bandwidth(scale: "", .centered)
    case .theta: return .fullCircle
    case .angle: return .values([.value(.number(0)), .value(.number(360))])
    case .radius: return .radius
    case .size:
      switch model.mark.type {
      case .bar, .tick:
        if let maximum = config.number("scale", "maxBandSize") { return between(setting("minBandSize"), maximum) }
        return .barSize(minimum: setting("minBandSize"), stepX: nil, stepY: nil)
      case .line, .trail, .rule: return between(setting("minStrokeWidth"), setting("maxStrokeWidth"))
      case .text: return between(setting("minFontSize"), setting("maxFontSize"))
      default:
        if let maximum = config.number("scale", "maxSize") {
          return between(setting("minSize"), maximum)
        }
        return .pointSize(min: setting("minSize"), stepX: nil, stepY: nil)
      }
    case .strokeWidth: return between(setting("minStrokeWidth"), setting("maxStrokeWidth"))
    case .strokeDash:
      return .values(
        [[1, 0], [4, 2], [2, 1], [1, 1], [1, 2, 4, 2]].map { .value(.array($0.map { .number($0) })) })
    case .shape: return namedRange("symbol")
    case .color, .fill, .stroke:
      if type == .ordinal { return namedRange(definition.type == .nominal ? "category" : "ordinal") }
      if definition.scaleProperties?["domainMid"] != nil { return namedRange("diverging") }
      return namedRange(model.mark.type == .rect || model.mark.type == .geoshape ? "heatmap" : "ramp")
    default: return between(setting("minOpacity"), setting("maxOpacity"))
    }
  }
}
