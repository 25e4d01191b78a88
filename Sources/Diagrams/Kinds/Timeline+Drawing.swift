internal import AlmanacCore
internal import Localization
internal import VegaRuntime

extension Timeline {
  func draw(on canvas: inout Canvas) {
    if lanes.allSatisfy(\.events.isEmpty) {
      canvas.height = canvas.top
    } else if canvas.isNarrow {
      drawNarrow(&canvas)
    } else {
      drawWide(&canvas)
    }
  }

  // MARK: - Wide: time runs to the right

  /// Each event is a dot at its time with its words beside it, each span a bar; what would overlap moves to a row below.
  private func drawWide(_ canvas: inout Canvas) {
    let hasLabels = lanes.contains { $0.label != nil }
    let labelWidth = hasLabels ? 112.0 : 0
    let axis = TimeAxis(
      from: lanes.flatMap(\.events).map(\.firstDay).min() ?? 0, to: lanes.flatMap(\.events).map(\.lastDay).max() ?? 0,
      x1: labelWidth + 8, x2: canvas.width - 12)
    let axisY = canvas.top + 20
    var y = axisY + 14
    for (number, lane) in lanes.enumerated() {
      if number > 0 {
        canvas.line(0, y, canvas.width, y)
        y += 14
      }
      let label = canvas.set(lane.label, .title, width: labelWidth - 16, isBalanced: true)
      canvas.place(label, x: 0, y: y - 1, room: Bounds(x1: 0, y1: y - 4, x2: labelWidth - 8, y2: .infinity))
      let rows = packed(lane, axis, canvas)
      var rowY = y
      for row in rows {
        for event in row.events { draw(event, lane, rowY, &canvas) }
        rowY += row.height + 12
      }
      y = max(rowY - 12, y + label.height) + 14
    }
    drawAxis(axis, axisY, bottom: y, &canvas)
    canvas.height = y + 1
  }

  private struct PlacedEvent {
    var event: Event
    var stack: TextStack
    /// Of the dot, or of the bar's ends.
    var x1: Double
    var x2: Double
    /// How far the time in which an event happened goes on both sides of its dot.
    var reach: Double
    var textX: Double
    var align: TextAlign
    /// What it takes of its row.
    var left: Double
    var right: Double
  }

  private struct Row {
    var events: [PlacedEvent]
    var height: Double
  }

  /// Puts the events of a lane into as few rows as keep them apart.
  private func packed(_ lane: Lane, _ axis: TimeAxis, _ canvas: Canvas) -> [Row] {
    var rows: [Row] = []
    for event in lane.events {
      let placed = self.placed(event, axis, canvas)
      let height = placed.stack.height + (event.end == nil ? 0 : 14)
      let free = rows.firstIndex { row in
        row.events.allSatisfy { $0.right + 14 <= placed.left || placed.right + 14 <= $0.left }
      }
      if let free {
        rows[free].events.append(placed)
        rows[free].height = max(rows[free].height, height)
      } else {
        rows.append(Row(events: [placed], height: height))
      }
    }
    return rows
  }

  private func placed(_ event: Event, _ axis: TimeAxis, _ canvas: Canvas) -> PlacedEvent {
    let isSpan = event.end != nil
    // Of an event the middle of its time: a dot on the first of January would claim a day that nobody gave.
    let (x1, x2) =
      isSpan ? (axis.x(event.firstDay), axis.x(event.lastDay)) : (axis.x(event.middleDay), axis.x(event.middleDay))
    // Known to the year or the quarter only: a whisker says so.
    let isVague = !isSpan && event.lastDay - event.firstDay > 80
    let reach = isVague ? (axis.x(event.lastDay) - axis.x(event.firstDay)) / 2 : 0
    let indent = isSpan ? 0.0 : max(12, reach + 6)
    func stack(_ width: Double) -> TextStack {
      var stack = TextStack()
      stack.add(canvas.set(event.date(canvas.language), .small, width: width))
      stack.add(canvas.set(event.label, .label, width: width, isBalanced: true), gap: 0)
      stack.add(canvas.set(event.text, .body, width: width))
      return stack
    }
    let wanted = isSpan ? max(150, min(240, x2 - x1)) : 150.0
    let roomRight = axis.x2 + 12 - x1 - indent
    let roomLeft = (isSpan ? x2 : x1) - axis.x1 + 8 - indent
    if roomRight >= wanted || roomRight >= roomLeft {
      let words = stack(min(wanted, roomRight))
      return PlacedEvent(
        event: event, stack: words, x1: x1, x2: x2, reach: reach, textX: x1 + indent, align: .left,
        left: x1 - max(6, reach), right: max(x1 + indent + words.width, x2 + reach))
    }
    let words = stack(min(wanted, roomLeft))
    let edge = isSpan ? x2 : x1 - indent
    return PlacedEvent(
      event: event, stack: words, x1: x1, x2: x2, reach: reach, textX: edge, align: .right,
      left: min(edge - words.width, x1 - max(6, reach)), right: isSpan ? x2 : x1 + max(6, reach))
  }

  private func draw(_ placed: PlacedEvent, _ lane: Lane, _ y: Double, _ canvas: inout Canvas) {
    let paint = (placed.event.tone ?? lane.tone).paint
    if placed.event.end == nil {
      if placed.reach > 8 {
        canvas.line(placed.x1 - placed.reach + 1, y + 8, placed.x1 + placed.reach - 1, y + 8, paint, width: 1.5)
        canvas.bar(
          Bounds(x1: placed.x1 - 4.5, y1: y + 3.5, x2: placed.x1 + 4.5, y2: y + 12.5), Ink.ground, radius: 4.5)
      }
      canvas.dot(placed.x1, y + 8, radius: 4.5, paint, isHollow: placed.reach > 8)
      canvas.place(placed.stack, x: placed.textX, y: y, align: placed.align)
    } else {
      canvas.bar(Bounds(x1: placed.x1, y1: y + 3, x2: max(placed.x2, placed.x1 + 3), y2: y + 9), paint, radius: 2)
      canvas.place(placed.stack, x: placed.textX, y: y + 14, align: placed.align)
    }
  }

  private func drawAxis(_ axis: TimeAxis, _ y: Double, bottom: Double, _ canvas: inout Canvas) {
    canvas.line(axis.x1 - 8, y, canvas.width, y, Ink.line)
    for tick in axis.ticks(canvas.language) {
      let x = axis.x(tick.day)
      canvas.line(x, y - 4, x, bottom, Ink.hairline)
      let label = canvas.set(tick.label, .small, width: 90)
      let isAtEnd = x + label.width / 2 > canvas.width
      canvas.place(
        label, x: isAtEnd ? canvas.width : max(x, label.width / 2), y: y - 6 - label.height,
        align: isAtEnd ? .right : .center)
    }
  }

  // MARK: - Narrow: time runs down

  private func drawNarrow(_ canvas: inout Canvas) {
    let lineX = 6.0
    let x = 24.0
    let width = canvas.width - x
    let all = lanes.enumerated().flatMap { number, lane in lane.events.map { (lane: lane, number: number, event: $0) } }
      .sorted { ($0.event.firstDay, $0.event.lastDay, $0.number) < ($1.event.firstDay, $1.event.lastDay, $1.number) }
    var y = canvas.top
    let firstY = y + 8
    var lastY = firstY
    for (lane, _, event) in all {
      let paint = (event.tone ?? lane.tone).paint
      var date = event.date(canvas.language)
      if lanes.count > 1, let label = lane.label { date += " · " + label.text }
      var stack = TextStack()
      stack.add(canvas.set(date, .small, width: width))
      stack.add(canvas.set(event.label, .label, width: width), gap: 0)
      stack.add(canvas.set(event.text, .body, width: width))
      canvas.place(stack, x: x, y: y)
      lastY = y + 8
      if event.end == nil {
        canvas.dot(lineX, lastY, radius: 5, paint)
      } else {
        canvas.bar(
          Bounds(x1: lineX - 4, y1: y + 3, x2: lineX + 4, y2: max(y + stack.height - 3, y + 20)), paint, radius: 4)
      }
      y += stack.height + 14
    }
    canvas.line(lineX, firstY, lineX, lastY, Ink.line)
    canvas.height = y - 14
  }
}

/// Days on a line, with ticks where years, quarters or months begin.
struct TimeAxis {
  /// Days from 1970-01-01.
  let from: Int
  let to: Int
  /// Pixels.
  let x1: Double
  let x2: Double

  /// Begins and ends where the days do, with the months around them.
  init(from: Int, to: Int, x1: Double, x2: Double) {
    let margin = max(10, (to - from) / 60)
    self.from = from - margin
    self.to = max(to, from + 1) + margin
    self.x1 = x1
    self.x2 = x2
  }

  func x(_ day: Int) -> Double { x1 + Double(day - from) / Double(to - from) * (x2 - x1) }

  /// At most ten or so.
  func ticks(_ language: LanguageTag) -> [(day: Int, label: String)] {
    let days = Double(to - from)
    let most = (x2 - x1) / 74
    // Months between two ticks.
    let steps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000]
    let step = steps.first { days / (Double($0) * 30.44) <= most } ?? 60000
    let start = CivilTime(Double(from) * 86_400_000)
    var month = start.year * 12 + start.month
    month = month / step * step
    var ticks: [(day: Int, label: String)] = []
    while ticks.count < 40 {
      let (year, index) = (month / 12, month % 12)
      let day = CivilTime(year, index).dayNumber
      if day > to { break }
      if day >= from {
        let span = step >= 12 ? "\(year)" : "\(year)-\(index < 9 ? "0" : "")\(index + 1)"
        ticks.append((day, Period(span)?.text(.short, language: language) ?? "\(year)"))
      }
      month += step
    }
    return ticks
  }
}
