private import AlmanacCore
package import BuildEngine
private import FlyingFox
private import FlyingSocks
private import Foundation

/// How a preview is to run.
package struct PreviewOptions: Sendable {
  package var building: BuildOptions
  /// 0 for one that is free.
  package var port: UInt16

  package init(building: BuildOptions, port: UInt16) {
    self.building = building
    self.port = port
  }
}

/// What a preview tells the command that runs it.
package enum PreviewEvent: Sendable {
  /// Serving at this port.
  case listening(port: UInt16)
  case built(BuildOutcome, seconds: Double)
}

/// Builds the report, serves it to browsers on this machine, and builds again whenever something changes, until the task
/// is cancelled.
///
/// - Throws: when the port is taken.
package func servePreview(
  _ environment: BuildEnvironment, _ options: PreviewOptions, tell: @Sendable @escaping (PreviewEvent) -> Void
) async throws {
  let session = PreviewSession()
  let output = environment.outputPath(options.building)
  let site = PreviewSite(
    output: output, environment: environment, session: session, strict: options.building.strict)
  let server = HTTPServer(
    address: try .inet(ip4: "127.0.0.1", port: options.port), timeout: site.patience + 20, logger: .disabled,
    handler: ClosureHTTPHandler { request in makeResponse(await site.answer(makeRequest(request))) })
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run() }
    group.addTask {
      try await server.waitUntilListening()
      if case .ip4(_, let port)? = await server.listeningAddress { tell(.listening(port: port)) }
      try await rebuildOnChange(environment, options.building, session, tell)
    }
    defer { group.cancelAll() }
    try await group.next()
  }
}

/// Builds now and after every change below `Content` and `Templates`.
private func rebuildOnChange(
  _ environment: BuildEnvironment, _ options: BuildOptions, _ session: PreviewSession,
  _ tell: @Sendable (PreviewEvent) -> Void
) async throws {
  // Before the first build, so that what changes during it is heard.
  let tree = WatchTree([environment.path("Content"), environment.path("Templates")])
  while true {
    let start = ContinuousClock.now
    let outcome = await buildReport(environment, options)
    tell(.built(outcome, seconds: (ContinuousClock.now - start) / .seconds(1)))
    await session.publish(outcome)
    while !tree.hasChanges() { try await Task.sleep(for: .milliseconds(40)) }
    // An editor writes several files, or one in several steps: wait until it is quiet.
    for _ in 0..<10 {
      try await Task.sleep(for: .milliseconds(30))
      if !tree.hasChanges() { break }
    }
  }
}

private func makeRequest(_ request: HTTPRequest) -> PreviewRequest {
  PreviewRequest(
    method: request.method.rawValue, path: request.target.path(), query: request.target.query(),
    host: request.headers[.host])
}

private func makeResponse(_ response: PreviewResponse) -> HTTPResponse {
  var headers: HTTPHeaders = [.contentType: response.contentType]
  headers[HTTPHeader("Cache-Control")] = "no-store"
  headers[HTTPHeader("X-Content-Type-Options")] = "nosniff"
  headers[HTTPHeader("Cross-Origin-Resource-Policy")] = "same-origin"
  if let location = response.location { headers[.location] = location }
  return HTTPResponse(
    statusCode: HTTPStatusCode(response.status, phrase: phrase(response.status)), headers: headers,
    body: Data(response.body))
}

private func phrase(_ status: Int) -> String {
  switch status {
  case 200: "OK"
  case 302: "Found"
  case 403: "Forbidden"
  case 404: "Not Found"
  default: "Method Not Allowed"
  }
}
