import AlmanacCore
import TestSupport
import Testing

@testable import Notation

@Suite struct NotationDiagnosticsTests {
  static let json: [(String, [Expected])] = [
    (#"{"a": 1, «1»"a": 2}"#, [.init(1, "json.duplicate-key")]),
    (#"["«1»\ud800", "\ud83d\ude00"]"#, [.init(1, "json.lone-surrogate")]),
    ("[\"a«1»\tb\"]", [.init(1, "json.control-character", "write '\\t'")]),
    ("[«1»1e999]", [.init(1, "json.number-range")]),
    ("[«1»12345678901234567890]", [.init(1, "json.number-inexact")]),
    ("[1«1»,]", [.init(1, "json.syntax", "comma")]),
    ("[1] «1»x", [.init(1, "json.syntax", "behind the end")]),
    ("{«1»a: 1}", [.init(1, "json.syntax", "double quotes")]),
    ("[«1»'a']", [.init(1, "json.syntax", "double quotes")]),
    ("[1, «1»// no\n2]", [.init(1, "json.syntax", "comments")]),
    ("[«1»\"a\n\"]", [.init(1, "json.syntax", "never closed")]),
    ("[«1»012]", [.init(1, "json.syntax", "leading zeros")]),
    ("[«1»NaN]", [.init(1, "json.syntax", "use true")]),
    ("[«1»1.]", [.init(1, "json.syntax", "'1.' is not a number")]),
    ("[\"«1»\\x\"]", [.init(1, "json.syntax", "escape")]),
    ("{\"中\": 1 «1»\"b\": 2}", [.init(1, "json.syntax", "a comma is missing")]),
    ("", [.init(0, "json.syntax")]),
    ("[", [.init(0, "json.syntax", "not closed")]),
    (String(repeating: "[", count: 256) + "«1»[", [.init(1, "json.too-deep")]),
    (String(repeating: "[", count: 20_000), [.init(0, "json.too-deep")]),
  ]

  @Test func tellsWhatIsWrongWithJSON() {
    for (text, expected) in Self.json { check(text, expected) { parseJSON($0).diagnostics } }
  }

  static let yaml: [(String, [Expected])] = [
    ("a: 1\nb: 2\n«1»a: 3\n", [.init(1, "yaml.duplicate-key")]),
    ("b: &b {x: 1, «1»x: 2}\nc: *b\n", [.init(1, "yaml.duplicate-key")]),
    ("x:\n  - 中: 1\n    «1»中: 2\n", [.init(1, "yaml.duplicate-key")]),
    ("{a: 1, «1»a: 2}", [.init(1, "yaml.duplicate-key")]),
    ("a: 1\n«1»\"a\": 2\n", [.init(1, "yaml.duplicate-key")]),
    (
      "a: 1\n«1»a: 2\nb: {中: 1, «2»\"中\": 3}\nc: 4\n", [.init(2, "yaml.duplicate-key"), .init(1, "yaml.duplicate-key")]
    ),
    ("? [a]\n: 1\n", [.init(0, "yaml.complex-key")]),
    ("a: «1»!money 3", [.init(1, "yaml.unknown-tag", "!money")]),
    ("a: «1»*bse\nb: &base 1", [.init(1, "yaml.undefined-alias", "*base")]),
    ("a:\n  <<: «1»3", [.init(1, "yaml.merge-of-scalar")]),
    ("a: «1»1e999", [.init(1, "yaml.number-range")]),
    ("a: 1\n«1»---\nb: 2\n", [.init(1, "yaml.multiple-documents")]),
    ("a:\n«1»\tb: 1\n", [.init(1, "yaml.syntax", "tab")]),
    ("a: b«1»: c\n", [.init(1, "yaml.syntax", "in quotes")]),
    ("key:value\nb«1»: 1\n", [.init(1, "yaml.syntax", "a space is missing")]),
    ("a: 'it'«1»s'\n", [.init(1, "yaml.syntax", "behind a closing quotation mark")]),
    ("a: «1»**bold**\n", [.init(1, "yaml.syntax", "begins with '*'")]),
    ("a: «1»@x\n", [.init(1, "yaml.syntax", "cannot begin with '@'")]),
    ("a: «1»\"x\nb: 1\n", [.init(1, "yaml.syntax", "never closed")]),
    ("a: «1»[1, 2\nb: 3\n", [.init(1, "yaml.syntax", "bracket")]),
    ("a: 1\n«1»nonsense\nb: 1\n", [.init(1, "yaml.syntax", "neither")]),
    ("a:\n  b: 1\n «1»c: 2\n", [.init(1, "yaml.syntax", "indentation")]),
    ("a: \"«1»\\q\"\n", [.init(0, "yaml.syntax", "escape")]),
    ("a: x\u{1}y\n", [.init(0, "yaml.syntax", "control")]),
    (String(repeating: "[", count: 256) + "«1»[", [.init(0, "yaml.too-deep")]),
    (String(repeating: "[\n a: ", count: 5_000), [.init(0, "yaml.too-deep")]),
    (String(repeating: "- ", count: 5_000), [.init(0, "yaml.too-deep")]),
    ((0..<600).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), [.init(0, "yaml.too-deep")]),
    ("a: x\n  'y\nb: " + String(repeating: "[", count: 1500), [.init(0, "yaml.too-deep")]),
    ("a: [x\n  'y, " + String(repeating: "[", count: 1500), [.init(0, "yaml.too-deep")]),
    ("a: [!<x,'> z, " + String(repeating: "{a: ", count: 1500), [.init(0, "yaml.too-deep")]),
    (bomb(levels: 12, width: 10), [.init(0, "yaml.alias-bomb")]),
    (bomb(levels: 8, width: 3) + "? *a7\n: 1\n", [.init(0, "yaml.complex-key")]),
    ("a: &b [1, *b]", [.init(0, "yaml.undefined-alias")]),
    ((1...1100).map { "k\($0): &k\($0) [*k\($0 - 1)]\n" }.joined(), [.init(0, "yaml.alias-bomb")]),
  ]

  static func bomb(levels: Int, width: Int) -> String {
    var text = "a0: &a0 [x]\n"
    for level in 1..<levels {
      text +=
        "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: width).joined(separator: ", ") + "]\n"
    }
    return text
  }

  @Test func tellsWhatIsWrongWithYAML() {
    for (text, expected) in Self.yaml { check(text, expected) { parseYAML($0).diagnostics } }
    let large = SourceFile(path: "file", bytes: [UInt8](repeating: 0x20, count: YAMLLimits.bytes + 1))
    #expect(parseYAML(large).diagnostics.map(\.code) == ["yaml.too-large"])
    let larger = SourceFile(path: "file", bytes: [UInt8](repeating: 0x20, count: largestJSON + 1))
    #expect(parseJSON(larger).diagnostics.map(\.code) == ["json.too-large"])
  }

  static let csv: [(String, [Expected])] = [
    ("", [.init(0, "csv.no-header")]),
    ("a,«1»,c\n1,2,3\n", [.init(1, "csv.empty-column-name")]),
    ("a,b,«1»a\n1,2,3\n", [.init(1, "csv.duplicate-column")]),
    ("a;b\n1;2\n", [.init(0, "csv.other-separator", "','")]),
    ("a,b,c\n1,«1»2\n", [.init(1, "csv.ragged-row", "'c'")]),
    ("a,b\n中,2,«1»3,4\n", [.init(1, "csv.ragged-row", "double quotes")]),
    ("a,b\n1,5«1»\" disk\n", [.init(1, "csv.stray-quote")]),
    ("a,b\n1,\"x«1»\"y\n", [.init(1, "csv.stray-quote")]),
    ("a,b\n\"x\ny\",«1»\"z\n", [.init(1, "csv.unclosed-quote")]),
    ("a,b\n1,«1»\0\n", [.init(1, "csv.nul")]),
    ("a,b\n1,«1»0123456789\n", [.init(1, "csv.cell-too-large")]),
    ("a,b,c,d,«1»e\n", [.init(1, "csv.too-many-columns")]),
    ("a\n1\n2\n3\n4\n5\n«1»6\n", [.init(1, "csv.too-many-rows")]),
    (String(repeating: "a", count: 1 << 20), [.init(0, "csv.too-large")]),
  ]

  @Test func tellsWhatIsWrongWithCSV() {
    var limits = CSVLimits()
    limits.bytes = 1 << 19
    limits.cellBytes = 9
    limits.columns = 4
    limits.rows = 5
    for (text, expected) in Self.csv { check(text, expected) { parseCSV($0, limits: limits).diagnostics } }
    let ragged = "a,b\n" + String(repeating: "1\n", count: 50)
    let told = parseCSV(SourceFile(path: "file", text: ragged)).diagnostics
    #expect(told.count == 20 && told.last?.notes.first?.message == "30 more like this follow")
  }

  @Test func tellsWhatIsWrongWithTextAndFrontMatter() {
    let latin = SourceFile(path: "file", bytes: Array("a: caf".utf8) + [0xE9, 0x0A])
    for diagnostics in [parseYAML(latin).diagnostics, parseCSV(latin).diagnostics] {
      #expect(diagnostics.map(\.code) == ["text.invalid-utf8"])
      #expect(diagnostics.first?.span?.start == Place(line: 1, column: 7))
    }
    #expect(parseYAML(latin).value["a"]?.string == "caf\u{FFFD}")
    check("«1»---\ntitle: x\n", [.init(1, "front-matter.unclosed")]) { splitFrontMatter($0).diagnostics }
  }

  enum Kind: String, CaseIterable { case observed, forecast }

  @Test func tellsWhatIsWrongWithAnObject() {
    func read(_ file: SourceFile) -> [Diagnostic] {
      var reader = ObjectReader(parseYAML(file).value, area: "report")
      _ = reader.text("title", required: true)
      _ = reader.number("width")
      _ = reader.texts("editions")
      let _: Kind? = reader.word("kind")
      return reader.finish()
    }
    check("title: 2025\neditions: en\nkind: forecast", [], read)
    check("«1»width: 3", [.init(1, "report.missing-key", "'title'")], read)
    check(
      "title: x\nwidth: «1»n/a", [.init(1, "report.wrong-type", "'width': expected a number, found text 'n/a'")], read)
    check("title: x\nkind: «1»forcast", [.init(1, "report.unknown-word", "did you mean 'forecast'?")], read)
    check(
      "«1»titel: x", [.init(1, "report.missing-key"), .init(1, "report.unknown-key", "did you mean 'title'?")], read)
    // What could not be read misses nothing.
    check("title: [", [], read)
    check("«1»", [.init(1, "report.missing-key")], read)
    check("- 1", [.init(0, "report.wrong-type", "expected a map"), .init(0, "report.missing-key")], read)
  }
}
