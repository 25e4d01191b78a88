import ArgumentParser
import BuildEngine

/// `almanac` itself: what it is for, and its commands.
struct AlmanacCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "almanac",
    abstract: "Turn Markdown chapters and data into a report site whose every number knows its source.",
    discussion: """
      A report is a folder with Content/ in it: chapters in one or more languages, a ledger of facts, datasets and \
      their sources. Almanac draws the tables and charts, binds the numbers in the text to the ledger, and writes pages that \
      need no server and no script.

      Start here:
        almanac init my-report           a report that explains itself, every feature beside its source
        almanac serve --root my-report   look at it while you write
        almanac build --root my-report   write my-report/Output

      Exit codes: 0 fine, 1 the report has errors (with --strict, warnings too), 2 wrong usage.
      """,
    version: almanacVersion,
    subcommands: [
      BuildCommand.self, CheckCommand.self, ServeCommand.self, InitCommand.self, CleanCommand.self,
      DiffCommand.self, ExplainCommand.self, ChartCommand.self, QueryCommand.self, MarkdownCommand.self,
    ])
}
