import Testing

@testable import Localization

@Suite struct CalendarTests {
  @Test func readsDatesAsJavaScriptDoes() throws {
    let losAngeles = try #require(TimeZoneRules(tzif: zoneFile(rule: "PST8PDT,M3.2.0,M11.1.0")))
    for row in rows(dateCases) {
      let expected = row[1] == "NaN" ? nil : Double(row[1])
      #expect(parseJavaScriptDate(row[0], in: losAngeles) == expected, "'\(row[0])'")
    }
  }

  @Test func countsDaysBothWays() {
    for day in stride(from: -1_000_000, to: 3_000_000, by: 373) {
      let (year, month, date) = civilDate(ofDay: day)
      #expect(CivilTime(year, month, date).dayNumber == day)
    }
    #expect(CivilTime(2024, 13, 0).dayNumber == CivilTime(2025, 0, 31).dayNumber)
    #expect(CivilTime(2025, 11, 29).isoWeek == (2026, 1))
    #expect(dayCount(ofMonth: 1, year: 1900) == 28 && dayCount(ofMonth: 1, year: 2000) == 29)
  }

  @Test(arguments: [
    // Winter, summer, the hour that is skipped, and the first of the hour that occurs twice.
    (CivilTime(2025, 0, 1), 8.0), (CivilTime(2025, 6, 1), 7.0), (CivilTime(2025, 2, 9, hour: 2, minute: 30), 8.0),
    (CivilTime(2025, 10, 2, hour: 1, minute: 30), 7.0),
  ])
  func knowsWhenClocksChange(civil: CivilTime, hoursWest: Double) throws {
    let zone = try #require(TimeZoneRules(tzif: zoneFile(rule: "PST8PDT,M3.2.0,M11.1.0")))
    #expect(civil.milliseconds(in: zone) == Double(civil.millisecondsAsUTC) + hoursWest * 3_600_000)
  }

  @Test func refusesWhatIsNoZoneFile() {
    let file = zoneFile(rule: "CST-8")
    #expect(TimeZoneRules(tzif: file)?.offset(at: 0) == 28_800_000)
    for length in 0..<(file.count - 8) { #expect(TimeZoneRules(tzif: Array(file[..<length])) == nil) }
  }

  /// A zone file without a table: one type and the rule for all years.
  private func zoneFile(rule: String) -> [UInt8] {
    let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    let counts: [UInt8] = (0..<6).flatMap { [0, 0, 0, $0 == 4 || $0 == 5 ? 1 : 0] as [UInt8] }
    let block: [UInt8] = [0, 0, 0x70, 0x80, 0, 0, 0]
    return header + counts + block + header + counts + block + Array("\n\(rule)\n".utf8)
  }
}
