internal import VegaLite

extension Color {
  /// Reads a colour of CSS: a name, `#rgb`, `#rrggbb` (and with opacity), `rgb()`, `hsl()`, `hcl()`, `lab()`, `lch()`,
  /// `color-mix()` of two as a ramp writes it, and of `var(--name, colour)` the fallback. `nil` for everything else, `none` and `currentColor` among it.
  package init?(css text: String) {
    let bytes = Array(text.utf8.drop(while: Color.isSpace))
    guard let first = bytes.first, bytes.count <= 256 else { return nil }
    if first == 0x23 {
      self.init(hex: bytes[1...])
      return
    }
    let trimmed = text.trimmingSpaces().lowercased()
    if trimmed == "transparent" {
      self.init(r: 0, g: 0, b: 0, a: 0)
      return
    }
    guard trimmed.last == ")", let open = trimmed.firstIndex(of: "(") else {
      guard let rgb = Color.names[trimmed] else { return nil }
      self.init(rgb: rgb)
      return
    }
    let name = String(trimmed[..<open])
    let body = trimmed[trimmed.index(after: open)..<trimmed.index(before: trimmed.endIndex)]
    if name == "var" {
      guard let comma = body.firstIndex(of: ",") else { return nil }
      self.init(css: String(body[body.index(after: comma)...]))
      return
    }
    if name == "color-mix" {
      guard let mix = PaintMix(trimmed), let color = mix.color({ Color(css: $0) }) else { return nil }
      self = color
      return
    }
    self.init(function: name, body)
  }

  private init?(hex digits: ArraySlice<UInt8>) {
    var digits = digits
    while let last = digits.last, Color.isSpace(last) { digits.removeLast() }
    var value: UInt32 = 0
    for byte in digits {
      guard let digit = Color.hexDigit(byte) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    func twice(_ shift: UInt32) -> Double { Double((value >> shift & 15) * 17) }
    switch digits.count {
    case 3: self.init(r: twice(8), g: twice(4), b: twice(0))
    case 4: self.init(r: twice(12), g: twice(8), b: twice(4), a: twice(0) / 255)
    case 6: self.init(rgb: value)
    case 8:
      self.init(rgb: value >> 8)
      a = Double(value & 255) / 255
    default: return nil
    }
  }

  private init?(function name: String, _ body: Substring) {
    let words = body.split { $0 == "," || $0 == " " || $0 == "/" }
    guard words.count == 3 || words.count == 4 else { return nil }
    var numbers: [Double] = []
    var percents: [Bool] = []
    for word in words {
      var word = word
      let percent = word.last == "%"
      if percent { word.removeLast() }
      if word.hasSuffix("deg") { word.removeLast(3) }
      guard let number = Double(word), number.isFinite else { return nil }
      numbers.append(number)
      percents.append(percent)
    }
    let opacity = numbers.count == 4 ? min(1, max(0, percents[3] ? numbers[3] / 100 : numbers[3])) : 1
    switch name {
    case "rgb", "rgba":
      func channel(_ index: Int) -> Double { percents[index] ? numbers[index] * 2.55 : numbers[index] }
      self.init(r: channel(0), g: channel(1), b: channel(2), a: opacity)
    case "hsl", "hsla":
      func part(_ index: Int) -> Double { percents[index] ? numbers[index] / 100 : numbers[index] }
      self = HSLColor(h: numbers[0], s: part(1), l: part(2), a: opacity).rgb
    case "lab": self = LabColor(l: numbers[0], a: numbers[1], b: numbers[2], alpha: opacity).rgb
    case "hcl": self = HCLColor(h: numbers[0], c: numbers[1], l: numbers[2], a: opacity).rgb
    case "lch": self = HCLColor(h: numbers[2], c: numbers[1], l: numbers[0], a: opacity).rgb
    default: return nil
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  private static let names: [String: UInt32] = {
    var names: [String: UInt32] = [:]
    for entry in ColorNames.text.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
      let words = entry.split(separator: " ")
      if words.count == 2 { names[String(words[0])] = UInt32(words[1], radix: 16) }
    }
    return names
  }()
}

extension String {
  /// The text without white space at its ends.
  package func trimmingSpaces() -> String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
