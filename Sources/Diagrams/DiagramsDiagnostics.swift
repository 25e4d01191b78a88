internal import AlmanacCore
internal import Notation

// What can be wrong with a diagram, sorted by code. Members that are missing, unknown or of another type are told by the
// reader of objects: `diagram.missing-key`, `diagram.unknown-key`, `diagram.wrong-type`, `diagram.unknown-word`.

extension Diagnostic {
  static func diagramBadDate(_ found: NotationValue, key: String) -> Diagnostic {
    .error(
      "diagram.bad-date", "'\(key)': \(found.kindDescription) is no date", at: found.span,
      hint: "write 2023, 2023-07, 2023-07-10, 2023-Q3 or 2023-H2")
  }

  static func diagramBadValue(_ text: String, row: Int? = nil, at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.bad-value", "the value '\(shortened(text))'\(row.map { " in row \($0)" } ?? "") is no positive number",
      at: span, hint: "widths and areas can only show amounts")
  }

  static func diagramCycle(_ names: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.cycle", "links run in a circle: \(names.map { "'\(shortened($0))'" }.joined(separator: " to "))",
      at: span,
      hint: "a Sankey diagram flows in one direction; draw circles with kind: flow or kind: cycle")
  }

  static func diagramDateOrder(at span: SourceSpan) -> Diagnostic {
    .error("diagram.date-order", "the span ends before it begins", at: span, hint: "exchange 'from' and 'to'")
  }

  static func diagramDuplicateID(_ id: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "diagram.duplicate-id", "id '\(shortened(id))' is used twice", at: span,
      notes: [Note("first used here", at: first)])
  }

  static func diagramEmpty(_ key: String, at span: SourceSpan) -> Diagnostic {
    .error("diagram.empty", "'\(key)' holds nothing to draw", at: span)
  }

  static func diagramEventTime(hasBoth: Bool, at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.event-time", hasBoth ? "the event has both 'at' and 'from'" : "the event has no time", at: span,
      hint: "write 'at: 2023-07', or 'from: …' and 'to: …'")
  }

  static func diagramMissingColumn(_ column: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.missing-column", "the query gives no column '\(column)'", at: span,
      hint: "its columns are \(known.isEmpty ? "none" : known.joined(separator: ", ")); rename one with AS \(column)")
  }

  static func diagramNoData(_ kind: DiagramKind, list: String, columns: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.no-data", "the \(kind.rawValue) has no values", at: span,
      hint: "add 'query: SELECT …' with the columns \(columns), 'dataset: NAME', or '\(list):'")
  }

  static func diagramOutOfRange(_ found: NotationValue, key: String, _ range: String) -> Diagnostic {
    .error(
      "diagram.out-of-range", "'\(key)': \(found.kindDescription) is not \(range)", at: found.span)
  }

  static func diagramRowLength(_ found: Int, columns: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.row-length",
      "the row has \(found) cell\(found == 1 ? "" : "s") for \(columns) column\(columns == 1 ? "" : "s")",
      at: span, hint: "write '' for an empty cell")
  }

  static func diagramSelfLoop(_ id: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.self-loop", "'\(shortened(id))' leads to itself", at: span,
      hint: "say in the node's text that it repeats")
  }

  static func diagramSingleStep(at span: SourceSpan) -> Diagnostic {
    .error("diagram.single-step", "a cycle has at least two steps", at: span, hint: "add the next step")
  }

  static func diagramTextTooLong(limit: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.text-too-long", "text of more than \(limit) characters", at: span,
      hint: "a diagram holds labels and phrases; say the rest in the chapter")
  }

  static func diagramTooDeep(limit: Int, at span: SourceSpan) -> Diagnostic {
    .error("diagram.too-deep", "the tree has more than \(limit) levels", at: span, hint: "split it into two trees")
  }

  static func diagramTooMany(_ what: String, count: Int, limit: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.too-many", "\(count) \(what) are more than the \(limit) that a picture can show", at: span,
      hint: "split the diagram, or use a table")
  }

  static func diagramUnboundValue(_ found: NotationValue) -> Diagnostic {
    .error(
      "diagram.unbound-value", "'value': expected a bound number, found \(found.kindDescription)", at: found.span,
      hint: "write \"`{v} id`\", or take all values from a query")
  }

  static func unknownDiagramKind(_ found: NotationValue) -> Diagnostic {
    .error(
      "diagram.unknown-kind",
      "no diagram is of kind \(found.scalarText.map { "'\(shortened($0))'" } ?? found.kindDescription)",
      at: found.span,
      hint: found.scalarText.flatMap { unknownWordHint($0, among: DiagramKind.allCases.map(\.rawValue)) })
  }

  static func diagramUnknownGroup(_ id: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.unknown-group", "no group has the id '\(shortened(id))'", at: span,
      hint: unknownWordHint(id, among: known))
  }

  static func diagramUnknownNode(_ id: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "diagram.unknown-node", "no node has the id '\(shortened(id))'", at: span, hint: unknownWordHint(id, among: known)
    )
  }

  static func diagramUnknownUnit(_ found: NotationValue, among keys: [String]) -> Diagnostic {
    .error(
      "diagram.unknown-unit",
      "no unit is \(found.scalarText.map { "named '\(shortened($0))'" } ?? found.kindDescription)",
      at: found.span, hint: found.scalarText.flatMap { unknownWordHint($0, among: keys) })
  }
}
