internal import AlmanacCore

// What can be wrong with the marks by which translations follow their originals.

extension Diagnostic {
  static func staleTranslation(
    _ mark: LineText, _ original: ChapterOutline, _ severity: Severity
  ) -> Diagnostic {
    Diagnostic(
      severity, "translation.stale", "\(original.path) changed since this translation was last compared with it",
      at: mark.span, notes: [Note("the original", at: .start(of: original))],
      hint:
        "compare the two, then run 'almanac check --bless'; a chapter that was edited in both languages is blessed anew as well"
    )
  }

  static func unblessedTranslation(
    _ chapter: ChapterOutline, _ original: ChapterOutline, _ severity: Severity
  ) -> Diagnostic {
    Diagnostic(
      severity, "translation.unblessed", "nobody has blessed this translation, as others of the edition are",
      at: .start(of: chapter), notes: [Note("the original", at: .start(of: original))],
      hint: "compare the two, then run 'almanac check --bless'")
  }

  static func badTranslationMark(_ mark: LineText, _ severity: Severity) -> Diagnostic {
    Diagnostic(
      severity, "translation.bad-mark", "this is no mark of an original", at: mark.span,
      hint: "'almanac check --bless' writes it; remove the line if the chapter is no translation")
  }

  static func markedOriginal(_ mark: LineText, _ language: LanguageTag, _ severity: Severity) -> Diagnostic {
    Diagnostic(
      severity, "translation.of-original", "'\(language)' is the first edition, of which the others are translations",
      at: mark.span,
      hint: "remove the line, or list the edition that was written first before '\(language)' in report.yaml")
  }
}

extension SourceSpan {
  fileprivate static func start(of chapter: ChapterOutline) -> SourceSpan {
    SourceSpan(path: chapter.path, line: 1, column: 1)
  }
}
