import AlmanacCore
import Notation
import TestSupport
import Testing

@testable import Datasets

/// Names that the cases below use.
let testNames = readNames(
  SourceFile(
    path: "names.yaml",
    text: """
      entities: {cn: {en: China, zh-Hans: 中国}, us: {en: United States, zh-Hans: 美国}}
      metrics: {users: {en: Users, zh-Hans: 用户}}
      units: {eflops: EFLOPS}
      """), editions: [.english, .simplifiedChinese]
).value

let ledgerHeader = "id,metric,entity,region,period,value,unit,kind,source,locator,printed,note\n"

@Suite struct DatasetsDiagnosticsTests {
  // MARK: The ledger

  static let ledger: [(String, [Expected])] = [
    ("users.cn.2025,users,cn,cn,2025,1,persons,observed,s,L1,1,\n", []),
    ("«1»Users.cn,users,cn,,2025,1,persons,observed,s,L1,1,\n", [.init(1, "ledger.bad-id", "lowercase")]),
    (
      "users.cn.2025,users,cn,,2025,1,persons,observed,s,L1,1,\n«1»users.cn.2025,users,cn,,2025,1,persons,observed,s,L1,1,\n",
      [.init(1, "ledger.duplicate-id")]
    ),
    ("«1»users.cn.2025,users,us,,2025,1,persons,observed,s,L1,1,\n", [.init(1, "ledger.id-mismatch", "users.us.")]),
    (
      "users.chn.2025,users,«1»chn,,2025,1,persons,observed,s,L1,1,\n",
      [.init(1, "ledger.unknown-name", "entity 'chn'")]
    ),
    ("users.cn.2025,users,cn,,«1»2025-13,1,persons,observed,s,L1,1,\n", [.init(1, "ledger.bad-period")]),
    ("users.cn.2025,users,cn,,2025,«1»\"5,15\",persons,observed,s,L1,1,\n", [.init(1, "ledger.bad-value", "'5,15'")]),
    ("users.cn.2025,users,cn,,2025,1,«1»person,observed,s,L1,1,\n", [.init(1, "ledger.unknown-unit", "'persons'")]),
    ("users.cn.2025,users,cn,,2025,1,eflops,«1»observd,s,L1,1,\n", [.init(1, "ledger.bad-kind", "'observed'")]),
    ("users.cn.2025,users,cn,,2025,1,eflops,target,«1»x,L1,1,\n", [.init(1, "ledger.unknown-source")]),
    ("users.cn.2025,users,cn,,2025,1,eflops,target,s,«1»p. 3,1,\n", [.init(1, "ledger.bad-locator")]),
    ("users.cn.2025,users,cn,,2025,1,eflops,target,s,L1-L3,«1»,\n", [.init(1, "ledger.missing-printed")]),
    ("users.cn.2025,users,cn,,2025,515000000,persons,target,s,L1,超过5.15 亿人,\n", []),
    (
      "users.cn.2025,users,cn,,2025,«1»51500000,persons,target,s,L1,5.15 亿人,\n",
      [.init(1, "ledger.printed-mismatch", "the value is 51500000, but '5.15 亿人' is 515000000")]
    ),
    ("users.cn.2025,users,cn,,2025,5,persons,target,s,L1,«1»5%,\n", [.init(1, "ledger.bad-printed", "'persons'")]),
  ]

  @Test func tellsWhatIsWrongWithALedger() {
    for (rows, expected) in Self.ledger {
      check(ledgerHeader + rows, expected) { readLedger($0, names: testNames, sources: ["s"]).diagnostics }
    }
    check(
      "«1»id,metric,entity,«2»vlaue,period,unit,kind,source,locator,printed,region,note\n",
      [.init(2, "ledger.unknown-column", "'value'"), .init(1, "ledger.missing-column", "'value'")]
    ) { readLedger($0, names: testNames, sources: nil).diagnostics }
  }

  @Test func tellsWhichNotesAreNotTranslated() {
    let header = ledgerHeader.dropLast() + ",note.zh-Hans"
    let row = "\nusers.cn.2025,users,cn,cn,2025,1,persons,observed,s,L1,1,"
    for (text, expected): (String, [Expected]) in [
      ("\(header)\(row)A note,«1»", [.init(1, "ledger.missing-translation", "zh-Hans")]),
      ("\(header)\(row)A note,注", []),
      ("\(header)\(row),", []),
      ("\(ledgerHeader.dropLast()),«1»note.fr\(row),", [.init(1, "ledger.unknown-column", "'note.en'")]),
    ] {
      check(text, expected) {
        readLedger($0, names: testNames, editions: [.english, .simplifiedChinese], sources: nil).diagnostics
      }
    }
  }

  // MARK: Names, package, conflicts

  static let names: [(String, [Expected])] = [
    ("entities: {a: {en: A, zh-Hans: 甲}}\nmetrics: {«1»a: {en: A, zh-Hans: 甲}}", [.init(1, "names.duplicate-key")]),
    ("entities: {«1»a: {en: A}}", [.init(1, "names.missing-translation", "zh-Hans")]),
    ("entities: {a: {en: A, zh-Hans: 甲, «1»fr: A}}", [.init(1, "names.unknown-language")]),
    ("entities: {a: «1»[]}", [.init(1, "names.wrong-type")]),
    ("«1»entitys: {}", [.init(1, "names.unknown-key", "'entities'")]),
    ("entities: {cn: China}\ncolors: {«1»cm: china}", [.init(1, "names.unknown-color-key", "'cn'")]),
    (
      "entities: {cn: China, us: US}\ncolors: {cn: «1»9, us: «2»[red]}",
      [.init(1, "names.unknown-color", "#rrggbb"), .init(2, "names.unknown-color")]
    ),
    ("entities: {cn: China, us: US}\ncolors: {cn: 8, us: '#0A8f8c'}", []),
  ]

  static let package: [(String, [Expected])] = [
    ("{name: «1»My-data, schema: {fields: []}}", [.init(1, "data-package.bad-name")]),
    ("{name: «1»facts, schema: {fields: []}}", [.init(1, "data-package.bad-name", "ledger")]),
    (
      "{name: a, schema: {fields: []}}\n- {name: «1»a, schema: {fields: []}}", [.init(1, "data-package.duplicate-name")]
    ),
    ("{name: a, path: «1»../x.csv, schema: {fields: []}}", [.init(1, "data-package.path-outside")]),
    ("{name: a, schema: {fields: [{name: x}, {name: «1»X}]}}", [.init(1, "data-package.duplicate-field")]),
    ("{name: a, schema: {fields: [{name: x}], primaryKey: «1»y}}", [.init(1, "data-package.unknown-field")]),
    ("{name: a, schema: {fields: [{name: x, unit: «1»person}]}}", [.init(1, "data-package.unknown-unit", "'persons'")]),
    ("{name: a, schema: {fields: [{name: x, type: «1»text}]}}", [.init(1, "data-package.unknown-word")]),
    ("{name: a, rowLocator: «1»y, schema: {fields: [{name: x}]}}", [.init(1, "data-package.unknown-field", "'x'")]),
    ("{name: a, rowSource: «1»y, schema: {fields: [{name: x}]}}", [.init(1, "data-package.unknown-field", "'x'")]),
    ("{name: a, derived: «1»[], schema: {fields: [{name: x}]}}", [.init(1, "data-package.wrong-type")]),
    ("{name: a, schema: {fields: [{name: x, printed: 千万}, {name: y, printed: {in: 亿, as: \"约{}\", at: x}}]}}", []),
    ("{name: a, schema: {fields: [{name: x, printed: «1»wan}]}}", [.init(1, "data-package.bad-printed", "'{}分'")]),
    ("{name: a, schema: {fields: [{name: x, printed: {as: «1»分}}]}}", [.init(1, "data-package.bad-printed")]),
    ("{name: a, schema: {fields: [{name: «1»x, printed: {at: p. 3}}]}}", [.init(1, "data-package.bad-locator")]),
    ("«1»{name: a}", [.init(1, "data-package.missing-key", "'schema'")]),
  ]

  static let conflicts: [(String, [Expected])] = [
    ("{id: a, kind: hard, rows: [x, y], prefer: «1»z, reason: r}", [.init(1, "conflicts.preferred-not-a-row")]),
    ("{id: a, kind: hard, rows: «1»[x], reason: r}", [.init(1, "conflicts.too-few-rows")]),
    (
      "{id: a, kind: hard, rows: [x, y], reason: r}\n- {id: «1»a, kind: date, rows: [x, y], reason: r}",
      [.init(1, "conflicts.duplicate-id")]
    ),
    ("{id: a, kind: «1»hrad, rows: [x, y], reason: r}", [.init(1, "conflicts.unknown-word", "'hard'")]),
  ]

  @Test func tellsWhatIsWrongWithDescriptions() {
    let editions: [LanguageTag] = [.english, .simplifiedChinese]
    for (text, expected) in Self.names { check(text, expected) { readNames($0, editions: editions).diagnostics } }
    for (text, expected) in Self.package {
      check("resources:\n- " + text, expected) { readDataPackage($0, names: testNames).diagnostics }
    }
    for (text, expected) in Self.conflicts { check("- " + text, expected) { readConflictDecisions($0).diagnostics } }
  }

  @Test func tellsWhereRowsDisagree() {
    let rows = """
      users.cn.2025,users,cn,cn,2025,10,persons,observed,s,L1,10,
      users.cn.other.2025,users,cn,cn,2025,«1»12,persons,observed,s,L1,12,
      users.us.2025,users,us,us,2025,7,persons,observed,s,L1,7,
      users.us.again.2025,users,us,us,2025,7,persons,observed,s,L1,7,

      """
    func find(_ decisions: String) -> (SourceFile) -> [Diagnostic] {
      { file in
        let decisions = readConflictDecisions(SourceFile(path: "c", text: decisions)).value
        return findConflicts(in: readLedger(file, names: testNames, sources: nil).value, decisions: decisions)
          .diagnostics
      }
    }
    check(ledgerHeader + rows, [.init(1, "conflicts.undecided", "'users' of 'cn' in 2025: 12")], find(""))
    check(
      ledgerHeader + rows, [],
      find("- {id: a, kind: hard, rows: [users.cn.2025, users.cn.other.2025], prefer: users.cn.2025, reason: r}"))
    check(
      ledgerHeader + rows, [.init(1, "conflicts.undecided"), .init(0, "conflicts.agreed")],
      find("- {id: a, kind: hard, rows: [users.us.2025, users.us.again.2025], reason: r}"))
    check(
      ledgerHeader + rows,
      [.init(1, "conflicts.undecided"), .init(0, "conflicts.unknown-fact", "did you mean 'users.cn.2025'?")],
      find("- {id: a, kind: hard, rows: [users.cn.2026, users.us.2025], reason: r}"))
  }

  @Test func comparesCurrenciesOnlyThroughARateOfTheTime() {
    func find(_ dollars: Int, _ rate: String = "") -> [String] {
      let rows = """
        users.cn.2024,users,cn,cn,2024,7200,CNY,observed,s,L1,7200元,
        users.cn.other.2024,users,cn,cn,2024,\(dollars),USD,observed,s,L1,\(dollars)美元,
        \(rate)
        """
      let file = SourceFile(path: "f", text: ledgerHeader + rows)
      let ledger = readLedger(file, names: testNames, sources: nil)
      #expect(ledger.diagnostics.isEmpty, "\(ledger.diagnostics)")
      return findConflicts(in: ledger.value, decisions: []).diagnostics.map(\.code)
    }
    let rate = "users.us.2024,users,us,us,2024,7.2,CNY/USD,observed,s,L1,7.2元,\n"
    #expect(find(1100) == [])
    #expect(find(1000, rate) == [])
    #expect(find(1100, rate) == ["conflicts.undecided"])
    // A rate of another year says nothing.
    #expect(find(1100, rate.replacing(",2024,7.2", with: ",2023,7.2")) == [])
  }

  // MARK: Datasets

  static let fields = """
    resources:
    - name: t
      path: PATH
      schema:
        fields:
          - {name: key, type: string, constraints: {unique: true}}
          - {name: who, type: string, names: true, constraints: {enum: [cn, us, fr]}}
          - {name: n, type: integer, constraints: {required: true, minimum: 0, maximum: 9}}
          - {name: day, type: date}
          - {name: yes, type: boolean}
        primaryKey: [who, n]
        missingValues: ["", n/a]
    """

  static let csv: [(String, [Expected])] = [
    ("key,who,n,day,yes\n007,cn,1,2025-01-31,true\na,us,2,n/a,\n", []),
    ("key,who,n,day\n", [.init(0, "dataset.missing-column", "'yes'")]),
    ("key,who,n,day,yes,«1»extra\n", [.init(1, "dataset.undeclared-column")]),
    (
      "key,who,n,day,yes\na,cn,«1»x,,\n",
      [.init(1, "dataset.wrong-type", "column 'n' holds 'x' in row 1, expected a whole number")]
    ),
    ("key,who,n,day,yes\na,cn,«1»1.5,,\n", [.init(1, "dataset.wrong-type")]),
    ("key,who,n,day,yes\na,cn,«1»\"1,000\",,\n", [.init(1, "dataset.wrong-type", "digits only")]),
    ("key,who,n,day,yes\na,cn,1,«1»2025-02-30,\n", [.init(1, "dataset.wrong-type", "a date")]),
    ("key,who,n,day,yes\na,cn,1,,«1»ja\n", [.init(1, "dataset.wrong-type", "true or false")]),
    ("key,who,n,day,yes\na,cn,«1»n/a,,\n", [.init(1, "dataset.missing-value")]),
    ("key,who,n,day,yes\na,cn,«1»10,,\n", [.init(1, "dataset.out-of-range", "at most 9")]),
    ("key,who,n,day,yes\na,«1»de,1,,\n", [.init(1, "dataset.not-allowed"), .init(1, "dataset.unknown-name")]),
    ("key,who,n,day,yes\na,«1»fr,1,,\n", [.init(1, "dataset.unknown-name")]),
    ("key,who,n,day,yes\na,cn,1,,\n«1»a,us,1,,\n", [.init(1, "dataset.duplicate-value")]),
    ("key,who,n,day,yes\na,cn,1,,\nb,«1»cn,1,,\n", [.init(1, "dataset.duplicate-key", "'cn/1'")]),
  ]

  static let json: [(String, [Expected])] = [
    (#"[{"key": "a", "who": "cn", "n": 1, "day": null, "yes": true}]"#, []),
    (#"«1»{"key": "a"}"#, [.init(1, "dataset.not-a-table")]),
    (
      #"[{"key": "a", "who": "cn", "n": «1»"1", "day": null, "yes": «2»[]}]"#,
      [.init(1, "dataset.wrong-type"), .init(2, "dataset.wrong-type", "a list")]
    ),
  ]

  @Test func tellsWhichCellsAreWrong() throws {
    for (path, cases) in [("t.csv", Self.csv), ("t.json", Self.json)] {
      let description = SourceFile(path: "p", text: Self.fields.replacing("PATH", with: path))
      let package = readDataPackage(description, names: testNames)
      #expect(package.diagnostics.isEmpty)
      let resource = try #require(package.value.resources.first)
      for (text, expected) in cases {
        check(text, expected) {
          readDataset(resource, file: $0, names: testNames).diagnostics.filter {
            $0.code != "dataset.missing-column" || path == "t.csv"
          }
        }
      }
    }
  }

  @Test func tellsWhatTheFolderLacks() {
    var files = DataFiles()
    files.package = SourceFile(
      path: "p", text: "resources: [{name: a, source: x, schema: {fields: []}}, {name: b, schema: {fields: []}}]")
    files.datasets = [
      "b.csv": SourceFile(path: "data/b.csv", text: "x\n"), "c.csv": SourceFile(path: "data/c.csv", text: "x\n"),
    ]
    let codes = readData(files, editions: [.english], sources: ["s"]).diagnostics.map(\.code)
    #expect(
      codes == [
        "data-package.unknown-source", "data-package.missing-file", "dataset.undeclared-column",
        "data-package.undescribed",
      ])
  }
}
