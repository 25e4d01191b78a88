public import AlmanacCore

/// How an aggregate is written on a channel.
public enum ChannelAggregate: Sendable, Hashable {
  case operation(AggregateOperation)
  /// The value of the field in the row where another field is greatest or least.
  case argmin(FieldPath), argmax(FieldPath)
}

/// `bin` of a channel.
public enum ChannelBin: Sendable, Hashable {
  case parameters(ValueObject)
  /// The data are binned already.
  case binned
}

/// `timeUnit` with its parameters.
public struct TimeUnitDefinition: Sendable, Hashable {
  /// `yearmonth`, `utcyear`…; without `binned`.
  public var unit: String
  public var step: Double?
  public var maxbins: Double?
  /// The data are truncated to the unit already.
  public var binned: Bool
  package var isUTC: Bool { unit.hasPrefix("utc") }
  /// The unit without `utc`.
  package var localUnit: String { isUTC ? String(unit.dropFirst(3)) : unit }
}

/// One channel of an encoding: a field, a datum, or a value, and how it is shown.
///
/// https://vega.github.io/vega-lite/docs/encoding.html#channel-definition
public struct ChannelDefinition: Sendable, Hashable {
  public var field: FieldPath?
  /// `row`, `column`, `repeat` or `layer` where the field is one of a repeated view.
  public var repeated: String?
  public var datum: Value?
  public var value: Value?
  public var aggregate: ChannelAggregate?
  public var bin: ChannelBin?
  public var timeUnit: TimeUnitDefinition?
  public var type: MeasureType?
  /// Everything else: title, stack, sort, scale, axis, legend, header, impute, format, formatType, bandPosition …
  public var properties: ValueObject
  public var conditions: [ChannelCondition]
  public var span: SourceSpan

  package init(span: SourceSpan, field: FieldPath? = nil, type: MeasureType? = nil) {
    self.field = field
    self.type = type
    self.span = span
    properties = ValueObject()
    conditions = []
  }
}

/// What a channel is while a condition holds.
public struct ChannelCondition: Sendable, Hashable {
  /// A predicate as written; `nil` for a parameter.
  public var test: Value?
  public var parameter: String?
  /// Whether an empty selection counts as holding.
  public var empty: Bool?
  public var definition: [ChannelDefinition]
}

extension ChannelDefinition {
  package subscript(_ key: String) -> Value? {
    get { properties[key] }
    set { properties[key] = newValue }
  }

  package var isField: Bool { field != nil || isCount }
  package var isDatum: Bool { datum != nil }
  package var isFieldOrDatum: Bool { isField || isDatum }
  package var isValue: Bool { value != nil }
  package var isCount: Bool { aggregate == .operation(.count) }
  /// Whether an aggregate counts rows, and so is a number whatever they hold.
  package var isCounting: Bool {
    guard case .operation(let operation)? = aggregate else { return false }
    return [.count, .valid, .missing, .distinct].contains(operation)
  }
  package var isArgument: Bool {
    switch aggregate {
    case .argmin, .argmax: true
    default: false
    }
  }
  /// Binned by this channel (not beforehand).
  package var isBinning: Bool { if case .parameters = bin { true } else { false } }
  package var isBinned: Bool { bin == .binned }
  package var isAggregated: Bool { aggregate != nil }
  package var isDiscrete: Bool {
    if let type, type.isDiscrete { return true }
    return isBinning && type != .quantitative ? true : false
  }
  /// A measure: a continuous field that is not binned; a dimension otherwise.
  package var isContinuousField: Bool { isFieldOrDatum && !isDiscreteDimension }
  package var isDiscreteDimension: Bool { type == .nominal || type == .ordinal || isBinning || timeUnitIsDiscrete }
  private var timeUnitIsDiscrete: Bool { timeUnit != nil && type != .temporal }
  package func flag(_ key: String) -> Bool? { properties[key]?.boolValue }
  package var scaleProperties: ValueObject? { properties["scale"]?.objectValue }
  package var bandPosition: Double? { properties["bandPosition"]?.numberValue }
}

/// Channels and their definitions, in the order written; several for `detail`, `tooltip` and `order`.
public struct Encoding: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var channel: Channel
    public var definitions: [ChannelDefinition]
  }
  public var entries: [Entry] = []
  package init() {}

  package subscript(_ channel: Channel) -> ChannelDefinition? {
    get { entries.first { $0.channel == channel }?.definitions.first }
    set { all(channel, newValue.map { [$0] } ?? []) }
  }
  package func definitions(_ channel: Channel) -> [ChannelDefinition] {
    entries.first { $0.channel == channel }?.definitions ?? []
  }
  package mutating func all(_ channel: Channel, _ definitions: [ChannelDefinition]) {
    if let index = entries.firstIndex(where: { $0.channel == channel }) {
      if definitions.isEmpty { entries.remove(at: index) } else { entries[index].definitions = definitions }
    } else if !definitions.isEmpty {
      entries.append(Entry(channel: channel, definitions: definitions))
    }
  }
  package func has(_ channel: Channel) -> Bool { entries.contains { $0.channel == channel } }

  /// Calls back for each definition that reads data: fields and, where a condition has one, its field.
  package func forEachField(_ body: (ChannelDefinition, Channel) -> Void) {
    for entry in entries {
      for definition in entry.definitions {
        if definition.isField { body(definition, entry.channel) }
        for condition in definition.conditions {
          for inner in condition.definition where inner.isField { body(inner, entry.channel) }
        }
      }
    }
  }
}
