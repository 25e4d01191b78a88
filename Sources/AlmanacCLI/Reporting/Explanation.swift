import AlmanacCore
import Datasets
import Localization
import Notation
import ReportModel

/// Everything that the report knows about one fact, for `almanac explain`.
struct Explanation {
  /// A bound number in a chapter.
  struct Place {
    var span: SourceSpan
    /// Whether it is computed from the fact rather than the fact itself.
    var isDerived: Bool
    /// The ids of all facts it names.
    var facts: [String]

    var name: String { "\(span.path):\(span.start.line):\(span.start.column)" }
  }

  let fact: Fact
  let data: ReportData
  let language: LanguageTag
  let places: [Place]
  let references: [Reference]
  /// Routes of the pages that show it, in prose, tables or charts.
  let pages: [String]

  init(
    of fact: Fact, data: ReportData, language: LanguageTag, places: [Place], references: [Reference], pages: [String]
  ) {
    self.fact = fact
    self.data = data
    self.language = language
    self.places = places
    self.references = references
    self.pages = pages
  }

  private var title: String? { references.first { $0.id == fact.source }?.title[language] }

  /// The rows that a conflict sets beside the fact, and the decision.
  private var rivals: [(decision: ConflictDecision?, facts: [Fact])] {
    var found = data.conflicts.decisions(on: fact.id).map { decision in
      (decision: Optional(decision), ids: decision.rows.map(\.id))
    }
    for conflict in data.conflicts.found where conflict.facts.contains(fact.id) && conflict.decision == nil {
      found.append((nil, conflict.facts))
    }
    return found.map { decision, ids in (decision, ids.filter { $0 != fact.id }.compactMap { data.ledger[$0] }) }
  }

  private func written(_ fact: Fact) -> String {
    formatQuantity(
      fact.value, unit: fact.measure, style: QuantityStyle(significantDigits: fact.quantity?.significantDigits),
      language: language)
  }

  /// A text with its bound numbers written out, as a page shows them.
  private func withNumbers(_ text: String) -> String {
    text.replacing(/`\{v\}\s*([^`]*)`/) { match in
      let bound = parseBoundValue(Array(match.1.utf8)) { SourceSpan(path: "", line: 1, column: $0.lowerBound + 1) }
        .value
      guard let value = bound.expression.flatMap({ resolveValue($0, in: data).value }) else { return String(match.0) }
      let style = QuantityStyle(
        significantDigits: value.significantDigits, format: bound.options.format.flatMap { NumberFormatSpecifier($0) },
        showsUnit: bound.options.unit != "off"
      )
      return formatQuantity(
        value.value, unit: data.names.measure(value.unit) ?? .count, style: style, language: language)
    }
  }

  private func name(_ key: String) -> String { data.names.name(of: key, in: language) ?? key }

  // MARK: - For people

  var text: String {
    var lines = [fact.id, "  \(name(fact.metric)), \(name(fact.entity)), \(fact.period.text(language: language))"]
    lines.append("  \(written(fact)) (\(fact.kind.rawValue)), exactly \(shortestNumber(fact.value)) \(fact.unit)")
    if let span = data.ledger.span(of: fact) { lines.append("  stands in \(span.path):\(span.start.line)") }
    lines.append("")
    lines.append("Comes from")
    lines.append("  \(fact.source)\(title.map { ": \($0)" } ?? ""), \(fact.locator?.description ?? "no place")")
    if !fact.printed.isEmpty { lines.append("  printed there as '\(fact.printed)'") }
    if !fact.note.isEmpty { lines.append("  note: \(fact.note)") }
    for (decision, facts) in rivals {
      lines.append("")
      lines.append("Conflicts with\(decision.map { " (\($0.id), \($0.kind.rawValue))" } ?? ", undecided")")
      for rival in facts { lines.append("  \(rival.id): \(written(rival)), \(rival.source)") }
      if let preferred = decision?.preferred {
        lines.append(preferred == fact.id ? "  the report uses this one" : "  the report uses \(preferred)")
      }
      if let reason = decision?.reason {
        let text = reason.scalarText ?? reason[language.rawValue]?.scalarText ?? ""
        lines.append("  \(withNumbers(text).split(whereSeparator: \.isNewline).joined(separator: " "))")
      }
    }
    list("Bound in", places.filter { !$0.isDerived }.map(\.name), &lines)
    list(
      "Computed with in",
      places.filter(\.isDerived).map { place in
        let others = place.facts.filter { $0 != fact.id }
        return others.isEmpty ? place.name : "\(place.name) with \(others.joined(separator: ", "))"
      }, &lines)
    list("Shown on", pages, &lines)
    if places.isEmpty, pages.isEmpty { lines += ["", "Used nowhere"] }
    return lines.joined(separator: "\n") + "\n"
  }

  private func list(_ title: String, _ items: [String], _ lines: inout [String]) {
    guard !items.isEmpty else { return }
    lines += ["", title] + items.map { "  \($0)" }
  }

  // MARK: - For programs

  var json: String {
    func texts(_ items: [String]) -> String { "[" + items.map(jsonString).joined(separator: ",") + "]" }
    func place(_ place: Place) -> String {
      "{\"path\":\(jsonString(place.span.path)),\"line\":\(place.span.start.line),\"column\":\(place.span.start.column),\"facts\":\(texts(place.facts))}"
    }
    let conflicts = rivals.map { decision, facts in
      var members = ["\"facts\":" + texts(facts.map(\.id))]
      if let decision {
        members.append("\"decision\":\(jsonString(decision.id))")
        members.append("\"kind\":\(jsonString(decision.kind.rawValue))")
        if let preferred = decision.preferred { members.append("\"preferred\":\(jsonString(preferred))") }
      }
      return "{\(members.joined(separator: ","))}"
    }
    var members = [
      "\"id\":\(jsonString(fact.id))", "\"value\":\(shortestNumber(fact.value))", "\"unit\":\(jsonString(fact.unit))",
      "\"kind\":\(jsonString(fact.kind.rawValue))", "\"period\":\(jsonString(fact.period.ledgerText))",
      "\"printed\":\(jsonString(fact.printed))", "\"source\":\(jsonString(fact.source))",
    ]
    if let title { members.append("\"sourceTitle\":\(jsonString(title))") }
    if let locator = fact.locator { members.append("\"locator\":\(jsonString(locator.description))") }
    members.append("\"conflicts\":[\(conflicts.joined(separator: ","))]")
    members.append("\"bound\":[\(places.filter { !$0.isDerived }.map(place).joined(separator: ","))]")
    members.append("\"derived\":[\(places.filter(\.isDerived).map(place).joined(separator: ","))]")
    members.append("\"pages\":\(texts(pages))")
    return "{\(members.joined(separator: ","))}\n"
  }
}
