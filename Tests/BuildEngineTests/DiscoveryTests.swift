import AlmanacCore
import BuildEngine
import Testing

@Suite struct DiscoveryTests {
  @Test func findsFilesInTheOrderOfTheirBytes() async {
    let files = MemoryFileSystem([
      "Content/zh-Hans/a.md": "二", "Content/en/b.md": "2", "Content/en/B.md": "1", "Content/report.yaml": "title: x",
      "Content/.DS_Store": "x", "Content/en/b.md~": "x", "Templates/page.mustache": "t", "other/x.md": "x",
    ])
    let report = await discoverReport(BuildEnvironment(files: files, root: ""))
    #expect(report.diagnostics.isEmpty)
    #expect(
      report.value.content.map(\.path) == [
        "Content/en/B.md", "Content/en/b.md", "Content/report.yaml", "Content/zh-Hans/a.md",
      ])
    #expect(report.value.templates.map(\.path) == ["Templates/page.mustache"])
  }

  @Test(
    arguments: [
      ("a.md", [0xEF, 0xBB, 0xBF, 0x61], [0x61], [], 0), ("a.md", [0x61, 0x0A, 0x62, 0xFF], [], ["file.not-utf8"], 2),
      ("a.md", [0xFF, 0xFE, 0x61, 0x00], [], ["file.not-utf8"], 1),
      ("a.md", [0xED, 0xA0, 0x80], [], ["file.not-utf8"], 1),
      ("a.md", [0xC0, 0x80], [], ["file.not-utf8"], 1), ("a.md", [0xE4, 0xB8], [], ["file.not-utf8"], 1),
      ("a.md", [0xE4, 0xB8, 0xAD], [0xE4, 0xB8, 0xAD], [], 0), ("a.png", [0xFF, 0x00], [0xFF, 0x00], [], 0),
      ("a.md", [0x61, 0x00], [], ["file.null-byte"], 1), ("a.md", [], [], [], 0),
      ("a.md", Array(repeating: 0x61, count: 70), [], ["file.long-line"], 1),
      ("a.md", Array(repeating: 0x0A, count: 110), [], ["file.too-large"], 1),
      ("a.json", Array(repeating: 0x61, count: 70), Array(repeating: 0x61, count: 70), [], 0),
    ] as [(String, [UInt8], [UInt8], [String], Int)])
  func readsTextAndTellsWhatIsNot(name: String, bytes: [UInt8], expected: [UInt8], codes: [String], line: Int) async {
    let files = MemoryFileSystem(["Content/x": ""])
    files.set("Content/x", nil)
    files.set("Content/" + name, .file(bytes))
    var environment = BuildEnvironment(files: files, root: "")
    (environment.limits.lineBytes, environment.limits.textBytes) = (64, 100)
    let report = await discoverReport(environment)
    #expect(report.diagnostics.map(\.code) == codes)
    #expect(report.value.content.map(\.isBroken) == [!codes.isEmpty])
    if codes.isEmpty { #expect(report.value.content[0].bytes == expected) }
    if line > 0 { #expect(report.diagnostics.first?.span?.start.line == line) }
  }

  @Test(arguments: [
    ([("Content/a", MemoryFileSystem.Item.link("../../secret"))], ["file.link-leaves"]),
    ([("Content/a.md", .link("/etc/passwd"))], ["file.link-leaves"]),
    ([("Content/a", .link("../Content"))], ["file.link-loop"]), ([("Content/a", .link("a"))], ["file.link-loop"]),
    ([("Content/a", .link("b")), ("Content/b", .link("a"))], ["file.link-loop", "file.link-loop"]),
    ([("Content/a", .link("nowhere"))], ["file.dangling-link"]), ([("Content/a.md", .locked)], ["file.unreadable"]),
    ([("Content/en2", .link("en"))], []),
  ])
  func isNotLedAstray(items: [(String, MemoryFileSystem.Item)], codes: [String]) async {
    let files = MemoryFileSystem(["/r/Content/en/x.md": "x", "/secret/key.md": "x", "/etc/passwd": "x"])
    for (path, item) in items { files.set("/r/" + path, item) }
    let report = await discoverReport(BuildEnvironment(files: files, root: "/r"))
    #expect(report.diagnostics.map(\.code) == codes)
    #expect(!report.value.content.contains { $0.path.contains("key") })
  }

  @Test(arguments: ["a\nb.md", "a\\b.md", "a\u{7F}.md"])
  func refusesNamesThatNoAddressCanHave(name: String) async {
    let files = MemoryFileSystem(["Content/en/a.md": "x", "Content/en/" + name: "x"])
    let report = await discoverReport(BuildEnvironment(files: files, root: ""))
    #expect(report.diagnostics.map(\.code) == ["file.unusable-name"])
    #expect(report.value.content.map(\.path) == ["Content/en/a.md"])
  }

  @Test func tellsThatThereIsNoReport() async {
    let report = await discoverReport(BuildEnvironment(files: MemoryFileSystem(), root: ""))
    #expect(report.diagnostics.map(\.code) == ["content.missing"])
  }

  @Test func foldersTooDeepAndFilesTooManyAreToldOnce() async {
    let files = MemoryFileSystem([
      "Content/a/b/c/d/e.md": "", "Content/a/b/c/x/e.md": "", "Content/1": "", "Content/2": "",
    ])
    var environment = BuildEnvironment(files: files, root: "")
    environment.limits.depth = 3
    #expect(await discoverReport(environment).diagnostics.map(\.code) == ["file.too-deep"])
    environment.limits = Limits()
    environment.limits.fileCount = 1
    #expect(await discoverReport(environment).diagnostics.map(\.code) == ["file.too-many"])
  }
}
