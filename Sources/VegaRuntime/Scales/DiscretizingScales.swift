#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Returns the index of the class of `value`: how many thresholds are not above it.
///
/// Thresholds ascend. A value before the first is class 0. This one rule serves threshold, quantize and quantile scales.
package func thresholdClass(_ value: Double, _ thresholds: [Double]) -> Int {
  var low = 0
  var high = thresholds.count
  while low < high {
    let middle = (low + high) >> 1
    if thresholds[middle] <= value { low = middle + 1 } else { high = middle }
  }
  return low
}

/// The class of a value in a bin-ordinal scale, whose domain is the bin borders; colours repeat when there are too few.
package func binClass(_ value: Double, borders: [Double], colours: Int) -> Int? {
  guard !value.isNaN, colours > 0 else { return nil }
  let index = (thresholdClass(value, borders) - 1) % colours
  return index < 0 ? nil : index
}

/// The inner borders that part sorted numbers into `classes` groups of equal count, as d3's quantile scale.
package func quantileThresholds(_ sorted: [Double], _ classes: Int) -> [Double] {
  guard classes > 1 else { return [] }
  return (1..<classes).map { quantile(sorted: sorted, Double($0) / Double(classes)) }
}

/// The inner borders that part a stretch into `classes` equal pieces, as d3's quantize scale.
package func quantizeThresholds(min: Double, max: Double, _ classes: Int) -> [Double] {
  guard classes > 1 else { return [] }
  let last = classes - 1
  return (0..<last).map { (Double($0 + 1) * max - Double($0 - last) * min) / Double(last + 1) }
}

/// The quantile of sorted numbers by linear interpolation, as d3's `quantileSorted`; not-a-number for none.
package func quantile(sorted: [Double], _ p: Double) -> Double {
  guard let first = sorted.first, !p.isNaN else { return .nan }
  if p <= 0 || sorted.count < 2 { return first }
  if p >= 1 { return sorted[sorted.count - 1] }
  let place = Double(sorted.count - 1) * p
  let below = Int(place.rounded(.down))
  let low = sorted[below]
  return low + (sorted[below + 1] - low) * (place - Double(below))
}
