@testable import Diagrams
import Foundation
import Testing

/// That every text can be read on everything it stands on, in both themes of the style sheet.
@Suite struct ContrastTests {
  @Test(arguments: ["light", "dark"])
  func keepsTextsReadableInEveryTone(theme: String) throws {
    let colors = try themeColors(theme)
    let ground = try #require(colors["--ground"])
    let (ink, quiet) = (try #require(colors["--ink"]), try #require(colors["--ink-2"]))
    for tone in Tone.all {
      let paint = try #require(colors[variable(tone.paint)], "\(tone.paint) is in the style sheet")
      // Washes behind both inks, then those of strong cells and tiles, on which only the strong ink is used.
      for wash in [tone.wash, 0] {
        let mixed = mix(paint, over: ground, wash)
        #expect(contrast(ink, mixed) >= 4.5, "\(theme): ink on \(tone)")
        #expect(contrast(quiet, mixed) >= 4.5, "\(theme): second ink on \(tone) is \(contrast(quiet, mixed))")
      }
      // Where two ribbons cross both paint.
      for wash in Matrix.washes + [Treemap.wash, Sankey.wash, 1 - (1 - Sankey.wash) * (1 - Sankey.wash)] {
        #expect(contrast(ink, mix(paint, over: ground, wash)) >= 4.5, "\(theme): ink on \(tone) at \(wash)")
      }
      #expect(contrast(paint, ground) >= 3, "\(theme): marks of \(tone) on the ground are \(contrast(paint, ground))")
    }
  }

  @Test func carriesTheLightThemeForPicturesThatStandAlone() throws {
    let colors = try themeColors("light")
    for paint in Tone.all.map(\.paint) + [Ink.text, Ink.quiet, Ink.hairline, Ink.line, Ink.ground] {
      let literal = paint.split(separator: ",")[1].drop { $0 == " " }.dropLast()
      #expect(colors[variable(paint)] == rgb(String(literal)), "\(paint)")
    }
  }

  // MARK: - The style sheet

  private func variable(_ paint: String) -> String { String(paint.dropFirst("var(".count).prefix { $0 != "," }) }

  private func themeColors(_ theme: String) throws -> [String: [Double]] {
    let sheet = URL(filePath: #filePath).appending(path: "../../../Templates/assets/almanac.css").standardized
    let css = try String(contentsOf: sheet, encoding: .utf8)
    var colors: [String: [Double]] = [:]
    for line in css.split(separator: "\n") where line.contains(": light-dark(#") {
      let parts = line.split(separator: ":", maxSplits: 1)
      let values = parts[1].drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.split(separator: ",")
      guard values.count == 2 else { continue }
      let value = values[theme == "light" ? 0 : 1].drop { $0 == " " }
      colors[parts[0].filter { !$0.isWhitespace }] = rgb(String(value))
    }
    return colors
  }

  private func rgb(_ hex: String) -> [Double]? {
    guard hex.count >= 7, let value = Int(hex.dropFirst().prefix(6), radix: 16) else { return nil }
    return [Double(value >> 16), Double(value >> 8 & 255), Double(value & 255)]
  }

  // MARK: - WCAG 2

  private func mix(_ paint: [Double], over ground: [Double], _ part: Double) -> [Double] {
    zip(paint, ground).map { $0 * part + $1 * (1 - part) }
  }

  private func luminance(_ color: [Double]) -> Double {
    let linear = color.map { value -> Double in
      let part = value / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  private func contrast(_ a: [Double], _ b: [Double]) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }
}
