/// Where edges run between layers, and how much room they take there.
///
/// Coordinates are along and across the direction of flow: `x` of a point is along it.
struct RoutedFlow {
  /// Where each layer begins along the flow, and how deep it is.
  var starts: [Double] = []
  var depths: [Double] = []
  /// Parallel to the edges: lines, interrupted where a label stands; from the earlier layer to the later one.
  var lines: [[[Point]]] = []
  /// Along the flow, from the first to the last layer with the frames around them.
  var length = 0.0
}

/// How edges run between layers, in pixels.
struct RouteSpacing {
  /// Between parallel edges.
  var track = 8.0
  /// From a node to the next when edges run straight.
  var straight = 36.0
  /// The same beside a label.
  var besideLabel = 14.0
  /// Room for an arrowhead before a node.
  var arrow = 18.0
  /// Of frames, along the flow: before the first layer and behind the last.
  var frameBefore = 10.0
  var frameAfter = 10.0
  /// Room for the name of each frame at its beginning.
  var frameHeads: [Double] = []
}

extension LayeredChain {
  /// Routes every edge at right angles: straight through its layer, then across in a track of its own between two layers.
  ///
  /// Edges that leave one node share a track, as the lines of a wiring plan do.
  func routeEdges(isReversed: [Bool], _ spacing: RouteSpacing) -> RoutedFlow {
    var links: [[ChannelLink]] = [[ChannelLink]](repeating: [], count: max(0, layers.count - 1))
    let ports = Ports(self, isReversed: isReversed)
    // Every link is put into the channel that it crosses.
    var places: [[(channel: Int, link: Int)]] = []
    for (edge, path) in paths.enumerated() {
      var own: [(channel: Int, link: Int)] = []
      for (step, (from, to)) in zip(path, path.dropFirst()).enumerated() {
        let channel = items[from].layer
        own.append((channel, links[channel].count))
        let ends = straightened(
          from, ports.leaving(path, step, isReversed[edge]), to, ports.entering(path, step + 1, isReversed[edge]))
        links[channel].append(ChannelLink(from: ends.from, to: ends.to, source: from))
      }
      places.append(own)
    }
    var routed = RoutedFlow()
    let (begins, ends) = frameEdges(spacing)
    let isNodeLayer = layers.map { layer in layer.contains { items[$0].isNode } }
    var along = begins.first ?? 0
    for layer in layers.indices {
      let depth = layers[layer].map { items[$0].depth }.max() ?? 0
      routed.starts.append(along)
      routed.depths.append(depth)
      along += depth + ends[layer]
      guard layer < links.count else { break }
      let tracks = assignTracks(&links[layer])
      let head = isNodeLayer[layer + 1] ? spacing.arrow : 10
      for index in links[layer].indices {
        links[layer][index].along = along + 10 + Double(links[layer][index].track) * spacing.track
      }
      let free = isNodeLayer[layer] && isNodeLayer[layer + 1] ? spacing.straight : spacing.besideLabel
      along += max(free, tracks == 0 ? 0 : 10 + Double(tracks - 1) * spacing.track + head)
      along += begins[layer + 1]
    }
    routed.length = along
    for (edge, path) in paths.enumerated() {
      routed.lines.append(lines(path, places[edge].map { links[$0.channel][$0.link] }, routed))
    }
    return routed
  }

  /// The room that frames need before the layers where they begin and behind those where they end; between their own
  /// layers they need none.
  private func frameEdges(_ spacing: RouteSpacing) -> (begins: [Double], ends: [Double]) {
    var begins = [Double](repeating: 0, count: layers.count)
    var ends = begins
    var ranges: [Int: ClosedRange<Int>] = [:]
    for item in items where !item.isBend {
      guard let group = item.group else { continue }
      let range = ranges[group] ?? item.layer...item.layer
      ranges[group] = min(range.lowerBound, item.layer)...max(range.upperBound, item.layer)
    }
    for (group, range) in ranges.sorted(by: { $0.key < $1.key }) {
      let head = group < spacing.frameHeads.count ? spacing.frameHeads[group] : 0
      begins[range.lowerBound] = max(begins[range.lowerBound], spacing.frameBefore + head)
      ends[range.upperBound] = spacing.frameAfter
    }
    return (begins, ends)
  }

  /// Lets a link that would have a small kink touch its node a little beside the middle.
  private func straightened(_ from: Int, _ start: Double, _ to: Int, _ end: Double) -> (from: Double, to: Double) {
    let kink = (start - end).magnitude
    guard kink > 0, kink < 16 else { return (start, end) }
    func mayMove(_ item: Int) -> Bool { items[item].isNode && items[item].size / 2 - 8 > kink }
    if mayMove(from), mayMove(to) { return ((start + end) / 2, (start + end) / 2) }
    if mayMove(from) { return (end, end) }
    return mayMove(to) ? (start, start) : (start, end)
  }

  private func lines(_ path: [Int], _ links: [ChannelLink], _ routed: RoutedFlow) -> [[Point]] {
    guard let first = path.first, let firstLink = links.first else { return [] }
    let start = routed.starts[items[first].layer] + items[first].depth
    var lines: [[Point]] = []
    var current = [Point(start, firstLink.from)]
    for (link, item) in zip(links, path.dropFirst()) {
      if (link.from - link.to).magnitude > 0.5 {
        current.append(Point(link.along, link.from))
        current.append(Point(link.along, link.to))
      }
      let layer = items[item].layer
      switch items[item].kind {
      case .bend: continue
      case .node:
        current.append(Point(routed.starts[layer], link.to))
        lines.append(current)
        current = []
      case .label:
        let before = routed.starts[layer] + (routed.depths[layer] - items[item].depth) / 2
        current.append(Point(before - 4, link.to))
        lines.append(current)
        current = [Point(before + items[item].depth + 4, link.to)]
      }
    }
    return lines.map(withoutDetours)
  }

  /// Drops points on the way between two others.
  private func withoutDetours(_ points: [Point]) -> [Point] {
    var result: [Point] = []
    for point in points {
      if let last = result.last, (last.x - point.x).magnitude < 0.01, (last.y - point.y).magnitude < 0.01 { continue }
      if result.count > 1 {
        let (a, b) = (result[result.count - 2], result[result.count - 1])
        let isOnLine =
          (a.x - b.x).magnitude < 0.01 && (b.x - point.x).magnitude < 0.01
          || (a.y - b.y).magnitude < 0.01 && (b.y - point.y).magnitude < 0.01
        if isOnLine { result.removeLast() }
      }
      result.append(point)
    }
    return result
  }

  /// Gives each net of links that run across a track, so that nets that would overlap have different ones.
  /// - Returns: how many tracks there are.
  private func assignTracks(_ links: inout [ChannelLink]) -> Int {
    struct Net {
      var source: Int
      var from: Double
      var links: [Int]
      var targets: [Double]
      var low: Double
      var high: Double
      var track = 0
      func covers(_ place: Double) -> Bool { place > low + 0.5 && place < high - 0.5 }
    }
    var nets: [Net] = []
    for (index, link) in links.enumerated() where (link.from - link.to).magnitude > 0.5 {
      if let known = nets.firstIndex(where: { $0.source == link.source && ($0.from - link.from).magnitude < 0.5 }) {
        nets[known].links.append(index)
        nets[known].targets.append(link.to)
        nets[known].low = min(nets[known].low, link.to)
        nets[known].high = max(nets[known].high, link.to)
      } else {
        nets.append(
          Net(
            source: link.source, from: link.from, links: [index], targets: [link.to], low: min(link.from, link.to),
            high: max(link.from, link.to)))
      }
    }
    guard !nets.isEmpty else { return 0 }
    /// What it costs that `a` runs before `b`: crossings, and lines that would lie on one another.
    func cost(_ a: Net, _ b: Net) -> Int {
      var cost = a.covers(b.from) ? 1 : 0
      cost += a.targets.count { b.covers($0) }
      if b.targets.isEmpty == false, a.targets.contains(where: { ($0 - b.from).magnitude < 4 }) { cost += 10 }
      return cost
    }
    for _ in nets.indices {
      var hasChanged = false
      for index in nets.indices.dropLast() where cost(nets[index], nets[index + 1]) > cost(nets[index + 1], nets[index])
      {
        nets.swapAt(index, index + 1)
        hasChanged = true
      }
      if !hasChanged { break }
    }
    var count = 0
    for index in nets.indices {
      let before = nets[..<index].filter { $0.low < nets[index].high + 6 && nets[index].low < $0.high + 6 }
      nets[index].track = (before.map(\.track).max() ?? -1) + 1
      count = max(count, nets[index].track + 1)
    }
    for net in nets { for link in net.links { links[link].track = net.track } }
    return count
  }
}

/// A link between two neighbouring layers.
private struct ChannelLink {
  /// Places across the flow.
  var from: Double
  var to: Double
  /// The item it leaves.
  var source: Int
  var track = 0
  /// Where it runs across.
  var along = 0.0
}

/// Where edges touch the items: in the middle, those that run back beside it.
private struct Ports {
  private let chain: LayeredChain
  /// By item: whether edges of both directions touch its side.
  private var isMixedAfter: [Bool]
  private var isMixedBefore: [Bool]

  init(_ chain: LayeredChain, isReversed: [Bool]) {
    self.chain = chain
    var after = [UInt8](repeating: 0, count: chain.items.count)
    var before = after
    for (edge, path) in chain.paths.enumerated() {
      guard let first = path.first, let last = path.last else { continue }
      after[first] |= isReversed[edge] ? 2 : 1
      before[last] |= isReversed[edge] ? 2 : 1
    }
    isMixedAfter = after.map { $0 == 3 }
    isMixedBefore = before.map { $0 == 3 }
  }

  func leaving(_ path: [Int], _ step: Int, _ isReversed: Bool) -> Double {
    let item = path[step]
    return chain.items[item].center + (isReversed && isMixedAfter[item] ? shift(item, towards: path[step + 1]) : 0)
  }

  func entering(_ path: [Int], _ step: Int, _ isReversed: Bool) -> Double {
    let item = path[step]
    return chain.items[item].center + (isReversed && isMixedBefore[item] ? shift(item, towards: path[step - 1]) : 0)
  }

  private func shift(_ item: Int, towards other: Int) -> Double {
    let offset = min(chain.items[item].size / 4, 20)
    return chain.items[other].center < chain.items[item].center ? -offset : offset
  }
}
