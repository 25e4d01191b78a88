public import AlmanacCore

/// A JSON or YAML value that knows where it stands in its file.
///
/// Both notations give the same tree, so whoever reads a spec or a configuration need not know which one it was.
public struct NotationValue: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case null
    case bool(Bool)
    /// Always finite.
    case number(Double)
    case string(String)
    case array([NotationValue])
    /// Members in the order they are written; a key may stand twice, which parsing has then diagnosed.
    case object([NotationMember])
  }

  public var content: Content
  /// From the first to behind the last character; the text inside for a YAML block scalar.
  public var span: SourceSpan

  public init(_ content: Content, at span: SourceSpan) {
    self.content = content
    self.span = span
  }
}

/// One `key: value` of an object.
public struct NotationMember: Hashable, Sendable {
  public var key: String
  public var keySpan: SourceSpan
  public var value: NotationValue

  public init(key: String, keySpan: SourceSpan, value: NotationValue) {
    self.key = key
    self.keySpan = keySpan
    self.value = value
  }
}

// MARK: - Access

extension NotationValue {
  /// Returns the value of the first member with that key, or `nil`; also `nil` when this is no object.
  public subscript(_ key: String) -> NotationValue? { member(key)?.value }

  /// Returns the first member with that key.
  public func member(_ key: String) -> NotationMember? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.key == key }
  }

  public var isNull: Bool { content == .null }

  /// Whether it stands for a text that could not be read at all: what is missing in it has been told already.
  ///
  /// Such a value is null and has no extent; a null that is written has one.
  public var isUnreadable: Bool { isNull && span.start == span.end }

  public var string: String? {
    if case .string(let string) = content { string } else { nil }
  }

  public var number: Double? {
    if case .number(let number) = content { number } else { nil }
  }

  public var bool: Bool? {
    if case .bool(let bool) = content { bool } else { nil }
  }

  public var array: [NotationValue]? {
    if case .array(let array) = content { array } else { nil }
  }

  public var object: [NotationMember]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The text of a string, or of a number in its shortest form: `2025` for `issued: 2025`.
  public var scalarText: String? {
    switch content {
    case .string(let string): string
    case .number(let number): shortestNumber(number)
    default: nil
    }
  }

  /// The text of an edition, of a map from languages to texts or of one text for all; the first one there is when that edition
  /// has none; `nil` where there is no text.
  public func text(in language: LanguageTag) -> String? {
    scalarText ?? (self[language.rawValue] ?? object?.first?.value)?.scalarText
  }

  /// What it is, in the words of a diagnostic: `text 'n/a'`, `the number 3`, `a list`.
  public var kindDescription: String {
    switch content {
    case .null: "nothing"
    case .bool(let bool): "\(bool)"
    case .number(let number): "the number \(shortestNumber(number))"
    case .string(let string): "text '\(shortened(string))'"
    case .array: "a list"
    case .object: "a map"
    }
  }
}

// MARK: - Moving and changing

extension NotationValue {
  /// Returns the value with all its spans as seen from the file that its text was taken out of.
  ///
  /// See ``SourceSpan/moved(to:origin:indent:)``.
  public func moved(to path: String, origin: SourceLocation, indent: Int = 0) -> NotationValue {
    var copy = self
    copy.span = span.moved(to: path, origin: origin, indent: indent)
    switch content {
    case .array(let values):
      copy.content = .array(values.map { $0.moved(to: path, origin: origin, indent: indent) })
    case .object(let members):
      copy.content = .object(
        members.map {
          NotationMember(
            key: $0.key, keySpan: $0.keySpan.moved(to: path, origin: origin, indent: indent),
            value: $0.value.moved(to: path, origin: origin, indent: indent))
        })
    default: break
    }
    return copy
  }

  /// Returns the value without its places: equal for JSON and YAML that say the same.
  public func isEquivalent(to other: NotationValue) -> Bool {
    switch (content, other.content) {
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isEquivalent(to: $1) }
    case (.object(let left), .object(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { $0.key == $1.key && $0.value.isEquivalent(to: $1.value) }
    default: content == other.content
    }
  }
}

/// Returns text short enough for a message: one line, at most 40 characters.
package func shortened(_ text: String, to limit: Int = 40) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if result.count == limit { return String(result) + "…" }
    result.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
  }
  return String(result)
}
