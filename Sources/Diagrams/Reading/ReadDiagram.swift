package import AlmanacCore
package import Notation

/// Keys of a diagram's body that are the figure's and not the diagram's.
package let diagramFrameKeys = ["caption", "title", "subtitle", "alt", "source", "note", "query", "dataset", "spec"]

/// Reads the body of a `diagram` fence or a `*.diagram.yaml` file.
///
/// Diagnoses `diagram.unknown-kind`, unknown, missing and mistyped members, and what each kind cannot draw.
/// - Parameters:
///   - value: with the texts of one edition chosen.
///   - keys: members that someone else reads.
/// - Returns: `nil` when nothing can be drawn.
package func readDiagram(
  _ value: NotationValue, _ surroundings: DiagramSurroundings, otherKeys keys: [String] = diagramFrameKeys
) -> Diagnosed<Diagram?> {
  var reader = ObjectReader(value, area: "diagram")
  // Numbers that are meant, for whoever looks for typed ones.
  reader.allow(keys + ["literal"])
  guard value.object != nil else { return Diagnosed(nil, reader.diagnostics) }
  guard let found = reader.value("kind", required: true) else { return Diagnosed(nil, reader.diagnostics) }
  guard let word = found.scalarText, let kind = DiagramKind(rawValue: word) else {
    return Diagnosed(nil, reader.diagnostics + [.unknownDiagramKind(found)])
  }
  func read<Content: DiagramContent>(_: Content.Type) -> Content { Content(&reader, surroundings) }
  let diagram: Diagram =
    switch kind {
    case .quadrant: .quadrant(read(Quadrant.self))
    case .matrix: .matrix(read(Matrix.self))
    case .layers: .layers(read(Layers.self))
    case .ladder: .ladder(read(Ladder.self))
    case .cycle: .cycle(read(Cycle.self))
    case .timeline: .timeline(read(Timeline.self))
    case .flow: .flow(read(Flow.self))
    case .tree: .tree(read(Tree.self))
    case .sankey: .sankey(read(Sankey.self))
    case .treemap: .treemap(read(Treemap.self))
    }
  let diagnostics = reader.finish()
  let isDrawable = !diagnostics.contains { $0.severity == .error && $0.code != "diagram.unknown-key" }
  return Diagnosed(isDrawable ? diagram : nil, diagnostics)
}
