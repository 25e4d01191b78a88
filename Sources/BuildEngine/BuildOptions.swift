package import AlmanacCore
package import SiteRendering
package import Datasets

/// What the author asked of a build.
package struct BuildOptions: Sendable, Hashable {
  /// Where pages go; `nil` for `Output` in the report's folder.
  package var output: String?
  /// Replaces `baseURL` of report.yaml.
  package var baseURL: String?
  /// The folder with the sources' texts, against which `printed` and `locator` are checked.
  package var sources: String?
  /// Warnings count as errors.
  package var strict = false
  /// The earlier edition that a page compares the report with; `nil` for no such page.
  package var since: EarlierReport?
  /// Does everything but write: `almanac check`.
  package var isDryRun = false

  package init() {}
}

/// What a build did and found.
package struct BuildOutcome: Sendable {
  /// Sorted; one cause may still be told on several pages.
  package var diagnostics: [Diagnostic] = []
  /// Whether `Output` now holds this build's pages.
  package var isPublished = false
  package var written: [String] = []
  package var removed: [String] = []
  package var unchangedCount = 0
  package var pageCount = 0
  /// Stage and seconds, in the order in which stages ran. For people; nothing in `Output` depends on it.
  package var timings: [(stage: String, seconds: Double)] = []
  /// The bytes of report.json; empty when the build did not come so far.
  package var report: [UInt8] = []
  /// How many rows were proven against the sources' texts; `nil` when that was not asked for.
  package var proof: ProofCount?
  /// The files that diagnostics point into, for excerpts.
  package var sources: [SourceFile] = []

  package init() {}
}

extension BuildOutcome {
  /// 0 fine, 1 errors (under `strict`, warnings too).
  package func exitCode(strict: Bool) -> Int32 {
    diagnostics.contains { $0.severity == .error || strict } ? 1 : 0
  }
}

extension BuildEnvironment {
  /// Where a build with these options puts its pages.
  package func outputPath(_ options: BuildOptions) -> String { options.output ?? path("Output") }
}
