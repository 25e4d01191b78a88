// The only file that knows C. cmark-gfm parses, its tree is copied once into a `MarkdownTree`, and no pointer leaves
// the function that made it.
//
// Fields of `cmark_node` are read directly: the accessors of the library copy each text into a C string first, which
// costs more than everything else here together. The walk follows pointers and needs no stack, however deep the text.

internal import AlmanacCore
private import CCmarkGFM

/// What the conversion met, so that later passes over the tree can be left out.
struct ConversionFindings {
  var hasRawHTML = false
  var hasUnsafeAddress = false
  var footnotes: [NodeID] = []
}

/// Parses `body` and copies the result.
///
/// - Parameters:
///   - source: the file as diagnostics shall see it.
///   - body: what the parser reads, of which `mark` is removed again wherever it turns up.
///   - mark: three bytes that `markChineseEmphasis` put in; `nil` when there are none.
///   - firstLine: the line of the file on which `body` begins.
func convertWithCmark(
  source: SourceFile, body: UnsafeBufferPointer<UInt8>, mark: [UInt8]?, firstLine: Int, options: MarkdownOptions
) -> (tree: MarkdownTree, findings: ConversionFindings) {
  let extensions = CmarkExtensions.registered
  var flags = CMARK_OPT_DEFAULT
  if options.extensions.contains(.footnotes) { flags |= CMARK_OPT_FOOTNOTES }
  let parser = cmark_parser_new(flags)
  defer { cmark_parser_free(parser) }
  extensions.attach(options.extensions, to: parser)
  body.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
  guard let root = cmark_parser_finish(parser) else {
    return (
      MarkdownTree(source: source, nodes: [MarkdownNode(.document, parent: -1)], text: []), ConversionFindings()
    )
  }
  defer { cmark_node_free(root) }
  var converter = Converter(
    kinds: extensions.kinds, mark: mark, lineOffset: Int32(firstLine - 1), expectedBytes: body.count)
  converter.convert(root)
  let tree = MarkdownTree(source: source, nodes: converter.nodes, text: converter.text)
  return (tree, converter.findings)
}

// MARK: - Extensions

/// cmark's extensions and the node types they were given.
private struct CmarkExtensions: Sendable {
  /// Registering is not guarded in the library; a global `let` runs its initializer exactly once.
  static let registered = CmarkExtensions()

  /// From cmark's node types to ours, indexed by ``slot(of:)``.
  var kinds: [NodeKind?]

  private init() {
    cmark_gfm_core_extensions_ensure_registered()
    kinds = [NodeKind?](repeating: nil, count: 64)
    let core: [(cmark_node_type, NodeKind)] = [
      (CMARK_NODE_DOCUMENT, .document), (CMARK_NODE_BLOCK_QUOTE, .blockQuote), (CMARK_NODE_LIST, .list),
      (CMARK_NODE_ITEM, .item), (CMARK_NODE_CODE_BLOCK, .codeBlock), (CMARK_NODE_HTML_BLOCK, .htmlBlock),
      (CMARK_NODE_PARAGRAPH, .paragraph), (CMARK_NODE_HEADING, .heading),
      (CMARK_NODE_THEMATIC_BREAK, .thematicBreak), (CMARK_NODE_FOOTNOTE_DEFINITION, .footnoteDefinition),
      (CMARK_NODE_TEXT, .text), (CMARK_NODE_SOFTBREAK, .softBreak), (CMARK_NODE_LINEBREAK, .lineBreak),
      (CMARK_NODE_CODE, .code), (CMARK_NODE_HTML_INLINE, .htmlInline), (CMARK_NODE_EMPH, .emphasis),
      (CMARK_NODE_STRONG, .strong), (CMARK_NODE_LINK, .link), (CMARK_NODE_IMAGE, .image),
      (CMARK_NODE_FOOTNOTE_REFERENCE, .footnoteReference),
    ]
    for (type, kind) in core { kinds[Self.slot(of: UInt16(truncatingIfNeeded: type.rawValue))] = kind }
    let parser = cmark_parser_new(CMARK_OPT_DEFAULT)
    defer { cmark_parser_free(parser) }
    attach(.all, to: parser)
    keepSpecialCharacters(of: parser)
    learnExtensionTypes(from: parser)
  }

  /// Which characters may begin an inline is a table of the whole process. The library adds an extension's characters
  /// when a parser begins with inlines and takes them away when it is done, also from under other threads, whose
  /// texts then lose a link here and a deletion there. So they are added once for all, and the extensions forget
  /// them. Only strikethrough needs a character to be found again by: it gets one that no text needs.
  private func keepSpecialCharacters(of parser: OpaquePointer?) {
    cmark_manage_extensions_special_characters(parser, 1)
    for (part, name) in Self.names {
      guard let found = cmark_find_syntax_extension(name) else { continue }
      if part == .strikethrough {
        let characters = cmark_llist_append(
          cmark_get_default_mem_allocator(), nil, UnsafeMutableRawPointer(bitPattern: UInt(strikethroughDelimiter)))
        cmark_syntax_extension_set_special_inline_chars(found, characters)
        cmark_syntax_extension_set_match_inline_func(found) { _, _, _, character, parser in
          matchStrikethrough(character, parser)
        }
      } else {
        cmark_syntax_extension_set_special_inline_chars(found, nil)
      }
    }
  }

  /// Node types of extensions are numbers handed out at run time, in variables that are not safe to read from Swift:
  /// parsing one text that has them all shows which is which.
  private mutating func learnExtensionTypes(from parser: OpaquePointer?) {
    let sample: StaticString = "|~~a~~|\n|-|\n"
    sample.withUTF8Buffer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    let root = cmark_parser_finish(parser)
    var node = root?.pointee.first_child
    for kind in [NodeKind.table, .tableRow, .tableCell, .strikethrough] {
      guard let found = node else { break }
      kinds[Self.slot(of: found.pointee.type)] = kind
      node = found.pointee.first_child
    }
    cmark_node_free(root)
  }

  private static let names: [(MarkdownOptions.Extensions, String)] = [
    (.table, "table"), (.strikethrough, "strikethrough"), (.autolink, "autolink"), (.tasklist, "tasklist"),
  ]

  func attach(_ wanted: MarkdownOptions.Extensions, to parser: OpaquePointer?) {
    for (part, name) in Self.names where wanted.contains(part) {
      if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
    }
  }

  /// Blocks count from 0x8000, inlines from 0xC000: the low bits are small, so both fit a table of 64.
  @inline(__always) static func slot(of type: UInt16) -> Int { Int(type & 0x1F) | Int(type & 0x4000) >> 9 }
}

/// Stands for `~` where the library looks up which extension a delimiter belongs to.
private let strikethroughDelimiter: UInt8 = 1

/// Reads a run of `~` as cmark-gfm's strikethrough.c does, but hands it on under another character.
private func matchStrikethrough(
  _ character: UInt8, _ parser: OpaquePointer?
) -> UnsafeMutablePointer<cmark_node>? {
  guard character == UInt8(ascii: "~") else { return nil }
  var (canOpen, canClose, punctuationBefore, punctuationBehind): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
  let count = cmark_inline_parser_scan_delimiters(
    parser, 100, character, &canOpen, &canClose, &punctuationBefore, &punctuationBehind)
  guard let text = cmark_node_new(CMARK_NODE_TEXT) else { return nil }
  cmark_node_set_literal(text, String(repeating: "~", count: Int(count)))
  if canOpen != 0 || canClose != 0, count == 1 || count == 2 {
    cmark_inline_parser_push_delimiter(parser, strikethroughDelimiter, canOpen, canClose, text)
  }
  return text
}

// MARK: - The walk

private struct Converter {
  let kinds: [NodeKind?]
  let mark: [UInt8]?
  let lineOffset: Int32
  var nodes: [MarkdownNode] = []
  var text: [UInt8] = []
  var findings = ConversionFindings()
  /// Alignments of the table being walked.
  private var alignments: [UInt8] = []
  private var column: Int32 = 0
  /// A soft break that follows a Han character and waits for what comes next.
  private var openBreak: Int32 = -1

  init(kinds: [NodeKind?], mark: [UInt8]?, lineOffset: Int32, expectedBytes: Int) {
    self.kinds = kinds
    self.mark = mark
    self.lineOffset = lineOffset
    nodes.reserveCapacity(expectedBytes / 24 + 16)
    text.reserveCapacity(expectedBytes)
  }

  mutating func convert(_ root: UnsafeMutablePointer<cmark_node>) {
    var node = root
    var parent: Int32 = -1
    var previous: Int32 = -1
    while true {
      let made = append(node, parent: parent, previous: previous)
      if let child = node.pointee.first_child, made >= 0 {
        node = child
        parent = made
        previous = -1
        continue
      }
      if made >= 0 { previous = made }
      while node != root, node.pointee.next == nil, let up = node.pointee.parent {
        node = up
        previous = parent
        parent = nodes[Int(parent)].parent
      }
      guard node != root, let next = node.pointee.next else { return }
      node = next
    }
  }

  /// Appends a copy of `node` and returns its index; of a text that continues the one before, that one's.
  private mutating func append(_ node: UnsafeMutablePointer<cmark_node>, parent: Int32, previous: Int32) -> Int32 {
    let kind = kinds[CmarkExtensions.slot(of: node.pointee.type)] ?? .removed
    if kind == .text {
      if previous >= 0, nodes[Int(previous)].kind == .text, nodes[Int(previous)].textEnd == text.count {
        append(node.pointee.as.literal)
        nodes[Int(previous)].textEnd = Int32(text.count)
        return previous
      }
      let made = add(.text, parent: parent, previous: previous)
      closeBreak(before: node.pointee.as.literal)
      setText(of: made, to: node.pointee.as.literal)
      return made
    }
    let made = add(kind, parent: parent, previous: previous)
    if kind.isBlock {
      setPlace(of: made, from: node)
      setBlock(made, kind, from: node)
    } else {
      setInline(made, kind, from: node)
    }
    return made
  }

  private mutating func add(_ kind: NodeKind, parent: Int32, previous: Int32) -> Int32 {
    let made = Int32(truncatingIfNeeded: nodes.count)
    nodes.append(MarkdownNode(kind, parent: parent))
    if previous >= 0 {
      nodes[Int(previous)].nextSibling = made
    } else if parent >= 0 {
      nodes[Int(parent)].firstChild = made
    }
    return made
  }

  private mutating func setPlace(of made: Int32, from node: UnsafeMutablePointer<cmark_node>) {
    let start = Int32(node.pointee.start_line) + lineOffset
    nodes[Int(made)].line = start
    nodes[Int(made)].endLine = max(start, Int32(node.pointee.end_line) + lineOffset)
    nodes[Int(made)].column = max(1, Int32(node.pointee.start_column))
    openBreak = -1
  }

  private mutating func setBlock(_ made: Int32, _ kind: NodeKind, from node: UnsafeMutablePointer<cmark_node>) {
    let index = Int(made)
    switch kind {
    case .heading:
      nodes[index].level = UInt16(clamping: node.pointee.as.heading.level)
    case .list, .item:
      let list = node.pointee.as.list
      nodes[index].extra = Int32(list.start)
      if list.list_type == CMARK_ORDERED_LIST { nodes[index].flags.insert(.ordered) }
      if list.tight { nodes[index].flags.insert(.tight) }
      if kind == .item, node.pointee.extension != nil {
        nodes[index].flags.insert(.task)
        if list.checked { nodes[index].flags.insert(.checked) }
      }
    case .codeBlock:
      let code = node.pointee.as.code
      setText(of: made, to: code.literal)
      nodes[index].extra = appendTrailing(code.info)
      if code.fenced != 0 { nodes[index].flags.insert(.fenced) }
    case .htmlBlock:
      findings.hasRawHTML = true
      setText(of: made, to: node.pointee.as.literal)
    case .footnoteDefinition:
      setText(of: made, to: node.pointee.as.literal)
      nodes[index].extra = Int32(node.pointee.footnote.def_count)
      findings.footnotes.append(NodeID(made))
    case .table:
      let count = Int(cmark_gfm_extensions_get_table_columns(node))
      nodes[index].extra = Int32(count)
      alignments = Array(
        UnsafeBufferPointer(start: cmark_gfm_extensions_get_table_alignments(node), count: count))
    case .tableRow:
      column = 0
      if cmark_gfm_extensions_get_table_row_is_header(node) != 0 { nodes[index].flags.insert(.header) }
    case .tableCell:
      nodes[index].extra = column
      nodes[index].level = Int(column) < alignments.count ? UInt16(alignments[Int(column)]) : 0
      column += 1
    default:
      break
    }
  }

  private mutating func setInline(_ made: Int32, _ kind: NodeKind, from node: UnsafeMutablePointer<cmark_node>) {
    let index = Int(made)
    switch kind {
    case .softBreak:
      openBreak = lastScalarJoins() ? made : -1
    case .code:
      closeBreak(before: node.pointee.as.literal)
      setText(of: made, to: node.pointee.as.literal)
    case .htmlInline:
      openBreak = -1
      findings.hasRawHTML = true
      setText(of: made, to: node.pointee.as.literal)
    case .link, .image:
      let link = node.pointee.as.link
      setText(of: made, to: link.url)
      nodes[index].extra = appendTrailing(link.title)
      if isUnsafeAddress(text[Int(nodes[index].textStart)..<Int(nodes[index].textEnd)], image: kind == .image) {
        nodes[index].flags.insert(.unsafeAddress)
        findings.hasUnsafeAddress = true
      }
      if kind == .image { openBreak = -1 }
    case .footnoteReference:
      openBreak = -1
      nodes[index].extra = number(node.pointee.as.literal)
      nodes[index].level = UInt16(clamping: node.pointee.footnote.ref_ix)
      if let definition = node.pointee.parent_footnote_def { setText(of: made, to: definition.pointee.as.literal) }
    case .lineBreak:
      openBreak = -1
    default:
      break
    }
  }

  // MARK: Characters

  private mutating func setText(of made: Int32, to chunk: cmark_chunk) {
    let start = text.count
    append(chunk)
    nodes[Int(made)].textStart = Int32(truncatingIfNeeded: start)
    nodes[Int(made)].textEnd = Int32(truncatingIfNeeded: text.count)
  }

  private mutating func appendTrailing(_ chunk: cmark_chunk) -> Int32 {
    let start = text.count
    append(chunk)
    return Int32(truncatingIfNeeded: text.count - start)
  }

  private mutating func append(_ chunk: cmark_chunk) {
    guard chunk.len > 0, let data = chunk.data else { return }
    let bytes = UnsafeBufferPointer(start: data, count: Int(chunk.len))
    guard let mark, contains(mark, in: bytes) else {
      return text.append(contentsOf: bytes)
    }
    var index = 0
    while index < bytes.count {
      if bytes[index] == mark[0], index + 2 < bytes.count, bytes[index + 1] == mark[1], bytes[index + 2] == mark[2] {
        index += 3
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
  }

  private func number(_ chunk: cmark_chunk) -> Int32 {
    var value: Int32 = 0
    for index in 0..<max(0, min(9, Int(chunk.len))) { value = value * 10 + Int32(chunk.data[index] & 0x0F) }
    return value
  }

  // MARK: Line breaks between Han characters

  private func lastScalarJoins() -> Bool {
    guard let last = text.last, last >= 0x80 else { return false }
    return joinsLines(scalarBefore(text.count, in: text.span))
  }

  private mutating func closeBreak(before chunk: cmark_chunk) {
    guard openBreak >= 0 else { return }
    defer { openBreak = -1 }
    guard chunk.len > 0, chunk.data[0] >= 0x80 else { return }
    let next = scalarAfter(0, in: UnsafeBufferPointer(start: chunk.data, count: Int(chunk.len)).span)
    if joinsLines(scalarBefore(text.count, in: text.span), next) { nodes[Int(openBreak)].flags.insert(.joins) }
  }
}
