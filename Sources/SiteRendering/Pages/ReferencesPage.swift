internal import AlmanacCore
internal import Localization
private import Markup
private import ReportModel

/// Renders the list of all references of an edition: those cited by number, then those that only the data name.
///
/// - Parameter factCounts: how many facts come from a reference, by its id.
package func renderReferencesPage(
  _ site: Site, _ edition: EditionSite, factCounts: [String: Int], navigation: FrameMarkup
) -> [UInt8] {
  let route = edition.route("references")
  let frame = PageFrame(site: site, edition: edition, route: route)
  var context = frame.context(
    kind: "references", title: edition.words["references"], description: nil, navigation: navigation)
  let cited = edition.index.citedReferences.compactMap { site.reference($0) }
  let uncited = site.references.filter { edition.index.citationNumbers[$0.id] == nil }
  let all = cited + uncited
  context["lede"] = edition.words("referencesLede", ["count": .count(all.count)])
  context["references"] = all.enumerated().map { number, reference -> [String: Any] in
    var writer = MarkupWriter()
    writer.reference(reference, in: edition.language)
    var item: [String: Any] = [
      "anchor": "ref-\(reference.id)", "number": String(number + 1), "html": writer.string,
      "usedIn": edition.chapters.filter { $0.citations.contains(reference.id) }.map { chapter -> [String: Any] in
        ["title": chapter.title, "href": route.link(to: edition.route(ofChapter: chapter.name))]
      },
    ]
    item["note"] = reference.note?[edition.language]
    if let count = factCounts[reference.id], count > 0 {
      item["factsText"] = edition.words("factsFrom", ["count": .count(count)])
      item["factsHref"] = route.link(to: edition.route("data"))
    }
    return item
  }
  return Array(site.templates.render("references", context).utf8)
}
