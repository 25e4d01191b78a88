internal import AlmanacCore
internal import Localization
internal import VegaLite

/// The values that a legend shows and what it calls them.
/// https://github.com/vega/vega/blob/main/packages/vega-encode/src/LegendEntries.js
extension LegendBuilder {
  struct Entry {
    var value: Value
    var label: String
  }

  func entries(_ scale: RuntimeScale, _ channel: Channel) -> [Entry] {
    var values: [Value]
    var labels: [String]?
    let count = plan.tickCount?.numberValue
    if let given = plan.values {
      values = given
      labels = nil
    } else {
      switch scale.kind {
      case .continuous(let continuous), .ramp(let continuous, _):
        let isTime = continuous.isTemporal
        if case .log = continuous.kind {
          values = continuous.labelledTicks(count: count ?? 5).map { .number($0) }
        } else if let borders = scale.binBorders, borders.count > 1 {
          return binEntries(scale, borders)
        } else if case .string(let unit)? = plan.tickCount, let interval = TimeInterval(vega: unit) {
          values = continuous.ticks(every: interval).map { .date($0) }
        } else {
          values = continuous.ticks(count: count ?? 5).map { isTime ? .date($0) : .number($0) }
        }
      case .classes(let thresholds, let range):
        var result: [Entry] = []
        let printer = classFormatter(scale, thresholds)
        let total = min(range.count, thresholds.count + 1)
        for index in 0..<total {
          let low = index == 0 ? -Double.infinity : thresholds[index - 1]
          let high = index < thresholds.count ? thresholds[index] : Double.infinity
          let text: String =
            if low == -.infinity, scale.type == .threshold || scale.type == .quantile || scale.type == .quantize {
              "< \(printer(high))"
            } else if high == .infinity { "≥ \(printer(low))" } else { "\(printer(low)) – \(printer(high))" }
          let sample = low == -.infinity ? high - 1e-9 - high.magnitude * 1e-9 : low
          result.append(Entry(value: .number(sample), label: text))
        }
        return result
      case .bins(let borders, _):
        return borders.count > 1 ? binEntries(scale, borders) : []
      default: values = scale.domainValues
      }
    }
    let limit = Int(limited: read.number("symbolLimit") ?? 30)
    var cut = 0
    if limit > 0, values.count > limit {
      cut = values.count - limit + 1
      values = Array(values.prefix(limit - 1))
    }
    let texts = labels ?? self.labels(values, scale, count)
    var result = zip(values, texts).map { Entry(value: $0, label: $1) }
    if let expression = plan.labelExpression {
      let compiled = CompiledExpression(expression, scope: read.scope)
      for index in result.indices {
        let datum = ValueObject([
          "label": .string(result[index].label), "value": result[index].value, "index": .number(Double(index)),
        ])
        let text = compiled(.object(datum))
        result[index].label = text.isPresent ? text.asString : ""
      }
    }
    if cut > 0 { result.append(Entry(value: .undefined, label: "…\(cut) entries")) }
    return result
  }

  /// An entry for each bin, named by its two borders and drawn as the scale has its start.
  func binEntries(_ scale: RuntimeScale, _ borders: [Double]) -> [Entry] {
    let printer = classFormatter(scale, borders)
    return zip(borders, borders.dropFirst()).map { low, high in
      Entry(value: .number(low), label: "\(printer(low)) – \(printer(high))")
    }
  }

  func classFormatter(_ scale: RuntimeScale, _ borders: [Double]) -> (Double) -> String {
    var specifier: String?
    if case .number(let text) = plan.format.kind { specifier = text }
    if case .custom = plan.format.kind {
      let printer = ValuePrinter(run: run, format: plan.format)
      return { printer.string(.number($0)) }
    }
    if case .time(let text, let unit, _) = plan.format.kind {
      let format = TimeFormat(text ?? unit.map { unitFormat($0) } ?? "%b %d, %Y", locale: run.locale.time)
      return { format($0, in: run.options.zone) }
    }
    if scale.type == .quantile || scale.type == .threshold {
      // Vega formats borders as lone numbers with the precision of a span.
      let ends = (borders.first ?? 0, borders.last ?? 1)
      let formatter = numberFormatter(
        from: ends.0, to: ends.1, count: scale.type == .threshold ? 5 : nil, specifier: specifier, locale: run.locale)
      if specifier == nil, scale.type == .quantile || scale.type == .threshold {
        return { Value.format($0).count <= 6 ? Value.format($0).replacingMinus() : formatter($0) }
      }
      return { formatter($0) }
    }
    let low = scale.domainValues.first?.asNumber ?? 0
    let high = scale.domainValues.last?.asNumber ?? 1
    let formatter = numberFormatter(
      from: low, to: high, count: scale.type == .binOrdinal ? Double(max(1, borders.count - 1)) : 5,
      specifier: specifier, locale: run.locale)
    return { formatter($0) }
  }

  func labels(_ values: [Value], _ scale: RuntimeScale, _ count: Double?) -> [String] {
    if case .custom = plan.format.kind {
      let printer = ValuePrinter(run: run, format: plan.format, largest: values.map { $0.asNumber.magnitude }.max())
      return values.map { printer.string($0) }
    }
    if let continuous = scale.continuous {
      switch plan.format.kind {
      case .time(let text, let unit, _):
        if let unit, text == nil {
          let format = TimeFormat(unitFormat(unit, chinese: run.isChinese), locale: run.locale.time)
          return values.map { format($0.asNumber, in: continuous.tickZone) }
        }
        if continuous.isTemporal {
          let formatter = continuous.tickFormatter(count: count ?? 5, specifier: text, locale: run.locale)
          return values.map { formatter($0.asNumber) }
        }
        let format = TimeFormat(text ?? "%b %d, %Y", locale: run.locale.time)
        return values.map { format($0.asNumber, in: run.options.zone) }
      case .number(let text):
        let formatter = continuous.tickFormatter(
          count: count ?? 5, specifier: text, keepsAll: plan.values != nil, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      default:
        let formatter = continuous.tickFormatter(count: count ?? 5, keepsAll: plan.values != nil, locale: run.locale)
        return values.map { formatter($0.asNumber) }
      }
    }
    let printer = ValuePrinter(run: run, format: plan.format)
    return values.map { value in
      switch plan.format.kind {
      case .number(nil), .automatic: printer.text(value).asString
      default: printer.string(value)
      }
    }
  }
}
