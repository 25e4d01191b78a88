internal import AlmanacCore

/// A view while it is compiled: its parts and what they have become so far.
///
/// A class, because layers and facets replace their children's scales and guides by merged ones; it never leaves the compiler.
final class ViewModel {
  enum Kind {
    case unit
    case layer
    case facet(FacetDefinition)
    case concat(ConcatDefinition)
  }
  let kind: Kind
  var common: ViewCommon
  let name: String
  unowned(unsafe) let parent: ViewModel?
  var children: [ViewModel] = []

  // A unit's own.
  var mark: MarkDefinition
  var encoding = Encoding()
  var orient: String?
  var stack: StackProperties?
  /// Sizes given by this view or the layer that it is part of.
  var givenWidth: Value?
  var givenHeight: Value?
  /// Rows and columns as initialised channel definitions.
  var facet = FacetDefinition()

  /// Types of scales that other views share.
  var sharedScaleTypes: [Channel: ScaleType] = [:]

  // What has been made.
  var scales: [Channel: ScaleComponent] = [:]
  var axes: [Channel: [AxisComponent]] = [:]
  var legends: [(channel: Channel, legend: LegendComponent)] = []
  /// Of layers that share no legend.
  var independentLegends: [LegendComponent] = []
  /// The step whose table holds rows before aggregation, and the one that marks are made of.
  var raw = 0
  /// Whether a domain is told by rows before aggregation.
  var needsRaw = false
  var main = 0
  /// Where domains come from, when rows with invalid values count for scales but not for marks, or the other way round.
  var domainStep = 0
  /// The same for domains of categories, which hold no rows that marks leave out.
  var categoryStep = 0
  var projectionName: String?
  var hasProjection = false

  init(_ kind: Kind, _ common: ViewCommon, name: String, parent: ViewModel?) {
    self.kind = kind
    self.common = common
    self.name = name
    self.parent = parent
    mark = MarkDefinition(.point, span: common.span)
  }

  var isUnit: Bool { if case .unit = kind { true } else { false } }
  var isLayer: Bool { if case .layer = kind { true } else { false } }
  var isFacet: Bool { if case .facet = kind { true } else { false } }
  var isConcat: Bool { if case .concat = kind { true } else { false } }

  var units: [ViewModel] { isUnit ? [self] : children.flatMap(\.units) }

  /// A name of something within this view.
  func named(_ suffix: String) -> String { name.isEmpty ? suffix : name + "_" + suffix }

  /// Facet fields of all views around this one.
  var facetFields: [FieldPath] {
    var fields: [FieldPath] = parent?.facetFields ?? []
    if isFacet {
      for definition in [facet.row, facet.column, facet.facet] {
        if let definition { fields.append(definition.path()) }
      }
    }
    return fields
  }

  func resolve(_ channel: Channel, guide: Bool = false) -> String {
    let byDefault: String =
      if isFacet { channel == .theta ? "independent" : "shared" } else if isConcat {
        channel.isPosition || channel.isOffset || channel.isPolar ? "independent" : "shared"
      } else { "shared" }
    let scale = independentScales.contains(channel) ? "independent" : common.resolveScale[channel.rawValue] ?? byDefault
    guard guide else { return scale }
    if scale == "independent" { return scale }
    return (channel.isPosition ? common.resolveAxis : common.resolveLegend)[channel.rawValue] ?? "shared"
  }
  /// Channels whose children's scales could not be united.
  var independentScales: Set<Channel> = []
}

/// A scale while it is compiled, with the properties that its author gave.
final class ScaleComponent {
  var plan: ScalePlan
  var explicit: Set<String> = []
  /// The step, for merging: the larger wins.
  var model: ViewModel
  init(_ plan: ScalePlan, model: ViewModel) {
    self.plan = plan
    self.model = model
  }
}

final class AxisComponent {
  let channel: Channel
  var scale: ScaleComponent
  var orient: String
  var explicit: Set<String> = []
  /// Titles of merged axes, joined with ", ".
  var titles: [String] = []
  var titleIsExplicit = false
  var noTitle = false
  var isDisabled = false
  /// Names of properties that rules gave.
  var implied: Set<String> = []
  var properties = GuideProperties()
  var plan: AxisPlan
  var grid: Bool
  init(_ plan: AxisPlan, scale: ScaleComponent) {
    self.plan = plan
    channel = plan.channel
    self.scale = scale
    orient = plan.orient
    grid = plan.grid
  }
}

/// A legend while it is compiled, with the properties that its author gave.
final class LegendComponent {
  /// What of a symbol shows the values, and by which scale.
  var scales: [(property: MarkProperty, scale: ScaleComponent)]
  /// Names of properties that an author wrote, which go before what rules say.
  var explicit: Set<String> = []
  var isDisabled = false
  var titles: [String] = []
  /// Everything that Vega knows under the same name.
  var properties = ValueObject()
  var format = FormatPlan(.automatic)
  var values: [Value]?
  var valuesExpression: Expression?
  var gradientSpan: GradientSpan?
  var gradientOpacity: Value?
  var symbolEncode: [EncodeEntry] = []

  init(_ scales: [(property: MarkProperty, scale: ScaleComponent)]) { self.scales = scales }

  init(copying other: LegendComponent) {
    (scales, explicit, isDisabled, titles) = (other.scales, other.explicit, other.isDisabled, other.titles)
    (properties, format, values) = (other.properties, other.format, other.values)
    (valuesExpression, gradientSpan, gradientOpacity) = (
      other.valuesExpression, other.gradientSpan, other.gradientOpacity
    )
    symbolEncode = other.symbolEncode
  }
}
