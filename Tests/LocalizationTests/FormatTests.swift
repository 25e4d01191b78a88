import Testing

@testable import Localization

@Suite struct FormatTests {
  @Test func writesNumbersAsD3Does() throws {
    for row in rows(numberFormatCases) {
      let format = try #require(NumberFormat(row[0]), "'\(row[0])' is a format")
      #expect(format(try #require(Double(row[1]))) == row[2], "'\(row[0])' of \(row[1])")
    }
  }

  @Test(arguments: ["foo", ".-2s", ".f", "%%", "10,2", "é<", "q q"])
  func refusesWhatIsNoNumberFormat(specifier: String) {
    #expect(NumberFormatSpecifier(specifier) == nil || specifier == "é<")
  }

  @Test func followsALocale() {
    let german = NumberLocale(decimal: ",", thousands: ".", currencyPrefix: "", currencySuffix: "\u{A0}€")
    #expect(NumberFormat("$,.2f", locale: german)!(-1234567.891) == "−1.234.567,89\u{A0}€")
    let indian = NumberLocale(grouping: [3, 2, 2, 2, 2, 2])
    #expect(NumberFormat(",d", locale: indian)!(123_456_789) == "12,34,56,789")
    let arabic = NumberLocale(numerals: ["٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"])
    #expect(NumberFormat("d", locale: arabic)!(2025) == "٢٠٢٥")
    #expect(NumberFormat("$,.0f", locale: .chinese)!(1500) == "¥1,500")
    #expect(NumberFormat("_>6c")!(text: "a中") == "____a中")
  }

  @Test func choosesPrecisionFromTheStep() {
    #expect(precisionFixed(step: 0.05) == 2)
    #expect(precisionRound(step: 0.01, largest: 1.01) == 3)
    #expect(precisionPrefix(step: 1e5, value: 1.3e6) == 1)
    #expect(precisionFixed(step: .nan) == nil)
    let millions = NumberFormat(NumberFormatSpecifier(",.0s")!, prefixFor: 1.3e6)
    #expect(millions(1.1e6) == "1M")
    #expect(NumberFormat.forTicks(nil, step: 0.05, largest: 1)(0.5) == "0.50")
    #expect(NumberFormat.forTicks(NumberFormatSpecifier("s"), step: 500, largest: 2000)(1500) == "1.5k")
    #expect(NumberFormat.forTicks(NumberFormatSpecifier("%"), step: 0.05, largest: 1)(0.15) == "15%")
    #expect(NumberFormat.forSingleNumbers(nil)(1234.5) == "1,234.5")
  }

  @Test func writesTimesAsD3Does() throws {
    for row in rows(timeFormatCases) {
      #expect(TimeFormat(row[0])(try #require(Double(row[1]))) == row[2], "'\(row[0])' of \(row[1])")
    }
    #expect(TimeFormat("%x %A %b %p", locale: .chinese)(951_782_400_000) == "2000年2月29日 星期二 二月 上午")
  }

  @Test(arguments: [
    ("%Y-%m-%d", "2012-03-04", 1_330_819_200_000.0), ("%d/%m/%Y", "4/3/2012", 1_330_819_200_000.0),
    ("%b %d, %Y", "mar 04, 2012", 1_330_819_200_000.0), ("%Y %V", "2016 01", 1_451_865_600_000.0),
    ("%Y W%W", "2012 W10", 1_330_905_600_000.0), ("%I:%M %p", "12:05 am", -2_208_988_500_000.0),
    ("%Y-%m-%d %Z", "2012-01-01 +0800", 1_325_347_200_000.0), ("%Q", "1234567890", 1_234_567_890.0),
    ("%q %Y", "3 2012", 1_341_100_800_000.0), ("%Y-%m-%d", "2012-1-1x", nil as Double?), ("%b", "Ma", nil),
    ("100%%", "100%", -2_208_988_800_000.0),
  ])
  func readsTimesInAFormat(specifier: String, text: String, expected: Double?) {
    #expect(TimeParser(specifier)(text) == expected)
  }

  @Test(arguments: [
    (1_704_067_200_000.0, "2024"), (1_711_929_600_000, "April"), (1_709_251_200_000, "March"),
    (1_704_585_600_000, "Jan 07"), (1_704_672_000_000, "Mon 08"), (1_704_679_200_000, "02 AM"),
    (1_704_679_260_000, "02:01"), (1_704_679_261_000, ":01"), (1_704_679_261_500, ".500"),
  ])
  func labelsTicksByTheirCoarsestUnit(time: Double, expected: String) {
    #expect(MultiTimeFormat()(time) == expected)
    let chinese = MultiTimeFormat(MultiTimeFormat.chineseAxis, locale: .chinese)
    #expect(
      chinese(1_704_067_200_000) == "2024年" && chinese(1_711_929_600_000) == "4月"
        && chinese(time).contains("%") == false)
  }
}
