internal import AlmanacCore
internal import Markup

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Writes a scene as SVG: groups bear Vega's role classes, paints stand as attributes, numbers have three decimals.
package struct SVGWriter {
  var writer = MarkupWriter(reserving: 16_384)
  /// Before every id, so that several pictures can stand on one page.
  let prefix: String
  private var clips: [Clip] = []
  /// The style whose attributes were written last, and where they stand.
  private var printed: (style: SharedStyle, hasFill: Bool, bytes: Range<Int>)?

  /// Where long paths were written, by the place of their numbers in memory; the scene keeps them all until it is printed.
  private var printedPaths: [UnsafeRawPointer: Range<Int>] = [:]

  fileprivate struct Clip: Hashable {
    var bounds: Bounds
    var corners: CornerRadii
  }

  init(prefix: String) { self.prefix = prefix }
}

extension SVGWriter {
  /// Writes the whole document.
  ///
  /// - Parameters:
  ///   - origin: where the root group stands: padding and what reaches over the left and upper edge.
  mutating func document(
    _ root: SceneGroup, width: Double, height: Double, origin: (x: Double, y: Double), background: String?,
    title: String,
    description: String, language: String, gradients: [GradientPaint], hatches: [HatchPaint] = []
  ) -> [UInt8] {
    writer.raw(#"<svg xmlns="http://www.w3.org/2000/svg" class="chart marks""#)
    writer.attribute("width", width)
    writer.attribute("height", height)
    writer.beginAttribute("viewBox")
    writer.raw("0 0 ")
    writer.number(width)
    writer.byte(0x20)
    writer.number(height)
    writer.raw(#"" role="img" aria-labelledby=""#)
    writer.text(prefix + "title " + prefix + "desc")
    writer.byte(0x22)
    writer.attribute("lang", language)
    writer.raw("><title")
    writer.attribute("id", prefix + "title")
    writer.raw(">")
    writer.text(title)
    writer.raw("</title><desc")
    writer.attribute("id", prefix + "desc")
    writer.raw(">")
    writer.text(description)
    writer.raw("</desc>")
    collectClips(root)
    if !clips.isEmpty || !gradients.isEmpty || !hatches.isEmpty { definitions(gradients, hatches) }
    if let background, background != "transparent", background != "none" {
      writer.raw("<rect")
      writer.attribute("width", width)
      writer.attribute("height", height)
      writer.attribute("fill", background)
      writer.raw("/>")
    }
    writer.raw(#"<g fill="none" stroke-miterlimit="10""#)
    translate(origin.x, origin.y)
    writer.raw(">")
    group(root)
    writer.raw("</g></svg>\n")
    return writer.bytes
  }

  private mutating func collectClips(_ group: SceneGroup) {
    if let clip = group.clip, !clips.contains(clip) { clips.append(clip) }
    for node in group.nodes {
      switch node {
      case .marks(let marks):
        if let bounds = marks.clip {
          let clip = Clip(bounds: bounds, corners: marks.clipCorners)
          if !clips.contains(clip) { clips.append(clip) }
        }
      case .group(let inner): collectClips(inner)
      }
    }
  }

  private mutating func definitions(_ gradients: [GradientPaint], _ hatches: [HatchPaint]) {
    writer.raw("<defs>")
    for (index, clip) in clips.enumerated() {
      writer.raw("<clipPath")
      writer.attribute("id", "\(prefix)clip\(index)")
      if clip.corners.isZero {
        writer.raw("><rect")
        writer.attribute("x", clip.bounds.x1)
        writer.attribute("y", clip.bounds.y1)
        writer.attribute("width", clip.bounds.width)
        writer.attribute("height", clip.bounds.height)
      } else {
        writer.raw("><path")
        path(
          rectanglePath(clip.bounds.x1, clip.bounds.y1, clip.bounds.width, clip.bounds.height, corners: clip.corners),
          0, 0)
      }
      writer.raw("/></clipPath>")
    }
    for gradient in gradients { gradient.write(to: &writer, prefix: prefix) }
    for (index, hatch) in hatches.enumerated() { hatch.write(to: &writer, id: "\(prefix)hatch\(index)") }
    writer.raw("</defs>")
  }

  private mutating func translate(_ x: Double, _ y: Double) {
    guard x != 0 || y != 0 else { return }
    writer.raw(#" transform="translate("#)
    writer.number(x)
    writer.byte(0x2C)
    writer.number(y)
    writer.raw(#")""#)
  }

  // MARK: Groups

  private mutating func group(_ group: SceneGroup) {
    if group.isHidden { return }
    writer.raw("<g")
    writer.beginAttribute("class")
    writer.rawString("role-" + group.role)
    if !group.classes.isEmpty {
      writer.byte(0x20)
      writer.text(group.classes)
    }
    writer.byte(0x22)
    translate(group.x, group.y)
    if let width = group.width { writer.attribute("data-width", width) }
    if let height = group.height { writer.attribute("data-height", height) }
    if let axis = group.axis { writer.attribute("data-axis", axis) }
    writer.raw(">")
    if let background = group.background, let width = group.width, let height = group.height, width > 0, height > 0 {
      writer.raw(#"<rect class="background""#)
      writer.attribute("width", width)
      writer.attribute("height", height)
      if group.cornerRadius > 0 { writer.attribute("rx", group.cornerRadius) }
      style(SharedStyle(background), hasFill: true)
      writer.raw("/>")
    }
    // The frame lies upon the edge of what is clipped.
    let clip = group.clip.flatMap { clips.firstIndex(of: $0) }
    if let clip {
      writer.raw("<g")
      clipped(by: clip)
      writer.raw(">")
    }
    for node in group.nodes {
      switch node {
      case .marks(let marks): self.marks(marks)
      case .group(let inner): self.group(inner)
      }
    }
    writer.rawString(clip == nil ? "</g>" : "</g></g>")
  }

  private mutating func marks(_ marks: SceneMarks) {
    guard !marks.items.isEmpty else { return }
    writer.raw("<g")
    writer.beginAttribute("class")
    writer.rawString("mark-" + marks.kind + " role-" + marks.role)
    if let name = marks.name {
      writer.byte(0x20)
      writer.text(name)
    }
    writer.byte(0x22)
    if let bounds = marks.clip, let index = clips.firstIndex(of: Clip(bounds: bounds, corners: marks.clipCorners)) {
      clipped(by: index)
    }
    // Text shares its font among neighbours nearly always.
    writer.raw(">")
    marks.items.withUnsafeBufferPointer { items in
      for index in items.indices { item(items[index]) }
    }
    writer.raw("</g>")
  }

  private mutating func clipped(by index: Int) {
    writer.raw(#" clip-path="url(#"#)
    writer.text("\(prefix)clip\(index)")
    writer.raw(#")""#)
  }

  // MARK: Items

  private mutating func item(_ item: SceneItem) {
    if let href = item.href {
      writer.raw("<a")
      writer.attribute("href", href)
      writer.raw(">")
    }
    switch item.shape {
    case .rect(let x, let y, let width, let height, let corners):
      if corners.isZero {
        writer.raw("<rect")
        writer.attribute("x", x)
        writer.attribute("y", y)
        writer.attribute("width", width)
        writer.attribute("height", height)
      } else {
        writer.raw("<path")
        path(rectanglePath(x, y, width, height, corners: corners), 0, 0)
      }
      style(item.sharedStyle, hasFill: true)
      writer.raw("/>")
    case .path(let path, let x, let y, let angle):
      writer.raw("<path")
      if angle != 0 {
        writer.raw(#" transform="translate("#)
        writer.number(x)
        writer.byte(0x2C)
        writer.number(y)
        writer.raw(") rotate(")
        writer.number(angle)
        writer.raw(#")""#)
        self.path(path, 0, 0)
      } else {
        self.path(path, x, y)
      }
      style(item.sharedStyle, hasFill: true)
      writer.raw("/>")
    case .line(let x1, let y1, let x2, let y2):
      writer.raw("<line")
      writer.attribute("x1", x1)
      writer.attribute("y1", y1)
      writer.attribute("x2", x2)
      writer.attribute("y2", y2)
      style(item.sharedStyle, hasFill: false)
      writer.raw("/>")
    case .text(let text): self.text(text, item.sharedStyle)
    case .image(let url, let x, let y, let width, let height, let keepsAspect):
      writer.raw("<image")
      writer.attribute("x", x)
      writer.attribute("y", y)
      writer.attribute("width", width)
      writer.attribute("height", height)
      writer.attribute("href", url)
      if !keepsAspect { writer.raw(#" preserveAspectRatio="none""#) }
      if item.sharedStyle.style.opacity != 1 { writer.attribute("opacity", item.sharedStyle.style.opacity) }
      blend(item.sharedStyle.style)
      writer.raw("/>")
    }
    if item.href != nil { writer.raw("</a>") }
  }

  private mutating func blend(_ style: ItemStyle) {
    guard let mode = style.blend, mode != "normal" else { return }
    writer.attribute("style", "mix-blend-mode:" + mode)
  }

  private mutating func path(_ path: PathData, _ x: Double, _ y: Double) {
    writer.beginAttribute("d")
    defer { writer.byte(0x22) }
    guard x == 0, y == 0, path.operations.count >= 16 else { return path.append(to: &writer, dx: x, dy: y) }
    // A county that stands in four maps of a row has one outline in memory, and is printed once.
    let place = path.numbers.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
    if let place, let bytes = printedPaths[place] { return writer.again(bytes) }
    let start = writer.bytes.count
    path.append(to: &writer)
    if let place { printedPaths[place] = start..<writer.bytes.count }
  }

  private mutating func text(_ text: TextShape, _ style: SharedStyle) {
    writer.raw("<text")
    if text.align == "center" {
      writer.raw(#" text-anchor="middle""#)
    } else if text.align == "right" {
      writer.raw(#" text-anchor="end""#)
    }
    writer.raw(#" transform="translate("#)
    let (dx, dy) = (text.dx, text.dy + text.baselineOffset)
    if text.angle == 0 {
      writer.number(text.x + dx)
      writer.byte(0x2C)
      writer.number(text.y + dy)
      writer.byte(0x29)
    } else {
      writer.number(text.x)
      writer.byte(0x2C)
      writer.number(text.y)
      writer.raw(") rotate(")
      writer.number(text.angle)
      writer.byte(0x29)
      if dx != 0 || dy != 0 {
        writer.raw(" translate(")
        writer.number(dx)
        writer.byte(0x2C)
        writer.number(dy)
        writer.byte(0x29)
      }
    }
    writer.byte(0x22)
    writer.attribute("font-family", text.font)
    writer.beginAttribute("font-size")
    writer.number(text.size)
    writer.raw(#"px""#)
    if let weight = text.weight, weight != "normal" { writer.attribute("font-weight", weight) }
    if let fontStyle = text.fontStyle, fontStyle != "normal" { writer.attribute("font-style", fontStyle) }
    self.style(style, hasFill: true)
    writer.raw(">")
    if text.lines.count == 1 {
      writer.text(text.lines[0])
    } else {
      for (index, line) in text.lines.enumerated() {
        writer.raw(#"<tspan x="0""#)
        if index > 0 { writer.attribute("dy", text.lineStep) }
        writer.raw(">")
        writer.text(line)
        writer.raw("</tspan>")
      }
    }
    writer.raw("</text>")
  }

  /// The attributes of a style; those of the item before are copied where it has the same.
  private mutating func style(_ shared: SharedStyle, hasFill: Bool) {
    if let printed, printed.style === shared, printed.hasFill == hasFill { return writer.again(printed.bytes) }
    let start = writer.bytes.count
    if hasFill, let fill = shared.style.fill, fill != "none" { writer.attribute("fill", fill) }
    if let stroke = shared.style.stroke, stroke != "none" {
      writer.attribute("stroke", stroke)
      if shared.style.strokesBehind { writer.raw(#" paint-order="stroke""#) }
      if shared.style.strokeWidth != 1 { writer.attribute("stroke-width", shared.style.strokeWidth) }
      if !shared.style.strokeDash.isEmpty {
        writer.beginAttribute("stroke-dasharray")
        for (index, length) in shared.style.strokeDash.enumerated() {
          if index > 0 { writer.byte(0x2C) }
          writer.number(length)
        }
        writer.byte(0x22)
        if shared.style.strokeDashOffset != 0 { writer.attribute("stroke-dashoffset", shared.style.strokeDashOffset) }
      }
      if let cap = shared.style.strokeCap, cap != "butt" { writer.attribute("stroke-linecap", cap) }
      if let join = shared.style.strokeJoin, join != "miter" { writer.attribute("stroke-linejoin", join) }
      if let limit = shared.style.strokeMiterLimit { writer.attribute("stroke-miterlimit", limit) }
      if shared.style.strokeOpacity != 1 { writer.attribute("stroke-opacity", shared.style.strokeOpacity) }
    }
    if shared.style.fillOpacity != 1 { writer.attribute("fill-opacity", shared.style.fillOpacity) }
    if shared.style.opacity != 1 { writer.attribute("opacity", shared.style.opacity) }
    blend(shared.style)
    printed = (shared, hasFill, start..<writer.bytes.count)
  }
}

extension SceneGroup {
  /// The rectangle that a group is clipped to, if it is.
  fileprivate var clip: SVGWriter.Clip? {
    guard clips, let width, let height else { return nil }
    return SVGWriter.Clip(
      bounds: Bounds(x1: 0, y1: 0, x2: width, y2: height), corners: CornerRadii(cornerRadius))
  }
}

/// A paint that changes along a line or from a centre.
package struct GradientPaint: Sendable, Hashable {
  var name: String
  var isRadial = false
  var x1 = 0.0
  var y1 = 0.0
  var x2 = 1.0
  var y2 = 0.0
  var r1 = 0.0
  var r2 = 0.5
  var stops: [(offset: Double, color: String)] {
    get { zip(offsets, colors).map { ($0, $1) } }
    set {
      offsets = newValue.map(\.offset)
      colors = newValue.map(\.color)
    }
  }
  private var offsets: [Double] = []
  private var colors: [String] = []

  init(name: String) { self.name = name }

  func write(to writer: inout MarkupWriter, prefix: String) {
    writer.rawString(isRadial ? "<radialGradient" : "<linearGradient")
    writer.attribute("id", prefix + name)
    if isRadial {
      writer.attribute("fx", x1)
      writer.attribute("fy", y1)
      writer.attribute("fr", r1)
      writer.attribute("cx", x2)
      writer.attribute("cy", y2)
      writer.attribute("r", r2)
    } else {
      writer.attribute("x1", x1)
      writer.attribute("y1", y1)
      writer.attribute("x2", x2)
      writer.attribute("y2", y2)
    }
    writer.raw(">")
    for stop in stops {
      writer.raw("<stop")
      writer.attribute("offset", stop.offset)
      writer.attribute("stop-color", stop.color)
      writer.raw("/>")
    }
    writer.rawString(isRadial ? "</radialGradient>" : "</linearGradient>")
  }
}
