internal import Notation
internal import VegaLite

/// Reads a JSON array straight into columns: an object is a row, anything else a row with a value named `data`.
///
/// A data file may have millions of values, so nothing is kept of where they stand.
/// - Parameter mentioned: which columns are wanted; `nil` for all.
/// - Returns: `nil` for a value that is no array, and for whatever ``parseJSON(_:)`` would have something to say about.
/// - Complexity: O(*n*) in one pass over the bytes.
func readJSONRows(_ bytes: [UInt8], _ mentioned: MentionedColumns? = nil) -> DataTable? {
  guard bytes.count <= largestJSON else { return nil }
  return bytes.withUnsafeBufferPointer { bytes in
    var reader = JSONDataReader(bytes: bytes)
    guard reader.skipSpace() == 0x5B else { return nil }
    return try? reader.rows(mentioned)
  }
}

/// Reads JSON as a value; `nil` for whatever ``parseJSON(_:)`` would have something to say about.
func readJSONValue(_ bytes: [UInt8]) -> Value? {
  guard bytes.count <= largestJSON else { return nil }
  return bytes.withUnsafeBufferPointer { bytes in
    var reader = JSONDataReader(bytes: bytes)
    guard let value = try? reader.value(depth: 0), reader.skipSpace() == nil else { return nil }
    return value
  }
}

/// Reads a TopoJSON topology, whose arcs have nearly all of its numbers; `nil` for whatever ``parseJSON(_:)`` would have
/// something to say about, and for what is no topology.
func readTopology(_ bytes: [UInt8]) -> Topology? {
  guard bytes.count <= largestJSON else { return nil }
  return bytes.withUnsafeBufferPointer { bytes in
    var reader = JSONDataReader(bytes: bytes)
    guard reader.skipSpace() == 0x7B else { return nil }
    return try? reader.topology()
  }
}

/// Not what this reader reads; the reader with diagnostics says why.
private struct Unreadable: Error {}

private struct JSONDataReader {
  let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var texts = TextCache()
  /// Deeper nesting is left to the reader that needs no stack for it.
  private static let deepest = 64

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Returns the next byte that is no space, without passing it.
  @inline(__always) mutating func skipSpace() -> UInt8? {
    while index < bytes.count {
      let byte = bytes[index]
      if byte > 0x20 || (byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09) { return byte }
      index += 1
    }
    return nil
  }

  private mutating func expect(_ byte: UInt8) throws(Unreadable) {
    guard skipSpace() == byte else { throw Unreadable() }
    index += 1
  }

  /// Whether a comma comes next rather than the closing bracket; passes either.
  private mutating func continues(until bracket: UInt8) throws(Unreadable) -> Bool {
    guard let byte = skipSpace(), byte == 0x2C || byte == bracket else { throw Unreadable() }
    index += 1
    return byte == 0x2C
  }
}

// MARK: - Rows

extension JSONDataReader {
  mutating func rows(_ mentioned: MentionedColumns?) throws(Unreadable) -> DataTable {
    var columns = ColumnBuilders(mentioned)
    try expect(0x5B)
    if skipSpace() == 0x5D {
      index += 1
    } else {
      repeat {
        if skipSpace() == 0x7B {
          try row(into: &columns)
        } else {
          let value = try value(depth: 1)
          let place = columns.place(of: "data")
          guard columns.append(value, at: place) else { throw Unreadable() }
        }
        columns.endRow()
      } while try continues(until: 0x5D)
    }
    guard skipSpace() == nil else { throw Unreadable() }
    return columns.table
  }

  private mutating func row(into columns: inout ColumnBuilders) throws(Unreadable) {
    index += 1
    if skipSpace() == 0x7D { index += 1; return }
    var position = 0
    repeat {
      guard skipSpace() == 0x22 else { throw Unreadable() }
      // Rows of one file nearly always have the same keys in the same order.
      let place: Int
      if let length = columns.keyLength(at: position, matching: bytes, from: index) {
        index += length
        place = position
      } else {
        place = columns.place(of: try text())
      }
      position += 1
      try expect(0x3A)
      let isNew: Bool
      if columns.isUnread(place) {
        try skipValue()
        guard columns.skip(at: place) else { throw Unreadable() }
        continue
      }
      switch skipSpace() {
      case 0x22?: isNew = columns.append(try text(), at: place)
      case let byte? where byte == 0x2D || byte &- 0x30 < 10: isNew = columns.append(try number(), at: place)
      default: isNew = columns.append(try value(depth: 2), at: place)
      }
      guard isNew else { throw Unreadable() }
    } while try continues(until: 0x7D)
  }
}

extension JSONDataReader {
  /// Passes a value that nobody needs; it must be well-formed all the same.
  private mutating func skipValue() throws(Unreadable) {
    switch skipSpace() {
    case 0x22?:
      index += 1
      while index < bytes.count {
        let byte = bytes[index]
        if byte == 0x22 { index += 1; return }
        if byte < 0x20 { throw Unreadable() }
        if byte == 0x5C {
          // Escapes are few; the reader of texts knows them.
          _ = try escapedText(from: index)
          return
        }
        index += 1
      }
      throw Unreadable()
    case let byte? where byte == 0x2D || byte &- 0x30 < 10: _ = try number()
    default: _ = try value(depth: 2)
    }
  }
}

// MARK: - Topologies

extension JSONDataReader {
  mutating func topology() throws(Unreadable) -> Topology {
    var members = ValueObject()
    var arcs: PackedArcs?
    try expect(0x7B)
    repeat {
      guard skipSpace() == 0x22 else { throw Unreadable() }
      let key = try text()
      try expect(0x3A)
      if key == "arcs" {
        guard arcs == nil else { throw Unreadable() }
        arcs = try packedArcs()
      } else {
        guard members[key] == nil else { throw Unreadable() }
        members[key] = try value(depth: 1)
      }
    } while try continues(until: 0x7D)
    guard skipSpace() == nil, let topology = Topology(members, arcs: arcs ?? PackedArcs()) else { throw Unreadable() }
    return topology
  }

  private mutating func packedArcs() throws(Unreadable) -> PackedArcs {
    var arcs = PackedArcs()
    try expect(0x5B)
    if skipSpace() == 0x5D { index += 1; return arcs }
    repeat {
      try expect(0x5B)
      if skipSpace() == 0x5D {
        index += 1
      } else {
        repeat { arcs.append(try point()) } while try continues(until: 0x5D)
      }
      arcs.endArc()
    } while try continues(until: 0x5D)
    return arcs
  }

  /// Two numbers; what else a point has is passed over.
  private mutating func point() throws(Unreadable) -> GeoPoint {
    try expect(0x5B)
    let x = try nextNumber()
    guard try continues(until: 0x5D) else { throw Unreadable() }
    let y = try nextNumber()
    while try continues(until: 0x5D) { _ = try nextNumber() }
    return GeoPoint(x, y)
  }

  private mutating func nextNumber() throws(Unreadable) -> Double {
    guard skipSpace() != nil else { throw Unreadable() }
    return try number()
  }
}

// MARK: - Values

extension JSONDataReader {
  mutating func value(depth: Int) throws(Unreadable) -> Value {
    guard depth < Self.deepest, let byte = skipSpace() else { throw Unreadable() }
    switch byte {
    case 0x22: return .string(try text())
    case 0x5B: return .array(try array(depth: depth))
    case 0x7B: return .object(try object(depth: depth))
    case 0x74: return try word("true", .bool(true))
    case 0x66: return try word("false", .bool(false))
    case 0x6E: return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func array(depth: Int) throws(Unreadable) -> [Value] {
    index += 1
    var values: [Value] = []
    if skipSpace() == 0x5D { index += 1; return values }
    repeat { values.append(try value(depth: depth + 1)) } while try continues(until: 0x5D)
    return values
  }

  private mutating func object(depth: Int) throws(Unreadable) -> ValueObject {
    index += 1
    var members: [ValueObject.Member] = []
    if skipSpace() == 0x7D { index += 1; return ValueObject(members) }
    repeat {
      guard skipSpace() == 0x22 else { throw Unreadable() }
      let key = try text()
      // A key that stands twice is for the other reader to tell of; so are objects with so many that looking costs.
      guard members.count < 64, !members.contains(where: { $0.key == key }) else { throw Unreadable() }
      try expect(0x3A)
      members.append(ValueObject.Member(key: key, value: try value(depth: depth + 1)))
    } while try continues(until: 0x7D)
    return ValueObject(members)
  }

  private mutating func word(_ word: StaticString, _ value: Value) throws(Unreadable) -> Value {
    let end = index + word.utf8CodeUnitCount
    guard end <= bytes.count else { throw Unreadable() }
    for offset in 0..<word.utf8CodeUnitCount where bytes[index + offset] != word.utf8Start[offset] {
      throw Unreadable()
    }
    // What follows a word must end it.
    if end < bytes.count, bytes[end] > 0x20, bytes[end] != 0x2C, bytes[end] != 0x5D, bytes[end] != 0x7D {
      throw Unreadable()
    }
    index = end
    return value
  }

  private mutating func text() throws(Unreadable) -> String {
    index += 1
    let start = index
    var allBits: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 {
        let text = texts.text(bytes, start..<index, isASCII: allBits < 0x80)
        index += 1
        guard let text else { throw Unreadable() }
        return text
      }
      allBits |= byte
      if byte == 0x5C { return try escapedText(from: start) }
      if byte < 0x20 { throw Unreadable() }
      index += 1
    }
    throw Unreadable()
  }

  private mutating func escapedText(from start: Int) throws(Unreadable) -> String {
    var pieces = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case 0x22:
        guard let text = String(validating: pieces, as: UTF8.self) else { throw Unreadable() }
        return text
      case 0x5C:
        guard index < bytes.count else { throw Unreadable() }
        index += 1
        switch bytes[index - 1] {
        case 0x22: pieces.append(0x22)
        case 0x5C: pieces.append(0x5C)
        case 0x2F: pieces.append(0x2F)
        case 0x62: pieces.append(0x08)
        case 0x66: pieces.append(0x0C)
        case 0x6E: pieces.append(0x0A)
        case 0x72: pieces.append(0x0D)
        case 0x74: pieces.append(0x09)
        case 0x75:
          guard index + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16),
            bytes[index] != 0x2B, let scalar = Unicode.Scalar(unit)
          else { throw Unreadable() }
          index += 4
          pieces.append(contentsOf: Character(scalar).utf8)
        default: throw Unreadable()
        }
      case 0..<0x20: throw Unreadable()
      default: pieces.append(byte)
      }
    }
    throw Unreadable()
  }

  private mutating func number() throws(Unreadable) -> Double {
    let start = index
    let isNegative = bytes[index] == 0x2D
    if isNegative { index += 1 }
    var mantissa: UInt64 = 0
    let firstDigit = index
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 0x30)
      index += 1
    }
    var digits = index - firstDigit
    guard digits > 0, digits == 1 || bytes[firstDigit] != 0x30 else { throw Unreadable() }
    var exponent = 0
    var isInteger = true
    if index < bytes.count, bytes[index] == 0x2E {
      isInteger = false
      index += 1
      let point = index
      while index < bytes.count, bytes[index] &- 0x30 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 0x30)
        index += 1
      }
      guard index > point else { throw Unreadable() }
      exponent = point - index
      digits += index - point
    }
    if index < bytes.count, bytes[index] | 0x20 == 0x65 {
      isInteger = false
      index += 1
      let isBelow = index < bytes.count && bytes[index] == 0x2D
      if isBelow || index < bytes.count && bytes[index] == 0x2B { index += 1 }
      let first = index
      var written = 0
      while index < bytes.count, bytes[index] &- 0x30 < 10 {
        written = min(written * 10 + Int(bytes[index] &- 0x30), 100_000)
        index += 1
      }
      guard index > first else { throw Unreadable() }
      exponent += isBelow ? -written : written
    }
    // What follows a number must end it.
    if index < bytes.count, bytes[index] > 0x20, bytes[index] != 0x2C, bytes[index] != 0x5D, bytes[index] != 0x7D {
      throw Unreadable()
    }
    // Exact: a mantissa below 2^53 and a power of ten that a Double holds (Clinger's fast path).
    if digits <= 19, mantissa <= 1 << 53, exponent.magnitude <= 22 {
      if isInteger, digits > 15 { throw Unreadable() }
      let power = Self.powersOfTen[Int(exponent.magnitude)]
      let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
      return isNegative ? -value : value
    }
    guard !isInteger, let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)), value.isFinite else {
      throw Unreadable()
    }
    return value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
