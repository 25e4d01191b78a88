/// A word of an expression.
struct ExpressionToken: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case string(String)
    case regex(pattern: String, flags: String)
    case name(String)
    /// An operator or a bracket.
    case mark(String)
    case end
  }

  var kind: Kind
  /// Offsets of UTF-8 bytes in the source.
  var range: Range<Int>
}

/// Something wrong with an expression's text.
struct ExpressionProblem: Error {
  var code: String
  var message: String
  var range: Range<Int>
  var hint: String?
}

/// Parts an expression into tokens, on demand, because only the parser knows whether `/` begins a regular expression.
struct ExpressionLexer {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// - Parameter operand: whether a value may stand here.
  mutating func next(operand: Bool) throws(ExpressionProblem) -> ExpressionToken {
    skipSpace()
    let start = index
    guard index < bytes.count else { return ExpressionToken(kind: .end, range: start..<start) }
    let byte = bytes[index]
    let kind: ExpressionToken.Kind
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): kind = try number()
    case UInt8(ascii: ".") where index + 1 < bytes.count && isDigit(bytes[index + 1]): kind = try number()
    case UInt8(ascii: "'"), UInt8(ascii: "\""): kind = .string(try string(byte))
    case UInt8(ascii: "/") where operand: kind = try regex()
    case _ where isNameStart(byte): kind = .name(name())
    default: kind = .mark(try mark())
    }
    return ExpressionToken(kind: kind, range: start..<index)
  }

  /// Goes back to a token, to read it in another way.
  mutating func rewind(to token: ExpressionToken) { index = token.range.lowerBound }
}

// MARK: - Kinds of tokens

extension ExpressionLexer {
  private mutating func skipSpace() {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
        index += 1
      } else if byte == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 {
        index += 2
      } else {
        return
      }
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F || byte == 0x24 || byte >= 0x80
  }

  private mutating func name() -> String {
    let start = index
    while index < bytes.count, isNameStart(bytes[index]) || isDigit(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func number() throws(ExpressionProblem) -> ExpressionToken.Kind {
    let start = index
    if bytes[index] == 0x30, index + 1 < bytes.count {
      let radix = [UInt8(ascii: "x"): 16, UInt8(ascii: "b"): 2, UInt8(ascii: "o"): 8][bytes[index + 1] | 0x20]
      if let radix {
        index += 2
        let digits = index
        while index < bytes.count, isNameStart(bytes[index]) || isDigit(bytes[index]) { index += 1 }
        guard let value = UInt64(String(decoding: bytes[digits..<index], as: UTF8.self), radix: radix) else {
          throw problem("a number cannot be read", start)
        }
        return .number(Double(value))
      }
    }
    while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    if index < bytes.count, bytes[index] == 0x2E {
      index += 1
      while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
      while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    }
    let value = Value.parseNumber(String(decoding: bytes[start..<index], as: UTF8.self))
    if value.isNaN || index < bytes.count && isNameStart(bytes[index]) {
      throw problem("a number cannot be read", start)
    }
    return .number(value)
  }

  private mutating func string(_ quote: UInt8) throws(ExpressionProblem) -> String {
    let start = index
    index += 1
    // Escapes may make half a surrogate pair, so units are gathered as UTF-16 once there is one.
    var units: [UInt16] = []
    var plain = index
    func text(_ range: Range<Int>) -> String.UTF16View { String(decoding: bytes[range], as: UTF8.self).utf16 }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote {
        units.append(contentsOf: text(plain..<index))
        index += 1
        return String(decoding: units, as: UTF16.self)
      }
      guard byte == 0x5C else {
        index += 1
        continue
      }
      units.append(contentsOf: text(plain..<index))
      index += 1
      guard index < bytes.count else { break }
      let letter = bytes[index]
      index += 1
      switch letter {
      case UInt8(ascii: "n"): units.append(10)
      case UInt8(ascii: "t"): units.append(9)
      case UInt8(ascii: "r"): units.append(13)
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      case UInt8(ascii: "v"): units.append(11)
      case UInt8(ascii: "0"): units.append(0)
      case UInt8(ascii: "x"): units.append(contentsOf: try escape(2))
      case UInt8(ascii: "u"):
        units.append(contentsOf: try escape(4))
      case 0x0A: break
      default:
        // Any other letter stands for itself, and may be longer than a byte.
        plain = index - 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        continue
      }
      plain = index
    }
    throw problem("a text is not closed", start, hint: "end it with \(quote == 0x27 ? "'" : "\"")")
  }

  /// The code units of `\xHH`, `\uHHHH` and `\u{H…}`.
  private mutating func escape(_ count: Int) throws(ExpressionProblem) -> [UInt16] {
    let start = index - 2
    var end = index + count
    if count == 4, index < bytes.count, bytes[index] == 0x7B {
      index += 1
      end = bytes[index...].firstIndex(of: 0x7D) ?? bytes.count
    }
    guard end <= bytes.count, end - index <= 8,
      let value = UInt32(String(decoding: bytes[index..<end], as: UTF8.self), radix: 16), value <= 0x10FFFF
    else { throw problem("an escape in a text cannot be read", start) }
    let braces = end < bytes.count && bytes[end] == 0x7D && bytes[index - 1] == 0x7B
    index = braces ? end + 1 : end
    if value < 0x10000 { return [UInt16(value)] }
    return [UInt16(0xD800 + (value - 0x10000) >> 10), UInt16(0xDC00 + (value - 0x10000) & 0x3FF)]
  }

  private mutating func regex() throws(ExpressionProblem) -> ExpressionToken.Kind {
    let start = index
    index += 1
    var inClass = false
    while index < bytes.count, bytes[index] != 0x0A {
      switch bytes[index] {
      case 0x5C: index += 1
      case UInt8(ascii: "["): inClass = true
      case UInt8(ascii: "]"): inClass = false
      case UInt8(ascii: "/") where !inClass:
        let pattern = String(decoding: bytes[(start + 1)..<index], as: UTF8.self)
        index += 1
        return .regex(pattern: pattern, flags: name())
      default: break
      }
      index += 1
    }
    index = min(index, bytes.count)
    throw problem("a regular expression is not closed", start, hint: "end it with /")
  }

  private mutating func mark() throws(ExpressionProblem) -> String {
    for length in [4, 3, 2, 1] where index + length <= bytes.count {
      let text = String(decoding: bytes[index..<(index + length)], as: UTF8.self)
      if Self.marks.contains(text) {
        index += length
        return text
      }
    }
    let start = index
    index += 1
    let letter = String(decoding: bytes[start..<index], as: UTF8.self)
    if letter == "`" { throw problem("template texts are not part of the language", start, hint: "join texts with +") }
    throw problem("'\(letter)' has no meaning in an expression", start)
  }

  private static let marks: Set<String> = [
    ">>>=", "===", "!==", ">>>", "<<=", ">>=", "**=", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>", "++", "--", "+=",
    "-=", "*=", "/=", "%=", "&=", "|=", "^=", "=>", "**", "??", "?.", "+", "-", "*", "/", "%", "<", ">", "&", "|", "^",
    "!", "~", "?", ":", "=", "(", ")", "[", "]", "{", "}", ",", ".", ";",
  ]

  private func problem(_ message: String, _ start: Int, hint: String? = nil) -> ExpressionProblem {
    ExpressionProblem(
      code: "expression.syntax", message: message, range: start..<max(start, min(index, bytes.count)), hint: hint)
  }
}
