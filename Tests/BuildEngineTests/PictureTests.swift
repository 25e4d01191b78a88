import Testing

@testable import BuildEngine

@Suite struct PictureTests {
  @Test func findsNoProgramWhereThereIsNone() {
    var environment = BuildEnvironment(files: DiskFileSystem(), root: "")
    #expect(environment.program(named: "sh") == nil)
    environment.programFolders = "/nowhere:bin:/bin:/usr/bin"
    #expect(environment.program(named: "sh") == "/bin/sh")
    #expect(environment.program(named: "no-such-program") == nil)
  }
}
