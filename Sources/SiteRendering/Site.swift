package import AlmanacCore
package import Datasets
package import ReportModel

/// What all pages of a report share.
package struct Site: Sendable {
  package var configuration: ReportConfiguration
  package var templates: PageTemplates
  package var references: [Reference]
  package var glossary: [GlossaryEntry]
  package var data: ReportData
  package var editions: [EditionSite]
  /// Whether a page says what changed since an earlier edition.
  package var hasChanges = false

  package init(
    configuration: ReportConfiguration, templates: PageTemplates, references: [Reference], glossary: [GlossaryEntry],
    data: ReportData, editions: [EditionSite]
  ) {
    self.configuration = configuration
    self.templates = templates
    self.references = references
    self.glossary = glossary
    self.data = data
    self.editions = editions
  }

  package func reference(_ id: String) -> Reference? { references.first { $0.id == id } }

  /// The pages behind the chapters, in the order in which navigation lists them; those without content are left out.
  package var sectionPages: [String] {
    var pages = ["figures", "data"]
    if hasPage("conflicts", where: !data.conflicts.found.isEmpty || !data.conflicts.decisions.isEmpty) {
      pages.append("conflicts")
    }
    if hasPage("changes", where: hasChanges) { pages.append("changes") }
    if hasGlossaryPage { pages.append("glossary") }
    return pages + ["references"]
  }

  var hasGlossaryPage: Bool { hasPage("glossary", where: !glossary.isEmpty) }

  /// A chapter of the same name takes the place of a page.
  private func hasPage(_ name: String, where hasContent: Bool) -> Bool {
    hasContent && !editions.contains { $0.hasChapter(name) }
  }
}

/// One edition of the site: its chapters in order, its words and its numbering.
package struct EditionSite: Sendable {
  /// A run of chapters under a title; a report without parts has one without a title.
  package struct Part: Sendable {
    package var title: String?
    package var chapters: [ChapterOutline]

    package init(title: String?, chapters: [ChapterOutline]) {
      self.title = title
      self.chapters = chapters
    }
  }

  package let language: LanguageTag
  package let words: PageWords
  package let parts: [Part]
  /// All chapters in their order.
  package let chapters: [ChapterOutline]
  package let index: EditionIndex
  /// A chapter's place in `chapters`, by name.
  private let positions: [String: Int]
  private let partOfChapter: [Int]

  package init(language: LanguageTag, words: PageWords, parts: [Part]) {
    self.language = language
    self.words = words
    self.parts = parts
    chapters = parts.flatMap(\.chapters)
    index = EditionIndex(language: language, outlines: chapters)
    positions = Dictionary(
      zip(chapters.map(\.name), chapters.indices), uniquingKeysWith: { first, _ in first })
    partOfChapter = parts.indices.flatMap { part in parts[part].chapters.map { _ in part } }
  }

  package func position(of chapter: String) -> Int? { positions[chapter] }
  package func part(ofChapterAt position: Int) -> Int { partOfChapter[position] }
  package func hasChapter(_ name: String) -> Bool { positions[name] != nil }
}

extension EditionSite {
  package func route(ofChapter name: String) -> Route { Route("\(language)/\(name).html") }
  /// The route of a page that is no chapter: `index` and those of ``Site/sectionPages``.
  package func route(_ page: String) -> Route { Route("\(language)/\(page).html") }
}
