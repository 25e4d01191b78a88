public import AlmanacCore
public import Notation

/// The words of a language that pages use, read from a strings file.
///
/// ```yaml
/// chapterNumber: Chapter {number}
/// figureCount: {one: "{count} figure", other: "{count} figures"}
/// ```
/// Messages are taken apart once; `{{` and `}}` stand for braces.
public struct MessageCatalogue: Sendable {
  public let language: LanguageTag
  private var messages: [String: Message] = [:]
  /// Keys in the order of the file.
  public private(set) var keys: [String] = []

  private struct Message: Sendable {
    var forms: [PluralCategory: [Part]]
    var span: SourceSpan
  }

  private enum Part: Hashable, Sendable {
    case text(String)
    case placeholder(String)
  }

  public init(language: LanguageTag) { self.language = language }

  /// Reads strings files, later ones over earlier ones; nested keys are joined with `.`.
  public static func reading(_ files: [NotationValue], language: LanguageTag) -> Diagnosed<MessageCatalogue> {
    var catalogue = MessageCatalogue(language: language)
    var diagnostics: [Diagnostic] = []
    for file in files { catalogue.add(file, prefix: "", to: &diagnostics) }
    return Diagnosed(catalogue, diagnostics)
  }
}

/// What stands for a placeholder.
public enum MessageArgument: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case text(String)
  /// Written with separators of thousands; the first one chooses the plural form.
  case count(Int)

  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral count: Int) { self = .count(count) }
}

extension MessageCatalogue {
  public func contains(_ key: String) -> Bool { messages[key] != nil }

  /// Returns the message with its placeholders filled in; `nil` for an unknown key.
  public func text(_ key: String, _ arguments: KeyValuePairs<String, MessageArgument> = [:]) -> String? {
    guard let message = messages[key] else { return nil }
    var category = PluralCategory.other
    for case (_, .count(let count)) in arguments {
      category = pluralCategory(Double(count), language: language)
      break
    }
    guard let parts = message.forms[category] ?? message.forms[.other] else { return nil }
    return parts.map { part in
      switch part {
      case .text(let text): return text
      case .placeholder(let name):
        switch arguments.first(where: { $0.key == name })?.value {
        case .text(let text): return text
        case .count(let count): return NumberFormat(",d", locale: .english)!(Double(count))
        case nil: return "{\(name)}"
        }
      }
    }.joined()
  }

  /// The problem to tell when a key has no message.
  public func missing(_ key: String, at span: SourceSpan? = nil) -> Diagnostic {
    .error(
      "strings.missing-key", "no message '\(key)' in the strings of \(language)", at: span,
      hint: closestMatch(to: key, among: keys).map { "did you mean '\($0)'?" })
  }

  /// Returns what another language says and this one does not, and messages whose placeholders differ.
  public func differences(from other: MessageCatalogue) -> [Diagnostic] {
    other.keys.compactMap { key in
      guard let theirs = other.messages[key] else { return nil }
      guard let ours = messages[key] else {
        var diagnostic = missing(key)
        diagnostic.notes = [.init("\(other.language) has it here", at: theirs.span)]
        return diagnostic
      }
      let (wanted, found) = (Self.placeholders(theirs), Self.placeholders(ours))
      guard wanted != found else { return nil }
      let absent = wanted.first { !found.contains($0) }
      let message =
        absent.map { "'\(key)' lacks the placeholder '{\($0)}'" }
        ?? "'\(key)' has a placeholder '{\(found.first { !wanted.contains($0) } ?? "")}' that \(other.language) has not"
      return .error(
        "strings.placeholders-differ", message, at: ours.span,
        notes: [.init("\(other.language) has it here", at: theirs.span)])
    }
  }

  private static func placeholders(_ message: Message) -> [String] {
    var names: [String] = []
    for category in PluralCategory.allCases {
      for case .placeholder(let name) in message.forms[category] ?? [] where !names.contains(name) {
        names.append(name)
      }
    }
    return names.sorted()
  }
}

// MARK: - Reading

extension MessageCatalogue {
  private mutating func add(_ value: NotationValue, prefix: String, to diagnostics: inout [Diagnostic]) {
    guard let members = value.object else {
      if !value.isNull {
        diagnostics.append(.error("strings.wrong-type", "strings are a map of messages", at: value.span))
      }
      return
    }
    for member in members {
      let key = prefix.isEmpty ? member.key : prefix + "." + member.key
      if let text = member.value.scalarText {
        set(key, [.other: text], at: member.value.span, to: &diagnostics)
      } else if let forms = member.value.object, forms.contains(where: { $0.key == "other" }) {
        var texts: [PluralCategory: String] = [:]
        for form in forms {
          if let category = PluralCategory(rawValue: form.key), let text = form.value.scalarText {
            texts[category] = text
          } else {
            diagnostics.append(
              .error(
                "strings.unknown-plural", "no plural form '\(form.key)'", at: form.keySpan,
                hint: unknownWordHint(form.key, among: PluralCategory.allCases.map(\.rawValue))))
          }
        }
        set(key, texts, at: member.value.span, to: &diagnostics)
      } else if member.value.object != nil {
        add(member.value, prefix: key, to: &diagnostics)
      } else {
        diagnostics.append(.error("strings.wrong-type", "'\(key)' is not text", at: member.value.span))
      }
    }
  }

  private mutating func set(
    _ key: String, _ texts: [PluralCategory: String], at span: SourceSpan, to diagnostics: inout [Diagnostic]
  ) {
    var forms: [PluralCategory: [Part]] = [:]
    for category in PluralCategory.allCases {
      guard let text = texts[category] else { continue }
      if let parts = Self.parts(of: text) {
        forms[category] = parts
      } else {
        forms[category] = [.text(text)]
        diagnostics.append(
          .error(
            "strings.malformed-placeholder", "a brace in '\(key)' belongs to no placeholder", at: span,
            hint: "write {name}, and {{ for a brace"))
      }
    }
    if messages[key] == nil { keys.append(key) }
    messages[key] = Message(forms: forms, span: span)
  }

  /// Returns `nil` for a brace without its partner.
  private static func parts(of text: String) -> [Part]? {
    var parts: [Part] = []
    var plain = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "{" || character == "}", rest.first == character {
        plain.append(character)
        rest.removeFirst()
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let name = rest[..<end]
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
          return nil
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.placeholder(String(name)))
        rest = rest[rest.index(after: end)...]
      } else if character == "}" {
        return nil
      } else {
        plain.append(character)
      }
    }
    if !plain.isEmpty { parts.append(.text(plain)) }
    return parts
  }
}
