import AlmanacCore
import Notation
import TestSupport
import Testing

@testable import Datasets

/// Whether data stand in their sources, and what is told when they do not.
@Suite struct ProofTests {
  // MARK: The ledger

  static let source = """
    用户达 5.15 亿人
    36.5％ 与 1118 个
    占 44.0 %，
    1\\~2 亿
    10 13 29
    约十五部门，5.2%，3千万，12,345 款
    """

  /// Place and printed figure; what the note says stands there instead, and the hint. `nil`: it is proven.
  static let figures: [(cell: String, instead: String?, hint: String?)] = [
    ("L1,5.15亿", nil, nil), ("L1,5.15 亿 人", nil, nil), ("L2,36.5%", nil, nil), ("L2,1118", nil, nil),
    ("L3,44.0%", nil, nil), ("L1-L3,36.5%", nil, nil), ("L4,1~2亿", nil, nil), ("L5,13 29", nil, nil),
    ("L6,12345", "there stands '5.2%', '3千万', '12,345'", nil), ("L6,\"12,345 款\"", nil, nil),
    ("L2,5.15亿", "there stands '36.5%', '1118'", "it stands at L1"),
    ("L2,18", "there stands '36.5%', '1118'", nil), ("L2,111", "there stands '36.5%', '1118'", nil),
    ("L1,15亿", "there stands '5.15亿'", nil),
    // A space between digits parts two numbers; it neither joins nor is left out.
    ("L5,1329", "there stands '10', '13', '29'", nil), ("L5,1 3", "there stands '10', '13', '29'", nil),
    // A part of a longer number, or a number under a larger unit, is another number.
    ("L1,5.15", "there stands '5.15亿'", nil), ("L2,36", "there stands '36.5%', '1118'", nil),
    ("L6,五部门", "there stands '十五', '5.2%', '12,345'", nil), ("L6,3千", "there stands '十五', '5.2%', '3千万'", nil),
    ("L6,12", "there stands '十五', '5.2%', '12,345'", nil), ("L2,36.5", "there stands '36.5%', '1118'", nil),
  ]

  @Test(arguments: figures)
  func provesThatFiguresStandInTheirSources(row: (cell: String, instead: String?, hint: String?)) throws {
    let file = SourceFile(
      path: "f", text: ledgerHeader + "users.cn.2025,users,cn,,2025,1,persons,observed,s,\(row.cell),\n")
    // That the value is another is not the matter here.
    let result = prove(ReportData(ledger: readLedger(file, names: testNames, sources: nil).value), Self.source)
    guard let instead = row.instead else {
      #expect(result.diagnostics.map(\.message) == [])
      #expect(result.value.facts == 1)
      return
    }
    let problem = try #require(result.diagnostics.first)
    #expect(problem.code == "source.not-printed" && result.value.facts == 0)
    // Which figures are nearest depends on the value, so only that they are told is checked where many stand.
    #expect(problem.notes.dropFirst().first?.message.hasPrefix("there stands ") == true, "\(instead)")
    #expect(problem.hint == row.hint)
  }

  @Test func tellsWhatStandsAtThePlaceInstead() {
    let file = SourceFile(
      path: "f", text: ledgerHeader + "users.cn.2025,users,cn,,2025,11000,count,observed,s,L6,1.1万,\n")
    let result = prove(ReportData(ledger: readLedger(file, names: testNames, sources: nil).value), Self.source)
    #expect(
      result.diagnostics.map { $0.notes.map(\.message) } == [
        ["looked for here", "there stands '十五', '5.2%', '12,345'"]
      ])
  }

  // MARK: Datasets

  static let table = """
    resources:
    - name: t
      source: s
      locator: L1-L4
      rowLocator: line
      schema:
        fields:
          - {name: key, type: string, constraints: {unique: true}}
          - {name: who, type: string, names: true, printed: true}
          - {name: month, type: yearmonth, printed: true}
          - {name: users, type: integer, unit: persons, printed: 万}
          - {name: share, type: number, unit: percent, printed: true}
          - {name: points, type: integer, printed: "{}分"}
          - {name: total, type: integer, printed: {in: 亿, at: L4}}
          - {name: offices, type: integer, printed: {as: "{}部门", at: place}}
          - {name: line, type: integer}
          - {name: place, type: string}
        primaryKey: key
    """

  static let tableText = """
    中国 2025.03 29,406 36.50% 6 5分
    美国 2025 年 11 月 6,338 6338 7 成 1.2万 18分
    中国 2025-01 594万，十分，十七
    部门 计 20，其中中国 3
    """

  static let header = "key,who,month,users,share,points,total,offices,line,place\n"

  /// Rows of a table, the mark and what is told; nothing when all of it stands there.
  static let rows: [(String, [Expected])] = [
    ("a,cn,2025-03,294060000,36.5,5,,,1,\n", []),
    ("a,us,2025-11,63380000,70,18,2000000000,,2,\n", []),
    ("a,cn,2025-01,5940000,,10,,,3,\n", []),
    // Chinese numerals, broken over two lines.
    ("a,cn,,,,,,17,3,L3-L4\n", []),
    // 1.2万 is a number with its own word of scale, whatever the head says.
    ("a,us,,12000,,,,,2,\n", []),
    ("a,«1»us,,,,5,,,1,\n", [.init(1, "source.not-printed", "'美国' does not stand at L1 of 's'")]),
    ("a,cn,«1»2025-04,,,5,,,1,\n", [.init(1, "source.not-printed")]),
    ("a,cn,,«1»294070000,,5,,,1,\n", [.init(1, "source.not-printed", "'29407' does not stand at L1")]),
    // Stored as printed, although the head says 万.
    ("a,cn,,«1»29406,,5,,,1,\n", [.init(1, "source.not-printed", "'2.9406'")]),
    ("a,us,,,«1»36.5,,,,2,\n", [.init(1, "source.not-printed", "'36.5'")]),
    // The 6 stands there, but not as points.
    ("a,cn,,,,«1»6,,,1,\n", [.init(1, "source.not-printed", "'6分'")]),
    ("a,cn,,,,5,«1»2100000000,,1,\n", [.init(1, "source.not-printed", "'21' does not stand at L4")]),
    ("a,cn,,,,5,,«1»18,1,L3-L4\n", [.init(1, "source.not-printed", "'18部门'")]),
    ("a,«1»cn,,,,5,,,9,\n", [.init(1, "source.line-missing", "has 4 lines, none is L9")]),
    // Two cells that changed places: both figures stand there, but not in the order of the table.
    ("a,us,,180000,,«1»18,,,2,\n", [.init(0, "source.not-printed", "'18'")]),
    // One figure proves one cell.
    (
      "a,cn,,,,5,,,1,\nb,cn,,,,«1»5,,,1,\n",
      [.init(1, "source.not-printed", "'5分' does not stand at L1 of 's' behind '5'")]
    ),
    ("«1»a,,,,,,,,1,\n", [.init(0, "source.unproven-row", "row 1")]),
    ("a,cn,,,,5,,,«1»,\n", [.init(1, "dataset.bad-locator", "does not say where")]),
    ("a,cn,,,,5,,4,1,«1»p. 4\n", [.init(1, "dataset.bad-locator", "'p. 4' is not a place")]),
  ]

  @Test(arguments: rows)
  func provesTheCellsOfADataset(row: String, expected: [Expected]) {
    check(Self.header + row, expected) { file in
      let data = read(Self.table, file)
      let proof = prove(data.value, Self.tableText)
      let told = data.diagnostics + proof.diagnostics
      #expect(
        (proof.value.datasets.first?.rows ?? 0) == (told.isEmpty ? 1 : told.count == 1 && row.contains("b,") ? 1 : 0))
      return told
    }
  }

  @Test func tellsOfDatasetsAndRowsWithoutProof() {
    let bare = Self.table.replacing("printed: true", with: "").replacing(
      try! Regex(", printed: (\\{[^}]*\\{\\}[^}]*\\}|\\{[^}]*\\}|[^}]*\\{\\}[^}]*|[^}]*)"), with: "")
    let file = SourceFile(path: "t.csv", text: Self.header + "a,cn,,,,,,,1,\n")
    let data = read(bare, file)
    #expect(data.diagnostics.map(\.message) == [])
    #expect(prove(data.value, Self.tableText).diagnostics.map(\.code) == ["source.unproven-dataset"])
    // Without a text nothing is told, and the row is counted.
    let unread = proveData(read(Self.table, file).value) { _ in nil }
    #expect(unread.diagnostics.isEmpty && unread.value.skipped == 1)
  }

  // MARK: What is computed from other data

  static let derivations: [(String, [Expected])] = [
    ("key,n\ncn,2\nus,1\n", []),
    (
      "key,n\ncn,«1»3\nus,1\n",
      [.init(1, "dataset.not-derived", "column 'n' holds '3' in row 'cn', its query gives '2'")]
    ),
    ("key,n\ncn,2\n", [.init(0, "dataset.wrong-rows", "has 1 rows, its query gives 2")]),
  ]

  @Test func computesDerivedDatasetsAgain() {
    let package = """
      resources:
      - name: t
        schema: {fields: [{name: who, type: string}]}
      - name: c
        derived: SELECT who AS key, count(*) AS n FROM t GROUP BY who ORDER BY who
        schema: {fields: [{name: key, type: string}, {name: n, type: integer}], primaryKey: key}
      """
    for (text, expected) in Self.derivations {
      check(text, expected) { file in
        let data = read(package, SourceFile(path: "t.csv", text: "who\ncn\ncn\nus\n"), ["c.csv": file]).value
        #expect(prove(data, "").value.datasets.map(\.name) == ["c"])
        return checkDerivations(data, views: [], language: .english)
      }
    }
    let broken = read(
      package.replacing("AS n", with: "AS m"), SourceFile(path: "t.csv", text: "who\ncn\n"),
      ["c.csv": SourceFile(path: "c.csv", text: "key,n\ncn,1\n")])
    #expect(
      checkDerivations(broken.value, views: [], language: .english).map(\.code) == ["dataset.wrong-rows"])
  }

  @Test func tellsOfRowsFromNowhere() {
    let package = "resources: [{name: t, rowSource: from, schema: {fields: [{name: from}]}}]"
    check("from\ns\n«1»x\n", [.init(1, "dataset.unknown-source", "'x', which is no reference")]) { file in
      read(package, file).diagnostics
    }
  }

  // MARK: Pieces

  private func read(
    _ package: String, _ file: SourceFile, _ others: [String: SourceFile] = [:]
  ) -> Diagnosed<ReportData> {
    var files = DataFiles()
    files.package = SourceFile(path: "p", text: package)
    files.names = SourceFile(path: "n", text: "entities: {cn: {en: China, zh-Hans: 中国}, us: {en: US, zh-Hans: 美国}}")
    files.datasets = others
    files.datasets["t.csv"] = file
    return readData(files, editions: [.english, .simplifiedChinese], sources: ["s"])
  }

  private func prove(_ data: ReportData, _ text: String) -> Diagnosed<ProofCount> {
    proveData(data) { _ in SourceText(SourceFile(path: "s.txt", text: text), language: .simplifiedChinese) }
  }
}
