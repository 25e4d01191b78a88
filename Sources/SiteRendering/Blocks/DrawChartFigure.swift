internal import AlmanacCore
internal import Datasets
internal import Localization
internal import Markup
internal import Notation
internal import ReportModel
internal import VegaLite
internal import VegaRuntime

extension ChapterPage {
  /// The keys of a chart's fence that are the figure's and not the spec's.
  private static let frameKeys: Set<String> = ["caption", "alt", "source", "note", "query", "dataset", "spec"]
  /// The name under which a chart finds the rows of its query.
  private static let queryName = "query"
  /// Widths in pixels for which each chart is drawn; the style sheet shows the one that fits.
  private static let wideWidth = 720.0
  private static let narrowWidth = 340.0

  /// Compiles a chart once for each width, draws it with the rows of its query, and lists those rows below.
  mutating func drawChartFigure(
    _ figure: Chapter.Figure, _ body: NotationValue, _ result: QueryResult?
  ) -> [UInt8] {
    var frame = Frame()
    let titles = chartTitles(body)
    let caption = body["caption"]?.scalarText
    frame.title = titles.title ?? caption
    frame.subtitle = titles.subtitle ?? (titles.title == nil ? nil : caption)
    frame.source = body["source"]?.scalarText
    frame.note = body["note"]?.scalarText
    // The frame shows the title as text; the picture for download carries its own.
    var whole = withPlainTexts(body.without(Self.frameKeys), .chart)
    if result != nil, whole["data"] == nil { whole = whole.with("data", naming: Self.queryName) }
    whole = bindingOverlays(whole)
    let bare = whole.without(["title"])
    let data = result.map { [Self.queryName: DataTable($0)] } ?? [:]
    let fieldTitles = result.map(fieldTitles) ?? [:]
    let label = (body["alt"]?.scalarText ?? frame.title).map { inlines.plainText($0, path: chapter.source.path) }
    let wide = draw(bare, data, fieldTitles, width: Self.wideWidth, id: "\(figure.id)-w", label: label, isFirst: true)
    let narrow = draw(
      bare, data, fieldTitles, width: Self.narrowWidth, id: "\(figure.id)-n", label: label, isFirst: false)
    let alone = draw(
      titled(whole, frame), data, fieldTitles, width: Self.wideWidth, id: figure.id, label: label, isFirst: false,
      footer: footer(frame))
    frame.wideSVG = wide?.svg
    frame.narrowSVG = narrow?.svg
    if let alone { attach(alone.svg, of: figure, to: &frame) }
    if let wide {
      frame.dataHTML = dataTable(
        wide.table, title: words("figureData", ["figure": .text(edition.label(of: figure.id) ?? "")]))
      frame.csvRoute = edition.route(ofFigure: figure.id, type: "csv")
      attachments.append(
        .init(path: frame.csvRoute!.path, bytes: csv(columns: wide.table.columns, rows: wide.table.plainRows)))
    }
    return render(frame, of: figure)
  }

  /// Returns a figure's body whose texts say what a picture can show: bound numbers as they are written.
  mutating func withPlainTexts(_ body: NotationValue, _ kind: FigureKind) -> NotationValue {
    guard body.holdsBraces else { return body }
    return mapReaderTexts(of: body, in: kind, editions: site.configuration.editions) { text, span in
      text.utf8.contains(UInt8(ascii: "{")) ? inlines.plainLine(text, at: span) : text
    }
  }

  private mutating func draw(
    _ spec: NotationValue, _ data: [String: DataTable], _ fieldTitles: [String: String], width: Double, id: String,
    label: String?, isFirst: Bool, footer: [String] = []
  ) -> ChartDrawing? {
    var compileOptions = CompileOptions(look: .almanac, width: width)
    compileOptions.fieldTitles = fieldTitles
    let plan = compileChart(spec, options: compileOptions)
    if isFirst { diagnostics += plan.diagnostics }
    guard let value = plan.value else { return nil }
    var options = DrawOptions(language: edition.language, width: width, idPrefix: "\(id)-", title: label)
    options.footer = footer
    for (key, color) in site.data.names.colors {
      options.entityPaints[key] = ChartPalette.paint(ofTone: color) ?? color
    }
    // Queries give names of the edition where the ledger has keys.
    for (key, paint) in options.entityPaints.sorted(by: { $0.key < $1.key }) {
      if let name = site.data.names.name(of: key, in: edition.language) { options.entityPaints[name] = paint }
    }
    let folder = "figures/"
    let drawing = drawChart(
      value, data: data, load: { [file = surroundings.file] url in file(folder + url) ?? file(url) }, options: options)
    if isFirst { diagnostics += drawing.diagnostics }
    return drawing.value
  }

  /// What readers know the columns of a query by, with the unit where all values have one: "Share (percent)".
  private func fieldTitles(_ result: QueryResult) -> [String: String] {
    let names = site.data.names
    let language = edition.language
    var titles: [String: String] = [:]
    for column in result.columns {
      guard var title = site.data.title(of: column, in: language) else { continue }
      if let unit = site.data.unit(of: column, in: result), unit != "count",
        let label = names.unitLabel(of: unit, in: language), !title.lowercased().contains(label.lowercased())
      {
        title += language.isChinese ? "（\(label)）" : " (\(label))"
      }
      titles[column.name] = title
    }
    return titles
  }

  /// The spec with the bound numbers of its annotations as they are written.
  private mutating func bindingOverlays(_ spec: NotationValue) -> NotationValue {
    guard let usermeta = spec["usermeta"], let members = spec.object else { return spec }
    var drawing = inlines
    let bound = usermeta.mappingTexts { text, span in text.contains("{v}") ? drawing.plainLine(text, at: span) : text }
    inlines = drawing
    return NotationValue(
      .object(
        members.map { $0.key == "usermeta" ? NotationMember(key: $0.key, keySpan: $0.keySpan, value: bound) : $0 }),
      at: spec.span)
  }

  /// The spec with the frame's title and subtitle as the picture's own, for a picture that leaves the page.
  private mutating func titled(_ spec: NotationValue, _ frame: Frame) -> NotationValue {
    func lines(_ text: String?, size: Double, bold: Bool) -> NotationValue? {
      guard let text else { return nil }
      let plain = inlines.plainText(text, path: chapter.source.path)
      let broken = breakLines(plain, width: Self.wideWidth - 20, size: size, bold: bold)
      return NotationValue(.array(broken.map { NotationValue(.string($0), at: spec.span) }), at: spec.span)
    }
    guard let title = lines(frame.title, size: 15, bold: true) else { return spec }
    var members = [
      ("text", title), ("anchor", NotationValue(.string("start"), at: spec.span)),
      ("frame", NotationValue(.string("bounds"), at: spec.span)),
    ]
    if let subtitle = lines(frame.subtitle, size: 13, bold: false) { members.append(("subtitle", subtitle)) }
    // What the author says of the title's looks stays.
    let looks = (spec["title"]?.object ?? []).filter { own in !members.contains { $0.0 == own.key } }
    let object = NotationValue(
      .object(members.map { NotationMember(key: $0.0, keySpan: spec.span, value: $0.1) } + looks), at: spec.span)
    let rest = (spec.object ?? []).filter { $0.key != "title" }
    return NotationValue(
      .object(rest + [NotationMember(key: "title", keySpan: spec.span, value: object)]), at: spec.span)
  }

  /// The message and the subtitle of a spec's `title`, which may be text, lines of text, or an object.
  private func chartTitles(_ spec: NotationValue) -> (title: String?, subtitle: String?) {
    func text(_ value: NotationValue?) -> String? {
      guard let value else { return nil }
      let separator = edition.language.isChinese ? "" : " "
      return value.scalarText ?? value.array.map { $0.compactMap(\.scalarText).joined(separator: separator) }
    }
    guard let title = spec["title"] else { return (nil, nil) }
    return title.object == nil ? (text(title), nil) : (text(title["text"]), text(title["subtitle"]))
  }

  /// The rows of a chart as a table, which opens without script.
  private func dataTable(_ table: ChartTable, title: String) -> [UInt8] {
    var writer = MarkupWriter()
    writer.raw("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\"")
    writer.attribute("aria-label", title)
    writer.raw("><table class=\"data\"><thead><tr>")
    let isNumeric = table.columns.indices.map { column in
      table.rows.allSatisfy { looksNumeric($0[column]) } && !table.rows.isEmpty
    }
    for (column, name) in table.columns.enumerated() {
      writer.raw(isNumeric[column] ? "<th scope=\"col\" class=\"num\">" : "<th scope=\"col\">")
      writer.text(name)
      writer.raw("</th>")
    }
    writer.raw("</tr></thead><tbody>")
    for row in table.rows {
      writer.raw("<tr>")
      for (column, cell) in row.enumerated() {
        writer.raw(isNumeric[column] ? "<td class=\"num\">" : "<td>")
        writer.text(cell)
        writer.raw("</td>")
      }
      writer.raw("</tr>")
    }
    writer.raw("</tbody></table></div>")
    return writer.bytes
  }

  private func looksNumeric(_ text: String) -> Bool {
    text.isEmpty || text.utf8.first.map { $0 &- 0x30 < 10 || $0 == 0x2D || $0 == 0xE2 } ?? false
  }
}

extension NotationValue {
  /// The value with each of its texts replaced.
  fileprivate func mappingTexts(_ transform: (String, SourceSpan) -> String) -> NotationValue {
    var copy = self
    switch content {
    case .string(let text): copy.content = .string(transform(text, span))
    case .array(let values): copy.content = .array(values.map { $0.mappingTexts(transform) })
    case .object(let members):
      copy.content = .object(
        members.map {
          NotationMember(key: $0.key, keySpan: $0.keySpan, value: $0.value.mappingTexts(transform))
        })
    default: break
    }
    return copy
  }

  /// Whether any text below may hold something of the dialect: `` `{v} …` `` or `[…]{.literal}`.
  fileprivate var holdsBraces: Bool {
    switch content {
    case .string(let text): text.utf8.contains(UInt8(ascii: "{"))
    case .array(let values): values.contains(where: \.holdsBraces)
    case .object(let members): members.contains { $0.value.holdsBraces }
    default: false
    }
  }

  /// The object with `key: {name: …}` added.
  fileprivate func with(_ key: String, naming name: String) -> NotationValue {
    func member(_ key: String, _ value: Content) -> NotationMember {
      NotationMember(key: key, keySpan: span, value: NotationValue(value, at: span))
    }
    return NotationValue(.object((object ?? []) + [member(key, .object([member("name", .string(name))]))]), at: span)
  }
}

/// Writes rows as CSV (RFC 4180): CRLF line ends, quotes where needed.
func csv(columns: [String], rows: [[String]]) -> [UInt8] {
  var bytes: [UInt8] = []
  func append(_ cells: [String]) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      let needsQuotes = cell.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      guard needsQuotes else {
        bytes += Array(cell.utf8)
        continue
      }
      bytes.append(0x22)
      for byte in cell.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
    bytes += [0x0D, 0x0A]
  }
  append(columns)
  for row in rows { append(row) }
  return bytes
}

extension DataTable {
  /// The rows of a query as a chart's data; the column `fact` says where a row comes from and is not drawn.
  init(_ result: QueryResult) {
    var table = DataTable(rowCount: result.rowCount)
    for column in result.columns where column.name != "fact" {
      table.set(
        column.name,
        Column(
          column.values.map { value in
            switch value {
            case .null: .null
            case .number(let number): .number(number)
            case .text(let text): .string(text)
            }
          }))
    }
    table.origins = (0..<result.rowCount).map { Int32($0) }
    self = table
  }
}
