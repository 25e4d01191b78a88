/// The time that a fact speaks of: a day, month, quarter, half-year, year, or a range of these.
///
/// Written `2025`, `2025-06`, `2025-06-30`, `2025-Q1`, `2025-H1`, `2024-12/2025-06`.
package struct Period: Hashable, Sendable, CustomStringConvertible {
  package enum Granularity: String, Hashable, Sendable {
    case year, halfYear, quarter, month, day, range
  }

  /// As the ledger writes it.
  package let text: String
  package let granularity: Granularity
  /// The first day, as `2025-01-01`.
  package let firstDay: String
  /// The last day, as `2025-06-30`.
  package let lastDay: String

  /// Returns `nil` for what is not a period, such as a 30 February or a range that ends before it begins.
  package init?(_ text: String) {
    self.text = text
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard let first = Span(parts[0]), let last = Span(parts[1]), first.firstDay <= last.lastDay else { return nil }
      granularity = .range
      firstDay = first.firstDay
      lastDay = last.lastDay
    } else {
      guard parts.count == 1, let span = Span(parts[0]) else { return nil }
      granularity = span.granularity
      firstDay = span.firstDay
      lastDay = span.lastDay
    }
  }

  package var description: String { text }
  package var year: Int { Int(firstDay.prefix(4)) ?? 0 }
}

/// One period that is no range.
private struct Span {
  var granularity: Period.Granularity
  var firstDay: String
  var lastDay: String

  init?(_ text: Substring) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count <= 3, let yearText = parts.first, let year = number(yearText, digits: 4) else { return nil }
    func day(_ month: Int, _ day: Int) -> String {
      "\(yearText)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
    let months: ClosedRange<Int>
    if parts.count == 1 {
      granularity = .year
      months = 1...12
    } else if parts.count == 2, let quarter = number(parts[1], after: "Q", in: 1...4) {
      granularity = .quarter
      months = (quarter * 3 - 2)...(quarter * 3)
    } else if parts.count == 2, let half = number(parts[1], after: "H", in: 1...2) {
      granularity = .halfYear
      months = (half * 6 - 5)...(half * 6)
    } else {
      guard let month = number(parts[1], digits: 2), (1...12).contains(month) else { return nil }
      granularity = .month
      months = month...month
    }
    firstDay = day(months.lowerBound, 1)
    lastDay = day(months.upperBound, daysInMonth(months.upperBound, of: year))
    guard parts.count == 3 else { return }
    guard let date = number(parts[2], digits: 2), date >= 1, date <= daysInMonth(months.lowerBound, of: year) else {
      return nil
    }
    granularity = .day
    firstDay = day(months.lowerBound, date)
    lastDay = firstDay
  }
}

private func number(_ text: Substring, digits: Int) -> Int? {
  guard text.utf8.count == digits, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
  return Int(text)
}

/// Reads the one digit of `Q3` or `H1`.
private func number(_ text: Substring, after letter: String, in range: ClosedRange<Int>) -> Int? {
  guard text.hasPrefix(letter), let digit = number(text.dropFirst(), digits: 1), range.contains(digit) else {
    return nil
  }
  return digit
}

func daysInMonth(_ month: Int, of year: Int) -> Int {
  switch month {
  case 4, 6, 9, 11: 30
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  default: 31
  }
}
