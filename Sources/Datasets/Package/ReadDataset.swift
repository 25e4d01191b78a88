package import AlmanacCore
private import Localization
private import Notation

/// Reads a dataset's file, CSV or a JSON list of objects, and checks each cell against the schema.
///
/// Diagnoses `dataset.missing-column`, `dataset.undeclared-column`, `dataset.wrong-type`, `dataset.missing-value`,
/// `dataset.out-of-range`, `dataset.not-allowed`, `dataset.unknown-name`, `dataset.duplicate-value`,
/// `dataset.duplicate-key` and `dataset.not-a-table`.
/// - Returns: one column for each declared field, also when the file lacks it.
package func readDataset(_ resource: DataResource, file: SourceFile, names: NameTable) -> Diagnosed<Dataset> {
  var diagnostics: [Diagnostic] = []
  let source: any CellSource
  if resource.path.hasSuffix(".json") {
    source = JSONCells(
      parseJSON(file).value(reportingTo: &diagnostics), resource: resource, diagnostics: &diagnostics)
  } else {
    let table = parseCSV(file, separator: resource.separator).value(reportingTo: &diagnostics)
    source = CSVCells(table: table, resource: resource)
  }
  var reader = DatasetReader(resource: resource, source: source, names: names)
  let dataset = reader.read()
  return Diagnosed(dataset, diagnostics + reader.problems.diagnostics)
}

/// Tells whether a text is a day (`2025-06-30`) or a month (`2025-06`), whichever the column holds.
private func isDate(_ text: String, _ kind: DataField.Kind) -> Bool {
  guard let period = Period(text), period.end == nil else { return false }
  return switch period.start {
  case .day: kind == .date
  case .month: kind == .yearmonth
  default: false
  }
}

private struct DatasetReader {
  let resource: DataResource
  let source: any CellSource
  let names: NameTable
  var problems = LimitedDiagnostics()

  init(resource: DataResource, source: any CellSource, names: NameTable) {
    self.resource = resource
    self.source = source
    self.names = names
  }

  mutating func read() -> Dataset {
    checkHeader()
    let columns = resource.fields.indices.map { readColumn($0) }
    let dataset = Dataset(resource: resource, columns: columns, rowCount: source.rowCount, cells: source.cells)
    checkKey(of: dataset)
    return dataset
  }

  private mutating func checkHeader() {
    let declared = resource.fields.map(\.name)
    let header = source.header
    for (name, span) in header where !declared.contains(name) {
      problems.append(.datasetUndeclaredColumn(name, dataset: resource.name, at: span, known: declared))
    }
    for field in resource.fields where !header.contains(where: { $0.name == field.name }) {
      problems.append(
        .datasetMissingColumn(
          field.name, path: resource.path, at: field.nameSpan, found: header.map(\.name)))
    }
  }

  private mutating func readColumn(_ index: Int) -> DataColumn {
    let field = resource.fields[index]
    let count = source.rowCount
    let values: DataColumn.Values
    var isText = false
    switch field.kind {
    case .number, .integer, .year:
      var numbers: [Double?] = []
      numbers.reserveCapacity(count)
      for row in 0..<count { numbers.append(number(row, index, field)) }
      values = .numbers(numbers)
    case .boolean:
      values = .booleans((0..<count).map { boolean($0, index, field) })
    case .any:
      // Numbers if every value is one.
      let cells = (0..<count).map { source.cell(row: $0, field: index) }
      isText = cells.contains { if case .text = $0 { true } else { false } }
      values =
        isText
        ? .texts((0..<count).map { text($0, index, field) })
        : .numbers((0..<count).map { number($0, index, field) })
    case .string, .date, .yearmonth:
      values = .texts((0..<count).map { text($0, index, field) })
    }
    let column = DataColumn(field: field, values: values)
    if field.constraints.isUnique { checkUnique(column, index) }
    return column
  }

  /// Returns whether a value is missing, which may be a problem.
  private mutating func missing(_ row: Int, _ index: Int, _ field: DataField) {
    if field.constraints.isRequired {
      problems.append(.datasetMissingValue(field.name, row: row, at: source.span(row: row, field: index)))
    }
  }

  private mutating func wrongType(_ row: Int, _ index: Int, _ field: DataField, _ found: String) {
    problems.append(
      .datasetWrongType(
        field.name, field.kind, row: row, found: found, at: source.span(row: row, field: index)))
  }

  private mutating func number(_ row: Int, _ index: Int, _ field: DataField) -> Double? {
    switch source.cell(row: row, field: index) {
    case .missing:
      missing(row, index, field)
      return nil
    case .number(let number):
      let isWhole = number == number.rounded()
      guard number.isFinite, field.kind != .integer || isWhole,
        field.kind != .year || isWhole && (0...9999).contains(number)
      else {
        wrongType(row, index, field, shortestNumber(number))
        return nil
      }
      let limits = field.constraints
      if let minimum = limits.minimum, number < minimum {
        problems.append(
          .datasetOutOfRange(
            field.name, number, "at least \(shortestNumber(minimum))", at: source.span(row: row, field: index)))
      } else if let maximum = limits.maximum, number > maximum {
        problems.append(
          .datasetOutOfRange(
            field.name, number, "at most \(shortestNumber(maximum))", at: source.span(row: row, field: index)))
      }
      if limits.allowed != nil { checkAllowed(shortestNumber(number), row, index, field) }
      return number
    case .bool(let bool): wrongType(row, index, field, "\(bool)")
    case .text(let text): wrongType(row, index, field, text)
    case .other(let kind): wrongType(row, index, field, kind)
    }
    return nil
  }

  private mutating func boolean(_ row: Int, _ index: Int, _ field: DataField) -> Bool? {
    switch source.cell(row: row, field: index) {
    case .missing: missing(row, index, field)
    case .bool(let bool): return bool
    case .number(let number): wrongType(row, index, field, shortestNumber(number))
    case .text(let text): wrongType(row, index, field, text)
    case .other(let kind): wrongType(row, index, field, kind)
    }
    return nil
  }

  private mutating func text(_ row: Int, _ index: Int, _ field: DataField) -> String? {
    let text: String
    switch source.cell(row: row, field: index) {
    case .missing:
      missing(row, index, field)
      return nil
    case .text(let string): text = string
    case .number(let number): text = source.writtenText(row: row, field: index) ?? shortestNumber(number)
    case .bool(let bool): text = "\(bool)"
    case .other(let kind):
      wrongType(row, index, field, kind)
      return nil
    }
    if field.kind == .date || field.kind == .yearmonth {
      guard isDate(text, field.kind) else {
        wrongType(row, index, field, text)
        return nil
      }
    }
    if field.constraints.allowed != nil { checkAllowed(text, row, index, field) }
    if field.areNames, !names.contains(text) {
      problems.append(
        .datasetUnknownName(text, field.name, at: source.span(row: row, field: index), known: names.keys))
    }
    return text
  }

  private mutating func checkAllowed(_ text: String, _ row: Int, _ index: Int, _ field: DataField) {
    guard let allowed = field.constraints.allowed, !allowed.contains(text) else { return }
    problems.append(
      .datasetNotAllowed(text, field.name, at: source.span(row: row, field: index), allowed: allowed))
  }

  // MARK: Uniqueness

  private mutating func checkUnique(_ column: DataColumn, _ index: Int) {
    var rows: [String: Int] = [:]
    for row in 0..<source.rowCount {
      guard let text = column.text(row) else { continue }
      if let first = rows[text] {
        problems.append(
          .datasetDuplicateValue(
            text, column.name, at: source.span(row: row, field: index), first: source.span(row: first, field: index)))
      } else {
        rows[text] = row
      }
    }
  }

  private mutating func checkKey(of dataset: Dataset) {
    let keys = resource.primaryKey.compactMap { key in resource.fields.firstIndex { $0.name == key } }
    // A unique field has told it already.
    guard let first = keys.first, keys.count > 1 || !resource.fields[first].constraints.isUnique else { return }
    var rows: [[String]: Int] = [:]
    for row in 0..<dataset.rowCount {
      let key = keys.map { dataset.columns[$0].text(row) ?? "" }
      if let earlier = rows[key] {
        problems.append(
          .datasetDuplicateKey(
            key.joined(separator: "/"), at: source.span(row: row, field: first),
            first: source.span(row: earlier, field: first)))
      } else {
        rows[key] = row
      }
    }
  }
}
