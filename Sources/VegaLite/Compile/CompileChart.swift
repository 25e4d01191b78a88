public import AlmanacCore
public import Notation

/// How a spec is compiled.
public struct CompileOptions: Sendable, Hashable {
  public var look: ChartLook = .almanac
  /// The width of the column that a chart is drawn for; replaces the width of plots that have one place for it.
  public var width: Double?
  /// What readers know fields by, where the spec gives them no title.
  public var fieldTitles: [String: String] = [:]
  public init(look: ChartLook = .almanac, width: Double? = nil) {
    self.look = look
    self.width = width
  }
}

/// Compiles a Vega-Lite spec to a plan.
///
/// The spine, with a file for each phase: 1. decode the spec, 2. normalise it to the core of the language, 3. build the model
/// and fill in what is left out, 4. parse data, scales, guides and marks of each view, from the leaves upwards,
/// 5. assemble the plan. Data are never seen.
public func compileChart(_ spec: NotationValue, options: CompileOptions = CompileOptions()) -> Diagnosed<ChartPlan?> {
  let expanded = expandMacro(spec, options: options)
  let spec = expanded.value
  var decoder = SpecDecoder()
  decoder.diagnostics = expanded.diagnostics
  guard let view = decoder.view(spec) else { return Diagnosed(nil, decoder.diagnostics) }
  decoder.checkConfig(spec["config"])
  decoder.checkValues(spec, "", .top)
  decoder.check(spec["autosize"], "autosize", allowed: ["type", "contains", "resize"], .autosize)
  decoder.diagnostics += checkParameters(of: spec)
  var config = Config(look: options.look)
  config.fieldTitles = options.fieldTitles
  if let own = spec["config"].flatMap({ Value($0).objectValue }) { config = config.merged(with: own) }
  let schema = spec["$schema"]?.string ?? ""
  if options.look == .vega, schema.hasSuffix("/v5.json") || schema.contains("/v5.") {
    // The default size of a plot is all that changed between versions 5 and 6.
    let own = spec["config"]?["view"]
    var size = ValueObject()
    if own?["continuousWidth"] == nil { size["continuousWidth"] = .number(300) }
    if own?["continuousHeight"] == nil { size["continuousHeight"] = .number(300) }
    config = config.merged(with: ValueObject(["view": .object(size)]))
  }
  var normalizer = Normalizer(config: config)
  let normalized = normalizer.normalize(view)
  let compiler = ChartCompiler(config: config, options: options)
  compiler.diagnostics = decoder.diagnostics + normalizer.diagnostics
  compiler.datasets = Value(spec["datasets"] ?? NotationValue(.null, at: spec.span)).objectValue
  compiler.namesSeriesInPlot = spec["usermeta"]?["almanac"]?["labels"] != nil
  var plan = compiler.compile(normalized, top: spec)
  plan.words = textsOf(spec)
  plan.addOverlays(of: spec, to: &compiler.diagnostics)
  return Diagnosed(plan, compiler.diagnostics)
}

/// All texts of a spec, a line each; not those of data that stand in it.
private func textsOf(_ spec: NotationValue) -> [UInt8] {
  var words: [UInt8] = []
  func add(_ value: NotationValue) {
    switch value.content {
    case .string(let text):
      words.append(contentsOf: text.utf8)
      words.append(0x0A)
    case .array(let values): for value in values { add(value) }
    case .object(let members):
      for member in members where member.key != "datasets" && member.key != "data" {
        words.append(contentsOf: member.key.utf8)
        words.append(0x0A)
        add(member.value)
      }
      if let data = value["data"] {
        // A url's format names columns; a lookup's data are those of another view.
        for part in data.object ?? [] where part.key != "values" { add(part.value) }
      }
    default: break
    }
  }
  add(spec)
  return words
}

/// Reads a spec in JSON or YAML and compiles it.
public func compileChart(_ file: SourceFile, options: CompileOptions = CompileOptions()) -> Diagnosed<ChartPlan?> {
  let isJSON = file.path.hasSuffix(".json") || file.bytes.first { $0 > 0x20 } == 0x7B
  let parsed = isJSON ? parseJSON(file) : parseYAML(file)
  if parsed.hasErrors { return Diagnosed(nil, parsed.diagnostics) }
  let compiled = compileChart(parsed.value, options: options)
  return Diagnosed(compiled.value, parsed.diagnostics + compiled.diagnostics)
}

/// The state of one compilation.
final class ChartCompiler {
  let config: Config
  let options: CompileOptions
  var diagnostics: [Diagnostic] = []
  var steps: [DataStep] = []
  var signals: [SignalPlan] = []
  var selections: [String: ParameterDefinition] = [:]
  /// For each selection, the field that each of its encodings stands for.
  var selectionFieldTable: [String: [String: String]] = [:]
  /// For each selection, the table of the marks that it selects.
  var selectedTables: [String: Int] = [:]
  /// Whether direct labels take the place of legends.
  var namesSeriesInPlot = false
  var datasets: ValueObject?
  var sourceSteps: [Int] = []
  /// Data that views gave a name, for views after them.
  var namedData: [String: DataDefinition] = [:]
  var scaleNames: Set<String> = []
  var projections: [String: ProjectionPlan] = [:]

  init(config: Config, options: CompileOptions) {
    self.config = config
    self.options = options
  }

  func compile(_ view: ViewSpecification, top: NotationValue) -> ChartPlan {
    collectParameters(view)
    for parameter in config["params"]?.arrayValue ?? [] {
      if let name = parameter.member("name").stringValue {
        addSignal(
          ParameterDefinition(
            name: name, value: parameter.member("value").isPresent ? parameter.member("value") : nil,
            expression: parameter.member("expr").stringValue))
      }
    }
    let root = build(view, name: view.common.name ?? "", parent: nil, width: nil, height: nil)
    addSelectionSignals()
    shareScaleTypes(root)
    parseData(root, parentStep: nil)
    parseScales(root)
    parseGuides(root)
    var plan = ChartPlan(root: assemble(root, isTop: true), config: config)
    plan.data = steps
    plan.signals = signals
    plan.background = (top["background"].map { Value($0) } ?? config["background"]).map(reference)
    plan.padding = top["padding"].map { Value($0) } ?? config["padding"] ?? .number(5)
    plan.autosize = autosize(root, top)
    plan.description = view.common.description
    plan.span = top.span
    for step in steps {
      if case .source(let data) = step.operation {
        if case .url(let url) = data.source, !plan.urls.contains(url) { plan.urls.append(url) }
        if case .named(let name) = data.source, !plan.namedSources.contains(name) { plan.namedSources.append(name) }
      }
    }
    return plan
  }

  /// https://github.com/vega/vega-lite/blob/main/src/compile/compile.ts (`getTopLevelProperties`)
  private func autosize(_ root: ViewModel, _ top: NotationValue) -> AutosizePlan {
    let isPlot = root.isUnit || root.isLayer
    let fillsX = isPlot && root.givenWidth?.stringValue == "container"
    let fillsY = isPlot && root.givenHeight?.stringValue == "container"
    var kind = fillsX && fillsY ? "fit" : fillsX ? "fit-x" : fillsY ? "fit-y" : "pad"
    var plan = AutosizePlan()
    plan.countsPadding = fillsX || fillsY
    for given in [config["autosize"], top["autosize"].map { Value($0) }] {
      if let name = given?.stringValue ?? given?.member("type").stringValue { kind = name }
      if let contains = given?.member("contains").stringValue { plan.countsPadding = contains == "padding" }
    }
    if kind == "fit", !isPlot {
      warn("chart.fit-of-many", "'autosize' of type 'fit' is for a single plot", at: top.span)
      return plan
    }
    plan.isNone = kind == "none"
    // What grows by steps does not fit a size.
    func grows(_ channel: Channel) -> Bool {
      guard isPlot else { return false }
      return switch size(channel, root) {
      case .step, .nestedStep: true;
      default: false
      }
    }
    plan.fitsWidth = (kind == "fit" || kind == "fit-x") && !grows(.x)
    plan.fitsHeight = (kind == "fit" || kind == "fit-y") && !grows(.y)
    return plan
  }

  private func collectParameters(_ view: ViewSpecification) {
    for parameter in view.common.parameters {
      if parameter.selection != nil { selections[parameter.name] = parameter } else { addSignal(parameter) }
    }
    switch view {
    case .unit: break
    case .layer(_, _, let children), .concat(_, _, let children): for child in children { collectParameters(child) }
    case .facet(_, _, let child), .repeated(_, _, let child): collectParameters(child)
    }
  }

  /// Makes selections known to expressions, before the variables that may ask for them.
  private func addSelectionSignals() {
    let names = selections.keys.sorted().filter { name in !signals.contains { $0.name == name } }
    signals.insert(
      contentsOf: names.map { SignalPlan(name: $0, value: nil, expression: expression(selectionText($0))) }, at: 0)
  }

  private func addSignal(_ parameter: ParameterDefinition) {
    guard !signals.contains(where: { $0.name == parameter.name }) else { return }
    signals.append(
      SignalPlan(
        name: parameter.name, value: parameter.value,
        expression: parameter.expression.flatMap { expression($0) }))
  }

  /// Parses an expression of the author's, noting what is wrong with it.
  func expression(_ text: String, at span: SourceSpan? = nil) -> Expression? {
    let parsed = parseExpression(text, at: span ?? SourceSpan(path: "", line: 1, column: 1))
    diagnostics += parsed.diagnostics
    return parsed.value
  }

  /// A value of a spec, which may be `{"expr": …}`.
  func reference(_ value: Value) -> ValueReference {
    if case .object(let object) = value, let text = (object["expr"] ?? object["signal"])?.stringValue,
      let parsed = expression(text)
    {
      return .expression(parsed)
    }
    return .value(value)
  }

  func encodeReference(_ value: Value) -> EncodeReference {
    switch reference(value) {
    case .value(let value): .value(value)
    case .expression(let expression): .expression(expression)
    }
  }

  func warn(_ code: String, _ message: String, at span: SourceSpan?, hint: String? = nil) {
    diagnostics.append(.warning(code, message, at: span, hint: hint))
  }

  // MARK: Building the model

  private func build(_ view: ViewSpecification, name: String, parent: ViewModel?, width: Value?, height: Value?)
    -> ViewModel
  {
    switch view {
    case .unit(let common, let mark, let encoding):
      let model = ViewModel(.unit, common, name: name, parent: parent)
      model.givenWidth = common.width ?? width
      model.givenHeight = common.height ?? height
      initialize(model, mark, encoding)
      return model
    case .layer(let common, _, let children):
      let model = ViewModel(.layer, common, name: name, parent: parent)
      model.givenWidth = common.width ?? width
      model.givenHeight = common.height ?? height
      model.children = children.enumerated().map { index, child in
        build(
          child, name: child.common.name.map { $0 } ?? model.named("layer_\(index)"), parent: model,
          width: model.givenWidth,
          height: model.givenHeight)
      }
      if model.givenWidth == nil { model.givenWidth = model.children.lazy.compactMap(\.givenWidth).first }
      if model.givenHeight == nil { model.givenHeight = model.children.lazy.compactMap(\.givenHeight).first }
      model.hasProjection = model.children.contains { $0.hasProjection }
      return model
    case .facet(let common, let facet, let child):
      let model = ViewModel(.facet(facet), common, name: name, parent: parent)
      var initializer = EncodingInitializer(config: config)
      model.facet = facet
      model.facet.row = facet.row.map { initializer.initialize($0, .row) }
      model.facet.column = facet.column.map { initializer.initialize($0, .column) }
      model.facet.facet = facet.facet.map { initializer.initialize($0, .facet) }
      diagnostics += initializer.diagnostics
      model.children = [
        build(child, name: child.common.name ?? model.named("child"), parent: model, width: nil, height: nil)
      ]
      return model
    case .concat(let common, let concat, let children):
      let model = ViewModel(.concat(concat), common, name: name, parent: parent)
      model.children = children.enumerated().map { index, child in
        build(
          child, name: child.common.name ?? model.named("concat_\(index)"), parent: model, width: common.width,
          height: common.height)
      }
      return model
    case .repeated(let common, _, _):
      preconditionFailure("repeats are normalised away: \(common.span)")
    }
  }

  private func initialize(_ model: ViewModel, _ mark: MarkDefinition, _ encoding: Encoding) {
    var initializer = EncodingInitializer(config: config)
    model.encoding = initializer.initialize(encoding, mark: mark)
    diagnostics += initializer.diagnostics
    var mark = mark
    model.hasProjection = mark.type == .geoshape || model.encoding.entries.contains { $0.channel.isGeographic }
    let specified = config.mark("orient", mark)?.stringValue
    var oriented = mark
    if let specified { oriented["orient"] = .string(specified) }
    model.orient = markOrient(oriented, model.encoding)
    if specified != nil, let orient = model.orient { mark["orient"] = .string(orient) }
    model.stack = stackProperties(mark: mark, encoding: model.encoding, orient: model.orient ?? "vertical")
    // Values that the mark itself has when a channel is not encoded.
    if mark.type == .bar, let radius = config.mark("cornerRadiusEnd", mark) {
      let corners: [String] =
        if model.orient == "horizontal"
          || model.encoding.has(.x2) && !model.encoding.has(.y2) && model.orient == "horizontal"
        {
          rangedCorners(
            model, ["cornerRadiusTopRight", "cornerRadiusBottomRight"],
            [
              "cornerRadiusTopLeft", "cornerRadiusTopRight", "cornerRadiusBottomLeft", "cornerRadiusBottomRight",
            ], .x2)
        } else {
          rangedCorners(
            model, ["cornerRadiusTopLeft", "cornerRadiusTopRight"],
            [
              "cornerRadiusTopLeft", "cornerRadiusTopRight", "cornerRadiusBottomLeft", "cornerRadiusBottomRight",
            ], .y2)
        }
      for corner in corners where mark[corner] == nil { mark[corner] = radius }
    }
    let isFilled =
      !isGraticule(model)
      && (config.mark("filled", mark)?.boolValue ?? (mark.type != .point && mark.type != .line && mark.type != .rule))
    mark["filled"] = .bool(isFilled)
    if config.mark("opacity", mark) == nil, config.mark("fillOpacity", mark) == nil,
      mark.type.isSymbol || mark.type == .tick,
      !isAggregate(model.encoding)
    {
      mark["opacity"] = .number(0.7)
    }
    for channel in [Channel.x, .y] {
      let domain = model.encoding[channel]?.scaleProperties?["domain"]?.objectValue
      var isChosen = domain?["param"] != nil || domain?["selection"] != nil
      if case .parameters(let bin)? = model.encoding[channel]?.bin, bin["extent"]?.member("param").isPresent == true {
        isChosen = true
      }
      if isChosen { mark["clip"] = mark["clip"] ?? .bool(true) }
    }
    for (name, selection) in selections {
      var fields = selectionFieldTable[name] ?? [:]
      for entry in model.encoding.entries where fields[entry.channel.rawValue] == nil {
        if let field = entry.definitions.first?.field { fields[entry.channel.rawValue] = field.columnName }
      }
      selectionFieldTable[name] = fields
      if selection.bind == .string("scales"), model.common.parameters.contains(where: { $0.name == name }) {
        mark["clip"] = mark["clip"] ?? .bool(true)
      }
    }
    model.mark = mark
  }

  private func rangedCorners(_ model: ViewModel, _ one: [String], _ all: [String], _ channel: Channel) -> [String] {
    // A bar between two given ends is rounded at both.
    model.encoding.has(channel) ? all : one
  }
}
