internal import AlmanacCore
internal import Localization
internal import VegaLite

/// A value that a legend shows, what it is called, and where it stands on a bar of colours.
struct LegendEntry {
  var value: Value
  var label: String
  /// The part of the bar below it, and below the next one.
  var fraction = 0.0
  var nextFraction = 0.0
}

/// The values that a legend shows and what it calls them.
/// https://github.com/vega/vega/blob/main/packages/vega-encode/src/LegendEntries.js
extension LegendBuilder {
  func entries(_ scale: RuntimeScale, _ form: Form, length: Double) -> [LegendEntry] {
    var given = plan.values
    if let expression = plan.valuesExpression { given = evaluate(expression, scope: read.scope).arrayValue ?? [] }
    var count = read.value("tickCount")
    if count == nil, form == .gradient { count = .number(max(2, 2 * (length / 100).rounded(.down))) }
    let numberCount = tickCount(scale, count ?? .number(5))
    var (values, last) = given.map { ($0, Value.number(.infinity)) } ?? shownValues(scale, count, numberCount)
    let label = labelFormatter(scale, numberCount, keepsAll: given != nil || form == .symbols)
    switch form {
    case .symbols:
      let limit = Int(limited: read.number("symbolLimit") ?? 30)
      let all = values.count
      let firstOfRest = limit > 0 && all > limit ? values[limit - 1] : Value?.none
      if firstOfRest != nil { values = Array(values.prefix(limit - 1)) }
      // A symbol of no size says nothing.
      if given == nil, isSized, let first = values.first, scale.number(first) == 0 { values.removeFirst() }
      let isRanged = scale.hasClasses && !plan.format.isFunction
      var result: [LegendEntry] = []
      for (index, value) in values.enumerated() {
        let next = index + 1 < values.count ? values[index + 1] : last
        result.append(LegendEntry(value: value, label: isRanged ? rangeLabel(value, next, label) : label(value)))
      }
      if let firstOfRest {
        result.append(LegendEntry(value: firstOfRest, label: "…\(all - limit + 1) entries"))
      }
      relabel(&result)
      return result
    case .gradient:
      guard let continuous = scale.continuous, let low = continuous.domain.first, let high = continuous.domain.last
      else {
        return []
      }
      if values.count < 3, given == nil, low != high {
        // Too few ticks say less than the ends of the domain.
        values = [low, high].map { continuous.isTemporal ? .date($0) : .number($0) }
      }
      var unit = continuous
      (unit.domain, unit.range) = ([low, high], [0, 1])
      var result = values.map { LegendEntry(value: $0, label: label($0), fraction: unit($0.asNumber)) }
      result.removeAll { !$0.fraction.isFinite }
      relabel(&result)
      return result
    case .classes:
      let fraction = classFraction(scale)
      var result = values.enumerated().map { index, value in
        LegendEntry(
          value: value, label: index == 0 ? "" : label(value), fraction: index == 0 ? 0 : fraction(value.asNumber),
          nextFraction: index + 1 == values.count ? 1 : fraction(values[index + 1].asNumber))
      }
      // Without a text of its own the first class has none to work with.
      relabel(&result, without: 0)
      return result
    }
  }

  /// Whether a scale sets the size of symbols, or the width of their lines.
  private var isSized: Bool { plan.scales.contains { $0.property == .size || $0.property == .strokeWidth } }

  private func tickCount(_ scale: RuntimeScale, _ count: Value) -> Double? {
    guard let number = count.numberValue else { return nil }
    var result = scale.binBorders.map { max(number, Double($0.count)) } ?? number
    if let step = read.number("tickMinStep"), let continuous = scale.continuous {
      let steps = ((continuous.domain.last ?? 1) - (continuous.domain.first ?? 0)).magnitude / step
      result = min(result, (steps == 0 || steps.isNaN ? 1 : steps).rounded(.down) + 1)
    }
    return result
  }

  /// The values that a scale has for a legend, and where the last one ends.
  private func shownValues(_ scale: RuntimeScale, _ count: Value?, _ number: Double?) -> ([Value], Value) {
    func borders(_ list: [Double]) -> ([Value], Value) {
      (list.dropLast().map { .number($0) }, .number(list.last ?? .infinity))
    }
    switch scale.kind {
    case .continuous(let continuous), .ramp(let continuous, _):
      if let list = scale.binBorders { return borders(list) }
      if case .log = continuous.kind {
        return (continuous.labelledTicks(count: number).map { .number($0) }, .number(.infinity))
      }
      let interval = count.flatMap { TimeInterval(tickCount: $0) }
      let ticks = interval.map { continuous.ticks(every: $0) } ?? continuous.ticks(count: number ?? 5)
      return (ticks.map { continuous.isTemporal ? .date($0) : .number($0) }, .number(.infinity))
    case .classes(let thresholds, _): return (([-.infinity] + thresholds).map { .number($0) }, .number(.infinity))
    case .bins(let list, _): return borders(list)
    default: return (scale.domainValues, .number(.infinity))
    }
  }

  private func rangeLabel(_ low: Value, _ high: Value, _ label: (Value) -> String) -> String {
    switch (low.asNumber.isFinite, high.asNumber.isFinite) {
    case (true, true): "\(label(low)) – \(label(high))"
    case (false, true): "< \(label(high))"
    case (true, false): "≥ \(label(low))"
    default: "≥ null"
    }
  }

  private func relabel(_ entries: inout [LegendEntry], without unlabelled: Int? = nil) {
    guard let expression = plan.labelExpression else { return }
    let compiled = CompiledExpression(expression, scope: read.scope)
    for index in entries.indices {
      let datum = ValueObject([
        "label": index == unlabelled ? .null : .string(entries[index].label), "value": entries[index].value,
        "index": .number(Double(index)),
      ])
      let text = compiled(.object(datum))
      entries[index].label = text.isPresent ? text.asString : ""
    }
  }

  /// The part of a bar of classes that lies below a border.
  private func classFraction(_ scale: RuntimeScale) -> (Double) -> Double {
    var low = scale.domainValues.first?.asNumber ?? 0
    var high = scale.domainValues.last?.asNumber ?? 1
    if scale.type == .threshold {
      let more = scale.domainValues.count > 1 ? (high - low) / Double(scale.domainValues.count - 1) : 0.1
      (low, high) = (low - more, high + more)
    }
    return { ($0 - low) / (high - low) }
  }

  // MARK: Labels

  private func labelFormatter(_ scale: RuntimeScale, _ count: Double?, keepsAll: Bool) -> (Value) -> String {
    var specifier: String?
    switch plan.format.kind {
    case .custom:
      let printer = ValuePrinter(
        run: run, format: plan.format, largest: scale.domainValues.map { $0.asNumber.magnitude }.max())
      return { printer.string($0) }
    case .time(let text, let unit, _):
      let zone = scale.continuous?.tickZone ?? run.options.zone
      if let text = text ?? unit.map({ unitFormat($0, chinese: run.isChinese) }) {
        let format = TimeFormat(text, locale: run.locale.time)
        return { format($0.asNumber, in: zone) }
      }
      if scale.continuous?.isTemporal != true {
        let format = TimeFormat("%b %d, %Y", locale: run.locale.time)
        return { $0.isPresent ? format($0.asNumber, in: zone) : "null" }
      }
    case .times(let overrides, _):
      let format = MultiTimeFormat(named: overrides, locale: run.locale.time)
      let zone = scale.continuous?.tickZone ?? run.options.zone
      return { format($0.asNumber, in: zone) }
    case .number(let text): specifier = text
    default: break
    }
    if let continuous = scale.continuous {
      let formatter = continuous.tickFormatter(
        count: count, specifier: specifier, keepsAll: keepsAll || scale.binBorders != nil, locale: run.locale)
      return { formatter($0.asNumber) }
    }
    func span(_ low: Double, _ high: Double, _ count: Double?) -> (Value) -> String {
      let formatter = numberFormatter(from: low, to: high, count: count, specifier: specifier, locale: run.locale)
      return { formatter($0.asNumber) }
    }
    switch scale.kind {
    case .classes(let thresholds, _) where scale.type == .quantile || scale.type == .quantize:
      // As fine as the nearest neighbours need.
      let list = scale.type == .quantile ? thresholds : scale.domainValues.map(\.asNumber)
      let least = zip(list.dropFirst(), list).map { $0 - $1 }.min() ?? list.first ?? 1
      return span(0, least, 30)
    case .bins(let borders, _):
      return span(borders.first ?? 0, borders.last ?? 1, max(count ?? 5, Double(borders.count)))
    default: break
    }
    let printer = ValuePrinter(run: run, format: plan.format)
    return { value in
      switch self.plan.format.kind {
      case .number(nil), .automatic: printer.text(value).asString
      default: printer.string(value)
      }
    }
  }
}

extension FormatPlan {
  /// Whether a function writes each value for itself.
  fileprivate var isFunction: Bool {
    if case .custom(let type, _) = kind { type != "cn-unit" } else { false }
  }
}

extension RuntimeScale {
  /// Whether a value of a legend stands for all up to the next one.
  var hasClasses: Bool {
    switch kind {
    case .classes, .bins: true
    default: binBorders != nil
    }
  }
}

extension TimeInterval {
  /// `"month"` or `{"interval": "month", "step": 3}`.
  init?(tickCount: Value) {
    let unit = tickCount.stringValue ?? tickCount.member("interval").stringValue
    guard let unit, let interval = TimeInterval(vega: unit, step: tickCount.member("step").numberValue ?? 1) else {
      return nil
    }
    self = interval
  }
}
