private import Datasets
package import Localization

extension ResolvedValue {
  /// Returns the value in another unit; `nil` where that would say something else.
  ///
  /// Within a dimension the number is converted. The unit of a product or quotient of unlike things is known to the author
  /// alone, who may name it; money only in the one currency that all its amounts are in. What changes a currency is a rate
  /// that is a fact: `investment.us.2024 * exchange-rate.usd.2024` with a rate in `CNY/USD`.
  /// - Parameters:
  ///   - own: the value's unit.
  package func converted(from own: MeasureUnit, to other: MeasureUnit) -> ResolvedValue? {
    var result = self
    result.unit = other.key
    if let factor = own.factor(to: other) {
      result.value *= factor
      result.tolerance *= factor
      return result
    }
    // A mere number of the expression, or a dimension that no unit of one operand names.
    guard isComputed || facts.isEmpty && cells.isEmpty, unit == "count" else { return nil }
    switch other.kind {
    case .plain, .custom: return other.exchangedCurrencies == nil ? result : nil
    case .currency(let code):
      let currencies = Set(operandUnits.filter { MeasureUnit(builtIn: $0)?.isCurrency == true })
      return currencies == [code] ? result : nil
    case .percent, .percentagePoints, .times: return nil
    }
  }

  /// The units of the data it comes from.
  private var operandUnits: [String] { facts.map(\.unit) + cells.compactMap(\.unit) }
}

extension MeasureUnit {
  fileprivate var isCurrency: Bool {
    if case .currency = kind { true } else { false }
  }
}
