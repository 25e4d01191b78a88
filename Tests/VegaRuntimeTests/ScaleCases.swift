import Localization
import VegaLite
@testable import VegaRuntime

private func numbers(_ text: String) -> [Double] { text.split(separator: " ").map { Double($0) ?? .nan } }
private func text(_ numbers: [Double]) -> String { numbers.map(Value.format).joined(separator: " ") }

/// Scales, bins and time units against d3 and Vega.
func scaleMismatches() throws -> [String] {
  try GoldenCases("scales.txt").mismatches { fields in
    let (kind, subject, argument) = (fields[0], fields[1], fields[2])
    let domain = numbers(subject)
    switch kind {
    case "ticks": return text(ticks(domain[0], domain[1], count: Double(argument)!))
    case "nice": return text(nice(domain, count: Double(argument)!))
    case "log", "lognice":
      let parts = numbers(argument)
      var scale = ContinuousScale(.log(base: parts[0]), domain: domain)
      if kind == "log" { return text(scale.ticks(count: parts[1])) }
      scale.nice()
      return text(scale.domain)
    case "time": return text(ContinuousScale(.time, domain: domain).ticks(count: Double(argument)!))
    case "utc": return text(ContinuousScale(.utc, domain: domain).ticks(count: Double(argument)!))
    case "timenice":
      var scale = ContinuousScale(.time, domain: domain)
      scale.nice(count: Double(argument)!)
      return text(scale.domain)
    case "interval":
      let parts = argument.split(separator: " ")
      let interval = TimeInterval(vega: String(parts[0]), step: Double(parts[1])!)!
      return text(interval.range(domain[0], domain[1], limit: 60))
    case "band":
      let scale = BandScale(
        count: Int(domain[0]), range: (domain[1], domain[2]), paddingInner: domain[3], paddingOuter: domain[4],
        align: domain[5], round: domain[6] == 1)
      return text([scale.step, scale.bandwidth] + (0..<scale.count).map { scale.start(of: $0) })
    case "map":
      let parts = subject.split(separator: " ")
      let ends = argument.split(separator: ";").map { numbers(String($0)) }
      let kinds: [Substring: ContinuousScale.Kind] = [
        "linear": .linear, "sqrt": .pow(exponent: 0.5), "pow": .pow(exponent: 3), "log": .log(base: 10),
        "symlog": .symlog(constant: 1),
      ]
      let scale = ContinuousScale(kinds[parts[0]]!, domain: ends[0], range: ends[1])
      let y = scale(Double(parts[1])!)
      return text([y, scale.invert(y)])
    case "format", "logformat":
      let parts = argument.split(separator: " ", omittingEmptySubsequences: false)
      let scale = ContinuousScale(kind == "format" ? .linear : .log(base: 10), domain: domain)
      let count = Double(parts[0])!
      let format = scale.tickFormatter(count: count, specifier: parts[1].isEmpty ? nil : String(parts[1]))
      return scale.ticks(count: count).map { format($0) }.map { $0.isEmpty ? "_" : $0 }.joined(separator: " ")
    case "unit":
      let units = TimeUnitSet(subject, step: Double(argument)!)!
      let instants: [CivilTime] = [
        CivilTime(2011, 6, 17, hour: 13, minute: 37, second: 59, millisecond: 123), CivilTime(2012, 1, 29),
        CivilTime(2000, 0, 1, hour: 23, minute: 59, second: 59, millisecond: 999),
        CivilTime(1969, 11, 31, hour: 5, minute: 6, second: 7, millisecond: 8),
      ]
      return instants.map { time in
        let start = units.floor(time.milliseconds())
        return Value.format(start) + ":" + Value.format(units.end(of: start))
      }.joined(separator: " ")
    default: return nil
    }
  }
}

/// Curves, arcs and symbols against d3-shape and Vega; numbers there have three decimals.
func geometryMismatches() throws -> [String] {
  let points: [(Double, Double)] = [(0, 0), (10, 20), (20, 5), (30, 9), (45, 40), (50, 41)]
  func normal(_ path: String) -> String { path == "null" ? "" : PathData(svg: path)?.svg ?? path }
  return try GoldenCases("scales.txt").mismatches(tolerance: 0.002, expect: normal) { fields in
    let (kind, subject, argument) = (fields[0], fields[1], fields[2])
    switch kind {
    case "line", "area":
      let count = Int(argument)!
      let (x, y) = (points.prefix(count).map(\.0), points.prefix(count).map(\.1))
      let curve = CurveKind(rawValue: subject)!
      if kind == "line" { return linePath(curve, x: x, y: y).svg }
      return areaPath(curve, x: x, y: y, other: x.map { _ in 100 }).svg
    case "arc":
      let n = numbers(subject)
      return arcPath(
        innerRadius: n[0], outerRadius: n[1], startAngle: n[2], endAngle: n[3], padAngle: n[4], cornerRadius: n[5]
      ).svg
    case "symbol": return symbolPath(subject, size: Double(argument)!)?.svg ?? "none"
    case "trail": return trailPath(x: [0, 10, 20], y: [0, 5, 0], sizes: [2, 6, 1]).svg
    case "rect":
      let corners = CornerRadii(topLeft: 2, topRight: 3, bottomRight: 0, bottomLeft: 9)
      return rectanglePath(0, 0, 20, 10, corners: corners).svg
    default: return nil
    }
  }
}

/// Bins; the arguments are Vega's parameters as JSON.
func binMismatches(_ parse: (String) -> Value) throws -> [String] {
  try GoldenCases("scales.txt").mismatches { fields in
    guard fields[0] == "bin", case .object(let parameters) = parse(fields[2]) else { return nil }
    let extent = numbers(fields[1])
    let span = binSpan(extent: (extent[0], extent[1]), parameters: parameters)
    return text([span.start, span.stop, span.step])
  }
}

/// Colours against d3-color and vega-scale.
func colorMismatches() throws -> [String] {
  func list(_ colors: [Color]) -> String { colors.map(\.functional).joined(separator: ";") }
  return try GoldenCases("colors.txt").mismatches { fields in
    let (kind, subject, argument) = (fields[0], fields[1], fields[2])
    switch kind {
    case "css": return Color(css: subject)?.functional ?? "none"
    case "mix":
      let parts = subject.split(separator: " ")
      let colors = argument.split(separator: " ").map { Color(css: String($0))! }
      let ramp = ColorRamp(colors, space: ColorSpace(rawValue: String(parts[0]))!, gamma: Double(parts[1])!)
      return list([0, 0.1, 0.35, 0.5, 0.8, 1].map { ramp($0) })
    case "ramp": return list([0, 0.13, 0.5, 0.77, 1].map { colorScheme(named: subject)!.ramp($0) })
    case "sampled": return list(colorScheme(named: subject)!.colors(5))
    case "part": return list(colorScheme(named: subject)!.ramp.part(from: 0.2, to: 0.8).sampled(4))
    case "list": return colorScheme(named: subject)!.colors(100).map(\.hex).joined(separator: ";")
    default: return nil
    }
  }
}
