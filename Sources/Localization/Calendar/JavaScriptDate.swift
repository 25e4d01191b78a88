/// Reads a date as JavaScript's `Date.parse` does in V8.
///
/// A date alone in ISO form is midnight UTC; a date with a time and no zone, and every other form, is local:
/// `2012-01-01` is UTC, `2012/01/01` and `Jan 1 2012` are read on the clocks of `zone`.
/// - Returns: a time value in milliseconds, or `nil` for what is no date.
public func parseJavaScriptDate(_ text: String, in zone: TimeZoneRules = .utc) -> Double? {
  var text = text
  return text.withUTF8 { bytes in
    var reader = DateReader(bytes: UnsafeBufferPointer(rebasing: bytes.prefix(200)))
    if let iso = reader.readISO() { return iso.milliseconds(in: zone) }
    return reader.readLegacy()?.milliseconds(in: zone)
  }
}

/// Fields that were read, and the offset that stood behind them.
private struct ReadDate {
  var civil: CivilTime
  /// Minutes east of UTC; `nil` where the text says none.
  var offsetMinutes: Int?

  func milliseconds(in zone: TimeZoneRules) -> Double? {
    let result: Double
    if let offsetMinutes {
      result = Double(civil.millisecondsAsUTC - offsetMinutes * 60_000)
    } else {
      result = civil.milliseconds(in: zone)
    }
    return result.magnitude <= 8.64e15 ? result : nil
  }
}

private struct DateReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 >= 0x30 && $0 <= 0x39 } ?? false }

  mutating func skip(_ letter: UInt8) -> Bool {
    guard next == letter else { return false }
    position += 1
    return true
  }

  /// Digits, of which only the first nine count.
  mutating func takeNumber() -> (value: Int, length: Int) {
    let start = position
    var value = 0
    while isDigit(next) {
      if position - start < 9 { value = value * 10 + Int(bytes[position] - 0x30) }
      position += 1
    }
    return (value, position - start)
  }

  // MARK: ISO 8601, the strict form of ECMAScript

  mutating func readISO() -> ReadDate? {
    position = 0
    guard let date = takeISO(), position == bytes.count else {
      position = 0
      return nil
    }
    return date
  }

  private mutating func takeFixed(_ length: Int) -> Int? {
    guard position + length <= bytes.count else { return nil }
    var value = 0
    for index in position..<(position + length) {
      guard isDigit(bytes[index]) else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
    }
    position += length
    return isDigit(next) ? nil : value
  }

  private mutating func takeISO() -> ReadDate? {
    var civil = CivilTime(0)
    if next == 0x2D || next == 0x2B {
      let isNegative = bytes[position] == 0x2D
      position += 1
      guard let year = takeFixed(6), !(isNegative && year == 0) else { return nil }
      civil.year = isNegative ? -year : year
    } else {
      guard let year = takeFixed(4) else { return nil }
      civil.year = year
    }
    if skip(0x2D) {
      guard let month = takeFixed(2), (1...12).contains(month) else { return nil }
      civil.month = month - 1
      if skip(0x2D) {
        guard let day = takeFixed(2), (1...31).contains(day) else { return nil }
        civil.day = day
      }
    }
    guard let byte = next, byte | 0x20 == 0x74 else { return ReadDate(civil: civil, offsetMinutes: 0) }
    position += 1
    guard let hour = takeFixed(2), skip(0x3A), let minute = takeFixed(2), minute < 60 else { return nil }
    (civil.hour, civil.minute) = (hour, minute)
    if skip(0x3A) {
      guard let second = takeFixed(2), second < 60 else { return nil }
      civil.second = second
      if skip(0x2E) {
        guard let millisecond = takeMilliseconds() else { return nil }
        civil.millisecond = millisecond
      }
    }
    guard hour < 24 || hour == 24 && minute == 0 && civil.second == 0 && civil.millisecond == 0 else { return nil }
    guard let byte = next else { return ReadDate(civil: civil, offsetMinutes: nil) }
    position += 1
    if byte | 0x20 == 0x7A { return ReadDate(civil: civil, offsetMinutes: 0) }
    guard byte == 0x2B || byte == 0x2D else { return nil }
    // `+08:00`, and `+0800`, which V8 lets pass.
    let offset: Int
    let mark = position
    if let hours = takeFixed(2), skip(0x3A), let minutes = takeFixed(2), hours < 24, minutes < 60 {
      offset = hours * 60 + minutes
    } else {
      position = mark
      guard let both = takeFixed(4), both / 100 < 24, both % 100 < 60 else { return nil }
      offset = both / 100 * 60 + both % 100
    }
    return ReadDate(civil: civil, offsetMinutes: byte == 0x2D ? -offset : offset)
  }

  /// Three digits count, fewer are tenths and hundredths.
  mutating func takeMilliseconds() -> Int? {
    let start = position
    _ = takeNumber()
    guard position > start else { return nil }
    var value = 0
    for index in 0..<3 { value = value * 10 + (start + index < position ? Int(bytes[start + index] - 0x30) : 0) }
    return value
  }

  // MARK: The legacy form

  /// Numbers, month names, times and zones in nearly any order, as V8's `dateparser` takes them.
  mutating func readLegacy() -> ReadDate? {
    var day: [Int] = []
    var namedMonth: Int?
    var time: [Int] = []
    var isTimeComplete = false
    var hourOffset: Int?
    var zone = LegacyZone()
    var hasNumber = false

    func expectsTime(_ number: Int) -> Bool {
      guard !isTimeComplete else { return false }
      return (time.count == 1 || time.count == 2) && number < 60 || time.count == 3 && number < 1_000
    }
    while let byte = next {
      if isDigit(byte) {
        hasNumber = true
        let number = takeNumber().value
        if next == 0x3A {
          position += 1
          if next == 0x3A {
            guard time.isEmpty else { return nil }
            position += 1
            time = [number, 0]
          } else {
            guard !isTimeComplete, time.count < 4 else { return nil }
            time.append(number)
            _ = skip(0x2E)
          }
        } else if next == 0x2E, expectsTime(number) {
          position += 1
          time.append(number)
          guard let milliseconds = takeMilliseconds() else { return nil }
          while time.count < 3 { time.append(0) }
          time.append(milliseconds)
          isTimeComplete = true
        } else if zone.expectsMinute {
          _ = skip(0x2E)
          zone.minute = number
        } else if expectsTime(number) {
          _ = skip(0x2E)
          time.append(number)
          isTimeComplete = true
          if let byte = next {
            let isZ = byte | 0x20 == 0x7A && !isLetter(at: position + 1)
            guard isSpace(byte) || isZ || byte == 0x2B || byte == 0x2D else { return nil }
          }
        } else {
          _ = skip(0x2E)
          guard day.count < 4 else { return nil }
          day.append(number)
          _ = skip(0x2D)
        }
      } else if isLetter(at: position) {
        let word = takeWord()
        if word.count <= 2, !time.isEmpty, word == "am" || word == "pm" {
          hourOffset = word == "am" ? 0 : 12
        } else if let month = Self.months.firstIndex(of: String(word.prefix(3))) {
          namedMonth = month
          _ = skip(0x2D)
        } else if let offset = Self.zones.first(where: { $0.name == word })?.hours, hasNumber {
          zone = LegacyZone(sign: offset < 0 ? -1 : 1, hour: abs(offset), minute: 0)
        } else {
          guard !hasNumber, !isDigit(next) else { return nil }
        }
      } else if byte == 0x2B || byte == 0x2D, zone.isUTC || !time.isEmpty {
        position += 1
        zone.sign = byte == 0x2B ? 1 : -1
        let (number, length) = isDigit(next) ? takeNumber() : (0, 0)
        hasNumber = true
        if next == 0x3A {
          (zone.hour, zone.minute) = (number, nil)
        } else if length == 1 || length == 2 {
          (zone.hour, zone.minute) = (number, 0)
        } else if length == 3 || length == 4 {
          (zone.hour, zone.minute) = (number / 100, number % 100)
        } else {
          return nil
        }
      } else if byte == 0x2B || byte == 0x2D || byte == 0x29, hasNumber {
        return nil
      } else if byte == 0x28 {
        skipParentheses()
      } else {
        position += 1
      }
    }
    guard let date = Self.date(day, namedMonth: namedMonth) else { return nil }
    time += [Int](repeating: 0, count: max(0, 4 - time.count))
    if let hourOffset {
      guard time[0] <= 12 else { return nil }
      time[0] = time[0] % 12 + hourOffset
    }
    let isMidnight = time[0] == 24 && time[1] == 0 && time[2] == 0 && time[3] == 0
    guard time[0] < 24 && time[1] < 60 && time[2] < 60 && time[3] < 1_000 || isMidnight else { return nil }
    let civil = CivilTime(
      date.year, date.month - 1, date.day, hour: time[0], minute: time[1], second: time[2], millisecond: time[3])
    return ReadDate(civil: civil, offsetMinutes: zone.minutes)
  }

  /// Puts numbers in their places: year first where the first number is no day, else month, day, year.
  private static func date(_ numbers: [Int], namedMonth: Int?) -> (year: Int, month: Int, day: Int)? {
    guard let first = numbers.first, numbers.count <= 3 else { return nil }
    let isDayFirst = (1...31).contains(first)
    let part = { (index: Int) in index < numbers.count ? numbers[index] : 1 }
    var year: Int
    let month: Int
    let day: Int
    if let namedMonth {
      month = namedMonth + 1
      (year, day) = isDayFirst ? (part(1), first) : (first, part(1))
    } else if !isDayFirst {
      (year, month, day) = (first, part(1), part(2))
    } else {
      (year, month, day) = (part(2), first, part(1))
    }
    if (0...49).contains(year) { year += 2_000 } else if (50...99).contains(year) { year += 1_900 }
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    return (year, month, day)
  }

  private struct LegacyZone {
    var sign: Int?
    var hour: Int?
    var minute: Int?

    var isUTC: Bool { hour == 0 && minute == 0 }
    var expectsMinute: Bool { hour != nil && minute == nil }
    var minutes: Int? { sign.map { $0 * ((hour ?? 0) * 60 + (minute ?? 0)) } }
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
  private static let zones: [(name: String, hours: Int)] = [
    ("ut", 0), ("utc", 0), ("z", 0), ("gmt", 0), ("cdt", -5), ("cst", -6), ("edt", -4), ("est", -5), ("mdt", -6),
    ("mst", -7), ("pdt", -7), ("pst", -8),
  ]

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func isLetter(at index: Int) -> Bool {
    index < bytes.count && (0x61...0x7A).contains(bytes[index] | 0x20)
  }

  private mutating func takeWord() -> String {
    let start = position
    while isLetter(at: position) { position += 1 }
    return String(decoding: bytes[start..<position].map { $0 | 0x20 }, as: UTF8.self)
  }

  private mutating func skipParentheses() {
    var depth = 0
    repeat {
      if next == 0x28 { depth += 1 } else if next == 0x29 { depth -= 1 }
      position += 1
    } while depth > 0 && position < bytes.count
  }
}
