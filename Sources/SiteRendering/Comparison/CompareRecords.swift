/// Compares what two builds of a report say.
///
/// Numbers are matched by id, then by subject: a number that is gone and a new one with the same metric, entity, region and
/// period are one number restated. Conflicts are matched by any row they share.
/// - Complexity: O(*n*) in the size of both records.
package func compareRecords(old: RecordedReport, new: RecordedReport) -> RecordDifferences {
  var differences = RecordDifferences()
  compareFacts(old.facts, new.facts, &differences)
  compareConflicts(old.conflicts, new.conflicts, &differences)
  (differences.newFigures, differences.goneFigures) = newAndGone(old.figures, new.figures, by: \.id)
  (differences.newPages, differences.gonePages) = newAndGone(old.pages, new.pages, by: \.route)
  let touched = Set(
    differences.factChanges.flatMap(\.pages) + (differences.newFacts + differences.goneFacts).flatMap(\.pages))
  let oldPages = Set(old.pages.map(\.route))
  differences.touchedPages = new.pages.map(\.route).filter { touched.contains($0) && oldPages.contains($0) }
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
  var places: [String: Int] = [:]
  for place in old.indices {
    for fact in old[place].facts where places[fact] == nil { places[fact] = place }
  }
  var matched: Set<Int> = []
  for conflict in new {
    let place = conflict.facts.lazy.compactMap { places[$0] }.first { !matched.contains($0) }
    guard let place else {
      differences.openedConflicts.append(conflict)
      continue
    }
    matched.insert(place)
    if old[place] != conflict { differences.conflictChanges.append(ConflictChange(old: old[place], new: conflict)) }
  }
  differences.closedConflicts = old.indices.filter { !matched.contains($0) }.map { old[$0] }
}

// MARK: - Figures and pages

private func newAndGone<Item>(_ old: [Item], _ new: [Item], by key: (Item) -> String) -> (new: [Item], gone: [Item]) {
  let oldKeys = Set(old.map(key))
  let newKeys = Set(new.map(key))
  return (new.filter { !oldKeys.contains(key($0)) }, old.filter { !newKeys.contains(key($0)) })
}
