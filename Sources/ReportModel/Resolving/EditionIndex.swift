package import AlmanacCore

/// Where everything that can be referred to stands in an edition, and which number it has.
///
/// Derived from the outlines of all chapters in their order, so a figure that is put in moves the numbers of all later ones.
package struct EditionIndex: Sendable {
  package struct Target: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case figure(number: Int), table(number: Int), section
    }
    package var kind: Kind
    /// The chapter's name; its page holds the id as an anchor.
    package var chapter: String
    /// The caption's or heading's plain text.
    package var title: String
  }

  package let language: LanguageTag
  package private(set) var targets: [String: Target] = [:]
  /// Every id, in the order of the report: for hints.
  package private(set) var ids: [String] = []
  /// A reference's number: in the order of its first citation in the edition.
  package private(set) var citationNumbers: [String: Int] = [:]
  /// The ids of the cited references, by number from 1.
  package private(set) var citedReferences: [String] = []

  /// - Parameter outlines: the chapters of one edition in their order.
  package init(language: LanguageTag, outlines: [ChapterOutline]) {
    self.language = language
    var numbers: [NumberSeries: Int] = [:]
    for outline in outlines {
      for figure in outline.figures {
        let number = numbers[figure.kind.series, default: 0] + 1
        numbers[figure.kind.series] = number
        let kind: Target.Kind = figure.kind == .table ? .table(number: number) : .figure(number: number)
        add(figure.id, Target(kind: kind, chapter: outline.name, title: figure.caption))
      }
      for heading in outline.headings where heading.id.hasPrefix("sec-") {
        add(heading.id, Target(kind: .section, chapter: outline.name, title: heading.text))
      }
      for citation in outline.citations where citationNumbers[citation] == nil {
        citedReferences.append(citation)
        citationNumbers[citation] = citedReferences.count
      }
    }
  }

  private mutating func add(_ id: String, _ target: Target) {
    guard !id.isEmpty, targets[id] == nil else { return }
    targets[id] = target
    ids.append(id)
  }
}
