import AlmanacCore
import MarkdownTree
import SiteRendering
import TestSupport
import Testing

@Suite struct MarkdownTreeTests {
  private func html(_ markdown: String, _ options: MarkdownHTMLOptions = .plainGFM) -> String {
    String(
      decoding: renderMarkdown(parseMarkdown(SourceFile(path: "a.md", text: markdown)).value, options: options),
      as: UTF8.self)
  }

  // MARK: - Chinese

  @Test(arguments: [
    ("**“重点”**内容", "<strong>“重点”</strong>内容"),
    ("**重点。**下文", "<strong>重点。</strong>下文"),
    ("*（注）*文字", "<em>（注）</em>文字"),
    ("文字*（注）*文字", "文字<em>（注）</em>文字"),
    ("他说**“好”**。", "他说<strong>“好”</strong>。"),
    ("**甲**“乙”**丙**", "<strong>甲</strong>“乙”<strong>丙</strong>"),
    ("**增长50%**的用户", "<strong>增长50%</strong>的用户"),
    ("**重点。**GPT", "<strong>重点。</strong>GPT"),
    ("~~（删）~~字", "<del>（删）</del>字"),
    ("`a*“b”*c`和*“d”*", "<code>a*“b”*c</code>和<em>“d”</em>"),
    ("[链接](http://a.b/*（x）*y)*（注）*文", "<a href=\"http://a.b/*%EF%BC%88x%EF%BC%89*y\">链接</a><em>（注）</em>文"),
    (#"\*（注）\*文字"#, "*（注）*文字"),
    // Without Han characters the rules of CommonMark hold.
    ("**“key”**word", "**“key”**word"),
    ("a*(b)*c", "a*(b)*c"),
  ])
  func emphasizesBesidesHanCharacters(markdown: String, expected: String) {
    #expect(html(markdown) == "<p>\(expected)</p>\n")
  }

  @Test(arguments: [
    ("中文\n文字", "中文文字"), ("中文，\n文字", "中文，文字"), ("他说“好”\n然后", "他说“好”然后"),
    ("**重点**\n文字", "<strong>重点</strong>文字"), ("中文\n`代码`", "中文<code>代码</code>"),
    ("中文\nEnglish", "中文\nEnglish"), ("an “end”\nof", "an “end”\nof"), ("한국어\n문장", "한국어\n문장"),
  ])
  func joinsLinesBetweenHanCharacters(markdown: String, expected: String) {
    var options = MarkdownHTMLOptions.plainGFM
    options.joinsHanLines = true
    #expect(html(markdown, options) == "<p>\(expected)</p>\n")
  }

  // MARK: - Places

  @Test func knowsWhereEverythingStands() {
    let markdown = """
      # 标题 **a**

      > quote \\*x\\* &amp; [li*n*k](http://x "t)")
      > `co` ~~x~~ 中文
      字 https://a.b

      | a | b |
      |:-|-|
      | **x** | `z\\|` |

      1. - [x] task ![im](x.svg) <b>
         note[^1]

            fenced?

      ```sql name
      select 1
      ```

      [^1]: foot *note*
      """
    let tree = parseMarkdown(SourceFile(path: "a.md", text: markdown)).value
    let expected = """
      document @1:1-20:18
      ├─ heading @1:1-1:11 1
      │  ├─ text @1:3-1:6 "标题 "
      │  └─ strong @1:6-1:11
      │     └─ text @1:8-1:9 "a"
      ├─ blockQuote @3:1-5:14
      │  └─ paragraph @3:3-5:14
      │     ├─ text @3:3-3:21 "quote *x* & "
      │     ├─ link @3:21-3:44 "http://x" “t)”
      │     │  ├─ text @3:22-3:24 "li"
      │     │  ├─ emphasis @3:24-3:27
      │     │  │  └─ text @3:25-3:26 "n"
      │     │  └─ text @3:27-3:28 "k"
      │     ├─ softBreak @3:44-4:3
      │     ├─ code @4:3-4:7 "co"
      │     ├─ text @4:7-4:8 " "
      │     ├─ strikethrough @4:8-4:13
      │     │  └─ text @4:10-4:11 "x"
      │     ├─ text @4:13-4:16 " 中文"
      │     ├─ softBreak @4:16-5:1 joins
      │     ├─ text @5:1-5:3 "字 "
      │     └─ link @5:3-5:14 "https://a.b"
      │        └─ text @5:3-5:14 "https://a.b"
      ├─ table @7:1-9:18
      │  ├─ tableRow @7:1-7:10
      │  │  ├─ tableCell @7:3-7:5 l
      │  │  │  └─ text @7:3-7:4 "a"
      │  │  └─ tableCell @7:7-7:9
      │  │     └─ text @7:7-7:8 "b"
      │  └─ tableRow @9:1-9:18
      │     ├─ tableCell @9:3-9:9 l
      │     │  └─ strong @9:3-9:8
      │     │     └─ text @9:5-9:6 "x"
      │     └─ tableCell @9:11-9:17
      │        └─ code @9:11-9:16 "z|"
      ├─ list @11:1-15:1 from 1 tight
      │  └─ item @11:1-15:1
      │     └─ list @11:4-15:1
      │        └─ item @11:4-15:1
      │           ├─ paragraph @11:6-12:12
      │           │  ├─ text @11:6-11:15 "[x] task "
      │           │  ├─ image @11:15-11:27 "x.svg"
      │           │  │  └─ text @11:17-11:19 "im"
      │           │  ├─ text @11:27-11:28 " "
      │           │  ├─ htmlInline @11:28-11:31 "<b>"
      │           │  ├─ softBreak @11:31-12:4
      │           │  ├─ text @12:4-12:8 "note"
      │           │  └─ footnoteReference @12:8-12:12 [^1] 1
      │           └─ paragraph @14:7-14:14
      │              └─ text @14:7-14:14 "fenced?"
      ├─ codeBlock @16:1-18:4 "select 1\\n" “sql name”
      └─ footnoteDefinition @20:7-20:18 [^1]
         └─ paragraph @20:7-20:18
            ├─ text @20:7-20:12 "foot "
            └─ emphasis @20:12-20:18
               └─ text @20:13-20:17 "note"

      """
    #expect(tree.dump() == expected, "\(tree.dump())")
  }

  // MARK: - What is diagnosed

  @Test(
    arguments: [
      ("a «1»<b>x«2»</b> <!-- note -->", [(1, "markdown.raw-html"), (2, "markdown.raw-html")]),
      ("<!-- a note\n\namong authors -->", []),
      ("中«1»[x](JaVa\tscript:alert(1)) [y](http://javascript:1)", []),
      ("中«1»[x](javascript:alert(1)) ![y](data:image/png;base64,AAA=)", [(1, "markdown.unsafe-address")]),
      ("«1»![y](data:text/html,x)", [(1, "markdown.unsafe-address")]),
      ("> - «1»<vbscript:x>", [(1, "markdown.unsafe-address")]),
      ("a[^b]\n\n[^b]: x\n\n[^«1»c]: y\n\na\n\n    [^d]: code", [(1, "markdown.unused-footnote")]),
    ] as [(String, [(Int, String)])])
  func diagnoses(marked: String, expected: [(Int, String)]) {
    checkDiagnostics(marked, expected) { parseMarkdown($0).diagnostics }
  }

  @Test func dropsWhatCouldRunAProgram() {
    let options = MarkdownHTMLOptions()
    #expect(html("[x](javascript:a) <script>b</script>", options) == "<p><a href=\"\">x</a> b</p>\n")
    #expect(html("[x](\u{1}javascript:a)", options) == "<p><a href=\"\">x</a></p>\n")
  }

  @Test func marksLinksThatLeaveTheReport() {
    let options = MarkdownHTMLOptions()
    #expect(
      html("[a](https://b.c) [d](e.html)", options)
        == "<p><a href=\"https://b.c\" class=\"external\" rel=\"noopener\">a</a> <a href=\"e.html\">d</a></p>\n")
  }

  @Test(arguments: [
    ("[a](numbers.md#sec-fact)", "numbers.html#sec-fact"), ("[a](../en/b.md)", "../en/b.html"),
    ("[a](https://c.d/readme.md)", "https://c.d/readme.md"), ("[a](b.mdx)", "b.mdx"),
  ])
  func leadsToThePageOfAChapter(source: String, expected: String) {
    var options = MarkdownHTMLOptions()
    options.linksToPages = true
    options.externalLinkAttributes = ""
    #expect(html(source, options) == "<p><a href=\"\(expected)\">a</a></p>\n")
  }

  @Test func namesCheckBoxes() {
    var options = MarkdownHTMLOptions()
    options.taskLabels = ("to do", "done")
    #expect(html("- [x] a", options).contains("disabled=\"\" aria-label=\"done\" />"))
  }

  // MARK: - Hostile texts

  private static let hostileTexts: [(String, String?)] = {
    func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    var list: [(String, String?)] = []
    list.append(("|\(many("a|", 300))\n|\(many("-|", 300))", "markdown.too-large"))
    list.append(("|\(many("a|", 150))\n|\(many("-|", 150))\n\(many("|a\n", 2_000))", "markdown.too-large"))
    list.append(("\(many("a\n", 6_000))|-|", "markdown.too-large"))
    list.append(("[a]: \(many("u", 9_000))", "markdown.too-large"))
    list.append((many("a@", 30_000), "markdown.too-large"))
    list.append(("\(many(">", 100_000))a", "markdown.too-deep"))
    list.append(("\(many("- ", 1_000))a", "markdown.too-deep"))
    list.append((many("*a **b ", 400) + many("** *", 400), nil))
    list.append((many("[", 50_000) + many("](", 50_000), nil))
    list.append((many("`a``", 20_000) + many("<!--", 20_000), nil))
    list.append((many("~~a ~b ", 20_000), nil))
    list.append(("\u{FFFE}**“a”**文\(many("\u{0}", 100))", nil))
    return list
  }()

  @Test(arguments: hostileTexts)
  func refusesTextsThatAreTooMuch(markdown: String, code: String?) {
    let clock = ContinuousClock()
    let duration = clock.measure {
      let result = parseMarkdown(SourceFile(path: "a.md", text: markdown))
      #expect(result.diagnostics.first { $0.severity == .error }?.code == code)
      _ = renderMarkdown(result.value)
      _ = result.value.plainText(of: .document)
    }
    #expect(duration < .seconds(30))
  }

  /// Mutates a page with everything; whatever comes, reading ends and places lie in the file.
  @Test func survivesMutations() {
    var random = SplitMix(state: 42)
    let page = Array(
      "# H **“重”**点 {#x}\n\n> q [l](u \"t\")\n> `c` ~~d~~\n\n| a | b |\n|:-|-|\n| c | d |\n\n- [x] t\n\n![i](s)[^1] <b> &amp; \\*\n\n[^1]: n\n"
        .utf8)
    let pieces = [
      "*", "**", "“", "中", "`", "[", "](", ")", "|", "\n", "\n\n", "> ", "- ", "[^1]", "&#0;", "\\", "<", "~~", "\r",
      "\t", "   ",
    ]
    for _ in 0..<1_500 {
      var bytes = page
      for _ in 0...Int(random.next() % 6) {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(contentsOf: pieces[Int(random.next() % UInt64(pieces.count))].utf8, at: place)
        default: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        }
      }
      let file = SourceFile(path: "a.md", bytes: bytes)
      let tree = parseMarkdown(file).value
      _ = renderMarkdown(tree)
      var places = InlinePlaces(tree)
      for index in tree.nodes.indices {
        let range = places.range(of: NodeID(index))
        #expect(range.lowerBound >= 0 && range.upperBound <= bytes.count)
      }
    }
  }
}
