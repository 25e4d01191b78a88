package import AlmanacCore
internal import Notation

/// The texts of a report's data folder, as far as they are there.
package struct DataFiles: Sendable {
  package var facts: SourceFile?
  package var names: SourceFile?
  package var package: SourceFile?
  package var conflicts: SourceFile?
  /// The files of the datasets, by their path in the data folder. A description asks for them by that path.
  package var datasets: [String: SourceFile] = [:]

  package init() {}
}

/// All data of a report, read and checked.
package struct ReportData: Sendable {
  package var names: NameTable
  package var ledger: Ledger
  package var package: DataPackage
  package var datasets: [Dataset]
  package var conflicts: Conflicts

  package init(
    names: NameTable = NameTable(), ledger: Ledger = Ledger(), package: DataPackage = DataPackage(),
    datasets: [Dataset] = [], conflicts: Conflicts = Conflicts()
  ) {
    self.names = names
    self.ledger = ledger
    self.package = package
    self.datasets = datasets
    self.conflicts = conflicts
  }

  package func dataset(named name: String) -> Dataset? { datasets.first { $0.name == name } }
}

/// Reads the data folder: names first, for all else is checked against them.
///
/// Diagnoses what each reader does, and `data-package.missing-file`, `data-package.undescribed`,
/// `data-package.unknown-source`.
/// - Parameters:
///   - editions: the report's languages.
///   - sources: the ids of all references, or `nil` when they are not known.
package func readData(_ files: DataFiles, editions: [LanguageTag], sources: [String]?) -> Diagnosed<ReportData> {
  var diagnostics: [Diagnostic] = []
  var data = ReportData()
  if let file = files.names { data.names = readNames(file, editions: editions).value(reportingTo: &diagnostics) }
  if let file = files.facts {
    data.ledger = readLedger(file, names: data.names, editions: editions, sources: sources).value(
      reportingTo: &diagnostics)
  }
  if let file = files.package {
    data.package = readDataPackage(file, names: data.names).value(reportingTo: &diagnostics)
  }
  for resource in data.package.resources {
    for (id, span) in resource.sources {
      guard let sources, !sources.contains(id) else { continue }
      diagnostics.append(.packageUnknownSource(id, at: span, known: sources))
    }
    guard let file = files.datasets[resource.path] else {
      diagnostics.append(
        .packageMissingFile(resource.path, at: resource.pathSpan, known: files.datasets.keys.sorted()))
      continue
    }
    let dataset = readDataset(resource, file: file, names: data.names).value(reportingTo: &diagnostics)
    diagnostics += checkRowSources(dataset, sources: sources)
    data.datasets.append(dataset)
  }
  let described = Set(data.package.resources.map(\.path))
  for path in files.datasets.keys.sorted() where !described.contains(path) {
    diagnostics.append(.packageUndescribed(path, file: files.datasets[path]?.path ?? path))
  }
  let decisions = files.conflicts.map { readConflictDecisions($0).value(reportingTo: &diagnostics) } ?? []
  data.conflicts = findConflicts(in: data.ledger, decisions: decisions).value(reportingTo: &diagnostics)
  return Diagnosed(data, diagnostics)
}
