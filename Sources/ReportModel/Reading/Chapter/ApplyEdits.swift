internal import MarkdownTree

/// Turns what the reader found into nodes, and tells the chapter's lists their nodes.
///
/// Pieces of text go first and from the end of the text to its start: a text keeps its left part when it is split, so
/// the ranges of what is still to come stay right. Then whole nodes change.
func apply(_ edits: [TreeEdit], to chapter: inout Chapter) {
  guard !edits.isEmpty else { return }
  var pieces = edits.filter { $0.position != nil }
  // At one place the brackets that close last open first; equal positions are cuts before pieces.
  pieces.sort { ($0.position ?? 0) > ($1.position ?? 0) }
  /// The text behind each span that is still open towards its start.
  var ends: [NodeID] = []
  for edit in pieces {
    switch edit {
    case .piece(let text, let range, let kind, let index):
      let node = chapter.tree.replace(range, of: text, with: kind, index: index)
      if kind == .citation { chapter.citations[index].node = node } else { chapter.crossReferences[index].node = node }
    case .cut(let text, let range):
      if range.upperBound < Int(chapter.tree[text].textEnd) { _ = chapter.tree.split(text, at: range.upperBound) }
      chapter.tree[text].textEnd = Int32(range.lowerBound)
    case .close(let text, let range):
      ends.append(chapter.tree.split(text, at: range.upperBound))
      chapter.tree[text].textEnd = Int32(range.lowerBound)
    case .open(let text, let at, let kind, let index):
      guard let end = ends.popLast() else { continue }
      _ = chapter.tree.split(text, at: at + 1)
      chapter.tree[text].textEnd = Int32(at)
      let node = chapter.tree.wrap(after: text, until: end, in: kind, index: index)
      let words = chapter.tree.plainText(of: node)
      if kind == .term {
        (chapter.terms[index].node, chapter.terms[index].text) = (node, words)
      } else {
        (chapter.literals[index].node, chapter.literals[index].text) = (node, words)
      }
    default: break
    }
  }
  for edit in edits { applyToNode(edit, in: &chapter) }
}

private func applyToNode(_ edit: TreeEdit, in chapter: inout Chapter) {
  switch edit {
  case .become(let node, let kind, let index, let level):
    chapter.tree[node].kind = kind
    // A code block's info string goes: `extra` is the index from now on.
    chapter.tree[node].extra = Int32(index)
    if let level { chapter.tree[node].level = level }
  case .endAfter(let node): chapter.tree[node].nextSibling = -1
  case .heading(let node, let id): chapter.tree.setIdentifier(id, ofHeading: node)
  case .callout(let quote, let index, let kind, let marker, let titleStart):
    chapter.tree[quote].kind = .callout
    chapter.tree[quote].level = UInt16(kind.rawValue)
    chapter.tree[quote].extra = Int32(index)
    chapter.callouts[index].title = moveTitle(of: quote, marker: marker, titleStart: titleStart, in: &chapter.tree)
  case .captionRow(let table, let row, let figure):
    guard let cell = chapter.tree.firstChild(of: row) else { return }
    var before = chapter.tree.firstChild(of: table)
    while let current = before, chapter.tree[current].nextSibling != row.index {
      before = chapter.tree.nextSibling(of: current)
    }
    if let before { chapter.tree[before].nextSibling = -1 }
    guard let parent = chapter.tree.parent(of: table) else { return }
    let words = chapter.tree[cell].firstChild
    chapter.tree[cell].firstChild = -1
    let caption = chapter.tree.insertBlock(.caption, after: table, in: parent, like: row, firstChild: words)
    chapter.tree[caption].extra = Int32(figure)
    chapter.figures[figure].content = .table(caption: caption)
  default: break
  }
}

/// Takes `[!NOTE]` out of a callout's first paragraph; the rest of its line becomes the title.
private func moveTitle(
  of quote: NodeID, marker: NodeID, titleStart: Int, in tree: inout MarkdownTree
) -> NodeID? {
  guard let paragraph = tree.parent(of: marker) else { return nil }
  tree[marker].textStart = min(Int32(titleStart), tree[marker].textEnd)
  // The line ends at the first break of the paragraph itself.
  var last = marker
  while let next = tree.nextSibling(of: last), tree.kind(of: next) != .softBreak, tree.kind(of: next) != .lineBreak {
    last = next
  }
  let lineEnd = tree.nextSibling(of: last)
  let hasTitle = last != marker || tree[marker].textStart < tree[marker].textEnd
  tree[last].nextSibling = -1
  if let lineEnd {
    tree[paragraph].firstChild = tree[lineEnd].nextSibling
    tree[paragraph].line = min(tree[paragraph].line + 1, tree[paragraph].endLine)
  }
  if lineEnd == nil || tree[paragraph].firstChild < 0 {
    tree[paragraph].firstChild = -1
    tree[paragraph].kind = .removed
  }
  guard hasTitle else { return nil }
  let line = tree[paragraph].line
  tree[paragraph].line = tree[quote].line
  defer { tree[paragraph].line = line }
  return tree.insertBlock(.calloutTitle, after: nil, in: quote, like: paragraph, firstChild: marker.index)
}
