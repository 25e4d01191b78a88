import AlmanacCore
import Datasets
import Localization
import Notation
import ReportModel
import SiteRendering
import Testing

@Suite struct TableTests {
  @Test func putsUnitAndScaleInTheHead() {
    let table = made("columns: [{field: name, names: true}, {field: v, title: {en: Market, zh-Hans: 市场}}]", market)
    #expect(table.english == "name|Market (CNY billion)\nChina|29.416\nUnited States|5,910[.000]\n")
    #expect(table.chinese == "name|市场 (亿元)\n中国|294.16\n美国|59,100[.00]\n")
    #expect(table.diagnostics.isEmpty)
  }

  private let market = "SELECT entity AS name, value AS v, id AS fact FROM facts WHERE unit = 'CNY' ORDER BY id"

  /// Body, query, what a reader sees in English. Columns by `|`, totals behind `=`, groups behind `#`, padding in brackets.
  @Test(arguments: [
    (
      "columns: [{field: name}, {field: x, align: decimal}]", "SELECT name, x FROM scores ORDER BY name",
      "name|x\na|1.25\nb|–\nc|10[.00]\nd|−2[.00]\n"
    ),
    ("columns: [name, y]", "SELECT name, y FROM scores ORDER BY name", "name|y\na|2020\nb|2021\nc|2022\nd|2023\n"),
    (
      "columns: [name, {field: x, format: .1f}]\nsort: -x", "SELECT name, x FROM scores",
      "name|x\nc|10.0\na|1.3\nd|−2.0\nb|–\n"
    ),
    (
      "columns: [name, {field: x, heat: true}]\ngroupBy: g", "SELECT name, x, g FROM scores ORDER BY name",
      "name|x\n# odd\na|1.25 heat 3\nc|10[.00] heat 9\n# even\nb|–\nd|−2[.00] heat 1\n"
    ),
    (
      "columns: [name, {field: x, bar: 20, heat: diverging}]", "SELECT name, x FROM scores ORDER BY name",
      "name|x\na|1.25 heat 6 bar 0.09+0.06\nb|–\nc|10[.00] heat 9 bar 0.09+0.45\nd|−2[.00] heat 4 bar 0.0+0.09\n"
    ),
    (
      "columns: [name, x]\ntotals: [{label: All, columns: {x: sum}}, {label: Rows, columns: {x: count}}]",
      "SELECT name, x FROM scores ORDER BY name",
      "name|x\na|1.25\nb|–\nc|10[.00]\nd|−2[.00]\n= All|9.25\n= Rows|3\n"
    ),
    (
      "columns: [name, {field: x, unit: USD}]",
      "SELECT name, CASE name WHEN 'a' THEN 0.5 ELSE 3e9 END AS x FROM scores LIMIT 2",
      "name|x (US$)\na|0.5\nb|3 billion\n"
    ),
    (
      "columns: [name, {field: x, unit: times}]", "SELECT name, x / 1000 AS x FROM scores WHERE name < 'd'",
      "name|x (times)\na|0.0013\nb|–\nc|0.01[00]\n"
    ),
    (
      "columns: [name, {field: s, sparkline: true}]", "SELECT name, '1,2,,4' AS s FROM scores LIMIT 1",
      "name|s\na|1 2 – 4\n"
    ),
    (
      "columns: [id, value]", "SELECT id, value, id AS fact FROM facts WHERE id LIKE 'mix%' ORDER BY id",
      "id|value\nmix.cn.2025|36.5%\nmix.us.2025|515 million forecast\n"
    ),
    (
      "columns: [name, {field: x, unit: percent, note: Rounded}]\nnotes: [General, {text: Only here, field: x, row: c}]",
      "SELECT name, x FROM scores ORDER BY name",
      "name|x (%) a\na|1.25\nb|–\nc|10[.00] b\nd|−2[.00]\na Rounded\nb Only here\nGeneral\n"
    ),
    (
      "spans: [{title: Both, columns: [x, y]}]\ncolumns: [name, x, y, g]", "SELECT * FROM scores LIMIT 1",
      "1|Both 2|1\nname|x|y|g\na|1.25|2020|odd\n"
    ),
    (
      "columns: [name, {field: lead, difference: {of: y, minus: x, colors: [us, china]}}, {field: times, ratio: {of: x, to: y}, format: .3f}]",
      "SELECT name, x * 300 AS x, y FROM scores ORDER BY name",
      "name|lead|times\na|+1645 us|0.186\nb|–|–\nc|−978 china|1.484\nd|+2623 us|−0.297\n"
    ),
    (
      "columns: [{field: name, names: true}, y]\nhighlight: [{row: cn, color: china}]",
      "SELECT CASE name WHEN 'a' THEN 'cn' ELSE 'us' END AS name, y FROM scores WHERE name < 'c'",
      "name|y\nChina|2020 !china\nUnited States|2021\n"
    ),
    (
      "columns: [name, {field: big, scale: cell}, {field: big, scale: off, title: all}]",
      "SELECT name, big FROM (SELECT name, 1500000.0 AS big FROM scores LIMIT 1)",
      "name|big|all\na|1.5 million|1,500,000\n"
    ),
  ])
  func showsARowAsAsked(body: String, query: String, expected: String) {
    let table = made(body, query)
    #expect(table.english == expected)
    #expect(table.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("columns: [{field: «1»nam}]", "table.unknown-column", "did you mean 'name'?"),
    ("columns: [{field: name, «1»titel: a}]", "table.unknown-key", "did you mean 'title'?"),
    ("«1»colums: [name]", "table.unknown-key", "did you mean 'columns'?"),
    ("columns: [{field: x, unit: «1»percen}]", "table.unknown-unit", "did you mean 'percent'?"),
    ("columns: [{field: x, format: «1»xyz}]", "table.bad-format", nil),
    ("columns: [{field: x, align: «1»centre}]", "table.unknown-word", "did you mean 'center'?"),
    ("columns: [{field: «1»name, heat: true}]", "table.not-a-number", nil),
    ("columns: [{field: «1»g, names: true}]", "table.unknown-name", nil),
    ("columns: [name]\nsort: «1»nme", "table.unknown-column", "did you mean 'name'?"),
    ("columns: [name]\nrowHeader: «1»nme", "table.unknown-column", "did you mean 'name'?"),
    ("columns: [name, x]\ntotals: [{label: a, columns: {x: «1»sun}}]", "table.unknown-word", "did you mean 'sum'?"),
    ("columns: [name, x]\ntotals: [{label: a, columns: {«1»z: sum}}]", "table.unknown-column", nil),
    ("columns: [name, x]\nnotes: [{text: t, row: «1»q}]", "table.unknown-row", nil),
    ("columns: [x, name, y]\nspans: [{title: t, columns: [x, «1»y]}]", "table.split-span", nil),
    ("columns: [name, {field: d, difference: «1»x}]", "table.wrong-type", nil),
    ("columns: [name, {field: d, difference: {of: x, minus: «1»z}}]", "table.unknown-column", nil),
    ("columns: [name, {field: d, ratio: {of: x, to: y, colors: [«1»red]}}]", "table.unknown-word", nil),
    ("columns: [name, x]\nhighlight: «1»q", "table.unknown-row", nil),
    ("columns: [{field: x, bar: «1»[1]}]", "table.wrong-type", nil),
    ("columns: [{«1»title: x}]", "table.missing-key", nil),
  ])
  func tellsTheAuthor(marked: String, code: String, hint: String?) throws {
    let parts = marked.split(separator: "«1»", omittingEmptySubsequences: false)
    let before = parts[0]
    let line = before.filter { $0 == "\n" }.count + 1
    let column =
      before.count - (before.lastIndex(of: "\n").map { before.distance(from: before.startIndex, to: $0) + 1 } ?? 0) + 1
    let table = made(parts.joined(), "SELECT name, x, y, g FROM scores")
    let found = try #require(table.diagnostics.first)
    #expect(found.code == code)
    if code != "table.missing-key" { #expect(found.span?.start == SourceLocation(line: line, column: column)) }
    if let hint { #expect(found.hint?.hasPrefix(hint) == true, "\(found.hint ?? "no hint")") }
    #expect(table.diagnostics.allSatisfy { $0.code == code })
  }

  @Test func warnsOfATableWithoutRows() {
    #expect(made("columns: [name]", "SELECT name FROM scores WHERE 0").diagnostics.map(\.code) == ["table.empty"])
  }

  @Test func writesMarkupThatReadsAndCopiesWell() {
    let body = """
      columns: [{field: name, title: "<Name>"}, {field: x, unit: percent, bar: true, note: Rounded}, {field: s, sparkline: true}]
      spans: [{title: Both, columns: [x, s]}]
      groupBy: g
      """
    let table = made(body, "SELECT name, x, '1,3,2' AS s, g FROM scores ORDER BY name")
    let words = words(
      "scrollTable: \"{table}, scrolls\"\nsortBy: Sort by {column}\nnoValue: no value\nmissingValue: –")
    let html = String(
      decoding: renderTable(table.model, in: TableFrame(id: "tbl-a", label: "Table 1", words: words)), as: UTF8.self)
    for piece in [
      "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1, scrolls\"><table class=\"data\">",
      "<colgroup></colgroup><colgroup span=\"2\"></colgroup><thead><tr><td></td>",
      "<th class=\"span\" scope=\"colgroup\" colspan=\"2\">Both</th></tr>",
      "<th scope=\"col\" class=\"row-head\">&lt;Name&gt;</th>",
      "<th scope=\"col\" class=\"dec\">x<sup class=\"cell-note\"><a href=\"#tbl-a-note-a\">a</a></sup> <span class=\"unit\">%</span></th>",
      "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"3\">odd</th></tr>",
      "<tr><th scope=\"row\" class=\"row-head\">a</th><td class=\"bar-cell dec\" data-value=\"1.25\"><span class=\"bar-text\">1.25</span>",
      "<span class=\"bar-text\">10<span class=\"pad\" aria-hidden=\"true\">.00</span></span>",
      "<td class=\"missing dec\"><span role=\"img\" aria-label=\"no value\">–</span></td>",
      "<td class=\"spark-cell\" data-value=\"2\"><svg viewBox=\"0 0 100 24\"",
      "<li id=\"tbl-a-note-a\">Rounded</li>",
    ] {
      #expect(html.contains(piece), "\(piece)\n\(html)")
    }
  }

  @Test func namesTheFactsBehindANumber() {
    let table = made("columns: [id, value]", "SELECT id, value, id AS fact FROM facts ORDER BY id")
    let frame = TableFrame(
      id: "t", label: "Table 1", labelledBy: "c", words: words("{}"), factHref: { "data.html#fact-" + $0 })
    let html = String(decoding: renderTable(table.model, in: frame), as: UTF8.self)
    #expect(html.contains("aria-labelledby=\"c\"") && html.contains("class=\"data sortable\""))
    #expect(
      html.contains(
        "data-value=\"515000000\" data-fact=\"mix.us.2025\" data-kind=\"forecast\"><a class=\"cell-fact\" href=\"data.html#fact-mix.us.2025\">515"
      ))
  }
}

/// The words of a strings file.
private func words(_ text: String) -> PageWords {
  let file = SourceFile(path: "strings/en.yaml", text: text)
  return PageWords(
    MessageCatalogue.reading([parseYAML(file).value], language: .english).value, fingerprint: Fingerprint(text))
}

// MARK: - A report with one dataset

private struct Made {
  var model: TableModel
  var english: String
  var chinese: String
  var diagnostics: [Diagnostic]
}

private func made(_ body: String, _ query: String) -> Made {
  var files = DataFiles()
  files.facts = SourceFile(
    path: "facts.csv",
    text: """
      id,metric,entity,region,period,value,unit,kind,source,locator,printed,note
      market.cn.2025,market,cn,,2025,29416000000,CNY,observed,s,L1,294.16亿,
      market.us.2025,market,us,,2025,5910000000000,CNY,observed,s,L1,59100亿元,
      mix.cn.2025,mix,cn,,2025,36.5,percent,observed,s,L1,36.5%,
      mix.us.2025,mix,us,,2025,515000000,persons,forecast,s,L1,5.15亿,
      """)
  files.names = SourceFile(
    path: "names.yaml",
    text: """
      entities: {cn: {en: China, zh-Hans: 中国}, us: {en: United States, zh-Hans: 美国}}
      metrics: {market: {en: Market, zh-Hans: 市场}, mix: {en: Mix, zh-Hans: 混合}}
      """)
  files.package = SourceFile(
    path: "datapackage.yaml",
    text: """
      name: d
      resources:
        - name: scores
          path: scores.csv
          schema:
            fields: [{name: name, type: string}, {name: x, type: number}, {name: y, type: integer}, {name: g, type: string}]
      """)
  files.datasets["scores.csv"] = SourceFile(
    path: "scores.csv", text: "name,x,y,g\na,1.25,2020,odd\nb,,2021,even\nc,10,2022,odd\nd,-2,2023,even\n")
  let editions: [LanguageTag] = [.english, .simplifiedChinese]
  let data = readData(files, editions: editions, sources: nil).value
  let image = makeDatabaseImage(of: data)
  var diagnostics: [Diagnostic] = []
  let value = parseYAML(SourceFile(path: "a.md", text: body)).value(reportingTo: &diagnostics)
  let specification = readTable(value, editions: editions).value(reportingTo: &diagnostics)
  var models: [TableModel] = []
  for language in editions {
    let text = QueryText(query, path: "a.md", origin: SourceLocation(line: 1, column: 1))
    let run = runQueries([text], views: [], in: image, language: language)
    guard let result = run.results[0].value else {
      Issue.record("\(run.results[0].diagnostics)")
      continue
    }
    let table = makeTable(specification, from: result, data: data, language: language)
    models.append(table.value)
    if language == .english { diagnostics += table.diagnostics }
  }
  return Made(model: models[0], english: read(models[0]), chinese: read(models[1]), diagnostics: diagnostics)
}

/// A table as plain text.
private func read(_ table: TableModel) -> String {
  func letter(_ note: Int?) -> String { note.map { " " + String("abcdefgh".dropFirst($0).prefix(1)) } ?? "" }
  func text(_ cell: TableModel.Cell) -> String {
    if cell.isMissing { return "–" }
    var text = cell.text + (cell.padding.isEmpty ? "" : "[\(cell.padding)]")
    if !cell.sparkline.isEmpty { text = cell.sparkline.map { $0.map { "\(Int($0))" } ?? "–" }.joined(separator: " ") }
    if let heat = cell.heat { text += " heat \(heat)" }
    if let bar = cell.bar { text += " bar \((bar.start * 100).rounded() / 100)+\((bar.length * 100).rounded() / 100)" }
    return text + (cell.lead.map { " " + $0 } ?? "") + (cell.kind.map { " " + $0 } ?? "") + letter(cell.note)
  }
  var lines: [String] = []
  if !table.spans.isEmpty {
    lines.append(table.spans.map { ($0.title.map { $0 + " " } ?? "") + "\($0.columnCount)" }.joined(separator: "|"))
  }
  lines.append(
    table.columns.map { $0.title + ($0.unit.map { " (\($0))" } ?? "") + letter($0.note) }.joined(separator: "|"))
  for group in table.groups {
    if let title = group.title { lines.append("# " + title) }
    lines += group.rows.map { row in
      row.cells.map(text).joined(separator: "|") + (row.isHighlighted ? " !" + (row.color ?? "") : "")
    }
  }
  lines += table.totals.map { "= " + $0.cells.map(text).joined(separator: "|") }
  lines += table.markedNotes.enumerated().map { letter($0.offset).dropFirst() + " " + $0.element } + table.notes
  return lines.joined(separator: "\n").replacing("\u{A0}", with: " ") + "\n"
}
