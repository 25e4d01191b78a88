internal import AlmanacCore
internal import Notation

extension OverlayReader {
  /// `labels`: the name of a place, one map, or a list of both.
  mutating func labels(_ value: NotationValue?) -> [LabelPlan] {
    let path = "\(Self.path).labels"
    let isList = value?.array != nil
    return list(value, path).enumerated().compactMap { index, item in
      label(item, isList ? "\(path)[\(index)]" : path)
    }
  }

  private mutating func label(_ value: NotationValue, _ path: String) -> LabelPlan? {
    if value.string != nil {
      guard let place = word(value, path, LabelPlan.Place.self) else { return nil }
      return LabelPlan(place: place, parts: usualParts(place), path: path, span: value.span)
    }
    guard value.object != nil else {
      wrongType(value, path, "the name of a place or a map")
      return nil
    }
    checkKeys(
      value, path,
      ["at", "on", "show", "field", "format", "formatType", "only", "legend", "color", "width"])
    guard let at = value["at"] else {
      missing(
        "at", in: value, path,
        hint: "one of " + LabelPlan.Place.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
      return nil
    }
    guard let place = word(at, "\(path).at", LabelPlan.Place.self) else { return nil }
    var plan = LabelPlan(place: place, parts: usualParts(place), path: path, span: value.span)
    if let on = value["on"] {
      if let name = on.string { plan.on = name } else { wrongType(on, "\(path).on", "a kind of mark or a view's name") }
    }
    if let show = value["show"] {
      let parts = list(show, "\(path).show").compactMap { word($0, "\(path).show", LabelPlan.Part.self) }
      if !parts.isEmpty { plan.parts = parts }
    }
    plan.field = field(value["field"], "\(path).field")
    if plan.field != nil, value["show"] == nil, !plan.parts.contains(.name) { plan.parts = [.name] }
    plan.format = format(value, path)
    plan.only = list(value["only"], "\(path).only").compactMap { text($0, "\(path).only") }
    plan.keepsLegend = flag(value["legend"], "\(path).legend") ?? false
    plan.isPlain = word(value["color"], "\(path).color", LabelColor.self) == .ink
    plan.width = number(value["width"], "\(path).width")
    return plan
  }

  private func usualParts(_ place: LabelPlan.Place) -> [LabelPlan.Part] {
    switch place {
    case .end, .start, .both, .point, .head: [.name]
    case .value, .inside: [.value]
    }
  }

  private enum LabelColor: String, CaseIterable { case series, ink }
}
