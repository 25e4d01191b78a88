internal import AlmanacCore
internal import MarkdownTree

extension ChapterReader {
  /// Reads `{#sec-users}` at the end of a heading. Returns where in the tree's text it begins.
  mutating func readHeadingAttributes(_ id: NodeID) -> Int? {
    guard let found = trailingAttributes(of: id) else { return nil }
    cutTrailing(found)
    guard let list = found.list else {
      diagnostics.append(.brokenAttributes(at: span(found.range, in: found.text)))
      return found.range.lowerBound
    }
    for (name, range) in list.classes {
      diagnostics.append(.unknownAttribute(".\(name)", known: ["#id"], at: span(found.place(range), in: found.text)))
    }
    for (name, _, range) in list.values {
      diagnostics.append(.unknownAttribute(name, known: ["#id"], at: span(found.place(range), in: found.text)))
    }
    if let (name, range) = list.id {
      let place = span(found.place(range), in: found.text)
      claim(name, at: place)
      if isValidID(name) { explicitHeadings[id] = name }
    }
    return found.range.lowerBound
  }

  mutating func finishHeadings(_ headings: [(node: NodeID, attributes: Int?)]) {
    guard !headings.isEmpty else { return }
    var identifiers = HeadingIdentifiers(explicit: explicitIDs.keys)
    chapter.headings.reserveCapacity(headings.count)
    for (node, attributes) in headings {
      let level = Int(tree[node].level)
      var words = tree.plainBytes(of: node)
      if let attributes, let last = tree.lastChild(of: node) {
        words.removeLast(min(words.count, max(0, tree.textRange(of: last).upperBound - attributes)))
        while let last = words.last, last <= 0x20 { words.removeLast() }
      }
      let text = String(decoding: words, as: UTF8.self)
      let explicit = explicitHeadings[node]
      let wanted = slug(text)
      let id = identifiers.next(level: level, slug: wanted, explicit: explicit)
      if explicit == nil, id != wanted, let taken = explicitIDs[wanted] {
        diagnostics.append(.takenID(wanted, at: span(of: node), by: taken, became: id))
      }
      if level == 1 { diagnostics.append(.topHeading(at: quickSpan(of: node))) }
      edits.append(.heading(node: node, id: id))
      chapter.headings.append(
        Chapter.Heading(
          node: node, level: level, id: id, isExplicit: explicit != nil, text: text, span: quickSpan(of: node)))
    }
  }

  // MARK: - Attributes at the end of a text

  /// `{…}` at the end of a block's last text.
  struct TrailingAttributes {
    var text: NodeID
    /// In the tree's text, the braces included.
    var range: Range<Int>
    /// `nil` when it looks like attributes and is not.
    var list: AttributeList?

    /// From a place in the attributes to one in the tree's text.
    func place(_ part: Range<Int>) -> Range<Int> {
      range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound
    }
  }

  /// Finds attributes that end a block's text; `nil` when its end is ordinary text.
  func trailingAttributes(of block: NodeID) -> TrailingAttributes? {
    guard let last = tree.lastChild(of: block), tree.kind(of: last) == .text else { return nil }
    var range = tree.textRange(of: last)
    while let byte = tree.text[range].last, byte <= 0x20 { range = range.lowerBound..<range.upperBound - 1 }
    guard tree.text[range].last == UInt8(ascii: "}"), let open = tree.text[range].lastIndex(of: UInt8(ascii: "{")),
      open + 1 < range.upperBound
    else { return nil }
    let list = AttributeList(tree.text[open..<range.upperBound])
    // Braces that hold no `#id` and no `.class` belong to the words.
    let sign = tree.text[open + 1]
    guard list != nil || sign == UInt8(ascii: "#") || sign == UInt8(ascii: ".") else { return nil }
    return TrailingAttributes(text: last, range: open..<range.upperBound, list: list)
  }

  /// Removes attributes and the space before them from the words.
  mutating func cutTrailing(_ found: TrailingAttributes) {
    let whole = tree.textRange(of: found.text)
    var start = found.range.lowerBound
    while start > whole.lowerBound, tree.text[start - 1] <= 0x20 { start -= 1 }
    consumed[found.text, default: []].append(found.range)
    edits.append(.cut(text: found.text, range: start..<whole.upperBound))
  }
}
