package import AlmanacCore
private import Datasets
private import Notation
private import ReportModel

/// Returns the site with the bound numbers of its own texts written out: titles, descriptions, labels of key figures,
/// reasons of conflicts, terms, descriptions of data. `[…]{.literal}` becomes its words.
///
/// Diagnoses `value.…`, as of a number in a chapter.
package func bindTexts(_ site: Site) -> Diagnosed<Site> {
  var binding = TextBinding(site: site)
  var bound = site
  binding.bind(&bound.configuration.title)
  binding.bind(&bound.configuration.subtitle)
  binding.bind(&bound.configuration.description)
  for place in bound.configuration.keyFigures.indices { binding.bind(&bound.configuration.keyFigures[place].label) }
  for place in bound.glossary.indices {
    binding.bind(&bound.glossary[place].term)
    binding.bind(&bound.glossary[place].short)
    binding.bind(&bound.glossary[place].text)
  }
  for place in bound.references.indices { binding.bind(&bound.references[place].note) }
  for place in bound.data.conflicts.decisions.indices { binding.bind(&bound.data.conflicts.decisions[place].reason) }
  for place in bound.data.conflicts.found.indices { binding.bind(&bound.data.conflicts.found[place].decision) }
  for place in bound.data.datasets.indices { binding.bind(&bound.data.datasets[place].resource) }
  binding.bind(&bound.data.package.title)
  binding.bind(&bound.data.package.description)
  for place in bound.data.package.resources.indices { binding.bind(&bound.data.package.resources[place]) }
  return Diagnosed(bound, binding.diagnostics)
}

private struct TextBinding {
  let site: Site
  private var drawings: [InlineDrawing]
  /// What is wrong with a text that is drawn twice, as its dataset's and its package's, is told once.
  private var told: Set<Diagnostic> = []
  private(set) var diagnostics: [Diagnostic] = []

  init(site: Site) {
    self.site = site
    drawings = site.editions.map { InlineDrawing(site: site, edition: $0, route: $0.route("index")) }
  }

  mutating func bind(_ text: inout EditionText) {
    guard text.entries.contains(where: { mayBind($0.text) }) else { return }
    // A text for all editions says its numbers in the words of each.
    let entries = text.entries.flatMap { entry in
      entry.language == nil
        ? site.editions.map { EditionText.Entry(language: $0.language, text: entry.text, span: entry.span) } : [entry]
    }
    text.entries = entries.map { entry in
      var entry = entry
      entry.text = plainText(entry.text, entry.language, at: entry.span)
      return entry
    }
  }

  mutating func bind(_ text: inout EditionText?) {
    guard var present = text else { return }
    bind(&present)
    text = present
  }

  mutating func bind(_ value: inout NotationValue?) {
    guard let present = value else { return }
    if let text = present.string {
      guard mayBind(text) else { return }
      value = NotationValue(
        .object(
          site.editions.map { edition in
            NotationMember(
              key: edition.language.rawValue, keySpan: present.span,
              value: NotationValue(.string(plainText(text, edition.language, at: present.span)), at: present.span))
          }), at: present.span)
    } else if let members = present.object, members.contains(where: { $0.value.string.map(mayBind) == true }) {
      value = NotationValue(
        .object(
          members.map { member in
            guard let text = member.value.string, mayBind(text) else { return member }
            var member = member
            member.value.content = .string(plainText(text, LanguageTag(member.key), at: member.value.span))
            return member
          }), at: present.span)
    }
  }

  mutating func bind(_ decision: inout ConflictDecision?) {
    guard var present = decision else { return }
    bind(&present.reason)
    decision = present
  }

  mutating func bind(_ resource: inout DataResource) {
    bind(&resource.title)
    bind(&resource.description)
    for place in resource.fields.indices {
      bind(&resource.fields[place].title)
      bind(&resource.fields[place].description)
    }
  }

  private func mayBind(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "{")) }

  private mutating func plainText(_ text: String, _ language: LanguageTag?, at span: SourceSpan?) -> String {
    guard let place = drawings.firstIndex(where: { $0.edition.language == language }) ?? drawings.indices.first else {
      return text
    }
    let words = drawings[place].plainLine(text, at: span ?? SourceSpan(path: "", line: 1, column: 1))
    for diagnostic in drawings[place].diagnostics where told.insert(diagnostic).inserted {
      diagnostics.append(diagnostic)
    }
    drawings[place].diagnostics = []
    return words
  }
}
