/// A time format of d3, such as `%b %-d, %Y`, parsed once and applied to many time values.
///
/// Gives the same characters as d3-time-format 4: https://d3js.org/d3-time-format#locale_format
public struct TimeFormat: Sendable {
  private var parts: [Part]
  private var locale: TimeLocale

  private enum Part: Sendable {
    case text([UInt8])
    case field(UInt8, padding: UInt8?)
    /// What `%c`, `%x`, `%X` stand for.
    case nested(TimeFormat)
  }

  /// Every text is a format: an unknown directive stands for its own letter, as in d3.
  public init(_ specifier: String, locale: TimeLocale = .english) {
    self.init(specifier, locale: locale, depth: 0)
  }

  private init(_ specifier: String, locale: TimeLocale, depth: Int) {
    self.locale = locale
    parts = []
    var text: [UInt8] = []
    var bytes = specifier.utf8.makeIterator()
    func flush(_ parts: inout [Part]) {
      if !text.isEmpty { parts.append(.text(text)) }
      text = []
    }
    while let byte = bytes.next() {
      guard byte == 0x25 else {
        text.append(byte)
        continue
      }
      guard var letter = bytes.next() else { break }
      var padding: UInt8? = letter == UInt8(ascii: "e") ? 0x20 : 0x30
      if let modified = Self.paddings.first(where: { $0.modifier == letter }) {
        padding = modified.padding
        guard let next = bytes.next() else { break }
        letter = next
      }
      switch letter {
      case UInt8(ascii: "c"), UInt8(ascii: "x"), UInt8(ascii: "X"):
        flush(&parts)
        let specifier =
          letter == UInt8(ascii: "c") ? locale.dateTime : letter == UInt8(ascii: "x") ? locale.date : locale.time
        if depth < 4 { parts.append(.nested(TimeFormat(specifier, locale: locale, depth: depth + 1))) }
      case _ where Self.letters.contains(letter):
        flush(&parts)
        parts.append(.field(letter, padding: padding))
      default: text.append(letter)
      }
    }
    flush(&parts)
  }

  private static let letters = Array("aAbBdefgGHIjLmMpqQsSuUVwWyYZ".utf8)
  static let paddings: [(modifier: UInt8, padding: UInt8?)] = [(0x2D, nil), (0x5F, 0x20), (0x30, 0x30)]
}

extension TimeFormat {
  /// - Parameter milliseconds: a time value; not-a-number gives `Invalid Date`'s text of d3, `NaN` fields.
  public func callAsFunction(_ milliseconds: Double, in zone: TimeZoneRules = .utc) -> String {
    var bytes: [UInt8] = []
    append(milliseconds, in: zone, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  public func append(_ milliseconds: Double, in zone: TimeZoneRules = .utc, to bytes: inout [UInt8]) {
    guard milliseconds.magnitude <= 8.64e15 else { return appendInvalid(to: &bytes) }
    let time = clippedTime(milliseconds)
    append(CivilTime(milliseconds, in: zone), time: time, offset: zone.offset(at: time), to: &bytes)
  }

  /// The text of a date that is none: d3 pads `NaN` as it pads numbers and finds no names for it.
  private func appendInvalid(to bytes: inout [UInt8]) {
    for part in parts {
      switch part {
      case .text(let text): bytes += text
      case .nested(let format): format.appendInvalid(to: &bytes)
      case .field(let letter, let padding):
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "A"), UInt8(ascii: "b"), UInt8(ascii: "B"): break
        case UInt8(ascii: "f"): bytes.append("NaN000")
        case UInt8(ascii: "G"), UInt8(ascii: "Y"):
          if let padding { bytes.append(padding) }
          bytes.append("NaN")
        case UInt8(ascii: "I"): bytes.append("12")
        case UInt8(ascii: "p"): bytes.append(name(0, in: locale.periods))
        case UInt8(ascii: "Z"): bytes.append("+00NaN")
        default: bytes.append("NaN")
        }
      }
    }
  }

  private func append(_ civil: CivilTime, time: Int, offset: Int, to bytes: inout [UInt8]) {
    for part in parts {
      switch part {
      case .text(let text): bytes += text
      case .nested(let format): format.append(civil, time: time, offset: offset, to: &bytes)
      case .field(let letter, let padding):
        append(letter, padding: padding, of: civil, time: time, offset: offset, to: &bytes)
      }
    }
  }

  private func append(
    _ letter: UInt8, padding: UInt8?, of civil: CivilTime, time: Int, offset: Int, to bytes: inout [UInt8]
  ) {
    func pad(_ value: Int, _ width: Int) { bytes.appendPadded(value, width: width, padding: padding) }
    switch letter {
    case UInt8(ascii: "a"): bytes.append(name(civil.weekday, in: locale.shortDays))
    case UInt8(ascii: "A"): bytes.append(name(civil.weekday, in: locale.days))
    case UInt8(ascii: "b"): bytes.append(name(civil.month, in: locale.shortMonths))
    case UInt8(ascii: "B"): bytes.append(name(civil.month, in: locale.months))
    case UInt8(ascii: "d"), UInt8(ascii: "e"): pad(civil.day, 2)
    case UInt8(ascii: "f"):
      pad(civil.millisecond, 3)
      bytes.appendZeros(3)
    case UInt8(ascii: "g"): pad(civil.isoWeek.year % 100, 2)
    case UInt8(ascii: "G"): pad(civil.isoWeek.year % 10_000, 4)
    case UInt8(ascii: "H"): pad(civil.hour, 2)
    case UInt8(ascii: "I"): pad(civil.hour % 12 == 0 ? 12 : civil.hour % 12, 2)
    case UInt8(ascii: "j"): pad(civil.dayOfYear + 1, 3)
    case UInt8(ascii: "L"): pad(civil.millisecond, 3)
    case UInt8(ascii: "m"): pad(civil.month + 1, 2)
    case UInt8(ascii: "M"): pad(civil.minute, 2)
    case UInt8(ascii: "p"): bytes.append(name(civil.hour >= 12 ? 1 : 0, in: locale.periods))
    case UInt8(ascii: "q"): pad(civil.quarter + 1, 1)
    case UInt8(ascii: "Q"): pad(time, 1)
    case UInt8(ascii: "s"): pad(floorDivide(time, 1_000), 1)
    case UInt8(ascii: "S"): pad(civil.second, 2)
    case UInt8(ascii: "u"): pad(civil.weekday == 0 ? 7 : civil.weekday, 1)
    case UInt8(ascii: "U"): pad(civil.weekOfYear(startingOn: 0), 2)
    case UInt8(ascii: "V"): pad(civil.isoWeek.week, 2)
    case UInt8(ascii: "w"): pad(civil.weekday, 1)
    case UInt8(ascii: "W"): pad(civil.weekOfYear(startingOn: 1), 2)
    case UInt8(ascii: "y"): pad(civil.year % 100, 2)
    case UInt8(ascii: "Y"): pad(civil.year % 10_000, 4)
    default:
      let minutes = abs(offset) / 60_000
      bytes.append(offset < 0 ? 0x2D : 0x2B)
      bytes.appendPadded(minutes / 60, width: 2, padding: 0x30)
      bytes.appendPadded(minutes % 60, width: 2, padding: 0x30)
    }
  }

  private func name(_ index: Int, in names: [String]) -> String { index < names.count ? names[index] : "" }
}

extension [UInt8] {
  /// Appends a number of at least `width` digits, the sign before the padding.
  fileprivate mutating func appendPadded(_ value: Int, width: Int, padding: UInt8?) {
    if value < 0 { append(0x2D) }
    let magnitude = UInt128(value.magnitude)
    if let padding {
      for _ in 0..<Swift.max(0, width - decimalDigitCount(magnitude)) { append(padding) }
    }
    appendDigits(magnitude)
  }
}
