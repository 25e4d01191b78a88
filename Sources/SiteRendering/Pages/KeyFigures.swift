package import AlmanacCore
private import ReportModel

/// Draws the key figures of `report.yaml` for an edition's home page.
///
/// Diagnoses what is wrong with their expressions, and `report.unknown-chapter`.
package func renderKeyFigures(_ site: Site, _ edition: EditionSite) -> Diagnosed<[RenderedKeyFigure]> {
  var diagnostics: [Diagnostic] = []
  var drawing = InlineDrawing(site: site, edition: edition, route: edition.route("index"))
  let figures = site.configuration.keyFigures.map { figure in
    let bound = parseBoundValue(Array(figure.expression.utf8)) { range in
      figure.span.part(range)
    }.value(reportingTo: &diagnostics)
    if let chapter = figure.chapter, !edition.hasChapter(chapter) {
      diagnostics.append(
        .error(
          "report.unknown-chapter", "no chapter named '\(chapter)'", at: figure.span,
          hint: unknownWordHint(chapter, among: edition.chapters.map(\.name))))
    }
    // What it names that is not there is told as it is drawn.
    let value = bound.expression.flatMap { resolveValue($0, in: site.data).value }
    return RenderedKeyFigure(
      valueHTML: String(decoding: drawing.draw(bound, at: figure.span), as: UTF8.self),
      label: figure.label[edition.language], kindLabel: value.flatMap { drawing.describer.kindLabel($0.kind) },
      source: value.flatMap { drawing.describer.sourceLabels(of: $0) }, chapter: figure.chapter)
  }
  return Diagnosed(figures, diagnostics + drawing.diagnostics)
}

extension SourceSpan {
  /// The place of some of a text's bytes, where the span is that of the text; ids and operators are ASCII.
  fileprivate func part(_ range: Range<Int>) -> SourceSpan {
    guard start.line == end.line else { return self }
    return SourceSpan(
      path: path, start: SourceLocation(line: start.line, column: start.column + range.lowerBound),
      end: SourceLocation(line: start.line, column: start.column + range.upperBound))
  }
}
