internal import AlmanacCore

/// Which bytes of the source each character and each inline of one block came from.
///
/// cmark knows the lines of blocks, but not the columns of inlines. This walks the block's inlines and its source side
/// by side: delimiters, escapes, entities and the `> ` of later lines are stepped over where the tree says that they
/// must be. Computed only for blocks that something is said about.
package struct InlineAlignment: Sendable {
  /// Source offset of each byte of the tree's text from `textBase` on.
  private var offsets: [Int32] = []
  private let textBase: Int
  /// Sorted by node.
  private var ranges: [(node: NodeID, range: Range<Int>)] = []
  let blockRange: Range<Int>

  /// Returns where a byte of the tree's text stands in the source.
  package func sourceOffset(ofText offset: Int) -> Int {
    let index = offset - textBase
    if index >= 0, index < offsets.count, offsets[index] >= 0 { return Int(offsets[index]) }
    // Just behind a text: behind the source of its last character.
    if index > 0, index <= offsets.count, offsets[index - 1] >= 0 { return Int(offsets[index - 1]) + 1 }
    return blockRange.lowerBound
  }

  /// Returns the source of a range of the tree's text; escapes within it are included.
  package func sourceRange(ofText range: Range<Int>) -> Range<Int> {
    let start = sourceOffset(ofText: range.lowerBound)
    guard !range.isEmpty else { return start..<start }
    return start..<max(start, sourceOffset(ofText: range.upperBound - 1) + 1)
  }

  /// Returns the source of an inline, delimiters included.
  package func sourceRange(of node: NodeID) -> Range<Int>? {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].node < node { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].node == node ? ranges[low].range : nil
  }
}

extension InlineAlignment {
  package init(of block: NodeID, in tree: MarkdownTree, lines: SourceLines) {
    var low = Int.max
    var high = 0
    var id = block
    while let next = tree.node(after: id, within: block) {
      id = next
      let node = tree[id]
      guard node.kind.hasAlignedText else { continue }
      low = min(low, Int(node.textStart))
      high = max(high, Int(node.textEnd))
    }
    textBase = low == .max ? 0 : low
    offsets = [Int32](repeating: -1, count: low == .max ? 0 : high - low)
    blockRange = Self.contentRange(of: block, in: tree, lines: lines)
    var walk = Walk(tree: tree, block: block, textBase: textBase, range: blockRange, offsets: offsets)
    walk.run()
    offsets = walk.offsets
    ranges = walk.ranges.sorted { $0.node < $1.node }
  }

  /// Returns the source of a block's inlines, behind its own markup.
  private static func contentRange(of block: NodeID, in tree: MarkdownTree, lines: SourceLines) -> Range<Int> {
    let bytes = tree.source.bytes
    let node = tree[block]
    let first = lines.range(ofLine: Int(node.line))
    var end = lines.range(ofLine: Int(node.endLine)).upperBound
    var start = min(first.lowerBound + max(0, Int(node.column) - 1), first.upperBound)
    if node.kind == .tableCell, let row = tree.parent(of: block) {
      let line = lines.range(ofLine: Int(tree[row].line))
      (start, end) = cell(Int(node.extra), of: line, from: Int(tree[row].column) - 1, in: bytes)
    }
    func skip(while condition: (UInt8) -> Bool) {
      while start < end, condition(bytes[start]) { start += 1 }
    }
    skip { $0 == 0x20 || $0 == 0x09 }
    switch node.kind {
    case .heading:
      let marks = start
      skip { $0 == UInt8(ascii: "#") }
      if start - marks != Int(node.level) { start = marks }
      skip { $0 == 0x20 || $0 == 0x09 }
    case .paragraph:
      if let item = tree.parent(of: block), tree[item].flags.contains(.task), tree.firstChild(of: item) == block,
        start + 2 < end, bytes[start] == UInt8(ascii: "["), bytes[start + 2] == UInt8(ascii: "]")
      {
        start += 3
        skip { $0 == 0x20 || $0 == 0x09 }
      }
    default: break
    }
    return start..<max(start, end)
  }

  private static func cell(_ column: Int, of line: Range<Int>, from: Int, in bytes: [UInt8]) -> (Int, Int) {
    var index = min(line.lowerBound + max(0, from), line.upperBound)
    while index < line.upperBound, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    if index < line.upperBound, bytes[index] == UInt8(ascii: "|") { index += 1 }
    var start = index
    var seen = 0
    while index < line.upperBound {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if bytes[index] == UInt8(ascii: "|") {
        if seen == column { return (start, index) }
        seen += 1
        start = index + 1
      }
      index += 1
    }
    return seen == column ? (start, line.upperBound) : (line.upperBound, line.upperBound)
  }
}

extension NodeKind {
  /// Whether the node's text is a stretch of the source: not so an address, which is unescaped and out of order.
  var hasAlignedText: Bool {
    switch self {
    case .text, .code, .htmlInline, .boundNumber, .crossReference, .citation: true
    default: false
    }
  }
}
