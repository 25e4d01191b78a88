package import AlmanacCore
private import Datasets
internal import Localization
private import Notation
private import ReportModel

/// Writes `report.json`: what the report says, for programs and for the comparison of two editions.
///
/// Members: `title`, `date`, `editions`, `pages` (route, title, edition, chapter, text: the fingerprint of its words), `facts`
/// (id, metric, entity, region, value, unit, kind, period, printed, source, locator, usedBy), `figures` (id, kind, caption,
/// pages, facts, rows and drawing: fingerprints of the data and of how they are drawn), `sources`, `conflicts` (facts,
/// foundBy, kind, decision, preferred). Holds nothing of the machine or the clock, so equal reports have equal records.
/// - Parameters:
///   - uses: by edition, the names of the chapters that show a fact, by its id.
///   - drawn: what the figures of the first edition show.
package func reportRecord(
  _ site: Site, uses: [LanguageTag: [String: [String]]], figures drawn: [DrawnFigure]
) -> [UInt8] {
  var json = JSONWriter(indent: 1)
  json.beginObject()
  if let first = site.editions.first { json.member("title", site.configuration.title[first.language]) }
  json.member("date", ifPresent: site.configuration.date)
  json.list("editions", site.editions.map(\.language.rawValue))
  json.array("pages", site.editions.flatMap { edition in edition.chapters.map { (edition, $0) } }) { json, page in
    json.member("route", page.0.route(ofChapter: page.1.name).path)
    json.member("title", page.1.title)
    json.member("edition", page.0.language.rawValue)
    json.member("chapter", page.1.name)
    json.member("text", shortForm(page.1.textFingerprint))
  }
  json.array("facts", site.data.ledger.facts) { json, fact in
    json.member("id", fact.id)
    json.member("metric", fact.metric)
    json.member("entity", fact.entity)
    json.member("region", fact.region)
    json.member("value", fact.value)
    json.member("unit", fact.unit)
    json.member("kind", fact.kind.rawValue)
    json.member("period", fact.period.ledgerText)
    json.member("printed", fact.printed)
    json.member("source", fact.source)
    json.member("locator", ifPresent: fact.locator?.description)
    json.list(
      "usedBy",
      site.editions.flatMap { edition in
        (uses[edition.language]?[fact.id] ?? []).map { edition.route(ofChapter: $0).path }
      })
  }
  let drawnByID = Dictionary(drawn.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  json.array("figures", figures(of: site)) { json, figure in
    let drawn = drawnByID[figure.id]
    json.member("id", figure.id)
    json.member("kind", figure.kind.rawValue)
    json.member("caption", figure.caption)
    json.list("pages", figure.pages)
    json.list("facts", drawn?.facts ?? [])
    json.member("rows", ifPresent: drawn?.rows.map(shortForm))
    json.member("drawing", ifPresent: drawn?.drawing.map(shortForm))
  }
  json.array("sources", site.references) { json, reference in
    json.member("id", reference.id)
    if let first = site.editions.first { json.member("title", reference.title[first.language]) }
    json.member("issued", ifPresent: reference.issued)
  }
  let places = Dictionary(
    site.data.ledger.facts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  json.array("conflicts", displayedConflicts(of: site.data)) { json, conflict in
    json.list("facts", conflict.facts.sorted { places[$0, default: 0] < places[$1, default: 0] })
    json.member("foundBy", conflict.discovery.rawValue)
    json.member("kind", ifPresent: conflict.decision?.kind.rawValue)
    json.member("decision", ifPresent: conflict.decision?.id)
    json.member("preferred", ifPresent: conflict.decision?.preferred)
  }
  json.endObject()
  return json.bytes + [0x0A]
}

/// Sixteen digits tell any two apart.
private func shortForm(_ fingerprint: Fingerprint) -> String { String(fingerprint.description.prefix(16)) }

/// A figure with the pages that show it in any edition.
private struct FigureEntry {
  var id: String
  var kind: FigureKind
  /// In the first edition that has it.
  var caption: String
  var pages: [String]
}

private func figures(of site: Site) -> [FigureEntry] {
  var entries: [FigureEntry] = []
  var places: [String: Int] = [:]
  for edition in site.editions {
    for chapter in edition.chapters {
      for figure in chapter.figures {
        let page = edition.route(ofChapter: chapter.name).path
        if let place = places[figure.id] {
          entries[place].pages.append(page)
        } else {
          places[figure.id] = entries.count
          entries.append(FigureEntry(id: figure.id, kind: figure.kind, caption: figure.caption, pages: [page]))
        }
      }
    }
  }
  return entries
}

extension JSONWriter {
  fileprivate mutating func list(_ key: String, _ values: [String]) {
    self.key(key)
    beginArray()
    for value in values { self.value(value) }
    endArray()
  }

  fileprivate mutating func array<Item>(
    _ key: String, _ items: [Item], _ write: (inout JSONWriter, Item) -> Void
  ) {
    self.key(key)
    beginArray()
    for item in items {
      beginObject()
      write(&self, item)
      endObject()
    }
    endArray()
  }
}
