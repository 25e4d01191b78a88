public import AlmanacCore

/// Reads JSON (RFC 8259) with a span for every value.
///
/// Diagnoses `json.syntax`, `json.too-deep` and `json.too-large`, which end reading and give `null`; and `json.duplicate-key`, `json.lone-surrogate`,
/// `json.control-character`, `json.number-range`, `json.number-inexact`, with which reading goes on as far as it can.
/// - Complexity: O(*n*); nesting costs heap, not stack.
public func parseJSON(_ file: SourceFile) -> Diagnosed<NotationValue> {
  let start = SourceSpan(path: file.path, line: 1, column: 1, length: 0)
  guard file.bytes.count <= largestJSON else {
    return Diagnosed(NotationValue(.null, at: start), [.jsonTooLarge(megabytes: largestJSON >> 20, at: start)])
  }
  let text = readableText(of: file)
  var reader = JSONReader(file: text.value, diagnostics: text.diagnostics)
  do {
    let value = try reader.readDocument()
    return Diagnosed(value, reader.diagnostics)
  } catch {
    return Diagnosed(NotationValue(.null, at: start), reader.diagnostics + [error.diagnostic])
  }
}

/// Bytes that a JSON file may have; a tree takes some thirty times as many.
package let largestJSON = 64 << 20

/// Nesting that JSON and YAML may have.
package let deepestNesting = 256

private struct SyntaxError: Error {
  var diagnostic: Diagnostic
}

/// An array or object that is still open.
private struct OpenContainer {
  var isObject: Bool
  var start: SourceLocation
  var values: [NotationValue] = []
  var members: [NotationMember] = []
  var key = ""
  var keySpan: SourceSpan
}

private struct JSONReader {
  let path: String
  let bytes: [UInt8]
  var index = 0
  var cursor = LocationCursor()
  var diagnostics: [Diagnostic]
  var open: [OpenContainer] = []

  init(file: SourceFile, diagnostics: [Diagnostic]) {
    path = file.path
    bytes = file.bytes
    self.diagnostics = diagnostics
  }

  mutating func readDocument() throws(SyntaxError) -> NotationValue {
    skipSpace()
    guard index < bytes.count else { throw failure("the file is empty where a JSON value is expected") }
    while true {
      guard var value = try readValueOrOpen() else { continue }
      // A finished value closes as many containers as end behind it.
      while true {
        skipSpace()
        guard !open.isEmpty else {
          guard index == bytes.count else {
            throw failure("unexpected text behind the end of the JSON value", hint: "a file holds one value")
          }
          return value
        }
        let last = open.count - 1
        if open[last].isObject {
          open[last].members.append(
            NotationMember(key: open[last].key, keySpan: open[last].keySpan, value: value))
        } else {
          open[last].values.append(value)
        }
        if peek == UInt8(ascii: ",") {
          let comma = index
          index += 1
          skipSpace()
          if peek == (open[last].isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            throw failure("a comma before the closing bracket", at: comma, hint: "remove the comma")
          }
          if open[last].isObject { try readKey() }
          break
        }
        guard peek == (open[last].isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw unexpected(open[last].isObject ? "',' or '}'" : "',' or ']'")
        }
        index += 1
        value = close(open.removeLast())
      }
    }
  }

  /// Reads a scalar or an empty container; `nil` when a container was opened whose first value comes next.
  private mutating func readValueOrOpen() throws(SyntaxError) -> NotationValue? {
    skipSpace()
    let start = index
    let place = cursor.location(of: start, in: bytes)
    switch peek {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isObject = peek == UInt8(ascii: "{")
      guard open.count < deepestNesting else {
        throw SyntaxError(diagnostic: .jsonTooDeep(limit: deepestNesting, at: span(from: place, to: index + 1)))
      }
      index += 1
      var container = OpenContainer(
        isObject: isObject, start: place, keySpan: SourceSpan(path: path, start: place, end: place))
      skipSpace()
      if peek == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        index += 1
        return close(container)
      }
      if !isObject { container.values.reserveCapacity(8) }
      open.append(container)
      if isObject { try readKey() }
      return nil
    case UInt8(ascii: "\""):
      let string = try readString()
      return NotationValue(.string(string), at: span(from: place, to: index))
    case let byte? where byte == UInt8(ascii: "-") || byte &- 0x30 < 10:
      let number = try readNumber(from: place)
      return NotationValue(.number(number), at: span(from: place, to: index))
    default:
      for (word, content) in Self.words where bytes[index...].starts(with: word.utf8) {
        index += word.utf8.count
        if let next = peek, Self.isWordByte(next) { break }
        return NotationValue(content, at: span(from: place, to: index))
      }
      index = start
      throw unexpected("a value")
    }
  }

  private static let words: [(String, NotationValue.Content)] = [
    ("true", .bool(true)), ("false", .bool(false)), ("null", .null),
  ]

  private mutating func readKey() throws(SyntaxError) {
    skipSpace()
    guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
    let place = cursor.location(of: index, in: bytes)
    let key = try readString()
    let last = open.count - 1
    open[last].key = key
    open[last].keySpan = span(from: place, to: index)
    skipSpace()
    guard peek == UInt8(ascii: ":") else { throw unexpected("':' behind the key") }
    index += 1
  }

  private mutating func close(_ container: OpenContainer) -> NotationValue {
    let whole = span(from: container.start, to: index)
    guard container.isObject else { return NotationValue(.array(container.values), at: whole) }
    diagnostics += duplicateKeys(in: container.members) { .jsonDuplicateKey($0, first: $1) }
    return NotationValue(.object(container.members), at: whole)
  }
}

// MARK: - Strings and numbers

extension JSONReader {
  private mutating func readString() throws(SyntaxError) -> String {
    let opening = index
    index += 1
    var start = index
    var pieces: [UInt8] = []
    while true {
      guard let byte = peek, byte != 0x0A, byte != 0x0D else {
        throw SyntaxError(
          diagnostic: .jsonSyntax(
            "a quotation mark is never closed", at: span(of: opening..<opening + 1),
            hint: "close the text with '\"' on the same line"))
      }
      switch byte {
      case UInt8(ascii: "\""):
        let rest = bytes[start..<index]
        index += 1
        if pieces.isEmpty { return String(decoding: rest, as: UTF8.self) }
        return String(decoding: pieces + rest, as: UTF8.self)
      case UInt8(ascii: "\\"):
        pieces += bytes[start..<index]
        pieces += try readEscape()
        start = index
      case 0..<0x20:
        diagnostics.append(.jsonControlCharacter(byte, at: span(of: index..<index + 1)))
        index += 1
      default: index += 1
      }
    }
  }

  private mutating func readEscape() throws(SyntaxError) -> [UInt8] {
    let start = index
    index += 2
    guard start + 1 < bytes.count else { return [] }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""): return [0x22]
    case UInt8(ascii: "\\"): return [0x5C]
    case UInt8(ascii: "/"): return [0x2F]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      guard let unit = hexUnit(at: index) else {
        throw failure("'\\u' needs four hexadecimal digits", at: start)
      }
      index += 4
      if unit & 0xFC00 == 0xD800, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
        bytes[index + 1] == UInt8(ascii: "u"), let low = hexUnit(at: index + 2), low & 0xFC00 == 0xDC00
      {
        index += 6
        let value = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(low & 0x3FF)
        return Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
      }
      if let scalar = Unicode.Scalar(unit) { return Array(String(scalar).utf8) }
      diagnostics.append(.jsonLoneSurrogate(at: span(of: start..<index)))
      return [0xEF, 0xBF, 0xBD]
    default:
      index = start
      throw failure("'\\' begins no escape here", hint: "write '\\\\' for a backslash")
    }
  }

  private func hexUnit(at start: Int) -> UInt16? {
    guard start + 4 <= bytes.count else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[start..<start + 4] {
      switch byte {
      case 0x30...0x39: unit = unit << 4 | UInt16(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: unit = unit << 4 | UInt16((byte | 0x20) - 0x57)
      default: return nil
      }
    }
    return unit
  }

  private mutating func readNumber(from place: SourceLocation) throws(SyntaxError) -> Double {
    let start = index
    if peek == UInt8(ascii: "-") { index += 1 }
    let whole = skipDigits()
    let hasLeadingZero = whole > 1 && bytes[index - whole] == 0x30
    var isInteger = true
    var isWhole = whole > 0
    if peek == UInt8(ascii: ".") {
      index += 1
      isInteger = false
      isWhole = isWhole && skipDigits() > 0
    }
    if let byte = peek, byte | 0x20 == 0x65 {
      index += 1
      isInteger = false
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
      isWhole = isWhole && skipDigits() > 0
    }
    while let byte = peek, Self.isWordByte(byte) || byte == UInt8(ascii: ".") {
      index += 1
      isWhole = false
    }
    let text = bytes[start..<index]
    guard isWhole, !hasLeadingZero, let value = parseDecimal(text) else {
      throw SyntaxError(
        diagnostic: .jsonSyntax(
          "'\(shortened(String(decoding: text, as: UTF8.self)))' is not a number", at: span(from: place, to: index),
          hint: hasLeadingZero ? "a number has no leading zeros; put text in double quotes" : nil))
    }
    if !value.isFinite {
      diagnostics.append(.jsonNumberRange(String(decoding: text, as: UTF8.self), at: span(from: place, to: index)))
      return value < 0 ? -Double.greatestFiniteMagnitude : .greatestFiniteMagnitude
    }
    if isInteger, index - start > 15, shortestNumber(value) != String(decoding: text, as: UTF8.self) {
      diagnostics.append(.jsonNumberInexact(String(decoding: text, as: UTF8.self), at: span(from: place, to: index)))
    }
    return value
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while let byte = peek, byte &- 0x30 < 10 { index += 1 }
    return index - start
  }
}

// MARK: - Places and problems

extension JSONReader {
  fileprivate var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  fileprivate static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == 0x5F || byte == 0x2B || byte == 0x2D || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  fileprivate mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  fileprivate mutating func span(from start: SourceLocation, to end: Int) -> SourceSpan {
    SourceSpan(path: path, start: start, end: cursor.location(of: end, in: bytes))
  }

  /// The span of a place before the cursor; only for problems.
  fileprivate func span(of range: Range<Int>) -> SourceSpan {
    SourceFile(path: path, bytes: bytes).span(range)
  }

  fileprivate func failure(_ message: String, at start: Int? = nil, hint: String? = nil) -> SyntaxError {
    let start = start ?? index
    return SyntaxError(diagnostic: .jsonSyntax(message, at: span(of: start..<start + 1), hint: hint))
  }

  /// The word that stands where something else is expected, with a hint for what other notations allow.
  fileprivate func unexpected(_ expected: String) -> SyntaxError {
    guard let byte = peek else {
      return failure(
        "the file ends where \(expected) is expected", hint: open.isEmpty ? nil : "a bracket is not closed")
    }
    var end = index + 1
    if Self.isWordByte(byte) {
      while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
    }
    let word = String(decoding: bytes[index..<end], as: UTF8.self)
    let hint: String?
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "#"): hint = "JSON has no comments; write the file as YAML to have them"
    case UInt8(ascii: "'"): hint = "use double quotes"
    case UInt8(ascii: "+"), UInt8(ascii: "."): hint = "a number begins with a digit or '-'"
    case _ where ["True", "False", "None", "NaN", "Infinity", "undefined"].contains(word):
      hint = "use true, false, null or a number"
    case _ where expected.hasPrefix("','"): hint = "a comma is missing before it"
    case _ where Self.isWordByte(byte): hint = "put text in double quotes"
    default: hint = nil
    }
    return SyntaxError(
      diagnostic: .jsonSyntax(
        "found '\(shortened(word))' where \(expected) is expected", at: span(of: index..<end), hint: hint))
  }
}

/// Returns a diagnostic for each member whose key an earlier one has.
func duplicateKeys(
  in members: [NotationMember], _ diagnose: (NotationMember, NotationMember) -> Diagnostic
) -> [Diagnostic] {
  guard members.count > 1 else { return [] }
  var diagnostics: [Diagnostic] = []
  if members.count <= 12 {
    for (index, member) in members.enumerated().dropFirst() {
      if let first = members[..<index].first(where: { $0.key == member.key }) {
        diagnostics.append(diagnose(member, first))
      }
    }
    return diagnostics
  }
  var firsts: [String: Int] = [:]
  firsts.reserveCapacity(members.count)
  for (index, member) in members.enumerated() {
    if let first = firsts[member.key] {
      diagnostics.append(diagnose(member, members[first]))
    } else {
      firsts[member.key] = index
    }
  }
  return diagnostics
}
