internal import AlmanacCore
internal import Localization
internal import VegaRuntime

extension Treemap {
  /// How strongly tiles are painted.
  static var wash: Double { 0.2 }

  /// A part whose tile is too small for its words.
  private struct SmallPart {
    var index: Int
    /// Whether its group has no room for its name either.
    var namesGroup: Bool
  }

  /// Tiles in groups; tiles too small for their words get a letter that the list below explains.
  func draw(on canvas: inout Canvas) {
    guard !parts.isEmpty else { return canvas.height = canvas.top }
    let height = canvas.isNarrow ? 380.0 : 400.0
    let field = Bounds(x1: 0, y1: canvas.top, x2: canvas.width, y2: canvas.top + height)
    var small: [SmallPart] = []
    if groups.isEmpty {
      drawTiles(parts.indices.map { $0 }, field, tone: .accent, &small, &canvas)
    } else {
      let members = groups.indices.map { group in parts.indices.filter { parts[$0].group == group } }
      let loose = parts.indices.filter { parts[$0].group == nil }
      let all = members + (loose.isEmpty ? [] : [loose])
      let boxes = squarified(all.map { $0.reduce(0) { $0 + parts[$1].value.number } }, in: field)
      for (index, box) in boxes.enumerated() {
        let tone = all.count > 8 ? Tone.accent : Tone.series(index % 8 + 1)
        drawGroup(index < groups.count ? groups[index] : nil, all[index], box.inset(1.5, 1.5), tone, &small, &canvas)
      }
    }
    canvas.height = drawKey(small, field.y2, &canvas)
  }

  private func drawGroup(
    _ title: DiagramText?, _ members: [Int], _ box: Bounds, _ tone: Tone, _ small: inout [SmallPart],
    _ canvas: inout Canvas
  ) {
    let own = Set(members.map { parts[$0].tone })
    let paint = own.count == 1 ? own.first.flatMap { $0 } ?? tone : tone
    canvas.bar(Bounds(x1: box.x1, y1: box.y1, x2: box.x2, y2: box.y1 + 3), paint.paint)
    let label = canvas.set(title, .label, width: box.width - 10)
    let head = label.isEmpty ? 0 : label.height + 8
    // A group too small for its name shows its tiles alone; the list below names it.
    if !label.isEmpty, label.width <= box.width - 8, head + 26 <= box.height - 3, label.lines.count <= 2 {
      canvas.place(label, x: box.x1 + 5, y: box.y1 + 7, room: box)
      drawTiles(members, Bounds(x1: box.x1, y1: box.y1 + 3 + head, x2: box.x2, y2: box.y2), tone: tone, &small, &canvas)
    } else {
      let tiles = Bounds(x1: box.x1, y1: box.y1 + 4, x2: box.x2, y2: box.y2)
      drawTiles(members, tiles, tone: tone, namesGroup: title != nil, &small, &canvas)
    }
  }

  private func drawTiles(
    _ members: [Int], _ box: Bounds, tone: Tone, namesGroup: Bool = false, _ small: inout [SmallPart],
    _ canvas: inout Canvas
  ) {
    let sorted = members.sorted { (-parts[$0].value.number, $0) < (-parts[$1].value.number, $1) }
    let tiles = squarified(sorted.map { parts[$0].value.number }, in: box)
    for (index, tile) in zip(sorted, tiles) {
      let inner = tile.inset(1, 1)
      let paint = parts[index].tone ?? tone
      canvas.wash(inner, paint.paint, opacity: Self.wash)
      if let stack = words(parts[index], inner.inset(7, 6), canvas) {
        canvas.place(stack, x: inner.x1 + 7, y: inner.y1 + 6, room: inner)
        continue
      }
      small.append(SmallPart(index: index, namesGroup: namesGroup))
      let number = canvas.set(letter(small.count - 1), .small.colored(Ink.text), width: 40)
      if number.width + 4 <= inner.width, number.style.size + 4 <= inner.height {
        canvas.place(number, x: inner.midX, y: inner.midY - number.height / 2, align: .center, room: inner)
      }
    }
  }

  /// A part's name and value; `nil` when they do not fit without breaking a word.
  private func words(_ part: Part, _ room: Bounds, _ canvas: Canvas) -> TextStack? {
    let isLarge = room.width > 130 && room.height > 60
    for label in isLarge ? [TextStyle.title, .label, .smallLabel] : [.label, .smallLabel] {
      guard canvas.measure(part.label.text, label).minimumWidth <= room.width else { continue }
      var stack = TextStack()
      stack.add(canvas.set(part.label, label, width: room.width))
      stack.add(canvas.set(part.value.text, .small.colored(Ink.text), width: room.width), gap: 1)
      let isWhole = canvas.measure(part.value.text.text, .small).minimumWidth <= room.width
      if isWhole, stack.height <= room.height, stack.width <= room.width { return stack }
    }
    return nil
  }

  /// The parts whose tiles bear a letter.
  private func drawKey(_ small: [SmallPart], _ top: Double, _ canvas: inout Canvas) -> Double {
    guard !small.isEmpty else { return top }
    let columns = canvas.isNarrow ? 1 : 3
    let gap = 20.0
    let width = (canvas.width - gap * Double(columns - 1)) / Double(columns)
    let rows = (small.count + columns - 1) / columns
    var bottom = top
    for column in 0..<columns {
      var y = top + 14
      for place in column * rows..<max(column * rows, min(small.count, (column + 1) * rows)) {
        let part = parts[small[place].index]
        let group = small[place].namesGroup ? part.group.map { groups[$0].text } : nil
        let x = Double(column) * (width + gap)
        let number = canvas.set(letter(place), .small, width: 26)
        let name = group.map { parenthesized($0, after: part.label.text, language: canvas.language) } ?? part.label.text
        let value = labelled(name, part.value.text.text, language: canvas.language)
        let text = canvas.set(value, .small.colored(Ink.text), width: width - 28)
        canvas.place(number, x: x + 18, y: y, align: .right)
        canvas.place(text, x: x + 26, y: y)
        y += text.height + 4
      }
      bottom = max(bottom, y - 4)
    }
    return bottom
  }
}

/// a to z, then aa, ab …: a number would be read as a value.
private func letter(_ place: Int) -> String {
  let last = String(Character(Unicode.Scalar(UInt8(0x61 + place % 26))))
  return place < 26 ? last : letter(place / 26 - 1) + last
}

/// Parts a box into tiles with areas as the values, as square as possible, in their order.
///
/// Bruls, Huizing, van Wijk: Squarified Treemaps (2000).
/// - Returns: a tile for each value; values must be positive.
func squarified(_ values: [Double], in box: Bounds) -> [Bounds] {
  let order = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
  let sum = values.reduce(0, +)
  guard sum > 0, box.width > 0, box.height > 0 else {
    return values.map { _ in Bounds(x1: box.x1, y1: box.y1, x2: box.x1, y2: box.y1) }
  }
  let scale = box.width * box.height / sum
  var tiles = [Bounds](repeating: Bounds(), count: values.count)
  var free = box
  var start = 0
  while start < order.count {
    let side = min(free.width, free.height)
    var end = start + 1
    var area = values[order[start]] * scale
    var worst = worstRatio(order[start..<end].map { values[$0] * scale }, area, side)
    while end < order.count {
      let next = area + values[order[end]] * scale
      let ratio = worstRatio(order[start...end].map { values[$0] * scale }, next, side)
      if ratio > worst { break }
      (worst, area) = (ratio, next)
      end += 1
    }
    let isColumn = free.width >= free.height
    let thickness = side > 0 ? min(area / side, isColumn ? free.width : free.height) : 0
    var offset = 0.0
    for index in order[start..<end] {
      let length = area > 0 ? side * values[index] * scale / area : 0
      tiles[index] =
        isColumn
        ? Bounds(x1: free.x1, y1: free.y1 + offset, x2: free.x1 + thickness, y2: free.y1 + offset + length)
        : Bounds(x1: free.x1 + offset, y1: free.y1, x2: free.x1 + offset + length, y2: free.y1 + thickness)
      offset += length
    }
    if isColumn { free.x1 = min(free.x1 + thickness, free.x2) } else { free.y1 = min(free.y1 + thickness, free.y2) }
    start = end
  }
  return tiles
}

/// How far the least square tile of a row is from a square.
private func worstRatio(_ areas: [Double], _ sum: Double, _ side: Double) -> Double {
  guard let least = areas.min(), let most = areas.max(), least > 0, side > 0 else { return .infinity }
  let (square, total) = (side * side, sum * sum)
  return max(square * most / total, total / (square * least))
}
