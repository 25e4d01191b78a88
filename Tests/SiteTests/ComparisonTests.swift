import AlmanacCore
import BuildEngine
import SiteRendering
import Testing

/// What `almanac diff` tells of a report that was built, edited and built again.
@Suite struct ComparisonTests {
  private func record(_ story: SiteStory) throws -> RecordedReport {
    let text = try #require(story.pages()["report.json"])
    let read = readRecord(SourceFile(path: "report.json", text: text))
    #expect(read.diagnostics.map(\.message) == [])
    return try #require(read.value)
  }

  /// Five edits, each told against the build before it.
  @Test func tellsAStoryOfFiveEdits() async throws {
    let header = smallReport["Content/data/facts.csv"]!.split(separator: "\n")[0]
    let survey = smallReport["Content/references.yaml"]! + "\n- {id: survey-2026, title: {en: Survey, zh-Hans: 调查}}\n"
    let facts = { (rows: [String]) in ([String(header)] + rows).joined(separator: "\n") + "\n" }
    let us = "users.us.2025,users,us,us,2025,120000000,persons,forecast,census-2025,L2,1.2亿,"
    let china = "users.cn.2025,users,cn,cn,2025,520000000,persons,observed,census-2025,L1,5.2亿,"
    let rival = "users.cn-survey.2025,users,cn,cn,2025,530000000,persons,observed,survey-2026,L9,5.3亿,"
    let decision = { (row: String) in
      """
      - {id: china, kind: scope, rows: [users.cn.2025, users.cn-survey.2025], prefer: \(row), reason: {en: It is wider., zh-Hans: 范围更广。}}
      """
    }
    let table = "\n```table #tbl-new\ncaption: Again\ndataset: prices\n```\n"
    let edits: [(files: [(String, String)], told: String)] = [
      (
        [("Content/data/facts.csv", facts([china, us]))],
        """
        Numbers changed (1)
          users.cn.2025: 515 million → 520 million (+1%)
            printed '5.15亿' → '5.2亿'
            on en/users.html, zh-Hans/users.html

        Figures touched (1)
          fig-users
            shows users.cn.2025
            on en/users.html, zh-Hans/users.html

        Pages that show a number that differs (2)
          en/users.html
          zh-Hans/users.html

        """
      ),
      (
        [
          ("Content/references.yaml", survey),
          (
            "Content/data/facts.csv",
            facts([
              china,
              "users.usa.2025,users,us,us,2025,120000000,persons,observed,survey-2026,L5,1.2亿,",
            ])
          ),
        ],
        """
        Numbers restated (1)
          users.usa.2025: 120 million
            id users.us.2025 → users.usa.2025; source census-2025 → survey-2026; kind forecast → observed
            on en/users.html, zh-Hans/users.html

        Figures touched (1)
          fig-users
            shows users.usa.2025, users.us.2025
            on en/users.html, zh-Hans/users.html

        Pages that show a number that differs (2)
          en/users.html
          zh-Hans/users.html

        """
      ),
      (
        [
          ("Content/data/facts.csv", facts([china, rival])),
          ("Content/data/conflicts.yaml", decision("users.cn.2025")),
        ],
        """
        Numbers new (1)
          users.cn-survey.2025: 530 million (2025, observed, survey-2026)
            on en/users.html, zh-Hans/users.html

        Numbers gone (1)
          users.usa.2025: 120 million (2025, observed, survey-2026)
            on en/users.html, zh-Hans/users.html

        Conflicts opened (1)
          users.cn.2025, users.cn-survey.2025: china prefers users.cn.2025

        Figures touched (1)
          fig-users
            shows users.cn-survey.2025, users.usa.2025
            on en/users.html, zh-Hans/users.html

        Pages that show a number that differs (2)
          en/users.html
          zh-Hans/users.html

        """
      ),
      (
        [
          ("Content/data/conflicts.yaml", decision("users.cn-survey.2025")),
          ("Content/en/money.md", smallReport["Content/en/money.md"]! + table),
          ("Content/zh-Hans/money.md", smallReport["Content/zh-Hans/money.md"]! + table),
        ],
        """
        Conflicts decided otherwise (1)
          users.cn.2025, users.cn-survey.2025: china prefers users.cn.2025 → china prefers users.cn-survey.2025

        Figures new (1)
          tbl-new
            on en/money.html, zh-Hans/money.html

        Pages with other words (2)
          en/money.html
          zh-Hans/money.html

        """
      ),
      (
        [
          ("Content/data/conflicts.yaml", ""),
          (
            "Content/data/facts.csv",
            facts([china.replacing("persons", with: "tokens")])
          ),
          (
            "Content/report.yaml",
            smallReport["Content/report.yaml"]!.replacing("[users, money]", with: "[users, money, end]")
          ),
          ("Content/en/end.md", "---\ntitle: End\n---\n\nNo more.\n"),
          ("Content/zh-Hans/end.md", "---\ntitle: 结语\n---\n\n完。\n"),
        ],
        """
        Numbers in another unit (1)
          users.cn.2025: 520 million
            unit persons → tokens
            on en/users.html, zh-Hans/users.html

        Numbers gone (1)
          users.cn-survey.2025: 530 million (2025, observed, survey-2026)
            on en/users.html, zh-Hans/users.html

        Conflicts closed (1)
          users.cn.2025, users.cn-survey.2025: china prefers users.cn-survey.2025

        Figures touched (1)
          fig-users
            shows users.cn.2025, users.cn-survey.2025
            on en/users.html, zh-Hans/users.html

        Pages new (2)
          en/end.html: End
          zh-Hans/end.html: 结语

        Pages that show a number that differs (2)
          en/users.html
          zh-Hans/users.html

        """
      ),
    ]
    let first = china.replacing("520000000", with: "515000000").replacing("5.2亿", with: "5.15亿")
    let story = SiteStory(["Content/data/facts.csv": facts([first, us]), "Content/data/conflicts.yaml": ""])
    _ = await story.build()
    var last = try record(story)
    for (number, edit) in edits.enumerated() {
      for (path, text) in edit.files { story.files.set(path, text.isEmpty ? nil : .file(Array(text.utf8))) }
      let outcome = await story.build()
      try #require(outcome.isPublished, "\(number): \(outcome.diagnostics.map(\.message))")
      let next = try record(story)
      let told = writeDifferences(compareRecords(old: last, new: next), as: .text)
      #expect(told == edit.told, "edit \(number + 1)")
      #expect(compareRecords(old: next, new: next).isEmpty)
      last = next
    }
  }

  /// One number before and after, as text.
  @Test(arguments: [
    (#""value":515000000,"unit":"persons""#, #""value":515000001,"unit":"persons""#, "515,000,000 → 515,000,001"),
    (#""value":36.5,"unit":"percent""#, #""value":37.2,"unit":"percent""#, "36.5% → 37.2% (+0.7 percentage points)"),
    (#""value":0,"unit":"CNY""#, #""value":5,"unit":"CNY""#, "CNY 0 → CNY 5\n"),
    (#""value":-2,"unit":"USD""#, #""value":-1,"unit":"USD""#, "(+50%)"),
    (#""value":5,"unit":"eflops""#, #""value":6,"unit":"eflops""#, "5 eflops → 6 eflops (+20%)"),
    (#""value":1e308,"unit":"x""#, #""value":-1e308,"unit":"x""#, "Numbers changed (1)"),
    (#""value":5e-324,"unit":"x""#, #""value":1e308,"unit":"x""#, "Numbers changed (1)"),
    (#""value":1,"period":"2024""#, #""value":1,"period":"2025""#, "about 2024 → 2025"),
    (#""value":1,"kind":"forecast""#, #""value":1,"kind":"observed""#, "Numbers of another kind (1)"),
    (#""value":1,"printed":"1""#, #""value":1,"printed":"one \u001b[2J""#, "printed '1' → 'one  [2J'"),
    (#""value":1,"locator":"L1""#, #""value":1,"locator":"L2""#, "Both reports say the same."),
  ])
  func writesWhatHappened(before: String, after: String, told: String) throws {
    func report(_ members: String) throws -> RecordedReport {
      let file = SourceFile(path: "r", text: "{\"facts\": [{\"id\": \"a.b.c\", \(members)}]}")
      return try #require(readRecord(file).value)
    }
    let differences = compareRecords(old: try report(before), new: try report(after))
    let text = writeDifferences(differences, as: .text).replacing("\u{A0}", with: " ")
    #expect(text.contains(told), "\(text)")
    // What the other writers make of it can be read again.
    let json = writeDifferences(differences, as: .json)
    #expect(readRecord(SourceFile(path: "r", text: "{\"facts\":[],\"x\":\(json)}")).diagnostics.isEmpty)
    #expect(!writeDifferences(differences, as: .markdown).contains("\u{1B}"))
  }

  /// Conflicts that share rows keep apart, and a record that did not list or describe as much tells nothing of the rest.
  @Test(arguments: [
    // Matched by decision, whichever shares a row with which.
    (
      #"{"facts":["a","b"],"foundBy":"keys","decision":"one"},{"facts":["a","c"],"foundBy":"decision","decision":"two"}"#,
      #"{"facts":["a","c"],"foundBy":"decision","decision":"two"},{"facts":["a","b"],"foundBy":"keys","decision":"one"}"#,
      [0, 0, 0]
    ),
    // A decision under another name is the same conflict.
    (
      #"{"facts":["a","b"],"foundBy":"keys","decision":"one","preferred":"a"}"#,
      #"{"facts":["a","b"],"foundBy":"keys","decision":"uno","preferred":"a"}"#, [0, 0, 1]
    ),
    (
      #"{"facts":["a","b"],"foundBy":"keys","decision":"one","kind":"scope"}"#,
      #"{"facts":["b","a"],"foundBy":"keys","decision":"one","kind":"hard"}"#, [0, 0, 1]
    ),
    (
      #"{"facts":["a","b"],"foundBy":"keys"}"#,
      #"{"facts":["b","c"],"foundBy":"keys"},{"facts":["a","d"],"foundBy":"keys"}"#,
      [1, 0, 1]
    ),
    // An older record lists what was found by keys, and neither kinds nor how.
    (
      #"{"facts":["a","b"],"decision":"one"}"#,
      #"{"facts":["a","b"],"foundBy":"keys","kind":"hard","decision":"one"},{"facts":["c","d"],"foundBy":"decision","decision":"two"}"#,
      [0, 0, 0]
    ),
    (#"{"facts":["a","b"],"foundBy":"keys"}"#, "", [0, 1, 0]),
  ])
  func matchesConflicts(before: String, after: String, counts: [Int]) throws {
    func record(_ conflicts: String) throws -> RecordedReport {
      try #require(readRecord(SourceFile(path: "r", text: "{\"facts\":[],\"conflicts\":[\(conflicts)]}")).value)
    }
    let found = compareRecords(old: try record(before), new: try record(after))
    #expect([found.openedConflicts.count, found.closedConflicts.count, found.conflictChanges.count] == counts)
  }

  @Test(arguments: [
    ("", "json."), ("{", "json."), ("[]", "record.not-a-record"), ("null", "record.not-a-record"),
    ("{\"facts\": {}}", "record.not-a-record"), ("{\"report\": 1}", "record.not-a-record"),
    ("{\"facts\": [1]}", "record.bad-entry"), ("{\"facts\": [{}]}", "record.bad-entry"),
    ("{\"facts\": [{\"id\": \"a\", \"value\": \"1\"}]}", "record.bad-entry"),
    ("{\"facts\": [{\"id\": \"a\", \"value\": 1, \"usedBy\": [1]}]}", "record.bad-entry"),
    ("{\"facts\": [], \"pages\": 3}", "record.bad-entry"), ("{\"facts\": [], \"figures\": [{}]}", "record.bad-entry"),
    ("{\"facts\": [], \"figures\": [{\"id\": \"a\", \"facts\": 1}]}", "record.bad-entry"),
    ("{\"facts\": [], \"figures\": [{\"id\": \"a\", \"caption\": {}}]}", "record.bad-entry"),
    ("{\"facts\": [], \"pages\": [{\"route\": \"a\", \"text\": 1}]}", "record.bad-entry"),
    ("{\"facts\": [], \"conflicts\": [{\"facts\": [], \"foundBy\": \"magic\"}]}", ""),
    ("{\"facts\": [{\"id\": \"a\", \"value\": 1e999}]}", "json."),
    (String(repeating: "[", count: 100_000), "json."), ("{\"facts\": [], \"conflicts\": [{}, {}]}", ""),
  ])
  func refusesWhatIsNoRecord(text: String, code: String) {
    let read = readRecord(SourceFile(path: "r", text: text))
    #expect((read.value == nil) == !code.isEmpty)
    #expect(read.diagnostics.count == (code.isEmpty ? 0 : 1))
    #expect(read.diagnostics.allSatisfy { $0.code.hasPrefix(code) }, "\(read.diagnostics)")
  }
}
