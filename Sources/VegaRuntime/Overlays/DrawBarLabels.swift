internal import VegaLite

extension OverlayCanvas {
  /// Writes values behind the ends of bars, or in the bars where the text fits.
  mutating func drawBarLabels(_ source: LabelSource, _ label: LabelPlan, inside: Bool) {
    var builder = source.builder
    let boxes = barBoxes(builder.items(), source, label)
    let zero = zeroPixel(source)
    let isStacked = Set(boxes.map { source.isHorizontal ? $0.box.y1 : $0.box.x1 }).count < boxes.count
    if inside, isStacked, isMeasured(source) { return drawStackLabels(boxes, source, label, zero: zero) }
    for (row, box) in order(boxes, source) {
      let lines = source.lines(row, width: label.width ?? 1_000, size: fontSize, bold: false)
      guard !lines.isEmpty else { continue }
      var shape = shape(lines)
      let (width, height) = (shape.width, shape.lineStep * Double(lines.count - 1) + shape.size)
      let fits = box.width >= width + 6 && box.height >= height + 2
      var choices: [SceneItem] = []
      if fits, inside || !isStacked {
        var within = shape
        place(&within, in: box, source.isHorizontal, isStacked: isStacked, zero: zero)
        choices.append(self.item(within, LabelPaint.text(on: source.paint(row)), halo: false))
      }
      if !inside || !isStacked {
        for behindZero in [false, true] {
          place(&shape, beyond: box, source.isHorizontal, zero: zero, behindZero: behindZero)
          choices.append(self.item(shape, LabelPaint.ink, halo: true))
        }
        // Beyond the bar's end, in the bar, then on the other side of zero.
        if !inside, choices.count == 3 { choices.swapAt(0, 1) }
      }
      // Like labels of an axis, those for which there is no room are left out: the table below the figure has them all.
      let own = box
      if let free = choices.first(where: { choice in
        !obstacles.hitsText(choice.bounds.expanded(by: -1)) && !coversOther(choice.bounds, boxes, than: own)
      }) {
        add(free)
      }
    }
  }

  /// Names the series above the pieces of the first stack.
  mutating func drawHeads(_ source: LabelSource, _ label: LabelPlan) {
    var builder = source.builder
    let boxes = barBoxes(builder.items(), source, label)
    guard source.isHorizontal, let top = boxes.map(\.box.y1).min() else {
      return drawBarLabels(source, label, inside: true)
    }
    let first = boxes.filter { $0.box.y1 == top }.sorted { $0.box.x1 < $1.box.x1 }
    let shapes = first.map { row, box in
      var shape = shape(
        source.lines(
          row, width: max(48, min(label.width ?? 140, documentWidth / Double(max(1, first.count)) - 8)),
          size: fontSize, bold: true), weight: "600")
      shape.align = "center"
      return shape
    }
    let wanted = first.map { ($0.box.x1 + $0.box.x2) / 2 }
    let widest = max(view.width, 1)
    let places = spreadLabels(
      wanted, heights: shapes.map(\.width), gap: 8, within: axisLeft...max(widest, axisLeft + 1))
    for (index, entry) in first.enumerated() where !shapes[index].lines.isEmpty {
      var shape = shapes[index]
      shape.x = places[index]
      shape.y = top - 7 - shape.lineStep * Double(shape.lines.count - 1)
      add(item(shape, label.isPlain ? LabelPaint.ink : LabelPaint.text(for: source.paint(entry.row)), halo: false))
    }
  }

  /// Whether bars are as long as their values; cells of a heat map are not.
  private func isMeasured(_ source: LabelSource) -> Bool {
    positionScale(source.isHorizontal ? .x : .y)?.continuous != nil
  }

  /// Whether a label lies on a bar that is not its own.
  private func coversOther(_ label: Bounds, _ boxes: [(row: Int, box: Bounds)], than own: Bounds) -> Bool {
    let core = label.expanded(by: -6)
    return boxes.contains { $0.box != own && $0.box.width > 0 && $0.box.height > 0 && $0.box.intersects(core) }
  }

  mutating func add(_ item: SceneItem) {
    obstacles.add(text: item.bounds)
    labels.append(item)
  }

  private func barBoxes(_ items: [SceneItem], _ source: LabelSource, _ label: LabelPlan) -> [(row: Int, box: Bounds)] {
    items.compactMap { item in
      guard case .rect(let x, let y, let width, let height, _) = item.shape, item.row >= 0,
        source.isWanted(Int(item.row))
      else { return nil }
      return (Int(item.row), Bounds(x1: x, y1: y, x2: x + width, y2: y + height))
    }
  }

  /// The pixel of zero on the axis of values, from which bars go either way.
  private func zeroPixel(_ source: LabelSource) -> Double {
    let channel: Channel = source.isHorizontal ? .x : .y
    guard let scale = positionScale(channel), let continuous = scale.continuous else {
      return source.isHorizontal ? 0 : view.height
    }
    return continuous(0)
  }

  /// Where room is scarce, the last bar, the first and the highest keep their labels.
  private func order(_ boxes: [(row: Int, box: Bounds)], _ source: LabelSource) -> [(row: Int, box: Bounds)] {
    guard !source.isHorizontal, boxes.count > 2 else { return boxes }
    let highest = boxes.indices.max { boxes[$0].box.height < boxes[$1].box.height } ?? 0
    let first = [boxes.count - 1, 0, highest]
    var seen: Set<Int> = []
    return (first + Array(boxes.indices.reversed())).filter { seen.insert($0).inserted }.map { boxes[$0] }
  }

  func place(_ shape: inout TextShape, in box: Bounds, _ isHorizontal: Bool, isStacked: Bool, zero: Double) {
    shape.align = "center"
    shape.baseline = "middle"
    (shape.x, shape.y) = ((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2)
    guard !isStacked else { return }
    if isHorizontal {
      let isNegative = box.x2 <= zero + 0.01 && box.x1 < zero - 0.01
      shape.align = isNegative ? "left" : "right"
      shape.x = isNegative ? box.x1 + 6 : box.x2 - 6
    } else {
      let isNegative = box.y1 >= zero - 0.01 && box.y2 > zero + 0.01
      shape.y = isNegative ? box.y2 - 6 - shape.size / 2 : box.y1 + 6 + shape.size / 2
    }
  }

  private func place(_ shape: inout TextShape, beyond box: Bounds, _ isHorizontal: Bool, zero: Double, behindZero: Bool)
  {
    if isHorizontal {
      let isNegative = box.x2 <= zero + 0.01 && box.x1 < zero - 0.01
      shape.align = isNegative != behindZero ? "right" : "left"
      shape.baseline = "middle"
      shape.x =
        isNegative ? (behindZero ? box.x2 + 6 : box.x1 - 6) : behindZero ? box.x1 - 6 : box.x2 + 6
      shape.y = (box.y1 + box.y2) / 2
    } else {
      let isNegative = box.y1 >= zero - 0.01 && box.y2 > zero + 0.01
      shape.align = "center"
      shape.x = (box.x1 + box.x2) / 2
      let isBelow = isNegative != behindZero
      shape.y =
        isBelow ? box.y2 + 4 + shape.size : box.y1 - 5 - shape.lineStep * Double(shape.lines.count - 1)
    }
  }
}
