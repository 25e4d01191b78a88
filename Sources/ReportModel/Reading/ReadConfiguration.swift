package import AlmanacCore
private import Notation

/// Reads `Content/report.yaml`.
///
/// Diagnoses `report.…`: missing and unknown keys, wrong types, languages that are none, chapters named twice.
package func readConfiguration(_ file: SourceFile) -> Diagnosed<ReportConfiguration> {
  var diagnostics: [Diagnostic] = []
  let value = parseYAML(file).value(reportingTo: &diagnostics)
  var reader = ObjectReader(value, area: "report")
  let editions = readEditions(&reader)
  var configuration = ReportConfiguration(
    title: reader.editionText("title", required: true, editions: editions) ?? EditionText(""), editions: editions)
  configuration.subtitle = reader.editionText("subtitle", editions: editions)
  configuration.description = reader.editionText("description", editions: editions)
  configuration.author = reader.editionText("author", editions: editions)
  configuration.date = reader.text("date")
  configuration.baseURL = readBaseURL(&reader)
  configuration.parts = readParts(&reader, editions: editions)
  for item in reader.list("keyFigures") ?? [] {
    if let figure = readKeyFigure(item, editions: editions).value(reportingTo: &reader.diagnostics) {
      configuration.keyFigures.append(figure)
    }
  }
  if var gates = reader.reader("gates") {
    configuration.gates.parity = gates.word("parity") ?? configuration.gates.parity
    configuration.gates.unbound = gates.word("unbound") ?? configuration.gates.unbound
    configuration.gates.translations = gates.word("translations") ?? configuration.gates.translations
    reader.diagnostics += gates.finish()
  }
  if var ages = reader.reader("sourceAge") {
    configuration.sourceAges = ReportConfiguration.SourceAges(
      warnAfter: ages.integer("warnAfter"), failAfter: ages.integer("failAfter"), span: ages.value.span)
    reader.diagnostics += ages.finish()
  }
  if let png = reader.value("png"), reader.bool("png") == true { configuration.pngSpan = png.span }
  if var markup = reader.reader("markup") {
    configuration.allowsRawHTML = markup.bool("rawHTML") ?? false
    reader.diagnostics += markup.finish()
  }
  return Diagnosed(configuration, diagnostics + reader.finish())
}

private func readEditions(_ reader: inout ObjectReader) -> [LanguageTag] {
  var editions: [LanguageTag] = []
  for (text, span) in reader.texts("editions") {
    guard let tag = LanguageTag(text) else {
      reader.diagnostics.append(
        .error("report.bad-language", "'\(text)' is not a language tag", at: span, hint: "such as 'en' or 'zh-Hans'"))
      continue
    }
    if editions.contains(tag) {
      reader.diagnostics.append(.error("report.duplicate-edition", "the edition '\(text)' is named twice", at: span))
    } else {
      editions.append(tag)
    }
  }
  return editions.isEmpty ? [.english] : editions
}

private func readBaseURL(_ reader: inout ObjectReader) -> String? {
  guard let value = reader.value("baseURL") else { return nil }
  let base = value.string.flatMap(checkedBaseURL)
  if base == nil {
    reader.diagnostics.append(
      .error(
        "report.bad-base-url", "baseURL is not a web address", at: value.span,
        hint: "such as https://example.org/report/"))
  }
  return base
}

/// Returns a base URL with a slash at its end, or `nil` for what is not an absolute http(s) address.
package func checkedBaseURL(_ text: String) -> String? {
  guard text.hasPrefix("https://") || text.hasPrefix("http://"), !text.contains(where: { " \"<>?#".contains($0) })
  else { return nil }
  return text.hasSuffix("/") ? text : text + "/"
}

private func readParts(_ reader: inout ObjectReader, editions: [LanguageTag]) -> [ReportConfiguration.Part]? {
  guard let list = reader.list("chapters") else { return nil }
  var parts: [ReportConfiguration.Part] = []
  var seen: [String: SourceSpan] = [:]
  func entry(_ item: NotationValue) -> ReportConfiguration.ChapterEntry? {
    guard let name = item.scalarText else {
      reader.diagnostics.append(
        .error("report.wrong-type", "expected a chapter's name, found \(item.kindDescription)", at: item.span))
      return nil
    }
    if let first = seen[name] {
      reader.diagnostics.append(
        .error(
          "report.duplicate-chapter", "the chapter '\(name)' is named twice", at: item.span,
          notes: [.init("first named here", at: first)]))
      return nil
    }
    seen[name] = item.span
    return .init(name: name, span: item.span)
  }
  for item in list {
    if item.object != nil {
      var part = ObjectReader(item, area: "report")
      let title = part.editionText("part", required: true, editions: editions)
      let chapters = (part.list("chapters", required: true) ?? []).compactMap(entry)
      reader.diagnostics += part.finish()
      parts.append(.init(title: title, chapters: chapters))
    } else if let chapter = entry(item) {
      // Chapters that stand outside of parts form one without a title.
      if let last = parts.indices.last, parts[last].title == nil {
        parts[last].chapters.append(chapter)
      } else {
        parts.append(.init(chapters: [chapter]))
      }
    }
  }
  return parts
}

private func readKeyFigure(
  _ item: NotationValue, editions: [LanguageTag]
) -> Diagnosed<ReportConfiguration.KeyFigure?> {
  var reader = ObjectReader(item, area: "report")
  let value = reader.value("value", required: true)
  let label = reader.editionText("label", required: true, editions: editions)
  let chapter = reader.text("chapter")
  let diagnostics = reader.finish()
  guard let value, let expression = value.scalarText, let label else { return Diagnosed(nil, diagnostics) }
  return Diagnosed(
    .init(expression: expression, label: label, chapter: chapter, span: value.span), diagnostics)
}
