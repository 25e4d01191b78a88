internal import AlmanacCore
internal import Notation

/// Where the cells of a dataset come from.
protocol CellSource {
  var rowCount: Int { get }
  /// The columns that the file has, with their places.
  var header: [(name: String, span: SourceSpan)] { get }
  var cells: Dataset.Cells { get }
  func cell(row: Int, field: Int) -> Cell
  /// A number as it is written, where that is text: a key such as 007 keeps its zeros.
  func writtenText(row: Int, field: Int) -> String?
  func span(row: Int, field: Int) -> SourceSpan
}

enum Cell {
  case missing
  case number(Double)
  case bool(Bool)
  case text(String)
  /// What no cell can be: a list or map in JSON.
  case other(String)
}

// MARK: - Cells of CSV and JSON

struct CSVCells: CellSource {
  let table: CSVTable
  let positions: [Int?]
  let missingValues: Set<String>
  let kinds: [DataField.Kind]

  init(table: CSVTable, resource: DataResource) {
    self.table = table
    positions = resource.fields.map { table.column(named: $0.name) }
    missingValues = Set(resource.missingValues)
    kinds = resource.fields.map(\.kind)
  }

  var rowCount: Int { table.rowCount }
  var header: [(name: String, span: SourceSpan)] {
    table.columns.enumerated().map { ($1, table.headerSpan(column: $0)) }
  }
  var cells: Dataset.Cells { .csv(table, positions: positions) }

  func cell(row: Int, field: Int) -> Cell {
    guard let column = positions[field] else { return .missing }
    switch kinds[field] {
    case .number, .integer, .year, .any:
      if let number = table.number(row: row, column: column) { return .number(number) }
    default: break
    }
    let text = table.text(row: row, column: column)
    if missingValues.contains(text) { return .missing }
    if kinds[field] == .boolean, text == "true" || text == "false" { return .bool(text == "true") }
    return .text(text)
  }

  func writtenText(row: Int, field: Int) -> String? { positions[field].map { table.text(row: row, column: $0) } }
  func span(row: Int, field: Int) -> SourceSpan { table.span(row: row, column: positions[field] ?? 0) }
}

struct JSONCells: CellSource {
  let rows: [NotationValue]
  let fields: [String]
  let header: [(name: String, span: SourceSpan)]

  init(_ value: NotationValue, resource: DataResource, diagnostics: inout [Diagnostic]) {
    if value.array == nil, !value.isNull {
      diagnostics.append(.datasetNotATable(value.kindDescription, at: value.span))
    }
    var rows: [NotationValue] = []
    for row in value.array ?? [] {
      if row.object != nil {
        rows.append(row)
      } else {
        diagnostics.append(.datasetNotATable(row.kindDescription, at: row.span))
      }
    }
    self.rows = rows
    fields = resource.fields.map(\.name)
    var header: [(name: String, span: SourceSpan)] = []
    var seen: Set<String> = []
    for row in rows {
      for member in row.object ?? [] where seen.insert(member.key).inserted {
        header.append((member.key, member.keySpan))
      }
    }
    // An absent member is a missing value, so an empty list still has all its columns.
    self.header = rows.isEmpty ? resource.fields.map { ($0.name, value.span) } : header
  }

  var rowCount: Int { rows.count }
  var cells: Dataset.Cells { .json(rows.map { row in fields.map { row[$0]?.span ?? row.span } }) }

  func cell(row: Int, field: Int) -> Cell {
    switch rows[row][fields[field]]?.content {
    case nil, .null: .missing
    case .number(let number): .number(number)
    case .bool(let bool): .bool(bool)
    case .string(let string): .text(string)
    case .array: .other("a list")
    case .object: .other("a map")
    }
  }

  func writtenText(row: Int, field: Int) -> String? { nil }
  func span(row: Int, field: Int) -> SourceSpan { rows[row][fields[field]]?.span ?? rows[row].span }
}
