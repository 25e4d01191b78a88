package import AlmanacCore
package import MarkdownTree
package import Notation

extension Chapter {
  /// Finds the numbers of a chapter that are not bound to the data: in prose, headings, cells of tables, captions,
  /// descriptions of images and charts, notes, and titles.
  ///
  /// Passed over are code, `[…]{.literal}`, citations, cross-references, addresses, and what ``unboundNumbers(in:names:)``
  /// takes for no quantity. Costs one look at the text when there is none.
  /// - Parameters:
  ///   - language: the chapter's edition, whose texts of a fence count.
  ///   - options: as the chapter was read.
  /// - Returns: numbers in the order of the file.
  package func findUnboundNumbers(
    language: LanguageTag, editions: [LanguageTag], names: VersionedNames, options: MarkdownOptions = MarkdownOptions()
  ) -> [UnboundNumber] {
    var found: [UnboundNumber] = []
    let prose = proseNumbers(names)
    if !prose.isEmpty {
      var places = OriginalPlaces(of: source, options: options)
      found += prose.map { places.number($0) }
    }
    let texts = lineTexts(language: language, editions: editions)
    if texts.contains(where: { mayHoldNumber($0.text.utf8) }) {
      let lines = SourceLines(source)
      for text in texts { found += text.unboundNumbers(in: source, lines, names) }
    }
    for figure in figures {
      guard case .fence(let body) = figure.content else { continue }
      found += findTypedData(in: body.value, figure.kind, file: source, names: names)
    }
    return found.sorted { $0.span < $1.span }
  }

  /// The places of the numbers in a line that was read as a chapter.
  func findProseNumbers(_ names: VersionedNames) -> [SourceSpan] {
    let prose = proseNumbers(names)
    guard !prose.isEmpty else { return [] }
    var places = OriginalPlaces(of: source, options: MarkdownOptions())
    return prose.map { places.number($0).span }
  }

  /// The numbers of all blocks with inlines.
  fileprivate func proseNumbers(_ names: VersionedNames) -> [ProseNumber] {
    var blocks: [NodeID] = []
    for index in tree.nodes.indices where tree.nodes[index].kind == .text {
      let id = NodeID(index)
      guard mayHoldNumber(tree.textBytes(of: id)) else { continue }
      let block = tree.block(around: id)
      if blocks.last != block { blocks.append(block) }
    }
    var found: [ProseNumber] = []
    var last: NodeID?
    for block in blocks.sorted() where block != last {
      last = block
      found += numbers(of: block, names)
    }
    return found
  }

  private func numbers(of block: NodeID, _ names: VersionedNames) -> [ProseNumber] {
    let line = InlineLine(of: block, in: tree)
    return unboundNumbers(in: line.bytes, names: names).map { range in
      ProseNumber(
        text: String(decoding: line.bytes[range], as: UTF8.self), first: line.textOffset(range.lowerBound),
        last: line.textOffset(range.upperBound - 1))
    }
  }

  // MARK: - Texts outside of the Markdown

  /// Title and description, and the texts of figures that a reader sees.
  private func lineTexts(language: LanguageTag, editions: [LanguageTag]) -> [LineText] {
    var texts = settingTexts
    for figure in figures {
      switch figure.content {
      case .fence(let body):
        let value = selectingEdition(language, in: body.value, editions: editions)
        _ = mapReaderTexts(of: value, in: figure.kind, editions: editions) { text, span in
          texts.append(LineText(text: text, span: span))
          return text
        }
      case .image(_, let alternative):
        if let alternative { texts.append(LineText(text: alternative, span: figure.span, marker: "alt=")) }
      case .table: break
      }
    }
    return texts
  }
}

/// Finds the numbers that are not bound to the data in a chart or diagram with a file of its own, in all editions' texts.
///
/// - Parameter value: what the file holds.
package func findUnboundNumbers(
  inFigure value: NotationValue, _ kind: FigureKind, file: SourceFile, editions: [LanguageTag], names: VersionedNames
) -> [UnboundNumber] {
  var texts: [LineText] = []
  _ = mapReaderTexts(of: value, in: kind, editions: editions) { text, span in
    texts.append(LineText(text: text, span: span))
    return text
  }
  let found =
    findUnboundNumbers(in: texts, file: { _ in file }, names: names)
    + findTypedData(in: value, kind, file: file, names: names)
  return found.sorted { $0.span < $1.span }
}

/// Finds the numbers that are not bound to the data in texts outside of chapters.
///
/// - Parameter file: the file with a path; texts whose file is not known are passed over.
/// - Returns: numbers in the order of the texts' places.
package func findUnboundNumbers(
  in texts: [LineText], file: (String) -> SourceFile?, names: VersionedNames
) -> [UnboundNumber] {
  var lines: [String: SourceLines] = [:]
  var found: [UnboundNumber] = []
  for text in texts where mayHoldNumber(text.text.utf8) {
    guard let source = file(text.span.path) else { continue }
    let own = lines[source.path] ?? SourceLines(source)
    lines[source.path] = own
    found += text.unboundNumbers(in: source, own, names)
  }
  return found.sorted { $0.span < $1.span }
}

/// A number in the tree's text; the last byte may stand in another node than the first: `**5**%`.
private struct ProseNumber {
  var text: String
  var first: Int
  var last: Int
}

/// The texts of a block's inlines in a row, each byte with its place in the tree's text.
private struct InlineLine {
  var bytes: [UInt8] = []
  /// Where pieces begin, in `bytes` and in the tree's text.
  private var pieces: [(start: Int, text: Int)] = []

  init(of block: NodeID, in tree: MarkdownTree) {
    bytes.reserveCapacity(1_000)
    var id: NodeID? = tree.firstChild(of: block)
    while let current = id {
      var isDone = false
      switch tree.kind(of: current) {
      case .text: append(tree, tree.textRange(of: current))
      case .softBreak: if !tree[current].flags.contains(.joins) { bytes.append(0x20) }
      case .lineBreak: bytes.append(0x0A)
      case .htmlInline: break
      case .emphasis, .strong, .strikethrough, .term, .image: break
      case .link: isDone = isAddress(current, in: tree)
      default:
        // A word of its own kind: U+FFFC.
        bytes += [0xEF, 0xBF, 0xBC]
        isDone = true
      }
      id = tree.node(after: current, within: block, skippingChildren: isDone)
    }
  }

  private mutating func append(_ tree: MarkdownTree, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    pieces.append((bytes.count, range.lowerBound))
    bytes += tree.text[range]
  }

  /// A link that shows its own address.
  private mutating func isAddress(_ link: NodeID, in tree: MarkdownTree) -> Bool {
    let words = tree.plainBytes(of: link)
    guard
      words.starts(with: "http".utf8) || words.starts(with: "www.".utf8)
        || words.elementsEqual(tree.textBytes(of: link))
    else { return false }
    bytes += [0xEF, 0xBF, 0xBC]
    return true
  }

  func textOffset(_ place: Int) -> Int {
    let piece = pieces.last { $0.start <= place } ?? (0, 0)
    return piece.text + place - piece.start
  }
}

/// Places in a chapter as it was before the dialect's pieces became nodes. Made only for chapters with something to tell.
private struct OriginalPlaces {
  private let path: String
  private var places: InlinePlaces
  /// Texts by where they begin in the tree's text.
  private let texts: [(start: Int, node: NodeID)]

  init(of source: SourceFile, options: MarkdownOptions) {
    path = source.path
    let start = splitFrontMatter(source).value.bodyRange.lowerBound
    let tree = parseMarkdown(source, from: start, options: options).value
    places = InlinePlaces(tree)
    texts = tree.nodes.indices.filter { tree.nodes[$0].kind == .text }
      .map { (Int(tree.nodes[$0].textStart), NodeID($0)) }.sorted { $0.0 < $1.0 }
  }

  mutating func number(_ number: ProseNumber) -> UnboundNumber {
    let start = places.span(ofText: number.first..<number.first + 1, in: node(at: number.first)).start
    let end = places.span(ofText: number.last..<number.last + 1, in: node(at: number.last)).end
    return UnboundNumber(text: number.text, span: SourceSpan(path: path, start: start, end: end))
  }

  private func node(at offset: Int) -> NodeID {
    var (low, high) = (0, texts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if texts[middle].start <= offset { low = middle } else { high = middle }
    }
    return texts.isEmpty ? .document : texts[low].node
  }
}
