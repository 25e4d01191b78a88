internal import VegaLite

/// The paint and stroke of a mark's items; what is the same for all rows is worked out once.
struct ItemStyler {
  private var base = ItemStyle()
  private var fill: Channelled?
  private var stroke: Channelled?
  private var numbers: [(WritableKeyPath<ItemStyle, Double>, Channelled)] = []
  private var dash: Channelled?
  private let encoder: MarkEncoder
  /// The style that was made last.
  private var last = SharedStyle(ItemStyle())
  private var lastFill: Value?
  private var lastStroke: Value?

  init(entries: [EncodeEntry], encoder: MarkEncoder) {
    self.encoder = encoder
    defer { last = SharedStyle(base) }
    for entry in entries {
      switch entry.property {
      case .fill:
        guard let channel = encoder.evaluate(entry.rules) else { continue }
        if let value = channel.constant { base.fill = paint(value) } else { fill = channel }
      case .stroke:
        guard let channel = encoder.evaluate(entry.rules) else { continue }
        if let value = channel.constant { base.stroke = paint(value) } else { stroke = channel }
      case .opacity: number(entry, \.opacity)
      case .fillOpacity: number(entry, \.fillOpacity)
      case .strokeOpacity: number(entry, \.strokeOpacity)
      case .strokeWidth: number(entry, \.strokeWidth)
      case .strokeDashOffset: number(entry, \.strokeDashOffset)
      case .strokeDash:
        guard let channel = encoder.evaluate(entry.rules) else { continue }
        if let value = channel.constant { base.strokeDash = lengths(value) } else { dash = channel }
      case .strokeCap: base.strokeCap = encoder.evaluate(entry.rules)?.constant?.stringValue
      case .strokeJoin: base.strokeJoin = encoder.evaluate(entry.rules)?.constant?.stringValue
      case .blend: base.blend = encoder.evaluate(entry.rules)?.constant?.stringValue
      case .strokeMiterLimit: base.strokeMiterLimit = encoder.evaluate(entry.rules)?.constant?.numberValue
      default: break
      }
    }
  }

  private mutating func number(_ entry: EncodeEntry, _ key: WritableKeyPath<ItemStyle, Double>) {
    guard let channel = encoder.evaluate(entry.rules) else { return }
    if let value = channel.constant {
      if value.isPresent, !value.asNumber.isNaN { base[keyPath: key] = value.asNumber }
    } else {
      numbers.append((key, channel))
    }
  }

  func style(_ row: Int) -> ItemStyle {
    var style = base
    if let fill { style.fill = paint(fill.value(row)) }
    if let stroke { style.stroke = paint(stroke.value(row)) }
    for (key, channel) in numbers {
      let value = channel.number(row)
      if !value.isNaN { style[keyPath: key] = value }
    }
    if let dash { style.strokeDash = lengths(dash.value(row)) }
    return style
  }

  /// The style of a row's item; the same object as that of the row before where nothing is different.
  mutating func shared(_ row: Int) -> SharedStyle {
    guard numbers.isEmpty, dash == nil else {
      let style = style(row)
      if style != last.style { last = SharedStyle(style) }
      return last
    }
    if fill == nil, stroke == nil { return last }
    let (newFill, newStroke) = (fill?.value(row), stroke?.value(row))
    if lastFill != newFill || lastStroke != newStroke || lastFill == nil && lastStroke == nil {
      (lastFill, lastStroke) = (newFill, newStroke)
      last = SharedStyle(style(row))
    }
    return last
  }

  private func lengths(_ value: Value) -> [Double] {
    value.arrayValue?.map(\.asNumber) ?? []
  }

  private func paint(_ value: Value) -> String? {
    switch value {
    case .string(let text): return text == "none" || text.isEmpty ? nil : text
    case .object(let object): return encoder.run.gradient(object)
    default: return nil
    }
  }
}

extension ChartRun {
  /// Keeps a gradient and returns the paint that names it.
  func gradient(_ object: ValueObject) -> String? {
    guard let kind = object["gradient"]?.stringValue, let stops = object["stops"]?.arrayValue else { return nil }
    var paint = GradientPaint(name: "")
    paint.isRadial = kind == "radial"
    func number(_ key: String, _ fallback: Double) -> Double { object[key]?.numberValue ?? fallback }
    if paint.isRadial {
      (paint.x1, paint.y1, paint.r1) = (number("x1", 0.5), number("y1", 0.5), number("r1", 0))
      (paint.x2, paint.y2, paint.r2) = (number("x2", 0.5), number("y2", 0.5), number("r2", 0.5))
    } else {
      (paint.x1, paint.y1, paint.x2, paint.y2) = (number("x1", 0), number("y1", 0), number("x2", 1), number("y2", 0))
    }
    paint.stops = stops.map { ($0.member("offset").asNumber, $0.member("color").asString) }
    return named(paint)
  }

  func named(_ paint: GradientPaint) -> String {
    var paint = paint
    if let known = gradients.firstIndex(where: { other in
      var other = other
      other.name = ""
      var plain = paint
      plain.name = ""
      return other == plain
    }) {
      return "url(#\(options.idPrefix)gradient\(known))"
    }
    paint.name = "gradient\(gradients.count)"
    gradients.append(paint)
    return "url(#\(options.idPrefix)\(paint.name))"
  }
}

/// Font and place of text marks.
struct TextEncoding {
  private let encoder: MarkEncoder
  private let channels: [MarkProperty: Channelled]

  init(_ entries: [EncodeEntry], _ encoder: MarkEncoder) {
    self.encoder = encoder
    var channels: [MarkProperty: Channelled] = [:]
    for property in [
      MarkProperty.dx, .dy, .angle, .align, .baseline, .font, .fontSize, .fontStyle, .fontWeight, .limit, .ellipsis,
      .lineHeight, .lineBreak, .dir,
    ] {
      channels[property] = encoder.evaluate(entries, property)
    }
    self.channels = channels
  }

  /// Lines of a value, cut to the limit; `nil` for nothing.
  func lines(_ value: Value, _ row: Int) -> [String]? {
    var lines: [String]
    switch value {
    case .array(let list): lines = list.map(\.asString)
    case .undefined, .null: return nil
    default: lines = [value.asString]
    }
    if let separator = channels[.lineBreak]?.value(row).stringValue, !separator.isEmpty, lines.count == 1 {
      var parts: [String] = []
      var rest = Substring(lines[0])
      while let range = rest.firstRange(of: separator) {
        parts.append(String(rest[..<range.lowerBound]))
        rest = rest[range.upperBound...]
      }
      lines = parts + [String(rest)]
    }
    if lines.allSatisfy(\.isEmpty) { return nil }
    if let limit = channels[.limit]?.number(row), limit > 0 {
      let size = channels[.fontSize]?.number(row) ?? 11
      let bold = channels[.fontWeight].map { FontMetrics.isBold(weight: $0.value(row).asString) } ?? false
      let ellipsis = channels[.ellipsis]?.value(row).stringValue ?? "…"
      lines = lines.map {
        FontMetrics.truncate(
          $0, limit: limit, size: size, bold: bold, ellipsis: ellipsis,
          fromStart: channels[.dir]?.value(row) == .string("rtl"))
      }
    }
    return lines
  }

  func apply(to shape: inout TextShape, _ row: Int) {
    if let value = channels[.dx] { shape.dx = value.number(row) }
    if let value = channels[.dy] { shape.dy = value.number(row) }
    if let value = channels[.angle]?.number(row), !value.isNaN { shape.angle = value }
    shape.align = channels[.align]?.value(row).stringValue ?? "center"
    shape.baseline = channels[.baseline]?.value(row).stringValue ?? "middle"
    shape.font = channels[.font]?.value(row).stringValue ?? encoder.run.plan.config["font"]?.stringValue ?? "sans-serif"
    if let value = channels[.fontSize]?.number(row), !value.isNaN { shape.size = value }
    if let value = channels[.fontWeight]?.value(row), value.isPresent { shape.weight = value.asString }
    if let value = channels[.fontStyle]?.value(row).stringValue { shape.fontStyle = value }
    if let value = channels[.lineHeight]?.number(row), !value.isNaN { shape.lineHeight = value }
  }
}
