/// How a mark's values are put on top of one another.
package struct StackProperties: Sendable {
  package var fieldChannel: Channel
  /// Channels of the dimension along which stacks stand.
  package var groupBy: [Channel]
  package var stackBy: [(channel: Channel, definition: ChannelDefinition)]
  /// `zero`, `center` or `normalize`.
  package var offset: String
  /// Whether missing cells are filled before stacking: paths.
  package var impute: Bool
}

private func isUnbinnedQuantitative(_ definition: ChannelDefinition?) -> Bool {
  guard let definition else { return false }
  return (definition.isField && definition.type == .quantitative && !definition.isBinning && !definition.isBinned)
    || definition.datum?.numberValue != nil
}

/// https://github.com/vega/vega-lite/blob/main/src/stack.ts
package func stackProperties(mark: MarkDefinition, encoding: Encoding, orient: String) -> StackProperties? {
  guard mark.type != .image, mark.type != .geoshape, mark.type != .trail, mark.type != .rect else { return nil }
  guard
    let channel = stackedChannel(.x, .y, mark, encoding, orient)
      ?? stackedChannel(.theta, .radius, mark, encoding, orient),
    let stacked = encoding[channel]
  else { return nil }
  let dimension: Channel =
    switch channel {
    case .x: .y
    case .y: .x
    case .theta: .radius
    default: .theta
    }
  var groupBy: [Channel] = []
  var groupColumns: Set<String> = []
  for candidate in [dimension, dimension.offset].compactMap({ $0 }) {
    guard let definition = encoding[candidate], definition.isField else { continue }
    let column = definition.column()
    if !(stacked.isField && column == stacked.column()) {
      groupBy.append(candidate)
      groupColumns.insert(column)
    }
  }
  var stackBy: [(Channel, ChannelDefinition)] = []
  for candidate in Channel.nonPosition + [.order, .text, .detail, .key, .href, .url, .description] {
    for definition in encoding.definitions(candidate) {
      for field in [definition] + definition.conditions.flatMap(\.definition) where field.isField && !field.isAggregated
      {
        if !groupColumns.contains(field.column()) { stackBy.append((candidate, field)) }
      }
    }
  }
  let offset: String
  switch stacked["stack"] {
  case .bool(true)?: offset = "zero"
  case .string(let name)?: offset = name
  case .bool(false)?, .null?: return nil
  default:
    guard mark.type == .bar || mark.type == .area || mark.type == .arc else { return nil }
    offset = "zero"
  }
  guard ["zero", "center", "normalize"].contains(offset) else { return nil }
  if isAggregate(encoding), stackBy.isEmpty { return nil }
  if let secondary = channel.secondary, encoding[secondary]?.isFieldOrDatum == true { return nil }
  var impute = mark.type.isPath
  if case .null? = stacked["impute"] { impute = false }
  return StackProperties(
    fieldChannel: channel, groupBy: groupBy, stackBy: stackBy.map { (channel: $0.0, definition: $0.1) }, offset: offset,
    impute: impute)
}

private func stackedChannel(_ x: Channel, _ y: Channel, _ mark: MarkDefinition, _ encoding: Encoding, _ orient: String)
  -> Channel?
{
  let isBar = x == .x && (mark.type == .bar || mark.type == .area)
  let (dx, dy) = (encoding[x], encoding[y])
  if let dx, let dy, dx.isField, dy.isField {
    switch (isUnbinnedQuantitative(dx), isUnbinnedQuantitative(dy)) {
    case (true, true):
      if dx["stack"]?.asBool == true { return x }
      if dy["stack"]?.asBool == true { return y }
      if dx.isAggregated != dy.isAggregated { return dx.isAggregated ? x : y }
      if isBar { return orient == "vertical" ? y : x }
      return nil
    case (true, false): return x
    case (false, true): return y
    default: return nil
    }
  }
  if isUnbinnedQuantitative(dx) { return isBar && orient == "vertical" ? nil : x }
  if isUnbinnedQuantitative(dy) { return isBar && orient == "horizontal" ? nil : y }
  return nil
}
