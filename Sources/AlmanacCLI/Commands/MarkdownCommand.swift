import AlmanacCore
import ArgumentParser
import BuildEngine
import MarkdownTree
import Notation
import SiteRendering

/// `almanac markdown`: one file to a fragment of HTML.
struct MarkdownCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "markdown",
    abstract: "Print the HTML of a Markdown file.",
    discussion: """
      Reads GitHub-flavoured Markdown and prints the fragment that stands for it, without a page around it: what the \
      GFM specification shows, so that anyone can compare. What needs a report (bound numbers, figures, citations) \
      stays as written.

      Raw HTML is left out and addresses that could run a script are dropped, as in a report; --unsafe lets both through.

      Examples:
        almanac markdown chapter.md
        echo '| a | b |' | almanac markdown -
      """)

  @Argument(help: ArgumentHelp("The file, or - for standard input.", valueName: "file"))
  var file: String

  @Flag(help: "Let raw HTML and every address through.")
  var unsafe = false

  @Flag(
    name: .customLong("report-style"),
    help: "Write it as pages of a report have it: without front matter, with ids, callouts and classes.")
  var isReportStyle = false

  @OptionGroup var telling: TellingOptions

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let telling = Telling(options: telling, root: ".")
    let source = readInput(file, BuildEnvironment.ofProcess(root: "."))
    guard !source.hasErrors else {
      telling.tell(source.diagnostics, sources: [source.value])
      return 2
    }
    let start = isReportStyle ? splitFrontMatter(source.value).value.bodyRange.lowerBound : 0
    var options = MarkdownOptions()
    options.allowsRawHTML = unsafe
    options.dropsUnsafeAddresses = !unsafe
    if !isReportStyle { options.extensions.remove(.chineseEmphasis) }
    let tree = parseMarkdown(source.value, from: start, options: options)
    var html = isReportStyle ? MarkdownHTMLOptions() : .plainGFM
    html.allowsRawHTML = unsafe
    html.allowsUnsafeAddresses = unsafe
    Terminal.print(renderMarkdown(tree.value, options: html))
    telling.tell(tree.diagnostics, sources: [source.value])
    return tree.hasErrors ? 1 : 0
  }
}
