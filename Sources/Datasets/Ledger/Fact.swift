package import AlmanacCore
package import Localization

/// One row of the ledger: an observation, forecast or target, with where it comes from.
package struct Fact: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case observed, forecast, target
  }

  /// The row in the ledger, from 0.
  package var row: Int
  /// Reads like an address: `genai-users.cn.2025-06`.
  package var id: String
  package var metric: String
  package var entity: String
  /// May be empty.
  package var region: String
  package var period: Period
  /// In the base unit: persons, CNY, percent as 36.5.
  package var value: Double
  package var unit: String
  /// What the unit is; `count` when it is unknown, which reading has diagnosed.
  package var measure: MeasureUnit
  package var kind: Kind
  /// The id of a reference.
  package var source: String
  package var locator: Locator?
  /// The figure as the source prints it: `5.15亿`.
  package var printed: String
  /// ``printed``, understood; `nil` when it could not be, which reading has diagnosed.
  package var quantity: Quantity?
  /// A remark for readers, in the language of the first edition; may be empty.
  package var note: String
  /// ``note`` in other editions' languages, where the ledger has it.
  package var translatedNotes: [LanguageTag: String]
}

/// The lines of a source's text on which a figure stands: `L173`, `L112-L132`.
package struct Locator: Hashable, Sendable, CustomStringConvertible {
  package var lines: ClosedRange<Int>

  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part -> Int? in
      guard part.hasPrefix("L"), part.utf8.dropFirst().allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
      return Int(part.dropFirst())
    }
    guard numbers.count == parts.count, (1...2).contains(numbers.count), let first = numbers.first,
      let last = numbers.last, first >= 1, first <= last
    else { return nil }
    lines = first...last
  }

  package var description: String {
    lines.count == 1 ? "L\(lines.lowerBound)" : "L\(lines.lowerBound)-L\(lines.upperBound)"
  }
}
