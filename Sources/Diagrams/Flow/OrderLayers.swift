extension LayeredChain {
  /// Orders the items of every layer so that few links cross.
  ///
  /// Third step of Sugiyama's method: sweeps down and up that put each item at the mean place of its neighbours, then
  /// exchanges of neighbours as long as that saves crossings; the best order seen is kept. Items of a frame stay together, and
  /// frames keep one order in all layers.
  mutating func orderLayers() {
    guard layers.count > 1 else { return arrangeGroups() }
    var best = layers
    var fewest = crossings()
    for round in 0..<10 where fewest > 0 || round < 2 {
      let isDown = round % 2 == 0
      let order = isDown ? Array(layers.indices.dropFirst()) : Array(layers.indices.dropLast().reversed())
      for layer in order { sortByNeighbours(layer, isDown) }
      exchangeNeighbours()
      let count = crossings()
      if count < fewest { (fewest, best) = (count, layers) }
    }
    layers = best
    arrangeGroups()
  }

  private func places() -> [Int] {
    var places = [Int](repeating: 0, count: items.count)
    for layer in layers { for (place, item) in layer.enumerated() { places[item] = place } }
    return places
  }

  private mutating func sortByNeighbours(_ layer: Int, _ isDown: Bool) {
    let places = self.places()
    var keys: [(key: Double, place: Int, item: Int)] = []
    for (place, item) in layers[layer].enumerated() {
      let neighbours = isDown ? items[item].before : items[item].after
      let sum = neighbours.reduce(0) { $0 + places[$1] }
      let other = isDown ? layers[layer - 1].count : layers[layer + 1].count
      // Without neighbours it stays about where it is.
      let key =
        neighbours.isEmpty
        ? (Double(place) + 0.5) / Double(layers[layer].count)
        : (Double(sum) / Double(neighbours.count) + 0.5) / Double(max(1, other))
      keys.append((key, place, item))
    }
    keys.sort { ($0.key, $0.place) < ($1.key, $1.place) }
    layers[layer] = keys.map(\.item)
  }

  /// Exchanges neighbours while that saves crossings with both layers around.
  private mutating func exchangeNeighbours() {
    var places = self.places()
    for layer in layers.indices {
      for _ in 0..<3 {
        var hasChanged = false
        for place in layers[layer].indices.dropLast() {
          let (left, right) = (layers[layer][place], layers[layer][place + 1])
          let now = pairCrossings(left, right, places)
          guard now > 0, pairCrossings(right, left, places) < now else { continue }
          layers[layer].swapAt(place, place + 1)
          (places[left], places[right]) = (place + 1, place)
          hasChanged = true
        }
        if !hasChanged { break }
      }
    }
  }

  /// How many links of two items cross when `left` stands before `right`.
  private func pairCrossings(_ left: Int, _ right: Int, _ places: [Int]) -> Int {
    var count = 0
    for a in items[left].before { for b in items[right].before where places[a] > places[b] { count += 1 } }
    for a in items[left].after { for b in items[right].after where places[a] > places[b] { count += 1 } }
    return count
  }

  /// How many links cross in all.
  func crossings() -> Int {
    let places = self.places()
    var total = 0
    for layer in layers.dropLast() {
      // Links in the order of their first end; each inversion of their second ends is a crossing.
      var ends: [Int] = []
      for item in layer { ends += items[item].after.map { places[$0] }.sorted() }
      for (index, end) in ends.enumerated() { for other in ends[..<index] where other > end { total += 1 } }
    }
    return total
  }

  /// Brings the items of each frame together: frames by the mean of their items, everything else by its own place.
  private mutating func arrangeGroups() {
    guard items.contains(where: { $0.group != nil }) else { return }
    let scores = blockScores()
    for layer in layers.indices {
      let order = layers[layer].enumerated().map { (scores[$1], $0, $1) }
      layers[layer] = order.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
  }

  /// For each item where it or its frame stands across the flow, from 0 to 1.
  func blockScores() -> [Double] {
    var scores = [Double](repeating: 0, count: items.count)
    for layer in layers {
      for (place, item) in layer.enumerated() { scores[item] = (Double(place) + 0.5) / Double(layer.count) }
    }
    // An edge passes a frame on one side.
    for path in paths where path.count > 3 {
      let inner = path.dropFirst().dropLast().filter { items[$0].group == nil }
      let mean = inner.reduce(0) { $0 + scores[$1] } / Double(max(1, inner.count))
      for item in inner { scores[item] = mean }
    }
    var sums: [Int: (sum: Double, count: Double)] = [:]
    for (index, item) in items.enumerated() {
      if let group = item.group { sums[group, default: (0, 0)].sum += scores[index]; sums[group]!.count += 1 }
    }
    for (index, item) in items.enumerated() {
      if let group = item.group, let sum = sums[group] {
        // Frames with the same mean must not interleave.
        scores[index] = sum.sum / sum.count + Double(group) * 1e-9
      }
    }
    return scores
  }
}
