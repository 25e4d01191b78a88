public import Notation

extension Value {
  /// The value that JSON or YAML notation stands for.
  public init(_ notation: NotationValue) {
    switch notation.content {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .array(let values): self = .array(values.map(Value.init))
    case .object(let members):
      self = .object(ValueObject(members.map { ValueObject.Member(key: $0.key, value: Value($0.value)) }))
    }
  }
}
