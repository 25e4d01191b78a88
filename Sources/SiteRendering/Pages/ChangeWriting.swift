internal import AlmanacCore
private import Datasets
private import Localization
private import Notation
internal import ReportModel

/// Says differences in the words of an edition, with links to the numbers, conflicts, figures and chapters they are about.
struct ChangeWriting {
  let edition: EditionSite
  private let site: Site
  private let changes: ReportChanges
  private let route: Route
  private let describer: ValueDescriber
  /// Where each conflict stands on its page, by its decision.
  private let conflictAnchors: [String: String]

  init(site: Site, edition: EditionSite, changes: ReportChanges) {
    self.site = site
    self.edition = edition
    self.changes = changes
    route = edition.route("changes")
    describer = ValueDescriber(site: site, edition: edition, route: route)
    let conflicts = site.sectionPages.contains("conflicts") ? displayedConflicts(of: site.data) : []
    conflictAnchors = Dictionary(
      conflicts.compactMap { conflict in conflict.decision.map { ($0.id, conflict.anchor) } },
      uniquingKeysWith: { first, _ in first })
  }

  private var words: PageWords { edition.words }

  /// The sections that are not empty, in the order of `almanac diff`.
  var sections: [ChangeSection] {
    let differences = changes.differences
    func numbers(_ sort: FactChange.Sort) -> [ChangeEntry] {
      differences.factChanges.filter { $0.sort == sort }.map(entry)
    }
    let lasting = differences.conflictChanges
    let sections: [(String, [ChangeEntry])] = [
      ("numbersChanged", numbers(.changed)), ("numbersRestated", numbers(.restated)),
      ("numbersOtherUnit", numbers(.unitChanged)), ("numbersOtherKind", numbers(.kindChanged)),
      ("numbersOtherSubject", numbers(.subjectChanged)), ("numbersNew", differences.newFacts.map(entry)),
      ("numbersGone", differences.goneFacts.map(entry)),
      ("conflictsOpened", differences.openedConflicts.map { entry($0) }),
      ("conflictsClosed", differences.closedConflicts.map { entry($0, isClosed: true) }),
      ("conflictsRedecided", lasting.filter(\.isDecidedOtherwise).map(entry)),
      ("conflictsOtherRows", lasting.filter { !$0.isDecidedOtherwise }.map(entry)),
      ("figuresNew", differences.newFigures.map { figure($0) }),
      ("figuresGone", differences.goneFigures.map { figure($0) }),
      ("figuresTouched", differences.figureChanges.map(entry)),
      ("pagesNew", pages(differences.newPages.map(\.route))), ("pagesGone", pages(differences.gonePages.map(\.route))),
      ("pagesTouched", pages(differences.touchedPages)), ("pagesRewritten", pages(differences.rewrittenPages)),
    ]
    return sections.filter { !$0.1.isEmpty }.map { ChangeSection(anchor: $0.0, title: words[$0.0], entries: $0.1) }
  }

  // MARK: - Numbers

  private func entry(_ fact: RecordedFact) -> ChangeEntry {
    var entry = ChangeEntry(name: name(of: fact), value: written(fact))
    if fact.kind != Fact.Kind.observed.rawValue { entry.details.append((words["kind"], [kind(fact)])) }
    entry.details.append((words["source"], [LinkedText(describer.sourceTitle(fact.source))]))
    addUses(fact.pages, of: fact, to: &entry)
    return entry
  }

  private func entry(_ change: FactChange) -> ChangeEntry {
    let (old, new) = (change.old, change.new)
    let values = ChangedValue(change, language: edition.language, measure: measure)
    var entry = ChangeEntry(name: name(of: new), value: values.after, difference: values.difference)
    if values.before != values.after { entry.oldValue = values.before }
    func tell(_ aspect: FactChange.Aspect, _ word: String, _ text: (RecordedFact) -> String) {
      if change.aspects.contains(aspect) {
        let language = aspect == .printed ? describer.printedLanguage(ofSource: new.source) : nil
        entry.details.append((words[word], [LinkedText(arrow(text(old), text(new)), language: language)]))
      }
    }
    tell(.id, "identifier", \.id)
    tell(.subject, "changedSubject") { name(of: $0).text }
    tell(.unit, "unit") { $0.unit == "count" ? words["missingValue"] : describer.unitWord($0.unit) ?? $0.unit }
    tell(.source, "source") { describer.sourceTitle($0.source) }
    tell(.printed, "printedAs", \.printed)
    tell(.kind, "kind") { kind($0).text }
    addUses(change.pages, to: &entry)
    return entry
  }

  private func written(_ fact: RecordedFact) -> String {
    writtenValue(
      fact.value, unit: measure(fact.unit), digits: significantDigits(fact.value), language: edition.language)
  }

  private func measure(_ unit: String) -> MeasureUnit {
    site.data.names.measure(unit) ?? MeasureUnit(recorded: unit)
  }

  private func kind(_ fact: RecordedFact) -> LinkedText {
    guard let kind = Fact.Kind(rawValue: fact.kind) else { return LinkedText(fact.kind) }
    return LinkedText(describer.kindLabel(kind) ?? words["kindObserved"])
  }

  /// "Users of generative AI, China, June 2025", with a link to its card where it still has one.
  private func name(of fact: RecordedFact) -> LinkedText {
    let href =
      site.data.ledger.contains(fact.id) ? route.link(to: edition.route("data"), anchor: "fact-\(fact.id)") : nil
    guard let subject = fact.subject else { return LinkedText(fact.id, href: href) }
    let parts = [subject.metric, subject.entity].filter { !$0.isEmpty }.map {
      site.data.names.name(of: $0, in: edition.language) ?? $0
    }
    let period = formatPeriod(subject.period, edition.language)
    return LinkedText((parts + [period]).joined(separator: edition.language.isChinese ? "，" : ", "), href: href)
  }

  /// - Parameter fact: a number that may be gone.
  private func addUses(_ routes: [String], of fact: RecordedFact? = nil, to entry: inout ChangeEntry) {
    let chapters = routes.compactMap(chapter)
    let isGone = fact.map { !site.data.ledger.contains($0.id) } ?? false
    if !chapters.isEmpty { entry.details.append((words[isGone ? "usedBefore" : "usedIn"], chapters)) }
  }

  // MARK: - Conflicts

  private func entry(_ conflict: RecordedConflict, isClosed: Bool = false) -> ChangeEntry {
    var entry = ChangeEntry(name: name(of: conflict))
    for id in conflict.facts {
      let key = id == conflict.preferred ? words[isClosed ? "preferredBefore" : "preferred"] : ""
      guard let fact = changes.facts[id] else {
        entry.details.append((key, [LinkedText(id)]))
        continue
      }
      entry.details.append(
        (key, [LinkedText(written(fact), href: name(of: fact).href), LinkedText(describer.sourceTitle(fact.source))]))
    }
    return entry
  }

  private func entry(_ change: ConflictChange) -> ChangeEntry {
    var entry = entry(change.new)
    if change.old.preferred != change.new.preferred {
      let value = change.old.preferred.map { id in changes.facts[id].map(written) ?? id }
      entry.details.append((words["preferredBefore"], [LinkedText(value ?? words["conflictUndecided"])]))
    }
    if let old = change.old.kind.flatMap({ ConflictDecision.Kind(rawValue: $0) }),
      let new = change.new.kind.flatMap({ ConflictDecision.Kind(rawValue: $0) }), old != new
    {
      entry.details.append((words["kind"], [LinkedText(arrow(words.kind(old), words.kind(new)))]))
    }
    return entry
  }

  /// What the first of the rivals measures, with a link to the conflict where it still is one.
  private func name(of conflict: RecordedConflict) -> LinkedText {
    let text = conflict.facts.first.map { id in changes.facts[id].map { name(of: $0).text } ?? id } ?? ""
    let anchor = conflict.decision.flatMap { conflictAnchors[$0] }
    return LinkedText(text, href: anchor.map { route.link(to: edition.route("conflicts"), anchor: $0) })
  }

  // MARK: - Figures and pages

  private func entry(_ change: FigureChange) -> ChangeEntry {
    var entry = figure(change.new)
    for aspect in change.aspects {
      switch aspect {
      case .numbers:
        let names = change.facts.prefix(5).map { id in changes.facts[id].map { name(of: $0) } ?? LinkedText(id) }
        entry.details.append((words["figureNumbers"], names + (change.facts.count > 5 ? [LinkedText("…")] : [])))
      case .rows: entry.details.append(("", [LinkedText(words["figureRows"])]))
      case .kind: entry.details.append((words["kind"], [LinkedText(arrow(change.old.kind, change.new.kind))]))
      // The record knows the captions of the first edition alone.
      case .caption: entry.details.append(("", [LinkedText(words["figureCaption"])]))
      case .drawing: entry.details.append(("", [LinkedText(words["figureDrawing"])]))
      }
    }
    return entry
  }

  /// "Figure 3: Users by country", with a link where it still stands.
  private func figure(_ figure: RecordedFigure) -> ChangeEntry {
    guard let target = edition.index.targets[figure.id], let label = edition.label(of: figure.id) else {
      return ChangeEntry(name: LinkedText(figure.caption ?? figure.id))
    }
    let page = edition.route(ofChapter: target.chapter)
    let separator = edition.language.isChinese ? "：" : ": "
    return ChangeEntry(
      name: LinkedText(label + separator + target.title, href: route.link(to: page, anchor: figure.id)))
  }

  /// Those of this edition.
  private func pages(_ routes: [String]) -> [ChangeEntry] {
    routes.compactMap { path in
      if let chapter = chapter(path) { return ChangeEntry(name: chapter) }
      guard path.hasPrefix("\(edition.language)/") else { return nil }
      let old = changes.earlier.record.pages.first { $0.route == path }
      return ChangeEntry(name: LinkedText(old?.title ?? path))
    }
  }

  /// The chapter of this edition that stands at an address.
  private func chapter(_ path: String) -> LinkedText? {
    let chapter = edition.chapters.first { edition.route(ofChapter: $0.name).path == path }
    return chapter.map { LinkedText($0.title, href: route.link(to: edition.route(ofChapter: $0.name))) }
  }

  private func arrow(_ before: String, _ after: String) -> String { "\(before) → \(after)" }
}
