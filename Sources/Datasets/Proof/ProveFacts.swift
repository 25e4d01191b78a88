package import AlmanacCore
private import Localization
private import Notation

/// What was proven against the texts of sources, in rows.
package struct ProofCount: Hashable, Sendable {
  package struct OfDataset: Hashable, Sendable {
    package var name: String
    package var rows: Int
  }

  /// Rows of the ledger.
  package var facts = 0
  /// Of each dataset of which some row was proven, in the order of the data package.
  package var datasets: [OfDataset] = []
  /// Rows whose source has no text at hand.
  package var skipped = 0

  package init() {}

  package var datasetRows: Int { datasets.reduce(0) { $0 + $1.rows } }
}

/// Proves that each row of the data stands in its source: facts by `printed` at `locator`, datasets by the columns that
/// say `printed`.
///
/// Diagnoses `source.not-printed` (with what stands at the place instead), `source.line-missing`,
/// `source.unproven-dataset` and `source.unproven-row`.
/// - Parameter textOf: the text of a source, or `nil` when it is not at hand; such rows are skipped.
/// - Returns: how many rows were proven.
package func proveData(_ data: ReportData, textOf: @escaping (String) -> SourceText?) -> Diagnosed<ProofCount> {
  var library = SourceLibrary(textOf: textOf)
  var count = ProofCount()
  var diagnostics: [Diagnostic] = []
  count.facts = proveFacts(data.ledger, in: &library, &diagnostics, skipped: &count.skipped)
  for dataset in data.datasets {
    let rows = proveDataset(dataset, names: data.names, in: &library, &diagnostics, skipped: &count.skipped)
    if rows > 0 { count.datasets.append(.init(name: dataset.name, rows: rows)) }
  }
  return Diagnosed(count, diagnostics)
}

/// The texts of sources that were asked for so far.
struct SourceLibrary {
  private let textOf: (String) -> SourceText?
  private var texts: [String: (lines: SourceLines, language: LanguageTag?)?] = [:]

  init(textOf: @escaping (String) -> SourceText?) { self.textOf = textOf }

  mutating func text(of source: String) -> (lines: SourceLines, language: LanguageTag?)? {
    if let known = texts[source] { return known }
    let text = textOf(source).map { (lines: SourceLines($0.file), language: $0.language) }
    texts[source] = .some(text)
    return text
  }
}

private func proveFacts(
  _ ledger: Ledger, in library: inout SourceLibrary, _ diagnostics: inout [Diagnostic], skipped: inout Int
) -> Int {
  var proven = 0
  for fact in ledger.facts {
    guard let locator = fact.locator, !fact.printed.isEmpty else { continue }
    guard let text = library.text(of: fact.source)?.lines else {
      skipped += 1
      continue
    }
    guard let stretch = text.stretch(locator) else {
      diagnostics.append(
        .sourceLineMissing(
          fact.source, locator, path: text.path, lineCount: text.count, at: ledger.span(of: fact, .locator)))
      continue
    }
    let wanted = comparableText(fact.printed)
    if stands(wanted, in: stretch) {
      proven += 1
      continue
    }
    diagnostics.append(
      .sourceNotPrinted(
        "'\(shortened(fact.printed))'", fact.source, locator, path: text.path,
        instead: nearestFigures(in: stretch, to: fact.value),
        elsewhere: text.nearestLine(to: locator) { stands(wanted, in: $0) }, at: ledger.span(of: fact, .printed)))
  }
  return proven
}

/// Returns how the figures of a text that are nearest to a value are printed, in the order of the text, at most three.
func nearestFigures(in text: [Unicode.Scalar], to value: Double) -> [String] {
  func distance(_ figure: TextFigure) -> Double {
    let number = figure.value
    guard number > 0, value > 0 else { return .infinity }
    return max(number / value, value / number)
  }
  let found = findFigures(in: text)
  let nearest = found.indices.sorted { (distance(found[$0]), $0) < (distance(found[$1]), $1) }.prefix(3).sorted()
  return nearest.map { index in
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text[found[index].range])
    return String(scalars).filter { $0 != " " }
  }
}
