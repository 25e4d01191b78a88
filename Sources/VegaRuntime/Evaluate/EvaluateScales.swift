internal import AlmanacCore

internal import VegaLite

/// Domains from tables, then ranges from sizes.
extension ChartRun {
  /// A domain before it is given a range.
  struct Domain {
    var values: [Value] = []
    var low = Double.infinity
    var high = -Double.infinity
    var numbers: [Double]?
    var isEmpty: Bool { values.isEmpty && low > high && numbers == nil }
  }

  // MARK: Domains

  func domain(_ plan: ScalePlan, in view: ViewScope) -> Domain {
    measured(.scales) {
      plan.type.isDiscrete && plan.type != .binOrdinal ? discreteDomain(plan, view) : continuousDomain(plan, view)
    }
  }

  private func discreteDomain(_ plan: ScalePlan, _ view: ViewScope) -> Domain {
    var domain = Domain()
    var seen: Set<Value> = []
    var weights: [Value: Double] = [:]
    var texts: Set<String> = []
    func add(_ value: Value) {
      let key = RuntimeScale.key(value)
      // Vega finds the values of a domain by their text: of 1 and "1" it keeps the first.
      if seen.insert(key).inserted, texts.insert(key.asString).inserted { domain.values.append(value) }
    }
    let sort = unitedSort(plan.domains)
    for source in plan.domains {
      switch source {
      case .values(let values): values.filter { $0 != .undefined }.forEach(add)
      case .expression(let expression): (evaluate(expression, scope: scope(view)).arrayValue ?? []).forEach(add)
      case .bins(let signal):
        if let span = bins[signal] { for value in span.starts { add(.number(value)) } }
      case .fields(let step, let fields, let order):
        let table = table(step, in: view)
        for field in fields {
          switch table.values(at: field) {
          case .strings(let strings):
            // Neighbours are often alike; a set of strings is enough.
            var last: String?
            for text in strings where text != last {
              add(.string(text))
              last = text
            }
          case let column:
            for row in 0..<column.count {
              if case .array(let list) = column[row] { list.forEach(add) } else { add(column[row]) }
            }
          }
        }
        if case .by(let operation, let field, _)? = order, let path = fields.first {
          for (value, weight) in aggregated(table, by: path, operation, field) {
            let known = weights[value]
            weights[value] = known.map { united($0, weight, operation) } ?? weight
          }
        }
      }
    }
    switch sort {
    case .natural(let descending)?:
      domain.values.sort {
        let order = naturalOrder($0, $1); return descending ? order > 0 : order < 0
      }
    case .by(_, _, let descending)?:
      let places = Dictionary(
        domain.values.enumerated().map { (RuntimeScale.key($1), $0) }, uniquingKeysWith: { a, _ in a })
      domain.values.sort { a, b in
        let (x, y) = (weights[RuntimeScale.key(a)], weights[RuntimeScale.key(b)])
        if let x, let y, x.isNaN != y.isNaN { return descending ? y.isNaN : x.isNaN }
        if let x, let y, x != y, !x.isNaN { return descending ? x > y : x < y }
        if (x == nil) != (y == nil) { return descending ? y == nil : x == nil }
        return places[RuntimeScale.key(a)] ?? 0 < places[RuntimeScale.key(b)] ?? 0
      }
    case nil: break
    }
    return domain
  }

  /// What two sources of a domain together say of one value.
  private func united(_ first: Double, _ second: Double, _ operation: AggregateOperation) -> Double {
    switch operation {
    case .count: first + second
    case .min: second < first || first.isNaN ? second : first
    case .max: second > first || first.isNaN ? second : first
    default: first
    }
  }

  /// The order of a domain with several sources: theirs if they agree, else the natural one.
  /// https://github.com/vega/vega-lite/blob/main/src/compile/scale/domain.ts (`mergeDomains`)
  private func unitedSort(_ sources: [DomainSource]) -> DomainSort? {
    var sorts: [DomainSort] = []
    var tables: Set<DomainSource> = []
    for case .fields(let step, let fields, let sort) in sources {
      tables.insert(.fields(data: rowStep(step), fields: fields, sort: nil))
      if let sort, !sorts.contains(sort) { sorts.append(sort) }
    }
    guard sorts.count > 1 || tables.count > 1 else { return sorts.first }
    if tables.count == 1 {
      // One that sums up wins over those that take any row.
      let strong = sorts.filter { if case .by(let operation, _, _) = $0 { operation != .min } else { false } }
      let all = sorts.allSatisfy { if case .by = $0 { true } else { false } }
      return all && strong.count == 1 ? strong[0] : .natural(descending: false)
    }
    // United sources can only be sorted by what each can tell for itself.
    let simple = sorts.map { sort -> DomainSort in
      if case .by(let operation, _, _) = sort, ![.count, .min, .max].contains(operation) {
        return .natural(descending: false)
      }
      return sort
    }
    return simple.dropFirst().allSatisfy { $0 == simple[0] } ? simple.first : .natural(descending: false)
  }

  /// The step that a step's rows come from, columns made of them aside.
  private func rowStep(_ step: Int) -> Int {
    var at = step
    while let parent = plan.data[at].parent {
      switch plan.data[at].operation {
      case .bin, .timeUnit, .parse, .sortIndex: at = parent
      default: return at
      }
    }
    return at
  }

  /// Natural order; missing values last of all as Vega's domains have them first, so first.
  private func naturalOrder(_ a: Value, _ b: Value) -> Int { Value.compare(a, b) }

  private func aggregated(_ table: DataTable, by path: FieldPath, _ operation: AggregateOperation, _ field: FieldPath?)
    -> [Value: Double]
  {
    let grouped = aggregate(
      table, groupBy: [path], fields: [AggregateField(field == nil ? .count : operation, field, as: "\u{1}weight")])
    let keys = grouped.values(at: FieldPath(column: path.columnName))
    let weights = grouped.values(at: FieldPath(column: "\u{1}weight"))
    var result: [Value: Double] = [:]
    for row in 0..<grouped.rowCount { result[RuntimeScale.key(keys[row])] = weights.number(row) }
    return result
  }

  private func continuousDomain(_ plan: ScalePlan, _ view: ViewScope) -> Domain {
    var domain = Domain()
    var explicit: [Double] = []
    func widen(_ low: Double, _ high: Double) {
      domain.low = min(domain.low, low)
      domain.high = max(domain.high, high)
    }
    var onlyExplicit = true
    for source in plan.domains {
      switch source {
      case .values(let values):
        let numbers = values.map(\.asNumber)
        explicit += numbers
        for number in numbers where !number.isNaN { widen(number, number) }
      case .expression(let expression):
        let numbers = (evaluate(expression, scope: scope(view)).arrayValue ?? []).map(\.asNumber)
        explicit += numbers
        for number in numbers where !number.isNaN { widen(number, number) }
      case .bins(let signal):
        if let span = bins[signal] ?? binsOfFacet(signal) { widen(span.start, span.stop) }
        onlyExplicit = false
      case .fields(let step, let fields, _):
        onlyExplicit = false
        let table = table(step, in: view)
        for field in fields {
          let column = table.values(at: field)
          if plan.type == .quantile {
            domain.numbers =
              (domain.numbers ?? []) + column.asValues.filter { $0.isValid }.map(\.asNumber).filter { !$0.isNaN }
          }
          if let (low, high) = extent(column) { widen(low, high) }
        }
      }
    }
    if onlyExplicit, plan.domains.count == 1, !explicit.isEmpty { domain.numbers = explicit }
    return domain
  }

  private func binsOfFacet(_ signal: String) -> BinSpan? {
    // A bin's numbers are kept when its step runs.
    for (index, step) in plan.data.enumerated() {
      if case .bin(let bin) = step.operation, bin.signal == signal {
        _ = table(index)
        return bins[signal]
      }
    }
    return nil
  }

  // MARK: Scales

  /// Makes a scale once the sizes of its view are known.
  func makeScale(_ plan: ScalePlan, _ domain: Domain, in view: ViewScope) -> RuntimeScale {
    let reversed = value(plan.reverse, view)?.asBool ?? false
    var plan = plan
    if case .schemeNamed(let expression) = plan.range {
      let name = evaluate(expression, scope: scope(view)).asString
      plan.range = .scheme(name: name, count: nil, extent: nil)
    }
    if plan.type == .band || plan.type == .point { return bandScale(plan, domain, view, reversed) }
    if plan.type == .ordinal { return ordinalScale(plan, domain, view, reversed) }
    if plan.type == .identity { return RuntimeScale(type: .identity, kind: .identity, domain: []) }
    if plan.type.isContinuousToDiscrete { return classScale(plan, domain, view, reversed) }
    var numbers =
      domain.numbers
      ?? (domain.low <= domain.high ? [domain.low, domain.high] : domainWithoutValues(plan))
    // A domain of one value has no extent: it maps to nothing, as in d3.
    let last = max(1, numbers.count - 1)
    let hasZero = plan.zeroExpression.map { evaluate($0, scope: scope(view)).asBool } ?? (plan.zero == true)
    if hasZero {
      // One after the other: a single value above 0 becomes 0. Not-a-number stays.
      if numbers[0] > 0 { numbers[0] = 0 }
      if numbers[numbers.count - 1] < 0 { numbers[numbers.count - 1] = 0 }
    }
    if let low = number(plan.domainMin, view) { numbers[0] = low }
    if let high = number(plan.domainMax, view) {
      if numbers.count > 1 { numbers[last] = high } else { numbers.append(high) }
    }
    if let middle = number(plan.domainMid, view) {
      // A middle outside of the domain is its new end, and the end that it passed the middle.
      let (low, high) = (numbers[0], numbers[numbers.count - 1])
      numbers.insert(middle, at: middle < low ? 0 : middle > high ? numbers.count : numbers.count - 1)
    }
    if let raw = value(plan.domainRaw, view)?.arrayValue?.map(\.asNumber), raw.count > 1,
      raw.allSatisfy(\.isFinite)
    {
      numbers = raw
      (plan.nice, plan.padding) = (nil, nil)
    }
    var range = numericRange(plan, view)
    let isColor = plan.channel.isColor && range == nil
    if reversed { range?.reverse() }
    var scale = ContinuousScale(
      kind(plan, view), domain: numbers, range: range ?? [0, 1], clamp: plan.clamp ?? false, round: plan.round ?? false,
      zone: options.zone)
    if let padding = number(plan.padding, view), padding > 0, let range, numbers.count == 2, numbers[0] != numbers[1] {
      let span = (range[range.count - 1] - range[0]).magnitude
      let factor = span / (span - 2 * padding)
      if factor.isFinite, factor > 0 { scale.domain = padded(scale, factor) }
    }
    nice(&scale, plan, view)
    if isColor {
      var result = RuntimeScale(
        type: plan.type, kind: .ramp(scale, ramp(plan, view, reversed)),
        domain: scale.domain.map { plan.type.isTime ? .date($0) : .number($0) })
      result.binBorders = binBorders(plan, scale.domain)
      return result
    }
    var result = RuntimeScale(
      type: plan.type, kind: .continuous(scale), domain: scale.domain.map { plan.type.isTime ? .date($0) : .number($0) }
    )
    result.binBorders = binBorders(plan, scale.domain)
    result.startsAtZero = hasZero && plan.type != .log && !plan.type.isTime
    return result
  }

  /// The ends of a scale that no row has a value for. Fields on their own leave it without ends, and so without ticks;
  /// several fields meet at 0 if the scale goes to 0, as in Vega.
  private func domainWithoutValues(_ plan: ScalePlan) -> [Double] {
    var fields = 0
    for case .fields(_, let paths, _) in plan.domains { fields += paths.count }
    if fields == 0 { return plan.type == .log ? [1, 10] : [0, 1] }
    return fields > 1 && plan.zero == true ? [0, 0] : [.nan, .nan]
  }

  private func binBorders(_ plan: ScalePlan, _ domain: [Double]) -> [Double]? {
    switch plan.bins {
    case .signal(let name)?:
      (bins[name] ?? binsOfFacet(name)).flatMap { stepBorders($0.step, $0.start, $0.stop, domain) }
    case .values(let values)?: values
    case .step(let step, let start, let stop)?: stepBorders(step, start, stop, domain)
    case nil: nil
    }
  }

  /// Borders every `step` that lie within a domain: Vega's `configureBins`.
  private func stepBorders(_ step: Double, _ start: Double?, _ stop: Double?, _ domain: [Double]) -> [Double]? {
    guard step > 0, let low = domain.first, let high = domain.last, low < high else { return nil }
    var (start, stop) = (start ?? low, stop ?? high)
    if start < low { start = step * (low / step).rounded(.up) }
    if stop > high { stop = step * (high / step).rounded(.down) }
    let count = ((stop + step / 2 - start) / step).rounded(.up)
    guard count < 10_000 else { return nil }
    guard count > 0 else { return [] }
    return (0..<Int(count)).map { start + Double($0) * step }
  }

  private func kind(_ plan: ScalePlan, _ view: ViewScope) -> ContinuousScale.Kind {
    switch plan.type {
    case .log: .log(base: number(plan.base, view) ?? 10)
    case .pow: .pow(exponent: number(plan.exponent, view) ?? 1)
    case .sqrt: .pow(exponent: 0.5)
    case .symlog: .symlog(constant: number(plan.constant, view) ?? 1)
    case .time: .time
    case .utc: .utc
    default: .linear
    }
  }

  /// Zooms the domain out around its middle, in the scale's own terms.
  private func padded(_ scale: ContinuousScale, _ factor: Double) -> [Double] {
    var unit = scale
    unit.range = [0, 1]
    unit.clamp = false
    unit.round = false
    return [unit.invert(0.5 - factor / 2), unit.invert(0.5 + factor / 2)]
  }

  private func nice(_ scale: inout ContinuousScale, _ plan: ScalePlan, _ view: ViewScope) {
    guard let nice = plan.nice, scale.domain.count >= 2, scale.domain.allSatisfy(\.isFinite) else { return }
    switch nice {
    case .bool(true):
      if plan.type.isTime { scale.nice(count: 10.0) } else { scale.nice(count: 10.0) }
    case .number(let count): scale.nice(count: count)
    case .string(let unit): if let interval = TimeInterval(vega: unit) { scale.nice(every: interval) }
    case .object(let object):
      if let unit = object["interval"]?.stringValue,
        let interval = TimeInterval(vega: unit, step: object["step"]?.numberValue ?? 1)
      {
        scale.nice(every: interval)
      }
    default: break
    }
  }

  // MARK: Ranges

  private func numericRange(_ plan: ScalePlan, _ view: ViewScope) -> [Double]? {
    func ends(_ range: [Double]) -> [Double] {
      var range = range
      if let low = number(plan.rangeMin, view), !range.isEmpty { range[0] = low }
      if let high = number(plan.rangeMax, view), !range.isEmpty { range[range.count - 1] = high }
      return range
    }
    switch plan.range {
    case .width: return ends([0, view.width])
    case .height(let reversed): return ends(reversed ? [view.height, 0] : [0, view.height])
    case .bandwidth(let name, let part):
      guard let scale = view.scale(name) else { return [0, 0] }
      switch part {
      case .whole: return [0, scale.bandwidth]
      case .centered:
        guard case .band(let band) = scale.kind else { return [0, 0] }
        let half = band.bandwidth > 0 ? band.bandwidth / 2 : band.step / 2
        return [-half, half]
      case .unit(let start, let end, let low, let high):
        let width = scale.number(.date(end)) - scale.number(.date(start))
        return [low * width, high * width]
      }
    case .values(let references):
      var values: [Value] = []
      for reference in references {
        guard let value = value(reference, view) else { continue }
        if case .array(let list) = value, references.count == 1 { values += list } else { values.append(value) }
      }
      guard values.allSatisfy({ if case .number = $0 { true } else { false } }), !values.isEmpty else { return nil }
      return ends(values.map(\.asNumber))
    case .fullCircle: return ends([0, 2 * .pi])
    case .radius: return ends([0, min(view.width, view.height) / 2])
    case .pointSize(let minimum, let x, let y):
      let step = smallestStep([(x, true), (y, false)], view)
      return ends([minimum, (0.95 * step) * (0.95 * step)])
    case .barSize(let minimum, let x, let y):
      return ends([minimum, smallestStep([(x, true), (y, false)], view) - 1])
    case .sequence(let start, let stop, _, let count):
      return (0..<count).map { count < 2 ? start : start + (stop - start) * Double($0) / Double(count - 1) }
    case .step(let step): return [0, step]
    default: return nil
    }
  }

  private func smallestStep(_ steps: [(SizePlan?, Bool)], _ view: ViewScope) -> Double {
    var least: Double?
    for (step, isX) in steps {
      switch step {
      case .fixed(let pixels)?: least = min(least ?? pixels, pixels)
      case .bins(let signal)?:
        if let span = bins[signal] ?? binsOfFacet(signal), span.step > 0, span.stop > span.start {
          let pixels = (isX ? view.width : view.height) / ((span.stop - span.start) / span.step)
          least = min(least ?? pixels, pixels)
        }
      default: break
      }
    }
    return least ?? plan.config.number("view", "step") ?? 20
  }

  private func outputs(_ plan: ScalePlan, _ view: ViewScope, count: Int) -> [Value] {
    switch plan.range {
    case .values(let references):
      var values: [Value] = []
      for reference in references {
        guard let value = value(reference, view) else { continue }
        if case .array(let list) = value, references.count == 1 { values += list } else { values.append(value) }
      }
      return values
    case .field(let step, let field, let order):
      let table = table(step, in: view)
      let (outputs, keys) = (table.values(at: field), table.values(at: order))
      var least: [Value: Value] = [:]
      for row in 0..<table.rowCount where outputs[row].isPresent {
        if let known = least[outputs[row]], Value.compare(known, keys[row]) <= 0 { continue }
        least[outputs[row]] = keys[row]
      }
      return least.sorted {
        let byKey = Value.compare($0.value, $1.value)
        return byKey != 0 ? byKey < 0 : Value.compare($0.key, $1.key) < 0
      }.map(\.key)
    case .scheme(let name, let wanted, let extent):
      guard let scheme = colorScheme(named: name) else {
        warn("chart.unknown-scheme", "no colour scheme named '\(name)'")
        return [.string("#4c78a8")]
      }
      switch scheme {
      case .categorical(let colors): return colors.map { .string($0.hex) }
      case .continuous(var ramp):
        if let extent, extent.count == 2 { ramp = ramp.part(from: extent[0], to: extent[1]) }
        // A count is for classes; categories are as many as they are.
        let wanted = plan.type == .ordinal ? nil : wanted
        return ramp.sampled(max(1, Int(limited: wanted ?? Double(count), to: 10_000))).map { .string($0.hex) }
      }
    case .colors(let colors):
      let ramp = ColorRamp(paints: colors, space: space(plan).0, gamma: space(plan).1)
      return ramp.sampledPaints(max(1, count)).map { .string($0) }
    case .sequence(let start, let stop, _, let given):
      let number = plan.type == .binOrdinal || given < 2 ? max(2, count) : given
      return (0..<number).map { .number(start + (stop - start) * Double($0) / Double(number - 1)) }
    default:
      guard let range = numericRange(plan, view), range.count == 2 else { return [] }
      if plan.type == .ordinal, count > 1 {
        return (0..<count).map { .number(range[0] + (range[1] - range[0]) * Double($0) / Double(count - 1)) }
      }
      if plan.type == .ordinal { return [.number(range[0])] }
      return (0..<max(2, count)).map {
        .number(range[0] + (range[1] - range[0]) * Double($0) / Double(max(2, count) - 1))
      }
    }
  }

  /// The space in which a scale mixes colours, and its gamma.
  private func space(_ plan: ScalePlan) -> (ColorSpace, Double) {
    switch plan.interpolate {
    case .string(let name)?: (ColorSpace(rawValue: name) ?? .rgb, 1)
    case .object(let object)?:
      (
        object["type"]?.stringValue.flatMap { ColorSpace(rawValue: $0) } ?? .rgb, object["gamma"]?.numberValue ?? 1
      )
    default: (.rgb, 1)
    }
  }

  private func ramp(_ plan: ScalePlan, _ view: ViewScope, _ reversed: Bool) -> ColorRamp {
    let (space, gamma) = space(plan)
    switch plan.range {
    case .colors(let colors):
      let ramp = ColorRamp(paints: colors, space: space, gamma: gamma)
      return reversed ? ramp.reversed : ramp
    case .scheme(let name, _, let extent):
      guard let scheme = colorScheme(named: name) else {
        warn("chart.unknown-scheme", "no colour scheme named '\(name)'")
        return ColorRamp([Color(rgb: 0xCFE1F2), Color(rgb: 0x08306B)])
      }
      // Colours that are told apart are mixed as any list of colours is.
      var ramp =
        if case .categorical(let colors) = scheme { ColorRamp(colors, space: space, gamma: gamma) } else { scheme.ramp }
      if plan.type.isTime {
        // Vega has no sequential scale of times: it takes two colours from within the scheme and mixes them.
        ramp = ColorRamp([ramp(1.0 / 3), ramp(2.0 / 3)], space: space, gamma: gamma)
      }
      if let extent, extent.count == 2 { ramp = ramp.part(from: extent[0], to: extent[1]) }
      return reversed ? ramp.reversed : ramp
    default:
      let colors = outputs(plan, view, count: 2).compactMap(\.stringValue).filter { Color(css: $0) != nil }
      let ramp = ColorRamp(paints: colors.isEmpty ? ["#000000"] : colors, space: space, gamma: gamma)
      return reversed ? ramp.reversed : ramp
    }
  }

  private func ordinalScale(_ plan: ScalePlan, _ domain: Domain, _ view: ViewScope, _ reversed: Bool) -> RuntimeScale {
    var range = outputs(plan, view, count: domain.values.count)
    if plan.channel.isColor { range = entityColors(range, domain: domain.values) }
    if reversed { range.reverse() }
    return RuntimeScale(type: .ordinal, kind: .ordinal(range), domain: domain.values)
  }

  private func bandScale(_ plan: ScalePlan, _ domain: Domain, _ view: ViewScope, _ reversed: Bool) -> RuntimeScale {
    var values = domain.values
    var inner = number(plan.paddingInner, view) ?? number(plan.padding, view) ?? 0
    var outer = number(plan.paddingOuter, view) ?? number(plan.padding, view) ?? 0
    if plan.type == .point {
      // Of two paddings Vega's point scale keeps the general one.
      inner = 1
      outer = number(plan.padding, view) ?? outer
    }
    var range = numericRange(plan, view) ?? [0, 1]
    if case .step(let step) = plan.range {
      range = [0, step * bandSpace(count: values.count, paddingInner: inner, paddingOuter: outer)]
    }
    if reversed { range.reverse() }
    if let only = range.first, range.count == 1 { range = [0, only] }
    let band = BandScale(
      count: values.count, range: (range[0], range[min(1, range.count - 1)]), paddingInner: inner, paddingOuter: outer,
      align: number(plan.align, view) ?? 0.5, round: plan.round ?? false)
    if values.isEmpty { values = [] }
    var scale = RuntimeScale(type: plan.type, kind: .band(band), domain: values)
    scale.position = plan.channel
    return scale
  }

  private func classScale(_ plan: ScalePlan, _ domain: Domain, _ view: ViewScope, _ reversed: Bool) -> RuntimeScale {
    func count(_ key: String) -> Int {
      switch plan.range {
      // Vega takes five colours of a scheme where nobody says how many.
      case .scheme(_, let count, _): return max(1, Int(limited: count ?? 5, to: 10_000))
      case .colors: return 5
      case .values(let references):
        if references.count > 1 { return references.count }
        return max(2, outputs(plan, view, count: 4).count)
      case .sequence(_, _, _, let count): return count
      default: return max(1, Int(limited: self.plan.config.number("scale", key) ?? 4, to: 1000))
      }
    }
    func reversing(_ values: [Value]) -> [Value] { reversed ? values.reversed() : values }
    switch plan.type {
    case .quantile:
      let classes = count("quantileCount")
      let sorted = (domain.numbers ?? []).sorted()
      let thresholds = quantileThresholds(sorted, classes)
      return RuntimeScale(
        type: plan.type, kind: .classes(thresholds: thresholds, reversing(outputs(plan, view, count: classes))),
        domain: sorted.map { .number($0) })
    case .quantize:
      let classes = count("quantizeCount")
      var (low, high) = domain.numbers.map { ($0.first ?? 0, $0.last ?? 1) } ?? (domain.low, domain.high)
      if low > high { (low, high) = (0, 1) }
      if plan.zero == true { (low, high) = (min(0, low), max(0, high)) }
      if let nice = plan.nice, nice != .bool(false) {
        let ends = VegaRuntime.nice([low, high], count: nice.numberValue ?? 10)
        (low, high) = (ends[0], ends[1])
      }
      return RuntimeScale(
        type: plan.type,
        kind: .classes(
          thresholds: quantizeThresholds(min: low, max: high, classes), reversing(outputs(plan, view, count: classes))),
        domain: [.number(low), .number(high)])
    case .threshold:
      let thresholds = domain.numbers ?? []
      return RuntimeScale(
        type: plan.type,
        kind: .classes(thresholds: thresholds, reversing(outputs(plan, view, count: thresholds.count + 1))),
        domain: thresholds.map { .number($0) })
    default:
      var borders: [Double] = []
      switch plan.bins {
      case .signal(let name)?: borders = (bins[name] ?? binsOfFacet(name))?.borders ?? []
      case .values(let values)?: borders = values
      case .step(let step, let start, let stop)?:
        borders = stepBorders(step, start, stop, [domain.low, domain.high]) ?? []
      case nil: borders = domain.numbers ?? [domain.low, domain.high]
      }
      return RuntimeScale(
        type: plan.type, kind: .bins(borders, reversing(outputs(plan, view, count: max(1, borders.count - 1)))),
        domain: borders.map { .number($0) })
    }
  }
}

extension BinSpan {
  var starts: [Double] { Array(borders.dropLast()) }
}
