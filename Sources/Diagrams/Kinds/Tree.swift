internal import AlmanacCore
internal import Notation
internal import VegaRuntime

/// A whole and its parts, and theirs.
package struct Tree: Hashable, Sendable {
  struct Node: Hashable, Sendable {
    var label: DiagramText
    var text: DiagramText?
    /// As written; a child without one takes its parent's.
    var tone: Tone?
    var children: [Node]

    var count: Int { children.reduce(1) { $0 + $1.count } }
    var depth: Int { 1 + (children.map(\.depth).max() ?? 0) }
  }

  var root: Node?
}

extension Tree: DiagramContent {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    guard let found = reader.value("root", required: true) else { return }
    var left = surroundings.limits.treeNodes
    root = Tree.node(found, depth: 1, &left, &reader, surroundings)
    if left < 0 {
      let limit = surroundings.limits.treeNodes
      reader.diagnostics.append(.diagramTooMany("nodes", count: limit - left, limit: limit, at: found.span))
    }
  }

  /// - Parameter left: how many nodes may still come; negative when there were too many.
  private static func node(
    _ value: NotationValue, depth: Int, _ left: inout Int, _ outer: inout ObjectReader,
    _ surroundings: DiagramSurroundings
  ) -> Node? {
    left -= 1
    // A leaf may be its name alone.
    if value.object == nil, value.scalarText != nil {
      return outer.words(value, key: "children", surroundings).map { Node(label: $0, children: []) }
    }
    var reader = ObjectReader(value, area: outer.area)
    defer { outer.diagnostics += reader.finish() }
    let label = reader.words("label", required: true, surroundings)
    let text = reader.words("text", surroundings)
    let tone = reader.tone()
    var children: [Node] = []
    if let found = reader.value("children") {
      if depth == surroundings.limits.treeDepth, found.array?.isEmpty == false {
        reader.diagnostics.append(.diagramTooDeep(limit: surroundings.limits.treeDepth, at: found.span))
      } else {
        for child in reader.list("children") ?? [] {
          guard left > -1_000 else { break }
          if let node = node(child, depth: depth + 1, &left, &reader, surroundings) { children.append(node) }
        }
      }
    }
    return label.map { Node(label: $0, text: text, tone: tone, children: children) }
  }

  func outline(_ words: DiagramWords) -> DiagramOutline {
    func entry(_ node: Node) -> DiagramOutline.Entry {
      .init(node.label, details: [node.text], children: node.children.map(entry))
    }
    return .list(root.map { [entry($0)] } ?? [], isOrdered: false)
  }

  func description(_ words: DiagramWords) -> String {
    guard let root else { return words.name(.tree) }
    let branches = words.summary(.tree, count: root.children.count, root.children.map(\.label.text))
    return words.isChinese ? "\(root.label.text)：\(branches)" : "\(root.label.text). \(branches)"
  }
}
