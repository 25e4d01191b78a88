import AlmanacCore
import BuildEngine
import SiteRendering
import Testing

/// What a build says of a report with one thing wrong: exactly that, at its place.
@Suite struct SiteDiagnosticsTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var path: String
    /// With `«»` where the diagnostic must begin, if it has a place in this file.
    var text: String
    var code: String
    var testDescription: String { code }
  }

  static let faults: [Fault] = [
    chapter("`{v} «»users.cn.2052`", "value.unknown-fact"),
    chapter("`{v} «»price[alpha].price`", "value.unknown-dataset"),
    chapter("`{v} «»prices[gamma].price`", "value.unknown-row"),
    chapter("`{v} «»prices[alpha].cost`", "value.unknown-column"),
    chapter("`{v} «»prices[alpha].model`", "value.not-a-number"),
    chapter("`{v} «»users.cn.2025 + prices[alpha].price`", "value.different-units"),
    chapter("`{v} «»users.cn.2025 / 0`", "value.division-by-zero"),
    chapter("`{v} «»cagr(users.cn.2025, 0 - users.cn.2025, 2)`", "value.not-finite"),
    Fault(path: "Content/data/prices.csv", text: "model,price\nalpha,\nbeta,5\n", code: "value.missing"),
    chapter("«»```table #tbl-x\ncaption: X\n```", "table.no-data"),
    chapter("«»![A picture](none.png){#fig-x}", "figure.missing-alt"),
    chapter("`{v} users.cn.2025 «»fmt=zz`", "value.bad-format"),
    chapter("`{v} users.cn.2025 «»unit=stones`", "value.unknown-unit"),
    chapter("`{v} users.cn.2025 «»scale=big`", "value.unknown-scale"),
    chapter("A claim [@«»census-2052].", "citation.unknown"),
    chapter("See @«»fig-nothing.", "reference.unknown-target"),
    chapter("«»[nonsense]{.term}", "term.unknown"),
    chapter("```vega-lite #fig-x\nspec: «»figures/none.vl.yaml\n```", "figure.unknown-spec"),
    chapter("```table #tbl-x\ncaption: X\nquery: «»[1]\n```", "figure.wrong-type"),
    chapter("```diagram #fig-x\nkind: «»tre\ncaption: X\n```", "diagram.unknown-kind"),
    chapter("```diagram #fig-x\nspec: «»figures/none.diagram.yaml\n```", "figure.unknown-spec"),
    chapter("```diagram #fig-x\nkind: tree\nroot: {label: «»'`{v} users.cn.2052`'}\n```", "value.unknown-fact"),
    chapter("![A picture](none.png){#fig-x alt=\"x\"}", "figure.missing-image"),
    Fault(
      path: "Content/report.yaml", text: "title: T\n«»titel: T\nchapters: [users, money]\neditions: [en, zh-Hans]",
      code: "report.unknown-key"),
    Fault(
      path: "Content/report.yaml", text: "title: T\nchapters: [users, money, «»mony]\neditions: [en, zh-Hans]",
      code: "report.missing-chapter"),
    Fault(
      path: "Content/report.yaml", text: "title: T\nchapters: [users, money, «»users]\neditions: [en, zh-Hans]",
      code: "report.duplicate-chapter"),
    Fault(
      path: "Content/report.yaml", text: "title: T\nchapters: [users, money]\neditions: [en, zh-Hans, «»12]",
      code: "report.bad-language"),
    Fault(
      path: "Content/report.yaml",
      text: "title: T\nbaseURL: «»example\nchapters: [users, money]\neditions: [en, zh-Hans]",
      code: "report.bad-base-url"),
    Fault(
      path: "Content/report.yaml", text: "title: T\nchapters: [users, money]\neditions: [en, zh-Hans, fr]",
      code: "report.missing-edition"),
    Fault(
      path: "Content/references.yaml", text: "- {id: census-2025, title: T}\n- {id: «»census-2025, title: T}",
      code: "references.duplicate-id"),
    Fault(
      path: "Content/report.yaml", text: "title: T\nchapters: [users, money]\neditions: [en, zh-Hans, «»en]",
      code: "report.duplicate-edition"),
    Fault(
      path: "Content/report.yaml", text: "title: T\nchapters: [users, money]\neditions: [en, zh-Hans, fr]",
      code: "strings.missing-language"),
    Fault(
      path: "Content/report.yaml",
      text: "title: T\nkeyFigures: [{value: «»users.cn.2025, label: T, chapter: mony}]\nchapters: [users, money]",
      code: "report.unknown-chapter"),
    Fault(
      path: "Content/report.yaml", text: "title: T\nchapters: [users, money]\neditions: [en, zh-Hans]\npng: «»true",
      code: "build.no-rsvg-convert"),
    Fault(
      path: "Content/en/money.md", text: smallReport["Content/en/money.md"]! + "\n\n«»## More {#sec-more}\n",
      code: "report.duplicate-id"),
    Fault(path: "Content/references.yaml", text: "«»title: T", code: "references.wrong-type"),
    Fault(
      path: "Content/references.yaml", text: "- {id: census-2025, title: T, issued: «»{year: 2025}}",
      code: "references.bad-date"),
    Fault(path: "Content/glossary.yaml", text: "«»- model", code: "glossary.wrong-type"),
    Fault(
      path: "Content/glossary.yaml",
      text: "model:\n  en: {term: model, text: T}\n  zh-Hans: {term: 模型, text: T}\n  «»fr: {}",
      code: "glossary.unknown-key"),
    Fault(path: "Content/strings/en.yaml", text: "«»figurNumber: Plate", code: "strings.unknown-key"),
    Fault(path: "Templates/_footer.mustache", text: "{{> «»_fot}}", code: "template.unknown-partial"),
    Fault(path: "Templates/_footer.mustache", text: "{{> «»_footer}}", code: "template.cycle"),
    Fault(path: "Templates/_footer.mustache", text: "x «»{{=<% %>=}}", code: "template.uncheckable"),
    Fault(path: "Templates/_footer.mustache", text: "«»{{>*name}}", code: "template.uncheckable"),
    Fault(path: "Templates/_footer.mustache", text: "{{#a}}{{/b}}", code: "template.syntax"),
    Fault(path: "Content/en/more.md", text: "«»---\ntitle: More\n---\n", code: "report.unlisted-chapter"),
  ]

  @Test func tellsThatWhatEveryReportNeedsIsMissing() async {
    let story = SiteStory()
    story.files.set("Content/report.yaml", nil)
    #expect(await story.build().diagnostics.map(\.code) == ["report.missing-configuration"])
    #expect(PageTemplates.parse([], required: ["chapter"]).diagnostics.map(\.code) == ["template.missing"])
  }

  /// A chapter with one paragraph wrong, behind the paragraphs that both editions share.
  private static func chapter(_ paragraph: String, _ code: String) -> Fault {
    Fault(
      path: "Content/en/users.md", text: smallReport["Content/en/users.md"]! + "\n\n" + paragraph + "\n", code: code)
  }

  @Test(arguments: faults)
  func tellsWhatIsWrongAtItsPlace(fault: Fault) async {
    let text = fault.text.replacing("«»", with: "")
    let outcome = await SiteStory([fault.path: text]).build()
    // A bound number that one edition has alone is told as well; that is another test's matter.
    let found = outcome.diagnostics.filter {
      !$0.code.hasPrefix("parity.") && !(fault.code == "report.missing-edition" && $0.code != fault.code)
    }
    let told = found.map { "\($0.code): \($0.message)" }
    #expect(Set(found.map(\.code)).contains(fault.code), "\(told)")
    guard let mark = fault.text.firstRange(of: "«»"), let diagnostic = found.first(where: { $0.code == fault.code })
    else { return }
    let before = fault.text[..<mark.lowerBound]
    let line = before.count { $0 == "\n" } + 1
    let column =
      (before.lastIndex(of: "\n").map { before[before.index(after: $0)...] } ?? before).unicodeScalars.count + 1
    #expect(diagnostic.span?.path == fault.path)
    #expect(
      diagnostic.span?.start.line == line && diagnostic.span?.start.column == column,
      "\(told) at \(String(describing: diagnostic.span?.start)), expected \(line):\(column)")
  }

  @Test(arguments: [
    ("parity.fact", "\n\n`{v} users.us.2025`\n"), ("parity.citation", "\n\n@census-2024 says so.\n"),
    ("parity.section", "\n\n## Else {#sec-else}\n"),
    ("parity.table", "\n\n```table #tbl-x\ncaption: X\ndataset: prices\n```\n"),
  ])
  func tellsWhatOneEditionHasAlone(code: String, text: String) async {
    let references = smallReport["Content/references.yaml"]! + "\n- {id: census-2024, title: T}\n"
    let outcome = await SiteStory([
      "Content/en/users.md": smallReport["Content/en/users.md"]! + text, "Content/references.yaml": references,
    ]).build()
    #expect(outcome.diagnostics.map(\.code) == [code])
  }

  /// A chapter of one language is told once: by the order of chapters where there is one, else by the comparison.
  @Test(arguments: [
    ("Content/zh-Hans/money.md", true, "Content/report.yaml report.missing-chapter"),
    ("Content/zh-Hans/money.md", false, "Content/en/money.md parity.chapter"),
    ("Content/en/money.md", false, "Content/zh-Hans/money.md parity.chapter"),
  ])
  func tellsOfAChapterOfOneLanguage(path: String, isListed: Bool, told: String) async {
    var files = [path: ""]
    if !isListed {
      files["Content/report.yaml"] = smallReport["Content/report.yaml"]!.replacing(
        "chapters: [users, money]\n", with: "")
    }
    let outcome = await SiteStory(files).build()
    // What refers to the chapter's table is told as well.
    let found = outcome.diagnostics.filter { $0.code != "reference.unknown-target" }
    #expect(found.map { "\($0.span?.path ?? "") \($0.code)" } == [told])
  }

  /// The gate on unbound numbers: told again when nothing changed, with the severity and the ledger of the day.
  @Test func tellsOfUnboundNumbersInEveryBuild() async {
    func report(_ level: String) -> String {
      smallReport["Content/report.yaml"]! + "\ngates: {unbound: \(level), parity: off}"
    }
    let chapter = smallReport["Content/en/users.md"]! + "\n\nSome 48 people, not [49]{.literal}.\n"
    let names = smallReport["Content/data/names.yaml"]!.replacing(
      "metrics: {", with: "metrics: {share: {en: Share, zh-Hans: 份额}, ")
    let story = SiteStory([
      "Content/data/names.yaml": names, "Content/report.yaml": report("off"), "Content/en/users.md": chapter,
    ])
    #expect(await story.build().diagnostics == [])
    for level in ["warning", "error", "error"] {
      story.write("Content/report.yaml", report(level))
      let found = await story.build().diagnostics
      #expect(found.map(\.code) == ["gate.unbound-number"])
      #expect(found.first?.severity.rawValue == level)
      #expect(found.first?.hint?.contains("facts.csv") == true)
      #expect(found.first?.span?.path == "Content/en/users.md" && found.first?.span?.start.column == 6)
    }
    let facts =
      smallReport["Content/data/facts.csv"]!
      + "\nshare.cn.2025,share,cn,cn,2025,48.7,percent,observed,census-2025,L1,48.7%,\n"
    story.write("Content/data/facts.csv", facts)
    story.write("Content/en/users.md", chapter.replacing("48 people", with: "48.7%"))
    let bound = await story.build().diagnostics
    #expect(bound.map(\.hint) == ["bind it: `{v} share.cn.2025`"], "\(bound.map(\.message))")
    story.write("Content/en/users.md", chapter.replacing("48 people", with: "`{v} share.cn.2025`"))
    let rest = await story.build().diagnostics
    #expect(rest == [], "\(rest.map(\.message))")
  }

  /// What may not be typed there can be bound there: a chart's description, and a title's literal.
  @Test func bindsNumbersWhereNoMarkupCanBe() async throws {
    let chapter = smallReport["Content/en/users.md"]!
      .replacing("alt: Two bars.", with: "alt: \"Two bars, one of `{v} users.cn.2025`.\"")
      .replacing("title: Users", with: "title: Users of [48]{.literal}")
    let translation = smallReport["Content/zh-Hans/users.md"]!
      .replacing("alt: 两根柱子。", with: "alt: \"两根柱子，其一为`{v} users.cn.2025`。\"")
    let story = SiteStory(["Content/en/users.md": chapter, "Content/zh-Hans/users.md": translation])
    #expect(await story.build().diagnostics == [])
    let page = try #require(story.pages()["en/users.html"])
    #expect(page.contains("Two bars, one of 515\u{A0}million."))
    #expect(page.contains("<title>Users of 48"))
  }

  /// One broken file is one message, however many pages miss what it says.
  @Test(arguments: [
    ("Content/glossary.yaml", "model: [\n", "yaml."), ("Content/references.yaml", "- {id: census-2025\n", "yaml."),
    ("Content/data/names.yaml", "entities: {cn: [\n", "yaml."),
    ("Content/data/datapackage.yaml", "resources: [\n", "yaml."),
  ])
  func tellsABrokenFileOnce(path: String, text: String, code: String) async {
    let outcome = await SiteStory([path: text]).build()
    #expect(outcome.diagnostics.count == 1, "\(outcome.diagnostics.map { "\($0.code) \($0.message)" })")
    #expect(outcome.diagnostics.first?.code.hasPrefix(code) == true && outcome.diagnostics.first?.span?.path == path)
  }
}
