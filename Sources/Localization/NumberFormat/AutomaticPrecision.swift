// Precision of axis labels from the distance of ticks, as d3-format and vega-format choose it.

/// Returns the power of ten of a number's first digit, or `nil` for what is not finite.
package func decimalExponent(_ value: Double) -> Int? {
  value.isFinite ? ShortestDecimal(value).exponent : nil
}

/// Decimal places that tell ticks `step` apart.
public func precisionFixed(step: Double) -> Int? {
  decimalExponent(step).map { max(0, -$0) }
}

/// Decimal places for an SI-prefix format of numbers around `value`.
public func precisionPrefix(step: Double, value: Double) -> Int? {
  guard let step = decimalExponent(step), let value = decimalExponent(value) else { return nil }
  return max(0, max(-8, min(8, floorDivide(value, 3))) * 3 - step)
}

/// Significant digits that tell ticks `step` apart up to `largest`.
public func precisionRound(step: Double, largest: Double) -> Int? {
  let step = step.magnitude
  guard let whole = decimalExponent(largest.magnitude - step), let part = decimalExponent(step) else { return nil }
  return max(0, whole - part) + 1
}

extension NumberFormat {
  /// A format for the ticks of a scale: a specifier without a precision gets what tells the ticks apart.
  ///
  /// Follows `formatSpan` of vega-format.
  /// - Parameters:
  ///   - step: the distance of two ticks.
  ///   - largest: the larger magnitude of the domain's ends.
  public static func forTicks(
    _ specifier: NumberFormatSpecifier?, step: Double, largest: Double, locale: NumberLocale = .english
  ) -> NumberFormat {
    var specifier = specifier ?? NumberFormatSpecifier(",f")!
    guard specifier.precision == nil else { return NumberFormat(specifier, locale: locale) }
    switch specifier.type {
    case "s":
      if let precision = precisionPrefix(step: step, value: largest) { specifier.precision = precision }
      return NumberFormat(specifier, prefixFor: largest, locale: locale)
    case nil, "e", "g", "p", "r":
      if let precision = precisionRound(step: step, largest: largest) {
        specifier.precision = precision - (specifier.type == "e" ? 1 : 0)
      }
    case "f", "%":
      if let precision = precisionFixed(step: step) {
        specifier.precision = precision - (specifier.type == "%" ? 2 : 0)
      }
    default: break
    }
    return NumberFormat(specifier, locale: locale)
  }

  /// A format for single numbers: twelve digits and no needless zeros unless the specifier has a precision.
  ///
  /// Follows `formatFloat` of vega-format, which log axes use.
  public static func forSingleNumbers(
    _ specifier: NumberFormatSpecifier?, locale: NumberLocale = .english
  ) -> NumberFormat {
    var specifier = specifier ?? NumberFormatSpecifier(",")!
    if specifier.precision == nil {
      specifier.precision = specifier.type == "%" ? 10 : specifier.type == "e" ? 11 : 12
      specifier.trim = true
    }
    return NumberFormat(specifier, locale: locale)
  }
}

func floorDivide(_ value: Int, _ divisor: Int) -> Int {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

/// `Math.pow(10, power)`.
func powerOfTenAsDouble(_ power: Int) -> Double {
  let magnitude = (0..<abs(power)).reduce(1.0) { product, _ in product * 10 }
  // Exact up to 10^22 and correctly rounded behind: text is read with one rounding.
  return abs(power) <= 22 && power >= 0 ? magnitude : Double("1e\(power)")!
}
