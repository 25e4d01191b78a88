import AlmanacCore
import Foundation
import Notation
import Testing

/// `Content/coverage.csv` says, for every figure, table, diagram and case of the sources, where the shipped report carries it, or
/// why it does not.
///
/// A row is one item of a source: `seed,index` as in the inventory of the sources, `where` as places `chapter#id` with spaces
/// between them, `note` the reason where there is no place.
@Suite struct CoverageTests {
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let inventory = project.deletingLastPathComponent().appendingPathComponent("shared/seed-inventory/figures.csv")
  static var hasInventory: Bool { FileManager.default.fileExists(atPath: inventory.path) }

  /// One row of the table: what it is about, and the places that carry it.
  private struct Row {
    var item: String
    var places: [Substring]
    var note: String
    var line: Int
  }

  private static func table(_ file: URL) throws -> CSVTable {
    let source = SourceFile(path: file.lastPathComponent, bytes: [UInt8](try Data(contentsOf: file)))
    let parsed = parseCSV(source)
    try #require(parsed.diagnostics.isEmpty, "\(parsed.diagnostics.map(\.message))")
    return parsed.value
  }

  private static func rows() throws -> [Row] {
    let table = try table(project.appendingPathComponent("Content/coverage.csv"))
    try #require(table.columns == ["seed", "index", "where", "note"])
    return (0..<table.rowCount).map { row in
      Row(
        item: table.text(row: row, column: 0) + ":" + table.text(row: row, column: 1),
        places: table.text(row: row, column: 2).split(separator: " "),
        note: table.text(row: row, column: 3), line: table.line(row: row))
    }
  }

  @Test func namesOnlyPlacesThatBothEditionsHave() throws {
    var chapters: [String: String] = [:]
    for edition in ["en", "zh-Hans"] {
      let folder = Self.project.appendingPathComponent("Content/\(edition)")
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".md") {
        chapters["\(edition)/\(name.dropLast(3))"] = try String(
          contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      }
    }
    for row in try Self.rows() {
      #expect(!row.places.isEmpty || !row.note.isEmpty, "line \(row.line): neither place nor reason")
      for place in row.places {
        let parts = place.split(separator: "#")
        guard parts.count == 2 else {
          Issue.record("line \(row.line): '\(place)' is no place like 'chapter#fig-id'")
          continue
        }
        for edition in ["en", "zh-Hans"] {
          let text = chapters["\(edition)/\(parts[0])"]
          let held = ["{#\(parts[1])}", "{#\(parts[1]) ", " #\(parts[1])\n", " #\(parts[1]) "].contains {
            text?.contains($0) == true
          }
          #expect(held, "line \(row.line): \(edition)/\(parts[0]).md has no '\(parts[1])'")
        }
      }
    }
  }

  @Test(.enabled(if: hasInventory, "../shared/seed-inventory is not here"))
  func accountsForEveryFigureOfTheSources() throws {
    let inventory = try Self.table(Self.inventory)
    let columns = try ["seed", "index", "data_status", "compares_cn_us"].map {
      try #require(inventory.column(named: $0))
    }
    var rows: [String: Row] = [:]
    for row in try Self.rows() {
      #expect(rows[row.item] == nil, "line \(row.line): \(row.item) stands twice")
      rows[row.item] = row
    }
    var counts: [String: (carried: Int, all: Int)] = [:]
    for line in 0..<inventory.rowCount {
      let cells = columns.map { inventory.text(row: line, column: $0) }
      let item = cells[0] + ":" + cells[1]
      let row = rows.removeValue(forKey: item)
      #expect(row != nil, "nothing says where \(item) is")
      #expect(
        cells[3] != "True" || row?.places.isEmpty == false || cells[2] == "caption-only",
        "\(item) compares the two countries and is not carried")
      let key = "\(cells[0]) \(cells[2])"
      counts[key, default: (0, 0)].all += 1
      if row?.places.isEmpty == false { counts[key, default: (0, 0)].carried += 1 }
    }
    #expect(rows.keys.sorted() == [], "no such figure in the sources")
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("\(key): \(count.carried) of \(count.all) carried")
    }
  }
}
