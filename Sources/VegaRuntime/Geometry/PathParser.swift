extension PathData {
  /// Reads a path as SVG writes it: https://www.w3.org/TR/SVG/paths.html; `nil` for text that is none.
  package init?(svg text: String) {
    var reader = PathReader(text)
    guard let path = reader.read() else { return nil }
    self = path
  }
}

private struct PathReader {
  private let bytes: [UInt8]
  private var index = 0
  private var path = PathData()
  private var (x, y) = (0.0, 0.0)
  private var (startX, startY) = (0.0, 0.0)
  /// The last control point, for the smooth curves.
  private var control: (x: Double, y: Double, cubic: Bool)?

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func read() -> PathData? {
    guard bytes.count <= 1_000_000 else { return nil }
    skip()
    guard index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "m") else { return nil }
    while index < bytes.count {
      var letter = bytes[index]
      guard "mlhvzcsqta".utf8.contains(letter | 0x20) else { return nil }
      index += 1
      skip()
      repeat {
        guard step(letter) else { return nil }
        skip()
        // More numbers behind a move are lines.
        if letter == UInt8(ascii: "m") { letter = UInt8(ascii: "l") }
        if letter == UInt8(ascii: "M") { letter = UInt8(ascii: "L") }
      } while letter | 0x20 != UInt8(ascii: "z") && index < bytes.count && startsNumber(bytes[index])
    }
    return path
  }

  private mutating func step(_ letter: UInt8) -> Bool {
    let relative = letter >= 0x61
    let (ox, oy) = relative ? (x, y) : (0, 0)
    var next: (x: Double, y: Double, cubic: Bool)?
    switch letter | 0x20 {
    case UInt8(ascii: "m"):
      guard let n = numbers(2) else { return false }
      (x, y) = (ox + n[0], oy + n[1])
      (startX, startY) = (x, y)
      path.move(x, y)
    case UInt8(ascii: "l"):
      guard let n = numbers(2) else { return false }
      (x, y) = (ox + n[0], oy + n[1])
      path.line(x, y)
    case UInt8(ascii: "h"):
      guard let n = numbers(1) else { return false }
      x = ox + n[0]
      path.line(x, y)
    case UInt8(ascii: "v"):
      guard let n = numbers(1) else { return false }
      y = oy + n[0]
      path.line(x, y)
    case UInt8(ascii: "c"), UInt8(ascii: "s"):
      let smooth = letter | 0x20 == UInt8(ascii: "s")
      guard let n = numbers(smooth ? 4 : 6) else { return false }
      let first =
        !smooth
        ? (ox + n[0], oy + n[1]) : control.map { $0.cubic ? (2 * x - $0.x, 2 * y - $0.y) : (x, y) } ?? (x, y)
      let at = smooth ? 0 : 2
      next = (ox + n[at], oy + n[at + 1], true)
      (x, y) = (ox + n[at + 2], oy + n[at + 3])
      path.cubic(first.0, first.1, next!.x, next!.y, x, y)
    case UInt8(ascii: "q"), UInt8(ascii: "t"):
      let smooth = letter | 0x20 == UInt8(ascii: "t")
      guard let n = numbers(smooth ? 2 : 4) else { return false }
      let middle =
        !smooth
        ? (ox + n[0], oy + n[1]) : control.map { $0.cubic ? (x, y) : (2 * x - $0.x, 2 * y - $0.y) } ?? (x, y)
      next = (middle.0, middle.1, false)
      let at = smooth ? 0 : 2
      (x, y) = (ox + n[at], oy + n[at + 1])
      path.quadratic(middle.0, middle.1, x, y)
    case UInt8(ascii: "a"):
      guard let radii = numbers(3), let large = flag(), let sweep = flag(), let n = numbers(2) else { return false }
      (x, y) = (ox + n[0], oy + n[1])
      path.ellipticArc(radii[0].magnitude, radii[1].magnitude, rotation: radii[2], large: large, sweep: sweep, x, y)
    default:
      (x, y) = (startX, startY)
      path.close()
    }
    control = next
    return true
  }

  private mutating func skip() {
    while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == 0x2C { index += 1 }
  }

  private func startsNumber(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || byte == 0x2D || byte == 0x2B || byte == 0x2E
  }

  /// A flag of an arc, which need not be parted from what follows.
  private mutating func flag() -> Bool? {
    skip()
    guard index < bytes.count, bytes[index] == 0x30 || bytes[index] == 0x31 else { return nil }
    index += 1
    return bytes[index - 1] == 0x31
  }

  private mutating func numbers(_ count: Int) -> [Double]? {
    var result: [Double] = []
    for _ in 0..<count {
      guard let number = number() else { return nil }
      result.append(number)
    }
    return result
  }

  private mutating func number() -> Double? {
    skip()
    let start = index
    if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B { index += 1 }
    var digits = 0
    func isDigit() -> Bool { index < bytes.count && bytes[index] >= 0x30 && bytes[index] <= 0x39 }
    while isDigit() {
      index += 1
      digits += 1
    }
    if index < bytes.count, bytes[index] == 0x2E {
      index += 1
      while isDigit() {
        index += 1
        digits += 1
      }
    }
    guard digits > 0 else { return nil }
    if index < bytes.count, bytes[index] | 0x20 == 0x65 {
      let mark = index
      index += 1
      if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B { index += 1 }
      if isDigit() {
        while isDigit() { index += 1 }
      } else {
        index = mark
      }
    }
    var text = String(decoding: bytes[start..<index], as: UTF8.self)
    if text.last == "." { text.removeLast() }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }
}
