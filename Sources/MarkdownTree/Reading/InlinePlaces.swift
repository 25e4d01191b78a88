package import AlmanacCore

/// Computes places of nodes for diagnostics and provenance, and remembers what neighbours need too.
package struct InlinePlaces {
  private let tree: MarkdownTree
  package let lines: SourceLines
  private var alignments: [NodeID: InlineAlignment] = [:]

  package init(_ tree: MarkdownTree, lines: SourceLines? = nil) {
    self.tree = tree
    self.lines = lines ?? SourceLines(tree.source)
  }

  /// The alignment of the block that holds `id`.
  package mutating func alignment(around id: NodeID) -> InlineAlignment {
    let block = tree.block(around: id)
    if let known = alignments[block] { return known }
    let made = InlineAlignment(of: block, in: tree, lines: lines)
    alignments[block] = made
    return made
  }

  /// Returns the source of a node: of a block whole lines from its first character on, of an inline with delimiters.
  package mutating func range(of id: NodeID) -> Range<Int> {
    let node = tree[id]
    if node.kind.isBlock, node.kind != .tableCell {
      let first = lines.range(ofLine: Int(node.line))
      let start = min(first.lowerBound + max(0, Int(node.column) - 1), first.upperBound)
      return start..<max(start, lines.range(ofLine: Int(node.endLine)).upperBound)
    }
    let alignment = alignment(around: id)
    return alignment.sourceRange(of: id) ?? alignment.blockRange
  }

  package mutating func span(of id: NodeID) -> SourceSpan { lines.span(range(of: id)) }

  /// Returns the source of a range of the text of `id`.
  package mutating func span(ofText range: Range<Int>, in id: NodeID) -> SourceSpan {
    lines.span(alignment(around: id).sourceRange(ofText: range))
  }
}

extension MarkdownTree {
  /// Returns where a node stands. For diagnostics: walks the whole text.
  package func span(of id: NodeID) -> SourceSpan {
    var places = InlinePlaces(self)
    return places.span(of: id)
  }
}
