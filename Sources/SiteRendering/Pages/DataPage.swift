internal import AlmanacCore
private import Datasets
private import Localization
private import Markup
internal import Notation
private import ReportModel

/// Renders the page of all data: a card for every fact with its value, source, place, uses and rivals, folded by metric and
/// by the chapter that uses the metric most.
///
/// - Parameter uses: the names of the chapters that show a fact, by its id, in their order.
package func renderDataPage(
  _ site: Site, _ edition: EditionSite, uses: [String: [String]], navigation: FrameMarkup
) -> [UInt8] {
  let page = DataPage(site: site, edition: edition, uses: uses)
  let frame = PageFrame(site: site, edition: edition, route: page.route)
  var context = frame.context(
    kind: "data", title: edition.words["data"], description: nil, navigation: navigation,
    structuredData: StructuredData(site: site, edition: edition, route: page.route).wholeDataset())
  let parts = page.parts
  context["lede"] = edition.words("dataLede", ["count": .count(site.data.ledger.facts.count)])
  context["hasContents"] = parts.count > 1
  context["contentsHTML"] = contentsMarkup(parts.map { ContentsEntry(anchor: $0.anchor, title: $0.title) })
  context["hasDownloads"] = true
  context["downloads"] = page.downloads
  context["groupsHTML"] = String(decoding: page.markup(of: parts), as: UTF8.self)
  return Array(site.templates.render("data", context).utf8)
}

private struct DataPage {
  let site: Site
  let edition: EditionSite
  let uses: [String: [String]]
  let route: Route
  let describer: ValueDescriber
  private let conflicts: [DisplayedConflict]
  private let linksToConflicts: Bool

  init(site: Site, edition: EditionSite, uses: [String: [String]]) {
    self.site = site
    self.edition = edition
    self.uses = uses
    route = edition.route("data")
    describer = ValueDescriber(site: site, edition: edition, route: route)
    conflicts = displayedConflicts(of: site.data)
    linksToConflicts = site.sectionPages.contains("conflicts")
  }

  /// What is printed in a card and said in a line; a ledger longer than this is folded.
  private static let longLedger = 40

  var parts: [DataPart] { dataParts(site, edition, uses: uses) }

  var downloads: [[String: Any]] {
    var items: [[String: Any]] = [
      ["href": route.link(to: Route("data/facts.csv")), "title": edition.words["ledgerCSV"]],
      ["href": route.link(to: Route("datapackage.json")), "title": edition.words["dataPackage"]],
    ]
    for dataset in site.data.datasets {
      let title = dataset.resource.title.map {
        $0.scalarText ?? $0[edition.language.rawValue]?.scalarText ?? dataset.name
      }
      items.append([
        "href": route.link(to: Route("data/\(dataset.resource.path)")), "title": title ?? dataset.name,
        "anchor": "dataset-\(dataset.name)",
      ])
    }
    return items
  }

  // MARK: - Cards

  func markup(of parts: [DataPart]) -> [UInt8] {
    var writer = MarkupWriter(reserving: site.data.ledger.facts.count * 900)
    let isOpen = site.data.ledger.facts.count <= Self.longLedger
    for part in parts {
      writer.raw("<section class=\"fact-part\"")
      writer.attribute("aria-labelledby", part.anchor)
      writer.raw(">\n")
      // A ledger of one part has no contents to fold it under.
      if parts.count > 1 {
        writer.raw(isOpen ? "<details open><summary><h2" : "<details><summary><h2")
        writer.attribute("id", part.anchor)
        writer.raw(">")
        writer.text(part.title)
        writer.raw("</h2> <span class=\"fact-count\">")
        writer.text(edition.words("factsFrom", ["count": .count(part.factCount)]))
        writer.raw("</span></summary>\n")
      } else {
        writer.raw("<h2")
        writer.attribute("id", part.anchor)
        writer.raw(">")
        writer.text(part.title)
        writer.raw("</h2>\n")
      }
      for group in part.groups { write(group, isOpen: isOpen, to: &writer) }
      writer.raw(parts.count > 1 ? "</details></section>\n" : "</section>\n")
    }
    return writer.bytes
  }

  /// A metric: its name, and its value or how many it has, over the cards of its facts.
  private func write(_ group: DataPart.Group, isOpen: Bool, to writer: inout MarkupWriter) {
    writer.raw(isOpen ? "<details open class=\"fact-group\"" : "<details class=\"fact-group\"")
    writer.attribute("id", group.anchor)
    writer.raw("><summary><h3>")
    writer.text(group.title)
    writer.raw("</h3> <span class=\"fact-count\">")
    if let only = group.facts.first, group.facts.count == 1 {
      writer.text(describer.written(only))
      writeKind(of: only, to: &writer)
    } else {
      writer.text(edition.words("factsFrom", ["count": .count(group.facts.count)]))
    }
    writer.raw("</span></summary>\n")
    for fact in group.facts { write(fact, to: &writer) }
    writer.raw("</details>\n")
  }

  private func writeKind(of fact: Fact, to writer: inout MarkupWriter) {
    guard let kind = describer.kindLabel(fact.kind) else { return }
    writer.raw(" <span class=\"fact-kind\">")
    writer.text(kind)
    writer.raw("</span>")
  }

  private func write(_ fact: Fact, to writer: inout MarkupWriter) {
    let language = edition.language
    let period = fact.period.text(language: language)
    writer.raw("<article class=\"fact")
    if fact.kind == .forecast { writer.raw(" fact-forecast") }
    if fact.kind == .target { writer.raw(" fact-target") }
    writer.raw("\" id=\"fact-")
    writer.text(fact.id)
    writer.raw("\"><h4 class=\"fact-name\"><a href=\"#fact-")
    writer.text(fact.id)
    writer.raw("\">")
    writer.text(describer.name(fact, withMetric: false) + (language.isChinese ? "，" : ", ") + period)
    writer.raw("</a></h4>\n<p class=\"fact-value\"><data")
    writer.attribute("value", shortestNumber(fact.value))
    writer.raw(">")
    writer.text(describer.written(fact))
    writer.raw("</data>")
    writeKind(of: fact, to: &writer)
    writer.raw("</p>\n<dl>")
    // Digits and unit are told where the number above does not say them.
    let (written, exact) = (describer.written(fact), describer.exact(fact.value, unit: fact.unit))
    if exact != written { writer.row(edition.words["exactValue"]) { $0.text(exact) } }
    if let unit = describer.unitWord(fact.unit), !exact.contains(unit) {
      writer.row(edition.words["unit"]) { $0.text(unit) }
    }
    writer.row(edition.words["period"]) { $0.text(period) }
    if !fact.printed.isEmpty {
      writer.row(edition.words["printedAs"], language: describer.printedLanguage(fact)) { $0.text(fact.printed) }
    }
    writeSource(of: fact, to: &writer)
    if let note = fact.translatedNotes[language] {
      writer.row(edition.words["note"]) { $0.text(note) }
    } else if !fact.note.isEmpty {
      let noteLanguage = site.configuration.editions.first
      writer.row(edition.words["note"], language: noteLanguage == language ? nil : noteLanguage?.rawValue) {
        $0.text(fact.note)
      }
    }
    writeUses(of: fact, to: &writer)
    writeRivals(of: fact, to: &writer)
    writer.row(edition.words["identifier"]) { row in
      row.raw("<code>")
      row.text(fact.id)
      row.raw("</code>")
    }
    writer.raw("</dl></article>\n")
  }

  private func writeSource(of fact: Fact, to writer: inout MarkupWriter) {
    writer.row(edition.words["source"]) { row in
      row.raw("<a")
      row.attribute("href", route.link(to: edition.route("references"), anchor: "ref-\(fact.source)"))
      row.raw(">")
      row.text(describer.sourceTitle(fact.source))
      row.raw("</a>")
      if let place = describer.place(fact.locator) {
        row.raw(" <span class=\"fact-locator\">")
        row.text(place)
        row.raw("</span>")
      }
    }
  }

  private func writeUses(of fact: Fact, to writer: inout MarkupWriter) {
    let chapters = (uses[fact.id] ?? []).compactMap { name in edition.position(of: name).map { edition.chapters[$0] } }
    guard !chapters.isEmpty else { return }
    writer.row(edition.words["usedIn"]) { row in
      row.raw("<ul class=\"fact-uses\">")
      for chapter in chapters {
        row.raw("<li><a")
        row.attribute("href", route.link(to: edition.route(ofChapter: chapter.name)))
        row.raw(">")
        row.text(chapter.title)
        row.raw("</a></li>")
      }
      row.raw("</ul>")
    }
  }

  private func writeRivals(of fact: Fact, to writer: inout MarkupWriter) {
    let rivals = describer.rivals(of: fact)
    guard !rivals.isEmpty else { return }
    writer.row(edition.words["rivalValues"], kind: "fact-rivals") { row in
      row.raw("<ul>")
      for rival in rivals {
        row.raw("<li><a href=\"#fact-")
        row.text(rival.id)
        row.raw("\">")
        row.text(describer.written(rival))
        row.raw("</a> <span>")
        row.text(describer.sourceTitle(rival.source))
        row.raw("</span></li>")
      }
      row.raw("</ul>")
      guard let conflict = conflicts.first(where: { $0.facts.contains(fact.id) }),
        let reason = conflict.reason(in: edition.language)
      else { return }
      row.raw("<p>")
      if let kind = conflict.decision?.kind, linksToConflicts {
        row.raw("<a")
        row.attribute("href", route.link(to: edition.route("conflicts"), anchor: conflict.anchor))
        row.raw(">")
        row.text(edition.words.kind(kind))
        row.raw("</a>")
        row.text(edition.language.isChinese ? "：" : ": ")
      }
      row.text(reason)
      row.raw("</p>")
    }
  }
}

extension MarkupWriter {
  /// Appends a row of a card's description list.
  fileprivate mutating func row(
    _ term: String, kind: StaticString? = nil, language: String? = nil, _ write: (inout MarkupWriter) -> Void
  ) {
    raw("<div")
    if let kind {
      beginAttribute("class")
      raw(kind)
      raw("\"")
    }
    raw("><dt>")
    text(term)
    raw("</dt><dd")
    attribute("lang", ifPresent: language)
    raw(">")
    write(&self)
    raw("</dd></div>")
  }
}
