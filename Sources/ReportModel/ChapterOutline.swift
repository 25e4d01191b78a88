package import AlmanacCore

/// What the rest of the report needs to know of a chapter.
///
/// Outlines are kept from build to build under the fingerprint of the chapter's source: from all of them together follow
/// navigation, numbering and cross-references, without reading an unchanged chapter again.
package struct ChapterOutline: Hashable, Sendable {
  package var language: LanguageTag
  /// The path below the edition's folder without `.md`: the same in every edition.
  package var name: String
  /// The file's path, for diagnostics.
  package var path: String
  package var title: String
  package var description: String?
  package var headings: [Heading]
  package var figures: [Figure]
  /// Ids of references in the order of their first citation.
  package var citations: [String]
  /// Ids of figures, tables and sections that the chapter refers to, each once, in order.
  package var crossReferences: [String]
  /// Ids of facts that bound numbers name, each once, in order.
  package var facts: [String]
  /// What every edition must say in the same section, in the order of the text.
  package var mentions: [Mention]
  /// Of title, description and body without any white space: what a translator reads.
  package var textFingerprint: Fingerprint
  /// The state of the original that the chapter was last held against, as written in its front matter.
  package var translationOf: LineText?
  /// How many words (runs of non-Han letters) and how many Han characters its prose has.
  package var words: Int
  package var hanCharacters: Int
  /// Whether anything on the page comes from the ledger, a dataset or a query.
  package var usesData: Bool
  /// Names of the queries that it defines for the whole report.
  package var queries: [String]
  /// Numbers that are not bound to the data; none while the gate on them is off.
  package var unboundNumbers: [UnboundNumber]

  package init(
    language: LanguageTag, name: String, path: String, title: String, description: String? = nil,
    headings: [Heading] = [], figures: [Figure] = [], citations: [String] = [], crossReferences: [String] = [],
    facts: [String] = [], mentions: [Mention] = [], textFingerprint: Fingerprint = Fingerprint(""),
    translationOf: LineText? = nil, words: Int = 0, hanCharacters: Int = 0, usesData: Bool = false,
    queries: [String] = [],
    unboundNumbers: [UnboundNumber] = []
  ) {
    self.language = language
    self.name = name
    self.path = path
    self.title = title
    self.description = description
    self.headings = headings
    self.figures = figures
    self.citations = citations
    self.crossReferences = crossReferences
    self.facts = facts
    self.mentions = mentions
    self.textFingerprint = textFingerprint
    self.translationOf = translationOf
    self.words = words
    self.hanCharacters = hanCharacters
    self.usesData = usesData
    self.queries = queries
    self.unboundNumbers = unboundNumbers
  }

  package struct Heading: Hashable, Sendable {
    package var level: Int
    package var id: String
    package var text: String

    package init(level: Int, id: String, text: String) {
      self.level = level
      self.id = id
      self.text = text
    }
  }

  package struct Figure: Hashable, Sendable {
    package var id: String
    package var kind: FigureKind
    package var caption: String

    package init(id: String, kind: FigureKind, caption: String) {
      self.id = id
      self.kind = kind
      self.caption = caption
    }
  }

  /// Something that stands in the chapter and ought to stand in the same section of every edition.
  package struct Mention: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// A heading with an id of the author's: the beginning of a section.
      case section
      /// A chart, a diagram or an image.
      case figure
      case table
      case citation
      /// A fact of the ledger, or a cell of a dataset, that a bound number names.
      case value
    }

    package var kind: Kind
    package var id: String
    package var span: SourceSpan
    /// What a figure or table is drawn from, as written: its spec, dataset and query. A section's level. Empty for all else.
    package var content: String

    package init(_ kind: Kind, _ id: String, at span: SourceSpan, content: String = "") {
      self.kind = kind
      self.id = id
      self.span = span
      self.content = content
    }
  }

  /// Minutes to read at 230 words or 400 Han characters a minute, at least one.
  package var readingMinutes: Int {
    max(1, Int((Double(words) / 230 + Double(hanCharacters) / 400).rounded()))
  }
}

/// What a numbered block shows. Tables count on their own; all else counts as figures.
package enum FigureKind: String, Hashable, Sendable, CaseIterable {
  case chart, table, diagram, image

  package var series: NumberSeries { self == .table ? .table : .figure }
}

/// Things that are numbered one after another through an edition.
package enum NumberSeries: String, Hashable, Sendable {
  case figure, table
}
