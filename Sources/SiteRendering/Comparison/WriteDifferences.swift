private import Notation

/// How differences are written.
package enum DifferenceFormat: String, CaseIterable, Hashable, Sendable {
  /// For a terminal.
  case text
  /// For a pull request.
  case markdown
  /// For programs.
  case json
}

/// Writes differences; says so when there are none.
package func writeDifferences(_ differences: RecordDifferences, as format: DifferenceFormat) -> String {
  switch format {
  case .text: text(differences)
  case .markdown: markdown(differences)
  case .json: json(differences)
  }
}

// MARK: - For people

private let nothing = "Both reports say the same."

private func text(_ differences: RecordDifferences) -> String {
  let sections = describe(differences)
  if sections.isEmpty { return nothing + "\n" }
  return sections.map { section in
    var text = "\(section.title) (\(section.entries.count))\n"
    for entry in section.entries {
      text += "  " + [entry.name, entry.headline].filter { !$0.isEmpty }.map(oneLine).joined(separator: ": ") + "\n"
      if !entry.details.isEmpty { text += "    " + entry.details.map(oneLine).joined(separator: "; ") + "\n" }
      if !entry.pages.isEmpty { text += "    on " + entry.pages.map(oneLine).joined(separator: ", ") + "\n" }
    }
    return text
  }.joined(separator: "\n")
}

private func markdown(_ differences: RecordDifferences) -> String {
  let sections = describe(differences)
  if sections.isEmpty { return nothing + "\n" }
  return sections.map { section in
    var text = "### \(section.title) (\(section.entries.count))\n\n"
    for entry in section.entries {
      text += "- \(code(entry.name))"
      let phrases = [entry.headline].filter { !$0.isEmpty } + entry.details
      if !phrases.isEmpty { text += ": " + phrases.map(markdownText).joined(separator: "; ") }
      if !entry.pages.isEmpty { text += ", on " + entry.pages.map(code).joined(separator: ", ") }
      text += "\n"
    }
    return text
  }.joined(separator: "\n")
}

/// Returns text without what could move a cursor or turn a line around; a record may come from anywhere.
private func oneLine(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA1, 0x2028, 0x2029: result.append(" ")
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: result.append("\u{FFFD}")
    default: result.append(scalar)
    }
  }
  return String(result)
}

private func code(_ text: String) -> String { "`\(oneLine(text).replacing("`", with: "'"))`" }

private func markdownText(_ text: String) -> String {
  var result = ""
  for character in oneLine(text).unicodeScalars {
    if "\\`*_[]<>|~&$#".unicodeScalars.contains(character) { result.unicodeScalars.append("\\") }
    result.unicodeScalars.append(character)
  }
  return result
}

// MARK: - For programs

/// Members: `numbers` (`changed`: id, sort, aspects, old, new, relativeChange, pages; `new`; `gone`), `conflicts` (`opened`,
/// `closed`, `changed`), `figures` (`new`, `gone`, `touched`: id, aspects, facts, old, new) and `pages` (`new`, `gone`; `touched`
/// by a number and `rewritten`: routes).
private func json(_ differences: RecordDifferences) -> String {
  var json = JSONWriter(indent: 1)
  json.beginObject()
  json.key("numbers")
  json.beginObject()
  json.array("changed", differences.factChanges) { json, change in
    json.beginObject()
    json.member("id", change.new.id)
    json.member("sort", change.sort.rawValue)
    json.texts("aspects", change.aspects.map(\.rawValue))
    if let relative = change.relativeChange, abs(relative) < 1e9 {
      json.member("relativeChange", (relative * 1e6).rounded() / 1e6)
    }
    json.key("old")
    json.fact(change.old)
    json.key("new")
    json.fact(change.new)
    json.texts("pages", change.pages)
    json.endObject()
  }
  json.array("new", differences.newFacts) { $0.fact($1) }
  json.array("gone", differences.goneFacts) { $0.fact($1) }
  json.endObject()
  json.key("conflicts")
  json.beginObject()
  json.array("opened", differences.openedConflicts) { $0.conflict($1) }
  json.array("closed", differences.closedConflicts) { $0.conflict($1) }
  json.array("changed", differences.conflictChanges) { json, change in
    json.beginObject()
    json.key("old")
    json.conflict(change.old)
    json.key("new")
    json.conflict(change.new)
    json.endObject()
  }
  json.endObject()
  json.key("figures")
  json.beginObject()
  json.array("new", differences.newFigures) { $0.figure($1) }
  json.array("gone", differences.goneFigures) { $0.figure($1) }
  json.array("touched", differences.figureChanges) { json, change in
    json.beginObject()
    json.member("id", change.new.id)
    json.texts("aspects", change.aspects.map(\.rawValue))
    json.texts("facts", change.facts)
    json.key("old")
    json.figure(change.old)
    json.key("new")
    json.figure(change.new)
    json.endObject()
  }
  json.endObject()
  json.key("pages")
  json.beginObject()
  json.array("new", differences.newPages) { $0.page($1) }
  json.array("gone", differences.gonePages) { $0.page($1) }
  json.texts("touched", differences.touchedPages)
  json.texts("rewritten", differences.rewrittenPages)
  json.endObject()
  json.endObject()
  return json.string + "\n"
}

extension JSONWriter {
  fileprivate mutating func array<Item>(_ key: String, _ items: [Item], _ write: (inout JSONWriter, Item) -> Void) {
    self.key(key)
    beginArray()
    for item in items { write(&self, item) }
    endArray()
  }

  fileprivate mutating func texts(_ key: String, _ texts: [String]) {
    array(key, texts) { $0.value($1) }
  }

  fileprivate mutating func fact(_ fact: RecordedFact) {
    beginObject()
    member("id", fact.id)
    member("metric", ifPresent: fact.subject?.metric)
    member("entity", ifPresent: fact.subject?.entity)
    member("region", ifPresent: fact.subject?.region)
    member("value", fact.value)
    member("unit", fact.unit)
    member("kind", fact.kind)
    member("period", fact.period)
    member("printed", fact.printed)
    member("source", fact.source)
    member("locator", fact.locator)
    texts("usedBy", fact.pages)
    endObject()
  }

  fileprivate mutating func conflict(_ conflict: RecordedConflict) {
    beginObject()
    texts("facts", conflict.facts)
    member("foundBy", ifPresent: conflict.discovery?.rawValue)
    member("kind", ifPresent: conflict.kind)
    member("decision", ifPresent: conflict.decision)
    member("preferred", ifPresent: conflict.preferred)
    endObject()
  }

  fileprivate mutating func figure(_ figure: RecordedFigure) {
    beginObject()
    member("id", figure.id)
    member("kind", figure.kind)
    member("caption", ifPresent: figure.caption)
    texts("pages", figure.pages)
    texts("facts", figure.facts)
    endObject()
  }

  fileprivate mutating func page(_ page: RecordedPage) {
    beginObject()
    member("route", page.route)
    member("title", page.title)
    endObject()
  }
}
