import AlmanacCore
import BuildEngine
import FlyingSocks
import Foundation
import Testing

@testable import Preview

@Suite struct PreviewTests {
  private let files = MemoryFileSystem([
    "r/Output/index.html": "<html><body>home</body></html>", "r/Output/en/a.html": "<body>a</body>",
    "r/Output/assets/a b.css": "x{}", "r/Output/.almanac/manifest": "x", "r/Content/secret.md": "secret",
  ])

  private func site(_ session: PreviewSession = PreviewSession()) -> PreviewSite {
    PreviewSite(
      output: "r/Output", environment: BuildEnvironment(files: files, root: "r"), session: session, strict: false,
      patience: 0.05)
  }

  @Test(arguments: [
    ("/", 200, "home"), ("/index.html", 200, "home"), ("/en/a.html", 200, "a<script"), ("/en", 302, ""),
    ("/en/", 404, ""),
    ("/assets/a%20b.css", 200, "x{}"), ("/nowhere.html", 404, "No such page"), ("/../Content/secret.md", 404, ""),
    ("/%2e%2e/Content/secret.md", 404, ""), ("/en/..%2f..%2fContent/secret.md", 404, ""),
    ("/.almanac/manifest", 404, ""),
    ("/en//a.html", 404, ""), ("/en/a.html%00.css", 404, ""), ("/%ff", 404, ""), ("en", 404, ""), ("/%zz", 404, ""),
  ])
  func servesPagesAndNothingElse(path: String, status: Int, text: String) async {
    let response = await site().answer(PreviewRequest(method: "GET", path: path, host: "localhost:4000"))
    let body = String(decoding: response.body, as: UTF8.self)
    #expect(response.status == status)
    #expect(body.contains(text) || text.isEmpty)
    #expect(!body.contains("secret"))
  }

  @Test(arguments: [
    ("localhost", 200), ("127.0.0.1:80", 200), ("[::1]:4000", 200), ("LOCALHOST:1", 200), ("example.org", 403),
    ("localhost.example.org", 403), ("127.0.0.1.nip.io", 403), (nil as String?, 403), ("", 403), ("localhost:x", 403),
  ])
  func answersOnlyToThisMachine(host: String?, status: Int) async {
    #expect(await site().answer(PreviewRequest(method: "GET", path: "/", host: host)).status == status)
  }

  @Test func doesNotFollowALinkOutOfTheOutput() async {
    files.set("r/Output/x.html", .link("../Content/secret.md"))
    #expect(await site().answer(PreviewRequest(method: "GET", path: "/x.html", host: "localhost")).status == 404)
  }

  @Test func showsWhatIsWrongInThePageAndNeverOnDisk() async {
    let session = PreviewSession()
    var outcome = BuildOutcome()
    outcome.diagnostics = [.error("a.b", "no <fact>", at: SourceSpan(path: "Content/a.md", line: 1, column: 1))]
    await session.publish(outcome)
    let response = await site(session).answer(PreviewRequest(method: "GET", path: "/", host: "localhost"))
    let body = String(decoding: response.body, as: UTF8.self)
    #expect(body.contains("1 error") && body.contains("no &lt;fact&gt;") && body.hasSuffix("</body></html>"))
    #expect(files.texts()["r/Output/index.html"] == "<html><body>home</body></html>")
  }

  @Test func takesThePolicyOutOfServedPages() async {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">"
    let page = addPreview(
      to: Array("<head>\(policy)<title>x</title></head>".utf8), version: 3, outcome: BuildOutcome(), strict: false)
    let text = String(decoding: page, as: UTF8.self)
    #expect(text.hasPrefix("<head><title>x</title></head>") && text.contains("data-version=\"3\""))
  }

  @Test func tellsWaitingBrowsersOfANewBuild() async throws {
    let session = PreviewSession()
    let request = PreviewRequest(method: "GET", path: "/.almanac/version", query: "after=1", host: "localhost")
    let site = PreviewSite(
      output: "r/Output", environment: BuildEnvironment(files: files, root: "r"), session: session, strict: false,
      patience: 60)
    async let answer = site.answer(request)
    try await Task.sleep(for: .milliseconds(30))
    await session.publish(BuildOutcome())
    #expect(await answer.body == Array("2".utf8))
    #expect(
      await self.site(session).answer(
        PreviewRequest(method: "GET", path: "/.almanac/version", query: "after=2", host: "localhost")
      ).body == Array("2".utf8))
  }

  @Test(arguments: [
    ("a.html", "text/html; charset=utf-8"), ("a/b.CSS", "text/css; charset=utf-8"),
    ("a.svg", "image/svg+xml; charset=utf-8"),
    ("a.js", "text/javascript; charset=utf-8"), ("a.woff2", "font/woff2"), ("a", "application/octet-stream"),
    ("x.d/a", "application/octet-stream"),
  ])
  func knowsContentTypes(path: String, type: String) { #expect(contentType(of: path) == type) }

  @Test(arguments: [
    ("GET /a/b.html?x=1 HTTP/1.1\r\nHost: localhost:4000\r\n\r\n", "GET /a/b.html x=1 localhost:4000"),
    ("HEAD / HTTP/1.0\nhost:localhost \n\n", "HEAD /  localhost"),
    ("GET / HTTP/1.1\r\n\r\n", "GET /  -"),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n", "unfinished"), ("", "unfinished"),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\n\r\n", "malformed"),
    ("GET http://example.org/ HTTP/1.1\r\n\r\n", "malformed"), ("GET /a b HTTP/1.1\r\n\r\n", "malformed"),
    ("GET / HTTP/2\r\n\r\n", "malformed"), ("hello\r\n\r\n", "malformed"), ("\r\n\r\n", "malformed"),
    ("GET / HTTP/1.1\r\nno colon\r\n\r\n", "malformed"),
    ("GET /" + String(repeating: "a", count: longestRequestHead), "malformed"),
  ])
  func readsTheHeadOfARequest(text: String, expected: String) {
    let read: String
    switch readRequestHead(Array(text.utf8)) {
    case .unfinished: read = "unfinished"
    case .malformed: read = "malformed"
    case .request(let request): read = "\(request.method) \(request.path) \(request.query) \(request.host ?? "-")"
    }
    #expect(read == expected)
  }

  @Test func writesAnAnswerAndNoMoreThanItsHeadWhereThatIsAskedFor() {
    let response = PreviewResponse(status: 302, location: "/en/", body: Array("there".utf8))
    let whole = String(decoding: response.bytes(withBody: true), as: UTF8.self)
    #expect(whole.hasPrefix("HTTP/1.1 302 Found\r\n") && whole.hasSuffix("\r\nLocation: /en/\r\n\r\nthere"))
    #expect(whole.contains("\r\nContent-Length: 5\r\n") && whole.contains("\r\nConnection: close\r\n"))
    #expect(String(decoding: response.bytes(withBody: false), as: UTF8.self) + "there" == whole)
  }

  @Test func answersOverASocket() async throws {
    // Other tests may keep all threads busy for longer than a browser would need.
    let server = try await LoopbackServer(port: 0, patience: 600)
    let site = site()
    let running = Task { try await server.run { await site.answer($0) } }
    defer { running.cancel() }
    for (question, status) in [
      ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 200), ("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", 403),
      ("nonsense\r\n\r\n", 400),
    ] {
      let answer = try await ask(server.port, question)
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
    }
  }
}

/// Sends a question over a connection of its own and returns all that comes back.
private func ask(_ port: UInt16, _ question: String) async throws -> String {
  let pool = SocketPool<Poll>.make()
  try await pool.prepare()
  return try await withThrowingTaskGroup(of: String?.self) { group in
    group.addTask {
      try await pool.run()
      return nil
    }
    group.addTask {
      let connection = try await AsyncSocket.connected(to: .inet(ip4: "127.0.0.1", port: port), pool: pool)
      defer { try? connection.close() }
      try await connection.write(Data(question.utf8))
      var received: [UInt8] = []
      while let more = try? await connection.read(atMost: 4096), !more.isEmpty { received += more }
      return String(decoding: received, as: UTF8.self)
    }
    defer { group.cancelAll() }
    while let answer = try await group.next() { if let answer { return answer } }
    return ""
  }
}
