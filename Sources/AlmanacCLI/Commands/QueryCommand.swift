import AlmanacCore
import ArgumentParser
import BuildEngine
import Datasets
import ReportModel

/// `almanac query`: the report's data, asked in SQL.
struct QueryCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the report's data in SQL.",
    discussion: """
      Every dataset is a table, and the ledger is the table 'facts'; queries in Content/queries/ are views. name(key) and \
      unit(key) answer in the language of an edition. Queries can only read.

      Examples:
        almanac query facts
        almanac query "SELECT name(entity) AS who, value FROM facts WHERE metric = 'genai-users'"
        almanac query --format csv --lang zh-Hans "SELECT * FROM arena ORDER BY elo DESC"
        almanac query --tables
      """)

  @Argument(
    help: ArgumentHelp("A query, or the name of a table or view; - reads it from standard input.", valueName: "sql"))
  var sql: String?

  @Flag(help: "List the tables and their columns.")
  var tables = false

  @Option(help: ArgumentHelp("How to print the rows.", valueName: "form"))
  var format = RowFormat.table

  @Option(help: ArgumentHelp("The edition in whose language names are given. (default: the first)", valueName: "tag"))
  var lang: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var telling: TellingOptions

  func validate() throws {
    if (sql == nil) != tables { throw ValidationError("give one query, or --tables") }
    if let lang, LanguageTag(lang) == nil {
      throw ValidationError("'\(lang)' is not a language tag such as en or zh-Hans")
    }
  }

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let environment = report.environment(interruption)
    let telling = Telling(options: telling, root: environment.root)
    if let missing = missingReport(environment) {
      telling.tell([missing])
      return 2
    }
    let files = await discoverReport(environment)
    let texts = files.value.content.map(\.source)
    let editions = readEditions(texts)
    let data = readData(dataFiles(of: texts), editions: editions, sources: nil)
    let image = makeDatabaseImage(of: data.value)
    guard let sql else {
      Terminal.print(describeTables(data.value))
      return 0
    }
    let language = lang.flatMap { LanguageTag($0) } ?? editions[0]
    let asked = sql == "-" ? String(decoding: Terminal.readStandardInput(), as: UTF8.self) : sql
    let query = QueryText(asked, path: "query", origin: SourceLocation(line: 1, column: 1))
    let run = runQueries([query], views: namedQueries(texts), in: image, language: language)
    // What is wrong with data that were not asked for is no business of a query's.
    let diagnostics =
      run.results[0].diagnostics + (run.results[0].value == nil ? run.viewDiagnostics + data.diagnostics : [])
    telling.tell(diagnostics, sources: texts + [SourceFile(path: "query", text: asked)])
    guard let result = run.results[0].value else { return 1 }
    Terminal.print(format.print(result))
    return diagnostics.contains { $0.severity == .error } ? 1 : 0
  }

  private func readEditions(_ texts: [SourceFile]) -> [LanguageTag] {
    let file = texts.first { $0.path == "Content/report.yaml" }
    let editions = file.map { readConfiguration($0).value.editions } ?? []
    return editions.isEmpty ? [.english] : editions
  }
}

/// Returns the files of `Content/data` by their part in the report's data.
func dataFiles(of texts: [SourceFile]) -> DataFiles {
  var files = DataFiles()
  let folder = "Content/data/"
  for file in texts where file.path.hasPrefix(folder) {
    switch file.path.dropFirst(folder.count) {
    case "facts.csv": files.facts = file
    case "names.yaml": files.names = file
    case "datapackage.yaml", "datapackage.json": files.package = file
    case "conflicts.yaml": files.conflicts = file
    case let name where name.hasSuffix(".csv") || name.hasSuffix(".json"): files.datasets[String(name)] = file
    default: break
    }
  }
  return files
}

/// Returns the queries of `Content/queries`, named as their files.
private func namedQueries(_ texts: [SourceFile]) -> [NamedQuery] {
  let folder = "Content/queries/"
  return texts.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(".sql") }.map { file in
    NamedQuery(
      name: String(file.path.dropFirst(folder.count).dropLast(4)),
      nameSpan: SourceSpan(path: file.path, line: 1, column: 1),
      text: QueryText(file.text, path: file.path, origin: SourceLocation(line: 1, column: 1)))
  }
}

private func describeTables(_ data: ReportData) -> String {
  var text = "facts: id, metric, entity, region, period, value, unit, kind, source, locator, printed, note\n"
  for dataset in data.datasets {
    text +=
      "\(dataset.name): \(dataset.columns.map(\.name).joined(separator: ", "))  (\(counted(dataset.rowCount, "row")))\n"
  }
  return text
}
