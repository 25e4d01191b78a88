internal import VegaRuntime

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Where the words of a point stand.
struct LabelPlace: Hashable, Sendable {
  /// Of the edge or the middle that `align` names.
  var x: Double
  /// Of the upper edge.
  var y: Double
  var align: TextAlign
}

/// Moves points that would cover one another to the nearest free place.
///
/// - Parameter distance: between two points, at least, in pixels.
func dodged(_ points: [Point], distance: Double, in area: Bounds) -> [Point] {
  var placed: [Point] = []
  for point in points {
    let start = Point(min(max(point.x, area.x1), area.x2), min(max(point.y, area.y1), area.y2))
    placed.append(freePlace(start, distance, placed, area) ?? start)
  }
  return placed
}

private func freePlace(_ start: Point, _ distance: Double, _ placed: [Point], _ area: Bounds) -> Point? {
  func isFree(_ point: Point) -> Bool {
    placed.allSatisfy {
      ($0.x - point.x) * ($0.x - point.x) + ($0.y - point.y) * ($0.y - point.y) >= distance * distance
    }
  }
  if isFree(start) { return start }
  for ring in 1...60 {
    let radius = Double(ring) * distance / 4
    let count = 8 + ring * 4
    for step in 0..<count {
      let angle = 2 * .pi * Double(step) / Double(count)
      let point = Point(start.x + radius * cos(angle), start.y + radius * sin(angle))
      guard point.x >= area.x1, point.x <= area.x2, point.y >= area.y1, point.y <= area.y2 else { continue }
      if isFree(point) { return point }
    }
  }
  return nil
}

/// Finds a place beside each point for its words so that nothing overlaps, inside an area.
///
/// Tries right, left, above, below and the corners, the points with the fewest choices first, and undoes a choice that leaves
/// another point without any.
/// - Parameters:
///   - sizes: width and height of each point's words.
///   - middle: where the axes cross; words that a line would run through are chosen last.
/// - Returns: `nil` when the words do not all fit.
func labelPlaces(
  _ points: [Point], _ sizes: [(width: Double, height: Double)], radius: Double, area: Bounds, middle: Point
) -> [LabelPlace]? {
  struct Candidate {
    var place: LabelPlace
    var box: Bounds
    var cost: Double
  }
  func overlaps(_ a: Bounds, _ b: Bounds) -> Bool { a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2 }
  let dots = points.map {
    Bounds(x1: $0.x - radius - 2, y1: $0.y - radius - 2, x2: $0.x + radius + 2, y2: $0.y + radius + 2)
  }
  var choices: [[Candidate]] = []
  for (index, point) in points.enumerated() {
    let (width, height) = sizes[index]
    let near = radius + 5
    let diagonal = radius + 1
    // Right, left, below, above, then the corners.
    let positions: [(x: Double, y: Double, align: TextAlign)] = [
      (point.x + near, point.y - height / 2, .left), (point.x - near, point.y - height / 2, .right),
      (point.x, point.y + near - 2, .center), (point.x, point.y - near - height + 2, .center),
      (point.x + diagonal, point.y + diagonal, .left), (point.x + diagonal, point.y - diagonal - height, .left),
      (point.x - diagonal, point.y + diagonal, .right), (point.x - diagonal, point.y - diagonal - height, .right),
    ]
    var own: [Candidate] = []
    for (order, position) in positions.enumerated() {
      let left =
        switch position.align {
        case .left: position.x
        case .center: position.x - width / 2
        case .right: position.x - width
        }
      let box = Bounds(x1: left, y1: position.y, x2: left + width, y2: position.y + height)
      guard box.x1 >= area.x1 - 6, box.x2 <= area.x2 + 6, box.y1 >= area.y1 - 4, box.y2 <= area.y2 + 4 else { continue }
      guard dots.indices.allSatisfy({ $0 == index || !overlaps(dots[$0], box) }) else { continue }
      var cost = Double(order)
      if box.x1 < middle.x, box.x2 > middle.x { cost += 6 }
      if box.y1 < middle.y, box.y2 > middle.y { cost += 6 }
      own.append(
        Candidate(place: LabelPlace(x: position.x, y: position.y, align: position.align), box: box, cost: cost))
    }
    if own.isEmpty { return nil }
    choices.append(own.sorted { $0.cost < $1.cost })
  }
  let order = points.indices.sorted { (choices[$0].count, $0) < (choices[$1].count, $1) }
  var chosen = [Int](repeating: -1, count: points.count)
  // Backtracking with a bound on its steps: a crowded field is better served by numbers.
  var steps = 0
  func search(_ depth: Int) -> Bool {
    if depth == order.count { return true }
    let point = order[depth]
    for (number, candidate) in choices[point].enumerated() {
      steps += 1
      if steps > 4_000 { return false }
      let isFree = order[..<depth].allSatisfy { !overlaps(choices[$0][chosen[$0]].box.inset(-3, -1), candidate.box) }
      guard isFree else { continue }
      chosen[point] = number
      if search(depth + 1) { return true }
    }
    chosen[point] = -1
    return false
  }
  guard search(0) else { return nil }
  return points.indices.map { choices[$0][chosen[$0]].place }
}
