package import AlmanacCore
private import MarkdownTree
package import Notation

/// Finds numbers that a text for several editions binds in one of them and not in another: `{en: …, zh-Hans: …}` in the
/// report's titles and labels, the reasons of conflicts, the glossary, descriptions of data, and the files of figures.
///
/// The report's first edition is the measure; what it lacks is told at the other's text, with the place of its own.
/// Diagnoses `parity.fact`.
/// - Parameters:
///   - value: what the file holds.
///   - editions: the report's languages in their order.
///   - isKnown: whether the data have what a number names; a text that names something else is told of that alone.
package func compareEditionTexts(
  in value: NotationValue, of file: SourceFile, editions: [LanguageTag], _ level: ReportConfiguration.GateLevel,
  isKnown: (String) -> Bool
) -> [Diagnostic] {
  guard let severity = level.severity, editions.count > 1 else { return [] }
  return withoutActuallyEscaping(isKnown) { isKnown in
    var comparison = TextComparison(
      file: file, lines: SourceLines(file), editions: editions, severity: severity, isKnown: isKnown)
    comparison.compare(value)
    return comparison.diagnostics
  }
}

private struct TextComparison {
  let file: SourceFile
  let lines: SourceLines
  let editions: [LanguageTag]
  let severity: Diagnostic.Severity
  let isKnown: (String) -> Bool
  var diagnostics: [Diagnostic] = []

  mutating func compare(_ value: NotationValue) {
    switch value.content {
    case .array(let values): for value in values { compare(value) }
    case .object(let members):
      let texts = members.compactMap { member in
        LanguageTag(member.key).flatMap { editions.contains($0) ? numbers(of: member, $0) : nil }
      }
      guard !members.isEmpty, texts.count == members.count else {
        for member in members { compare(member.value) }
        return
      }
      // A text that an edition does not have is another matter.
      guard let original = texts.first(where: { $0.language == editions[0] }) else { return }
      for other in texts where other.language != original.language {
        tell(original, missingIn: other)
        tell(other, missingIn: original)
      }
    default: break
    }
  }

  /// What one edition's texts bind.
  private struct EditionNumbers {
    var language: LanguageTag
    var span: SourceSpan
    var numbers: [(id: String, span: SourceSpan)]
  }

  private func numbers(of member: NotationMember, _ language: LanguageTag) -> EditionNumbers {
    var found: [(id: String, span: SourceSpan)] = []
    for value in member.value.textValues {
      guard let words = value.string, words.utf8.contains(UInt8(ascii: "{")) else { continue }
      let text = LineText(text: words, span: value.span)
      for number in readInlineText(SourceFile(path: file.path, text: words)).value.boundNumbers {
        let place = text.span(of: number.span, in: file, lines)
        found += (number.value.expression?.sources ?? []).map { ($0.id, place) }
      }
    }
    return EditionNumbers(language: language, span: member.value.span, numbers: found)
  }

  private mutating func tell(_ full: EditionNumbers, missingIn lacking: EditionNumbers) {
    guard (full.numbers + lacking.numbers).allSatisfy({ isKnown($0.id) }) else { return }
    var known = Set(lacking.numbers.map(\.id))
    for number in full.numbers where known.insert(number.id).inserted {
      diagnostics.append(
        .otherNumbers(
          number.id, at: number.span, language: full.language, twin: lacking.span, twinLanguage: lacking.language,
          severity))
    }
  }
}
