import Foundation
import Testing

/// What may lie in a report's folder, and the one clear message that each gives; `Output` stays as it was.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomStringConvertible {
    var description: String
    var code: String
    var prepare: @Sendable (borrowing Workplace) throws -> Void

    init(_ description: String, _ code: String, _ prepare: @Sendable @escaping (borrowing Workplace) throws -> Void) {
      (self.description, self.code, self.prepare) = (description, code, prepare)
    }
  }

  @Test(arguments: [
    Case("invalid UTF-8", "file.not-utf8") {
      try $0.write("Content/en/chapter-1.md", Data("---\ntitle: x\n---\n\nText ".utf8) + Data([0xFF]))
    },
    Case("UTF-16", "file.not-utf8") { try $0.write("Content/en/chapter-1.md", Data([0xFF, 0xFE, 0x61, 0])) },
    Case("a null byte", "file.null-byte") { try $0.write("Content/en/x.md", "---\ntitle: x\n---\n\na\0b\n") },
    Case("a line of 50 MB", "file.long-line") {
      try $0.write("Content/en/x.md", "---\ntitle: x\n---\n\n" + String(repeating: "long ", count: 10 << 20))
    },
    Case("an empty chapter", "chapter.missing-title") { try $0.write("Content/en/x.md", "") },
    Case("a bomb of aliases", "") { place in
      let bomb = (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]" }.joined(separator: "\n")
      try place.write("Content/glossary.yaml", "a0: &a0 [x]\n" + bomb + "\n")
    },
    Case("nesting without end", "") {
      try $0.write("Content/data/names.yaml", "entities: " + String(repeating: "[", count: 100_000))
    },
    Case("deep nesting in Markdown", "") {
      try $0.write("Content/en/chapter-1.md", "---\ntitle: x\n---\n\n" + String(repeating: "> ", count: 20_000) + "x\n")
    },
    Case("an id twice", "ledger.") {
      try $0.write("Content/data/names.yaml", "entities: {e: E}\nmetrics: {m: M}\n")
      try $0.write("Content/references.yaml", "- {id: s, type: report, title: S}\n")
      let row = "m.e.2024,m,e,,2024,1,count,observed,s,L1,1,\n"
      try $0.write(
        "Content/data/facts.csv",
        "id,metric,entity,region,period,value,unit,kind,source,locator,printed,note\n" + row + row)
    },
    Case("queries in a circle", "query.cyclic-view") {
      try $0.write(
        "Content/en/chapter-1.md",
        """
        ---
        title: x
        ---

        ```sql one
        SELECT * FROM two
        ```

        ```sql two
        SELECT * FROM one
        ```
        """)
    },
    Case("a query without end", "query.too-slow") {
      try $0.write(
        "Content/en/chapter-1.md",
        """
        ---
        title: x
        ---

        ```table #tbl-x
        caption: x
        query: |
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n
        columns: [{field: c, title: C}]
        ```

        See @tbl-x.
        """)
    },
    Case("a chart that reads outside the report", "") {
      try $0.write(
        "Content/en/chapter-1.md",
        """
        ---
        title: x
        ---

        ```vega-lite #fig-x
        caption: x
        alt: x
        data: {url: ../../../etc/passwd}
        mark: point
        encoding: {x: {field: a, type: quantitative}}
        ```

        See @fig-x.
        """)
    },
    Case("a link to itself", "file.link-loop") { try $0.link("Content/en/x.md", to: "x.md") },
    Case("a link to the folder above", "file.link-loop") { try $0.link("Content/en/x", to: "..") },
    Case("a link that leaves the report", "file.link-leaves") { try $0.link("Content/en/x.md", to: "/etc/hostname") },
    Case("a link to nowhere", "file.dangling-link") { try $0.link("Content/en/x.md", to: "nowhere.md") },
    Case("a pipe", "file.not-regular") { place in #expect(mkfifo(place.path("Content/en/x.md"), 0o600) == 0) },
    Case("an empty report.yaml", "report.") { try $0.write("Content/report.yaml", "") },
    Case("a foreign file in the way", "output.foreign-file") { place in
      let other = place.path("Output/index.html")
      try FileManager.default.removeItem(atPath: place.path("Output/.almanac"))
      try "mine".write(toFile: other, atomically: true, encoding: .utf8)
    },
  ])
  func isToldOnceAndLeavesTheOutput(bad: Case) throws {
    let place = try Workplace()
    try place.writeReport()
    let first = try place.run("build")
    try #require(first.code == 0, "\(first.errors)")
    try bad.prepare(place)
    let before = place.files(below: "Output")
    let result = try place.run("build", "--json")
    #expect(result.code == 1)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 1 && lines.allSatisfy { $0.contains("\"code\":\"\(bad.code)") }, "\(result.output)")
    #expect(place.files(below: "Output") == before)
  }

  @Test func finishesWithAByteOrderMark() throws {
    let place = try Workplace()
    try place.writeReport()
    try place.write("Content/en/chapter-1.md", "\u{FEFF}---\ntitle: x\n---\n\nText.\n")
    let result = try place.run("build", "--strict")
    #expect(result.code == 0, "\(result.errors)")
  }

  @Test(arguments: ["file/inside", "/proc/nowhere/Output", "/dev/null"])
  func tellsThatTheOutputCannotBeWritten(output: String) throws {
    let place = try Workplace()
    try place.writeReport()
    try place.write("file", "mine")
    let result = try place.run("build", "-o", output)
    #expect(result.code == 1)
    #expect(result.errors.contains("[output.unwritable]") && result.errors.contains("1 error\n"), "\(result.errors)")
    #expect(try place.read("file") == "mine")
  }

  @Test func tellsThatAChartCannotBeWritten() throws {
    let place = try Workplace()
    try place.write("a.vl.json", #"{"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}"#)
    for option in ["-o", "--gallery"] {
      let result = try place.run("chart", "a.vl.json", option, "/proc/nowhere")
      #expect(result.code == 2 && result.errors.contains("[chart.unwritable]"), "\(option): \(result)")
    }
  }

  /// As on a full disk: files may not grow beyond a size.
  @Test func aFullDiskLeavesTheOutput() throws {
    let place = try Workplace()
    try place.writeReport()
    try #require(try place.run("build").code == 0)
    let before = place.files(below: "Output")
    try place.write("Content/en/chapter-2.md", "---\ntitle: Two\n---\n\n" + String(repeating: "word ", count: 40_000))
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/bash")
    let program = try #require(try place.start(["--version"]).process.executableURL).path
    shell.arguments = [
      "-c", "trap '' XFSZ; ulimit -f 100; '\(program)' build -q --root '\(place.folder)' 2> '\(place.path("errors"))'",
    ]
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 1)
    #expect(try place.read("errors").contains("[output.unwritable]"))
    #expect(place.files(below: "Output") == before)
  }
}
