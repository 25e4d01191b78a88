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
    ("Pages new", differences.newPages.map { .init(name: $0.route, headline: $0.title) }),
    ("Pages gone", differences.gonePages.map { .init(name: $0.route, headline: $0.title) }),
    ("Pages that show a number that differs", differences.touchedPages.map { .init(name: $0) }),
  ]
  return sections.filter { !$0.1.isEmpty }.map { DifferenceSection(title: $0.0, entries: $0.1) }
}

// MARK: - Numbers

private func entry(_ fact: RecordedFact) -> DifferenceSection.Entry {
  let words = [fact.period, fact.kind, fact.source].filter { !$0.isEmpty }
  let value = written(fact.value, unit: fact.unit, digits: significantDigits(fact.value))
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
  let (old, new) = (change.old, change.new)
  let digits = max(significantDigits(old.value), significantDigits(new.value))
  var before = written(old.value, unit: old.unit, digits: digits)
  var after = written(new.value, unit: new.unit, digits: digits)
  if old.value == new.value, before == after { return after }
  if before == after {
    // The difference lies behind the digits that people read.
    before = written(old.value, unit: old.unit, digits: digits, scales: false)
    after = written(new.value, unit: new.unit, digits: digits, scales: false)
  }
  let style = QuantityStyle(showsPlus: true)
  var text = arrow(before, after)
  if old.unit == new.unit, ["percent", "percentage-points"].contains(new.unit) {
    let points = MeasureUnit(key: "percentage-points", kind: .percentagePoints)
    text += " (\(formatQuantity(new.value - old.value, unit: points, style: style, language: .english)))"
  } else if let relative = change.relativeChange {
    let percent = MeasureUnit(key: "percent", kind: .percent)
    text += " (\(formatQuantity(relative * 100, unit: percent, style: style, language: .english)))"
  }
  return text
}

/// - Parameter scales: `false` for all digits and no million.
private func written(_ value: Double, unit: String, digits: Int, scales: Bool = true) -> String {
  let measure = MeasureUnit(builtIn: unit) ?? MeasureUnit(key: unit, kind: .custom, symbols: ["en": " \(unit)"])
  return formatQuantity(
    value, unit: measure, style: QuantityStyle(significantDigits: digits, scales: scales), language: .english)
}

/// Returns how many digits a value has without the zeros at its ends: 3 for 515000000.
private func significantDigits(_ value: Double) -> Int {
  let mantissa = shortestNumber(value).prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber)
  return max(1, mantissa.drop { $0 == "0" }.reversed().drop { $0 == "0" }.count)
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
  if change.isDecidedOtherwise { entry.headline = arrow(decisionText(change.old), decisionText(change.new)) }
  if change.old.facts != change.new.facts {
    entry.details.append("rows were \(change.old.facts.joined(separator: ", "))")
  }
  return entry
}

private func decisionText(_ conflict: RecordedConflict) -> String {
  guard let decision = conflict.decision else { return "undecided" }
  return conflict.preferred.map { "\(decision) prefers \($0)" } ?? decision
}

private func arrow(_ before: String, _ after: String) -> String {
  "\(before.isEmpty ? "nothing" : before) → \(after.isEmpty ? "nothing" : after)"
}
