/// Decides on one type for scales that views share, before anything follows from a scale's type.
/// https://github.com/vega/vega-lite/blob/main/src/compile/scale/parse.ts (`parseNonUnitScaleCore`)
extension ChartCompiler {
  private struct SharedType {
    var type: ScaleType
    var isExplicit: Bool
    var units: [ViewModel]
  }

  func shareScaleTypes(_ model: ViewModel) { _ = sharedTypes(model) }

  /// The types of a view's scales that views around it may share.
  private func sharedTypes(_ model: ViewModel) -> [Channel: SharedType] {
    var result: [Channel: SharedType] = [:]
    if model.isUnit {
      for (channel, definition) in scaledChannels(model) {
        guard let type = scaleType(channel, definition, model) else { continue }
        let isExplicit = definition.scaleProperties?["type"]?.stringValue == type.rawValue
        result[channel] = SharedType(type: type, isExplicit: isExplicit, units: [model])
      }
      return result
    }
    let children = model.children.map(sharedTypes)
    for channel in Channel.allCases where channel.hasScale && model.resolve(channel) == "shared" {
      let parts = children.compactMap { $0[channel] }
      guard var shared = parts.first else { continue }
      var canShare = true
      for part in parts.dropFirst() {
        canShare = canShare && part.type.canShare(with: shared.type)
        let isStronger =
          part.isExplicit == shared.isExplicit ? part.type.precedence > shared.type.precedence : part.isExplicit
        if isStronger { (shared.type, shared.isExplicit) = (part.type, part.isExplicit) }
        shared.units += part.units
      }
      guard canShare else { continue }
      for unit in shared.units { unit.sharedScaleTypes[channel] = shared.type }
      result[channel] = shared
    }
    return result
  }
}

extension ScaleType {
  /// Whether two views' scales of these types can be one.
  func canShare(with other: ScaleType) -> Bool {
    category == other.category || isBandLike && other.isTime || isTime && other.isBandLike
  }

  private var category: Int {
    switch self {
    case .linear, .log, .pow, .sqrt, .symlog, .sequential, .identity: 0
    case .time, .utc: 1
    case .point, .band: 2
    case .quantile, .quantize, .threshold: 3
    case .ordinal: 4
    case .binOrdinal: 5
    }
  }

  /// Of two types that nobody asked for, the one that more marks can live with.
  fileprivate var precedence: Int {
    switch self {
    case .band: 11
    case .point: 10
    case .log, .pow, .sqrt, .symlog, .identity, .sequential: 1
    default: 0
    }
  }
}
