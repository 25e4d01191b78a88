internal import VegaLite

extension OverlayCanvas {
  private struct End {
    var row: Int
    var x: Double
    var y: Double
    var shape: TextShape
    var paint: String
    var height: Double { shape.lineStep * Double(shape.lines.count) }
  }

  /// Writes the names of series where their lines end: in one column, moved apart where ends are close, and tied to the line by
  /// a leader where a label stands far from it.
  mutating func drawEnds(_ source: LabelSource, _ label: LabelPlan, atStart: Bool) {
    var ends = self.ends(source, label, atStart: atStart)
    guard !ends.isEmpty else { return }
    if !atStart { placeEarlyEnds(&ends) }
    guard !ends.isEmpty else { return }
    // All labels stand in one column, beyond the axis if there is one on this side.
    let gap = max(7, 4 + (ends.map { obstacles.reach(at: $0.x, $0.y) }.max() ?? 0))
    var column: Double
    if atStart {
      column = (ends.map(\.x).min() ?? 0) - gap
      if column < 30, axisLeft < 0 { column = min(column, axisLeft - gap) }
    } else {
      column = (ends.map(\.x).max() ?? 0) + gap
      if column > view.width - 30, axisRight > view.width { column = max(column, axisRight + gap) }
    }
    let centres = spreadLabels(ends.map(\.y), heights: ends.map(\.height), gap: 1, within: -8...(view.height + 8))
    let needsLeaders = zip(ends, centres).contains { isFar($0, $1, column) }
    if needsLeaders { column += atStart ? -12 : 12 }
    for index in ends.indices {
      ends[index].shape.x = column
      ends[index].shape.align = atStart ? "right" : "left"
      ends[index].shape.baseline = "middle"
      let lines = Double(ends[index].shape.lines.count - 1)
      ends[index].shape.y = centres[index] - lines * ends[index].shape.lineStep / 2
      let item = item(ends[index].shape, ends[index].paint, halo: false)
      obstacles.add(text: item.bounds)
      labels.append(item)
      if needsLeaders, isFar(ends[index], centres[index], column) {
        leader(ends[index], to: centres[index], column: column, atStart: atStart)
      }
    }
  }

  /// A series that stops early is named right there if nothing is in the way.
  private mutating func placeEarlyEnds(_ ends: inout [End]) {
    let last = ends.map(\.x).max() ?? 0
    ends.removeAll { end in
      guard last - end.x > 40 else { return false }
      var shape = end.shape
      shape.baseline = "middle"
      shape.x = end.x + max(7, 4 + obstacles.reach(at: end.x, end.y))
      shape.y = end.y - Double(shape.lines.count - 1) * shape.lineStep / 2
      let item = item(shape, end.paint, halo: true)
      guard obstacles.isFree(item.bounds), item.bounds.x2 < view.width else { return false }
      obstacles.add(text: item.bounds)
      labels.append(item)
      return true
    }
  }

  private func isFar(_ end: End, _ centre: Double, _ column: Double) -> Bool {
    (end.y - centre).magnitude > 5 || (end.x - column).magnitude > 40
  }

  /// A thin line from the end of a series to its label: out of the line's end, then slanting, then into the label.
  private mutating func leader(_ end: End, to centre: Double, column: Double, atStart: Bool) {
    let sign: Double = atStart ? -1 : 1
    var path = PathData()
    path.move(end.x + 3 * sign, end.y)
    path.line(column - 12 * sign, end.y)
    path.line(column - 5 * sign, centre)
    path.line(column - 2 * sign, centre)
    leaders.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), stroke("var(--axis, #8b867b)")))
  }

  private func ends(_ source: LabelSource, _ label: LabelPlan, atStart: Bool) -> [End] {
    guard let x = source.builder.channel(.x) ?? source.builder.channel(.xc),
      let y = source.builder.channel(.y) ?? source.builder.channel(.yc)
    else { return [] }
    let y2 = source.mark.kind == .area ? source.builder.channel(.y2) : nil
    let width = label.width ?? max(64, min(170, documentWidth * 0.27))
    var ends: [End] = []
    for rows in source.builder.series() {
      let drawn = rows.filter { x.number($0).isFinite && y.number($0).isFinite }
      let sorted = drawn.sorted { (x.number($0), $0) < (x.number($1), $1) }
      guard let row = atStart ? sorted.first : sorted.last, source.isWanted(row) else { continue }
      let lines = source.lines(row, width: width, size: fontSize, bold: true)
      guard !lines.isEmpty else { continue }
      // An area is labelled in the middle of where it ends.
      let height = y2.map { (y.number(row) + $0.number(row)) / 2 } ?? y.number(row)
      ends.append(
        End(
          row: row, x: x.number(row), y: height.isFinite ? height : y.number(row), shape: shape(lines, weight: "600"),
          paint: label.isPlain ? LabelPaint.ink : LabelPaint.text(for: source.paint(row))))
    }
    return ends
  }
}
