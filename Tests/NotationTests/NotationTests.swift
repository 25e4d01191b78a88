import AlmanacCore
import TestSupport
import Testing

@testable import Notation

@Suite struct NotationTests {
  // MARK: Values

  static let equalTexts: [(yaml: String, json: String)] = [
    ("a: [1, -2.5, 3e2, .5]", #"{"a":[1,-2.5,300,0.5]}"#),
    ("cn: no\nno: on\nyes: y", #"{"cn":"no","no":"on","yes":"y"}"#),
    ("[true, False, NULL, ~, '', null]", #"[true,false,null,null,"",null]"#),
    (
      "[2025-10, 2025-10-01, 1:30, 007, 0x1F, 0o17, .inf, 1_000, 1.2.3]",
      #"["2025-10","2025-10-01","1:30","007","0x1F","0o17",".inf","1_000","1.2.3"]"#
    ),
    ("a: '1'\nb: \"x\\n中\"\nc: !!str 5\nd: !!int 5", #"{"a":"1","b":"x\n中","c":"5","d":5}"#),
    ("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3", #"{"base":{"x":1,"y":2},"use":{"x":1,"y":3}}"#),
    ("use:\n  <<: [{x: 1}, {x: 2, z: 3}]", #"{"use":{"x":1,"z":3}}"#),
    ("a: |\n  select 1\n    as x\nb: >\n  one\n  two\n", #"{"a":"select 1\n  as x\n","b":"one two\n"}"#),
    ("2025: x\ntrue: y", #"{"2025":"x","true":"y"}"#),
    ("# nothing\n", "null"),
    ("a: one\n  'two\n  - three [\n\n  four\nb: 1", #"{"a":"one 'two - three [\nfour","b":1}"#),
    ("text: see [1] and (a [b, c: {d\n", "null"),
    (
      "a: see [1] {x\nb: it's\nc:\n- [x]\n- don't [stop\nd: 'a''b'",
      #"{"a":"see [1] {x","b":"it's","c":[["x"],"don't [stop"],"d":"a'b"}"#
    ),
  ]

  @Test func readsYAMLAsTheSameValueAsJSON() {
    for (yaml, json) in Self.equalTexts {
      let left = parseYAML(SourceFile(path: "y", text: yaml))
      let right = parseJSON(SourceFile(path: "j", text: json))
      if !yaml.hasPrefix("text:") { #expect(left.diagnostics.isEmpty, "\(yaml): \(left.diagnostics)") }
      #expect(right.diagnostics.isEmpty, "\(json): \(right.diagnostics)")
      #expect(String(decoding: left.value.json, as: UTF8.self) == String(decoding: right.value.json, as: UTF8.self))
      #expect(left.value.isEquivalent(to: right.value))
    }
  }

  @Test func readsOnBehindADuplicateKey() {
    let value = parseYAML(SourceFile(path: "y", text: "a: 1\n'a': 2\na: 3\nb: &b {中: 1, 中: 2}\nc: *b")).value
    #expect(String(decoding: value.json, as: UTF8.self) == #"{"a":1,"a":2,"a":3,"b":{"中":1,"中":2},"c":{"中":1,"中":2}}"#)
    #expect(value.object?.last?.keySpan == SourceSpan(path: "y", line: 5, column: 1, length: 1))
  }

  /// Each mark pair `«1»…«2»` surrounds the value of `v`.
  static let spans: [String] = [
    "v: «1»text with  spaces«2»   # comment", "v: «1»'it''s'«2»", "v: «1»\"中\\\"x\"«2» ",
    "v: «1»[1, [2], {a: ']'}]«2» # ]",
    "v: «1»{a: 1,\n  b: [x, y] }«2»", "中: 1\nv: «1»12.5«2»", "v: &anchor «1»x«2»", "v: !!str «1»5«2»",
    "v: «1»folded\n  over two«2»\nw: 1", "v: |\n  «1»select 1\n    from x«2»\nw: 1", "v: >-\n\n    «1»a\n    b«2»\n\n",
    "v:\n  «1»a: 1\n  b: 2«2»\nw: 3", "v:\n  «1»- 1\n  - 2«2»\n", "😀: {v: 1}\nv: «1»[]«2»",
    "{\"v\": «1»{\"a\": [1, \"]\"]}«2»}",
    "a: \"\u{2028}\"\nv: «1»x«2»",
  ]

  @Test func givesEachValueItsSpan() throws {
    for marked in Self.spans {
      let (text, marks) = takeMarks(marked)
      let file = SourceFile(path: "f", text: text)
      let span = try #require(parseYAML(file).value["v"]?.span, "\(marked)")
      #expect(span.start == marks[1] && span.end == marks[2], "\(marked): \(span)")
      if text.hasPrefix("{") {
        let span = try #require(parseJSON(file).value["v"]?.span)
        #expect(span.start == marks[1] && span.end == marks[2], "\(marked): \(span)")
      }
    }
  }

  @Test func movesSpansToTheContainingFile() {
    let value = parseYAML(SourceFile(path: "body", text: "a:\n  - x")).value
      .moved(to: "chapter.md", origin: Place(line: 11, column: 1), indent: 2)
    #expect(value["a"]?.array?.first?.span == SourceSpan(path: "chapter.md", line: 12, column: 7, length: 1))
  }

  // MARK: CSV

  static let tables: [(text: String, rows: [[String]])] = [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a,b\r\n1,2\r\n\r\n3,\r\n", [["a", "b"], ["1", "2"], ["3", ""]]),
    ("a,b\r1,2\r3,4", [["a", "b"], ["1", "2"], ["3", "4"]]),
    ("a,b\n\"x, \"\"y\"\"\nz\",中\n\"\",\"\"\n", [["a", "b"], ["x, \"y\"\nz", "中"], ["", ""]]),
    ("a\n\n1\n", [["a"], [""], ["1"]]),
    ("a,b\n\"\"\"\",\"\"\"\"\"\"", [["a", "b"], ["\"", "\"\""]]),
  ]

  @Test func readsCSV() {
    for (text, rows) in Self.tables {
      let table = parseCSV(SourceFile(path: "t.csv", text: text))
      #expect(table.diagnostics.isEmpty, "\(text): \(table.diagnostics)")
      let value = table.value
      let found = (0..<value.rowCount).map { row in value.columns.indices.map { value.text(row: row, column: $0) } }
      #expect([value.columns] + found == rows)
    }
  }

  @Test func findsCSVCellsInTheText() {
    let table = parseCSV(SourceFile(path: "t.csv", text: "id,值\n\"a\nb\",中\n中文,\"x\" \n1, 2.50 \n")).value
    #expect(table.span(row: 0, column: 1) == SourceSpan(path: "t.csv", line: 3, column: 4, length: 1))
    #expect(table.span(row: 1, column: 1) == SourceSpan(path: "t.csv", line: 4, column: 4, length: 4))
    #expect(table.headerSpan(column: 1) == SourceSpan(path: "t.csv", line: 1, column: 4, length: 1))
    #expect(table.number(row: 2, column: 1) == 2.5)
    #expect(table.line(row: 1) == 4)
  }

  // MARK: Front matter, numbers, JSON

  @Test func partsFrontMatterFromTheBody() {
    for text in ["---\ntitle: 中\n---\nBody\n", "\u{FEFF}---  \r\ntitle: 中\r\n...\r\nBody\n"] {
      let file = SourceFile(path: "c.md", text: text)
      let parts = splitFrontMatter(file).value
      #expect(String(decoding: file.bytes[parts.bodyRange], as: UTF8.self) == "Body\n")
      #expect(parts.bodyLine == 4)
      let title = parts.yaml.map { parseYAML($0).value["title"] }
      #expect(title??.string == "中")
      #expect(title??.span.start == Place(line: 2, column: 8))
    }
    #expect(splitFrontMatter(SourceFile(path: "c.md", text: "# x\n---\n")).value.yaml == nil)
  }

  static let numbers: [(String, Double?)] = [
    ("0", 0), ("-12.5", -12.5), ("+4", 4), (".5", 0.5), ("1e3", 1000), ("1E-2", 0.01),
    ("9007199254740993", 9007199254740992),
    ("0.1", 0.1), ("123456789012345678901234567890", 1.2345678901234568e29), ("4.9e-324", .leastNonzeroMagnitude),
    ("1e400", .infinity),
    ("0.000000000000000000000000000001", 1e-30), ("1,000", nil), ("", nil), ("-", nil), ("1e", nil), ("0x10", nil),
    ("nan", nil), ("1 ", nil), ("--1", nil), ("1.2.3", nil), ("515000000.00000000001", 515000000.00000000001),
  ]

  @Test func readsAndWritesNumbers() {
    for (text, value) in Self.numbers { #expect(parseDecimal(Array(text.utf8)) == value, "\(text)") }
    let texts = [
      "0", "-1.5", "100", "1e+21", "123456789012345680000", "1e-7", "0.000001", "1.2345e-10", "5e-324",
      "1.7976931348623157e+308", "0.1", "-2.25e+25", "9007199254740993000", "0.000123",
    ]
    for text in texts { #expect(Double(text).map(shortestNumber) == text) }
  }

  @Test func writesJSONOneWay() {
    var writer = JSONWriter(indent: 2)
    writer.beginObject()
    writer.member("a</script>", "x\"\\\n\u{1}\u{2028}中")
    writer.key("list")
    writer.beginArray()
    writer.value(1)
    writer.value(0.5)
    writer.value(.nan as Double)
    writer.endArray()
    writer.key("empty")
    writer.beginObject()
    writer.endObject()
    writer.endObject()
    #expect(
      writer.string == """
        {
          "a\\u003c/script\\u003e": "x\\"\\\\\\n\\u0001\\u2028中",
          "list": [
            1,
            0.5,
            null
          ],
          "empty": {}
        }
        """)
  }

  /// Damaged texts must give diagnostics or values, never a trap.
  @Test func survivesDamagedTexts() {
    var seed: UInt64 = 42
    func random(_ limit: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % limit
    }
    let texts =
      NotationDiagnosticsTests.yaml.map(\.0) + NotationDiagnosticsTests.json.map(\.0) + Self.spans
      + NotationDiagnosticsTests.csv.map(\.0) + Self.equalTexts.map(\.yaml)
    let spice: [UInt8] = Array("[]{}:,-?&*!|>'\"#\n\r\t \\%@`\0".utf8) + [0x80, 0xC2, 0xE2, 0xF0, 0xFF]
    for text in texts where text.utf8.count < 2000 {
      for _ in 0..<12 {
        var bytes = Array(text.utf8)
        for _ in 0...random(4) where !bytes.isEmpty {
          let place = random(bytes.count)
          switch random(3) {
          case 0: bytes[place] = spice[random(spice.count)]
          case 1: bytes.insert(spice[random(spice.count)], at: place)
          default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random(5)))
          }
        }
        let file = SourceFile(path: "f", bytes: bytes)
        let yaml = parseYAML(file)
        #expect(yaml.hasErrors || yaml.value.span.start.line >= 1)
        _ = parseJSON(file)
        let table = parseCSV(file).value
        for row in 0..<table.rowCount {
          for column in table.columns.indices { _ = table.span(row: row, column: column) }
        }
        _ = splitFrontMatter(file)
      }
    }
  }
}
