internal import AlmanacCore
internal import Datasets
internal import Diagrams
internal import Localization
internal import MarkdownTree
internal import Markup
internal import Notation
internal import ReportModel

extension ChapterPage {
  private static let wideDiagramWidth = 720.0
  private static let narrowDiagramWidth = 328.0

  /// Draws a `diagram` fence for both widths, and says the same in words below.
  mutating func drawDiagramFigure(_ figure: Chapter.Figure, _ body: NotationValue, _ result: QueryResult?) -> [UInt8] {
    var frame = Frame()
    frame.title = body["title"]?.scalarText ?? body["caption"]?.scalarText
    frame.subtitle = body["subtitle"]?.scalarText ?? (body["title"] == nil ? nil : body["caption"]?.scalarText)
    frame.source = body["source"]?.scalarText
    frame.note = body["note"]?.scalarText
    guard let diagram = readDiagram(body, result) else { return render(frame, of: figure) }
    let title = frame.title.map { inlines.plainText($0, path: chapter.source.path) }
    let label = body["alt"]?.scalarText.map { inlines.plainText($0, path: chapter.source.path) } ?? title
    func draw(_ width: Double, _ suffix: String, title: String? = nil, footer: [String] = []) -> [UInt8] {
      var options = DiagramOptions(
        language: edition.language, width: width, idPrefix: "\(figure.id)\(suffix)-", label: label, title: title)
      options.footer = footer
      return drawDiagram(diagram, options).svg
    }
    frame.wideSVG = draw(Self.wideDiagramWidth, "-w")
    frame.narrowSVG = draw(Self.narrowDiagramWidth, "-n")
    attach(draw(Self.wideDiagramWidth, "", title: title, footer: footer(frame)), of: figure, to: &frame)
    let outline = diagram.outline(in: edition.language)
    frame.dataHTML = outlineMarkup(
      outline, title: words("figureData", ["figure": .text(edition.label(of: figure.id) ?? "")]))
    if case .table(let columns, let rows) = outline {
      frame.csvRoute = edition.route(ofFigure: figure.id, type: "csv")
      attachments.append(
        .init(
          path: frame.csvRoute!.path,
          bytes: csv(columns: columns.map(\.title.text), rows: rows.map { $0.map(\.text) })))
    } else {
      frame.dataLabel = words["showText"]
    }
    return render(frame, of: figure)
  }

  // MARK: - Reading

  private mutating func readDiagram(_ body: NotationValue, _ result: QueryResult?) -> Diagram? {
    // The reader asks for the words of each text as it comes to it; bound numbers count as shown on the page.
    var drawing = inlines
    let data = site.data
    var surroundings = DiagramSurroundings(
      language: edition.language, plainText: { text, span in drawing.plainLine(text, at: span) },
      boundValue: { text, span in boundValue(text, at: span, in: data) }, unit: { data.names.measure($0) },
      unitKeys: data.names.unitKeys)
    if let result, let query = body["query"] ?? body["dataset"] {
      surroundings.rows = DiagramRows(result, at: query.span)
    }
    let diagram = Diagrams.readDiagram(body, surroundings)
    inlines = drawing
    diagnostics += diagram.diagnostics
    return diagram.value
  }

  // MARK: - In words

  private mutating func outlineMarkup(_ outline: DiagramOutline, title: String) -> [UInt8] {
    // What is wrong with the texts was told when they were read for the picture.
    let told = inlines.diagnostics.count
    defer { inlines.diagnostics.removeLast(inlines.diagnostics.count - told) }
    var writer = MarkupWriter()
    switch outline {
    case .list(let entries, let isOrdered):
      writer.raw("<div class=\"diagram-text\">")
      write(entries, isOrdered: isOrdered, to: &writer)
      writer.raw("</div>")
    case .table(let columns, let rows):
      writer.raw("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\"")
      writer.attribute("aria-label", title)
      writer.raw("><table class=\"data\"><thead><tr>")
      for column in columns {
        writer.raw(column.isNumeric ? "<th scope=\"col\" class=\"num\">" : "<th scope=\"col\">")
        write(column.title, to: &writer)
        writer.raw("</th>")
      }
      writer.raw("</tr></thead><tbody>")
      for row in rows {
        writer.raw("<tr>")
        for (place, cell) in row.enumerated() {
          writer.raw(place == 0 ? "<th scope=\"row\">" : columns[place].isNumeric ? "<td class=\"num\">" : "<td>")
          write(cell, to: &writer)
          writer.raw(place == 0 ? "</th>" : "</td>")
        }
        writer.raw("</tr>")
      }
      writer.raw("</tbody></table></div>")
    }
    return writer.bytes
  }

  private mutating func write(_ entries: [DiagramOutline.Entry], isOrdered: Bool, to writer: inout MarkupWriter) {
    writer.raw(isOrdered ? "<ol>" : "<ul>")
    for entry in entries {
      writer.raw("<li>")
      if let label = entry.label {
        writer.raw("<strong>")
        write(label, to: &writer)
        writer.raw("</strong>")
      }
      for (place, detail) in entry.details.enumerated() {
        if entry.label != nil || place > 0 { writer.raw("<br>") }
        write(detail, to: &writer)
      }
      if !entry.children.isEmpty { write(entry.children, isOrdered: entry.isOrdered, to: &writer) }
      writer.raw("</li>")
    }
    writer.raw(isOrdered ? "</ol>" : "</ul>")
  }

  private mutating func write(_ text: DiagramText, to writer: inout MarkupWriter) {
    if let source = text.source {
      writer.raw(inlineMarkup(source))
    } else if let fact = text.fact {
      writer.raw("<a")
      writer.attribute("href", route.link(to: edition.route("data"), anchor: "fact-\(fact)"))
      writer.raw(">")
      writer.text(text.text)
      writer.raw("</a>")
    } else {
      writer.text(text.text)
    }
  }
}

/// The number that a text is when it is one bound number and nothing else.
private func boundValue(_ text: String, at span: SourceSpan, in data: ReportData) -> Double? {
  let inline = readInlineText(SourceFile(path: span.path, text: text)).value
  guard inline.boundNumbers.count == 1, let expression = inline.boundNumbers[0].value.expression else { return nil }
  let rest = inline.tree.plainText(of: .document, substitutions: [inline.boundNumbers[0].node: ""])
  guard rest.allSatisfy(\.isWhitespace) else { return nil }
  return resolveValue(expression, in: data).value?.value
}

extension DiagramRows {
  init(_ result: QueryResult, at span: SourceSpan) {
    self.init(
      columns: result.columns.map(\.name),
      cells: (0..<result.rowCount).map { row in
        result.columns.map { column in
          switch column.values[row] {
          case .null: .none
          case .number(let number): .number(number)
          case .text(let text): .text(text)
          }
        }
      }, span: span)
  }
}
