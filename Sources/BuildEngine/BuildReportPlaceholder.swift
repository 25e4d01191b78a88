import AlmanacCore

/// Builds a report. Stands in until the stages from reading to rendering are there: a page is its chapter's text.
package func buildReport(_ environment: BuildEnvironment, _ options: BuildOptions) async -> BuildOutcome {
  var outcome = BuildOutcome()
  do {
    let lock = try await lockReport(environment)
    defer { withExtendedLifetime(lock) {} }
    outcome.diagnostics += lock.diagnostics
    if lock.hasErrors { return outcome }
    let report = await discoverReport(environment)
    outcome.diagnostics += report.diagnostics
    outcome.sources = report.value.content.map(\.source)
    let pages = report.value.content.filter { $0.path.hasSuffix(".md") }.map { file in
      OutputFile(String(file.path.dropFirst("Content/".count).dropLast(2)) + "html", bytes: file.bytes)
    }
    outcome.pageCount = pages.count
    if options.isDryRun || outcome.exitCode(strict: options.strict) != 0 { return outcome }
    let folder = environment.outputPath(options)
    recoverOutput(folder, environment)
    let changes = try await applyOutput(pages, over: await OutputState.read(folder, environment), in: environment)
    outcome.diagnostics += changes.diagnostics
    outcome.written = changes.value.written
    outcome.removed = changes.value.removed
    outcome.unchangedCount = changes.value.unchangedCount
    outcome.isPublished = !changes.hasErrors
  } catch {
    outcome.diagnostics.append(.error("build.cancelled", "the build was cut off"))
  }
  return outcome
}
