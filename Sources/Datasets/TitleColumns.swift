package import AlmanacCore
private import Notation

// What readers know the columns of queries by: heads of tables, axes, descriptions of charts.

extension ReportData {
  /// Returns what a column is called in an edition: the title of the dataset's column that it repeats, else its name under
  /// `columns` in `names.yaml`; `nil` for one that nobody named.
  package func title(of column: QueryColumn, in language: LanguageTag) -> String? {
    let field = column.origin.flatMap { origin in
      package.resources.first { $0.name == origin.table }?.fields.first { $0.name == origin.column }
    }
    if let title = field?.title { return title.text(in: language) }
    return names.title(ofColumn: column.name, in: language)
  }

  /// Returns the unit that all values of a column have; `nil` where they differ or nobody knows.
  package func unit(of column: QueryColumn, in result: QueryResult) -> String? {
    if let unit = column.unit { return unit }
    guard column.isFactValue else { return nil }
    let units = Set(result.facts.joined().compactMap { ledger[$0]?.unit })
    return units.count == 1 ? units.first : nil
  }
}
