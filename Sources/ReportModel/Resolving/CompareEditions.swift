package import AlmanacCore

/// Finds what one edition has and another lacks: chapters, sections, figures, citations and bound facts.
///
/// The first edition is the measure. Diagnoses `parity.chapter`, `parity.section`, `parity.figure`, `parity.citation` and
/// `parity.fact`, with the severity that `gates.parity` sets.
/// - Parameter editions: each with its chapters in order.
package func compareEditions(
  _ editions: [(language: LanguageTag, chapters: [ChapterOutline])], _ level: ReportConfiguration.GateLevel
) -> [Diagnostic] {
  guard level != .off, let original = editions.first else { return [] }
  let severity: Diagnostic.Severity = level == .error ? .error : .warning
  var diagnostics: [Diagnostic] = []
  for other in editions.dropFirst() {
    let translations = Dictionary(other.chapters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for chapter in original.chapters {
      guard let translation = translations[chapter.name] else {
        diagnostics.append(
          Diagnostic(
            severity, "parity.chapter", "no chapter '\(chapter.name)' in the edition '\(other.language)'",
            at: .start(of: chapter)))
        continue
      }
      diagnostics += compare(chapter, translation, severity)
    }
    let names = Set(original.chapters.map(\.name))
    for chapter in other.chapters where !names.contains(chapter.name) {
      diagnostics.append(
        Diagnostic(
          severity, "parity.chapter", "no chapter '\(chapter.name)' in the edition '\(original.language)'",
          at: .start(of: chapter)))
    }
  }
  return diagnostics
}

private func compare(
  _ chapter: ChapterOutline, _ translation: ChapterOutline, _ severity: Diagnostic.Severity
) -> [Diagnostic] {
  let aspects: [(code: String, what: String, ids: (ChapterOutline) -> [String])] = [
    ("parity.section", "section", { $0.headings.map(\.id).filter { $0.hasPrefix("sec-") } }),
    ("parity.figure", "figure", { $0.figures.map(\.id) }),
    ("parity.citation", "citation", { $0.citations }),
    ("parity.fact", "bound number", { $0.facts }),
  ]
  return aspects.flatMap { aspect -> [Diagnostic] in
    let own = aspect.ids(chapter)
    let other = aspect.ids(translation)
    func missing(_ ids: [String], from present: [String], in lacking: ChapterOutline, of full: ChapterOutline)
      -> [Diagnostic]
    {
      let known = Set(present)
      return ids.filter { !known.contains($0) }.map { id in
        Diagnostic(
          severity, aspect.code, "\(aspect.what) '\(id)' of \(full.path) is missing here", at: .start(of: lacking),
          hint: "editions say the same, with the same \(aspect.what)s")
      }
    }
    return missing(own, from: other, in: translation, of: chapter)
      + missing(other, from: own, in: chapter, of: translation)
  }
}

extension SourceSpan {
  fileprivate static func start(of chapter: ChapterOutline) -> SourceSpan {
    SourceSpan(path: chapter.path, line: 1, column: 1)
  }
}
