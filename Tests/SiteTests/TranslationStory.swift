import AlmanacCore
import BuildEngine
import Testing

/// Translations follow their originals: edit, warn, compare, bless.
@Suite struct TranslationStory {
  private static let users = "Content/zh-Hans/users.md"

  private func bless(_ story: SiteStory, _ chapters: String...) async -> Diagnosed<[BlessedTranslation]> {
    await blessTranslations(BuildEnvironment(files: story.files, root: "", jobs: 2), chapters: chapters)
  }

  private func told(_ outcome: BuildOutcome) -> [String] {
    outcome.diagnostics.map { "\($0.span.map { "\($0.path):\($0.start.line):\($0.start.column)" } ?? "") \($0.code)" }
  }

  @Test func warnsUntilAnEditorHasCompared() async throws {
    let story = SiteStory()
    #expect(told(await story.build()) == [])
    let first = await bless(story)
    #expect(first.value.map(\.path) == ["Content/zh-Hans/money.md", Self.users] && first.diagnostics == [])
    #expect(first.value.map(\.original) == ["Content/en/money.md", "Content/en/users.md"])
    let blessed = try #require(story.files.texts()[Self.users])
    let lines = blessed.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[2].hasPrefix("translationOf: en@")
        && lines.count == smallReport[Self.users]!.split(separator: "\n", omittingEmptySubsequences: false).count + 1)
    #expect(
      lines[..<2] + lines[3...]
        == smallReport[Self.users]!.split(separator: "\n", omittingEmptySubsequences: false)[...])
    #expect(told(await story.build(strict: true)) == [])
    #expect(await bless(story).value == [])

    // White space is no change; a word is one, and so is one that both languages change.
    let original = try #require(smallReport["Content/en/users.md"])
    story.write("Content/en/users.md", original.replacing(" costs ", with: "\ncosts  ").replacing("\n", with: "\r\n"))
    #expect(told(await story.build(strict: true)) == [])
    story.write("Content/en/users.md", original.replacing("costs", with: "is sold at"))
    let stale = await story.build()
    #expect(told(stale) == ["\(Self.users):3:16 translation.stale"])
    #expect(
      stale.diagnostics[0].severity == .warning && stale.diagnostics[0].notes[0].span?.path == "Content/en/users.md")
    #expect(stale.diagnostics[0].hint?.contains("both languages") == true)
    #expect(stale.exitCode(strict: false) == 0 && stale.exitCode(strict: true) == 1)
    story.write(Self.users, blessed.replacing("价格", with: "售价"))
    #expect(told(await story.build()) == told(stale))
    #expect(await bless(story, "money").value == [])
    #expect(await bless(story, "users").value.map(\.path) == [Self.users])
    #expect(story.files.texts()[Self.users]?.contains("售价") == true)
    #expect(told(await story.build(strict: true)) == [])
  }

  @Test func asksForTheRestOfAnEditionOnceOneIsBlessed() async throws {
    let story = SiteStory()
    #expect(await bless(story, "users").value.count == 1)
    #expect(told(await story.build()) == ["Content/zh-Hans/money.md:1:1 translation.unblessed"])
    for (level, severity) in [("off", nil), ("error", Diagnostic.Severity.error)] {
      story.write("Content/report.yaml", smallReport["Content/report.yaml"]! + "\ngates: {translations: \(level)}")
      #expect(await story.build().diagnostics.first?.severity == severity)
    }
    // The marks name the edition that is the original: with another one first, none of them holds.
    story.write(
      "Content/report.yaml", smallReport["Content/report.yaml"]!.replacing("[en, zh-Hans]", with: "[zh-Hans, en]"))
    #expect(told(await story.build()) == ["\(Self.users):3:16 translation.of-original"])
  }

  @Test func tellsWhatCannotBeBlessed() async throws {
    let story = SiteStory([Self.users: "---\n{title: 用户}\n---\n", "Content/zh-Hans/money.md": "No front matter.\n"])
    let outcome = await bless(story)
    #expect(
      outcome.value == [] && outcome.diagnostics.map(\.code) == ["translation.unblessable", "translation.unblessable"])
    #expect(outcome.diagnostics[1].hint?.contains("translationOf: en@") == true)
    let unknown = await bless(story, "user")
    #expect(unknown.diagnostics.map(\.code) == ["translation.unknown-chapter"])
    #expect(unknown.diagnostics.first?.hint == "did you mean 'users'?")
  }

  /// Whichever step fails, the file is as it was or as it should be, and nothing lies beside it.
  @Test(arguments: 0..<4)
  func aFullDiskLeavesTheFile(steps: Int) async throws {
    let story = SiteStory()
    let before = story.files.texts()
    story.files.fail(after: steps)
    let outcome = await bless(story, "users")
    story.files.fail(after: nil)
    let isWritten = outcome.value.count == 1
    #expect(outcome.diagnostics.map(\.code) == (isWritten ? [] : ["translation.unwritable"]))
    #expect((story.files.texts() == before) == !isWritten && story.files.texts().count == before.count)
    #expect(isWritten == (steps >= 2))
  }
}
