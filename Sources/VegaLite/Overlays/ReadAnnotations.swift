internal import AlmanacCore
internal import Notation

extension OverlayReader {
  mutating func annotation(_ value: NotationValue, _ path: String) -> AnnotationPlan? {
    guard value.object != nil else {
      wrongType(value, path, "a map")
      return nil
    }
    checkKeys(
      value, path,
      ["text", "at", "band", "line", "dx", "dy", "width", "connector", "side", "tone", "dashed", "view", "where"])
    let kinds = ["at", "band", "line"].filter { value[$0] != nil }
    guard kinds.count == 1, let kind = kinds.first, let place = value[kind] else {
      missing(
        "at", in: value, path,
        hint:
          "one of 'at' (a point), 'band' (a range) and 'line' (a value): at: {x: …, y: …}, band: {x: [from, to]}, line: {y: …}"
      )
      return nil
    }
    guard place.object != nil else {
      wrongType(place, "\(path).\(kind)", "a map with x and y")
      return nil
    }
    checkKeys(place, "\(path).\(kind)", ["x", "y"])
    guard let shape = shape(kind, place, "\(path).\(kind)") else { return nil }
    var plan = AnnotationPlan(shape: shape, path: path, span: value.span)
    plan.text = text(value["text"], "\(path).text")
    if kind == "at", value["text"] == nil {
      missing("text", in: value, path, hint: "an annotation at a point is its text")
      return nil
    }
    plan.dx = number(value["dx"], "\(path).dx")
    plan.dy = number(value["dy"], "\(path).dy")
    plan.width = number(value["width"], "\(path).width")
    plan.connector = word(value["connector"], "\(path).connector", AnnotationPlan.Connector.self)
    plan.side = word(value["side"], "\(path).side", AnnotationPlan.Side.self)
    plan.paint = tone(value["tone"], "\(path).tone")
    plan.dashed = flag(value["dashed"], "\(path).dashed")
    if let view = value["view"] {
      if let name = view.string { plan.view = name } else { wrongType(view, "\(path).view", "the name of a view") }
    }
    for member in value["where"]?.object ?? [] {
      plan.cells.append(.init(field: FieldPath(member.key), value: Value(member.value)))
    }
    if let cells = value["where"], cells.object == nil {
      wrongType(cells, "\(path).where", "a map from fields to values")
    }
    return plan
  }

  private mutating func shape(_ kind: String, _ place: NotationValue, _ path: String) -> AnnotationPlan.Shape? {
    let (x, y) = (place["x"], place["y"])
    if kind == "at" {
      guard let x, let y else {
        missing(
          x == nil ? "x" : "y", in: place, path, hint: "the values of both axes at which the annotation points")
        return nil
      }
      guard let left = anchor(x, "\(path).x"), let top = anchor(y, "\(path).y") else { return nil }
      return .text(x: left, y: top)
    }
    guard (x == nil) != (y == nil), let value = x ?? y else {
      missing("x", in: place, path, hint: "either 'x' or 'y'")
      return nil
    }
    let channel: Channel = x == nil ? .y : .x
    let inner = "\(path).\(channel.rawValue)"
    if kind == "line" { return anchor(value, inner).map { .line(channel, at: $0) } }
    guard let ends = value.array, ends.count == 2 else {
      wrongType(value, inner, "a list of two values, from and to")
      return nil
    }
    let (from, to) = (ends[0], ends[1])
    let start = from.isNull ? nil : anchor(from, "\(inner)[0]")
    let end = to.isNull ? nil : anchor(to, "\(inner)[1]")
    if start == nil && !from.isNull || end == nil && !to.isNull { return nil }
    return .band(channel, from: start, to: end)
  }

  private mutating func anchor(_ value: NotationValue, _ path: String) -> AnchorValue? {
    switch value.content {
    case .number, .bool, .string: return AnchorValue(value: Value(value), path: path, span: value.span)
    case .object:
      return text(value, path).map { AnchorValue(value: .undefined, text: $0, path: path, span: value.span) }
    default:
      wrongType(value, path, "a number, a category or a date")
      return nil
    }
  }
}
