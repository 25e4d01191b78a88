extension MarkdownTree {
  /// Returns what a reader reads below a node, without markup: for search, descriptions and tables of contents.
  ///
  /// Blocks are parted by a line feed and cells by a space; a line's end between Han characters leaves nothing, any other
  /// a space. Raw HTML, the numbers of footnotes and blocks that show nothing are left out; of an image its
  /// description stays. What `substitutions` names is taken from there.
  package func plainText(of root: NodeID, substitutions: [NodeID: String] = [:]) -> String {
    String(decoding: plainBytes(of: root, substitutions: substitutions), as: UTF8.self)
  }

  package func plainBytes(of root: NodeID, substitutions: [NodeID: String] = [:]) -> [UInt8] {
    var bytes: [UInt8] = []
    func separate(_ byte: UInt8) {
      if let last = bytes.last, last != 0x0A, last != 0x20 { bytes.append(byte) }
    }
    var id: NodeID? = root
    while let current = id {
      let node = self[current]
      var isDone = false
      if let substitute = substitutions[current] {
        bytes.append(contentsOf: substitute.utf8)
        isDone = true
      } else {
        switch node.kind {
        case .text, .code, .boundNumber, .crossReference, .citation: bytes.append(contentsOf: textBytes(of: current))
        case .softBreak: if !node.flags.contains(.joins) { bytes.append(0x20) }
        case .lineBreak: bytes.append(0x20)
        case .codeBlock:
          separate(0x0A)
          bytes.append(contentsOf: textBytes(of: current))
        case .query, .removed, .htmlBlock, .htmlInline, .footnoteReference: isDone = current != root
        case .figure:
          separate(0x0A)
          isDone = firstChild(of: current) == nil
        case .tableCell: separate(0x20)
        default: if node.kind.isBlock { separate(0x0A) }
        }
      }
      id = self.node(after: current, within: root, skippingChildren: isDone)
    }
    while let last = bytes.last, last == 0x0A || last == 0x20 { bytes.removeLast() }
    return bytes
  }
}
