internal import VegaRuntime

extension Sankey {
  /// How strongly ribbons are painted.
  static var wash: Double { 0.22 }

  /// Columns of bars whose heights are amounts, joined by ribbons; names and sums beside the bars.
  func draw(on canvas: inout Canvas) {
    guard !links.isEmpty else { return canvas.height = canvas.top }
    var layout = SankeyLayout(self, canvas)
    layout.place()
    for (index, link) in links.enumerated() {
      let ribbon = layout.ribbons[index]
      let (from, to) = (layout.bars[link.source], layout.bars[link.target])
      let tone = link.tone ?? layout.tones[link.source]
      canvas.wash(
        ribbonPath(
          x1: from.x + SankeyLayout.barWidth, y1: ribbon.start, x2: to.x, y2: ribbon.end, thickness: ribbon.thickness),
        tone.paint, opacity: Self.wash)
    }
    for (index, bar) in layout.bars.enumerated() {
      canvas.bar(
        Bounds(x1: bar.x, y1: bar.y, x2: bar.x + SankeyLayout.barWidth, y2: bar.y + max(1, bar.height)),
        layout.tones[index].paint)
      let stack = bar.stack
      let isLeft = bar.isLabelLeft
      canvas.place(
        stack, x: isLeft ? bar.x - 7 : bar.x + SankeyLayout.barWidth + 7, y: bar.labelY, align: isLeft ? .right : .left)
    }
    canvas.height = layout.bottom
  }
}

/// Finds the places of a Sankey diagram's bars and ribbons.
///
/// Columns by the longest way from a source; in each column bars are moved towards the mean of what they are joined to and
/// spread apart, a few times back and forth.
struct SankeyLayout {
  struct Bar {
    var x = 0.0
    var y = 0.0
    var height = 0.0
    /// What the bar needs in its column: itself or its words, whichever is higher.
    var slot = 0.0
    var stack = TextStack()
    var labelY = 0.0
    var isLabelLeft = false
    var column = 0
  }

  static let barWidth = 9.0

  var bars: [Bar]
  var tones: [Tone]
  /// Parallel to the links: upper edges at both ends.
  var ribbons: [(start: Double, end: Double, thickness: Double)]
  private(set) var bottom = 0.0
  private let sankey: Sankey
  private let top: Double
  private var columns: [[Int]]

  init(_ sankey: Sankey, _ canvas: Canvas) {
    self.sankey = sankey
    top = canvas.top
    let graph = LayeredGraph(
      nodeCount: sankey.nodes.count, edges: sankey.links.map { ($0.source, $0.target) }, mostPerLayer: .max)
    let count = max(2, graph.layerCount)
    let last = count - 1
    bars = [Bar](repeating: Bar(), count: sankey.nodes.count)
    tones = SankeyLayout.tones(sankey)
    ribbons = [(Double, Double, Double)](repeating: (0, 0, 0), count: sankey.links.count)
    columns = [[Int]](repeating: [], count: count)
    let hasLeaving = sankey.nodes.indices.map { node in sankey.links.contains { $0.source == node } }
    // The words of the last column stand behind it when there is room, those of all others behind their bars.
    let outside = canvas.isNarrow ? 0 : min(170, canvas.width * 0.22)
    let step = (canvas.width - Self.barWidth - outside) / Double(last)
    for node in bars.indices {
      // What leads nowhere else stands at the end.
      let column = hasLeaving[node] ? graph.layers[node] : last
      columns[column].append(node)
      bars[node].column = column
      bars[node].x = Double(column) * step
      bars[node].isLabelLeft = column == last && outside == 0
      let width = column == last && outside > 0 ? outside - 8 : step - Self.barWidth - 20
      let room = canvas.isNarrow && column >= last - 1 ? width / 2 : width
      var stack = TextStack()
      stack.add(canvas.set(sankey.nodes[node], .smallLabel, width: room, isBalanced: true))
      stack.add(canvas.set(sankey.totals[node], .small.colored(Ink.text), width: room), gap: 0)
      bars[node].stack = stack
    }
    let totals = sankey.nodes.indices.map { sankey.total(of: $0) }
    let largest = columns.map { column in column.reduce(0) { $0 + totals[$1] } }.max() ?? 1
    let height = canvas.isNarrow ? 260.0 : 320.0
    for node in bars.indices {
      bars[node].height = totals[node] / max(largest, .leastNormalMagnitude) * height
      bars[node].slot = max(bars[node].height, bars[node].stack.height)
    }
  }

  private static func tones(_ sankey: Sankey) -> [Tone] {
    sankey.nodes.indices.map { node in
      let own = sankey.links.filter { $0.source == node }.compactMap(\.tone)
      let entering = sankey.links.filter { $0.target == node }.compactMap(\.tone)
      let tones = own.isEmpty ? entering : own
      guard let first = tones.first, tones.allSatisfy({ $0 == first }) else { return .neutral }
      return first
    }
  }

  mutating func place() {
    let gap = 12.0
    for column in columns.indices {
      var y = top
      for node in columns[column] {
        bars[node].y = y + (bars[node].slot - bars[node].height) / 2
        y += bars[node].slot + gap
      }
    }
    for round in 0..<8 {
      let isForward = round % 2 == 0
      let order = isForward ? Array(columns.indices) : Array(columns.indices.reversed())
      for column in order { relax(column, isForward: isForward, gap) }
    }
    let highest = bars.map { $0.y - ($0.slot - $0.height) / 2 }.min() ?? top
    for node in bars.indices { bars[node].y += top - highest }
    placeRibbons()
    for node in bars.indices { bars[node].labelY = bars[node].y + (bars[node].height - bars[node].stack.height) / 2 }
    bottom = bars.map { max($0.y + $0.height, $0.labelY + $0.stack.height) }.max() ?? top
  }

  private mutating func relax(_ column: Int, isForward: Bool, _ gap: Double) {
    var wanted: [(node: Int, middle: Double)] = []
    for (place, node) in columns[column].enumerated() {
      var (sum, weight) = (0.0, 0.0)
      for link in sankey.links {
        let other: Int? =
          isForward ? (link.target == node ? link.source : nil) : (link.source == node ? link.target : nil)
        guard let other else { continue }
        sum += (bars[other].y + bars[other].height / 2) * link.value.number
        weight += link.value.number
      }
      wanted.append((node, weight > 0 ? sum / weight : bars[node].y + bars[node].height / 2 + Double(place) * 1e-6))
    }
    let order = wanted.enumerated().sorted { ($0.element.middle, $0.offset) < ($1.element.middle, $1.offset) }
    columns[column] = order.map(\.element.node)
    let starts = spread(
      order.map { ($0.element.middle - bars[$0.element.node].slot / 2, bars[$0.element.node].slot) }, gap: gap)
    for (node, start) in zip(columns[column], starts) {
      bars[node].y = start + (bars[node].slot - bars[node].height) / 2
    }
  }

  /// Ribbons leave and reach a bar in the order of what they are joined to, so that few cross.
  private mutating func placeRibbons() {
    let scale = bars.indices.map { bars[$0].height / max(sankey.total(of: $0), .leastNormalMagnitude) }
    for node in bars.indices {
      let leaving = sankey.links.indices.filter { sankey.links[$0].source == node }
        .sorted { (bars[sankey.links[$0].target].y, $0) < (bars[sankey.links[$1].target].y, $1) }
      var y = bars[node].y
      for link in leaving {
        ribbons[link].start = y
        ribbons[link].thickness = sankey.links[link].value.number * scale[node]
        y += ribbons[link].thickness
      }
      let entering = sankey.links.indices.filter { sankey.links[$0].target == node }
        .sorted { (bars[sankey.links[$0].source].y, $0) < (bars[sankey.links[$1].source].y, $1) }
      y = bars[node].y
      for link in entering {
        ribbons[link].end = y
        y += sankey.links[link].value.number * scale[node]
      }
    }
  }
}
