internal import AlmanacCore
internal import MarkdownTree

extension ChapterReader {
  /// Finds references, citations, spans and footnotes in one text.
  mutating func readText(_ id: NodeID) {
    let range = tree.textRange(of: id)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = tree.text[index]
      let next = index + 1 < range.upperBound ? tree.text[index + 1] : 0
      var end: Int?
      switch byte {
      case UInt8(ascii: "@"): end = readReference(id, at: index, in: range)
      case UInt8(ascii: "["):
        if next == UInt8(ascii: "@") || next == UInt8(ascii: "-") {
          end = readBrackets(id, at: index, in: range)
        } else if next == UInt8(ascii: "^") {
          end = readLostFootnote(id, at: index, in: range)
        }
      case UInt8(ascii: "]"): if next == UInt8(ascii: "{") { end = readSpan(id, at: index, in: range) }
      default: break
      }
      index = end ?? index + 1
    }
  }

  /// Whether the dialect is read at a place: not in a link, not behind a backslash, not in what has been read.
  private mutating func isOpen(_ id: NodeID, _ index: Int) -> Bool {
    if let ranges = consumed[id], ranges.contains(where: { $0.contains(index) }) { return false }
    if let link = tree.link(around: id), !captions.contains(link) { return false }
    let offset = places.alignment(around: id).sourceOffset(ofText: index)
    return offset >= tree.source.bytes.count || tree.source.bytes[offset] == tree.text[index]
  }

  /// How far the end of something in brackets is looked for: without a limit, many open brackets cost their square.
  private func near(_ index: Int, _ range: Range<Int>) -> Int { min(range.upperBound, index + 1_000) }

  // MARK: - @fig-users, @cnnic-2025

  private func idRange(from start: Int, to end: Int) -> Range<Int> {
    var last = start
    while last < end {
      let byte = tree.text[last]
      guard 0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || "-_.:".utf8.contains(byte) else { break }
      last += 1
    }
    while last > start, "-_.:".utf8.contains(tree.text[last - 1]) { last -= 1 }
    return start..<last
  }

  private func isCrossReference(_ id: String) -> Bool {
    id.hasPrefix("fig-") || id.hasPrefix("tbl-") || id.hasPrefix("sec-")
  }

  /// Whether a bare `@word` means a reference and not a person: small letters with a hyphen or a digit.
  private func looksLikeReference(_ id: String) -> Bool {
    guard let first = id.utf8.first, 0x61...0x7A ~= first else { return false }
    return id.utf8.contains { $0 == UInt8(ascii: "-") || 0x30...0x39 ~= $0 }
      && !id.utf8.contains { 0x41...0x5A ~= $0 || $0 == UInt8(ascii: ".") }
  }

  private mutating func readReference(_ id: NodeID, at index: Int, in range: Range<Int>) -> Int? {
    if index > range.lowerBound {
      let before = tree.text[index - 1]
      if 0x61...0x7A ~= before | 0x20 || 0x30...0x39 ~= before || "_.-/@\\".utf8.contains(before) { return nil }
    }
    let name = idRange(from: index + 1, to: range.upperBound)
    guard !name.isEmpty else { return nil }
    let target = string(name)
    let isReference = isCrossReference(target)
    guard isReference || looksLikeReference(target), isOpen(id, index) else { return nil }
    let whole = index..<name.upperBound
    if isReference {
      addCrossReference(target, .label, name, whole, in: id)
    } else {
      addCitation([(target, name, nil)], isNarrative: true, whole, in: id)
    }
    return name.upperBound
  }

  private mutating func addCrossReference(
    _ target: String, _ form: Chapter.CrossReference.Form, _ name: Range<Int>, _ whole: Range<Int>, in id: NodeID
  ) {
    edits.append(.piece(text: id, range: whole, kind: .crossReference, index: chapter.crossReferences.count))
    chapter.crossReferences.append(
      Chapter.CrossReference(
        node: id, target: target, form: form, targetSpan: span(name, in: id), span: span(whole, in: id)))
  }

  private mutating func addCitation(
    _ items: [(id: String, range: Range<Int>, locator: Range<Int>?)], isNarrative: Bool, _ whole: Range<Int>,
    in id: NodeID
  ) {
    edits.append(.piece(text: id, range: whole, kind: .citation, index: chapter.citations.count))
    var made: [Chapter.Citation.Item] = []
    for item in items {
      var part = Chapter.Citation.Item(id: item.id, idSpan: span(item.range, in: id))
      if let locator = item.locator {
        part.locator = string(locator)
        part.locatorSpan = span(locator, in: id)
      }
      made.append(part)
    }
    chapter.citations.append(
      Chapter.Citation(node: id, items: made, isNarrative: isNarrative, span: span(whole, in: id)))
  }

  // MARK: - [@a, L173; @b], [-@fig-users]

  private mutating func readBrackets(_ id: NodeID, at index: Int, in range: Range<Int>) -> Int? {
    guard let close = tree.text[index..<near(index, range)].firstIndex(of: UInt8(ascii: "]")),
      !tree.text[index + 1..<close].contains(UInt8(ascii: "[")), isOpen(id, index)
    else { return nil }
    let whole = index..<close + 1
    let inner = index + 1..<close
    if tree.text[inner.lowerBound] == UInt8(ascii: "-") {
      guard inner.count > 2, tree.text[inner.lowerBound + 1] == UInt8(ascii: "@") else { return nil }
      let name = idRange(from: inner.lowerBound + 2, to: close)
      guard name.upperBound == close, isCrossReference(string(name)) else { return nil }
      addCrossReference(string(name), .number, name, whole, in: id)
      return close + 1
    }
    var items: [(id: String, range: Range<Int>, locator: Range<Int>?)] = []
    var isBroken = false
    for part in tree.text[inner].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      let trimmed = trim(part.startIndex..<part.endIndex)
      guard tree.text[trimmed].first == UInt8(ascii: "@") else {
        diagnostics.append(.citationItem(string(trimmed), at: span(trimmed.isEmpty ? whole : trimmed, in: id)))
        isBroken = true
        continue
      }
      let name = idRange(from: trimmed.lowerBound + 1, to: trimmed.upperBound)
      guard !name.isEmpty else {
        diagnostics.append(.citationItem(string(trimmed), at: span(trimmed, in: id)))
        isBroken = true
        continue
      }
      var locator = name.upperBound..<trimmed.upperBound
      if tree.text[locator].first == UInt8(ascii: ",") { locator = locator.lowerBound + 1..<locator.upperBound }
      locator = trim(locator)
      items.append((string(name), name, locator.isEmpty ? nil : locator))
    }
    if items.count == 1, !isBroken, isCrossReference(items[0].id), items[0].locator == nil {
      addCrossReference(items[0].id, .label, items[0].range, whole, in: id)
      return close + 1
    }
    if items.contains(where: { isCrossReference($0.id) }) {
      diagnostics.append(.mixedCitation(at: span(whole, in: id)))
      items.removeAll { isCrossReference($0.id) }
    }
    guard !items.isEmpty else { return close + 1 }
    addCitation(items, isNarrative: false, whole, in: id)
    return close + 1
  }

  private func trim(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, tree.text[start] <= 0x20 { start += 1 }
    while start < end, tree.text[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  // MARK: - [](#sec-users)

  mutating func readEmptyLink(_ id: NodeID) {
    let address = tree.textBytes(of: id)
    guard address.first == UInt8(ascii: "#"), address.count > 1 else { return }
    let place = span(of: id)
    edits.append(.become(node: id, kind: .crossReference, index: chapter.crossReferences.count, level: nil))
    chapter.crossReferences.append(
      Chapter.CrossReference(
        node: id, target: String(decoding: address.dropFirst(), as: UTF8.self), form: .title, targetSpan: place,
        span: place))
  }

  // MARK: - [^note]

  private mutating func readLostFootnote(_ id: NodeID, at index: Int, in range: Range<Int>) -> Int? {
    guard let close = tree.text[index..<near(index, range)].firstIndex(of: UInt8(ascii: "]")), close > index + 2,
      !tree.text[index + 2..<close].contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "[") }), isOpen(id, index)
    else { return nil }
    var known = knownFootnotes ?? []
    if knownFootnotes == nil {
      for index in tree.nodes.indices where tree.nodes[index].kind == .footnoteDefinition && known.count < 100 {
        known.append(tree.text(of: NodeID(index)))
      }
    }
    knownFootnotes = known
    diagnostics.append(
      .undefinedFootnote(string(index + 2..<close), known: known, at: span(index..<close + 1, in: id)))
    return close + 1
  }

  // MARK: - [MoE]{.term}

  private mutating func readSpan(_ id: NodeID, at close: Int, in range: Range<Int>) -> Int? {
    guard let end = tree.text[close..<near(close, range)].firstIndex(of: UInt8(ascii: "}")) else { return nil }
    let sign = tree.text[close + 2]
    guard sign == UInt8(ascii: ".") || sign == UInt8(ascii: "#"), isOpen(id, close) else { return nil }
    guard let (openText, open) = openBracket(before: close, in: id) else { return nil }
    let attributes = close + 1..<end + 1
    guard let list = AttributeList(tree.text[attributes]), let (name, part) = list.classes.first else {
      diagnostics.append(.brokenAttributes(at: span(attributes, in: id)))
      return end + 1
    }
    func place(_ part: Range<Int>) -> Range<Int> {
      attributes.lowerBound + part.lowerBound..<attributes.lowerBound + part.upperBound
    }
    for extra in list.classes.dropFirst() {
      diagnostics.append(.unknownAttribute(".\(extra.text)", known: [], at: span(place(extra.range), in: id)))
    }
    if let (_, range) = list.id {
      diagnostics.append(.unknownAttribute("#id", known: [], at: span(place(range), in: id)))
    }
    for (name, _, range) in list.values {
      diagnostics.append(.unknownAttribute(name, known: [], at: span(place(range), in: id)))
    }
    guard name == "term" || name == "literal" else {
      diagnostics.append(.unknownClass(name, at: span(place(part), in: id)))
      return end + 1
    }
    let isTerm = name == "term"
    let index = isTerm ? chapter.terms.count : chapter.literals.count
    let start = span(open..<open + 1, in: openText).start
    let marked = Chapter.MarkedSpan(
      node: id, text: "",
      span: SourceSpan(path: tree.source.path, start: start, end: span(attributes, in: id).end))
    if isTerm { chapter.terms.append(marked) } else { chapter.literals.append(marked) }
    edits.append(.close(text: id, range: close..<end + 1))
    edits.append(.open(text: openText, at: open, kind: isTerm ? .term : .literal, index: index))
    return end + 1
  }

  /// The `[` that matches a `]`, in the same text or in one before it in the same parent.
  private mutating func openBracket(before close: Int, in id: NodeID) -> (text: NodeID, at: Int)? {
    var depth = 0
    var budget = 1_000
    var text = id.index
    while text >= 0 {
      if tree.nodes[Int(text)].kind == .text {
        let range = tree.textRange(of: NodeID(text))
        for index in (range.lowerBound..<min(range.upperBound, close)).reversed() {
          budget -= 1
          if budget == 0 { return nil }
          if tree.text[index] == UInt8(ascii: "]") { depth += 1 }
          if tree.text[index] == UInt8(ascii: "[") {
            if depth == 0 { return isOpen(NodeID(text), index) ? (NodeID(text), index) : nil }
            depth -= 1
          }
        }
      }
      budget -= 1
      if budget <= 0 { return nil }
      text = previousSibling(of: text)
    }
    return nil
  }

  /// The sibling before a node, or -1. Trees link forward only; the way back is computed once it is needed.
  private mutating func previousSibling(of index: Int32) -> Int32 {
    if previousSiblings.isEmpty {
      previousSiblings = [Int32](repeating: -1, count: tree.nodes.count)
      for index in tree.nodes.indices where tree.nodes[index].nextSibling >= 0 {
        previousSiblings[Int(tree.nodes[index].nextSibling)] = Int32(index)
      }
    }
    return previousSiblings[Int(index)]
  }
}
