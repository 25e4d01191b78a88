/// The nodes of a layered graph together with the points at which edges pass through layers and the labels that stand on
/// edges; every link joins neighbouring layers.
struct LayeredChain {
  enum Kind: Hashable {
    /// A node of the graph.
    case node(Int)
    /// A point where an edge passes.
    case bend
    /// The label of an edge.
    case label(edge: Int)
  }

  struct Item {
    var kind: Kind
    var layer: Int
    /// The frame it stands in.
    var group: Int?
    var before: [Int] = []
    var after: [Int] = []
    /// Across the direction of flow: its size and where its middle is, in pixels.
    var size = 0.0
    var center = 0.0
    /// Along the direction of flow, in pixels.
    var depth = 0.0

    var isNode: Bool { if case .node = kind { true } else { false } }
    var isBend: Bool { kind == .bend }
  }

  var items: [Item] = []
  /// Indices of items, in their order across the flow. Labels have layers of their own, between those of the nodes.
  var layers: [[Int]] = []
  /// Parallel to the edges: the items that an edge runs through, from the earlier to the later layer.
  private(set) var paths: [[Int]] = []

  /// - Parameters:
  ///   - edges: with whether each has a label.
  ///   - groups: parallel to the nodes.
  init(_ graph: LayeredGraph, edges: [(from: Int, to: Int)], hasLabel: [Bool], groups: [Int?]) {
    let labelled = LayeredChain.labelledGaps(graph, edges, hasLabel)
    // Where each layer of the graph, and the layer of labels behind it, comes to stand.
    var places: [Int] = []
    var count = 0
    for layer in 0..<graph.layerCount {
      places.append(count)
      count += labelled.gaps.contains(layer) ? 2 : 1
    }
    layers = [[Int]](repeating: [], count: count)
    items.reserveCapacity(graph.layers.count * 3)
    for node in graph.layers.indices {
      items.append(Item(kind: .node(node), layer: places[graph.layers[node]], group: groups[node]))
    }
    for (index, edge) in edges.enumerated() {
      let (from, to) = graph.ends(edge, index)
      let group = groups[from] == groups[to] ? groups[from] : nil
      let labelLayer = hasLabel[index] ? places[labelled.gap[index]] + 1 : -1
      var path = [from]
      for layer in stride(from: items[from].layer + 1, to: items[to].layer, by: 1) {
        path.append(items.count)
        items.append(Item(kind: layer == labelLayer ? .label(edge: index) : .bend, layer: layer, group: group))
      }
      path.append(to)
      for (before, after) in zip(path, path.dropFirst()) {
        items[before].after.append(after)
        items[after].before.append(before)
      }
      paths.append(path)
    }
    for index in items.indices { layers[items[index].layer].append(index) }
  }

  /// Chooses the gap behind a layer in which each label stands: that of a short edge, else the one that has labels already
  /// and is nearest to the middle.
  private static func labelledGaps(
    _ graph: LayeredGraph, _ edges: [(from: Int, to: Int)], _ hasLabel: [Bool]
  ) -> (gaps: Set<Int>, gap: [Int]) {
    var gaps: Set<Int> = []
    var chosen = [Int](repeating: -1, count: edges.count)
    let byLength = edges.indices.filter { hasLabel[$0] }.map { index in
      let (from, to) = graph.ends(edges[index], index)
      return (index: index, first: graph.layers[from], last: graph.layers[to] - 1)
    }
    for edge in byLength.sorted(by: { ($0.last - $0.first, $0.index) < ($1.last - $1.first, $1.index) }) {
      let middle = (edge.first + edge.last) / 2
      let known = (edge.first...edge.last).filter { gaps.contains($0) }
      let gap = known.min { (($0 - middle).magnitude, $0) < (($1 - middle).magnitude, $1) } ?? middle
      gaps.insert(gap)
      chosen[edge.index] = gap
    }
    return (gaps, chosen)
  }
}
