package import AlmanacCore
package import Datasets
internal import Localization
internal import MarkdownTree
internal import Markup
package import Notation
package import ReportModel

/// A chapter's page, drawn.
package struct RenderedChapter: Sendable {
  package var html: [UInt8]
  /// Pictures and data of its figures, for download.
  package var attachments: [Attachment]
  /// The ids of all facts that the page shows, sorted.
  package var facts: [String]
  /// In the order of the text.
  package var figures: [DrawnFigure]

  package struct Attachment: Sendable {
    /// Relative to the output folder.
    package var path: String
    package var bytes: [UInt8]
  }
}

/// What a chapter's page is drawn from besides the chapter itself.
package struct ChapterSurroundings: Sendable {
  package var site: Site
  package var edition: EditionSite
  /// The data as a database, made when the first chapter asks for it.
  package var database: @Sendable () -> DatabaseImage
  /// Queries that every chapter may use.
  package var queries: [NamedQuery]
  /// A file of `Content/`, by its path in it: chart specs and pictures that stand outside of chapters.
  package var file: @Sendable (String) -> SourceFile?
  /// What such a file holds, JSON or YAML.
  package var spec: @Sendable (String) -> Diagnosed<NotationValue>?
  package var navigation: FrameMarkup
  /// A picture as PNG, for download, where the report asks for that.
  package var png: (@Sendable ([UInt8]) -> [UInt8]?)?

  package init(
    site: Site, edition: EditionSite, database: @escaping @Sendable () -> DatabaseImage, queries: [NamedQuery],
    file: @escaping @Sendable (String) -> SourceFile?,
    spec: @escaping @Sendable (String) -> Diagnosed<NotationValue>?, navigation: FrameMarkup,
    png: (@Sendable ([UInt8]) -> [UInt8]?)? = nil
  ) {
    self.site = site
    self.edition = edition
    self.database = database
    self.queries = queries
    self.file = file
    self.spec = spec
    self.navigation = navigation
    self.png = png
  }
}

/// Draws a chapter's page.
///
/// Numbers, citations, cross-references and figures are drawn first, each to the markup that stands in its place; then the
/// text around them is written in one pass.
package func renderChapterPage(_ chapter: Chapter, _ surroundings: ChapterSurroundings) -> Diagnosed<RenderedChapter> {
  var page = ChapterPage(chapter, surroundings)
  var text = page.inlines.draw(in: chapter)
  page.drawFigures(&text)
  let html = page.assemble(text)
  return Diagnosed(
    RenderedChapter(
      html: html, attachments: page.attachments, facts: page.inlines.facts.sorted(),
      figures: page.drawnFigures),
    page.inlines.diagnostics + page.diagnostics)
}

/// The state of drawing one chapter's page.
struct ChapterPage {
  let chapter: Chapter
  let surroundings: ChapterSurroundings
  let route: Route
  let position: Int
  /// How the chapter's text and the texts of its figures become HTML.
  let markdownOptions: MarkdownHTMLOptions
  var inlines: InlineDrawing
  var attachments: [RenderedChapter.Attachment] = []
  var drawnFigures: [DrawnFigure] = []
  var diagnostics: [Diagnostic] = []

  var site: Site { surroundings.site }
  var edition: EditionSite { surroundings.edition }
  var words: PageWords { surroundings.edition.words }

  init(_ chapter: Chapter, _ surroundings: ChapterSurroundings) {
    self.chapter = chapter
    self.surroundings = surroundings
    let name = chapter.outlineName(in: surroundings.edition.language)
    route = surroundings.edition.route(ofChapter: name)
    position = surroundings.edition.position(of: name) ?? 0
    markdownOptions = MarkdownHTMLOptions(
      words: surroundings.edition.words, allowsRawHTML: surroundings.site.configuration.allowsRawHTML)
    inlines = InlineDrawing(site: surroundings.site, edition: surroundings.edition, route: route)
  }

  // MARK: - The page

  /// Fills the template with the text and everything around it.
  func assemble(_ substitutions: [NodeID: [UInt8]]) -> [UInt8] {
    let outline = edition.chapters[position]
    let body = renderMarkdown(chapter.tree, substitutions: substitutions, options: markdownOptions)
    let frame = PageFrame(site: site, edition: edition, route: route)
    var context = frame.context(
      kind: "chapter", title: outline.title, description: outline.description, navigation: surroundings.navigation,
      structuredData: StructuredData(site: site, edition: edition, route: route).chapter(
        outline, facts: inlines.facts, datasets: inlines.datasets))
    context["titleHTML"] = escaped(outline.title)
    context["numberLabel"] = words("chapterNumber", ["number": .text(String(position + 1))])
    if let part = edition.parts[edition.part(ofChapterAt: position)].title { context["partTitle"] = part }
    context["description"] = outline.description
    context["readingTime"] = words("readingTime", ["minutes": .count(outline.readingMinutes)])
    if !chapter.figures.isEmpty || !chapter.boundNumbers.isEmpty {
      context["countsText"] = words(
        "countsText", ["figures": .count(chapter.figures.count), "numbers": .count(chapter.boundNumbers.count)])
    }
    let contents = self.contents
    context["hasContents"] = contents.count > 1
    context["contentsHTML"] = contentsMarkup(contents)
    context["bodyHTML"] = String(decoding: body, as: UTF8.self)
    context["hasNotes"] = false
    let references = self.references
    context["hasReferences"] = !references.isEmpty
    context["references"] = references
    context["previous"] = neighbour(position - 1)
    context["next"] = neighbour(position + 1)
    return Array(site.templates.render("chapter", context).utf8)
  }

  /// The chapter's sections: those of the second level with those of the third below them.
  private var contents: [ContentsEntry] {
    var sections: [ContentsEntry] = []
    for heading in chapter.headings where heading.level == 2 || heading.level == 3 {
      let entry = ContentsEntry(anchor: heading.id, title: heading.text)
      if heading.level == 3, !sections.isEmpty {
        sections[sections.count - 1].children.append(entry)
      } else {
        sections.append(entry)
      }
    }
    return sections
  }

  private var references: [[String: Any]] {
    let cited = edition.chapters[position].citations.filter { site.reference($0) != nil }
    let numbered = cited.map { (number: edition.index.citationNumbers[$0] ?? 0, id: $0) }.sorted {
      $0.number < $1.number
    }
    return numbered.map { number, id -> [String: Any] in
      var writer = MarkupWriter()
      if let reference = site.reference(id) { writer.reference(reference, in: edition.language) }
      return [
        "number": String(number), "anchor": "ref-\(id)", "html": writer.string,
        "href": route.link(to: edition.route("references"), anchor: "ref-\(id)"),
      ]
    }
  }

  private func neighbour(_ place: Int) -> [String: Any]? {
    guard edition.chapters.indices.contains(place) else { return nil }
    let chapter = edition.chapters[place]
    return ["title": chapter.title, "href": route.link(to: edition.route(ofChapter: chapter.name))]
  }
}

extension Chapter {
  /// The chapter's name: its path below the edition's folder without `.md`.
  func outlineName(in language: LanguageTag) -> String {
    String(source.path.dropFirst("Content/\(language)/".count).dropLast(".md".count))
  }
}

extension MarkdownHTMLOptions {
  /// How a chapter's Markdown becomes HTML, in the words of its edition.
  fileprivate init(words: PageWords, allowsRawHTML: Bool) {
    self.init()
    self.allowsRawHTML = allowsRawHTML
    permalinkLabel = words["linkToSection"]
    tableRegionLabel = words["scrollTablePlain"]
    footnotesLabel = words["notes"]
    footnoteReturnLabel = words["backToText"]
    taskLabels = (words["taskOpen"], words["taskDone"])
    linksToPages = true
    calloutTitles = [
      .note: words["calloutNote"], .tip: words["calloutTip"], .important: words["calloutImportant"],
      .warning: words["calloutWarning"], .caution: words["calloutCaution"],
    ]
  }
}
