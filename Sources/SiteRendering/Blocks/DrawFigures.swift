internal import AlmanacCore
internal import Datasets
internal import Localization
internal import MarkdownTree
internal import Markup
internal import Notation
internal import ReportModel
internal import VegaRuntime

// Figures: every fence, image and captioned table of a chapter becomes a frame with number, title, picture or table, source,
// downloads and data.

extension ChapterPage {
  /// Draws all figures and puts their markup where they stand.
  mutating func drawFigures(_ markup: inout [NodeID: [UInt8]]) {
    for query in chapter.queries { markup[query.node] = [] }
    let bodies = chapter.figures.map { figureBody($0) }
    let results = runFigureQueries(bodies)
    for (place, figure) in chapter.figures.enumerated() {
      let (body, result, drawn) = (bodies[place], results[place], markup)
      if case .fence = figure.content, body == nil { continue }
      markup[figure.node] = recordFigure(figure, result, body: body) { page in
        switch figure.content {
        case .fence:
          guard let body else { return [] }
          return switch figure.kind {
          case .chart: page.drawChartFigure(figure, body, result)
          case .table: page.drawTableFigure(figure, body, result)
          default: page.drawDiagramFigure(figure, body, result)
          }
        case .image(let node, let alternative):
          return page.drawImageFigure(figure, node, alternative: alternative)
        case .table(let caption): return page.drawMarkdownTable(figure, caption: caption, drawn)
        }
      }
    }
  }

  // MARK: - Bodies and queries

  /// Returns a fence's body with the texts of this edition, laid over the file that its `spec` key names.
  private mutating func figureBody(_ figure: Chapter.Figure) -> NotationValue? {
    guard case .fence(let body) = figure.content else { return nil }
    let editions = site.configuration.editions
    var value = selectingEdition(edition.language, in: body.value, editions: editions)
    if figure.kind != .table, let path = value["spec"] {
      guard let name = path.string, let spec = surroundings.spec(name) else {
        diagnostics.append(
          .error(
            "figure.unknown-spec", "no file 'Content/\(path.scalarText ?? "")'", at: path.span,
            hint:
              "the path is relative to Content, such as figures/users.\(figure.kind == .chart ? "vl" : "diagram").yaml")
        )
        return value
      }
      let body = spec.value(reportingTo: &diagnostics)
      // A file that cannot be read is told once; what it lacks would follow from that.
      guard !spec.hasErrors else { return nil }
      value = value.laid(over: selectingEdition(edition.language, in: body, editions: editions))
    }
    return value
  }

  /// Runs the queries of all figures at once, on one connection.
  private mutating func runFigureQueries(_ bodies: [NotationValue?]) -> [QueryResult?] {
    var places: [Int] = []
    var queries: [QueryText] = []
    for (place, body) in bodies.enumerated() {
      guard let value = body?["query"] ?? body?["dataset"] else { continue }
      guard let query = QueryText(value) else {
        diagnostics.append(
          .error("figure.wrong-type", "expected SQL or a name, found \(value.kindDescription)", at: value.span))
        continue
      }
      places.append(place)
      queries.append(query)
    }
    var results = [QueryResult?](repeating: nil, count: bodies.count)
    let views = chapter.queries.map { query in
      NamedQuery(
        name: query.name, nameSpan: query.nameSpan,
        text: QueryText(query.sql, path: query.sqlSpan.path, origin: query.sqlSpan.start))
    }
    guard !queries.isEmpty || !views.isEmpty else { return results }
    let run = runQueries(
      queries, views: surroundings.queries + views, in: surroundings.database(), language: edition.language)
    diagnostics += run.viewDiagnostics
    for (place, result) in zip(places, run.results) {
      results[place] = result.value(reportingTo: &diagnostics)
      inlines.datasets.formUnion(results[place]?.datasets ?? [])
    }
    return results
  }

  // MARK: - The frame

  /// What every figure shows around its picture.
  struct Frame {
    var title: String?
    var subtitle: String?
    var source: String?
    /// The source as markup, where it is not a text of the fence.
    var sourceHTML: [UInt8]?
    var note: String?
    var contentHTML: [UInt8] = []
    var wideSVG: [UInt8]?
    var narrowSVG: [UInt8]?
    var dataHTML: [UInt8]?
    /// What the data open under; the page's word for a table of data without one.
    var dataLabel: String?
    var svgRoute: Route?
    var pngRoute: Route?
    var csvRoute: Route?
  }

  /// - Parameter titleHTML: the title as markup, where it is not a text of the fence.
  mutating func render(_ frame: Frame, of figure: Chapter.Figure, titleHTML: [UInt8]? = nil) -> [UInt8] {
    func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let label = edition.label(of: figure.id) ?? ""
    var context: [String: Any] = [
      "id": figure.id, "numberLabel": label, "strings": words.all, "isTable": figure.kind == .table,
      "isImage": figure.kind == .image, "contentHTML": string(frame.contentHTML),
      "actionsLabel": words("figureActions", ["figure": .text(label)]),
    ]
    context["titleHTML"] = titleHTML.map(string) ?? frame.title.map { string(inlineMarkup($0)) }
    context["subtitleHTML"] = frame.subtitle.map { string(inlineMarkup($0)) }
    context["sourceHTML"] = frame.source.map { string(sourceMarkup($0)) } ?? frame.sourceHTML.map(string)
    context["noteHTML"] = frame.note.map { string(inlineMarkup($0)) }
    context["wideHTML"] = frame.wideSVG.map(string)
    context["narrowHTML"] = frame.narrowSVG.map(string)
    context["dataHTML"] = frame.dataHTML.map(string)
    context["dataLabel"] = frame.dataLabel ?? words["showData"]
    context["svgHref"] = frame.svgRoute.map { route.link(to: $0) }
    context["pngHref"] = frame.pngRoute.map { route.link(to: $0) }
    context["csvHref"] = frame.csvRoute.map { route.link(to: $0) }
    return Array(site.templates.render("_figure", context).utf8)
  }

  /// Puts a picture beside the page for download, and its PNG where the report has them.
  mutating func attach(_ picture: [UInt8], of figure: Chapter.Figure, to frame: inout Frame) {
    // Drawing programs and slides know no properties of a page, and have grounds of their own.
    let svg = pictureOnPaper(picture)
    let vector = edition.route(ofFigure: figure.id, type: "svg")
    frame.svgRoute = vector
    attachments.append(.init(path: vector.path, bytes: svg))
    guard let bytes = surroundings.png?(svg) else { return }
    let pixels = edition.route(ofFigure: figure.id, type: "png")
    frame.pngRoute = pixels
    attachments.append(.init(path: pixels.path, bytes: bytes))
  }

  /// Draws the line that says where a figure's data come from: sources go by their names.
  private mutating func sourceMarkup(_ text: String) -> [UInt8] {
    inlines.namesSources = true
    defer { inlines.namesSources = false }
    return inlineMarkup(text)
  }

  /// The lines below a picture for download: where its data come from, and the report that it is taken from.
  mutating func footer(_ frame: Frame) -> [String] {
    var lines: [String] = []
    if let source = frame.source {
      let separator = edition.language.isChinese ? "：" : ": "
      lines.append(words["source"] + separator + inlines.sourceText(source, path: chapter.source.path))
    }
    lines.append(site.configuration.title[edition.language])
    return lines
  }

  /// Draws an author's text in a figure, with its numbers, citations and cross-references.
  mutating func inlineMarkup(_ text: String) -> [UInt8] {
    let inline = readInlineText(SourceFile(path: chapter.source.path, text: text))
    let markup = inlines.draw(in: inline.value)
    return renderInlineMarkdown(inline.value.tree, substitutions: markup, options: markdownOptions)
  }
}

extension NotationValue {
  /// This object's members over those of another: whole members replace, objects are not merged.
  func laid(over base: NotationValue) -> NotationValue {
    guard let own = object, let under = base.object else { return self }
    var members = under.filter { member in !own.contains { $0.key == member.key } }
    members += own
    return NotationValue(.object(members), at: base.span)
  }

  /// The object without some members.
  func without(_ keys: Set<String>) -> NotationValue {
    guard let members = object else { return self }
    return NotationValue(.object(members.filter { !keys.contains($0.key) }), at: span)
  }
}
