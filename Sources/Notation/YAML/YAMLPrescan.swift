internal import AlmanacCore

/// What a YAML text holds before anyone builds values of it: how deep it nests, where its aliases stand.
///
/// Yams reads collections by recursion, compares whole keys, and puts an alias's value wherever the alias stands. A
/// hostile text can use each of these to exhaust stack, time or memory, so it is measured first. The measure follows
/// YAML's tokens closely enough that no honest text is refused: it never counts less than is there.
struct YAMLPrescan {
  /// Deepest nesting of block and flow collections together, an upper bound.
  private(set) var depth = 0
  /// Offset of the first character that nests deeper than ``deepestNesting``.
  private(set) var tooDeepOffset: Int?
  /// Offsets of `*alias`, as far as they stand where a value or key may begin.
  private(set) var aliases: [Int] = []
  private(set) var anchors: [String] = []
  /// Offset of the first key that is no plain word: `? …`, `[…]: …`.
  private(set) var complexKeyOffset: Int?

  private let bytes: [UInt8]
  private var index = 0
  /// Columns in which the open block collections begin.
  private var indents: [Int] = []
  private var flowDepth = 0
  /// Plain text that the next line may go on with: set to the column behind which it must be indented.
  private var openPlainText: Int?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    while index < bytes.count { scanLine() }
  }

  private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0x0A }
  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || isBreak(byte) }

  private mutating func scanLine() {
    let start = index
    while byte(index) == 0x20 { index += 1 }
    let indent = index - start
    if isBreak(byte(index)) { return skipLine() }
    if byte(index) == UInt8(ascii: "#") {
      openPlainText = nil
      return skipLine()
    }
    if let column = openPlainText, flowDepth > 0 || indent > column, !isDocumentMarker(at: start) {
      openPlainText = nil
      skipPlain(column: column)
      return scanTokens(lineStart: start)
    }
    openPlainText = nil
    if flowDepth == 0 {
      while let last = indents.last, last > indent { indents.removeLast() }
      if indents.last != indent { enter(column: indent) }
    }
    scanTokens(lineStart: start)
  }

  /// Reads the rest of a line, beginning where a token may begin.
  private mutating func scanTokens(lineStart: Int) {
    while !isBreak(byte(index)) {
      let current = byte(index)
      switch current {
      case 0x20, 0x09: index += 1
      case UInt8(ascii: "#") where index == lineStart || isSpace(byte(index - 1)): return skipLine()
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
        guard isSpace(byte(index + 1)) || flowDepth > 0 && current == UInt8(ascii: ":") else { return skipPlain() }
        if current == UInt8(ascii: "?") { complexKeyOffset = complexKeyOffset ?? index }
        index += 1
        if flowDepth == 0 {
          var next = index
          while byte(next) == 0x20 || byte(next) == 0x09 { next += 1 }
          if !isBreak(byte(next)) { enter(column: next - lineStart) }
        }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        flowDepth += 1
        measure()
        index += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        flowDepth = max(0, flowDepth - 1)
        index += 1
        if byte(index) == UInt8(ascii: ":") { complexKeyOffset = complexKeyOffset ?? index }
      case UInt8(ascii: "\""): skipQuoted(escape: true)
      case UInt8(ascii: "'"): skipQuoted(escape: false)
      case UInt8(ascii: "&"), UInt8(ascii: "!"), UInt8(ascii: "*"):
        let start = index
        index += 1
        if current == UInt8(ascii: "!"), byte(index) == UInt8(ascii: "<") {
          while !isSpace(byte(index)), byte(index) != UInt8(ascii: ">") { index += 1 }
        }
        while !isSpace(byte(index)), flowDepth == 0 || ![0x2C, 0x5D, 0x7D, 0x5B, 0x7B].contains(byte(index)) {
          index += 1
        }
        if current == UInt8(ascii: "*") { aliases.append(start) }
        if current == UInt8(ascii: "&"), anchors.count < 1000 {
          anchors.append(String(decoding: bytes[start + 1..<index], as: UTF8.self))
        }
      case UInt8(ascii: "|"), UInt8(ascii: ">"):
        if flowDepth == 0 { return skipBlockScalar(lineStart: lineStart) }
        skipPlain()
      case UInt8(ascii: ","): index += 1
      default: skipPlain()
      }
    }
    skipLine()
  }

  private func isDocumentMarker(at start: Int) -> Bool {
    [0x2D, 0x2E].contains(byte(start)) && byte(start + 1) == byte(start) && byte(start + 2) == byte(start)
      && isSpace(byte(start + 3))
  }

  /// Skips plain text up to `: `, ` #`, the end of the line or, in a flow collection, its punctuation.
  private mutating func skipPlain(column: Int? = nil) {
    let column = column ?? indents.dropLast().last ?? -1
    index += 1
    while true {
      let current = byte(index)
      if isBreak(current) {
        openPlainText = column
        return
      }
      if current == UInt8(ascii: ":"), isSpace(byte(index + 1)) || flowDepth > 0 { return }
      if current == UInt8(ascii: "#"), isSpace(byte(index - 1)) { return }
      if flowDepth > 0, [0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains(current) { return }
      index += 1
    }
  }

  private mutating func skipQuoted(escape: Bool) {
    let quote = byte(index)
    index += 1
    while index < bytes.count {
      if escape, bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == quote {
        if escape || byte(index + 1) != quote { break }
        index += 1
      }
      index += 1
    }
    index = min(index + 1, bytes.count)
  }

  /// Skips the header of a block scalar and all lines that are indented deeper than its parent.
  private mutating func skipBlockScalar(lineStart: Int) {
    // The parent's column: of the line for `key: |`, of the innermost dash or key for `- key: |`.
    var parent = 0
    while byte(lineStart + parent) == 0x20 { parent += 1 }
    if let inner = indents.last(where: { lineStart + $0 < index }), byte(lineStart + parent) == UInt8(ascii: "-") {
      parent = max(parent, inner == index - lineStart ? parent : inner)
    }
    if indents.isEmpty || index == lineStart { parent = -1 }
    skipLine()
    while index < bytes.count {
      var next = index
      while byte(next) == 0x20 { next += 1 }
      guard next >= bytes.count || isBreak(byte(next)) || next - index > parent else { return }
      skipLine()
    }
  }

  private mutating func skipLine() {
    while index < bytes.count, !isBreak(bytes[index]) { index += 1 }
    if byte(index) == 0x0D, byte(index + 1) == 0x0A { index += 1 }
    index = min(index + 1, bytes.count)
  }

  private mutating func enter(column: Int) {
    indents.append(column)
    measure()
  }

  private mutating func measure() {
    // A column may begin a list and, in its first entry, a map: two levels.
    let now = indents.count + flowDepth
    depth = max(depth, now)
    if now > deepestNesting, tooDeepOffset == nil { tooDeepOffset = index }
  }
}
