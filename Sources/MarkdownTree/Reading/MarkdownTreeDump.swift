internal import AlmanacCore

extension MarkdownTree {
  /// Draws the tree with its places, for tests and for people who wonder how a text was read.
  ///
  /// ```
  /// document @1:1-3:9
  /// └─ paragraph @1:1-1:10
  ///    ├─ text @1:1-1:5 "Some "
  ///    └─ strong @1:6-1:10
  /// ```
  package func dump() -> String {
    var places = InlinePlaces(self)
    var drawn = ""
    // Whether the ancestors have further siblings: what is drawn before a node.
    var bars: [Bool] = []
    var id = NodeID.document
    while true {
      let span = places.span(of: id)
      var line = bars.dropLast().map { $0 ? "│  " : "   " }.joined()
      if let last = bars.last { line += last ? "├─ " : "└─ " }
      line += "\(kind(of: id)) @\(span.start.line):\(span.start.column)-\(span.end.line):\(span.end.column)"
      drawn += line + details(of: id) + "\n"
      if let child = firstChild(of: id) {
        bars.append(nextSibling(of: child) != nil)
        id = child
        continue
      }
      while id != .document, nextSibling(of: id) == nil {
        bars.removeLast()
        guard let parent = parent(of: id) else { break }
        id = parent
      }
      guard let next = nextSibling(of: id) else { return drawn }
      bars[bars.count - 1] = nextSibling(of: next) != nil
      id = next
    }
  }

  private func details(of id: NodeID) -> String {
    let node = self[id]
    let quoted = "\"" + text(of: id).replacing(lineFeeds: "\\n") + "\""
    let trailing =
      node.kind == .codeBlock || node.kind == .link || node.kind == .image ? infoBytes(ofCodeBlock: id) : []
    let rest = trailing.isEmpty ? "" : " “\(String(decoding: trailing, as: UTF8.self))”"
    switch node.kind {
    case .text, .code, .htmlInline, .htmlBlock, .codeBlock, .link, .image: return " \(quoted)\(rest)"
    case .boundNumber, .citation, .crossReference: return " #\(node.extra) \(quoted)"
    case .figure, .query, .callout, .term, .literal: return " #\(node.extra)"
    case .heading: return " \(node.level)" + (identifier(ofHeading: id).map { " #\($0)" } ?? "")
    case .list: return (node.flags.contains(.ordered) ? " from \(node.extra)" : "") + (isTight(id) ? " tight" : "")
    case .item: return node.flags.contains(.task) ? (node.flags.contains(.checked) ? " [x]" : " [ ]") : ""
    case .tableCell: return node.level == 0 ? "" : " \(Unicode.Scalar(UInt8(truncatingIfNeeded: node.level)))"
    case .footnoteDefinition: return " [^\(text(of: id))]"
    case .footnoteReference: return " [^\(text(of: id))] \(node.extra)"
    case .softBreak: return node.flags.contains(.joins) ? " joins" : ""
    default: return ""
    }
  }

  private func isTight(_ id: NodeID) -> Bool { self[id].flags.contains(.tight) }
}

extension String {
  fileprivate func replacing(lineFeeds mark: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: mark)
  }
}
