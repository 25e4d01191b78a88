package import AlmanacCore
package import Notation

/// The facts of a report, and where each of their cells stands.
package struct Ledger: Sendable {
  /// In the order of the file. Rows that cannot be read (no id, no number) are left out, and diagnosed.
  package let facts: [Fact]
  /// The columns of `facts.csv`, besides `note.LANGUAGE` for notes in other editions.
  package enum Column: String, CaseIterable, Sendable {
    case id, metric, entity, region, period, value, unit, kind, source, locator, printed, note
  }

  /// Ids of rows that are left out: what names them has nothing wrong with it.
  package let unreadIDs: Set<String>
  private let table: CSVTable?
  private let indices: [String: Int]
  /// The position of each ledger column in the file.
  private let positions: [Column: Int]

  package init(facts: [Fact] = [], table: CSVTable? = nil, unreadIDs: Set<String> = []) {
    self.facts = facts
    self.unreadIDs = unreadIDs
    self.table = table
    indices = Dictionary(facts.indices.map { (facts[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    positions = Dictionary(
      uniqueKeysWithValues: Column.allCases.compactMap { column in
        table?.column(named: column.rawValue).map { (column, $0) }
      })
  }
}

extension Ledger {
  package subscript(_ id: String) -> Fact? { indices[id].map { facts[$0] } }

  package func contains(_ id: String) -> Bool { indices[id] != nil }

  /// The names of the file's columns, in their order.
  package var columns: [String] { table?.columns ?? Column.allCases.map(\.rawValue) }

  /// The sources of all facts, each once, in the order of the ledger.
  package var sourceIDs: [String] {
    var seen: Set<String> = []
    return facts.map(\.source).filter { seen.insert($0).inserted }
  }

  /// All ids, for hints.
  package var ids: [String] { facts.map(\.id) }

  /// Returns where a cell of a fact stands; `nil` only for a ledger without a file.
  package func span(of fact: Fact, _ column: Column = .id) -> SourceSpan? {
    guard let table, let position = positions[column], fact.row < table.rowCount else { return nil }
    return table.span(row: fact.row, column: position)
  }
}
