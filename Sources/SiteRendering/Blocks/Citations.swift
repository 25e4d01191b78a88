internal import AlmanacCore
internal import Localization
internal import Markup
internal import ReportModel

extension MarkupWriter {
  /// Appends a group of citations, `[3, L173; 5]`: each number leads to the list below the chapter.
  ///
  /// - Parameter items: the references' ids, and where in them as the author wrote it.
  mutating func citations(_ items: [(id: String, locator: String?)], in edition: EditionSite) {
    raw("<span class=\"cites\">[")
    for (place, item) in items.enumerated() {
      if place > 0 { text(edition.language.isChinese ? "；" : "; ") }
      let number = edition.index.citationNumbers[item.id].map(String.init) ?? "?"
      raw("<a class=\"cite\"")
      attribute("href", "#ref-\(item.id)")
      raw(">")
      text(number)
      raw("</a>")
      if let locator = item.locator, !locator.isEmpty {
        text(edition.language.isChinese ? "，" : ", ")
        text(edition.citationPlace(locator))
      }
    }
    raw("]</span>")
  }

  /// Appends a narrative citation: the author's or title's words with the number behind.
  mutating func narrativeCitation(_ id: String, _ reference: Reference?, in edition: EditionSite) {
    if let reference {
      text(reference.authors.first?[edition.language] ?? reference.title[edition.language])
      raw(" ")
    }
    citations([(id, nil)], in: edition)
  }
}

extension EditionSite {
  /// `L173` and `L112-L132` in words; anything else as it is written.
  func citationPlace(_ text: String) -> String {
    let lines = text.split(separator: "-").map { $0.drop { $0 == "L" || $0 == " " } }
    guard text.hasPrefix("L"), let first = lines.first.flatMap({ Int($0) }) else { return text }
    guard lines.count == 2, let last = Int(lines[1]) else { return words("citedLine", ["line": .text(String(first))]) }
    return words("citedLines", ["first": .text(String(first)), "last": .text(String(last))])
  }
}
