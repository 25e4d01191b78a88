internal import AlmanacCore

// What can be wrong with Markdown as such. The dialect's problems stand in ReportModel.

extension Diagnostic {
  static func rawHTML(at span: SourceSpan) -> Diagnostic {
    .warning(
      "markdown.raw-html", "HTML in Markdown is left out", at: span,
      hint: "write Markdown, or set 'rawHTML: true' under 'markup' in report.yaml")
  }

  static func unsafeAddress(_ address: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "markdown.unsafe-address", "address '\(shortened(address))' could run a program and is dropped", at: span,
      hint: "link to an http, https or mailto address, or to a page of the report")
  }

  static func unusedFootnote(_ label: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "markdown.unused-footnote", "nothing refers to footnote '\(shortened(label))'", at: span,
      hint: "write '[^\(shortened(label))]' where it belongs, or remove it")
  }

  static func tooDeep(_ limit: Int, at span: SourceSpan) -> Diagnostic {
    .error("markdown.too-deep", "more than \(limit) elements stand within each other", at: span)
  }

  fileprivate static func tooLarge(_ message: String, at span: SourceSpan?) -> Diagnostic {
    .error("markdown.too-large", message, at: span, hint: "split it")
  }

  private static func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 60 ? text : String(text.unicodeScalars.prefix(59)) + "…"
  }
}

extension LineScan.Problem {
  func diagnostic(in file: SourceFile) -> Diagnostic {
    func place(_ offset: Int) -> SourceSpan { file.span(offset..<min(file.bytes.count, offset + 1)) }
    switch self {
    case .size(let size, let limit):
      return .tooLarge("a chapter of \(size) bytes is longer than the limit of \(limit)", at: place(0))
    case .columns(let offset, let limit): return .tooLarge("table has more than \(limit) columns", at: place(offset))
    case .cells(let offset, let limit): return .tooLarge("table has more than \(limit) cells", at: place(offset))
    case .linesAboveTable(let offset, let limit):
      return .tooLarge("paragraph above a table has more than \(limit) lines", at: place(offset))
    case .linkDefinition(let offset, let limit):
      return .tooLarge("link definition is longer than \(limit) bytes", at: place(offset))
    case .atSigns(let offset, let limit):
      return .tooLarge("chapter has more than \(limit) '@' signs", at: place(offset))
    }
  }
}
