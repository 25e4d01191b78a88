internal import AlmanacCore

// What can be wrong with a table. Sorted by code; a code never changes its meaning.

extension Diagnostic {
  static func tableBadFormat(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "table.bad-format", "'\(text)' is no number format", at: span,
      hint: "write 'auto', 'plain', or a d3 format such as '.1f'")
  }

  static func tableEmpty(at span: SourceSpan) -> Diagnostic {
    .warning("table.empty", "the table has no rows", at: span)
  }

  static func tableNotANumber(_ text: String, column: String, row: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "table.not-a-number", "column '\(column)' holds text in row \(row): '\(text)'", at: span,
      hint: "heat, bars, totals, units and number formats need numbers")
  }

  static func tableSplitSpan(_ column: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "table.split-span", "column '\(column)' does not stand beside the others of its span", at: span,
      hint: "a span covers neighbouring columns, and a column has one span")
  }

  static func tableUnknownColumn(_ field: TableSpecification.Field, among columns: [String]) -> Diagnostic {
    .error(
      "table.unknown-column", "no column '\(field.name)' in the table's data", at: field.span,
      hint: unknownWordHint(field.name, among: columns))
  }

  static func tableUnknownName(_ key: String, column: String, among keys: [String], at span: SourceSpan) -> Diagnostic {
    .warning(
      "table.unknown-name", "no name for '\(key)' in column '\(column)'", at: span,
      hint: closestMatch(to: key, among: keys).map { "did you mean '\($0)'?" } ?? "add the key to data/names.yaml")
  }

  static func tableUnknownRow(_ field: TableSpecification.Field, among rows: [String]) -> Diagnostic {
    .error(
      "table.unknown-row", "no row is headed '\(field.name)'", at: field.span,
      hint: closestMatch(to: field.name, among: rows).map { "did you mean '\($0)'?" })
  }

  static func tableUnknownUnit(_ field: TableSpecification.Field, among units: [String]) -> Diagnostic {
    .error(
      "table.unknown-unit", "no unit '\(field.name)'", at: field.span,
      hint: closestMatch(to: field.name, among: units).map { "did you mean '\($0)'?" }
        ?? "declare it under 'units' in data/names.yaml")
  }

  static func tableWrongUnit(_ field: TableSpecification.Field, own: String) -> Diagnostic {
    .error(
      "table.wrong-unit", "the numbers of the column are in '\(own)', not in '\(field.name)'", at: field.span,
      hint: "leave out 'unit', or convert the numbers in the query")
  }
}
