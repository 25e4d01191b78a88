package import AlmanacCore
private import Notation

/// Reads `Content/glossary.yaml`: `key: {en: {term, short, text}, zh-Hans: {…}}`.
///
/// Diagnoses `glossary.…`.
package func readGlossary(_ file: SourceFile, editions: [LanguageTag]) -> Diagnosed<[GlossaryEntry]> {
  var diagnostics: [Diagnostic] = []
  let value = parseYAML(file).value(reportingTo: &diagnostics)
  guard let members = value.object else {
    if !value.isNull {
      diagnostics.append(
        .error("glossary.wrong-type", "expected a map of terms, found \(value.kindDescription)", at: value.span))
    }
    return Diagnosed([], diagnostics)
  }
  let entries = members.map { member in
    var texts: [String: [EditionText.Entry]] = [:]
    var entry = ObjectReader(member.value, area: "glossary")
    for edition in editions {
      guard var reader = entry.reader(edition.rawValue, required: true) else { continue }
      for (key, isRequired) in [("term", true), ("short", false), ("text", true)] {
        guard let text = reader.text(key, required: isRequired) else { continue }
        texts[key, default: []].append(.init(language: edition, text: text, span: reader.value[key]?.span))
      }
      entry.diagnostics += reader.finish()
    }
    diagnostics += entry.finish()
    func text(_ key: String) -> EditionText? {
      texts[key].map { EditionText(entries: $0, span: member.keySpan) }
    }
    return GlossaryEntry(
      key: member.key, term: text("term") ?? EditionText(member.key), short: text("short"),
      text: text("text") ?? EditionText(""), span: member.keySpan)
  }
  return Diagnosed(entries, diagnostics)
}
