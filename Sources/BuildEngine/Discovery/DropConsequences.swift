internal import AlmanacCore

extension BuildOutcome {
  /// Leaves out what follows only from something else that was told: that a chapter which could not be read has no title, that
  /// every term is missing from a glossary with a syntax error, that a sum fails whose number was told to be wrong.
  mutating func dropConsequences(of files: ReportFiles) {
    let unread = Set((files.content + files.templates).filter { $0.isBroken && $0.bytes.isEmpty }.map(\.path))
    let errors = diagnostics.filter { $0.severity == .error }
    // Files whose notation is broken: what they say is known in part at best.
    let broken = unread.union(errors.filter(\.isOfNotation).compactMap { $0.span?.path })
    let hasNoSetup = errors.contains { $0.code == Diagnostic.missingConfiguration.code }
    let consequences =
      broken.flatMap { Self.consequences(ofBroken: $0) }
      + (hasNoSetup ? Self.consequences(ofBroken: "Content/report.yaml") : [])
    let wrongFiles = Set(errors.compactMap { $0.span?.path })
    let wrongRows = Set(errors.filter { !$0.code.hasPrefix("constraints.") }.compactMap { $0.span.map(Row.init) })
    diagnostics.removeAll { diagnostic in
      if diagnostic.isOfNotation || diagnostic.code == Diagnostic.missingConfiguration.code { return false }
      if consequences.contains(where: { diagnostic.code.hasPrefix($0) }) { return true }
      if let path = diagnostic.span?.path, unread.contains(path) { return true }
      let places = diagnostic.notes.compactMap(\.span)
      switch diagnostic.code {
      case "constraints.violated": return places.contains { wrongRows.contains(Row($0)) }
      // Whoever mends the original changes it once more.
      case "translation.stale": return places.contains { wrongFiles.contains($0.path) }
      default: return false
      }
    }
  }

  private struct Row: Hashable {
    var path: String
    var line: Int

    init(_ span: SourceSpan) { (path, line) = (span.path, span.start.line) }
  }

  /// How the codes begin of what is said all over a report when one of its files says nothing.
  private static func consequences(ofBroken path: String) -> [String] {
    if path.hasSuffix(".md") { return ["reference.unknown-target", "parity.", "translation."] }
    switch path {
    // Without its languages and gates nothing in the report can be judged.
    case "Content/report.yaml": return [""]
    case "Content/glossary.yaml": return ["term.unknown"]
    case "Content/references.yaml":
      return ["citation.unknown", "ledger.unknown-source", "data-package.unknown-source", "dataset.unknown-source"]
    case "Content/data/names.yaml":
      return [
        "ledger.unknown-", "dataset.unknown-", "query.unknown-name", "value.", "table.", "constraints.",
        "gate.unbound-number", "source.not-printed",
      ]
    case "Content/data/conflicts.yaml": return ["conflicts."]
    case "Content/data/facts.csv":
      return ["value.", "query.", "table.", "conflicts.", "constraints.", "chart.", "diagram."]
    case _ where path.hasPrefix("Content/data/"):
      return ["value.", "query.", "table.", "data-package.", "constraints.", "chart.", "diagram."]
    default: return []
    }
  }
}

extension Diagnostic {
  /// Whether it is about a file as such or its notation, not about what the file says.
  fileprivate var isOfNotation: Bool { ["file.", "yaml.", "csv.", "json."].contains { code.hasPrefix($0) } }
}
