package import AlmanacCore
internal import Localization
private import ReportModel
private import Synchronization

/// What all pages of a folder and a part of the report have in common, drawn once for all of them.
package struct FrameMarkup: Sendable {
  var navigation: [UInt8]
  var footer: String
}

/// Draws the navigation and the footer of all pages that share a folder and a part of the report.
///
/// It is drawn once for each such group and then marked for each page: a report of a thousand chapters would otherwise
/// draw a million links. With more than ``fullListLimit`` chapters only the chapters of the page's own part are listed.
package final class Navigation: Sendable {
  /// From this many chapters on, other parts are shown by their title alone.
  private static let fullListLimit = 60

  private let site: Site
  private let edition: EditionSite
  private let listsAll: Bool
  /// By part: what its navigation shows, as a fingerprint; the last is that of pages that are no chapters.
  private let fingerprints: [Fingerprint]
  private let drawn = Mutex<[String: FrameMarkup]>([:])

  package init(_ site: Site, _ edition: EditionSite) {
    self.site = site
    self.edition = edition
    listsAll = edition.chapters.count <= Self.fullListLimit
    let lists = edition.parts.map { part in
      Fingerprint(combining: part.chapters.flatMap { [Fingerprint($0.name), Fingerprint($0.title)] })
    }
    let titles = edition.parts.map { Fingerprint(($0.title ?? "") + "\n" + ($0.chapters.first?.name ?? "")) }
    let common = Fingerprint(combining: site.sectionPages.map { Fingerprint($0) } + titles + (listsAll ? lists : []))
    fingerprints = (lists + [common]).map { Fingerprint(combining: [common, $0]) }
  }

  /// The fingerprint of what the navigation of a part shows; `nil` for pages that are no chapters.
  package func fingerprint(part: Int?) -> Fingerprint { fingerprints[part ?? fingerprints.count - 1] }

  /// Returns the navigation and footer of a page, drawn on first use.
  package func html(for page: Route, part: Int?) -> FrameMarkup {
    let folder = page.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(page.path[..<$0]) } ?? ""
    let key = "\(part ?? -1) \(folder)"
    if let html = drawn.withLock({ $0[key] }) { return html }
    let html = FrameMarkup(navigation: draw(for: page, part: part), footer: footer(for: page))
    drawn.withLock { $0[key] = html }
    return html
  }

  private func draw(for page: Route, part: Int?) -> [UInt8] {
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
    let sections = site.sectionPages.map { name -> [String: Any] in
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
    let needle = Array("\(page.link(to: page))\"".utf8)
    let attribute = Array("href=\"".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(navigation.count + 64)
    var copied = 0
    var index = 0
    while let found = navigation[index...].firstIndex(of: UInt8(ascii: "h")) {
      index = found + 1
      guard navigation[found...].starts(with: attribute) else { continue }
      index = found + attribute.count
      guard navigation[index...].starts(with: needle) else { continue }
      index += needle.count
      result += navigation[copied..<index]
      result += Array(" aria-current=\"page\"".utf8)
      copied = index
    }
    return result + navigation[copied...]
  }

  private func footer(for page: Route) -> String {
    var context: [String: Any] = [
      "strings": edition.words.all, "reportTitle": site.configuration.title[edition.language],
      "links": (["index"] + site.sectionPages).map { name -> [String: Any] in
        [
          "href": page.link(to: edition.route(name)),
          "title": name == "index" ? edition.words["contents"] : edition.words[name],
        ]
      },
    ]
    context["author"] = site.configuration.author?[edition.language]
    if let date = site.configuration.date {
      context["dateISO"] = date
      context["dateText"] = formatPeriod(date, edition.language)
    }
    return site.templates.render("_footer", context)
  }
}
