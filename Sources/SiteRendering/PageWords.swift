package import AlmanacCore

/// The words of the pages that are not content, for one edition: `Templates/strings/<lang>.yaml`, overridden by
/// `Content/strings/<lang>.yaml`.
package struct PageWords: Sendable, Hashable {
  private let texts: [String: String]
  package let fingerprint: Fingerprint

  package init(_ texts: [String: String]) {
    self.texts = texts
    fingerprint = Fingerprint(
      combining: texts.sorted { $0.key < $1.key }.flatMap { [Fingerprint($0.key), Fingerprint($0.value)] })
  }

  /// The text of a key; the key itself when there is none, so that what is missing is seen.
  package subscript(_ key: String) -> String { texts[key] ?? key }

  /// The text of a key with its `{placeholders}` filled in.
  package func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
    var text = self[key]
    for (name, value) in values { text = replacing("{\(name)}", in: text, with: value) }
    return text
  }

  /// Everything, for the templates' `strings.key`.
  package var all: [String: String] { texts }
}

private func replacing(_ placeholder: String, in text: String, with value: String) -> String {
  guard let found = text.firstRange(of: placeholder) else { return text }
  return String(text[..<found.lowerBound]) + value + replacing(placeholder, in: String(text[found.upperBound...]), with: value)
}
