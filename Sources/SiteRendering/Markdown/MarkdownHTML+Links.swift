internal import MarkdownTree
internal import Markup

extension MarkdownHTMLRenderer {
  mutating func writeLink(_ node: MarkdownNode) {
    let address = text(node)
    writer.raw("<a href=\"")
    if options.allowsUnsafeAddresses || !node.flags.contains(.unsafeAddress) {
      if options.linksToPages, let page = pageAddress(of: address) {
        writeAddress(page[...])
      } else {
        writeAddress(address)
      }
    }
    writer.byte(UInt8(ascii: "\""))
    writeTitle(node)
    if options.externalLinkAttributes.utf8CodeUnitCount > 0, leavesReport(address) {
      writer.raw(options.externalLinkAttributes)
    }
    writer.byte(UInt8(ascii: ">"))
  }

  /// The address of the page that a chapter's file becomes, `numbers.html#sec-fact`; `nil` for any other address.
  private func pageAddress(of address: ArraySlice<UInt8>) -> [UInt8]? {
    let path = address.prefix { $0 != UInt8(ascii: "#") }
    guard path.count > 3, path.suffix(3).elementsEqual(".md".utf8), path.first != UInt8(ascii: "/"),
      !path.contains(UInt8(ascii: ":")), !path.contains(UInt8(ascii: "?"))
    else { return nil }
    return Array(path.dropLast(3)) + Array(".html".utf8) + Array(address.dropFirst(path.count))
  }

  mutating func writeImage(_ node: MarkdownNode, _ index: Int32) {
    writer.raw("<img src=\"")
    if options.allowsUnsafeAddresses || !node.flags.contains(.unsafeAddress) { writeAddress(text(node)) }
    writer.raw("\" alt=\"")
    let root = NodeID(index)
    var id = root
    while let next = tree.node(after: id, within: root) {
      id = next
      switch tree[id].kind {
      case .text, .code, .htmlInline, .boundNumber, .citation, .crossReference: writer.text(tree.textBytes(of: id))
      case .softBreak:
        if !(tree[id].flags.contains(.joins) && options.joinsHanLines) { writer.byte(0x20) }
      case .lineBreak: writer.byte(0x20)
      default: break
      }
    }
    writer.byte(UInt8(ascii: "\""))
    writeTitle(node)
    writer.raw(" />")
  }

  private mutating func writeTitle(_ node: MarkdownNode) {
    guard node.extra > 0 else { return }
    writer.beginAttribute("title")
    writer.text(tree.text[Int(node.textEnd)..<Int(node.textEnd + node.extra)])
    writer.byte(UInt8(ascii: "\""))
  }

  /// Whether an address names another place: it has a scheme of the web, or begins with `//`.
  private func leavesReport(_ address: ArraySlice<UInt8>) -> Bool {
    guard let first = address.first else { return false }
    if first == UInt8(ascii: "/") { return address.dropFirst().first == first }
    guard first | 0x20 == UInt8(ascii: "h") else { return false }
    let scheme = address.prefix { $0 != UInt8(ascii: ":") }
    return (scheme.count == 4 || scheme.count == 5) && scheme.count < address.count
      && scheme.map { $0 | 0x20 }.elementsEqual("https".utf8.prefix(scheme.count))
  }

  /// Writes an address as cmark does: what may not stand in one is percent-encoded, and what may not stand in an
  /// attribute is escaped.
  mutating func writeAddress(_ address: ArraySlice<UInt8>) {
    var start = address.startIndex
    for index in address.indices where !isPlainInAddress(address[index]) {
      if start < index { writer.raw(address[start..<index]) }
      start = index + 1
      switch address[index] {
      case UInt8(ascii: "&"): writer.raw("&amp;")
      case UInt8(ascii: "'"): writer.raw("&#x27;")
      default:
        writer.byte(UInt8(ascii: "%"))
        writer.byte(hexDigit(address[index] >> 4))
        writer.byte(hexDigit(address[index] & 0x0F))
      }
    }
    if start < address.endIndex { writer.raw(address[start...]) }
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }

  private func isPlainInAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x40...0x5A, 0x30...0x3B, 0x23...0x25, 0x28...0x2F: true  // a-z @A-Z 0-9:; #$% ()*+,-./
    case 0x21, 0x3D, 0x3F, 0x5F, 0x7E: true  // ! = ? _ ~
    default: false
    }
  }

  /// Writes raw HTML with the tags of GFM's tagfilter made harmless.
  mutating func writeFiltered(_ html: ArraySlice<UInt8>) {
    guard options.filtersTags else { return writer.raw(html) }
    var start = html.startIndex
    for index in html.indices where html[index] == UInt8(ascii: "<") && isFiltered(html[index...]) {
      writer.raw(html[start..<index])
      writer.raw("&lt;")
      start = index + 1
    }
    writer.raw(html[start...])
  }

  private func isFiltered(_ tag: ArraySlice<UInt8>) -> Bool {
    var rest = tag.dropFirst()
    if rest.first == UInt8(ascii: "/") { rest = rest.dropFirst() }
    let name = rest.prefix(10).prefix { 0x61...0x7A ~= $0 | 0x20 }
    guard name.count < 10, let next = rest.dropFirst(name.count).first,
      next <= 0x20 || next == UInt8(ascii: ">") || next == UInt8(ascii: "/")
    else { return false }
    let lowered = name.map { $0 | 0x20 }
    return ["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"]
      .contains { lowered.elementsEqual($0.utf8) }
  }
}

// MARK: - The dialect

extension MarkdownHTMLRenderer {
  mutating func enterDialect(_ node: MarkdownNode, _ index: Int32) {
    switch node.kind {
    case .callout:
      let kind = CalloutKind(rawValue: UInt8(truncatingIfNeeded: node.level)) ?? .note
      startLine()
      writer.raw("<aside role=\"note\" class=\"callout callout-")
      writer.rawString(kind.name)
      writer.raw("\">\n")
      if node.firstChild < 0 || tree.nodes[Int(node.firstChild)].kind != .calloutTitle {
        writer.raw("<p class=\"callout-title\">")
        writer.text(options.calloutTitles[kind] ?? kind.name)
        writer.raw("</p>\n")
      }
    case .calloutTitle:
      startLine()
      writer.raw("<p class=\"callout-title\">")
    case .term: writer.raw("<span class=\"term\">")
    case .literal: writer.raw("<span class=\"literal\">")
    default: break
    }
  }

  mutating func leaveDialect(_ node: MarkdownNode) {
    switch node.kind {
    case .callout:
      startLine()
      writer.raw("</aside>\n")
    case .calloutTitle: writer.raw("</p>\n")
    case .term, .literal: writer.raw("</span>")
    default: break
    }
  }
}
