internal import MarkdownTree

/// Tables of many words, which a phone shows row by row: the first cell heads a row, and each other cell stands on a line of its
/// own behind the title of its column.
///
/// The style sheet does that for `table.stacks`, whose cells say their title in `data-label`. Roles keep for assistive technology
/// what a browser forgets of a table that is laid out otherwise.
enum StackedTable {
  /// Whether a table is too wide for a phone because of its words, and can be read a row at a time.
  ///
  /// - Parameters:
  ///   - columnCount: with the first.
  ///   - width: of all texts in the other columns, in letters; a Han character is two.
  ///   - cellCount: how many cells those are.
  static func isCalledFor(columnCount: Int, width: Int, cellCount: Int) -> Bool {
    guard columnCount >= 3, cellCount > 0 else { return false }
    // Letters in a row, on average. Some 45 fit on a phone beside the first column; three columns are broken into lines
    // long before they are too wide.
    let row = Double(width) / Double(cellCount) * Double(columnCount - 1)
    return row >= (columnCount == 3 ? 90 : 45)
  }

  /// The width of a text in letters.
  static func width(of text: some Sequence<UInt8>) -> Int {
    // Of three bytes and more are Han characters and their marks, nearly always.
    text.reduce(0) { $0 + ($1 < 0x80 ? 1 : $1 >= 0xE0 ? 2 : $1 >= 0xC0 ? 1 : 0) }
  }
}

extension MarkdownTree {
  /// The titles of a table's columns, where it is one that a phone shows row by row.
  func stackedLabels(ofTable table: MarkdownNode) -> [String]? {
    var labels: [String] = []
    var (width, count) = (0, 0)
    for row in children(of: table) {
      for (column, cell) in children(of: nodes[row]).enumerated() {
        if nodes[row].flags.contains(.header) {
          labels.append(plainText(of: NodeID(cell)))
        } else if column > 0 {
          width += shownWidth(of: NodeID(cell))
          count += 1
        }
      }
    }
    let isWordy = StackedTable.isCalledFor(columnCount: labels.count, width: width, cellCount: count)
    return isWordy ? labels : nil
  }

  private func children(of node: MarkdownNode) -> [Int] {
    var indices: [Int] = []
    var next = Int(node.firstChild)
    while next >= 0 {
      indices.append(next)
      next = Int(nodes[next].nextSibling)
    }
    return indices
  }

  /// About how many letters a cell shows; what a number or a citation says is not known here.
  private func shownWidth(of cell: NodeID) -> Int {
    var width = 0
    var id: NodeID? = firstChild(of: cell)
    while let current = id {
      switch self[current].kind {
      case .boundNumber: width += 8
      case .citation: width += 4
      case .text, .code: width += StackedTable.width(of: textBytes(of: current))
      default: break
      }
      id = node(after: current, within: cell, skippingChildren: false)
    }
    return width
  }
}
