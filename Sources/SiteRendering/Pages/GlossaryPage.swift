internal import AlmanacCore
private import Localization
private import Markup
private import ReportModel

/// Renders the terms that the report explains, in the order of the edition's language.
package func renderGlossaryPage(_ site: Site, _ edition: EditionSite, navigation: FrameMarkup) -> [UInt8] {
  let language = edition.language
  let frame = PageFrame(site: site, edition: edition, route: edition.route("glossary"))
  var context = frame.context(
    kind: "page", title: edition.words["glossary"], description: edition.words["glossaryLede"], navigation: navigation)
  let entries = Collation(language).sorted(site.glossary) { $0.term[language] }
  context["title"] = edition.words["glossary"]
  context["lede"] = edition.words["glossaryLede"]
  context["hasContents"] = entries.count > 1
  context["contentsHTML"] = contentsMarkup(
    entries.map { ContentsEntry(anchor: $0.anchor, title: $0.term[language]) })
  var writer = MarkupWriter()
  writer.raw("<dl class=\"glossary\">\n")
  for entry in entries {
    writer.raw("<div")
    writer.attribute("id", entry.anchor)
    writer.raw("><dt><dfn>")
    writer.text(entry.term[language])
    writer.raw("</dfn></dt><dd>")
    if let short = entry.short?[language], !short.isEmpty {
      writer.raw("<p class=\"term-short\">")
      writer.text(short)
      writer.raw("</p>")
    }
    writer.raw("<p>")
    writer.text(entry.text[language])
    writer.raw("</p></dd></div>\n")
  }
  writer.raw("</dl>\n")
  context["bodyHTML"] = writer.string
  return Array(site.templates.render("page", context).utf8)
}
