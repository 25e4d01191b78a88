private import AlmanacCore
private import Localization
private import Notation

/// Differences of one sort, as an editor reads them: the same in text and in Markdown.
struct DifferenceSection {
  /// One difference.
  struct Entry {
    /// What it is about: an id or a route.
    var name: String
    /// `515 million → 520 million (+1%)`; may be empty.
    var headline = ""
    /// What else is to say, a phrase each.
    var details: [String] = []
    /// Routes of the pages that show it.
    var pages: [String] = []
  }

  var title: String
  var entries: [Entry]
}

/// Returns the sections that are not empty, what misleads most first.
func describe(_ differences: RecordDifferences) -> [DifferenceSection] {
  func changes(_ sort: FactChange.Sort) -> [DifferenceSection.Entry] {
    differences.factChanges.filter { $0.sort == sort }.map(entry)
  }
  let lasting = differences.conflictChanges
  let sections: [(String, [DifferenceSection.Entry])] = [
    ("Numbers changed", changes(.changed)),
    ("Numbers restated", changes(.restated)),
    ("Numbers in another unit", changes(.unitChanged)),
    ("Numbers of another kind", changes(.kindChanged)),
    ("Numbers about something else", changes(.subjectChanged)),
    ("Numbers new", differences.newFacts.map(entry)),
    ("Numbers gone", differences.goneFacts.map(entry)),
    ("Conflicts opened", differences.openedConflicts.map(entry)),
    ("Conflicts closed", differences.closedConflicts.map(entry)),
    ("Conflicts decided otherwise", lasting.filter(\.isDecidedOtherwise).map(entry)),
    ("Conflicts of other rows", lasting.filter { !$0.isDecidedOtherwise }.map(entry)),
    ("Figures new", differences.newFigures.map { .init(name: $0.id, pages: $0.pages) }),
    ("Figures gone", differences.goneFigures.map { .init(name: $0.id, pages: $0.pages) }),
    ("Figures touched", differences.figureChanges.map(entry)),
    ("Pages new", differences.newPages.map { .init(name: $0.route, headline: $0.title) }),
    ("Pages gone", differences.gonePages.map { .init(name: $0.route, headline: $0.title) }),
    ("Pages that show a number that differs", differences.touchedPages.map { .init(name: $0) }),
    ("Pages with other words", differences.rewrittenPages.map { .init(name: $0) }),
  ]
  return sections.filter { !$0.1.isEmpty }.map { DifferenceSection(title: $0.0, entries: $0.1) }
}

// MARK: - Numbers

private func entry(_ fact: RecordedFact) -> DifferenceSection.Entry {
  let words = [fact.period, fact.kind, fact.source].filter { !$0.isEmpty }
  let value = written(fact)
  return DifferenceSection.Entry(
    name: fact.id, headline: words.isEmpty ? value : "\(value) (\(words.joined(separator: ", ")))", pages: fact.pages)
}

private func entry(_ change: FactChange) -> DifferenceSection.Entry {
  let (old, new) = (change.old, change.new)
  var details: [String] = []
  func tell(_ aspect: FactChange.Aspect, _ word: String, _ before: String, _ after: String) {
    if change.aspects.contains(aspect) { details.append("\(word) \(arrow(before, after))") }
  }
  tell(.id, "id", old.id, new.id)
  tell(.subject, "about", subjectText(old), subjectText(new))
  tell(.unit, "unit", old.unit, new.unit)
  tell(.source, "source", old.source, new.source)
  tell(.printed, "printed", "'\(old.printed)'", "'\(new.printed)'")
  tell(.kind, "kind", old.kind, new.kind)
  return DifferenceSection.Entry(
    name: new.id, headline: valueText(change), details: details, pages: change.pages)
}

/// Returns `515 million → 520 million (+1%)`, or the one value that both have.
private func valueText(_ change: FactChange) -> String {
  let texts = ChangedValue(change, language: .english, measure: { MeasureUnit(recorded: $0) })
  guard texts.before != texts.after || change.old.value != change.new.value else { return texts.after }
  return arrow(texts.before, texts.after) + (texts.difference.map { " (\($0))" } ?? "")
}

private func written(_ fact: RecordedFact) -> String {
  writtenValue(
    fact.value, unit: MeasureUnit(recorded: fact.unit), digits: significantDigits(fact.value), language: .english)
}

private func subjectText(_ fact: RecordedFact) -> String {
  guard let subject = fact.subject else { return fact.period }
  return [subject.metric, subject.entity, subject.region, subject.period].filter { !$0.isEmpty }
    .joined(separator: " ")
}

// MARK: - Conflicts

private func entry(_ conflict: RecordedConflict) -> DifferenceSection.Entry {
  DifferenceSection.Entry(name: conflict.facts.joined(separator: ", "), headline: decisionText(conflict))
}

private func entry(_ change: ConflictChange) -> DifferenceSection.Entry {
  var entry = DifferenceSection.Entry(name: change.new.facts.joined(separator: ", "))
  let (before, after) = (decisionText(change.old), decisionText(change.new))
  if before != after { entry.headline = arrow(before, after) }
  if let before = change.old.kind, before != change.new.kind {
    entry.details.append("kind \(arrow(before, change.new.kind ?? ""))")
  }
  if change.old.facts != change.new.facts {
    entry.details.append("rows were \(change.old.facts.joined(separator: ", "))")
  }
  return entry
}

private func decisionText(_ conflict: RecordedConflict) -> String {
  guard let decision = conflict.decision else { return "undecided" }
  return conflict.preferred.map { "\(decision) prefers \($0)" } ?? decision
}

// MARK: - Figures

private func entry(_ change: FigureChange) -> DifferenceSection.Entry {
  let details = change.aspects.map { aspect in
    switch aspect {
    case .numbers: "shows \(change.facts.prefix(5).joined(separator: ", "))\(change.facts.count > 5 ? ", …" : "")"
    case .rows: "other rows"
    case .kind: "kind \(arrow(change.old.kind, change.new.kind))"
    case .caption: "caption \(arrow("'\(change.old.caption ?? "")'", "'\(change.new.caption ?? "")'"))"
    case .drawing: "drawn or described otherwise"
    }
  }
  return DifferenceSection.Entry(name: change.new.id, details: details, pages: change.new.pages)
}

private func arrow(_ before: String, _ after: String) -> String {
  "\(before.isEmpty ? "nothing" : before) → \(after.isEmpty ? "nothing" : after)"
}
