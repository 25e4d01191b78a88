internal import AlmanacCore

/// Where a mark stands: Vega-Lite's position encodings.
/// https://github.com/vega/vega-lite/tree/main/src/compile/mark/encode (`position-*.ts`)
struct PositionRules {
  let compiler: ChartCompiler
  let model: ViewModel
  var config: Config { compiler.config }
  var mark: MarkDefinition { model.mark }

  enum Fallback { case zeroOrMinimum, zeroOrMaximum, middle }

  func scaleName(_ channel: Channel) -> String? { model.scales[channel]?.plan.name }

  /// A size written for the mark, as a number, an expression, or a part of the band.
  enum BandSize {
    case band(Double)
    case pixels(EncodeReference)
    case none
  }

  // MARK: Points

  func point(_ channel: Channel, fallback: Fallback, as property: MarkProperty? = nil) -> [EncodeEntry] {
    let property = property ?? self.property(channel)
    let definition = model.encoding[channel]
    if definition == nil, channel.isPosition, model.encoding.has(.latitude) || model.encoding.has(.longitude) {
      return [
        EncodeEntry(
          property: property, rules: [EncodeRule(test: nil, reference: .column("\(model.named(channel.rawValue))_geo"))]
        )
      ]
    }
    let offset = offset(channel, band: 0.5)
    let reference =
      position(channel, definition, offset: offset.reference, band: offset.isEncoded ? 0 : nil)
      ?? withOffset(defaultReference(channel, fallback), offset.reference)
    return [EncodeEntry(property: property, rules: conditional(channel, definition, reference))]
  }

  /// Values of conditions come first.
  private func conditional(_ channel: Channel, _ definition: ChannelDefinition?, _ reference: EncodeReference)
    -> [EncodeRule]
  {
    var rules: [EncodeRule] = []
    for condition in definition?.conditions ?? [] {
      guard let inner = condition.definition.first, let test = compiler.conditionTest(condition) else { continue }
      if let value = position(channel, inner, offset: nil, band: nil) {
        rules.append(EncodeRule(test: test, reference: value))
      }
    }
    if let definition, let invalid = compiler.invalidRule(channel, definition, model) { rules.append(invalid) }
    return rules + [EncodeRule(test: nil, reference: reference)]
  }

  func property(_ channel: Channel) -> MarkProperty {
    switch channel {
    case .x: .x
    case .y: .y
    case .x2: .x2
    case .y2: .y2
    case .theta: .startAngle
    case .theta2: .endAngle
    case .radius: .outerRadius
    case .radius2: .innerRadius
    default: .x
    }
  }

  /// A channel's own position, stacks included; `nil` if nothing is encoded.
  func position(_ channel: Channel, _ definition: ChannelDefinition?, offset: EncodeReference?, band: Double?)
    -> EncodeReference?
  {
    guard let definition else { return nil }
    if let stack = model.stack, stack.fieldChannel == channel, definition.isField, let scale = scaleName(channel) {
      let base = definition.column()
      var at = definition.bandPosition
      if at == nil, mark.type == .text, channel.isPolar { at = 0.5 }
      if let at {
        return .scaled(
          ScaledReference(
            scale: scale,
            input: .between(FieldPath(column: base + "_start"), FieldPath(column: base + "_end"), position: at),
            offset: offset))
      }
      return .scaled(ScaledReference(scale: scale, input: .field(FieldPath(column: base + "_end")), offset: offset))
    }
    return middle(
      channel, definition, second: channel.secondary.flatMap { model.encoding[$0] }, offset: offset, band: band)
  }

  func bandPosition(_ definition: ChannelDefinition, second: ChannelDefinition?) -> Double? {
    if let band = definition.bandPosition { return band }
    if definition.timeUnit != nil, second == nil { return config.markConfig("timeUnitBandPosition", mark)?.numberValue }
    return definition.isBinning ? 0.5 : nil
  }

  private func middle(
    _ channel: Channel, _ definition: ChannelDefinition, second: ChannelDefinition?, offset: EncodeReference?,
    band: Double?
  ) -> EncodeReference? {
    if let value = definition.value {
      if value == .string("width") { return withOffset(.viewSize(horizontal: true, fraction: 1), offset) }
      if value == .string("height") { return withOffset(.viewSize(horizontal: false, fraction: 1), offset) }
      return withOffset(compiler.encodeReference(value), offset)
    }
    guard definition.isFieldOrDatum else { return nil }
    guard let scale = scaleName(channel) else {
      // An unscaled position is in pixels.
      if case .null? = definition["scale"] {
        if let datum = definition.datum { return withOffset(compiler.encodeReference(datum), offset) }
        return withOffset(.field(definition.path()), offset)
      }
      return nil
    }
    let type = model.scales[channel]!.plan.type
    if let datum = definition.datum {
      var reference = ScaledReference(scale: scale, input: compiler.datumInput(datum, type), offset: offset)
      if type == .band { reference.band = band ?? definition.bandPosition ?? 0.5 }
      return .scaled(reference)
    }
    let at = band ?? bandPosition(definition, second: second)
    if definition.isBinning || (at != nil && definition.timeUnit != nil && definition.type == .temporal) {
      if let stack = model.stack, stack.impute, definition.isBinning, !type.isDiscrete, stack.groupBy.contains(channel)
      {
        return .scaled(
          ScaledReference(scale: scale, input: .field(FieldPath(column: definition.column("mid"))), offset: offset))
      }
      if !type.isDiscrete, let at {
        if at == 0 {
          return .scaled(
            ScaledReference(scale: scale, input: .field(FieldPath(column: definition.column())), offset: offset))
        }
        return .scaled(
          ScaledReference(
            scale: scale,
            input: .between(
              FieldPath(column: definition.column()), FieldPath(column: definition.column("end")), position: at),
            offset: offset))
      }
    } else if definition.isBinned, second == nil, definition["binStep"] != nil, !type.isDiscrete {
      return .scaled(
        ScaledReference(
          scale: scale,
          input: .between(definition.path(), FieldPath(column: definition.column("end")), position: at ?? 0.5),
          offset: offset))
    } else if definition.isBinned, let second, second.isField, !type.isDiscrete {
      return .scaled(
        ScaledReference(
          scale: scale, input: .between(definition.path(), second.path(), position: at ?? 0.5), offset: offset))
    }
    let path =
      definition.isBinning && type.isDiscrete ? FieldPath(column: definition.column("range")) : definition.path()
    var reference = ScaledReference(scale: scale, input: .field(path), offset: offset)
    if type == .band { reference.band = band ?? definition.bandPosition ?? 0.5 }
    return .scaled(reference)
  }

  func withOffset(_ reference: EncodeReference, _ offset: EncodeReference?) -> EncodeReference {
    offset.map { .sum(reference, $0) } ?? reference
  }

  func offset(_ channel: Channel, band: Double) -> (reference: EncodeReference?, isEncoded: Bool) {
    if let offsetChannel = channel.main.offset, channel == channel.main, let definition = model.encoding[offsetChannel]
    {
      if let scale = scaleName(offsetChannel) {
        let type = model.scales[offsetChannel]!.plan.type
        var reference: ScaledReference
        if let datum = definition.datum {
          reference = ScaledReference(scale: scale, input: compiler.datumInput(datum, type))
        } else {
          reference = ScaledReference(scale: scale, input: .field(definition.path()))
        }
        if type == .band { reference.band = definition.bandPosition ?? band }
        return (.scaled(reference), true)
      }
      if let value = definition.value ?? definition.datum { return (compiler.encodeReference(value), true) }
      if definition.isField { return (.field(definition.path()), true) }
    }
    if let value = mark[channel.rawValue + "Offset"], value.isPresent {
      return (compiler.encodeReference(value), false)
    }
    return (nil, false)
  }

  /// Where something stands that nothing positions.
  func defaultReference(_ channel: Channel, _ fallback: Fallback) -> EncodeReference {
    let main = channel.main
    let keys = channel == main ? [channel.rawValue] : [channel.rawValue]
    for key in keys {
      let alternative =
        key == "theta"
        ? "startAngle"
        : key == "theta2" ? "endAngle" : key == "radius" ? "outerRadius" : key == "radius2" ? "innerRadius" : key
      if let value = mark[key] ?? mark[alternative] ?? config.markConfig(key, mark)
        ?? config.markConfig(alternative, mark), value.isPresent
      {
        if value == .string("width") { return .viewSize(horizontal: true, fraction: 1) }
        if value == .string("height") { return .viewSize(horizontal: false, fraction: 1) }
        return compiler.encodeReference(value)
      }
    }
    switch fallback {
    case .middle:
      if main == .x { return .viewSize(horizontal: true, fraction: 0.5) }
      if main == .y { return .viewSize(horizontal: false, fraction: 0.5) }
      return .value(.number(0))
    case .zeroOrMinimum, .zeroOrMaximum:
      if let scale = model.scales[main], scale.plan.type != .log, !scale.plan.type.isTime {
        return .scaled(ScaledReference(scale: scale.plan.name, input: .zeroOrMinimum))
      }
      let atMinimum = { if case .zeroOrMinimum = fallback { true } else { false } }()
      switch main {
      case .x: return atMinimum ? .value(.number(0)) : .viewSize(horizontal: true, fraction: 1)
      case .y: return atMinimum ? .viewSize(horizontal: false, fraction: 1) : .value(.number(0))
      case .radius: return atMinimum ? .value(.number(0)) : .scaled(ScaledReference(scale: "", input: .rangeEnd))
      default: return .value(.number(atMinimum ? 0 : 2 * Double.pi))
      }
    }
  }

  // MARK: Ranges

  func pointOrRange(_ channel: Channel, fallback: Fallback, fallback2: Fallback, range: Bool) -> [EncodeEntry] {
    range ? self.range(channel, fallback: fallback, fallback2: fallback2) : point(channel, fallback: fallback)
  }

  func range(_ channel: Channel, fallback: Fallback, fallback2: Fallback) -> [EncodeEntry] {
    guard let secondary = channel.secondary else { return [] }
    let size: MarkProperty = channel == .x ? .width : .height
    let second = secondEntry(channel, secondary, fallback2, size)
    let isSized = second.property == size && channel.isPosition
    return point(channel, fallback: fallback, as: isSized ? anchor(channel) : nil) + [second]
  }

  /// What of a mark with a size stands at its place: its middle, unless its alignment says a side.
  private func anchor(_ channel: Channel) -> MarkProperty {
    switch config.mark(channel == .x ? "align" : "baseline", mark)?.stringValue {
    case "left": channel == .x ? .x : .yc
    case "right": channel == .x ? .x2 : .yc
    case "top": channel == .x ? .xc : .y
    case "bottom": channel == .x ? .xc : .y2
    default: channel == .x ? .xc : .yc
    }
  }

  private func secondEntry(_ channel: Channel, _ secondary: Channel, _ fallback: Fallback, _ size: MarkProperty)
    -> EncodeEntry
  {
    func entry(_ reference: EncodeReference, _ property: MarkProperty? = nil) -> EncodeEntry {
      EncodeEntry(property: property ?? self.property(secondary), rules: [EncodeRule(test: nil, reference: reference)])
    }
    let hasOwnOffset = model.encoding.has(secondary) || mark[secondary.rawValue] != nil
    let offset =
      hasOwnOffset
      ? mark[secondary.rawValue + "Offset"].map { compiler.encodeReference($0) }
      : self.offset(channel, band: 0.5).reference
    let main = model.encoding[channel]
    if main == nil, channel.isPosition, model.encoding.has(.latitude) || model.encoding.has(.longitude) {
      if let value = mark[size.rawValue], value.isPresent { return entry(compiler.encodeReference(value), size) }
      return entry(.column("\(model.named(channel.rawValue))2_geo"))
    }
    if let stack = model.stack, stack.fieldChannel == channel, let main, main.isField, let scale = scaleName(channel) {
      return entry(
        .scaled(
          ScaledReference(scale: scale, input: .field(FieldPath(column: main.column() + "_start")), offset: offset)))
    }
    if let second = model.encoding[secondary] {
      if let value = second.value {
        if value == .string("width") { return entry(.viewSize(horizontal: true, fraction: 1)) }
        if value == .string("height") { return entry(.viewSize(horizontal: false, fraction: 1)) }
        return entry(withOffset(compiler.encodeReference(value), offset))
      }
      if let scale = scaleName(channel) {
        let type = model.scales[channel]!.plan.type
        var reference = ScaledReference(
          scale: scale, input: second.datum.map { compiler.datumInput($0, type) } ?? .field(second.path()),
          offset: offset)
        if type == .band { reference.band = second.bandPosition ?? 0.5 }
        if let unit = second.timeUnit, !unit.binned, let band = second.bandPosition ?? main?.bandPosition, band != 0 {
          reference.input = .between(
            FieldPath(column: second.column()), FieldPath(column: second.column("end")), position: band)
        }
        return entry(.scaled(reference))
      }
    }
    if let second = model.encoding[secondary], second.isFieldOrDatum {
      return entry(withOffset(second.datum.map { compiler.encodeReference($0) } ?? .field(second.path()), offset))
    }
    if channel.isPosition {
      for source in [
        mark.properties, config.object(mark.type.rawValue) ?? ValueObject(), config.object("mark") ?? ValueObject(),
      ] {
        if let value = source[secondary.rawValue], value.isPresent {
          return entry(
            value == .string("width")
              ? .viewSize(horizontal: true, fraction: 1)
              : value == .string("height") ? .viewSize(horizontal: false, fraction: 1) : compiler.encodeReference(value)
          )
        }
        if let value = source[size.rawValue], value.numberValue != nil || value.objectValue?["expr"] != nil {
          return entry(compiler.encodeReference(value), size)
        }
      }
    }
    return entry(withOffset(defaultReference(secondary, fallback), nil))
  }

  // MARK: Rectangles

  func rectangle(_ channel: Channel) -> [EncodeEntry] {
    let definition = model.encoding[channel]
    let second = channel.secondary.flatMap { model.encoding[$0] }
    let type = model.scales[channel]?.plan.type
    let sizeKey = channel.isPosition ? (channel == .x ? "width" : "height") : channel.rawValue
    let isBandSide =
      (mark.type == .bar
        && (channel == .x ? model.orient == "vertical" : channel == .y && model.orient == "horizontal"))
      || (mark.type == .tick
        && (channel == .y ? model.orient == "vertical" : channel == .x && model.orient == "horizontal"))
    let usesSize = isBandSide
    let pixelSize: Bool = {
      if model.encoding.has(.size), usesSize { return true }
      let value = usesSize ? config.size(as: sizeKey, mark) : config.mark(sizeKey, mark)
      return channel.isPosition && value != nil && value?.objectValue?["band"] == nil
    }()
    let hasOffset = channel.offset.map { model.encoding.has($0) } ?? false
    if let definition, definition.isField,
      definition.isBinning || definition.isBinned || (definition.timeUnit != nil && second == nil), !pixelSize,
      !hasOffset, let type, !type.isDiscrete, channel.isPosition || channel.isPolar
    {
      return binned(channel, definition, second)
    }
    if (definition?.isFieldOrDatum == true && type?.isDiscrete == true) || isBandSide, second == nil {
      return positionAndSize(channel, definition, usesSize: usesSize)
    }
    return range(channel, fallback: .zeroOrMaximum, fallback2: .zeroOrMinimum)
  }

  private func bandSize(
    _ channel: Channel, _ definition: ChannelDefinition?, _ second: ChannelDefinition?, _ type: ScaleType?,
    usesSize: Bool
  ) -> BandSize {
    let key = channel == .x ? "width" : channel == .y ? "height" : ""
    let given =
      usesSize ? config.size(as: key, mark) : key.isEmpty ? nil : config.mark(key, mark)
    if let given, given.isPresent {
      if let band = given.objectValue?["band"]?.numberValue { return .band(band) }
      return .pixels(compiler.encodeReference(given))
    }
    if let definition, definition.isField {
      if definition.timeUnit != nil, second == nil {
        return .band(config.markConfig("timeUnitBandSize", mark)?.numberValue ?? 1)
      }
      if definition.isBinning, type?.isDiscrete != true { return .band(1) }
    }
    guard mark.type.isRectBased else { return .none }
    func setting(_ key: String) -> BandSize? {
      guard let value = config.value(mark.type.rawValue, key), value.isPresent else { return nil }
      if let band = value.objectValue?["band"]?.numberValue { return .band(band) }
      return .pixels(compiler.encodeReference(value))
    }
    if let type {
      if type.isDiscrete { return setting("discreteBandSize") ?? .band(1) }
      return setting("continuousBandSize") ?? .none
    }
    return setting("discreteBandSize") ?? .none
  }

  private func positionAndSize(_ channel: Channel, _ definition: ChannelDefinition?, usesSize: Bool) -> [EncodeEntry] {
    let scale = model.scales[channel]
    let offsetScale = channel.offset.flatMap { model.scales[$0] }
    let sizeProperty: MarkProperty = channel == .x ? .width : .height
    var sizeRules: [EncodeRule]?
    if usesSize, model.encoding.has(.size) || mark["size"] != nil {
      sizeRules = compiler.nonPosition(
        .size, model,
        fallback: mark["size"].flatMap { $0.objectValue?["band"] == nil ? compiler.encodeReference($0) : nil })
      if sizeRules?.isEmpty == true || mark["size"]?.objectValue?["band"] != nil && !model.encoding.has(.size) {
        sizeRules = nil
      }
    }
    let type = (scale ?? offsetScale)?.plan.type
    let size = bandSize(channel, definition, nil, type, usesSize: usesSize)
    let hasOwnSize = sizeRules != nil
    let isBand: Bool = if case .band = size { true } else { false }
    let centred = !((scale ?? offsetScale)?.plan.type == .band && isBand && !hasOwnSize)
    let rules =
      sizeRules ?? [
        EncodeRule(test: nil, reference: defaultSize(channel, offsetScale ?? scale, size, hasField: definition != nil))
      ]
    let offset = self.offset(channel, band: centred ? 0.5 : 0)
    var band: Double = 0
    if centred {
      band = offset.isEncoded ? 0 : 0.5
    } else if case .band(let part) = size {
      // As the reference, the rest is parted by the outer band, also where the offset's band gives the size.
      band = (1 - part) / 2
    }
    let reference =
      definition.flatMap { middlePosition(channel, $0, offset.reference, band) }
      ?? withOffset(defaultReference(channel, .middle), offset.reference)
    if !channel.isPosition {
      // Sectors: the end is the start and a band.
      return [
        EncodeEntry(property: property(channel), rules: [EncodeRule(test: nil, reference: reference)]),
        EncodeEntry(
          property: property(channel.secondary!),
          rules: [EncodeRule(test: nil, reference: .sum(reference, rules.last!.reference))]),
      ]
    }
    let property: MarkProperty = centred ? anchor(channel) : channel == .x ? .x : .y
    let invalid = definition.flatMap { compiler.invalidRule(channel, $0, model) }
    return [
      EncodeEntry(
        property: property, rules: (invalid.map { [$0] } ?? []) + [EncodeRule(test: nil, reference: reference)]),
      EncodeEntry(property: sizeProperty, rules: rules),
    ]
  }

  private func middlePosition(
    _ channel: Channel, _ definition: ChannelDefinition, _ offset: EncodeReference?, _ band: Double
  ) -> EncodeReference? {
    middle(channel, definition, second: nil, offset: offset, band: band)
  }

  private func defaultSize(_ channel: Channel, _ scale: ScaleComponent?, _ size: BandSize, hasField: Bool)
    -> EncodeReference
  {
    switch size {
    case .band(let part):
      if let scale {
        if scale.plan.type == .band {
          return .bandwidth(
            scale: scale.plan.name, factor: part, minimum: config.markConfig("minBandSize", mark)?.numberValue,
            offset: 0)
        }
      } else {
        return .viewSize(horizontal: channel == .x, fraction: part)
      }
    case .pixels(let reference): return reference
    case .none: break
    }
    if let scale, scale.plan.type.isDiscrete {
      let given = channel == .x ? model.givenWidth : model.givenHeight
      if let step = given?.member("step").numberValue { return .value(.number(step - 2)) }
      if given == nil { return .value(.number(compiler.discreteStep(channel) - 2)) }
    }
    if !hasField {
      let padding =
        config.number("scale", "bandPaddingInner")
        ?? config.number(
          "scale",
          mark.type == .bar
            ? "barBandPaddingInner" : mark.type == .tick ? "tickBandPaddingInner" : "rectBandPaddingInner") ?? 0
      return .viewSize(horizontal: channel == .x, fraction: 1 - padding)
    }
    return .value(.number(compiler.discreteStep(channel) - 2))
  }

  private func binned(_ channel: Channel, _ definition: ChannelDefinition, _ second: ChannelDefinition?)
    -> [EncodeEntry]
  {
    let name = scaleName(channel)!
    var part: Double = 0
    if case .band(let size) = bandSize(channel, definition, second, model.scales[channel]?.plan.type, usesSize: false) {
      part = (1 - size) / 2
    }
    var start = FieldPath(column: definition.column())
    var end = FieldPath(column: definition.column("end"))
    if definition.isBinned {
      start = definition.path()
      if let second, second.isField {
        end = second.path()
      } else if definition["binStep"] == nil {
        return point(channel, fallback: .middle)
      }
    } else if let unit = definition.timeUnit, unit.binned {
      start = definition.path()
    }
    if compiler.rectangleShift(definition, channel, model) != nil {
      start = FieldPath(column: definition.column() + "_offsetted_rect_start")
      end = FieldPath(column: definition.column() + "_offsetted_rect_end")
    }
    let spacing = channel.isPosition ? config.mark("binSpacing", mark)?.numberValue ?? 0 : 0
    let minimum = config.mark("minBandSize", mark)?.numberValue ?? 0
    let first = offset(channel, band: 0.5).reference
    let ownSecond = mark[channel.secondary!.rawValue + "Offset"].map { compiler.encodeReference($0) }
    func edge(_ position: Double, _ isFirst: Bool) -> EncodeReference {
      let given = isFirst ? first : ownSecond ?? first
      return .binEdge(
        BinEdge(
          scale: name, start: start, end: end, position: position, spacing: spacing,
          minimum: channel.isPosition ? minimum : 0, isFirst: isFirst, horizontal: channel == .x, offset: given))
    }
    return [
      EncodeEntry(property: property(channel.secondary!), rules: [EncodeRule(test: nil, reference: edge(part, false))]),
      EncodeEntry(property: property(channel), rules: [EncodeRule(test: nil, reference: edge(1 - part, true))]),
    ]
  }
}
