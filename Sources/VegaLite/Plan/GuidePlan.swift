/// A property of a guide: fixed, computed once, or computed for each tick or entry.
public indirect enum GuideValue: Sendable, Hashable {
  case value(Value)
  case expression(Expression)
  /// The first test that holds; tests see `datum.value`, `datum.label`, `datum.index`.
  case conditional([(Expression, GuideValue)], otherwise: GuideValue)

  public static func == (a: GuideValue, b: GuideValue) -> Bool {
    switch (a, b) {
    case (.value(let x), .value(let y)): x == y
    case (.expression(let x), .expression(let y)): x == y
    case (.conditional(let x, let d), .conditional(let y, let e)):
      d == e && x.count == y.count && zip(x, y).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
    default: false
    }
  }
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .value(let value): hasher.combine(value)
    case .expression(let expression): hasher.combine(expression)
    case .conditional(let rules, let otherwise):
      for rule in rules {
        hasher.combine(rule.0)
        hasher.combine(rule.1)
      }
      hasher.combine(otherwise)
    }
  }
}

/// Named properties of a guide, in order.
public struct GuideProperties: Sendable, Hashable {
  public var entries: [Entry] = []
  public struct Entry: Sendable, Hashable {
    public var name: String
    public var value: GuideValue
  }
  package init() {}

  /// Lengths are compared first: few names have the same.
  private func index(of name: String) -> Int? {
    let length = name.utf8.count
    for index in entries.indices where entries[index].name.utf8.count == length && entries[index].name == name {
      return index
    }
    return nil
  }

  package subscript(_ name: String) -> GuideValue? {
    get { index(of: name).map { entries[$0].value } }
    set {
      if let index = index(of: name) {
        if let newValue { entries[index].value = newValue } else { entries.remove(at: index) }
      } else if let newValue {
        entries.append(Entry(name: name, value: newValue))
      }
    }
  }
}

public struct AxisPlan: Sendable, Hashable {
  public var channel: Channel
  public var scale: String
  /// `top`, `bottom`, `left`, `right`.
  public var orient: String
  /// Draws grid lines only, behind the marks; the other axis of the pair draws the rest.
  public var isGrid: Bool
  public var grid: Bool
  /// The other position scale, along which grid lines run; absent: across the view.
  public var gridScale: String?
  public var title: String?
  public var format: FormatPlan
  public var labelExpression: Expression?
  public var properties: GuideProperties
  public var values: [Value]?
  public var valuesExpression: Expression?
  public var tickCount: GuideValue?
  /// `ceil(size / n)` ticks when none is given.
  public var defaultTickDivisor: Double?
  public var tickMinStep: ValueReference?
  /// The tick count follows from these bins.
  public var binSignal: String?
  public var zindex: Int
}

public struct LegendPlan: Sendable, Hashable {
  /// In Vega's order: the first scale gives the values.
  public var scales: [LegendScale]
  public var title: String?
  public var format: FormatPlan
  public var labelExpression: Expression?
  public var values: [Value]?
  public var valuesExpression: Expression?
  public var properties: GuideProperties
  /// Paint and stroke of symbols that no scale gives.
  public var symbolEncode: [EncodeEntry] = []
  /// The length of a bar of colours, where neither the author nor the configuration gives it.
  public var gradientSpan: GradientSpan?
  public var gradientOpacity: Value?
  /// Whether the author, not the configuration, says how far labels stand away.
  public var ownLabelOffset = false
  /// Whether colours stand for amounts, not for names.
  public var showsAmounts = false
}

/// A property of a legend's symbols, or of its bar of colours, and the scale that sets it.
public struct LegendScale: Sendable, Hashable {
  /// `size`, `shape`, `fill`, `stroke`, `strokeWidth`, `strokeDash` or `opacity`.
  public var property: MarkProperty
  public var scale: String
}

public enum GradientSpan: Sendable, Hashable {
  /// As long as the named plot, within bounds in pixels.
  case plot(name: String, isHorizontal: Bool, bounds: ClosedRange<Double>)
  case pixels(Double)
}

extension MarkProperty {
  /// https://github.com/vega/vega/blob/main/packages/vega-parser/src/parsers/guides/constants.js
  package static let legendScales: [MarkProperty] = [
    .size, .shape, .fill, .stroke, .strokeWidth, .strokeDash, .opacity,
  ]
}
