internal import AlmanacCore
internal import Datasets
internal import Localization
internal import MarkdownTree
internal import Markup
internal import ReportModel

/// Draws what stands in a line of text and needs the report: bound numbers, citations, cross-references, terms.
struct InlineDrawing {
  let site: Site
  let edition: EditionSite
  let route: Route
  let describer: ValueDescriber
  /// The ids of all facts drawn so far.
  var facts: Set<String> = []
  /// The names of all datasets from which something was drawn so far.
  var datasets: Set<String> = []
  var diagnostics: [Diagnostic] = []
  /// Whether citations show the names of the sources rather than their numbers.
  var namesSources = false
  /// Numbers the cards of a page, which need ids.
  private var cardCount = 0
  private var termCount = 0

  init(site: Site, edition: EditionSite, route: Route) {
    self.site = site
    self.edition = edition
    self.route = route
    describer = ValueDescriber(site: site, edition: edition, route: route)
  }

  /// Returns the markup of everything of the dialect in a chapter's lines, by node.
  mutating func draw(in chapter: Chapter) -> [NodeID: [UInt8]] {
    var markup: [NodeID: [UInt8]] = [:]
    for number in chapter.boundNumbers { markup[number.node] = draw(number.value, at: number.span) }
    for citation in chapter.citations { markup[citation.node] = draw(citation) }
    for reference in chapter.crossReferences { markup[reference.node] = draw(reference) }
    for term in chapter.terms { if let html = draw(term) { markup[term.node] = html } }
    return markup
  }

  // MARK: - Numbers

  /// Draws a bound number with its card.
  mutating func draw(_ bound: BoundValue, at span: SourceSpan) -> [UInt8] {
    guard let described = describe(bound) else { return Array("?".utf8) }
    cardCount += 1
    var writer = MarkupWriter()
    writer.value(described, id: "v-\(cardCount)", words: edition.words)
    return writer.bytes
  }

  /// Resolves a bound number; `nil` when it names what is not there, which is diagnosed.
  private mutating func describe(_ bound: BoundValue) -> ValueMarkup? {
    guard let expression = bound.expression,
      var value = resolveValue(expression, in: site.data).value(reportingTo: &diagnostics)
    else { return nil }
    let style = style(of: bound.options, value: &value)
    for fact in value.facts { facts.insert(fact.id) }
    for cell in value.cells { datasets.insert(cell.dataset) }
    let formula = value.isComputed ? describer.formula(expression) : nil
    return describer.describe(value, style: style, formula: formula)
  }

  /// Returns a text for a place without markup, such as the description of a picture: bound numbers as they are
  /// written, `[…]{.literal}` as its words.
  mutating func plainText(_ text: String, path: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    let inline = readInlineText(SourceFile(path: path, text: text)).value
    guard !inline.boundNumbers.isEmpty || !inline.literals.isEmpty else { return text }
    var words: [NodeID: String] = [:]
    for number in inline.boundNumbers { words[number.node] = describe(number.value)?.text ?? "?" }
    return inline.tree.plainText(of: .document, substitutions: words)
  }

  /// Returns where a figure's data come from, for a picture that leaves the page.
  mutating func sourceText(_ text: String, path: String) -> String {
    let inline = readInlineText(SourceFile(path: path, text: text)).value
    var words: [NodeID: String] = [:]
    for number in inline.boundNumbers { words[number.node] = describe(number.value)?.text ?? "?" }
    for citation in inline.citations {
      words[citation.node] = edition.citationText(
        citation.items.map { CitedPlace(id: $0.id, locator: $0.locator) }, in: site)
    }
    return inline.tree.plainText(of: .document, substitutions: words)
  }

  /// Returns a text as a picture shows it: bound numbers as they are written, no markup. What is wrong with it is told at
  /// the text's place.
  mutating func plainLine(_ text: String, at span: SourceSpan) -> String {
    guard text.utf8.contains(where: { "{`*_[&\\".utf8.contains($0) }) else { return text }
    let inline = readInlineText(SourceFile(path: span.path, text: text)).value
    var words: [NodeID: String] = [:]
    let told = diagnostics.count
    for number in inline.boundNumbers { words[number.node] = describe(number.value)?.text ?? "?" }
    for index in told..<diagnostics.count { diagnostics[index].span = span }
    return inline.tree.plainText(of: .document, substitutions: words)
  }

  private mutating func style(of options: BoundValue.NumberOptions, value: inout ResolvedValue) -> QuantityStyle {
    var style = QuantityStyle(significantDigits: value.significantDigits)
    style.showsPlus = options.showsSign
    if let format = options.format {
      style.format = NumberFormatSpecifier(format)
      if style.format == nil {
        diagnostics.append(
          .error(
            "value.bad-format", "'\(format)' is not a number format", at: options.formatSpan,
            hint: "such as .1f, ,d or .2s: see https://d3js.org/d3-format"))
      }
    }
    switch options.unit {
    case nil: break
    case "off": style.showsUnit = false
    case let unit?:
      if let other = site.data.names.measure(unit) {
        if let converted = value.converted(from: site.data.names.measure(value.unit) ?? .count, to: other) {
          value = converted
        } else {
          diagnostics.append(
            .valueWrongUnit(value.unit, as: other, rates: rates(from: value.unit, to: unit), at: options.unitSpan))
        }
      } else {
        diagnostics.append(
          .error(
            "value.unknown-unit", "no unit named '\(unit)'", at: options.unitSpan,
            hint: unknownWordHint(unit, among: ["off"] + site.data.names.unitKeys)))
      }
    }
    switch options.scale {
    case nil: break
    case "off": style.scales = false
    case let scale?:
      diagnostics.append(
        .error(
          "value.unknown-scale", "'\(scale)' is not a scale", at: options.scaleSpan,
          hint: "write scale=off for all digits"))
    }
    return style
  }

  /// The facts that say what one currency is worth in another.
  private func rates(from unit: String, to other: String) -> [Fact] {
    site.data.ledger.facts.filter { fact in
      guard let (of, per) = fact.measure.exchangedCurrencies else { return false }
      return Set([of, per]) == [unit, other]
    }
  }

  // MARK: - Citations and cross-references

  private mutating func draw(_ citation: Chapter.Citation) -> [UInt8] {
    var writer = MarkupWriter()
    for item in citation.items where site.reference(item.id) == nil {
      diagnostics.append(
        .error(
          "citation.unknown", "no reference named '\(item.id)'", at: item.idSpan,
          hint: closestMatch(to: item.id, among: site.references.map(\.id)).map { "did you mean '\($0)'?" }
            ?? "add it to Content/references.yaml"))
    }
    if citation.isNarrative, let first = citation.items.first {
      writer.narrativeCitation(first.id, in: site, edition)
    } else {
      writer.citations(
        citation.items.map { CitedPlace(id: $0.id, locator: $0.locator) }, naming: namesSources, in: site, edition)
    }
    return writer.bytes
  }

  private mutating func draw(_ reference: Chapter.CrossReference) -> [UInt8] {
    var writer = MarkupWriter()
    guard let target = edition.index.targets[reference.target] else {
      diagnostics.append(
        .error(
          "reference.unknown-target", "nothing has the id '\(reference.target)'", at: reference.targetSpan,
          hint: unknownWordHint(reference.target, among: edition.index.ids)))
      writer.text(reference.target)
      return writer.bytes
    }
    writer.raw("<a class=\"xref\"")
    writer.attribute("href", route.link(to: edition.route(ofChapter: target.chapter), anchor: reference.target))
    writer.raw(">")
    switch (reference.form, target.kind) {
    case (.number, .figure(let number)), (.number, .table(let number)): writer.integer(number)
    default: writer.text(edition.label(of: reference.target) ?? target.title)
    }
    writer.raw("</a>")
    return writer.bytes
  }

  // MARK: - Terms

  /// Draws a glossary word with its explanation; `nil` leaves the words as they are.
  private mutating func draw(_ term: Chapter.MarkedSpan) -> [UInt8]? {
    guard let entry = site.glossary.first(where: { $0.names(term.text, in: edition.language) }) else {
      diagnostics.append(
        .warning(
          "term.unknown", "the glossary has no term '\(term.text)'", at: term.span,
          hint: closestMatch(to: term.text, among: site.glossary.map { $0.term[edition.language] }).map {
            "did you mean '\($0)'?"
          } ?? "add it to Content/glossary.yaml"))
      return nil
    }
    termCount += 1
    var writer = MarkupWriter()
    writer.raw("<span class=\"v-wrap term-wrap\"><")
    // Without a page that explains it, a term is a place to stop at rather than a link.
    writer.raw(site.hasGlossaryPage ? "a class=\"term\"" : "dfn class=\"term\" tabindex=\"0\"")
    if site.hasGlossaryPage {
      writer.attribute("href", route.link(to: edition.route("glossary"), anchor: entry.anchor))
    }
    writer.attribute("aria-describedby", "t-\(termCount)")
    writer.raw(">")
    writer.text(term.text)
    writer.raw(site.hasGlossaryPage ? "</a>" : "</dfn>")
    writer.raw("<span class=\"v-card\"")
    writer.attribute("id", "t-\(termCount)")
    writer.raw(" role=\"tooltip\">")
    if let short = entry.short?[edition.language], !short.isEmpty {
      writer.raw("<span class=\"v-name\">")
      writer.text(short)
      writer.raw("</span> ")
    }
    writer.text(entry.text[edition.language])
    writer.raw("</span></span>")
    return writer.bytes
  }
}

extension Diagnostic {
  /// - Parameter rates: facts that lead from one currency to the other.
  fileprivate static func valueWrongUnit(
    _ unit: String, as other: MeasureUnit, rates: [Fact], at span: SourceSpan?
  ) -> Diagnostic {
    let hint: String
    if let rate = rates.first {
      let sign = rate.measure.exchangedCurrencies?.of == other.key ? "*" : "/"
      hint = "convert through a dated rate: '… \(sign) \(rate.id)'"
    } else if case .currency = other.kind {
      hint = "add the rate of a date to the ledger, in a unit such as 'CNY/USD', and multiply or divide by it"
    } else {
      hint = "leave out 'unit', or bind a number that is measured in '\(other.key)'"
    }
    return .error("value.wrong-unit", "a number in '\(unit)' cannot be written in '\(other.key)'", at: span, hint: hint)
  }
}

extension GlossaryEntry {
  /// Its id on the page of the glossary.
  var anchor: String { "term-" + String(key.map { $0.isWhitespace ? "-" : $0 }) }

  /// Whether a word of a chapter means this entry: its key, its term or its short form, whatever the case of letters.
  func names(_ word: String, in language: LanguageTag) -> Bool {
    let word = word.lowercased()
    return [key, term[language], short?[language] ?? ""].contains { $0.lowercased() == word }
      || word == term[language].lowercased() + "s"
  }
}
