internal import AlmanacCore
private import Notation

// What can be wrong with a query. Sorted by code; a code never changes its meaning.

extension Diagnostic {
  static func queryBadViewName(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "query.bad-view-name", "'\(shortened(name))' cannot name a query", at: span,
      hint: "use letters, digits and '_', a letter first")
  }

  static func queryCyclicView(_ cycle: [NamedQuery], at span: SourceSpan) -> Diagnostic {
    let names = cycle.map(\.name) + cycle.prefix(1).map(\.name)
    return .error(
      "query.cyclic-view", "queries use each other in a circle: \(names.joined(separator: " → "))", at: span,
      notes: cycle.map { .init("'\($0.name)' is defined here", at: $0.nameSpan) })
  }

  static func queryDuplicateColumn(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "query.duplicate-column", "two columns of the result are named '\(shortened(name))'", at: span,
      hint: "rename one: '\(shortened(name)) AS other'")
  }

  static func queryDuplicateView(_ name: String, at span: SourceSpan, first: SourceSpan?) -> Diagnostic {
    .error(
      "query.duplicate-view",
      first == nil ? "'\(name)' is the name of a table" : "two queries are named '\(name)'", at: span,
      notes: first.map { [.init("first here", at: $0)] } ?? [], hint: "give the query a name of its own")
  }

  static func queryFailed(_ message: String, at span: SourceSpan?) -> Diagnostic {
    .error("query.failed", "the query fails: \(message)", at: span)
  }

  static func queryNotAllowed(_ what: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "query.not-allowed", "\(what) is not allowed in a query", at: span,
      hint: what.contains("'")
        ? "a query gives the same result at every hour and on every machine" : "a query begins with SELECT or WITH")
  }

  static func queryParameter(at span: SourceSpan) -> Diagnostic {
    .error("query.parameter", "a query has no parameters", at: span, hint: "write the value instead of '?' or ':name'")
  }

  static func querySeveralStatements(at span: SourceSpan) -> Diagnostic {
    .error("query.several-statements", "a second statement begins", at: span, hint: "a fence holds one query")
  }

  static func querySyntax(_ message: String, at span: SourceSpan) -> Diagnostic {
    .error("query.syntax", message, at: span)
  }

  static func queryTooLarge(_ message: String, at span: SourceSpan) -> Diagnostic {
    .error("query.too-large", message, at: span, hint: "select fewer rows, or less of each")
  }

  static func queryTooManyRows(limit: Int, at span: SourceSpan) -> Diagnostic {
    .error("query.too-many-rows", "the query gives more than \(limit) rows", at: span, hint: "group them, or add LIMIT")
  }

  static func queryTooSlow(at span: SourceSpan) -> Diagnostic {
    .error(
      "query.too-slow", "the query takes too many steps", at: span,
      hint: "look for a join without a condition, or a recursion without an end")
  }

  static func queryUnknownColumn(_ name: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    let column = name.split(separator: ".").last.map(String.init) ?? name
    return .error(
      "query.unknown-column", "no column named '\(shortened(name))'", at: span,
      hint: unknownWordHint(column, among: known))
  }

  static func queryUnknownFact(_ id: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "query.unknown-fact", "column 'fact' holds '\(shortened(id))', which the ledger has not", at: span,
      hint: closestMatch(to: id, among: known).map { "did you mean '\($0)'?" })
  }

  static func queryUnknownFunction(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "query.unknown-function", "no function named '\(shortened(name))'", at: span,
      hint: closestMatch(to: name, among: sqlFunctions).map { "did you mean '\($0)'?" })
  }

  static func queryUnknownName(_ key: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "query.unknown-name", "the key '\(shortened(key))' has no name", at: span,
      hint: closestMatch(to: key, among: known).map { "did you mean '\($0)'?" } ?? "name it in names.yaml")
  }

  static func queryUnknownTable(_ name: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "query.unknown-table", "no dataset or query named '\(shortened(name))'", at: span,
      hint: unknownWordHint(name, among: known))
  }
}

private let sqlFunctions: [String] = [
  "name", "unit", "abs", "avg", "coalesce", "count", "date", "group_concat", "ifnull", "iif", "instr", "length",
  "lower",
  "ltrim", "max", "min", "nullif", "printf", "replace", "round", "rtrim", "strftime", "substr", "sum", "total", "trim",
  "upper", "row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value", "ntile", "json_extract",
]
