/// Compares what two builds of a report say.
///
/// Numbers are matched by id, then by subject: a number that is gone and a new one with the same metric, entity, region and
/// period are one number restated. Conflicts are matched by their decision, then by their rows, then by any row they share.
/// A figure is touched when it draws a number that differs, other rows, or is drawn or described otherwise.
/// - Complexity: O(*n*) in the size of both records.
package func compareRecords(old: RecordedReport, new: RecordedReport) -> RecordDifferences {
  var differences = RecordDifferences()
  compareFacts(old.facts, new.facts, &differences)
  compareConflicts(old.conflicts, new.conflicts, &differences)
  (differences.newFigures, differences.goneFigures) = newAndGone(old.figures, new.figures, by: \.id)
  compareFigures(old.figures, new.figures, &differences)
  (differences.newPages, differences.gonePages) = newAndGone(old.pages, new.pages, by: \.route)
  let touched = Set(
    differences.factChanges.flatMap(\.pages) + (differences.newFacts + differences.goneFacts).flatMap(\.pages))
  let oldPages = Dictionary(old.pages.map { ($0.route, $0) }, uniquingKeysWith: { first, _ in first })
  differences.touchedPages = new.pages.map(\.route).filter { touched.contains($0) && oldPages[$0] != nil }
  differences.rewrittenPages = new.pages.filter { page in
    guard let text = page.text, let before = oldPages[page.route]?.text else { return false }
    return text != before
  }.map(\.route)
  return differences
}

// MARK: - Numbers

private func compareFacts(_ old: [RecordedFact], _ new: [RecordedFact], _ differences: inout RecordDifferences) {
  let places = Dictionary(old.indices.map { (old[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
  let newIDs = Set(new.map(\.id))
  // What may have gone on under another id, by subject, the first row last.
  var rest: [RecordedFact.Subject: [Int]] = [:]
  for place in old.indices.reversed() where !newIDs.contains(old[place].id) {
    if let subject = old[place].subject { rest[subject, default: []].append(place) }
  }
  var matched: Set<Int> = []
  for fact in new {
    let place = places[fact.id] ?? fact.subject.flatMap { rest[$0]?.popLast() }
    guard let place else {
      differences.newFacts.append(fact)
      continue
    }
    matched.insert(place)
    let aspects = aspects(old[place], fact)
    if !aspects.isEmpty {
      differences.factChanges.append(FactChange(old: old[place], new: fact, aspects: aspects))
    }
  }
  differences.goneFacts = old.indices.filter { !matched.contains($0) }.map { old[$0] }
}

private func aspects(_ old: RecordedFact, _ new: RecordedFact) -> [FactChange.Aspect] {
  FactChange.Aspect.allCases.filter { aspect in
    switch aspect {
    case .id: old.id != new.id
    case .subject:
      // An older record knows the period alone.
      old.period != new.period || old.subject != nil && new.subject != nil && old.subject != new.subject
    case .value: old.value != new.value
    case .unit: old.unit != new.unit
    case .kind: old.kind != new.kind
    case .source: old.source != new.source
    case .printed: old.printed != new.printed
    }
  }
}

// MARK: - Conflicts

private func compareConflicts(
  _ old: [RecordedConflict], _ new: [RecordedConflict], _ differences: inout RecordDifferences
) {
  // A record that does not say how its conflicts were found lists those found by keys alone.
  let isOlder = !old.isEmpty && old.allSatisfy { $0.discovery == nil }
  let new = isOlder ? new.filter { $0.discovery != .decision } : new
  let pairs = pairs(of: old, new)
  for (place, conflict) in new.enumerated() {
    guard let before = pairs[place].map({ old[$0] }) else {
      differences.openedConflicts.append(conflict)
      continue
    }
    let change = ConflictChange(old: before, new: conflict)
    if change.isDecidedOtherwise || Set(before.facts) != Set(conflict.facts) {
      differences.conflictChanges.append(change)
    }
  }
  let matched = Set(pairs.values)
  differences.closedConflicts = old.indices.filter { !matched.contains($0) }.map { old[$0] }
}

/// Returns for places of the new list the place of the same conflict in the old one: the surest matches first.
private func pairs(of old: [RecordedConflict], _ new: [RecordedConflict]) -> [Int: Int] {
  var pairs: [Int: Int] = [:]
  var matched: Set<Int> = []
  func match(_ keys: (RecordedConflict) -> [String]) {
    var places: [String: [Int]] = [:]
    for place in old.indices where !matched.contains(place) {
      for key in keys(old[place]) { places[key, default: []].append(place) }
    }
    for (place, conflict) in new.enumerated() where pairs[place] == nil {
      let found = keys(conflict).lazy.compactMap { places[$0]?.first { !matched.contains($0) } }.first
      guard let found else { continue }
      pairs[place] = found
      matched.insert(found)
    }
  }
  match { $0.decision.map { [$0] } ?? [] }
  match { [$0.facts.sorted().joined(separator: "\n")] }
  match(\.facts)
  return pairs
}

// MARK: - Figures and pages

private func compareFigures(
  _ old: [RecordedFigure], _ new: [RecordedFigure], _ differences: inout RecordDifferences
) {
  let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  let differing = Set(
    differences.factChanges.flatMap { [$0.old.id, $0.new.id] }
      + (differences.newFacts + differences.goneFacts).map(\.id))
  for figure in new {
    guard let old = before[figure.id] else { continue }
    func differs(_ value: (RecordedFigure) -> String?) -> Bool {
      guard let before = value(old), let after = value(figure) else { return false }
      return before != after
    }
    let facts = figure.facts + old.facts.filter { !figure.facts.contains($0) }
    let touched = facts.filter(differing.contains)
    let aspects = FigureChange.Aspect.allCases.filter { aspect in
      switch aspect {
      case .numbers: !touched.isEmpty
      case .rows: touched.isEmpty && differs(\.rows)
      case .kind: old.kind != figure.kind
      case .caption: differs(\.caption)
      case .drawing: differs(\.drawing)
      }
    }
    if !aspects.isEmpty {
      differences.figureChanges.append(FigureChange(old: old, new: figure, aspects: aspects, facts: touched))
    }
  }
}

private func newAndGone<Item>(_ old: [Item], _ new: [Item], by key: (Item) -> String) -> (new: [Item], gone: [Item]) {
  let oldKeys = Set(old.map(key))
  let newKeys = Set(new.map(key))
  return (new.filter { !oldKeys.contains(key($0)) }, old.filter { !newKeys.contains(key($0)) })
}
