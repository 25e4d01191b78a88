internal import AlmanacCore

/// What stands in braces behind a heading, an image, a caption or a span: `{#fig-x .class alt="…"}`.
///
/// Follows the attributes of Pandoc: https://pandoc.org/MANUAL.html#heading-identifiers
struct AttributeList {
  /// Ranges count in the bytes that were parsed.
  var id: (text: String, range: Range<Int>)?
  var classes: [(text: String, range: Range<Int>)] = []
  var values: [(name: String, value: String, range: Range<Int>)] = []

  /// Reads `{…}`; the braces included.
  init?(_ bytes: some RandomAccessCollection<UInt8>) {
    let text = Array(bytes)
    guard text.count >= 3, text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else { return nil }
    let end = text.count - 1
    var index = 1
    func word(from start: Int) -> Range<Int> {
      var last = start
      while last < end, text[last] > 0x20, text[last] != UInt8(ascii: "="), text[last] != UInt8(ascii: "\"") {
        last += 1
      }
      return start..<last
    }
    func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
    while true {
      while index < end, text[index] <= 0x20 { index += 1 }
      guard index < end else { break }
      switch text[index] {
      case UInt8(ascii: "#"), UInt8(ascii: "."):
        let range = word(from: index + 1)
        guard !range.isEmpty, range.upperBound == end || text[range.upperBound] <= 0x20 else { return nil }
        if text[index] == UInt8(ascii: ".") {
          classes.append((string(range), range))
        } else {
          guard id == nil else { return nil }
          id = (string(range), range)
        }
        index = range.upperBound
      default:
        let name = word(from: index)
        guard !name.isEmpty, name.upperBound < end, text[name.upperBound] == UInt8(ascii: "=") else { return nil }
        var value: [UInt8] = []
        index = name.upperBound + 1
        if index < end, text[index] == UInt8(ascii: "\"") {
          index += 1
          while index < end, text[index] != UInt8(ascii: "\"") {
            if text[index] == UInt8(ascii: "\\"), index + 1 < end { index += 1 }
            value.append(text[index])
            index += 1
          }
          guard index < end else { return nil }
          index += 1
        } else {
          while index < end, text[index] > 0x20 {
            value.append(text[index])
            index += 1
          }
        }
        values.append((string(name), String(decoding: value, as: UTF8.self), name))
      }
    }
    guard id != nil || !classes.isEmpty || !values.isEmpty else { return nil }
  }
}

/// Whether a text may be an id: a letter first, then letters, digits, hyphens, underscores, dots and colons.
///
/// Letters may be Han, since default ids keep them.
func isValidID(_ text: String) -> Bool {
  guard let first = text.utf8.first, 0x61...0x7A ~= first | 0x20 || first >= 0x80 else { return false }
  return text.utf8.allSatisfy {
    0x61...0x7A ~= $0 | 0x20 || 0x30...0x39 ~= $0 || $0 >= 0x80 || "-_.:".utf8.contains($0)
  }
}
