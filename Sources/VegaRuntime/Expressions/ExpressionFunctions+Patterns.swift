internal import Localization
internal import VegaLite

// Functions that take regular expressions, and the formats and colours.

extension ExpressionCompiler {
  /// A pattern that stands in an expression as a literal or as `regexp('…', 'g')`, or as text where text is allowed.
  private mutating func pattern(_ node: ExpressionNode) -> ((Int) -> RegularExpression?)? {
    switch node.kind {
    case .regex(let pattern, let flags):
      let regex = context.pattern(pattern, flags)
      return { _ in regex }
    case .call("regexp", let arguments):
      guard let first = arguments.first else { return nil }
      let pattern = compile(first).stringFunction
      let flags = arguments.count > 1 ? compile(arguments[1]).stringFunction : { _ in "" }
      let context = context
      return { context.pattern(pattern($0), flags($0)) }
    default: return nil
    }
  }

  mutating func patternCall(_ name: String, _ nodes: [ExpressionNode]) -> ExpressionCode? {
    switch name {
    case "test":
      guard nodes.count >= 1 else { return .constant(.bool(false)) }
      let regex: (Int) -> RegularExpression?
      if let pattern = pattern(nodes[0]) {
        regex = pattern
      } else {
        let text = compile(nodes[0]).stringFunction
        let context = context
        regex = { context.pattern(text($0), "") }
      }
      let text = nodes.count > 1 ? compile(nodes[1]).stringFunction : { _ in "undefined" }
      return .bool { regex($0)?.test(text($0)) ?? false }
    case "replace":
      guard nodes.count >= 3 else { return nil }
      let text = compile(nodes[0]).stringFunction
      let replacement = compile(nodes[2]).stringFunction
      if let regex = pattern(nodes[1]) {
        let context = context
        return .value { row in
          context.limited(.string(regex(row)?.replace(in: text(row), with: replacement(row)) ?? text(row)))
        }
      }
      let wanted = compile(nodes[1]).stringFunction
      return .string { replaceFirst(in: text($0), wanted($0), with: replacement($0)) }
    case "split":
      guard nodes.count >= 2, let regex = pattern(nodes[1]) else { return nil }
      let text = compile(nodes[0]).stringFunction
      let limit = nodes.count > 2 ? compile(nodes[2]).numberFunction : { _ in 1e6 }
      return .value { row in
        guard let regex = regex(row) else { return .array([.string(text(row))]) }
        return .array(regex.split(text(row), limit: wholeNumber(limit(row), 0...1_000_000)).map(Value.string))
      }
    case "isTuple":
      // Rows are the only values that Vega keeps an identity of.
      if case .identifier("datum")? = nodes.first?.kind { return .constant(.bool(true)) }
      return .constant(.bool(false))
    case "isRegExp":
      guard let node = nodes.first else { return .constant(.bool(false)) }
      return .constant(.bool(pattern(node) != nil))
    case "format":
      guard nodes.count >= 2 else { return nil }
      let value = compile(nodes[0])
      let specifier = compile(nodes[1])
      let context = context
      if let constant = specifier.constantValue {
        let format = context.numberFormat(constant.isPresent ? constant.asString : "")
        if case .number(let number) = value { return .string { format(number($0)) } }
        let value = value.valueFunction
        return .string { formatted(value($0), format) }
      }
      let (text, number) = (specifier.stringFunction, value.valueFunction)
      return .string { formatted(number($0), context.numberFormat(text($0))) }
    case "rgb", "hsl", "hcl", "lab":
      let channels = colorChannels(name, nodes.map { compile($0).valueFunction })
      return .value { row in
        guard case .object(let object) = channels(row), let text = object["text"] else { return "rgb(0, 0, 0)" }
        return text
      }
    default: return nil
    }
  }

  /// A colour's channels under the names of its space, `opacity`, and `text` as CSS has it.
  func colorChannels(_ space: String, _ arguments: [(Int) -> Value]) -> (Int) -> Value {
    { row in
      let values = arguments.map { $0(row) }
      let color: Color?
      if values.count >= 3 {
        let numbers = values.map(\.asNumber)
        let opacity = values.count > 3 ? numbers[3] : 1
        switch space {
        case "rgb": color = Color(r: numbers[0], g: numbers[1], b: numbers[2], a: opacity)
        case "hsl": color = HSLColor(h: numbers[0], s: numbers[1], l: numbers[2], a: opacity).rgb
        case "hcl": color = HCLColor(h: numbers[0], c: numbers[1], l: numbers[2], a: opacity).rgb
        default: color = LabColor(l: numbers[0], a: numbers[1], b: numbers[2], alpha: opacity).rgb
        }
      } else {
        color = values.first.flatMap { Color(css: $0.asString) }
      }
      guard let color else { return .undefined }
      let names: [(String, Double)]
      switch space {
      case _ where values.count >= 3:
        // The channels as they were given, not as they come back from red, green and blue.
        let keys =
          ["rgb": ["r", "g", "b"], "hsl": ["h", "s", "l"], "hcl": ["h", "c", "l"]][space] ?? ["l", "a", "b"]
        names = Array(zip(keys, values.map(\.asNumber)))
      case "rgb": names = [("r", color.r), ("g", color.g), ("b", color.b)]
      case "hsl":
        let hsl = HSLColor(color)
        names = [("h", hsl.h), ("s", hsl.s), ("l", hsl.l)]
      case "hcl":
        let hcl = HCLColor(color)
        names = [("h", hcl.h), ("c", hcl.c), ("l", hcl.l)]
      default:
        let lab = LabColor(color)
        names = [("l", lab.l), ("a", lab.a), ("b", lab.b)]
      }
      var object = ValueObject(names.map { ValueObject.Member(key: $0.0, value: .number($0.1)) })
      object["opacity"] = .number(color.a)
      object["text"] = .string(color.functional)
      return .object(object)
    }
  }
}

private func formatted(_ value: Value, _ format: NumberFormat) -> String {
  switch value {
  case .null: "null"
  case .string(let text): format(Value.parseNumber(text))
  default: format(value.asNumber)
  }
}

private func replaceFirst(in text: String, _ wanted: String, with replacement: String) -> String {
  let (bytes, pattern) = (Array(text.utf8), Array(wanted.utf8))
  guard pattern.count <= bytes.count else { return text }
  for start in 0...(bytes.count - pattern.count) where bytes[start...].starts(with: pattern) {
    return String(
      decoding: bytes[..<start] + Array(replacement.utf8) + bytes[(start + pattern.count)...], as: UTF8.self)
  }
  return text
}

/// A whole number within bounds; not-a-number is the lower one.
func wholeNumber(_ x: Double, _ bounds: ClosedRange<Int>) -> Int {
  x.isNaN ? bounds.lowerBound : Int(min(Double(bounds.upperBound), max(Double(bounds.lowerBound), x)))
}
