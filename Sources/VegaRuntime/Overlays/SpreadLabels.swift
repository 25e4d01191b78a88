/// Moves labels apart along one axis, as little as possible, and keeps their order.
///
/// Least squares under the condition that neighbours do not touch: with each label's wanted place taken relative to a tight
/// stack of all before it, that is isotonic regression, which pooling adjacent violators solves exactly in linear time
/// (Best and Chakravarti 1990, https://doi.org/10.1007/BF01580873).
///
/// - Parameters:
///   - wanted: centres where the labels would stand if they were alone, in pixels.
///   - heights: parallel to `wanted`.
///   - gap: pixels to leave between two labels.
///   - range: where the labels' edges should stay; a stack that is taller is centred on it.
/// - Returns: centres, parallel to `wanted`.
package func spreadLabels(
  _ wanted: [Double], heights: [Double], gap: Double, within range: ClosedRange<Double>
) -> [Double] {
  guard !wanted.isEmpty else { return [] }
  let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
  // Where each label's centre would be in a tight stack that begins at 0.
  var stacked: [Double] = []
  var height = 0.0
  for index in order {
    stacked.append(height + heights[index] / 2)
    height += heights[index] + gap
  }
  height -= gap
  var blocks: [(mean: Double, count: Int)] = []
  for (place, index) in order.enumerated() {
    blocks.append((wanted[index] - stacked[place], 1))
    while blocks.count > 1, blocks[blocks.count - 2].mean > blocks[blocks.count - 1].mean {
      let last = blocks.removeLast()
      let before = blocks.removeLast()
      let count = before.count + last.count
      let sum = before.mean * Double(before.count) + last.mean * Double(last.count)
      blocks.append((sum / Double(count), count))
    }
  }
  let low = range.lowerBound
  let high = range.upperBound - height
  var result = wanted
  var place = 0
  for block in blocks {
    let start = high < low ? (low + high) / 2 : min(max(block.mean, low), high)
    for _ in 0..<block.count {
      result[order[place]] = start + stacked[place]
      place += 1
    }
  }
  return result
}
