internal import VegaLite

/// A compiled expression: a function of the row, typed where its type is known.
enum ExpressionCode {
  case constant(Value)
  case number((Int) -> Double)
  case date((Int) -> Double)
  case bool((Int) -> Bool)
  case string((Int) -> String)
  case value((Int) -> Value)
}

extension ExpressionCode {
  @inline(__always) func value(_ row: Int) -> Value {
    switch self {
    case .constant(let value): value
    case .number(let function): .number(function(row))
    case .date(let function): .date(function(row))
    case .bool(let function): .bool(function(row))
    case .string(let function): .string(function(row))
    case .value(let function): function(row)
    }
  }

  func number(_ row: Int) -> Double { numberFunction(row) }
  func bool(_ row: Int) -> Bool { boolFunction(row) }

  var valueFunction: (Int) -> Value {
    switch self {
    case .constant(let value): { _ in value }
    case .number(let function): { .number(function($0)) }
    case .date(let function): { .date(function($0)) }
    case .bool(let function): { .bool(function($0)) }
    case .string(let function): { .string(function($0)) }
    case .value(let function): function
    }
  }

  var numberFunction: (Int) -> Double {
    switch self {
    case .constant(let value):
      let number = value.asNumber
      return { _ in number }
    case .number(let function), .date(let function): return function
    case .bool(let function): return { function($0) ? 1 : 0 }
    case .string(let function): return { Value.parseNumber(function($0)) }
    case .value(let function): return { function($0).asNumber }
    }
  }

  var boolFunction: (Int) -> Bool {
    switch self {
    case .constant(let value):
      let bool = value.asBool
      return { _ in bool }
    case .number(let function):
      return {
        let x = function($0); return !(x == 0 || x.isNaN)
      }
    case .date: return { _ in true }
    case .bool(let function): return function
    case .string(let function): return { !function($0).isEmpty }
    case .value(let function): return { function($0).asBool }
    }
  }

  var stringFunction: (Int) -> String {
    switch self {
    case .constant(let value):
      let text = value.asString
      return { _ in text }
    case .string(let function): return function
    default:
      let function = valueFunction
      return { function($0).asString }
    }
  }

  /// Whether the value is a number, a date or a truth value whatever the row.
  var isNumeric: Bool {
    switch self {
    case .number, .date, .bool: true
    case .constant(let value):
      switch value {
      case .number, .date, .bool: true
      default: false
      }
    default: false
    }
  }

  /// Whether the value is a date whatever the row: added to anything, it is text.
  var isDate: Bool {
    switch self {
    case .date, .constant(.date): true
    default: false
    }
  }

  var constantValue: Value? { if case .constant(let value) = self { value } else { nil } }
}
