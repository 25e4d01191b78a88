/// A visual property that an encoding gives a meaning.
///
/// https://vega.github.io/vega-lite/docs/encoding.html#channels
public enum Channel: String, Sendable, Hashable, CaseIterable {
  case x, y, x2, y2, xOffset, yOffset
  case longitude, latitude, longitude2, latitude2
  case theta, theta2, radius, radius2
  case color, fill, stroke, opacity, fillOpacity, strokeOpacity, strokeWidth, size, shape, strokeDash, angle
  case xError, xError2, yError, yError2
  case text, tooltip, href, url, description, detail, key, order
  case row, column, facet, time
}

extension Channel {
  package var isPosition: Bool { self == .x || self == .y }
  package var isOffset: Bool { self == .xOffset || self == .yOffset }
  package var isPolar: Bool { self == .theta || self == .radius }
  package var isColor: Bool { self == .color || self == .fill || self == .stroke }
  package var isFacet: Bool { self == .row || self == .column || self == .facet }
  package var isGeographic: Bool {
    self == .longitude || self == .latitude || self == .longitude2 || self == .latitude2
  }
  /// Channels that get a scale.
  package var hasScale: Bool {
    switch self {
    case .x, .y, .xOffset, .yOffset, .theta, .radius, .color, .fill, .stroke, .opacity, .fillOpacity, .strokeOpacity,
      .strokeWidth, .size, .shape, .strokeDash, .angle:
      true
    default: false
    }
  }
  /// Scaled channels that are not positions: those with legends.
  package var isNonPositionScale: Bool { hasScale && !isPosition && !isOffset && !isPolar }
  package var hasLegend: Bool {
    isNonPositionScale && self != .angle && self != .fillOpacity && self != .strokeOpacity
  }

  /// The primary channel that an interval's end belongs to: `x` of `x2`.
  package var main: Channel {
    switch self {
    case .x2: .x
    case .y2: .y
    case .theta2: .theta
    case .radius2: .radius
    case .longitude2: .longitude
    case .latitude2: .latitude
    case .xError, .xError2: .x
    case .yError, .yError2: .y
    default: self
    }
  }
  /// The channel of an interval's end: `x2` of `x`.
  package var secondary: Channel? {
    switch self {
    case .x: .x2
    case .y: .y2
    case .theta: .theta2
    case .radius: .radius2
    case .longitude: .longitude2
    case .latitude: .latitude2
    default: nil
    }
  }
  package var isSecondary: Bool { main != self }
  package var offset: Channel? { self == .x ? .xOffset : self == .y ? .yOffset : nil }
  /// `x` of `xOffset`.
  package var positionOfOffset: Channel { self == .xOffset ? .x : .y }
  package var isHorizontal: Bool { self == .x || self == .x2 || self == .xOffset }

  /// Channels whose scale turns values into kinds, never amounts.
  package var isDiscreteRange: Bool { self == .shape || self == .strokeDash }

  /// Channels whose values may put the categories of another in order.
  package static let sorting: Set<Channel> = [
    .x, .y, .color, .fill, .stroke, .strokeWidth, .size, .shape, .fillOpacity, .strokeOpacity, .opacity, .text,
  ]

  /// Channels that split lines and areas into series.
  package static let nonPosition: [Channel] = [
    .color, .fill, .stroke, .opacity, .fillOpacity, .strokeOpacity, .strokeWidth, .size, .shape, .strokeDash, .angle,
  ]
}

/// What a field measures.
public enum MeasureType: String, Sendable, Hashable, CaseIterable {
  case quantitative, temporal, ordinal, nominal, geojson
  package var isContinuous: Bool { self == .quantitative || self == .temporal }
  package var isDiscrete: Bool { self == .ordinal || self == .nominal }
}

/// https://vega.github.io/vega-lite/docs/mark.html
public enum MarkType: String, Sendable, Hashable, CaseIterable {
  case arc, area, bar, circle, geoshape, image, line, point, rect, rule, square, text, tick, trail
  case boxplot, errorbar, errorband

  package var isPath: Bool { self == .line || self == .area || self == .trail }
  package var isComposite: Bool { self == .boxplot || self == .errorbar || self == .errorband }
  package var isSymbol: Bool { self == .point || self == .circle || self == .square }
  /// Marks drawn as rectangles, or as sectors.
  package var isRectBased: Bool { self == .rect || self == .bar || self == .image || self == .arc || self == .tick }
}

/// https://vega.github.io/vega-lite/docs/scale.html#type
public enum ScaleType: String, Sendable, Hashable, CaseIterable {
  case linear, log, pow, sqrt, symlog, identity, sequential, time, utc, quantile, quantize, threshold
  case binOrdinal = "bin-ordinal"
  case ordinal, point, band

  package var isContinuous: Bool {
    switch self {
    case .linear, .log, .pow, .sqrt, .symlog, .identity, .sequential, .time, .utc: true
    default: false
    }
  }
  package var isTime: Bool { self == .time || self == .utc }
  package var isDiscretizing: Bool { self == .quantile || self == .quantize || self == .threshold }
  /// Scales whose domain is a list of values.
  package var isDiscrete: Bool { self == .ordinal || self == .point || self == .band || self == .binOrdinal }
  package var isBandLike: Bool { self == .point || self == .band }
  package var isContinuousToDiscrete: Bool { isDiscretizing || self == .binOrdinal }
}
