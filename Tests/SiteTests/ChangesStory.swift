import AlmanacCore
import BuildEngine
import Foundation
import SiteRendering
import Testing

/// Five edits of a report, told as text, as Markdown and as a page of each edition: a number changed, a number restated by
/// another source, a conflict opened, a unit changed, a figure touched.
@Suite struct ChangesStory {
  private static func facts(_ rows: [String]) -> String {
    (["id,metric,entity,region,period,value,unit,kind,source,locator,printed,note"] + rows).joined(separator: "\n")
      + "\n"
  }

  private static let before: [String: String] = [
    "Content/report.yaml": """
    title: {en: Small report, zh-Hans: 小报告}
    date: 2025-06-30
    editions: [en, zh-Hans]
    chapters: [users, money]
    """,
    "Content/references.yaml": """
    - {id: census-2025, title: {en: Census, zh-Hans: 普查}, issued: 2025-10, language: zh-CN}
    - {id: survey-2026, title: {en: Survey, zh-Hans: 调查}, issued: 2026-02}
    """,
    "Content/data/names.yaml": """
    entities: {cn: {en: China, zh-Hans: 中国}, us: {en: United States, zh-Hans: 美国}}
    metrics: {users: {en: Users, zh-Hans: 用户}, spending: {en: Spending, zh-Hans: 支出}, firms: {en: Firms, zh-Hans: 企业}}
    """,
    "Content/data/conflicts.yaml": "",
    "Content/data/facts.csv": facts([
      "users.cn.2025,users,cn,cn,2025,515000000,persons,observed,census-2025,L1,5.15亿,",
      "users.us.2025,users,us,us,2025,120000000,persons,forecast,census-2025,L2,1.2亿,",
      "spending.us.2024,spending,us,us,2024,2500000,CNY,observed,census-2025,L3,250万元,",
      "firms.cn.2024,firms,cn,cn,2024,4000,count,observed,census-2025,L4,4000,",
    ]),
    "Content/en/money.md": """
    ---
    title: Money
    ---

    The United States spent `{v} spending.us.2024`; China has `{v} firms.cn.2024` firms.

    ```table #tbl-prices
    caption: Prices
    dataset: prices
    ```
    """,
    "Content/zh-Hans/money.md": """
    ---
    title: 资金
    ---

    美国支出`{v} spending.us.2024`；中国有`{v} firms.cn.2024`家企业。

    ```table #tbl-prices
    caption: 价格
    dataset: prices
    ```
    """,
  ]

  private static let edits: [String: String] = [
    "Content/report.yaml": before["Content/report.yaml"]!.replacing("2025-06-30", with: "2025-12-31"),
    "Content/data/facts.csv": facts([
      // 1. A number changed.
      "users.cn.2025,users,cn,cn,2025,520000000,persons,observed,census-2025,L1,5.2亿,",
      // 2. Another source says the same.
      "users.us.2025,users,us,us,2025,120000000,persons,observed,survey-2026,L8,1.2亿,",
      // 3. A unit changed.
      "spending.us.2024,spending,us,us,2024,2500000,USD,observed,census-2025,L3,250万美元,",
      "firms.cn.2024,firms,cn,cn,2024,4000,count,observed,census-2025,L4,4000,",
      // 4. A conflict opened.
      "firms.cn.survey.2024,firms,cn,cn,2024,5000,count,observed,survey-2026,L9,5000,",
    ]),
    "Content/data/conflicts.yaml": """
    - id: firms
      kind: hard
      rows: [firms.cn.2024, firms.cn.survey.2024]
      prefer: firms.cn.2024
      reason: {en: It counts all of them., zh-Hans: 前者为普查。}
    """,
    // 5. A figure touched.
    "Content/data/prices.csv": "model,price\nalpha,2.5\nbeta,6\n",
  ]

  private func build(_ story: SiteStory, since: RecordedReport? = nil, output: String? = nil) async throws
    -> BuildOutcome
  {
    var options = BuildOptions()
    options.output = output
    options.since = since.map { EarlierReport(record: $0) }
    let outcome = await buildReport(BuildEnvironment(files: story.files, root: "", jobs: 2), options)
    try #require(outcome.isPublished, "\(outcome.diagnostics.map(\.message))")
    return outcome
  }

  private func record(_ story: SiteStory) throws -> RecordedReport {
    let text = try #require(story.pages()["report.json"])
    return try #require(readRecord(SourceFile(path: "report.json", text: text)).value)
  }

  /// The words of a page between its head and its foot.
  private func words(_ story: SiteStory, _ path: String) throws -> String {
    let page = try #require(story.pages()[path])
    let start = try #require(page.firstRange(of: "<header class=\"chapter-head\">"))
    let end = try #require(page.firstRange(of: "</main>"))
    return String(page[start.lowerBound..<end.lowerBound])
  }

  @Test func isToldInEveryForm() async throws {
    let story = SiteStory(Self.before)
    _ = try await build(story)
    #expect(story.pages()["en/changes.html"] == nil)
    let last = try record(story)
    for (path, text) in Self.edits { story.write(path, text) }
    _ = try await build(story, since: last)
    let differences = compareRecords(old: last, new: try record(story))
    try expect(writeDifferences(differences, as: .text), "changes.txt")
    try expect(writeDifferences(differences, as: .markdown), "changes.md")
    try expect(writeDifferences(differences, as: .json), "changes.json")
    try expect(try words(story, "en/changes.html"), "changes.en.html")
    try expect(try words(story, "zh-Hans/changes.html"), "changes.zh-Hans.html")
    for page in ["en/index.html", "en/users.html", "en/data.html", "zh-Hans/conflicts.html"] {
      #expect(story.pages()[page]?.contains("href=\"changes.html\"") == true, "\(page)")
    }
    // Every link of the page leads somewhere.
    for edition in ["en", "zh-Hans"] {
      let page = try words(story, "\(edition)/changes.html")
      for match in page.matches(of: /href="([^"#]*)#?([^"]*)"/) {
        let target = match.1.isEmpty ? "changes.html" : String(match.1)
        let text = try #require(story.pages()["\(edition)/\(target)"], "\(target)")
        #expect(match.2.isEmpty || text.contains("id=\"\(match.2)\""), "\(match.0)")
      }
    }
  }

  /// The page follows what it compares with, and everything else stays as it is.
  @Test func isPartOfAnIncrementalBuild() async throws {
    let story = SiteStory(Self.before)
    _ = try await build(story)
    let last = try record(story)
    for (path, text) in Self.edits { story.write(path, text) }
    _ = try await build(story, since: last)
    let again = try await build(story, since: last)
    #expect(again.written == [] && again.removed == [])
    var other = last
    other.facts[0].value += 1
    #expect(try await build(story, since: other).written == ["en/changes.html", "zh-Hans/changes.html"])
    story.write("Content/en/money.md", Self.before["Content/en/money.md"]!.replacing("spent", with: "paid"))
    _ = try await build(story, since: other)
    _ = try await build(story, since: other, output: "Clean")
    #expect(story.pages() == story.pages(in: "Clean"))
    let without = try await build(story)
    #expect(without.removed == ["en/changes.html", "zh-Hans/changes.html"])
    #expect(story.pages().values.allSatisfy { !$0.contains("changes.html") })
    let same = try record(story)
    _ = try await build(story, since: same)
    #expect(try words(story, "en/changes.html").contains("are the same."))
  }

  /// What the earlier edition is called: by its own date, a tag, or the day of its revision.
  @Test(
    arguments: [
      ("2025-06-30", nil, nil, "since 30 June 2025</h1>"), ("2025-12-31", "v1", "2025-07-01", "since v1</h1>"),
      (nil, nil, "2025-07-01", "since 1 July 2025</h1>"), (nil, nil, nil, "since the previous edition</h1>"),
      (nil, "<script>", nil, "since &lt;script&gt;</h1>"),
    ] as [(String?, String?, String?, String)])
  func namesTheEarlierEdition(date: String?, revision: String?, day: String?, title: String) async throws {
    let story = SiteStory(Self.before.merging(["Content/report.yaml": Self.edits["Content/report.yaml"]!]) { $1 })
    _ = try await build(story)
    var options = BuildOptions()
    var last = try record(story)
    last.date = date
    options.since = EarlierReport(record: last, revision: revision, revisionDate: day)
    _ = await buildReport(BuildEnvironment(files: story.files, root: "", jobs: 2), options)
    let head = try words(story, "en/changes.html")
    #expect(head.contains(title), "\(head.prefix(200))")
  }

  /// Compares with a file of `Golden/`; `ALMANAC_UPDATE_GOLDEN=1` writes it and fails once.
  private func expect(_ text: String, _ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("wrote \(name)")
      return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    if text != golden {
      try text.write(to: file.appendingPathExtension("changed"), atomically: true, encoding: .utf8)
    }
    #expect(text == golden, "\(name) is not what it was; see \(name).changed")
  }
}
