/// The colours of the report's look, as custom properties with the literal that shows outside a page.
///
/// Templates/assets/almanac.css gives each property its value on light and on dark ground; the literals here are its values on
/// light ground, and a test holds the two together.
public enum ChartPalette {
  /// Series in their order: marks of 3:1 on the ground, apart for colour-blind readers.
  public static let series = [
    "#0a8f8c", "#5b2a78", "#bd7f10", "#46684a", "#343d4c", "#a8207c", "#8f735c", "#5596c4",
  ]
  /// Series as text on the ground, 4.5:1.
  public static let seriesText = [
    "#077572", "#5b2a78", "#8a5c05", "#46684a", "#343d4c", "#a8207c", "#75604d", "#2f6f9c",
  ]
  /// Text on marks of a series, 4.5:1.
  public static let onSeries = [
    "#000000", "#fcfbf8", "#000000", "#fcfbf8", "#fcfbf8", "#fcfbf8", "#000000", "#000000",
  ]
  public static let china = "#b8281f"
  public static let us = "#1d5fa6"

  public static let chinaPaint = "var(--china, \(china))"
  public static let usPaint = "var(--us, \(us))"

  /// `var(--series-1, #0a8f8c)` for 1.
  public static func seriesPaint(_ number: Int) -> String {
    let index = (number - 1) % series.count
    return "var(--series-\(index + 1), \(series[index]))"
  }

  /// The paint of a text that belongs to marks of a property such as `--series-1`; `nil` for what is no colour of a series.
  public static func textPaint(of property: String) -> String? {
    switch property {
    case "--china": chinaPaint
    case "--us": usPaint
    default: seriesIndex(property).map { "var(--series-\($0 + 1)-text, \(seriesText[$0]))" }
    }
  }

  /// The paint of a text that stands on marks of a property.
  public static func paint(on property: String) -> String? {
    switch property {
    case "--china", "--us", "--eu", "--forecast", "--ink", "--ink-2": "var(--ground, #fcfbf8)"
    case "--div-1", "--div-9": "var(\(property)-on, #fcfbf8)"
    case "--div-2", "--div-3", "--div-5-mark", "--div-7", "--div-8": "var(\(property)-on, #000000)"
    default: seriesIndex(property).map { "var(--series-\($0 + 1)-on, \(onSeries[$0]))" }
    }
  }

  private static func seriesIndex(_ property: String) -> Int? {
    guard property.hasPrefix("--series-"), let number = Int(property.dropFirst(9)), (1...series.count).contains(number)
    else { return nil }
    return number - 1
  }
}
