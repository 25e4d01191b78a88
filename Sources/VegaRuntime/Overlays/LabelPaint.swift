internal import VegaLite

/// Paints of texts over a plot.
///
/// A mark needs 3:1 against the ground and text 4.5:1, so a series has a second, stronger paint for its label; a text in a bar
/// takes the ground's paint, which stands out from the bar as the bar does from the ground.
enum LabelPaint {
  static let ink = "var(--ink, #1e1c19)"
  static let softInk = "var(--ink-2, #5c5850)"
  static let ground = "var(--ground, #fcfbf8)"

  /// The paint of a label that belongs to a mark of this paint.
  static func text(for mark: String?) -> String {
    guard let mark, let name = property(mark) else { return ink }
    return ChartPalette.textPaint(of: name) ?? ink
  }

  /// The paint of a text that stands on this paint.
  static func text(on mark: String?) -> String {
    guard let mark else { return ink }
    let name = property(mark)
    if let paint = name.flatMap({ ChartPalette.paint(on: $0) }) { return paint }
    // A colour of the author's own is the same on any ground.
    if name != nil || PaintMix(mark) != nil, let paint = mixed(mark) { return paint }
    guard let color = Color(css: mark), let light = Color(css: "#fcfbf8") else { return ink }
    let isDark = color.contrast(with: light) >= 4.5
    if name != nil { return isDark ? ground : ink }
    return isDark ? "#fcfbf8" : "#000000"
  }

  /// The paint of a text on a mix, or on a property that has no paint for texts: black or white, for each ground on its own.
  private static func mixed(_ paint: String) -> String? {
    guard let light = Color(css: paint), let dark = onDarkGround(paint) else { return nil }
    switch (takesBlack(light), takesBlack(dark)) {
    case (true, true): return "#000000"
    case (false, false): return "#ffffff"
    case (true, false): return ChartPalette.onPale
    case (false, true): return ChartPalette.onDeep
    }
  }

  private static func takesBlack(_ color: Color) -> Bool {
    color.contrast(with: Color(rgb: 0)) >= color.contrast(with: Color(rgb: 0xFFFFFF))
  }

  /// What a paint is on a dark page; `nil` where that is not known.
  private static func onDarkGround(_ paint: String) -> Color? {
    if let mix = PaintMix(paint) { return mix.color(onDarkGround) }
    if let name = property(paint) { return ChartPalette.dark[name].flatMap { Color(css: $0) } }
    return Color(css: paint)
  }

  /// `--series-1` of `var(--series-1, #0a8f8c)`.
  private static func property(_ paint: String) -> String? {
    guard paint.hasPrefix("var(--"), let end = paint.firstIndex(where: { $0 == "," || $0 == ")" }) else { return nil }
    return String(paint[paint.index(paint.startIndex, offsetBy: 4)..<end])
  }
}
