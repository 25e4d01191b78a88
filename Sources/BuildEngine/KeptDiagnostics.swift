package import AlmanacCore
package import Notation

// A kept artifact keeps its diagnostics, so that an unchanged chapter warns again. They are kept as JSON.

extension JSONWriter {
  /// Appends `"diagnostics": […]`.
  package mutating func member(diagnostics: [Diagnostic]) {
    key("diagnostics")
    beginArray()
    for diagnostic in diagnostics { value(diagnostic) }
    endArray()
  }

  private mutating func value(_ diagnostic: Diagnostic) {
    beginObject()
    member("severity", diagnostic.severity.rawValue)
    member("code", diagnostic.code)
    member("message", diagnostic.message)
    member("hint", ifPresent: diagnostic.hint)
    member(span: diagnostic.span)
    if !diagnostic.notes.isEmpty {
      key("notes")
      beginArray()
      for note in diagnostic.notes {
        beginObject()
        member("message", note.message)
        member(span: note.span)
        endObject()
      }
      endArray()
    }
    endObject()
  }

  private mutating func member(span: SourceSpan?) {
    guard let span else { return }
    member("path", span.path)
    key("at")
    beginArray()
    for number in [span.start.line, span.start.column, span.end.line, span.end.column] { value(number) }
    endArray()
  }
}

/// Reads kept diagnostics back; `nil` for anything that this version did not write.
package func keptDiagnostics(in value: NotationValue) -> [Diagnostic]? {
  guard let items = value["diagnostics"]?.array else { return nil }
  var diagnostics: [Diagnostic] = []
  for item in items {
    guard let severity = item["severity"]?.string.flatMap(Diagnostic.Severity.init), let code = item["code"]?.string,
      let message = item["message"]?.string
    else { return nil }
    let notes = (item["notes"]?.array ?? []).map { note in
      Diagnostic.Note(note["message"]?.string ?? "", at: keptSpan(in: note))
    }
    diagnostics.append(
      Diagnostic(severity, code, message, at: keptSpan(in: item), notes: notes, hint: item["hint"]?.string))
  }
  return diagnostics
}

private func keptSpan(in value: NotationValue) -> SourceSpan? {
  guard let path = value["path"]?.string, let at = value["at"]?.array?.compactMap(\.number).map({ Int($0) }),
    at.count == 4
  else { return nil }
  return SourceSpan(
    path: path, start: SourceLocation(line: at[0], column: at[1]), end: SourceLocation(line: at[2], column: at[3]))
}
