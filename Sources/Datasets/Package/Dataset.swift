package import AlmanacCore
internal import Notation

/// A dataset by columns, typed as its resource declares.
package struct Dataset: Sendable {
  package var resource: DataResource
  package let columns: [DataColumn]
  package let rowCount: Int
  /// Where the cells stand: in a CSV file, or the values of a JSON file by rows.
  let cells: Cells

  enum Cells: Sendable {
    /// With the position of each column in the file.
    case csv(CSVTable, positions: [Int?])
    case json([[SourceSpan]])
  }
}

/// One column; `nil` is a missing value.
package struct DataColumn: Sendable {
  package enum Values: Hashable, Sendable {
    case numbers([Double?])
    case booleans([Bool?])
    /// Also dates and months, as they are written.
    case texts([String?])
  }

  package var field: DataField
  package var values: Values

  package var name: String { field.name }
}

extension Dataset {
  package var name: String { resource.name }

  package func column(named name: String) -> DataColumn? { columns.first { $0.name == name } }

  /// Returns where a cell stands.
  package func span(row: Int, column: Int) -> SourceSpan? {
    switch cells {
    case .csv(let table, let positions):
      positions[column].map { table.span(row: row, column: $0) }
    case .json(let spans):
      spans[row][column]
    }
  }

  /// Returns the id of the reference from which a row comes: the row's own, else the dataset's first.
  package func source(ofRow row: Int) -> String? {
    resource.rowSource.flatMap { column(named: $0)?.text(row) } ?? resource.sources.first?.id
  }

  /// Returns where the source prints a row: the row's own place, else the dataset's.
  package func locator(ofRow row: Int) -> Locator? {
    guard let name = resource.rowLocator else { return resource.locator.flatMap(Locator.init) }
    return column(named: name)?.locator(row)
  }

  /// Returns where the source prints a cell, as text: its own lines, else the row's, else what is said of the dataset.
  package func cellLocator(row: Int, column: DataColumn) -> String? {
    let own: Locator? =
      switch column.field.printed?.place {
      case .lines(let lines): lines
      case .column(let name): self.column(named: name)?.locator(row)
      case nil: locator(ofRow: row)
      }
    return own?.description ?? resource.locator
  }

  /// Returns the row's primary key; the parts of a key of several columns are joined by `/`.
  package func key(ofRow row: Int) -> String? {
    let keys = resource.primaryKey.compactMap(column(named:))
    return keys.isEmpty ? nil : keys.map { $0.text(row) ?? "" }.joined(separator: "/")
  }

  /// Returns the row whose primary key is `key`; the parts of a key of several columns are joined by `/`.
  /// - Complexity: O(*n*), where *n* is the number of rows.
  package func row(withKey key: String) -> Int? {
    let keys = resource.primaryKey.compactMap(column(named:))
    guard !keys.isEmpty else { return nil }
    return (0..<rowCount).first { row in keys.map { $0.text(row) ?? "" }.joined(separator: "/") == key }
  }
}

extension DataColumn {
  /// The value as text, numbers in their shortest form.
  package func text(_ row: Int) -> String? {
    switch values {
    case .numbers(let numbers): numbers[row].map(shortestNumber)
    case .booleans(let booleans): booleans[row].map { $0 ? "true" : "false" }
    case .texts(let texts): texts[row]
    }
  }

  /// The cell as a place in a source: a line as a number or as digits, or `L112-L132`.
  package func locator(_ row: Int) -> Locator? {
    guard let text = text(row) else { return nil }
    return Locator(text) ?? Locator("L" + text)
  }

  package func number(_ row: Int) -> Double? {
    if case .numbers(let numbers) = values { numbers[row] } else { nil }
  }
}
