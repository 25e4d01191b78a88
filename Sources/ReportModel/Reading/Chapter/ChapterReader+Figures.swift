internal import AlmanacCore
internal import MarkdownTree
internal import Notation

extension ChapterReader {
  private static var drawnKinds: [String] { ["vega-lite", "table", "diagram"] }

  // MARK: - Fences

  /// Reads ```` ```vega-lite #fig-users ```` and ```` ```sql name ````; other fences are code.
  mutating func readFence(_ id: NodeID) {
    let info = Array(tree.infoBytes(ofCodeBlock: id))
    let words = info.split(whereSeparator: { $0 <= 0x20 }).map { ($0.startIndex, String(decoding: $0, as: UTF8.self)) }
    guard let (_, kind) = words.first else { return }
    switch kind {
    case "sql": if words.count > 1 { readQuery(id, words) }
    case "vega-lite": readFigureFence(id, kind: .chart, words)
    case "table": readFigureFence(id, kind: .table, words)
    case "diagram": readFigureFence(id, kind: .diagram, words)
    default:
      // A word with `#` behind it was meant for the dialect; anything else is the language of some code.
      if words.dropFirst().contains(where: { $0.1.hasPrefix("#") }) {
        diagnostics.append(
          .unknownFence(kind, known: Self.drawnKinds + ["sql"], at: infoSpan(words[0], of: id)))
      }
    }
  }

  private mutating func readFigureFence(_ id: NodeID, kind: FigureKind, _ words: [(Int, String)]) {
    let prefix = kind == .table ? "tbl-" : "fig-"
    let name = words[0].1
    var identifier = ""
    var idSpan = infoSpan(words[0], of: id)
    for word in words.dropFirst() {
      if word.1.hasPrefix("#"), identifier.isEmpty {
        identifier = String(word.1.dropFirst())
        idSpan = infoSpan((word.0 + 1, identifier), of: id)
      } else {
        diagnostics.append(.unknownFenceOption(word.1, at: infoSpan(word, of: id)))
      }
    }
    if identifier.isEmpty {
      diagnostics.append(.missingID("block '\(name)'", example: "```\(name) #\(prefix)name", at: idSpan))
    } else {
      claimFigure(identifier, prefix: prefix, what: "block '\(name)'", at: idSpan)
    }
    let place = bodyPlace(of: id)
    let body = SourceFile(path: tree.source.path, bytes: Array(tree.textBytes(of: id)))
    let first = body.bytes.first { $0 > 0x20 }
    guard first != nil else {
      diagnostics.append(.emptyFence(name, at: infoSpan(words[0], of: id)))
      edits.append(.become(node: id, kind: .removed, index: 0, level: nil))
      return
    }
    let parsed = first == UInt8(ascii: "{") ? parseJSON(body) : parseYAML(body)
    let moved = parsed.value.moved(to: body.path, origin: place.origin, indent: place.indent)
    diagnostics += parsed.diagnostics.map { moving($0, origin: place.origin, indent: place.indent) }
    edits.append(.become(node: id, kind: .figure, index: chapter.figures.count, level: nil))
    let bodySpan = body.span(0..<body.bytes.count).moved(to: body.path, origin: place.origin, indent: place.indent)
    chapter.figures.append(
      Chapter.Figure(
        node: id, kind: kind, id: identifier, idSpan: idSpan, span: span(of: id),
        content: .fence(NotationBody(value: moved, span: bodySpan))))
  }

  private mutating func readQuery(_ id: NodeID, _ words: [(Int, String)]) {
    let (name, place) = (words[1].1, infoSpan(words[1], of: id))
    let isValid = name.utf8.enumerated().allSatisfy { index, byte in
      0x61...0x7A ~= byte || index > 0 && (0x30...0x39 ~= byte || byte == UInt8(ascii: "_"))
    }
    if !isValid { diagnostics.append(.invalidQueryName(name, at: place)) }
    for word in words.dropFirst(2) { diagnostics.append(.unknownFenceOption(word.1, at: infoSpan(word, of: id))) }
    if let first = chapter.queries.first(where: { $0.name == name }) {
      diagnostics.append(.duplicateID(name, at: place, first: first.nameSpan))
    }
    let body = SourceFile(path: tree.source.path, bytes: Array(tree.textBytes(of: id)))
    let (origin, indent) = bodyPlace(of: id)
    let sqlSpan = body.span(0..<body.bytes.count).moved(to: body.path, origin: origin, indent: indent)
    if body.bytes.allSatisfy({ $0 <= 0x20 }) { diagnostics.append(.emptyFence("sql", at: place)) }
    edits.append(.become(node: id, kind: .query, index: chapter.queries.count, level: nil))
    chapter.queries.append(
      Chapter.Query(node: id, name: name, nameSpan: place, sql: body.text, sqlSpan: sqlSpan))
  }

  mutating func claimFigure(_ id: String, prefix: String, what: String, at span: SourceSpan) {
    if isValidID(id), !id.hasPrefix(prefix) {
      diagnostics.append(.wrongPrefix(id, what: what, prefix: prefix, at: span))
    }
    claim(id, at: span)
  }

  /// The place of a word of an info string.
  private mutating func infoSpan(_ word: (Int, String), of id: NodeID) -> SourceSpan {
    let line = places.lines.range(ofLine: Int(tree[id].line))
    let bytes = tree.source.bytes
    var start = min(line.lowerBound + Int(tree[id].column) - 1, line.upperBound)
    while start < line.upperBound,
      bytes[start] <= 0x20 || bytes[start] == UInt8(ascii: "`") || bytes[start] == UInt8(ascii: "~")
    {
      start += 1
    }
    start = min(start + word.0, line.upperBound)
    return places.lines.span(start..<min(start + word.1.utf8.count, line.upperBound))
  }

  /// Where the body of a fence begins in the chapter, and how many columns were taken from each of its lines.
  private mutating func bodyPlace(of id: NodeID) -> (origin: SourceLocation, indent: Int) {
    let first = Int(tree[id].line) + 1
    var line = first
    var indent = 0
    for part in tree.textBytes(of: id).split(separator: 0x0A, omittingEmptySubsequences: false) {
      let range = places.lines.range(ofLine: line)
      line += 1
      guard !part.isEmpty, range.count >= part.count else { continue }
      let prefix = tree.source.bytes[range.lowerBound..<range.upperBound - part.count]
      indent = prefix.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
      break
    }
    return (SourceLocation(line: first, column: 1 + indent), indent)
  }

  private func moving(_ diagnostic: Diagnostic, origin: SourceLocation, indent: Int) -> Diagnostic {
    let path = tree.source.path
    var moved = diagnostic
    moved.span = diagnostic.span?.moved(to: path, origin: origin, indent: indent)
    for index in moved.notes.indices {
      moved.notes[index].span = moved.notes[index].span?.moved(to: path, origin: origin, indent: indent)
    }
    return moved
  }

  // MARK: - Images

  /// Reads `![caption](x.svg){#fig-x alt="…"}` when nothing else stands in the paragraph.
  mutating func readImage(_ id: NodeID) {
    guard let paragraph = tree.parent(of: id), tree.kind(of: paragraph) == .paragraph,
      tree.firstChild(of: paragraph) == id, let next = tree.nextSibling(of: id), tree.kind(of: next) == .text,
      tree.textBytes(of: next).first == UInt8(ascii: "{")
    else { return }
    // The attributes are read from the source: quotes in them may hold what Markdown takes for markup.
    let start = places.range(of: id).upperBound
    var end = places.range(of: paragraph).upperBound
    while end > start, tree.source.bytes[end - 1] <= 0x20 { end -= 1 }
    guard start < end else { return }
    let lines = places.lines
    guard let list = AttributeList(tree.source.bytes[start..<end]) else {
      if tree.source.bytes[end - 1] == UInt8(ascii: "}") {
        diagnostics.append(.brokenAttributes(at: lines.span(start..<end)))
      }
      return
    }
    func place(_ range: Range<Int>) -> SourceSpan { lines.span(start + range.lowerBound..<start + range.upperBound) }
    for (name, range) in list.classes {
      diagnostics.append(.unknownAttribute(".\(name)", known: ["alt"], at: place(range)))
    }
    for (name, _, range) in list.values where name != "alt" {
      diagnostics.append(.unknownAttribute(name, known: ["alt"], at: place(range)))
    }
    edits.append(.endAfter(node: id))
    var sibling: NodeID? = next
    while let current = sibling {
      consume(current)
      sibling = tree.nextSibling(of: current)
    }
    guard let (identifier, range) = list.id else {
      return diagnostics.append(.missingID("image", example: "{#fig-name alt=\"…\"}", at: lines.span(start..<end)))
    }
    claimFigure(identifier, prefix: "fig-", what: "an image", at: place(range))
    captions.insert(id)
    edits.append(.become(node: paragraph, kind: .figure, index: chapter.figures.count, level: nil))
    chapter.figures.append(
      Chapter.Figure(
        node: paragraph, kind: .image, id: identifier, idSpan: place(range), span: span(of: paragraph),
        content: .image(id, alternative: list.values.first { $0.name == "alt" }?.value)))
  }

  /// Keeps the dialect from being read in a node and below it.
  private mutating func consume(_ root: NodeID) {
    var id: NodeID? = root
    while let current = id {
      if tree.kind(of: current) == .text { consumed[current] = [tree.textRange(of: current)] }
      id = tree.node(after: current, within: root)
    }
  }

  // MARK: - Captions of tables

  /// Reads `: Caption {#tbl-x}` below a table, after an empty line or right behind the last row.
  mutating func readTable(_ id: NodeID) {
    if let next = tree.nextSibling(of: id), tree.kind(of: next) == .paragraph, captionStart(of: next) != nil {
      readCaption(next, in: next, of: id)
      return
    }
    guard let row = tree.lastChild(of: id), !tree[row].flags.contains(.header),
      let cell = tree.firstChild(of: row), captionStart(of: cell) != nil
    else { return }
    var others = tree.nextSibling(of: cell)
    while let other = others {
      if tree.firstChild(of: other) != nil { return }
      others = tree.nextSibling(of: other)
    }
    let figure = chapter.figures.count
    readCaption(cell, in: row, of: id)
    if chapter.figures.count > figure { edits.append(.captionRow(table: id, row: row, figure: figure)) }
  }

  private mutating func readCaption(_ words: NodeID, in block: NodeID, of table: NodeID) {
    guard let (first, range) = captionStart(of: words) else { return }
    guard let found = trailingAttributes(of: words), let list = found.list else { return }
    consumed[first, default: []].append(range)
    edits.append(.cut(text: first, range: range))
    cutTrailing(found)
    for (name, range) in list.classes {
      diagnostics.append(.unknownAttribute(".\(name)", known: ["#id"], at: span(found.place(range), in: found.text)))
    }
    for (name, _, range) in list.values {
      diagnostics.append(.unknownAttribute(name, known: ["#id"], at: span(found.place(range), in: found.text)))
    }
    guard let (identifier, idRange) = list.id else { return }
    let idSpan = span(found.place(idRange), in: found.text)
    claimFigure(identifier, prefix: "tbl-", what: "a table", at: idSpan)
    if block == words { edits.append(.become(node: words, kind: .caption, index: chapter.figures.count, level: nil)) }
    chapter.figures.append(
      Chapter.Figure(
        node: table, kind: .table, id: identifier, idSpan: idSpan, span: span(of: table),
        content: .table(caption: words)))
  }

  /// Diagnoses a caption that no table stands above.
  mutating func checkCaption(_ id: NodeID) {
    guard captionStart(of: id) != nil, let found = trailingAttributes(of: id), let name = found.list?.id?.text,
      name.hasPrefix("tbl-") || name.hasPrefix("fig-")
    else { return }
    let isBelowTable = chapter.figures.contains {
      if case .table(let caption) = $0.content { caption == id } else { false }
    }
    if !isBelowTable { diagnostics.append(.captionWithoutTable(at: span(of: id))) }
  }

  /// The text with which a caption begins and the range of its `: `.
  private func captionStart(of block: NodeID) -> (text: NodeID, range: Range<Int>)? {
    guard let first = tree.firstChild(of: block), tree.kind(of: first) == .text else { return nil }
    let range = tree.textRange(of: first)
    guard range.count >= 2, tree.text[range.lowerBound] == UInt8(ascii: ":"), tree.text[range.lowerBound + 1] == 0x20
    else { return nil }
    return (first, range.lowerBound..<range.lowerBound + 2)
  }
}
