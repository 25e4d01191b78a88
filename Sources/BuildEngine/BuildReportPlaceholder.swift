import AlmanacCore

/// Builds a report. To be replaced by the stages from reading to writing.
package func buildReport(_ environment: BuildEnvironment, _ options: BuildOptions) async -> BuildOutcome {
  var outcome = BuildOutcome()
  let files = await discoverReport(environment)
  outcome.diagnostics = files.diagnostics
  outcome.sources = files.value.content.map(\.source)
  return outcome
}
