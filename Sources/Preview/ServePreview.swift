private import AlmanacCore
package import BuildEngine

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
  let server = try await LoopbackServer(port: options.port)
  tell(.listening(port: server.port))
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run { await site.answer($0) } }
    group.addTask { try await rebuildOnChange(environment, options.building, session, tell) }
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
