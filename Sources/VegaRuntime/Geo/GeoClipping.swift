#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

// Clipping on the sphere and in the plane. Follows d3-geo 3: https://d3js.org/d3-geo/stream

/// A point on its way through a clip; the mark says that it lies on the clip's edge.
struct ClipPoint: Equatable {
  var x: Double
  var y: Double
  var mark = 0

  /// Whether two points are one as far as clipping goes.
  func meets(_ other: ClipPoint) -> Bool { (x - other.x).magnitude < 1e-6 && (y - other.y).magnitude < 1e-6 }
}

/// Keeps lines until they are asked for.
final class ClipBuffer: GeoSink {
  private(set) var lines: [[ClipPoint]] = []

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    if !lines.isEmpty { lines[lines.count - 1].append(ClipPoint(x: x, y: y, mark: mark)) }
  }
  override func lineStart() { lines.append([]) }

  func rejoin() {
    guard lines.count > 1 else { return }
    let last = lines.removeLast()
    lines.append(last + lines.removeFirst())
  }

  func takeLines() -> [[ClipPoint]] {
    defer { lines = [] }
    return lines
  }
}

/// Clips a line; afterwards tells whether it was whole (1) and whether its ends belong together (2).
class ClipLine: GeoSink {
  let sink: GeoSink
  init(_ sink: GeoSink) { self.sink = sink }
  var clean: Int { 1 }
}

/// A region of the sphere that shapes are cut to.
protocol ClipRegion {
  func contains(_ x: Double, _ y: Double) -> Bool
  func makeLine(_ sink: GeoSink) -> ClipLine
  /// Walks along the region's edge.
  func interpolate(_ from: ClipPoint?, _ to: ClipPoint?, _ direction: Double, _ sink: GeoSink)
  /// A point of the region's edge.
  var start: GeoPoint { get }
}

/// Cuts points, lines and polygons to a region of the sphere.
final class ClipStream: GeoSink {
  private let region: any ClipRegion
  private let sink: GeoSink
  private let line: ClipLine
  private let buffer = ClipBuffer()
  private let ringLine: ClipLine
  private var inPolygon = false
  private var inLine = false
  private var hasStarted = false
  private var polygon: [[GeoPoint]] = []
  private var segments: [[ClipPoint]] = []
  private var ring: [GeoPoint] = []

  init(_ region: any ClipRegion, _ sink: GeoSink) {
    self.region = region
    self.sink = sink
    line = region.makeLine(sink)
    ringLine = region.makeLine(buffer)
  }

  override func point(_ x: Double, _ y: Double, _ mark: Int) {
    if inPolygon {
      ring.append(GeoPoint(x, y))
      ringLine.point(x, y)
    } else if inLine {
      line.point(x, y)
    } else if region.contains(x, y) {
      sink.point(x, y)
    }
  }

  override func lineStart() {
    if inPolygon {
      ringLine.lineStart()
      ring = []
    } else {
      inLine = true
      line.lineStart()
    }
  }

  override func lineEnd() {
    guard inPolygon else {
      inLine = false
      return line.lineEnd()
    }
    guard let first = ring.first else { return }
    point(first.x, first.y, 0)
    ringLine.lineEnd()
    let clean = ringLine.clean
    var found = buffer.takeLines()
    ring.removeLast()
    polygon.append(ring)
    guard !found.isEmpty else { return }
    if clean & 1 != 0 {
      let whole = found[0]
      guard whole.count > 1 else { return }
      begin()
      sink.lineStart()
      for point in whole.dropLast() { sink.point(point.x, point.y) }
      sink.lineEnd()
      return
    }
    // The ring was cut, but its ends belong together.
    if found.count > 1, clean & 2 != 0 {
      let last = found.removeLast()
      found.append(last + found.removeFirst())
    }
    segments += found.filter { $0.count > 1 }
  }

  override func polygonStart() {
    inPolygon = true
    polygon = []
    segments = []
  }

  override func polygonEnd() {
    inPolygon = false
    let startInside = polygonContains(polygon, region.start)
    if !segments.isEmpty {
      begin()
      func key(_ p: ClipPoint) -> Double { p.x < 0 ? p.y - .pi / 2 - 1e-6 : .pi / 2 - p.y }
      rejoin(segments, { key($0) - key($1) }, startInside, region.interpolate, sink)
    } else if startInside {
      begin()
      sink.lineStart()
      region.interpolate(nil, nil, 1, sink)
      sink.lineEnd()
    }
    if hasStarted {
      sink.polygonEnd()
      hasStarted = false
    }
    polygon = []
    segments = []
  }

  override func sphere() {
    sink.polygonStart()
    sink.lineStart()
    region.interpolate(nil, nil, 1, sink)
    sink.lineEnd()
    sink.polygonEnd()
  }

  private func begin() {
    if !hasStarted {
      sink.polygonStart()
      hasStarted = true
    }
  }
}

/// Joins the pieces of a cut polygon along the clip's edge (the algorithm of Greiner and Hormann).
func rejoin(
  _ segments: [[ClipPoint]], _ order: (ClipPoint, ClipPoint) -> Double, _ startInside: Bool,
  _ interpolate: (ClipPoint?, ClipPoint?, Double, GeoSink) -> Void, _ sink: GeoSink
) {
  struct Node {
    var point: ClipPoint
    var piece: [ClipPoint]?
    /// The same place in the other list.
    var other = 0
    var isEntry: Bool
    var isVisited = false
    var next = 0
    var previous = 0
  }
  var nodes: [Node] = []
  var subject: [Int] = []
  var clip: [Int] = []
  func add(_ point: ClipPoint, _ piece: [ClipPoint], isEntry: Bool) {
    nodes.append(Node(point: point, piece: piece, other: nodes.count + 1, isEntry: isEntry))
    nodes.append(Node(point: point, piece: nil, other: nodes.count - 1, isEntry: !isEntry))
    subject.append(nodes.count - 2)
    clip.append(nodes.count - 1)
  }
  for segment in segments where segment.count > 1 {
    var segment = segment
    let last = segment.count - 1
    if segment[0].meets(segment[last]) {
      if segment[0].mark == 0, segment[last].mark == 0 {
        sink.lineStart()
        for point in segment.dropLast() { sink.point(point.x, point.y) }
        sink.lineEnd()
        continue
      }
      segment[last].x += 2e-6
    }
    add(segment[0], segment, isEntry: true)
    add(segment[last], segment, isEntry: false)
  }
  guard !subject.isEmpty else { return }
  clip = stablySorted(clip) { a, b in
    let difference = order(nodes[a].point, nodes[b].point)
    return difference < 0 ? -1 : difference > 0 ? 1 : 0
  }
  for list in [subject, clip] {
    for (place, node) in list.enumerated() {
      let next = list[(place + 1) % list.count]
      nodes[node].next = next
      nodes[next].previous = node
    }
  }
  var inside = startInside
  for node in clip {
    inside.toggle()
    nodes[node].isEntry = inside
  }
  let start = subject[0]
  while true {
    var current = start
    var isSubject = true
    while nodes[current].isVisited {
      current = nodes[current].next
      if current == start { return }
    }
    sink.lineStart()
    repeat {
      nodes[current].isVisited = true
      nodes[nodes[current].other].isVisited = true
      let node = nodes[current]
      if node.isEntry {
        if isSubject {
          for point in node.piece ?? [] { sink.point(point.x, point.y) }
        } else {
          interpolate(node.point, nodes[node.next].point, 1, sink)
        }
        current = node.next
      } else {
        if isSubject {
          for point in (nodes[node.previous].piece ?? []).reversed() { sink.point(point.x, point.y) }
        } else {
          interpolate(node.point, nodes[node.previous].point, -1, sink)
        }
        current = node.previous
      }
      current = nodes[current].other
      isSubject.toggle()
    } while !nodes[current].isVisited
    sink.lineEnd()
  }
}

/// Whether a spherical polygon holds a point; radians.
func polygonContains(_ polygon: [[GeoPoint]], _ point: GeoPoint) -> Bool {
  func longitude(_ p: GeoPoint) -> Double {
    p.x.magnitude <= .pi ? p.x : (p.x < 0 ? -1 : 1) * (fmod(p.x.magnitude + .pi, 2 * .pi) - .pi)
  }
  let lambda = longitude(point)
  var phi = point.y
  let sinPhi = sin(phi)
  let normal = SIMD3(sin(lambda), -cos(lambda), 0)
  var angle = 0.0
  var winding = 0
  // The sum decides a sign near 0, so its rounding is carried along.
  var (sum, carry) = (0.0, 0.0)
  if sinPhi == 1 { phi = .pi / 2 + 1e-6 } else if sinPhi == -1 { phi = -.pi / 2 - 1e-6 }
  for ring in polygon {
    guard var before = ring.last else { continue }
    var lambda0 = longitude(before)
    var (sin0, cos0) = (sin(before.y / 2 + .pi / 4), cos(before.y / 2 + .pi / 4))
    for now in ring {
      let lambda1 = longitude(now)
      let (sin1, cos1) = (sin(now.y / 2 + .pi / 4), cos(now.y / 2 + .pi / 4))
      let delta = lambda1 - lambda0
      let sign: Double = delta >= 0 ? 1 : -1
      let span = sign * delta
      let crosses = span > .pi
      let k = sin0 * sin1
      let term = atan2(k * sign * sin(span), cos0 * cos1 + k * cos(span)) - carry
      let next = sum + term
      carry = (next - sum) - term
      sum = next
      angle += crosses ? delta + sign * 2 * .pi : delta
      if crosses != ((lambda0 >= lambda) != (lambda1 >= lambda)) {
        let arc = normalized(cross(cartesian(before), cartesian(now)))
        let intersection = normalized(cross(normal, arc))
        let phiArc = (crosses != (delta >= 0) ? -1 : 1) * asin(max(-1, min(1, intersection.z)))
        if phi > phiArc || phi == phiArc && (arc.x != 0 || arc.y != 0) {
          winding += crosses != (delta >= 0) ? 1 : -1
        }
      }
      (lambda0, sin0, cos0, before) = (lambda1, sin1, cos1, now)
    }
  }
  return (angle < -1e-6 || angle < 1e-6 && sum < -1e-12) != (winding & 1 != 0)
}

func cartesian(_ p: GeoPoint) -> SIMD3<Double> {
  SIMD3(cos(p.y) * cos(p.x), cos(p.y) * sin(p.x), sin(p.y))
}

func spherical(_ v: SIMD3<Double>) -> GeoPoint { GeoPoint(atan2(v.y, v.x), asin(max(-1, min(1, v.z)))) }

func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }

func normalized(_ v: SIMD3<Double>) -> SIMD3<Double> { v / dot(v, v).squareRoot() }
