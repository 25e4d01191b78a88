internal import VegaRuntime

extension Flow {
  /// Tries the direction that was asked for; what does not fit goes down, and what does not fit there becomes a list.
  func draw(on canvas: inout Canvas) {
    guard !nodes.isEmpty else { return canvas.height = canvas.top }
    if direction == .right, !canvas.isNarrow, let layout = layoutRight(canvas) {
      draw(layout, &canvas)
    } else if direction == .right, !canvas.isNarrow, let chain = steps() {
      drawRows(chain, &canvas)
    } else if let layout = layoutDown(canvas) {
      draw(layout, &canvas)
    } else {
      drawList(&canvas)
    }
  }

  // MARK: - Layout

  /// A flow with the place of everything, along and across its direction.
  private struct Layout {
    var chain: LayeredChain
    var routed: RoutedFlow
    var isReversed: [Bool]
    var direction: Direction
    /// By node.
    var stacks: [TextStack]
    /// By edge; empty without a label.
    var labels: [TextBlock]
    /// By group: the width in which the name of its frame is set, and the height that it takes.
    var names: [FrameName]
    /// Across the flow.
    var extent: Double

    var isDown: Bool { direction == .down }
  }

  private static var padding: Double { 10 }
  private var ends: [(from: Int, to: Int)] { edges.map { ($0.from, $0.to) } }

  private struct FrameName {
    var width: Double
    /// Above what stands in the frame.
    var height: Double
  }

  /// The room that the names of the frames need above what stands in them.
  ///
  /// - Parameter widths: by group, what its name may take at least.
  private func frameNames(_ canvas: Canvas, _ widths: [Double]) -> [FrameName] {
    zip(groups, widths).map {
      FrameName(width: $1 - 20, height: canvas.set($0.label, .frame, width: $1 - 20, isBalanced: true).height + 6)
    }
  }

  /// The width in which the name of a frame stands beside the edges that come in from above; the whole width where that
  /// would be too slim for words, so that the name interrupts them.
  private func nameWidth(_ group: Int, _ chain: LayeredChain, whole: Double) -> Double {
    let inside = chain.items.filter { $0.group == group && !$0.isBend }
    guard let first = inside.map(\.layer).min(), let left = inside.map({ $0.center - $0.size / 2 }).min() else {
      return whole
    }
    let entered = inside.filter { $0.layer == first && !$0.before.isEmpty }.map(\.center).min()
    guard let entered, entered - left + 9 - 8 >= 84 else { return whole }
    return entered - left + 9 - 8 + 10
  }

  /// For each group what `measure` makes of its items.
  private func frameWidths(_ chain: LayeredChain, _ measure: ([LayeredChain.Item]) -> Double) -> [Double] {
    groups.indices.map { group in measure(chain.items.filter { $0.group == group && !$0.isBend }) + 18 }
  }

  private func makeChain(_ graph: LayeredGraph) -> LayeredChain {
    var chain = LayeredChain(
      graph, edges: ends, hasLabel: edges.map { $0.label != nil }, groups: nodes.map(\.group))
    chain.orderLayers()
    return chain
  }

  /// Columns from left to right; `nil` when the columns would be too slim for words.
  private func layoutRight(_ canvas: Canvas) -> Layout? {
    let graph = LayeredGraph(nodeCount: nodes.count, edges: ends, mostPerLayer: .max)
    guard graph.layerCount <= 6 else { return nil }
    var chain = makeChain(graph)
    var spacing = LayerSpacing(nodeGap: 18, bendGap: 14, framePadding: 10, frameHead: 0, room: nil)
    let route = RouteSpacing()
    let labels = edges.map { canvas.set($0.label, .small, width: 92, isBalanced: true) }
    let columns = Double(graph.layerCount)
    // Edges need room that shows only when nodes have their places: twice is enough.
    var taken = (columns - 1) * route.straight
    for _ in 0..<3 {
      let width = min(190, (canvas.width - taken) / columns)
      guard width >= 86 else { return nil }
      let stacks = self.stacks(width, canvas)
      size(&chain, isDown: false, width: width, stacks, labels)
      // A frame is at least as wide as the columns in it.
      let widths = frameWidths(chain) { items in Double(Set(items.filter(\.isNode).map(\.layer)).count) * width }
      let names = frameNames(canvas, widths)
      spacing.frameHead = names.map(\.height).max() ?? 0
      chain.placeLayers(spacing)
      let routed = chain.routeEdges(isReversed: graph.isReversed, route)
      if routed.length <= canvas.width + 0.5 {
        return Layout(
          chain: chain, routed: routed, isReversed: graph.isReversed, direction: .right, stacks: stacks, labels: labels,
          names: names.map { FrameName(width: $0.width, height: spacing.frameHead) }, extent: chain.extent(spacing))
      }
      taken = routed.length - width * columns
    }
    return nil
  }

  /// Rows from top to bottom; `nil` when a row would be too wide.
  private func layoutDown(_ canvas: Canvas) -> Layout? {
    let (least, gap) = canvas.isNarrow ? (92.0, 12.0) : (116.0, 22.0)
    for most in stride(from: max(1, Int((canvas.width + gap) / (least + gap))), through: 1, by: -1) {
      if let layout = layoutDown(mostPerRow: most, gap: gap, canvas) { return layout }
    }
    return nil
  }

  private func layoutDown(mostPerRow most: Int, gap: Double, _ canvas: Canvas) -> Layout? {
    let graph = LayeredGraph(nodeCount: nodes.count, edges: ends, mostPerLayer: most)
    guard graph.layerCount <= 40 else { return nil }
    let ordered = makeChain(graph)
    let spacing = LayerSpacing(
      nodeGap: gap, bendGap: 12, framePadding: 9, frameHead: 0, room: canvas.width - (groups.isEmpty ? 0 : 18))
    var route = RouteSpacing()
    route.straight = canvas.isNarrow ? 28 : 34
    var width = widest(ordered, canvas.width, gap)
    for _ in 0..<3 where width >= 76 {
      var chain = ordered
      let stacks = self.stacks(width, canvas)
      let labels = edges.map { canvas.set($0.label, .small, width: min(120, width), isBalanced: true) }
      size(&chain, isDown: true, width: width, stacks, labels)
      chain.placeLayers(spacing)
      let extent = chain.extent(spacing)
      let wholes = frameWidths(chain) { items in
        (items.map { $0.center + $0.size / 2 }.max() ?? 0) - (items.map { $0.center - $0.size / 2 }.min() ?? 0)
      }
      let widths = wholes.enumerated().map { nameWidth($0, chain, whole: $1) }
      let names = frameNames(canvas, widths)
      route.frameHeads = names.map(\.height)
      if extent <= canvas.width + 0.5 {
        let routed = chain.routeEdges(isReversed: graph.isReversed, route)
        return Layout(
          chain: chain, routed: routed, isReversed: graph.isReversed, direction: .down, stacks: stacks, labels: labels,
          names: names, extent: extent)
      }
      width = (width * 0.85).rounded(.down)
    }
    return nil
  }

  /// The width of nodes with which the fullest row fits.
  private func widest(_ chain: LayeredChain, _ width: Double, _ gap: Double) -> Double {
    var widest = 190.0
    for layer in chain.layers {
      let count = Double(layer.count { !chain.items[$0].isBend })
      guard count > 0 else { continue }
      let bends = Double(layer.count) - count
      let frames = Double(Set(layer.compactMap { chain.items[$0].group }).count) * 18
      let rest = width - (count - 1) * gap - bends * 13 - frames
      widest = min(widest, rest / count)
    }
    return widest
  }

  private func stacks(_ width: Double, _ canvas: Canvas) -> [TextStack] {
    let isSlim = width < 120
    return nodes.map {
      canvas.stack(
        $0.label, $0.text, width: width - 2 * (isSlim ? 7 : Self.padding), labelStyle: isSlim ? .smallLabel : .label,
        textStyle: isSlim ? .small : .body)
    }
  }

  private func size(
    _ chain: inout LayeredChain, isDown: Bool, width: Double, _ stacks: [TextStack], _ labels: [TextBlock]
  ) {
    for index in chain.items.indices {
      let box: (width: Double, height: Double) =
        switch chain.items[index].kind {
        case .node(let node): (width, max(34, stacks[node].height + 2 * Self.padding - 2))
        case .label(let edge): (labels[edge].width, labels[edge].height)
        case .bend: (0, 0)
        }
      chain.items[index].size = isDown ? box.width : box.height
      chain.items[index].depth = isDown ? box.height : box.width
    }
    guard isDown else { return }
    // Nodes of a row are equally high.
    for layer in chain.layers {
      let depth = layer.filter { chain.items[$0].isNode }.map { chain.items[$0].depth }.max() ?? 0
      for item in layer where chain.items[item].isNode { chain.items[item].depth = depth }
    }
  }

  // MARK: - Drawing

  private func draw(_ layout: Layout, _ canvas: inout Canvas) {
    let across = layout.isDown ? (canvas.width - layout.extent) / 2 : canvas.top
    let along = layout.isDown ? canvas.top : max(0, (canvas.width - layout.routed.length) / 2)
    func point(_ point: Point) -> Point {
      layout.isDown ? Point(across + point.y, along + point.x) : Point(along + point.x, across + point.y)
    }
    func box(_ index: Int) -> Bounds {
      let item = layout.chain.items[index]
      let start = layout.routed.starts[item.layer]
      let depth = layout.routed.depths[item.layer]
      let first = item.isNode ? start : start + (depth - item.depth) / 2
      let (a, b) = (
        point(Point(first, item.center - item.size / 2)), point(Point(first + item.depth, item.center + item.size / 2))
      )
      return Bounds(x1: a.x, y1: a.y, x2: b.x, y2: b.y)
    }
    drawFrames(layout, box, &canvas)
    for (index, item) in layout.chain.items.enumerated() {
      switch item.kind {
      case .node(let node):
        let bounds = box(index)
        canvas.wash(bounds, nodes[node].tone, radius: 4)
        if nodes[node].tone != .neutral, nodes[node].tone != .muted {
          canvas.bar(Bounds(x1: bounds.x1, y1: bounds.y1, x2: bounds.x1 + 3, y2: bounds.y2), nodes[node].tone.paint)
        }
        let stack = layout.stacks[node]
        canvas.place(stack, x: bounds.midX, y: bounds.midY - stack.height / 2, align: .center, room: bounds)
      case .label(let edge):
        let bounds = box(index)
        canvas.place(layout.labels[edge], x: bounds.midX, y: bounds.y1, align: .center, room: bounds)
      case .bend: continue
      }
    }
    for (edge, lines) in layout.routed.lines.enumerated() {
      drawEdge(lines.map { $0.map(point) }, isReversed: layout.isReversed[edge], &canvas)
    }
    canvas.height = canvas.top + (layout.isDown ? layout.routed.length : layout.extent)
  }

  private func drawEdge(_ lines: [[Point]], isReversed: Bool, _ canvas: inout Canvas) {
    for (index, line) in lines.enumerated() {
      var line = isReversed ? Array(line.reversed()) : line
      let isLast = isReversed ? index == 0 : index == lines.count - 1
      guard isLast, let tip = line.last, line.count > 1 else {
        canvas.path(roundedPath(line))
        continue
      }
      let before = line[line.count - 2]
      let (dx, dy) = (tip.x - before.x, tip.y - before.y)
      let angle = dx.magnitude > dy.magnitude ? (dx > 0 ? 0 : Double.pi) : (dy > 0 ? Double.pi / 2 : -Double.pi / 2)
      let length = max(dx.magnitude, dy.magnitude)
      let back = min(5, length)
      line[line.count - 1] = Point(
        tip.x - (dx == 0 ? 0 : dx / length * back), tip.y - (dy == 0 ? 0 : dy / length * back))
      canvas.path(roundedPath(line))
      canvas.arrowhead(tip.x, tip.y, angle: angle, Ink.line)
    }
  }

  private func drawFrames(_ layout: Layout, _ box: (Int) -> Bounds, _ canvas: inout Canvas) {
    for (number, group) in groups.enumerated() {
      var bounds = Bounds()
      for (index, item) in layout.chain.items.enumerated() where item.group == number && !item.isBend {
        bounds.formUnion(box(index))
      }
      guard !bounds.isEmpty else { continue }
      let frame = Bounds(
        x1: bounds.x1 - 9, y1: bounds.y1 - 9 - layout.names[number].height, x2: bounds.x2 + 9, y2: bounds.y2 + 9)
      canvas.frame(frame, radius: 6)
      let label = canvas.set(group.label, .frame, width: layout.names[number].width, isBalanced: true)
      // An edge that runs into the frame is interrupted by its name.
      canvas.bar(
        Bounds(x1: frame.x1 + 7, y1: frame.y1 + 6, x2: frame.x1 + 13 + label.width, y2: frame.y1 + 8 + label.height),
        Ink.ground)
      canvas.place(label, x: frame.x1 + 10, y: frame.y1 + 7, room: frame)
    }
  }

  // MARK: - List

  /// Every node with what it leads to, one below the other: for graphs that no picture of this width can hold.
  private func drawList(_ canvas: inout Canvas) {
    let graph = LayeredGraph(nodeCount: nodes.count, edges: ends, mostPerLayer: .max)
    var y = canvas.top
    for index in nodes.indices.sorted(by: { (graph.layers[$0], $0) < (graph.layers[$1], $1) }) {
      let width = canvas.width - 24
      var stack = canvas.stack(nodes[index].label, nodes[index].text, width: width, isBalanced: false)
      for edge in edges where edge.from == index {
        let label = edge.label.map { " · \($0.text)" } ?? ""
        stack.add(canvas.set("→ \(nodes[edge.to].label.text)\(label)", .small, width: width))
      }
      let box = Bounds(x1: 0, y1: y, x2: canvas.width, y2: y + stack.height + 16)
      canvas.wash(box, nodes[index].tone)
      canvas.bar(Bounds(x1: 0, y1: y, x2: 3, y2: box.y2), nodes[index].tone.paint)
      canvas.place(stack, x: 14, y: y + 8, room: box)
      y = box.y2 + 4
    }
    canvas.height = y - 4
  }
}
