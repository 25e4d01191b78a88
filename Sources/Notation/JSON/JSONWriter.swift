/// Writes JSON as bytes, one way for each value.
///
/// Members stand in the order in which they are written, numbers in their shortest form, text as UTF-8 with only what
/// RFC 8259 demands escaped, and `<`, `>`, `&`, U+2028 and U+2029 too, so that the bytes may stand in a script element.
/// Structure is the caller's: ``beginObject()`` … ``endObject()``; commas come by themselves.
public struct JSONWriter: Sendable {
  /// UTF-8, complete so far.
  public private(set) var bytes: [UInt8] = []
  /// Spaces for each level, or `nil` for one line.
  private let indent: Int?
  private var depth = 0
  private var needsComma = false
  private var isBehindKey = false

  public init(indent: Int? = nil, reserving capacity: Int = 0) {
    self.indent = indent
    bytes.reserveCapacity(capacity)
  }

  public var string: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func beginObject() { begin(0x7B) }
  public mutating func endObject() { end(0x7D) }
  public mutating func beginArray() { begin(0x5B) }
  public mutating func endArray() { end(0x5D) }

  public mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(0x3A)
    if indent != nil { bytes.append(0x20) }
    isBehindKey = true
  }

  public mutating func value(_ string: String) {
    separate()
    quote(string)
  }

  /// Appends a number; what JSON has no word for, infinities and not-a-number, becomes `null`.
  public mutating func value(_ number: Double) {
    separate()
    bytes.append(contentsOf: (number.isFinite ? shortestNumber(number) : "null").utf8)
  }

  public mutating func value(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  public mutating func value(_ bool: Bool) {
    separate()
    bytes.append(contentsOf: (bool ? "true" : "false").utf8)
  }

  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Appends JSON that another writer made, as it is.
  public mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// Appends a whole value tree.
  public mutating func value(_ value: NotationValue) {
    switch value.content {
    case .null: null()
    case .bool(let bool): self.value(bool)
    case .number(let number): self.value(number)
    case .string(let string): self.value(string)
    case .array(let values):
      beginArray()
      for value in values { self.value(value) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.key)
        self.value(member.value)
      }
      endObject()
    }
  }
}

extension JSONWriter {
  public mutating func member(_ key: String, _ value: String) {
    self.key(key)
    self.value(value)
  }

  public mutating func member(_ key: String, _ value: Double) {
    self.key(key)
    self.value(value)
  }

  public mutating func member(_ key: String, _ value: Int) {
    self.key(key)
    self.value(value)
  }

  public mutating func member(_ key: String, _ value: Bool) {
    self.key(key)
    self.value(value)
  }

  /// Appends the member unless there is no value.
  public mutating func member(_ key: String, ifPresent value: String?) {
    if let value { member(key, value) }
  }
}

extension JSONWriter {
  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if needsComma { breakLine() }
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if isBehindKey {
      isBehindKey = false
      needsComma = true
      return
    }
    if needsComma { bytes.append(0x2C) }
    if depth > 0 { breakLine() }
    needsComma = true
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * depth))
  }

  private mutating func quote(_ string: String) {
    var string = string
    bytes.append(0x22)
    string.withUTF8 { text in
      var start = 0
      func flush(to end: Int, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      }
      for index in text.indices {
        let byte = text[index]
        var length = 1
        let escape: String
        switch byte {
        case 0x22: escape = "\\\""
        case 0x5C: escape = "\\\\"
        case 0x0A: escape = "\\n"
        case 0x0D: escape = "\\r"
        case 0x09: escape = "\\t"
        case 0x3C, 0x3E, 0x26: escape = "\\u00" + String(byte, radix: 16)
        case 0..<0x20: escape = "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        case 0xE2 where index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8:
          escape = text[index + 2] == 0xA8 ? "\\u2028" : "\\u2029"
          length = 3
        default: continue
        }
        flush(to: index, &bytes)
        bytes.append(contentsOf: escape.utf8)
        start = index + length
      }
      flush(to: text.count, &bytes)
    }
    bytes.append(0x22)
  }
}

extension NotationValue {
  /// The value as JSON on one line: equal values give equal bytes.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}
