internal import AlmanacCore
internal import Notation

/// Amounts that flow from sources to targets.
package struct Sankey: Hashable, Sendable {
  struct Link: Hashable, Sendable {
    /// Indices into `nodes`.
    var source: Int
    var target: Int
    var value: DiagramValue
    var tone: Tone?
  }

  /// By their names, in the order in which links name them.
  var nodes: [DiagramText]
  var links: [Link]
  /// Writes a sum of values.
  var totals: [String]
}

extension Sankey {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    let values = ValueReading(&reader, surroundings)
    var nodes: [DiagramText] = []
    func node(_ text: DiagramText) -> Int {
      if let known = nodes.firstIndex(where: { $0.text == text.text }) { return known }
      nodes.append(text)
      return nodes.count - 1
    }
    let limit = surroundings.limits.links
    var links: [Link] = []
    var spans: [SourceSpan] = []
    if surroundings.rows != nil {
      reader.allow(["links"])
      links = values.rows(&reader, requiring: ["source", "target", "value"], limit: limit) { row, value in
        guard let source = row.text("source"), let target = row.text("target") else { return nil }
        return Link(
          source: node(DiagramText(source)), target: node(DiagramText(target)), value: value,
          tone: row.text("tone").flatMap { Tone($0) })
      }
      spans = [SourceSpan](repeating: surroundings.rows?.span ?? reader.value.span, count: links.count)
    } else if reader.value("links") != nil {
      links = reader.each("links", limit: limit) { reader in
        let source = reader.words("source", required: true, surroundings)
        let target = reader.words("target", required: true, surroundings)
        let value = values.value(&reader)
        let tone = reader.tone()
        guard let source, let target, let value else { return nil }
        spans.append(reader.value.span)
        return Link(source: node(source), target: node(target), value: value, tone: tone)
      }
    } else {
      reader.diagnostics.append(
        .diagramNoData(.sankey, list: "links", columns: "source, target and value", at: reader.value.span))
    }
    self.nodes = nodes
    self.links = links
    totals = []
    for (index, link) in links.enumerated() where link.source == link.target {
      reader.diagnostics.append(.diagramSelfLoop(nodes[link.source].text, at: spans[index]))
    }
    let graph = LayeredGraph(
      nodeCount: nodes.count, edges: links.map { ($0.source, $0.target) }.filter { $0.0 != $0.1 },
      mostPerLayer: .max)
    let forward = links.indices.filter { links[$0].source != links[$0].target }
    if let back = graph.isReversed.firstIndex(of: true) {
      let link = links[forward[back]]
      reader.diagnostics.append(
        .diagramCycle([nodes[link.source].text, nodes[link.target].text], at: spans[forward[back]]))
    }
    totals = nodes.indices.map { index in values.write(total(of: index)) }
  }

  /// What flows through a node: in or out, whichever is more.
  func total(of node: Int) -> Double {
    var (entering, leaving) = (0.0, 0.0)
    for link in links {
      if link.target == node { entering += link.value.number }
      if link.source == node { leaving += link.value.number }
    }
    return max(entering, leaving)
  }
}

extension Sankey: DiagramContent {
  func outline(_ words: DiagramWords) -> DiagramOutline {
    .table(
      columns: [
        .init(DiagramText(words.source)), .init(DiagramText(words.target)),
        .init(DiagramText(words.value), isNumeric: true),
      ],
      rows: links.map { [nodes[$0.source], nodes[$0.target], $0.value.text] })
  }

  func description(_ words: DiagramWords) -> String {
    let largest = links.max { $0.value.number < $1.value.number }
    let all = words.summary(.sankey, count: links.count, nodes.map(\.text))
    guard let largest else { return all }
    let (from, to) = (nodes[largest.source].text, nodes[largest.target].text)
    return all
      + (words.isChinese
        ? "最大的流向是\(from)到\(to)：\(largest.value.text.text)。"
        : " The largest goes from \(from) to \(to): \(largest.value.text.text).")
  }
}
