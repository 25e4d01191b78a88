/// A picture whose paints and fonts are what they are on a light page: `var(--x, literal)` is its literal and a mix of two is a
/// colour. For programs that know neither.
package func withLiteralPaints(_ svg: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(svg.count)
  var index = 0
  while index < svg.count {
    guard svg[index] == UInt8(ascii: "v") || svg[index] == UInt8(ascii: "c"), let call = paintCall(svg[index...]) else {
      result.append(svg[index])
      index += 1
      continue
    }
    switch call {
    case .variable(let literal, let end):
      result += withLiteralPaints(Array(literal))
      index = end
    case .mix(let text, let end):
      result += Array((Color(css: text)?.hex ?? text).utf8)
      index = end
    }
  }
  return result
}

private enum PaintCall {
  case variable(literal: ArraySlice<UInt8>, end: Int)
  case mix(String, end: Int)
}

/// Reads `var(--x, …)` or `color-mix(…)` at the start of a text; `nil` where there is neither or its bracket does not close.
private func paintCall(_ svg: ArraySlice<UInt8>) -> PaintCall? {
  let isVariable = svg.starts(with: "var(--".utf8)
  guard isVariable || svg.starts(with: "color-mix(".utf8) else { return nil }
  var depth = 0
  var comma: Int?
  for (index, byte) in zip(svg.indices, svg) {
    switch byte {
    case UInt8(ascii: "("): depth += 1
    case UInt8(ascii: ","): if depth == 1, comma == nil { comma = index }
    case UInt8(ascii: ")"):
      depth -= 1
      guard depth == 0 else { continue }
      guard isVariable else { return .mix(String(decoding: svg[...index], as: UTF8.self), end: index + 1) }
      let literal = comma.map { svg[($0 + 1)..<index].drop { $0 == 0x20 } } ?? []
      return .variable(literal: literal, end: index + 1)
    default: break
    }
  }
  return nil
}
