internal import AlmanacCore
private import ReportModel

/// Renders `index.html`, which leads into the editions.
package func renderEntryPage(_ site: Site) -> [UInt8] {
  let route = Route("index.html")
  return renderAboveEditions(site, template: "index", kind: "index", route: route) { edition, configuration in
    var item: [String: Any] = [
      "title": configuration.title[edition.language], "href": route.link(to: edition.route("index")),
      "readLabel": edition.words["readEdition"],
    ]
    item["subtitle"] = configuration.subtitle?[edition.language]
    item["summary"] = configuration.description?[edition.language]
    return item
  }
}

/// Renders `404.html`. A server shows it in place of any address, so its links are absolute when there is a base URL.
package func renderNotFoundPage(_ site: Site) -> [UInt8] {
  let base = site.configuration.baseURL ?? ""
  return renderAboveEditions(
    site, template: "notfound", kind: "notfound", route: Route("404.html"), root: base
  ) { edition, configuration in
    [
      "title": configuration.title[edition.language], "href": base + edition.route("index").path,
      "notFoundTitle": edition.words["notFoundTitle"], "notFoundText": edition.words["notFoundText"],
    ]
  }
}

private func renderAboveEditions(
  _ site: Site, template: String, kind: String, route: Route, root: String = "",
  _ item: (EditionSite, ReportConfiguration) -> [String: Any]
) -> [UInt8] {
  guard let first = site.editions.first else { return [] }
  let title = site.configuration.title[first.language]
  var context: [String: Any] = [
    "lang": first.language.rawValue, "pageKind": kind, "root": root, "strings": first.words.all,
    "reportTitle": title, "pageTitle": title, "contentSecurityPolicy": contentSecurityPolicy, "headHTML": "",
    "alternates": site.editions.map { edition -> [String: Any] in
      ["lang": edition.language.rawValue, "href": root + edition.route("index").path]
    },
  ]
  context["description"] = site.configuration.description?[first.language]
  context["author"] = site.configuration.author?[first.language]
  context["editions"] = site.editions.enumerated().map { number, edition -> [String: Any] in
    var entry = item(edition, site.configuration)
    entry["lang"] = edition.language.rawValue
    entry["first"] = number == 0
    return entry
  }
  return Array(site.templates.render(template, context).utf8)
}
