/// The place of a node in its tree.
package struct NodeID: Hashable, Comparable, Sendable {
  /// Index in the tree's nodes; the document is 0, and parsed nodes stand in the order of the text.
  package var index: Int32

  package init(_ index: Int32) { self.index = index }
  package init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  package static let document = NodeID(0 as Int32)
  package static func < (lhs: NodeID, rhs: NodeID) -> Bool { lhs.index < rhs.index }
}

/// One node of a Markdown tree: 40 bytes without references, so that a tree is one block of memory.
///
/// Links to other nodes are indices, -1 for none; use the tree's accessors. What the fields mean depends on the kind:
///
/// | kind | text | extra | level |
/// | --- | --- | --- | --- |
/// | text, code, html | the characters | | |
/// | codeBlock | the body | bytes of the info string that follows the text | |
/// | link, image | the address | bytes of the title that follows the text | |
/// | heading | | 1 + index of its identifier | 1 to 6 |
/// | list, item | | number of the first item, or of this one | |
/// | table | | number of columns | |
/// | tableCell | | column, from 0 | alignment: 0, or `l`, `c`, `r` |
/// | footnoteDefinition | the label | number of references to it | |
/// | footnoteReference | the label | its number as shown | how many references to the same note came before, plus 1 |
/// | dialect | the characters it stands for | index in the chapter's list | |
package struct MarkdownNode: Sendable {
  package var kind: NodeKind
  package var flags: Flags = []
  package var level: UInt16 = 0
  package var parent: Int32
  package var firstChild: Int32 = -1
  package var nextSibling: Int32 = -1
  /// Range in the tree's text.
  package var textStart: Int32 = 0
  package var textEnd: Int32 = 0
  package var extra: Int32 = 0
  /// Lines of a block in its file, from 1; 0 for inlines, whose place is computed when asked for.
  package var line: Int32 = 0
  package var endLine: Int32 = 0
  /// Column in bytes, from 1, of a block's first character.
  package var column: Int32 = 0

  package init(_ kind: NodeKind, parent: Int32) {
    self.kind = kind
    self.parent = parent
  }

  package struct Flags: OptionSet, Sendable {
    package var rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A list whose paragraphs are not marked up as such.
    package static let tight = Flags(rawValue: 1)
    package static let ordered = Flags(rawValue: 2)
    /// An item with a check box, and whether it is checked.
    package static let task = Flags(rawValue: 4)
    package static let checked = Flags(rawValue: 8)
    /// The first row of a table.
    package static let header = Flags(rawValue: 16)
    /// A soft break between two Han characters, where no space belongs.
    package static let joins = Flags(rawValue: 32)
    /// A link or image whose address could run a program: shown without it.
    package static let unsafeAddress = Flags(rawValue: 64)
    /// A code block between fences, not by indentation.
    package static let fenced = Flags(rawValue: 128)
  }
}
