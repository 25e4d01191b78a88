package import AlmanacCore
package import Datasets
package import Notation

// Which texts of a report's files readers see, outside of chapters: the gate on unbound numbers looks at these, and bound
// numbers in them are drawn.

/// The texts of the report's own files that stand on pages: titles, labels of key figures, reasons of conflicts, terms,
/// remarks on sources, titles and descriptions of data. Each as it is written, with its place.
package func readerTexts(
  _ configuration: ReportConfiguration, _ glossary: [GlossaryEntry], _ references: [Reference], _ data: ReportData
) -> [LineText] {
  var texts: [LineText] = []
  func add(_ text: EditionText?) {
    for entry in text?.entries ?? [] {
      if let span = entry.span { texts.append(LineText(text: entry.text, span: span)) }
    }
  }
  func add(_ value: NotationValue?) {
    guard let value else { return }
    if let text = value.scalarText { texts.append(LineText(text: text, span: value.span)) }
    for member in value.object ?? [] { add(member.value) }
  }
  for text in [configuration.title, configuration.subtitle, configuration.description, configuration.author] {
    add(text)
  }
  for part in configuration.parts ?? [] { add(part.title) }
  for figure in configuration.keyFigures { add(figure.label) }
  for entry in glossary {
    for text in [entry.term, entry.short, entry.text] { add(text) }
  }
  // Titles of sources are quoted; what the report says about them is not.
  for reference in references { add(reference.note) }
  for decision in data.conflicts.decisions { add(decision.reason) }
  add(data.package.title)
  add(data.package.description)
  for resource in data.package.resources {
    add(resource.title)
    add(resource.description)
    for field in resource.fields {
      add(field.title)
      add(field.description)
    }
  }
  return texts
}

/// Returns a figure's body with each text that readers see replaced: titles, captions, notes, labels, texts of marks and
/// annotations; not those of data.
///
/// - Parameters:
///   - kind: of the figure: what `text` or `label` means depends on it.
///   - editions: so that a text for each edition is taken for what it is.
///   - transform: is handed each text with its place, and returns what stands there instead.
package func mapReaderTexts(
  of value: NotationValue, in kind: FigureKind, editions: [LanguageTag],
  _ transform: (String, SourceSpan) -> String
) -> NotationValue {
  withoutActuallyEscaping(transform) { transform in
    ReaderTextWalk(kind: kind, editions: editions, transform: transform).walk(value)
  }
}

private struct ReaderTextWalk {
  let kind: FigureKind
  let editions: [LanguageTag]
  let transform: (String, SourceSpan) -> String

  func walk(_ value: NotationValue) -> NotationValue {
    switch value.content {
    case .array(let items): return NotationValue(.array(items.map(walk)), at: value.span)
    case .object(let members):
      return NotationValue(.object(members.map { $0.with(walk($0)) }), at: value.span)
    default: return value
    }
  }

  private func walk(_ member: NotationMember) -> NotationValue {
    switch member.key {
    case "title", "subtitle", "caption", "alt", "note", "notes": return readText(member.value)
    case "data", "datasets", "transform", "values", "query", "dataset", "source", "config", "params", "spec":
      return member.value
    default: break
    }
    switch kind {
    case .chart: return walkChart(member)
    case .diagram: return walkDiagram(member)
    default:
      return ["label", "text", "description", "labels", "items"].contains(member.key)
        ? readText(member.value) : walk(member.value)
    }
  }

  /// In a chart `text` is a channel or a mark's words, and everything under `usermeta.almanac` is for readers.
  private func walkChart(_ member: NotationMember) -> NotationValue {
    switch member.key {
    case "text":
      guard let members = member.value.object, !isEditionMap(members) else { return readText(member.value) }
      return NotationValue(
        .object(members.map { $0.with(["value", "datum"].contains($0.key) ? readWords($0.value) : walk($0)) }),
        at: member.value.span)
    case "description": return readText(member.value)
    case "label", "labels": return readWords(member.value)
    default: return walk(member.value)
    }
  }

  /// In a diagram everything is for readers but what arranges it. Plain numbers are sizes and places.
  private func walkDiagram(_ member: NotationMember) -> NotationValue {
    switch member.key {
    case "kind", "id", "tone", "direction", "from", "to", "at", "group", "value", "unit", "level", "height", "width":
      return member.value
    case "label", "text", "low", "high", "center", "corner", "description": return readText(member.value)
    default: return member.value.string == nil ? walkWords(member.value) : readText(member.value)
    }
  }

  /// Texts in lists, such as the cells of a matrix, and whatever else stands below.
  private func walkWords(_ value: NotationValue) -> NotationValue {
    if case .array(let items) = value.content {
      return NotationValue(.array(items.map { $0.string == nil ? walkWords($0) : readText($0) }), at: value.span)
    }
    if let members = value.object, isEditionMap(members) { return readText(value) }
    return walk(value)
  }

  /// A text, lines of text, or a text for each edition; a chart's title may be an object with sizes beside its texts.
  private func readText(_ value: NotationValue) -> NotationValue {
    switch value.content {
    case .array(let items): return NotationValue(.array(items.map(readText)), at: value.span)
    case .object(let members):
      let areTexts = isEditionMap(members)
      return NotationValue(
        .object(
          members.map {
            areTexts || $0.key == "text" || $0.key == "subtitle" ? $0.with(readText($0.value)) : $0
          }), at: value.span)
    default:
      guard let text = value.scalarText else { return value }
      let replaced = transform(text, value.span)
      return replaced == text ? value : NotationValue(.string(replaced), at: value.span)
    }
  }

  /// As ``readText(_:)``, but a bare number is a value, as in `text: {value: 5}` or `label: 0.5`.
  private func readWords(_ value: NotationValue) -> NotationValue {
    if value.number != nil { return value }
    if let members = value.object, !isEditionMap(members) { return walk(value) }
    return readText(value)
  }

  private func isEditionMap(_ members: [NotationMember]) -> Bool {
    !members.isEmpty
      && members.allSatisfy { member in LanguageTag(member.key).map { editions.contains($0) } ?? false }
  }
}

extension NotationMember {
  fileprivate func with(_ value: NotationValue) -> NotationMember {
    NotationMember(key: key, keySpan: keySpan, value: value)
  }
}
