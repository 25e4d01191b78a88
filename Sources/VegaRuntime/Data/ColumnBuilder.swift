internal import VegaLite

/// A column while it is read: plain numbers or text for as long as nothing else comes.
struct ColumnBuilder {
  private enum Kind { case empty, numbers, strings, values }
  /// Whether the values are only counted.
  var isUnread = false
  private var kind = Kind.empty
  private var numbers: [Double] = []
  private var strings: [String] = []
  private var values: [Value] = []
  private(set) var count = 0

  @inline(__always) mutating func append(_ number: Double) {
    if kind == .empty { kind = .numbers }
    if kind == .numbers { numbers.append(number) } else { appendAny(.number(number)) }
    count += 1
  }

  @inline(__always) mutating func append(_ text: String) {
    if kind == .empty { kind = .strings }
    if kind == .strings { strings.append(text) } else { appendAny(.string(text)) }
    count += 1
  }

  @inline(__always) mutating func skip() { count += 1 }

  mutating func append(_ value: Value) {
    if isUnread { return skip() }
    switch value {
    case .number(let number): append(number)
    case .string(let text): append(text)
    default:
      appendAny(value)
      count += 1
    }
  }

  private mutating func appendAny(_ value: Value) {
    if kind != .values {
      values = column.asValues
      (numbers, strings, kind) = ([], [], .values)
    }
    values.append(value)
  }

  var column: Column {
    switch kind {
    case .empty, .values: .values(values)
    case .numbers: .numbers(numbers)
    case .strings: .strings(strings)
    }
  }
}

/// The columns of a table while its rows are read one after another.
struct ColumnBuilders {
  private var names: [String] = []
  /// For each column its name in quotes, as JSON writes it.
  private var keys: [[UInt8]] = []
  private var builders: [ColumnBuilder] = []
  private var places: [String: Int] = [:]
  private var rowCount = 0
  private let mentioned: MentionedColumns?

  /// - Parameter mentioned: which columns are wanted; `nil` for all.
  init(_ mentioned: MentionedColumns?) { self.mentioned = mentioned }

  /// The length of a quoted key in JSON if it is, letter by letter, that of the column at this place.
  func keyLength(at place: Int, matching bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int? {
    guard place < keys.count else { return nil }
    return keys[place].withUnsafeBufferPointer { key in
      guard index + key.count <= bytes.count else { return nil }
      for offset in key.indices where bytes[index + offset] != key[offset] { return nil }
      return key.count
    }
  }

  mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    let place = names.count
    places[name] = place
    names.append(name)
    keys.append([0x22] + Array(name.utf8) + [0x22])
    var builder = ColumnBuilder()
    builder.isUnread = mentioned.map { !$0.mayNeed(name) } ?? false
    for _ in 0..<rowCount { builder.append(.undefined) }
    builders.append(builder)
    return place
  }

  func isUnread(_ place: Int) -> Bool { builders[place].isUnread }

  /// Counts a value that nobody needs.
  @inline(__always) mutating func skip(at place: Int) -> Bool {
    guard builders[place].count == rowCount else { return false }
    builders[place].skip()
    return true
  }

  /// Adds a value to the row that is being read; `false` if it has one of this name already.
  @inline(__always) mutating func append(_ number: Double, at place: Int) -> Bool {
    guard builders[place].count == rowCount else { return false }
    builders[place].append(number)
    return true
  }

  @inline(__always) mutating func append(_ text: String, at place: Int) -> Bool {
    guard builders[place].count == rowCount else { return false }
    builders[place].append(text)
    return true
  }

  mutating func append(_ value: Value, at place: Int) -> Bool {
    guard builders[place].count == rowCount else { return false }
    builders[place].append(value)
    return true
  }

  /// Values that the row lacks are `undefined`.
  mutating func endRow() {
    rowCount += 1
    for place in builders.indices where builders[place].count < rowCount { builders[place].append(Value.undefined) }
  }

  var table: DataTable {
    var table = DataTable(rowCount: rowCount)
    for (name, builder) in zip(names, builders) where !builder.isUnread { table.set(name, builder.column) }
    let unread = Set(zip(names, builders).lazy.filter { $1.isUnread }.map(\.0))
    if !unread.isEmpty { table.unread = UnreadColumns(unread) }
    return table
  }
}
