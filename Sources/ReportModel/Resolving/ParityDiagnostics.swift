internal import AlmanacCore
private import Notation

// What can differ between two editions of a report. Each is told where it stands, with a place in the other edition.

extension Diagnostic {
  typealias Mention = ChapterOutline.Mention

  static func missingChapter(
    _ chapter: ChapterOutline, in language: LanguageTag, _ severity: Severity
  ) -> Diagnostic {
    Diagnostic(
      severity, "parity.chapter", "the edition '\(language)' has no chapter '\(chapter.name)'",
      at: SourceSpan(path: chapter.path, line: 1, column: 1),
      hint: "write Content/\(language)/\(chapter.name).md, or remove the chapter from all editions")
  }

  /// - Parameters:
  ///   - isElsewhere: where the other chapter has it, in another section.
  ///   - twin: where the same section of the other chapter begins; for a section, the section before it.
  static func missingMention(
    _ mention: Mention, isElsewhere: SourceSpan?, in path: String, twin: SourceSpan, _ severity: Severity
  ) -> Diagnostic {
    let place = mention.kind == .section || twin.start.line == 1 ? path : "the same section of \(path)"
    var notes = [Note(mention.kind == .section ? "it ought to follow this section" : "the same section", at: twin)]
    if twin.start.line == 1 { notes[0].message = "the other edition's chapter" }
    if let isElsewhere { notes.append(Note("it stands in another section here", at: isElsewhere)) }
    return Diagnostic(
      severity, mention.kind.code, "\(mention.kind.word) '\(mention.id)' is not in \(place)", at: mention.span,
      notes: notes, hint: mention.kind.hint)
  }

  static func movedMention(
    _ mention: Mention, section: String?, original: Mention, in originalSection: String?, _ severity: Severity
  ) -> Diagnostic {
    func name(_ section: String?) -> String { section.map { "section '\($0)'" } ?? "the chapter's beginning" }
    return Diagnostic(
      severity, mention.kind.code,
      "\(mention.kind.word) '\(mention.id)' stands in \(name(section)) here and in \(name(originalSection)) of \(original.span.path)",
      at: mention.span, notes: [Note("in the original here", at: original.span)],
      hint: "move it into the section where the original has it")
  }

  static func otherOrder(_ section: Mention, original: Mention, _ severity: Severity) -> Diagnostic {
    Diagnostic(
      severity, "parity.section",
      "section '\(section.id)' stands where \(original.span.path) has section '\(original.id)'", at: section.span,
      notes: [Note("the original goes on with this section", at: original.span)],
      hint: "put the sections into one order")
  }

  static func otherLevel(_ section: Mention, original: Mention, _ severity: Severity) -> Diagnostic {
    Diagnostic(
      severity, "parity.section",
      "section '\(section.id)' is a heading of level \(section.content), in \(original.span.path) of level \(original.content)",
      at: section.span, notes: [Note("the original's heading", at: original.span)],
      hint: "give both headings as many '#'")
  }

  static func otherData(_ mention: Mention, original: Mention, _ severity: Severity) -> Diagnostic {
    func data(_ mention: Mention) -> String {
      mention.content.isEmpty ? "data of its own" : Notation.shortened(mention.content)
    }
    return Diagnostic(
      severity, mention.kind.code,
      "\(mention.kind.word) '\(mention.id)' is drawn from other data than in \(original.span.path)", at: mention.span,
      notes: [Note("here from \(data(mention))"), Note("the original draws \(data(original))", at: original.span)],
      hint: "editions draw the same data; names follow the edition through name(…)")
  }

  static func otherNumber(_ mention: Mention, original: Mention, _ severity: Severity) -> Diagnostic {
    Diagnostic(
      severity, "parity.fact",
      "bound number '\(mention.id)' stands where \(original.span.path) has '\(original.id)'", at: mention.span,
      notes: [Note("the original's number", at: original.span)], hint: mention.kind.hint)
  }

  static func otherNumbers(
    _ id: String, at span: SourceSpan, language: LanguageTag, twin: SourceSpan, twinLanguage: LanguageTag,
    _ severity: Severity
  ) -> Diagnostic {
    Diagnostic(
      severity, "parity.fact",
      "bound number '\(id)' is in the '\(language)' text and not in the '\(twinLanguage)' text",
      at: span, notes: [Note("the same text in '\(twinLanguage)'", at: twin)],
      hint: ChapterOutline.Mention.Kind.value.hint)
  }
}

extension ChapterOutline.Mention.Kind {
  fileprivate var code: String {
    switch self {
    case .section: "parity.section"
    case .figure: "parity.figure"
    case .table: "parity.table"
    case .citation: "parity.citation"
    case .value: "parity.fact"
    }
  }

  fileprivate var word: String { self == .value ? "bound number" : rawValue }

  fileprivate var hint: String {
    switch self {
    case .section: "editions have the same sections, with the same ids"
    case .figure, .table: "editions show the same \(self == .table ? "tables" : "figures"), each in the same section"
    case .citation: "editions cite the same sources in each section"
    case .value: "editions say the same numbers: bind it there as well, or take it out here"
    }
  }
}
