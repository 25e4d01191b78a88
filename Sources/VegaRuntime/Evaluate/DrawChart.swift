public import AlmanacCore
public import Localization
public import VegaLite

/// How a plan is drawn.
public struct DrawOptions: Sendable {
  /// The language of numbers, dates and of the generated description.
  public var language: LanguageTag
  /// The zone in which dates without one are read and shown.
  public var zone: TimeZoneRules
  /// The width of the whole picture, for plots that may be as wide as the page.
  public var width: Double?
  /// Before every id, so that pictures can share a page.
  public var idPrefix: String
  /// The chart's title for assistive technology, where the page knows a better one than the spec.
  public var title: String?
  /// Lines below the chart, for a picture that leaves its page: where the data come from.
  public var footer: [String] = []
  /// Paints of what has one colour everywhere, by the key or the name that data have for it; for scales with the look's own
  /// colours.
  public var entityPaints = ["cn": ChartPalette.chinaPaint, "us": ChartPalette.usPaint]
  /// Whether the drawing's table is wanted: printing every value takes as long as drawing it.
  public var printsTable = true
  public var limits = ChartLimits()
  /// What the time of each stage is measured with, in any unit; nothing is measured without it.
  public var clock: (@Sendable () -> Double)?

  public init(
    language: LanguageTag = .english, zone: TimeZoneRules = .utc, width: Double? = nil, idPrefix: String = "chart-",
    title: String? = nil
  ) {
    self.language = language
    self.zone = zone
    self.width = width
    self.idPrefix = idPrefix
    self.title = title
  }
}

/// How much a chart may hold before it is refused.
public struct ChartLimits: Sendable, Hashable {
  public var rows = 1_000_000
  public var marks = 500_000
  public var facets = 5_000
  /// Parts of expressions evaluated, over all rows.
  public var steps = 1_000_000_000
  /// Bytes of one text that an expression makes.
  public var textBytes = 1 << 20
  public init() {}
}

/// A drawn chart.
public struct ChartDrawing: Sendable {
  /// UTF-8 of a whole SVG document.
  public var svg: [UInt8]
  /// In pixels.
  public var width: Double
  public var height: Double
  public var title: String
  /// What the data say, in a sentence or two.
  public var description: String
  /// What is drawn, for readers who do not see it: the fields of the marks with their titles and printed values; empty
  /// where the options do not ask for it.
  public var table: ChartTable
  /// How long each stage took, in the unit of the options' clock; empty without one.
  public var times: [(stage: DrawingStage, time: Double)] = []
}

/// Columns with titles and rows of printed values.
public struct ChartTable: Sendable, Hashable {
  public var columns: [String]
  /// As readers see them: `3.07 billion`.
  public var rows: [[String]]
  /// The same for programs, parallel to `rows`: numbers with all their digits and nothing else.
  public var plainRows: [[String]]
  /// Parallel to `rows`: rows of the source table, where a row of the picture is one; else -1.
  public var origins: [Int32]
  public init(
    columns: [String] = [], rows: [[String]] = [], plainRows: [[String]]? = nil, origins: [Int32] = []
  ) {
    self.columns = columns
    self.rows = rows
    self.plainRows = plainRows ?? rows
    self.origins = origins
  }
}

/// Draws a chart: tables, then scales, then marks and guides, then layout, then SVG.
///
/// - Parameters:
///   - data: tables for the names that the spec gives to sources without giving their rows, or for its urls.
///   - load: bytes of what a spec's `url` names, or `nil`; the caller decides what may be read.
/// - Returns: `nil` with diagnostics where nothing can be drawn.
public func drawChart(
  _ plan: ChartPlan, data: [String: DataTable] = [:], load: @escaping (String) -> SourceFile? = { _ in nil },
  options: DrawOptions = DrawOptions()
) -> Diagnosed<ChartDrawing?> {
  let run = ChartRun(plan: plan, named: data, load: load, options: options)
  let drawing = run.draw()
  guard run.unread.contains(where: \.wereAskedFor) else { return Diagnosed(drawing, run.diagnostics) }
  let whole = ChartRun(plan: plan, named: data, load: load, options: options, readsAllColumns: true)
  let redrawn = whole.draw()
  return Diagnosed(redrawn, whole.diagnostics)
}

/// Draws a Vega-Lite spec in JSON or YAML: text in, SVG out.
///
/// What is not supported or wrong is told with its place in the text. A spec that can be drawn in part is drawn with errors
/// told, so ask the diagnostics whether the picture is good.
///
/// - Parameters:
///   - spec: its path names it in diagnostics and, by `.json`, its notation; nothing is read from the disk.
///   - look: Vega-Lite's own, or that of Almanac's reports.
///   - data: tables for the names that the spec gives to sources without giving their rows, or for its urls.
///   - load: bytes of what the spec's `url` names, or `nil`; the caller decides what may be read.
/// - Returns: `nil` with diagnostics where nothing can be drawn.
public func drawChart(
  _ spec: SourceFile, look: ChartLook = .vega, data: [String: DataTable] = [:],
  load: @escaping (String) -> SourceFile? = { _ in nil }, options: DrawOptions = DrawOptions()
) -> Diagnosed<ChartDrawing?> {
  let compiled = compileChart(spec, options: CompileOptions(look: look, width: options.width))
  guard let plan = compiled.value else { return Diagnosed(nil, compiled.diagnostics) }
  let drawn = drawChart(plan, data: data, load: load, options: options)
  return Diagnosed(drawn.value, compiled.diagnostics + drawn.diagnostics)
}
