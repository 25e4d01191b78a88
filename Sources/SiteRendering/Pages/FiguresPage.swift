internal import AlmanacCore
internal import Localization
internal import ReportModel

/// Renders the list of all figures and tables of an edition, chapter by chapter.
package func renderFiguresPage(_ site: Site, _ edition: EditionSite, navigation: FrameMarkup) -> [UInt8] {
  let route = edition.route("figures")
  let frame = PageFrame(site: site, edition: edition, route: route)
  var context = frame.context(
    kind: "figures", title: edition.words["figures"], description: nil, navigation: navigation)
  let count = edition.chapters.reduce(0) { $0 + $1.figures.count }
  context["lede"] = edition.words("figuresLede", ["count": .count(count)])
  context["chapters"] = edition.chapters.enumerated().compactMap { number, chapter -> [String: Any]? in
    guard !chapter.figures.isEmpty else { return nil }
    let page = edition.route(ofChapter: chapter.name)
    return [
      "anchor": "chapter-\(number + 1)", "number": String(number + 1), "title": chapter.title,
      "href": route.link(to: page),
      "figures": chapter.figures.map { figure -> [String: Any] in
        var item: [String: Any] = [
          "href": route.link(to: page, anchor: figure.id), "titleHTML": escaped(figure.caption),
          "numberLabel": edition.label(of: figure.id) ?? "",
        ]
        if figure.kind == .chart || figure.kind == .diagram {
          let picture = edition.route(ofFigure: figure.id, type: "svg")
          item["previewHTML"] = "<img src=\"\(escaped(route.link(to: picture)))\" alt=\"\" loading=\"lazy\">"
        }
        return item
      },
    ]
  }
  return Array(site.templates.render("figures", context).utf8)
}

extension EditionSite {
  /// Where a figure's picture or data can be downloaded: `en/figures/fig-users.svg`.
  package func route(ofFigure id: String, type: String) -> Route { Route("\(language)/figures/\(id).\(type)") }

  /// A target's name in a sentence: "Figure 3", "表 2", the title of a section. `nil` for an unknown id.
  package func label(of id: String) -> String? {
    guard let target = index.targets[id] else { return nil }
    return switch target.kind {
    case .figure(let number): words("figureNumber", ["number": .text(String(number))])
    case .table(let number): words("tableNumber", ["number": .text(String(number))])
    case .section: target.title
    }
  }
}
