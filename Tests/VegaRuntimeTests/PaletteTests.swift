import Foundation
import Testing
import VegaLite
@testable import VegaRuntime

#if canImport(Glibc)
  import Glibc
#endif

/// The colours that readers see, read from the style sheet: contrast on light and on dark ground, and how far apart they are for
/// colour-blind eyes.
@Suite struct PaletteTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Property to its colour on light and on dark ground.
  static let colors: [String: [Color]] = {
    let css =
      (try? String(contentsOf: root.appendingPathComponent("Templates/assets/almanac.css"), encoding: .utf8)) ?? ""
    var found: [String: [Color]] = [:]
    for line in css.split(separator: "\n") {
      let parts = line.split(whereSeparator: { " :;(),".contains($0) })
      guard parts.count == 4, parts[0].hasPrefix("--"), parts[1] == "light-dark" else { continue }
      let pair = parts[2...].compactMap { Color(css: String($0)) }
      if pair.count == 2 { found[String(parts[0])] = pair }
    }
    return found
  }()

  private func color(_ name: String, _ theme: Int) throws -> Color {
    try #require(Self.colors[name], "the style sheet has no '\(name)'")[theme]
  }

  static let series = (1...ChartPalette.series.count).map { "--series-\($0)" }

  @Test(arguments: [
    (["--china", "--us", "--forecast", "--axis", "--accent"] + series, "--ground", 3.0),
    (
      ["--ink", "--ink-2", "--china", "--us", "--eu", "--accent", "--forecast"] + series.map { $0 + "-text" },
      "--ground", 4.5
    ),
    (["--ink", "--ink-2"], "--raised", 4.5),
    (["--ink", "--ink-2"], "--sunk", 4.5),
  ])
  func standsOutFromTheGround(names: [String], ground: String, least: Double) throws {
    for name in names {
      for theme in 0...1 {
        let contrast = try color(name, theme).contrast(with: color(ground, theme))
        #expect(contrast >= least, "\(name) on \(ground), \(theme == 0 ? "light" : "dark"): \(contrast)")
      }
    }
  }

  @Test func letsTextBeReadOnMarks() throws {
    for theme in 0...1 {
      let scale = ["--div-1", "--div-2", "--div-3", "--div-5-mark", "--div-7", "--div-8", "--div-9"]
      for name in Self.series + scale {
        let contrast = try color(name + "-on", theme).contrast(with: color(name, theme))
        #expect(contrast >= 4.5, "\(name)-on, \(theme == 0 ? "light" : "dark"): \(contrast)")
      }
      for name in ["--china", "--us"] {
        #expect(try color("--ground", theme).contrast(with: color(name, theme)) >= 4.5, "text on \(name)")
      }
    }
  }

  /// Distances in Oklab, times 100; about 2 is just noticeable side by side.
  @Test(arguments: Vision.allCases) func staysApartForAllEyes(vision: Vision) throws {
    for theme in 0...1 {
      func distance(_ a: String, _ b: String) throws -> Double {
        try vision.distance(color(a, theme), color(b, theme))
      }
      #expect(try distance("--china", "--us") >= 15)
      let all = ["--china", "--us"] + Self.series
      for (index, name) in all.enumerated() {
        for other in all[..<index] {
          // Few series are common, and theirs are the first colours.
          let least = index < 7 && other.hasPrefix("--series") ? 7.0 : 4.5
          let found = try distance(name, other)
          #expect(found >= least, "\(name) and \(other), \(vision), \(theme == 0 ? "light" : "dark"): \(found)")
        }
      }
    }
  }

  /// Wherever a cell lies on a ramp, its text can be read on light and on dark ground; authors have the rule in the style sheet.
  @Test(arguments: ["ramp", "div"]) func letsTextBeReadOnRamps(name: String) throws {
    let paints = (name == "ramp" ? ChartPalette.ramp : ChartPalette.diverging).enumerated().map {
      "var(--\(name)-\($0 + 1), \($1))"
    }
    let ramp = ColorRamp(paints: paints)
    let texts = ["#000000": [0, 0], "#ffffff": [1, 1], ChartPalette.onPale: [0, 1], ChartPalette.onDeep: [1, 0]]
    for place in 0...400 {
      let cell = ramp.paint(at: Double(place) / 400)
      let text = LabelPaint.text(on: cell)
      for theme in 0...1 {
        let mixed = try ColorRamp((1...9).map { try color("--\(name)-\($0)", theme) })(Double(place) / 400)
        // Stops of the diverging colours have paints of their own.
        let white = try texts[text].map { Color(rgb: $0[theme] == 1 ? 0xFFFFFF : 0) } ?? color(property(text), theme)
        #expect(white.contrast(with: mixed) >= 4.5, "\(text) on \(cell), \(theme == 0 ? "light" : "dark")")
      }
      if name == "ramp", abs(Double(place) / 400 - 0.585) > 0.005 {
        #expect(text == (place < 234 ? ChartPalette.onPale : ChartPalette.onDeep), "\(cell)")
      }
    }
  }

  private func property(_ paint: String) -> String { String(paint.dropFirst(4).prefix { $0 != "," }) }

  @Test func knowsWhatPaintsAreOnDarkGround() throws {
    for (property, literal) in ChartPalette.dark {
      #expect(try color(property, 1) == Color(css: literal), "\(property)")
    }
    for (index, literal) in ChartPalette.ramp.enumerated() {
      #expect(try color("--ramp-\(index + 1)", 0) == Color(css: literal))
      #expect(try color("--div-\(index + 1)", 0) == Color(css: ChartPalette.diverging[index]))
    }
  }

  /// A picture for programs that know no properties has the colours of a light page.
  @Test(arguments: [
    ("<rect fill=\"var(--us, #1d5fa6)\"/>", "<rect fill=\"#1d5fa6\"/>"),
    ("var(--font, Arial, sans-serif) var(--a)", "Arial, sans-serif "),
    ("var(--a, var(--b, rgb(1, 2, 3)))!", "rgb(1, 2, 3)!"),
    ("color-mix(in srgb, var(--a, #000000) 75%, var(--b, #ffffff))", "#404040"),
    ("var(--a, color-mix(in srgb, #ff0000 50%, #0000ff)) var", "#800080 var"),
    ("color-mix(in oklch, red 3%, blue)", "color-mix(in oklch, red 3%, blue)"),
    ("var(--a, #fff", "var(--a, #fff"), ("plain var(--", "plain var(--"),
  ])
  func putsLiteralsInPlaceOfVariables(svg: String, expected: String) {
    #expect(String(decoding: withLiteralPaints(Array(svg.utf8)), as: UTF8.self) == expected)
  }

  @Test func growsEvenlyAlongRamps() throws {
    for theme in 0...1 {
      let ramp = try (1...9).map { try color("--ramp-\($0)", theme).luminance }
      for (a, b) in zip(ramp, ramp.dropFirst()) { #expect(theme == 0 ? a > b : a < b, "a ramp goes one way: \(ramp)") }
      let arms = try (1...9).map { try color("--div-\($0)", theme).luminance }
      for step in 1...4 {
        let (low, high) = (arms[4 - step], arms[4 + step])
        let inner = (arms[5 - step], arms[3 + step])
        #expect(theme == 0 ? low < inner.0 && high < inner.1 : low > inner.0 && high > inner.1)
      }
      for vision in Vision.allCases {
        #expect(try vision.distance(color("--div-1", theme), color("--div-9", theme)) >= 7, "\(vision)")
      }
    }
  }

  /// Every `var(--x, literal)` that a picture has shows outside a page what it shows on a light one.
  @Test func drawsTheSameColoursWithAndWithoutAPage() throws {
    var seen: Set<String> = []
    for folder in ["Charts", "Overlays"] {
      let path = Self.root.appendingPathComponent("Tests/VegaRuntimeTests/\(folder)")
      for name in try FileManager.default.contentsOfDirectory(atPath: path.path) where name.hasSuffix(".svg") {
        let svg = try String(contentsOf: path.appendingPathComponent(name), encoding: .utf8)
        for part in svg.components(separatedBy: "var(--").dropFirst() {
          let whole = part.prefix { $0 != ")" }.split(separator: ",", maxSplits: 1)
          guard whole.count == 2, let literal = Color(css: whole[1].trimmingCharacters(in: .whitespaces)) else {
            continue
          }
          let property = "--" + whole[0]
          seen.insert(property)
          #expect(try color(property, 0) == literal, "\(name): \(property)")
        }
      }
    }
    #expect(seen.count > 15, "too few colours to be all: \(seen.sorted())")
    for (index, literal) in ChartPalette.series.enumerated() {
      #expect(try color("--series-\(index + 1)", 0) == Color(css: literal))
      #expect(try color("--series-\(index + 1)-text", 0) == Color(css: ChartPalette.seriesText[index]))
      #expect(try color("--series-\(index + 1)-on", 0) == Color(css: ChartPalette.onSeries[index]))
    }
    #expect(try color("--china", 0) == Color(css: ChartPalette.china))
    #expect(try color("--us", 0) == Color(css: ChartPalette.us))
    #expect(try color("--eu", 0) == Color(css: ChartPalette.eu))
  }
}

/// How colours look to eyes that lack a kind of cone: Machado, Oliveira and Fernandes 2009, severity 1, on linear light.
/// https://doi.org/10.1109/TVCG.2009.113
enum Vision: String, CaseIterable, Sendable {
  case normal, protanopia, deuteranopia, tritanopia

  private var rows: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .deuteranopia:
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .tritanopia:
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
  }

  func distance(_ a: Color, _ b: Color) -> Double {
    let (x, y) = (oklab(a), oklab(b))
    return 100 * zip(x, y).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }

  /// Björn Ottosson's Oklab of what is seen. https://bottosson.github.io/posts/oklab/
  private func oklab(_ color: Color) -> [Double] {
    let linear = [color.r, color.g, color.b].map { channel -> Double in
      let c = channel / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    let seen = rows.map { row in min(1, max(0, zip(row, linear).map { $0 * $1 }.reduce(0, +))) }
    func mix(_ a: Double, _ b: Double, _ c: Double) -> Double { cbrt(a * seen[0] + b * seen[1] + c * seen[2]) }
    let l = mix(0.4122214708, 0.5363325363, 0.0514459929)
    let m = mix(0.2119034982, 0.6806995451, 0.1073969566)
    let s = mix(0.0883024619, 0.2817188376, 0.6299787005)
    return [
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
  }
}
