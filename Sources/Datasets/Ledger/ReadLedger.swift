package import AlmanacCore
private import Localization
private import Notation

/// Reads `facts.csv` and checks each row by itself.
///
/// Diagnoses `ledger.missing-column`, `ledger.unknown-column`, `ledger.bad-id`, `ledger.duplicate-id`,
/// `ledger.id-mismatch`, `ledger.unknown-name`, `ledger.bad-period`, `ledger.bad-value`, `ledger.unknown-unit`,
/// `ledger.bad-kind`, `ledger.unknown-source`, `ledger.bad-locator`, `ledger.missing-printed`, `ledger.bad-printed`,
/// `ledger.printed-mismatch`, `ledger.missing-translation`.
/// - Parameters:
///   - names: the keys that metrics, entities and regions may be.
///   - editions: the report's languages: what `note` may be translated into, in columns named `note.zh-Hans`.
///   - sources: the ids of all references, or `nil` when they are not known.
package func readLedger(
  _ file: SourceFile, names: NameTable, editions: [LanguageTag] = [], sources: [String]?
) -> Diagnosed<Ledger> {
  var diagnostics: [Diagnostic] = []
  let table = parseCSV(file).value(reportingTo: &diagnostics)
  guard !table.columns.isEmpty else { return Diagnosed(Ledger(), diagnostics) }
  var reader = LedgerReader(table: table, names: names, editions: editions, sources: sources)
  let facts = reader.readFacts()
  let unread = Set(reader.rows.keys).subtracting(facts.map(\.id))
  return Diagnosed(
    Ledger(facts: facts, table: table, unreadIDs: unread), diagnostics + reader.problems.diagnostics)
}

private struct LedgerReader {
  let table: CSVTable
  let names: NameTable
  let editions: [LanguageTag]
  let sources: [String]?
  let knownSources: Set<String>
  var positions: [Ledger.Column: Int] = [:]
  /// The columns of translated notes.
  var notePositions: [(language: LanguageTag, column: Int)] = []
  var problems = LimitedDiagnostics()
  /// The row of each id.
  var rows: [String: Int] = [:]

  init(table: CSVTable, names: NameTable, editions: [LanguageTag], sources: [String]?) {
    self.table = table
    self.names = names
    self.editions = editions
    self.sources = sources
    knownSources = Set(sources ?? [])
  }

  mutating func readFacts() -> [Fact] {
    readHeader()
    var facts: [Fact] = []
    facts.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      if let fact = readFact(row) { facts.append(fact) }
    }
    return facts
  }

  private mutating func readHeader() {
    let columns = Ledger.Column.allCases
    for (index, name) in table.columns.enumerated() {
      if let column = Ledger.Column(rawValue: name) {
        if positions[column] == nil { positions[column] = index }
      } else if let language = editions.first(where: { name == "note.\($0.rawValue)" }) {
        notePositions.append((language, index))
      } else {
        let known = columns.map(\.rawValue) + editions.map { "note.\($0.rawValue)" }
        problems.append(.ledgerUnknownColumn(name, at: table.headerSpan(column: index), known: known))
      }
    }
    for column in columns where positions[column] == nil && column != .note && column != .region {
      problems.append(.ledgerMissingColumn(column.rawValue, at: table.headerSpan(column: 0)))
    }
  }

  private func text(_ row: Int, _ column: Ledger.Column) -> String {
    positions[column].map { table.text(row: row, column: $0) } ?? ""
  }

  private func span(_ row: Int, _ column: Ledger.Column) -> SourceSpan {
    table.span(row: row, column: positions[column] ?? 0)
  }

  private mutating func readFact(_ row: Int) -> Fact? {
    guard let id = readID(row) else { return nil }
    let metric = readName(row, .metric)
    let entity = readName(row, .entity)
    let region = text(row, .region).isEmpty ? "" : readName(row, .region)
    if names.contains(metric), names.contains(entity), !id.hasPrefix("\(metric).\(entity).") {
      problems.append(.ledgerIDMismatch(id, expected: "\(metric).\(entity).", at: span(row, .id)))
    }
    let source = text(row, .source)
    if positions[.source] != nil, let sources, !knownSources.contains(source) {
      problems.append(.ledgerUnknownSource(source, at: span(row, .source), known: sources))
    }
    let unit = text(row, .unit)
    let measure = names.measure(unit)
    if positions[.unit] != nil, measure == nil {
      problems.append(.ledgerUnknownUnit(unit, at: span(row, .unit), known: names.unitKeys))
    }
    let kind = Fact.Kind(rawValue: text(row, .kind))
    if kind == nil, positions[.kind] != nil {
      problems.append(
        .ledgerBadKind(text(row, .kind), at: span(row, .kind), known: Fact.Kind.allCases.map(\.rawValue)))
    }
    let locator = Locator(text(row, .locator))
    if locator == nil, positions[.locator] != nil {
      problems.append(.ledgerBadLocator(text(row, .locator), at: span(row, .locator)))
    }
    let period = Period(text(row, .period))
    if period == nil, positions[.period] != nil {
      problems.append(.ledgerBadPeriod(text(row, .period), at: span(row, .period)))
    }
    let value = positions[.value].flatMap { table.number(row: row, column: $0) }
    if value?.isFinite != true, positions[.value] != nil {
      problems.append(.ledgerBadValue(text(row, .value), at: span(row, .value)))
    }
    let printed = text(row, .printed)
    let quantity = measure.flatMap { readPrinted(printed, row, $0, value: value) }
    guard let period, let value, value.isFinite else { return nil }
    return Fact(
      row: row, id: id, metric: metric, entity: entity, region: region, period: period, value: value, unit: unit,
      measure: measure ?? .count, kind: kind ?? .observed, source: source, locator: locator, printed: printed,
      quantity: quantity, note: text(row, .note), translatedNotes: readTranslatedNotes(row))
  }

  private mutating func readTranslatedNotes(_ row: Int) -> [LanguageTag: String] {
    var notes: [LanguageTag: String] = [:]
    for (language, column) in notePositions {
      let note = table.text(row: row, column: column)
      if !note.isEmpty {
        notes[language] = note
      } else if !text(row, .note).isEmpty {
        problems.append(.ledgerMissingTranslation(language, at: table.span(row: row, column: column)))
      }
    }
    return notes
  }

  /// Understands the figure as its source prints it, and compares it with the value, digit by digit.
  private mutating func readPrinted(_ printed: String, _ row: Int, _ unit: MeasureUnit, value: Double?) -> Quantity? {
    guard positions[.printed] != nil else { return nil }
    let place = span(row, .printed)
    if printed.isEmpty {
      problems.append(.ledgerMissingPrinted(at: place))
      return nil
    }
    do {
      let quantity = try parseQuantity(printed, rowUnit: unit)
      if let value, value.isFinite, !quantity.agrees(with: value) {
        problems.append(
          .ledgerPrintedMismatch(
            printed, is: quantity.value, but: value, at: span(row, .value), printedAt: place))
      }
      return quantity
    } catch {
      problems.append(.ledgerBadPrinted(error.message, at: place))
      return nil
    }
  }

  private mutating func readID(_ row: Int) -> String? {
    guard positions[.id] != nil else { return nil }
    let id = text(row, .id)
    guard isFactID(id) else {
      problems.append(.ledgerBadID(id, at: span(row, .id)))
      return nil
    }
    if let first = rows[id] {
      problems.append(.ledgerDuplicateID(id, at: span(row, .id), first: span(first, .id)))
      return nil
    }
    rows[id] = row
    return id
  }

  private mutating func readName(_ row: Int, _ column: Ledger.Column) -> String {
    let key = text(row, column)
    if positions[column] != nil, !names.contains(key) {
      problems.append(
        .ledgerUnknownName(key, column: column.rawValue, at: span(row, column), known: names.keys))
    }
    return key
  }
}

/// Tells whether a text reads like an address: at least three parts joined by `.`, of lowercase words joined by `-`.
package func isFactID(_ text: String) -> Bool {
  var parts = 1
  var isAtWordStart = true
  for byte in text.utf8 {
    switch byte {
    case 0x61...0x7A, 0x30...0x39: isAtWordStart = false
    case UInt8(ascii: "-") where !isAtWordStart: isAtWordStart = true
    case UInt8(ascii: ".") where !isAtWordStart:
      isAtWordStart = true
      parts += 1
    default: return false
    }
  }
  return parts >= 3 && !isAtWordStart
}
