package import AlmanacCore

/// The state of an original that a translation was last held against: `translationOf: en@5f0c1b2a9d3e4f60` in its front
/// matter.
///
/// `almanac check --bless` writes it when an editor has compared the two. Sixteen digits tell any two states apart; the
/// edition's name before them says which one is the original, and keeps YAML from taking digits for a number.
package struct TranslationMark: Hashable, Sendable, CustomStringConvertible {
  /// The edition that was translated.
  package var edition: LanguageTag
  /// The first half of the text's fingerprint, in hexadecimal digits.
  package var digits: String

  /// The mark of a translation that agrees with the original as it is now.
  package init(of original: ChapterOutline) {
    edition = original.language
    digits = String(original.textFingerprint.description.prefix(16))
  }

  /// Reads a mark; `nil` for anything that `--bless` did not write.
  package init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let edition = LanguageTag(String(parts[0])), parts[1].utf8.count == 16,
      parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 })
    else { return nil }
    self.edition = edition
    digits = String(parts[1])
  }

  package var description: String { "\(edition)@\(digits)" }

  /// The key in a chapter's front matter.
  package static var key: String { "translationOf" }
}

extension Chapter {
  /// The fingerprint of what a translator reads: title and description as they are read, and the body.
  ///
  /// White space is left out, so that line endings, wrapped lines and indentation do not matter; nor does the mark of an
  /// edition that is itself a translation.
  package var textFingerprint: Fingerprint {
    var bytes = Array((title + "\u{0}" + (description ?? "") + "\u{0}").utf8)
    bytes.reserveCapacity(source.bytes.count)
    // ASCII alone, as nothing else in UTF-8 has a byte at or below a space.
    for byte in source.bytes[min(bodyOffset, source.bytes.count)...] where byte > 0x20 { bytes.append(byte) }
    return Fingerprint(bytes)
  }
}
