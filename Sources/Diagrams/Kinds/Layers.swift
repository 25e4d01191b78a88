internal import AlmanacCore
internal import Notation
internal import VegaRuntime

/// A stack of bands with things in them: an architecture, a value chain. The first band is on top.
package struct Layers: Hashable, Sendable {
  struct Item: Hashable, Sendable {
    var label: DiagramText
    var text: DiagramText?
    var tone: Tone?
  }

  struct Layer: Hashable, Sendable {
    var label: DiagramText
    var text: DiagramText?
    var items: [Item]
    var tone: Tone
  }

  var layers: [Layer]
}

extension Layers: DiagramContent {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    layers = reader.each("layers", limit: surroundings.limits.layers, takesPlainText: true) { reader in
      let label = reader.words("label", required: true, surroundings)
      let text = reader.words("text", surroundings)
      let tone = reader.tone() ?? .neutral
      let items: [Item] = reader.each(
        "items", required: false, limit: surroundings.limits.layerItems, takesPlainText: true
      ) { reader in
        let label = reader.words("label", required: true, surroundings)
        let text = reader.words("text", surroundings)
        let tone = reader.tone()
        return label.map { Item(label: $0, text: text, tone: tone) }
      }
      return label.map { Layer(label: $0, text: text, items: items, tone: tone) }
    }
  }

  func outline(_ words: DiagramWords) -> DiagramOutline {
    .list(
      layers.map { layer in
        .init(layer.label, details: [layer.text], children: layer.items.map { .init($0.label, details: [$0.text]) })
      }, isOrdered: true)
  }

  func description(_ words: DiagramWords) -> String {
    words.summary(.layers, count: layers.count, layers.map(\.label.text))
  }

  // MARK: - Drawing

  func draw(on canvas: inout Canvas) {
    var y = canvas.top
    for layer in layers {
      y = draw(layer, y, &canvas) + 3
    }
    canvas.height = max(canvas.top, y - 3)
  }

  /// Draws a band whose upper edge is at `y`; returns its lower edge.
  private func draw(_ layer: Layer, _ y: Double, _ canvas: inout Canvas) -> Double {
    let isNarrow = canvas.isNarrow
    let (left, padding) = (isNarrow ? 14.0 : 18.0, isNarrow ? 12.0 : 14.0)
    let hasItems = !layer.items.isEmpty
    let labelWidth = isNarrow || !hasItems ? canvas.width - 2 * left : 176
    let head = canvas.stack(layer.label, layer.text, width: labelWidth, labelStyle: .title)
    let itemsX = isNarrow ? left : left + labelWidth + 28
    let itemsY = isNarrow ? y + padding + head.height + 10 : y + padding
    let grid = ItemGrid(
      layer.items.map { ($0.label, $0.text) }, width: canvas.width - itemsX - left,
      hasDots: layer.items.contains { $0.tone != nil }, canvas)
    let contentHeight = isNarrow ? head.height + (hasItems ? 10 + grid.height : 0) : max(head.height, grid.height)
    let box = Bounds(x1: 0, y1: y, x2: canvas.width, y2: y + contentHeight + 2 * padding)
    canvas.wash(box, layer.tone)
    canvas.bar(Bounds(x1: 0, y1: box.y1, x2: 4, y2: box.y2), layer.tone.paint)
    canvas.place(head, x: left, y: y + padding, room: box)
    for (item, cell) in zip(layer.items, grid.cells) {
      let room = Bounds(
        x1: itemsX + cell.x, y1: itemsY + cell.y, x2: itemsX + cell.x + grid.cellWidth, y2: box.y2)
      if let tone = item.tone {
        canvas.dot(room.x1 + 4, room.y1 + 8, radius: 4, tone.paint)
      }
      canvas.place(cell.stack, x: room.x1 + (grid.hasDots ? 14 : 0), y: room.y1, room: room)
    }
    return box.y2
  }
}

/// Labels in columns of equal width: the items of a band.
struct ItemGrid {
  struct Cell {
    var stack: TextStack
    var x: Double
    var y: Double
  }

  private(set) var cells: [Cell] = []
  private(set) var cellWidth = 0.0
  private(set) var height = 0.0
  let hasDots: Bool

  /// As many columns as the widest word and most labels allow.
  init(
    _ items: [(label: DiagramText, text: DiagramText?)], width: Double, hasDots: Bool = false, _ canvas: Canvas
  ) {
    self.hasDots = hasDots
    guard !items.isEmpty else { return }
    let gap = canvas.isNarrow ? 14.0 : 20.0
    let indent = hasDots ? 14.0 : 0
    var needed = 0.0
    for item in items {
      let label = canvas.measure(item.label.text, .label)
      needed = max(needed, label.minimumWidth, min(label.naturalWidth, item.text == nil ? 110 : 128))
      if let text = item.text {
        let body = canvas.measure(text.text, .body)
        needed = max(needed, body.minimumWidth, min(body.naturalWidth, 128))
      }
    }
    let most = canvas.isNarrow ? 2 : 4
    var columns = max(1, min(most, items.count, Int((width + gap) / (needed + indent + gap))))
    // No row with a single thing when another count fills the rows.
    if columns > 2, items.count % columns == 1, items.count % (columns - 1) != 1 { columns -= 1 }
    cellWidth = (width - gap * Double(columns - 1)) / Double(columns)
    var y = 0.0
    for start in stride(from: 0, to: items.count, by: columns) {
      let row = items[start..<min(start + columns, items.count)].map {
        canvas.stack($0.label, $0.text, width: cellWidth - indent, isBalanced: false)
      }
      for (column, stack) in row.enumerated() {
        cells.append(Cell(stack: stack, x: Double(column) * (cellWidth + gap), y: y))
      }
      y += (row.map(\.height).max() ?? 0) + 10
    }
    height = y - 10
  }
}
