/// A graph whose nodes stand in layers so that every edge leads from one layer to a later one.
///
/// The first two steps of Sugiyama's method: edges that close a circle are turned round, then each node stands one layer
/// behind the last of those that lead to it.
struct LayeredGraph {
  /// Parallel to the nodes: from 0.
  private(set) var layers: [Int]
  /// Parallel to the edges: whether an edge runs against the layers.
  private(set) var isReversed: [Bool]

  /// - Parameters:
  ///   - edges: pairs of node indices, no node with itself.
  ///   - mostPerLayer: how many nodes may stand in one layer; the others move on.
  init(nodeCount: Int, edges: [(from: Int, to: Int)], mostPerLayer: Int) {
    layers = [Int](repeating: 0, count: nodeCount)
    isReversed = [Bool](repeating: false, count: edges.count)
    reverseCircles(nodeCount, edges)
    assignLayers(nodeCount, edges, mostPerLayer)
  }

  var layerCount: Int { (layers.max() ?? -1) + 1 }

  /// An edge as the layers have it: from the earlier to the later node.
  func ends(_ edge: (from: Int, to: Int), _ index: Int) -> (from: Int, to: Int) {
    isReversed[index] ? (edge.to, edge.from) : edge
  }

  /// Turns every edge that leads back to a node that is still being walked through, in the order of the author.
  private mutating func reverseCircles(_ nodeCount: Int, _ edges: [(from: Int, to: Int)]) {
    var leaving = [[(edge: Int, to: Int)]](repeating: [], count: nodeCount)
    for (index, edge) in edges.enumerated() { leaving[edge.from].append((index, edge.to)) }
    // 0 not seen, 1 on the way, 2 done.
    var state = [UInt8](repeating: 0, count: nodeCount)
    var hasEntry = [Bool](repeating: false, count: nodeCount)
    for edge in edges { hasEntry[edge.to] = true }
    // Begin where nothing leads to, so that circles are cut where they close.
    for start in (0..<nodeCount).filter({ !hasEntry[$0] }) + Array(0..<nodeCount) where state[start] == 0 {
      var path: [(node: Int, next: Int)] = [(start, 0)]
      state[start] = 1
      while let last = path.last {
        guard last.next < leaving[last.node].count else {
          state[last.node] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let step = leaving[last.node][last.next]
        if state[step.to] == 1 {
          isReversed[step.edge] = true
        } else if state[step.to] == 0 {
          state[step.to] = 1
          path.append((step.to, 0))
        }
      }
    }
  }

  private mutating func assignLayers(_ nodeCount: Int, _ edges: [(from: Int, to: Int)], _ most: Int) {
    var leaving = [[Int]](repeating: [], count: nodeCount)
    var waiting = [Int](repeating: 0, count: nodeCount)
    for (index, edge) in edges.enumerated() {
      let (from, to) = ends(edge, index)
      leaving[from].append(to)
      waiting[to] += 1
    }
    var ready = (0..<nodeCount).filter { waiting[$0] == 0 }
    var earliest = [Int](repeating: 0, count: nodeCount)
    var counts: [Int] = []
    var order: [Int] = []
    while !ready.isEmpty {
      // The one that may come first; the author's order decides among equals.
      let place = ready.indices.min { (earliest[ready[$0]], ready[$0]) < (earliest[ready[$1]], ready[$1]) } ?? 0
      let node = ready.remove(at: place)
      order.append(node)
      var layer = earliest[node]
      while layer < counts.count, counts[layer] >= most { layer += 1 }
      while counts.count <= layer { counts.append(0) }
      counts[layer] += 1
      layers[node] = layer
      for next in leaving[node] {
        earliest[next] = max(earliest[next], layer + 1)
        waiting[next] -= 1
        if waiting[next] == 0 { ready.append(next) }
      }
    }
    // A node that nothing leads to stands right before what it leads to.
    var hasEntry = [Bool](repeating: false, count: nodeCount)
    for (index, edge) in edges.enumerated() { hasEntry[ends(edge, index).to] = true }
    for node in order.reversed() where !hasEntry[node] {
      guard let nearest = leaving[node].map({ layers[$0] }).min(), nearest - 1 > layers[node] else { continue }
      guard counts[nearest - 1] < most else { continue }
      counts[layers[node]] -= 1
      layers[node] = nearest - 1
      counts[nearest - 1] += 1
    }
    closeEmptyLayers(counts)
  }

  private mutating func closeEmptyLayers(_ counts: [Int]) {
    guard counts.contains(0) else { return }
    var shifted: [Int] = []
    var next = 0
    for count in counts {
      shifted.append(next)
      if count > 0 { next += 1 }
    }
    for node in layers.indices { layers[node] = shifted[layers[node]] }
  }
}
