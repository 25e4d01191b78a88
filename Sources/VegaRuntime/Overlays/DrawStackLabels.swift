internal import VegaLite

/// A piece of a stack, the text that belongs on it, and the paint it has.
private struct StackPiece {
  var box: Bounds
  var text: TextShape
  var paint: String?
}

/// What stood in a plot before its stacks had labels.
private struct StackSurroundings {
  var bars: [Bounds]
  var texts: Obstacles
}

extension OverlayCanvas {
  /// Pixels between a stack and a text beside it, and between two of these.
  private static let gap = 6.0

  /// Writes values on the pieces of stacks. A piece too narrow for its text has it behind the stack's end where nothing else
  /// follows, in the colour of the piece, and else above or below the stack with a stroke that leads to it.
  mutating func drawStackLabels(
    _ boxes: [(row: Int, box: Bounds)], _ source: LabelSource, _ label: LabelPlan, zero: Double
  ) {
    var stacks: [[StackPiece]] = []
    var places: [Double: Int] = [:]
    for (row, box) in boxes where box.width > 0 && box.height > 0 {
      let lines = source.lines(row, width: label.width ?? 1_000, size: fontSize, bold: false)
      guard !lines.isEmpty else { continue }
      let piece = StackPiece(box: box, text: shape(lines), paint: source.paint(row))
      let start = source.isHorizontal ? box.y1 : box.x1
      if let place = places[start] {
        stacks[place].append(piece)
      } else {
        places[start] = stacks.count
        stacks.append([piece])
      }
    }
    let surroundings = StackSurroundings(bars: boxes.map(\.box), texts: obstacles)
    for stack in stacks {
      // What grows to either side of zero, from zero on.
      let isHorizontal = source.isHorizontal
      let (less, more) = stack.partitioned { isHorizontal ? $0.box.x2 <= zero + 0.01 : $0.box.y1 >= zero - 0.01 }
      write(
        more.sorted { isHorizontal ? $0.box.x1 < $1.box.x1 : $0.box.y1 > $1.box.y1 }, among: surroundings, source,
        isMore: true)
      write(
        less.sorted { isHorizontal ? $0.box.x1 > $1.box.x1 : $0.box.y1 < $1.box.y1 }, among: surroundings, source,
        isMore: false
      )
    }
  }

  /// - Parameter isMore: whether the pieces grow from zero to the right, or upwards.
  private mutating func write(
    _ pieces: [StackPiece], among surroundings: StackSurroundings, _ source: LabelSource, isMore: Bool
  ) {
    var rest: [StackPiece] = []
    /// How many pieces at the end have no text on them.
    var last = 0
    for piece in pieces {
      if writeOn(piece, source) {
        last = 0
      } else {
        rest.append(piece)
        last += 1
      }
    }
    var left: [StackPiece] = Array(rest.dropLast(last))
    var edge = Self.gap
    for piece in rest.suffix(last) {
      if let end = writeBehind(piece, of: pieces[pieces.count - 1].box, from: edge, source, isMore: isMore) {
        edge = end
      } else {
        left.append(piece)
      }
    }
    writeBeside(left, among: surroundings, source)
  }

  private mutating func writeOn(_ piece: StackPiece, _ source: LabelSource) -> Bool {
    let height = piece.text.lineStep * Double(piece.text.lines.count - 1) + piece.text.size
    guard piece.box.width >= piece.text.width + 4, piece.box.height >= height + 2 else { return false }
    var text = piece.text
    place(&text, in: piece.box, source.isHorizontal, isStacked: true, zero: 0)
    let item = item(text, LabelPaint.text(on: piece.paint), halo: false)
    guard !obstacles.hitsText(item.bounds.expanded(by: -1)) else { return false }
    add(item)
    return true
  }

  /// - Parameter edge: pixels from the stack's end to the text.
  /// - Returns: where a next text may stand; `nil` without room.
  private mutating func writeBehind(
    _ piece: StackPiece, of last: Bounds, from edge: Double, _ source: LabelSource, isMore: Bool
  ) -> Double? {
    guard piece.text.lines.count == 1 else { return nil }
    var text = piece.text
    let next: Double
    if source.isHorizontal {
      text.align = isMore ? "left" : "right"
      text.baseline = "middle"
      text.x = isMore ? last.x2 + edge : last.x1 - edge
      text.y = (last.y1 + last.y2) / 2
      next = edge + text.width + Self.gap
    } else {
      text.align = "center"
      text.x = (last.x1 + last.x2) / 2
      text.y = isMore ? last.y1 - edge + 1 : last.y2 + edge - 2 + text.size
      next = edge + text.lineStep
    }
    let item = item(text, LabelPaint.text(for: piece.paint), halo: true)
    guard !obstacles.hitsText(item.bounds.expanded(by: -1)) else { return nil }
    add(item)
    return next
  }

  /// Writes texts in the gap before a stack, or in the one after it: above and below, or right and left.
  private mutating func writeBeside(
    _ pieces: [StackPiece], among surroundings: StackSurroundings, _ source: LabelSource
  ) {
    let isHorizontal = source.isHorizontal
    let pieces = pieces.filter { $0.text.lines.count == 1 }
    let centers = pieces.map { isHorizontal ? ($0.box.x1 + $0.box.x2) / 2 : ($0.box.y1 + $0.box.y2) / 2 }
    let places = spreadLabels(
      centers, heights: pieces.map { isHorizontal ? $0.text.width : $0.text.size }, gap: Self.gap,
      within: 0...max(1, isHorizontal ? view.width : view.height))
    for (index, piece) in pieces.enumerated() {
      for isBefore in [true, false] {
        var text = piece.text
        let leader: SceneItem.Shape
        if isHorizontal {
          let (edge, side) = isBefore ? (piece.box.y1, -1.0) : (piece.box.y2, 1)
          text.align = "center"
          text.x = places[index]
          text.y = isBefore ? edge - Self.gap - 1 : edge + Self.gap + 1 + text.size * 0.8
          leader = .line(x1: centers[index], y1: edge, x2: places[index], y2: edge + side * (Self.gap - 2))
        } else {
          let (edge, side) = isBefore ? (piece.box.x2, 1.0) : (piece.box.x1, -1)
          text.align = isBefore ? "left" : "right"
          text.baseline = "middle"
          text.x = edge + side * (Self.gap + 2)
          text.y = places[index]
          leader = .line(x1: edge, y1: centers[index], x2: edge + side * Self.gap, y2: places[index])
        }
        let item = item(text, LabelPaint.ink, halo: false)
        let core = item.bounds.expanded(by: -1)
        // A number among the labels of an axis would be read as one of them.
        let strip =
          isHorizontal
          ? Bounds(x1: 0, y1: core.y1, x2: view.width, y2: core.y2)
          : Bounds(x1: core.x1, y1: 0, x2: core.x2, y2: view.height)
        guard !obstacles.hitsText(core), !surroundings.texts.hitsText(strip),
          !surroundings.bars.contains(where: { $0.intersects(core) })
        else { continue }
        add(item)
        leaders.append(SceneItem(leader, stroke(LabelPaint.softInk)))
        break
      }
    }
  }
}

extension Array {
  /// The elements that a test holds for, and the others, in their order.
  fileprivate func partitioned(_ test: (Element) -> Bool) -> (matching: [Element], others: [Element]) {
    (filter(test), filter { !test($0) })
  }
}
