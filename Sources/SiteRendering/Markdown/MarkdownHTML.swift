internal import AlmanacCore
package import MarkdownTree
internal import Markup

/// Writes the content of a node as HTML: the whole page, or the words of one heading or caption.
///
/// With `.plainGFM` the bytes are those that the GFM specification shows. Nodes of the dialect that need the report
/// (numbers, citations, figures) are written by others and handed in.
/// - Parameters:
///   - root: the node whose children are written.
///   - substitutions: markup that stands instead of a node and everything below it.
package func renderMarkdown(
  _ tree: MarkdownTree, root: NodeID = .document, substitutions: [NodeID: [UInt8]] = [:],
  options: MarkdownHTMLOptions = MarkdownHTMLOptions()
) -> [UInt8] {
  var renderer = MarkdownHTMLRenderer(tree: tree, substitutions: substitutions, options: options)
  renderer.writeContent(of: root)
  return renderer.writer.bytes
}

/// Writes a node itself and all below it, even when it is one that `substitutions` would replace: what a figure is put
/// around.
package func renderMarkdown(
  _ tree: MarkdownTree, node: NodeID, substitutions: [NodeID: [UInt8]] = [:],
  options: MarkdownHTMLOptions = MarkdownHTMLOptions()
) -> [UInt8] {
  var renderer = MarkdownHTMLRenderer(tree: tree, substitutions: substitutions, options: options)
  renderer.write(node)
  return renderer.writer.bytes
}

/// Writes a node itself, such as a table that a frame is put around.
package func renderMarkdownNode(
  _ tree: MarkdownTree, _ node: NodeID, substitutions: [NodeID: [UInt8]] = [:],
  options: MarkdownHTMLOptions = MarkdownHTMLOptions()
) -> [UInt8] {
  // A copy in which the node is all that there is.
  var alone = tree
  alone[.document].firstChild = node.index
  alone[node].nextSibling = -1
  alone[node].parent = NodeID.document.index
  return renderMarkdown(alone, substitutions: substitutions, options: options)
}

/// Writes the words of a text's first paragraph, without the paragraph.
package func renderInlineMarkdown(
  _ tree: MarkdownTree, substitutions: [NodeID: [UInt8]] = [:], options: MarkdownHTMLOptions = MarkdownHTMLOptions()
) -> [UInt8] {
  guard let paragraph = tree.firstChild(of: .document) else { return [] }
  return renderMarkdown(tree, root: paragraph, substitutions: substitutions, options: options)
}

/// The walk of one rendering: enters and leaves nodes along their links, without a stack.
struct MarkdownHTMLRenderer {
  let tree: MarkdownTree
  let substitutions: [NodeID: [UInt8]]
  let options: MarkdownHTMLOptions
  var writer: MarkupWriter
  /// Whether a node is substituted, by index: asking the dictionary for each node would cost more than the rest.
  private var isSubstituted: [Bool]
  var isInTableBody = false
  /// Titles of the columns of a table that a phone shows row by row.
  var stackedLabels: [String]?
  var isInFootnotes = false

  init(tree: MarkdownTree, substitutions: [NodeID: [UInt8]], options: MarkdownHTMLOptions) {
    self.tree = tree
    self.substitutions = substitutions
    self.options = options
    writer = MarkupWriter(reserving: tree.text.count + tree.text.count / 2 + 256)
    isSubstituted = []
    if !substitutions.isEmpty {
      isSubstituted = [Bool](repeating: false, count: tree.nodes.count)
      for id in substitutions.keys where Int(id.index) < isSubstituted.count { isSubstituted[Int(id.index)] = true }
    }
  }

  mutating func write(_ id: NodeID) {
    let node = tree[id]
    if !isSubstituted.isEmpty { isSubstituted[Int(id.index)] = false }
    guard enter(node, id.index) else { return }
    writeContent(of: id)
    leave(node, id.index)
  }

  mutating func writeContent(of root: NodeID) {
    var index = tree[root].firstChild
    while index >= 0 {
      let node = tree.nodes[Int(index)]
      if enter(node, index), node.firstChild >= 0 {
        index = node.firstChild
        continue
      }
      var next = node.nextSibling
      while next < 0 {
        index = tree.nodes[Int(index)].parent
        guard index >= 0, index != root.index else { break }
        let parent = tree.nodes[Int(index)]
        leave(parent, index)
        next = parent.nextSibling
      }
      index = next
    }
    if isInFootnotes { writer.raw("</ol>\n</section>\n") }
  }

  // MARK: - Entering

  /// Writes a node's beginning, or all of it. Returns whether its children follow; only then it is left again.
  @inline(__always)
  private mutating func enter(_ node: MarkdownNode, _ index: Int32) -> Bool {
    if !isSubstituted.isEmpty, isSubstituted[Int(index)], let markup = substitutions[NodeID(index)] {
      writer.raw(markup)
      return false
    }
    switch node.kind {
    case .text:
      writer.text(tree.text[Int(node.textStart)..<Int(node.textEnd)])
      return false
    case .softBreak:
      if !(node.flags.contains(.joins) && options.joinsHanLines) { writer.byte(0x0A) }
      return false
    default:
      return enterOther(node, index)
    }
  }

  private mutating func enterOther(_ node: MarkdownNode, _ index: Int32) -> Bool {
    switch node.kind {
    case .paragraph:
      if isTight(node) {
        return finish(node, index)
      }
      startLine()
      writer.raw("<p>")
    case .emphasis: writer.raw("<em>")
    case .strong: writer.raw("<strong>")
    case .strikethrough: writer.raw("<del>")
    case .link: writeLink(node)
    case .code:
      writer.raw("<code>")
      writer.text(text(node))
      writer.raw("</code>")
      return false
    case .lineBreak:
      writer.raw("<br />\n")
      return false
    case .image:
      writeImage(node, index)
      return false
    case .htmlInline:
      if options.allowsRawHTML { writeFiltered(text(node)) }
      return false
    case .htmlBlock:
      if options.allowsRawHTML {
        startLine()
        writeFiltered(text(node))
        startLine()
      }
      return false
    case .footnoteReference:
      writeFootnoteReference(node)
      return false
    case .boundNumber, .citation, .crossReference:
      writer.text(text(node))
      return false
    case .query, .caption, .removed: return false
    case .codeBlock:
      writeCodeBlock(node)
      return false
    case .figure where node.firstChild < 0:
      writeCodeBlock(node)
      return false
    case .thematicBreak:
      startLine()
      writer.raw("<hr />\n")
      return false
    default: enterBlock(node, index)
    }
    return finish(node, index)
  }

  /// A node without children is left as soon as it is entered.
  private mutating func finish(_ node: MarkdownNode, _ index: Int32) -> Bool {
    if node.firstChild < 0 {
      leave(node, index)
      return false
    }
    return true
  }

  private mutating func enterBlock(_ node: MarkdownNode, _ index: Int32) {
    switch node.kind {
    case .heading:
      startLine()
      writer.raw("<h")
      writer.integer(Int(node.level))
      if options.hasHeadingIdentifiers, let identifier = tree.identifier(ofHeading: NodeID(index)) {
        writer.attribute("id", identifier)
      }
      writer.byte(UInt8(ascii: ">"))
    case .blockQuote:
      startLine()
      writer.raw("<blockquote>\n")
    case .list:
      startLine()
      if !node.flags.contains(.ordered) {
        writer.raw("<ul>\n")
      } else if node.extra == 1 {
        writer.raw("<ol>\n")
      } else {
        writer.raw("<ol")
        writer.attribute("start", Int(node.extra))
        writer.raw(">\n")
      }
    case .item:
      startLine()
      writer.raw("<li>")
      if node.flags.contains(.task) { writeCheckBox(isChecked: node.flags.contains(.checked)) }
    case .table, .tableRow, .tableCell: enterTable(node)
    case .footnoteDefinition: enterFootnote(node)
    case .callout, .calloutTitle, .term, .literal: enterDialect(node, index)
    default: break
    }
  }

  private mutating func writeCheckBox(isChecked: Bool) {
    writer.raw("<input type=\"checkbox\" ")
    if isChecked { writer.raw("checked=\"\" ") }
    writer.raw("disabled=\"\"")
    if let labels = options.taskLabels { writer.attribute("aria-label", isChecked ? labels.done : labels.open) }
    writer.raw(" /> ")
  }

  private mutating func writeCodeBlock(_ node: MarkdownNode) {
    startLine()
    let info = tree.text[Int(node.textEnd)..<Int(node.textEnd) + (node.kind == .codeBlock ? Int(node.extra) : 0)]
    let language = info.prefix { $0 > 0x20 }
    if language.isEmpty {
      writer.raw("<pre><code>")
    } else {
      writer.raw("<pre><code class=\"language-")
      writer.text(language)
      writer.raw("\">")
    }
    writer.text(text(node))
    writer.raw("</code></pre>\n")
  }

  // MARK: - Leaving

  private mutating func leave(_ node: MarkdownNode, _ index: Int32) {
    switch node.kind {
    case .paragraph:
      if isTight(node) { return }
      if node.nextSibling < 0, node.parent >= 0, tree.nodes[Int(node.parent)].kind == .footnoteDefinition {
        writer.byte(0x20)
        writeFootnoteReturns(tree.nodes[Int(node.parent)])
      }
      writer.raw("</p>\n")
    case .emphasis: writer.raw("</em>")
    case .strong: writer.raw("</strong>")
    case .strikethrough: writer.raw("</del>")
    case .link: writer.raw("</a>")
    case .heading:
      if let label = options.permalinkLabel, let identifier = tree.identifier(ofHeading: NodeID(index)) {
        writer.raw(" <a class=\"permalink\" href=\"#")
        writeAddress(Array(identifier.utf8)[...])
        writer.raw("\"")
        writer.attribute("aria-label", label)
        writer.raw("></a>")
      }
      writer.raw("</h")
      writer.integer(Int(node.level))
      writer.raw(">\n")
    case .blockQuote:
      startLine()
      writer.raw("</blockquote>\n")
    case .list: writer.raw(node.flags.contains(.ordered) ? "</ol>\n" : "</ul>\n")
    case .item: writer.raw("</li>\n")
    case .table, .tableRow, .tableCell: leaveTable(node)
    case .footnoteDefinition: leaveFootnote(node)
    case .callout, .calloutTitle, .term, .literal: leaveDialect(node)
    default: break
    }
  }

  private func isTight(_ node: MarkdownNode) -> Bool {
    guard node.parent >= 0 else { return false }
    let item = tree.nodes[Int(node.parent)]
    return item.kind == .item && item.parent >= 0 && tree.nodes[Int(item.parent)].flags.contains(.tight)
  }

  // MARK: - Shared

  /// Ends the line, if anything stands on it.
  mutating func startLine() {
    if let last = writer.bytes.last, last != 0x0A { writer.byte(0x0A) }
  }

  func text(_ node: MarkdownNode) -> ArraySlice<UInt8> { tree.text[Int(node.textStart)..<Int(node.textEnd)] }
}
