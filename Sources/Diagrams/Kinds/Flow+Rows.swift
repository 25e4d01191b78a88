internal import VegaRuntime

/// A plain sequence of steps that is too long for one row: it is read in rows, as a text is.
extension Flow {
  /// The nodes one after the other with what is said on the way to the next; `nil` when the flow branches, joins or has
  /// frames.
  func steps() -> [(node: Int, onTheWay: DiagramText?)]? {
    guard groups.isEmpty, nodes.count >= 4, edges.count == nodes.count - 1 else { return nil }
    var next = [Int?](repeating: nil, count: nodes.count)
    var isEntered = [Bool](repeating: false, count: nodes.count)
    for (index, edge) in edges.enumerated() {
      guard next[edge.from] == nil, !isEntered[edge.to] else { return nil }
      next[edge.from] = index
      isEntered[edge.to] = true
    }
    guard let first = isEntered.firstIndex(of: false) else { return nil }
    var steps: [(node: Int, onTheWay: DiagramText?)] = []
    var at: Int? = first
    while let node = at, steps.count < nodes.count {
      let edge = next[node].map { edges[$0] }
      steps.append((node, edge?.label))
      at = edge?.to
    }
    return steps.count == nodes.count ? steps : nil
  }

  /// Draws rows of equally wide boxes; from the end of a row the line leads back to the beginning of the next.
  func drawRows(_ steps: [(node: Int, onTheWay: DiagramText?)], _ canvas: inout Canvas) {
    let hasWords = steps.contains { $0.onTheWay != nil }
    let gap = hasWords ? 84.0 : 34
    let most = max(2, Int((canvas.width + gap) / (132 + gap)))
    let rowCount = (steps.count + most - 1) / most
    let perRow = (steps.count + rowCount - 1) / rowCount
    let width = ((canvas.width - gap * Double(perRow - 1)) / Double(perRow)).rounded(.down)
    let stacks = steps.map {
      canvas.stack(nodes[$0.node].label, nodes[$0.node].text, width: width - 20, labelStyle: .label)
    }
    var y = canvas.top
    var open: (x: Double, y: Double, words: DiagramText?)?
    for start in stride(from: 0, to: steps.count, by: perRow) {
      let row = start..<min(start + perRow, steps.count)
      let height = max(40, (stacks[row].map(\.height).max() ?? 0) + 18)
      if let from = open { y = drawReturn(from, toX: width / 2, below: y, &canvas) }
      for (place, step) in row.enumerated() {
        let x = Double(place) * (width + gap)
        let node = nodes[steps[step].node]
        let box = Bounds(x1: x, y1: y, x2: x + width, y2: y + height)
        canvas.wash(box, node.tone, radius: 4)
        if node.tone != .neutral, node.tone != .muted {
          canvas.bar(Bounds(x1: x, y1: y, x2: x + 3, y2: box.y2), node.tone.paint)
        }
        canvas.place(
          stacks[step], x: box.midX, y: box.midY - stacks[step].height / 2, align: .center, room: box)
        guard step + 1 < steps.count else { continue }
        if place == perRow - 1 {
          open = (box.midX, box.y2, steps[step].onTheWay)
        } else {
          drawArrow(from: box.x2 + 3, to: box.x2 + gap - 3, y: box.midY, steps[step].onTheWay, &canvas)
        }
      }
      y += height
    }
    canvas.height = y
  }

  /// An arrow to the right, with words in the middle of it.
  private func drawArrow(from x1: Double, to x2: Double, y: Double, _ words: DiagramText?, _ canvas: inout Canvas) {
    let block = canvas.set(words, .small, width: x2 - x1 - 28, isBalanced: true)
    let middle = (x1 + x2) / 2
    if block.isEmpty {
      canvas.line(x1, y, x2 - 5, y, Ink.line, width: 1.25)
    } else {
      canvas.line(x1, y, middle - block.width / 2 - 4, y, Ink.line, width: 1.25)
      canvas.line(middle + block.width / 2 + 4, y, x2 - 5, y, Ink.line, width: 1.25)
      canvas.place(
        block, x: middle, y: y - block.height / 2, align: .center,
        room: Bounds(x1: x1 - 3, y1: -.infinity, x2: x2 + 3, y2: .infinity))
    }
    canvas.arrowhead(x2, y, angle: 0, Ink.line)
  }

  /// The line from the end of a row down, back and into the next one. Returns where that row begins.
  private func drawReturn(
    _ from: (x: Double, y: Double, words: DiagramText?), toX x: Double, below y: Double, _ canvas: inout Canvas
  ) -> Double {
    let block = canvas.set(from.words, .small, width: max(80, (from.x - x) / 2), isBalanced: true)
    let across = y + max(14, block.height / 2 + 6)
    let end = across + max(20, block.height / 2 + 12)
    if block.isEmpty {
      canvas.path(
        roundedPath([Point(from.x, from.y + 3), Point(from.x, across), Point(x, across), Point(x, end - 8)]))
    } else {
      let middle = (from.x + x) / 2
      canvas.path(
        roundedPath([
          Point(from.x, from.y + 3), Point(from.x, across), Point(middle + block.width / 2 + 6, across),
        ]))
      canvas.path(
        roundedPath([Point(middle - block.width / 2 - 6, across), Point(x, across), Point(x, end - 8)]))
      canvas.place(block, x: middle, y: across - block.height / 2, align: .center)
    }
    canvas.arrowhead(x, end - 3, angle: .pi / 2, Ink.line)
    return end
  }
}
