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
  /// From little to much, even in lightness: pale to deep on light ground, deep to pale on dark.
  public static let ramp = [
    "#e8f4f1", "#b2e0d5", "#83c9bb", "#57b0a2", "#2b9789", "#007c71", "#006259", "#004742", "#032d2a",
  ]
  /// From one side over a middle to the other.
  public static let diverging = [
    "#8c4a0c", "#b5772f", "#d6a871", "#ecd6ba", "#f1efe9", "#c6dfe0", "#88bcc0", "#418f96", "#0b626b",
  ]
  /// What properties are on dark ground, for the contrast of a text on a mix of them.
  public static let dark = [
    "--ground": "#161512",
    "--ink": "#e8e4da",
    "--ink-2": "#aaa598",
    "--forecast": "#a19c90",
    "--china": "#f0776b",
    "--us": "#7db2ee",
    "--eu": "#d9b050",
    "--div-5-mark": "#6f6b62",
    "--series-1": "#8ae6d4",
    "--series-2": "#8a72da",
    "--series-3": "#f3be56",
    "--series-4": "#8f872c",
    "--series-5": "#979aa3",
    "--series-6": "#c8478f",
    "--series-7": "#d8b0a8",
    "--series-8": "#4f88ac",
    "--ramp-1": "#192423",
    "--ramp-2": "#0b3934",
    "--ramp-3": "#004e46",
    "--ramp-4": "#006257",
    "--ramp-5": "#007668",
    "--ramp-6": "#1e8a79",
    "--ramp-7": "#439c8b",
    "--ramp-8": "#67ad9d",
    "--ramp-9": "#90bdb0",
    "--div-1": "#f0bd80",
    "--div-2": "#cf954f",
    "--div-3": "#976a33",
    "--div-4": "#584026",
    "--div-5": "#2a2824",
    "--div-6": "#21464a",
    "--div-7": "#30747b",
    "--div-8": "#56a5ad",
    "--div-9": "#93d3da",
  ]
  public static let china = "#b8281f"
  public static let us = "#1d5fa6"
  public static let eu = "#8a6100"

  public static let chinaPaint = "var(--china, \(china))"
  public static let usPaint = "var(--us, \(us))"
  public static let euPaint = "var(--eu, \(eu))"

  /// `var(--series-1, #0a8f8c)` for 1.
  public static func seriesPaint(_ number: Int) -> String {
    let index = (number - 1) % series.count
    return "var(--series-\(index + 1), \(series[index]))"
  }

  /// The paint of a text on marks that are pale or deep on light ground and the other way around on dark.
  public static let onPale = "var(--on-pale, #000000)"
  public static let onDeep = "var(--on-deep, #ffffff)"

  /// The paint of a tone by the word that authors write: `china`, `us`, `eu`, `accent`, `muted`, or the number of a series.
  public static func paint(ofTone name: String) -> String? {
    switch name {
    case "china": chinaPaint
    case "us": usPaint
    case "eu": euPaint
    case "accent": "var(--accent, #0c5b57)"
    case "muted": "var(--ink-2, #5c5850)"
    default: Int(name).flatMap { (1...series.count).contains($0) ? seriesPaint($0) : nil }
    }
  }

  /// The paint of a text that belongs to marks of a property such as `--series-1`; `nil` for what is no colour of a series.
  public static func textPaint(of property: String) -> String? {
    switch property {
    case "--china": chinaPaint
    case "--us": usPaint
    case "--eu": euPaint
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
