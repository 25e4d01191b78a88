private import Localization

/// The data of a report as an SQLite database, in bytes.
///
/// Made once, when the first query needs it; each function that runs queries opens its own connection on a copy, so
/// nothing is shared between threads.
package struct DatabaseImage: Sendable {
  let bytes: [UInt8]
  /// The columns of each table, `facts` first, for hints and units.
  let tables: [Table]
  /// All ids of the ledger.
  let factIDs: Set<String>
  let names: NameTable

  struct Table: Sendable {
    var name: String
    /// With the unit that all values of the column have.
    var columns: [(name: String, unit: String?)]
  }
}

/// Puts the ledger and every dataset into a database: the table `facts`, and one for each dataset under its name.
///
/// `facts` has the ledger's columns, and `period_start` and `period_end` as days. Rows stand in the order of their files.
/// Columns that are measured (a number, or an integer with a unit) are REAL, so that `value / 2` never drops a fraction;
/// years and integers without a unit are INTEGER; missing values are NULL.
package func makeDatabaseImage(of data: ReportData) -> DatabaseImage {
  var tables = [DatabaseImage.Table(name: "facts", columns: factColumns.map { (name: $0.name, unit: nil) })]
  tables += data.datasets.map { dataset in
    DatabaseImage.Table(name: dataset.name, columns: dataset.columns.map { (name: $0.name, unit: $0.field.unit) })
  }
  let bytes: [UInt8]
  do {
    let database = try SQLiteConnection()
    try database.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; BEGIN")
    try insert(data.ledger, into: database)
    // A table that SQLite refuses (a field name that cannot be one) is unknown to queries, which then say so.
    for dataset in data.datasets { try? insert(dataset, into: database) }
    try database.execute("COMMIT")
    bytes = database.serialize()
  } catch {
    bytes = []
  }
  return DatabaseImage(
    bytes: bytes, tables: tables, factIDs: Set(data.ledger.ids), names: data.names)
}

private let factColumns: [(name: String, type: String)] = [
  ("id", "TEXT"), ("metric", "TEXT"), ("entity", "TEXT"), ("region", "TEXT"), ("period", "TEXT"), ("value", "REAL"),
  ("unit", "TEXT"), ("kind", "TEXT"), ("source", "TEXT"), ("locator", "TEXT"), ("printed", "TEXT"), ("note", "TEXT"),
  ("period_start", "TEXT"), ("period_end", "TEXT"),
]

private func insert(_ ledger: Ledger, into database: borrowing SQLiteConnection) throws(SQLiteError) {
  let insertion = try makeTable("facts", factColumns, in: database)
  for fact in ledger.facts {
    insertion.bind(fact.id, at: 1)
    insertion.bind(fact.metric, at: 2)
    insertion.bind(fact.entity, at: 3)
    insertion.bind(fact.region, at: 4)
    insertion.bind(fact.period.ledgerText, at: 5)
    insertion.bind(fact.value, at: 6)
    insertion.bind(fact.unit, at: 7)
    insertion.bind(fact.kind.rawValue, at: 8)
    insertion.bind(fact.source, at: 9)
    insertion.bind(fact.locator?.description ?? "", at: 10)
    insertion.bind(fact.printed, at: 11)
    insertion.bind(fact.note, at: 12)
    insertion.bind(dayText(fact.period.firstDay), at: 13)
    insertion.bind(dayText(fact.period.dayAfter - 1), at: 14)
    guard insertion.run() else { throw database.lastError(1) }
  }
}

private func insert(_ dataset: Dataset, into database: borrowing SQLiteConnection) throws(SQLiteError) {
  guard !dataset.columns.isEmpty else { return }
  let insertion = try makeTable(
    dataset.name, dataset.columns.map { ($0.name, $0.isMeasured ? "REAL" : $0.isText ? "TEXT" : "INTEGER") },
    in: database)
  for row in 0..<dataset.rowCount {
    for (index, column) in dataset.columns.enumerated() {
      switch column.values {
      case .numbers(let numbers):
        if let number = numbers[row] { insertion.bind(number, at: index + 1) } else { insertion.bindNull(index + 1) }
      case .booleans(let booleans):
        if let boolean = booleans[row] {
          insertion.bind(boolean ? 1 : 0, at: index + 1)
        } else {
          insertion.bindNull(index + 1)
        }
      case .texts(let texts):
        if let text = texts[row] { insertion.bind(text, at: index + 1) } else { insertion.bindNull(index + 1) }
      }
    }
    guard insertion.run() else { throw database.lastError(1) }
  }
}

/// A day counted from 1970-01-01, as `2025-06-30`.
private func dayText(_ day: Int) -> String {
  let date = CivilTime(Double(day) * 86_400_000)
  func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  return "\(padded(date.year, 4))-\(padded(date.month + 1, 2))-\(padded(date.day, 2))"
}

/// Makes a table and the statement that fills it.
private func makeTable(
  _ name: String, _ columns: [(name: String, type: String)], in database: borrowing SQLiteConnection
) throws(SQLiteError) -> SQLiteStatement {
  let definitions = columns.map { "\(quoted($0.name)) \($0.type)" }.joined(separator: ", ")
  try database.execute("CREATE TABLE \(quoted(name)) (\(definitions))")
  let places = repeatElement("?", count: columns.count).joined(separator: ", ")
  return try database.prepare("INSERT INTO \(quoted(name)) VALUES (\(places))")
}

extension DataColumn {
  fileprivate var isText: Bool {
    if case .texts = values { true } else { false }
  }

  /// Whether its numbers may be divided: years and row numbers are labels.
  fileprivate var isMeasured: Bool {
    guard case .numbers = values else { return false }
    return field.kind == .number || field.kind == .any || field.kind == .integer && field.unit != nil
  }
}
