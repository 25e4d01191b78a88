package import AlmanacCore

/// An SQL text and where it stands: the body of a fence, or the value of a `query` key.
package struct QueryText: Hashable, Sendable {
  package var sql: String
  package var path: String
  /// Where the first character stands.
  package var origin: SourceLocation
  /// Columns that were removed from the start of every later line.
  package var indent: Int

  package init(_ sql: String, path: String, origin: SourceLocation, indent: Int = 0) {
    self.sql = sql
    self.path = path
    self.origin = origin
    self.indent = indent
  }

  /// The span of a range of byte offsets.
  func span(_ range: Range<Int>) -> SourceSpan {
    SourceFile(path: path, text: sql).span(range).moved(to: path, origin: origin, indent: indent)
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
  /// The unit of all values, when the column repeats a dataset's column that has one.
  package var unit: String?
  /// Whether the column repeats `facts.value`, so that each value has the unit of its fact.
  package var isFactValue: Bool
}

/// What a query gives, by columns.
package struct QueryResult: Hashable, Sendable {
  package var columns: [QueryColumn]
  package var rowCount: Int
  /// The ids of the facts that each row comes from: by the column `fact`, else by `id`. Empty for rows that name none.
  package var facts: [[String]]

  package func column(named name: String) -> QueryColumn? { columns.first { $0.name == name } }
}
