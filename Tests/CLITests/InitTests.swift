import Foundation
import Testing

/// The report that `almanac init` writes is the guide, so it must build without a word.
@Suite struct InitTests {
  @Test func startsAReportThatBuildsStrictly() throws {
    let place = try Workplace()
    #expect(try place.run("init", "guide").code == 0)
    let result = try place.run("build", "--strict", "--root", "guide")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.errors.isEmpty)
    let pages = place.files(below: "guide/Output").keys
    #expect(pages.contains("en/index.html") && pages.contains("zh-Hans/index.html"))
  }

  @Test func overwritesNothing() throws {
    let place = try Workplace()
    try place.write("mine/Content/report.yaml", "title: mine\n")
    let refused = try place.run("init", "mine")
    #expect(refused.code == 2 && refused.errors.contains("[init.not-empty]"))
    #expect(place.files(below: "mine").count == 1)
    #expect(try place.run("init", "--force", "mine").code == 0)
    #expect(try place.read("mine/Content/report.yaml") == "title: mine\n")
    #expect(place.files(below: "mine").count > 5)
  }

  @Test func tellsWhereItCannotWrite() throws {
    let place = try Workplace()
    let result = try place.run("init", "/proc/nowhere/guide")
    #expect(result.code == 2 && result.errors.contains("[init.unwritable]"), "\(result.errors)")
  }

  @Test func writesTheTemplatesWhenAsked() throws {
    let place = try Workplace()
    #expect(try place.run("init", "--templates", "guide").code == 0)
    #expect(try place.read("guide/Templates/chapter.mustache").contains("{{"))
    let result = try place.run("build", "--strict", "--root", "guide")
    #expect(result.code == 0, "\(result.errors)")
  }
}
