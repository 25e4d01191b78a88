import AlmanacCore
import BuildEngine
import Testing

/// What pages and files say to programs about the report's data.
@Suite struct StructuredDataTests {
  /// The blocks of JSON-LD of a page.
  private func blocks(of page: String?) -> [String] {
    (page ?? "").split(separator: "<script type=\"application/ld+json\">", omittingEmptySubsequences: false).dropFirst()
      .map { String($0.prefix { $0 != "<" }) }
  }

  @Test func namesWhatAChapterShows() async throws {
    let story = SiteStory()
    #expect(await story.build(strict: true).isPublished)
    let pages = story.pages()
    let chapter = try #require(blocks(of: pages["en/users.html"]).first)
    #expect(blocks(of: pages["en/users.html"]).count == 1)
    for part in [
      #"{"@context":"https://schema.org","@type":"Chapter","name":"Users","inLanguage":"en","url":"users.html""#,
      #""isPartOf":{"@type":"Report","name":"Small report","url":"index.html"}"#,
      // A fact of the text, and one of a figure alone.
      #"{"@type":"PropertyValue","name":"Users, China","description":"2025","value":515000000,"unitText":"persons","url":"data.html#fact-users.cn.2025"}"#,
      #""url":"data.html#fact-users.us.survey.2025""#,
      // The dataset that only a bound cell names.
      #"{"@type":"DataDownload","name":"prices","encodingFormat":"text/csv","contentUrl":"../data/prices.csv"}"#,
    ] {
      #expect(chapter.contains(part), "\(part) in \(chapter)")
    }
    let other = try #require(blocks(of: pages["zh-Hans/money.html"]).first)
    #expect(other.contains("prices.csv") && !other.contains("PropertyValue\",\"name\":\"用户"))
    let data = try #require(blocks(of: pages["zh-Hans/data.html"]).first)
    for part in [
      #""@type":"Dataset""#, #""temporalCoverage":"2025-01-01/2025-12-31""#, #"{"@type":"Place","name":"中国"}"#,
      #"{"@type":"PropertyValue","name":"用户","unitText":"人","url":"#, #""contentUrl":"../datapackage.json""#,
      #"{"@type":"Report","name":"普查","datePublished":"2025-10","inLanguage":"zh-CN","url":"references.html#ref-census-2025"}"#,
    ] {
      #expect(data.contains(part), "\(part) in \(data)")
    }
    for page in ["en/index.html", "index.html", "404.html", "en/figures.html"] {
      #expect(blocks(of: pages[page]) == [])
    }
  }

  @Test func keepsHostileTextsInsideTheBlock() async {
    let hostile = "</script><script>alert(1)</script><!--\u{2028}\\\""
    let story = SiteStory([
      "Content/data/names.yaml": """
      entities: {cn: {en: '\(hostile)', zh-Hans: 中国}, us: {en: United States, zh-Hans: 美国}}
      metrics: {users: {en: Users, zh-Hans: 用户}}
      """,
      "Content/report.yaml":
        "title: '\(hostile)'\neditions: [en, zh-Hans]\nchapters: [users, money]\nbaseURL: https://example.org/a/\n",
    ])
    let outcome = await story.build()
    #expect(outcome.isPublished, "\(outcome.diagnostics)")
    for (path, page) in story.pages() where path.hasSuffix(".html") {
      #expect(!page.contains("<script>alert"), "\(path)")
      for block in blocks(of: page) {
        #expect(block.hasSuffix("}") && block.contains(#"\u003c/script\u003e\u003cscript\u003ealert(1)"#), "\(path)")
        #expect(
          block.contains(#""url":"https://example.org/a/en/"#)
            || block.contains(#""url":"https://example.org/a/zh-Hans/"#))
      }
    }
  }

  @Test func describesTheRowsOfFiguresWithTheirTypes() async throws {
    let story = SiteStory([
      "Content/data/datapackage.yaml": """
      name: small
      licenses: [{name: CC-BY-4.0, path: "https://creativecommons.org/licenses/by/4.0/"}]
      resources:
        - name: prices
          path: prices.csv
          source: census-2025
          schema:
            fields: [{name: model, type: string}, {name: price, type: number, unit: USD}]
            primaryKey: model
      """
    ])
    #expect(await story.build(strict: true).isPublished)
    let pages = story.pages()
    let package = try #require(pages["datapackage.json"]).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      package.contains(
        #""licenses": [ { "name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/" } ]"#))
    #expect(
      package.contains(
        #""path": "en/figures/tbl-prices.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "title": "Prices", "schema": { "fields": [ { "name": "model", "type": "string" }, { "name": "price", "type": "number" } ], "missingValues": [ "" ] }"#
      ))
    // Numbers in all their digits, not as readers see them.
    #expect(pages["en/figures/fig-users.csv"]?.contains("China,515000000") == true)
    // A page that stays as it was is still described.
    story.write("Content/en/money.md", try #require(smallReport["Content/en/money.md"]) + "\nMore.\n")
    #expect(await story.build(strict: true).isPublished)
    #expect(story.pages()["datapackage.json"] == pages["datapackage.json"])
    #expect(
      blocks(of: pages["en/data.html"]).first?.contains(#""license":"https://creativecommons.org/licenses/by/4.0/""#)
        == true)
  }
}
