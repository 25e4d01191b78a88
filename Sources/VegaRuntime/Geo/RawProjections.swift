#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The projections of Vega; raw values are its names.
package enum ProjectionKind: String, Sendable, Hashable, CaseIterable {
  case albers, albersUsa, azimuthalEqualArea, azimuthalEquidistant, conicConformal, conicEqualArea, conicEquidistant
  case equalEarth, equirectangular, gnomonic, identity, mercator, mollweide, naturalEarth1, orthographic, stereographic
  case transverseMercator

  /// Finds a projection by name; capital letters make no difference.
  package init?(name: String) {
    let wanted = name.lowercased()
    guard let kind = ProjectionKind.allCases.first(where: { $0.rawValue.lowercased() == wanted }) else { return nil }
    self = kind
  }
}

/// From radians on a globe that is turned already to the plane of a unit sphere.
typealias RawProjection = @Sendable (_ lambda: Double, _ phi: Double) -> GeoPoint

extension ProjectionKind {
  /// - Parameter parallels: of conic projections, in radians.
  func raw(parallels: (Double, Double)) -> RawProjection {
    switch self {
    case .albers, .albersUsa, .conicEqualArea: return rawConicEqualArea(parallels.0, parallels.1)
    case .conicConformal: return rawConicConformal(parallels.0, parallels.1)
    case .conicEquidistant: return rawConicEquidistant(parallels.0, parallels.1)
    case .azimuthalEqualArea: return azimuthal { (2 / (1 + $0)).squareRoot() }
    case .azimuthalEquidistant:
      return azimuthal {
        let c = acos(max(-1, min(1, $0)))
        return c == 0 ? 0 : c / sin(c)
      }
    case .equirectangular, .identity: return { GeoPoint($0, $1) }
    case .mercator: return rawMercator
    case .transverseMercator: return { GeoPoint(log(tan((.pi / 2 + $1) / 2)), -$0) }
    case .gnomonic:
      return { x, y in
        let k = cos(x) * cos(y)
        return GeoPoint(cos(y) * sin(x) / k, sin(y) / k)
      }
    case .orthographic: return { GeoPoint(cos($1) * sin($0), sin($1)) }
    case .stereographic:
      return { x, y in
        let k = 1 + cos(x) * cos(y)
        return GeoPoint(cos(y) * sin(x) / k, sin(y) / k)
      }
    case .naturalEarth1:
      return { x, y in
        let a = y * y
        let b = a * a
        return GeoPoint(
          x * (0.8707 - 0.131979 * a + b * (b * (0.003971 * a - 0.001529 * b) - 0.013791)),
          y * (1.007226 + a * (0.015085 + b * (0.028874 * a - 0.044475 - 0.005916 * b))))
      }
    case .equalEarth: return rawEqualEarth
    case .mollweide: return rawMollweide
    }
  }

  /// What d3 starts with: scale, centre in degrees, parallels in degrees, the angle of the visible cap in degrees.
  var defaults: (scale: Double, center: GeoPoint, parallels: (Double, Double), clipAngle: Double?) {
    switch self {
    case .albers, .albersUsa: (1070, GeoPoint(-0.6, 38.7), (29.5, 45.5), nil)
    case .conicEqualArea: (155.424, GeoPoint(0, 33.6442), (0, 60), nil)
    case .conicConformal: (109.5, .zero, (30, 30), nil)
    case .conicEquidistant: (131.154, GeoPoint(0, 13.9389), (0, 60), nil)
    case .azimuthalEqualArea: (124.75, .zero, (0, 60), 180 - 1e-3)
    case .azimuthalEquidistant: (79.4188, .zero, (0, 60), 180 - 1e-3)
    case .equirectangular: (152.63, .zero, (0, 60), nil)
    case .identity: (1, .zero, (0, 60), nil)
    case .mercator: (961 / (2 * .pi), .zero, (0, 60), nil)
    case .transverseMercator: (159.155, .zero, (0, 60), nil)
    case .gnomonic: (144.049, .zero, (0, 60), 60)
    case .orthographic: (249.5, .zero, (0, 60), 90 + 1e-6)
    case .stereographic: (250, .zero, (0, 60), 142)
    case .naturalEarth1: (175.295, .zero, (0, 60), nil)
    case .equalEarth: (177.158, .zero, (0, 60), nil)
    case .mollweide: (169.529, .zero, (0, 60), nil)
    }
  }
}

private func azimuthal(_ scale: @escaping @Sendable (Double) -> Double) -> RawProjection {
  { x, y in
    let k = scale(cos(x) * cos(y))
    if k == .infinity { return GeoPoint(2, 0) }
    return GeoPoint(k * cos(y) * sin(x), k * sin(y))
  }
}

private let rawMercator: RawProjection = { GeoPoint($0, log(tan((.pi / 2 + $1) / 2))) }

private func rawConicEqualArea(_ y0: Double, _ y1: Double) -> RawProjection {
  let s = sin(y0)
  let n = (s + sin(y1)) / 2
  if n.magnitude < 1e-6 {
    let c = cos(y0)
    return { GeoPoint($0 * c, sin($1) / c) }
  }
  let c = 1 + s * (2 * n - s)
  let r0 = c.squareRoot() / n
  return { x, y in
    let r = (c - 2 * n * sin(y)).squareRoot() / n
    return GeoPoint(r * sin(x * n), r0 - r * cos(x * n))
  }
}

private func rawConicConformal(_ y0: Double, _ y1: Double) -> RawProjection {
  func t(_ y: Double) -> Double { tan((.pi / 2 + y) / 2) }
  let c = cos(y0)
  let n = y0 == y1 ? sin(y0) : log(c / cos(y1)) / log(t(y1) / t(y0))
  guard n != 0, !n.isNaN else { return rawMercator }
  let f = c * pow(t(y0), n) / n
  return { x, y in
    var y = y
    if f > 0 {
      if y < -.pi / 2 + 1e-6 { y = -.pi / 2 + 1e-6 }
    } else if y > .pi / 2 - 1e-6 {
      y = .pi / 2 - 1e-6
    }
    let r = f / pow(tan((.pi / 2 + y) / 2), n)
    return GeoPoint(r * sin(n * x), f - r * cos(n * x))
  }
}

private func rawConicEquidistant(_ y0: Double, _ y1: Double) -> RawProjection {
  let c = cos(y0)
  let n = y0 == y1 ? sin(y0) : (c - cos(y1)) / (y1 - y0)
  let g = c / n + y0
  if n.magnitude < 1e-6 { return { GeoPoint($0, $1) } }
  return { x, y in
    let r = g - y
    return GeoPoint(r * sin(n * x), g - r * cos(n * x))
  }
}

private let rawEqualEarth: RawProjection = { lambda, phi in
  let (a1, a2, a3, a4) = (1.340264, -0.081106, 0.000893, 0.003796)
  let m = 3.0.squareRoot() / 2
  let l = asin(max(-1, min(1, m * sin(phi))))
  let l2 = l * l
  let l6 = l2 * l2 * l2
  return GeoPoint(
    lambda * cos(l) / (m * (a1 + 3 * a2 * l2 + l6 * (7 * a3 + 9 * a4 * l2))), l * (a1 + a2 * l2 + l6 * (a3 + a4 * l2)))
}

private let rawMollweide: RawProjection = { lambda, phi in
  // Newton's method for t + sin t = pi sin phi.
  let wanted = Double.pi * sin(phi)
  var t = phi
  for _ in 0..<30 {
    let delta = (t + sin(t) - wanted) / (1 + cos(t))
    guard delta.isFinite else { break }
    t -= delta
    if delta.magnitude < 1e-6 { break }
  }
  t /= 2
  return GeoPoint(2 * 2.0.squareRoot() / .pi * lambda * cos(t), 2.0.squareRoot() * sin(t))
}
