/// A figure as a source prints it, understood: `约5.15亿人` is about 515,000,000, known to three digits.
public struct Quantity: Hashable, Sendable {
  /// What the source says about the number's exactness.
  public enum Qualifier: String, Hashable, Sendable {
    /// 约, 近似, ~, about
    case about
    /// 近, nearly
    case nearly
    /// 超过, 逾, 余, 多, 以上, more than
    case over
    /// 不足, 以下, less than
    case under
    /// 至少, at least
    case atLeast
    /// 至多, up to
    case atMost
  }

  /// In base units; the lower end of a range.
  public var value: Double
  /// The upper end of a range.
  public var upper: Double?
  /// The unit the text names, or that of the row for a bare number or a counted noun.
  public var unit: MeasureUnit
  public var qualifier: Qualifier?
  /// Digits the source vouches for; zeros at the end of a whole number do not count.
  public var significantDigits: Int
  /// Digits behind the point, as printed.
  public var decimals: Int
  /// The power of ten that the words behind the number stand for: 8 for 亿.
  public var scale: Int
  /// The noun behind the number, if any: 人, 款, EFLOPS.
  public var counter: String?
  var decimal: DecimalNumber
}

extension Quantity {
  /// How far the number may be from what was measured: half a unit of the last digit printed; a whole unit of the last
  /// digit that counts where the source itself says about, over, nearly or the like.
  public var rounding: Double {
    var step = 1.0
    for _ in 0..<scale { step *= 10 }
    for _ in 0..<decimals { step /= 10 }
    guard qualifier != nil else { return step / 2 }
    var counted = step
    while counted * 10 <= value.magnitude, (value / (counted * 10)).rounded() * counted * 10 == value { counted *= 10 }
    return counted
  }

  /// Whether `value` is exactly the number printed, digit by digit.
  public func agrees(with value: Double) -> Bool { value.isFinite && DecimalNumber(value) == decimal }
}

/// Why a printed figure was not understood.
public struct QuantityError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case empty
    case noNumber
    /// 数十, 上百, several: a magnitude without a number.
    case vague
    case trailingText
    /// The text names another unit than the row; the row's key.
    case otherUnit(expected: String)
    case tooLong
  }

  public var reason: Reason
  /// The piece at fault.
  public var text: String
  /// Unicode scalars from the start of the figure to the piece.
  public var offset: Int

  /// For a diagnostic: what is wrong, as a headline.
  public var message: String {
    switch reason {
    case .empty: "the printed figure is empty"
    case .noNumber: "no number in '\(text)'"
    case .vague: "'\(text)' is not a number but a magnitude"
    case .trailingText: "'\(text)' is not understood in a printed figure"
    case .otherUnit(let expected): "'\(text)' is not the row's unit '\(expected)'"
    case .tooLong: "a printed figure longer than 200 characters"
    }
  }
}
