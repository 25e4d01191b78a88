internal import Localization
internal import VegaLite

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Makes functions of the row out of an expression's tree.
struct ExpressionCompiler {
  enum Source {
    case table(DataTable)
    /// The context's `datum`.
    case datum
  }

  let source: Source
  let context: ExpressionContext

  mutating func compile(_ node: ExpressionNode) -> ExpressionCode {
    if let keys = node.datumPath { return field(keys) }
    switch node.kind {
    case .literal(let value): return .constant(value)
    case .regex(let pattern, let flags): return .constant(.string("/\(pattern)/\(flags)"))
    case .identifier(let name): return identifier(name)
    case .array(let nodes):
      let elements = nodes.map { compile($0).valueFunction }
      let codes = nodes.map { compile($0).constantValue }
      if !codes.contains(where: { $0 == nil }) { return .constant(.array(codes.map { $0! })) }
      return .value { row in .array(elements.map { $0(row) }) }
    case .object(let properties):
      let codes = properties.map { ($0.key, compile($0.value)) }
      if codes.allSatisfy({ $0.1.constantValue != nil }) {
        var object = ValueObject()
        for (key, code) in codes { object[key] = code.value(0) }
        return .constant(.object(object))
      }
      let members = codes.map { ($0.0, $0.1.valueFunction) }
      return .value { row in
        var object = ValueObject()
        for (key, function) in members { object[key] = function(row) }
        return .object(object)
      }
    case .member(let object, let name): return member(object, name)
    case .index(let object, let key): return index(object, key)
    case .unary(let operation, let operand): return unary(operation, compile(operand))
    case .binary(let operation, let left, let right): return binary(operation, compile(left), compile(right))
    case .logical(let operation, let left, let right): return logical(operation, compile(left), compile(right))
    case .conditional(let test, let then, let otherwise):
      return conditional(compile(test), compile(then), compile(otherwise))
    case .call(let name, let arguments): return call(name, arguments)
    }
  }
}

// MARK: - Names and members

extension ExpressionCompiler {
  private func field(_ keys: [String]) -> ExpressionCode {
    switch source {
    case .datum:
      let context = context
      if keys.count == 1 {
        let key = keys[0]
        return .value { _ in context.datum.member(key) }
      }
      return .value { _ in keys.reduce(context.datum) { $0.member($1) } }
    case .table(let table):
      let flat = keys.joined(separator: ".")
      if let column = table[flat] { return Self.column(column) }
      guard let root = table[keys[0]] else { return .constant(.undefined) }
      let rest = keys.dropFirst()
      return .value { row in rest.reduce(root[row]) { $0.member($1) } }
    }
  }

  private static func column(_ column: Column) -> ExpressionCode {
    switch column {
    case .numbers(let numbers): .number { numbers[$0] }
    case .dates(let dates): .date { dates[$0] }
    case .strings(let strings): .string { strings[$0] }
    case .values(let values): .value { values[$0] }
    }
  }

  private func identifier(_ name: String) -> ExpressionCode {
    switch name {
    case "datum":
      switch source {
      case .datum:
        let context = context
        return .value { _ in context.datum }
      case .table(let table): return .value { .object(table.object(at: $0)) }
      }
    case "NaN": return .constant(.number(.nan))
    case "Infinity": return .constant(.number(.infinity))
    case "E": return .constant(.number(M_E))
    case "LN10": return .constant(.number(M_LN10))
    case "LN2": return .constant(.number(M_LN2))
    case "LOG10E": return .constant(.number(M_LOG10E))
    case "LOG2E": return .constant(.number(M_LOG2E))
    case "PI": return .constant(.number(.pi))
    case "SQRT1_2": return .constant(.number(0.5.squareRoot()))
    case "SQRT2": return .constant(.number(2.0.squareRoot()))
    case "MIN_VALUE": return .constant(.number(.leastNonzeroMagnitude))
    case "MAX_VALUE": return .constant(.number(.greatestFiniteMagnitude))
    default: return .constant(context.scope.signals[name] ?? .undefined)
    }
  }

  private mutating func member(_ object: ExpressionNode, _ name: String) -> ExpressionCode {
    // The channels of a colour, which otherwise is text.
    if case .call(let function, let arguments) = object.kind, ["rgb", "hsl", "hcl", "lab"].contains(function) {
      let channels = colorChannels(function, arguments.map { compile($0).valueFunction })
      return .value { channels($0).member(name) }
    }
    let code = compile(object)
    if let value = code.constantValue { return .constant(value.member(name)) }
    let function = code.valueFunction
    return .value { function($0).member(name) }
  }

  private mutating func index(_ object: ExpressionNode, _ key: ExpressionNode) -> ExpressionCode {
    let keyFunction = compile(key).valueFunction
    if case .identifier("datum") = object.kind, case .table(let table) = source {
      return .value { row in table[keyFunction(row).asString]?[row] ?? .undefined }
    }
    let objectCode = compile(object)
    if let value = objectCode.constantValue, let key = compile(key).constantValue {
      return .constant(value.member(key.asString))
    }
    let function = objectCode.valueFunction
    return .value { row in
      let object = function(row)
      let key = keyFunction(row)
      if case .array(let values) = object, case .number(let number) = key {
        guard number >= 0, number < Double(values.count), number == number.rounded() else { return .undefined }
        return values[Int(number)]
      }
      return object.member(key.asString)
    }
  }
}

// MARK: - Operators

extension ExpressionCompiler {
  private func unary(_ operation: UnaryOperator, _ operand: ExpressionCode) -> ExpressionCode {
    if let value = operand.constantValue {
      switch operation {
      case .plus: return .constant(.number(value.asNumber))
      case .minus: return .constant(.number(-value.asNumber))
      case .not: return .constant(.bool(!value.asBool))
      case .bitNot: return .constant(.number(Double(~int32(value.asNumber))))
      }
    }
    switch operation {
    case .plus: return .number(operand.numberFunction)
    case .minus:
      let function = operand.numberFunction
      return .number { -function($0) }
    case .not:
      let function = operand.boolFunction
      return .bool { !function($0) }
    case .bitNot:
      let function = operand.numberFunction
      return .number { Double(~int32(function($0))) }
    }
  }

  private func logical(
    _ operation: LogicalOperator, _ left: ExpressionCode, _ right: ExpressionCode
  ) -> ExpressionCode {
    if let value = left.constantValue { return value.asBool == (operation == .and) ? right : left }
    if case .bool(let a) = left, case .bool(let b) = right {
      return operation == .and ? .bool { a($0) && b($0) } : .bool { a($0) || b($0) }
    }
    let (a, b) = (left.valueFunction, right.valueFunction)
    if operation == .and {
      return .value { row in
        let value = a(row)
        return value.asBool ? b(row) : value
      }
    }
    return .value { row in
      let value = a(row)
      return value.asBool ? value : b(row)
    }
  }

  func conditional(_ test: ExpressionCode, _ then: ExpressionCode, _ otherwise: ExpressionCode) -> ExpressionCode {
    if let value = test.constantValue { return value.asBool ? then : otherwise }
    let test = test.boolFunction
    switch (then, otherwise) {
    case (.constant(.number), .number), (.number, .constant(.number)), (.number, .number),
      (.constant(.number), .constant(.number)):
      let (a, b) = (then.numberFunction, otherwise.numberFunction)
      return .number { test($0) ? a($0) : b($0) }
    case (.constant(.string), .string), (.string, .constant(.string)), (.string, .string),
      (.constant(.string), .constant(.string)):
      let (a, b) = (then.stringFunction, otherwise.stringFunction)
      return .string { test($0) ? a($0) : b($0) }
    default:
      let (a, b) = (then.valueFunction, otherwise.valueFunction)
      return .value { test($0) ? a($0) : b($0) }
    }
  }

  private func binary(
    _ operation: BinaryOperator, _ left: ExpressionCode, _ right: ExpressionCode
  ) -> ExpressionCode {
    let zone = context.scope.zone
    if let a = left.constantValue, let b = right.constantValue { return .constant(Self.apply(operation, a, b, zone)) }
    switch operation {
    case .add:
      guard left.isNumeric, right.isNumeric, !left.isDate, !right.isDate else {
        let (a, b) = (left.valueFunction, right.valueFunction)
        let context = context
        return .value { context.limited(Self.add(a($0), b($0), zone)) }
      }
      let (a, b) = (left.numberFunction, right.numberFunction)
      return .number { a($0) + b($0) }
    case .subtract, .multiply, .divide, .remainder, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight,
      .shiftRightUnsigned:
      return arithmetic(operation, left, right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return comparison(operation, left, right)
    case .equal, .notEqual, .identical, .notIdentical: return equality(operation, left, right)
    }
  }

  private func arithmetic(
    _ operation: BinaryOperator, _ left: ExpressionCode, _ right: ExpressionCode
  ) -> ExpressionCode {
    let a = left.numberFunction
    // Right sides are often constants.
    if let value = right.constantValue {
      let b = value.asNumber
      switch operation {
      case .subtract: return .number { a($0) - b }
      case .multiply: return .number { a($0) * b }
      case .divide: return .number { a($0) / b }
      default: break
      }
    }
    let b = right.numberFunction
    switch operation {
    case .subtract: return .number { a($0) - b($0) }
    case .multiply: return .number { a($0) * b($0) }
    case .divide: return .number { a($0) / b($0) }
    case .remainder: return .number { fmod(a($0), b($0)) }
    default: return .number { Self.bitwise(operation, a($0), b($0)) }
    }
  }

  private func comparison(
    _ operation: BinaryOperator, _ left: ExpressionCode, _ right: ExpressionCode
  ) -> ExpressionCode {
    if left.isNumeric || right.isNumeric {
      // One side is a number whatever the row, so the other is read as one.
      let (a, b) = (left.numberFunction, right.numberFunction)
      switch operation {
      case .less: return .bool { a($0) < b($0) }
      case .lessOrEqual: return .bool { a($0) <= b($0) }
      case .greater: return .bool { a($0) > b($0) }
      default: return .bool { a($0) >= b($0) }
      }
    }
    let (a, b) = (left.valueFunction, right.valueFunction)
    return .bool { Self.compare(operation, a($0), b($0)) }
  }

  private func equality(
    _ operation: BinaryOperator, _ left: ExpressionCode, _ right: ExpressionCode
  ) -> ExpressionCode {
    let wanted = operation == .equal || operation == .identical
    let isLoose = operation == .equal || operation == .notEqual
    switch (left, right) {
    case (.string(let a), .constant(.string(let b))), (.constant(.string(let b)), .string(let a)):
      return .bool { (a($0) == b) == wanted }
    case (.string(let a), .string(let b)): return .bool { (a($0) == b($0)) == wanted }
    case (.number(let a), .constant(.number(let b))), (.constant(.number(let b)), .number(let a)):
      return .bool { (a($0) == b) == wanted }
    case (.number(let a), .number(let b)): return .bool { (a($0) == b($0)) == wanted }
    default:
      let (a, b) = (left.valueFunction, right.valueFunction)
      if isLoose { return .bool { a($0).looselyEquals(b($0)) == wanted } }
      return .bool { Self.identical(a($0), b($0)) == wanted }
    }
  }

  // MARK: On values

  /// - Parameter zone: where the text of a date is told.
  static func add(_ a: Value, _ b: Value, _ zone: TimeZoneRules) -> Value {
    switch (a, b) {
    case (.string(let x), .string(let y)): .string(x + y)
    case (.string, _), (_, .string), (.array, _), (_, .array), (.object, _), (_, .object), (.date, _), (_, .date):
      .string(a.javaScriptText(in: zone) + b.javaScriptText(in: zone))
    default: .number(a.asNumber + b.asNumber)
    }
  }

  static func compare(_ operation: BinaryOperator, _ a: Value, _ b: Value) -> Bool {
    if case .string(let x) = a, case .string(let y) = b {
      let order = Value.compareCodeUnits(x, y)
      switch operation {
      case .less: return order < 0
      case .lessOrEqual: return order <= 0
      case .greater: return order > 0
      default: return order >= 0
      }
    }
    let (x, y) = (a.asNumber, b.asNumber)
    switch operation {
    case .less: return x < y
    case .lessOrEqual: return x <= y
    case .greater: return x > y
    default: return x >= y
    }
  }

  static func identical(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    // Dates of data and numbers of milliseconds are one thing in Vega.
    case (.date(let x), .number(let y)), (.number(let x), .date(let y)), (.date(let x), .date(let y)): x == y
    default: a.strictlyEquals(b)
    }
  }

  static func bitwise(_ operation: BinaryOperator, _ a: Double, _ b: Double) -> Double {
    let (x, y) = (int32(a), int32(b))
    switch operation {
    case .bitAnd: return Double(x & y)
    case .bitOr: return Double(x | y)
    case .bitXor: return Double(x ^ y)
    case .shiftLeft: return Double(x << (y & 31))
    case .shiftRight: return Double(x >> (y & 31))
    default: return Double(UInt32(bitPattern: x) >> UInt32(y & 31))
    }
  }

  static func apply(_ operation: BinaryOperator, _ a: Value, _ b: Value, _ zone: TimeZoneRules) -> Value {
    switch operation {
    case .add: add(a, b, zone)
    case .subtract: .number(a.asNumber - b.asNumber)
    case .multiply: .number(a.asNumber * b.asNumber)
    case .divide: .number(a.asNumber / b.asNumber)
    case .remainder: .number(fmod(a.asNumber, b.asNumber))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .bool(compare(operation, a, b))
    case .equal: .bool(a.looselyEquals(b))
    case .notEqual: .bool(!a.looselyEquals(b))
    case .identical: .bool(identical(a, b))
    case .notIdentical: .bool(!identical(a, b))
    default: .number(bitwise(operation, a.asNumber, b.asNumber))
    }
  }
}

/// JavaScript's `ToInt32`.
func int32(_ x: Double) -> Int32 {
  guard x.isFinite else { return 0 }
  if x.magnitude < 2_147_483_648 { return Int32(x) }
  let rest = fmod(x.rounded(.towardZero), 4_294_967_296)
  return Int32(truncatingIfNeeded: Int64(rest))
}
