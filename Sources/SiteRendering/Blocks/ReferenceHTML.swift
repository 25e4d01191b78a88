package import AlmanacCore
private import Localization
package import Markup
package import ReportModel

extension MarkupWriter {
  /// Appends a reference as it stands in a list.
  ///
  /// English: author, title in italics, publisher, date, address. Chinese: the order of GB/T 7714 with the letter of the
  /// document's type: 作者. 题名[R]. 出版者, 年.
  package mutating func reference(_ reference: Reference, in language: LanguageTag) {
    if language.isChinese { chineseReference(reference, language) } else { englishReference(reference, language) }
  }

  private mutating func englishReference(_ reference: Reference, _ language: LanguageTag) {
    let authors = reference.authors.map { $0[language] }
    sentence(englishList(authors))
    raw("<cite>")
    text(reference.title[language])
    raw("</cite>.")
    var tail: [String] = []
    if let publisher = reference.publisher?[language], !authors.contains(publisher) { tail.append(publisher) }
    if let issued = reference.issued { tail.append(formatPeriod(issued, language)) }
    if !tail.isEmpty {
      raw(" ")
      sentence(tail.joined(separator: ", "))
    }
    address(reference.url)
  }

  private mutating func chineseReference(_ reference: Reference, _ language: LanguageTag) {
    let authors = reference.authors.map { $0[language] }
    sentence(authors.joined(separator: "，"))
    raw("<cite>")
    text(reference.title[language])
    raw("</cite>[")
    text(documentTypeCode(reference))
    raw("].")
    var tail: [String] = []
    if let publisher = reference.publisher?[language], !authors.contains(publisher) { tail.append(publisher) }
    if let issued = reference.issued { tail.append(issued) }
    if !tail.isEmpty {
      raw(" ")
      sentence(tail.joined(separator: "，"))
    }
    address(reference.url)
  }

  /// Appends text that ends in a full stop, and a space before what follows.
  private mutating func sentence(_ words: String) {
    guard !words.isEmpty else { return }
    text(words)
    raw(words.hasSuffix(".") ? " " : ". ")
  }

  private mutating func address(_ url: String?) {
    guard let url, url.hasPrefix("https://") || url.hasPrefix("http://") else { return }
    raw("<a class=\"reference-url\"")
    attribute("href", url)
    raw(">")
    text(url)
    raw("</a>")
  }
}

private func englishList(_ items: [String]) -> String {
  items.count < 2 ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + items.last!
}

/// The letter that GB/T 7714 gives a kind of document; `/OL` marks one that is read online.
private func documentTypeCode(_ reference: Reference) -> String {
  let letter =
    switch reference.type {
    case "book", "chapter": "M"
    case "article-journal", "article-magazine": "J"
    case "article-newspaper": "N"
    case "thesis": "D"
    case "dataset": "DS"
    case "webpage", "post", "post-weblog": "EB"
    case "legislation", "standard": "S"
    default: "R"
    }
  return reference.url == nil ? letter : letter + "/OL"
}
