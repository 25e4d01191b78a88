import Foundation
import Testing

/// Stories with the real program on a real disk.
@Suite struct BuildingTests {
  @Test func blessesTranslations() throws {
    let place = try Workplace()
    try place.write("Content/report.yaml", "title: T\neditions: [en, de]\n")
    try place.write("Content/en/one.md", "---\ntitle: One\n---\n\nWords.\n")
    try place.write("Content/de/one.md", "---\r\ntitle: Eins\r\n---\r\n\r\nWorte.\r\n")
    try place.write("Content/strings/de.yaml", "languageName: Deutsch\n")
    let blessed = try place.run("check", "--strict", "--bless")
    #expect(blessed.code == 0, "\(blessed.errors)")
    #expect(blessed.output.hasPrefix("blessed Content/de/one.md, a translation of Content/en/one.md\n"))
    let text = try place.read("Content/de/one.md")
    #expect(
      text.wholeMatch(of: /---\r\ntitle: Eins\r\ntranslationOf: en@[0-9a-f]{16}\r\n---\r\n\r\nWorte.\r\n/) != nil,
      "\(text)")
    #expect(place.files(below: "Content").count == 4)
    #expect(try place.run("check", "--bless").output.hasPrefix("every translation is blessed already\n"))
    try place.write("Content/en/one.md", "---\ntitle: One\n---\n\nOther words.\n")
    let stale = try place.run("check", "--strict")
    #expect(stale.code == 1 && stale.errors.contains("Content/de/one.md:3:16: warning: "), "\(stale.errors)")
    #expect(stale.errors.contains("[translation.stale]"))
    let unknown = try place.run("check", "--bless", "two")
    #expect(unknown.code == 2 && unknown.errors.contains("[translation.unknown-chapter]"))
  }

  @Test func anUnchangedBuildRewritesNothing() throws {
    let place = try Workplace()
    try place.writeReport(chapters: 3)
    #expect(try place.run("build").code == 0)
    let before = try inodes(place)
    #expect(!before.isEmpty)
    let again = try place.run("build")
    #expect(again.code == 0)
    #expect(try inodes(place) == before)
    try? FileManager.default.removeItem(atPath: place.path(".almanac"))
    #expect(try place.run("build").code == 0)
    #expect(try inodes(place) == before)
  }

  @Test func checkWritesNothing() throws {
    let place = try Workplace()
    try place.writeReport()
    let result = try place.run("check", "--report", "found.json")
    #expect(result.code == 0 && result.output.hasPrefix("checked "), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: place.path("Output")))
    let record = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: place.path("found.json"))))
    #expect((record as? [String: Any])?["exitCode"] as? Int == 0)
  }

  @Test func tellsHowManyRowsAreProven() throws {
    let place = try Workplace()
    try place.writeReport()
    try place.write("Content/references.yaml", "- {id: s, type: report, title: S, text: s.txt}\n- {id: t, title: T}\n")
    try place.write("Content/data/names.yaml", "entities: {e: E}\nmetrics: {m: M}\n")
    try place.write(
      "Content/data/facts.csv",
      """
      id,metric,entity,region,period,value,unit,kind,source,locator,printed,note
      m.e.2024,m,e,,2024,15000,count,observed,s,L1,1.5万,
      m.e.2025,m,e,,2025,2,count,observed,t,L1,2,
      """)
    try place.write(
      "Content/data/datapackage.yaml",
      "resources: [{name: t, source: s, locator: L2, schema: {fields: [{name: n, type: integer, printed: true}]}}]\n")
    try place.write("Content/data/t.csv", "n\n7\n8\n")
    try place.write("texts/s.txt", "共1.5万款\n7 8\n")
    let told = try place.run("check", "--sources", "texts")
    let line = "3 rows proven: 1 fact, 2 rows of 1 dataset; 1 row of sources without a text\n"
    #expect(told.code == 0 && told.output.hasPrefix(line), "\(told.output) \(told.errors)")
    let json = #"{"proven": {"rows": 3, "facts": 1, "datasets": {"t": 2}, "skipped": 1}}"#
    #expect(try place.run("check", "--sources", "texts", "--json", "--report", "found.json").output == json + "\n")
    #expect(try place.read("found.json").contains(json.dropFirst().dropLast()))
    try place.write("texts/s.txt", "共1.5万款\n8 7\n")
    let wrong = try place.run("check", "--sources", "texts")
    #expect(wrong.code == 1 && wrong.errors.contains("Content/data/t.csv:3:1: error: '8' does not stand at L2"))
  }

  @Test func quietAndJSONSayNothingWhenAllIsWell() throws {
    let place = try Workplace()
    try place.writeReport()
    for option in ["-q", "--json"] {
      let result = try place.run("build", option)
      #expect(result.output.isEmpty && result.errors.isEmpty && result.code == 0)
    }
  }

  @Test func annotatesInGitHubActions() throws {
    let place = try Workplace()
    try place.writeReport()
    try place.write("Content/en/x.md", Data([0xFF]))
    let result = try place.run("check", environment: ["GITHUB_ACTIONS": "true"])
    #expect(result.errors.contains("Content/en/x.md:1:1: error:"))
    #expect(result.output.contains("::error title=file.not-utf8,file=Content/en/x.md,line=1"))
  }

  @Test func twoBuildsAtOnceBothEndWell() throws {
    let place = try Workplace()
    try place.writeReport(chapters: 60)
    let builds = try (0..<3).map { _ in try place.start(["build", "-q"]) }
    for build in builds {
      build.give("")
      let result = build.wait()
      #expect(result.code == 0, "\(result.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: place.path("Output/.almanac/staging")))
  }

  /// Ended at many moments: the pages are those of before or those of after, and the next build is as any other.
  @Test func anInterruptedBuildLosesNothing() throws {
    let place = try Workplace()
    try place.writeReport(chapters: 80)
    try #require(try place.run("build").code == 0)
    let old = place.files(below: "Output")
    for number in 1...80 {
      try place.write("Content/en/chapter-\(number).md", "---\ntitle: New \(number)\n---\n\nNew.\n")
    }
    var sawInterruption = false
    for milliseconds in [1, 4, 8, 12, 16, 20, 30, 45, 70] {
      let build = try place.start(["build", "-q"])
      usleep(UInt32(milliseconds) * 1000)
      kill(build.process.processIdentifier, milliseconds % 2 == 0 ? SIGINT : SIGKILL)
      build.give("")
      let result = build.wait()
      sawInterruption = sawInterruption || result.code == 130
      if milliseconds % 2 == 0 {
        #expect([0, 130].contains(result.code), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: place.path("Output/.almanac/staging")))
      }
    }
    #expect(sawInterruption)
    #expect(try place.run("build").code == 0)
    let new = place.files(below: "Output")
    #expect(Set(new.keys) == Set(old.keys) && new != old)
    #expect(try place.run("build", "-o", "Other").code == 0)
    #expect(place.files(below: "Other") == new)
  }

  @Test func cleanRemovesWhatBuildsWrote() throws {
    let place = try Workplace()
    try place.writeReport()
    #expect(try place.run("build").code == 0)
    try place.write("Output/mine.txt", "mine")
    #expect(try place.run("clean").code == 0)
    #expect(place.files(below: "Output") == ["mine.txt": "mine"])
    #expect(!FileManager.default.fileExists(atPath: place.path(".almanac")))
  }

  private func inodes(_ place: borrowing Workplace) throws -> [String: Int] {
    var inodes: [String: Int] = [:]
    for name in place.files(below: "Output").keys {
      let attributes = try FileManager.default.attributesOfItem(atPath: place.path("Output/" + name))
      inodes[name] = attributes[.systemFileNumber] as? Int
    }
    return inodes
  }
}
