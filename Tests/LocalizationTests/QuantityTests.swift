import AlmanacCore
import Testing

@testable import Localization

@Suite struct QuantityTests {
  /// Value, unit, options, English, Chinese; `_` is a no-break space. Options: digits, `f` a format, `u` unit off, `s` scale off, `+` sign.
  @Test func writesOneValueInBothLanguages() throws {
    for row in rows(spellings) {
      let value = try #require(Double(row[0]))
      let unit =
        MeasureUnit(builtIn: row[1])
        ?? MeasureUnit(key: row[1], kind: .custom, symbols: ["en": " EFLOPS", "zh-Hans": " EFLOPS"])
      var style = QuantityStyle()
      for option in row[2].split(separator: " ") {
        switch option.first {
        case "f": style.format = NumberFormatSpecifier(option.dropFirst())
        case "u": style.showsUnit = false
        case "s": style.scales = false
        case "+": style.showsPlus = true
        default: style.significantDigits = Int(option)
        }
      }
      let written = [LanguageTag.english, .simplifiedChinese].map {
        formatQuantity(value, unit: unit, style: style, language: $0).replacing("\u{A0}", with: "_")
      }
      #expect(written == [row[3], row[4]], "\(row[0]) \(row[1]) \(row[2])")
    }
  }

  private let spellings = """
    515000000|persons|3|515_million|5.15亿|
    29416000000|CNY|5|CNY_29.4_billion|294.16亿元|
    109100000000|USD|4|US$109.1_billion|1091亿美元|
    36.5|percent|3|36.5%|36.5%|
    12.1|percentage-points|3|12.1_percentage points|12.1个百分点|
    1|percentage-points|1|1_percentage point|1个百分点|
    3.5|times|2|3.5_times|3.5倍|
    12345|count|5|12,345|1.2345万|
    12000|count|2|12,000|1.2万|
    9999|count||9,999|9999|
    999960000|count|5|1.00_billion|9.9996亿|
    999960000|count|4|1.00_billion|10.00亿|
    99999600|count|5|100.0_million|1.0000亿|
    999999.5|count|6|1.00_million|100.000万|
    9999.6|count|4|10,000|1.000万|
    5|percent|2|5.0%|5.0%|
    0|percent|2|0.0%|0.0%|
    0|count||0|0|
    2.675|percent|f.2f|2.68%|2.68%|
    1.005|times|3|1.01_times|1.01倍|
    515000000|persons|f.1f|515.0_million|5.2亿|
    999960000|persons|f.1f|1.0_billion|10.0亿|
    515000000|persons|s|515,000,000|515,000,000|
    29416000000|CNY|5 u|29.4_billion|294.16亿|
    -29416000000|CNY|3|−CNY_29.4_billion|−294亿元|
    -3.25|percent||−3.3%|−3.3%|
    106.4257|percent||106.4%|106.4%|
    0.04567|percent||0.046%|0.046%|
    12.1|percent|3 +|+12.1%|+12.1%|
    0|percent|+|0%|0%|
    3000000000000|CNY|1|CNY_3_trillion|3万亿元|
    1037.3|eflops|5|1,037.3_EFLOPS|1037.3_EFLOPS|
    671000000000|parameters|3|671_billion|6710亿|
    0.1|USD|1|US$0.1|0.1美元|
    33.333333333333336|count||33.3|33.3|
    1234567.8912|count||1.23_million|123万|
    1500000000000000000|count|2|1,500,000_trillion|1500000万亿|
    900000000|EUR|1|€900_million|9亿欧元|
    """

  /// Row's unit, text, then value, upper end, unit, qualifier, digits, decimals, counter; or the offset and reason of the error.
  @Test func understandsPrintedFigures() throws {
    for row in rows(printed) {
      let unit = MeasureUnit(builtIn: row[0]) ?? MeasureUnit(key: row[0], kind: .custom)
      let found: String
      do throws(QuantityError) {
        let quantity = try parseQuantity(row[1], rowUnit: unit)
        let upper = quantity.upper.map { "…" + javaScriptString($0) } ?? ""
        found =
          "\(javaScriptString(quantity.value))\(upper) \(quantity.unit.key) \(quantity.qualifier?.rawValue ?? "exact") "
          + "\(quantity.significantDigits) \(quantity.decimals) \(quantity.counter ?? "-")"
        #expect(quantity.agrees(with: quantity.value) && !quantity.agrees(with: quantity.value.nextUp))
      } catch {
        found = "\(error.offset) \(error.message)"
      }
      #expect(found == row[2], "'\(row[1])'")
    }
  }

  private let printed = """
    persons|5.15亿|515000000 persons exact 3 2 -|
    persons|5.15 亿人|515000000 persons exact 3 2 人|
    percent|36.5%|36.5 percent exact 3 1 -|
    percent|１７．５％|17.5 percent exact 3 1 -|
    percentage-points|0.3%|0.3 percentage-points exact 1 1 -|
    percentage-points|12.1个百分点|12.1 percentage-points exact 3 1 -|
    CNY|约 3000 亿元|300000000000 CNY about 1 0 -|
    CNY|超过 5000 亿元人民币|500000000000 CNY over 1 0 -|
    CNY|￥1,234.50|1234.5 CNY exact 6 2 -|
    CNY|7000多亿元|700000000000 CNY over 1 0 -|
    CNY|10-15亿元|1000000000…1500000000 CNY exact 1 0 -|
    USD|近 900 亿美元|90000000000 USD nearly 1 0 -|
    USD|US$109.1 billion|109100000000 USD exact 4 1 -|
    USD|$109.1bn|109100000000 USD exact 4 1 -|
    USD|0.15 美元/百万 tokens|0.15 USD exact 2 2 /百万 tokens|
    INR|100 亿卢比|10000000000 INR exact 1 0 -|
    times|1.8 倍|1.8 times exact 2 1 -|
    times|10x|10 times exact 1 0 -|
    count|超过10亿|1000000000 count over 1 0 -|
    count|10余万款|100000 count over 1 0 款|
    count|50,000|50000 count exact 1 0 -|
    count|三十五|35 count exact 2 0 -|
    count|两万五千|25000 count exact 2 0 -|
    count|十二亿|1200000000 count exact 2 0 -|
    count|1亿2000万|120000000 count exact 2 0 -|
    count|5亿以上|500000000 count over 1 0 -|
    count|100+|100 count over 1 0 -|
    count|-12.5|-12.5 count exact 3 1 -|
    persons|9 亿 6000 万人|960000000 persons exact 2 0 人|
    persons|more than 1.5 million|1500000 persons over 2 1 -|
    persons|500 million people|500000000 persons exact 1 0 people|
    percent|三成|30 percent exact 1 0 -|
    percent|三成五|35 percent exact 2 0 -|
    percent|百分之三十六点五|36.5 percent exact 3 1 -|
    percent|10%-15%|10…15 percent exact 1 0 -|
    percent|5.0%|5 percent exact 2 1 -|
    parameters|671B|671000000000 parameters exact 3 0 -|
    tokens|10 万亿 tokens|10000000000000 tokens exact 1 0 tokens|
    eflops|1037.3EFLOPS|1037.3 eflops exact 5 1 EFLOPS|
    years|3 年|3 years exact 1 0 年|
    count|1w+|10000 count over 1 0 -|
    count|3W 个|30000 count exact 1 0 个|
    times|5:1|5 times exact 1 0 -|
    times|３：２|1.5 times exact 2 1 -|
    times|10:3|2 ':3' is not understood in a printed figure|
    count|千万|10000000 count exact 1 0 -|
    count|万台|10000 count exact 1 0 台|
    count|百余项|100 count over 1 0 项|
    count|百万级|1000000 count exact 1 0 级|
    CNY|万亿元|1000000000000 CNY exact 1 0 -|
    CNY|超千亿元|100000000000 CNY over 1 0 -|
    percent|一半|50 percent exact 1 0 -|
    percent|超过一半|50 percent over 1 0 -|
    times|一半|0.5 times exact 1 1 -|
    count|亿万|0 no number in '亿万'|
    percent|12.1个百分点|4 '个百分点' is not the row's unit 'percent'|
    CNY|900亿美元|4 '美元' is not the row's unit 'CNY'|
    count|数十亿|0 '数十亿' is not a number but a magnitude|
    count||0 the printed figure is empty|
    count|abc|0 no number in 'abc'|
    count|5亿@|2 '@' is not understood in a printed figure|
    """

  @Test(arguments: [
    (0.0, "0", "0"), (500_000_000, "500_million", "5亿"), (2_500_000_000, "2.5_billion", "25亿"),
    (20_000, "20,000", "2万"), (5_000, "5,000", "5000"), (25_000, "25,000", "2.5万"), (-1_000_000, "−1_million", "−100万"),
  ])
  func labelsAxesInWords(value: Double, english: String, chinese: String) {
    #expect(AxisNumberFormat(language: .english)(value).replacing("\u{A0}", with: "_") == english)
    #expect(AxisNumberFormat(language: .simplifiedChinese)(value) == chinese)
    let shared = AxisNumberFormat(NumberFormatSpecifier(".1f"), largest: 2e9, language: .simplifiedChinese)
    #expect(shared(5e7) == "0.5亿")
    // Far down a log scale the shared word would leave mostly noughts.
    let log = AxisNumberFormat(largest: 1e6, language: .english)
    #expect([1e3, 1e4, 1e6].map { log($0).replacing("\u{A0}", with: "_") } == ["1,000", "0.01_million", "1_million"])
  }
}
