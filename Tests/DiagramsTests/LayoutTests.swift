import AlmanacCore
import Diagrams
import Testing

/// That texts stand where they may, in what was looked at and in what nobody will ever write.
@Suite struct LayoutTests {
  @Test(arguments: GoldenDiagrams.names)
  func keepsTextsApart(name: String) throws {
    for language in GoldenDiagrams.languages {
      let diagram = try GoldenDiagrams.diagram(name, language)
      for width in [1_000, 720, 600, 400, 328, 280.0] {
        checkLayout(
          drawDiagram(diagram, DiagramOptions(language: language, width: width, title: "A title of the file")),
          "\(name) \(language) \(width)")
      }
    }
  }

  @Test(arguments: GoldenDiagrams.names.filter { $0.hasPrefix("flow") })
  func keepsArrowsOffTexts(name: String) throws {
    for language in GoldenDiagrams.languages {
      let diagram = try GoldenDiagrams.diagram(name, language)
      for width in [1_000, 720, 600, 400, 328.0] {
        checkLinesMissTexts(
          drawDiagram(diagram, DiagramOptions(language: language, width: width)), "\(name) \(language) \(width)",
          exempt: ["Practice", "执行", "Rules", "规则"])
      }
    }
  }

  /// Diagrams of every kind with texts from nothing to far too much, in both scripts.
  @Test(arguments: DiagramKind.allCases)
  func keepsTextsApartInWhateverIsWritten(kind: DiagramKind) throws {
    for seed in 0..<60 {
      var random = SeededRandom(seed: UInt64(seed) &* 2_654_435_761 &+ 17)
      let language = GoldenDiagrams.languages[seed % 2]
      let yaml = inventedDiagram(kind, &random)
      let diagram = try GoldenDiagrams.read(yaml, language, path: "\(kind) \(seed)")
      for width in GoldenDiagrams.widths {
        checkLayout(
          drawDiagram(diagram, DiagramOptions(language: language, width: width)),
          "\(kind) with seed \(seed) at \(width)")
      }
    }
  }
}

/// The same numbers on every machine (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Writes a diagram that a hurried author might write.
func inventedDiagram(_ kind: DiagramKind, _ random: inout SeededRandom) -> String {
  func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
  func text(_ most: Int) -> String {
    let pieces = [
      "data", "a", "of", "infrastructure", "Internationalization", "模型", "数据要素市场化配置", "（试行）", "“十四五”", "5.15亿", "30%",
      "AI", "https://example.org/a/very/long/path", "，", "Großraum", "e\u{301}te", "🙂", "人工智能", "GPT-4", "…", "—", "不",
    ]
    let count = chance(4) ? most * 3 : number(1...most)
    return (0..<count).map { _ in pieces[number(0...pieces.count - 1)] + (chance(60) ? " " : "") }.joined()
  }
  func quoted(_ most: Int) -> String { "\"\(text(most).replacing("\"", with: ""))\"" }
  func some(_ key: String, _ most: Int, _ percent: Int = 50) -> String {
    chance(percent) ? ", \(key): \(quoted(most))" : ""
  }
  func tone() -> String {
    chance(40) ? ", tone: \(["china", "us", "eu", "accent", "muted", "1", "8"][number(0...6)])" : ""
  }
  func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map { "  - " + line($0) }.joined(separator: "\n")
  }
  switch kind {
  case .quadrant:
    let axis = "{title: \(quoted(4)), low: \(quoted(3)), high: \(quoted(3))}"
    let corners = ["top-left", "top-right", "bottom-left", "bottom-right"].filter { _ in chance(70) }
      .map { "  \($0): {title: \(quoted(4))\(some("text", 8))\(tone())}" }.joined(separator: "\n")
    let items = lines(number(0...24)) { _ in
      "{label: \(quoted(4)), x: 0.\(number(0...99)), y: 0.\(number(0...99))\(some("note", 4, 20))\(tone())}"
    }
    return "kind: quadrant\nx: \(axis)\ny: \(axis)\n"
      + (corners.isEmpty ? "" : "quadrants:\n\(corners)\n") + (items.isEmpty ? "" : "items:\n\(items)\n")
  case .matrix:
    let columns = number(1...8)
    return
      "kind: matrix\ncorner: \(quoted(3))\ncolumns:\n\(lines(columns) { _ in "{label: \(quoted(3))\(tone())}" })\nrows:\n"
      + lines(number(1...8)) { _ in
        let cells = (0..<columns).map { _ in
          chance(30)
            ? "{text: \(quoted(5)), level: \(number(0...3))}" : chance(20) ? "{level: \(number(0...3))}" : quoted(8)
        }
        return "{label: \(quoted(4)), cells: [\(cells.joined(separator: ", "))]}"
      }
  case .layers:
    return "kind: layers\nlayers:\n"
      + lines(number(1...8)) { _ in
        let items = (0..<number(0...9)).map { _ in
          chance(50) ? quoted(4) : "{label: \(quoted(3))\(some("text", 6))\(tone())}"
        }
        return "{label: \(quoted(4))\(some("text", 10))\(tone()), items: [\(items.joined(separator: ", "))]}"
      }.replacing(", items: []", with: "")
  case .ladder:
    return "kind: ladder\nlevels:\n"
      + lines(number(1...12)) { _ in "{label: \(quoted(4))\(some("text", 14))\(tone())}" }
  case .cycle:
    return "kind: cycle\ncenter: \(quoted(4))\nsteps:\n"
      + lines(number(2...10)) { _ in "{label: \(quoted(4))\(some("text", 12))\(tone())}" }
  case .timeline:
    return "kind: timeline\nlanes:\n"
      + lines(number(1...5)) { _ in
        let events = (0..<number(1...12)).map { _ -> String in
          let year = number(1990...2030)
          let time =
            chance(30)
            ? "from: \(year)-0\(number(1...9)), to: \(year + number(1...6))"
            : chance(50) ? "at: \(year)" : "at: \(year)-1\(number(0...2))-0\(number(1...9))"
          return "{\(time), label: \(quoted(5))\(some("text", 8))}"
        }
        return "{label: \(quoted(3))\(tone()), events: [\(events.joined(separator: ", "))]}"
      }
  case .flow:
    let count = number(1...14)
    let groups = number(0...3)
    let nodes = lines(count) { index in
      "{id: n\(index), label: \(quoted(4))\(some("text", 6, 30))\(tone())\(groups > 0 && chance(50) ? ", group: g\(number(0...groups - 1))" : "")}"
    }
    let edges =
      count < 2
      ? ""
      : lines(number(1...count + 4)) { _ in
        let from = number(0...count - 1)
        let to = (from + number(1...count - 1)) % count
        return "{from: n\(from), to: n\(to)\(some("label", 3, 30))}"
      }
    return "kind: flow\ndirection: \(chance(50) ? "right" : "down")\nnodes:\n\(nodes)\n"
      + (groups > 0 ? "groups:\n\(lines(groups) { "{id: g\($0), label: \(quoted(4))}" })\n" : "")
      + (edges.isEmpty ? "" : "edges:\n\(edges)\n")
  case .tree:
    func node(_ depth: Int) -> String {
      let children = depth < 5 && chance(80 - depth * 14) ? (0..<number(1...4)).map { _ in node(depth + 1) } : []
      return
        "{label: \(quoted(4))\(some("text", 6, 30))\(tone())\(children.isEmpty ? "" : ", children: [\(children.joined(separator: ", "))]")}"
    }
    return "kind: tree\nroot: \(node(1))"
  case .sankey:
    let columns = (0..<number(2...4)).map { column in
      (0..<number(1...5)).map { "\(text(3).replacing("\"", with: "")) \(column).\($0)" }
    }
    return "kind: sankey\nunit: CNY\nlinks:\n"
      + lines(number(1...16)) { _ in
        let column = number(0...columns.count - 2)
        let (source, target) = (
          columns[column].randomElement(using: &random)!, columns[column + 1].randomElement(using: &random)!
        )
        return "{source: \"\(source)\", target: \"\(target)\", value: \(number(1...90_000_000))\(tone())}"
      }
  case .treemap:
    let groups = (0..<number(0...5)).map { "\(text(2).replacing("\"", with: "")) \($0)" }
    return "kind: treemap\nunit: persons\nitems:\n"
      + lines(number(1...40)) { _ in
        "{label: \(quoted(3)), value: \(number(1...900) * number(1...900))\(groups.isEmpty ? "" : ", group: \"\(groups.randomElement(using: &random)!)\"")}"
      }
  }
}
