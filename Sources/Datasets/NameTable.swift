package import AlmanacCore
package import Localization
package import Notation

/// The names that keys have in each edition: `data/names.yaml`.
///
/// A key is unique over the whole file, so that a query need not say whether `cn` is an entity or a category.
package struct NameTable: Sendable {
  package enum Section: String, CaseIterable, Hashable, Sendable {
    case entities, metrics, units, categories
  }

  package struct Entry: Hashable, Sendable {
    package var section: Section
    package var key: String
    package var keySpan: SourceSpan
    /// Plain text, or a map from language to text; for a unit also `symbol`.
    package var value: NotationValue
    /// The same with the marks of `[…]{.literal}`, which say that a number in a name is no datum.
    package var written: NotationValue
  }

  /// In the order of the file.
  package let entries: [Entry]
  /// What columns of queries are called in tables and in descriptions of charts: plain text, or a map from language to text.
  /// Column names are no keys: `share` may be a metric too.
  package let columns: [NotationMember]
  /// The colour that charts give to a key: `china`, `us`, a number of a series, or `#rrggbb`; in the order of the file.
  package let colors: [(key: String, color: String)]
  private let indices: [String: Int]
  private let columnIndices: [String: Int]

  package init(entries: [Entry] = [], columns: [NotationMember] = [], colors: [(key: String, color: String)] = []) {
    self.entries = entries
    self.columns = columns
    columnIndices = Dictionary(columns.indices.map { (columns[$0].key, $0) }, uniquingKeysWith: { first, _ in first })
    self.colors = colors
    indices = Dictionary(entries.indices.map { (entries[$0].key, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension NameTable {
  package subscript(key: String) -> Entry? { indices[key].map { entries[$0] } }

  package func contains(_ key: String) -> Bool { indices[key] != nil }

  package var keys: [String] { entries.map(\.key) }

  /// Returns the name of a key in an edition; the first one there is when the edition has none; `nil` for unknown keys.
  package func name(of key: String, in language: LanguageTag) -> String? {
    self[key]?.value.text(in: language)
  }

  /// Returns what a query's column is called in an edition; `nil` for one without a name.
  package func title(ofColumn name: String, in language: LanguageTag) -> String? {
    columnIndices[name].flatMap { withoutLiteralMarks(columns[$0].value).text(in: language) }
  }

  /// Returns the unit with that key: built in, or declared under `units`, where a `symbol` makes it stand behind numbers,
  /// also behind those of a built-in unit whose noun the author would write (`days`).
  package func measure(_ key: String) -> MeasureUnit? {
    let builtIn = MeasureUnit(builtIn: key)
    guard let entry = self[key], entry.section == .units, builtIn == nil || builtIn?.kind == .plain else {
      return builtIn
    }
    var unit = MeasureUnit(key: key, kind: .plain)
    if let symbol = entry.value["symbol"] {
      if let text = symbol.scalarText { unit.symbols["en"] = text }
      for member in symbol.object ?? [] {
        unit.symbols[member.key] = member.value.scalarText ?? member.value["other"]?.scalarText
        unit.singulars[member.key] = member.value["one"]?.scalarText
      }
    }
    if !unit.symbols.isEmpty { unit.kind = .custom }
    return unit
  }

  package func isUnit(_ key: String) -> Bool { measure(key) != nil }

  /// Returns how the head of a column names a unit: its own label, else its name, else its key.
  package func unitLabel(of key: String, in language: LanguageTag) -> String? {
    guard let unit = measure(key) else { return nil }
    return name(of: key, in: language) ?? unit.label(in: language) ?? key
  }

  /// The keys of all units, for hints.
  package var unitKeys: [String] { MeasureUnit.builtInKeys + entries.filter { $0.section == .units }.map(\.key) }
}

/// Reads `data/names.yaml`.
///
/// Diagnoses `names.duplicate-key`, `names.missing-translation`, `names.unknown-language`, `names.unknown-color`,
/// `names.unknown-color-key`, `names.unknown-key` and `names.wrong-type`.
/// - Parameter editions: the report's languages; empty when they are not known yet.
package func readNames(_ file: SourceFile, editions: [LanguageTag]) -> Diagnosed<NameTable> {
  var diagnostics: [Diagnostic] = []
  var reader = ObjectReader(parseYAML(file).value(reportingTo: &diagnostics), area: "names")
  var entries: [NameTable.Entry] = []
  var firsts: [String: SourceSpan] = [:]
  for section in NameTable.Section.allCases {
    for member in reader.object(section.rawValue) ?? [] {
      // Within one map YAML has diagnosed it already.
      if let first = firsts[member.key], !entries.contains(where: { $0.section == section && $0.key == member.key }) {
        diagnostics.append(.namesDuplicateKey(member.key, at: member.keySpan, first: first))
      }
      if firsts[member.key] == nil {
        firsts[member.key] = member.keySpan
        entries.append(
          NameTable.Entry(
            section: section, key: member.key, keySpan: member.keySpan, value: withoutLiteralMarks(member.value),
            written: member.value))
      }
      diagnostics += checkName(member, isUnit: section == .units, editions: editions)
    }
  }
  let columns = reader.object("columns") ?? []
  for member in columns { diagnostics += checkName(member, isUnit: false, editions: editions) }
  let colors = readColors(reader.object("colors") ?? [], keys: Set(firsts.keys), &diagnostics)
  return Diagnosed(NameTable(entries: entries, columns: columns, colors: colors), diagnostics + reader.finish())
}

/// Reads which key has which colour in every chart that gives its series none of its own.
private func readColors(
  _ members: [NotationMember], keys: Set<String>, _ diagnostics: inout [Diagnostic]
) -> [(key: String, color: String)] {
  members.compactMap { member in
    // What a query calls a category may have no name here; what is misspelt is most often near one that has.
    if !keys.contains(member.key) {
      diagnostics.append(.namesUnknownColorKey(member.key, at: member.keySpan, keys: keys.sorted()))
    }
    guard let color = member.value.scalarText, isColor(color) else {
      diagnostics.append(.namesUnknownColor(at: member.value.span))
      return nil
    }
    return (member.key, color)
  }
}

/// `china`, `us`, `1` to `8`, `#0a8f8c`.
private func isColor(_ text: String) -> Bool {
  if text.hasPrefix("#") { return text.utf8.count == 7 && text.dropFirst().allSatisfy(\.isHexDigit) }
  return ["china", "us", "eu", "accent", "muted"].contains(text) || (1...8).contains(Int(text) ?? 0)
}

/// Returns names as readers see them: `[37]{.literal} Interactive` is "37 Interactive".
private func withoutLiteralMarks(_ value: NotationValue) -> NotationValue {
  switch value.content {
  case .string(let text):
    guard text.utf8.contains(UInt8(ascii: "{")) else { return value }
    var rest = Substring(text)
    var result = ""
    while let end = rest.firstRange(of: "]{.literal}"), let start = rest[..<end.lowerBound].lastIndex(of: "[") {
      result += rest[..<start] + rest[rest.index(after: start)..<end.lowerBound]
      rest = rest[end.upperBound...]
    }
    return NotationValue(.string(result + rest), at: value.span)
  case .object(let members):
    return NotationValue(
      .object(
        members.map { NotationMember(key: $0.key, keySpan: $0.keySpan, value: withoutLiteralMarks($0.value)) }),
      at: value.span)
  default: return value
  }
}

private func checkName(_ member: NotationMember, isUnit: Bool, editions: [LanguageTag]) -> [Diagnostic] {
  let value = member.value
  if value.scalarText != nil { return [] }
  guard let texts = value.object else { return [.wrongType(of: value, "a name for each edition", area: "names")] }
  var diagnostics: [Diagnostic] = []
  for text in texts where !(isUnit && text.key == "symbol") {
    if let language = LanguageTag(text.key), editions.isEmpty || editions.contains(language) {
      if text.value.scalarText == nil { diagnostics.append(.wrongType(of: text.value, "text", area: "names")) }
    } else {
      diagnostics.append(.namesUnknownLanguage(text.key, at: text.keySpan, editions: editions))
    }
  }
  for edition in editions where !texts.contains(where: { $0.key == edition.rawValue }) {
    diagnostics.append(.namesMissingTranslation(member.key, edition, at: member.keySpan))
  }
  return diagnostics
}
