/// Moves intervals along a line as little as possible so that none overlaps the next: isotonic regression by pooling.
///
/// Labels beside a ring, nodes of a layer and children of a tree all want a place of their own and must keep their order.
///
/// - Parameters:
///   - intervals: where each begins if it could, and how long it is; in order.
///   - weights: how strongly each wants its place; 1 for all without.
///   - gap: at least between two of them.
/// - Returns: where each begins.
/// - Complexity: O(*n*).
func spread(_ intervals: [(start: Double, length: Double)], gap: Double, weights: [Double]? = nil) -> [Double] {
  spread(
    starts: intervals.map(\.start), lengths: intervals.map(\.length),
    gaps: [Double](repeating: gap, count: max(0, intervals.count - 1)), weights: weights)
}

/// - Parameter gaps: at least between each interval and the next.
func spread(starts: [Double], lengths: [Double], gaps: [Double], weights: [Double]? = nil) -> [Double] {
  struct Pool {
    var sum: Double
    var weight: Double
    var count: Int
    var mean: Double { sum / weight }
  }
  var offsets: [Double] = []
  offsets.reserveCapacity(starts.count)
  var offset = 0.0
  var pools: [Pool] = []
  for index in starts.indices {
    offsets.append(offset)
    let weight = weights?[index] ?? 1
    var pool = Pool(sum: (starts[index] - offset) * weight, weight: weight, count: 1)
    while let last = pools.last, last.mean > pool.mean {
      pool.sum += last.sum
      pool.weight += last.weight
      pool.count += last.count
      pools.removeLast()
    }
    pools.append(pool)
    offset += lengths[index] + (index < gaps.count ? gaps[index] : 0)
  }
  var result: [Double] = []
  result.reserveCapacity(starts.count)
  for pool in pools {
    for _ in 0..<pool.count { result.append(pool.mean + offsets[result.count]) }
  }
  return result
}
