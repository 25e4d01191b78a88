internal import VegaLite

/// Reads a guide's properties, evaluating those that depend on a tick or on variables.
struct GuideReader {
  let properties: GuideProperties
  let scope: ExpressionScope
  let font: String

  init(_ properties: GuideProperties, _ scope: ExpressionScope, font: String) {
    self.properties = properties
    self.scope = scope
    self.font = font
  }

  func value(_ name: String, _ datum: Value = .undefined) -> Value? {
    guard let value = properties[name] else { return nil }
    let result = resolve(value, datum)
    return result.isPresent ? result : nil
  }

  func has(_ name: String) -> Bool { properties[name] != nil }

  private func resolve(_ value: GuideValue, _ datum: Value) -> Value {
    switch value {
    case .value(let value): return value
    case .expression(let expression): return evaluate(expression, datum: datum, scope: scope)
    case .conditional(let rules, let otherwise):
      for (test, result) in rules where evaluate(test, datum: datum, scope: scope).asBool {
        return resolve(result, datum)
      }
      return resolve(otherwise, datum)
    }
  }

  func number(_ name: String, _ datum: Value = .undefined) -> Double? {
    guard let value = value(name, datum), !value.asNumber.isNaN else { return nil }
    return value.asNumber
  }
  func number(_ name: String, _ datum: Value = .undefined, default fallback: Double) -> Double {
    number(name, datum) ?? fallback
  }
  func string(_ name: String, _ datum: Value = .undefined) -> String? { value(name, datum)?.stringValue }
  func flag(_ name: String) -> Bool? { value(name)?.boolValue }
  func lengths(_ name: String, _ datum: Value = .undefined) -> [Double] {
    value(name, datum)?.arrayValue?.map(\.asNumber) ?? []
  }

  /// A line's style: `domainColor`, `domainWidth` … for prefix `domain`.
  func stroke(_ prefix: String, _ datum: Value = .undefined) -> ItemStyle {
    var style = ItemStyle()
    style.stroke = string(prefix + "Color", datum)
    style.strokeWidth = number(prefix + "Width", datum) ?? 1
    style.opacity = number(prefix + "Opacity", datum) ?? 1
    style.strokeDash = lengths(prefix + "Dash", datum)
    style.strokeDashOffset = number(prefix + "DashOffset", datum) ?? 0
    style.strokeCap = string(prefix + "Cap", datum)
    return style
  }

  /// Font and colour of `label…` or `title…`.
  func text(_ prefix: String, _ shape: inout TextShape, _ datum: Value = .undefined) -> ItemStyle {
    shape.font = string(prefix + "Font", datum) ?? font
    shape.size = number(prefix + "FontSize", datum) ?? (prefix == "title" ? 11 : 10)
    shape.weight = value(prefix + "FontWeight", datum)?.asString
    shape.fontStyle = string(prefix + "FontStyle", datum)
    shape.lineHeight = number(prefix + "LineHeight", datum)
    var style = ItemStyle()
    style.fill = string(prefix + "Color", datum) ?? "#000"
    style.opacity = number(prefix + "Opacity", datum) ?? 1
    shape.cut(to: number(prefix + "Limit", datum) ?? 0)
    return style
  }
}
