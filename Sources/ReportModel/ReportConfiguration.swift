package import AlmanacCore

/// What `Content/report.yaml` says: the report's titles, its editions and the order of its chapters.
package struct ReportConfiguration: Hashable, Sendable {
  package var title: EditionText
  package var subtitle: EditionText?
  package var description: EditionText?
  package var author: EditionText?
  /// The date of this edition of the report as the author wrote it, `2025-11-20`; the build never reads a clock.
  package var date: String?
  /// In the order in which the site offers them; the first is the default.
  package var editions: [LanguageTag]
  /// `nil` when the author gives no order: then every chapter file is taken, sorted by path, one part for each folder.
  package var parts: [Part]?
  /// Where the site will stand, with a slash at the end. Only for addresses that must be absolute.
  package var baseURL: String?
  package var keyFigures: [KeyFigure]
  package var gates: Gates
  package var sourceAges = SourceAges()
  package var allowsRawHTML: Bool
  /// Where the report asks for PNG files of its pictures; `nil` when it does not.
  package var pngSpan: SourceSpan?

  package init(
    title: EditionText, subtitle: EditionText? = nil, description: EditionText? = nil, author: EditionText? = nil,
    date: String? = nil, editions: [LanguageTag] = [.english], parts: [Part]? = nil, baseURL: String? = nil,
    keyFigures: [KeyFigure] = [], gates: Gates = Gates(), allowsRawHTML: Bool = false
  ) {
    self.title = title
    self.subtitle = subtitle
    self.description = description
    self.author = author
    self.date = date
    self.editions = editions
    self.parts = parts
    self.baseURL = baseURL
    self.keyFigures = keyFigures
    self.gates = gates
    self.allowsRawHTML = allowsRawHTML
  }
}

extension ReportConfiguration {
  /// A run of chapters under a common title.
  package struct Part: Hashable, Sendable {
    package var title: EditionText?
    package var chapters: [ChapterEntry]

    package init(title: EditionText? = nil, chapters: [ChapterEntry]) {
      self.title = title
      self.chapters = chapters
    }
  }

  /// A chapter's name in the order of chapters: its path below the edition's folder, without `.md`.
  package struct ChapterEntry: Hashable, Sendable {
    package var name: String
    package var span: SourceSpan?

    package init(name: String, span: SourceSpan? = nil) {
      self.name = name
      self.span = span
    }
  }

  /// A number that stands large on the home page.
  package struct KeyFigure: Hashable, Sendable {
    /// An expression with options, as in `` `{v} …` ``.
    package var expression: String
    package var label: EditionText
    /// The chapter that tells more.
    package var chapter: String?
    package var span: SourceSpan

    package init(expression: String, label: EditionText, chapter: String?, span: SourceSpan) {
      self.expression = expression
      self.label = label
      self.chapter = chapter
      self.span = span
    }
  }

  /// How many months a source may be older than the report; `nil` for any.
  package struct SourceAges: Hashable, Sendable {
    package var warnAfter: Int?
    package var failAfter: Int?
    package var span: SourceSpan?
  }

  /// How severe a gate's findings are.
  package enum GateLevel: String, Hashable, Sendable, CaseIterable {
    case off, warning, error
  }

  /// What a build refuses or warns of beyond what is plainly broken.
  package struct Gates: Hashable, Sendable {
    /// A chapter, figure, fact or citation that one edition has and another lacks.
    package var parity: GateLevel
    /// A number in a chapter that an author typed by hand.
    package var unbound: GateLevel

    /// A translation whose original changed since it was blessed.
    package var translations: GateLevel

    package init(parity: GateLevel = .warning, unbound: GateLevel = .off, translations: GateLevel = .warning) {
      self.parity = parity
      self.unbound = unbound
      self.translations = translations
    }
  }
}
