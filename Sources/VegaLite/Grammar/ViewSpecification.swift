public import AlmanacCore

/// A mark with its properties as written.
public struct MarkDefinition: Sendable, Hashable {
  public var type: MarkType
  /// https://vega.github.io/vega-lite/docs/mark.html#mark-def
  public var properties: ValueObject
  public var span: SourceSpan

  package init(_ type: MarkType, _ properties: ValueObject = ValueObject(), span: SourceSpan) {
    self.type = type
    self.properties = properties
    self.span = span
  }
  package subscript(_ key: String) -> Value? {
    get { properties[key] }
    set { properties[key] = newValue }
  }
  /// Names of `config.style` entries, in order.
  package var styles: [String] {
    switch properties["style"] {
    case .string(let name): [name]
    case .array(let names): names.compactMap(\.stringValue)
    default: []
    }
  }
}

/// What every view may say about itself.
public struct ViewCommon: Sendable, Hashable {
  public var name: String?
  public var description: String?
  public var data: DataDefinition?
  public var transforms: [TransformDefinition] = []
  public var title: Value?
  public var width: Value?
  public var height: Value?
  /// `view`: background of the plot.
  public var view: ValueObject?
  public var projection: ValueObject?
  public var parameters: [ParameterDefinition] = []
  /// `resolve.scale.x` and so on: channel to `shared` or `independent`.
  public var resolveScale: [String: String] = [:]
  public var resolveAxis: [String: String] = [:]
  public var resolveLegend: [String: String] = [:]
  /// How the cells of a view with row, column or facet channels stand; what channels say goes before it.
  public var grid = GridDefinition()
  public var span: SourceSpan
  package init(span: SourceSpan) { self.span = span }
}

/// Where a view's rows come from.
public struct DataDefinition: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    case inline(Value)
    case url(String)
    case named(String)
    case sequence(start: Double, stop: Double, step: Double, name: String)
    case sphere
    case graticule(ValueObject)
    case null
  }
  public var source: Source
  public var name: String?
  /// `format`: type, parse, property, feature, mesh, delimiter.
  public var format: ValueObject
}

/// A variable or a selection.
public struct ParameterDefinition: Sendable, Hashable {
  public var name: String
  public var value: Value?
  public var expression: String?
  public var bind: Value?
  /// `point` or `interval`; `nil` for a variable.
  public var selection: String?
  public var selectionProperties: ValueObject = ValueObject()
}

/// A chart or a part of one, as a tree of compositions.
public indirect enum ViewSpecification: Sendable, Hashable {
  case unit(ViewCommon, MarkDefinition, Encoding)
  /// Encoding and mark-independent parts are shared with the children.
  case layer(ViewCommon, Encoding, [ViewSpecification])
  case facet(ViewCommon, FacetDefinition, ViewSpecification)
  case concat(ViewCommon, ConcatDefinition, [ViewSpecification])
  case repeated(ViewCommon, RepeatDefinition, ViewSpecification)

  public var common: ViewCommon {
    get {
      switch self {
      case .unit(let common, _, _), .layer(let common, _, _), .facet(let common, _, _), .concat(let common, _, _),
        .repeated(let common, _, _):
        common
      }
    }
    set {
      switch self {
      case .unit(_, let mark, let encoding): self = .unit(newValue, mark, encoding)
      case .layer(_, let encoding, let children): self = .layer(newValue, encoding, children)
      case .facet(_, let facet, let child): self = .facet(newValue, facet, child)
      case .concat(_, let concat, let children): self = .concat(newValue, concat, children)
      case .repeated(_, let definition, let child): self = .repeated(newValue, definition, child)
      }
    }
  }
}

/// align, bounds, center, spacing, columns of a grid of views.
public struct GridDefinition: Sendable, Hashable {
  public var align: Value?
  public var bounds: String?
  public var center: Value?
  public var spacing: Value?
  public var columns: Double?
  package init() {}
}

public struct FacetDefinition: Sendable, Hashable {
  public var row: ChannelDefinition?
  public var column: ChannelDefinition?
  /// A wrapped facet.
  public var facet: ChannelDefinition?
  public var grid = GridDefinition()
  package init() {}
}

public struct ConcatDefinition: Sendable, Hashable {
  public enum Direction: Sendable, Hashable { case horizontal, vertical, wrapped }
  public var direction: Direction
  public var grid = GridDefinition()
}

public struct RepeatDefinition: Sendable, Hashable {
  public var row: [String]?
  public var column: [String]?
  public var layer: [String]?
  public var wrapped: [String]?
  public var grid = GridDefinition()
  package init() {}
}
