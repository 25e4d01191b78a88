import Foundation
import Testing

/// `almanac diff` between git revisions, in a small repository with a report below its top.
@Suite(.enabled(if: GitRepository.isInstalled, "git is not installed"))
struct RevisionTests {
  /// A report of one number in `report/`, committed twice: first 5 people, tagged `v1`, then 6.
  private func repository() throws -> Workplace {
    let place = try Workplace()
    try place.write("report/Content/report.yaml", "title: A report\neditions: [en]\n")
    try place.write("report/Content/en/one.md", "---\ntitle: One\n---\n\nThere are `{v} users.x.2024`.\n")
    try place.write("report/Content/references.yaml", "- {id: census, type: report, title: Census}\n")
    try place.write("report/Content/data/names.yaml", "entities: {x: X}\nmetrics: {users: Users}\n")
    try writeFact(5, in: place)
    let git = GitRepository(folder: place.folder)
    try git.run("init", "-q", "-b", "main")
    try git.run("add", "report")
    try git.run("commit", "-q", "-m", "one")
    try git.run("tag", "v1")
    try writeFact(6, in: place)
    try git.run("commit", "-q", "-a", "-m", "two")
    return place
  }

  private func writeFact(_ value: Int, in place: borrowing Workplace) throws {
    try place.write(
      "report/Content/data/facts.csv",
      """
      id,metric,entity,region,period,value,unit,kind,source,locator,printed,note
      users.x.2024,users,x,,2024,\(value),count,observed,census,L1,\(value),

      """)
  }

  private let changed = """
    Numbers changed (1)
      users.x.2024: 5 → 6 (+20%)
        printed '5' → '6'
        on en/one.html

    Pages that show a number that differs (1)
      en/one.html

    """

  @Test func comparesRevisions() throws {
    let place = try repository()
    for (old, new) in [("HEAD~1", "HEAD"), ("v1", "main"), ("v1", "refs/heads/main"), ("HEAD^", "@")] {
      let result = try place.run("diff", old, new, "--root", "report")
      #expect(result.code == 0 && result.errors.isEmpty && result.output == changed, "\(result)")
    }
    // Without a second name: the report as it stands, built or not.
    #expect(try place.run("diff", "v1", "--root", "report").output == changed)
    #expect(try place.run("diff", "v1", "report", "--root", "report").output == changed)
    #expect(try place.run("diff", "HEAD", "--root", "report").output == "Both reports say the same.\n")
    try writeFact(7, in: place)
    #expect(try place.run("diff", "HEAD", "--root", "report").output.contains("6 → 7"))
    // Nothing was checked out, nothing written.
    #expect(place.files(below: "report").keys.allSatisfy { $0.hasPrefix("Content/") })
    #expect(
      try GitRepository(folder: place.folder).run("status", "--porcelain") == " M report/Content/data/facts.csv\n")
  }

  @Test func aFileComesBeforeARevision() throws {
    let place = try repository()
    try place.write("v1", "{\"facts\": []}")
    #expect(try place.run("diff", "v1", "--root", "report").output.hasPrefix("Numbers new (1)\n"))
    #expect(try place.run("diff", "refs/tags/v1", "--root", "report").output == changed)
  }

  /// Names that are none, and content that a revision does not have: told once, with code 2, and nothing of it is run.
  @Test(arguments: [
    ("v2", "[diff.no-record]"), ("HEAD~9", "[diff.no-record]"), ("HEAD:report", "[diff.no-record]"),
    ("$(touch run)", "[diff.no-record]"), ("HEAD; touch run", "[diff.no-record]"), ("v1\n--help", "[diff.no-record]"),
    ("--output=run", "--output"), ("-C", "option"), ("v1^{/touch}", "[diff.no-record]"),
  ])
  func refusesWhatIsNoRevision(name: String, told: String) throws {
    let place = try repository()
    for arguments in [["diff", name, "HEAD", "--root", "report"], ["diff", "--root", "report", "--", name, "HEAD"]] {
      let process = try place.start(arguments)
      process.give("")
      let result = process.wait()
      #expect(result.code == 2 && result.output.isEmpty, "\(result)")
      #expect(result.errors.contains(told) || result.errors.contains("looks like an option"), "\(result)")
    }
    #expect(!FileManager.default.fileExists(atPath: place.path("run")))
  }

  @Test func tellsWhatARevisionLacks() throws {
    let place = try repository()
    let outside = try place.run("diff", "v1", "HEAD", "--root", ".")
    #expect(outside.code == 2 && outside.errors.contains("[diff.no-content]"), "\(outside)")
    let other = try Workplace()
    try other.writeReport()
    let none = try other.run("diff", "HEAD")
    #expect(none.code == 2 && none.errors.contains("[diff.no-record]"), "\(none)")
    let noGit = try place.run("diff", "v1", "--root", "report", environment: ["PATH": "/nonexistent"])
    #expect(noGit.code == 2 && noGit.errors.contains("git is not installed"), "\(noGit)")
    // A link that leads out of the report is no way to its target.
    try place.link("report/Content/data/facts2.csv", to: "/etc/passwd")
    let git = GitRepository(folder: place.folder)
    try git.run("add", "report")
    try git.run("commit", "-q", "-m", "three")
    let linked = try place.run("diff", "v1", "HEAD", "--root", "report")
    #expect(linked.code == 0 && linked.errors.contains("[diff.doubtful-report]"), "\(linked)")
  }

  @Test func tellsThatNothingCanBeRead() throws {
    let place = try repository()
    // No report where the later state should be.
    let nothing = try place.run("diff", "report")
    #expect(nothing.code == 2 && nothing.errors.contains("[diff.unreadable-report]"), "\(nothing)")
    // A repository that has lost a file.
    let object = try GitRepository(folder: place.folder).run("rev-parse", "v1:report/Content/report.yaml")
    let path = place.path(".git/objects/\(object.prefix(2))/\(object.dropFirst(2).prefix { $0 != "\n" })")
    try FileManager.default.removeItem(atPath: path)
    let broken = try place.run("diff", "v1", "--root", "report")
    #expect(broken.code == 2 && broken.errors.contains("[diff.unreadable-revision]"), "\(broken)")
  }

  /// A hook's variables point git to the repository that it runs in, which need not be that of the report.
  @Test func asksTheRepositoryOfTheReport() throws {
    let place = try repository()
    let result = try place.run(
      "diff", "v1", "--root", "report", environment: ["GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere/index"])
    #expect(result.output == changed, "\(result)")
  }
}

/// A repository for a test, whatever the machine's own settings of git say.
struct GitRepository {
  var folder: String

  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/git") }

  @discardableResult
  func run(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/git")
    process.arguments =
      ["-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"] + arguments
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "GIT_COMMITTER_DATE": "2025-06-30T12:00:00Z",
      "GIT_AUTHOR_DATE": "2025-06-30T12:00:00Z",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "git \(arguments)")
    return String(decoding: data, as: UTF8.self)
  }
}
