extension MeasureUnit {
  /// Returns what a value in this unit is multiplied by to be one in another; `nil` where they measure different things.
  ///
  /// Only within a dimension: things counted, time, shares. Percentage points are a difference, never a share; what one
  /// currency is worth in another is a fact with a date (``exchangedCurrencies``), not a property of units.
  package func factor(to other: MeasureUnit) -> Double? {
    if key == other.key { return 1 }
    for dimension in Self.dimensions {
      guard let from = dimension.first(where: { $0.key == key }),
        let to = dimension.first(where: { $0.key == other.key })
      else { continue }
      return from.size / to.size
    }
    return nil
  }

  /// Units of one dimension with their sizes in its smallest.
  private static let dimensions: [[(key: String, size: Double)]] = [
    [("count", 1), ("persons", 1)],
    [("minutes", 1), ("hours", 60), ("days", 1440)],
    [("percent", 1), ("times", 100)],
  ]

  /// The currencies of a rate: `CNY/USD` is what one US dollar is worth in yuan; `nil` for other units.
  package var exchangedCurrencies: (of: String, per: String)? { Self.currencies(ofRate: key) }

  /// The currencies of the unit of a rate, by its key.
  package static func currencies(ofRate key: String) -> (of: String, per: String)? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[0] != parts[1],
      parts.allSatisfy({ code in Currency.all.contains { $0.code == code } })
    else { return nil }
    return (parts[0], parts[1])
  }

  /// The unit of an exchange rate.
  static func rate(_ key: String) -> MeasureUnit? {
    guard let (of, per) = currencies(ofRate: key), let first = Currency.all.first(where: { $0.code == of }),
      let second = Currency.all.first(where: { $0.code == per })
    else { return nil }
    return MeasureUnit(
      key: key, kind: .custom, symbols: ["en": " \(of) per \(per)", "zh": "\(first.chinese)/\(second.chinese)"])
  }
}
