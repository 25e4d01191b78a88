public import VegaLite

/// Rows and named columns: what a chart's marks are made of.
///
/// Kept by column, so that scales and aggregates walk plain arrays; a row exists only as an index. Column names are flat:
/// a nested value stays an object in its column and is reached by ``values(at:)``.
public struct DataTable: Sendable, Hashable {
  /// Names in the order they were added; parallel to `columns`.
  public private(set) var names: [String]
  public private(set) var columns: [Column]
  public private(set) var rowCount: Int
  /// For each row its index in the source table, as long as rows are only chosen and ordered; `nil` after they were
  /// aggregated or made anew.
  public var origins: [Int32]?
  /// Columns of the source that were not read, until somebody asks for one.
  var unread: UnreadColumns?

  public init(rowCount: Int = 0) {
    names = []
    columns = []
    self.rowCount = rowCount
  }

  /// - Precondition: all columns have the same length.
  public init(_ pairs: [(String, Column)]) {
    names = pairs.map(\.0)
    columns = pairs.map(\.1)
    rowCount = pairs.first?.1.count ?? 0
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns of one table are equally long")
  }
}

extension DataTable {
  public func index(of name: String) -> Int? {
    for index in names.indices where names[index] == name { return index }
    unread?.note(name)
    return nil
  }

  public subscript(_ name: String) -> Column? { index(of: name).map { columns[$0] } }

  /// Adds a column or replaces the one of this name.
  public mutating func set(_ name: String, _ column: Column) {
    precondition(column.count == rowCount, "columns of one table are equally long")
    if let index = names.firstIndex(of: name) {
      columns[index] = column
    } else {
      names.append(name)
      columns.append(column)
    }
  }

  public mutating func remove(_ name: String) {
    guard let index = index(of: name) else { return }
    names.remove(at: index)
    columns.remove(at: index)
  }

  /// The values at a path, a column's own storage if the path is a column; all `undefined` if nothing is there.
  ///
  /// A flat column named like the whole path wins over reaching into an object: that is what the compiler's own columns are.
  public func values(at path: FieldPath) -> Column {
    if let column = self[path.columnName] { return column }
    guard path.keys.count > 1, let root = self[path.keys[0]] else {
      return .values([Value](repeating: .undefined, count: rowCount))
    }
    var result: [Value] = []
    result.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      var value = root[row]
      for key in path.keys.dropFirst() { value = value.member(key) }
      result.append(value)
    }
    return Column(result)
  }

  public func value(_ name: String, _ row: Int) -> Value { self[name]?[row] ?? .undefined }

  /// A row as an object, for `datum` where columns do not do, and for tables shown to readers.
  public func object(at row: Int) -> ValueObject {
    unread?.noteWholeRow()
    return ValueObject(names.indices.map { ValueObject.Member(key: names[$0], value: columns[$0][row]) })
  }

  /// The rows at these indices, in their order.
  public func selecting(_ rows: [Int]) -> DataTable {
    var result = DataTable(rowCount: rows.count)
    result.names = names
    result.columns = columns.map { $0.selecting(rows) }
    result.unread = unread
    result.origins = origins.map { origins in rows.map { origins[$0] } }
    return result
  }

  /// Rows made one by one; absent keys are `undefined`.
  public init(rows: [ValueObject]) {
    var names: [String] = []
    var places: [String: Int] = [:]
    var columns: [[Value]] = []
    for (row, object) in rows.enumerated() {
      // Rows of one source share their keys' order, so the place is nearly always the member's own index.
      for (position, member) in object.members.enumerated() {
        let place: Int
        if position < names.count, names[position] == member.key {
          place = position
        } else if let known = places[member.key] {
          place = known
        } else {
          place = names.count
          places[member.key] = place
          names.append(member.key)
          columns.append([Value](repeating: .undefined, count: row))
        }
        if places[member.key] == nil { places[member.key] = place }
        if columns[place].count == row {
          columns[place].append(member.value)
        } else {
          columns[place][row] = member.value
        }
      }
      for place in columns.indices where columns[place].count == row { columns[place].append(.undefined) }
    }
    self.names = names
    self.columns = columns.map(Column.init)
    rowCount = rows.count
  }
}
