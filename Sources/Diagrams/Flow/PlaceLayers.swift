/// The distances that the placing of layers keeps, in pixels.
struct LayerSpacing {
  /// Between two nodes of a layer.
  var nodeGap: Double
  /// Between an edge that passes and what stands beside it.
  var bendGap: Double
  /// Between what stands in a frame and the frame.
  var framePadding: Double
  /// More of it on the side of the frame's name.
  var frameHead: Double
  /// The room across the flow; `nil` when there is as much as needed.
  var room: Double?
}

extension LayeredChain {
  /// Gives every item its place across the flow: the fourth step of Sugiyama's method.
  mutating func placeLayers(_ spacing: LayerSpacing) {
    let centers = LayerAlignment(self) { [self] left, right in
      (items[left].size + items[right].size) / 2 + gap(left, right, spacing)
    }.centers()
    for index in items.indices { items[index].center = centers[index] }
    if items.contains(where: { $0.group != nil }) { partBlocks(spacing) }
    moveToStart(spacing)
    if let room = spacing.room, extent(spacing) > room { placeInside(spacing) }
  }

  /// Finds places in a room that is too slim for straight edges: each layer is moved towards its neighbours by least squares
  /// under the distances to be kept, edges that pass through weighing most.
  private mutating func placeInside(_ spacing: LayerSpacing) {
    for layer in layers {
      var end = 0.0
      for (place, item) in layer.enumerated() {
        if place > 0 { end += gap(layer[place - 1], item, spacing) }
        items[item].center = end + items[item].size / 2
        end += items[item].size
      }
    }
    let rounds = 12
    for round in 0..<rounds {
      let isDown = round % 2 == 0
      let isLast = round >= rounds - 4
      for layer in isDown ? Array(layers.indices) : Array(layers.indices.reversed()) {
        place(layer, isDown: isDown, usingBoth: isLast, spacing)
      }
    }
    if items.contains(where: { $0.group != nil }) { partBlocks(spacing) }
    moveToStart(spacing)
  }

  private func gap(_ left: Int, _ right: Int, _ spacing: LayerSpacing) -> Double {
    var gap = items[left].isBend || items[right].isBend ? spacing.bendGap : spacing.nodeGap
    if items[left].group != items[right].group {
      if items[left].group != nil { gap += spacing.framePadding }
      if items[right].group != nil { gap += spacing.framePadding + spacing.frameHead }
    }
    return gap
  }

  private mutating func place(_ layer: Int, isDown: Bool, usingBoth: Bool, _ spacing: LayerSpacing) {
    let order = layers[layer]
    var starts: [Double] = []
    var weights: [Double] = []
    for item in order {
      var (sum, weight) = (0.0, 0.0)
      func add(_ neighbours: [Int]) {
        for neighbour in neighbours {
          let pull = items[item].isNode ? (items[neighbour].isNode ? 1.0 : 1.5) : (items[neighbour].isNode ? 2 : 8)
          sum += items[neighbour].center * pull
          weight += pull
        }
      }
      if usingBoth || isDown { add(items[item].before) }
      if usingBoth || !isDown { add(items[item].after) }
      starts.append((weight > 0 ? sum / weight : items[item].center) - items[item].size / 2)
      weights.append(weight > 0 ? weight : 0.1)
    }
    let gaps = zip(order, order.dropFirst()).map { gap($0, $1, spacing) }
    var placed = spread(starts: starts, lengths: order.map { items[$0].size }, gaps: gaps, weights: weights)
    if let room = spacing.room { keepInside(&placed, order, gaps, room) }
    for (item, start) in zip(order, placed) { items[item].center = start + items[item].size / 2 }
  }

  /// Pushes a layer back into the room; it fits when its items and gaps do.
  private func keepInside(_ starts: inout [Double], _ order: [Int], _ gaps: [Double], _ room: Double) {
    var limit = room
    for place in order.indices.reversed() {
      let size = items[order[place]].size
      starts[place] = min(starts[place], limit - size)
      limit = starts[place] - (place > 0 ? gaps[place - 1] : 0)
    }
    var least = 0.0
    for place in order.indices {
      starts[place] = max(starts[place], least)
      least = starts[place] + items[order[place]].size + (place < gaps.count ? gaps[place] : 0)
    }
  }

  /// Moves frames, and what stands between them, apart where they share layers.
  private mutating func partBlocks(_ spacing: LayerSpacing) {
    struct Block {
      var items: [Int]
      var isFrame: Bool
      var score: Double
    }
    let scores = blockScores()
    var frames: [Int: [Int]] = [:]
    var blocks: [Block] = []
    for (index, item) in items.enumerated() {
      if let group = item.group {
        frames[group, default: []].append(index)
      } else {
        blocks.append(Block(items: [index], isFrame: false, score: scores[index]))
      }
    }
    for members in frames.sorted(by: { $0.key < $1.key }).map(\.value) {
      blocks.append(Block(items: members, isFrame: true, score: scores[members[0]]))
    }
    blocks.sort { ($0.score, $0.items[0]) < ($1.score, $1.items[0]) }
    // The end of what stands in each layer so far.
    var ends = [Double](repeating: -.infinity, count: layers.count)
    var wasBend = [Bool](repeating: false, count: layers.count)
    for block in blocks {
      let inside = block.items.map { items[$0].layer }
      let range = (inside.min() ?? 0)...(inside.max() ?? 0)
      let head = block.isFrame ? spacing.framePadding + spacing.frameHead : 0
      let start = (block.items.map { items[$0].center - items[$0].size / 2 }.min() ?? 0) - head
      let isBend = !block.isFrame && items[block.items[0]].isBend
      var shift = 0.0
      for layer in range where ends[layer] > -.infinity {
        let gap = isBend || wasBend[layer] ? spacing.bendGap : spacing.nodeGap
        shift = max(shift, ends[layer] + gap - start)
      }
      for item in block.items { items[item].center += shift }
      let end =
        (block.items.map { items[$0].center + items[$0].size / 2 }.max() ?? 0)
        + (block.isFrame ? spacing.framePadding : 0)
      for layer in range {
        ends[layer] = end
        wasBend[layer] = isBend
      }
    }
  }

  /// Lets the first item, or the frame around it, begin at 0.
  private mutating func moveToStart(_ spacing: LayerSpacing) {
    let start =
      items.map { $0.center - $0.size / 2 - ($0.group == nil ? 0 : spacing.framePadding + spacing.frameHead) }.min()
      ?? 0
    for index in items.indices { items[index].center -= start }
  }

  /// From the first to the last item across the flow, frames included.
  func extent(_ spacing: LayerSpacing) -> Double {
    items.map { $0.center + $0.size / 2 + ($0.group == nil ? 0 : spacing.framePadding) }.max() ?? 0
  }
}
