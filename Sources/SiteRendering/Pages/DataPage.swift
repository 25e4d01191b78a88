internal import AlmanacCore
private import Datasets
private import Localization
internal import Notation
private import ReportModel

/// Renders the page of all data: a card for every fact with its value, source, place, uses and rivals, by metric.
///
/// - Parameter uses: the names of the chapters that show a fact, by its id, in their order.
package func renderDataPage(
  _ site: Site, _ edition: EditionSite, uses: [String: [String]], navigation: [UInt8]
) -> [UInt8] {
  let page = DataPage(site: site, edition: edition, uses: uses)
  let frame = PageFrame(site: site, edition: edition, route: page.route)
  var context = frame.context(
    kind: "data", title: edition.words["data"], description: nil, navigation: navigation)
  let groups = page.groups
  context["lede"] = edition.words("dataLede", ["count": .count(site.data.ledger.facts.count)])
  context["hasContents"] = groups.count > 1
  context["contents"] = groups.map { group -> [String: Any] in
    ["href": "#\(group.anchor)", "titleHTML": escaped(group.title), "hasChildren": false]
  }
  context["hasDownloads"] = true
  context["downloads"] = page.downloads
  context["groups"] = groups.map { group -> [String: Any] in
    ["anchor": group.anchor, "title": group.title, "facts": group.facts.map { page.card($0) }]
  }
  return Array(site.templates.render("data", context).utf8)
}

private struct DataPage {
  let site: Site
  let edition: EditionSite
  let uses: [String: [String]]
  let route: Route
  let describer: ValueDescriber

  init(site: Site, edition: EditionSite, uses: [String: [String]]) {
    self.site = site
    self.edition = edition
    self.uses = uses
    route = edition.route("data")
    describer = ValueDescriber(site: site, edition: edition, route: route)
  }

  struct Group {
    var anchor: String
    var title: String
    var facts: [Fact]
  }

  /// The facts by metric, in the order in which the ledger first names it.
  var groups: [Group] {
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for fact in site.data.ledger.facts {
      if let place = places[fact.metric] {
        groups[place].facts.append(fact)
      } else {
        places[fact.metric] = groups.count
        let title = site.data.names.name(of: fact.metric, in: edition.language) ?? fact.metric
        groups.append(Group(anchor: "metric-\(fact.metric)", title: title, facts: [fact]))
      }
    }
    return groups
  }

  var downloads: [[String: Any]] {
    var items: [[String: Any]] = [
      ["href": route.link(to: Route("data/facts.csv")), "title": edition.words["ledgerCSV"]]
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

  func card(_ fact: Fact) -> [String: Any] {
    let language = edition.language
    let period = fact.period.text(language: language)
    var card: [String: Any] = [
      "anchor": "fact-\(fact.id)", "id": fact.id, "value": describer.written(fact),
      "number": shortestNumber(fact.value), "exact": describer.exact(fact.value, unit: fact.unit),
      "name": describer.name(fact, withMetric: false) + (language.isChinese ? "，" : ", ") + period, "period": period,
      "isForecast": fact.kind == .forecast, "isTarget": fact.kind == .target,
      "sourceTitle": describer.sourceTitle(fact.source),
      "sourceHref": route.link(to: edition.route("references"), anchor: "ref-\(fact.source)"),
    ]
    card["unit"] = describer.unitWord(fact.unit)
    card["kindLabel"] = describer.kindLabel(fact.kind)
    if !fact.printed.isEmpty { card["printed"] = fact.printed }
    card["printedLang"] = describer.printedLanguage(fact)
    card["locator"] = describer.place(fact.locator)
    if !fact.note.isEmpty { card["note"] = fact.note }
    let chapters = (uses[fact.id] ?? []).compactMap { name in edition.position(of: name).map { edition.chapters[$0] } }
    card["isUsed"] = !chapters.isEmpty
    card["usedIn"] = chapters.map { chapter -> [String: Any] in
      ["title": chapter.title, "href": route.link(to: edition.route(ofChapter: chapter.name))]
    }
    let rivals = describer.rivals(of: fact)
    card["hasRivals"] = !rivals.isEmpty
    card["rivals"] = rivals.map { rival -> [String: Any] in
      [
        "value": describer.written(rival), "href": "#fact-\(rival.id)",
        "rivalSource": describer.sourceTitle(rival.source),
      ]
    }
    if !rivals.isEmpty, let reason = site.data.conflicts.decisions(on: fact.id).first?.reason {
      card["rivalReason"] = reason.scalarText ?? reason[language.rawValue]?.scalarText ?? ""
    }
    return card
  }
}
