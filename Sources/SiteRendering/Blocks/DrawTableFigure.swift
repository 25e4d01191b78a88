internal import AlmanacCore
internal import Datasets
internal import Localization
internal import MarkdownTree
internal import Markup
internal import Notation
internal import ReportModel

extension ChapterPage {
  /// Draws a `table` fence.
  mutating func drawTableFigure(_ figure: Chapter.Figure, _ body: NotationValue, _ result: QueryResult?) -> [UInt8] {
    var frame = Frame()
    frame.title = body["title"]?.scalarText ?? body["caption"]?.scalarText
    frame.subtitle = body["subtitle"]?.scalarText ?? (body["title"] == nil ? nil : body["caption"]?.scalarText)
    frame.source = body["source"]?.scalarText
    frame.note = body["note"]?.scalarText
    let specification = readTable(body, editions: site.configuration.editions).value(reportingTo: &diagnostics)
    guard let result else {
      if body["query"] == nil, body["dataset"] == nil {
        diagnostics.append(
          .error(
            "table.no-data", "the table names neither a query nor a dataset", at: figure.span,
            hint: "add 'query: SELECT …' or 'dataset: NAME'"))
      }
      return render(frame, of: figure)
    }
    let table = makeTable(specification, from: result, data: site.data, language: edition.language)
      .value(reportingTo: &diagnostics)
    let data = edition.route("data")
    let cells = InlineCells(self)
    let tableFrame = TableFrame(
      id: figure.id, label: edition.label(of: figure.id) ?? "",
      labelledBy: frame.title == nil ? nil : "\(figure.id)-title", words: words,
      factHref: { [route] id in route.link(to: data, anchor: "fact-\(id)") },
      inlineMarkup: { cells.markup($0) })
    frame.contentHTML = renderTable(table, in: tableFrame)
    frame.csvRoute = edition.route(ofFigure: figure.id, type: "csv")
    attachments.append(.init(path: frame.csvRoute!.path, bytes: csv(of: result)))
    return render(frame, of: figure)
  }

  private func csv(of result: QueryResult) -> [UInt8] {
    SiteRendering.csv(
      columns: result.columns.map(\.name),
      rows: (0..<result.rowCount).map { row in
        result.columns.map { column in
          switch column.values[row] {
          case .null: ""
          case .number(let number): shortestNumber(number)
          case .text(let text): text
          }
        }
      })
  }

  /// Draws a table written in Markdown, below which a caption stands.
  mutating func drawMarkdownTable(
    _ figure: Chapter.Figure, caption: NodeID, _ markup: [NodeID: [UInt8]]
  ) -> [UInt8] {
    var frame = Frame()
    var options = markdownOptions
    options.tableRegionLabel = edition.label(of: figure.id).map { words("scrollTable", ["table": .text($0)]) }
    frame.contentHTML = renderMarkdownNode(chapter.tree, figure.node, substitutions: markup, options: options)
    var markup = markup
    if let source = takeSource(from: caption, &markup) { frame.sourceHTML = source }
    var title = renderMarkdown(chapter.tree, root: caption, substitutions: markup, options: markdownOptions)
    while title.last == UInt8(ascii: " ") { title.removeLast() }
    return render(frame, of: figure, titleHTML: title)
  }

  /// A citation at the end of a caption says where the table comes from: it leaves the title for the line below the
  /// table, where a figure's source stands.
  private mutating func takeSource(from caption: NodeID, _ markup: inout [NodeID: [UInt8]]) -> [UInt8]? {
    let children = Array(chapter.tree.children(of: caption))
    guard children.count > 1, let last = children.last,
      let citation = chapter.citations.first(where: { $0.node == last }), !citation.isNarrative
    else { return nil }
    markup[last] = []
    var writer = MarkupWriter()
    writer.citations(
      citation.items.map { CitedPlace(id: $0.id, locator: $0.locator) }, naming: true, in: site, edition)
    return writer.bytes
  }

  /// Draws an image that stands alone in its paragraph.
  mutating func drawImageFigure(_ figure: Chapter.Figure, _ image: NodeID, alternative: String?) -> [UInt8] {
    let address = chapter.tree.text(of: image)
    if !address.contains(":"), !address.hasPrefix("/") {
      let folder = chapter.source.path.split(separator: "/").dropFirst().dropLast().joined(separator: "/")
      let path = resolvedPath(address, from: folder)
      if path.map({ surroundings.file($0) == nil }) ?? true {
        diagnostics.append(
          .error(
            "figure.missing-image", "no file 'Content/\(path ?? address)'", at: figure.span,
            hint: "the address is relative to the chapter's folder"))
      }
    }
    var writer = MarkupWriter()
    writer.raw("<img")
    writer.attribute("src", address)
    writer.attribute("alt", inlines.plainText(alternative ?? "", path: chapter.source.path))
    writer.raw(" loading=\"lazy\">")
    if alternative == nil {
      diagnostics.append(
        .warning(
          "figure.missing-alt", "the image has no text for readers who do not see it", at: figure.span,
          hint: "add alt=\"…\" to its braces"))
    }
    var frame = Frame()
    frame.contentHTML = writer.bytes
    return render(frame, of: figure, titleHTML: renderMarkdown(chapter.tree, root: image, options: markdownOptions))
  }
}

/// Draws author's texts in table cells and notes, which are written after the page's other parts.
private struct InlineCells: Sendable {
  let site: Site
  let edition: EditionSite
  let route: Route
  let path: String
  let options: MarkdownHTMLOptions

  init(_ page: ChapterPage) {
    site = page.site
    edition = page.edition
    route = page.route
    path = page.chapter.source.path
    options = page.markdownOptions
  }

  func markup(_ text: String) -> [UInt8] {
    var drawing = InlineDrawing(site: site, edition: edition, route: route)
    let inline = readInlineText(SourceFile(path: path, text: text))
    let markup = drawing.draw(in: inline.value)
    return renderInlineMarkdown(inline.value.tree, substitutions: markup, options: options)
  }
}

/// Resolves `../images/x.png` from a folder; `nil` for a path that leaves the content.
private func resolvedPath(_ address: String, from folder: String) -> String? {
  var parts = folder.split(separator: "/").map(String.init)
  for part in address.split(separator: "/") {
    switch part {
    case ".": continue
    case "..":
      if parts.popLast() == nil { return nil }
    default: parts.append(String(part))
    }
  }
  return parts.joined(separator: "/")
}
