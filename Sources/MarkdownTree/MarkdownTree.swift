package import AlmanacCore

/// A Markdown text as a tree that can be read from any thread.
///
/// All nodes stand in one array and all their characters in one buffer, because a report of a thousand pages has
/// half a million nodes: a tree costs two allocations, and walking it touches memory in order.
package struct MarkdownTree: Sendable {
  /// The text that was parsed; lines and columns count in it, front matter included.
  package var source: SourceFile
  /// The document first, then all nodes in the order of the text; nodes made later stand at the end.
  package var nodes: [MarkdownNode]
  /// UTF-8 of all nodes' texts.
  package var text: [UInt8]
  /// Identifiers of headings, found through `extra`.
  package var identifiers: [String] = []

  package init(source: SourceFile, nodes: [MarkdownNode], text: [UInt8]) {
    self.source = source
    self.nodes = nodes
    self.text = text
  }
}

// MARK: - Nodes

extension MarkdownTree {
  package subscript(id: NodeID) -> MarkdownNode {
    @inline(__always) get { nodes[Int(id.index)] }
    @inline(__always) _modify { yield &nodes[Int(id.index)] }
  }

  package func kind(of id: NodeID) -> NodeKind { self[id].kind }
  package func parent(of id: NodeID) -> NodeID? { link(self[id].parent) }
  package func firstChild(of id: NodeID) -> NodeID? { link(self[id].firstChild) }
  package func nextSibling(of id: NodeID) -> NodeID? { link(self[id].nextSibling) }
  package func children(of id: NodeID) -> Children { Children(tree: self, upcoming: self[id].firstChild) }

  /// - Complexity: O(*n*) in the number of children.
  package func lastChild(of id: NodeID) -> NodeID? {
    guard var child = firstChild(of: id) else { return nil }
    while let next = nextSibling(of: child) { child = next }
    return child
  }

  private func link(_ index: Int32) -> NodeID? { index < 0 ? nil : NodeID(index) }

  /// The children of a node, in order.
  package struct Children: Sequence, IteratorProtocol {
    let tree: MarkdownTree
    var upcoming: Int32

    package mutating func next() -> NodeID? {
      guard upcoming >= 0 else { return nil }
      let id = NodeID(upcoming)
      upcoming = tree.nodes[Int(upcoming)].nextSibling
      return id
    }
  }

  /// Returns the node that follows in a walk through everything below `root`, parents first; `nil` behind the last.
  ///
  /// Needs no stack, so depth costs nothing: `var id = root; while let next = tree.node(after: id, within: root) { … }`
  package func node(after id: NodeID, within root: NodeID, skippingChildren: Bool = false) -> NodeID? {
    if !skippingChildren, let child = firstChild(of: id) { return child }
    var id = id
    while id != root {
      if let next = nextSibling(of: id) { return next }
      guard let parent = parent(of: id) else { return nil }
      id = parent
    }
    return nil
  }

  /// Returns the closest ancestor, or the node itself, that is a block.
  package func block(around id: NodeID) -> NodeID {
    var id = id
    while !self[id].kind.isBlock, let parent = parent(of: id) { id = parent }
    return id
  }
}

// MARK: - Texts

extension MarkdownTree {
  /// The characters of a leaf, the address of a link, the body of a code block: see ``MarkdownNode``.
  package func textBytes(of id: NodeID) -> ArraySlice<UInt8> { text[textRange(of: id)] }
  package func text(of id: NodeID) -> String { String(decoding: textBytes(of: id), as: UTF8.self) }

  package func textRange(of id: NodeID) -> Range<Int> {
    let node = self[id]
    return Int(node.textStart)..<Int(node.textEnd)
  }

  /// What follows ```` ``` ```` of a fence: `vega-lite #fig-users`.
  package func infoBytes(ofCodeBlock id: NodeID) -> ArraySlice<UInt8> { trailingBytes(of: id) }
  /// The title of a link or image; empty without one.
  package func titleBytes(ofLink id: NodeID) -> ArraySlice<UInt8> { trailingBytes(of: id) }

  private func trailingBytes(of id: NodeID) -> ArraySlice<UInt8> {
    let node = self[id]
    return text[Int(node.textEnd)..<Int(node.textEnd + node.extra)]
  }

  /// The identifier of a heading, once the chapter has been read.
  package func identifier(ofHeading id: NodeID) -> String? {
    let index = Int(self[id].extra)
    return index > 0 && index <= identifiers.count ? identifiers[index - 1] : nil
  }
}

// MARK: - Searching

extension MarkdownTree {
  /// Whether any node's text holds a byte: lets whole passes be left out.
  package func hasText(_ byte: UInt8) -> Bool {
    text.withUnsafeBufferPointer { firstIndex(of: byte, in: $0, from: 0) != nil }
  }

  /// Returns the link or image that a node stands in, where the dialect is not read; `nil` for most nodes.
  package func link(around id: NodeID) -> NodeID? {
    var id = id
    while let parent = parent(of: id), !self[parent].kind.isBlock {
      if self[parent].kind == .link || self[parent].kind == .image { return parent }
      id = parent
    }
    return nil
  }
}
