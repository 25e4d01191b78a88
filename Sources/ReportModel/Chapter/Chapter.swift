package import AlmanacCore
package import MarkdownTree
package import Notation

/// A Markdown file of one edition, read but not resolved: what its ids lead to is not known here.
///
/// Everything of the dialect stands in a list, in the order of the text, with the node that shows it and the place in
/// the file. A renderer hands markup for those nodes to `renderMarkdown` as substitutions.
package struct Chapter: Sendable {
  package var tree: MarkdownTree
  /// From the front matter; empty when the author gave none, which is diagnosed.
  package var title: String = ""
  package var titleSpan: SourceSpan?
  package var description: String?
  /// Title and description as they are written, with their places.
  package var settingTexts: [LineText] = []
  /// What the author translated, as `almanac check --bless` wrote it down: see ``TranslationMark``.
  package var translationOf: LineText?
  /// The byte of the source behind the front matter.
  package var bodyOffset = 0
  package var headings: [Heading] = []
  package var figures: [Figure] = []
  package var queries: [Query] = []
  package var boundNumbers: [BoundNumber] = []
  package var citations: [Citation] = []
  package var crossReferences: [CrossReference] = []
  package var callouts: [Callout] = []
  package var terms: [MarkedSpan] = []
  package var literals: [MarkedSpan] = []

  package var source: SourceFile { tree.source }

  package init(tree: MarkdownTree) { self.tree = tree }
}

extension Chapter {
  /// The beginning of a section.
  package struct Heading: Hashable, Sendable {
    package var node: NodeID
    /// 1 to 6; a chapter's sections begin at 2.
    package var level: Int
    /// Unlike any other id of the chapter.
    package var id: String
    /// Whether the author chose the id: `{#sec-users}`.
    package var isExplicit: Bool
    /// The words without markup.
    package var text: String
    package var span: SourceSpan
  }

  /// A numbered block: a chart, a diagram, a table or an image.
  package struct Figure: Sendable {
    /// Where the figure stands: a `.figure` node, or the `.table` node of a table written in Markdown.
    package var node: NodeID
    package var kind: FigureKind
    package var id: String
    package var idSpan: SourceSpan
    package var span: SourceSpan
    package var content: Content

    package enum Content: Sendable {
      /// A fence: `vega-lite`, `table` or `diagram` with its body.
      case fence(NotationBody)
      /// An image: the node that holds its address, and whose children are its caption.
      case image(NodeID, alternative: String?)
      /// A table of Markdown and its caption, whose children are the words.
      case table(caption: NodeID)
    }
  }

  /// A named view of the data: ```` ```sql name ````.
  package struct Query: Hashable, Sendable {
    package var node: NodeID
    package var name: String
    package var nameSpan: SourceSpan
    package var sql: String
    /// From the first to behind the last character of the statement.
    package var sqlSpan: SourceSpan
  }

  /// `[@cnnic-2025, L173; @other]`, or `@cnnic-2025` as part of a sentence.
  package struct Citation: Hashable, Sendable {
    package var node: NodeID
    package var items: [Item]
    /// Whether it is part of a sentence and shows the author's name.
    package var isNarrative: Bool
    package var span: SourceSpan

    package struct Item: Hashable, Sendable {
      package var id: String
      package var idSpan: SourceSpan
      /// Where in the source, as written: `L173`, `p. 7`.
      package var locator: String?
      package var locatorSpan: SourceSpan?
    }
  }

  /// A reference to a figure, a table or a section, in this chapter or another.
  package struct CrossReference: Hashable, Sendable {
    package var node: NodeID
    package var target: String
    package var form: Form
    package var targetSpan: SourceSpan
    package var span: SourceSpan

    package enum Form: Hashable, Sendable {
      /// `@fig-users`: "Figure 3".
      case label
      /// `[-@fig-users]`: "3".
      case number
      /// `[](#sec-users)`: the section's title or the figure's label.
      case title
    }
  }

  /// `> [!NOTE]`.
  package struct Callout: Hashable, Sendable {
    package var node: NodeID
    package var kind: CalloutKind
    /// The words behind `[!NOTE]` on its line.
    package var title: NodeID?
    package var span: SourceSpan
  }

  /// `[MoE]{.term}` or `[GPT-4]{.literal}`; the node's children are the words.
  package struct MarkedSpan: Hashable, Sendable {
    package var node: NodeID
    /// The words without markup.
    package var text: String
    package var span: SourceSpan
  }
}

/// The body of a fence, in YAML or JSON, with spans in the chapter.
package struct NotationBody: Sendable {
  package var value: NotationValue
  /// Behind the opening fence's line, before the closing one.
  package var span: SourceSpan
}
