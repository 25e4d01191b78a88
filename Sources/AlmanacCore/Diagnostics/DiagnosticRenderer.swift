/// Tells diagnostics to people, in the order of their places, one cause once.
///
///     Content/en/energy.md:3:10: error: no dataset named 'enrgy' [figure.unknown-dataset]
///       3 | dataset: enrgy
///         |          ^^^^^
///       = hint: did you mean 'energy'?
///
/// The first line is what editors and terminals make a link of. Text that comes from content is shown with its control
/// characters made visible, so that a file cannot write to the terminal.
package struct DiagnosticRenderer: Sendable {
  /// Files that diagnostics point into; one that is not here is told without its line.
  package var sources: [SourceFile]
  /// Put before each path, such as the report's folder seen from where the author stands.
  package var pathPrefix: String
  package var decorator: DiagnosticDecorator

  package init(sources: [SourceFile] = [], pathPrefix: String = "", decorator: DiagnosticDecorator = .plain) {
    self.sources = sources
    self.pathPrefix = pathPrefix
    self.decorator = decorator
  }
}

extension DiagnosticRenderer {
  /// Returns the text of all diagnostics, each ending with a line feed.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    let groups = groupByCause(diagnostics)
    let pages = excerptPages(for: groups)
    var text = ""
    for (number, group) in groups.enumerated() {
      // Told apart by an empty line as soon as one of them is longer than a line.
      if number > 0 { text += "\n" }
      text += headline(group.first)
      if let span = group.first.span, let page = pages[span.path] { text += excerpt(span, page) }
      for note in group.first.notes { text += noteLines(note, pages) }
      if let places = otherPlaces(group) { text += detail("note", places) }
      if let hint = group.first.hint { text += detail("hint", visible(hint)) }
    }
    return text
  }

  private func headline(_ diagnostic: Diagnostic) -> String {
    var line = ""
    if let span = diagnostic.span { line += decorator.decorate(place(span), as: .place) + ": " }
    let severity = diagnostic.severity.rawValue
    line += decorator.decorate(severity + ":", as: diagnostic.severity == .error ? .error : .warning) + " "
    line += decorator.decorate(visible(diagnostic.message), as: .message) + " "
    return line + decorator.decorate("[\(diagnostic.code)]", as: .code) + "\n"
  }

  private func noteLines(_ note: Diagnostic.Note, _ pages: [String: ExcerptPage]) -> String {
    guard let span = note.span else { return detail("note", visible(note.message)) }
    var text = detail("note", place(span) + ": " + visible(note.message))
    if let page = pages[span.path] { text += excerpt(span, page) }
    return text
  }

  private func detail(_ word: String, _ text: String) -> String {
    "  " + decorator.decorate("= \(word):", as: .gutter) + " " + text + "\n"
  }

  private func excerpt(_ span: SourceSpan, _ page: ExcerptPage) -> String {
    guard let excerpt = Excerpt(span, in: page) else { return "" }
    let number = String(span.start.line)
    let margin = String(repeating: " ", count: number.count)
    let caretRole: DiagnosticDecorator.Role = .caret
    return "  " + decorator.decorate("\(number) |", as: .gutter) + " " + excerpt.line + "\n  " + margin + " "
      + decorator.decorate("|", as: .gutter) + " " + String(repeating: " ", count: excerpt.indent)
      + decorator.decorate(String(repeating: "^", count: excerpt.length), as: caretRole) + "\n"
  }

  private func otherPlaces(_ group: DiagnosticGroup) -> String? {
    let others = group.places.dropFirst()
    guard !others.isEmpty else { return nil }
    let shown = others.prefix(4).map(place).joined(separator: ", ")
    return "and \(others.count) more place\(others.count == 1 ? "" : "s"): \(shown)\(others.count > 4 ? ", …" : "")"
  }

  private func place(_ span: SourceSpan) -> String {
    "\(pathPrefix)\(visible(span.path)):\(span.start.line):\(span.start.column)"
  }

  /// The pages of all files that groups point into, each cut into lines once.
  private func excerptPages(for groups: [DiagnosticGroup]) -> [String: ExcerptPage] {
    var wanted: Set<String> = []
    for group in groups {
      if let path = group.first.span?.path { wanted.insert(path) }
      for note in group.first.notes { if let path = note.span?.path { wanted.insert(path) } }
    }
    var pages: [String: ExcerptPage] = [:]
    for file in sources where wanted.contains(file.path) && pages[file.path] == nil {
      pages[file.path] = ExcerptPage(file)
    }
    return pages
  }
}

// MARK: - One cause, one message

/// Diagnostics that say the same of several places.
package struct DiagnosticGroup: Sendable {
  /// The one that is told whole: the first in order.
  package var first: Diagnostic
  /// All places, the first one's first.
  package var places: [SourceSpan]
}

/// Sorts diagnostics and gathers those with the same severity, code, message and hint.
package func groupByCause(_ diagnostics: [Diagnostic]) -> [DiagnosticGroup] {
  struct Cause: Hashable {
    var severity: Diagnostic.Severity
    var code: String
    var message: String
    var hint: String?
  }
  var groups: [DiagnosticGroup] = []
  var positions: [Cause: Int] = [:]
  for diagnostic in diagnostics.sorted() {
    let cause = Cause(
      severity: diagnostic.severity, code: diagnostic.code, message: diagnostic.message, hint: diagnostic.hint)
    let place = diagnostic.span
    if let position = positions[cause] {
      if let place, groups[position].places.last != place { groups[position].places.append(place) }
    } else {
      positions[cause] = groups.count
      groups.append(DiagnosticGroup(first: diagnostic, places: place.map { [$0] } ?? []))
    }
  }
  return groups
}

/// Returns "2 errors and 1 warning", or `nil` when there is nothing to tell. Causes are counted, not places.
package func diagnosticSummary(_ diagnostics: [Diagnostic]) -> String? {
  let groups = groupByCause(diagnostics)
  let errors = groups.count { $0.first.severity == .error }
  let warnings = groups.count - errors
  let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
  return parts.isEmpty ? nil : parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
}
