import Testing

@testable import BuildEngine

@Suite struct PictureTests {
  @Test(arguments: [
    ("<rect fill=\"var(--us, #1d5fa6)\"/>", "<rect fill=\"#1d5fa6\"/>"),
    ("var(--font, Arial, sans-serif) var(--a)", "Arial, sans-serif "),
    ("var(--a, var(--b, rgb(1, 2, 3)))!", "rgb(1, 2, 3)!"),
    ("var(--a, #fff", "var(--a, #fff"), ("plain", "plain"),
  ])
  func putsLiteralsInPlaceOfVariables(svg: String, expected: String) {
    #expect(String(decoding: withoutVariables(Array(svg.utf8)), as: UTF8.self) == expected)
  }

  @Test func findsNoProgramWhereThereIsNone() {
    var environment = BuildEnvironment(files: DiskFileSystem(), root: "")
    #expect(environment.program(named: "sh") == nil)
    environment.programFolders = "/nowhere:bin:/bin:/usr/bin"
    #expect(environment.program(named: "sh") == "/bin/sh")
    #expect(environment.program(named: "no-such-program") == nil)
  }
}
