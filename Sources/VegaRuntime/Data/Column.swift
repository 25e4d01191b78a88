public import VegaLite

/// The values of one column, kept plainly where all are of one kind.
public enum Column: Sendable, Hashable {
  /// All are numbers (not-a-number is a number).
  case numbers([Double])
  /// All are dates, in milliseconds.
  case dates([Double])
  /// All are text.
  case strings([String])
  /// Anything, `null` and `undefined` among it.
  case values([Value])

  /// Chooses the plainest storage that holds these values.
  public init(_ values: [Value]) {
    guard let first = values.first else {
      self = .values([])
      return
    }
    switch first {
    case .number:
      var numbers: [Double] = []
      numbers.reserveCapacity(values.count)
      for value in values {
        guard case .number(let number) = value else {
          self = .values(values)
          return
        }
        numbers.append(number)
      }
      self = .numbers(numbers)
    case .date:
      var dates: [Double] = []
      dates.reserveCapacity(values.count)
      for value in values {
        guard case .date(let date) = value else {
          self = .values(values)
          return
        }
        dates.append(date)
      }
      self = .dates(dates)
    case .string:
      var strings: [String] = []
      strings.reserveCapacity(values.count)
      for value in values {
        guard case .string(let string) = value else {
          self = .values(values)
          return
        }
        strings.append(string)
      }
      self = .strings(strings)
    default: self = .values(values)
    }
  }

  public init(repeating value: Value, count: Int) { self = Column([Value](repeating: value, count: count)) }

  public var count: Int {
    switch self {
    case .numbers(let array), .dates(let array): array.count
    case .strings(let array): array.count
    case .values(let array): array.count
    }
  }

  @inlinable public subscript(_ row: Int) -> Value {
    switch self {
    case .numbers(let array): .number(array[row])
    case .dates(let array): .date(array[row])
    case .strings(let array): .string(array[row])
    case .values(let array): array[row]
    }
  }

  /// The value as a number by JavaScript's rules.
  @inlinable public func number(_ row: Int) -> Double {
    switch self {
    case .numbers(let array), .dates(let array): array[row]
    case .strings(let array): Value.parseNumber(array[row])
    case .values(let array): array[row].asNumber
    }
  }

  public func selecting(_ rows: [Int]) -> Column {
    switch self {
    case .numbers(let array): .numbers(rows.map { array[$0] })
    case .dates(let array): .dates(rows.map { array[$0] })
    case .strings(let array): .strings(rows.map { array[$0] })
    case .values(let array): .values(rows.map { array[$0] })
    }
  }

  public var asValues: [Value] {
    switch self {
    case .numbers(let array): array.map(Value.number)
    case .dates(let array): array.map(Value.date)
    case .strings(let array): array.map(Value.string)
    case .values(let array): array
    }
  }
}
