internal import AlmanacCore
internal import Localization
internal import VegaLite

/// The state of one drawing: tables made so far, variables, bins.
final class ChartRun {
  let plan: ChartPlan
  let named: [String: DataTable]
  let load: (String) -> SourceFile?
  let options: DrawOptions
  let locale: FormatLocale
  var diagnostics: [Diagnostic] = []
  var tables: [DataTable?]
  var signals: [String: Value] = [:]
  var bins: [String: BinSpan] = [:]
  var projections: [String: Projection] = [:]
  var geoShapes = GeoShapeCache()
  /// Those that are being fitted: their shapes cannot wait for them.
  var projectionsInWork: Set<String> = []
  var gradients: [GradientPaint] = []
  var hatches: [HatchPaint] = []
  var forecastsSeen: Set<ForecastSeen> = []
  /// Of the parts of a composition that want the width of what holds them, in pixels, once it is known.
  var partWidth: Double?
  var markCount = 0
  /// The columns that a spec may need of its files; `nil` to read them all.
  let mentioned: MentionedColumns?
  var unread: [UnreadColumns] = []
  /// Tables parted by facet, by step.
  var partitions: [String: [String: DataTable]] = [:]
  var isChinese: Bool { options.language.isChinese }
  var documentWidth: Double?
  /// Only where somebody asked how long the stages take.
  let meter: StageMeter?
  let budget: ExpressionBudget

  init(
    plan: ChartPlan, named: [String: DataTable], load: @escaping (String) -> SourceFile?, options: DrawOptions,
    readsAllColumns: Bool = false
  ) {
    self.plan = plan
    mentioned = readsAllColumns || plan.words.isEmpty ? nil : MentionedColumns(words: plan.words)
    self.named = named
    self.options = options
    self.load = load
    meter = options.clock.map { StageMeter($0) }
    budget = ExpressionBudget(steps: options.limits.steps, textBytes: options.limits.textBytes)
    let own = options.language.isChinese ? FormatLocale(number: .chinese, time: .chinese) : .english
    locale = plan.config["locale"]?.objectValue.map(own.merged) ?? own
    tables = [DataTable?](repeating: nil, count: plan.data.count)
  }

  /// What expressions see apart from their row; scales are added where a view has them.
  func scope(_ view: ViewScope? = nil) -> ExpressionScope {
    var signals = self.signals
    if let view {
      signals["width"] = .number(view.width)
      signals["height"] = .number(view.height)
    } else {
      // Transforms see the size of the whole plot where the spec gives it.
      if case .fixed(let width)? = plan.root.width { signals["width"] = .number(width) }
      if case .fixed(let height)? = plan.root.height { signals["height"] = .number(height) }
    }
    var scope = ExpressionScope(signals: signals, zone: options.zone, locale: locale)
    scope.projections = projections
    scope.budget = budget
    if let view {
      let scales = view.allScales()
      scope.lookups.scale = { name, value in scales[name]?.apply(value) ?? .undefined }
      scope.lookups.bandwidth = { name in scales[name]?.bandwidth ?? 0 }
      scope.lookups.domain = { name in scales[name]?.domainValues ?? [] }
      scope.lookups.range = { name in scales[name]?.rangeValues ?? [] }
      scope.lookups.invert = { name, value in scales[name]?.invert(value) ?? .undefined }
    }
    return scope
  }

  func warn(_ code: String, _ message: String) {
    let diagnostic = Diagnostic.warning(code, message, at: plan.span)
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  func fail(_ code: String, _ message: String, hint: String? = nil) {
    let diagnostic = Diagnostic.error(code, message, at: plan.span, hint: hint)
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  /// Tells of expressions that cost more than they may.
  func tellOfBudget() {
    if budget.isSpent {
      fail(
        "expression.too-costly", "the chart's expressions take more than \(budget.steps) steps",
        hint: "filter or aggregate the rows first")
    }
    if budget.refusedText {
      fail("expression.text-too-long", "an expression makes a text of more than \(budget.textBytes) bytes")
    }
    if budget.gaveUpSearch {
      warn(
        "expression.search-given-up",
        "a regular expression was given up after \(RegularExpression.budget) steps and counts as finding nothing")
    }
  }

  func number(_ reference: ValueReference?, _ view: ViewScope? = nil) -> Double? {
    guard let value = value(reference, view) else { return nil }
    let number = value.asNumber
    return number.isNaN ? nil : number
  }

  func value(_ reference: ValueReference?, _ view: ViewScope? = nil) -> Value? {
    switch reference {
    case nil: nil
    case .value(let value)?: value
    case .expression(let expression)?: evaluate(expression, scope: scope(view))
    }
  }
}

/// A plot while it is drawn: its size, its scales, and which rows are its own.
final class ViewScope {
  let plan: GroupPlan
  let parent: ViewScope?
  var width: Double = 0
  var height: Double = 0
  var scales: [String: RuntimeScale] = [:]
  /// Facet fields and this cell's values of them.
  var cell: [(field: FieldPath, value: Value)] = []

  init(_ plan: GroupPlan, parent: ViewScope?) {
    self.plan = plan
    self.parent = parent
    cell = parent?.cell ?? []
    width = parent?.width ?? 0
    height = parent?.height ?? 0
  }

  func scale(_ name: String) -> RuntimeScale? { scales[name] ?? parent?.scale(name) }

  func allScales() -> [String: RuntimeScale] {
    (parent?.allScales() ?? [:]).merging(scales) { $1 }
  }
}
