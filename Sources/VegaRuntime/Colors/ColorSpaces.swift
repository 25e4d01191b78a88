#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

// Colours in the spaces that Vega interpolates in. Follows d3-color 3: https://d3js.org/d3-color

/// Hue in degrees, saturation and lightness from 0 to 1; a grey has no hue (not-a-number).
package struct HSLColor: Hashable, Sendable {
  package var h, s, l, a: Double

  package init(h: Double, s: Double, l: Double, a: Double = 1) {
    (self.h, self.s, self.l, self.a) = (h, s, l, a)
  }

  package init(_ color: Color) {
    let (r, g, b) = (color.r / 255, color.g / 255, color.b / 255)
    let low = min(r, g, b)
    let high = max(r, g, b)
    let span = high - low
    let sum = high + low
    l = sum / 2
    a = color.a
    if span != 0 {
      h = r == high ? (g - b) / span + (g < b ? 6 : 0) : g == high ? (b - r) / span + 2 : (r - g) / span + 4
      s = span / (l < 0.5 ? sum : 2 - sum)
      h *= 60
    } else {
      h = .nan
      s = l > 0 && l < 1 ? 0 : .nan
    }
  }

  package var rgb: Color {
    let hue = fmod(h, 360) + (h < 0 ? 360 : 0)
    let saturation = h.isNaN || s.isNaN ? 0 : s
    let high = l + (l < 0.5 ? l : 1 - l) * saturation
    let low = 2 * l - high
    func channel(_ h: Double) -> Double {
      (h < 60 ? low + (high - low) * h / 60 : h < 180 ? high : h < 240 ? low + (high - low) * (240 - h) / 60 : low)
        * 255
    }
    let base = hue.isNaN ? 0 : hue
    return Color(
      r: channel(base >= 240 ? base - 240 : base + 120), g: channel(base),
      b: channel(base < 120 ? base + 240 : base - 120), a: a)
  }
}

/// CIE L*a*b* with white D50.
package struct LabColor: Hashable, Sendable {
  package var l, a, b, alpha: Double

  package init(l: Double, a: Double, b: Double, alpha: Double = 1) {
    (self.l, self.a, self.b, self.alpha) = (l, a, b, alpha)
  }

  package init(_ color: Color) {
    let (r, g, b) = (Self.linear(color.r), Self.linear(color.g), Self.linear(color.b))
    let y = Self.forward(0.2225045 * r + 0.7168786 * g + 0.0606169 * b)
    var (x, z) = (y, y)
    if r != g || g != b {
      x = Self.forward((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / 0.96422)
      z = Self.forward((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / 0.82521)
    }
    self.init(l: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z), alpha: color.a)
  }

  package var rgb: Color {
    let y = (l + 16) / 116
    let x = 0.96422 * Self.backward(a.isNaN ? y : y + a / 500)
    let z = 0.82521 * Self.backward(b.isNaN ? y : y - b / 200)
    let w = Self.backward(y)
    return Color(
      r: Self.encoded(3.1338561 * x - 1.6168667 * w - 0.4906146 * z),
      g: Self.encoded(-0.9787684 * x + 1.9161415 * w + 0.0334540 * z),
      b: Self.encoded(0.0719453 * x - 0.2289914 * w + 1.4052427 * z), a: alpha)
  }

  private static func forward(_ t: Double) -> Double {
    let d = 6.0 / 29
    return t > d * d * d ? pow(t, 1.0 / 3) : t / (3 * d * d) + 4.0 / 29
  }
  private static func backward(_ t: Double) -> Double {
    let d = 6.0 / 29
    return t > d ? t * t * t : 3 * d * d * (t - 4.0 / 29)
  }
  private static func linear(_ x: Double) -> Double {
    let c = x / 255
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
  }
  private static func encoded(_ x: Double) -> Double {
    255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055)
  }
}

/// L*a*b* with hue in degrees and chroma.
package struct HCLColor: Hashable, Sendable {
  package var h, c, l, a: Double

  package init(h: Double, c: Double, l: Double, a: Double = 1) {
    (self.h, self.c, self.l, self.a) = (h, c, l, a)
  }

  package init(_ color: Color) {
    let lab = LabColor(color)
    l = lab.l
    a = lab.alpha
    if lab.a == 0, lab.b == 0 {
      h = .nan
      c = l > 0 && l < 100 ? 0 : .nan
    } else {
      let angle = atan2(lab.b, lab.a) * 180 / .pi
      h = angle < 0 ? angle + 360 : angle
      c = (lab.a * lab.a + lab.b * lab.b).squareRoot()
    }
  }

  package var rgb: Color {
    if h.isNaN { return LabColor(l: l, a: 0, b: 0, alpha: a).rgb }
    let angle = h * .pi / 180
    return LabColor(l: l, a: cos(angle) * c, b: sin(angle) * c, alpha: a).rgb
  }
}

/// Dave Green's cubehelix.
package struct CubehelixColor: Hashable, Sendable {
  package var h, s, l, a: Double

  package init(h: Double, s: Double, l: Double, a: Double = 1) {
    (self.h, self.s, self.l, self.a) = (h, s, l, a)
  }

  private static let (A, B, C, D, E) = (-0.14861, 1.78277, -0.29227, -0.90649, 1.97294)

  package init(_ color: Color) {
    let (r, g, b) = (color.r / 255, color.g / 255, color.b / 255)
    let (ed, eb) = (Self.E * Self.D, Self.E * Self.B)
    let bcda = Self.B * Self.C - Self.D * Self.A
    l = (bcda * b + ed * r - eb * g) / (bcda + ed - eb)
    let bl = b - l
    let k = (Self.E * (g - l) - Self.C * bl) / Self.D
    let chroma = (k * k + bl * bl).squareRoot() / (Self.E * l * (1 - l))
    s = chroma
    a = color.a
    let angle = chroma != 0 && !chroma.isNaN ? atan2(k, bl) * 180 / .pi - 120 : .nan
    h = angle < 0 ? angle + 360 : angle
  }

  package var rgb: Color {
    let angle = h.isNaN ? 0 : (h + 120) * .pi / 180
    let amplitude = s.isNaN ? 0 : s * l * (1 - l)
    let (x, y) = (cos(angle), sin(angle))
    return Color(
      r: 255 * (l + amplitude * (Self.A * x + Self.B * y)), g: 255 * (l + amplitude * (Self.C * x + Self.D * y)),
      b: 255 * (l + amplitude * (Self.E * x)), a: a)
  }
}

/// `pow`, for files that need nothing else of the C library.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
