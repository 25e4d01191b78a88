package import AlmanacCore
package import Datasets
private import Localization

/// Tells of the numbers in chapters that are not bound to the data, with the fact that each probably is.
///
/// Diagnoses `gate.unbound-number`, with the severity that `gates.unbound` sets.
package func diagnoseUnboundNumbers(
  in chapters: [ChapterOutline], _ ledger: Ledger, _ level: ReportConfiguration.GateLevel
) -> [Diagnostic] {
  chapters.flatMap { chapter in
    chapter.unboundNumbers.isEmpty
      ? [] : diagnoseUnboundNumbers(chapter.unboundNumbers, besides: Set(chapter.facts), ledger, level)
  }
}

/// Tells of numbers that are not bound to the data.
///
/// Diagnoses `gate.unbound-number`, with the severity that `gates.unbound` sets.
/// - Parameter used: ids of facts that stand beside the numbers, which are likely to be meant.
package func diagnoseUnboundNumbers(
  _ numbers: [UnboundNumber], besides used: Set<String> = [], _ ledger: Ledger,
  _ level: ReportConfiguration.GateLevel
) -> [Diagnostic] {
  guard let severity = level.severity else { return [] }
  return numbers.map { .unboundNumber($0, hint: hint(for: $0, ledger, used: used), severity) }
}

private func hint(for number: UnboundNumber, _ ledger: Ledger, used: Set<String>) -> String {
  if let column = number.column {
    return
      "draw it from the data: 'query: SELECT …' or 'dataset:'; or say 'literal: [\(column)]' under 'usermeta.almanac' if it is no datum"
  }
  guard let match = StatedNumber(number.text)?.nearestFact(in: ledger, used: used) else {
    return "add it to Content/data/facts.csv and bind it, or write [\(number.text)]{.literal} if it is no datum"
  }
  if !match.isSure {
    return
      "bind it if it means `{v} \(match.fact.id)`; else add it to Content/data/facts.csv, or write [\(number.text)]{.literal}"
  }
  let bound = "bind it: `{v} \(match.fact.id)`"
  return match.isExact ? bound : "\(bound), which \(match.fact.source) prints as '\(match.fact.printed)'"
}

/// A number in a text, understood as far as a fact can be looked up by it.
private struct StatedNumber {
  private enum Kind { case plain, percent, times }

  private var value: Double
  private var kind: Kind
  /// Half a unit of the last digit written.
  private var tolerance: Double
  private var significantDigits: Int
  private var isScaled: Bool

  init?(_ text: String) {
    let units: [(String, Kind)] = [
      ("count", .plain), ("percent", .percent), ("percentage-points", .percent), ("times", .times),
    ]
    for (key, kind) in units {
      guard let unit = MeasureUnit(builtIn: key), let quantity = try? parseQuantity(text, rowUnit: unit),
        quantity.unit.key == key, quantity.upper == nil
      else { continue }
      value = quantity.value
      self.kind = kind
      var step = 0.5
      for _ in 0..<quantity.scale { step *= 10 }
      for _ in 0..<quantity.decimals { step /= 10 }
      tolerance = step
      significantDigits = quantity.significantDigits
      isScaled = quantity.scale > 0
      return
    }
    return nil
  }

  /// The fact with that value, or with one that rounds to it; of several one that the chapter shows already.
  ///
  /// A small bare number agrees with too many facts: it is looked for among those of its chapter.
  /// - Returns: the fact, whether it has the very value, and whether it is likely to be meant: one that the chapter shows
  ///   elsewhere, or a value of three digits.
  func nearestFact(in ledger: Ledger, used: Set<String>) -> (fact: Fact, isExact: Bool, isSure: Bool)? {
    let isCommon = kind == .plain && !isScaled && significantDigits < 3
    var best: (fact: Fact, isExact: Bool, isUsed: Bool, distance: Double)?
    for fact in ledger.facts where agrees(fact.measure.kind) {
      let distance = (fact.value - value).magnitude
      let isExact = distance <= 1e-9 * max(1, value.magnitude)
      let isUsed = used.contains(fact.id)
      guard isExact || significantDigits > 1 && distance <= tolerance, isUsed || !isCommon else { continue }
      if let best,
        (best.isExact, best.isUsed) == (isExact, isUsed)
          ? best.distance <= distance
          : (best.isExact, isExact) == (true, false) || best.isExact == isExact && best.isUsed
      {
        continue
      }
      best = (fact, isExact, isUsed, distance)
    }
    return best.map { ($0.fact, $0.isExact, $0.isUsed || significantDigits > 2) }
  }

  private func agrees(_ unit: MeasureUnit.Kind) -> Bool {
    switch kind {
    case .percent: unit == .percent || unit == .percentagePoints
    case .times: unit == .times
    case .plain: unit != .percent && unit != .percentagePoints && unit != .times
    }
  }
}
