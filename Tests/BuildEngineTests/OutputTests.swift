import AlmanacCore
import BuildEngine
import Testing

/// Stories about the output folder: what a build does to it, and what happens when something goes wrong half-way.
@Suite struct OutputTests {
  @Test func writesWhatChangedAndRemovesWhatIsGone() async throws {
    let story = Story(["Output/.gitkeep": "", "Output/notes.txt": "mine"])
    #expect(try await story.build(["a.html": "1", "en/b.html": "2", "en/c.html": "3"]).value.written.count == 3)
    let again = try await story.build(["a.html": "1", "en/b.html": "2", "en/c.html": "3"])
    #expect(again.value == .init(unchanged: 3) && again.diagnostics.isEmpty)
    let edited = try await story.build(["a.html": "1*", "en/b.html": "2"])
    #expect(edited.value == .init(written: ["a.html"], removed: ["en/c.html"], unchanged: 1))
    #expect(story.pages == ["a.html": "1*", "en/b.html": "2", ".gitkeep": "", "notes.txt": "mine"])
    _ = try await story.build(["a.html": "1*"])
    #expect(!story.files.exists("Output/en"))
  }

  @Test func unchangedOutputIsNotTouched() async throws {
    let story = Story()
    _ = try await story.build(["a.html": "1"])
    let before = story.files.steps
    _ = try await story.build(["a.html": "1"])
    #expect(story.files.steps == before)
  }

  @Test func repairsWhatWasChangedByHand() async throws {
    let story = Story()
    _ = try await story.build(["a.html": "1", "b.html": "2"])
    story.files.set("Output/a.html", .file([0x21]))
    story.files.set("Output/b.html", nil)
    #expect(try await story.build(["a.html": "1", "b.html": "2"]).value.written == ["a.html", "b.html"])
  }

  @Test func keepsWhatIsGoneFromTheReportButWasChangedByHand() async throws {
    let story = Story()
    _ = try await story.build(["a.html": "1", "b.html": "2"])
    story.files.set("Output/b.html", .file([0x21]))
    #expect(try await story.build(["a.html": "1"]).diagnostics.map(\.code) == ["output.kept"])
    #expect(story.pages == ["a.html": "1", "b.html": "!"])
  }

  @Test func tellsThatAnotherBuildIsUnderWay() async throws {
    var environment = Story(["Content/report.yaml": "title: x"]).environment
    environment.limits.lockSeconds = 0
    let lock = try await lockReport(environment)
    #expect(lock.value != nil)
    #expect(try await lockReport(environment).diagnostics.map(\.code) == ["build.locked"])
    withExtendedLifetime(lock) {}
  }

  @Test func aFileMayTakeAFoldersPlaceAndTheOtherWayRound() async throws {
    let story = Story()
    _ = try await story.build(["a": "1", "b/c.html": "2", "b/d/e.html": "3"])
    let swapped = try await story.build(["a/x.html": "1", "b": "2"])
    #expect(swapped.diagnostics.isEmpty)
    #expect(story.pages == ["a/x.html": "1", "b": "2"])
  }

  @Test(
    arguments: [
      (["../evil.html"], [:], "output.unsafe-path"), (["/etc/x"], [:], "output.unsafe-path"),
      (["a/./b"], [:], "output.unsafe-path"), (["a\nb"], [:], "output.unsafe-path"),
      ([".almanac/manifest"], [:], "output.unsafe-path"), (["a.html", "a.html"], [:], "output.duplicate"),
      (["a.html"], ["Output/a.html": "mine"], "output.foreign-file"),
      (["en/a.html"], ["Output/en": "mine"], "output.foreign-file"),
      (["en"], ["Output/en/mine": ""], "output.foreign-file"),
    ] as [([String], [String: String], String)])
  func refuses(paths: [String], present: [String: String], code: String) async throws {
    let story = Story(present)
    let files = paths.map { OutputFile($0, bytes: [1, 2, 3]) }
    let state = await OutputState.read("Output", story.environment)
    let changes = try await applyOutput(files, over: state, in: story.environment)
    #expect(changes.diagnostics.map(\.code) == [code])
    #expect(story.pages == Story(present).pages)
  }

  @Test func doesNotWriteThroughALinkThatLeavesOutput() async throws {
    let story = Story(["elsewhere/x": "mine"])
    story.files.set("Output", .folder)
    story.files.set("Output/en", .link("../elsewhere"))
    #expect(try await story.build(["en/a.html": "1"]).diagnostics.map(\.code) == ["output.foreign-file"])
    #expect(story.files.texts(under: "elsewhere") == ["elsewhere/x": "mine"])
  }

  /// Every single step of a change is made to fail once; the output must then be the old one, whole.
  @Test(arguments: [FileError.Reason.diskFull, .readOnly, .denied])
  func aFailedStepLeavesTheLastOutput(reason: FileError.Reason) async throws {
    var failures = 0
    for step in 0..<200 {
      let story = Story(["Output/keep": "mine"])
      _ = try await story.build(old)
      let before = story.files.texts()
      story.files.fail(after: step, reason)
      let changes = try await story.build(new)
      story.files.fail(after: nil)
      if !changes.hasErrors { continue }
      failures += 1
      #expect(changes.diagnostics.map(\.code) == ["output.unwritable"], "step \(step)")
      #expect(story.files.texts() == before, "step \(step)")
    }
    #expect(failures > 10)
  }

  /// The program dies before each step; the next build finds the old output or the new one, whole.
  @Test func aCrashIsCarriedThroughByTheNextBuild() async throws {
    for step in 0..<60 {
      let story = Story(["Output/keep": "mine"])
      _ = try await story.build(old)
      story.files.fail(after: step, staysBroken: true)
      _ = try await story.build(new)
      story.files.fail(after: nil)
      recoverOutput("Output", story.environment)
      let pages = story.pages
      #expect(
        pages == old.merging(["keep": "mine"]) { a, _ in a } || pages == new.merging(["keep": "mine"]) { a, _ in a },
        "step \(step)")
      #expect(!story.files.exists("Output/.almanac/staging"), "step \(step)")
      #expect(try await story.build(new).diagnostics.isEmpty, "step \(step)")
      #expect(story.pages == new.merging(["keep": "mine"]) { a, _ in a }, "step \(step)")
    }
  }

  @Test func nothingIsBegunOnceTheProgramIsEnding() async throws {
    let story = Story()
    #expect(story.environment.interruption.request())
    await #expect(throws: CancellationError.self) { try await story.build(["a.html": "1"]) }
    #expect(story.pages.isEmpty)
  }

  @Test func aDamagedManifestOwnsNothing() async throws {
    let story = Story()
    _ = try await story.build(["a.html": "1", "b.html": "2"])
    for bytes in ["", "almanac manifest 1\nzz - 1 a.html\n", "almanac manifest 1\n\(Fingerprint("")) - 0 ../x\n"] {
      #expect(OutputManifest(Array(bytes.utf8)) == nil)
    }
    story.files.set("Output/.almanac/manifest", .file([0]))
    // The same bytes are taken over, others are in the way.
    #expect(try await story.build(["a.html": "1"]).diagnostics.isEmpty)
    #expect(try await story.build(["a.html": "1", "b.html": "3"]).diagnostics.map(\.code) == ["output.foreign-file"])
  }

  @Test func clearRemovesOnlyWhatBuildsWrote() async throws {
    let story = Story(["Output/mine/x": "mine"])
    _ = try await story.build(["a.html": "1", "mine/b.html": "2"])
    _ = try await clearOutput(await OutputState.read("Output", story.environment), in: story.environment)
    #expect(story.files.texts() == ["Output/mine/x": "mine"])
  }

  private let old = ["a.html": "1", "en/b.html": "2", "en/c.html": "3", "gone/d.html": "4"]
  private let new = ["a.html": "1*", "en/b.html": "2", "en/c.html": "3*", "zh/e.html": "5"]
}

/// Builds in memory, one after another.
private struct Story {
  let files: MemoryFileSystem
  let environment: BuildEnvironment

  init(_ present: [String: String] = [:]) {
    files = MemoryFileSystem(present)
    environment = BuildEnvironment(files: files, root: "", jobs: 1)
  }

  func build(_ pages: [String: String]) async throws -> Diagnosed<OutputChanges> {
    recoverOutput("Output", environment)
    let wanted = pages.sorted { $0.key < $1.key }.map { OutputFile($0.key, bytes: Array($0.value.utf8)) }
    return try await applyOutput(wanted, over: await OutputState.read("Output", environment), in: environment)
  }

  /// Everything in the output folder but what is Almanac's own.
  var pages: [String: String] {
    var pages: [String: String] = [:]
    for (path, text) in files.texts(under: "Output") where !path.hasPrefix("Output/.almanac/") {
      pages[String(path.dropFirst("Output/".count))] = text
    }
    return pages
  }
}

extension OutputChanges {
  fileprivate init(written: [String] = [], removed: [String] = [], unchanged: Int) {
    self.init()
    (self.written, self.removed, unchangedCount) = (written, removed, unchanged)
  }
}
