import AlmanacCore
import ArgumentParser
import BuildEngine
import Diagrams
import Localization
import Notation
import ReportModel
import VegaLite
import VegaRuntime

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// `almanac chart`: Vega-Lite specs and diagrams to SVG, outside any report.
struct ChartCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "chart",
    abstract: "Draw Vega-Lite specs and diagrams as SVG, outside any report.",
    discussion: """
      Reads specs in JSON or YAML and writes NAME.svg for NAME.vl.json. A spec's data are inline, or files that its urls \
      name: relative to the spec, and only inside its folder (or --base-dir) or the folder 'data' beside that. Nothing is \
      ever fetched from a network. NAME.diagram.yaml is drawn as a diagram.

      Examples:
        almanac chart bar.vl.json -o charts
        almanac chart --config vega --lang zh-Hans specs/*.vl.json -o charts
        almanac chart - < bar.vl.json > bar.svg
        almanac chart --gallery gallery               the guide's own charts on a page
        almanac chart --gallery gallery specs/*.vl.json
      """)

  @Argument(help: ArgumentHelp("The specs; - for one from standard input.", valueName: "spec"))
  var specs: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder to write to; a single spec goes to standard output without it.", valueName: "folder")
  )
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A folder to write a page to, with each spec as picture and as text; without specs, the guide's charts.",
      valueName: "folder"))
  var gallery: String?

  @Option(help: ArgumentHelp("The folder that data are read from. (default: the spec's own)", valueName: "folder"))
  var baseDir: String?

  @Option(help: ArgumentHelp("How charts look: as Vega draws them, or as a report's do.", valueName: "look"))
  var config = ChartLookChoice.almanac

  @Option(help: ArgumentHelp("The language of numbers, dates and descriptions.", valueName: "tag"))
  var lang = "en"

  @Option(
    help: ArgumentHelp(
      "The zone in which dates without one are read and shown: UTC, an offset such as +08:00, or a place such as Asia/Shanghai.",
      valueName: "zone"))
  var zone = "UTC"

  @Option(
    help: ArgumentHelp(
      "The width in pixels of diagrams and of plots that may be as wide as the page; below 480 as on a phone. (default: 720)",
      valueName: "pixels"))
  var width: Double?

  @Flag(
    help:
      "Keep the report's colours as properties of the page that will hold the picture, so that it follows light and dark; else they are plain."
  )
  var followPage = false

  @Flag(help: "Print the spec with its macro expanded to plain Vega-Lite, as JSON, instead of drawing it.")
  var expand = false

  @Flag(help: "Count warnings as errors.")
  var strict = false

  @Option(
    name: [.customShort("j"), .customLong("jobs")], help: ArgumentHelp("Charts to draw at once.", valueName: "count"))
  var jobs: Int?

  @Option(
    name: .customLong("repeat"),
    help: ArgumentHelp(
      "For measuring: draw each spec so many times, on one thread, and print the times instead of pictures.",
      discussion: "A line of JSON for each spec: medians of wall and processor time in microseconds.",
      valueName: "count")
  )
  var repetitions: Int?

  @Flag(help: "With --repeat: print how long each stage takes too.")
  var timings = false

  @OptionGroup var telling: TellingOptions

  func validate() throws {
    if LanguageTag(lang) == nil { throw ValidationError("'\(lang)' is not a language tag such as en or zh-Hans") }
    if specs.isEmpty, gallery == nil { throw ValidationError("Missing expected argument '<spec> ...'") }
    if gallery != nil, output != nil || expand || repetitions != nil {
      throw ValidationError("--gallery writes a page and nothing else: leave out -o, --expand and --repeat")
    }
    if output == nil, gallery == nil, repetitions == nil, specs.count > 1 {
      throw ValidationError("several specs need a folder to be drawn to: -o FOLDER")
    }
    if let width, !(240...2_000).contains(width) {
      throw ValidationError("--width takes 240 to 2000 pixels, not \(width)")
    }
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256, not \(jobs)") }
    if let repetitions, !(1...100_000).contains(repetitions) {
      throw ValidationError("--repeat takes a number from 1 to 100000, not \(repetitions)")
    }
    if timings, repetitions == nil { throw ValidationError("--timings needs --repeat") }
    if gallery != nil { return }
    let names = specs.map(chartName)
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw ValidationError("'\(specs[twice])' and another spec would both be written to '\(names[twice]).svg'")
    }
  }

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let environment = BuildEnvironment.ofProcess(root: ".", jobs: jobs, keepsResults: false)
    let telling = Telling(options: telling, root: ".")
    guard let zone = zoneRules(named: zone, environment.files) else {
      telling.tell([
        .error("chart.unknown-zone", "'\(zone)' names no zone", hint: "write UTC, +08:00 or Asia/Shanghai")
      ])
      return 2
    }
    if let repetitions {
      for path in specs {
        let timing = ChartTiming.measure(path, repetitions) { draw(path, zone, environment, measures: timings) }
        Terminal.print(timing.json)
      }
      return 0
    }
    if let gallery { return try await writeGallery(to: gallery, zone, environment, telling) }
    if let output {
      do { try environment.files.makeFolder(output) } catch {
        telling.tell([.error("chart.unwritable", "cannot write '\(output)': \(error.phrase)")])
        return 2
      }
    }
    let drawn = try await specs.concurrentMap(width: environment.jobs) { drawOne($0, zone, environment) }
    let diagnostics = drawn.flatMap(\.diagnostics)
    telling.tell(diagnostics, sources: drawn.map(\.value))
    let count = drawn.count { !$0.hasErrors }
    if let output { telling.sayDone("\(output): \(counted(count, "chart")) drawn") }
    return diagnostics.contains { $0.severity == .error || strict } ? 1 : 0
  }

  /// Draws a spec and writes the picture; returns the spec's text, for excerpts.
  private func drawOne(_ path: String, _ zone: TimeZoneRules, _ environment: BuildEnvironment) -> Diagnosed<SourceFile>
  {
    var drawn = draw(path, zone, environment)
    // A file on its own is shown by programs that know no properties.
    if let svg = drawn.svg {
      write(
        followPage || config == .vega ? svg : withLiteralPaints(svg), of: path, environment, &drawn.spec.diagnostics)
    }
    return drawn.spec
  }

  /// Reads a spec and its data and draws it.
  func draw(
    _ path: String, _ zone: TimeZoneRules, _ environment: BuildEnvironment, idPrefix: String? = nil,
    measures: Bool = false
  ) -> DrawnSpec {
    let start = measures ? microseconds(CLOCK_THREAD_CPUTIME_ID) : 0
    var spec = readInput(path, environment)
    guard !spec.hasErrors else { return DrawnSpec(spec) }
    if isDiagram(path) { return drawDiagramFile(spec, path) }
    var options = CompileOptions()
    options.look = config.look
    options.width = width
    // In a report's look, texts may be one for each language, as in a report.
    let plan: Diagnosed<ChartPlan?>
    if config == .vega, !expand {
      plan = compileChart(spec.value, options: options)
    } else {
      let body = localized(spec.value, &spec.diagnostics)
      guard !spec.hasErrors else { return DrawnSpec(spec) }
      if expand {
        Terminal.print(expansion(of: body, options, &spec.diagnostics))
        return DrawnSpec(spec)
      }
      plan = compileChart(body, options: options)
    }
    spec.diagnostics += plan.diagnostics
    guard let plan = plan.value else { return DrawnSpec(spec) }
    let compiled = measures ? microseconds(CLOCK_THREAD_CPUTIME_ID) : 0
    let data = ChartDataFolder(spec: path, base: baseDir, environment)
    var drawing = DrawOptions(language: LanguageTag(lang) ?? .english, zone: zone, width: width)
    drawing.printsTable = false
    if let idPrefix { drawing.idPrefix = idPrefix }
    if measures { drawing.clock = { microseconds(CLOCK_THREAD_CPUTIME_ID) } }
    let drawn = drawChart(plan, load: data.load, options: drawing)
    spec.diagnostics += drawn.diagnostics
    let stages = drawn.value?.times.map { ($0.stage.rawValue, $0.time) } ?? []
    return DrawnSpec(spec, svg: drawn.value?.svg, times: measures ? [("spec", compiled - start)] + stages : [])
  }

  /// A spec with the texts of the language asked for.
  private func localized(_ file: SourceFile, _ diagnostics: inout [Diagnostic]) -> NotationValue {
    let isJSON = file.path.hasSuffix(".json") || file.bytes.first { $0 > 0x20 } == 0x7B
    let parsed = isJSON ? parseJSON(file) : parseYAML(file)
    let language = LanguageTag(lang) ?? .english
    return selectingEdition(
      language, in: parsed.value(reportingTo: &diagnostics),
      editions: [.english, .simplifiedChinese, language])
  }

  /// The spec with its macro expanded, as JSON.
  private func expansion(of spec: NotationValue, _ options: CompileOptions, _ diagnostics: inout [Diagnostic])
    -> [UInt8]
  {
    var writer = JSONWriter(indent: 2)
    writer.value(expandMacro(spec, options: options).value(reportingTo: &diagnostics))
    return writer.bytes + [0x0A]
  }

  /// Draws a `*.diagram.yaml` file; values in it may be typed, since there is no report to bind them to.
  private func drawDiagramFile(_ file: Diagnosed<SourceFile>, _ path: String) -> DrawnSpec {
    var spec = file
    let language = LanguageTag(lang) ?? .english
    let parsed = path.hasSuffix(".json") ? parseJSON(file.value) : parseYAML(file.value)
    let body = selectingEdition(
      language, in: parsed.value(reportingTo: &spec.diagnostics),
      editions: [.english, LanguageTag("zh-Hans"), language].compactMap { $0 })
    guard !spec.hasErrors else { return DrawnSpec(spec) }
    let diagram = readDiagram(body, DiagramSurroundings(language: language, acceptsNumbers: true))
      .value(reportingTo: &spec.diagnostics)
    guard let diagram else {
      if !spec.hasErrors { spec.diagnostics.append(.missingKey("kind", in: body, area: "diagram")) }
      return DrawnSpec(spec)
    }
    let drawing = drawDiagram(
      diagram,
      DiagramOptions(
        language: language, width: width ?? 720, label: body["alt"]?.scalarText ?? body["title"]?.scalarText))
    return DrawnSpec(spec, svg: drawing.svg)
  }

  private func write(
    _ svg: [UInt8], of path: String, _ environment: BuildEnvironment, _ diagnostics: inout [Diagnostic]
  ) {
    guard let output else { return Terminal.print(svg) }
    let target = joinPath(output, chartName(path) + ".svg")
    do { try environment.files.write(svg, to: target) } catch {
      diagnostics.append(.error("chart.unwritable", "cannot write '\(target)': \(error.phrase)"))
    }
  }
}

/// A spec and what became of it.
struct DrawnSpec {
  /// The spec's text, for excerpts, and all that was found to say.
  var spec: Diagnosed<SourceFile>
  var svg: [UInt8]?
  /// Microseconds of each stage, if they were measured.
  var times: [(stage: String, time: Double)]

  init(_ spec: Diagnosed<SourceFile>, svg: [UInt8]? = nil, times: [(stage: String, time: Double)] = []) {
    (self.spec, self.svg, self.times) = (spec, svg, times)
  }
}

enum ChartLookChoice: String, ExpressibleByArgument, CaseIterable {
  case vega, almanac

  var look: ChartLook { self == .vega ? .vega : .almanac }
}

private func isDiagram(_ path: String) -> Bool {
  [".diagram.yaml", ".diagram.yml", ".diagram.json"].contains { path.hasSuffix($0) }
}

/// Returns `bar` for `specs/bar.vl.json`.
func chartName(_ path: String) -> String {
  if path == "-" { return "chart" }
  var name = path.split(separator: "/").last.map(String.init) ?? path
  for ending in [".json", ".yaml", ".yml", ".vl", ".vg", ".diagram"]
  where name.hasSuffix(ending) && name.count > ending.count {
    name.removeLast(ending.count)
  }
  return name
}
