package import AlmanacCore
package import Datasets
private import Notation

/// Reads `Content/data/constraints.yaml`.
///
/// Diagnoses `constraints.…`: keys that are missing, unknown or of the wrong type, `constraints.duplicate-id`,
/// `constraints.no-relation`, `constraints.unknown-metric`, `constraints.unknown-unit`; and what is wrong with expressions,
/// as in a bound number.
package func readConstraints(_ file: SourceFile, names: NameTable) -> Diagnosed<Constraints> {
  var diagnostics: [Diagnostic] = []
  var constraints = Constraints()
  var reader = ObjectReader(parseYAML(file).value(reportingTo: &diagnostics), area: "constraints")
  if var units = reader.reader("units") {
    for metric in units.keys {
      let allowed = units.texts(metric)
      let span = units.value.member(metric)?.keySpan ?? units.value.span
      if names[metric]?.section != .metrics {
        let known = names.entries.filter { $0.section == .metrics }.map(\.key)
        units.diagnostics.append(.constraintUnknownMetric(metric, at: span, known: known))
      }
      for (unit, span) in allowed where !names.isUnit(unit) {
        units.diagnostics.append(.constraintUnknownUnit(unit, at: span, known: names.unitKeys))
      }
      let known = allowed.map(\.text).filter(names.isUnit)
      if known.count == allowed.count { constraints.units[metric] = known }
    }
    reader.diagnostics += units.finish()
  }
  var firsts: [String: SourceSpan] = [:]
  for value in reader.list("checks") ?? [] {
    guard let check = readCheck(value).value(reportingTo: &diagnostics) else { continue }
    if let first = firsts[check.id] {
      diagnostics.append(.constraintDuplicateID(check, first: first))
    }
    firsts[check.id] = check.idSpan
    constraints.checks.append(check)
  }
  return Diagnosed(constraints, diagnostics + reader.finish())
}

private func readCheck(_ value: NotationValue) -> Diagnosed<Constraint?> {
  var reader = ObjectReader(value, area: "constraints")
  let id = reader.text("id", required: true)
  let text = reader.text("check", required: true)
  let slack = reader.number("slack") ?? 0
  let misfit = reader.text("misfit")
  var diagnostics = reader.finish()
  guard let id, let text, let written = value["check"] else { return Diagnosed(nil, diagnostics) }
  let bytes = Array(text.utf8)
  let words = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
  let relations = words.indices.filter {
    Constraint.Relation(rawValue: String(decoding: words[$0], as: UTF8.self)) != nil
  }
  guard relations.count == 1, let relation = relations.first.map({ words[$0] }) else {
    diagnostics.append(.constraintNoRelation(at: written.span))
    return Diagnosed(nil, diagnostics)
  }
  func side(_ range: Range<Int>) -> ValueExpression? {
    let offset = range.lowerBound
    return parseBoundValue(Array(bytes[range])) { part in
      written.span.part(part.lowerBound + offset..<part.upperBound + offset, of: text)
    }.value(reportingTo: &diagnostics).expression
  }
  guard let left = side(0..<relation.startIndex), let right = side(relation.endIndex..<bytes.count) else {
    return Diagnosed(nil, diagnostics)
  }
  return Diagnosed(
    Constraint(
      id: id, idSpan: value["id"]?.span ?? value.span, left: left,
      relation: Constraint.Relation(rawValue: String(decoding: relation, as: UTF8.self)) ?? .equal, right: right,
      text: text, span: written.span, slack: slack, knownMisfit: misfit), diagnostics)
}

extension SourceSpan {
  /// The place of some of a text's bytes, where the span is that of the text on one line; ids and operators are ASCII.
  fileprivate func part(_ range: Range<Int>, of text: String) -> SourceSpan {
    guard start.line == end.line else { return self }
    // A quote stands before the text.
    let quote = max(0, (end.column - start.column - text.unicodeScalars.count) / 2)
    let first = start.column + quote + range.lowerBound
    return SourceSpan(path: path, line: start.line, column: first, length: max(1, range.count))
  }
}
