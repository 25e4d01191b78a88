package import AlmanacCore
private import Localization

/// Finds sources that are older than the report allows, measured against the report's own date, never a clock.
///
/// Diagnoses `source.old` (warning) and `source.stale` (error) at the source's date, and `report.no-date` when the report
/// says how old a source may be and not of when it is itself.
/// - Parameter isUsed: whether anything in the report comes from a source.
package func checkSourceAges(
  _ references: [Reference], _ configuration: ReportConfiguration, isUsed: (Reference) -> Bool
) -> [Diagnostic] {
  let ages = configuration.sourceAges
  guard ages.warnAfter != nil || ages.failAfter != nil else { return [] }
  guard let today = configuration.date.flatMap({ Period($0) }).flatMap({ lastMonth(of: $0) }) else {
    return [.reportWithoutDate(at: ages.span)]
  }
  return references.filter(isUsed).compactMap { reference in
    guard let issued = reference.issued.flatMap({ Period($0) }).flatMap({ lastMonth(of: $0) }) else { return nil }
    let age = today - issued
    let span = reference.issuedSpan ?? reference.span
    if let limit = ages.failAfter, age > limit {
      return .sourceStale(reference.id, months: age, limit: limit, at: span, limitSpan: ages.span)
    }
    if let limit = ages.warnAfter, age > limit {
      return .sourceOld(reference.id, months: age, limit: limit, at: span, limitSpan: ages.span)
    }
    return nil
  }
}

/// Months since the year 0: that of a period's end, the last of a year.
private func lastMonth(of period: Period) -> Int? {
  switch period.end ?? period.start {
  case .year(let year): year * 12 + 11
  case .half(let year, let half): year * 12 + half * 6 - 1
  case .quarter(let year, let quarter): year * 12 + quarter * 3 - 1
  case .month(let year, let month): year * 12 + month - 1
  case .day(let year, let month, _): year * 12 + month - 1
  }
}
