public import AlmanacCore

/// The time a number is about, as the ledger writes it: `2025`, `2025-06`, `2025-06-30`, `2025-Q1`, `2025-H1`, `2020/2024`.
public struct Period: Hashable, Sendable {
  public enum Span: Hashable, Sendable {
    case year(Int)
    /// Half 1 or 2.
    case half(Int, Int)
    /// Quarter 1 to 4.
    case quarter(Int, Int)
    /// Month 1 to 12.
    case month(Int, Int)
    case day(Int, Int, Int)
  }

  public var start: Span
  /// The last span of a range.
  public var end: Span?

  public init(_ start: Span, to end: Span? = nil) {
    self.start = start
    self.end = end
  }

  /// Returns `nil` for what is no period, or a range that ends before it starts.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let start = Span(parts[0]) else { return nil }
    self.start = start
    guard parts.count == 2 else { return }
    guard let end = Span(parts[1]), start.firstDay < end.firstDay else { return nil }
    self.end = end
  }

  /// The first day, counted from 1970-01-01.
  public var firstDay: Int { start.firstDay }
  /// The day behind the last.
  public var dayAfter: Int { (end ?? start).dayAfter }
}

extension Period: Comparable {
  /// By first day, the shorter first.
  public static func < (lhs: Period, rhs: Period) -> Bool {
    (lhs.firstDay, lhs.dayAfter, lhs.ledgerText) < (rhs.firstDay, rhs.dayAfter, rhs.ledgerText)
  }

  /// As the ledger writes it.
  public var ledgerText: String { start.ledgerText + (end.map { "/" + $0.ledgerText } ?? "") }
}

// MARK: - For readers

extension Period {
  public enum Length: Sendable {
    /// `June 2025`, `2025年6月`
    case long
    /// For axes and narrow columns: `Jun 2025`, `2025年6月`
    case short
  }

  public func text(_ length: Length = .long, language: LanguageTag) -> String {
    guard let end else { return start.text(length, language: language) }
    if case .year(let from) = start, case .year(let to) = end {
      return language.isChinese ? "\(from)—\(to)年" : "\(from)–\(to)"
    }
    let (from, to) = (start.text(length, language: language), end.text(length, language: language))
    return language.isChinese ? "\(from)—\(to)" : "\(from) – \(to)"
  }
}

/// Writes a date or period of the ledger for readers: `2025-06` is `June 2025` or `2025年6月`.
///
/// - Returns: the text as it is when it is no period.
public func formatPeriod(_ text: String, _ language: LanguageTag, length: Period.Length = .long) -> String {
  Period(text)?.text(length, language: language) ?? text
}

extension Period.Span {
  init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      return bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    guard let year = number(0..<4), year > 0 else { return nil }
    guard bytes.count > 4 else {
      self = .year(year)
      return
    }
    guard bytes[4] == 0x2D, bytes.count >= 7 else { return nil }
    switch bytes[5] {
    case UInt8(ascii: "Q"):
      guard bytes.count == 7, let quarter = number(6..<7), (1...4).contains(quarter) else { return nil }
      self = .quarter(year, quarter)
    case UInt8(ascii: "H"):
      guard bytes.count == 7, let half = number(6..<7), (1...2).contains(half) else { return nil }
      self = .half(year, half)
    default:
      guard let month = number(5..<7), (1...12).contains(month) else { return nil }
      if bytes.count == 7 {
        self = .month(year, month)
      } else {
        guard bytes.count == 10, bytes[7] == 0x2D, let day = number(8..<10), day >= 1,
          day <= dayCount(ofMonth: month - 1, year: year)
        else { return nil }
        self = .day(year, month, day)
      }
    }
  }

  /// Year, first month from 0, and how many months; a day has none.
  private var months: (year: Int, first: Int, count: Int) {
    switch self {
    case .year(let year): (year, 0, 12)
    case .half(let year, let half): (year, half * 6 - 6, 6)
    case .quarter(let year, let quarter): (year, quarter * 3 - 3, 3)
    case .month(let year, let month): (year, month - 1, 1)
    case .day(let year, let month, _): (year, month - 1, 0)
    }
  }

  public var firstDay: Int {
    let (year, first, _) = months
    if case .day(_, _, let day) = self { return CivilTime(year, first, day).dayNumber }
    return CivilTime(year, first).dayNumber
  }

  public var dayAfter: Int {
    let (year, first, count) = months
    return count == 0 ? firstDay + 1 : CivilTime(year, first + count).dayNumber
  }

  var ledgerText: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    func four(_ year: Int) -> String { String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)" }
    return switch self {
    case .year(let year): four(year)
    case .half(let year, let half): "\(four(year))-H\(half)"
    case .quarter(let year, let quarter): "\(four(year))-Q\(quarter)"
    case .month(let year, let month): "\(four(year))-\(two(month))"
    case .day(let year, let month, let day): "\(four(year))-\(two(month))-\(two(day))"
    }
  }

  func text(_ length: Period.Length, language: LanguageTag) -> String {
    if language.isChinese {
      let ordinals = ["一", "二", "三", "四"]
      return switch self {
      case .year(let year): "\(year)年"
      case .half(let year, let half): "\(year)年\(half == 1 ? "上" : "下")半年"
      case .quarter(let year, let quarter): "\(year)年第\(ordinals[quarter - 1])季度"
      case .month(let year, let month): "\(year)年\(month)月"
      case .day(let year, let month, let day): "\(year)年\(month)月\(day)日"
      }
    }
    let names = length == .long ? TimeLocale.english.months : TimeLocale.english.shortMonths
    return switch self {
    case .year(let year): "\(year)"
    case .half(let year, let half):
      length == .long ? "the \(half == 1 ? "first" : "second") half of \(year)" : "H\(half) \(year)"
    case .quarter(let year, let quarter): "Q\(quarter) \(year)"
    case .month(let year, let month): "\(names[month - 1]) \(year)"
    case .day(let year, let month, let day): "\(day) \(names[month - 1]) \(year)"
    }
  }
}
