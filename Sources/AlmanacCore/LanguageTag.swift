/// The language of an edition, as a BCP 47 tag: `en`, `zh-Hans`.
public struct LanguageTag: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// As the author wrote it, which is also the name of the edition's folder.
  public let rawValue: String

  /// Returns `nil` for what is not a tag: letters, digits and `-` only, two or three letters first.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.utf8.count),
      first.utf8.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }),
      parts.dropFirst().allSatisfy({ part in
        (1...8).contains(part.utf8.count)
          && part.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 }
      })
    else { return nil }
    rawValue = text
  }

  private init(unchecked text: String) { rawValue = text }

  public static let english = LanguageTag(unchecked: "en")
  public static let simplifiedChinese = LanguageTag(unchecked: "zh-Hans")

  /// The primary language: `zh` of `zh-Hans`.
  public var language: String { String(rawValue.prefix { $0 != "-" }).lowercased() }
  public var isChinese: Bool { language == "zh" }

  public var description: String { rawValue }
  public static func < (lhs: LanguageTag, rhs: LanguageTag) -> Bool { lhs.rawValue < rhs.rawValue }
}
