internal import VegaRuntime

extension Matrix {
  /// A table with hairlines where all columns fit; else, on phones, one card per row.
  func draw(on canvas: inout Canvas) {
    // From a comfortable table to the tightest that can be read.
    let parts = canvas.isNarrow ? [(0.27, 7.0)] : [(0.2, 10.0), (0.16, 6.0)]
    for (labelPart, padding) in parts {
      let labelWidth = min(200, canvas.width * labelPart)
      let columnWidth = (canvas.width - labelWidth) / Double(max(1, columns.count))
      if fits(columnWidth - 2 * padding, labelWidth - padding, canvas) {
        return drawTable(labelWidth, columnWidth, padding, &canvas)
      }
    }
    drawCards(&canvas)
  }

  /// Whether no word is wider than its column and no cell becomes a tower of words.
  private func fits(_ width: Double, _ labelWidth: Double, _ canvas: Canvas) -> Bool {
    guard width >= 56 else { return false }
    func isNarrowEnough(_ text: DiagramText?, _ style: TextStyle, _ room: Double, _ lines: Int) -> Bool {
      guard let text else { return true }
      let breakable = canvas.measure(text.text, style)
      return breakable.minimumWidth <= room && breakable.naturalWidth <= room * Double(lines)
    }
    let lines = canvas.isNarrow ? 4 : 12
    return columns.allSatisfy { isNarrowEnough($0.label, .label, width, 4) }
      && rows.allSatisfy { row in
        isNarrowEnough(row.label, .label, labelWidth, 6)
          && row.cells.allSatisfy { isNarrowEnough($0.text, .body, width, lines) }
      }
  }

  // MARK: - Table

  private func drawTable(_ labelWidth: Double, _ columnWidth: Double, _ padding: Double, _ canvas: inout Canvas) {
    func x(_ column: Int) -> Double { labelWidth + Double(column) * columnWidth }
    var y = canvas.top
    let heads = columns.map { canvas.set($0.label, .label, width: columnWidth - 2 * padding, isBalanced: true) }
    let corner = canvas.set(self.corner, .small, width: labelWidth - padding)
    let headHeight = max(heads.map(\.height).max() ?? 0, corner.height) + 14
    canvas.place(
      corner, x: 0, y: y + headHeight - 8 - corner.height,
      room: Bounds(x1: 0, y1: y, x2: labelWidth, y2: y + headHeight))
    for (index, head) in heads.enumerated() {
      let room = Bounds(x1: x(index), y1: y, x2: x(index) + columnWidth, y2: y + headHeight)
      canvas.place(head, x: x(index) + padding, y: y + headHeight - 8 - head.height, room: room)
      if let tone = columns[index].tone {
        canvas.bar(Bounds(x1: x(index), y1: room.y2 - 3, x2: room.x2 - 3, y2: room.y2), tone.paint)
      }
    }
    y += headHeight
    canvas.line(0, y, canvas.width, y, Ink.text)
    for (number, row) in rows.enumerated() {
      let label = canvas.set(row.label, .label, width: labelWidth - padding)
      let blocks = row.cells.map { canvas.set($0.text, style(of: $0), width: columnWidth - 2 * padding) }
      let contents = zip(row.cells, blocks).map { cell, block in
        block.height + (cell.level == nil ? 0 : block.isEmpty ? Self.pipHeight : Self.pipHeight + 6)
      }
      let height = max(label.height, contents.max() ?? 0) + 2 * padding + 2
      if number > 0 { canvas.line(0, y, canvas.width, y) }
      canvas.place(label, x: 0, y: y + padding + 1, room: Bounds(x1: 0, y1: y, x2: labelWidth, y2: y + height))
      for (index, (cell, block)) in zip(row.cells, blocks).enumerated() {
        let room = Bounds(x1: x(index), y1: y, x2: x(index) + columnWidth, y2: y + height)
        wash(cell, index, Bounds(x1: room.x1, y1: room.y1 + 1.5, x2: room.x2 - 3, y2: room.y2 - 1.5), &canvas)
        canvas.place(block, x: room.x1 + padding, y: y + padding + 1, room: room)
        if let level = cell.level {
          let top = block.isEmpty ? y + (height - Self.pipHeight) / 2 : y + padding + 1 + block.height + 6
          pips(level, tone(of: cell, index), room.x1 + padding, top, &canvas)
        }
      }
      y += height
    }
    canvas.line(0, y, canvas.width, y)
    canvas.height = y + 1
  }

  // MARK: - Cards

  /// Each row under its label: the columns' names on the left, their cells on the right.
  private func drawCards(_ canvas: inout Canvas) {
    let nameWidth = canvas.isNarrow ? 96.0 : 170.0
    let x = nameWidth + 12
    let width = canvas.width - x - 10
    var y = canvas.top
    for (number, row) in rows.enumerated() {
      if number > 0 { y += 18 }
      let label = canvas.set(row.label, .title, width: canvas.width)
      canvas.place(label, x: 0, y: y)
      y += label.height + 6
      canvas.line(0, y, canvas.width, y, Ink.text)
      for (index, (column, cell)) in zip(columns, row.cells).enumerated() {
        if index > 0 { canvas.line(0, y, canvas.width, y) }
        let name = canvas.set(
          column.label, .smallLabel.colored(Ink.quiet), width: nameWidth - (column.tone == nil ? 0 : 12))
        let text = canvas.set(cell.text, style(of: cell), width: width - 8)
        let pipsHeight = cell.level == nil ? 0 : text.isEmpty ? Self.pipHeight : Self.pipHeight + 6
        let height = max(name.height, text.height + pipsHeight) + 14
        let room = Bounds(x1: x, y1: y, x2: canvas.width, y2: y + height)
        wash(cell, index, Bounds(x1: x, y1: y + 1.5, x2: canvas.width, y2: y + height - 1.5), &canvas)
        if let tone = column.tone { canvas.dot(4, y + 7 + name.lineHeight / 2, radius: 4, tone.paint) }
        canvas.place(
          name, x: column.tone == nil ? 0 : 12, y: y + 7, room: Bounds(x1: 0, y1: y, x2: nameWidth + 1, y2: y + height))
        canvas.place(text, x: x + 8, y: y + 7, room: room)
        if let level = cell.level {
          pips(level, tone(of: cell, index), x + 8, y + 7 + text.height + (text.isEmpty ? 2 : 6), &canvas)
        }
        y += height
      }
      canvas.line(0, y, canvas.width, y)
    }
    canvas.height = y + 1
  }

  // MARK: - Cells

  private static var pipHeight: Double { 9 }

  private func tone(of cell: Cell, _ column: Int) -> Tone { cell.tone ?? columns[column].tone ?? .accent }

  /// Strong washes take the strong ink.
  private func style(of cell: Cell) -> TextStyle {
    (cell.level ?? 0) > 0 || cell.tone != nil ? .body.colored(Ink.text) : .body
  }

  private func wash(_ cell: Cell, _ column: Int, _ box: Bounds, _ canvas: inout Canvas) {
    let tone = tone(of: cell, column)
    if let level = cell.level {
      canvas.wash(box, tone.paint, opacity: Matrix.washes[level])
    } else if cell.tone != nil {
      canvas.wash(box, tone)
    }
  }

  /// How strongly each level is painted.
  static let washes = [0.0, 0.08, 0.17, 0.28]

  /// Three small marks of which as many are filled as the level says, so that strength does not hang on colour alone.
  private func pips(_ level: Int, _ tone: Tone, _ x: Double, _ y: Double, _ canvas: inout Canvas) {
    for index in 0..<3 {
      canvas.dot(
        x + 4 + Double(index) * 12, y + Matrix.pipHeight / 2, radius: 4, tone.paint, isHollow: index >= level)
    }
  }
}
