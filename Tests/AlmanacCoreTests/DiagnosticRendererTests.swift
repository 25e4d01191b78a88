import Testing

@testable import AlmanacCore

/// Pictures: what is wrong goes in, what the author reads comes out.
@Suite struct DiagnosticRendererTests {
  @Test func tellsPlaceLineAndHint() {
    let file = SourceFile(path: "Content/en/energy.md", text: "---\ntitle: x\ndataset: enrgy\n")
    check(
      [
        .error(
          "figure.unknown-dataset", "no dataset named 'enrgy'", at: span(file, 3, 10, 5),
          notes: [
            .init(
              "datasets are described here", at: SourceSpan(path: "Content/data/datapackage.yaml", line: 2, column: 1))
          ],
          hint: "did you mean 'energy'?")
      ], [file],
      """
      Content/en/energy.md:3:10: error: no dataset named 'enrgy' [figure.unknown-dataset]
        3 | dataset: enrgy
          |          ^^^^^
        = note: Content/data/datapackage.yaml:2:1: datasets are described here
        = hint: did you mean 'energy'?

      """)
  }

  @Test(arguments: [
    ("用户 5.15亿 人", 4, 5, "  1 | 用户 5.15亿 人\n    |      ^^^^^^"), ("\tkey: x", 2, 3, "  1 |     key: x\n    |     ^^^"),
    ("a\u{1B}[31mb", 2, 1, "  1 | a␛[31mb\n    |  ^"), ("e\u{301}x", 3, 1, "  1 | e\u{301}x\n    |  ^"),
    ("a\u{202E}b", 2, 1, "  1 | a<U+202E>b\n    |  ^^^^^^^^"), ("short", 6, 0, "  1 | short\n    |      ^"),
    ("short", 60, 9, "  1 | short\n    |      ^"), ("two lines", 5, -1, "  1 | two lines\n    |     ^^^^^"),
    ("", 1, 1, ""),
    ("😀 x", 3, 1, "  1 | 😀 x\n    |    ^"),
  ])
  func pointsAtTheRightLetters(line: String, column: Int, length: Int, picture: String) {
    let file = SourceFile(path: "a.md", text: line + "\nnext\n")
    var place = span(file, 1, column, max(0, length))
    if length < 0 { place.end = SourceLocation(line: 2, column: 2) }
    check(
      [.warning("x.y", "m", at: place)], [file],
      "a.md:1:\(column): warning: m [x.y]\n" + (picture.isEmpty ? "" : picture + "\n"))
  }

  @Test func cutsLongLinesAroundTheSpan() throws {
    for letter in ["a", "中"] {
      for column in [1, 90, 500, 990, 1000] {
        let text = String(repeating: letter, count: column - 1) + "X" + String(repeating: letter, count: 1000 - column)
        let file = SourceFile(path: "a.md", text: text)
        let excerpt = try #require(Excerpt(span(file, 1, column, 1), in: ExcerptPage(file)))
        let width = excerpt.line.unicodeScalars.reduce(0) { $0 + terminalWidth(of: $1) }
        #expect(width <= Excerpt.width + 1)
        var position = 0
        for scalar in excerpt.line.unicodeScalars {
          if scalar == "X" { #expect(position == excerpt.indent, "\(letter) \(column)") }
          position += terminalWidth(of: scalar)
        }
        #expect(excerpt.line.contains("X") && excerpt.length == 1)
        let end = (column - 1) * (letter == "中" ? 2 : 1) + 1
        #expect(excerpt.line.hasPrefix("…") == (end > 90) && excerpt.line.hasSuffix("…") == (column < 990))
      }
    }
  }

  @Test func tellsOneCauseOnManyPagesOnce() {
    let places = [("b.md", 1), ("a.md", 9), ("a.md", 2), ("c.md", 1), ("d.md", 1), ("e.md", 1), ("a.md", 2)]
    let diagnostics = places.map {
      Diagnostic.error("v.unknown", "no fact 'x'", at: SourceSpan(path: $0.0, line: $0.1, column: 3))
    }
    check(
      diagnostics + [.error("content.missing", "no folder")], [],
      """
      error: no folder [content.missing]

      a.md:2:3: error: no fact 'x' [v.unknown]
        = note: and 5 more places: a.md:9:3, b.md:1:3, c.md:1:3, d.md:1:3, …

      """)
    #expect(diagnosticSummary(diagnostics + [.warning("a.b", "c")]) == "1 error and 1 warning")
    #expect(diagnosticSummary([]) == nil)
  }

  @Test func writesForPrograms() {
    let diagnostic = Diagnostic.error(
      "a.b", "50%: \"x\"\u{1}", at: SourceSpan(path: "a,b.md", line: 1, column: 2, length: 3),
      notes: [.init("n"), .init("twin", at: SourceSpan(path: "b.md", line: 7, column: 5))], hint: "h")
    #expect(
      diagnosticsAsJSONLines([diagnostic]) == """
        {"severity":"error","code":"a.b","message":"50%: \\"x\\"\\u0001","path":"a,b.md","line":1,"column":2,"endLine":1,"endColumn":5,"notes":[{"message":"n"},{"message":"twin","path":"b.md","line":7,"column":5,"endLine":7,"endColumn":6}],"hint":"h"}

        """)
    #expect(
      diagnosticsAsGitHubAnnotations([diagnostic], pathPrefix: "r/") == """
        ::error title=a.b,file=r/a%2Cb.md,line=1,endLine=1,col=2,endColumn=5::50%25: "x"\u{1}%0Anote: n%0Anote: r/b.md:7:5: twin%0Ahint: h

        """)
  }

  @Test func colourChangesNoLetter() {
    let file = SourceFile(path: "a.md", text: "word\n")
    let diagnostics = [Diagnostic.error("a.b", "m", at: span(file, 1, 1, 4), hint: "h")]
    let plain = DiagnosticRenderer(sources: [file]).render(diagnostics)
    let coloured = DiagnosticRenderer(sources: [file], decorator: .ansi).render(diagnostics)
    #expect(coloured != plain && coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  private func span(_ file: SourceFile, _ line: Int, _ column: Int, _ length: Int) -> SourceSpan {
    SourceSpan(path: file.path, line: line, column: column, length: length)
  }

  private func check(
    _ diagnostics: [Diagnostic], _ sources: [SourceFile], _ picture: String,
    _ at: SourceLocationOfTest = #_sourceLocation
  ) {
    #expect(DiagnosticRenderer(sources: sources).render(diagnostics) == picture, sourceLocation: at)
  }
}

private typealias SourceLocationOfTest = Testing.SourceLocation
