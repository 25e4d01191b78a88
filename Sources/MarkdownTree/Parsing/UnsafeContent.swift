internal import AlmanacCore

/// Whether an address could run a program or reach into the reader's machine: `javascript:`, `vbscript:`, `file:` and
/// `data:`, except for pictures in an image.
///
/// Browsers skip white space and control characters before and within a scheme, so this does too.
func isUnsafeAddress(_ address: ArraySlice<UInt8>, image: Bool) -> Bool {
  var scheme: [UInt8] = []
  for (position, byte) in address.enumerated() {
    if byte <= 0x20 || byte == 0x7F { continue }
    if byte == UInt8(ascii: ":") {
      if scheme == Array("data".utf8) { return !(image && isPicture(address.dropFirst(position + 1))) }
      return ["javascript", "vbscript", "file"].contains { Array($0.utf8) == scheme }
    }
    let letter = byte | 0x20
    // No scheme that matters begins with another letter: the usual address is done here.
    if scheme.isEmpty, letter != 0x6A, letter != 0x76, letter != 0x66, letter != 0x64 { return false }
    guard 0x61...0x7A ~= letter, scheme.count < 10 else { return false }
    scheme.append(letter)
  }
  return false
}

private func isPicture(_ rest: ArraySlice<UInt8>) -> Bool {
  ["image/png", "image/gif", "image/jpeg", "image/webp"].contains { kind in
    rest.prefix(kind.utf8.count).map { $0 | 0x20 }.elementsEqual(kind.utf8)
  }
}

/// Diagnoses HTML that will be left out and addresses that will be dropped.
func diagnoseUnsafeContent(in tree: MarkdownTree, options: MarkdownOptions) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  var places = InlinePlaces(tree)
  for index in tree.nodes.indices {
    let id = NodeID(index)
    switch tree.nodes[index].kind {
    case .htmlBlock, .htmlInline:
      guard !options.allowsRawHTML, !isComment(tree.textBytes(of: id)) else { continue }
      diagnostics.append(.rawHTML(at: places.span(of: id)))
    case .link, .image:
      guard options.dropsUnsafeAddresses, tree.nodes[index].flags.contains(.unsafeAddress) else { continue }
      diagnostics.append(.unsafeAddress(tree.text(of: id), at: places.span(of: id)))
    default: continue
    }
  }
  return diagnostics
}

/// Comments are notes among authors; leaving them out needs no word.
private func isComment(_ html: ArraySlice<UInt8>) -> Bool {
  let trimmed = html.drop { $0 <= 0x20 }
  guard trimmed.starts(with: "<!--".utf8) else { return false }
  var end = trimmed.endIndex
  while end > trimmed.startIndex, trimmed[end - 1] <= 0x20 { end -= 1 }
  return trimmed[..<end].suffix(3).elementsEqual("-->".utf8)
}

/// Diagnoses `[^label]:` lines that no reference leads to; the parser has dropped them.
func diagnoseUnusedFootnotes(
  _ definitions: [(line: Int, label: Range<Int>)], used: [NodeID], in tree: MarkdownTree
) -> [Diagnostic] {
  let labels = Set(used.map { Array(tree.textBytes(of: $0)) })
  guard definitions.contains(where: { !labels.contains(Array(tree.source.bytes[$0.label])) }) else { return [] }
  let code = tree.nodes.filter { $0.kind == .codeBlock || $0.kind == .htmlBlock }
  let lines = SourceLines(tree.source)
  var diagnostics: [Diagnostic] = []
  for (_, range) in definitions where !labels.contains(Array(tree.source.bytes[range])) {
    let label = String(decoding: tree.source.bytes[range], as: UTF8.self)
    let span = lines.span(range)
    guard !code.contains(where: { $0.line <= span.start.line && span.start.line <= $0.endLine }) else { continue }
    diagnostics.append(.unusedFootnote(label, at: span))
  }
  return diagnostics
}
