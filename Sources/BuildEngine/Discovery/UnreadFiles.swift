internal import AlmanacCore

extension BuildOutcome {
  /// Leaves out what follows only from a file that could not be read: that a chapter which is not there has no title, or that
  /// every term is missing from a glossary with a syntax error. The real problem has been told, once.
  mutating func dropConsequences(of files: ReportFiles) {
    let unread = Set((files.content + files.templates).filter { $0.isBroken && $0.bytes.isEmpty }.map(\.path))
    // Files whose notation is broken: what they say is known in part at best.
    var broken = unread
    for diagnostic in diagnostics where diagnostic.severity == .error {
      guard let path = diagnostic.span?.path else { continue }
      if ["file.", "yaml.", "csv."].contains(where: { diagnostic.code.hasPrefix($0) }) { broken.insert(path) }
    }
    guard !broken.isEmpty else { return }
    var consequences = Set(broken.flatMap { Self.consequences[$0] ?? [] })
    if broken.contains(where: { $0.hasSuffix(".md") }) {
      consequences.formUnion([
        "reference.unknown-target", "parity.chapter", "parity.section", "parity.figure", "parity.table",
        "parity.citation", "parity.fact", "translation.stale",
        "translation.unblessed",
      ])
    }
    diagnostics.removeAll { diagnostic in
      if consequences.contains(diagnostic.code) { return true }
      guard let path = diagnostic.span?.path, unread.contains(path) else { return false }
      return !diagnostic.code.hasPrefix("file.")
    }
  }

  /// What is said all over a report when one of its files is missing.
  private static let consequences: [String: [String]] = [
    "Content/glossary.yaml": ["term.unknown"],
    "Content/references.yaml": [
      "citation.unknown", "ledger.unknown-source", "data-package.unknown-source", "dataset.unknown-source",
    ],
    "Content/data/names.yaml": [
      "ledger.unknown-name", "ledger.unknown-unit", "query.unknown-name", "value.unknown-unit", "table.unknown-name",
      "constraints.unknown-metric", "constraints.unknown-unit", "gate.unbound-number", "source.not-printed",
    ],
    "Content/data/facts.csv": ["value.unknown-fact", "query.unknown-fact"],
    "Content/data/datapackage.yaml": [
      "value.unknown-dataset", "query.unknown-table", "data-package.undescribed",
    ],
  ]
}
