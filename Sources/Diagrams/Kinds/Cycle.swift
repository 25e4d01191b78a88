internal import AlmanacCore
internal import Notation
internal import VegaRuntime

/// Steps that lead back to the first: a flywheel. Clockwise from the top.
package struct Cycle: Hashable, Sendable {
  struct Step: Hashable, Sendable {
    var label: DiagramText
    var text: DiagramText?
    var tone: Tone
  }

  var center: DiagramText?
  var steps: [Step]
}

extension Cycle: DiagramContent {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    center = reader.words("center", surroundings)
    let found = reader.value("steps")
    steps = reader.each("steps", limit: surroundings.limits.steps, takesPlainText: true) { reader in
      let label = reader.words("label", required: true, surroundings)
      let text = reader.words("text", surroundings)
      let tone = reader.tone() ?? .accent
      return label.map { Step(label: $0, text: text, tone: tone) }
    }
    if steps.count == 1, let found, found.array?.count == 1 {
      reader.diagnostics.append(.diagramSingleStep(at: found.span))
    }
  }

  func outline(_ words: DiagramWords) -> DiagramOutline {
    var entries = steps.map { DiagramOutline.Entry($0.label, details: [$0.text]) }
    if let first = steps.first, !entries.isEmpty {
      entries[entries.count - 1].details.append(DiagramText(words.then(first.label.text)))
    }
    guard let center else { return .list(entries, isOrdered: true) }
    return .list([.init(center, children: entries, isOrdered: true)], isOrdered: false)
  }

  func description(_ words: DiagramWords) -> String {
    let subject = center.map { $0.text + (words.isChinese ? "。" : ". ") } ?? ""
    return subject + words.summary(.cycle, count: steps.count, steps.map(\.label.text))
  }

  // MARK: - Drawing

  func draw(on canvas: inout Canvas) {
    if let center, centerBlock(canvas).isEmpty {
      // Too much for the middle of the ring: a heading.
      let block = canvas.set(center, .title, width: canvas.width)
      canvas.place(block, x: canvas.width / 2, y: canvas.top, align: .center)
      canvas.top += block.height + 16
    }
    if canvas.isNarrow { drawNarrow(&canvas) } else { drawWide(&canvas) }
  }

  private func angle(_ index: Int) -> Double { -.pi / 2 + 2 * .pi * Double(index) / Double(max(1, steps.count)) }

  /// A ring with the steps' words around it.
  private func drawWide(_ canvas: inout Canvas) {
    let centerX = canvas.width / 2
    let radius = ringRadius(canvas)
    let gap = 28.0
    // Words of steps on the sides stand beside the ring, those at the very top and bottom above and below it.
    struct Words { var stack: TextStack, x: Double, y: Double, align: TextAlign, room: Bounds }
    var placed: [Words] = []
    for (index, step) in steps.enumerated() {
      let point = pointOnCircle(0, 0, radius: radius, angle: angle(index))
      if point.x.magnitude < radius * 0.25 {
        let stack = canvas.stack(step.label, step.text, width: 280, labelStyle: .title)
        let y = point.y < 0 ? point.y - gap + 4 - stack.height : point.y + gap - 4
        placed.append(Words(stack: stack, x: centerX, y: y, align: .center, room: Bounds()))
      } else {
        let isRight = point.x > 0
        let x = centerX + point.x + (isRight ? gap : -gap)
        let width = isRight ? canvas.width - x : x
        let stack = canvas.stack(step.label, step.text, width: min(width, 230), labelStyle: .title)
        placed.append(
          Words(stack: stack, x: x, y: point.y - stack.height / 2, align: isRight ? .left : .right, room: Bounds()))
      }
    }
    // Words on one side are pushed apart, evenly around where they belong.
    for side in [TextAlign.left, .right] {
      let indices = placed.indices.filter { placed[$0].align == side }.sorted { placed[$0].y < placed[$1].y }
      let tops = spread(indices.map { (placed[$0].y, placed[$0].stack.height) }, gap: 14)
      for (index, y) in zip(indices, tops) { placed[index].y = y }
    }
    let top = min(-radius - 20, placed.map(\.y).min() ?? 0)
    let bottom = max(radius + 20, placed.map { $0.y + $0.stack.height }.max() ?? 0)
    let centerY = canvas.top - top
    for words in placed {
      canvas.place(words.stack, x: words.x, y: centerY + words.y, align: words.align)
    }
    drawRing(centerX, centerY, radius, 15, &canvas)
    canvas.height = centerY + bottom
  }

  /// A small ring with numbers, and the steps' words below it.
  private func drawNarrow(_ canvas: inout Canvas) {
    let radius = ringRadius(canvas)
    let centerY = canvas.top + radius + 15
    drawRing(canvas.width / 2, centerY, radius, 14, &canvas)
    var y = centerY + radius + 34
    for (index, step) in steps.enumerated() {
      let stack = canvas.stack(step.label, step.text, width: canvas.width - 38, labelStyle: .title)
      drawNumber(index, 14, y + 9, 12, &canvas)
      canvas.place(stack, x: 38, y: y)
      y += max(stack.height, 24) + 12
    }
    canvas.height = y - 12
  }

  private func drawRing(_ x: Double, _ y: Double, _ radius: Double, _ dotRadius: Double, _ canvas: inout Canvas) {
    let between = 2 * .pi / Double(max(1, steps.count))
    let margin = min((dotRadius + 8) / radius, between * 0.4)
    for index in steps.indices where steps.count > 1 {
      let start = angle(index)
      let arc = arcPath(x, y, radius: radius, from: start + margin, to: start + between - margin - 5 / radius)
      canvas.path(arc.path, Ink.line, width: 1.5)
      let tip = pointOnCircle(x, y, radius: radius, angle: start + between - margin)
      canvas.arrowhead(tip.x, tip.y, angle: arc.angle + 2.5 / radius, size: 8)
    }
    for index in steps.indices {
      let point = pointOnCircle(x, y, radius: radius, angle: angle(index))
      drawNumber(index, point.x, point.y, dotRadius, &canvas)
    }
    let block = centerBlock(canvas)
    canvas.place(block, x: x, y: y - block.height / 2, align: .center)
  }

  private func ringRadius(_ canvas: Canvas) -> Double {
    canvas.isNarrow ? 92 : 108 + Double(max(0, steps.count - 5)) * 8
  }

  /// The words in the middle of the ring; empty when they do not fit between its dots.
  private func centerBlock(_ canvas: Canvas) -> TextBlock {
    let free = ringRadius(canvas) - 22
    let block = canvas.set(center, .title, width: free * 1.7, isBalanced: true)
    let reach = (block.width * block.width + block.height * block.height).squareRoot() / 2
    return reach <= free ? block : .empty
  }

  private func drawNumber(_ index: Int, _ x: Double, _ y: Double, _ radius: Double, _ canvas: inout Canvas) {
    let tone = steps[index].tone
    canvas.dot(x, y, radius: radius, tone.paint, isHollow: true)
    let number = canvas.set("\(index + 1)", .smallLabel, width: 30)
    canvas.place(number, x: x, y: y - number.height / 2, align: .center)
  }
}
