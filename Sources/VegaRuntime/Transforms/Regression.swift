package import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A curve fitted to points: https://vega.github.io/vega/docs/transforms/regression/
///
/// - Parameters:
///   - x: the independent field.
///   - parameters: `method` (linear, log, exp, pow, quad, poly), `order`, `extent`, `params` (coefficients instead of a
///     curve).
package func regression(
  _ table: DataTable, options parameters: ValueObject, field y: FieldPath, on x: FieldPath, groupBy: [FieldPath],
  names: [String]
) -> DataTable {
  let (xs, ys) = (table.values(at: x), table.values(at: y))
  let grouping = Grouping(table, by: groupBy)
  let method = parameters["method"]?.stringValue ?? "linear"
  let order = wholeNumber(parameters["order"]?.numberValue ?? 3, 0...20)
  let freedom = method == "poly" ? order : method == "quad" ? 2 : 1
  var extent: (Double, Double)?
  if let values = parameters["extent"]?.arrayValue, values.count == 2, method != "log" || values[0].asNumber > 0 {
    extent = (values[0].asNumber, values[1].asNumber)
  }
  var curves: [[(Double, Double)]] = []
  var fits: [(group: Int, fit: Fit)] = []
  for (group, rows) in grouping.rows.enumerated() {
    guard rows.count > freedom else {
      curves.append([])
      continue
    }
    let points = validPoints(xs, ys, rows)
    let fit = Fit(points, method: method, order: order)
    fits.append((group, fit))
    // A curve reaches over all rows, also those that it was not fitted to.
    let bounds = numericExtent(.numbers(rows.filter { xs[$0].isPresent }.map { xs.number($0) }))
    guard let stretch = extent ?? bounds.map({ ($0.low, $0.high) }) else {
      curves.append([])
      continue
    }
    if method == "linear" || method == "constant" {
      curves.append([stretch.0, stretch.1].map { ($0, fit.predict($0)) })
    } else {
      curves.append(sampleCurve(fit.predict, from: stretch.0, to: stretch.1, least: 25, most: 200))
    }
  }
  if parameters["params"]?.asBool ?? false {
    let keys = groupBy.map { table.values(at: $0) }
    var columns: [(String, Column)] = [
      ("coef", .values(fits.map { .array($0.fit.coefficients.map(Value.number)) })),
      ("rSquared", .numbers(fits.map(\.fit.rSquared))),
    ]
    if !keys.isEmpty {
      columns.append(("keys", .values(fits.map { fit in .array(keys.map { $0[grouping.firstRows[fit.group]] }) })))
    }
    return DataTable(columns)
  }
  return curveTable(table, grouping, groupBy, curves, names, [x.columnName, y.columnName])
}

private func validPoints(_ xs: Column, _ ys: Column, _ rows: [Int]) -> [(Double, Double)] {
  rows.compactMap { row in
    guard xs[row].isPresent, ys[row].isPresent else { return nil }
    let (x, y) = (xs.number(row), ys.number(row))
    return x.isNaN || y.isNaN ? nil : (x, y)
  }
}

/// Slope and intercept from means.
private func leastSquares(_ x: Double, _ y: Double, _ xy: Double, _ xx: Double) -> (intercept: Double, slope: Double) {
  let spread = xx - x * x
  let slope = spread.magnitude < 1e-24 ? 0 : (xy - x * y) / spread
  return (y - slope * x, slope)
}

/// A fitted function.
private struct Fit {
  var coefficients: [Double]
  var predict: (Double) -> Double
  var rSquared = 0.0

  init(_ points: [(Double, Double)], method: String, order: Int) {
    let count = Double(max(1, points.count))
    func mean(_ value: (Double, Double) -> Double) -> Double { points.reduce(0) { $0 + value($1.0, $1.1) } / count }
    let (meanX, meanY) = (mean { x, _ in x }, mean { _, y in y })
    switch method {
    case "log":
      let fit = leastSquares(mean { x, _ in log(x) }, meanY, mean { log($0) * $1 }, mean { x, _ in log(x) * log(x) })
      coefficients = [fit.intercept, fit.slope]
      predict = { fit.intercept + fit.slope * log($0) }
    case "exp":
      // Weighted by y, so that small values do not rule the logarithms.
      let fit = leastSquares(
        mean { ($0 - meanX) * $1 } / meanY, mean { _, y in y * log(y) } / meanY,
        mean { ($0 - meanX) * $1 * log($1) } / meanY, mean { ($0 - meanX) * ($0 - meanX) * $1 } / meanY)
      coefficients = [exp(fit.intercept - fit.slope * meanX), fit.slope]
      predict = { exp(fit.intercept + fit.slope * ($0 - meanX)) }
    case "pow":
      let fit = leastSquares(
        mean { x, _ in log(x) }, mean { _, y in log(y) }, mean { log($0) * log($1) }, mean { x, _ in log(x) * log(x) })
      let factor = exp(fit.intercept)
      coefficients = [factor, fit.slope]
      predict = { factor * pow($0, fit.slope) }
    case "quad", "poly":
      let degree = method == "quad" ? 2 : order
      let solution = polynomial(points.map { ($0.0 - meanX, $0.1 - meanY) }, degree: degree)
      coefficients = shifted(solution, by: -meanX)
      coefficients[0] += meanY
      predict = { x in solution.reversed().reduce(0) { $0 * (x - meanX) + $1 } + meanY }
    case "constant":
      coefficients = [meanY]
      predict = { _ in meanY }
    default:
      // Centred, which the means of Vega come to as well, with less rounding.
      let xx = mean { x, _ in (x - meanX) * (x - meanX) }
      let slope = xx.magnitude < 1e-24 ? 0 : mean { ($0 - meanX) * ($1 - meanY) } / xx
      let intercept = meanY - slope * meanX
      coefficients = [intercept, slope]
      predict = { intercept + slope * $0 }
    }
    var (errors, spread) = (0.0, 0.0)
    for (x, y) in points {
      let error = y - predict(x)
      errors += error * error
      spread += (y - meanY) * (y - meanY)
    }
    rSquared = method == "constant" ? 0 : 1 - errors / spread
  }
}

/// Coefficients of the polynomial of least squares, by Gaussian elimination.
private func polynomial(_ points: [(Double, Double)], degree: Int) -> [Double] {
  let size = degree + 1
  var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
  for (x, y) in points {
    var powers = [1.0]
    for _ in 0..<(2 * degree) { powers.append(powers[powers.count - 1] * x) }
    for row in 0..<size {
      for column in 0..<size { matrix[row][column] += powers[row + column] }
      matrix[row][size] += powers[row] * y
    }
  }
  for column in 0..<size {
    let pivot = (column..<size).max { matrix[$0][column].magnitude < matrix[$1][column].magnitude } ?? column
    matrix.swapAt(column, pivot)
    guard matrix[column][column] != 0 else { continue }
    for row in (column + 1)..<max(size, column + 1) {
      let factor = matrix[row][column] / matrix[column][column]
      for place in column...size { matrix[row][place] -= factor * matrix[column][place] }
    }
  }
  var solution = [Double](repeating: 0, count: size)
  for row in stride(from: size - 1, through: 0, by: -1) {
    let known = ((row + 1)..<max(size, row + 1)).reduce(0.0) { $0 + matrix[row][$1] * solution[$1] }
    solution[row] = matrix[row][row] == 0 ? 0 : (matrix[row][size] - known) / matrix[row][row]
  }
  return solution
}

/// The coefficients of p(x + shift).
private func shifted(_ coefficients: [Double], by shift: Double) -> [Double] {
  var result = [0.0]
  for coefficient in coefficients.reversed() {
    // Horner's scheme over polynomials: result * (x + shift) + coefficient.
    var next = [Double](repeating: 0, count: result.count + 1)
    for (power, value) in result.enumerated() {
      next[power] += value * shift
      next[power + 1] += value
    }
    next[0] += coefficient
    result = next
  }
  return Array(result.prefix(max(1, coefficients.count)))
}

// MARK: - Loess

/// A smooth curve through points by local regression: https://vega.github.io/vega/docs/transforms/loess/
package func loess(
  _ table: DataTable, bandwidth: Double = 0.3, field y: FieldPath, on x: FieldPath, groupBy: [FieldPath],
  names: [String]
) -> DataTable {
  let (xs, ys) = (table.values(at: x), table.values(at: y))
  let grouping = Grouping(table, by: groupBy)
  let curves = grouping.rows.map { localCurve(validPoints(xs, ys, $0), bandwidth: bandwidth == 0 ? 0.3 : bandwidth) }
  return curveTable(table, grouping, groupBy, curves, names, [x.columnName, y.columnName])
}

private func localCurve(_ unsorted: [(Double, Double)], bandwidth: Double) -> [(Double, Double)] {
  let count = unsorted.count
  guard count > 0 else { return [] }
  let points = stablySorted(unsorted) { $0.0 < $1.0 ? -1 : $0.0 > $1.0 ? 1 : 0 }
  let meanX = points.reduce(0) { $0 + $1.0 } / Double(count)
  let meanY = points.reduce(0) { $0 + $1.1 } / Double(count)
  let x = points.map { $0.0 - meanX }
  let y = points.map { $0.1 - meanY }
  let width = min(count, max(2, wholeNumber((bandwidth * Double(count)).rounded(.towardZero), 0...count)))
  var fitted = [Double](repeating: 0, count: count)
  var residuals = fitted
  var robust = [Double](repeating: 1, count: count)
  for pass in 0...2 {
    var (low, high) = (0, width - 1)
    for i in 0..<count {
      let center = x[i]
      let edge = center - x[low] > x[high] - center ? low : high
      var (w, sx, sy, sxy, sxx) = (0.0, 0.0, 0.0, 0.0, 0.0)
      let distance = x[edge] - center
      let scale = 1 / (distance == 0 ? 1 : distance).magnitude
      for k in low...high {
        let t = (center - x[k]).magnitude * scale
        let cube = 1 - t * t * t
        let weight = cube * cube * cube * robust[k]
        let weighted = x[k] * weight
        w += weight
        sx += weighted
        sy += y[k] * weight
        sxy += y[k] * weighted
        sxx += x[k] * weighted
      }
      let fit = leastSquares(sx / w, sy / w, sxy / w, sxx / w)
      fitted[i] = fit.intercept + fit.slope * center
      residuals[i] = (y[i] - fitted[i]).magnitude
      // The window moves on while that brings its far end nearer to the next point.
      if i + 1 < count {
        let next = x[i + 1]
        while i + 1 > low, high + 1 < count, x[high + 1] - next <= next - x[low] {
          low += 1
          high += 1
        }
      }
    }
    if pass == 2 { break }
    let median = quantile(sorted: residuals.sorted(), 0.5)
    if median.magnitude < 1e-12 { break }
    for i in 0..<count {
      let r = residuals[i] / (6 * median)
      let rest = 1 - r * r
      robust[i] = r >= 1 ? 1e-12 : rest * rest
    }
  }
  // Points that share an x become one, with Vega's weights: of two, the second counts.
  var result: [(Double, Double)] = []
  var shared = 0.0
  for i in 0..<count {
    let place = x[i] + meanX
    if let last = result.last, last.0 == place {
      shared += 1
      result[result.count - 1].1 += (fitted[i] + meanY - last.1) / shared
    } else {
      shared = 0
      result.append((place, fitted[i] + meanY))
    }
  }
  return result
}
