import AlmanacCore
import Diagrams
import Foundation
import Notation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Input that nobody means well: told or drawn, in a short time.
@Suite struct HostileTests {
  static let bodies: [String] = [
    "kind: ", "kind: flow", "kind: flow\nnodes: {}", "[]", "kind: matrix\ncolumns: []\nrows: []",
    "kind: matrix\ncolumns: [null]\nrows: [null]", "kind: quadrant\nx: 1\ny: []\nquadrants: []\nitems: {}",
    "kind: ladder\nlevels: [null, 1, [], {}, {label: null}, {label: ''}, {label: ' '}]",
    "kind: timeline\nlanes: [{label: a, events: []}]",
    "kind: timeline\nlanes: [{events: [{at: 0001, label: a}, {at: 9999-12-31, label: b}]}]",
    "kind: timeline\nlanes: [{events: [{at: 2020-05-05, label: a}]}]",
    "kind: sankey\nlinks: [{source: a, target: b, value: 1e-300}, {source: a, target: c, value: 9e17}]",
    "kind: treemap\nitems: [{label: a, value: 1e-300}, {label: b, value: 9e17}]",
    "kind: treemap\nitems: [{label: a, value: 1e400}]",
    "kind: ladder\nlevels: [{label: \"\\u202e<script>alert('x')</script>\"}, {label: \"a\\u0000b\\u0007\"}]",
    "kind: ladder\nlevels: [{label: '\(String(repeating: "\u{301}", count: 500))'}]",
    "kind: ladder\nlevels: [{label: '\(String(repeating: "👩‍👩‍👧‍👦", count: 60))'}]",
    "kind: ladder\nlevels: [{label: '\(String(repeating: "）", count: 300))'}]",
    "kind: ladder\nlevels: [{label: '\(String(repeating: "W", count: 600))'}]",
    "kind: ladder\nlevels: [{label: \"a\\n\\n\\nb\\r\\nc\"}]",
    "kind: layers\nlayers: [{label: a, items: [\(String(repeating: "[", count: 100))\(String(repeating: "]", count: 100))]}]",
    "kind: tree\nroot: {label: a, children: [\(String(repeating: "{label: b, children: [", count: 150))\(String(repeating: "]}", count: 150))]}",
    "kind: quadrant\nx: {low: a}\ny: {low: b}\nitems:\n"
      + String(repeating: "  - {label: Same place and a long name, x: 0.5, y: 0.5}\n", count: 40),
  ]

  @Test(arguments: bodies)
  func drawsOrTells(body: String) {
    for language in GoldenDiagrams.languages {
      let result = GoldenDiagrams.diagnosed(body, language)
      if let diagram = result.value {
        for width in [720, 328, 240.0] {
          let drawing = drawDiagram(diagram, DiagramOptions(language: language, width: width))
          checkMarkup(drawing)
          if width != 240 { checkLayout(drawing, "\(body.prefix(60)) at \(width)") }
        }
      } else {
        #expect(result.diagnostics.contains { $0.severity == .error }, "nothing was drawn or told")
      }
    }
  }

  /// The most that limits allow: everything joined with everything.
  @Test(arguments: ["right", "down"])
  func drawsTheLargestFlow(direction: String) throws {
    let nodes = (0..<60).map { "  - {id: n\($0), label: Node number \($0), group: g\($0 % 12)}" }.joined(
      separator: "\n")
    let edges = (0..<120).map { "  - {from: n\($0 * 7 % 60), to: n\(($0 * 11 + 1 + $0 / 60) % 60), label: leads}" }
      .filter { !$0.contains("{from: n1, to: n1,") }
    let groups = (0..<12).map { "  - {id: g\($0), label: Group \($0)}" }.joined(separator: "\n")
    let yaml =
      "kind: flow\ndirection: \(direction)\nnodes:\n\(nodes)\ngroups:\n\(groups)\nedges:\n\(edges.joined(separator: "\n"))"
    let result = GoldenDiagrams.diagnosed(yaml, .english)
    #expect(result.diagnostics.allSatisfy { $0.code == "diagram.self-loop" })
    let diagram = try GoldenDiagrams.read(
      "kind: flow\ndirection: \(direction)\nnodes:\n\(nodes)\ngroups:\n\(groups)\nedges:\n"
        + edges.filter { edge in
          !result.diagnostics.contains { $0.message.hasPrefix("'\(edge.dropFirst(11).prefix { $0 != "," })'") }
        }.joined(separator: "\n"), .english)
    let start = ContinuousClock.now
    for width in GoldenDiagrams.widths {
      checkLayout(
        drawDiagram(diagram, DiagramOptions(language: .english, width: width)), "the largest flow at \(width)")
    }
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  private func checkMarkup(_ drawing: DiagramDrawing) {
    let svg = String(decoding: drawing.svg, as: UTF8.self)
    #expect(!svg.contains("<script"))
    #expect(!svg.contains("nan") && !svg.contains("inf"), "\(svg.prefix(200))")
    #expect(drawing.height.isFinite && drawing.height >= 0 && drawing.height < 200_000)
    #expect(XMLParser(data: Data(drawing.svg)).parse(), "the picture is no XML")
  }
}
