internal import AlmanacCore

// What can be wrong between data and the texts of their sources. Sorted by code; a code never changes its meaning.

extension Diagnostic {
  static func sourceLineMissing(
    _ source: String, _ locator: Locator, path: String, lineCount: Int, at span: SourceSpan?
  ) -> Diagnostic {
    .error(
      "source.line-missing", "the source '\(source)' has \(lineCount) lines, none is \(locator)", at: span,
      notes: [.init("the source's text is \(path)")])
  }

  /// - Parameters:
  ///   - what: the figure or text, in quotes, as it should stand there.
  ///   - instead: the figures that do stand there, nearest ones first chosen.
  ///   - elsewhere: the nearest line that has it.
  static func sourceNotPrinted(
    _ what: String, _ source: String, _ locator: Locator, behind: String? = nil, path: String, instead: [String],
    elsewhere: Int?, at span: SourceSpan?
  ) -> Diagnostic {
    var notes = [
      Note("looked for here", at: SourceSpan(path: path, line: locator.lines.lowerBound, column: 1))
    ]
    if !instead.isEmpty { notes.append(.init("there stands \(instead.map { "'\($0)'" }.joined(separator: ", "))")) }
    let order = behind.map { " behind '\($0)'" } ?? ""
    let hint: String?
    if let elsewhere, !locator.lines.contains(elsewhere) {
      hint = "it stands at L\(elsewhere)"
    } else if behind != nil {
      hint = "the figures of one place stand there in the order of the table: row by row, column by column"
    } else {
      hint = nil
    }
    return .error(
      "source.not-printed", "\(what) does not stand at \(locator) of '\(source)'\(order)", at: span, notes: notes,
      hint: hint)
  }

  static func sourceUnprovenDataset(_ name: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "source.unproven-dataset", "no column of dataset '\(name)' says how its source prints it", at: span,
      hint:
        "write 'printed: true' at a field whose cells the source prints, or 'derived' with a query that gives the rows")
  }

  static func sourceUnprovenRow(_ dataset: String, row: Int, at span: SourceSpan?) -> Diagnostic {
    .warning(
      "source.unproven-row", "row \(row + 1) of dataset '\(dataset)' holds nothing that its source prints", at: span,
      hint: "write 'printed: true' at one more field")
  }
}
