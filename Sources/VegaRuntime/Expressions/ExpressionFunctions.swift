internal import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

// Functions of expressions, found by name when the expression is compiled.
// https://vega.github.io/vega/docs/expressions/#functions

extension ExpressionCompiler {
  mutating func call(_ name: String, _ nodes: [ExpressionNode]) -> ExpressionCode {
    if name == "if", nodes.count >= 3 { return conditional(compile(nodes[0]), compile(nodes[1]), compile(nodes[2])) }
    if let code = patternCall(name, nodes) { return code }
    let arguments = nodes.map { compile($0) }
    if let code = mathCall(name, arguments) { return fold(name, arguments, code) }
    if let code = dateCall(name, arguments) { return code }
    if let code = scopeCall(name, arguments) { return code }
    if let code = geographyCall(name, arguments) { return code }
    if let function = valueFunction(name) {
      let functions = arguments.map(\.valueFunction)
      let code = ExpressionCode.value { row in function(functions.map { $0(row) }) }
      return fold(name, arguments, code)
    }
    return .constant(.undefined)
  }

  /// Evaluates a pure function of constants now.
  private func fold(_ name: String, _ arguments: [ExpressionCode], _ code: ExpressionCode) -> ExpressionCode {
    guard name != "random", !name.hasPrefix("sample"), arguments.allSatisfy({ $0.constantValue != nil }) else {
      return code
    }
    return .constant(code.value(0))
  }
}

// MARK: - Mathematics

extension ExpressionCompiler {
  private func mathCall(_ name: String, _ arguments: [ExpressionCode]) -> ExpressionCode? {
    if let function = Self.unaryMath(name) {
      guard let first = arguments.first else { return .constant(.number(.nan)) }
      let x = first.numberFunction
      return .number { function(x($0)) }
    }
    func number(_ index: Int) -> (Int) -> Double {
      index < arguments.count ? arguments[index].numberFunction : { _ in .nan }
    }
    switch name {
    case "isNaN", "isFinite":
      guard let first = arguments.first else { return .constant(.bool(false)) }
      let value = first.valueFunction
      let wantsNaN = name == "isNaN"
      // `Number.isNaN`: what is no number is neither.
      return .bool {
        guard case .number(let x) = value($0) else { return false }
        return wantsNaN ? x.isNaN : x.isFinite
      }
    case "pow":
      let (x, y) = (number(0), number(1))
      return .number {
        let (base, exponent) = (x($0), y($0))
        return base.magnitude == 1 && exponent.isInfinite ? .nan : pow(base, exponent)
      }
    case "atan2":
      let (y, x) = (number(0), number(1))
      return .number { atan2(y($0), x($0)) }
    case "hypot":
      let functions = arguments.map(\.numberFunction)
      return .number { row in functions.reduce(0) { hypot($0, $1(row)) } }
    case "min", "max":
      let functions = arguments.map(\.numberFunction)
      let isMin = name == "min"
      return .number { row in
        var result = isMin ? Double.infinity : -Double.infinity
        for function in functions {
          let x = function(row)
          if x.isNaN { return .nan }
          if isMin ? x < result : x > result { result = x }
        }
        return result
      }
    case "clamp":
      let (x, low, high) = (number(0), number(1), number(2))
      return .number { row in
        let (value, least, most) = (x(row), low(row), high(row))
        if value.isNaN || least.isNaN || most.isNaN { return .nan }
        return max(least, min(most, value))
      }
    case "random":
      let context = context
      return .number { _ in context.random() }
    default:
      guard let parts = statisticsFunction(name) else { return nil }
      let (a, b, c) = (
        arguments.isEmpty ? nil : number(0), arguments.count > 1 ? number(1) : nil,
        arguments.count > 2 ? number(2) : nil
      )
      return .number { row in parts(a?(row), b?(row), c?(row)) }
    }
  }

  private static func unaryMath(_ name: String) -> ((Double) -> Double)? {
    switch name {
    case "abs": { $0.magnitude }
    case "acos": { acos($0) }
    case "asin": { asin($0) }
    case "atan": { atan($0) }
    case "ceil": { $0.rounded(.up) }
    case "cos": { cos($0) }
    case "exp": { exp($0) }
    case "floor": { $0.rounded(.down) }
    case "log": { log($0) }
    case "round": { roundHalfUp($0) }
    case "sin": { sin($0) }
    case "sqrt": { $0.squareRoot() }
    case "tan": { tan($0) }
    default: nil
    }
  }

  /// `densityNormal(x, mean, sd)` and its kin: of the normal, log-normal and uniform distributions.
  private func statisticsFunction(_ name: String) -> ((Double?, Double?, Double?) -> Double)? {
    let context = context
    func normalSample(_ mean: Double?, _ deviation: Double?) -> Double {
      // Box and Muller: each call takes two numbers, so results do not depend on calls before.
      let u = max(context.random(), 1e-300)
      let v = context.random()
      return (mean ?? 0) + (deviation ?? 1) * (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
    }
    func bounds(_ a: Double?, _ b: Double?) -> (Double, Double) { b == nil ? (0, a ?? 1) : (a ?? 0, b!) }
    switch name {
    case "sampleNormal": return { mean, deviation, _ in normalSample(mean, deviation) }
    case "sampleLogNormal": return { mean, deviation, _ in exp(normalSample(mean, deviation)) }
    case "sampleUniform":
      return { a, b, _ in
        let (low, high) = bounds(a, b)
        return low + (high - low) * context.random()
      }
    case "densityNormal": return { normalDensity($0 ?? .nan, $1 ?? 0, $2 ?? 1) }
    case "cumulativeNormal": return { normalCumulative($0 ?? .nan, $1 ?? 0, $2 ?? 1) }
    case "quantileNormal": return { normalQuantile($0 ?? .nan, $1 ?? 0, $2 ?? 1) }
    case "densityLogNormal":
      return { x, mean, deviation in
        let x = x ?? .nan
        return x <= 0 ? 0 : normalDensity(log(x), mean ?? 0, deviation ?? 1) / x
      }
    case "cumulativeLogNormal":
      return { x, mean, deviation in
        let x = x ?? .nan
        return x <= 0 ? 0 : normalCumulative(log(x), mean ?? 0, deviation ?? 1)
      }
    case "quantileLogNormal": return { exp(normalQuantile($0 ?? .nan, $1 ?? 0, $2 ?? 1)) }
    case "densityUniform":
      return { x, a, b in
        let (low, high) = bounds(a, b)
        let x = x ?? .nan
        return x >= low && x <= high ? 1 / (high - low) : 0
      }
    case "cumulativeUniform":
      return { x, a, b in
        let (low, high) = bounds(a, b)
        let x = x ?? .nan
        return x < low ? 0 : x > high ? 1 : (x - low) / (high - low)
      }
    case "quantileUniform":
      return { p, a, b in
        let (low, high) = bounds(a, b)
        let p = p ?? .nan
        return p >= 0 && p <= 1 ? low + p * (high - low) : .nan
      }
    default: return nil
    }
  }
}

func normalDensity(_ x: Double, _ mean: Double, _ deviation: Double) -> Double {
  let z = (x - mean) / deviation
  return exp(-0.5 * z * z) / (deviation * (2 * .pi).squareRoot())
}

func normalCumulative(_ x: Double, _ mean: Double, _ deviation: Double) -> Double {
  0.5 * erfc(-(x - mean) / (deviation * 2.0.squareRoot()))
}

func normalQuantile(_ p: Double, _ mean: Double, _ deviation: Double) -> Double {
  guard p >= 0, p <= 1 else { return .nan }
  if p == 0 { return -.infinity }
  if p == 1 { return .infinity }
  // A rough start (Abramowitz and Stegun 26.2.23), then Newton's method.
  let q = min(p, 1 - p)
  let t = (-2 * log(q)).squareRoot()
  var z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  if p < 0.5 { z = -z }
  for _ in 0..<4 { z -= (normalCumulative(z, 0, 1) - p) / normalDensity(z, 0, 1) }
  return mean + deviation * z
}

// MARK: - Scales, data and selections

extension ExpressionCompiler {
  private func scopeCall(_ name: String, _ arguments: [ExpressionCode]) -> ExpressionCode? {
    let lookups = context.scope.lookups
    func text(_ index: Int) -> (Int) -> String {
      index < arguments.count ? arguments[index].stringFunction : { _ in "" }
    }
    func value(_ index: Int) -> (Int) -> Value {
      index < arguments.count ? arguments[index].valueFunction : { _ in .undefined }
    }
    let first = text(0)
    switch name {
    case "scale", "invert":
      guard let lookup = name == "scale" ? lookups.scale : lookups.invert else { return .constant(.undefined) }
      let second = value(1)
      return .value { lookup(first($0), second($0)) }
    case "bandwidth":
      guard let lookup = lookups.bandwidth else { return .constant(.number(0)) }
      return .number { lookup(first($0)) }
    case "domain", "range":
      guard let lookup = name == "domain" ? lookups.domain : lookups.range else { return .constant(.array([])) }
      return .value { .array(lookup(first($0))) }
    case "bandspace":
      func number(_ index: Int) -> (Int) -> Double {
        index < arguments.count ? arguments[index].numberFunction : { _ in 0 }
      }
      let (count, inner, outer) = (number(0), number(1), number(2))
      return .number {
        let n = count($0)
        return bandSpace(count: n.isFinite ? Int(min(1e9, n)) : 0, paddingInner: inner($0), paddingOuter: outer($0))
      }
    case "data":
      guard let lookup = lookups.data else { return .constant(.array([])) }
      let context = context
      return .value { row in
        guard let table = lookup(first(row)), context.spend(table.rowCount * table.names.count) else {
          return .array([])
        }
        return .array((0..<table.rowCount).map { .object(table.object(at: $0)) })
      }
    case "vlSelectionTest", "vlSelectionIdTest":
      guard let lookup = lookups.isSelected else { return .constant(.bool(true)) }
      let second = value(1)
      return .bool { lookup(first($0), second($0)) }
    case "vlSelectionResolve": return .constant(.object(ValueObject()))
    case "vlSelectionTuples": return .constant(.array([]))
    case "now": return .constant(.number(context.scope.now))
    default: return nil
    }
  }
}
