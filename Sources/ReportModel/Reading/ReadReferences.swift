package import AlmanacCore
private import Notation

/// Reads `Content/references.yaml`: a list of CSL items, or a map with such a list under `references`.
///
/// Diagnoses `references.…`.
package func readReferences(_ file: SourceFile, editions: [LanguageTag]) -> Diagnosed<[Reference]> {
  var diagnostics: [Diagnostic] = []
  let value = parseYAML(file).value(reportingTo: &diagnostics)
  guard let items = value.array ?? value["references"]?.array else {
    if !value.isNull {
      diagnostics.append(
        .error(
          "references.wrong-type", "expected a list of references, found \(value.kindDescription)", at: value.span))
    }
    return Diagnosed([], diagnostics)
  }
  var references: [Reference] = []
  var places: [String: SourceSpan] = [:]
  for item in items {
    guard let reference = readReference(item, editions: editions).value(reportingTo: &diagnostics) else { continue }
    if let first = places[reference.id] {
      diagnostics.append(
        .error(
          "references.duplicate-id", "the reference '\(reference.id)' is there twice", at: reference.span,
          notes: [.init("first defined here", at: first)]))
    } else {
      places[reference.id] = reference.span
      references.append(reference)
    }
  }
  return Diagnosed(references, diagnostics)
}

private func readReference(_ item: NotationValue, editions: [LanguageTag]) -> Diagnosed<Reference?> {
  var reader = ObjectReader(item, area: "references")
  let id = reader.member("id", required: true)
  let title = reader.editionText("title", required: true, editions: editions)
  var reference = Reference(
    id: id?.value.scalarText ?? "", title: title ?? EditionText(""), span: id?.value.span ?? item.span)
  reference.type = reader.text("type") ?? "report"
  reference.label = reader.editionText("citation-label", editions: editions)
  reference.authors = readNames(&reader, "author", editions: editions)
  reference.issued = readIssued(&reader)
  reference.issuedSpan = item["issued"]?.span
  reference.publisher = reader.editionText("publisher", editions: editions)
  reference.url = reader.text("URL")
  reference.language = reader.text("language")
  reference.note = reader.editionText("note", editions: editions)
  reference.text = reader.text("text")
  reader.allow([
    "accessed", "container-title", "volume", "issue", "page", "DOI", "ISBN", "genre", "edition", "publisher-place",
    "title-short", "number", "abstract", "editor",
  ])
  return Diagnosed(reference.id.isEmpty ? nil : reference, reader.finish())
}

/// CSL names: `{literal: …}`, `{family: …, given: …}` or, as a convenience, plain text.
private func readNames(_ reader: inout ObjectReader, _ key: String, editions: [LanguageTag]) -> [EditionText] {
  guard let value = reader.value(key) else { return [] }
  return (value.array ?? [value]).compactMap { item in
    if item.object != nil, item["literal"] != nil || item["family"] != nil {
      var name = ObjectReader(item, area: "references")
      let literal = name.editionText("literal", editions: editions)
      let parts = [name.text("family"), name.text("given")].compactMap { $0 }.joined(separator: ", ")
      reader.diagnostics += name.finish()
      return literal ?? EditionText(parts, span: item.span)
    }
    return readEditionText(item, area: "references", editions: editions).value(reportingTo: &reader.diagnostics)
  }
}

/// A date as text, or CSL's `{date-parts: [[2025, 10]]}`.
private func readIssued(_ reader: inout ObjectReader) -> String? {
  guard let value = reader.value("issued") else { return nil }
  if let text = value.scalarText { return text }
  guard let parts = value["date-parts"]?.array?.first?.array else {
    reader.diagnostics.append(
      .error(
        "references.bad-date", "expected a date, found \(value.kindDescription)", at: value.span,
        hint: "such as 2025-10 or {date-parts: [[2025, 10]]}"))
    return nil
  }
  return parts.compactMap(\.scalarText).map { $0.utf8.count == 1 ? "0" + $0 : $0 }.joined(separator: "-")
}
