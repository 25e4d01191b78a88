package import AlmanacCore

/// Finds translations whose original changed since an editor last held the two against each other.
///
/// The first edition is the original of all others. A report in which nobody has blessed anything is left alone; as soon
/// as one chapter of an edition bears a mark, every chapter of it ought to.
///
/// Diagnoses `translation.stale`, `translation.unblessed`, `translation.bad-mark` and `translation.of-original`, with the
/// severity that `gates.translations` sets.
/// - Parameter editions: each with its chapters in order.
package func checkTranslations(
  _ editions: [(language: LanguageTag, chapters: [ChapterOutline])], _ level: ReportConfiguration.GateLevel
) -> [Diagnostic] {
  guard let severity = level.severity, let first = editions.first else { return [] }
  var diagnostics = first.chapters.compactMap { chapter in
    chapter.translationOf.map { Diagnostic.markedOriginal($0, first.language, severity) }
  }
  let originals = Dictionary(first.chapters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  for edition in editions.dropFirst() {
    let isMarked = edition.chapters.contains { $0.translationOf.flatMap { TranslationMark($0.text) } != nil }
    for chapter in edition.chapters {
      // A chapter without an original is told by the comparison of editions.
      guard let original = originals[chapter.name] else { continue }
      guard let written = chapter.translationOf else {
        if isMarked { diagnostics.append(.unblessedTranslation(chapter, original, severity)) }
        continue
      }
      guard let mark = TranslationMark(written.text) else {
        diagnostics.append(.badTranslationMark(written, severity))
        continue
      }
      if mark != TranslationMark(of: original) {
        diagnostics.append(.staleTranslation(written, original, severity))
      }
    }
  }
  return diagnostics
}
