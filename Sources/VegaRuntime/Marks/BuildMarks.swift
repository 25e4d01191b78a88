internal import AlmanacCore
internal import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

extension ChartRun {
  /// Makes the shapes of a mark within a view.
  func build(_ mark: MarkPlan, in view: ViewScope) -> [SceneMarks] {
    let table = mark.data.map { self.table($0, in: view) } ?? DataTable(rowCount: 1)
    markCount += table.rowCount
    guard markCount <= options.limits.marks else {
      fail("chart.too-many-marks", "the chart has more than \(options.limits.marks) marks")
      return []
    }
    var builder = MarkBuilder(mark: mark, encoder: MarkEncoder(run: self, view: view, table: table))
    let items = markForecasts(builder.items(), of: mark, in: table)
    var marks = SceneMarks(kind: mark.kind.rawValue, role: "mark", items: items, name: mark.name)
    marks.isGrouped = !mark.series.isEmpty && [MarkKind.line, .area, .trail].contains(mark.kind)
    if mark.clip { marks.clip = Bounds(x1: 0, y1: 0, x2: view.width, y2: view.height) }
    guard let groups = mark.stackGroups else { return [marks] }
    return builder.clippedStacks(marks, groups)
  }
}

/// Builds the items of one mark.
struct MarkBuilder {
  let mark: MarkPlan
  let encoder: MarkEncoder
  var styler: ItemStyler

  init(mark: MarkPlan, encoder: MarkEncoder) {
    self.mark = mark
    self.encoder = encoder
    styler = ItemStyler(entries: mark.encode, encoder: encoder)
  }

  func channel(_ property: MarkProperty) -> Channelled? { encoder.evaluate(mark.encode, property) }

  mutating func items() -> [SceneItem] {
    var items = shapesOfRows()
    if let href = channel(.href) {
      for index in items.indices where items[index].row >= 0 {
        items[index].href = href.value(Int(items[index].row)).stringValue
      }
    }
    return items
  }

  private mutating func shapesOfRows() -> [SceneItem] {
    switch mark.kind {
    case .rect: rects()
    case .symbol: symbols()
    case .line, .area, .trail: paths()
    case .rule: rules()
    case .text: texts()
    case .arc: arcs()
    case .image: images()
    case .shape: shapes()
    }
  }

  /// Rows in the order in which their items are drawn.
  func order() -> [Int] {
    var rows = Array(0..<encoder.count)
    if let key = mark.key { rows = rowsOfKeys(encoder.table.values(at: key)) }
    guard !mark.sort.isEmpty, mark.series.isEmpty else { return rows }
    return sorted(rows, by: sortColumns())
  }

  /// For each value of a key the last of its rows, in the order in which the values first come.
  private func rowsOfKeys(_ keys: Column) -> [Int] {
    var places: [Value: Int] = [:]
    var rows: [Int] = []
    for row in 0..<encoder.count {
      let key = RuntimeScale.key(keys[row])
      if let place = places[key] {
        rows[place] = row
      } else {
        places[key] = rows.count
        rows.append(row)
      }
    }
    return rows
  }

  private func sortColumns() -> [(Column, descending: Bool)] {
    var columns: [(Column, descending: Bool)] = []
    for key in mark.sort {
      if key.field.text == "\u{1}x" || key.field.text == "\u{1}y" {
        guard let channel = channel(key.field.text == "\u{1}x" ? .x : .y) else { continue }
        columns.append((.numbers((0..<encoder.count).map { channel.number($0) }), key.descending))
      } else {
        columns.append((encoder.table.values(at: key.field), key.descending))
      }
    }
    return columns
  }

  /// Stable: rows that compare alike stay as they come.
  private func sorted(_ rows: [Int], by columns: [(Column, descending: Bool)]) -> [Int] {
    if columns.count == 1, case .numbers(let numbers) = columns[0].0, !columns[0].descending {
      // Most series come in order already.
      if zip(rows, rows.dropFirst()).allSatisfy({ numbers[$0] <= numbers[$1] }) { return rows }
    }
    return rows.sorted { a, b in
      for (column, descending) in columns {
        let order = Value.compare(column[a], column[b])
        if order != 0 { return descending ? order > 0 : order < 0 }
      }
      return a < b
    }
  }

  /// Start and size along one axis from any two of start, end, centre and size.
  private func spans(
    _ first: MarkProperty, _ second: MarkProperty, _ centre: MarkProperty, _ size: MarkProperty, isX: Bool
  ) -> [(Double, Double)] {
    let (a, b, c, s) = (channel(first), channel(second), channel(centre), channel(size))
    let length = isX ? encoder.view.width : encoder.view.height
    return (0..<encoder.count).map { row in
      if let a, let b {
        let (x, y) = (a.number(row), b.number(row))
        // As in Vega: what has no place lies at the origin, and with one end there is no extent.
        if x.isNaN || y.isNaN { return (x.isNaN ? 0 : x, 0) }
        return x <= y ? (x, y - x) : (y, x - y)
      }
      let size = s?.number(row)
      if let c { return (c.number(row) - (size ?? 0) / 2, size ?? 0) }
      if let a {
        let start = a.number(row)
        if let size { return size < 0 ? (start + size, -size) : (start, size) }
        return (start, 0)
      }
      if let b, let size { return (b.number(row) - size, size) }
      return (0, size ?? length)
    }
  }

  private mutating func rects() -> [SceneItem] {
    let xs = spans(.x, .x2, .xc, .width, isX: true)
    let ys = spans(.y, .y2, .yc, .height, isX: false)
    let all = channel(.cornerRadius)
    let corners = [
      channel(.cornerRadiusTopLeft), channel(.cornerRadiusTopRight), channel(.cornerRadiusBottomRight),
      channel(.cornerRadiusBottomLeft),
    ]
    let isRound = all != nil || corners.contains { $0 != nil }
    var items: [SceneItem] = []
    items.reserveCapacity(encoder.count)
    for row in order() {
      let (x, width) = placed(xs[row])
      let (y, height) = placed(ys[row])
      guard x.isFinite, y.isFinite, width.isFinite, height.isFinite else { continue }
      var radii = CornerRadii()
      if isRound {
        let base = all?.number(row) ?? 0
        radii = CornerRadii(
          topLeft: corners[0]?.number(row) ?? base, topRight: corners[1]?.number(row) ?? base,
          bottomRight: corners[2]?.number(row) ?? base,
          bottomLeft: corners[3]?.number(row) ?? base)
      }
      items.append(
        SceneItem(.rect(x: x, y: y, width: width, height: height, radii), styler.shared(row), row: Int32(row)))
    }
    return items
  }

  /// Parts rounded bars by stack: each stack is clipped by one rounded outline, its pieces keep their corners.
  func clippedStacks(_ marks: SceneMarks, _ groups: StackGroupPlan) -> [SceneMarks] {
    let columns = groups.groupBy.map { encoder.table.values(at: $0) }
    let all = channel(.cornerRadius)
    let corners = [
      channel(.cornerRadiusTopLeft), channel(.cornerRadiusTopRight), channel(.cornerRadiusBottomRight),
      channel(.cornerRadiusBottomLeft),
    ]
    var order: [String] = []
    var stacks: [String: [SceneItem]] = [:]
    for item in marks.items {
      let row = Int(item.row)
      let key = columns.map { $0[row].asString }.joined(separator: "\u{1}")
      if stacks[key] == nil { order.append(key) }
      var plain = item
      if case .rect(let x, let y, let width, let height, _) = item.shape {
        plain.shape = .rect(x: x, y: y, width: width, height: height, CornerRadii())
      }
      stacks[key, default: []].append(plain)
    }
    return order.flatMap { key -> [SceneMarks] in
      guard let items = stacks[key], let first = items.first else { return [] }
      var box = Bounds()
      for item in items {
        if case .rect(let x, let y, let width, let height, _) = item.shape {
          box.formUnion(Bounds(x1: x, y1: y, x2: x + width, y2: y + height))
        }
      }
      let row = Int(first.row)
      let base = all?.number(row) ?? 0
      let radii = CornerRadii(
        topLeft: corners[0]?.number(row) ?? base, topRight: corners[1]?.number(row) ?? base,
        bottomRight: corners[2]?.number(row) ?? base,
        bottomLeft: corners[3]?.number(row) ?? base)
      var part = SceneMarks(kind: marks.kind, role: marks.role, items: items, name: marks.name)
      part.clip = box
      part.clipCorners = radii
      guard first.style.stroke.map({ $0 != "none" && $0 != "transparent" }) == true, first.style.strokeWidth > 0 else {
        return [part]
      }
      // The outline of the whole stack, half of which its clip would take away.
      var outline = first
      outline.shape = .rect(x: box.x1, y: box.y1, width: box.width, height: box.height, radii)
      outline.style.fill = nil
      return [part, SceneMarks(kind: "rect", role: "scope", items: [outline])]
    }
  }

  /// A place that no scale knows is the start of the view, as in Vega's pictures.
  private func placed(_ place: Double?) -> Double { place.map { $0.isNaN ? 0 : $0 } ?? 0 }
  private func placed(_ span: (Double, Double)) -> (Double, Double) { (placed(span.0), placed(span.1)) }

  private mutating func symbols() -> [SceneItem] {
    let (x, y) = (point(.x, .xc), point(.y, .yc))
    let size = channel(.size) ?? .constant(.number(30))
    let hasSizeCategories = isDiscrete(.size)
    let shape = channel(.shape) ?? .constant(.string("circle"))
    let angle = channel(.angle)
    var known: [String: PathData] = [:]
    var lastKey: (Value, Double)?
    var lastPath = PathData()
    var items: [SceneItem] = []
    items.reserveCapacity(encoder.count)
    for row in order() {
      let (px, py) = (placed(x?.number(row)), placed(y?.number(row)))
      var area = size.number(row)
      // A category that the scale of sizes does not know has Vega's own size.
      if area.isNaN, hasSizeCategories { area = 64 }
      guard px.isFinite, py.isFinite, area.isFinite else { continue }
      let word = shape.value(row)
      if lastKey == nil || lastKey!.0 != word || lastKey!.1 != area {
        let name = word.stringValue ?? "circle"
        let key = "\(name)/\(area)"
        if let path = known[key] {
          lastPath = path
        } else {
          lastPath = symbolPath(name, size: area) ?? PathData()
          if known.count < 4096 { known[key] = lastPath }
        }
        lastKey = (word, area)
      }
      items.append(
        SceneItem(.path(lastPath, x: px, y: py, angle: angle?.number(row) ?? 0), styler.shared(row), row: Int32(row)))
    }
    return items
  }

  /// Whether a property is given by a scale of categories.
  private func isDiscrete(_ property: MarkProperty) -> Bool {
    guard case .scaled(let scaled)? = mark.encode.first(where: { $0.property == property })?.rules.last?.reference
    else {
      return false
    }
    return encoder.view.scale(scaled.scale)?.type.isDiscrete ?? false
  }

  private func point(_ property: MarkProperty, _ centre: MarkProperty) -> Channelled? {
    channel(property) ?? channel(centre)
  }

  private mutating func rules() -> [SceneItem] {
    let (x, y) = (channel(.x), channel(.y))
    let (x2, y2) = (channel(.x2), channel(.y2))
    let (width, height) = (channel(.width), channel(.height))
    let (xc, yc) = (channel(.xc), channel(.yc))
    var items: [SceneItem] = []
    items.reserveCapacity(encoder.count)
    for row in order() {
      var (a, b) = (placed(x?.number(row) ?? xc?.number(row)), placed(y?.number(row) ?? yc?.number(row)))
      var (c, d) = (x2?.number(row) ?? a, y2?.number(row) ?? b)
      // An end that no scale knows is where the rule begins.
      if c.isNaN { c = a }
      if d.isNaN { d = b }
      if let width, x2 == nil { let half = width.number(row) / 2; (a, c) = (a - half, a + half) }
      if let height, y2 == nil { let half = height.number(row) / 2; (b, d) = (b - half, b + half) }
      guard a.isFinite, b.isFinite, c.isFinite, d.isFinite else { continue }
      items.append(SceneItem(.line(x1: a, y1: b, x2: c, y2: d), styler.shared(row), row: Int32(row)))
    }
    return items
  }

  // MARK: Lines and areas

  private mutating func paths() -> [SceneItem] {
    guard encoder.count > 0 else { return [] }
    let x = point(.x, .xc) ?? .constant(.number(0))
    let y = point(.y, .yc) ?? .constant(.number(0))
    let (x2, y2) = (channel(.x2), channel(.y2))
    let size = channel(.size)
    let defined = channel(.defined)
    let curve =
      encoder.run.value(mark.interpolate, encoder.view)?.stringValue.flatMap { CurveKind(rawValue: $0) } ?? .linear
    let tension = encoder.run.number(mark.tension, encoder.view)
    let horizontal = mark.orient == "horizontal"
    var items: [SceneItem] = []
    let forecasts = ForecastRows(encoder.run.plan.overlays?.forecast, encoder.table)
    for rows in forecasts.map({ forecasts in series().flatMap { forecasts.runs($0) } }) ?? series() {
      let xs = rows.map { placed(x.number($0)) }
      let ys = rows.map { placed(y.number($0)) }
      var flags = defined.map { defined in rows.map { defined.value($0).asBool } } ?? []
      if zip(xs, ys).contains(where: { !$0.isFinite || !$1.isFinite }) {
        if flags.isEmpty { flags = [Bool](repeating: true, count: rows.count) }
        for index in rows.indices where !xs[index].isFinite || !ys[index].isFinite { flags[index] = false }
      }
      let path: PathData
      switch mark.kind {
      case .area:
        let ends = horizontal ? x2 : y2
        let other = ends.map { ends in rows.map { placed(ends.number($0)) } } ?? (horizontal ? xs : ys)
        path = areaPath(
          curve, tension: tension, orientation: horizontal ? .horizontal : .vertical, x: xs, y: ys, other: other,
          defined: flags)
      case .trail: path = trailPath(x: xs, y: ys, sizes: rows.map { size?.number($0) ?? 2 }, defined: flags)
      default:
        path = linePath(
          curve, tension: tension, orientation: .vertical, x: xs, y: ys, defined: flags)
      }
      if path.isEmpty { continue }
      // A run of forecasts begins at an observation; its second row says what it is.
      let own = forecasts != nil && rows.count > 1 ? rows[1] : rows[0]
      items.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), styler.shared(own), row: Int32(own)))
    }
    return items
  }

  /// Rows of each series, each in its order; series in the order in which they first come.
  func series() -> [[Int]] {
    var groups: [[Int]] = []
    if mark.series.isEmpty {
      groups = [Array(0..<encoder.count)]
    } else {
      let columns = mark.series.map { encoder.table.values(at: $0) }
      var places: [String: Int] = [:]
      for row in 0..<encoder.count {
        let key =
          columns.count == 1 ? columns[0][row].asString : columns.map { $0[row].asString }.joined(separator: "\u{1}")
        if let place = places[key] {
          groups[place].append(row)
        } else {
          places[key] = groups.count
          groups.append([row])
        }
      }
    }
    if mark.sort.isEmpty { return groups }
    let columns = sortColumns()
    return groups.map { sorted($0, by: columns) }
  }

  // MARK: Text, sectors, images

  private mutating func texts() -> [SceneItem] {
    let (x, y) = (point(.x, .xc), point(.y, .yc))
    let (theta, radius) = (channel(.theta), channel(.radius))
    let text = channel(.text) ?? .constant(.string(""))
    let font = TextEncoding(mark.encode, encoder)
    var items: [SceneItem] = []
    items.reserveCapacity(encoder.count)
    for row in order() {
      var (px, py) = (placed(x?.number(row)), placed(y?.number(row)))
      if let radius {
        let (r, a) = (radius.number(row), (theta?.number(row) ?? 0) - .pi / 2)
        px += r * cos(a)
        py += r * sin(a)
      }
      guard px.isFinite, py.isFinite, let lines = font.lines(text.value(row), row) else { continue }
      var shape = TextShape(lines: lines, x: px, y: py)
      font.apply(to: &shape, row)
      items.append(SceneItem(.text(shape), styler.shared(row), row: Int32(row)))
    }
    return items
  }

  private mutating func arcs() -> [SceneItem] {
    let (x, y) = (point(.x, .xc), point(.y, .yc))
    let (start, end) = (channel(.startAngle), channel(.endAngle))
    let (inner, outer) = (channel(.innerRadius), channel(.outerRadius))
    let (pad, corner) = (channel(.padAngle), channel(.cornerRadius))
    var items: [SceneItem] = []
    for row in order() {
      let (px, py) = (placed(x?.number(row)), placed(y?.number(row)))
      let path = arcPath(
        innerRadius: max(0, inner?.number(row) ?? 0), outerRadius: max(0, outer?.number(row) ?? 0),
        startAngle: start?.number(row) ?? 0,
        endAngle: end?.number(row) ?? 0, padAngle: pad?.number(row) ?? 0, cornerRadius: corner?.number(row) ?? 0)
      guard px.isFinite, py.isFinite else { continue }
      items.append(SceneItem(.path(path, x: px, y: py, angle: 0), styler.shared(row), row: Int32(row)))
    }
    return items
  }

  private mutating func images() -> [SceneItem] {
    let xs = spans(.x, .x2, .xc, .width, isX: true)
    let ys = spans(.y, .y2, .yc, .height, isX: false)
    let url = channel(.url)
    let aspect = channel(.aspect)
    return order().compactMap { row in
      guard let url = url?.value(row).stringValue else { return nil }
      let ((x, width), (y, height)) = (placed(xs[row]), placed(ys[row]))
      guard x.isFinite, y.isFinite, width.isFinite, height.isFinite else { return nil }
      return SceneItem(
        .image(
          url: url, x: x, y: y, width: width, height: height,
          keepsAspect: aspect?.value(row).boolValue ?? true), styler.shared(row),
        row: Int32(row))
    }
  }
}
