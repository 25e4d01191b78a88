private import AlmanacCore
package import Notation

// Outlines are kept as JSON: a few hundred bytes a chapter, readable when someone wants to know what the build knows.

extension ChapterOutline {
  /// Appends the outline as an object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("language", language.rawValue)
    json.member("name", name)
    json.member("path", path)
    json.member("title", title)
    json.member("description", ifPresent: description)
    json.key("headings")
    json.beginArray()
    for heading in headings {
      json.beginArray()
      json.value(heading.level)
      json.value(heading.id)
      json.value(heading.text)
      json.endArray()
    }
    json.endArray()
    json.key("figures")
    json.beginArray()
    for figure in figures {
      json.beginArray()
      json.value(figure.id)
      json.value(figure.kind.rawValue)
      json.value(figure.caption)
      json.endArray()
    }
    json.endArray()
    for (key, values) in [
      ("citations", citations), ("crossReferences", crossReferences), ("facts", facts), ("queries", queries),
    ] where !values.isEmpty {
      json.key(key)
      json.beginArray()
      for value in values { json.value(value) }
      json.endArray()
    }
    if !mentions.isEmpty {
      json.key("mentions")
      json.beginArray()
      for mention in mentions { json.write(mention) }
      json.endArray()
    }
    json.member("text", textFingerprint.description)
    if let translationOf {
      json.key("translationOf")
      json.write([UnboundNumber(text: translationOf.text, span: translationOf.span)])
    }
    if !unboundNumbers.isEmpty {
      json.key("unboundNumbers")
      json.write(unboundNumbers)
    }
    json.member("words", words)
    json.member("hanCharacters", hanCharacters)
    json.member("usesData", usesData)
    json.endObject()
  }

  /// Reads an outline back; `nil` for anything that this version did not write.
  package init?(_ value: NotationValue) {
    guard let language = value["language"]?.string.flatMap({ LanguageTag($0) }), let name = value["name"]?.string,
      let path = value["path"]?.string, let title = value["title"]?.string, let words = value["words"]?.number,
      let hanCharacters = value["hanCharacters"]?.number, let usesData = value["usesData"]?.bool
    else { return nil }
    var headings: [Heading] = []
    for item in value["headings"]?.array ?? [] {
      guard let parts = item.array, parts.count == 3, let level = parts[0].number, let id = parts[1].string,
        let text = parts[2].string
      else { return nil }
      headings.append(Heading(level: Int(level), id: id, text: text))
    }
    var figures: [Figure] = []
    for item in value["figures"]?.array ?? [] {
      guard let parts = item.array, parts.count == 3, let id = parts[0].string,
        let kind = parts[1].string.flatMap(FigureKind.init), let caption = parts[2].string
      else { return nil }
      figures.append(Figure(id: id, kind: kind, caption: caption))
    }
    var mentions: [Mention] = []
    for item in value["mentions"]?.array ?? [] {
      guard let mention = Mention(kept: item, path: path) else { return nil }
      mentions.append(mention)
    }
    guard let text = value["text"]?.string.flatMap({ Fingerprint(hex: $0) }) else { return nil }
    var translationOf: LineText?
    if let kept = value["translationOf"] {
      guard let line = ReportModel.unboundNumbers(kept: kept, path: path)?.first else { return nil }
      translationOf = LineText(text: line.text, span: line.span)
    }
    var unbound: [UnboundNumber] = []
    if let kept = value["unboundNumbers"] {
      guard let numbers = ReportModel.unboundNumbers(kept: kept, path: path) else { return nil }
      unbound = numbers
    }
    func strings(_ key: String) -> [String] { value[key]?.array?.compactMap(\.string) ?? [] }
    self.init(
      language: language, name: name, path: path, title: title, description: value["description"]?.string,
      headings: headings, figures: figures, citations: strings("citations"),
      crossReferences: strings("crossReferences"), facts: strings("facts"), mentions: mentions,
      textFingerprint: text, translationOf: translationOf,
      words: Int(words), hanCharacters: Int(hanCharacters), usesData: usesData, queries: strings("queries"),
      unboundNumbers: unbound)
  }
}

extension JSONWriter {
  /// Appends `[kind, id, content, line, column, end line, end column]`.
  fileprivate mutating func write(_ mention: ChapterOutline.Mention) {
    beginArray()
    for text in [mention.kind.rawValue, mention.id, mention.content] { value(text) }
    let span = mention.span
    for place in [span.start.line, span.start.column, span.end.line, span.end.column] { value(place) }
    endArray()
  }

  /// Appends numbers as a list of `[text, line, column, end line, end column]`, with the column of a chart's data behind.
  package mutating func write(_ numbers: [UnboundNumber]) {
    beginArray()
    for number in numbers {
      beginArray()
      value(number.text)
      let span = number.span
      for place in [span.start.line, span.start.column, span.end.line, span.end.column] { value(place) }
      if let column = number.column { value(column) }
      endArray()
    }
    endArray()
  }
}

extension ChapterOutline.Mention {
  /// Reads back what was kept; `nil` for anything that this version did not write.
  fileprivate init?(kept value: NotationValue, path: String) {
    guard let parts = value.array, parts.count == 7, let kind = parts[0].string.flatMap(Kind.init),
      let id = parts[1].string, let content = parts[2].string, let at = Optional(parts[3...].compactMap(\.number)),
      at.count == 4
    else { return nil }
    let (start, end) = (
      SourceLocation(line: Int(at[0]), column: Int(at[1])), SourceLocation(line: Int(at[2]), column: Int(at[3]))
    )
    self.init(kind, id, at: SourceSpan(path: path, start: start, end: end), content: content)
  }
}

/// Reads numbers back that ``write(_:)`` wrote; `nil` for anything else.
package func unboundNumbers(kept value: NotationValue, path: String) -> [UnboundNumber]? {
  guard let items = value.array else { return nil }
  var numbers: [UnboundNumber] = []
  for item in items {
    guard let text = item.array?.first?.string, let at = item.array?.compactMap(\.number).map({ Int($0) }),
      at.count == 4
    else { return nil }
    let (start, end) = (SourceLocation(line: at[0], column: at[1]), SourceLocation(line: at[2], column: at[3]))
    numbers.append(
      UnboundNumber(
        text: text, span: SourceSpan(path: path, start: start, end: end), column: item.array?.dropFirst(5).first?.string
      ))
  }
  return numbers
}
