internal import AlmanacCore
internal import Localization
internal import Markup
internal import ReportModel

extension MarkupWriter {
  /// Appends a group of citations, `[3, l. 173; 5]`: each number leads to the list below the chapter.
  ///
  /// Below a figure, which is often read and passed on alone, a source goes by its name and without brackets:
  /// `CNNIC 2025, l. 173; iResearch 2025`.
  /// - Parameter items: the references' ids, and where in them as the author wrote it.
  mutating func citations(_ items: [CitedPlace], naming: Bool = false, in site: Site, _ edition: EditionSite) {
    raw("<span class=\"cites\">")
    if !naming { raw("[") }
    let isChinese = edition.language.isChinese
    for (place, source) in gathered(items).enumerated() {
      if place > 0 { text(isChinese ? "；" : "; ") }
      for (index, locator) in source.locators.enumerated() {
        // A number and its place stay on one line; further places may go to the next. In Han, where lines are set full, the
        // first place may too.
        raw("<span class=\"cite-place\">")
        if index == 0 {
          raw("<a class=\"cite\"")
          attribute("href", "#ref-\(source.id)")
          raw(">")
          text(
            naming
              ? site.reference(source.id)?.label(in: edition.language) ?? "?"
              : edition.index.citationNumbers[source.id].map(String.init) ?? "?")
          raw("</a>")
          if !locator.isEmpty { text(isChinese ? "，" : ", ") }
          if !locator.isEmpty, isChinese { raw("</span><span class=\"cite-place\">") }
        }
        text(edition.citationPlace(locator))
        if index + 1 < source.locators.count { text(isChinese ? "、" : ",") }
        raw("</span>")
        if index + 1 < source.locators.count, !isChinese { text(" ") }
      }
    }
    if !naming { raw("]") }
    raw("</span>")
  }

  /// Appends a narrative citation: the author's or title's words with the number behind.
  mutating func narrativeCitation(_ id: String, in site: Site, _ edition: EditionSite) {
    if let reference = site.reference(id) {
      text(reference.authors.first?[edition.language] ?? reference.title[edition.language])
      raw(" ")
    }
    citations([CitedPlace(id: id, locator: nil)], in: site, edition)
  }
}

/// The places in each source together, sources in the order in which they are first named.
private func gathered(_ items: [CitedPlace]) -> [(id: String, locators: [String])] {
  var sources: [(id: String, locators: [String])] = []
  for item in items {
    let locator = item.locator ?? ""
    if let known = sources.firstIndex(where: { $0.id == item.id }) {
      if !sources[known].locators.contains(locator) { sources[known].locators.append(locator) }
    } else {
      sources.append((item.id, [locator]))
    }
  }
  return sources
}

/// A source that is cited, and where in it as the author wrote it: `L173`, `p. 7`.
struct CitedPlace {
  var id: String
  var locator: String?
}

extension Reference {
  /// What the source goes by in a line: its label, or the first author and the year.
  func label(in language: LanguageTag) -> String {
    if let label { return label[language] }
    let name = authors.first?[language] ?? title[language]
    guard let year = issued?.prefix(4), !year.isEmpty else { return name }
    return language.isChinese ? "\(name)，\(year)" : "\(name) \(year)"
  }
}

extension EditionSite {
  /// Citations as a picture that leaves the page says them: `CNNIC 2025, l. 173; iResearch 2025`.
  func citationText(_ items: [CitedPlace], in site: Site) -> String {
    let isChinese = language.isChinese
    return gathered(items).map { source in
      let places = source.locators.filter { !$0.isEmpty }.map(citationPlace)
      let name = site.reference(source.id)?.label(in: language) ?? "?"
      return ([name] + (places.isEmpty ? [] : [places.joined(separator: isChinese ? "、" : ", ")]))
        .joined(separator: isChinese ? "，" : ", ")
    }.joined(separator: isChinese ? "；" : "; ")
  }

  /// `L173` and `L112-L132` in words; anything else as it is written.
  func citationPlace(_ text: String) -> String {
    let lines = text.split(separator: "-").map { $0.drop { $0 == "L" || $0 == " " } }
    guard text.hasPrefix("L"), let first = lines.first.flatMap({ Int($0) }) else { return text }
    guard lines.count == 2, let last = Int(lines[1]) else { return words("citedLine", ["line": .text(String(first))]) }
    return words("citedLines", ["first": .text(String(first)), "last": .text(String(last))])
  }
}
