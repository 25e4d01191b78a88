package import AlmanacCore
package import Notation

/// An SQL text and where it stands: the body of a fence, or the value of a `query` key.
package struct QueryText: Hashable, Sendable {
  /// How places in the text are places in its file.
  enum Placing: Hashable, Sendable {
    /// Line by line: where the first character stands, and the columns removed from every later line.
    case exact(SourceLocation, indent: Int)
    /// Only as a whole: folded or escaped text.
    case whole(SourceSpan)
  }

  package var sql: String
  package var path: String
  var placing: Placing

  /// - Parameters:
  ///   - origin: where the first character stands.
  ///   - indent: columns that were removed from the start of every later line.
  package init(_ sql: String, path: String, origin: SourceLocation, indent: Int = 0) {
    self.sql = sql
    self.path = path
    placing = .exact(origin, indent: indent)
  }

  /// A text that is named as a whole when something is wrong with it.
  package init(_ sql: String, at span: SourceSpan) {
    self.sql = sql
    path = span.path
    placing = .whole(span)
  }

  /// The text of a value, placed exactly where the notation allows: plain, quoted on one line, or a literal block.
  /// - Returns: `nil` for what is no text.
  package init?(_ value: NotationValue) {
    guard let sql = value.string else { return nil }
    self.init(sql, at: value.span)
    let (start, end) = (value.span.start, value.span.end)
    let lines = sql.utf8.reversed().drop { $0 == 0x0A }.count { $0 == 0x0A }
    guard end.line - start.line == lines else { return }
    if lines > 0 || sql.utf8.last == 0x0A {
      placing = .exact(start, indent: start.column - 1)
    } else if end.column - start.column == sql.unicodeScalars.count {
      placing = .exact(start, indent: 0)
    } else if end.column - start.column == sql.unicodeScalars.count + 2 {
      placing = .exact(SourceLocation(line: start.line, column: start.column + 1), indent: 0)
    }
  }

  /// The span of a range of byte offsets.
  func span(_ range: Range<Int>) -> SourceSpan {
    switch placing {
    case .exact(let origin, let indent):
      SourceFile(path: path, text: sql).span(range).moved(to: path, origin: origin, indent: indent)
    case .whole(let span): span
    }
  }
}

/// A query that others may use by its name: a fence `sql adoption`, or a file of `Content/queries/`.
package struct NamedQuery: Hashable, Sendable {
  package var name: String
  package var nameSpan: SourceSpan
  package var text: QueryText

  package init(name: String, nameSpan: SourceSpan, text: QueryText) {
    self.name = name
    self.nameSpan = nameSpan
    self.text = text
  }
}

/// One value of a query's result.
package enum QueryValue: Hashable, Sendable {
  case null
  case number(Double)
  case text(String)
}

/// One column of a query's result.
package struct QueryColumn: Hashable, Sendable {
  package var name: String
  package var values: [QueryValue]
  /// The column that this one repeats unchanged, also through other queries; `nil` for what is computed.
  package var origin: Origin?
  /// The unit of all values, when the column repeats a dataset's column that has one.
  package var unit: String?

  package struct Origin: Hashable, Sendable {
    /// `facts`, or the name of a dataset.
    package var table: String
    package var column: String
  }

  /// Whether the column repeats `facts.value`, so that each value has the unit of its fact.
  package var isFactValue: Bool { origin == Origin(table: "facts", column: "value") }
}

/// What a query gives, by columns.
package struct QueryResult: Hashable, Sendable {
  package var columns: [QueryColumn]
  package var rowCount: Int
  /// The ids of the facts that each row comes from: by the column `fact`, else by `id`. Empty for rows that name none.
  package var facts: [[String]]
  /// The datasets that were read for it, through other queries too; sorted.
  package var datasets: [String] = []

  package func column(named name: String) -> QueryColumn? { columns.first { $0.name == name } }
}

extension QueryResult {
  /// A whole dataset, as the query `SELECT *` gives it, without a database.
  package init(_ dataset: Dataset) {
    columns = dataset.columns.map { column in
      let values: [QueryValue] =
        switch column.values {
        case .numbers(let numbers): numbers.map { $0.map(QueryValue.number) ?? .null }
        case .booleans(let booleans): booleans.map { $0.map { .number($0 ? 1 : 0) } ?? .null }
        case .texts(let texts): texts.map { $0.map(QueryValue.text) ?? .null }
        }
      return QueryColumn(
        name: column.name, values: values, origin: .init(table: dataset.name, column: column.name),
        unit: column.field.unit)
    }
    rowCount = dataset.rowCount
    facts = [[String]](repeating: [], count: dataset.rowCount)
    datasets = [dataset.name]
  }
}
