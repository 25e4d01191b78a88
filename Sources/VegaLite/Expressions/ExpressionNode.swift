/// An expression of Vega, parsed: `datum.value > 0 ? 'up' : 'down'`.
///
/// The language is the part of JavaScript that Vega allows: no assignments, no functions but the named ones.
/// https://vega.github.io/vega/docs/expressions/
public struct Expression: Sendable, Hashable {
  public var source: String
  public var root: ExpressionNode

  public init(source: String, root: ExpressionNode) {
    self.source = source
    self.root = root
  }
}

/// A part of an expression with its place in the source.
public struct ExpressionNode: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    case literal(Value)
    /// `/pattern/flags`
    case regex(pattern: String, flags: String)
    /// `datum`, a signal, a constant.
    case identifier(String)
    case array([ExpressionNode])
    case object([Property])
    /// `object.name`
    case member(ExpressionNode, String)
    /// `object[key]`
    case index(ExpressionNode, ExpressionNode)
    case unary(UnaryOperator, ExpressionNode)
    case binary(BinaryOperator, ExpressionNode, ExpressionNode)
    /// Operators that may leave their right side alone.
    case logical(LogicalOperator, ExpressionNode, ExpressionNode)
    case conditional(ExpressionNode, then: ExpressionNode, otherwise: ExpressionNode)
    case call(String, [ExpressionNode])
  }

  public struct Property: Sendable, Hashable {
    public var key: String
    public var value: ExpressionNode
  }

  public var kind: Kind
  /// Offsets of UTF-8 bytes in the source.
  public var range: Range<Int>
}

public enum UnaryOperator: String, Sendable, Hashable {
  case plus = "+"
  case minus = "-"
  case not = "!"
  case bitNot = "~"
}

public enum LogicalOperator: String, Sendable, Hashable {
  case and = "&&"
  case or = "||"
}

public enum BinaryOperator: String, Sendable, Hashable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case equal = "=="
  case notEqual = "!="
  case identical = "==="
  case notIdentical = "!=="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case bitAnd = "&"
  case bitOr = "|"
  case bitXor = "^"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case shiftRightUnsigned = ">>>"
}

// MARK: - What an expression needs

extension Expression {
  /// The paths of `datum` that are read, each once, in the order they first stand.
  public var fields: [FieldPath] {
    var found: [FieldPath] = []
    root.visit { node in
      if let keys = node.datumPath, let path = FieldPath(keys: keys), !found.contains(path) { found.append(path) }
      return node.datumPath == nil
    }
    return found
  }

  /// The identifiers that are not `datum` or one of the language's constants, each once: parameters, `width`, `height`.
  public var signals: [String] {
    var found: [String] = []
    root.visit { node in
      if case .identifier(let name) = node.kind, !expressionConstants.contains(name), !found.contains(name) {
        found.append(name)
      }
      return true
    }
    return found
  }

  /// The functions that are called, each once.
  public var functions: [String] {
    var found: [String] = []
    root.visit { node in
      if case .call(let name, _) = node.kind, !found.contains(name) { found.append(name) }
      return true
    }
    return found
  }
}

/// Identifiers that the language defines.
public let expressionConstants: Set<String> = [
  "datum", "event", "item", "parent", "NaN", "E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2",
  "MIN_VALUE",
  "MAX_VALUE", "Infinity", "undefined",
]

extension ExpressionNode {
  /// Calls `body` for this node and those below; where it returns false it does not go deeper.
  public func visit(_ body: (ExpressionNode) -> Bool) {
    guard body(self) else { return }
    switch kind {
    case .literal, .regex, .identifier: break
    case .array(let elements): for element in elements { element.visit(body) }
    case .object(let properties): for property in properties { property.value.visit(body) }
    case .member(let object, _): object.visit(body)
    case .unary(_, let operand): operand.visit(body)
    case .index(let a, let b), .binary(_, let a, let b), .logical(_, let a, let b):
      a.visit(body)
      b.visit(body)
    case .conditional(let a, let b, let c):
      a.visit(body)
      b.visit(body)
      c.visit(body)
    case .call(_, let arguments): for argument in arguments { argument.visit(body) }
    }
  }

  /// How many parts it has.
  public var size: Int {
    var size = 0
    visit { _ in
      size += 1
      return true
    }
    return size
  }

  /// The keys behind `datum`, if this is `datum.a['b'][0]`.
  public var datumPath: [String]? {
    var keys: [String] = []
    var node = self
    while true {
      switch node.kind {
      case .identifier("datum"): return keys.isEmpty ? nil : keys.reversed()
      case .member(let object, let name):
        keys.append(name)
        node = object
      case .index(let object, let key):
        guard case .literal(let value) = key.kind else { return nil }
        switch value {
        case .string(let name): keys.append(name)
        case .number(let number): keys.append(Value.format(number))
        default: return nil
        }
        node = object
      default: return nil
      }
    }
  }
}

extension FieldPath {
  /// A path of keys taken literally.
  public init?(keys: [String]) {
    guard let first = keys.first else { return nil }
    self.init(column: first)
    guard keys.count > 1 else { return }
    self.keys = keys
    text = keys.joined(separator: ".")
  }
}
