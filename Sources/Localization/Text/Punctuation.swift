public import AlmanacCore

// Punctuation that differs between languages. Words stand in the strings files; these are signs.

/// Joins names as a sentence does: `A, B and C`, `A、B和C`.
public func joinedList(_ items: [String], language: LanguageTag) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  let isChinese = language.isChinese
  return items.dropLast().joined(separator: isChinese ? "、" : ", ") + (isChinese ? "和" : " and ") + last
}

/// Joins names without a conjunction: `A, B, C`, `A、B、C`.
public func enumeration(_ items: [String], language: LanguageTag) -> String {
  items.joined(separator: language.isChinese ? "、" : ", ")
}

/// A label before its text: `Source: CNNIC`, `来源：CNNIC`.
public func labelled(_ label: String, _ text: String, language: LanguageTag) -> String {
  label + (language.isChinese ? "：" : ": ") + text
}

/// A remark behind its word: `users (million)`, `用户（亿人）`.
public func parenthesized(_ text: String, after word: String, language: LanguageTag) -> String {
  language.isChinese ? "\(word)（\(text)）" : word.isEmpty ? "(\(text))" : "\(word) (\(text))"
}

/// Quotation marks of the language, the inner pair inside an outer one.
public func quoted(_ text: String, isInner: Bool = false) -> String { isInner ? "‘\(text)’" : "“\(text)”" }

/// Which form of a message a number takes.
public enum PluralCategory: String, CaseIterable, Hashable, Sendable {
  case one, other
}

/// The cardinal plural of CLDR: English has `one` for exactly 1 without decimals, Chinese never.
public func pluralCategory(_ value: Double, visibleDecimals: Int = 0, language: LanguageTag) -> PluralCategory {
  !language.isChinese && value.magnitude == 1 && visibleDecimals == 0 ? .one : .other
}
