internal import AlmanacCore

extension InlineAlignment {
  /// The walk that fills an alignment: a cursor in the source follows the tree.
  struct Walk {
    let tree: MarkdownTree
    let block: NodeID
    let textBase: Int
    let end: Int
    let quoteDepth: Int
    let inTable: Bool
    var cursor: Int
    var offsets: [Int32]
    var ranges: [(node: NodeID, range: Range<Int>)] = []
    /// Starts of the inlines that are still open.
    private var open: [Int] = []
    private var source: [UInt8] { tree.source.bytes }

    init(tree: MarkdownTree, block: NodeID, textBase: Int, range: Range<Int>, offsets: [Int32]) {
      self.tree = tree
      self.block = block
      self.textBase = textBase
      self.offsets = offsets
      cursor = range.lowerBound
      end = range.upperBound
      inTable = tree.kind(of: block) == .tableCell
      var depth = 0
      var ancestor = tree.parent(of: block)
      while let id = ancestor {
        if tree.kind(of: id) == .blockQuote || tree.kind(of: id) == .callout { depth += 1 }
        ancestor = tree.parent(of: id)
      }
      quoteDepth = depth
    }

    mutating func run() {
      skipDefinitions()
      guard var id = tree.firstChild(of: block) else { return }
      while true {
        enter(id)
        if let child = tree.firstChild(of: id) {
          id = child
          continue
        }
        exit(id)
        while tree.nextSibling(of: id) == nil {
          guard let parent = tree.parent(of: id), parent != block else { return }
          id = parent
          exit(id)
        }
        guard let next = tree.nextSibling(of: id) else { return }
        id = next
      }
    }

    // MARK: Nodes

    private mutating func enter(_ id: NodeID) {
      let node = tree[id]
      switch node.kind {
      case .emphasis: skipTo("*", "_")
      case .strong: skipTo("*", "_")
      case .strikethrough: skipTo("~", "~")
      case .link: if peek() != UInt8(ascii: "<") { skipOptional(to: "[", before: id) }
      case .image: skipTo("!", "!")
      case .term, .literal: skipTo("[", "[")
      case .footnoteReference: skipTo("[", "[")
      case .code, .boundNumber: skipTo("`", "`")
      case .htmlInline: skipTo("<", "<")
      default: break
      }
      open.append(cursor)
      switch node.kind {
      case .text, .crossReference, .citation: align(node, isCode: false)
      case .htmlInline: align(node, isCode: true)
      case .emphasis: cursor += 1
      case .strong: cursor += 2
      case .strikethrough: skip(upTo: 2) { $0 == UInt8(ascii: "~") }
      case .link: if peek() == UInt8(ascii: "[") || peek() == UInt8(ascii: "<") { cursor += 1 }
      case .image: cursor += 2
      case .term, .literal: cursor += 1
      case .code, .boundNumber: alignCode(node)
      case .softBreak, .lineBreak: nextLine()
      case .footnoteReference: skipPast("]")
      default: break
      }
      cursor = min(cursor, end)
    }

    private mutating func exit(_ id: NodeID) {
      switch tree.kind(of: id) {
      case .emphasis: skip(upTo: 1) { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "_") }
      case .strong: skip(upTo: 2) { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "_") }
      case .strikethrough: skip(upTo: 2) { $0 == UInt8(ascii: "~") }
      case .link, .image: skipLinkEnd()
      case .term, .literal:
        skip(upTo: 1) { $0 == UInt8(ascii: "]") }
        if peek() == UInt8(ascii: "{") { skipPast("}") }
      default: break
      }
      let start = open.popLast() ?? cursor
      ranges.append((id, min(start, cursor)..<cursor))
    }

    // MARK: Characters

    private func peek(_ ahead: Int = 0) -> UInt8? { cursor + ahead < end ? source[cursor + ahead] : nil }

    private mutating func skip(upTo limit: Int, while condition: (UInt8) -> Bool) {
      var count = 0
      while count < limit, let byte = peek(), condition(byte) {
        cursor += 1
        count += 1
      }
    }

    /// Steps over what the tree has forgotten, to the next delimiter; stays if there is none.
    private mutating func skipTo(_ first: Unicode.Scalar, _ second: Unicode.Scalar) {
      let (first, second) = (UInt8(ascii: first), UInt8(ascii: second))
      var index = cursor
      while index < end {
        if source[index] == first || source[index] == second { return cursor = index }
        index += source[index] == UInt8(ascii: "\\") ? 2 : 1
      }
    }

    /// A link's bracket, unless the address itself is the link.
    private mutating func skipOptional(to bracket: Unicode.Scalar, before id: NodeID) {
      if let child = tree.firstChild(of: id), tree.kind(of: child) == .text, tree.nextSibling(of: child) == nil,
        peek() != UInt8(ascii: bracket), let first = tree.textBytes(of: child).first, peek() == first
      {
        return
      }
      skipTo(bracket, "<")
    }

    private mutating func skipPast(_ byte: Unicode.Scalar) {
      var index = cursor
      while index < end {
        if source[index] == UInt8(ascii: byte) { return cursor = index + 1 }
        index += source[index] == UInt8(ascii: "\\") ? 2 : 1
      }
    }

    /// Behind a soft or hard break: the line's end, then the marks of the quotes around, then indentation.
    private mutating func nextLine() {
      while cursor < end, source[cursor] != 0x0A, source[cursor] != 0x0D { cursor += 1 }
      stepOverLineEnd()
    }

    private mutating func stepOverLineEnd() {
      if peek() == 0x0D { cursor += 1 }
      if peek() == 0x0A { cursor += 1 }
      for _ in 0..<quoteDepth {
        skip(upTo: .max) { $0 == 0x20 || $0 == 0x09 }
        skip(upTo: 1) { $0 == UInt8(ascii: ">") }
      }
      skip(upTo: .max) { $0 == 0x20 || $0 == 0x09 }
    }

    private mutating func skipLinkEnd() {
      if peek() == UInt8(ascii: ">") { return cursor += 1 }
      guard peek() == UInt8(ascii: "]") else { return }
      cursor += 1
      if peek() == UInt8(ascii: "(") {
        // What is no address is text again; a limit keeps many of those from costing their square.
        let open = cursor
        let limit = cursor + 2_000
        var depth = 0
        var quote: UInt8?
        while cursor < limit, let byte = peek() {
          cursor += 1
          if byte == UInt8(ascii: "\\") {
            cursor += 1
          } else if let mark = quote {
            if byte == mark { quote = nil }
          } else if byte == UInt8(ascii: "\"") || (byte == UInt8(ascii: "'") && isSpace(at: cursor - 2)) {
            quote = byte
          } else if byte == UInt8(ascii: "<") {
            quote = UInt8(ascii: ">")
          } else if byte == UInt8(ascii: "(") {
            depth += 1
          } else if byte == UInt8(ascii: ")") {
            depth -= 1
            if depth == 0 { return }
          }
        }
        cursor = open
      } else if peek() == UInt8(ascii: "[") {
        skipPast("]")
      }
    }

    private func isSpace(at index: Int) -> Bool { index >= 0 && index < source.count && source[index] <= 0x20 }

    /// Definitions at the start of a paragraph belong to its lines but left no node.
    private mutating func skipDefinitions() {
      guard tree.kind(of: block) == .paragraph else { return }
      while peek() == UInt8(ascii: "[") {
        var index = cursor
        while index < end, source[index] != UInt8(ascii: "]"), source[index] != 0x0A { index += 1 }
        guard index + 1 < end, source[index] == UInt8(ascii: "]"), source[index + 1] == UInt8(ascii: ":") else {
          return
        }
        if let first = tree.firstChild(of: block), tree.kind(of: first) == .text,
          tree.textBytes(of: first).elementsEqual(source[cursor..<min(end, cursor + tree.textBytes(of: first).count)])
        {
          return
        }
        nextLine()
      }
    }

    // MARK: Texts

    private mutating func align(_ node: MarkdownNode, isCode: Bool) {
      var index = Int(node.textStart)
      let textEnd = Int(node.textEnd)
      while index < textEnd, let byte = peek() {
        let wanted = tree.text[index]
        if !isCode, byte == UInt8(ascii: "\\"), let next = peek(1), next == wanted, isASCIIPunctuation(next) {
          set(index, cursor)
          cursor += 2
          index += 1
        } else if !isCode, byte == UInt8(ascii: "&"), let length = entityLength() {
          let count = decodedLength(from: index, to: textEnd, behind: cursor + length)
          for place in index..<index + count { set(place, cursor) }
          cursor += length
          index += count
        } else if byte == wanted {
          set(index, cursor)
          cursor += 1
          index += 1
        } else if inTable, byte == UInt8(ascii: "\\"), peek(1) == wanted {
          set(index, cursor)
          cursor += 2
          index += 1
        } else if isCode, wanted == 0x20 || wanted == 0x0A, byte == 0x0A || byte == 0x0D {
          set(index, cursor)
          stepOverLineEnd()
          index += 1
        } else {
          cursor += 1
        }
      }
    }

    private mutating func alignCode(_ node: MarkdownNode) {
      let start = cursor
      skip(upTo: .max) { $0 == UInt8(ascii: "`") }
      let fence = cursor - start
      if peek() == 0x20 || peek() == 0x0A, tree.text[Int(node.textStart)..<Int(node.textEnd)].first != 0x20 {
        cursor += 1
      }
      align(node, isCode: true)
      while cursor < end {
        let run = cursor
        skip(upTo: .max) { $0 == UInt8(ascii: "`") }
        if cursor - run == fence { return }
        if cursor == run { cursor += 1 }
      }
    }

    private mutating func set(_ text: Int, _ offset: Int) {
      let index = text - textBase
      if index >= 0, index < offsets.count { offsets[index] = Int32(truncatingIfNeeded: offset) }
    }

    private func isASCIIPunctuation(_ byte: UInt8) -> Bool { isPunctuation(UInt32(byte)) && byte < 0x80 }

    /// The bytes of `&name;` at the cursor, or `nil`.
    private func entityLength() -> Int? {
      var length = 1
      while let byte = peek(length), length < 34 {
        if byte == UInt8(ascii: ";") { return length > 1 ? length + 1 : nil }
        let letter = byte | 0x20
        guard 0x61...0x7A ~= letter || 0x30...0x39 ~= byte || (length == 1 && byte == UInt8(ascii: "#")) else {
          return nil
        }
        length += 1
      }
      return nil
    }

    /// How many bytes of text an entity became: up to where the text goes on as the source does behind it.
    private func decodedLength(from index: Int, to textEnd: Int, behind: Int) -> Int {
      // Not an entity after all: the text has the very same characters.
      let length = behind - cursor
      if index + length <= textEnd, length > 5 || tree.text[index] != UInt8(ascii: "&"),
        tree.text[index..<index + length].elementsEqual(source[cursor..<behind])
      {
        return length
      }
      let scalarLength = tree.text[index] < 0x80 ? 1 : tree.text[index] < 0xE0 ? 2 : tree.text[index] < 0xF0 ? 3 : 4
      return min(scalarLength, textEnd - index)
    }
  }
}
