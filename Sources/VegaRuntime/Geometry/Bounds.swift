/// A box along the axes, in pixels; empty until something is added.
package struct Bounds: Hashable, Sendable {
  package var x1 = Double.infinity
  package var y1 = Double.infinity
  package var x2 = -Double.infinity
  package var y2 = -Double.infinity

  package init() {}

  package init(x1: Double, y1: Double, x2: Double, y2: Double) {
    (self.x1, self.x2) = x2 < x1 ? (x2, x1) : (x1, x2)
    (self.y1, self.y2) = y2 < y1 ? (y2, y1) : (y1, y2)
  }

  package var isEmpty: Bool { !(x2 >= x1 && y2 >= y1) }
  package var width: Double { isEmpty ? 0 : x2 - x1 }
  package var height: Double { isEmpty ? 0 : y2 - y1 }

  @inlinable package mutating func add(_ x: Double, _ y: Double) {
    if x < x1 { x1 = x }
    if x > x2 { x2 = x }
    if y < y1 { y1 = y }
    if y > y2 { y2 = y }
  }

  package mutating func formUnion(_ other: Bounds) {
    guard !other.isEmpty else { return }
    add(other.x1, other.y1)
    add(other.x2, other.y2)
  }

  package func union(_ other: Bounds) -> Bounds {
    var bounds = self
    bounds.formUnion(other)
    return bounds
  }

  package func translated(_ dx: Double, _ dy: Double) -> Bounds {
    var bounds = self
    bounds.x1 += dx
    bounds.x2 += dx
    bounds.y1 += dy
    bounds.y2 += dy
    return bounds
  }

  package func expanded(by distance: Double) -> Bounds {
    guard !isEmpty else { return self }
    var bounds = self
    bounds.x1 -= distance
    bounds.y1 -= distance
    bounds.x2 += distance
    bounds.y2 += distance
    return bounds
  }

  package func intersects(_ other: Bounds) -> Bool {
    !(x2 < other.x1 || x1 > other.x2 || y2 < other.y1 || y1 > other.y2)
  }
}
