package import AlmanacCore

/// What an expression may cost before it is evaluated.
package struct ExpressionLimits: Sendable {
  /// Bytes of text.
  package var length = 65_536
  /// Parts that stand in each other, including operators in a row.
  package var depth = 400
  package init() {}
}

/// Parses an expression.
///
/// Diagnoses `expression.syntax`, `expression.too-long`, `expression.too-deep` and `expression.unknown-function`; the value is
/// then `nil`. Warns of functions that a still picture has nothing for: `expression.needs-event`.
///
/// - Parameter span: where the text stands, with or without quotes. Where it holds escapes and so is longer than the
///   text, problems are told for the whole of it.
package func parseExpression(
  _ text: String, at span: SourceSpan, limits: ExpressionLimits = ExpressionLimits()
) -> Diagnosed<Expression?> {
  var parser = ExpressionParser(text, limits)
  do throws(ExpressionProblem) {
    let expression = Expression(source: text, root: try parser.parse())
    let diagnostics = checkFunctions(of: expression, at: span)
    return Diagnosed(diagnostics.contains { $0.severity == .error } ? nil : expression, diagnostics)
  } catch {
    let place = expressionSpan(of: error.range, in: text, at: span)
    return Diagnosed(nil, [.error(error.code, error.message, at: place, hint: error.hint)])
  }
}

/// Returns the span of a part of an expression.
package func expressionSpan(of range: Range<Int>, in text: String, at span: SourceSpan) -> SourceSpan {
  let length = text.unicodeScalars.count
  let columns = span.end.column - span.start.column
  guard span.start.line == span.end.line, columns == length || columns == length + 2 else { return span }
  let bytes = Array(text.utf8)
  func scalars(_ end: Int) -> Int { bytes.prefix(end).count { $0 & 0xC0 != 0x80 } }
  let first = span.start.column + (columns - length) / 2
  let start = scalars(range.lowerBound)
  return SourceSpan(
    path: span.path, line: span.start.line, column: first + start, length: max(1, scalars(range.upperBound) - start))
}

/// Recursive descent with precedence climbing.
struct ExpressionParser {
  private var lexer: ExpressionLexer
  private var token: ExpressionToken
  private let limits: ExpressionLimits
  private let length: Int
  private var depth = 0

  init(_ text: String, _ limits: ExpressionLimits) {
    lexer = ExpressionLexer(text)
    token = ExpressionToken(kind: .end, range: 0..<0)
    self.limits = limits
    length = text.utf8.count
  }

  mutating func parse() throws(ExpressionProblem) -> ExpressionNode {
    guard length <= limits.length else {
      throw ExpressionProblem(
        code: "expression.too-long", message: "an expression may have \(limits.length) bytes, this has \(length)",
        range: 0..<0)
    }
    try advance(operand: true)
    if token.kind == .end { throw syntax("an expression is empty") }
    let node = try conditional()
    guard token.kind == .end else { throw unexpected() }
    return node
  }
}

// MARK: - Tokens

extension ExpressionParser {
  private mutating func advance(operand: Bool) throws(ExpressionProblem) { token = try lexer.next(operand: operand) }

  private mutating func expect(_ mark: String, operand: Bool) throws(ExpressionProblem) {
    guard token.kind == .mark(mark) else { throw unexpected(wanted: mark) }
    try advance(operand: operand)
  }

  private mutating func enter() throws(ExpressionProblem) {
    depth += 1
    if depth > limits.depth {
      throw ExpressionProblem(
        code: "expression.too-deep", message: "parts of an expression may stand \(limits.depth) deep in each other",
        range: token.range)
    }
  }

  private func syntax(_ message: String, hint: String? = nil) -> ExpressionProblem {
    ExpressionProblem(code: "expression.syntax", message: message, range: token.range, hint: hint)
  }

  private func unexpected(wanted: String? = nil) -> ExpressionProblem {
    let found: String
    switch token.kind {
    case .end: found = "the end"
    case .number(let value): found = "the number \(Value.format(value))"
    case .string(let text): found = "the text '\(text.prefix(40))'"
    case .regex: found = "a regular expression"
    case .name(let name): found = "'\(name)'"
    case .mark(let mark):
      if mark.hasSuffix("="), mark != "==", mark != "!=" {
        return syntax("'\(mark)' assigns, and an expression cannot change anything", hint: "compare with ==")
      }
      found = "'\(mark)'"
    }
    if let wanted { return syntax("'\(wanted)' is expected before \(found)") }
    return syntax("\(found) cannot stand here")
  }
}

// MARK: - Grammar

extension ExpressionParser {
  private mutating func conditional() throws(ExpressionProblem) -> ExpressionNode {
    try enter()
    defer { depth -= 1 }
    let test = try binary(1)
    guard token.kind == .mark("?") else { return test }
    try advance(operand: true)
    let then = try conditional()
    try expect(":", operand: true)
    let otherwise = try conditional()
    return ExpressionNode(
      kind: .conditional(test, then: then, otherwise: otherwise),
      range: test.range.lowerBound..<otherwise.range.upperBound)
  }

  private static func precedence(_ mark: String) -> Int {
    switch mark {
    case "||": 1
    case "&&": 2
    case "|": 3
    case "^": 4
    case "&": 5
    case "==", "!=", "===", "!==": 6
    case "<", ">", "<=", ">=": 7
    case "<<", ">>", ">>>": 8
    case "+", "-": 9
    case "*", "/", "%": 10
    default: 0
    }
  }

  private mutating func binary(_ least: Int) throws(ExpressionProblem) -> ExpressionNode {
    let outer = depth
    // Operators in a row stand in each other as well: a + b + c is (a + b) + c.
    defer { depth = outer }
    var left = try unary()
    while case .mark(let mark) = token.kind {
      let precedence = Self.precedence(mark)
      guard precedence >= least, precedence > 0 else { break }
      try enter()
      try advance(operand: true)
      let right = try binary(precedence + 1)
      let range = left.range.lowerBound..<right.range.upperBound
      if let logical = LogicalOperator(rawValue: mark) {
        left = ExpressionNode(kind: .logical(logical, left, right), range: range)
      } else if let operation = BinaryOperator(rawValue: mark) {
        left = ExpressionNode(kind: .binary(operation, left, right), range: range)
      }
    }
    return left
  }

  private mutating func unary() throws(ExpressionProblem) -> ExpressionNode {
    guard case .mark(let mark) = token.kind, let operation = UnaryOperator(rawValue: mark) else { return try postfix() }
    try enter()
    defer { depth -= 1 }
    let start = token.range.lowerBound
    try advance(operand: true)
    let operand = try unary()
    let range = start..<operand.range.upperBound
    // A signed number is a number.
    if operation == .minus, case .literal(.number(let value)) = operand.kind {
      return ExpressionNode(kind: .literal(.number(-value)), range: range)
    }
    return ExpressionNode(kind: .unary(operation, operand), range: range)
  }

  private mutating func postfix() throws(ExpressionProblem) -> ExpressionNode {
    let outer = depth
    defer { depth = outer }
    var node = try primary()
    while true {
      let start = node.range.lowerBound
      switch token.kind {
      case .mark("."):
        try enter()
        try advance(operand: false)
        guard case .name(let name) = token.kind else { throw unexpected() }
        node = ExpressionNode(kind: .member(node, name), range: start..<token.range.upperBound)
        try advance(operand: false)
      case .mark("["):
        try enter()
        try advance(operand: true)
        let key = try conditional()
        guard token.kind == .mark("]") else { throw unexpected(wanted: "]") }
        node = ExpressionNode(kind: .index(node, key), range: start..<token.range.upperBound)
        try advance(operand: false)
      case .mark("("):
        guard case .identifier(let name) = node.kind else {
          throw syntax("only named functions can be called", hint: "write lower(text) rather than text.lower()")
        }
        try advance(operand: true)
        let arguments = try list(until: ")")
        node = ExpressionNode(kind: .call(name, arguments), range: start..<token.range.upperBound)
        try advance(operand: false)
      default: return node
      }
    }
  }

  /// Values parted by commas; stops at the closing mark.
  private mutating func list(until close: String) throws(ExpressionProblem) -> [ExpressionNode] {
    var nodes: [ExpressionNode] = []
    while token.kind != .mark(close) {
      nodes.append(try conditional())
      if token.kind == .mark(",") {
        try advance(operand: true)
      } else if token.kind != .mark(close) {
        throw unexpected(wanted: close)
      }
    }
    return nodes
  }

  private mutating func primary() throws(ExpressionProblem) -> ExpressionNode {
    let range = token.range
    switch token.kind {
    case .number(let value): return try literal(.number(value))
    case .string(let text): return try literal(.string(text))
    case .regex(let pattern, let flags):
      try advance(operand: false)
      return ExpressionNode(kind: .regex(pattern: pattern, flags: flags), range: range)
    case .name(let name):
      switch name {
      case "true": return try literal(.bool(true))
      case "false": return try literal(.bool(false))
      case "null": return try literal(.null)
      case "undefined": return try literal(.undefined)
      case "typeof", "void", "delete", "new", "function", "this", "in", "instanceof", "var", "let", "const", "return":
        throw syntax("'\(name)' is not part of the language")
      default:
        try advance(operand: false)
        return ExpressionNode(kind: .identifier(name), range: range)
      }
    case .mark("("):
      try advance(operand: true)
      let node = try conditional()
      try expect(")", operand: false)
      return node
    case .mark("["):
      try enter()
      defer { depth -= 1 }
      try advance(operand: true)
      let elements = try list(until: "]")
      let end = token.range.upperBound
      try advance(operand: false)
      return ExpressionNode(kind: .array(elements), range: range.lowerBound..<end)
    case .mark("{"): return try object()
    default: throw unexpected()
    }
  }

  private mutating func literal(_ value: Value) throws(ExpressionProblem) -> ExpressionNode {
    let node = ExpressionNode(kind: .literal(value), range: token.range)
    try advance(operand: false)
    return node
  }

  private mutating func object() throws(ExpressionProblem) -> ExpressionNode {
    try enter()
    defer { depth -= 1 }
    let start = token.range.lowerBound
    try advance(operand: true)
    var properties: [ExpressionNode.Property] = []
    while token.kind != .mark("}") {
      let key: String
      switch token.kind {
      case .name(let name): key = name
      case .string(let text): key = text
      case .number(let value): key = Value.format(value)
      default: throw unexpected()
      }
      try advance(operand: false)
      try expect(":", operand: true)
      properties.append(ExpressionNode.Property(key: key, value: try conditional()))
      if token.kind == .mark(",") {
        try advance(operand: true)
      } else if token.kind != .mark("}") {
        throw unexpected(wanted: "}")
      }
    }
    let end = token.range.upperBound
    try advance(operand: false)
    return ExpressionNode(kind: .object(properties), range: start..<end)
  }
}
