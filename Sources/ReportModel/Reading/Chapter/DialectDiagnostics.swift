internal import AlmanacCore
internal import MarkdownTree

// What can be wrong with the dialect of a chapter, by what it is about.

// MARK: - Bound numbers

extension Diagnostic {
  static func boundNumberIncomplete(_ message: String, at span: SourceSpan, hint: String? = nil) -> Diagnostic {
    .error("dialect.bound-number", message, at: span, hint: hint ?? "write '{v} genai-users.cn.2025-06'")
  }

  static func boundNumberSyntax(_ message: String, at span: SourceSpan, hint: String? = nil) -> Diagnostic {
    .error("dialect.bound-number", message, at: span, hint: hint)
  }

  static func unknownFunction(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.unknown-function", "no function is named '\(name)'", at: span,
      hint: unknownWordHint(name, among: ValueExpression.Function.allCases.map(\.rawValue)))
  }

  static func wrongArgumentCount(_ function: ValueExpression.Function, found: Int, at span: SourceSpan) -> Diagnostic {
    let usage =
      switch function {
      case .growth: "growth(before, after)"
      case .diff: "diff(before, after)"
      case .share: "share(part, whole)"
      case .cagr: "cagr(before, after, years)"
      case .abs: "abs(value)"
      case .round: "round(value, places)"
      default: "\(function.rawValue)(value, value)"
      }
    return .error(
      "dialect.argument-count", "function '\(function.rawValue)' cannot take \(found) argument\(found == 1 ? "" : "s")",
      at: span, hint: "write '\(usage)'")
  }

  static func unknownNumberOption(_ name: String, hasValue: Bool, at span: SourceSpan) -> Diagnostic {
    let known = ["fmt", "unit", "scale", "sign"]
    if known.contains(name) {
      return .error(
        "dialect.unknown-option", name == "sign" ? "option 'sign' takes no value" : "option '\(name)' needs a value",
        at: span, hint: name == "sign" ? "write 'sign'" : "write '\(name)=\(name == "fmt" ? ".1f" : "off")'")
    }
    return .error(
      "dialect.unknown-option", "a bound number has no option '\(name)'", at: span,
      hint: unknownWordHint(name, among: known))
  }

  static func repeatedOption(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error("dialect.repeated-option", "option '\(name)' is given twice", at: span)
  }
}

// MARK: - Fences, figures, ids

extension Diagnostic {
  static func unknownFence(_ kind: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.unknown-fence", "no block is of kind '\(kind)'", at: span,
      hint: unknownWordHint(kind, among: known))
  }

  static func missingID(_ what: String, example: String, at span: SourceSpan) -> Diagnostic {
    .error("dialect.missing-id", "\(what) has no id", at: span, hint: "write '\(example)'")
  }

  static func invalidID(_ id: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.invalid-id", "'\(id)' is not an id", at: span,
      hint: "ids begin with a letter and hold letters, digits, hyphens and underscores")
  }

  static func wrongPrefix(_ id: String, what: String, prefix: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.wrong-prefix", "id of \(what) does not begin with '\(prefix)'", at: span,
      hint: "write '#\(prefix)\(id.split(separator: "-", maxSplits: 1).last ?? "")'")
  }

  static func duplicateID(_ id: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "dialect.duplicate-id", "id '\(id)' is used twice", at: span,
      notes: [Note("first used here", at: first)])
  }

  static func takenID(_ id: String, at span: SourceSpan, by explicit: SourceSpan, became: String) -> Diagnostic {
    .warning(
      "dialect.taken-id", "heading would have the id '\(id)', which is taken", at: span,
      notes: [Note("taken here; the heading's id became '\(became)'", at: explicit)],
      hint: "give the heading an id of its own: '{#sec-…}'")
  }

  static func unknownFenceOption(_ option: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.unknown-option", "a block has no option '\(option)' on its first line", at: span,
      hint: "options belong into the body; the first line holds the kind and '#id'")
  }

  static func invalidQueryName(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.query-name", "'\(name)' is not a name for a query", at: span,
      hint: "names begin with a small letter and hold small letters, digits and underscores")
  }

  static func emptyFence(_ kind: String, at span: SourceSpan) -> Diagnostic {
    .error("dialect.empty-fence", "block '\(kind)' is empty", at: span)
  }
}

// MARK: - Attributes

extension Diagnostic {
  static func unknownAttribute(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.unknown-attribute", "nothing here has an attribute '\(name)'", at: span,
      hint: unknownWordHint(name, among: known))
  }

  static func brokenAttributes(at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.broken-attributes", "attributes cannot be read", at: span,
      hint: "write '{#id .class name=\"value\"}'")
  }

  static func unknownClass(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.unknown-class", "no span is of class '\(name)'", at: span,
      hint: unknownWordHint(name, among: ["term", "literal"]))
  }
}

// MARK: - Text

extension Diagnostic {
  static func unknownCallout(_ kind: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.unknown-callout", "no callout is of kind '\(kind)'", at: span,
      hint: unknownWordHint(kind, among: CalloutKind.allCases.map { $0.name.uppercased() }))
  }

  static func undefinedFootnote(_ label: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.undefined-footnote", "no footnote is named '\(label)'", at: span,
      hint: closestMatch(to: label, among: known).map { "did you mean '\($0)'?" } ?? "write '[^\(label)]: …' below")
  }

  static func citationItem(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.citation", "'\(text)' names no reference", at: span, hint: "write '@id', or '@id, p. 7'")
  }

  static func mixedCitation(at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.citation", "brackets hold references of the list, or one cross-reference", at: span,
      hint: "write cross-references without brackets: '@fig-a and @fig-b'")
  }

  static func topHeading(at span: SourceSpan) -> Diagnostic {
    .warning(
      "dialect.heading-level", "the title is the chapter's only heading of level 1", at: span,
      hint: "begin sections with '##'")
  }

  static func captionWithoutTable(at span: SourceSpan) -> Diagnostic {
    .error(
      "dialect.caption-without-table", "caption stands below no table", at: span,
      hint: "put it below the table, after an empty line")
  }
}

// MARK: - Front matter

extension Diagnostic {
  static func missingTitle(at span: SourceSpan) -> Diagnostic {
    .error(
      "chapter.missing-title", "chapter has no title", at: span,
      hint: "begin the file with '---', 'title: …', '---'")
  }

  static func unknownChapterKey(_ key: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "chapter.unknown-key", "a chapter has no setting '\(key)'", at: span,
      hint: unknownWordHint(key, among: ["title", "description", "translationOf"]))
  }

  static func chapterValueIsNoText(_ key: String, at span: SourceSpan) -> Diagnostic {
    .error("chapter.invalid-value", "'\(key)' is not a text", at: span, hint: "write '\(key): …' on one line")
  }
}
