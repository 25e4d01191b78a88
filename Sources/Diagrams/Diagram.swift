package import AlmanacCore
internal import Notation

/// A picture that no chart grammar draws: boxes, bands, steps and arrows with words, in one edition.
///
/// Read from the body of a `diagram` fence or a `*.diagram.yaml` file by ``readDiagram(_:_:otherKeys:)``, drawn by
/// ``drawDiagram(_:_:)``, and said in words by ``Diagram/outline(in:)``.
package enum Diagram: Hashable, Sendable {
  case quadrant(Quadrant)
  case matrix(Matrix)
  case layers(Layers)
  case ladder(Ladder)
  case cycle(Cycle)
  case timeline(Timeline)
  case flow(Flow)
  case tree(Tree)
  case sankey(Sankey)
  case treemap(Treemap)
}

/// What the `kind:` of a diagram may be.
package enum DiagramKind: String, CaseIterable, Hashable, Sendable {
  case quadrant, matrix, layers, ladder, cycle, timeline, flow, tree, sankey, treemap
}

/// What all kinds of diagrams can do; the dispatch over ``Diagram`` needs no more of them.
protocol DiagramContent: Hashable, Sendable {
  /// Reads the members of the body that are the kind's own. Problems go to the reader.
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings)
  /// Draws onto a canvas of a given width, and sets its height.
  func draw(on canvas: inout Canvas)
  /// The same content in reading order.
  func outline(_ words: DiagramWords) -> DiagramOutline
  /// What the picture shows, in a sentence or two.
  func description(_ words: DiagramWords) -> String
}

extension Diagram {
  package var kind: DiagramKind {
    switch self {
    case .quadrant: .quadrant
    case .matrix: .matrix
    case .layers: .layers
    case .ladder: .ladder
    case .cycle: .cycle
    case .timeline: .timeline
    case .flow: .flow
    case .tree: .tree
    case .sankey: .sankey
    case .treemap: .treemap
    }
  }

  var content: any DiagramContent {
    switch self {
    case .quadrant(let content): content
    case .matrix(let content): content
    case .layers(let content): content
    case .ladder(let content): content
    case .cycle(let content): content
    case .timeline(let content): content
    case .flow(let content): content
    case .tree(let content): content
    case .sankey(let content): content
    case .treemap(let content): content
    }
  }

  /// Returns the diagram in words: what a reader who does not see it reads instead.
  package func outline(in language: LanguageTag) -> DiagramOutline {
    content.outline(DiagramWords(language: language))
  }
}
