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
  /// Indices of items, in their order across the flow.
  var layers: [[Int]] = []
  /// Parallel to the edges: the items that an edge runs through, from the earlier to the later layer.
  var paths: [[Int]] = []
  /// Whether labels have layers of their own, between those of the nodes.
  let hasLabelLayers: Bool

  /// - Parameters:
  ///   - edges: with whether each has a label.
  ///   - groups: parallel to the nodes.
  init(_ graph: LayeredGraph, edges: [(from: Int, to: Int)], hasLabel: [Bool], groups: [Int?]) {
    hasLabelLayers = hasLabel.contains(true)
    let factor = hasLabelLayers ? 2 : 1
    let count = max(0, graph.layerCount * factor - (factor - 1))
    layers = [[Int]](repeating: [], count: count)
    items.reserveCapacity(graph.layers.count * 3)
    for node in graph.layers.indices {
      items.append(Item(kind: .node(node), layer: graph.layers[node] * factor, group: groups[node]))
    }
    for (index, edge) in edges.enumerated() {
      let (from, to) = graph.ends(edge, index)
      let (first, last) = (items[from].layer, items[to].layer)
      let group = groups[from] == groups[to] ? groups[from] : nil
      // The odd layer nearest to the middle.
      let labelLayer = hasLabel[index] ? (first / 2 + last / 2 - 1) / 2 * 2 + 1 : -1
      var path = [from]
      for layer in stride(from: first + 1, to: last, by: 1) {
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
}
