/// A value of a chart's data, of an expression, or written in a spec, with JavaScript's meaning.
///
/// Vega-Lite is defined over JavaScript values, and its gallery leans on their coercions: `null` counts as 0 in arithmetic,
/// `"2000" == 2000` holds, and an absent field is `undefined`. The rules are in `Value+Coercion.swift`.
public enum Value: Sendable, Hashable {
  case undefined
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  /// Milliseconds since 1970-01-01T00:00Z, as in JavaScript's `Date`; not-a-number for a date that cannot be read.
  case date(Double)
  case array([Value])
  case object(ValueObject)
}

/// Named values in the order they were added.
public struct ValueObject: Sendable {
  public struct Member: Sendable, Hashable {
    public var key: String
    public var value: Value
    public init(key: String, value: Value) {
      self.key = key
      self.value = value
    }
  }

  @usableFromInline enum Storage: Sendable {
    case made([Member])
    case promised(any PromisedMembers)
  }
  @usableFromInline var storage: Storage

  @inlinable public var members: [Member] {
    get {
      switch storage {
      case .made(let members): members
      case .promised(let promise): promise.members
      }
    }
    _modify {
      var members = self.members
      // The array must not stand in two places while it is changed.
      storage = .made([])
      defer { storage = .made(members) }
      yield &members
    }
  }

  public init(_ members: [Member] = []) { storage = .made(members) }

  public init(_ pairs: KeyValuePairs<String, Value>) {
    storage = .made(pairs.map { Member(key: $0.key, value: $0.value) })
  }

  /// An object whose members are made when somebody looks at them.
  public init(_ promise: any PromisedMembers) { storage = .promised(promise) }

  /// What stands behind an object whose members are yet to be made.
  public var promise: (any PromisedMembers)? {
    if case .promised(let promise) = storage { promise } else { nil }
  }

  /// Lengths are compared first: few keys have the same.
  private func index(of key: String) -> Int? {
    let length = key.utf8.count
    let members = members
    for index in members.indices where members[index].key.utf8.count == length && members[index].key == key {
      return index
    }
    return nil
  }

  /// The value of a key; setting replaces it in place or adds it at the end.
  public subscript(_ key: String) -> Value? {
    get {
      let length = key.utf8.count
      for member in members where member.key.utf8.count == length && member.key == key { return member.value }
      return nil
    }
    set {
      if let index = index(of: key) {
        if let newValue { members[index].value = newValue } else { members.remove(at: index) }
      } else if let newValue {
        members.append(Member(key: key, value: newValue))
      }
    }
  }
}

extension ValueObject: Hashable {
  public static func == (a: ValueObject, b: ValueObject) -> Bool { a.members == b.members }
  public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

/// Members of an object that are seldom looked at, such as the thousand points of a county that is only ever drawn.
public protocol PromisedMembers: AnyObject, Sendable {
  /// The same at every call.
  var members: [ValueObject.Member] { get }
}

extension Value: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: Value...) { self = .array(elements) }
}

extension Value {
  public var isNull: Bool { if case .null = self { true } else { false } }
  public var isUndefined: Bool { if case .undefined = self { true } else { false } }
  /// Neither `null` nor `undefined`.
  public var isPresent: Bool {
    switch self {
    case .undefined, .null: false
    default: true
    }
  }
  /// Present and not not-a-number: what Vega's `isValid` accepts. A date is there even if it cannot be read.
  public var isValid: Bool {
    switch self {
    case .undefined, .null: false
    case .number(let number): !number.isNaN
    default: true
    }
  }

  /// The number, if it is one (no coercion).
  public var numberValue: Double? { if case .number(let value) = self { value } else { nil } }
  public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var arrayValue: [Value]? { if case .array(let value) = self { value } else { nil } }
  public var objectValue: ValueObject? { if case .object(let value) = self { value } else { nil } }

  /// A member of an object or an element or the length of an array or text; `undefined` where there is none.
  public func member(_ key: String) -> Value {
    switch self {
    case .object(let object): return object[key] ?? .undefined
    case .array(let values):
      if key == "length" { return .number(Double(values.count)) }
      if let index = Int(key), values.indices.contains(index) { return values[index] }
      return .undefined
    case .string(let text):
      if key == "length" { return .number(Double(text.utf16.count)) }
      if let index = Int(key), index >= 0, index < text.utf16.count {
        let at = text.utf16.index(text.utf16.startIndex, offsetBy: index)
        return .string(String(decoding: [text.utf16[at]], as: UTF16.self))
      }
      return .undefined
    default: return .undefined
    }
  }
}
