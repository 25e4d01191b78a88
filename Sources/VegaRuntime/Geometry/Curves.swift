#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// How a line runs through its points; raw values are Vega's `interpolate`.
package enum CurveKind: String, Hashable, Sendable, CaseIterable {
  case linear, monotone, step, basis, cardinal, natural, bundle
  case linearClosed = "linear-closed"
  case stepBefore = "step-before"
  case stepAfter = "step-after"
  case basisOpen = "basis-open"
  case basisClosed = "basis-closed"
  case cardinalOpen = "cardinal-open"
  case cardinalClosed = "cardinal-closed"
  case catmullRom = "catmull-rom"
  case catmullRomOpen = "catmull-rom-open"
  case catmullRomClosed = "catmull-rom-closed"
}

/// How the first point is reached and whether the end leads back.
enum CurvePass {
  /// A line of its own.
  case line
  /// The first border of an area.
  case firstBorder
  /// The second border, which goes on from the first and closes.
  case secondBorder
}

/// Draws one unbroken curve through points. Follows d3-shape's curves: https://d3js.org/d3-shape/curve
struct CurveDrawing {
  let kind: CurveKind
  /// Tension of cardinal curves, alpha of Catmull-Rom, beta of bundle.
  let tension: Double?
  /// Whether `monotone` is so in y rather than in x.
  let monotoneInY: Bool

  func draw(_ x: [Double], _ y: [Double], _ pass: CurvePass, into path: inout PathData) {
    guard !x.isEmpty else { return }
    switch kind {
    case .linear: polyline(x, y, pass, &path)
    case .linearClosed:
      polyline(x, y, .line, &path)
      if x.count > 1 { path.close() }
    case .step: steps(x, y, 0.5, pass, &path)
    case .stepBefore: steps(x, y, pass == .secondBorder ? 1 : 0, pass, &path)
    case .stepAfter: steps(x, y, pass == .secondBorder ? 0 : 1, pass, &path)
    case .basis: basis(x, y, pass, &path)
    case .basisOpen: basisOpen(x, y, pass, &path)
    case .basisClosed: basisClosed(x, y, &path)
    case .bundle: bundle(x, y, &path)
    case .monotone:
      if monotoneInY {
        monotone(y, x, pass, swapped: true, &path)
      } else {
        monotone(x, y, pass, swapped: false, &path)
      }
    case .natural: natural(x, y, pass, &path)
    case .cardinal, .catmullRom: spline(x, y, pass, &path)
    case .cardinalOpen, .catmullRomOpen: splineOpen(x, y, pass, &path)
    case .cardinalClosed, .catmullRomClosed: splineClosed(x, y, &path)
    }
  }

  private func start(_ x: Double, _ y: Double, _ pass: CurvePass, _ path: inout PathData) {
    if pass == .secondBorder { path.line(x, y) } else { path.move(x, y) }
  }

  /// - Parameter lone: whether a line has only one point, which is drawn as a closed dot.
  private func end(_ pass: CurvePass, lone: Bool, _ path: inout PathData) {
    if pass == .secondBorder || pass == .line && lone { path.close() }
  }
}

// MARK: - Straight

extension CurveDrawing {
  private func polyline(_ x: [Double], _ y: [Double], _ pass: CurvePass, _ path: inout PathData) {
    start(x[0], y[0], pass, &path)
    for i in x.indices.dropFirst() { path.line(x[i], y[i]) }
    end(pass, lone: x.count == 1, &path)
  }

  private func steps(_ x: [Double], _ y: [Double], _ t: Double, _ pass: CurvePass, _ path: inout PathData) {
    start(x[0], y[0], pass, &path)
    for i in x.indices.dropFirst() {
      if t <= 0 {
        path.line(x[i - 1], y[i])
        path.line(x[i], y[i])
      } else {
        let middle = x[i - 1] * (1 - t) + x[i] * t
        path.line(middle, y[i - 1])
        path.line(middle, y[i])
      }
    }
    if t > 0, t < 1, x.count > 1 { path.line(x[x.count - 1], y[y.count - 1]) }
    end(pass, lone: x.count == 1, &path)
  }
}

// MARK: - B-splines

extension CurveDrawing {
  /// The piece of a cubic B-spline that ends near point `i`; `next` is the point behind it.
  private func basisPiece(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ x: Double, _ y: Double, _ path: inout PathData
  ) {
    path.cubic(
      (2 * x0 + x1) / 3, (2 * y0 + y1) / 3, (x0 + 2 * x1) / 3, (y0 + 2 * y1) / 3, (x0 + 4 * x1 + x) / 6,
      (y0 + 4 * y1 + y) / 6)
  }

  private func basis(_ x: [Double], _ y: [Double], _ pass: CurvePass, _ path: inout PathData) {
    let last = x.count - 1
    start(x[0], y[0], pass, &path)
    if last >= 2 {
      path.line((5 * x[0] + x[1]) / 6, (5 * y[0] + y[1]) / 6)
      for i in 2...last { basisPiece(x[i - 2], y[i - 2], x[i - 1], y[i - 1], x[i], y[i], &path) }
      basisPiece(x[last - 1], y[last - 1], x[last], y[last], x[last], y[last], &path)
    }
    if last >= 1 { path.line(x[last], y[last]) }
    end(pass, lone: last == 0, &path)
  }

  private func basisOpen(_ x: [Double], _ y: [Double], _ pass: CurvePass, _ path: inout PathData) {
    guard x.count >= 3 else { return }
    start((x[0] + 4 * x[1] + x[2]) / 6, (y[0] + 4 * y[1] + y[2]) / 6, pass, &path)
    for i in x.indices.dropFirst(3) { basisPiece(x[i - 2], y[i - 2], x[i - 1], y[i - 1], x[i], y[i], &path) }
    end(pass, lone: x.count == 3, &path)
  }

  private func basisClosed(_ x: [Double], _ y: [Double], _ path: inout PathData) {
    switch x.count {
    case 1:
      path.move(x[0], y[0])
      path.close()
    case 2:
      path.move((x[0] + 2 * x[1]) / 3, (y[0] + 2 * y[1]) / 3)
      path.line((x[1] + 2 * x[0]) / 3, (y[1] + 2 * y[0]) / 3)
      path.close()
    default:
      let (x, y) = (x + x.prefix(3), y + y.prefix(3))
      path.move((x[0] + 4 * x[1] + x[2]) / 6, (y[0] + 4 * y[1] + y[2]) / 6)
      for i in x.indices.dropFirst(3) { basisPiece(x[i - 2], y[i - 2], x[i - 1], y[i - 1], x[i], y[i], &path) }
    }
  }

  private func bundle(_ x: [Double], _ y: [Double], _ path: inout PathData) {
    let last = x.count - 1
    guard last > 0 else { return }
    let beta = tension ?? 0.85
    let (dx, dy) = (x[last] - x[0], y[last] - y[0])
    func straightened(_ i: Int, _ v: [Double], _ d: Double) -> Double {
      beta * v[i] + (1 - beta) * (v[0] + Double(i) / Double(last) * d)
    }
    basis(x.indices.map { straightened($0, x, dx) }, y.indices.map { straightened($0, y, dy) }, .line, &path)
  }
}

// MARK: - Monotone and natural

extension CurveDrawing {
  /// Steffen's slopes: the curve never rises where its points fall.
  private func monotone(
    _ x: [Double], _ y: [Double], _ pass: CurvePass, swapped: Bool, _ path: inout PathData
  ) {
    // Points that stand on each other would give no slope.
    var keep = [0]
    for i in x.indices.dropFirst() where x[i] != x[keep[keep.count - 1]] || y[i] != y[keep[keep.count - 1]] {
      keep.append(i)
    }
    let xs = keep.count == x.count ? x : keep.map { x[$0] }
    let ys = keep.count == y.count ? y : keep.map { y[$0] }
    let last = xs.count - 1
    if swapped { start(ys[0], xs[0], pass, &path) } else { start(xs[0], ys[0], pass, &path) }
    func piece(_ i: Int, _ t0: Double, _ t1: Double) {
      let (x0, y0, x1, y1) = (xs[i], ys[i], xs[i + 1], ys[i + 1])
      let dx = (x1 - x0) / 3
      if swapped {
        path.cubic(y0 + dx * t0, x0 + dx, y1 - dx * t1, x1 - dx, y1, x1)
      } else {
        path.cubic(x0 + dx, y0 + dx * t0, x1 - dx, y1 - dx * t1, x1, y1)
      }
    }
    func slope(_ i: Int) -> Double {
      let (h0, h1) = (xs[i] - xs[i - 1], xs[i + 1] - xs[i])
      let s0 = (ys[i] - ys[i - 1]) / (h0 != 0 ? h0 : h1 < 0 ? -0.0 : 0)
      let s1 = (ys[i + 1] - ys[i]) / (h1 != 0 ? h1 : h0 < 0 ? -0.0 : 0)
      let p = (s0 * h1 + s1 * h0) / (h0 + h1)
      let result = ((s0 < 0 ? -1.0 : 1) + (s1 < 0 ? -1.0 : 1)) * min(s0.magnitude, s1.magnitude, 0.5 * p.magnitude)
      return result.isNaN ? 0 : result
    }
    func edge(_ i: Int, _ t: Double) -> Double {
      let h = xs[i + 1] - xs[i]
      return h != 0 ? (3 * (ys[i + 1] - ys[i]) / h - t) / 2 : t
    }
    if last == 1 {
      if swapped { path.line(ys[1], xs[1]) } else { path.line(xs[1], ys[1]) }
    } else if last > 1 {
      var previous = 0.0
      for i in 1..<last {
        let t = slope(i)
        piece(i - 1, i == 1 ? edge(0, t) : previous, t)
        previous = t
      }
      piece(last - 1, previous, edge(last - 1, previous))
    }
    end(pass, lone: last == 0, &path)
  }

  private func natural(_ x: [Double], _ y: [Double], _ pass: CurvePass, _ path: inout PathData) {
    start(x[0], y[0], pass, &path)
    if x.count == 2 {
      path.line(x[1], y[1])
    } else if x.count > 2 {
      let (px, qx) = naturalControls(x)
      let (py, qy) = naturalControls(y)
      for i in 0..<(x.count - 1) { path.cubic(px[i], py[i], qx[i], qy[i], x[i + 1], y[i + 1]) }
    }
    end(pass, lone: x.count == 1, &path)
  }

  /// Solves the tridiagonal system of a natural cubic spline for its control points.
  private func naturalControls(_ v: [Double]) -> ([Double], [Double]) {
    let n = v.count - 1
    var a = [Double](repeating: 1, count: n)
    var b = [Double](repeating: 4, count: n)
    var r = [Double](repeating: 0, count: n)
    a[0] = 0
    b[0] = 2
    r[0] = v[0] + 2 * v[1]
    if n > 2 { for i in 1..<(n - 1) { r[i] = 4 * v[i] + 2 * v[i + 1] } }
    a[n - 1] = 2
    b[n - 1] = 7
    r[n - 1] = 8 * v[n - 1] + v[n]
    for i in 1..<n {
      let m = a[i] / b[i - 1]
      b[i] -= m
      r[i] -= m * r[i - 1]
    }
    a[n - 1] = r[n - 1] / b[n - 1]
    for i in stride(from: n - 2, through: 0, by: -1) { a[i] = (r[i] - a[i + 1]) / b[i] }
    b[n - 1] = (v[n] + a[n - 1]) / 2
    for i in 0..<(n - 1) { b[i] = 2 * v[i + 1] - a[i + 1] }
    return (a, b)
  }
}

// MARK: - Cardinal and Catmull-Rom

extension CurveDrawing {
  private var isCatmullRom: Bool { kind == .catmullRom || kind == .catmullRomOpen || kind == .catmullRomClosed }

  /// The piece from point 1 to point 2 of four.
  private func splinePiece(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x3: Double, _ y3: Double,
    _ path: inout PathData
  ) {
    let alpha = tension ?? 0.5
    guard isCatmullRom, alpha != 0 else {
      let k = (1 - (isCatmullRom ? 0 : tension ?? 0)) / 6
      path.cubic(x1 + k * (x2 - x0), y1 + k * (y2 - y0), x2 + k * (x1 - x3), y2 + k * (y1 - y3), x2, y2)
      return
    }
    func length(_ dx: Double, _ dy: Double) -> (Double, Double) {
      let double = pow(dx * dx + dy * dy, alpha)
      return (double.squareRoot(), double)
    }
    let (l01, l01d) = length(x0 - x1, y0 - y1)
    let (l12, l12d) = length(x1 - x2, y1 - y2)
    let (l23, l23d) = length(x2 - x3, y2 - y3)
    var (ax, ay, bx, by) = (x1, y1, x2, y2)
    let epsilon = 1e-12
    if l01 > epsilon {
      let a = 2 * l01d + 3 * l01 * l12 + l12d
      let n = 3 * l01 * (l01 + l12)
      ax = (x1 * a - x0 * l12d + x2 * l01d) / n
      ay = (y1 * a - y0 * l12d + y2 * l01d) / n
    }
    if l23 > epsilon {
      let b = 2 * l23d + 3 * l23 * l12 + l12d
      let m = 3 * l23 * (l23 + l12)
      bx = (x2 * b + x1 * l23d - x3 * l12d) / m
      by = (y2 * b + y1 * l23d - y3 * l12d) / m
    }
    path.cubic(ax, ay, bx, by, x2, y2)
  }

  private func spline(_ x: [Double], _ y: [Double], _ pass: CurvePass, _ path: inout PathData) {
    let last = x.count - 1
    start(x[0], y[0], pass, &path)
    if last == 1 {
      path.line(x[1], y[1])
    } else if last > 1 {
      for i in 0..<last {
        // The ends count twice; a cardinal curve's outer neighbour is the inner one, which leaves no tangent there.
        let before = i == 0 ? (isCatmullRom ? 0 : 1) : i - 1
        let behind = i + 2 > last ? (isCatmullRom ? last : last - 1) : i + 2
        splinePiece(
          x[before], y[before], x[i], y[i], x[i + 1], y[i + 1], x[behind], y[behind], &path)
      }
    }
    end(pass, lone: last == 0, &path)
  }

  private func splineOpen(_ x: [Double], _ y: [Double], _ pass: CurvePass, _ path: inout PathData) {
    guard x.count >= 3 else { return }
    start(x[1], y[1], pass, &path)
    for i in x.indices.dropFirst(3) {
      splinePiece(x[i - 3], y[i - 3], x[i - 2], y[i - 2], x[i - 1], y[i - 1], x[i], y[i], &path)
    }
    end(pass, lone: x.count == 3, &path)
  }

  private func splineClosed(_ x: [Double], _ y: [Double], _ path: inout PathData) {
    switch x.count {
    case 1:
      path.move(x[0], y[0])
      path.close()
    case 2:
      path.move(x[1], y[1])
      path.line(x[0], y[0])
      path.close()
    default:
      let (x, y) = (x + x.prefix(3), y + y.prefix(3))
      path.move(x[1], y[1])
      for i in x.indices.dropFirst(3) {
        splinePiece(x[i - 3], y[i - 3], x[i - 2], y[i - 2], x[i - 1], y[i - 1], x[i], y[i], &path)
      }
    }
  }
}
