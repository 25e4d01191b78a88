import AlmanacCore
import Notation
import Testing

@testable import Localization

@Suite struct TextTests {
  @Test(arguments: [
    ("2025", "2025", "2025年"), ("2025-06", "June 2025", "2025年6月"), ("2025-06-30", "30 June 2025", "2025年6月30日"),
    ("2025-Q1", "Q1 2025", "2025年第一季度"), ("2025-H2", "the second half of 2025", "2025年下半年"),
    ("2020/2024", "2020–2024", "2020—2024年"),
    ("2024-12/2025-06", "December 2024 – June 2025", "2024年12月—2025年6月"),
  ])
  func writesPeriods(text: String, english: String, chinese: String) throws {
    let period = try #require(Period(text))
    #expect(period.text(language: .english) == english)
    #expect(period.text(language: .simplifiedChinese) == chinese)
    #expect(period.ledgerText == text)
  }

  @Test(arguments: [
    "", "25", "2025-13", "2025-6", "2025-02-29", "2025-Q5", "2025-H0", "2024/2020", "2025/", "2025-06-30T",
  ])
  func refusesWhatIsNoPeriod(text: String) {
    #expect(Period(text) == nil)
  }

  @Test func ordersPeriodsByTheirFirstDay() {
    let periods = ["2025-H1", "2024", "2025-01", "2025"].compactMap { Period($0) }.sorted()
    #expect(periods.map(\.ledgerText) == ["2024", "2025-01", "2025-H1", "2025"])
    #expect(Period("2024-02")!.dayAfter - Period("2024-02")!.firstDay == 29)
  }

  @Test func punctuatesByLanguage() {
    let names = ["A", "B", "C"]
    #expect(joinedList(names, language: .english) == "A, B and C")
    #expect(joinedList(names, language: .simplifiedChinese) == "A、B和C")
    #expect(joinedList([], language: .english).isEmpty)
    #expect(labelled("来源", "CNNIC", language: .simplifiedChinese) == "来源：CNNIC")
    #expect(parenthesized("million", after: "users", language: .english) == "users (million)")
    #expect(pluralCategory(1, language: .english) == .one && pluralCategory(1, language: .simplifiedChinese) == .other)
    #expect(pluralCategory(1, visibleDecimals: 1, language: .english) == .other)
  }

  @Test func sortsByLanguage() {
    let english = ["zebra", "Éclair", "apple", "Apple 10", "apple 9", "eclipse", "GPT-4", "gpt-3"]
    #expect(
      Collation(.english).sorted(english) { $0 } == [
        "apple", "apple 9", "Apple 10", "Éclair", "eclipse", "gpt-3", "GPT-4", "zebra",
      ])
    let chinese = ["智能体", "大模型", "Token", "算力", "参数", "MoE", "语料", "对齐"]
    let collation = Collation(.simplifiedChinese)
    #expect(collation.sorted(chinese) { $0 } == ["MoE", "Token", "参数", "大模型", "对齐", "算力", "语料", "智能体"])
    #expect(chinese.map(collation.indexLetter) == ["Z", "D", "T", "S", "C", "M", "Y", "D"])
  }

  @Test func fillsInMessages() {
    let catalogue = MessageCatalogue.reading(
      [strings("a: Chapter {number}\nb: {one: \"{n} figure\", other: \"{n} figures\"}\nc:\n  d: \"{{x}}\"")],
      language: .english)
    #expect(catalogue.diagnostics.isEmpty)
    #expect(catalogue.value.text("a", ["number": 3]) == "Chapter 3")
    #expect(catalogue.value.text("b", ["n": 1]) == "1 figure")
    #expect(catalogue.value.text("b", ["n": 1200]) == "1,200 figures")
    #expect(catalogue.value.text("c.d") == "{x}")
    #expect(catalogue.value.text("nothing") == nil)
  }

  @Test(arguments: [
    ("a: [1]", "strings.wrong-type"), ("- a", "strings.wrong-type"), ("a: \"{b\"", "strings.malformed-placeholder"),
    ("a: {many: x, other: y}", "strings.unknown-plural"),
  ])
  func diagnosesStrings(text: String, code: String) {
    let catalogue = MessageCatalogue.reading([strings(text)], language: .english)
    #expect(catalogue.diagnostics.map(\.code) == [code])
  }

  @Test func comparesTheWordsOfTwoLanguages() {
    let english = MessageCatalogue.reading([strings("title: a {x}\nnext: b")], language: .english).value
    let chinese = MessageCatalogue.reading([strings("title: a {y}")], language: .simplifiedChinese).value
    let differences = chinese.differences(from: english)
    #expect(differences.map(\.code) == ["strings.placeholders-differ", "strings.missing-key"])
    #expect(english.missing("titel").hint == "did you mean 'title'?")
  }

  private func strings(_ text: String) -> NotationValue {
    parseYAML(SourceFile(path: "strings/en.yaml", text: text)).value
  }
}
