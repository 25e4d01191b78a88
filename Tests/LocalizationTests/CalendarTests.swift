import AlmanacCore
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

/// What hostile or broken text may do: give nothing, and never trap.
@Suite struct HostileTextTests {
  @Test func survivesAnything() {
    // A generator of one's own, so that a failure comes back.
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let pieces = [
      "0", "1", "9", "99999999999999999999", ".", ",", "万", "亿", "千", "十", "两", "五", "成", "余", "约", "%", " ", "元", "美元",
      "-",
      "至", "~", "+", "T", "M", "点", "百分之", "个百分点", "billion", "倍", "$", ":", "/", "Z", "Jan", "PM", "(", ")", "%Q",
      "%d", "%j",
      "%V", "%W", "<", "=", "^", "s", "f", "e", "１", "2012", "-000001",
    ]
    func text() -> String { (0..<next(9)).map { _ in pieces[next(pieces.count)] }.joined() }
    let units = ["percent", "count", "CNY", "times"].compactMap { MeasureUnit(builtIn: $0) }
    var understood = 0
    for _ in 0..<3_000 {
      let (first, second) = (text(), text())
      let value = Double(bitPattern: UInt64(next(1 << 31)) << 33 | UInt64(next(1 << 31)))
      let unit = units[next(units.count)]
      if let quantity = try? parseQuantity(first, rowUnit: unit) {
        understood += 1
        let style = QuantityStyle(significantDigits: quantity.significantDigits)
        #expect(!formatQuantity(quantity.value, unit: unit, style: style, language: .simplifiedChinese).isEmpty)
      }
      _ = parseJavaScriptDate(first)
      _ = TimeParser(first)(second)
      _ = TimeFormat(first)(value)
      _ = Period(first)
      _ = NumberFormat(first)?(value)
      _ = formatQuantity(value, unit: unit, style: .init(format: NumberFormatSpecifier(first)), language: .english)
      _ = AxisNumberFormat(largest: value, language: .english)(value)
    }
    #expect(understood > 100)
  }
}
