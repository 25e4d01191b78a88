private import AlmanacCore
private import ReportModel

/// Renders the navigation of all pages that share a folder and a part of the report.
///
/// It is drawn once for each such group and then marked for each page: a report of a thousand chapters would otherwise
/// draw a million links. With more than ``fullListLimit`` chapters only the chapters of the page's own part are listed.
struct Navigation {
  /// From this many chapters on, other parts are shown by their title alone.
  static let fullListLimit = 60

  /// - Parameters:
  ///   - page: any page of the group; addresses are relative to its folder.
  ///   - part: the part whose chapters are listed in any case, or `nil` for pages that are no chapters.
  static func render(for page: Route, part: Int?, _ edition: EditionSite, _ site: Site) -> [UInt8] {
    let listsAll = edition.chapters.count <= fullListLimit
    var number = 0
    let parts = edition.parts.enumerated().map { index, item -> [String: Any] in
      var context: [String: Any] = [:]
      var chapters: [[String: Any]] = []
      for chapter in item.chapters {
        number += 1
        guard listsAll || index == part else { continue }
        chapters.append([
          "href": page.link(to: edition.route(ofChapter: chapter.name)), "title": chapter.title,
          "number": String(number), "current": false,
        ])
      }
      context["chapters"] = chapters
      if let title = item.title {
        context["title"] = title
        context["partHref"] = item.chapters.first.map { page.link(to: edition.route(ofChapter: $0.name)) }
      }
      return context
    }
    let sections = ["figures", "data", "references"].map { name -> [String: Any] in
      ["href": page.link(to: edition.route(name)), "title": edition.words[name], "current": false]
    }
    let html = site.templates.render(
      "_nav",
      [
        "strings": edition.words.all, "homeHref": page.link(to: edition.route("index")),
        "reportTitle": site.configuration.title[edition.language], "parts": parts, "sections": sections,
      ])
    return Array(html.utf8)
  }

  /// Marks the links that lead to `page` itself with `aria-current="page"`.
  static func mark(_ navigation: [UInt8], current page: Route) -> [UInt8] {
    let needle = Array("href=\"\(page.link(to: page))\"".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(navigation.count + 64)
    var index = 0
    while index < navigation.count {
      if navigation[index] == needle[0], navigation[index...].starts(with: needle) {
        result += needle
        result += Array(" aria-current=\"page\"".utf8)
        index += needle.count
      } else {
        result.append(navigation[index])
        index += 1
      }
    }
    return result
  }
}
