internal import VegaRuntime

extension Tree {
  func draw(on canvas: inout Canvas) {
    guard let root else { return canvas.height = canvas.top }
    let depth = root.depth
    let columnWidth = (canvas.width + Self.columnGap) / Double(max(1, depth))
    if canvas.isNarrow || columnWidth < 150 {
      drawIndented(root, &canvas)
    } else {
      drawColumns(root, columnWidth, &canvas)
    }
  }

  private static var columnGap: Double { 40 }
  private static var padding: Double { 9 }

  // MARK: - Wide: a column for each level

  private struct Box {
    var stack: TextStack
    var tone: Tone
    var depth: Int
    var y = 0.0
    var height: Double
    var parent: Int?
    var children: [Int] = []
  }

  /// Leaves one below the other, every parent in the middle of its children.
  private func drawColumns(_ root: Node, _ columnWidth: Double, _ canvas: inout Canvas) {
    let width = min(columnWidth - Self.columnGap, 210)
    var boxes: [Box] = []
    append(root, depth: 0, tone: root.tone ?? .neutral, parent: nil, width, canvas, to: &boxes)
    var y = canvas.top
    arrange(0, &boxes, &y)
    keepApart(&boxes)
    let top = boxes.map(\.y).min() ?? 0
    // All columns but the last are followed by a gap; narrow trees need not fill the width.
    let step = width + Self.columnGap
    func frame(_ box: Box) -> Bounds {
      let x = Double(box.depth) * step
      return Bounds(x1: x, y1: box.y - top + canvas.top, x2: x + width, y2: box.y - top + canvas.top + box.height)
    }
    for box in boxes {
      let bounds = frame(box)
      canvas.wash(bounds, box.tone, radius: 3)
      canvas.bar(Bounds(x1: bounds.x1, y1: bounds.y1, x2: bounds.x1 + 3, y2: bounds.y2), box.tone.paint)
      canvas.place(
        box.stack, x: bounds.x1 + Self.padding + 3, y: bounds.midY - box.stack.height / 2, room: bounds)
      let middle = bounds.x2 + Self.columnGap / 2
      for child in box.children {
        let end = frame(boxes[child])
        let path = roundedPath(
          [
            Point(bounds.x2, bounds.midY), Point(middle, bounds.midY), Point(middle, end.midY), Point(end.x1, end.midY),
          ], radius: 5)
        canvas.path(path)
      }
    }
    canvas.height = boxes.map { frame($0).y2 }.max() ?? canvas.top
  }

  private func append(
    _ node: Node, depth: Int, tone: Tone, parent: Int?, _ width: Double, _ canvas: Canvas, to boxes: inout [Box]
  ) {
    let stack = canvas.stack(node.label, node.text, width: width - 2 * Self.padding - 3)
    let place = boxes.count
    boxes.append(
      Box(stack: stack, tone: tone, depth: depth, height: stack.height + 2 * Self.padding, parent: parent))
    if let parent { boxes[parent].children.append(place) }
    for child in node.children {
      append(child, depth: depth + 1, tone: child.tone ?? tone, parent: place, width, canvas, to: &boxes)
    }
  }

  private func arrange(_ place: Int, _ boxes: inout [Box], _ y: inout Double) {
    let children = boxes[place].children
    guard let first = children.first, let last = children.last else {
      boxes[place].y = y
      y += boxes[place].height + (isLastChild(place, boxes) ? 16 : 8)
      return
    }
    for child in children { arrange(child, &boxes, &y) }
    let middle = (boxes[first].y + boxes[last].y + boxes[last].height) / 2
    boxes[place].y = middle - boxes[place].height / 2
  }

  private func isLastChild(_ place: Int, _ boxes: [Box]) -> Bool {
    boxes[place].parent.map { boxes[$0].children.last == place } ?? false
  }

  /// A parent that is taller than all its children would overlap its neighbours: each column is spread.
  private func keepApart(_ boxes: inout [Box]) {
    for depth in 0..<(boxes.map(\.depth).max() ?? 0) + 1 {
      let column = boxes.indices.filter { boxes[$0].depth == depth }
      let tops = spread(column.map { (boxes[$0].y, boxes[$0].height) }, gap: 8)
      for (place, y) in zip(column, tops) { boxes[place].y = y }
    }
  }

  // MARK: - Narrow: indented

  /// One below the other with guides, as files in folders are shown.
  private func drawIndented(_ root: Node, _ canvas: inout Canvas) {
    var y = canvas.top
    drawIndented(root, depth: 0, tone: root.tone ?? .neutral, &y, &canvas)
    canvas.height = y - 6
  }

  private func drawIndented(_ node: Node, depth: Int, tone: Tone, _ y: inout Double, _ canvas: inout Canvas) {
    let step = canvas.isNarrow ? 18.0 : 28.0
    let x = Double(depth) * step
    let stack = canvas.stack(
      node.label, node.text, width: canvas.width - x - 2 * Self.padding - 3, labelStyle: depth == 0 ? .title : .label,
      isBalanced: false)
    let box = Bounds(x1: x, y1: y, x2: canvas.width, y2: y + stack.height + 2 * Self.padding - 4)
    canvas.wash(box, tone, radius: 3)
    canvas.bar(Bounds(x1: x, y1: box.y1, x2: x + 3, y2: box.y2), tone.paint)
    canvas.place(stack, x: x + Self.padding + 3, y: y + Self.padding - 2, room: box)
    y = box.y2 + 6
    let guide = x + step / 2
    for child in node.children {
      let middle = y + 15
      canvas.path(
        roundedPath([Point(guide, box.y2), Point(guide, middle), Point(x + step, middle)], radius: 4), Ink.line)
      drawIndented(child, depth: depth + 1, tone: child.tone ?? tone, &y, &canvas)
    }
  }
}
