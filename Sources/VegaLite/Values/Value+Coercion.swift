/// JavaScript's conversions and comparisons, as far as charts need them.
extension Value {
  /// `Number(value)`: `null` is 0, `undefined` and unreadable text are not-a-number, a date is its milliseconds.
  public var asNumber: Double {
    switch self {
    case .undefined: .nan
    case .null: 0
    case .bool(let value): value ? 1 : 0
    case .number(let value), .date(let value): value
    case .string(let text): Value.parseNumber(text)
    case .array(let values):
      values.isEmpty ? 0 : values.count == 1 ? Value.parseNumber(values[0].isPresent ? values[0].asString : "") : .nan
    case .object: .nan
    }
  }

  /// `Boolean(value)`.
  public var asBool: Bool {
    switch self {
    case .undefined, .null: false
    case .bool(let value): value
    case .number(let value): !(value == 0 || value.isNaN)
    case .string(let text): !text.isEmpty
    case .date, .array, .object: true
    }
  }

  /// `String(value)`; a date is written as its milliseconds here, because only formatters know zones.
  public var asString: String {
    switch self {
    case .undefined: "undefined"
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let value), .date(let value): Value.format(value)
    case .string(let text): text
    case .array(let values): values.map { $0.isPresent ? $0.asString : "" }.joined(separator: ",")
    case .object: "[object Object]"
    }
  }

  /// `==` of JavaScript: text and truth values meet numbers as numbers, `null` equals `undefined` only.
  public func looselyEquals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.undefined, .undefined), (.null, .null), (.undefined, .null), (.null, .undefined): true
    case (.undefined, _), (.null, _), (_, .undefined), (_, .null): false
    case (.string(let a), .string(let b)): a == b
    case (.object, .object), (.array, .array): self == other
    case (.object, _), (_, .object), (.array, _), (_, .array): asString == other.asString
    default: asNumber == other.asNumber
    }
  }

  /// `===` of JavaScript, with dates compared by time and arrays and objects by content.
  public func strictlyEquals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.number(let a), .number(let b)): a == b
    default: self == other
    }
  }

  /// Order for sorting data and domains, as Vega's `ascending`: missing values first, numbers as numbers, text by UTF-16
  /// code unit, else both as numbers if they are numbers.
  /// - Returns: negative, zero or positive.
  public static func compare(_ a: Value, _ b: Value) -> Int {
    switch (a, b) {
    case (.number(let x), .number(let y)), (.date(let x), .date(let y)), (.date(let x), .number(let y)),
      (.number(let x), .date(let y)):
      return order(x, y)
    case (.string(let x), .string(let y)): return compareCodeUnits(x, y)
    default:
      let missingA = !a.isPresent
      let missingB = !b.isPresent
      if missingA || missingB { return missingA && missingB ? 0 : missingA ? -1 : 1 }
      if case .string(let x) = a, case .array = b { return compareCodeUnits(x, b.asString) }
      let (x, y) = (a.asNumber, b.asNumber)
      // Text that is no number is neither less nor more than a number.
      if x.isNaN || y.isNaN, a.numberValue?.isNaN != true, b.numberValue?.isNaN != true { return 0 }
      return order(x, y)
    }
  }

  private static func order(_ x: Double, _ y: Double) -> Int {
    if x < y { return -1 }
    if x > y { return 1 }
    // Not-a-number stands before every number.
    let (nanX, nanY) = (x.isNaN, y.isNaN)
    return nanX == nanY ? 0 : nanX ? -1 : 1
  }

  /// Compares by UTF-16 code unit, as JavaScript does.
  public static func compareCodeUnits(_ x: String, _ y: String) -> Int {
    var xs = x.utf8.makeIterator()
    var ys = y.utf8.makeIterator()
    while true {
      switch (xs.next(), ys.next()) {
      case (nil, nil): return 0
      case (nil, _): return -1
      case (_, nil): return 1
      case (let a?, let b?):
        if a == b { continue }
        // UTF-8 sorts by scalar, UTF-16 puts the surrogates of F0… before U+E000 and up, EE… and EF….
        let (isPairA, isPairB) = (a >= 0xF0, b >= 0xF0)
        if isPairA != isPairB, (isPairA ? b : a) >= 0xEE { return isPairA ? -1 : 1 }
        return a < b ? -1 : 1
      }
    }
  }

  /// `Number(text)`: spaces around, decimal, exponent, `0x`, `Infinity`; empty text is 0, anything else not-a-number.
  public static func parseNumber(_ text: String) -> Double {
    var text = text
    if let plain = text.withUTF8({ plainDecimal($0) }) { return plain }
    return parseUnusualNumber(text)
  }

  /// The value of digits with at most a minus sign before and a point within, if it can be told exactly from them.
  private static func plainDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var index = 0
    let isNegative = bytes.first == 0x2D
    if isNegative { index = 1 }
    // Fifteen digits are exact, and so is dividing them by a power of ten below 10^22.
    guard index < bytes.count, bytes.count - index <= 16, bytes[index] &- 0x30 < 10 else { return nil }
    var digits: UInt64 = 0
    var divisor: Double?
    while index < bytes.count {
      let digit = bytes[index] &- 0x30
      if digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
        if divisor != nil { divisor! *= 10 }
      } else if bytes[index] == 0x2E, divisor == nil {
        divisor = 1
      } else {
        return nil
      }
      index += 1
    }
    guard digits < 1 << 53 else { return nil }
    let value = Double(digits) / (divisor ?? 1)
    return isNegative ? -value : value
  }

  private static func parseUnusualNumber(_ text: String) -> Double {
    var bytes = Array(text.utf8)
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
    let body = bytes[start...]
    guard let first = body.first else { return 0 }
    if body.count > 2, first == 0x30, body[start + 1] | 0x20 == 0x78 {
      return UInt64(String(decoding: body.dropFirst(2), as: UTF8.self), radix: 16).map { Double($0) } ?? .nan
    }
    let trimmed = String(decoding: body, as: UTF8.self)
    if trimmed == "Infinity" || trimmed == "+Infinity" { return .infinity }
    if trimmed == "-Infinity" { return -.infinity }
    for byte in body
    where !((byte >= 0x30 && byte <= 0x39) || byte == 0x2B || byte == 0x2D || byte == 0x2E || byte | 0x20 == 0x65) {
      return .nan
    }
    guard body.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return .nan }
    if let value = Double(trimmed) { return value }
    if body.last == 0x2E { return Double(trimmed + "0") ?? .nan }
    if first == 0x2E { return Double("0" + trimmed) ?? .nan }
    return .nan
  }

  /// `String(number)`: shortest digits that read back the same, no `.0`, exponent from 1e21 and below 1e-6.
  public static func format(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    if number == 0 { return "0" }
    if number.magnitude < 9e15, number == number.rounded() { return String(Int64(number)) }
    // Swift also writes the shortest digits; only the notation differs.
    let text = number.magnitude.description
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x2E {
        point = digits.count
      } else if byte | 0x20 == 0x65 {
        exponent = Int(String(decoding: bytes[(index + 1)...], as: UTF8.self)) ?? 0
        break
      } else {
        digits.append(byte)
      }
      index += 1
    }
    var position = (point ?? digits.count) + exponent
    let leading = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(leading)
    position -= leading
    while digits.last == 0x30 { digits.removeLast() }
    var out: [UInt8] = number < 0 ? [0x2D] : []
    let count = digits.count
    if position > 21 || position <= -6 {
      out.append(digits[0])
      if count > 1 {
        out.append(0x2E)
        out.append(contentsOf: digits[1...])
      }
      out.append(0x65)
      let e = position - 1
      out.append(e < 0 ? 0x2D : 0x2B)
      out.append(contentsOf: String(e.magnitude).utf8)
    } else if position >= count {
      out.append(contentsOf: digits)
      out.append(contentsOf: repeatElement(0x30, count: position - count))
    } else if position > 0 {
      out.append(contentsOf: digits[..<position])
      out.append(0x2E)
      out.append(contentsOf: digits[position...])
    } else {
      out.append(contentsOf: [0x30, 0x2E])
      out.append(contentsOf: repeatElement(0x30, count: -position))
      out.append(contentsOf: digits)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
