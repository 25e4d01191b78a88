import AlmanacCore
import Notation
import TestSupport
import Testing

@testable import Datasets

@Suite struct QueryTests {
  static let data: ReportData = {
    var files = DataFiles()
    files.names = SourceFile(
      path: "names.yaml",
      text: """
        entities: {cn: {en: China, zh-Hans: 中国}, us: {en: United States, zh-Hans: 美国}, empty: ""}
        metrics: {users: {en: Users, zh-Hans: 用户}}
        """)
    files.facts = SourceFile(
      path: "facts.csv",
      text: ledgerHeader + """
        users.us.2025-06,users,us,us,2025-06,7,persons,observed,s,L1,7,
        users.cn.2025-q1,users,cn,cn,2025-Q1,10.5,persons,forecast,s,L1,"约 10.5",note

        """)
    files.package = SourceFile(
      path: "datapackage.yaml",
      text: """
        resources:
          - name: mau
            schema:
              fields:
                - {name: product, type: string}
                - {name: users, type: integer, unit: persons}
                - {name: year, type: integer}
                - {name: paid, type: boolean}
        """)
    files.datasets["mau.csv"] = SourceFile(
      path: "mau.csv", text: "product,users,year,paid\n豆包,3,2024,true\nb,4,,false\n")
    let data = readData(files, editions: [.english, .simplifiedChinese], sources: nil)
    precondition(data.diagnostics.isEmpty, "\(data.diagnostics)")
    return data.value
  }()
  static let image = makeDatabaseImage(of: data)

  func run(
    _ sql: String, views: [NamedQuery] = [], limits: QueryLimits = QueryLimits(), language: LanguageTag = .english
  ) -> (
    result: QueryResult?, diagnostics: [Diagnostic]
  ) {
    let text = QueryText(sql, path: "file", origin: Place(line: 1, column: 1))
    let run = runQueries([text], views: views, in: Self.image, language: language, limits: limits)
    return (run.results[0].value, run.viewDiagnostics + run.results[0].diagnostics)
  }

  static let answers: [(sql: String, rows: String)] = [
    (
      "SELECT id, value, period_start, period_end FROM facts",
      "users.us.2025-06|7|2025-06-01|2025-06-30 / users.cn.2025-q1|10.5|2025-01-01|2025-03-31"
    ),
    ("mau", "豆包|3|2024|1 / b|4|-|0"), ("SELECT users / 2, year / 5 FROM mau", "1.5|404 / 2|-"),
    ("SELECT name(entity), name(NULL), printed, region || '' FROM facts", "美国|-|7|us / 中国|-|约 10.5|cn"),
    ("SELECT unit('CNY'), unit('cn'), length('中文')", "元|中国|2"),
    ("SELECT sum(value) AS total, count(*) AS n FROM facts -- all\n;", "17.5|2"),
    ("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3) SELECT i FROM c", "1 / 2 / 3"),
    ("SELECT product, max(users) OVER (), name('empty') FROM mau", "豆包|4| / b|4|"),
    ("SELECT 9e999, x'616263'", "-|abc"),
  ]

  @Test func answersQueries() {
    for (sql, rows) in Self.answers {
      let (result, diagnostics) = run(sql, language: .simplifiedChinese)
      #expect(diagnostics.isEmpty, "\(sql): \(diagnostics)")
      let found = (0..<(result?.rowCount ?? 0)).map { row in
        (result?.columns ?? []).map { column in
          switch column.values[row] {
          case .null: "-"
          case .number(let number): shortestNumber(number)
          case .text(let text): text
          }
        }.joined(separator: "|")
      }
      #expect(found.joined(separator: " / ") == rows, "\(sql)")
    }
  }

  @Test func knowsUnitsAndFactsOfColumns() throws {
    let view = NamedQuery(
      name: "both", nameSpan: SourceSpan(path: "v", line: 1, column: 1),
      text: QueryText(
        "SELECT id AS fact, value FROM facts ORDER BY value DESC;", path: "v", origin: Place(line: 1, column: 1)))
    let facts = try #require(run("both", views: [view]).result)
    #expect(facts.columns.map(\.name) == ["fact", "value"])
    #expect(facts.facts == [["users.cn.2025-q1"], ["users.us.2025-06"]])
    #expect(facts.column(named: "value")?.isFactValue == true)
    let products = try #require(run("SELECT users AS monthly, users * 2 AS twice, product AS id FROM mau").result)
    #expect(products.columns.map(\.unit) == ["persons", nil, nil])
    #expect(products.facts == [[], []])
    // Of a union SQLite names the column of one part.
    for parts in [["users FROM mau", "value FROM facts"], ["value FROM facts", "users FROM mau"]] {
      let union = try #require(run("SELECT \(parts.joined(separator: " UNION ALL SELECT "))").result)
      #expect(union.columns[0].origin == nil && union.columns[0].unit == nil)
    }
    let grouped = try #require(run("SELECT group_concat(id) AS fact FROM facts").result)
    #expect(grouped.facts == [["users.us.2025-06", "users.cn.2025-q1"]])
  }

  static let mistakes: [(String, [Expected])] = [
    ("SELECT «1»FROM facts", [.init(1, "query.syntax", "unexpected 'FROM'")]),
    ("SELECT (1", [.init(0, "query.syntax", "too early")]), ("", [.init(0, "query.syntax", "too early")]),
    ("SELECT *\nFROM «1»fcats", [.init(1, "query.unknown-table", "did you mean 'facts'?")]),
    ("«1»mua", [.init(1, "query.unknown-table", "did you mean 'mau'?")]),
    ("SELECT '中', «1»valeu FROM facts", [.init(1, "query.unknown-column", "did you mean 'value'?")]),
    ("SELECT f.«1»x FROM facts f", [.init(0, "query.unknown-column")]),
    ("SELECT «1»nmae(entity) FROM facts", [.init(1, "query.unknown-function", "did you mean 'name'?")]),
    ("«1»DELETE FROM facts", [.init(0, "query.not-allowed")]),
    ("«1»PRAGMA table_info(facts)", [.init(0, "query.not-allowed")]),
    ("ATTACH 'x' AS y", [.init(0, "query.not-allowed", "ATTACH")]),
    ("EXPLAIN SELECT 1", [.init(0, "query.not-allowed")]),
    ("SELECT * FROM pragma_table_info('facts')", [.init(0, "query.not-allowed")]),
    ("SELECT load_extension('x')", [.init(0, "query.not-allowed")]),
    ("CREATE VIEW x AS SELECT 1", [.init(0, "query.not-allowed")]),
    ("BEGIN TRANSACTION", [.init(0, "query.not-allowed")]), ("VACUUM INTO '/x'", [.init(0, "query.not-allowed")]),
    ("SELECT «1»random()", [.init(1, "query.not-allowed", "every hour")]),
    ("SELECT date(«1»'now')", [.init(1, "query.not-allowed", "'now'")]),
    ("SELECT 1; «1»SELECT 2", [.init(1, "query.several-statements")]), ("SELECT ?", [.init(0, "query.parameter")]),
    ("SELECT users, year AS users FROM mau", [.init(0, "query.duplicate-column")]),
    ("SELECT 'users.us.2025-07' AS fact", [.init(0, "query.unknown-fact", "did you mean")]),
    ("SELECT name('«1»uss')", [.init(1, "query.unknown-name", "did you mean 'us'?")]),
    ("SELECT json_extract('{', '$')", [.init(0, "query.failed", "malformed JSON")]),
    (
      "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT count(*) FROM c",
      [.init(0, "query.too-slow")]
    ),
    (
      "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 200) SELECT i FROM c",
      [.init(0, "query.too-many-rows")]
    ),
    ("SELECT zeroblob(100000)", [.init(0, "query.too-large", "a text")]),
    (
      "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 90) SELECT hex(zeroblob(20000)) AS x FROM c",
      [.init(0, "query.too-large", "too much text")]
    ),
    (
      "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT hex(zeroblob(20000)) || i AS x FROM c ORDER BY x",
      [.init(0, "query.too-large", "memory")]
    ),
  ]

  @Test func tellsWhatIsWrongWithAQuery() {
    var limits = QueryLimits()
    limits.steps = 200_000
    limits.rows = 100
    limits.cellBytes = 50_000
    limits.resultBytes = 1_000_000
    for (sql, expected) in Self.mistakes {
      // The budget is the whole process's, in which other tests run queries too: small only where it must be overrun.
      limits.memoryBytes = expected.contains { $0.part == "memory" } ? 50 << 20 : 512 << 20
      check(sql, expected) { run($0.text, limits: limits).diagnostics }
    }
  }

  @Test func tellsWhatIsWrongWithViews() {
    func views(_ texts: [(String, String)]) -> [NamedQuery] {
      texts.enumerated().map { index, view in
        NamedQuery(
          name: view.0, nameSpan: SourceSpan(path: "v", line: index + 1, column: 1),
          text: QueryText(view.1, path: "v", origin: Place(line: index + 1, column: 10)))
      }
    }
    func codes(_ texts: [(String, String)], _ query: String = "SELECT 1 AS one") -> [String] {
      run(query, views: views(texts)).diagnostics.map {
        "\($0.code) \($0.span.map { "\($0.start.line):\($0.start.column)" } ?? "")"
      }
    }
    #expect(codes([("b", "SELECT * FROM a"), ("a", "SELECT users FROM mau")], "SELECT users FROM b") == [])
    #expect(codes([("users", "SELECT users FROM mau")], "users") == [])
    #expect(
      codes([("a", "SELECT * FROM b"), ("b", "SELECT * FROM c"), ("c", "SELECT * FROM a")], "a") == [
        "query.cyclic-view 3:24"
      ])
    #expect(codes([("a", "SELECT * FROM a")]) == ["query.cyclic-view 1:24"])
    #expect(codes([("a", "SELECT x FROM mau")], "a") == ["query.unknown-column 1:17"])
    #expect(codes([("mau", "SELECT 1")]) == ["query.duplicate-view 1:1"])
    #expect(codes([("a", "SELECT 1"), ("A", "SELECT 1")]) == ["query.duplicate-view 2:1"])
    #expect(codes([("a-b", "SELECT 1")]) == ["query.bad-view-name 1:1"])
    #expect(codes([("a", "DROP TABLE facts")]) == ["query.not-allowed 1:10"])
  }

  @Test func movesPlacesToTheChapter() {
    let text = QueryText("SELECT 1,\n  valeu FROM facts", path: "c.md", origin: Place(line: 40, column: 3), indent: 2)
    let run = runQueries([text], views: [], in: Self.image, language: .english)
    #expect(run.results[0].diagnostics.first?.span == SourceSpan(path: "c.md", line: 41, column: 5, length: 5))
  }

  @Test func placesQueriesOfYAMLValues() {
    let texts: [String] = [
      "query: |\n  SELECT 1,\n    «1»valeu\n  FROM facts\n", "query: SELECT «1»valeu FROM facts",
      "query: 'SELECT «1»valeu FROM facts'", "a:\n  query: «1»>\n    SELECT\n    valeu FROM facts",
      #"{"query": «1»"SELECT\n valeu FROM facts"}"#, "query: «1»mua",
    ]
    for text in texts {
      check(
        text, [.init(text.contains(">") ? 0 : 1, text.contains("mua") ? "query.unknown-table" : "query.unknown-column")]
      ) { file in
        let value = parseYAML(file).value
        guard let query = (value["query"] ?? value["a"]?["query"]).flatMap({ QueryText($0) }) else { return [] }
        return runQueries([query], views: [], in: Self.image, language: .english).results[0].diagnostics
      }
    }
  }

  @Test func givesADatasetWithoutADatabase() throws {
    let dataset = try #require(Self.data.dataset(named: "mau"))
    #expect(QueryResult(dataset) == run("mau").result)
    #expect(dataset.row(withKey: "b") == nil)
  }

  /// Damaged queries must give diagnostics or rows, never a trap.
  @Test func survivesDamagedQueries() {
    var seed: UInt64 = 7
    func random(_ limit: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % limit
    }
    let spice: [UInt8] = Array("()'\"`[],;*-/ \n?:\0中".utf8)
    var texts: [QueryText] = []
    for sql in Self.answers.map(\.sql) + Self.mistakes.map(\.0) where !sql.isEmpty {
      for _ in 0..<20 {
        var bytes = Array(sql.utf8)
        for _ in 0...random(3) where !bytes.isEmpty {
          let place = random(bytes.count)
          if random(2) == 0 { bytes.insert(spice[random(spice.count)], at: place) } else { bytes.remove(at: place) }
        }
        texts.append(QueryText(String(decoding: bytes, as: UTF8.self), path: "f", origin: Place(line: 1, column: 1)))
      }
    }
    var limits = QueryLimits()
    limits.steps = 100_000
    let views = texts.prefix(50).enumerated().map {
      NamedQuery(name: "v\($0)", nameSpan: SourceSpan(path: "f", line: 1, column: 1), text: $1)
    }
    let run = runQueries(texts, views: views, in: Self.image, language: .english, limits: limits)
    #expect(run.results.count == texts.count)
    for (text, result) in zip(texts, run.results) {
      #expect(result.value != nil || !result.diagnostics.isEmpty, "\(text.sql)")
    }
  }

  @Test func readsLocators() {
    for text in ["L1", "L12-L30"] { #expect(Locator(text)?.description == text) }
    for text in ["", "L", "12", "L0", "L3-L1", "L1-3", "L1-L2-L3", "L-1"] { #expect(Locator(text) == nil, "\(text)") }
  }
}
