internal import AlmanacCore
internal import Notation

/// Boxes and arrows; where they stand is found by the program.
package struct Flow: Hashable, Sendable {
  enum Direction: String, CaseIterable, Hashable, Sendable { case right, down }

  struct Node: Hashable, Sendable {
    var id: String
    var label: DiagramText
    var text: DiagramText?
    /// An index into `groups`.
    var group: Int?
    var tone: Tone
  }

  /// Indices into `nodes`, never the same one twice.
  struct Edge: Hashable, Sendable {
    var from: Int
    var to: Int
    var label: DiagramText?
  }

  struct Group: Hashable, Sendable {
    var id: String
    var label: DiagramText
  }

  var direction: Direction
  var nodes: [Node]
  var edges: [Edge]
  var groups: [Group]
}

extension Flow {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    let limits = surroundings.limits
    direction = reader.word("direction") ?? .right
    var groupIDs = DiagramIDs()
    let groups: [Group] = reader.each("groups", required: false, limit: limits.groups) { reader in
      let id = groupIDs.claim(&reader)
      let label = reader.words("label", required: true, surroundings)
      guard let id, let label else { return nil }
      return Group(id: id, label: label)
    }
    self.groups = groups
    var nodeIDs = DiagramIDs()
    let nodes: [Node] = reader.each("nodes", limit: limits.nodes) { reader in
      let id = nodeIDs.claim(&reader)
      let label = reader.words("label", required: true, surroundings)
      let text = reader.words("text", surroundings)
      let tone = reader.tone() ?? .neutral
      var group: Int?
      if let name = reader.text("group"), let found = reader.value("group") {
        group = groups.firstIndex { $0.id == name }
        if group == nil {
          reader.diagnostics.append(.diagramUnknownGroup(name, known: groups.map(\.id), at: found.span))
        }
      }
      guard let id, let label else { return nil }
      return Node(id: id, label: label, text: text, group: group, tone: tone)
    }
    self.nodes = nodes
    edges = reader.each("edges", required: false, limit: limits.edges) { reader in
      func end(_ key: String, _ reader: inout ObjectReader) -> Int? {
        guard let name = reader.text(key, required: true), let found = reader.value(key) else { return nil }
        if let index = nodes.firstIndex(where: { $0.id == name }) { return index }
        // A node that could not be read has been told already.
        if nodeIDs.names[name] == nil {
          reader.diagnostics.append(.diagramUnknownNode(name, known: nodes.map(\.id), at: found.span))
        }
        return nil
      }
      let (from, to) = (end("from", &reader), end("to", &reader))
      let label = reader.words("label", surroundings)
      guard let from, let to else { return nil }
      guard from != to else {
        reader.diagnostics.append(.diagramSelfLoop(nodes[from].id, at: reader.value.span))
        return nil
      }
      return Edge(from: from, to: to, label: label)
    }
  }
}

/// The ids of nodes or groups, each once.
struct DiagramIDs {
  private(set) var names: [String: SourceSpan] = [:]

  /// Reads `id`; diagnoses `diagram.duplicate-id`.
  mutating func claim(_ reader: inout ObjectReader) -> String? {
    guard let id = reader.text("id", required: true), let found = reader.value("id") else { return nil }
    if let first = names[id] {
      reader.diagnostics.append(.diagramDuplicateID(id, at: found.span, first: first))
      return nil
    }
    names[id] = found.span
    return id
  }
}

extension Flow: DiagramContent {
  /// Nodes in the order in which the arrows lead through them.
  func outline(_ words: DiagramWords) -> DiagramOutline {
    let graph = LayeredGraph(nodeCount: nodes.count, edges: edges.map { ($0.from, $0.to) }, mostPerLayer: .max)
    let order = nodes.indices.sorted { (graph.layers[$0], $0) < (graph.layers[$1], $1) }
    func entry(_ index: Int) -> DiagramOutline.Entry {
      let leaving = edges.filter { $0.from == index }.map { edge -> DiagramOutline.Entry in
        let target = DiagramText(
          words.leads(to: nodes[edge.to].label.text), source: nodes[edge.to].label.source.map(words.leads))
        return .init(nil, details: [target, edge.label])
      }
      return .init(nodes[index].label, details: [nodes[index].text], children: leaving)
    }
    guard !groups.isEmpty else { return .list(order.map(entry), isOrdered: true) }
    var entries: [DiagramOutline.Entry] = []
    var isListed = [Bool](repeating: false, count: groups.count)
    for index in order {
      guard let group = nodes[index].group else {
        entries.append(entry(index))
        continue
      }
      if isListed[group] { continue }
      isListed[group] = true
      entries.append(
        .init(groups[group].label, children: order.filter { nodes[$0].group == group }.map(entry), isOrdered: true))
    }
    return .list(entries, isOrdered: true)
  }

  func description(_ words: DiagramWords) -> String {
    words.summary(.flow, count: nodes.count, nodes.map(\.label.text))
  }
}
