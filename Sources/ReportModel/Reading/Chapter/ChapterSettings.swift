internal import AlmanacCore
internal import Notation

/// The front matter of a chapter.
struct ChapterSettings {
  var title = ""
  var titleSpan: SourceSpan?
  var description: String?
  /// Both as they are written.
  var texts: [LineText] = []
  var translationOf: LineText?
}

/// Reads front matter: `title`, which every chapter needs, `description`, and `translationOf`, which
/// `almanac check --bless` writes.
///
/// Settings of one plain line each, which nearly all are, are read right here; everything else goes through YAML, which
/// takes longer than the Markdown of a short chapter.
/// - Parameter yaml: the front matter on its lines of the chapter, or `nil` when there is none.
func readSettings(_ yaml: SourceFile?, path: String, diagnostics: inout [Diagnostic]) -> ChapterSettings {
  var settings = ChapterSettings()
  guard let yaml else {
    diagnostics.append(.missingTitle(at: SourceSpan(path: path, line: 1, column: 1, length: 1)))
    return settings
  }
  for setting in plainSettings(yaml) ?? parsedSettings(yaml, diagnostics: &diagnostics) {
    switch setting.key {
    case "title", "description", "translationOf":
      guard let text = setting.value else {
        diagnostics.append(.chapterValueIsNoText(setting.key, at: setting.valueSpan))
        if setting.key == "title" { settings.titleSpan = setting.valueSpan }
        continue
      }
      let line = LineText(text: text, span: setting.valueSpan)
      if setting.key == "translationOf" {
        settings.translationOf = line
        continue
      }
      settings.texts.append(line)
      if setting.key == "title" {
        (settings.title, settings.titleSpan) = (line.plainText, text.isEmpty ? nil : setting.valueSpan)
      } else {
        settings.description = line.plainText
      }
    default: diagnostics.append(.unknownChapterKey(setting.key, at: setting.keySpan))
    }
  }
  if settings.titleSpan == nil {
    diagnostics.append(.missingTitle(at: SourceSpan(path: path, line: 1, column: 1, length: 1)))
  }
  return settings
}

private struct Setting {
  var key: String
  var keySpan: SourceSpan
  /// `nil` for what is not a text.
  var value: String?
  var valueSpan: SourceSpan
}

private func parsedSettings(_ yaml: SourceFile, diagnostics: inout [Diagnostic]) -> [Setting] {
  (parseYAML(yaml).value(reportingTo: &diagnostics).object ?? []).map { member in
    Setting(
      key: member.key, keySpan: member.keySpan, value: member.value.scalarText?.trimmed, valueSpan: member.value.span)
  }
}

/// Reads lines of `key: text`, with or without simple quotes; `nil` for anything that YAML should look at.
///
/// Values of keys that a chapter does not have are stepped over: the key is what is diagnosed.
private func plainSettings(_ yaml: SourceFile) -> [Setting]? {
  let bytes = yaml.bytes
  var settings: [Setting] = []
  var line = 0
  var start = 0
  var isStepping = false
  while start < bytes.count {
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    var last = end
    while last > start, bytes[last - 1] <= 0x20 { last -= 1 }
    line += 1
    defer { start = end + 1 }
    if last == start { continue }
    if bytes[start] <= 0x20 {
      guard isStepping else { return nil }
      continue
    }
    guard let colon = bytes[start..<last].firstIndex(of: UInt8(ascii: ":")), colon > start,
      bytes[start..<colon].allSatisfy({ 0x61...0x7A ~= $0 | 0x20 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
      ),
      colon + 1 == last || bytes[colon + 1] == 0x20
    else { return nil }
    let key = String(decoding: bytes[start..<colon], as: UTF8.self)
    let keySpan = SourceSpan(path: yaml.path, line: line, column: 1, length: colon - start)
    isStepping = !["title", "description", "translationOf"].contains(key)
    if settings.contains(where: { $0.key == key }) { return nil }
    var setting = Setting(key: key, keySpan: keySpan, value: "", valueSpan: keySpan)
    if !isStepping {
      var first = colon + 1
      while first < last, bytes[first] == 0x20 { first += 1 }
      guard let text = plainText(bytes[first..<last]) else { return nil }
      setting.value = String(decoding: text, as: UTF8.self)
      let length = bytes[first..<last].reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
      setting.valueSpan = SourceSpan(path: yaml.path, line: line, column: first - start + 1, length: length)
    }
    settings.append(setting)
  }
  return settings
}

/// The text of a scalar that is surely one; `nil` in doubt.
private func plainText(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
  guard let first = bytes.first else { return nil }
  if first == UInt8(ascii: "\"") {
    let inner = bytes.dropFirst().dropLast()
    guard bytes.count > 2, bytes.last == first, !inner.contains(first), !inner.contains(UInt8(ascii: "\\")) else {
      return nil
    }
    return inner
  }
  // Letters and Han characters begin a text; the words that YAML knows are short.
  guard 0x61...0x7A ~= first | 0x20 || first >= 0xC3, bytes.count > 5 else { return nil }
  for index in bytes.indices {
    let byte = bytes[index]
    if byte == UInt8(ascii: ":") || byte < 0x20 { return nil }
    if byte == UInt8(ascii: "#"), bytes[index - 1] <= 0x20 { return nil }
  }
  return bytes
}
