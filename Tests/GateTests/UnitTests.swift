import AlmanacCore
import Datasets
import Localization
import Notation
import Testing

@testable import ReportModel

/// In which unit a number comes out, and in which others it may be written.
@Suite struct UnitTests {
  private static let data: Diagnosed<ReportData> = {
    var files = DataFiles()
    files.names = SourceFile(
      path: "n",
      text: "entities: {a: A}\nmetrics: {m: M}\nunits: {eflops: {en: EFLOPS, symbol: \" EFLOPS\"}, minutes: minutes,"
        + " hours: {en: hours, symbol: {en: {one: \" hour\", other: \" hours\"}}}, CNY: {en: yuan, symbol: \" yuan\"}}")
    files.facts = SourceFile(
      path: "f",
      text: """
        id,metric,entity,region,period,value,unit,kind,source,locator,printed,note
        m.a.cny,m,a,,2024,720,CNY,observed,s,L1,720元,
        m.a.usd,m,a,,2024,100,USD,observed,s,L1,100美元,
        m.a.rate,m,a,,2024,7.2,CNY/USD,observed,s,L1,7.2,
        m.a.people,m,a,,2024,50,persons,observed,s,L1,50人,
        m.a.things,m,a,,2023,20,count,observed,s,L1,20,
        m.a.share,m,a,,2024,40,percent,observed,s,L1,40%,
        m.a.hours,m,a,,2024,3,hours,observed,s,L1,3小时,
        m.a.compute,m,a,,2024,10,eflops,observed,s,L1,10EFLOPS,
        """)
    return readData(files, editions: [.english], sources: ["s"])
  }()

  @Test func readsTheLedgerThatTheCasesUse() {
    // Two rows of one thing in two currencies agree through the rate of the year.
    #expect(Self.data.diagnostics.map(\.message) == [])
  }

  /// Expression, the unit to write it in, and what comes of it; "no" where it may not be written so.
  static let cases: [(String, String?, String)] = [
    ("m.a.cny", nil, "720 CNY"), ("m.a.cny", "CNY", "720 CNY"), ("m.a.cny", "USD", "no"), ("m.a.cny", "percent", "no"),
    ("m.a.cny", "persons", "no"), ("m.a.share", "CNY", "no"), ("m.a.share", "times", "0.4 times"),
    ("m.a.share", "percentage-points", "no"), ("m.a.share - m.a.share", "percentage-points", "0 percentage-points"),
    ("m.a.hours", "minutes", "180 minutes"), ("m.a.hours", "persons", "no"), ("m.a.people", "count", "50 count"),
    ("m.a.things", "persons", "20 persons"), ("m.a.things", "eflops", "no"), ("m.a.compute", "count", "no"),
    // Money from one currency to another: only through a rate that is a fact.
    ("m.a.cny / m.a.rate", nil, "100 USD"), ("m.a.usd * m.a.rate", nil, "720 CNY"),
    ("m.a.rate * m.a.usd", nil, "720 CNY"),
    ("m.a.usd / m.a.rate", "CNY", "no"), ("m.a.cny * m.a.rate", "USD", "no"), ("m.a.cny * 0.14", "USD", "no"),
    ("m.a.cny + m.a.usd * m.a.rate", nil, "1440 CNY"), ("m.a.cny + m.a.usd", nil, "value.different-units"),
    // What is made of unlike things is named by the author, within reason.
    ("m.a.cny / m.a.people", nil, "14.4 count"), ("m.a.cny / m.a.people", "CNY", "14.4 CNY"),
    ("m.a.cny / m.a.people", "USD", "no"), ("m.a.cny / m.a.usd", "CNY", "no"),
    ("m.a.compute / m.a.people", "eflops", "0.2 eflops"),
    ("m.a.cny / m.a.cny", "CNY", "no"), ("m.a.people * m.a.share", nil, "20 persons"),
    // A share of things counted is a number of them, and gives their whole back.
    ("m.a.things * m.a.share", nil, "8 count"), ("2 * m.a.share", nil, "80 percent"),
    ("m.a.cny / m.a.share", nil, "1800 CNY"), ("m.a.things / m.a.share", nil, "50 count"),
    ("m.a.share / m.a.share", nil, "1 times"), ("100 / m.a.share", nil, "2.5 count"),
    // Things counted may be added, things and money may not; a bare number takes any unit.
    ("m.a.people + m.a.things", nil, "70 persons"), ("m.a.cny + m.a.things", nil, "value.different-units"),
    ("m.a.cny + 5", nil, "725 CNY"), ("sum(m.a.things, m.a.share)", nil, "value.different-units"), ("5", "CNY", "no"),
  ]

  @Test(arguments: cases)
  func convertsWithinADimensionOnly(text: String, unit: String?, expected: String) throws {
    let place = SourceSpan(path: "x", line: 1, column: 1)
    let bound = parseBoundValue(Array(text.utf8)) { _ in place }
    let value = resolveValue(try #require(bound.value.expression), in: Self.data.value)
    var found = value.diagnostics.first?.code ?? "?"
    if var result = value.value {
      found = "no"
      let own = Self.data.value.names.measure(result.unit) ?? .count
      if let unit {
        let other = try #require(Self.data.value.names.measure(unit))
        if let converted = result.converted(from: own, to: other) {
          result = converted
          found = "\(shortestNumber((result.value * 1e6).rounded() / 1e6)) \(result.unit)"
        }
      } else {
        found = "\(shortestNumber((result.value * 1e6).rounded() / 1e6)) \(result.unit)"
      }
    }
    #expect(found == expected, "\(text) in \(unit ?? "its own unit")")
  }

  @Test func writesTheUnitsThatNamesDeclare() {
    let names = Self.data.value.names
    func written(_ value: Double, _ unit: String) -> String? {
      names.measure(unit).map {
        formatQuantity(value, unit: $0, language: .english).replacing("\u{A0}", with: "_")
      }
    }
    #expect(written(1, "hours") == "1_hour" && written(3, "hours") == "3_hours")
    #expect(written(3, "minutes") == "3" && written(3, "eflops") == "3_EFLOPS")
    // A currency is written as its language writes it, whatever a name says.
    #expect(written(3, "CNY") == "CNY_3")
  }
}
