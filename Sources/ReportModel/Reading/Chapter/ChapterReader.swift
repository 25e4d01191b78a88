internal import AlmanacCore
internal import MarkdownTree

/// A change of the tree that the reading of a chapter asks for, so that finding and changing stay apart.
enum TreeEdit {
  /// A stretch of a text becomes a node. Ordered by `position`, from the end of the text.
  case piece(text: NodeID, range: Range<Int>, kind: NodeKind, index: Int)
  /// The brackets of `[words]{.term}`: `close` first, since edits go from the end of the text to its start.
  case close(text: NodeID, range: Range<Int>)
  case open(text: NodeID, at: Int, kind: NodeKind, index: Int)
  /// A stretch of a text vanishes.
  case cut(text: NodeID, range: Range<Int>)
  /// A node becomes another kind as a whole.
  case become(node: NodeID, kind: NodeKind, index: Int, level: UInt16?)
  /// What follows a node in its block vanishes.
  case endAfter(node: NodeID)
  case heading(node: NodeID, id: String)
  /// A block quote becomes a callout; `marker` is its text that begins with `[!NOTE]`.
  case callout(quote: NodeID, index: Int, kind: CalloutKind, marker: NodeID, titleStart: Int)
  /// The last row of a table becomes its caption.
  case captionRow(table: NodeID, row: NodeID, figure: Int)

  /// Where in the tree's text the change begins.
  var position: Int? {
    switch self {
    case .piece(_, let range, _, _), .close(_, let range), .cut(_, let range): range.lowerBound
    case .open(_, let at, _, _): at
    default: nil
    }
  }
}

/// The pass that finds the dialect.
///
/// Parts of it stand in extensions by what they find: fences and figures, headings, text, callouts.
struct ChapterReader {
  let tree: MarkdownTree
  var chapter: Chapter
  var diagnostics: [Diagnostic] = []
  var edits: [TreeEdit] = []
  /// Stretches of texts that have been read: not looked at for references.
  var consumed: [NodeID: [Range<Int>]] = [:]
  /// Images that are figures: their descriptions are captions, in which the dialect is read.
  var captions: Set<NodeID> = []
  /// Headings with an id of the author's.
  var explicitHeadings: [NodeID: String] = [:]
  /// Ids that the author gave, and where.
  var explicitIDs: [String: SourceSpan] = [:]
  private var placesIfNeeded: InlinePlaces?
  /// The sibling before each node, once it is needed.
  var previousSiblings: [Int32] = []
  /// Labels of the footnotes, once one is missing.
  var knownFootnotes: [String]?
  let hasAttributes: Bool
  let hasTextMarks: Bool

  init(tree: MarkdownTree) {
    self.tree = tree
    chapter = Chapter(tree: tree)
    hasAttributes = tree.hasText(UInt8(ascii: "{"))
    hasTextMarks = hasAttributes || tree.hasText(UInt8(ascii: "@")) || tree.hasText(UInt8(ascii: "^"))
  }

  mutating func read() {
    var headings: [(node: NodeID, attributes: Int?)] = []
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      let id = NodeID(index)
      switch node.kind {
      case .text: if hasTextMarks { readText(id) }
      case .code: if hasAttributes, startsWithBoundNumber(node) { readBoundNumber(id) }
      case .heading: headings.append((id, hasAttributes ? readHeadingAttributes(id) : nil))
      case .codeBlock: if node.extra > 0, node.flags.contains(.fenced) { readFence(id) }
      case .image: if hasAttributes { readImage(id) }
      case .table: if hasAttributes { readTable(id) }
      case .paragraph: if hasAttributes { checkCaption(id) }
      case .blockQuote: readCallout(id)
      case .link: if node.firstChild < 0 { readEmptyLink(id) }
      default: break
      }
    }
    finishHeadings(headings)
    finishOrder()
  }

  private func startsWithBoundNumber(_ node: MarkdownNode) -> Bool {
    node.textEnd - node.textStart >= 3
      && tree.text[Int(node.textStart)..<Int(node.textStart) + 3].elementsEqual("{v}".utf8)
  }

  // MARK: - Places

  var places: InlinePlaces {
    mutating get {
      if let known = placesIfNeeded { return known }
      let made = InlinePlaces(tree)
      placesIfNeeded = made
      return made
    }
    _modify {
      if placesIfNeeded == nil { placesIfNeeded = InlinePlaces(tree) }
      yield &placesIfNeeded!
    }
  }

  mutating func span(of id: NodeID) -> SourceSpan { places.span(of: id) }
  mutating func span(_ range: Range<Int>, in id: NodeID) -> SourceSpan { places.span(ofText: range, in: id) }

  /// The start of a block, without looking at its line.
  func quickSpan(of id: NodeID) -> SourceSpan {
    let node = tree[id]
    let start = SourceLocation(line: Int(node.line), column: Int(node.column))
    return SourceSpan(
      path: tree.source.path, start: start, end: SourceLocation(line: start.line, column: start.column + 1))
  }

  func string(_ range: Range<Int>) -> String { String(decoding: tree.text[range], as: UTF8.self) }

  /// Remembers an id of the author's, and diagnoses one that is used twice or that is none.
  mutating func claim(_ id: String, at span: SourceSpan) {
    guard isValidID(id) else { return diagnostics.append(.invalidID(id, at: span)) }
    if let first = explicitIDs[id] {
      diagnostics.append(.duplicateID(id, at: span, first: first))
    } else {
      explicitIDs[id] = span
    }
  }

  // MARK: - Bound numbers

  private mutating func readBoundNumber(_ id: NodeID) {
    let range = tree.textRange(of: id)
    let start = range.lowerBound + 3
    let alignment = places.alignment(around: id)
    let lines = places.lines
    let text = Array(tree.text[start..<range.upperBound])
    let value = parseBoundValue(text) { part in
      lines.span(alignment.sourceRange(ofText: start + part.lowerBound..<start + part.upperBound))
    }
    let number = BoundNumber(node: id, value: value.value(reportingTo: &diagnostics), span: span(of: id))
    edits.append(.become(node: id, kind: .boundNumber, index: chapter.boundNumbers.count, level: nil))
    chapter.boundNumbers.append(number)
  }

  // MARK: - Order

  /// Lists are in the order of the text, also where a construct was read before what stands above it.
  private mutating func finishOrder() {
    guard !diagnostics.isEmpty else { return }
    diagnostics.sort()
  }
}
