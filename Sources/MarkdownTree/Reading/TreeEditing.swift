// How the reading of a chapter turns pieces of text into nodes of their own. The tree is still private to the reader
// then; afterwards nobody changes it.

extension MarkdownTree {
  /// Parts a text at an offset of the tree's text. The node keeps what stands before; returns the rest, its next sibling.
  package mutating func split(_ id: NodeID, at offset: Int) -> NodeID {
    var right = self[id]
    right.textStart = Int32(offset)
    let made = NodeID(nodes.count)
    nodes.append(right)
    self[id].textEnd = Int32(offset)
    self[id].nextSibling = made.index
    return made
  }

  /// Makes a stretch of a text a node of another kind. The node keeps what stands before.
  @discardableResult
  package mutating func replace(_ range: Range<Int>, of id: NodeID, with kind: NodeKind, index: Int) -> NodeID {
    if range.upperBound < Int(self[id].textEnd) { _ = split(id, at: range.upperBound) }
    let piece = split(id, at: range.lowerBound)
    self[piece].kind = kind
    self[piece].extra = Int32(index)
    return piece
  }

  /// Puts the siblings behind `before`, up to and without `end`, into a new node that takes their place.
  @discardableResult
  package mutating func wrap(after before: NodeID, until end: NodeID, in kind: NodeKind, index: Int) -> NodeID {
    var wrapper = MarkdownNode(kind, parent: self[before].parent)
    wrapper.extra = Int32(index)
    wrapper.firstChild = self[before].nextSibling
    wrapper.nextSibling = end.index
    let made = NodeID(nodes.count)
    nodes.append(wrapper)
    self[before].nextSibling = made.index
    var child = wrapper.firstChild
    while child >= 0, child != end.index {
      nodes[Int(child)].parent = made.index
      if nodes[Int(child)].nextSibling == end.index { nodes[Int(child)].nextSibling = -1 }
      child = nodes[Int(child)].nextSibling
    }
    return made
  }

  /// Inserts an empty block behind `sibling`, or as the first child of `parent`, and moves there what `firstChild`
  /// begins.
  @discardableResult
  package mutating func insertBlock(
    _ kind: NodeKind, after sibling: NodeID?, in parent: NodeID, like model: NodeID, firstChild: Int32
  ) -> NodeID {
    var block = MarkdownNode(kind, parent: parent.index)
    (block.line, block.endLine, block.column) = (self[model].line, self[model].endLine, self[model].column)
    block.firstChild = firstChild
    let made = NodeID(nodes.count)
    if let sibling {
      block.nextSibling = self[sibling].nextSibling
      nodes.append(block)
      self[sibling].nextSibling = made.index
    } else {
      block.nextSibling = self[parent].firstChild
      nodes.append(block)
      self[parent].firstChild = made.index
    }
    var child = firstChild
    while child >= 0 {
      nodes[Int(child)].parent = made.index
      child = nodes[Int(child)].nextSibling
    }
    return made
  }

  /// Gives a heading its id.
  package mutating func setIdentifier(_ identifier: String, ofHeading id: NodeID) {
    identifiers.append(identifier)
    self[id].extra = Int32(identifiers.count)
  }
}
