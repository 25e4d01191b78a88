internal import AlmanacCore
package import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// How numbers are parted into bins: https://vega.github.io/vega/docs/transforms/bin/
package struct BinParameters: Sendable, Hashable {
  package var maxbins = 20.0
  package var base = 10.0
  package var step: Double?
  package var steps: [Double]?
  package var minstep = 0.0
  package var divide: [Double] = [5, 2]
  package var anchor: Double?
  package var nice = true
  /// The span that bins are chosen for, where it is not the extent's.
  package var span: Double?

  package init() {}

  /// Reads the parameters as a spec has them; others are ignored.
  package init(_ object: ValueObject) {
    for member in object.members {
      let number = member.value.numberValue
      let list = member.value.arrayValue?.map(\.asNumber)
      switch member.key {
      case "maxbins": maxbins = number ?? maxbins
      case "base": base = number ?? base
      case "step": step = number
      case "steps": steps = list
      case "minstep": minstep = number ?? minstep
      case "divide": divide = list ?? divide
      case "anchor": anchor = number
      case "nice": nice = member.value.asBool
      case "span": span = number
      default: break
      }
    }
  }
}

/// Bins of equal width.
package struct BinSpan: Sendable, Hashable {
  package var start: Double
  package var stop: Double
  package var step: Double
  /// The end of the last bin, which may lie behind `stop`.
  package var limit: Double

  package init(start: Double, stop: Double, step: Double) {
    self.start = start
    self.stop = stop
    self.step = step
    limit = start + ((stop - start) / step).rounded(.up) * step
  }

  /// The borders of all bins.
  package var borders: [Double] {
    guard step > 0, (stop - start) / step < 100_000 else { return [start, stop] }
    let count = Int(limited: ((stop + step / 2 - start) / step).rounded(.up))
    return (0..<max(1, count)).map { start + Double($0) * step }
  }
}

/// Chooses bins for a stretch of numbers as Vega does.
package func binSpan(extent: (Double, Double), _ parameters: BinParameters) -> BinSpan {
  var (low, high) = extent
  let maxbins = parameters.maxbins >= 1 ? parameters.maxbins : 20
  let logBase = log(parameters.base > 1 ? parameters.base : 10)
  let base = parameters.base > 1 ? parameters.base : 10
  var span = parameters.span ?? high - low
  if span == 0 || !span.isFinite { span = low.magnitude == 0 || !low.isFinite ? 1 : low.magnitude }
  var step: Double
  if let given = parameters.step, given > 0 {
    step = given
  } else if let steps = parameters.steps, !steps.isEmpty {
    let wanted = span / maxbins
    let index = steps.firstIndex { $0 >= wanted } ?? steps.count
    step = steps[max(0, index - 1)]
  } else {
    let level = (log(maxbins) / logBase).rounded(.up)
    step = max(parameters.minstep, pow(base, roundHalfUp(log(span) / logBase) - level))
    while (span / step).rounded(.up) > maxbins { step *= base }
    for divisor in parameters.divide {
      let finer = step / divisor
      if finer >= parameters.minstep, span / finer <= maxbins { step = finer }
    }
  }
  if parameters.nice {
    let logStep = log(step)
    let precision = logStep >= 0 ? 0 : (-logStep / logBase).rounded(.towardZero) + 1
    let epsilon = pow(base, -precision - 1)
    let down = (low / step + epsilon).rounded(.down) * step
    low = low < down ? down - step : down
    high = (high / step).rounded(.up) * step
  }
  var bins = BinSpan(start: low, stop: high == low ? low + step : high, step: step)
  if let anchor = parameters.anchor {
    let shift = anchor - (bins.start + step * ((anchor - bins.start) / step).rounded(.down))
    bins.start += shift
    bins.limit += shift
  }
  return bins
}

/// Chooses bins by parameters as a spec has them.
package func binSpan(extent: (Double, Double), parameters: ValueObject) -> BinSpan {
  binSpan(extent: extent, BinParameters(parameters))
}

/// Adds the start and the end of each value's bin.
///
/// Missing values stay missing; values outside the bins are infinitely far.
package func binned(_ table: DataTable, field: FieldPath, span: BinSpan, start name: String, end endName: String?)
  -> DataTable
{
  let column = table.values(at: field)
  let start = span.start
  let stop = span.limit
  let step = span.step
  func bin(_ value: Double) -> Double {
    if value < start { return -.infinity }
    if value > stop { return .infinity }
    if value.isNaN { return .nan }
    let bounded = max(start, min(value, stop - step))
    return start + step * (1e-14 + (bounded - start) / step).rounded(.down)
  }
  func end(_ bin: Double) -> Double { start + step * (1 + (bin - start) / step) }
  var result = table
  switch column {
  case .numbers(let values), .dates(let values):
    let starts = values.map(bin)
    result.set(name, .numbers(starts))
    if let endName { result.set(endName, .numbers(starts.map(end))) }
  case .strings, .values:
    let starts = (0..<column.count).map { row -> Value in
      let value = column[row]
      return value.isPresent && value != .string("") ? .number(bin(value.asNumber)) : .null
    }
    result.set(name, Column(starts))
    if let endName {
      result.set(endName, Column(starts.map { $0.numberValue.map { .number(end($0)) } ?? .null }))
    }
  }
  return result
}

/// The least and the greatest number of a column; missing values and not-a-number do not count.
package func numericExtent(_ column: Column) -> (low: Double, high: Double)? {
  var low = Double.infinity
  var high = -Double.infinity
  switch column {
  case .numbers(let values), .dates(let values):
    for value in values {
      if value < low { low = value }
      if value > high { high = value }
    }
  case .strings, .values:
    for row in 0..<column.count {
      let value = column[row]
      guard value.isPresent, value != .string("") else { continue }
      let number = value.asNumber
      if number < low { low = number }
      if number > high { high = number }
    }
  }
  return low <= high ? (low, high) : nil
}
