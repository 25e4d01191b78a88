import AlmanacCore
import ArgumentParser
import BuildEngine
import Datasets
import Localization
import ReportModel
import SiteRendering

/// `almanac explain`: where a number comes from, where it is used, and what disagrees with it.
struct ExplainCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say where a number comes from, where it is used, and what it conflicts with.",
    discussion: """
      Names the fact's source and the line where it is printed, the rows that say otherwise and what was decided, every place in \
      the chapters that shows it by itself or computes with it, and every page on which a table or chart draws it.

      Examples:
        almanac explain genai-users.cn.2025-06
        almanac explain --format json genai-users.cn.2025-06 | jq '.pages[]'
      """)

  @Argument(help: ArgumentHelp("The id of a row of the ledger.", valueName: "fact"))
  var fact: String

  @Option(help: ArgumentHelp("How to write it.", valueName: "form"))
  var format = ExplanationFormat.text

  @OptionGroup var report: ReportOptions
  @OptionGroup var telling: TellingOptions

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let environment = report.environment(interruption)
    let telling = Telling(options: telling, root: environment.root)
    if let missing = missingReport(environment) {
      telling.tell([missing])
      return 2
    }
    let texts = await discoverReport(environment).value.content.map(\.source)
    let configuration = texts.first { $0.path == "Content/report.yaml" }.map { readConfiguration($0).value }
    let editions = configuration?.editions ?? [.english]
    let data = readData(dataFiles(of: texts), editions: editions, sources: nil).value
    guard let found = data.ledger[fact] else {
      let hint = closestMatch(to: fact, among: data.ledger.ids).map { "did you mean '\($0)'?" }
      telling.tell([.error("explain.unknown-fact", "no fact named '\(fact)'", hint: hint)])
      return 2
    }
    // Which pages draw it only a build knows; nothing is written.
    var options = BuildOptions()
    options.isDryRun = true
    let outcome = await buildReport(environment, options)
    let record = readRecord(SourceFile(path: "report.json", bytes: outcome.report)).value
    let explanation = Explanation(
      of: found, data: data, language: editions.first ?? .english, places: placesOfBoundNumbers(fact, texts, editions),
      references: texts.first { $0.path == "Content/references.yaml" }.map {
        readReferences($0, editions: editions).value
      }
        ?? [], pages: record?.facts.first { $0.id == fact }?.pages ?? [])
    Terminal.print(format == .json ? explanation.json : explanation.text)
    return 0
  }
}

enum ExplanationFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// Returns every bound number of the chapters that names a fact: where it stands, as written, and whether it computes.
private func placesOfBoundNumbers(_ id: String, _ texts: [SourceFile], _ editions: [LanguageTag]) -> [Explanation.Place]
{
  let chapters = texts.filter { file in
    file.path.hasSuffix(".md") && editions.contains { file.path.hasPrefix("Content/\($0)/") }
  }
  return chapters.flatMap { file in
    readChapter(file).value.boundNumbers.compactMap { number -> Explanation.Place? in
      guard let expression = number.value.expression, expression.facts.contains(where: { $0.id == id }) else {
        return nil
      }
      var isDerived = true
      if case .fact = expression.content { isDerived = false }
      return Explanation.Place(span: number.span, isDerived: isDerived, facts: expression.facts.map(\.id))
    }
  }
}
