import AlmanacCore
import Datasets
import MarkdownTree
import Notation
import ReportModel
import Testing

@Suite struct UnboundNumberTests {
  /// Every line of `sentences.txt` is read as a chapter; the numbers found, put back as marks, must give the line.
  @Test func marksTheNumbersOfTheCorpus() throws {
    let corpus = try textOfThisFolder("sentences.txt")
    let sentences = corpus.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    #expect(sentences.count >= 200)
    for marked in sentences {
      let sentence = marked.filter { $0 != "«" && $0 != "»" }
      let head = "---\ntitle: Words\n---\n"
      let chapter = readChapter(SourceFile(path: "a.md", text: head + sentence)).value
      let numbers = chapter.findUnboundNumbers(language: .english, editions: [.english], names: .builtIn)
      var scalars = Array(sentence.unicodeScalars)
      for number in numbers.reversed() {
        scalars.insert("»", at: number.span.end.column - 1)
        scalars.insert("«", at: number.span.start.column - 1)
      }
      #expect(String(String.UnicodeScalarView(scalars)) == marked)
    }
  }

  /// Everywhere that a reader reads, with the exact place of the number in the file.
  @Test(arguments: placesOfNumbers)
  func findsNumbersInEveryPlace(_ name: String, _ marked: String) {
    let marks = MarkedText(marked)
    let chapter = readChapter(SourceFile(path: "a.md", text: marks.text)).value
    let editions = [LanguageTag.english, .simplifiedChinese]
    let numbers = chapter.findUnboundNumbers(language: .english, editions: editions, names: .builtIn)
    #expect(numbers.map { MarkedText.name($0.span.start, $0.span.end) } == marks.places, "\(name)")
  }

  /// A figure with a file of its own: the texts of both editions, and nothing that is data or arranges the picture.
  @Test(arguments: [
    (
      FigureKind.chart,
      """
      title:
        text: {en: "To «8 million»", zh-Hans: "至«800万»"}
        subtitle: [in 2025, "of «9» firms"]
        fontSize: 14
      width: 300
      data: {values: [{title: "«12» firms", n: «3», year: 2024}, {n: 4, zero: 0}, {zero: «7»}]}
      datasets: {a: ["«5»", 6]}
      layer:
        - mark: {type: text, text: "«40%» more", dx: 5}
          encoding: {text: {value: "«41%»"}, y: {datum: «20»}, x: {datum: 1}, x2: {datum: 0}}
          transform: [{calculate: "«36.5»", as: share}, {calculate: "datum.n * 2", as: n2}]
        - mark: bar
          encoding:
            x: {field: n3, axis: {title: "Of «100» firms", values: [1, 2]}, scale: {domain: [0, 40]}}
            text: {field: n, format: .1f}
      usermeta:
        almanac:
          annotations:
            - {x: 2024, y: 30, text: {en: "Up «5%»", zh-Hans: "升«5%»"}}
          labels: true
      """
    ),
    (
      .diagram,
      """
      kind: matrix
      corner: "Of «7»"
      columns: [{label: "Over «30%»", tone: china}, {label: 2024}]
      rows:
        - label: {en: "Some «12» firms", zh-Hans: "约«12»家"}
          cells: ["«3» of them", {text: "«4%»", level: 2}, {en: "«6%»"}]
      items: [{label: A, x: 0.25, y: 0.5}]
      nodes: [{id: n40, label: "«40» nodes", group: g2}]
      edges: [{from: n40, to: n41}]
      """
    ),
  ])
  func findsNumbersInFiguresOfTheirOwn(kind: FigureKind, marked: String) {
    let marks = MarkedText(marked)
    let file = SourceFile(path: "a.yaml", text: marks.text)
    let numbers = findUnboundNumbers(
      inFigure: parseYAML(file).value, kind, file: file, editions: [.english, .simplifiedChinese], names: .builtIn)
    #expect(numbers.map { MarkedText.name($0.span.start, $0.span.end) } == marks.places)
  }

  /// What is no datum in a figure's data, and what an author says is none.
  @Test(arguments: [
    (FigureKind.chart, "data: {values: [{a: 5}]}\nusermeta: {almanac: {literal: true}}"),
    (.chart, "data: {values: [{a: 5, b: «6»}]}\nusermeta: {almanac: {literal: a}}"),
    (.chart, "data: {values: [{a: 5}, {a: 6}]}\nencoding: {x: {datum: 7}}\nusermeta: {almanac: {literal: [a, datum]}}"),
    (.chart, "data: {values: {type: FeatureCollection, features: [{id: 5}]}}"),
    (.chart, "data: {values: [{type: Feature, geometry: {coordinates: [5, 6]}}]}"),
    (.chart, "data: {values: \"a,b\\n«12»,13\", format: {type: csv}}"),
    (.chart, "data: {values: [[«3», 4]]}"),
    (.chart, "spec: {layer: [{data: {values: [{a: «4 million»}]}}]}"),
    (
      .chart,
      "encoding: {x: {field: a, scale: {domain: [0, 40]}, sort: [3, 2], axis: {values: [10, 20]}}, opacity: {value: 0.5}}"
    ),
    (.diagram, "kind: treemap\nparts: [{label: A, value: «40»}, {label: B, value: {query: b}}]"),
    (.diagram, "kind: treemap\nliteral: true\nparts: [{label: A, value: 40}]"),
  ])
  func findsNumbersTypedAsDataOfFigures(kind: FigureKind, marked: String) {
    let marks = MarkedText(marked)
    let file = SourceFile(path: "a.yaml", text: marks.text)
    let numbers = findUnboundNumbers(
      inFigure: parseYAML(file).value, kind, file: file, editions: [.english], names: .builtIn)
    #expect(numbers.map { MarkedText.name($0.span.start, $0.span.end) } == marks.places)
  }

  /// Names pass as a whole elsewhere, so figures in them are looked for here.
  @Test func findsFiguresInNames() {
    let marks = MarkedText(
      """
      entities:
        age-20-29: {en: 20 to 29, zh-Hans: 20—29岁}
        grok-3: Grok 3
        game: "[37]{.literal} Interactive"
        large: {en: "Above «five trillion» parameters", zh-Hans: "超«五万亿»"}
        users: «515 million» users
      metrics: {m: {en: "Share of the first «20»", zh-Hans: 占比}}
      """)
    let file = SourceFile(path: "names.yaml", text: marks.text)
    let names = readNames(file, editions: [])
    #expect(names.value.name(of: "game", in: .english) == "37 Interactive")
    let numbers = findUnboundNumbers(in: names.value, file: file)
    #expect(numbers.map { MarkedText.name($0.span.start, $0.span.end) } == marks.places)
  }

  /// Nothing is sought in a chapter's text without numbers, and what is kept with an outline comes back.
  @Test func keepsNumbersWithTheOutline() throws {
    let chapter = readChapter(SourceFile(path: "a.md", text: "---\ntitle: Words\n---\nIt has 40 firms.\n")).value
    let outline = ChapterOutline(of: chapter, name: "a", language: .english, editions: [.english], names: .builtIn)
    var json = JSONWriter()
    outline.write(to: &json)
    let kept = try #require(ChapterOutline(parseJSON(SourceFile(path: "kept", bytes: json.bytes)).value))
    #expect(kept == outline)
    #expect(kept.unboundNumbers.map(\.text) == ["40"])
    let off = ChapterOutline(of: chapter, name: "a", language: .english, editions: [.english])
    #expect(off.unboundNumbers.isEmpty)
  }

  @Test(arguments: [
    ("515 million", "bind it: `{v} genai-users.cn.2025-06`"), ("5.15亿", "bind it: `{v} genai-users.cn.2025-06`"),
    ("３６．５％", "bind it: `{v} genai-penetration.cn.2025-06`"),
    ("36%", "bind it if it means `{v} genai-penetration.cn.2025-06`"),
    ("37%", "bind it if it means `{v} genai-penetration.cn.2025-06`"),
    ("两倍", "bind it if it means `{v} multiple.cn.2025`"), ("19", "add it to Content/data/facts.csv"),
    ("40", "bind it: `{v} firms.cn.2025`"), ("91.2%", "write [91.2%]{.literal}"), ("三千万", "write [三千万]{.literal}"),
  ])
  func hintsAtTheFactThatAgrees(_ number: String, _ hint: String) throws {
    let facts = """
      id,metric,entity,region,period,value,unit,kind,source,locator,printed,note
      genai-users.cn.2025-06,genai-users,cn,cn,2025-06,515000000,persons,observed,a,L1,5.15亿,
      genai-penetration.cn.2025-06,genai-penetration,cn,cn,2025-06,36.5,percent,observed,a,L1,36.5%,
      multiple.cn.2025,multiple,cn,cn,2025,2,times,observed,a,L1,2倍,
      firms.cn.2025,firms,cn,cn,2025,40,count,observed,a,L1,40,
      models.cn.2025,models,cn,cn,2025,19,count,observed,a,L1,19,
      """
    var files = DataFiles()
    files.facts = SourceFile(path: "facts.csv", text: facts)
    let data = readData(files, editions: [.english], sources: nil).value
    let span = SourceSpan(path: "a.md", line: 1, column: 1)
    let outline = ChapterOutline(
      language: .english, name: "a", path: "a.md", title: "A", facts: ["firms.cn.2025"],
      unboundNumbers: [UnboundNumber(text: number, span: span)])
    #expect(diagnoseUnboundNumbers(in: [outline], data.ledger, .off).isEmpty)
    let found = diagnoseUnboundNumbers(in: [outline], data.ledger, .warning)
    #expect(found.map(\.code) == ["gate.unbound-number"])
    #expect(found.map(\.severity) == [.warning])
    let told = try #require(found.first?.hint)
    #expect(told.contains(hint), "\(told)")
  }

  /// Names of the report are no quantities: a name with digits as a whole, and the word before its version.
  @Test(arguments: [
    ("The Zebra 12 answers.", []), ("Zebra 14 answers.", []), ("Those of 19 and under.", []), ("Of 19 firms.", ["19"]),
    ("斑马7号与斑马7。", []), ("Zebra 12.5% of all.", ["12.5%"]),
  ])
  func knowsTheNamesOfTheReport(_ text: String, _ expected: [String]) {
    let names = readNames(
      SourceFile(
        path: "names.yaml",
        text: """
          entities:
            zebra: {en: "Zebra 12", zh-Hans: "斑马7"}
          categories:
            young: {en: "19 and under"}
          """), editions: []
    ).value
    let bytes = Array(text.utf8)
    let found = unboundNumbers(in: bytes, names: VersionedNames(naming: names))
    #expect(found.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
  }
}

private let placesOfNumbers: [(String, String)] = [
  ("prose, over a line's end", "---\ntitle: T\n---\n\nIt reached «515\nmillion» users and «5.15亿» more.\n"),
  ("heading", "---\ntitle: T\n---\n## All «538» services {#sec-all}\n"),
  ("title", "---\ntitle: The «40» firms of 2025\n---\n"),
  ("quoted title", "---\ntitle: \"The: «40» firms\"\n---\n"),
  ("folded description", "---\ntitle: T\ndescription: >-\n  Five firms\n  and «300 million» users\n---\n"),
  ("literal in a title", "---\ntitle: The [40]{.literal} firms\n---\n"),
  ("list and quote", "---\ntitle: T\n---\n1. One\n2. Has «3%»\n\n> Up «4%»\n> and «5%»\n"),
  ("callout", "---\ntitle: T\n---\n> [!NOTE] Has «6» parts\n> and «7» more\n"),
  ("footnote", "---\ntitle: T\n---\nA[^1].\n\n[^1]: Has «8» parts.\n"),
  ("cells", "---\ntitle: T\n---\n| a | «12» b |\n| --- | --- |\n| 2025 | «36.5%» |\n\n: Has «9» rows {#tbl-a}\n"),
  ("image as figure", "---\ntitle: T\n---\n![Has «9» bars](3.svg){#fig-a alt=\"Bars from 2024, «10» of them\"}\n"),
  ("image in a line", "---\ntitle: T\n---\nSee ![«9» bars](3.svg \"40\") there.\n"),
  ("emphasis, term, link", "---\ntitle: T\n---\nIt is **«5%»**, [«6» tokens]{.term} and [«7»](x8.html \"9\") wide.\n"),
  ("escapes and entities", "---\ntitle: T\n---\nUp &amp; \\* «5»\\* &euro;«6»\n"),
  ("code and markup", "---\ntitle: T\n---\n`5` <b>\n\n```\n40 firms\n```\n\n    50 firms\n"),
  ("query", "---\ntitle: T\n---\n```sql best\nSELECT 40\n```\n"),
  (
    "chart",
    """
    ---
    title: T
    ---
    ```vega-lite #fig-a
    caption: "Some «40» firms, [5]{.literal} left out"
    alt: >-
      A line from «10%»
      to «20%»
    note: {en: "Of «30» firms", zh-Hans: "30家"}
    title: {text: "To «8 million»", subtitle: ["in 2025", "of «9» firms"], fontSize: 14}
    width: 300
    data: {values: [{title: "«12» firms", n: «3», size: 4}]}
    usermeta: {almanac: {literal: [size]}}
    encoding: {x: {field: n, title: "Of «100» firms", axis: {values: [1, 2]}}}
    source: "[@a, L40]"
    ```
    """
  ),
  (
    "table",
    """
    ---
    title: T
    ---
    - In a list:

      ```table #tbl-a
      caption: The first nineteen
      query: a
      columns:
        - {field: n3, title: "Of «25»", format: .1f}
      spans:
        - {title: "«2 million»", columns: [n3]}
      notes:
        - Has `{v} a.b.2025` and «12» rows.
      ```
    """
  ),
  (
    "diagram in JSON",
    """
    ---
    title: T
    ---
    ```diagram #fig-a
    {"kind": "layers", "caption": "A \\"big\\" «40%»", "layers": [{"label": "«20» firms", "height": 30}]}
    ```
    """
  ),
]
