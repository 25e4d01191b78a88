internal import AlmanacCore
internal import MarkdownTree
internal import Notation

extension Chapter {
  /// Everything that every edition of the chapter ought to say in the same section, in the order of the text: sections
  /// with an id, figures and tables, citations, and what bound numbers name, also those in captions and notes of figures.
  func mentions(in language: LanguageTag, editions: [LanguageTag]) -> [ChapterOutline.Mention] {
    var mentions = headings.filter(\.isExplicit).map { heading in
      ChapterOutline.Mention(.section, heading.id, at: heading.span, content: String(heading.level))
    }
    var lines: SourceLines?
    for figure in figures {
      var content = ""
      if case .fence(let body) = figure.content {
        let own = selectingEdition(language, in: body.value, editions: editions)
        content = own.drawnFrom
        mentions += captionMentions(own, &lines)
      }
      mentions.append(.init(figure.kind == .table ? .table : .figure, figure.id, at: figure.idSpan, content: content))
    }
    mentions += inlineMentions
    for text in settingTexts { mentions += lineMentions(text, &lines) }
    // Equal places keep their order.
    return mentions.enumerated().sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }.map(\.element)
  }

  /// What the running text cites and binds.
  fileprivate var inlineMentions: [ChapterOutline.Mention] {
    citations.flatMap { $0.items.map { .init(.citation, $0.id, at: $0.idSpan) } }
      + boundNumbers.flatMap { number in
        (number.value.expression?.sources ?? []).map { .init(.value, $0.id, at: number.span) }
      }
  }

  /// What a figure's title, caption, description, source line and notes cite and bind.
  private func captionMentions(_ body: NotationValue, _ lines: inout SourceLines?) -> [ChapterOutline.Mention] {
    var mentions: [ChapterOutline.Mention] = []
    for key in ["title", "caption", "alt", "source", "note", "notes"] {
      for value in body[key]?.textValues ?? [] {
        mentions += lineMentions(LineText(text: value.string ?? "", span: value.span), &lines)
      }
    }
    return mentions
  }

  /// What a line outside of the running text cites and binds.
  /// - Parameter lines: of the chapter, once they are needed.
  private func lineMentions(_ text: LineText, _ lines: inout SourceLines?) -> [ChapterOutline.Mention] {
    guard text.text.utf8.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "{") }) else { return [] }
    let places = lines ?? SourceLines(source)
    lines = places
    return readInlineText(SourceFile(path: source.path, text: text.text)).value.inlineMentions.map { mention in
      var mention = mention
      mention.span = text.span(of: mention.span, in: source, places)
      return mention
    }
  }
}

extension NotationValue {
  /// The values below that are texts, however deep.
  var textValues: [NotationValue] {
    switch content {
    case .string: [self]
    case .array(let values): values.flatMap(\.textValues)
    case .object(let members): members.flatMap { $0.value.textValues }
    default: []
    }
  }

  /// What a figure draws: the names of its spec and dataset and the words of its query.
  fileprivate var drawnFrom: String {
    ["spec", "dataset", "query"].compactMap { key in
      self[key]?.scalarText.map { "\(key) " + $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }.joined(separator: "; ")
  }
}
