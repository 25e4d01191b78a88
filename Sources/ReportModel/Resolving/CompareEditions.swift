package import AlmanacCore

/// Finds what one edition says and another does not: chapters, and in each section figures, tables, citations and bound
/// numbers.
///
/// The first edition is the measure. A difference is told where the thing stands, with the section of the other edition
/// where it is missing as a second place; what moved to another section is told once, in the translation.
///
/// Diagnoses `parity.chapter`, `parity.section`, `parity.figure`, `parity.table`, `parity.citation` and `parity.fact`, with the
/// severity that `gates.parity` sets.
/// - Parameters:
///   - editions: each with its chapters in order.
///   - isListed: whether `report.yaml` names the chapters: one that an edition lacks has been told then.
///   - isKnown: whether the data have what a bound number names. A section that names something else is told of that
///     alone.
package func compareEditions(
  _ editions: [(language: LanguageTag, chapters: [ChapterOutline])], _ level: ReportConfiguration.GateLevel,
  isListed: Bool = false, isKnown: (String) -> Bool
) -> [Diagnostic] {
  guard let severity = level.severity, let original = editions.first else { return [] }
  var diagnostics: [Diagnostic] = []
  for other in editions.dropFirst() {
    let translations = Dictionary(other.chapters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for chapter in original.chapters {
      guard let translation = translations[chapter.name] else {
        if !isListed { diagnostics.append(.missingChapter(chapter, in: other.language, severity)) }
        continue
      }
      diagnostics += ChapterComparison(chapter, translation, severity, isKnown).diagnostics
    }
    let names = Set(original.chapters.map(\.name))
    for chapter in other.chapters where !isListed && !names.contains(chapter.name) {
      diagnostics.append(.missingChapter(chapter, in: original.language, severity))
    }
  }
  return diagnostics
}

/// A chapter of the first edition beside the same chapter of another.
private struct ChapterComparison {
  typealias Mention = ChapterOutline.Mention

  let original: SectionedChapter
  let translation: SectionedChapter
  let severity: Diagnostic.Severity

  init(
    _ original: ChapterOutline, _ translation: ChapterOutline, _ severity: Diagnostic.Severity,
    _ isKnown: (String) -> Bool
  ) {
    let common = Set(original.sectionIDs).intersection(translation.sectionIDs)
    self.original = SectionedChapter(original, common: common, isKnown)
    self.translation = SectionedChapter(translation, common: common, isKnown)
    self.severity = severity
  }

  var diagnostics: [Diagnostic] { sectionDiagnostics + mentionDiagnostics }

  // MARK: - Sections

  private var sectionDiagnostics: [Diagnostic] {
    var diagnostics = missingSections(of: original, in: translation) + missingSections(of: translation, in: original)
    let (left, right) = (original.common, translation.common)
    if let place = zip(left, right).first(where: { $0.id != $1.id }) {
      diagnostics.append(.otherOrder(place.1, original: place.0, severity))
    }
    for section in right {
      if let twin = left.first(where: { $0.id == section.id }), twin.content != section.content {
        diagnostics.append(.otherLevel(section, original: twin, severity))
      }
    }
    return diagnostics
  }

  private func missingSections(of full: SectionedChapter, in lacking: SectionedChapter) -> [Diagnostic] {
    full.unmatched.map { section in
      .missingMention(
        section, isElsewhere: nil, in: lacking.path, twin: lacking.place(of: full.section(before: section)), severity)
    }
  }

  // MARK: - What stands in sections

  private var mentionDiagnostics: [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var ownOnly: [SectionedChapter.Item] = []
    var othersOnly = translation.mentions(missingIn: original)
    for item in original.mentions(missingIn: translation) {
      let moved = othersOnly.firstIndex { $0.mention.kind == item.mention.kind && $0.mention.id == item.mention.id }
      guard let moved else {
        ownOnly.append(item)
        continue
      }
      let other = othersOnly.remove(at: moved)
      diagnostics.append(
        .movedMention(other.mention, section: other.section, original: item.mention, in: item.section, severity))
    }
    for (own, others) in pairsOfNumbers(&ownOnly, &othersOnly) {
      diagnostics.append(.otherNumber(others.mention, original: own.mention, severity))
    }
    diagnostics += ownOnly.map { missing($0, in: translation) } + othersOnly.map { missing($0, in: original) }
    for (key, mention) in translation.drawn {
      if let twin = original.drawnByKey[key], twin.content != mention.content {
        diagnostics.append(.otherData(mention, original: twin, severity))
      }
    }
    return diagnostics
  }

  /// Takes out the numbers of sections in which each edition has as many numbers that the other lacks: each most likely
  /// stands for the one at its place.
  private func pairsOfNumbers(
    _ left: inout [SectionedChapter.Item], _ right: inout [SectionedChapter.Item]
  ) -> [(SectionedChapter.Item, SectionedChapter.Item)] {
    func bySection(_ items: [SectionedChapter.Item]) -> [String?: [SectionedChapter.Item]] {
      Dictionary(grouping: items.filter { $0.mention.kind == .value }) { $0.section }
    }
    let (own, others) = (bySection(left), bySection(right))
    let sections = Set(own.keys.filter { own[$0]?.count == others[$0]?.count })
    let pairs = left.filter { sections.contains($0.section) && $0.mention.kind == .value }
    var rest = others
    let result = pairs.compactMap { item in rest[item.section]?.removeFirst() }.enumerated().map { (pairs[$0], $1) }
    left.removeAll { sections.contains($0.section) && $0.mention.kind == .value }
    right.removeAll { sections.contains($0.section) && $0.mention.kind == .value }
    return result
  }

  private func missing(_ item: SectionedChapter.Item, in lacking: SectionedChapter) -> Diagnostic {
    .missingMention(
      item.mention, isElsewhere: lacking.place(of: item.mention), in: lacking.path,
      twin: lacking.place(of: item.section), severity)
  }
}

/// A chapter's mentions by the sections that both editions have.
///
/// What stands in a section that the other edition lacks counts for the common section before it, and is not missed in
/// the other edition, which lacks the whole section.
private struct SectionedChapter {
  typealias Mention = ChapterOutline.Mention

  struct Item {
    var mention: Mention
    /// The common section that it stands in; `nil` before the first.
    var section: String?
    /// Whether it stands in a section that the other edition lacks.
    var isUnmatched: Bool
  }

  private struct Key: Hashable {
    var kind: Mention.Kind
    var id: String
    var section: String?
  }

  let path: String
  /// Headings of sections that both editions have, in order.
  private(set) var common: [Mention] = []
  /// Headings of sections that the other edition lacks.
  private(set) var unmatched: [Mention] = []
  /// Each mention once for each section.
  private var items: [Item] = []
  private var keys: Set<Key> = []
  private var firstPlaces: [Key: SourceSpan] = [:]
  /// Figures and tables with what they draw, in order.
  private(set) var drawn: [(key: String, mention: Mention)] = []
  private(set) var drawnByKey: [String: Mention] = [:]
  private var sectionBefore: [String: String] = [:]
  /// Sections with a number that the data do not have.
  private var doubtful: Set<String?> = []

  init(_ outline: ChapterOutline, common ids: Set<String>, _ isKnown: (String) -> Bool) {
    path = outline.path
    var section: String?
    var isUnmatched = false
    for mention in outline.mentions {
      if mention.kind == .section {
        if ids.contains(mention.id) {
          common.append(mention)
          section = mention.id
        } else {
          unmatched.append(mention)
          sectionBefore[mention.id] = section
        }
        isUnmatched = !ids.contains(mention.id)
        continue
      }
      if mention.kind == .value, !isKnown(mention.id) { doubtful.insert(section) }
      if keys.insert(Key(kind: mention.kind, id: mention.id, section: section)).inserted {
        items.append(Item(mention: mention, section: section, isUnmatched: isUnmatched))
      }
      let anywhere = Key(kind: mention.kind, id: mention.id, section: nil)
      if firstPlaces[anywhere] == nil { firstPlaces[anywhere] = mention.span }
      if mention.kind == .figure || mention.kind == .table {
        let key = "\(mention.kind) \(mention.id)"
        drawn.append((key, mention))
        if drawnByKey[key] == nil { drawnByKey[key] = mention }
      }
    }
  }

  /// What the other chapter does not have in the same section, in the order of the text.
  func mentions(missingIn other: SectionedChapter) -> [Item] {
    items.filter { item in
      let key = Key(kind: item.mention.kind, id: item.mention.id, section: item.section)
      let isDoubtful = doubtful.contains(item.section) || other.doubtful.contains(item.section)
      return !item.isUnmatched && !other.keys.contains(key) && !(isDoubtful && item.mention.kind == .value)
    }
  }

  /// The common section before a section that the other edition lacks.
  func section(before heading: Mention) -> String? { sectionBefore[heading.id] }

  /// Where a common section begins; the chapter's beginning for `nil`.
  func place(of section: String?) -> SourceSpan {
    common.first { $0.id == section }?.span ?? SourceSpan(path: path, line: 1, column: 1)
  }

  /// Where the same thing stands first, in whatever section.
  func place(of mention: Mention) -> SourceSpan? {
    firstPlaces[Key(kind: mention.kind, id: mention.id, section: nil)]
  }
}

extension ChapterOutline {
  fileprivate var sectionIDs: [String] { mentions.filter { $0.kind == .section }.map(\.id) }
}

extension ReportConfiguration.GateLevel {
  /// How severe a finding is; `nil` when nobody asks.
  package var severity: Diagnostic.Severity? {
    switch self {
    case .off: nil
    case .warning: .warning
    case .error: .error
    }
  }
}
