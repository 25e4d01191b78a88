/// Lines of text that fit a width: the smallest thing that layouts move about.
struct TextBlock: Hashable, Sendable {
  var lines: [String]
  /// Of the widest line, in pixels.
  var width: Double
  var style: TextStyle
  /// Baseline to baseline, in pixels.
  var lineHeight: Double

  var height: Double { lines.isEmpty ? 0 : Double(lines.count) * lineHeight }
  var isEmpty: Bool { lines.isEmpty }

  static let empty = TextBlock(lines: [], width: 0, style: .body, lineHeight: 0)
}

/// Blocks one below the other, with small gaps: a label, its text, its note.
struct TextStack: Hashable, Sendable {
  private(set) var blocks: [(block: TextBlock, y: Double)] = []
  private(set) var width = 0.0
  private(set) var height = 0.0

  /// - Parameter gap: above the block when something stands there, in pixels.
  mutating func add(_ block: TextBlock, gap: Double = 2) {
    guard !block.isEmpty else { return }
    if !blocks.isEmpty { height += gap }
    blocks.append((block, height))
    height += block.height
    width = max(width, block.width)
  }

  var isEmpty: Bool { blocks.isEmpty }

  static func == (lhs: TextStack, rhs: TextStack) -> Bool {
    lhs.blocks.map(\.block) == rhs.blocks.map(\.block)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(blocks.map(\.block)) }
}
