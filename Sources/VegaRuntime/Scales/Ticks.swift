#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Returns round numbers within two bounds, about `count` of them, in the direction from `start` to `stop`.
///
/// Steps are 1, 2 or 5 times a power of ten. Steps below 1 are kept as their integer reciprocal, so that 0.3 comes out as
/// 3 / 10 and not as 3 times 0.1. Follows d3-array's `ticks`: https://d3js.org/d3-array/ticks
package func ticks(_ start: Double, _ stop: Double, count: Double) -> [Double] {
  guard count > 0, start.isFinite, stop.isFinite else { return [] }
  if start == stop { return [start] }
  let reversed = stop < start
  guard let spec = tickSpec(min(start, stop), max(start, stop), count), spec.last >= spec.first else { return [] }
  let total = spec.last - spec.first
  // A guard against a count that no picture can hold.
  guard total < 100_000 else { return [] }
  var result: [Double] = []
  result.reserveCapacity(Int(total) + 1)
  var index = 0.0
  while index <= total {
    let unit = reversed ? spec.last - index : spec.first + index
    result.append(spec.increment < 0 ? unit / -spec.increment : unit * spec.increment)
    index += 1
  }
  return result
}

/// Returns the step between ticks: positive as it is, negative as minus the reciprocal of a step below 1, 0 or
/// not-a-number where there is none. `start` must not be above `stop`.
package func tickIncrement(_ start: Double, _ stop: Double, count: Double) -> Double {
  tickSpec(start, stop, count)?.increment ?? .nan
}

/// Returns the step between ticks, negative when `stop` is below `start`.
package func tickStep(_ start: Double, _ stop: Double, count: Double) -> Double {
  let reversed = stop < start
  let increment = tickIncrement(min(start, stop), max(start, stop), count: count)
  let step = increment < 0 ? 1 / -increment : increment
  return reversed ? -step : step
}

/// Widens the ends of a domain to multiples of its tick step, up to ten times, as d3's linear scale does.
package func nice(_ domain: [Double], count: Double) -> [Double] {
  guard domain.count > 1 else { return domain }
  var result = domain
  var (low, high) = (0, domain.count - 1)
  if result[high] < result[low] { swap(&low, &high) }
  var (start, stop) = (result[low], result[high])
  var previous: Double?
  for _ in 0..<10 {
    let step = tickIncrement(start, stop, count: count)
    if let previous, step == previous {
      result[low] = start
      result[high] = stop
      return result
    }
    if step > 0 {
      start = (start / step).rounded(.down) * step
      stop = (stop / step).rounded(.up) * step
    } else if step < 0 {
      start = (start * step).rounded(.up) / step
      stop = (stop * step).rounded(.down) / step
    } else {
      break
    }
    previous = step
  }
  return domain
}

/// First and last tick in units of the increment, and the increment.
private func tickSpec(_ start: Double, _ stop: Double, _ count: Double)
  -> (first: Double, last: Double, increment: Double)?
{
  let step = (stop - start) / max(0, count)
  guard step.isFinite, step > 0 else { return nil }
  let power = log10(step).rounded(.down)
  let error = step / pow(10, power)
  let factor: Double =
    error >= 50.0.squareRoot() ? 10 : error >= 10.0.squareRoot() ? 5 : error >= 2.0.squareRoot() ? 2 : 1
  var first: Double
  var last: Double
  var increment: Double
  if power < 0 {
    increment = pow(10, -power) / factor
    first = roundHalfUp(start * increment)
    last = roundHalfUp(stop * increment)
    if first / increment < start { first += 1 }
    if last / increment > stop { last -= 1 }
    increment = -increment
  } else {
    increment = pow(10, power) * factor
    first = roundHalfUp(start / increment)
    last = roundHalfUp(stop / increment)
    if first * increment < start { first += 1 }
    if last * increment > stop { last -= 1 }
  }
  if last < first, count >= 0.5, count < 2 { return tickSpec(start, stop, count * 2) }
  return (first, last, increment)
}

/// JavaScript's `Math.round`: halves go up.
@inlinable package func roundHalfUp(_ x: Double) -> Double {
  let floor = x.rounded(.down)
  return x - floor >= 0.5 ? floor + 1 : floor
}
