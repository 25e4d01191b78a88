/// The places of items across the flow after Brandes and Köpf: most edges run straight, all that pass through layers do.
///
/// Every item is aligned with the middle one of its neighbours, once for each of the four corners from which one can begin;
/// aligned items form blocks that are packed tightly, and the mean of the two middle results is taken.
///
/// Ulrik Brandes, Boris Köpf: Fast and Simple Horizontal Coordinate Assignment (2001).
struct LayerAlignment {
  private let chain: LayeredChain
  /// The distance between the middles of two neighbours in a layer, at least.
  private let separation: (Int, Int) -> Double
  /// Links that must not be straight because a link between two bends crosses them.
  private var conflicts: Set<[Int]> = []

  init(_ chain: LayeredChain, separation: @escaping (Int, Int) -> Double) {
    self.chain = chain
    self.separation = separation
    findConflicts()
  }

  /// Returns the middle of every item, from 0.
  func centers() -> [Double] {
    var results: [[Double]] = []
    for isUpward in [false, true] { for isFromRight in [false, true] { results.append(align(isUpward, isFromRight)) } }
    // All four are laid over the narrowest: those from the left by their left edge, those from the right by their right.
    func extent(_ centers: [Double]) -> (low: Double, high: Double) {
      var (low, high) = (Double.infinity, -Double.infinity)
      for (index, center) in centers.enumerated() {
        low = min(low, center - chain.items[index].size / 2)
        high = max(high, center + chain.items[index].size / 2)
      }
      return (low, high)
    }
    let extents = results.map(extent)
    let narrowest = extents.indices.min { extents[$0].high - extents[$0].low < extents[$1].high - extents[$1].low } ?? 0
    for index in results.indices {
      let isFromRight = index % 2 == 1
      let shift =
        isFromRight ? extents[narrowest].high - extents[index].high : extents[narrowest].low - extents[index].low
      for item in results[index].indices { results[index][item] += shift }
    }
    return chain.items.indices.map { item in
      let sorted = results.map { $0[item] }.sorted()
      return (sorted[1] + sorted[2]) / 2
    }
  }

  // MARK: - One of the four

  private func align(_ isUpward: Bool, _ isFromRight: Bool) -> [Double] {
    var layers = isUpward ? Array(chain.layers.reversed()) : chain.layers
    if isFromRight { layers = layers.map { $0.reversed() } }
    var places = [Int](repeating: 0, count: chain.items.count)
    for layer in layers { for (place, item) in layer.enumerated() { places[item] = place } }
    var root = Array(chain.items.indices)
    var next = root
    for layer in layers.dropFirst() {
      var last = -1
      for item in layer {
        let neighbours = (isUpward ? chain.items[item].after : chain.items[item].before).sorted {
          places[$0] < places[$1]
        }
        guard !neighbours.isEmpty else { continue }
        let (low, high) = ((neighbours.count - 1) / 2, neighbours.count / 2)
        for middle in low...high where next[item] == item {
          let neighbour = neighbours[middle]
          guard last < places[neighbour], !conflicts.contains(link(item, neighbour)) else { continue }
          next[neighbour] = item
          root[item] = root[neighbour]
          next[item] = root[item]
          last = places[neighbour]
        }
      }
    }
    let centers = pack(layers, root, isFromRight)
    return isFromRight ? centers.map { -$0 } : centers
  }

  /// Packs the blocks from the left, then lets each move to the right as far as the next.
  private func pack(_ layers: [[Int]], _ root: [Int], _ isFromRight: Bool) -> [Double] {
    let count = chain.items.count
    var before: [[(block: Int, distance: Double)]] = [[(block: Int, distance: Double)]](repeating: [], count: count)
    var after = before
    for layer in layers {
      for (left, right) in zip(layer, layer.dropFirst()) {
        let distance = isFromRight ? separation(right, left) : separation(left, right)
        before[root[right]].append((root[left], distance))
        after[root[left]].append((root[right], distance))
      }
    }
    var order: [Int] = []
    var isSeen = [Bool](repeating: false, count: count)
    for start in chain.items.indices where root[start] == start && !isSeen[start] {
      var path = [(start, 0)]
      isSeen[start] = true
      while let (block, step) = path.last {
        if step < before[block].count {
          path[path.count - 1].1 += 1
          let other = before[block][step].block
          if !isSeen[other] {
            isSeen[other] = true
            path.append((other, 0))
          }
        } else {
          order.append(block)
          path.removeLast()
        }
      }
    }
    var centers = [Double](repeating: 0, count: count)
    for block in order {
      centers[block] = before[block].reduce(0) { max($0, centers[$1.block] + $1.distance) }
    }
    for block in order.reversed() where !after[block].isEmpty {
      let room = after[block].reduce(Double.infinity) { min($0, centers[$1.block] - $1.distance) }
      centers[block] = max(centers[block], room)
    }
    return chain.items.indices.map { centers[root[$0]] }
  }

  // MARK: - Conflicts

  private func link(_ a: Int, _ b: Int) -> [Int] { a < b ? [a, b] : [b, a] }

  /// Marks every link that crosses one between two bends.
  private mutating func findConflicts() {
    var places = [Int](repeating: 0, count: chain.items.count)
    for layer in chain.layers { for (place, item) in layer.enumerated() { places[item] = place } }
    for layer in chain.layers {
      let links = layer.flatMap { item in chain.items[item].after.map { (item, $0) } }
      for (a, b) in links where !chain.items[a].isNode && !chain.items[b].isNode {
        for (c, d) in links where chain.items[c].isNode || chain.items[d].isNode {
          if (places[a] - places[c]) * (places[b] - places[d]) < 0 { conflicts.insert(link(c, d)) }
        }
      }
    }
  }
}
