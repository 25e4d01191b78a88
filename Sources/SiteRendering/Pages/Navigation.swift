package import AlmanacCore
private import ReportModel
private import Synchronization

/// Draws the navigation of all pages that share a folder and a part of the report.
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
  private let drawn = Mutex<[String: [UInt8]]>([:])

  package init(_ site: Site, _ edition: EditionSite) {
    self.site = site
    self.edition = edition
    listsAll = edition.chapters.count <= Self.fullListLimit
    let lists = edition.parts.map { part in
      Fingerprint(combining: part.chapters.flatMap { [Fingerprint($0.name), Fingerprint($0.title)] })
    }
    let titles = edition.parts.map { Fingerprint(($0.title ?? "") + "\n" + ($0.chapters.first?.name ?? "")) }
    let common = Fingerprint(combining: listsAll ? titles + lists : titles)
    fingerprints = (lists + [common]).map { Fingerprint(combining: [common, $0]) }
  }

  /// The fingerprint of what the navigation of a part shows; `nil` for pages that are no chapters.
  package func fingerprint(part: Int?) -> Fingerprint { fingerprints[part ?? fingerprints.count - 1] }

  /// Returns the navigation of a page, drawn on first use.
  package func html(for page: Route, part: Int?) -> [UInt8] {
    let folder = page.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(page.path[..<$0]) } ?? ""
    let key = "\(part ?? -1) \(folder)"
    if let html = drawn.withLock({ $0[key] }) { return html }
    let html = draw(for: page, part: part)
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
