internal import AlmanacCore
private import Datasets
private import Localization
private import Markup
private import Notation
private import ReportModel

/// Renders what sources disagree about: all values side by side, the one that the report uses, and why.
package func renderConflictsPage(_ site: Site, _ edition: EditionSite, navigation: FrameMarkup) -> [UInt8] {
  let page = ConflictsPage(site: site, edition: edition)
  let frame = PageFrame(site: site, edition: edition, route: page.route)
  var context = frame.context(
    kind: "page", title: edition.words["conflicts"], description: edition.words["conflictsLede"],
    navigation: navigation)
  let conflicts = displayedConflicts(of: site.data)
  context["title"] = edition.words["conflicts"]
  context["lede"] = edition.words["conflictsLede"]
  context["hasContents"] = conflicts.count > 1
  let titles = page.titles(of: conflicts)
  context["contentsHTML"] = contentsMarkup(
    zip(conflicts, titles).map { ContentsEntry(anchor: $0.anchor, title: $1) })
  var writer = MarkupWriter()
  for (conflict, title) in zip(conflicts, titles) { page.write(conflict, title: title, to: &writer) }
  context["bodyHTML"] = writer.string
  return Array(site.templates.render("page", context).utf8)
}

private struct ConflictsPage {
  let site: Site
  let edition: EditionSite
  let route: Route
  let describer: ValueDescriber

  init(site: Site, edition: EditionSite) {
    self.site = site
    self.edition = edition
    route = edition.route("conflicts")
    describer = ValueDescriber(site: site, edition: edition, route: route)
  }

  /// What each is about; what two share is told apart by what the first row is of.
  func titles(of conflicts: [DisplayedConflict]) -> [String] {
    let subjects = conflicts.map(subject)
    var counts: [String: Int] = [:]
    for subject in subjects { counts[subject, default: 0] += 1 }
    return zip(conflicts, subjects).map { conflict, subject in
      guard counts[subject] != 1, let first = facts(of: conflict).first else { return subject }
      return words([subject, name(first.entity)])
    }
  }

  /// What all rows measure: "Users of generative AI, China, June 2025". Where they differ in what they name, the first
  /// row's metric stands for all, and each row says for itself what it counts.
  func subject(of conflict: DisplayedConflict) -> String {
    let facts = facts(of: conflict)
    guard let first = facts.first else { return "" }
    return words([
      name(first.metric), isShared(\.entity, facts) ? name(first.entity) : "",
      isShared(\.period.ledgerText, facts) ? period(first) : "",
    ])
  }

  func write(_ conflict: DisplayedConflict, title: String, to writer: inout MarkupWriter) {
    let facts = facts(of: conflict)
    writer.raw("<section class=\"conflict\"")
    writer.attribute("aria-labelledby", conflict.anchor)
    writer.raw("><h2")
    writer.attribute("id", conflict.anchor)
    writer.raw(">")
    writer.text(title)
    writer.raw("</h2>\n")
    if let kind = conflict.decision?.kind {
      writer.raw("<p class=\"conflict-kind\">")
      writer.text(edition.words.kind(kind))
      writer.raw("</p>\n")
    }
    writer.raw("<ul class=\"rivals\">\n")
    for fact in facts { write(fact, among: facts, isPreferred: fact.id == conflict.decision?.preferred, to: &writer) }
    writer.raw("</ul>\n")
    if let reason = conflict.reason(in: edition.language) {
      writer.raw("<p>")
      writer.text(reason)
      writer.raw("</p>\n")
    }
    writer.raw("</section>\n")
  }

  private func write(_ fact: Fact, among facts: [Fact], isPreferred: Bool, to writer: inout MarkupWriter) {
    writer.raw(isPreferred ? "<li class=\"is-preferred\">" : "<li>")
    writer.raw("<p class=\"rival-value\"><a")
    writer.attribute("href", route.link(to: edition.route("data"), anchor: "fact-\(fact.id)"))
    writer.raw("><data")
    writer.attribute("value", shortestNumber(fact.value))
    writer.raw(">")
    writer.text(describer.written(fact))
    writer.raw("</data></a>")
    if let kind = describer.kindLabel(fact.kind) {
      writer.raw(" <span class=\"fact-kind\">")
      writer.text(kind)
      writer.raw("</span>")
    }
    if isPreferred {
      writer.raw(" <strong class=\"preferred\">")
      writer.text(edition.words["preferred"])
      writer.raw("</strong>")
    }
    writer.raw("</p><p class=\"rival-source\">")
    let own = words([
      isShared(\.metric, facts) ? "" : name(fact.metric), isShared(\.entity, facts) ? "" : name(fact.entity),
      isShared(\.period.ledgerText, facts) ? "" : period(fact),
    ])
    if !own.isEmpty {
      writer.raw("<span class=\"rival-name\">")
      writer.text(own)
      writer.raw("</span> ")
    }
    writer.raw("<a")
    writer.attribute("href", route.link(to: edition.route("references"), anchor: "ref-\(fact.source)"))
    writer.raw(">")
    writer.text(describer.sourceTitle(fact.source))
    writer.raw("</a>")
    if let place = describer.place(fact.locator) {
      writer.raw(" <span class=\"fact-locator\">")
      writer.text(place)
      writer.raw("</span>")
    }
    writer.raw("</p></li>\n")
  }

  // MARK: - Words

  private func facts(of conflict: DisplayedConflict) -> [Fact] { conflict.facts.compactMap { site.data.ledger[$0] } }

  private func isShared(_ property: (Fact) -> String, _ facts: [Fact]) -> Bool {
    facts.allSatisfy { property($0) == property(facts[0]) }
  }

  private func name(_ key: String) -> String { site.data.names.name(of: key, in: edition.language) ?? key }
  private func period(_ fact: Fact) -> String { fact.period.text(language: edition.language) }

  private func words(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: edition.language.isChinese ? "，" : ", ")
  }
}
