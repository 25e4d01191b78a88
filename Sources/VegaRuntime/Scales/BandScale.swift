internal import AlmanacCore

/// A scale from the places of a discrete domain to bands, or to points, along an axis.
///
/// Follows Vega's band scale, which also lets a lone category keep its padding:
/// https://vega.github.io/vega/docs/scales/#band
package struct BandScale: Hashable, Sendable {
  /// How many values the domain has.
  package let count: Int
  /// Distance between the starts of neighbouring bands, in pixels.
  package let step: Double
  /// Width of a band, in pixels; 0 for points.
  package let bandwidth: Double
  /// Pixels at both ends, in their given order.
  package let rangeStart: Double
  package let rangeEnd: Double
  private let first: Double
  private let reversed: Bool

  /// - Parameters:
  ///   - range: pixels at both ends; the first may be the larger one.
  ///   - paddingInner: part of a step left empty between bands, 0 to 1. Points are bands with 1.
  ///   - paddingOuter: part of a step left empty before the first and after the last band.
  ///   - align: where left-over space goes: 0 behind, 1 before, 0.5 both.
  ///   - round: whether positions and widths are whole pixels.
  package init(
    count: Int, range: (Double, Double), paddingInner: Double = 0, paddingOuter: Double = 0, align: Double = 0.5,
    round: Bool = false
  ) {
    func unit(_ x: Double) -> Double { x.isNaN ? 0 : min(1, max(0, x)) }
    let inner = unit(paddingInner)
    let outer = unit(paddingOuter)
    self.count = count
    (rangeStart, rangeEnd) = range
    reversed = range.1 < range.0
    let start = min(range.0, range.1)
    let extent = max(range.0, range.1) - start
    let space = bandSpace(count: count, paddingInner: inner, paddingOuter: outer)
    var step = extent / (space == 0 ? 1 : space)
    // A step that was a whole number before it was added up is one still.
    if round { step = (step + 1e-9).rounded(.down) }
    var first = start + (extent - step * (Double(count) - inner)) * unit(align)
    var bandwidth = step * (1 - inner)
    if round {
      first = roundHalfUp(first)
      bandwidth = roundHalfUp(bandwidth)
    }
    self.step = step
    self.first = first
    self.bandwidth = bandwidth
  }
}

extension BandScale {
  /// Returns where the band at `index` of the domain starts, in pixels; the lower end also where the range is reversed.
  @inlinable package func start(of index: Int) -> Double { origin + step * Double(place(index)) }

  /// The middle of a band.
  @inlinable package func center(of index: Int) -> Double { start(of: index) + bandwidth / 2 }

  @usableFromInline package var origin: Double { first }
  @usableFromInline package func place(_ index: Int) -> Int { reversed ? count - 1 - index : index }

  /// Returns the index of the band that holds a pixel, or the nearest one.
  package func index(at pixel: Double) -> Int? {
    guard count > 0, step > 0 else { return nil }
    let place = min(count - 1, max(0, Int(limited: ((pixel - first) / step).rounded(.down))))
    return reversed ? count - 1 - place : place
  }
}

/// How many steps a band scale of `count` values takes, as Vega's expression function `bandspace`.
package func bandSpace(count: Int, paddingInner: Double, paddingOuter: Double) -> Double {
  guard count > 0 else { return 0 }
  let space = Double(count) - paddingInner + paddingOuter * 2
  return space > 0 ? space : 1
}
