internal import AlmanacCore
private import Localization
private import Markup
private import ReportModel

/// Renders what the report says otherwise than an earlier edition: the sections of `almanac diff` in the words of the
/// edition, what misleads most first, each thing with a way to where it stands.
package func renderChangesPage(
  _ site: Site, _ edition: EditionSite, _ changes: ReportChanges, navigation: FrameMarkup
) -> [UInt8] {
  let words = edition.words
  let frame = PageFrame(site: site, edition: edition, route: edition.route("changes"))
  let name = changes.earlier.name(besides: site.configuration.date, in: edition.language)
  let title = name.map { words("changesSince", ["name": .text($0)]) } ?? words["changesSummary"]
  var context = frame.context(kind: "page", title: title, description: nil, navigation: navigation)
  let writing = ChangeWriting(site: site, edition: edition, changes: changes)
  let sections = writing.sections
  context["title"] = title
  context["lede"] =
    changes.differences.isEmpty
    ? words["changesNone"]
    : words(
      "changesCounts",
      [
        "numbers": .text(String(changes.numberCount)), "conflicts": .text(String(changes.conflictCount)),
        "figures": .text(String(changes.figureCount)),
      ])
  context["hasContents"] = sections.count > 1
  context["contentsHTML"] = contentsMarkup(sections.map { ContentsEntry(anchor: $0.anchor, title: $0.title) })
  var writer = MarkupWriter()
  for section in sections { writer.changes(section) }
  context["bodyHTML"] = writer.string
  return Array(site.templates.render("page", context).utf8)
}

/// Differences of one sort on the page.
struct ChangeSection {
  var anchor: String
  var title: String
  var entries: [ChangeEntry]
}

/// One difference on the page.
struct ChangeEntry {
  /// What it is about.
  var name: LinkedText
  /// `515 million`, or empty for what is no number.
  var value = ""
  /// The value before; `nil` when there was another one or it is the same.
  var oldValue: String?
  /// `+1%`.
  var difference: String?
  /// What else is to say, each under a word.
  var details: [(key: String, texts: [LinkedText])] = []
}

/// Words that may lead somewhere.
struct LinkedText {
  var text: String
  /// `nil` for what is not on the site any more.
  var href: String?
  /// When it is not the page's.
  var language: String?

  init(_ text: String, href: String? = nil, language: String? = nil) {
    self.text = text
    self.href = href
    self.language = language
  }
}

extension MarkupWriter {
  fileprivate mutating func changes(_ section: ChangeSection) {
    raw("<section")
    attribute("aria-labelledby", section.anchor)
    raw("><h2")
    attribute("id", section.anchor)
    raw(">")
    text(section.title)
    raw(" <span class=\"change-count\">")
    text(String(section.entries.count))
    raw("</span></h2>\n<ul class=\"changes\">\n")
    for entry in section.entries { change(entry) }
    raw("</ul>\n</section>\n")
  }

  private mutating func change(_ entry: ChangeEntry) {
    if entry.value.isEmpty {
      raw("<li>")
    } else {
      raw(entry.oldValue == nil ? "<li class=\"change-number\">" : "<li class=\"change-number has-two\">")
      raw("<p class=\"change-value\">")
      if let old = entry.oldValue {
        raw("<span class=\"change-old\">")
        text(old)
        raw("</span> → ")
      }
      raw("<span class=\"change-new\">")
      text(entry.value)
      raw("</span>")
      if let difference = entry.difference {
        raw(" <span class=\"change-difference\">")
        text(difference)
        raw("</span>")
      }
      raw("</p>")
    }
    raw("<div class=\"change-text\"><p class=\"change-name\">")
    linked(entry.name)
    raw("</p>")
    for detail in entry.details {
      raw("<p class=\"change-detail\">")
      if !detail.key.isEmpty {
        raw("<span class=\"change-key\">")
        text(detail.key)
        raw("</span> ")
      }
      for (place, part) in detail.texts.enumerated() {
        if place > 0 { raw(" <span aria-hidden=\"true\">·</span> ") }
        linked(part)
      }
      raw("</p>")
    }
    raw("</div></li>\n")
  }

  private mutating func linked(_ part: LinkedText) {
    guard part.href != nil || part.language != nil else { return text(part.text) }
    raw(part.href == nil ? "<span" : "<a")
    attribute("href", ifPresent: part.href)
    attribute("lang", ifPresent: part.language)
    raw(">")
    text(part.text)
    raw(part.href == nil ? "</span>" : "</a>")
  }
}
