internal import Localization
package import VegaLite

/// A scale with its domain and range: values to pixels, paints, sizes, shapes.
package struct RuntimeScale: Sendable {
  package enum Kind: Sendable {
    case continuous(ContinuousScale)
    /// Colours of a ramp; `domain` gives the place on it.
    case ramp(ContinuousScale, ColorRamp)
    case band(BandScale)
    case ordinal([Value])
    /// Values below the first threshold get the first output, and so on.
    case classes(thresholds: [Double], [Value])
    /// Bin borders; a bin's colour.
    case bins([Double], [Value])
    case identity
  }
  package var type: ScaleType
  package var kind: Kind
  /// Values of a discrete domain in order; ends of a continuous one.
  package var domainValues: [Value]
  package var index: [Value: Int] = [:]
  /// Borders of bins that the domain is made of, for ticks.
  package var binBorders: [Double]?
  /// Whether the spec alone says that the domain goes to zero, so that bars start there wherever it ends.
  package var startsAtZero = false
  /// The channel that bands stand along.
  package var position: Channel?

  package init(type: ScaleType, kind: Kind, domain: [Value]) {
    self.type = type
    self.kind = kind
    domainValues = domain
    if type.isDiscrete {
      index.reserveCapacity(domain.count)
      for (place, value) in domain.enumerated() where index[RuntimeScale.key(value)] == nil {
        index[RuntimeScale.key(value)] = place
      }
    }
  }

  /// What two values of a discrete domain must share to be one: dates are their time.
  static func key(_ value: Value) -> Value {
    if case .date(let time) = value { return .number(time) }
    return value
  }
}

extension RuntimeScale {
  /// Whether values become numbers rather than paints.
  package var isNumeric: Bool { if case .continuous = kind { true } else { false } }

  package var bandwidth: Double { if case .band(let band) = kind { band.bandwidth } else { 0 } }

  package var continuous: ContinuousScale? {
    switch kind {
    case .continuous(let scale), .ramp(let scale, _): scale
    default: nil
    }
  }

  package func place(of value: Value) -> Int? { index[RuntimeScale.key(value)] }

  /// Pixels, or a number of any other numeric range; not-a-number for what has none.
  package func number(_ value: Value) -> Double {
    switch kind {
    case .continuous(let scale): return value.isPresent ? scale(value.asNumber) : .nan
    case .band(let band): return place(of: value).map { band.start(of: $0) } ?? .nan
    case .identity: return value.asNumber
    default: return apply(value).asNumber
    }
  }

  package func apply(_ value: Value) -> Value {
    switch kind {
    case .continuous(let scale):
      guard value.isPresent else { return .undefined }
      let number = scale(value.asNumber)
      return number.isNaN ? .undefined : .number(number)
    case .ramp(let scale, let ramp):
      guard !value.asNumber.isNaN else { return .undefined }
      return .string(ramp.paint(at: scale.fraction(value.asNumber)))
    case .band(let band): return place(of: value).map { .number(band.start(of: $0)) } ?? .undefined
    case .ordinal(let range):
      guard !range.isEmpty, let place = place(of: value) else { return .undefined }
      return range[place % range.count]
    case .classes(let thresholds, let range):
      guard value.isValid, !value.asNumber.isNaN, !range.isEmpty else { return .undefined }
      return range[min(range.count - 1, thresholdClass(value.asNumber, thresholds))]
    case .bins(let borders, let range):
      guard value.isValid, !value.asNumber.isNaN,
        let place = binClass(value.asNumber, borders: borders, colours: range.count)
      else { return .undefined }
      return range[place]
    case .identity: return value
    }
  }

  package func invert(_ value: Value) -> Value {
    switch kind {
    case .continuous(let scale), .ramp(let scale, _):
      let result = scale.invert(value.asNumber)
      return type.isTime ? .date(result) : .number(result)
    case .band(let band): return band.index(at: value.asNumber).map { domainValues[$0] } ?? .undefined
    default: return .undefined
    }
  }

  package var rangeValues: [Value] {
    switch kind {
    case .continuous(let scale): scale.range.map { .number($0) }
    case .ordinal(let range), .classes(_, let range), .bins(_, let range): range
    case .band(let band): [.number(band.rangeStart), .number(band.rangeEnd)]
    default: []
    }
  }
}
