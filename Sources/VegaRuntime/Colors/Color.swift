private import Localization

/// A colour in sRGB.
package struct Color: Hashable, Sendable {
  /// 0 to 255; may lie outside after interpolation.
  package var r: Double
  package var g: Double
  package var b: Double
  /// Opacity, 0 to 1.
  package var a: Double

  package init(r: Double, g: Double, b: Double, a: Double = 1) {
    self.r = r
    self.g = g
    self.b = b
    self.a = a
  }

  /// A colour of 24 bits, `0xRRGGBB`.
  package init(rgb: UInt32) {
    self.init(r: Double(rgb >> 16 & 255), g: Double(rgb >> 8 & 255), b: Double(rgb & 255))
  }
}

extension Color {
  /// `#rrggbb`, or `rgba(r, g, b, a)` where it is not opaque.
  package var hex: String { a.isNaN || a >= 1 ? opaqueHex : functional }

  /// `rgb(r, g, b)` or `rgba(r, g, b, a)`, as d3 and Vega write interpolated colours.
  package var functional: String {
    let (r, g, b) = bytes
    let opacity = a.isNaN ? 1 : min(1, max(0, a))
    return opacity == 1 ? "rgb(\(r), \(g), \(b))" : "rgba(\(r), \(g), \(b), \(javaScriptString(opacity)))"
  }

  package var opaqueHex: String {
    let (r, g, b) = bytes
    // Seven bytes lie in the string itself; a list of them would lie on the heap.
    return String(unsafeUninitializedCapacity: 7) { text in
      func put(_ digit: UInt8, _ place: Int) { text[place] = digit < 10 ? 0x30 + digit : 0x57 + digit }
      text[0] = 0x23
      put(r >> 4, 1)
      put(r & 15, 2)
      put(g >> 4, 3)
      put(g & 15, 4)
      put(b >> 4, 5)
      put(b & 15, 6)
      return 7
    }
  }

  /// The channels as a screen shows them.
  package var bytes: (UInt8, UInt8, UInt8) {
    func byte(_ x: Double) -> UInt8 { x.isNaN ? 0 : UInt8(min(255, max(0, roundHalfUp(x)))) }
    return (byte(r), byte(g), byte(b))
  }

  /// Relative luminance of WCAG 2, 0 to 1.
  package var luminance: Double {
    0.2126 * linearLight(r) + 0.7152 * linearLight(g) + 0.0722 * linearLight(b)
  }

  /// Contrast of WCAG 2, 1 to 21.
  package func contrast(with other: Color) -> Double {
    let (x, y) = (luminance, other.luminance)
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  private func linearLight(_ channel: Double) -> Double {
    let c = channel / 255
    return c <= 0.03928 ? c / 12.92 : power((c + 0.055) / 1.055, 2.4)
  }
}
