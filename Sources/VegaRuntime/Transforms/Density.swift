package import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A curve of how dense the values of a field lie: https://vega.github.io/vega/docs/transforms/kde/
///
/// - Parameter parameters: `bandwidth`, `extent`, `cumulative`, `counts`, `steps`, `minsteps`, `maxsteps`, `resolve`.
package func density(
  _ table: DataTable, options parameters: ValueObject, field: FieldPath, groupBy: [FieldPath], names: [String]
) -> DataTable {
  let column = table.values(at: field)
  let grouping = Grouping(table, by: groupBy)
  let isCumulative = parameters["cumulative"]?.asBool ?? false
  let isCounted = parameters["counts"]?.asBool ?? false
  let bandwidth = parameters["bandwidth"]?.numberValue ?? 0
  let steps = parameters["steps"]?.numberValue
  var least = steps ?? parameters["minsteps"]?.numberValue ?? 25
  let most = steps ?? parameters["maxsteps"]?.numberValue ?? 200
  var extent: (low: Double, high: Double)?
  if let values = parameters["extent"]?.arrayValue, values.count == 2 {
    extent = (values[0].asNumber, values[1].asNumber)
  }
  // Vega-Lite shares the extent unless told otherwise, Vega does not.
  if (parameters["resolve"]?.stringValue ?? "shared") == "shared" {
    if extent == nil { extent = numericExtent(column) }
    least = most
  }
  var curves: [[(Double, Double)]] = []
  for rows in grouping.rows {
    // As in Vega, a missing value is a 0 for the curve, but not for its extent and its bandwidth.
    let values = rows.map { column.number($0) }
    let valid = rows.filter { column[$0].isValid && column[$0] != .string("") }.map { column.number($0) }.filter {
      !$0.isNaN
    }
    guard let stretch = extent ?? numericExtent(.numbers(valid)) else {
      curves.append([])
      continue
    }
    let width = bandwidth != 0 ? bandwidth : defaultBandwidth(valid, count: Double(values.count))
    let scale = isCounted ? Double(rows.count) : 1
    let kernel = KernelDensity(values: values, bandwidth: width)
    let curve = sampleCurve(
      isCumulative ? kernel.cumulative : kernel.density, from: stretch.low, to: stretch.high,
      least: wholeNumber(least, 1...10_000), most: wholeNumber(most, 1...10_000))
    curves.append(curve.map { ($0.0, $0.1 * scale) })
  }
  return curveTable(table, grouping, groupBy, curves, names, ["value", "density"])
}

/// Scott's rule as Vega's `bandwidthNRD`.
private func defaultBandwidth(_ values: [Double], count: Double) -> Double {
  guard !values.isEmpty else { return .infinity }
  let valid = Double(values.count)
  let mean = values.reduce(0, +) / valid
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let deviation = valid > 1 ? (squares / (valid - 1)).squareRoot() : .nan
  let sorted = values.sorted()
  let first = quantile(sorted: sorted, 0.25)
  let spread = (quantile(sorted: sorted, 0.75) - first) / 1.34
  var width = deviation.isNaN ? .nan : min(deviation, spread)
  if width.isNaN || width == 0 { width = deviation }
  if width.isNaN || width == 0 { width = first.magnitude }
  if width.isNaN || width == 0 { width = 1 }
  return 1.06 * width * pow(count, -0.2)
}

private struct KernelDensity {
  let values: [Double]
  let bandwidth: Double

  func density(_ x: Double) -> Double {
    values.reduce(0) { $0 + normalDensity((x - $1) / bandwidth, 0, 1) } / bandwidth / Double(values.count)
  }

  func cumulative(_ x: Double) -> Double {
    values.reduce(0) { $0 + normalCumulative((x - $1) / bandwidth, 0, 1) } / Double(values.count)
  }
}

/// Points of a curve, denser where it bends: Vega's `sampleCurve`.
func sampleCurve(
  _ function: (Double) -> Double, from low: Double, to high: Double, least: Int, most: Int
) -> [(Double, Double)] {
  func point(_ x: Double) -> (Double, Double) { (x, function(x)) }
  let most = max(least, most)
  let span = high - low
  guard span > 0, span.isFinite else { return [point(low), point(high)] }
  if least == most {
    return (0...least).map { point($0 == least ? high : low + Double($0) / Double(least) * span) }
  }
  let stop = span / Double(most)
  var result = [point(low)]
  var ahead = [point(high)]
  for i in stride(from: least - 1, to: 0, by: -1) { ahead.append(point(low + Double(i) / Double(least) * span)) }
  var current = result[0]
  let scaleX = 1 / span
  let ys = ahead.map(\.1) + [current.1]
  let scaleY = 1 / ((ys.max() ?? 1) - (ys.min() ?? 0))
  func angle(_ a: (Double, Double), _ b: (Double, Double)) -> Double {
    atan2(scaleY * (b.1 - a.1), scaleX * (b.0 - a.0))
  }
  let tolerance = 0.5 * Double.pi / 180
  while let next = ahead.last, result.count < 100_000 {
    let middle = point((current.0 + next.0) / 2)
    if middle.0 - current.0 >= stop, (angle(current, middle) - angle(current, next)).magnitude > tolerance {
      ahead.append(middle)
    } else {
      current = next
      result.append(next)
      ahead.removeLast()
    }
  }
  return result
}

/// A table of curves, one per group, with the columns of the groups.
func curveTable(
  _ table: DataTable, _ grouping: Grouping, _ groupBy: [FieldPath], _ curves: [[(Double, Double)]], _ names: [String],
  _ standard: [String]
) -> DataTable {
  let rows = zip(grouping.firstRows, curves).flatMap { [Int](repeating: $0, count: $1.count) }
  var result = DataTable(rowCount: rows.count)
  for path in groupBy { result.set(path.columnName, table.values(at: path).selecting(rows)) }
  let points = curves.flatMap { $0 }
  result.set(names.first ?? standard[0], .numbers(points.map(\.0)))
  result.set(names.count > 1 ? names[1] : standard[1], .numbers(points.map(\.1)))
  return result
}

/// Quantiles of a field, group by group: https://vega.github.io/vega/docs/transforms/quantile/
package func quantile(
  _ table: DataTable, field: FieldPath, groupBy: [FieldPath], probabilities: [Double]?, step: Double?,
  names: [String]
) -> DataTable {
  let column = table.values(at: field)
  let grouping = Grouping(table, by: groupBy)
  let step = step.map { $0 > 0 ? $0 : 0.01 } ?? 0.01
  let count = wholeNumber(((1 - 1e-14 - step / 2) / step).rounded(.up), 0...100_000)
  let wanted = probabilities ?? (0..<count).map { step / 2 + Double($0) * step }
  let curves = grouping.rows.map { rows -> [(Double, Double)] in
    let sorted = rows.filter { column[$0].isValid && column[$0] != .string("") }.map { column.number($0) }
      .filter { !$0.isNaN }.sorted()
    return wanted.map { ($0, quantile(sorted: sorted, $0)) }
  }
  return curveTable(table, grouping, groupBy, curves, names, ["prob", "value"])
}
