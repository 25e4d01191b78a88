internal import MarkdownTree
internal import Markup

// MARK: - Tables

extension MarkdownHTMLRenderer {
  mutating func enterTable(_ node: MarkdownNode) {
    startLine()
    switch node.kind {
    case .table:
      if let label = options.tableRegionLabel {
        writer.raw("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\"")
        writer.attribute("aria-label", label)
        writer.raw(">\n")
      }
      isInTableBody = false
      stackedLabels = options.stacksTables ? tree.stackedLabels(ofTable: node) : nil
      writer.raw(stackedLabels == nil ? "<table>" : "<table class=\"stacks\" role=\"table\">")
    case .tableRow:
      let isStacked = stackedLabels != nil
      if node.flags.contains(.header) {
        writer.raw(isStacked ? "<thead role=\"rowgroup\">\n" : "<thead>\n")
      } else if !isInTableBody {
        writer.raw(isStacked ? "<tbody role=\"rowgroup\">\n" : "<tbody>\n")
        isInTableBody = true
      }
      writer.raw(isStacked ? "<tr role=\"row\">" : "<tr>")
    default:
      let isHeader = tree.nodes[Int(node.parent)].flags.contains(.header)
      writer.raw(isHeader ? "<th" : "<td")
      if isHeader, options.alignsByClass { writer.raw(" scope=\"col\"") }
      if let stackedLabels {
        let column = Int(node.extra)
        writer.raw(isHeader ? " role=\"columnheader\"" : column == 0 ? " role=\"rowheader\"" : " role=\"cell\"")
        if !isHeader, column > 0, column < stackedLabels.count {
          writer.attribute("data-label", stackedLabels[column])
        }
      }
      let name: StaticString?
      switch UInt8(truncatingIfNeeded: node.level) {
      case UInt8(ascii: "l"): name = "left"
      case UInt8(ascii: "c"): name = "center"
      case UInt8(ascii: "r"): name = "right"
      default: name = nil
      }
      if let name {
        if options.alignsByClass { writer.raw(" class=\"align-") } else { writer.raw(" align=\"") }
        writer.raw(name)
        writer.byte(UInt8(ascii: "\""))
      }
      writer.byte(UInt8(ascii: ">"))
    }
  }

  mutating func leaveTable(_ node: MarkdownNode) {
    switch node.kind {
    case .table:
      startLine()
      if isInTableBody { writer.raw("</tbody>\n") }
      isInTableBody = false
      writer.raw("</table>\n")
      if options.tableRegionLabel != nil { writer.raw("</div>\n") }
    case .tableRow:
      startLine()
      writer.raw("</tr>\n")
      if node.flags.contains(.header) { writer.raw("</thead>\n") }
    default:
      writer.raw(tree.nodes[Int(node.parent)].flags.contains(.header) ? "</th>" : "</td>")
    }
  }
}

// MARK: - Footnotes

extension MarkdownHTMLRenderer {
  mutating func enterFootnote(_ node: MarkdownNode) {
    startLine()
    if !isInFootnotes {
      isInFootnotes = true
      writer.raw("<section class=\"footnotes\" data-footnotes")
      if let label = options.footnotesLabel { writer.attribute("aria-label", label) }
      writer.raw(">\n<ol>\n")
    }
    writer.raw("<li id=\"fn-")
    writer.text(text(node))
    writer.raw("\">\n")
  }

  mutating func leaveFootnote(_ node: MarkdownNode) {
    // The way back stands in the note's last paragraph; a note that ends otherwise gets a line of its own.
    var last = node.firstChild
    while last >= 0, tree.nodes[Int(last)].nextSibling >= 0 { last = tree.nodes[Int(last)].nextSibling }
    if last < 0 || tree.nodes[Int(last)].kind != .paragraph {
      writeFootnoteReturns(node)
      writer.byte(0x0A)
    }
    writer.raw("</li>\n")
  }

  mutating func writeFootnoteReturns(_ definition: MarkdownNode) {
    for number in 1...max(1, Int(definition.extra)) {
      if number > 1 { writer.byte(0x20) }
      writer.raw("<a href=\"#fnref-")
      writeAddress(text(definition))
      if number > 1 {
        writer.byte(UInt8(ascii: "-"))
        writer.integer(number)
      }
      writer.raw("\" class=\"footnote-backref\" data-footnote-backref")
      writer.attribute("aria-label", options.footnoteReturnLabel)
      writer.raw(">↩")
      if number > 1 {
        writer.raw("<sup class=\"footnote-ref\">")
        writer.integer(number)
        writer.raw("</sup>")
      }
      writer.raw("</a>")
    }
  }

  mutating func writeFootnoteReference(_ node: MarkdownNode) {
    writer.raw("<sup class=\"footnote-ref\"><a href=\"#fn-")
    writeAddress(text(node))
    writer.raw("\" id=\"fnref-")
    writer.text(text(node))
    if node.level > 1 {
      writer.byte(UInt8(ascii: "-"))
      writer.integer(Int(node.level))
    }
    writer.raw("\" data-footnote-ref>")
    writer.integer(Int(node.extra))
    writer.raw("</a></sup>")
  }
}
