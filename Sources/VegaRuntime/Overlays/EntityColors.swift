internal import VegaLite

extension ChartRun {
  /// Whether legends above and below a plot begin where the picture does, left of the axis: so they keep its width on a phone.
  func legendsTakeWholeWidth(_ view: ViewScope) -> Bool {
    view.parent == nil && options.width != nil && plan.config["flatLabels"] == .bool(true)
  }

  /// How wide a legend above or below a plot may be; `nil` in Vega's own look, where it never breaks.
  func legendRoom(_ view: ViewScope) -> Double? {
    guard plan.config["flatLabels"] == .bool(true), let document = options.width else { return nil }
    return view.plan.isPlot && view.parent != nil ? max(120, view.width) : document - 16
  }

  /// The colours of a discrete scale that has the look's own: what stands for China or the United States, or has a colour in the
  /// report, keeps that one in every chart; the others take the series that are left in their order.
  ///
  /// - Parameter range: the colours of the scale, in order.
  func entityColors(_ range: [Value], domain: [Value]) -> [Value] {
    guard !options.entityPaints.isEmpty, let own = plan.config.value("range", "category")?.arrayValue, range == own,
      domain.contains(where: { options.entityPaints[$0.asString] != nil })
    else { return range }
    let taken = Set(domain.compactMap { options.entityPaints[$0.asString] })
    let free = range.filter { !taken.contains($0.asString) }
    let others = free.isEmpty ? range : free
    var next = 0
    return domain.map { value in
      if let paint = options.entityPaints[value.asString] { return .string(paint) }
      defer { next += 1 }
      return others[next % others.count]
    }
  }
}
