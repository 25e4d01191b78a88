package import AlmanacCore
package import Notation

extension ObjectReader {
  /// Reads a text that is the same in every edition, or a map from language to text.
  ///
  /// Diagnoses `<area>.wrong-type`, `<area>.unknown-language`, `<area>.missing-translation`.
  /// - Parameter editions: the report's languages; empty when they are not known yet.
  package mutating func editionText(_ key: String, required: Bool = false, editions: [LanguageTag]) -> EditionText? {
    guard let value = value(key, required: required) else { return nil }
    return readEditionText(value, area: area, editions: editions).value(reportingTo: &diagnostics)
  }
}

/// Reads a text that is the same in every edition, or a map from language to text.
package func readEditionText(
  _ value: NotationValue, area: String, editions: [LanguageTag]
) -> Diagnosed<EditionText?> {
  if let text = value.scalarText { return Diagnosed(EditionText(text, span: value.span)) }
  guard let members = value.object else {
    return Diagnosed(
      nil,
      [
        .error(
          "\(area).wrong-type", "expected text, or a text for each edition, found \(value.kindDescription)",
          at: value.span, hint: "write 'text' or {en: text, zh-Hans: 文字}")
      ])
  }
  var diagnostics: [Diagnostic] = []
  var entries: [EditionText.Entry] = []
  for member in members {
    guard let language = LanguageTag(member.key), editions.isEmpty || editions.contains(language) else {
      diagnostics.append(
        .error(
          "\(area).unknown-language", "'\(member.key)' is not an edition of this report", at: member.keySpan,
          hint: unknownWordHint(member.key, among: editions.map(\.rawValue))))
      continue
    }
    guard let text = member.value.scalarText else {
      diagnostics.append(
        .error("\(area).wrong-type", "expected text, found \(member.value.kindDescription)", at: member.value.span))
      continue
    }
    entries.append(EditionText.Entry(language: language, text: text, span: member.value.span))
  }
  for edition in editions where !members.contains(where: { $0.key == edition.rawValue }) {
    diagnostics.append(
      .warning(
        "\(area).missing-translation", "no text for the edition '\(edition)'", at: value.span,
        hint: "the text of '\(members.first?.key ?? "")' is shown instead"))
  }
  return Diagnosed(EditionText(entries: entries, span: value.span), diagnostics)
}

/// Returns a value with every `{en: …, zh-Hans: …}` map in it replaced by the text for one edition.
///
/// A map counts as such when all its keys are languages and one of them is an edition of the report, so an object of a chart
/// spec is never mistaken for one.
package func selectingEdition(
  _ language: LanguageTag, in value: NotationValue, editions: [LanguageTag]
) -> NotationValue {
  var copy = value
  switch value.content {
  case .array(let values):
    copy.content = .array(values.map { selectingEdition(language, in: $0, editions: editions) })
  case .object(let members):
    let languages = members.map { LanguageTag($0.key) }
    if !members.isEmpty, editions.contains(where: { languages.contains($0) }),
      languages.allSatisfy({ tag in tag.map { editions.contains($0) } ?? false })
    {
      let own = members.first { $0.key == language.rawValue } ?? members[0]
      return selectingEdition(language, in: own.value, editions: editions)
    }
    copy.content = .object(
      members.map {
        NotationMember(
          key: $0.key, keySpan: $0.keySpan, value: selectingEdition(language, in: $0.value, editions: editions))
      })
  default: break
  }
  return copy
}
