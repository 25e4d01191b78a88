internal import AlmanacCore
internal import ReportModel
internal import SiteRendering

/// Arranges the chapters of all editions and gives everything in them its number.
///
/// Diagnoses `report.missing-edition`, `report.missing-chapter`, `report.unlisted-chapter`, `report.duplicate-id` and
/// differences between editions (`parity.…`, `translation.…`).
func assembleSite(_ chapters: [ReadChapter], _ setup: ReportSetup) -> Diagnosed<Site> {
  var diagnostics: [Diagnostic] = []
  var editions: [EditionSite] = []
  for language in setup.configuration.editions {
    let own = chapters.filter { $0.outline.language == language }
    if own.isEmpty {
      diagnostics.append(
        .error(
          "report.missing-edition", "the edition '\(language)' has no chapters",
          hint: "write Content/\(language)/NAME.md, or take '\(language)' out of editions in report.yaml"))
    }
    let arrangement = arrangeChapters(own.map(\.outline.path), in: language, setup.configuration)
      .value(reportingTo: &diagnostics)
    let outlines = Dictionary(own.map { ($0.outline.name, $0.outline) }, uniquingKeysWith: { first, _ in first })
    let parts = arrangement.parts.map { part in
      EditionSite.Part(title: part.title, chapters: part.chapters.compactMap { outlines[$0] })
    }
    guard let words = setup.words[language] else { continue }
    let edition = EditionSite(language: language, words: words, parts: parts)
    diagnostics += duplicateIDs(in: edition)
    editions.append(edition)
  }
  let outlines = editions.map { ($0.language, $0.chapters) }
  diagnostics += checkTranslations(outlines, setup.configuration.gates.translations)
  diagnostics += compareEditions(
    outlines, setup.configuration.gates.parity, isListed: setup.configuration.parts != nil,
    isKnown: setup.data.hasValue)
  let site = Site(
    configuration: setup.configuration, templates: setup.templates, references: setup.references,
    glossary: setup.glossary, data: setup.data, editions: editions)
  return Diagnosed(bindTexts(site).value(reportingTo: &diagnostics), diagnostics)
}

/// Ids that two chapters of an edition give: a cross-reference could not know which one is meant.
private func duplicateIDs(in edition: EditionSite) -> [Diagnostic] {
  var first: [String: (chapter: String, span: SourceSpan)] = [:]
  var diagnostics: [Diagnostic] = []
  for chapter in edition.chapters {
    for mention in chapter.mentions where [.section, .figure, .table].contains(mention.kind) && !mention.id.isEmpty {
      if let other = first[mention.id], other.chapter != chapter.path {
        var diagnostic = Diagnostic.error(
          "report.duplicate-id", "'\(mention.id)' stands in two chapters", at: mention.span,
          hint: "give one of them another id")
        diagnostic.notes = [.init("it stands here too", at: other.span)]
        diagnostics.append(diagnostic)
      } else {
        first[mention.id] = (chapter.path, mention.span)
      }
    }
  }
  return diagnostics
}
