import AlmanacCore
import MarkdownTree
import Notation
import ReportModel
import SiteRendering
import TestSupport
import Testing

@Suite struct ChapterReadingTests {
  private static let head = "---\ntitle: T\n---\n\n"

  private func read(_ body: String) -> Chapter {
    readChapter(SourceFile(path: "a.md", text: Self.head + body)).value
  }

  // MARK: - Everything at once, in both languages

  @Test(arguments: ["en", "zh-Hans"])
  func readsEverything(language: String) throws {
    let chapter = readChapter(SourceFile(path: "a.md", text: try #require(everything[language])))
    #expect(chapter.diagnostics == [])
    let drawn = draw(chapter.value)
    #expect(drawn == expectedEverything[language], "\(drawn)")
  }

  /// Spans are drawn as the source they cover, which shows at a glance whether they are right.
  private func draw(_ chapter: Chapter) -> String {
    let lines = chapter.source.text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.unicodeScalars)
    }
    func cover(_ span: SourceSpan) -> String {
      let line = lines[span.start.line - 1]
      let end = span.end.line == span.start.line ? span.end.column - 1 : line.count
      var text = String.UnicodeScalarView(line[span.start.column - 1..<end])
      if span.end.line > span.start.line { text.append("…") }
      return String(text)
    }
    var drawn: [String] = ["title \(chapter.title)", "description \(chapter.description ?? "")"]
    for heading in chapter.headings { drawn.append("heading \(heading.level) #\(heading.id) \(heading.text)") }
    for figure in chapter.figures {
      let content =
        switch figure.content {
        case .fence(let body): "fence \(cover(body.span)) caption \(body.value["caption"].map { cover($0.span) } ?? "")"
        case .image(let image, let alternative): "image \(chapter.tree.text(of: image)) alt \(alternative ?? "")"
        case .table(let caption): "caption \(chapter.tree.plainText(of: caption))"
        }
      drawn.append("figure \(figure.kind) #\(cover(figure.idSpan)) \(content)")
    }
    for query in chapter.queries { drawn.append("query \(cover(query.nameSpan)): \(cover(query.sqlSpan))") }
    for number in chapter.boundNumbers {
      let expression = number.value.expression
      drawn.append(
        "number \(cover(number.span)) facts \(expression?.facts.map { cover($0.span) } ?? []) "
          + "\(number.value.options.format ?? "") \(number.value.options.unit ?? "") \(number.value.options.showsSign)")
    }
    for citation in chapter.citations {
      let items = citation.items.map { "\(cover($0.idSpan)) at \($0.locatorSpan.map(cover) ?? "")" }
      drawn.append("citation \(cover(citation.span)) \(items) \(citation.isNarrative)")
    }
    for reference in chapter.crossReferences {
      drawn.append("reference \(cover(reference.span)) to \(reference.target) \(reference.form)")
    }
    for callout in chapter.callouts {
      drawn.append(
        "callout \(callout.kind) \(callout.title.map { chapter.tree.plainText(of: $0) } ?? "") \(cover(callout.span))")
    }
    for term in chapter.terms { drawn.append("term \(cover(term.span)) \(term.text)") }
    for literal in chapter.literals { drawn.append("literal \(cover(literal.span)) \(literal.text)") }
    // Each list's nodes are the ones that say so.
    for (index, number) in chapter.boundNumbers.enumerated() {
      #expect(chapter.tree[number.node].kind == .boundNumber && chapter.tree[number.node].extra == index)
    }
    for (index, citation) in chapter.citations.enumerated() {
      #expect(chapter.tree[citation.node].kind == .citation && chapter.tree[citation.node].extra == index)
    }
    for (index, reference) in chapter.crossReferences.enumerated() {
      #expect(chapter.tree[reference.node].kind == .crossReference && chapter.tree[reference.node].extra == index)
    }
    for (index, term) in chapter.terms.enumerated() {
      #expect(chapter.tree[term.node].kind == .term && chapter.tree[term.node].extra == index)
    }
    var substitutions: [NodeID: [UInt8]] = [:]
    for number in chapter.boundNumbers { substitutions[number.node] = Array("<NUMBER>".utf8) }
    for citation in chapter.citations { substitutions[citation.node] = Array("<CITE>".utf8) }
    for reference in chapter.crossReferences { substitutions[reference.node] = Array("<REF>".utf8) }
    for figure in chapter.figures { substitutions[figure.node] = Array("<FIGURE>\n".utf8) }
    let html = renderMarkdown(chapter.tree, substitutions: substitutions)
    return drawn.joined(separator: "\n") + "\n" + String(decoding: html, as: UTF8.self)
  }

  // MARK: - Headings

  @Test(arguments: [
    ("## Users & *money*", ["users--money"]),
    ("## 中文 标题！ `x`", ["中文-标题-x"]),
    ("## Épée №5", ["épée-5"]),
    ("## !!!", ["section"]),
    ("## A\n### X\n## B\n### X\n### X", ["a", "x", "b", "b-x", "b-x-2"]),
    ("## X\n## X\n## X-2", ["x", "x-2", "x-2-2"]),
    ("## A {#sec-a}\n### B {#b}\n## Sec a", ["sec-a", "b", "sec-a-2"]),
    ("## Set {1, 2}", ["set-1-2"]),
  ])
  func givesHeadingsIDs(body: String, expected: [String]) {
    #expect(read(body).headings.map(\.id) == expected)
  }

  // MARK: - Bound numbers

  @Test(arguments: [
    ("a.b", "a.b"), ("a.x / b.y", "(a.x / b.y)"), ("a + b * c", "(a + (b * c))"), ("(a + b) * 2", "((a + b) * 2.0)"),
    ("a - b - c", "((a - b) - c)"), ("genai-users.cn.2025-06", "genai-users.cn.2025-06"),
    ("growth(a, b)", "growth(a, b)"), ("round(a / 2, 1)", "round((a / 2.0), 1.0)"), ("-a", "-a"),
    ("arena[gpt-5].elo", "arena|gpt-5|elo"), ("trade.cn.2020/2024", "trade.cn.2020/2024"), ("1e3", "1000.0"),
    ("sum(a, b, c) / 3", "(sum(a, b, c) / 3.0)"),
  ])
  func parsesExpressions(text: String, expected: String) throws {
    let parsed = parseBoundValue(Array(text.utf8)) {
      SourceSpan(path: "", line: 1, column: $0.lowerBound + 1, length: $0.count)
    }
    #expect(parsed.diagnostics == [])
    #expect(draw(try #require(parsed.value.expression)) == expected)
  }

  private func draw(_ expression: ValueExpression) -> String {
    switch expression.content {
    case .number(let number): "\(number)"
    case .fact(let id): id
    case .cell(let dataset, let key, let column): "\(dataset)|\(key)|\(column)"
    case .negation(let operand): "-" + draw(operand)
    case .operation(let sign, let left, let right): "(\(draw(left)) \(sign.rawValue) \(draw(right)))"
    case .call(let function, let arguments): "\(function.rawValue)(\(arguments.map(draw).joined(separator: ", ")))"
    }
  }

  // MARK: - What stays as it is

  @Test(arguments: [
    "a@fig-x b", "x`@fig-x`", "[see @fig-x](a.html)", #"\@fig-x"#, "@OpenAI says", "@someone", "[x](#) y", "a [-1] b",
    #"\[\@a-1]"#, "[1]{2}", "bob@fig-users.org", "```python\n@fig-x\n```", "<https://a.b/@fig-x>", "`{x} a`",
  ])
  func leavesOrdinaryTextAlone(body: String) {
    let result = readChapter(SourceFile(path: "a.md", text: Self.head + body))
    #expect(result.diagnostics == [])
    let chapter = result.value
    #expect(chapter.crossReferences.isEmpty && chapter.citations.isEmpty && chapter.boundNumbers.isEmpty)
    #expect(chapter.terms.isEmpty && chapter.literals.isEmpty)
  }

  // MARK: - What is diagnosed

  private static let problems: [(String, [(Int, String)])] = [
    ("`{v} us.x«1»/cn.x`", [(1, "dialect.bound-number")]),
    ("`{v} us.x«1»+cn.x`", [(1, "dialect.bound-number")]),
    ("`{v}«1»`", [(1, "dialect.bound-number")]),
    ("`{v} growth«1»(a, b`", [(1, "dialect.bound-number")]),
    ("`{v} a + b«1» `", []),
    ("> 中文 `{v} «1»grwth(a, b)`", [(1, "dialect.unknown-function")]),
    ("`{v} «1»growth(a)`", [(1, "dialect.argument-count")]),
    ("`{v} a «1»fmat=.1f`", [(1, "dialect.unknown-option")]),
    ("`{v} a «1»sign=1`", [(1, "dialect.unknown-option")]),
    ("`{v} a sign «1»sign`", [(1, "dialect.repeated-option")]),
    ("```«1»vegalite #fig-x\na: 1\n```", [(1, "dialect.unknown-fence")]),
    ("```«1»vega-lite\na: 1\n```", [(1, "dialect.missing-id")]),
    ("- x\n\n  ```table #tbl-x «1»wide\n  a: 1\n  ```", [(1, "dialect.unknown-option")]),
    ("```table #«1»fig-x\na: 1\n```", [(1, "dialect.wrong-prefix")]),
    ("```«1»diagram #fig-x\n\n```", [(1, "dialect.empty-fence")]),
    ("```vega-lite #«1»9x\na: 1\n```", [(1, "dialect.invalid-id")]),
    ("## A {#sec-a}\n## B {#«1»sec-a}", [(1, "dialect.duplicate-id")]),
    ("```sql «1»Bad\nselect 1\n```", [(1, "dialect.query-name")]),
    ("```sql a\nselect 1\n```\n\n```sql «1»a\nselect 2\n```", [(1, "dialect.duplicate-id")]),
    ("## A {#b}\n«1»## B", [(1, "dialect.taken-id")]),
    ("## A «1»{#}", [(1, "dialect.broken-attributes")]),
    ("## A {#a .«1»wide}", [(1, "dialect.unknown-attribute")]),
    ("![a](b.svg){#fig-a «1»width=3}", [(1, "dialect.unknown-attribute")]),
    ("![a](b.svg)«1»{alt=\"x\"}", [(1, "dialect.missing-id")]),
    ("[x]{.«1»trem}", [(1, "dialect.unknown-class")]),
    ("> [!«1»NOET]\n> a", [(1, "dialect.unknown-callout")]),
    ("> a\n> > 中文«1»[^nope] b", [(1, "dialect.undefined-footnote")]),
    ("a [@b-1; «1»c] d", [(1, "dialect.citation")]),
    ("a «1»[@b-1; @fig-x] d", [(1, "dialect.citation")]),
    ("«1»# A", [(1, "dialect.heading-level")]),
    ("«1»: A caption {#tbl-x}", [(1, "dialect.caption-without-table")]),
    ("```vega-lite #fig-x\ncaption: «1»\"a\n```", [(1, "yaml.syntax")]),
  ]

  @Test(arguments: problems)
  func diagnosesTheDialect(body: String, expected: [(Int, String)]) {
    checkDiagnostics(Self.head + body, expected.filter { $0.1 != "yaml.syntax" }) {
      readChapter($0).diagnostics.filter { $0.code != "yaml.syntax" }
    }
  }

  /// Plain settings take a way of their own; it must lead where YAML leads.
  @Test(arguments: [
    ("title: Users of AI", "Users of AI"), ("title: 用户 规模", "用户 规模"), ("title: \"Users: all\"", "Users: all"),
    ("title: 'It''s all'", "It's all"), ("title: Users of # a comment", "Users of"), ("title: 2025", "2025"),
    ("title: >-\n  Users of\n  AI", "Users of AI"), ("title: \"a\\tb\"", "a\tb"),
    ("# c\ntitle: Longer title", "Longer title"), ("description: Some words\ntitle: Users of AI", "Users of AI"),
    ("title: Users of\n  AI", "Users of AI"),
  ])
  func readsTitles(yaml: String, expected: String) throws {
    let result = readChapter(SourceFile(path: "a.md", text: "---\n\(yaml)\n---\na"))
    #expect(result.diagnostics == [])
    #expect(result.value.title == expected)
    let span = try #require(result.value.titleSpan)
    #expect(span.start.line >= 2 && span.start.column >= 3)
  }

  @Test(
    arguments: [
      ("«1»a", [(1, "chapter.missing-title")]),
      ("«1»---\ndescription: x\n---\n", [(1, "chapter.missing-title")]),
      ("---\ntitle: a\n«1»tittle: b\n---\n", [(1, "chapter.unknown-key")]),
      ("---\ntitle: «1»[a]\n---\n", [(1, "chapter.invalid-value")]),
    ] as [(String, [(Int, String)])])
  func diagnosesSettings(text: String, expected: [(Int, String)]) {
    checkDiagnostics(text, expected) { readChapter($0).diagnostics }
  }

  // MARK: - Hostile texts

  private static let hostileTexts: [String] = [
    String(repeating: "]{.a}", count: 3_000), String(repeating: "[-", count: 30_000),
    String(repeating: "[^a]", count: 10_000), String(repeating: "[@a-1", count: 5_000),
    String(repeating: "## a\n", count: 5_000), String(repeating: "`{v} a` ", count: 5_000),
    String(repeating: "[a]{.term} *b* ", count: 5_000), String(repeating: "[", count: 30_000) + "a]{.term}",
    "`{v} " + String(repeating: "a + ", count: 30_000) + "b`", "`{v} " + String(repeating: "(", count: 30_000) + "b`",
    "`{v} " + String(repeating: "- ", count: 30_000) + "b`",
    "[a]: u\n\n" + String(repeating: "[a](<b `{v} c` ", count: 2_000),
  ]

  @Test(arguments: hostileTexts.indices)
  func endsSoonOnHostileTexts(index: Int) {
    let clock = ContinuousClock()
    let duration = clock.measure {
      let chapter = readChapter(SourceFile(path: "a.md", text: Self.head + Self.hostileTexts[index])).value
      _ = renderMarkdown(chapter.tree)
    }
    #expect(duration < .seconds(30))
  }

  // MARK: - Mutations

  @Test func survivesMutations() throws {
    var random = SplitMix(state: 7)
    let page = Array(try #require(everything["zh-Hans"]).utf8)
    let pieces = [
      "`{v} ", "`", "[", "]", "]{.term}", "{#", "}", "@", "[@", "; ", "> [!NOTE]", "\n: ", "```", "|", "中", "\n", "\\",
      "(", ")",
    ]
    for _ in 0..<200 {
      var bytes = page
      for _ in 0...Int(random.next() % 8) {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(contentsOf: pieces[Int(random.next() % UInt64(pieces.count))].utf8, at: place)
        default: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        }
      }
      let file = SourceFile(path: "a.md", bytes: bytes)
      let chapter = readChapter(file).value
      _ = renderMarkdown(chapter.tree)
      _ = chapter.tree.plainText(of: .document)
      let end = file.location(at: bytes.count)
      for span in chapter.boundNumbers.map(\.span) + chapter.citations.map(\.span) + chapter.crossReferences.map(\.span)
      {
        #expect(span.start <= span.end && span.end <= end)
      }
    }
  }
}
