internal import AlmanacCore
private import Localization
private import Notation

/// Proves the rows of a dataset: each cell of a column that is `printed` must stand at its place.
///
/// Figures that share a place must stand there in the order of the table, row by row and column by column, and none
/// proves two cells: else two cells that changed places would go unnoticed. A derived dataset has been computed again
/// already (`checkDerivations`), so all its rows are proven.
/// - Parameter skipped: grows by the rows whose source has no text at hand.
/// - Returns: the number of rows of which everything printed was found, and something was.
func proveDataset(
  _ dataset: Dataset, names: NameTable, in library: inout SourceLibrary, _ diagnostics: inout [Diagnostic],
  skipped: inout Int
) -> Int {
  if dataset.resource.derivation != nil { return dataset.rowCount }
  var prover = DatasetProver(dataset: dataset, names: names)
  let proven = prover.prove(in: &library, skipped: &skipped)
  diagnostics += prover.problems.diagnostics
  return proven
}

private struct DatasetProver {
  /// A place of a source, with the figures on it that have not proven anything yet.
  struct Stretch {
    var text: [Unicode.Scalar]
    var figures: [TextFigure]
    /// The first figure that may prove the next cell.
    var next = 0
    /// The figure before it, as printed.
    var last: String?
  }

  let dataset: Dataset
  let names: NameTable
  var problems = LimitedDiagnostics()
  var stretches: [String: Stretch] = [:]
  /// Places behind the end of a text, each told once.
  var missing: Set<String> = []

  init(dataset: Dataset, names: NameTable) {
    self.dataset = dataset
    self.names = names
  }

  mutating func prove(in library: inout SourceLibrary, skipped: inout Int) -> Int {
    let printed = dataset.columns.indices.filter { dataset.columns[$0].field.printed != nil }
    guard !printed.isEmpty else {
      let isReadable = dataset.resource.sources.contains { library.text(of: $0.id) != nil }
      if isReadable {
        problems.append(.sourceUnprovenDataset(dataset.name, at: dataset.resource.nameSpan))
      } else {
        skipped += dataset.rowCount
      }
      return 0
    }
    var proven = 0
    for row in 0..<dataset.rowCount {
      guard let (id, text) = source(ofRow: row, in: &library) else {
        skipped += 1
        continue
      }
      let cells = printed.filter { dataset.columns[$0].text(row) != nil }
      if cells.isEmpty {
        problems.append(.sourceUnprovenRow(dataset.name, row: row, at: dataset.span(row: row, column: printed[0])))
      }
      let found = cells.filter { proveCell(row, $0, source: id, text.lines, text.language) }
      if !found.isEmpty, found.count == cells.count { proven += 1 }
    }
    return proven
  }

  /// The source of a row, or the first of the dataset's whose text is at hand.
  private func source(
    ofRow row: Int, in library: inout SourceLibrary
  ) -> (id: String, text: (lines: SourceLines, language: LanguageTag?))? {
    let ids =
      dataset.resource.rowSource == nil
      ? dataset.resource.sources.map(\.id) : [dataset.source(ofRow: row)].compactMap { $0 }
    for id in ids {
      if let text = library.text(of: id) { return (id, text) }
    }
    return nil
  }

  // MARK: Cells

  private mutating func proveCell(
    _ row: Int, _ index: Int, source: String, _ lines: SourceLines, _ language: LanguageTag?
  ) -> Bool {
    let column = dataset.columns[index]
    guard let form = column.field.printed, let locator = place(of: form, row) else { return false }
    let key = "\(source) \(locator)"
    if stretches[key] == nil {
      guard let text = lines.stretch(locator) else {
        guard missing.insert(key).inserted else { return false }
        problems.append(
          .sourceLineMissing(source, locator, path: lines.path, lineCount: lines.count, at: span(row, index)))
        return false
      }
      stretches[key] = Stretch(text: text, figures: findFigures(in: text))
    }
    guard var stretch = stretches[key] else { return false }
    let at = Place(source: source, locator: locator, lines: lines, cell: span(row, index))
    if case .numbers(let numbers) = column.values, let number = numbers[row] {
      let problem = prove(WantedFigure(number, column.field, form), in: &stretch, at)
      stretches[key] = stretch
      if let problem { problems.append(problem) }
      return problem == nil
    }
    let spellings = spellings(of: column, row, form, language).map { comparableText($0) }
    if spellings.contains(where: { stands($0, in: stretch.text) }) { return true }
    problems.append(
      .sourceNotPrinted(
        "'\(shortened(String(String.UnicodeScalarView(spellings[0]))))'", source, locator, path: lines.path,
        instead: [],
        elsewhere: lines.nearestLine(to: locator) { line in spellings.contains { stands($0, in: line) } },
        at: at.cell))
    return false
  }

  /// Where a cell must stand, and where it is written.
  private struct Place {
    var source: String
    var locator: Locator
    var lines: SourceLines
    var cell: SourceSpan?
  }

  /// Returns what is wrong when the figure does not stand behind those that were proven before.
  private func prove(_ wanted: WantedFigure, in stretch: inout Stretch, _ at: Place) -> Diagnostic? {
    let (figures, text) = (stretch.figures, stretch.text)
    if let match = figures[stretch.next...].firstIndex(where: { wanted.isSaid(by: $0, in: text) }) {
      stretch.next = match + 1
      stretch.last = String(String.UnicodeScalarView(text[figures[match].range]))
      return nil
    }
    let isThere = figures.contains { wanted.isSaid(by: $0, in: text) }
    var elsewhere: Int?
    if !isThere {
      elsewhere = at.lines.nearestLine(to: at.locator) { line in
        findFigures(in: line).contains { wanted.isSaid(by: $0, in: line) }
      }
    }
    return .sourceNotPrinted(
      "'\(wanted.text)'", at.source, at.locator, behind: isThere ? stretch.last : nil, path: at.lines.path,
      instead: nearestFigures(in: text, to: wanted.printedNumber), elsewhere: elsewhere, at: at.cell)
  }

  private func span(_ row: Int, _ index: Int) -> SourceSpan? { dataset.span(row: row, column: index) }

  private func place(of form: PrintedForm, _ row: Int) -> Locator? {
    switch form.place {
    case .lines(let locator): locator
    case .column(let name): dataset.column(named: name)?.locator(row)
    case nil: dataset.locator(ofRow: row)
    }
  }

  /// The ways in which a source may write a cell that is no number: a key by its name, a month as `2025.03` or 2025年3月.
  private func spellings(
    of column: DataColumn, _ row: Int, _ form: PrintedForm, _ language: LanguageTag?
  ) -> [String] {
    var text = column.text(row) ?? ""
    if column.field.areNames { text = language.flatMap { names.name(of: text, in: $0) } ?? text }
    // A column of texts may hold months where they are printed and years where they are not.
    if let period = Period(text), period.end == nil { return dateSpellings(text) }
    return [form.before + text + form.behind]
  }

  private func dateSpellings(_ text: String) -> [String] {
    let parts = text.split(separator: "-").map(String.init)
    let short = parts.map { $0.hasPrefix("0") ? String($0.dropFirst()) : $0 }
    let words = zip(short, ["年", "月", "日"]).map { $0 + $1 }.joined()
    return [text, words]
      + [".", "/", "-"].flatMap { [parts.joined(separator: $0), short.joined(separator: $0)] }
  }
}

/// A cell's number as it ought to stand in a source.
private struct WantedFigure {
  let number: Double
  let form: PrintedForm
  let isShare: Bool
  let before: [Unicode.Scalar]
  let behind: [Unicode.Scalar]

  init(_ number: Double, _ field: DataField, _ form: PrintedForm) {
    self.number = number
    self.form = form
    isShare = field.unit == "percent" || field.unit == "percentage-points" || form.behind.hasPrefix("%")
    before = comparableText(form.before)
    behind = comparableText(form.behind)
  }

  /// In the units in which the source prints.
  var printedNumber: Double { decimal.doubleValue }

  /// For a message: `6分`.
  var text: String {
    form.before + (decimal.isNegative ? "-" : "") + decimal.positional(places: 0) + form.behind
  }

  private var decimal: DecimalNumber { DecimalNumber(number).scaled(by: -form.power) }

  /// Tells whether a figure of a text is this number, with what must stand around it.
  func isSaid(by figure: TextFigure, in text: [Unicode.Scalar]) -> Bool {
    guard figure.says(number, inPowerOfTen: form.power), isShare || !figure.isPercent else { return false }
    let head = text[..<figure.range.lowerBound]
    return head.count >= before.count && head.suffix(before.count).elementsEqual(before)
      && text[figure.range.upperBound...].starts(with: behind)
  }
}
