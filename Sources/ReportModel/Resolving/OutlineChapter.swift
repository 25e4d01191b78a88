package import AlmanacCore
package import MarkdownTree
private import Notation

extension ChapterOutline {
  /// The outline of a chapter that has been read.
  ///
  /// - Parameters:
  ///   - name: the path below the edition's folder without `.md`.
  ///   - editions: the report's languages, for captions that are written once for all.
  ///   - names: behind which a number is a version; `nil` when nobody asks for unbound numbers.
  package init(
    of chapter: Chapter, name: String, language: LanguageTag, editions: [LanguageTag], names: VersionedNames? = nil,
    options: MarkdownOptions = MarkdownOptions()
  ) {
    self.init(
      language: language, name: name, path: chapter.source.path,
      title: chapter.title.isEmpty ? name : chapter.title, description: chapter.description)
    headings = chapter.headings.map { Heading(level: $0.level, id: $0.id, text: $0.text) }
    figures = chapter.figures.map { figure in
      Figure(id: figure.id, kind: figure.kind, caption: chapter.caption(of: figure, in: language, editions: editions))
    }
    for citation in chapter.citations { for item in citation.items { add(item.id, to: &citations) } }
    for figure in chapter.figures {
      for id in chapter.citedIDs(in: figure) { add(id, to: &citations) }
    }
    for reference in chapter.crossReferences { add(reference.target, to: &crossReferences) }
    for number in chapter.boundNumbers {
      for fact in number.value.expression?.facts ?? [] { add(fact.id, to: &facts) }
    }
    mentions = chapter.mentions(in: language, editions: editions)
    textFingerprint = chapter.textFingerprint
    translationOf = chapter.translationOf
    (words, hanCharacters) = chapter.countWords()
    usesData = !chapter.boundNumbers.isEmpty || !chapter.queries.isEmpty || !chapter.figures.isEmpty
    queries = chapter.queries.map(\.name)
    if let names {
      unboundNumbers = chapter.findUnboundNumbers(
        language: language, editions: editions, names: names, options: options)
    }
  }
}

private func add(_ id: String, to ids: inout [String]) {
  if !ids.contains(id) { ids.append(id) }
}

extension Chapter {
  /// A figure's caption as plain text.
  fileprivate func caption(of figure: Figure, in language: LanguageTag, editions: [LanguageTag]) -> String {
    switch figure.content {
    case .fence(let body):
      let value = selectingEdition(language, in: body.value, editions: editions)
      return value["caption"]?.scalarText ?? value["title"]?.scalarText ?? figure.id
    case .image(let node, _): return tree.plainText(of: node)
    case .table(let caption): return captionWithoutSources(caption)
    }
  }

  /// A table's caption without the sources that it cites, which stand below the table.
  private func captionWithoutSources(_ caption: NodeID) -> String {
    let sources = citations.filter { !$0.isNarrative }.map { ($0.node, "") }
    let text = tree.plainText(of: caption, substitutions: Dictionary(sources) { first, _ in first })
    return text.hasSuffix(" ") ? String(text.dropLast()) : text
  }

  /// The references that a figure's source line and notes cite: `[@cnnic-2025, L173; @boc-2025]`.
  fileprivate func citedIDs(in figure: Figure) -> [String] {
    guard case .fence(let body) = figure.content else { return [] }
    var ids: [String] = []
    for key in ["caption", "source", "note", "notes"] {
      guard let value = body.value[key] else { continue }
      for text in value.texts { ids += citations(in: text) }
    }
    return ids
  }

  private func citations(in text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return [] }
    return readInlineText(SourceFile(path: source.path, text: text)).value.citations.flatMap { $0.items.map(\.id) }
  }

  /// Words (runs of letters and digits that are no Han characters) and Han characters of the prose.
  fileprivate func countWords() -> (words: Int, hanCharacters: Int) {
    var words = 0
    var han = 0
    for node in tree.nodes where node.kind == .text || node.kind == .code {
      var isInWord = false
      var index = Int(node.textStart)
      let end = Int(node.textEnd)
      while index < end {
        let byte = tree.text[index]
        if byte < 0x80 {
          let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte &- 0x30 < 10
          if isLetter, !isInWord { words += 1 }
          isInWord = isLetter || byte == 0x27
          index += 1
        } else if byte >= 0xE4, byte <= 0xE9 {
          // U+4000 to U+9FFF: nearly all Han characters in use.
          han += 1
          isInWord = false
          index += 3
        } else {
          index += byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        }
      }
    }
    return (words, han)
  }
}

extension NotationValue {
  /// All texts in a value, however deep.
  fileprivate var texts: [String] { textValues.compactMap(\.string) }
}
