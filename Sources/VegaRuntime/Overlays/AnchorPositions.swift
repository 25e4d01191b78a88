internal import AlmanacCore
internal import Localization
internal import VegaLite

extension OverlayCanvas {
  /// The scale along an axis, of this view or of a composition that it is part of.
  func positionScale(_ channel: Channel) -> RuntimeScale? {
    var at: ViewScope? = view
    while let scope = at {
      for plan in scope.plan.scales where plan.channel == channel {
        if let scale = view.scale(plan.name) { return scale }
      }
      at = scope.parent
    }
    return nil
  }

  /// The pixels that a value of an axis covers: a band of a discrete scale, one place on a continuous one.
  ///
  /// Diagnoses what the axis does not show.
  func pixels(_ anchor: AnchorValue, _ channel: Channel) -> ClosedRange<Double>? {
    guard let scale = positionScale(channel) else {
      run.tell(
        .error(
          "chart.no-axis", "'\(anchor.path)' needs an axis '\(channel.rawValue)', and the chart has none",
          at: anchor.span))
      return nil
    }
    let text = anchor.text?.text(in: run.options.language) ?? anchor.value.stringValue
    if scale.type.isDiscrete { return discretePixels(anchor, text, scale) }
    guard let continuous = scale.continuous else { return nil }
    guard let number = number(anchor.value, text, isTime: scale.type.isTime) else {
      run.tell(
        .error(
          "chart.bad-anchor",
          "'\(anchor.path)' is no \(scale.type.isTime ? "date" : "number"), as the axis has them: '\(shown(anchor, text))'",
          at: anchor.span, hint: scale.type.isTime ? "such as 2025, 2025-06 or 2025-06-30" : nil))
      return nil
    }
    let pixel = continuous(number)
    let ends = continuous.range
    guard let low = ends.min(), let high = ends.max(), pixel.isFinite, pixel >= low - 0.5, pixel <= high + 0.5 else {
      tellOutside(anchor, text, domain: (scale.domainValues.first, scale.domainValues.last), isTime: scale.type.isTime)
      return nil
    }
    return pixel...pixel
  }

  private func discretePixels(_ anchor: AnchorValue, _ text: String?, _ scale: RuntimeScale) -> ClosedRange<Double>? {
    let wanted = text ?? anchor.value.asString
    var place = scale.domainValues.firstIndex { $0.asString == wanted }
    if place == nil, let number = number(anchor.value, text, isTime: true) {
      place = scale.domainValues.firstIndex { if case .date(let time) = $0 { time == number } else { false } }
    }
    guard let place, case .band(let band) = scale.kind else {
      let names = scale.domainValues.prefix(8).map { "'\($0.asString)'" }
      run.tell(
        .error(
          "chart.outside-domain", "'\(anchor.path)': the axis has no '\(wanted)'", at: anchor.span,
          hint: unknownWordHint(wanted, among: scale.domainValues.map(\.asString))
            ?? "it has " + names.joined(separator: ", ")))
      return nil
    }
    let start = band.start(of: place)
    return start...(start + band.bandwidth)
  }

  /// A number, or the milliseconds of a date; a bare number on an axis of time is a year.
  private func number(_ value: Value, _ text: String?, isTime: Bool) -> Double? {
    if let number = value.numberValue {
      guard isTime, number.magnitude < 10_000, let year = Int(exactly: number) else { return number }
      return parseJavaScriptDate("\(year)-01-01", in: run.options.zone)
    }
    guard let text else { return nil }
    if isTime { return parseJavaScriptDate(text, in: run.options.zone) }
    let number = Value.parseNumber(text)
    return number.isNaN || text.isEmpty ? nil : number
  }

  private func shown(_ anchor: AnchorValue, _ text: String?) -> String { text ?? anchor.value.asString }

  private func tellOutside(_ anchor: AnchorValue, _ text: String?, domain: (Value?, Value?), isTime: Bool) {
    let printer = ValuePrinter(
      run: run, format: FormatPlan(isTime ? .time("%Y-%m-%d", unit: nil, utc: false) : .number(nil)))
    let ends = [domain.0, domain.1].compactMap { $0 }.map { printer.string($0) }
    run.tell(
      .error(
        "chart.outside-domain", "'\(anchor.path)': \(shown(anchor, text)) lies outside the axis", at: anchor.span,
        hint: ends.count == 2 ? "it runs from \(ends[0]) to \(ends[1])" : nil))
  }
}
