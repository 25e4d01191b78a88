/// Diagnostics for programs: JSON Lines, and the annotations of GitHub Actions.

/// Returns a JSON object a line, one for each place, in the order of places.
///
/// Members: `severity`, `code`, `message`; `path`, `line`, `column`, `endLine`, `endColumn` where there is a place, columns
/// counted in Unicode scalars from 1 and the end just behind the last; `notes` and `hint` where there are any.
package func diagnosticsAsJSONLines(_ diagnostics: [Diagnostic]) -> String {
  diagnostics.sorted().reduce(into: "") { text, diagnostic in
    text += "{" + diagnosticMembers(diagnostic).joined(separator: ",") + "}\n"
  }
}

/// Returns the JSON object of one diagnostic.
package func diagnosticAsJSON(_ diagnostic: Diagnostic) -> String {
  "{" + diagnosticMembers(diagnostic).joined(separator: ",") + "}"
}

private func diagnosticMembers(_ diagnostic: Diagnostic) -> [String] {
  var members = [
    "\"severity\":\"\(diagnostic.severity.rawValue)\"", "\"code\":" + jsonString(diagnostic.code),
    "\"message\":" + jsonString(diagnostic.message),
  ]
  if let span = diagnostic.span { members += spanMembers(span) }
  if !diagnostic.notes.isEmpty {
    let notes = diagnostic.notes.map { note in
      let members = ["\"message\":" + jsonString(note.message)] + (note.span.map(spanMembers) ?? [])
      return "{" + members.joined(separator: ",") + "}"
    }
    members.append("\"notes\":[" + notes.joined(separator: ",") + "]")
  }
  if let hint = diagnostic.hint { members.append("\"hint\":" + jsonString(hint)) }
  return members
}

private func spanMembers(_ span: SourceSpan) -> [String] {
  [
    "\"path\":" + jsonString(span.path), "\"line\":\(span.start.line)", "\"column\":\(span.start.column)",
    "\"endLine\":\(span.end.line)", "\"endColumn\":\(span.end.column)",
  ]
}

/// Returns a JSON string literal: RFC 8259, ASCII control characters escaped and all else as it is.
package func jsonString(_ text: String) -> String {
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": literal += "\\\""
    case "\\": literal += "\\\\"
    case "\n": literal += "\\n"
    case "\r": literal += "\\r"
    case "\t": literal += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16)
      literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: literal.unicodeScalars.append(scalar)
    }
  }
  return literal + "\""
}

/// Returns workflow commands by which GitHub Actions shows diagnostics beside the lines of a change, one for each cause.
///
/// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
package func diagnosticsAsGitHubAnnotations(_ diagnostics: [Diagnostic], pathPrefix: String = "") -> String {
  groupByCause(diagnostics).reduce(into: "") { text, group in
    let diagnostic = group.first
    var properties = ["title=" + annotationValue(diagnostic.code, isProperty: true)]
    if let span = diagnostic.span {
      properties.append("file=" + annotationValue(pathPrefix + span.path, isProperty: true))
      properties += ["line=\(span.start.line)", "endLine=\(span.end.line)"]
      if span.start.line == span.end.line {
        properties += ["col=\(span.start.column)", "endColumn=\(span.end.column)"]
      }
    }
    var message = diagnostic.message
    if group.places.count > 1 { message += " (and \(group.places.count - 1) more)" }
    for note in diagnostic.notes {
      let place = note.span.map { "\(pathPrefix)\($0.path):\($0.start.line):\($0.start.column): " } ?? ""
      message += "\nnote: \(place)\(note.message)"
    }
    if let hint = diagnostic.hint { message += "\nhint: \(hint)" }
    text += "::\(diagnostic.severity.rawValue) " + properties.joined(separator: ",") + "::"
    text += annotationValue(message, isProperty: false) + "\n"
  }
}

private func annotationValue(_ text: String, isProperty: Bool) -> String {
  text.unicodeScalars.reduce(into: "") { value, scalar in
    switch scalar {
    case "%": value += "%25"
    case "\r": value += "%0D"
    case "\n": value += "%0A"
    case ":" where isProperty: value += "%3A"
    case "," where isProperty: value += "%2C"
    default: value.unicodeScalars.append(scalar)
    }
  }
}
