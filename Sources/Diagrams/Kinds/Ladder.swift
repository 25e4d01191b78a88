internal import AlmanacCore
internal import Notation
internal import VegaRuntime

/// Levels that build on one another. The first is the lowest.
package struct Ladder: Hashable, Sendable {
  struct Level: Hashable, Sendable {
    var label: DiagramText
    var text: DiagramText?
    var tone: Tone
  }

  var levels: [Level]
}

extension Ladder: DiagramContent {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    levels = reader.each("levels", limit: surroundings.limits.levels, takesPlainText: true) { reader in
      let label = reader.words("label", required: true, surroundings)
      let text = reader.words("text", surroundings)
      let tone = reader.tone() ?? .neutral
      return label.map { Level(label: $0, text: text, tone: tone) }
    }
  }

  func outline(_ words: DiagramWords) -> DiagramOutline {
    .list(levels.map { .init($0.label, details: [$0.text]) }, isOrdered: true)
  }

  func description(_ words: DiagramWords) -> String {
    words.summary(.ladder, count: levels.count, levels.map(\.label.text))
  }

  // MARK: - Drawing

  /// A staircase that climbs to the right: each level is a tread with its words above, in a wash down to the ground.
  func draw(on canvas: inout Canvas) {
    let isNarrow = canvas.isNarrow
    let count = Double(levels.count)
    let step = isNarrow ? min(14, 110 / count) : min(44, 300 / count)
    let padding = isNarrow ? 10.0 : 12.0
    // The words of all levels begin in one column, behind the longest name.
    let names = levels.indices.map { index in
      let inner = Double(index) * step + 16
      return (
        inner,
        canvas.set(levels[index].label, .title, width: min(190, (canvas.width - inner - 12) * 0.36), isBalanced: true)
      )
    }
    let column = min((names.map { $0.0 + $0.1.width }.max() ?? 0) + 24, canvas.width * 0.62)
    var y = canvas.top
    // From the top down: the highest level is the last and stands furthest to the right.
    for (index, level) in levels.enumerated().reversed() {
      let left = Double(index) * step
      let inner = left + 16
      let width = canvas.width - inner - 12
      var stack = TextStack()
      if isNarrow || level.text == nil {
        stack = canvas.stack(level.label, level.text, width: width, labelStyle: .title)
      }
      let label = names[index].1
      let text = canvas.set(level.text, .body, width: canvas.width - column - 12)
      let height = max(stack.isEmpty ? max(label.height, text.height) : stack.height, 20) + 2 * padding
      let box = Bounds(x1: left, y1: y, x2: canvas.width, y2: y + height)
      canvas.wash(box, level.tone)
      canvas.bar(Bounds(x1: left, y1: y, x2: left + 4, y2: box.y2), level.tone.paint)
      if stack.isEmpty {
        canvas.place(
          label, x: inner, y: y + padding, room: Bounds(x1: inner, y1: y, x2: inner + label.width + 1, y2: box.y2))
        canvas.place(
          text, x: column, y: y + padding + (label.lineHeight - text.lineHeight) / 2,
          room: Bounds(x1: column, y1: y, x2: box.x2, y2: box.y2))
      } else {
        canvas.place(stack, x: inner, y: y + padding, room: box)
      }
      y = box.y2 + 3
    }
    canvas.height = max(canvas.top, y - 3)
  }
}
