package import Localization

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

// MARK: - Ticks

extension ContinuousScale {
  /// Whether a calendar rules the scale.
  package var isTemporal: Bool { kind == .time || kind == .utc }

  /// The clock that ticks follow.
  package var tickZone: TimeZoneRules { kind == .time ? zone : .utc }

  /// About `count` ticks of the domain's outer values, as d3 chooses them for this kind of scale.
  package func ticks(count: Double) -> [Double] {
    guard let start = domain.first, let stop = domain.last else { return [] }
    switch kind {
    case .time, .utc:
      // Between an instant and itself d3 counts single milliseconds.
      if start == stop { return domain.count > 1 ? [start] : [] }
      let interval = TimeInterval.forTicks(min(start, stop), max(start, stop), count: count, utc: kind == .utc)
      return timeTicks(start, stop, interval: interval, in: tickZone)
    case .log(let base): return logTicks(start, stop, base: base, count: count)
    default: return VegaRuntime.ticks(start, stop, count: count)
    }
  }

  package func ticks(count: Int) -> [Double] { ticks(count: Double(count)) }

  /// The borders of an interval within the domain.
  package func ticks(every interval: TimeInterval) -> [Double] {
    guard let start = domain.first, let stop = domain.last else { return [] }
    return timeTicks(start, stop, interval: interval, in: tickZone)
  }

  /// Widens the domain to round values, as d3 does for this kind of scale.
  package mutating func nice(count: Double = 10) {
    guard let start = domain.first, let stop = domain.last, domain.count > 1 else { return }
    switch kind {
    case .time, .utc:
      // As d3, the interval is chosen for the ends as they stand.
      if let interval = TimeInterval.forTicks(start, stop, count: count, utc: kind == .utc) { nice(every: interval) }
    case .log(let base):
      let logs = Logarithm(base: base, negative: start < 0)
      widen(
        floor: { logs.power(logs.exponent(of: $0).rounded(.down)) },
        ceil: { logs.power(logs.exponent(of: $0).rounded(.up)) })
    default: domain = VegaRuntime.nice(domain, count: count)
    }
  }

  package mutating func nice(count: Int) { nice(count: Double(count)) }

  /// Widens a domain of instants to the borders of an interval.
  package mutating func nice(every interval: TimeInterval) {
    let zone = tickZone
    widen(floor: { interval.floor($0, in: zone) }, ceil: { interval.ceil($0, in: zone) })
  }

  private mutating func widen(floor: (Double) -> Double, ceil: (Double) -> Double) {
    guard domain.count > 1 else { return }
    var (low, high) = (0, domain.count - 1)
    if domain[high] < domain[low] { swap(&low, &high) }
    let (start, stop) = (floor(domain[low]), ceil(domain[high]))
    guard start.isFinite, stop.isFinite else { return }
    domain[low] = start
    domain[high] = stop
  }
}

// MARK: - Logarithms

/// Logarithm and power of a base, mirrored for domains below 0, exact for powers of ten.
package struct Logarithm: Sendable {
  package var base: Double
  package var negative: Bool

  package init(base: Double, negative: Bool) {
    self.base = base
    self.negative = negative
  }

  package func exponent(of x: Double) -> Double { negative ? -positiveLog(-x) : positiveLog(x) }
  package func power(_ x: Double) -> Double { negative ? -positivePower(-x) : positivePower(x) }

  private func positiveLog(_ x: Double) -> Double {
    if base == 10 { return log10(x) }
    if base == 2 { return log2(x) }
    let natural = log(x)
    return base == M_E ? natural : natural / log(base)
  }

  private func positivePower(_ x: Double) -> Double {
    // pow(10, 23) is not the nearest Double to 1e23, its decimal text is.
    if base == 10, x == x.rounded(), x.magnitude <= 400 { return Double("1e\(Int(x))") ?? pow(10, x) }
    return base == M_E ? exp(x) : pow(base, x)
  }
}

private func logTicks(_ first: Double, _ last: Double, base: Double, count: Double) -> [Double] {
  let logs = Logarithm(base: base, negative: first < 0)
  let reversed = last < first
  let (start, stop) = reversed ? (last, first) : (first, last)
  guard start.isFinite, stop.isFinite, base > 1 else { return [] }
  var low = logs.exponent(of: start)
  var high = logs.exponent(of: stop)
  guard low.isFinite, high.isFinite else { return [] }
  var result: [Double] = []
  if base == base.rounded(.down), high - low < count, base <= 1000 {
    low = low.rounded(.down)
    high = high.rounded(.up)
    var power = low
    outer: while power <= high {
      if start > 0 {
        var k = 1.0
        while k < base {
          let tick = power < 0 ? k / logs.power(-power) : k * logs.power(power)
          k += 1
          if tick < start { continue }
          if tick > stop { break }
          result.append(tick)
        }
      } else {
        var k = base - 1
        while k >= 1 {
          let tick = power > 0 ? k / logs.power(-power) : k * logs.power(power)
          k -= 1
          if tick < start { continue }
          if tick > stop { break }
          result.append(tick)
        }
      }
      power += 1
    }
    if Double(result.count) * 2 < count { result = ticks(start, stop, count: count) }
  } else {
    result = ticks(low, high, count: min(high - low, count)).map(logs.power)
  }
  return reversed ? result.reversed() : result
}
