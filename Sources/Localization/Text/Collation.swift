public import AlmanacCore

/// The order of names in lists and glossaries of a language; the same on every machine.
///
/// English and other scripts: letters without regard to case and accents, numbers by value. Chinese: Latin terms first, then Han by Pinyin
/// after the order of GB 2312, which knows the 3,755 commonest characters; rarer ones follow by code point.
public struct Collation: Sendable {
  private var pinyin: [Unicode.Scalar: UInt32]

  public init(_ language: LanguageTag) {
    pinyin = [:]
    guard language.isChinese else { return }
    var rank: UInt32 = 0
    for scalar in pinyinOrder.unicodeScalars where scalar.value > 0x20 {
      pinyin[scalar] = rank
      rank += 1
    }
  }

  /// What two texts are compared by. Make it once per text when sorting.
  public struct Key: Hashable, Comparable, Sendable {
    var weights: [UInt32]
    /// Decides between texts that differ in case or accents only.
    var text: String

    public static func < (lhs: Key, rhs: Key) -> Bool {
      if lhs.weights != rhs.weights { return lhs.weights.lexicographicallyPrecedes(rhs.weights) }
      return lhs.text.unicodeScalars.lexicographicallyPrecedes(rhs.text.unicodeScalars)
    }
  }

  public func key(_ text: String) -> Key {
    var weights: [UInt32] = []
    var number: UInt32?
    for scalar in text.unicodeScalars {
      if scalar.value >= 0x30, scalar.value <= 0x39 {
        number = min((number ?? 0) * 10 + (scalar.value - 0x30), 99_999_999)
        continue
      }
      if let digits = number { weights += [Self.numbers, digits] }
      number = nil
      append(scalar, to: &weights)
    }
    if let digits = number { weights += [Self.numbers, digits] }
    return Key(weights: weights, text: text)
  }

  public func sorted<Element>(_ elements: [Element], by text: (Element) -> String) -> [Element] {
    // The place decides between equal texts, so that the order is never up to the algorithm.
    let keyed = elements.enumerated().map { (key: key(text($0.element)), place: $0.offset, element: $0.element) }
    return keyed.sorted { $0.key == $1.key ? $0.place < $1.place : $0.key < $1.key }.map(\.element)
  }

  /// The letter under which a glossary files a term: `A` to `Z`, by Pinyin for Han, or `#`.
  public func indexLetter(_ text: String) -> Character {
    guard
      let first = text.unicodeScalars.first(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    else { return "#" }
    if let rank = pinyin[first] {
      return pinyinInitials.last { pinyin[$0.first] ?? 0 <= rank }?.letter ?? "A"
    }
    let base = first.properties.uppercaseMapping.decomposedBase
    return ("A"..."Z").contains(base) ? Character(base) : "#"
  }

  // Weights: punctuation, numbers, letters, common Han, all else.
  private static let numbers: UInt32 = 0x1000
  private static let letters: UInt32 = 0x2000
  private static let commonHan: UInt32 = 0x0200_0000
  private static let rest: UInt32 = 0x0300_0000

  private func append(_ scalar: Unicode.Scalar, to weights: inout [UInt32]) {
    if let rank = pinyin[scalar] { return weights.append(Self.commonHan + rank) }
    if scalar.properties.isAlphabetic {
      if scalar.properties.isIdeographic { return weights.append(Self.rest + scalar.value) }
      for letter in String(scalar).lowercased().unicodeScalars {
        weights.append(Self.letters + String(letter).decomposedBase.value)
      }
    } else if scalar.properties.generalCategory == .nonspacingMark {
      // An accent written as a scalar of its own.
    } else if scalar.properties.isWhitespace || scalar == "-" || scalar == "·" {
      weights.append(1)
    } else {
      weights.append(2 + min(scalar.value, 0xFF0))
    }
  }
}

extension String {
  /// The first scalar without its accents: é is e.
  fileprivate var decomposedBase: Unicode.Scalar {
    guard let first = unicodeScalars.first else { return "#" }
    if first.isASCII { return first }
    // Swift compares strings by canonical equivalence, so a letter with an accent equals its parts.
    for base in "aceinouszyACEINOUSZY".unicodeScalars {
      for accent in Self.accents where String(String.UnicodeScalarView([base, accent])) == String(first) { return base }
    }
    return first
  }

  /// Grave, acute, circumflex, tilde, diaeresis, ring, cedilla, caron, macron.
  private static let accents: [Unicode.Scalar] = [
    "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{308}", "\u{30A}", "\u{327}", "\u{30C}", "\u{304}",
  ]
}
