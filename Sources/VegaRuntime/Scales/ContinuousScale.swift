package import Localization

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A scale from numbers or instants to numbers: pixels, sizes, angles, opacities.
///
/// Follows d3-scale's continuous scales: https://d3js.org/d3-scale/linear
package struct ContinuousScale: Sendable {
  package enum Kind: Sendable, Hashable {
    case linear
    /// A square root is the exponent 0.5.
    case pow(exponent: Double)
    case log(base: Double)
    case symlog(constant: Double)
    case time
    case utc
  }

  package var kind: Kind
  /// Ascending or descending; more than two values part the scale into pieces.
  package var domain: [Double]
  /// Parallel to `domain`; the shorter of the two counts.
  package var range: [Double]
  /// Whether values outside the domain stay at its ends.
  package var clamp: Bool
  /// Whether results are whole numbers.
  package var round: Bool
  /// The clock of `time`; `utc` never asks it.
  package var zone: TimeZoneRules

  package init(
    _ kind: Kind = .linear, domain: [Double] = [0, 1], range: [Double] = [0, 1], clamp: Bool = false,
    round: Bool = false, zone: TimeZoneRules = .utc
  ) {
    self.kind = kind
    self.domain = domain
    self.range = range
    self.clamp = clamp
    self.round = round
    self.zone = zone
  }
}

extension ContinuousScale {
  /// The place of a value in the range; not-a-number for not-a-number.
  @inlinable package func callAsFunction(_ x: Double) -> Double {
    if case .linear = kind, domain.count == 2, range.count == 2, !clamp, !round {
      let start = domain[0]
      let span = domain[1] - start
      if span != 0 {
        let t = (x - start) / span
        return range[0] * (1 - t) + range[1] * t
      }
    }
    return general(x)
  }

  @usableFromInline func general(_ x: Double) -> Double {
    let count = min(domain.count, range.count)
    guard count > 1, !x.isNaN else { return .nan }
    let clamped = clamp ? min(max(x, min(domain[0], domain[count - 1])), max(domain[0], domain[count - 1])) : x
    let y = interpolate(transform(clamped), from: domain.prefix(count).map(transform), to: range)
    return round ? roundHalfUp(y) : y
  }

  /// The value at a place of the range.
  package func invert(_ y: Double) -> Double {
    let count = min(domain.count, range.count)
    guard count > 1, !y.isNaN else { return .nan }
    let x = untransform(interpolate(y, from: Array(range.prefix(count)), to: domain.prefix(count).map(transform)))
    return clamp ? min(max(x, min(domain[0], domain[count - 1])), max(domain[0], domain[count - 1])) : x
  }

  /// Where a value lies in the domain, from 0 to 1, pieces of equal width: for colours. A diverging domain of three
  /// values has its middle at 0.5. Clamped only if the scale is.
  package func fraction(_ x: Double) -> Double {
    guard domain.count > 1, !x.isNaN else { return x.isNaN ? .nan : 0.5 }
    let last = domain.count - 1
    let values = domain.map(transform)
    let value = transform(x)
    if last == 1 {
      let span = values[1] - values[0]
      let t = span == 0 ? 0.5 : (value - values[0]) / span
      return clamp ? min(1, max(0, t)) : t
    }
    if last == 2 {
      // d3's diverging scale: an empty half stands still at the middle.
      let sign: Double = values[1] < values[0] ? -1 : 1
      let low = values[0] == values[1] ? 0 : 0.5 / (values[1] - values[0])
      let high = values[1] == values[2] ? 0 : 0.5 / (values[2] - values[1])
      let t = 0.5 + (value - values[1]) * (sign * value < sign * values[1] ? low : high)
      return clamp ? min(1, max(0, t)) : t
    }
    let t = interpolate(value, from: values, to: (0...last).map { Double($0) / Double(last) })
    return clamp ? min(1, max(0, t)) : t
  }

  private func interpolate(_ x: Double, from domain: [Double], to range: [Double]) -> Double {
    let last = domain.count - 1
    var piece = 0
    if last > 1 {
      let ascending = domain[last] >= domain[0]
      while piece < last - 1, ascending ? domain[piece + 1] <= x : domain[piece + 1] > x { piece += 1 }
    }
    let (a, b) = (domain[piece], domain[piece + 1])
    let (c, d) = (range[piece], range[piece + 1])
    // As d3, a descending piece is walked from its lower end.
    if b < a {
      let t = normalized(x, b, a)
      return d * (1 - t) + c * t
    }
    let t = normalized(x, a, b)
    return c * (1 - t) + d * t
  }

  private func normalized(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let span = b - a
    return span == 0 ? 0.5 : span.isNaN ? .nan : (x - a) / span
  }
}

// MARK: - Transforms

extension ContinuousScale {
  /// The value on the scale's own straight axis.
  @usableFromInline func transform(_ x: Double) -> Double {
    switch kind {
    case .linear, .time, .utc: return x
    case .pow(let exponent):
      if exponent == 1 { return x }
      if exponent == 0.5 { return x < 0 ? -(-x).squareRoot() : x.squareRoot() }
      return x < 0 ? -pow(-x, exponent) : pow(x, exponent)
    case .log:
      return (domain.first ?? 1) < 0 ? -log(-x) : log(x)
    case .symlog(let constant):
      let y = log1p((x / constant).magnitude)
      return x < 0 ? -y : y
    }
  }

  private func untransform(_ x: Double) -> Double {
    switch kind {
    case .linear, .time, .utc: return x
    case .pow(let exponent):
      if exponent == 1 { return x }
      if exponent == 0.5 { return x < 0 ? -x * x : x * x }
      return x < 0 ? -pow(-x, 1 / exponent) : pow(x, 1 / exponent)
    case .log:
      return (domain.first ?? 1) < 0 ? -exp(-x) : exp(x)
    case .symlog(let constant):
      let y = expm1(x.magnitude) * constant
      return x < 0 ? -y : y
    }
  }
}
