internal import VegaRuntime

extension Quadrant {
  func draw(on canvas: inout Canvas) {
    let isNarrow = canvas.isNarrow
    // The words of the upright axis stand in a column of their own, or above and below the field.
    let sideWidth = isNarrow || (y.title == nil && y.low == nil && y.high == nil) ? 0 : 104.0
    let left = sideWidth == 0 ? 0 : sideWidth + 16
    var top = canvas.top
    if isNarrow { top = drawAxisAbove(top, &canvas) }
    let width = canvas.width - left
    let bands = regionBands(width, canvas)
    let itemsHeight = items.isEmpty ? 0.0 : isNarrow ? 210.0 : 300.0
    let half = max(bands.top, bands.bottom) + max(itemsHeight / 2, isNarrow ? 10 : 14)
    let field = Bounds(x1: left, y1: top, x2: canvas.width, y2: top + 2 * half)
    drawField(field, bands, &canvas)
    var bottom = field.y2
    if isNarrow { bottom = drawAxisBelow(bottom, &canvas) } else { drawAxisBeside(field, sideWidth, &canvas) }
    bottom = drawAcross(field, bottom, &canvas)
    let area = Bounds(
      x1: field.x1 + 12, y1: field.y1 + max(bands.top, 12), x2: field.x2 - 12, y2: field.y2 - max(bands.bottom, 12))
    bottom = drawItems(area, field, bottom, &canvas)
    canvas.height = bottom
  }

  // MARK: - The field

  /// Heights at the top and bottom of the field that the words of the regions take.
  private func regionBands(_ width: Double, _ canvas: Canvas) -> (
    stacks: [Position: TextStack], top: Double, bottom: Double
  ) {
    let padding = canvas.isNarrow ? 10.0 : 14.0
    var stacks: [Position: TextStack] = [:]
    var (top, bottom) = (0.0, 0.0)
    for region in regions {
      let stack = canvas.stack(
        region.title, region.text, width: width / 2 - 2 * padding,
        labelStyle: canvas.isNarrow ? .label : .title, textStyle: canvas.isNarrow ? .small : .body)
      guard !stack.isEmpty else { continue }
      stacks[region.position] = stack
      let height = stack.height + 2 * padding
      if region.position.isTop { top = max(top, height) } else { bottom = max(bottom, height) }
    }
    return (stacks, top, bottom)
  }

  private func drawField(
    _ field: Bounds, _ bands: (stacks: [Position: TextStack], top: Double, bottom: Double), _ canvas: inout Canvas
  ) {
    let padding = canvas.isNarrow ? 10.0 : 14.0
    for position in Position.allCases {
      let box = Bounds(
        x1: position.isLeft ? field.x1 : field.midX + 1, y1: position.isTop ? field.y1 : field.midY + 1,
        x2: position.isLeft ? field.midX - 1 : field.x2, y2: position.isTop ? field.midY - 1 : field.y2)
      let region = regions.first { $0.position == position }
      canvas.wash(box, region?.tone ?? .muted)
      guard let stack = bands.stacks[position] else { continue }
      canvas.place(
        stack, x: position.isLeft ? box.x1 + padding : box.x2 - padding,
        y: position.isTop ? box.y1 + padding : box.y2 - padding - stack.height, align: position.isLeft ? .left : .right,
        room: box)
    }
  }

  // MARK: - Axes

  private func drawAxisBeside(_ field: Bounds, _ width: Double, _ canvas: inout Canvas) {
    guard width > 0 else { return }
    let x = width
    let high = canvas.set(y.high, .small, width: width - 14)
    let low = canvas.set(y.low, .small, width: width - 14)
    let title = canvas.set(y.title, .label, width: width - 14, isBalanced: true)
    canvas.place(high, x: x, y: field.y1, align: .right)
    canvas.place(title, x: x, y: field.midY - title.height / 2, align: .right)
    canvas.place(low, x: x, y: field.y2 - low.height, align: .right)
    canvas.line(width + 9, field.y2, width + 9, field.y1 + 4, Ink.line)
    canvas.arrowhead(width + 9, field.y1, angle: -.pi / 2)
  }

  private func drawAxisAbove(_ y: Double, _ canvas: inout Canvas) -> Double {
    let title = canvas.set(self.y.title, .label, width: canvas.width - 14)
    let high = canvas.set(self.y.high, .small, width: canvas.width - 14)
    var stack = TextStack()
    stack.add(title)
    stack.add(high)
    guard !stack.isEmpty else { return y }
    canvas.place(stack, x: 14, y: y)
    canvas.line(4, y + stack.height, 4, y + 6, Ink.line)
    canvas.arrowhead(4, y + 2, angle: -.pi / 2)
    return y + stack.height + 8
  }

  private func drawAxisBelow(_ y: Double, _ canvas: inout Canvas) -> Double {
    let low = canvas.set(self.y.low, .small, width: canvas.width - 14)
    guard !low.isEmpty else { return y }
    canvas.place(low, x: 14, y: y + 8)
    canvas.line(4, y + 10, 4, y + 4 + low.height, Ink.line)
    canvas.arrowhead(4, y + 8 + low.height, angle: .pi / 2)
    return y + 8 + low.height
  }

  /// The level axis: low on the left, title in the middle, high on the right.
  private func drawAcross(_ field: Bounds, _ y: Double, _ canvas: inout Canvas) -> Double {
    guard x.title != nil || x.low != nil || x.high != nil else { return y }
    let lineY = y + 10
    canvas.line(field.x1, lineY, field.x2 - 4, lineY, Ink.line)
    canvas.arrowhead(field.x2, lineY, angle: 0)
    let third = field.width * (canvas.isNarrow ? 0.31 : 0.32)
    let low = canvas.set(x.low, .small, width: third)
    let title = canvas.set(x.title, .label, width: third, isBalanced: true)
    let high = canvas.set(x.high, .small, width: third)
    canvas.place(low, x: field.x1, y: lineY + 7)
    canvas.place(title, x: field.midX, y: lineY + 7, align: .center)
    canvas.place(high, x: field.x2, y: lineY + 7, align: .right)
    return lineY + 7 + max(low.height, title.height, high.height)
  }

  // MARK: - Items

  /// Draws a dot with its words beside it where there is room for all; else numbers, with the words below.
  private func drawItems(_ area: Bounds, _ field: Bounds, _ bottom: Double, _ canvas: inout Canvas) -> Double {
    guard !items.isEmpty else { return bottom }
    let radius = 5.0
    let points = dodged(
      items.map { Point(area.x1 + $0.x * area.width, area.y2 - $0.y * area.height) }, distance: 2 * radius + 3, in: area
    )
    let stacks = items.map { item in
      canvas.stack(
        item.label, item.note, width: canvas.isNarrow ? 92 : 150, labelStyle: canvas.isNarrow ? .smallLabel : .label,
        textStyle: .small)
    }
    if let places = labelPlaces(
      points, stacks.map { ($0.width, $0.height) }, radius: radius, area: area, middle: Point(field.midX, field.midY))
    {
      for (index, item) in items.enumerated() {
        canvas.dot(points[index].x, points[index].y, radius: radius, item.tone.paint)
        let place = places[index]
        canvas.place(stacks[index], x: place.x, y: place.y, align: place.align, room: field)
      }
      return bottom
    }
    return drawNumbered(area, bottom, &canvas)
  }

  private func drawNumbered(_ area: Bounds, _ bottom: Double, _ canvas: inout Canvas) -> Double {
    let radius = 10.0
    let points = dodged(
      items.map { Point(area.x1 + $0.x * area.width, area.y2 - $0.y * area.height) }, distance: 2 * radius + 2, in: area
    )
    for (index, item) in items.enumerated() { number(index, item.tone, points[index], radius, &canvas) }
    let columns = canvas.isNarrow ? 1 : 2
    let width = (canvas.width - 24 * Double(columns - 1)) / Double(columns)
    let rows = (items.count + columns - 1) / columns
    var deepest = bottom
    for column in 0..<columns {
      var y = bottom + 16
      for index in column * rows..<max(column * rows, min(items.count, (column + 1) * rows)) {
        let x = Double(column) * (width + 24)
        let stack = canvas.stack(items[index].label, items[index].note, width: width - 28, textStyle: .small)
        number(index, items[index].tone, Point(x + 10, y + stack.blocks[0].block.lineHeight / 2), radius, &canvas)
        canvas.place(stack, x: x + 28, y: y)
        y += max(stack.height, 22) + 6
      }
      deepest = max(deepest, y - 6)
    }
    return deepest
  }

  private func number(_ index: Int, _ tone: Tone, _ point: Point, _ radius: Double, _ canvas: inout Canvas) {
    canvas.dot(point.x, point.y, radius: radius, tone.paint, isHollow: true)
    let block = canvas.set("\(index + 1)", .smallLabel, width: 30)
    canvas.place(block, x: point.x, y: point.y - block.height / 2, align: .center)
  }
}
