internal import AlmanacCore

/// Hands out the ids of a chapter's headings: the author's own first, then slugs of the words.
///
/// A slug that is taken is joined to the id of the section around it (`china-prices`), which a reader of the address
/// understands; only when that is taken too, a number from 2 is added. Adding a section elsewhere in the chapter hence
/// rarely changes an id.
struct HeadingIdentifiers {
  private var taken: Set<String>
  /// The number to try next for a slug that is taken often.
  private var nextNumbers: [String: Int] = [:]
  /// Ids of the sections around the next heading.
  private var open: [(level: Int, id: String)] = []

  init(explicit: some Sequence<String>) { taken = Set(explicit) }

  mutating func isTaken(_ id: String) -> Bool { taken.contains(id) }

  /// Returns the id of the next heading, in the order of the text.
  mutating func next(level: Int, slug: String, explicit: String?) -> String {
    while let last = open.last, last.level >= level { open.removeLast() }
    let id = explicit ?? unused(slug)
    taken.insert(id)
    open.append((level, id))
    return id
  }

  private mutating func unused(_ slug: String) -> String {
    if !taken.contains(slug) { return slug }
    var candidate = slug
    if let parent = open.last {
      candidate = "\(parent.id)-\(slug)"
      if !taken.contains(candidate) { return candidate }
    }
    var number = nextNumbers[candidate] ?? 2
    while taken.contains("\(candidate)-\(number)") { number += 1 }
    nextNumbers[candidate] = number + 1
    return "\(candidate)-\(number)"
  }
}

/// Returns the default id of a heading, as GitHub makes it: small letters, hyphens for spaces, no other punctuation;
/// letters of all scripts stay.
func slug(_ text: String) -> String {
  var slug: [UInt8] = []
  var isPlain = true
  for byte in text.utf8 {
    switch byte {
    case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "_"): slug.append(byte)
    case 0x41...0x5A: slug.append(byte | 0x20)
    case 0x20, 0x09, 0x0A: slug.append(UInt8(ascii: "-"))
    case 0x80...: isPlain = false
    default: break
    }
  }
  if !isPlain { slug = Array(unicodeSlug(text).utf8) }
  while slug.last == UInt8(ascii: "-") { slug.removeLast() }
  let trimmed = slug.drop { $0 == UInt8(ascii: "-") }
  return trimmed.isEmpty ? "section" : String(decoding: trimmed, as: UTF8.self)
}

private func unicodeSlug(_ text: String) -> String {
  var slug = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: slug.append(scalar)
    case 0x20, 0x09, 0x0A, 0x3000: slug.append("-")
    case 0..<0x80: if 0x41...0x5A ~= scalar.value { slug.append(Unicode.Scalar(UInt8(scalar.value | 0x20))) }
    default:
      let properties = scalar.properties
      if properties.isAlphabetic || properties.numericType != nil || properties.generalCategory == .nonspacingMark {
        slug.append(contentsOf: properties.lowercaseMapping.unicodeScalars)
      }
    }
  }
  return String(slug)
}
