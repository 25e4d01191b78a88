/// The space in which colours between two colours are found; raw values are Vega's.
package enum ColorSpace: String, Hashable, Sendable, CaseIterable {
  case rgb, hsl, lab, hcl, cubehelix
  case hslLong = "hsl-long"
  case hclLong = "hcl-long"
  case cubehelixLong = "cubehelix-long"

  /// The space's name in CSS; `nil` for those that CSS does not know or goes through otherwise.
  var cssName: String? {
    switch self {
    case .rgb: "srgb"
    case .lab: "lab"
    case .hcl: "lch"
    default: nil
    }
  }
}

/// Colours from 0 to 1, through any number of given colours at equal distances.
///
/// Follows d3-interpolate's `piecewise`: hues take the shorter way unless the space is a long one.
package struct ColorRamp: Hashable, Sendable {
  private var space: ColorSpace
  private var gamma: Double
  private var pieces: [Piece]
  /// The part of the ramp that 0 to 1 covers; reversed when the second is smaller.
  private var start = 0.0
  private var end = 1.0
  /// The colours as they were named, where a page decides what they are; else empty.
  private var paints: [String] = []

  /// Four channels in the ramp's space, at the start and by how much they change.
  private struct Piece: Hashable, Sendable {
    var from: SIMD4<Double>
    var change: SIMD4<Double>
  }

  package init(_ colors: [Color], space: ColorSpace = .rgb, gamma: Double = 1) {
    self.space = space
    self.gamma = gamma
    let points = colors.map { ColorRamp.channels($0, space) }
    if points.count == 1 {
      pieces = [Piece(from: points[0], change: .zero)]
    } else {
      pieces = zip(points, points.dropFirst()).map { ColorRamp.piece($0, $1, space, gamma) }
    }
  }
}

extension ColorRamp {
  /// A ramp through paints. Those that follow the page, `var(--ramp-1, #e8f4f1)`, are mixed by whoever shows the picture.
  package init(paints: [String], space: ColorSpace = .rgb, gamma: Double = 1) {
    let known = paints.compactMap { paint in Color(css: paint).map { (paint, $0) } }
    self.init(known.map(\.1), space: space, gamma: gamma)
    if space.cssName != nil, gamma == 1, known.contains(where: { $0.0.hasPrefix("var(") }) {
      self.paints = known.map(\.0)
    }
  }

  /// The paint at a place: a colour, a property of the page, or a mix of two, to a hundredth.
  package func paint(at t: Double) -> String {
    guard !paints.isEmpty, !t.isNaN, let space = space.cssName else { return self(t).hex }
    let last = Double(paints.count - 1)
    let place = max(0, min(last, (start + t * (end - start)) * last))
    let index = Int(place)
    let share = Int(((place - Double(index)) * 100).rounded())
    if share == 0 { return paints[index] }
    if share == 100 { return paints[index + 1] }
    return "color-mix(in \(space), \(paints[index]) \(100 - share)%, \(paints[index + 1]))"
  }

  /// The colour at a place; outside 0 to 1 the first or last piece goes on.
  package func callAsFunction(_ t: Double) -> Color {
    guard !pieces.isEmpty, !t.isNaN else { return Color(r: 0, g: 0, b: 0) }
    let place = (start + t * (end - start)) * Double(pieces.count)
    let index = max(0, min(pieces.count - 1, Int(max(-1, min(1e6, place.rounded(.down))))))
    let piece = pieces[index]
    let rest = place - Double(index)
    var channels = piece.from + piece.change * rest
    switch space {
    case .rgb:
      if gamma != 1 {
        for i in 0..<3 { channels[i] = power(channels[i], 1 / gamma) }
      }
      return Color(r: channels[0], g: channels[1], b: channels[2], a: channels[3])
    case .hsl, .hslLong: return HSLColor(h: channels[0], s: channels[1], l: channels[2], a: channels[3]).rgb
    case .lab: return LabColor(l: channels[0], a: channels[1], b: channels[2], alpha: channels[3]).rgb
    case .hcl, .hclLong: return HCLColor(h: channels[0], c: channels[1], l: channels[2], a: channels[3]).rgb
    case .cubehelix, .cubehelixLong:
      if gamma != 1 { channels[2] = piece.from[2] + piece.change[2] * power(rest, gamma) }
      return CubehelixColor(h: channels[0], s: channels[1], l: channels[2], a: channels[3]).rgb
    }
  }

  /// The ramp between two of its places; a larger first one turns it around.
  package func part(from: Double, to: Double) -> ColorRamp {
    var ramp = self
    ramp.start = start + from * (end - start)
    ramp.end = start + to * (end - start)
    return ramp
  }

  package var reversed: ColorRamp { part(from: 1, to: 0) }

  /// As `sampled`, as paints.
  package func sampledPaints(_ count: Int) -> [String] {
    guard count > 0 else { return [] }
    return (1...count).map { paint(at: Double($0) / Double(count + 1)) }
  }

  /// `count` colours at equal distances, the very ends left out, as Vega samples schemes for discrete scales.
  package func sampled(_ count: Int) -> [Color] {
    guard count > 0 else { return [] }
    return (1...count).map { self(Double($0) / Double(count + 1)) }
  }
}

// MARK: - Channels

extension ColorRamp {
  private static func channels(_ color: Color, _ space: ColorSpace) -> SIMD4<Double> {
    switch space {
    case .rgb: return SIMD4(color.r, color.g, color.b, color.a)
    case .hsl, .hslLong:
      let hsl = HSLColor(color)
      return SIMD4(hsl.h, hsl.s, hsl.l, hsl.a)
    case .lab:
      let lab = LabColor(color)
      return SIMD4(lab.l, lab.a, lab.b, lab.alpha)
    case .hcl, .hclLong:
      let hcl = HCLColor(color)
      return SIMD4(hcl.h, hcl.c, hcl.l, hcl.a)
    case .cubehelix, .cubehelixLong:
      let helix = CubehelixColor(color)
      return SIMD4(helix.h, helix.s, helix.l, helix.a)
    }
  }

  private static func piece(
    _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ space: ColorSpace, _ gamma: Double
  ) -> Piece {
    var (a, b) = (a, b)
    if space == .rgb, gamma != 1 {
      for i in 0..<3 {
        a[i] = power(a[i], gamma)
        b[i] = power(b[i], gamma)
      }
    }
    var change = b - a
    for i in 0..<4 where change[i].isNaN {
      // A grey has no hue of its own: the other colour's holds all the way.
      if a[i].isNaN { a[i] = b[i] }
      change[i] = 0
    }
    switch space {
    case .hsl, .hcl, .cubehelix:
      if change[0].magnitude > 180 { change[0] -= 360 * roundHalfUp(change[0] / 360) }
    default: break
    }
    return Piece(from: a, change: change)
  }
}
