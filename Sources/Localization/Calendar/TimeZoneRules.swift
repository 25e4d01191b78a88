/// When the clocks of a place differ from UTC, and by how much.
///
/// Made by the caller from the bytes of a zone file; nothing here reads a disk or knows where the machine stands.
public struct TimeZoneRules: Hashable, Sendable {
  /// Milliseconds of UTC from which an offset holds, ascending, and the offset in milliseconds east.
  private var changes: [Change]
  /// The offset before the first change.
  private var initialOffset: Int
  /// Rule for the years behind the table.
  private var lasting: YearlyRule?

  struct Change: Hashable, Sendable {
    var time: Int
    var offset: Int
  }

  public static let utc = TimeZoneRules(offsetMinutes: 0)

  /// A zone whose clocks never change.
  public init(offsetMinutes: Int) {
    changes = []
    initialOffset = offsetMinutes * 60_000
    lasting = nil
  }

  /// Reads a zone file (TZif, RFC 9636), such as `/usr/share/zoneinfo/Asia/Shanghai`; `nil` when it is not one.
  public init?(tzif bytes: [UInt8]) {
    var reader = TZifReader(bytes: bytes)
    guard let contents = reader.read() else { return nil }
    changes = contents.changes
    initialOffset = contents.initialOffset
    lasting = contents.footer.flatMap(YearlyRule.init)
  }
}

extension TimeZoneRules {
  /// Milliseconds east of UTC at a time value.
  public func offset(at time: Int) -> Int {
    guard let last = changes.last else { return lasting?.offset(at: time) ?? initialOffset }
    if time >= last.time { return lasting?.offset(at: time) ?? last.offset }
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initialOffset : changes[low - 1].offset
  }

  /// What clocks show, as milliseconds, at a time value.
  public func localTime(of time: Int) -> Int { time + offset(at: time) }

  /// The time value at which clocks show `local`; the first of two, and counted with the old offset where clocks skip.
  public func universalTime(of local: Int) -> Int {
    if changes.isEmpty, lasting == nil { return local - initialOffset }
    let before = offset(at: local - millisecondsPerDay)
    let after = offset(at: local + millisecondsPerDay)
    let early = local - max(before, after)
    if before == after, offset(at: local - before) == before { return local - before }
    if offset(at: early) == max(before, after) { return early }
    let late = local - min(before, after)
    if offset(at: late) == min(before, after) { return late }
    return local - before
  }
}

/// The two blocks of a zone file: the second has 64-bit times and a rule for the years to come.
private struct TZifReader {
  var bytes: [UInt8]
  var position = 0

  typealias Contents = (changes: [TimeZoneRules.Change], initialOffset: Int, footer: String?)

  mutating func read() -> Contents? {
    guard let version = header(), let counts = counts() else { return nil }
    if version == 0 { return block(counts, timeSize: 4) }
    position += counts.transitions * 5 + counts.types * 6 + counts.characters + counts.leaps * 8
    position += counts.standard + counts.universal
    guard header() != nil, let long = self.counts(), var contents = block(long, timeSize: 8) else { return nil }
    if position < bytes.count, bytes[position] == 0x0A,
      let end = bytes[(position + 1)...].firstIndex(of: 0x0A)
    {
      contents.footer = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
    }
    return contents
  }

  private mutating func header() -> UInt8? {
    guard bytes.count >= position + 20, bytes[position..<(position + 4)].elementsEqual("TZif".utf8) else { return nil }
    let version = bytes[position + 4]
    position += 20
    return version
  }

  private mutating func counts()
    -> (universal: Int, standard: Int, leaps: Int, transitions: Int, types: Int, characters: Int)?
  {
    guard bytes.count >= position + 24 else { return nil }
    let numbers = (0..<6).map { _ in integer(4) }
    guard numbers.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
  }

  private mutating func block(
    _ counts: (universal: Int, standard: Int, leaps: Int, transitions: Int, types: Int, characters: Int), timeSize: Int
  ) -> Contents? {
    let size = counts.transitions * (timeSize + 1) + counts.types * 6 + counts.characters
    let rest = counts.leaps * (timeSize + 4) + counts.standard + counts.universal
    guard counts.types > 0, bytes.count >= position + size + rest else { return nil }
    let times = (0..<counts.transitions).map { _ in integer(timeSize) }
    let kinds = (0..<counts.transitions).map { _ in integer(1) & 0xFF }
    let offsets = (0..<counts.types).map { _ in
      let offset = integer(4)
      position += 2
      return offset
    }
    position += counts.characters + rest
    guard kinds.allSatisfy({ $0 < offsets.count }) else { return nil }
    let changes = zip(times, kinds).compactMap { time, kind in
      abs(time) < 8_640_000_000_000 ? TimeZoneRules.Change(time: time * 1_000, offset: offsets[kind] * 1_000) : nil
    }
    return (changes, offsets[0] * 1_000, nil)
  }

  private mutating func integer(_ size: Int) -> Int {
    var value = 0
    for index in 0..<size { value = value << 8 | Int(bytes[position + index]) }
    position += size
    return size == 4 ? Int(Int32(truncatingIfNeeded: value)) : value
  }
}
