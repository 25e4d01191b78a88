/// Reads times written in a format of d3: the other way of ``TimeFormat``.
///
/// https://d3js.org/d3-time-format#locale_parse
public struct TimeParser: Sendable {
  private var specifier: [UInt8]
  private var locale: TimeLocale

  public init(_ specifier: String, locale: TimeLocale = .english) {
    self.specifier = Array(specifier.utf8)
    self.locale = locale
  }

  /// Returns the time value, or `nil` for a text that does not follow the format to its end.
  public func callAsFunction(_ text: some StringProtocol, in zone: TimeZoneRules = .utc) -> Double? {
    var reading = Reading(text: Array(text.utf8), locale: locale)
    guard reading.read(specifier, depth: 0), reading.position == reading.text.count else { return nil }
    return reading.milliseconds(in: zone)
  }
}

/// The fields met so far, named by their directives.
private struct Reading {
  var text: [UInt8]
  var locale: TimeLocale
  var position = 0
  var fields: [UInt8: Int] = [:]

  subscript(_ letter: Character) -> Int? {
    get { fields[letter.asciiValue!] }
    set { fields[letter.asciiValue!] = newValue }
  }

  mutating func read(_ specifier: [UInt8], depth: Int) -> Bool {
    var index = 0
    while index < specifier.count {
      guard position < text.count else { return false }
      let byte = specifier[index]
      index += 1
      guard byte == 0x25 else {
        guard text[position] == byte else { return false }
        position += 1
        continue
      }
      if index < specifier.count, TimeFormat.paddings.contains(where: { $0.modifier == specifier[index] }) {
        index += 1
      }
      guard index < specifier.count, take(Character(Unicode.Scalar(specifier[index])), depth: depth) else {
        return false
      }
      index += 1
    }
    return true
  }

  private mutating func take(_ directive: Character, depth: Int) -> Bool {
    switch directive {
    case "a": return takeName(locale.shortDays, as: "w")
    case "A": return takeName(locale.days, as: "w")
    case "b": return takeName(locale.shortMonths, as: "m")
    case "B": return takeName(locale.months, as: "m")
    case "p": return takeName(locale.periods, as: "p")
    case "c", "x", "X":
      let specifier = directive == "c" ? locale.dateTime : directive == "x" ? locale.date : locale.time
      return depth < 4 && read(Array(specifier.utf8), depth: depth + 1)
    case "d", "e": return takeNumber(2, as: "d") { $0 }
    case "f": return takeNumber(6, as: "L") { $0 / 1_000 }
    case "g", "y": return takeNumber(2, as: "y") { $0 + ($0 > 68 ? 1_900 : 2_000) }
    case "G", "Y": return takeNumber(4, as: "y") { $0 }
    case "H", "I": return takeNumber(2, as: "H") { $0 }
    case "j":
      self["m"] = 0
      return takeNumber(3, as: "d") { $0 }
    case "L": return takeNumber(3, as: "L") { $0 }
    case "m": return takeNumber(2, as: "m") { $0 - 1 }
    case "M": return takeNumber(2, as: "M") { $0 }
    case "q": return takeNumber(1, as: "q") { $0 * 3 - 3 }
    case "Q": return takeNumber(18, as: "Q") { $0 }
    case "s": return takeNumber(15, as: "s") { $0 }
    case "S": return takeNumber(2, as: "S") { $0 }
    case "u": return takeNumber(1, as: "u") { $0 }
    case "U": return takeNumber(2, as: "U") { $0 }
    case "V": return takeNumber(2, as: "V") { $0 }
    case "w": return takeNumber(1, as: "w") { $0 }
    case "W": return takeNumber(2, as: "W") { $0 }
    case "Z": return takeZone()
    case "%":
      guard text[position] == 0x25 else { return false }
      position += 1
      return true
    default: return false
    }
  }

  /// White space and digits within the next `width` bytes.
  private mutating func takeNumber(_ width: Int, as field: Character, _ change: (Int) -> Int) -> Bool {
    let end = min(text.count, position + width)
    while position < end, text[position] == 0x20 || (0x09...0x0D).contains(text[position]) { position += 1 }
    let start = position
    var value = 0
    while position < end, (0x30...0x39).contains(text[position]) {
      value = value * 10 + Int(text[position] - 0x30)
      position += 1
    }
    guard position > start else { return false }
    self[field] = change(value)
    return true
  }

  /// The first name, in the list's order, that the text goes on with; letters' case does not matter.
  private mutating func takeName(_ names: [String], as field: Character) -> Bool {
    for (index, name) in names.enumerated() {
      let letters = Array(name.lowercased().utf8)
      let count = letters.count
      guard !letters.isEmpty, position + count <= text.count else { continue }
      let piece = String(decoding: text[position..<(position + count)], as: UTF8.self)
      guard piece.lowercased().utf8.elementsEqual(letters) else { continue }
      // `十一月` must not be taken for `十月`: names are whole, so a longer one that fits as well wins.
      let longer = names.first { $0.utf8.count > name.utf8.count && $0.lowercased().utf8.starts(with: letters) }
      if let longer, text[position...].starts(with: longer.utf8) { continue }
      self[field] = index
      position += count
      return true
    }
    return false
  }

  /// `Z`, `+08`, `+0800` or `+08:00`.
  private mutating func takeZone() -> Bool {
    let byte = text[position]
    if byte == UInt8(ascii: "Z") {
      position += 1
      self["Z"] = 0
      return true
    }
    func digits(at index: Int) -> Int? {
      guard index + 2 <= text.count, text[index..<(index + 2)].allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      return Int(text[index] - 0x30) * 10 + Int(text[index + 1] - 0x30)
    }
    guard byte == 0x2B || byte == 0x2D, let hours = digits(at: position + 1) else { return false }
    position += 3
    var minutes = 0
    let colon = position < text.count && text[position] == 0x3A ? 1 : 0
    if let read = digits(at: position + colon) {
      minutes = read
      position += colon + 2
    }
    self["Z"] = (byte == 0x2D ? 1 : -1) * (hours * 60 + minutes)
    return true
  }

  /// Puts the fields together in d3's order of precedence.
  func milliseconds(in zone: TimeZoneRules) -> Double? {
    if let milliseconds = self["Q"] { return Double(milliseconds) }
    if let seconds = self["s"] { return Double(seconds * 1_000 + (self["L"] ?? 0)) }
    var civil = CivilTime(
      self["y"] ?? 1_900, self["m"] ?? self["q"] ?? 0, self["d"] ?? 1, hour: self["H"] ?? 0, minute: self["M"] ?? 0,
      second: self["S"] ?? 0, millisecond: self["L"] ?? 0)
    if let period = self["p"] { civil.hour = civil.hour % 12 + period * 12 }
    let january = weekdayOfDay(firstDay(ofMonth: 0, year: civil.year))
    if let week = self["V"] {
      guard (1...53).contains(week) else { return nil }
      let weekday = self["w"] ?? 1
      // The Monday of week 1 is the one nearest to January 1.
      civil.month = 0
      civil.day = 1 + (january > 4 || january == 0 ? (8 - january) % 7 : 1 - january)
      civil.day += (week - 1) * 7 + (weekday + 6) % 7
    } else if self["W"] != nil || self["U"] != nil {
      let weekday = self["w"] ?? self["u"].map { $0 % 7 } ?? (self["W"] != nil ? 1 : 0)
      civil.month = 0
      if let week = self["W"] {
        civil.day = (weekday + 6) % 7 + week * 7 - (january + 5) % 7
      } else {
        civil.day = weekday + (self["U"] ?? 0) * 7 - (january + 6) % 7
      }
    }
    guard let offset = self["Z"] else { return civil.milliseconds(in: zone) }
    civil.minute += offset
    return civil.milliseconds()
  }
}
