private import AlmanacCore
private import Localization
private import ReportModel

/// What surrounds the content of every page: head, masthead, footer, as the contexts of `layout.mustache`.
struct PageFrame {
  let site: Site
  let edition: EditionSite
  let route: Route

  /// - Parameters:
  ///   - kind: `home`, `chapter`, `figures` …: a class on the page.
  ///   - title: the page's own title; `nil` for the home page.
  ///   - structuredData: see ``StructuredData``.
  ///   - navigation: see ``Navigation``; the current page is marked here.
  func context(
    kind: String, title: String?, description: String?, navigation: FrameMarkup, structuredData: String = ""
  ) -> [String: Any] {
    let language = edition.language
    let reportTitle = site.configuration.title[language]
    var context: [String: Any] = [
      "lang": language.rawValue, "pageKind": kind, "root": route.root, "strings": edition.words.all,
      "reportTitle": reportTitle, "contentSecurityPolicy": contentSecurityPolicy, "headHTML": structuredData,
      "pageTitle": title.map { edition.words("pageTitle", ["page": .text($0), "report": .text(reportTitle)]) }
        ?? reportTitle,
      "navHTML": String(decoding: Navigation.mark(navigation.navigation, current: route), as: UTF8.self),
      "footerHTML": navigation.footer,
      "hasEditions": site.editions.count > 1, "editions": editionLinks,
    ]
    context["description"] = description ?? site.configuration.description?[language]
    context["author"] = site.configuration.author?[language]
    if let base = site.configuration.baseURL { context["canonical"] = base + route.path }
    if site.editions.count > 1 {
      context["alternates"] = site.editions.map { other -> [String: Any] in
        ["lang": other.language.rawValue, "href": route.link(to: counterpart(in: other))]
      }
    }
    if let date = site.configuration.date {
      context["dateISO"] = date
      context["dateText"] = formatPeriod(date, language)
    }
    return context
  }

  /// The same page in another edition, or its home page where there is none.
  private func counterpart(in other: EditionSite) -> Route {
    let name = String(route.path.dropFirst(edition.language.rawValue.count + 1).dropLast(".html".count))
    let isShared = edition.hasChapter(name) ? other.hasChapter(name) : true
    return isShared ? other.route(name) : other.route("index")
  }

  private var editionLinks: [[String: Any]] {
    site.editions.map { other in
      [
        "lang": other.language.rawValue, "name": other.words["languageName"],
        "current": other.language == edition.language, "href": route.link(to: counterpart(in: other)),
      ]
    }
  }
}

/// What a page may load: its own style sheet, script and pictures, nothing from elsewhere and nothing inline.
let contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'; form-action 'none'"
