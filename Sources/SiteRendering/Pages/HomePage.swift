internal import AlmanacCore
internal import Localization
private import ReportModel

/// Renders the home page of an edition: its key figures and its chapters.
///
/// - Parameter keyFigures: the numbers of `report.yaml` in order, drawn.
package func renderHomePage(
  _ site: Site, _ edition: EditionSite, keyFigures: [RenderedKeyFigure], navigation: FrameMarkup
) -> [UInt8] {
  let route = edition.route("index")
  let frame = PageFrame(site: site, edition: edition, route: route)
  var context = frame.context(kind: "home", title: nil, description: nil, navigation: navigation)
  context["subtitle"] = site.configuration.subtitle?[edition.language]
  if let description = site.configuration.description?[edition.language] {
    var summary = MarkupText()
    summary.paragraph(description)
    context["summaryHTML"] = summary.html
  }
  context["hasKeyFigures"] = !keyFigures.isEmpty
  context["keyFiguresNote"] =
    edition.words[keyFigures.contains { $0.kindLabel != nil } ? "keyFiguresMixed" : "keyFiguresObserved"]
  context["keyFigures"] = keyFigures.map { figure -> [String: Any] in
    var item: [String: Any] = ["valueHTML": figure.valueHTML, "label": figure.label]
    item["kindLabel"] = figure.kindLabel
    item["source"] = figure.source
    if let name = figure.chapter, let position = edition.position(of: name) {
      item["chapterHref"] = route.link(to: edition.route(ofChapter: name))
      item["chapterTitle"] = edition.chapters[position].title
    }
    return item
  }
  var number = 0
  context["parts"] = edition.parts.map { part -> [String: Any] in
    var item: [String: Any] = [:]
    item["title"] = part.title
    item["chapters"] = part.chapters.map { chapter -> [String: Any] in
      number += 1
      var entry: [String: Any] = [
        "number": String(number), "title": chapter.title,
        "href": route.link(to: edition.route(ofChapter: chapter.name)),
        "readingTime": edition.words("readingTime", ["minutes": .count(chapter.readingMinutes)]),
      ]
      entry["summary"] = chapter.description
      return entry
    }
    return item
  }
  context["hasSections"] = true
  context["homeSections"] = site.sectionPages.map { name -> [String: Any] in
    [
      "title": edition.words[name], "href": route.link(to: edition.route(name)),
      "summary": edition.words[name + "Summary"],
    ]
  }
  return Array(site.templates.render("home", context).utf8)
}

/// A number of the home page: its markup and what it counts.
package struct RenderedKeyFigure: Sendable {
  package var valueHTML: String
  package var label: String
  /// "Forecast" or "Target"; `nil` for what was observed.
  package var kindLabel: String?
  /// What its sources go by: "CNNIC 2025".
  package var source: String?
  /// The name of the chapter that tells more.
  package var chapter: String?

  package init(
    valueHTML: String, label: String, kindLabel: String? = nil, source: String? = nil, chapter: String?
  ) {
    self.valueHTML = valueHTML
    self.label = label
    self.kindLabel = kindLabel
    self.source = source
    self.chapter = chapter
  }
}
