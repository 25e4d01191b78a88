package import AlmanacCore
private import Localization
private import Notation

/// Computes each dataset that is `derived` again, by its query over the other data, and compares cell by cell.
///
/// The query gives the dataset's columns by name, in the order of its rows. Diagnoses `dataset.not-derived` at each cell
/// that differs, `dataset.wrong-rows` for rows and columns that are missing or too many, and what is wrong with the query.
/// - Parameter views: the queries that these may use.
package func checkDerivations(_ data: ReportData, views: [NamedQuery], language: LanguageTag) -> [Diagnostic] {
  let derived = data.datasets.compactMap { dataset in dataset.resource.derivation.map { (dataset, $0) } }
  guard !derived.isEmpty else { return [] }
  let run = runQueries(derived.map(\.1), views: views, in: makeDatabaseImage(of: data), language: language)
  var problems = LimitedDiagnostics()
  for ((dataset, query), result) in zip(derived, run.results) {
    for diagnostic in result.diagnostics { problems.append(diagnostic) }
    guard let rows = result.value else { continue }
    let place = query.span(0..<1)
    for field in dataset.resource.fields where rows.column(named: field.name) == nil {
      problems.append(
        .datasetWrongRows(
          "has a column '\(field.name)' that its query does not give", dataset: dataset.name,
          at: field.nameSpan, query: place))
    }
    if rows.rowCount != dataset.rowCount {
      problems.append(
        .datasetWrongRows(
          "has \(dataset.rowCount) rows, its query gives \(rows.rowCount)", dataset: dataset.name,
          at: dataset.resource.nameSpan, query: place))
    }
    for (index, column) in dataset.columns.enumerated() {
      guard let computed = rows.column(named: column.name) else { continue }
      for row in 0..<min(rows.rowCount, dataset.rowCount) {
        let (found, expected) = (column.text(row) ?? "", text(computed.values[row]))
        guard found != expected else { continue }
        problems.append(
          .datasetNotDerived(
            column.name, found, expected, key: dataset.key(ofRow: row) ?? "\(row + 1)",
            at: dataset.span(row: row, column: index), query: place))
      }
    }
  }
  return problems.diagnostics
}

private func text(_ value: QueryValue) -> String {
  switch value {
  case .null: ""
  case .number(let number): shortestNumber(number)
  case .text(let text): text
  }
}
