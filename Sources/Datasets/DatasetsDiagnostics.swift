internal import AlmanacCore
private import Localization
private import Notation

// What can be wrong with a report's data; queries have `QueryDiagnostics.swift`. Sorted by code; a code never changes its
// meaning.

// MARK: - conflicts.yaml

extension Diagnostic {
  static func conflictsAgreed(_ id: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "conflicts.agreed", "the rows of '\(id)' now say the same", at: span, hint: "remove the decision")
  }

  static func conflictsDuplicateID(_ id: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "conflicts.duplicate-id", "two decisions are called '\(id)'", at: span, notes: [.init("first here", at: first)])
  }

  static func conflictsPreferredNotARow(_ id: String, at span: SourceSpan, rows: [String]) -> Diagnostic {
    .error(
      "conflicts.preferred-not-a-row", "'\(id)' is none of the rows of this decision", at: span,
      hint: unknownWordHint(id, among: rows))
  }

  static func conflictsTooFewRows(at span: SourceSpan) -> Diagnostic {
    .error("conflicts.too-few-rows", "a conflict needs two rows", at: span)
  }

  static func conflictsUndecided(
    _ fact: Fact, rivals: [(fact: Fact, span: SourceSpan?)], at span: SourceSpan?
  ) -> Diagnostic {
    .error(
      "conflicts.undecided",
      "sources disagree about '\(fact.metric)' of '\(fact.entity)' in \(fact.period.ledgerText): \(shortestNumber(fact.value))",
      at: span,
      notes: rivals.map { .init("'\($0.fact.id)' says \(shortestNumber($0.fact.value))", at: $0.span) },
      hint: "decide in conflicts.yaml which row the report uses, and why")
  }

  static func conflictsUnknownFact(_ id: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .warning(
      "conflicts.unknown-fact", "the ledger has no row '\(shortened(id))'", at: span,
      hint: unknownWordHint(id, among: known))
  }
}

// MARK: - datapackage.yaml

extension Diagnostic {
  static func packageBadLocator(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "data-package.bad-locator", "'\(shortened(text))' is neither a field nor a place", at: span,
      hint: "name the column that holds the line of each row, or write lines such as 'L112-L132'")
  }

  static func packageBadName(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "data-package.bad-name", "'\(shortened(name))' cannot name a dataset", at: span,
      hint: name == "facts"
        ? "'facts' is the ledger"
        : "use lowercase letters, digits and '_', a letter first: queries use the name as it is")
  }

  static func packageBadPrinted(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "data-package.bad-printed", "'\(shortened(text))' does not say how the source prints a figure", at: span,
      hint: "write true, a word of scale such as 万, or the text around the figure such as '{}分'")
  }

  static func packageDuplicateField(_ name: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "data-package.duplicate-field", "two fields are named '\(shortened(name))'", at: span,
      notes: [.init("first here", at: first)])
  }

  static func packageDuplicateName(_ name: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "data-package.duplicate-name", "two datasets are named '\(name)'", at: span,
      notes: [.init("first here", at: first)])
  }

  static func packageMissingFile(_ path: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "data-package.missing-file", "no file '\(shortened(path))' in the data folder", at: span,
      hint: closestMatch(to: path, among: known).map { "did you mean '\($0)'?" })
  }

  static func packagePathOutside(_ path: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "data-package.path-outside", "the path '\(shortened(path))' leaves the data folder", at: span,
      hint: "put the file beside datapackage.yaml")
  }

  static func packageUndescribed(_ path: String, file: String) -> Diagnostic {
    .warning(
      "data-package.undescribed", "'\(path)' is described nowhere, so no page can use it",
      at: SourceSpan(path: file, line: 1, column: 1), hint: "describe it in datapackage.yaml, or remove it")
  }

  static func packageUnknownField(_ name: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "data-package.unknown-field", "the key names no field '\(shortened(name))'", at: span,
      hint: unknownWordHint(name, among: known))
  }

  static func packageUnknownSource(_ id: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "data-package.unknown-source", "no reference '\(shortened(id))'", at: span,
      hint: unknownWordHint(id, among: known))
  }

  static func packageUnknownUnit(_ unit: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "data-package.unknown-unit", "unknown unit '\(shortened(unit))'", at: span,
      hint: closestMatch(to: unit, among: known).map { "did you mean '\($0)'?" }
        ?? "declare it in names.yaml under 'units'")
  }
}

// MARK: - Datasets

extension Diagnostic {
  static func datasetBadLocator(_ text: String, _ column: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dataset.bad-locator",
      text.isEmpty ? "the row does not say where its source prints it" : "'\(shortened(text))' is not a place",
      at: span,
      hint: "write the line of the source's text in column '\(column)', such as 173, 'L173' or 'L112-L132'")
  }

  static func datasetDuplicateKey(_ key: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "dataset.duplicate-key", "two rows have the key '\(shortened(key))'", at: span,
      notes: [.init("first here", at: first)])
  }

  static func datasetDuplicateValue(
    _ value: String, _ column: String, at span: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    .error(
      "dataset.duplicate-value", "column '\(column)' holds '\(shortened(value))' twice", at: span,
      notes: [.init("first here", at: first)])
  }

  static func datasetMissingColumn(
    _ name: String, path: String, at span: SourceSpan, found: [String]
  ) -> Diagnostic {
    .error(
      "dataset.missing-column", "'\(path)' has no column '\(shortened(name))'", at: span,
      hint: closestMatch(to: name, among: found).map { "did you mean '\($0)'?" })
  }

  static func datasetMissingValue(_ column: String, row: Int, at span: SourceSpan) -> Diagnostic {
    .error("dataset.missing-value", "column '\(column)' holds nothing in row \(row + 1), but is required", at: span)
  }

  static func datasetNotDerived(
    _ column: String, _ found: String, _ expected: String, key: String, at span: SourceSpan?, query: SourceSpan
  ) -> Diagnostic {
    .error(
      "dataset.not-derived",
      "column '\(column)' holds '\(shortened(found))' in row '\(shortened(key))', its query gives '\(shortened(expected))'",
      at: span, notes: [.init("derived here", at: query)])
  }

  static func datasetNotATable(_ found: String, at span: SourceSpan) -> Diagnostic {
    .error("dataset.not-a-table", "expected a list of maps, one for each row, found \(found)", at: span)
  }

  static func datasetNotAllowed(
    _ value: String, _ column: String, at span: SourceSpan, allowed: [String]
  ) -> Diagnostic {
    .error(
      "dataset.not-allowed", "column '\(column)' may not hold '\(shortened(value))'", at: span,
      hint: unknownWordHint(value, among: allowed))
  }

  static func datasetOutOfRange(
    _ column: String, _ value: Double, _ limit: String, at span: SourceSpan
  ) -> Diagnostic {
    .error(
      "dataset.out-of-range", "column '\(column)' holds \(shortestNumber(value)), but must be \(limit)", at: span)
  }

  static func datasetUndeclaredColumn(
    _ name: String, dataset: String, at span: SourceSpan, known: [String]
  ) -> Diagnostic {
    .error(
      "dataset.undeclared-column", "column '\(shortened(name))' is not a field of dataset '\(dataset)'", at: span,
      hint: closestMatch(to: name, among: known).map { "did you mean '\($0)'?" } ?? "declare it in datapackage.yaml")
  }

  static func datasetUnknownName(
    _ key: String, _ column: String, at span: SourceSpan, known: [String]
  ) -> Diagnostic {
    .error(
      "dataset.unknown-name", "column '\(column)' holds '\(shortened(key))', which has no name", at: span,
      hint: closestMatch(to: key, among: known).map { "did you mean '\($0)'?" } ?? "name it in names.yaml")
  }

  static func datasetUnknownSource(_ id: String, _ column: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "dataset.unknown-source", "column '\(column)' holds '\(shortened(id))', which is no reference", at: span,
      hint: unknownWordHint(id, among: known))
  }

  static func datasetWrongRows(
    _ message: String, dataset: String, at span: SourceSpan?, query: SourceSpan
  ) -> Diagnostic {
    .error(
      "dataset.wrong-rows", "dataset '\(dataset)' \(message)", at: span, notes: [.init("derived here", at: query)])
  }

  static func datasetWrongType(
    _ column: String, _ kind: DataField.Kind, row: Int, found: String, at span: SourceSpan
  ) -> Diagnostic {
    let expected: String
    switch kind {
    case .number: expected = "a number"
    case .integer: expected = "a whole number"
    case .boolean: expected = "true or false"
    case .date: expected = "a date such as 2025-06-30"
    case .year: expected = "a year"
    case .yearmonth: expected = "a month such as 2025-06"
    case .string, .any: expected = "text"
    }
    let hint: String
    if kind == .number || kind == .integer, found.utf8.contains(where: { $0 == 0x2C || $0 == 0x25 }) {
      hint = "write digits only, without ',' or '%'"
    } else {
      hint = "declare the column as 'string', or name '\(shortened(found))' in 'missingValues'"
    }
    return .error(
      "dataset.wrong-type", "column '\(column)' holds '\(shortened(found))' in row \(row + 1), expected \(expected)",
      at: span, hint: hint)
  }
}

// MARK: - The ledger

extension Diagnostic {
  static func ledgerBadID(_ id: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "ledger.bad-id", id.isEmpty ? "the row has no id" : "'\(shortened(id))' is not an id", at: span,
      hint: "write metric.entity.period in lowercase, such as 'genai-users.cn.2025-06'")
  }

  static func ledgerBadKind(_ kind: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error("ledger.bad-kind", "unknown kind '\(shortened(kind))'", at: span, hint: unknownWordHint(kind, among: known))
  }

  static func ledgerBadLocator(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "ledger.bad-locator",
      text.isEmpty ? "the row does not say where its source prints the figure" : "'\(shortened(text))' is not a place",
      at: span, hint: "write the line of the source's text, such as 'L173' or 'L112-L132'")
  }

  static func ledgerBadPeriod(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "ledger.bad-period", text.isEmpty ? "the row has no period" : "'\(shortened(text))' is not a period", at: span,
      hint: "such as '2025', '2025-06', '2025-06-30', '2025-Q1', '2025-H1' or '2020/2024'")
  }

  static func ledgerBadPrinted(_ message: String, at span: SourceSpan) -> Diagnostic {
    .error("ledger.bad-printed", message, at: span, hint: "copy the figure with its unit, and nothing else")
  }

  static func ledgerPrintedMismatch(
    _ printed: String, is parsed: Double, but value: Double, at span: SourceSpan, printedAt: SourceSpan
  ) -> Diagnostic {
    .error(
      "ledger.printed-mismatch",
      "the value is \(shortestNumber(value)), but '\(shortened(printed))' is \(shortestNumber(parsed))",
      at: span, notes: [.init("printed here", at: printedAt)])
  }

  static func ledgerBadValue(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "ledger.bad-value", text.isEmpty ? "the row has no value" : "'\(shortened(text))' is not a number", at: span,
      hint: "write the number in the base unit, digits only: 515000000")
  }

  static func ledgerDuplicateID(_ id: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "ledger.duplicate-id", "two rows have the id '\(id)'", at: span, notes: [.init("first here", at: first)])
  }

  static func ledgerIDMismatch(_ id: String, expected: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "ledger.id-mismatch", "the id '\(id)' does not begin with its metric and entity", at: span,
      hint: "begin it with '\(expected)'")
  }

  static func ledgerMissingColumn(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error("ledger.missing-column", "the ledger has no column '\(name)'", at: span)
  }

  static func ledgerMissingPrinted(at span: SourceSpan) -> Diagnostic {
    .error(
      "ledger.missing-printed", "the row does not say how its source prints the figure", at: span,
      hint: "copy the figure with its unit, such as '5.15 亿人'")
  }

  static func ledgerUnknownColumn(_ name: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "ledger.unknown-column", "unknown column '\(shortened(name))'", at: span,
      hint: unknownWordHint(name, among: known))
  }

  static func ledgerMissingTranslation(_ language: LanguageTag, at span: SourceSpan) -> Diagnostic {
    .warning(
      "ledger.missing-translation", "the note has no text in \(language.rawValue)", at: span,
      hint: "its readers see the note of the first edition")
  }

  static func ledgerUnknownName(
    _ key: String, column: String, at span: SourceSpan, known: [String]
  ) -> Diagnostic {
    .error(
      "ledger.unknown-name", "the \(column) '\(shortened(key))' has no name", at: span,
      hint: closestMatch(to: key, among: known).map { "did you mean '\($0)'?" } ?? "name it in names.yaml")
  }

  static func ledgerUnknownSource(_ id: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "ledger.unknown-source", "no reference '\(shortened(id))'", at: span, hint: unknownWordHint(id, among: known))
  }

  static func ledgerUnknownUnit(_ unit: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    .error(
      "ledger.unknown-unit", "unknown unit '\(shortened(unit))'", at: span,
      hint: closestMatch(to: unit, among: known).map { "did you mean '\($0)'?" }
        ?? "declare it in names.yaml under 'units'")
  }
}

// MARK: - names.yaml

extension Diagnostic {
  static func namesDuplicateKey(_ key: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "names.duplicate-key", "the key '\(shortened(key))' is named twice", at: span,
      notes: [.init("first here", at: first)], hint: "a key is unique over the whole file")
  }

  static func namesMissingTranslation(_ key: String, _ edition: LanguageTag, at span: SourceSpan) -> Diagnostic {
    .warning("names.missing-translation", "'\(shortened(key))' has no name in the edition '\(edition)'", at: span)
  }

  static func namesUnknownColorKey(_ key: String, at span: SourceSpan, keys: [String]) -> Diagnostic {
    .error(
      "names.unknown-color-key", "'\(shortened(key))' has a colour and no name", at: span,
      hint: unknownWordHint(key, among: keys))
  }

  static func namesUnknownColor(at span: SourceSpan) -> Diagnostic {
    .error(
      "names.unknown-color", "not a colour of the report", at: span,
      hint: "use 'china', 'us', 'eu', 'accent', 'muted', a number of a series from 1 to 8, or '#rrggbb'")
  }

  static func namesUnknownLanguage(_ key: String, at span: SourceSpan, editions: [LanguageTag]) -> Diagnostic {
    .error(
      "names.unknown-language", "'\(shortened(key))' is not an edition of this report", at: span,
      hint: unknownWordHint(key, among: editions.map(\.rawValue)))
  }
}
