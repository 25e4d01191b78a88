import AlmanacCore
import Diagrams
import Notation
import TestSupport
import Testing

/// What is said of diagrams with something wrong: exactly that, at its place.
@Suite struct DiagramsDiagnosticsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var expected: [Expected]
    var testDescription: String { "\(expected.map(\.code)) \(text.prefix(60))" }

    init(_ text: String, _ expected: Expected...) { (self.text, self.expected) = (text, expected) }
  }

  static let cases: [Case] = [
    // The body.
    Case("«1»label: x", .init(1, "diagram.missing-key", "'kind'")),
    Case("kind: «1»pyramid", .init(1, "diagram.unknown-kind", "'pyramid'")),
    Case("kind: «1»tre\nroot: {label: a}", .init(1, "diagram.unknown-kind", "did you mean 'tree'")),
    Case("kind: «1»[tree]", .init(1, "diagram.unknown-kind", "a list")),
    Case("«1»just words", .init(1, "diagram.wrong-type", "a map")),
    Case("kind: tree\nroot: {label: a}\n«1»rooot: b", .init(1, "diagram.unknown-key", "did you mean 'root'")),
    Case("kind: ladder\n«1»levels: 3", .init(0, "diagram.wrong-type", "a list")),
    Case("kind: ladder\nlevels: «1»[]", .init(1, "diagram.empty", "'levels'")),
    Case("«1»kind: ladder", .init(1, "diagram.missing-key", "'levels'")),
    Case("kind: ladder\nlevels: [{label: «1»{en: Fast, cheap}}]", .init(1, "diagram.wrong-type", "stands in quotes")),
    Case("kind: ladder\nlevels: [{label: a, tone: «1»chna}]", .init(1, "diagram.unknown-word", "did you mean 'china'")),
    Case("kind: ladder\nlevels: [{label: a, tone: «1»9}]", .init(1, "diagram.unknown-word", "'9'")),
    Case("kind: ladder\nlevels: [{label: a, tone: «1»[us]}]", .init(1, "diagram.wrong-type", "a word")),
    Case(
      "kind: ladder\nlevels: [{label: «1»'\(String(repeating: "a", count: 700))'}]",
      .init(1, "diagram.text-too-long", "600 characters")),
    Case(
      "kind: ladder\nlevels: [a\(String(repeating: ", {label: b}", count: 11)), «1»{label: c}]",
      .init(1, "diagram.too-many", "13 levels are more than the 12")),
    Case("kind: ladder\nlevels: [«1»[a]]", .init(1, "diagram.wrong-type", "text or a map")),
    Case("kind: flow\nnodes: [«1»a]", .init(1, "diagram.wrong-type", "a map")),
    // Quadrants.
    Case("«1»kind: quadrant\nx: {low: a}", .init(1, "diagram.missing-key", "'y'")),
    Case(
      "kind: quadrant\nx: {low: a}\ny: {low: b}\nitems: [{label: c, x: «1»1.2, y: 0.5}]",
      .init(1, "diagram.out-of-range", "a number from 0 to 1")),
    Case(
      "kind: quadrant\nx: {low: a}\ny: {low: b}\nitems: [{label: c, x: 0, y: «1»left}]",
      .init(1, "diagram.out-of-range", "text 'left'")),
    Case(
      "kind: quadrant\nx: {low: a}\ny: {low: b}\nitems: [«1»{label: c, x: 0}]", .init(1, "diagram.missing-key", "'y'")),
    Case(
      "kind: quadrant\nx: {low: a}\ny: {low: b}\nquadrants: {«1»topleft: {title: c}}",
      .init(1, "diagram.unknown-key", "did you mean 'top-left'")),
    // Matrices.
    Case(
      "kind: matrix\ncolumns: [a, b]\nrows: [{label: c, cells: «1»[d]}]",
      .init(1, "diagram.row-length", "1 cell for 2 columns")),
    Case(
      "kind: matrix\ncolumns: [a]\nrows: [{label: c, cells: [{level: «1»4}]}]",
      .init(1, "diagram.out-of-range", "0, 1, 2 or 3")),
    Case("kind: matrix\ncolumns: [a]\nrows: [{label: c, cells: «1»d}]", .init(1, "diagram.wrong-type", "a list")),
    // Cycles.
    Case("kind: cycle\nsteps: «1»[{label: a}]", .init(1, "diagram.single-step")),
    // Timelines.
    Case(
      "kind: timeline\nlanes: [{events: [{at: «1»2023-13, label: a}]}]", .init(1, "diagram.bad-date", "2023-Q3")),
    Case(
      "kind: timeline\nlanes: [{events: [{at: «1»2023-02-30, label: a}]}]",
      .init(1, "diagram.bad-date", "text '2023-02-30'")),
    Case("kind: timeline\nlanes: [{events: [{at: «1»soon, label: a}]}]", .init(1, "diagram.bad-date")),
    Case("kind: timeline\nlanes: [{events: [{at: «1»2020/2021, label: a}]}]", .init(1, "diagram.bad-date")),
    Case("kind: timeline\nlanes: [{events: [«1»{label: a}]}]", .init(1, "diagram.event-time", "no time")),
    Case(
      "kind: timeline\nlanes: [{events: [«1»{at: 2020, from: 2021, label: a}]}]",
      .init(1, "diagram.event-time", "both")),
    Case(
      "kind: timeline\nlanes: [{events: [{from: 2021, to: «1»2020, label: a}]}]", .init(1, "diagram.date-order")),
    Case("kind: timeline\nlanes: [{events: [«1»{from: 2021, label: a}]}]", .init(1, "diagram.missing-key", "'to'")),
    Case(
      "kind: timeline\nlanes: [{label: a, events: [{at: 2020, label: b}]}, «1»{events: [{at: 2020, label: b}]}]",
      .init(1, "diagram.missing-key", "'label'")),
    // Flows.
    Case(
      "kind: flow\nnodes: [{id: a, label: A}]\nedges: [{from: a, to: «1»b}]",
      .init(1, "diagram.unknown-node", "no node has the id 'b'")),
    Case(
      "kind: flow\nnodes: [{id: alpha, label: A}]\nedges: [{from: «1»alhpa, to: alpha}]",
      .init(1, "diagram.unknown-node", "did you mean 'alpha'")),
    Case(
      "kind: flow\nnodes: [{id: a, label: A}]\nedges: [«1»{from: a, to: a}]",
      .init(1, "diagram.self-loop", "'a' leads to itself")),
    Case(
      "kind: flow\nnodes: [{id: a, label: A}, {id: «1»a, label: B}]", .init(1, "diagram.duplicate-id", "used twice")),
    Case(
      "kind: flow\nnodes: [{id: a, label: A, group: «1»g}]\ngroups: [{id: h, label: H}]",
      .init(1, "diagram.unknown-group", "did you mean 'h'")),
    Case(
      "kind: flow\ndirection: «1»up\nnodes: [{id: a, label: A}]", .init(1, "diagram.unknown-word", "'direction'")),
    Case("kind: flow\nnodes: [«1»{id: a}]", .init(1, "diagram.missing-key", "'label'")),
    // Trees.
    Case(
      "kind: tree\nroot: {label: a, children: [{label: b, children: [{label: c, children: [{label: d, children: [{label: e, children: [{label: f, children: «1»[g]}]}]}]}]}]}",
      .init(1, "diagram.too-deep", "6 levels")),
    Case("kind: tree\nroot: &r {label: a, children: [«1»*r]}", .init(1, "yaml.undefined-alias")),
    Case(
      "kind: tree\nroot: «1»{label: a, children: [\(String(repeating: "b,", count: 130))]}",
      .init(1, "diagram.too-many", "131 nodes")),
    // Values.
    Case("«1»kind: sankey", .init(1, "diagram.no-data", "source, target and value")),
    Case("«1»kind: treemap", .init(1, "diagram.no-data", "label and value")),
    Case(
      "kind: sankey\nlinks: [{source: a, target: b, value: «1»-3}]",
      .init(1, "diagram.bad-value", "no positive number")),
    Case(
      "kind: sankey\nlinks: [{source: a, target: b, value: «1»many}]",
      .init(1, "diagram.unbound-value", "write \"`{v} id`\"")),
    Case("kind: sankey\nlinks: [«1»{source: a, target: a, value: 3}]", .init(1, "diagram.self-loop")),
    Case(
      "kind: sankey\nlinks: [{source: a, target: b, value: 3}, «1»{source: b, target: a, value: 3}]",
      .init(1, "diagram.cycle", "'b' to 'a'")),
    Case(
      "kind: treemap\nunit: «1»stones\nitems: [{label: a, value: 3}]", .init(1, "diagram.unknown-unit", "'stones'")),
  ]

  @Test(arguments: cases)
  func tells(_ one: Case) {
    check(one.text, one.expected) { GoldenDiagrams.diagnosed($0.text, .english, path: $0.path).diagnostics }
  }

  @Test func refusesTypedValuesInAReport() {
    check("kind: treemap\nitems: [{label: a, value: «1»3}]", [.init(1, "diagram.unbound-value", "found the number 3")])
    {
      readDiagram(parseYAML($0).value, DiagramSurroundings(language: .english)).diagnostics
    }
  }

  /// Columns, cells, what is told.
  @Test(
    arguments: [
      (["source", "value"], [[.text("a"), .number(1)]], "diagram.missing-column"),
      (["source", "target", "value"], [[.text("a"), .text("b"), .text("much")]], "diagram.bad-value"),
      (["source", "target", "value"], [[.text("a"), .text("b"), .number(-1)]], "diagram.bad-value"),
      (["source", "target", "value"], [[.text("a"), .text("b"), .number(0)]], "diagram.empty"),
      (["source", "target", "value"], [], "diagram.empty"),
      (
        ["source", "target", "value"],
        (0..<201).map { [.text("a\($0)"), .text("b"), .number(1)] }, "diagram.too-many"
      ),
    ] as [([String], [[DiagramRows.Cell]], String)])
  func tellsOfRows(columns: [String], cells: [[DiagramRows.Cell]], code: String) {
    var surroundings = DiagramSurroundings(language: .english)
    let span = SourceSpan(path: "file", line: 2, column: 8)
    surroundings.rows = DiagramRows(columns: columns, cells: cells, span: span)
    let body = parseYAML(SourceFile(path: "file", text: "kind: sankey\nquery: flows")).value
    let diagnostics = readDiagram(body, surroundings).diagnostics
    #expect(diagnostics.map(\.code).contains(code), "\(diagnostics.map(\.code))")
    #expect(diagnostics.allSatisfy { $0.span == span })
  }
}
