import AlmanacCore
import BuildEngine
import Testing

/// Stories of whole reports: build, edit, build.
@Suite struct BuildStories {
  @Test func buildsBothEditionsWithoutAWord() async throws {
    let story = SiteStory()
    let outcome = await story.build(strict: true)
    #expect(outcome.diagnostics.map { "\($0.code) \($0.message)" } == [])
    let pages = story.pages()
    for page in ["index.html", "404.html", "report.json", "data/facts.csv", "assets/almanac.css"] {
      #expect(pages[page] != nil, "\(page)")
    }
    let english = try #require(pages["en/users.html"])
    let chinese = try #require(pages["zh-Hans/users.html"])
    for (page, words) in [
      (
        english,
        [
          "515\u{A0}million", "Figure\u{A0}1", "href=\"money.html#tbl-prices\"", "US$2.5",
          "data.html#fact-users.cn.2025",
        ]
      ),
      (chinese, ["5.15亿", "图", "2.5美元", "普查"]),
    ] {
      for word in words { #expect(page.contains(word), "\(word)") }
    }
    let picture = try #require(pages["en/figures/fig-users.svg"])
    #expect(picture.contains("</desc><rect x=\"-30\" y=\"-14\"") && !picture.contains("var("))
    #expect(pages["en/figures/fig-users.csv"]?.contains("China") == true)
    #expect(pages["report.json"]?.contains("\"en/users.html\"") == true)
  }

  /// What the pages of conflicts and of the glossary say, where they are linked, and in which order.
  @Test(
    arguments: [
      (
        "en/conflicts.html",
        [
          "Users, United States, 2025</h2>", "Contradiction", "is-preferred", "#fact-users.us.survey.2025",
          "130\u{A0}million", "Forecast", "Used here", "references.html#ref-census-2025", "line 3",
          "#fact-users.us.2025", "120\u{A0}million", "It is the later one.", "Users, 2025</h2>", "Different scope",
          "China</span>", "United States</span>", "Not the same people.",
        ]
      ),
      ("zh-Hans/conflicts.html", ["../en/conflicts.html", "用户，美国，2025年</h2>", "本报告采用", "采用较晚者。", "人群不同。"]),
      (
        "en/glossary.html",
        ["term-Elo\"><dt>", "A rating.", "From duels.", "term-model\"><dt>", "A trained program."]
      ),
      ("zh-Hans/glossary.html", ["term-model\"><dt>", "term-Elo\"><dt>", "分数"]),
      ("en/users.html", ["conflicts.html\"", "class=\"term\" href=\"glossary.html#term-model\"", ">A trained"]),
      ("en/index.html", ["Where sources disagree", "Terms as this report"]),
      ("en/data.html", ["conflicts.html#conflict-two-countries", "conflicts.html#conflict-users-us"]),
    ])
  func showsConflictsAndTerms(path: String, words: [String]) async throws {
    let story = SiteStory()
    _ = await story.build()
    let page = try #require(story.pages()[path])
    var rest = page[...]
    for word in words {
      guard let place = rest.firstRange(of: word) else {
        Issue.record("\(word) is not there, or too early")
        continue
      }
      rest = rest[place.upperBound...]
    }
  }

  /// Below a figure sources go by name, each once with all its places; a caption's citation goes there too.
  @Test(
    arguments: [
      (
        "en/money.html",
        ">Source</span> <span class=\"cites\"><span class=\"cite-place\"><a class=\"cite\" href=\"#ref-census-2025\">Census 2025</a></span></span></p>"
      ),
      ("en/users.html", "Count 2025</a>, l.\u{A0}1,</span> <span class=\"cite-place\">ll.\u{A0}3–4</span></span></p>"),
      ("en/users.html", "<span class=\"figure-title\">Two words</span>"),
      ("en/figures.html", ">Two words<"),
    ])
  func namesSourcesBelowFigures(path: String, words: String) async throws {
    let story = SiteStory()
    if words.contains("Two words") || words.contains("Count 2025") {
      story.write(
        "Content/references.yaml",
        smallReport["Content/references.yaml"]!.replacing(
          "language: zh-CN", with: "language: zh-CN, citation-label: Count 2025"))
      story.write(
        "Content/en/users.md",
        smallReport["Content/en/users.md"]!
          + "\n| a | b |\n| - | - |\n| c | d |\n\n: Two words [@census-2025, L1; @census-2025, L3-L4] {#tbl-words}\n")
    }
    _ = await story.build()
    #expect(try #require(story.pages()[path]).contains(words))
  }

  /// Columns of queries go by the titles of datasets and the names under `columns`, with the unit that all values have.
  @Test(arguments: [
    (
      "en",
      [
        "<th scope=\"col\">Country</th>", "<th scope=\"col\" class=\"num\">People (persons)</th>",
        "Bar chart of People (persons) by Country.",
      ]
    ),
    ("zh-Hans", ["<th scope=\"col\">国家</th>", "条形图：人数，按国家。", ">价格"]),
  ])
  func namesColumnsInTheEditionsLanguage(edition: String, words: [String]) async throws {
    let story = SiteStory()
    story.write(
      "Content/data/names.yaml",
      smallReport["Content/data/names.yaml"]! + """

        units: {persons: {en: persons, zh-Hans: 人}}
        columns: {country: {en: Country, zh-Hans: 国家}, value: {en: People, zh-Hans: 人数}, price: {en: Price, zh-Hans: 价格}}
        """)
    _ = await story.build()
    let pages = story.pages()
    let text = try #require(pages["\(edition)/users.html"]) + (pages["\(edition)/money.html"] ?? "")
    for word in words { #expect(text.contains(word), "\(word)") }
  }

  /// A link to a chapter's file leads to its page, and a table's box is named after it: in captions and cells too.
  @Test func drawsTablesLikeTheTextAroundThem() async throws {
    let story = SiteStory()
    story.write(
      "Content/zh-Hans/users.md",
      smallReport["Content/zh-Hans/users.md"]!
        + "\n| 甲 | 乙 |\n| - | - |\n| [款](money.md) | 丙 |\n\n: 见[钱](money.md) {#tbl-links}\n"
        + "\n```table #tbl-note\ndataset: prices\nnote: \"[钱](money.md#sec-x)\"\n```\n")
    _ = await story.build()
    let page = try #require(story.pages()["zh-Hans/users.html"])
    for words in [
      "href=\"money.html\">款<", "href=\"money.html\">钱<", "href=\"money.html#sec-x\">钱<", "，可左右滚动\"",
    ] { #expect(page.contains(words), "\(words)") }
  }

  /// A fact's note stands on the data page of each edition in its language.
  @Test func showsNotesInTheEditionsLanguage() async throws {
    let story = SiteStory()
    let rows = smallReport["Content/data/facts.csv"]!.split(separator: "\n")
    let notes = [",note.zh-Hans", "A count,点数"]
    story.write(
      "Content/data/facts.csv", rows.indices.map { rows[$0] + ($0 < 2 ? notes[$0] : ",") }.joined(separator: "\n"))
    _ = await story.build()
    #expect(try #require(story.pages()["en/data.html"]).contains("<dd>A count</dd>"))
    #expect(try #require(story.pages()["zh-Hans/data.html"]).contains("<dd>点数</dd>"))
  }

  /// Pages without content are not there, nor are links to them; a chapter may have the name of one.
  @Test func leavesOutPagesWithoutContent() async {
    let story = SiteStory()
    _ = await story.build()
    story.files.set("Content/glossary.yaml", nil)
    story.files.set("Content/data/conflicts.yaml", nil)
    story.write(
      "Content/data/facts.csv",
      smallReport["Content/data/facts.csv"]!.split(separator: "\n").dropLast().joined(separator: "\n"))
    let outcome = await story.build()
    #expect(outcome.isPublished, "\(outcome.diagnostics.map(\.message))")
    for (path, page) in story.pages() where path.hasSuffix(".html") {
      #expect(!page.contains("conflicts.html") && !page.contains("glossary.html"), "\(path)")
    }
    #expect(!story.pages().keys.contains { $0.hasSuffix("/conflicts.html") || $0.hasSuffix("/glossary.html") })
  }

  @Test func aChapterMayHaveTheNameOfAPage() async {
    let story = SiteStory([
      "Content/report.yaml": smallReport["Content/report.yaml"]!.replacing("money]", with: "money, glossary]"),
      "Content/en/glossary.md": "---\ntitle: Words\n---\n\nOwn words.\n",
      "Content/zh-Hans/glossary.md": "---\ntitle: 词语\n---\n\n自拟。\n",
    ])
    _ = await story.build()
    #expect(story.pages()["en/glossary.html"]?.contains("Own words.") == true)
    #expect(story.pages()["en/users.html"]?.contains("<dfn class=\"term\"") == true)
  }

  @Test func anUnchangedReportIsNotRewritten() async {
    let story = SiteStory()
    _ = await story.build()
    let again = await story.build()
    #expect(again.written == [] && again.removed == [] && again.unchangedCount == story.pages().count)
  }

  /// Each edit, built on top of the last build, gives the same bytes as a build from nothing.
  @Test(
    arguments: [
      ("Content/en/users.md", "---\ntitle: People\n---\n\nOne `{v} users.us.2025`.\n"),
      ("Content/en/users.md", ""),
      (
        "Content/data/facts.csv",
        smallReport["Content/data/facts.csv"]!.replacing("515000000", with: "515500000").replacing(
          "5.15亿", with: "5.155亿")
      ),
      ("Content/data/names.yaml", smallReport["Content/data/names.yaml"]!.replacing("China", with: "PR China")),
      ("Content/references.yaml", smallReport["Content/references.yaml"]!.replacing("en: Census", with: "en: Survey")),
      ("Content/report.yaml", smallReport["Content/report.yaml"]!.replacing("[users, money]", with: "[money, users]")),
      ("Content/strings/en.yaml", "figureNumber: Plate {number}\n"),
      ("Templates/_footer.mustache", "<footer>{{reportTitle}}</footer>"),
      ("Content/zh-Hans/money.md", smallReport["Content/zh-Hans/money.md"]!.replacing("资金", with: "投资")),
      (
        "Content/data/conflicts.yaml",
        smallReport["Content/data/conflicts.yaml"]!.replacing("the later one", with: "the better one")
      ),
      ("Content/glossary.yaml", smallReport["Content/glossary.yaml"]!.replacing("program.", with: "machine.")),
      ("Content/data/prices.csv", "model,price\nalpha,3.5\nbeta,5\n"),
    ])
  func incrementalEqualsClean(path: String, text: String) async {
    let story = SiteStory()
    _ = await story.build()
    story.files.set(path, text.isEmpty ? nil : .file(Array(text.utf8)))
    let edited = await story.build()
    if text.isEmpty {
      // A chapter that is gone is an error: the last good pages stay.
      #expect(!edited.isPublished && story.pages()["en/users.html"] != nil)
      return
    }
    #expect(edited.isPublished, "\(edited.diagnostics.map(\.message))")
    story.files.set(".almanac", nil)
    _ = await story.build(output: "Clean")
    #expect(story.pages() == story.pages(in: "Clean"))
  }

  @Test func aNumberMayBePutInBeforeAllOthers() async {
    let story = SiteStory()
    _ = await story.build()
    let chapter = smallReport["Content/en/users.md"]!.replacing(
      "## More", with: "```table #tbl-new\ncaption: New\ndataset: prices\n```\n\n## More")
    story.write("Content/en/users.md", chapter)
    let outcome = await story.build()
    // The later chapter's table is now the second, wherever it is named.
    #expect(outcome.written.contains("en/money.html"))
    #expect(
      story.pages()["en/money.html"]?.contains("Table\u{A0}2") == true
        || story.pages()["en/money.html"]?.contains("Table 2") == true)
  }

  @Test func warningsComeBackWithAnUnchangedChapter() async {
    let story = SiteStory(["Content/en/money.md": "---\ntitle: Money\n---\n\n[nonsense]{.term}\n"])
    let first = await story.build()
    let second = await story.build()
    #expect(first.diagnostics.contains { $0.code == "term.unknown" })
    #expect(first.diagnostics == second.diagnostics)
  }

  @Test func aFailedBuildLeavesTheLastGoodPages() async {
    let story = SiteStory()
    _ = await story.build()
    let before = story.pages()
    story.write("Content/en/users.md", "---\ntitle: Users\n---\n\n`{v} nothing.like.that`\n")
    let outcome = await story.build()
    #expect(!outcome.isPublished && outcome.exitCode(strict: false) == 1)
    #expect(story.pages() == before)
  }

  @Test func buildsTheSameBytesWithAnyNumberOfTasks() async {
    let one = SiteStory()
    let many = SiteStory()
    _ = await buildReport(BuildEnvironment(files: one.files, root: "", jobs: 1), BuildOptions())
    _ = await buildReport(BuildEnvironment(files: many.files, root: "", jobs: 8), BuildOptions())
    #expect(one.pages() == many.pages())
  }
}
