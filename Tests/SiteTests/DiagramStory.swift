import AlmanacCore
import BuildEngine
import Testing

/// A diagram from its file to the page, its numbers to the record, and an edit of the file to the page again.
@Suite struct DiagramStory {
  @Test func followsItsFileAndCountsItsNumbers() async {
    let body = "```diagram #fig-steps\nspec: figures/steps.diagram.yaml\ncaption: Steps\nalt: Two steps.\n```"
    let file =
      "kind: ladder\nlevels: [{label: {en: Few, zh-Hans: 少}}, {label: {en: Many, zh-Hans: 多}, text: '`{v} users.cn.2025`'}]"
    let story = SiteStory([
      "Content/report.yaml": smallReport["Content/report.yaml"]!.replacing(
        "[users, money]", with: "[users, money, steps]"),
      "Content/en/steps.md": "---\ntitle: Steps\n---\n\n\(body)\n",
      "Content/zh-Hans/steps.md": "---\ntitle: 步骤\n---\n\n\(body)\n",
      "Content/figures/steps.diagram.yaml": file,
    ])
    let first = await story.build()
    #expect(first.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    let pages = story.pages()
    let page = pages["en/steps.html"] ?? ""
    #expect(page.contains("fig-steps-w-title") && page.contains("fig-steps-n-title"), "a picture for each width")
    #expect(page.contains("515\u{A0}million</text>"), "the number as the edition writes it")
    #expect(page.contains("<data class=\"v\" value=\"515000000\">"), "a bound number in the text below")
    #expect(pages["zh-Hans/steps.html"]?.contains(">多<") == true)
    #expect(pages["en/figures/fig-steps.svg"]?.contains(">Many<") == true)
    #expect(pages["report.json"]?.contains("en/steps.html") == true)

    story.write("Content/figures/steps.diagram.yaml", file.replacing("Many", with: "Everybody"))
    _ = await story.build()
    #expect(story.pages()["en/steps.html"]?.contains(">Everybody<") == true)
    _ = await story.build(output: "Clean")
    #expect(story.pages(in: "Clean") == story.pages(), "as a clean build makes it")
  }
}
