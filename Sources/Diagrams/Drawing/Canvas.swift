internal import AlmanacCore
internal import VegaRuntime

/// What a layout draws onto: a column of fixed width that grows downwards.
///
/// Shapes are kept in three sheets, so that washes lie below lines and lines below texts whatever the order of drawing.
struct Canvas {
  /// Below this width each kind uses its layout for phones.
  static let narrowLimit = 480.0

  /// In pixels; fixed.
  let width: Double
  let language: LanguageTag
  /// Set by the layout when it is done.
  var height = 0.0
  /// Where the layout begins; below a heading.
  var top = 0.0
  private var washes: [SceneItem] = []
  private var lines: [SceneItem] = []
  private var marks: [SceneItem] = []
  private var labels: [SceneItem] = []
  private(set) var texts: [PlacedText] = []

  init(width: Double, language: LanguageTag) {
    self.width = width
    self.language = language
  }

  var isNarrow: Bool { width < Self.narrowLimit }
  var words: DiagramWords { DiagramWords(language: language) }

  var scene: [SceneMarks] {
    [
      SceneMarks(kind: "rect", role: "mark", items: washes, name: "diagram-wash"),
      SceneMarks(kind: "rule", role: "mark", items: lines, name: "diagram-line"),
      SceneMarks(kind: "symbol", role: "mark", items: marks, name: "diagram-mark"),
      SceneMarks(kind: "text", role: "mark", items: labels, name: "diagram-text"),
    ]
  }
}

// MARK: - Text

extension Canvas {
  /// Breaks a text for a width.
  ///
  /// - Parameter isBalanced: whether the lines should be about equally long, as headings and labels are.
  func set(_ text: String, _ style: TextStyle, width: Double, isBalanced: Bool = false) -> TextBlock {
    guard !text.isEmpty else { return .empty }
    let breakable = measure(text, style)
    let lines = isBalanced ? breakable.balancedLines(width: width) : breakable.lines(width: width)
    let leading = language.isChinese ? style.leading + 0.12 : style.leading
    return TextBlock(
      lines: lines, width: breakable.width(of: lines), style: style, lineHeight: (style.size * leading).rounded())
  }

  func set(_ text: DiagramText?, _ style: TextStyle, width: Double, isBalanced: Bool = false) -> TextBlock {
    set(text?.text ?? "", style, width: width, isBalanced: isBalanced)
  }

  func measure(_ text: String, _ style: TextStyle) -> BreakableText {
    BreakableText(text, style: style, isChinese: language.isChinese)
  }

  /// A label and what is said below it.
  func stack(
    _ label: DiagramText?, _ text: DiagramText?, width: Double, labelStyle: TextStyle = .label,
    textStyle: TextStyle = .body, isBalanced: Bool = true
  ) -> TextStack {
    var stack = TextStack()
    stack.add(set(label, labelStyle, width: width, isBalanced: isBalanced))
    let body = set(text, textStyle, width: width)
    // A short text leaves no word alone on its last line.
    stack.add(
      isBalanced && (2...3).contains(body.lines.count) ? set(text, textStyle, width: width, isBalanced: true) : body)
    return stack
  }

  /// Puts a block with its upper edge at `y`.
  ///
  /// - Parameters:
  ///   - x: of the left edge, the middle or the right edge, as `align` says.
  ///   - room: the space it was given; the canvas when it has no box of its own.
  mutating func place(_ block: TextBlock, x: Double, y: Double, align: TextAlign = .left, room: Bounds? = nil) {
    guard !block.isEmpty else { return }
    var shape = TextShape(
      lines: block.lines, x: x, y: y + block.lineHeight / 2 + 0.35 * block.style.size)
    shape.align = align.rawValue
    shape.font = "var(--font-chart, Arial, Helvetica, sans-serif)"
    shape.size = block.style.size
    if block.style.isBold { shape.weight = "600" }
    shape.lineHeight = block.lineHeight
    labels.append(SceneItem(.text(shape), .fill(block.style.color)))
    let left = align == .left ? x : align == .center ? x - block.width / 2 : x - block.width
    let inset = max(0, (block.lineHeight - block.style.size) / 2)
    texts.append(
      PlacedText(
        lines: block.lines,
        bounds: Bounds(x1: left, y1: y + inset, x2: left + block.width, y2: y + block.height - inset),
        room: room ?? Bounds(x1: 0, y1: 0, x2: width, y2: .infinity), size: block.style.size))
  }

  mutating func place(_ stack: TextStack, x: Double, y: Double, align: TextAlign = .left, room: Bounds? = nil) {
    for (block, offset) in stack.blocks { place(block, x: x, y: y + offset, align: align, room: room) }
  }
}

enum TextAlign: String, Sendable { case left, center, right }

// MARK: - Shapes

extension Canvas {
  mutating func wash(_ box: Bounds, _ paint: String, opacity: Double, radius: Double = 0) {
    guard box.width > 0, box.height > 0, opacity > 0 else { return }
    var style = ItemStyle.fill(paint)
    style.fillOpacity = opacity
    washes.append(SceneItem(.rect(box, radius: radius), style))
  }

  mutating func wash(_ box: Bounds, _ tone: Tone, radius: Double = 0) {
    wash(box, tone.paint, opacity: tone.wash, radius: radius)
  }

  mutating func wash(_ path: PathData, _ paint: String, opacity: Double) {
    var style = ItemStyle.fill(paint)
    style.fillOpacity = opacity
    washes.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), style))
  }

  mutating func frame(_ box: Bounds, radius: Double = 0) {
    washes.append(SceneItem(.rect(box, radius: radius), .stroke(Ink.line, 1, dash: [3, 3])))
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ paint: String = Ink.hairline, width: Double = 1,
    dash: [Double] = []
  ) {
    lines.append(SceneItem(.line(x1: x1, y1: y1, x2: x2, y2: y2), .stroke(paint, width, dash: dash)))
  }

  mutating func path(_ path: PathData, _ paint: String = Ink.line, width: Double = 1.25, dash: [Double] = []) {
    var style = ItemStyle.stroke(paint, width, dash: dash)
    style.strokeJoin = "round"
    lines.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), style))
  }

  mutating func fill(_ path: PathData, _ paint: String) {
    marks.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), .fill(paint)))
  }

  mutating func bar(_ box: Bounds, _ paint: String, radius: Double = 0) {
    guard box.width > 0, box.height > 0 else { return }
    marks.append(SceneItem(.rect(box, radius: radius), .fill(paint)))
  }

  mutating func dot(_ x: Double, _ y: Double, radius: Double, _ paint: String, isHollow: Bool = false) {
    var path = PathData()
    path.arc(x, y, radius: isHollow ? radius - 0.75 : radius, from: 0, to: 2 * .pi)
    path.close()
    var style = ItemStyle.fill(isHollow ? Ink.ground : paint)
    if isHollow {
      style.stroke = paint
      style.strokeWidth = 1.5
    }
    marks.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), style))
  }

  /// A small filled arrowhead whose tip is at a point.
  ///
  /// - Parameter angle: of travel, in radians clockwise from the x axis.
  mutating func arrowhead(_ x: Double, _ y: Double, angle: Double, _ paint: String = Ink.line, size: Double = 7) {
    fill(arrowheadPath(x, y, angle: angle, size: size), paint)
  }
}

extension SceneItem.Shape {
  static func rect(_ box: Bounds, radius: Double) -> Self {
    .rect(
      x: box.x1, y: box.y1, width: box.width, height: box.height,
      CornerRadii(min(radius, box.width / 2, box.height / 2)))
  }
}

extension ItemStyle {
  static func fill(_ paint: String) -> ItemStyle {
    var style = ItemStyle()
    style.fill = paint
    return style
  }

  static func stroke(_ paint: String, _ width: Double, dash: [Double] = []) -> ItemStyle {
    var style = ItemStyle()
    style.stroke = paint
    style.strokeWidth = width
    style.strokeDash = dash
    return style
  }
}

extension Bounds {
  func inset(_ dx: Double, _ dy: Double) -> Bounds {
    Bounds(x1: x1 + dx, y1: y1 + dy, x2: max(x1 + dx, x2 - dx), y2: max(y1 + dy, y2 - dy))
  }

  var midX: Double { (x1 + x2) / 2 }
  var midY: Double { (y1 + y2) / 2 }
}
