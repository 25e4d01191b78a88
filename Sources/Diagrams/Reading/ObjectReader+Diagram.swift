internal import AlmanacCore
internal import Notation

extension ObjectReader {
  /// Reads a text of the picture.
  mutating func words(
    _ key: String, required: Bool = false, _ surroundings: DiagramSurroundings
  ) -> DiagramText? {
    guard let found = value(key, required: required) else { return nil }
    return words(found, key: key, surroundings)
  }

  mutating func words(_ found: NotationValue, key: String, _ surroundings: DiagramSurroundings) -> DiagramText? {
    guard let text = found.scalarText else {
      var problem = Diagnostic.wrongType(of: found, "text", key: key, area: area)
      // `{en: Fast, cheap, zh-Hans: …}`: YAML takes what stands behind a comma for a key of its own.
      if let members = found.object, members.contains(where: { $0.value.isNull }) {
        problem.hint = "a text with a comma stands in quotes: {en: \"Fast, cheap\", zh-Hans: …}"
      }
      diagnostics.append(problem)
      return nil
    }
    guard text.unicodeScalars.count <= surroundings.limits.textLength else {
      diagnostics.append(.diagramTextTooLong(limit: surroundings.limits.textLength, at: found.span))
      return nil
    }
    return DiagramText(trimmed(surroundings.plainText(text, found.span)), source: text)
  }

  /// Reads what a thing stands for.
  mutating func tone() -> Tone? {
    guard let found = value("tone") else { return nil }
    guard let word = found.scalarText else {
      diagnostics.append(.wrongType(of: found, "a word", key: "tone", area: area))
      return nil
    }
    if let tone = Tone(word) { return tone }
    diagnostics.append(.unknownWord(word, at: found.span, key: "tone", among: Tone.names, area: area))
    return nil
  }

  /// Reads a list of at least one and at most `limit` things; cuts off the rest after saying so.
  mutating func things(_ key: String, required: Bool = true, limit: Int) -> [NotationValue] {
    guard let found = value(key, required: required) else { return [] }
    guard let list = found.array else {
      diagnostics.append(.wrongType(of: found, "a list", key: key, area: area))
      return []
    }
    if list.isEmpty, required { diagnostics.append(.diagramEmpty(key, at: found.span)) }
    if list.count > limit {
      diagnostics.append(.diagramTooMany(key, count: list.count, limit: limit, at: list[limit].span))
    }
    return Array(list.prefix(limit))
  }

  /// Reads each thing of a list with a reader of its own.
  ///
  /// - Parameter takesPlainText: whether a text alone is a thing with that label.
  mutating func each<Thing>(
    _ key: String, required: Bool = true, limit: Int, takesPlainText: Bool = false,
    _ read: (inout ObjectReader) -> Thing?
  ) -> [Thing] {
    things(key, required: required, limit: limit).compactMap { item in
      var value = item
      if takesPlainText, item.scalarText != nil {
        value.content = .object([NotationMember(key: "label", keySpan: item.span, value: item)])
      }
      guard value.object != nil else {
        diagnostics.append(.wrongType(of: item, takesPlainText ? "text or a map" : "a map", area: area))
        return nil
      }
      var inner = ObjectReader(value, area: area)
      let thing = read(&inner)
      diagnostics += inner.finish()
      return thing
    }
  }

  /// The text without spaces at its ends, and without control characters, which no picture can hold.
  private func trimmed(_ text: String) -> String {
    var text = text
    if text.unicodeScalars.contains(where: isControl) { text.unicodeScalars.removeAll(where: isControl) }
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, first <= 0x20 || last <= 0x20 else { return text }
    let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.endIndex
    guard let end = bytes.lastIndex(where: { $0 > 0x20 }) else { return "" }
    return String(text[start...end])
  }
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value < 0x20 && scalar != "\n" || scalar.value == 0x7F || scalar.value & 0xFFFE == 0xFFFE
}
