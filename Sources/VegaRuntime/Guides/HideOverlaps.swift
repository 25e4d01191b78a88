/// Hides labels until none collide: every second one, or greedily one after the other.
/// https://github.com/vega/vega/blob/main/packages/vega-view-transforms/src/Overlap.js
func hideOverlaps(_ items: inout [SceneItem], greedy: Bool, separation: Double) {
  let boxes = items.map(\.bounds)
  let source = items.indices.filter { boxes[$0].width > 1 && boxes[$0].height > 1 }
  guard source.count >= 3 else { return }
  func collide(_ a: Int, _ b: Int) -> Bool {
    // Less than a fiftieth of a pixel is within what two ways of measuring text differ by.
    separation - 0.02
      > max(boxes[b].x1 - boxes[a].x2, boxes[a].x1 - boxes[b].x2, boxes[b].y1 - boxes[a].y2, boxes[a].y1 - boxes[b].y2)
  }
  func anyCollide(_ list: [Int]) -> Bool { zip(list, list.dropFirst()).contains { collide($0, $1) } }
  var kept = source
  var hidden: Set<Int> = []
  while kept.count >= 3, anyCollide(kept) {
    var next: [Int] = []
    if greedy {
      for index in kept {
        if let last = next.last, collide(last, index) { hidden.insert(index) } else { next.append(index) }
      }
    } else {
      for (place, index) in kept.enumerated() { if place % 2 == 0 { next.append(index) } else { hidden.insert(index) } }
    }
    kept = next
  }
  if kept.count < 3, let last = source.last, hidden.contains(last) {
    if kept.count > 1 { hidden.insert(kept[kept.count - 1]) }
    hidden.remove(last)
  }
  for index in hidden { items[index].style.opacity = 0 }
}
