package import AlmanacCore
package import Localization

/// The words of the pages that are not content, for one edition: `Templates/strings/<lang>.yaml`, overridden by
/// `Content/strings/<lang>.yaml`.
package struct PageWords: Sendable {
  private let catalogue: MessageCatalogue
  /// Every message without placeholders, for the templates' `strings.key`.
  package let all: [String: String]
  package let fingerprint: Fingerprint

  /// - Parameter fingerprint: of the files that the catalogue was read from.
  package init(_ catalogue: MessageCatalogue, fingerprint: Fingerprint) {
    self.catalogue = catalogue
    self.fingerprint = fingerprint
    all = Dictionary(
      catalogue.keys.map { ($0, catalogue.text($0) ?? $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The text of a key; the key itself when there is none, so that what is missing is seen.
  package subscript(_ key: String) -> String { all[key] ?? key }

  /// The text of a key, or `nil` when there is none.
  package func text(_ key: String) -> String? { all[key] }

  /// The text of a key with its `{placeholders}` filled in.
  package func callAsFunction(_ key: String, _ values: KeyValuePairs<String, MessageArgument>) -> String {
    catalogue.text(key, values) ?? key
  }
}
