internal import AlmanacCore
internal import Localization
internal import VegaLite

/// A tick with its place and its label.
struct AxisTick {
  var value: Value
  /// Where the tick stands along the axis, in pixels.
  var position: Double
  /// Where its label stands: the middle of a band, wherever the tick is, and never rounded.
  var labelPosition: Double
  var label: String
  /// Whether the scale has a place for the value; where it has none, the tick stands at the start.
  var hasPlace = true
  /// Which part of the way from the first tick to the last it is, by count.
  var index = 0.0
}

extension AxisTick {
  var datum: Value {
    .object(ValueObject(["value": value, "label": .string(label), "index": .number(index)]))
  }
}

/// The values that an axis shows, where they stand and what it calls them.
/// https://github.com/vega/vega/blob/main/packages/vega-encode/src/AxisTicks.js
extension AxisBuilder {
  func tickCount() -> Value? {
    switch plan.tickCount {
    case .value(let value)?: return value
    case .expression(let expression)?: return evaluate(expression, scope: read.scope)
    default: return plan.defaultTickDivisor.map { .number((length / $0).rounded(.up)) }
    }
  }

  func ticks() -> [AxisTick] {
    var values: [Value]
    var given = plan.values
    if let expression = plan.valuesExpression { given = evaluate(expression, scope: read.scope).arrayValue ?? [] }
    let wanted = tickCount()
    // Where no count is wanted it is ten, which only a least step changes.
    var count = wanted?.numberValue ?? (wanted == nil && given == nil && plan.tickMinStep != nil ? 10 : nil)
    if let continuous = scale.continuous {
      if wanted == nil || count != nil {
        var number = count ?? given.map { Double($0.count) } ?? 10
        if let borders = scale.binBorders { number = max(number, Double(borders.count)) }
        if let step = run.number(plan.tickMinStep, view) {
          let span = ((continuous.domain.last ?? 1) - (continuous.domain.first ?? 0)).magnitude
          let steps = span / step
          number = min(number, (steps == 0 || steps.isNaN ? 1 : steps).rounded(.down) + 1)
        }
        count = number
      }
      let isTime = continuous.isTemporal
      func wrap(_ numbers: [Double]) -> [Value] { numbers.map { isTime ? .date($0) : .number($0) } }
      if let given {
        values = valid(given, continuous, count ?? Double(given.count))
      } else if let interval = interval(wanted) {
        values = wrap(continuous.ticks(every: interval))
      } else if let borders = scale.binBorders {
        values = valid(wrap(borders), continuous, count ?? 0)
      } else {
        values = wrap(continuous.ticks(count: count ?? 10))
      }
    } else {
      values = given ?? scale.domainValues
      if let given { values = given.filter { scale.place(of: $0) != nil } }
    }
    let labels = self.labels(values, count: count, keepsAll: given != nil)
    let rounds = read.flag("tickRound") ?? true
    let (part, tickOffset) = tickBand
    let shift = scale.bandwidth * part
    let last = Double(max(1, values.count - 1))
    return zip(values, labels).enumerated().compactMap { place, entry in
      let (value, label) = entry
      var (start, hasPlace) = (scale.number(value), true)
      // A domain of one value has a tick, which no place belongs to: the start, as in Vega's pictures.
      if start.isNaN, let continuous = scale.continuous, continuous.domain.count == 1, !continuous.isTemporal {
        (start, hasPlace) = (0, false)
      }
      guard start.isFinite else { return nil }
      func placed(_ position: Double) -> Double { rounds ? roundHalfUp(position) : position }
      return AxisTick(
        value: value, position: placed(start + shift + tickOffset),
        labelPosition: start + scale.bandwidth / 2 + tickOffset, label: label, hasPlace: hasPlace,
        index: Double(place) / last)
    }
  }

  /// Where in a band ticks stand, and how many pixels beyond.
  private var tickBand: (part: Double, offset: Double) {
    let offset = read.number("tickOffset") ?? 0
    return switch read.string("tickBand") {
    case "extent": (1, 0)
    case _?: (0.5, offset)
    case nil: (read.number("bandPosition") ?? 0.5, offset)
    }
  }

  func interval(_ wanted: Value?) -> TimeInterval? {
    switch wanted {
    case .string(let unit)?: TimeInterval(vega: unit)
    case .object(let object)?:
      object["interval"]?.stringValue.flatMap { TimeInterval(vega: $0, step: object["step"]?.numberValue ?? 1) }
    default: nil
    }
  }

  /// Given values that lie within the range, thinned to the count.
  func valid(_ values: [Value], _ continuous: ContinuousScale, _ count: Double) -> [Value] {
    let low = (continuous.range.min() ?? 0).rounded(.down)
    let high = (continuous.range.max() ?? 0).rounded(.up)
    var kept = values.filter {
      let position = continuous($0.asNumber); return position >= low && position <= high
    }
    if count > 0, kept.count > 1 {
      let ends = [kept[0], kept[kept.count - 1]]
      while Double(kept.count) > count, kept.count >= 3 {
        kept = kept.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      }
      if kept.count < 3, values.count >= 2, Double(values.count) > count { kept = ends }
    }
    return kept
  }

  func labels(_ values: [Value], count: Double?, keepsAll: Bool) -> [String] {
    var texts = formatted(values, count: count, keepsAll: keepsAll)
    if let expression = plan.labelExpression {
      let total = Double(max(1, values.count - 1))
      let compiled = CompiledExpression(expression, scope: read.scope)
      for index in values.indices {
        let datum = ValueObject([
          "label": .string(texts[index]), "value": values[index], "index": .number(Double(index) / total),
        ])
        let result = compiled(.object(datum))
        texts[index] =
          result.arrayValue.map { $0.map(\.asString).joined(separator: "\n") }
          ?? (result.isPresent ? result.asString : "")
      }
    }
    return texts
  }

  func formatted(_ values: [Value], count: Double?, keepsAll: Bool) -> [String] {
    if case .custom = plan.format.kind {
      let largest = values.map { $0.asNumber.magnitude }.max()
      let printer = ValuePrinter(run: run, format: plan.format, largest: largest)
      return values.map { printer.string($0) }
    }
    if let continuous = scale.continuous {
      switch plan.format.kind {
      case .time(let text, let unit?, _) where text == nil:
        let format = TimeFormat(unitFormat(unit, chinese: run.isChinese), locale: run.locale.time)
        return values.map { format($0.asNumber, in: continuous.tickZone) }
      case .time(let text, _, _):
        if continuous.isTemporal || text != nil {
          if !continuous.isTemporal, let text {
            let format = TimeFormat(text, locale: run.locale.time)
            return values.map { format($0.asNumber, in: run.options.zone) }
          }
          let formatter = continuous.tickFormatter(
            count: count, specifier: text, keepsAll: keepsAll, locale: run.locale)
          return values.map { formatter($0.asNumber) }
        }
        let formatter = continuous.tickFormatter(count: count, keepsAll: keepsAll, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      case .times(let overrides, _):
        let format = MultiTimeFormat(named: overrides, locale: run.locale.time)
        return values.map { format($0.asNumber, in: continuous.tickZone) }
      case .number(let text?):
        if continuous.isTemporal {
          let formatter = continuous.tickFormatter(
            count: count, specifier: text, keepsAll: keepsAll, locale: run.locale)
          return values.map { formatter($0.asNumber) }
        }
        let formatter = continuous.tickFormatter(count: count, specifier: text, keepsAll: keepsAll, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      default:
        let formatter = continuous.tickFormatter(count: count, keepsAll: keepsAll, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      }
    }
    let printer = ValuePrinter(run: run, format: plan.format)
    return values.map { value in
      switch plan.format.kind {
      case .number(nil), .automatic:
        value.arrayValue.map { $0.map(\.asString).joined(separator: "\n") } ?? printer.text(value).asString
      default: printer.string(value)
      }
    }
  }

  /// All ticks, with one more where the first band begins if the axis asks for it.
  func tickPositions(_ ticks: [AxisTick]) -> [AxisTick] { (firstOfBands(ticks).map { [$0] } ?? []) + ticks }

  /// A tick where the first band begins, without a label.
  func firstOfBands(_ ticks: [AxisTick]) -> AxisTick? {
    guard read.string("tickBand") == "extent" || read.string("tickBand") == nil && read.flag("tickExtra") == true,
      var first = ticks.first
    else { return nil }
    first.labelPosition = scale.number(first.value) + tickBand.offset
    first.position = read.flag("tickRound") ?? true ? roundHalfUp(first.labelPosition) : first.labelPosition
    first.label = ""
    first.index = -1
    return first
  }
}
