package import AlmanacCore

/// Reads the members of an object one by one, and says what is missing, of the wrong type, or unknown.
///
/// ```
/// var reader = ObjectReader(value, area: "report")
/// let title = reader.text("title", required: true) ?? ""
/// let isDraft = reader.bool("draft") ?? false
/// diagnostics += reader.finish()        // whatever key was not asked for is unknown
/// ```
/// Diagnoses `<area>.missing-key`, `<area>.wrong-type`, `<area>.unknown-word` and `<area>.unknown-key`.
package struct ObjectReader {
  /// The object; `null` is read as an object without members, and silently when the file was unreadable.
  package let value: NotationValue
  /// The first part of the diagnostics' codes: `report` in `report.unknown-key`.
  package let area: String
  /// What was found so far; ``finish()`` returns it together with the unknown keys.
  package var diagnostics: [Diagnostic] = []
  private let members: [NotationMember]
  private var known: [String] = []

  package init(_ value: NotationValue, area: String) {
    self.value = value
    self.area = area
    members = value.object ?? []
    if value.object == nil, !value.isNull { diagnostics.append(.wrongType(of: value, "a map", area: area)) }
  }

  /// All keys in order, read or not.
  package var keys: [String] { members.map(\.key) }

  /// Returns the diagnostics, with one for each key that was never asked for.
  package mutating func finish() -> [Diagnostic] {
    for member in members where !known.contains(member.key) {
      diagnostics.append(.unknownKey(member, known: known, area: area))
    }
    known += members.map(\.key)
    return diagnostics
  }

  /// Declares keys as known that someone else reads.
  package mutating func allow(_ keys: [String]) { known += keys }
}

// MARK: - Values

extension ObjectReader {
  /// Returns the value of a key; `nil` when it is absent or null.
  package mutating func value(_ key: String, required: Bool = false) -> NotationValue? {
    member(key, required: required)?.value
  }

  /// Returns the member itself, for the place of its key.
  package mutating func member(_ key: String, required: Bool = false) -> NotationMember? {
    known.append(key)
    if let member = members.first(where: { $0.key == key }), !member.value.isNull { return member }
    if required, !value.isUnreadable { diagnostics.append(.missingKey(key, in: value, area: area)) }
    return nil
  }

  /// Returns text; a number is text as well (`issued: 2025`).
  package mutating func text(_ key: String, required: Bool = false) -> String? {
    read(key, required, "text") { $0.scalarText }
  }

  package mutating func number(_ key: String, required: Bool = false) -> Double? {
    read(key, required, "a number") { $0.number }
  }

  package mutating func integer(_ key: String, required: Bool = false) -> Int? {
    read(key, required, "a whole number") { $0.number.flatMap(Int.init(exactly:)) }
  }

  package mutating func bool(_ key: String, required: Bool = false) -> Bool? {
    read(key, required, "true or false") { $0.bool }
  }

  package mutating func list(_ key: String, required: Bool = false) -> [NotationValue]? {
    read(key, required, "a list") { $0.array }
  }

  package mutating func object(_ key: String, required: Bool = false) -> [NotationMember]? {
    read(key, required, "a map") { $0.object }
  }

  /// Returns the texts of a list, or the one text that stands in its place, each with its span.
  package mutating func texts(_ key: String, required: Bool = false) -> [(text: String, span: SourceSpan)] {
    guard let found = value(key, required: required) else { return [] }
    var texts: [(text: String, span: SourceSpan)] = []
    for value in found.array ?? [found] {
      if let text = value.scalarText {
        texts.append((text, value.span))
      } else {
        diagnostics.append(.wrongType(of: value, "text", key: key, area: area))
      }
    }
    return texts
  }

  /// Returns one of a few words, such as the cases of an enumeration.
  package mutating func word<Word: RawRepresentable & CaseIterable>(_ key: String, required: Bool = false) -> Word?
  where Word.RawValue == String {
    guard let found = value(key, required: required) else { return nil }
    if let text = found.string, let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    if let text = found.scalarText {
      diagnostics.append(.unknownWord(text, at: found.span, key: key, among: words, area: area))
    } else {
      diagnostics.append(.wrongType(of: found, "a word", key: key, area: area))
    }
    return nil
  }

  /// Returns a reader of the object under a key.
  package mutating func reader(_ key: String, required: Bool = false) -> ObjectReader? {
    value(key, required: required).map { ObjectReader($0, area: area) }
  }

  private mutating func read<Result>(
    _ key: String, _ required: Bool, _ expected: String, _ convert: (NotationValue) -> Result?
  ) -> Result? {
    guard let found = value(key, required: required) else { return nil }
    if let result = convert(found) { return result }
    diagnostics.append(.wrongType(of: found, expected, key: key, area: area))
    return nil
  }
}
