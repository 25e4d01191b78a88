internal import AlmanacCore
private import Notation

/// Checks that each row of a dataset names a reference and a place, where its description says that it does.
///
/// Diagnoses `dataset.unknown-source` and `dataset.bad-locator`.
/// - Parameter sources: the ids of all references, or `nil` when they are not known.
func checkRowSources(_ dataset: Dataset, sources: [String]?) -> [Diagnostic] {
  var problems = LimitedDiagnostics()
  func span(_ row: Int, _ name: String) -> SourceSpan {
    let column = dataset.columns.firstIndex { $0.name == name } ?? 0
    return dataset.span(row: row, column: column) ?? dataset.resource.nameSpan
  }
  if let name = dataset.resource.rowSource, let column = dataset.column(named: name), let sources {
    let known = Set(sources)
    for row in 0..<dataset.rowCount {
      let id = column.text(row) ?? ""
      if !known.contains(id) {
        problems.append(.datasetUnknownSource(id, name, at: span(row, name), known: sources))
      }
    }
  }
  if let name = dataset.resource.rowLocator, let column = dataset.column(named: name) {
    for row in 0..<dataset.rowCount where column.locator(row) == nil {
      problems.append(.datasetBadLocator(column.text(row) ?? "", name, at: span(row, name)))
    }
  }
  // A place of one field: only where the field has a value.
  for cells in dataset.columns {
    guard case .column(let name)? = cells.field.printed?.place, let column = dataset.column(named: name) else {
      continue
    }
    for row in 0..<dataset.rowCount where cells.text(row) != nil && column.locator(row) == nil {
      problems.append(.datasetBadLocator(column.text(row) ?? "", name, at: span(row, name)))
    }
  }
  return problems.diagnostics
}
