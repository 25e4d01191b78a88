/// Finds the numbers of a text that state a quantity: in digits, full-width digits, Chinese numerals, and in English words
/// before a magnitude.
///
/// Such a number belongs in the ledger, so in prose it is a mistake. What merely looks like a number is passed over: years
/// and dates, versions and names of models (`GPT-4`, `Qwen2.5-72B`, `H100`), references to figures, sections and pages,
/// ordinals (`3rd`, `第三`, `top 10`), numbers of lists, titles in 《》, clock times, addresses, fixed expressions (`一带一路`).
/// Small numbers in words (`two`, `两家`) are words.
///
/// - Parameter text: UTF-8 of a run of prose. Code, bound numbers and citations stand in it as U+FFFC, which is a word.
/// - Returns: ranges of bytes, in order; a number's percent sign or magnitude (`5.15亿`, `109.1 billion`) belongs to it.
package func unboundNumbers(in text: some Collection<UInt8>, names: VersionedNames = .builtIn) -> [Range<Int>] {
  guard mayHoldNumber(text) else { return [] }
  var finder = NumberFinder(text: DecodedText(text), names: names)
  finder.run()
  return finder.found.map { finder.text.byteRange(of: $0) }
}

/// Whether a text has anything that a number could be made of. Looks at each byte once.
package func mayHoldNumber(_ text: some Collection<UInt8>) -> Bool {
  // The last four bytes.
  var recent: UInt32 = 0
  for byte in text {
    recent = recent << 8 | UInt32(byte)
    if byte < 0x80 {
      if byte &- 0x30 < 10 { return true }
      if isEndOfMagnitude(recent) { return true }
      continue
    }
    guard byte < 0xC0 else { continue }
    switch recent & 0xFFFFFF {
    // ０ to ９, 〇, 一, 七, 万, 三, 两, 九, 二, 五, 亿, 八, 六, 十, 千, 四, 百, 零.
    case 0xEFBC90...0xEFBC99, 0xE38087, 0xE4B880, 0xE4B883, 0xE4B887, 0xE4B889, 0xE4B8A4, 0xE4B99D, 0xE4BA8C, 0xE4BA94,
      0xE4BABF, 0xE585AB, 0xE585AD, 0xE58D81, 0xE58D83, 0xE59B9B, 0xE799BE, 0xE99BB6:
      return true
    default: continue
    }
  }
  return false
}

/// Whether four bytes end `million`, `percent` or `cent`, `thousand`, `hundred`.
private func isEndOfMagnitude(_ bytes: UInt32) -> Bool {
  bytes == 0x6C69_6F6E || bytes == 0x6365_6E74 || bytes == 0x7361_6E64 || bytes == 0x6472_6564
}

/// A text as scalars that remember their bytes. Full-width digits, letters and signs are as good as plain ones.
struct DecodedText {
  private(set) var scalars: [Unicode.Scalar] = []
  /// Whether words such as `million` stand in it, so that words of numbers must be looked at.
  private(set) var hasMagnitudeWords = false
  /// Offset of each scalar, and of the end.
  private var offsets: [Int32] = []

  init(_ bytes: some Collection<UInt8>) {
    scalars.reserveCapacity(bytes.count)
    offsets.reserveCapacity(bytes.count + 1)
    let isDecoded: Void? = bytes.withContiguousStorageIfAvailable { decode($0) }
    if isDecoded == nil { Array(bytes).withUnsafeBufferPointer { decode($0) } }
  }

  /// Text of a tree is UTF-8 throughout; a byte that is not stands for itself.
  private mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    var recent: UInt32 = 0
    while index < bytes.count {
      let first = bytes[index]
      offsets.append(Int32(truncatingIfNeeded: index))
      if first < 0x80 {
        recent = recent << 8 | UInt32(first)
        if isEndOfMagnitude(recent) { hasMagnitudeWords = true }
        scalars.append(Unicode.Scalar(first))
        index += 1
        continue
      }
      recent = 0
      let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
      var value = UInt32(first) & (0xFF >> UInt32(length + 1))
      for place in index + 1..<min(index + length, bytes.count) { value = value << 6 | UInt32(bytes[place] & 0x3F) }
      scalars.append(plain(Unicode.Scalar(value) ?? "\u{FFFD}"))
      index = min(index + length, bytes.count)
    }
    offsets.append(Int32(truncatingIfNeeded: bytes.count))
  }

  func byteRange(of range: Range<Int>) -> Range<Int> {
    Int(offsets[range.lowerBound])..<Int(offsets[range.upperBound])
  }

  func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
}

/// The plain form of a full-width digit, letter, point or percent sign, of a no-break space, and of dashes that join.
private func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  if scalar.value &- 0x3000 < 0xCF00 { return scalar }
  return switch scalar.value {
  case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF05, 0xFF0E, 0xFF0B, 0xFF04, 0xFF03, 0xFF0F:
    Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
  case 0xA0, 0x2009, 0x202F, 0x2007: " "
  case 0x2010, 0x2011: "-"
  default: scalar
  }
}

/// The walk through one text. Extensions hold what it knows of digits, of their surroundings, and of Chinese numerals.
struct NumberFinder {
  let text: DecodedText
  let scalars: [Unicode.Scalar]
  let names: VersionedNames
  var found: [Range<Int>] = []
  var index = 0
  /// Behind the last number that was passed over as a version or reference: "Figures 3 and 4" goes on from there.
  var passedEnd: Int?
  /// The last number of an enumeration `(1) … (2)`.
  var listNumber = 0

  init(text: DecodedText, names: VersionedNames) {
    self.text = text
    self.names = names
    scalars = text.scalars
  }

  mutating func run() {
    while index < scalars.count {
      let scalar = scalars[index]
      if isDigit(at: index) {
        if let end = names.end(ofNameIn: scalars, at: index) { index = end } else { readDigits() }
      } else if scalar.value < 0x80 {
        readLetters()
      } else if scalar == "《" || scalar == "〈" {
        index = endOfTitle(from: index)
      } else if isChineseNumeral(scalar) {
        readChineseNumeral()
      } else if let end = names.end(ofNameIn: scalars, at: index) {
        index = end
        passedEnd = end
      } else {
        index += 1
      }
    }
  }

  /// Steps over a word; a name with a version in it goes as a whole, and a number in words is read.
  private mutating func readLetters() {
    guard isLatinLetter(scalars[index]), index == 0 || !isLatinLetter(scalars[index - 1]) else {
      index += 1
      return
    }
    if let end = names.end(ofNameIn: scalars, at: index) {
      index = end
      passedEnd = end
    } else if text.hasMagnitudeWords, let end = endOfWordedNumber(from: index) {
      if !isUnitOfCounting(from: index) { found.append(index..<end) }
      index = end
    } else {
      while index < scalars.count, isLatinLetter(scalars[index]) { index += 1 }
    }
  }

  /// Behind the 》 that closes a title, or behind the opening mark when none does.
  private func endOfTitle(from start: Int) -> Int {
    let closing: Unicode.Scalar = scalars[start] == "《" ? "》" : "〉"
    let limit = min(scalars.count, start + 200)
    return scalars[start..<limit].firstIndex(of: closing).map { $0 + 1 } ?? start + 1
  }

  // MARK: - English numbers in words

  /// `five million`, `twenty-five percent`: words of numbers are quantities before a magnitude or a percentage.
  private func endOfWordedNumber(from start: Int) -> Int? {
    guard mayBeginNumeral(at: start) else { return nil }
    var place = start
    var found: Int?
    for words in 0..<8 {
      let end = endOfLetters(from: place)
      guard end > place else { break }
      let word = text.string(place..<end).lowercased()
      if words > 0, let end = endOfMagnitude(from: place) {
        found = end
        place = end
      } else if NumberWords.numerals.contains(word) || words > 0 && ["and", "point"].contains(word) {
        place = end
      } else {
        break
      }
      guard scalar(at: place) == " " || scalar(at: place) == "-" else { break }
      place += 1
    }
    return found
  }

  /// Keeps a number; "2至3倍", whose unit stands behind the second part only, is one.
  mutating func keep(_ range: Range<Int>) {
    if let last = found.last, last.upperBound + 1 == range.lowerBound, isDigit(at: last.upperBound - 1),
      "至到~～-–—".unicodeScalars.contains(scalars[last.upperBound])
    {
      found[found.count - 1] = last.lowerBound..<range.upperBound
    } else {
      found.append(range)
    }
  }

  /// Three letters tell most words from `one` to `ninety`.
  private func mayBeginNumeral(at start: Int) -> Bool {
    let letters = (0..<3).reduce(UInt32(0)) { $0 << 8 | (scalar(at: start + $1).value | 0x20) & 0xFF }
    switch letters {
    // one two thr fou fiv six sev eig nin ten ele twe thi fif for zer
    case 0x6F6E65, 0x74776F, 0x746872, 0x666F75, 0x666976, 0x736978, 0x736576, 0x656967, 0x6E696E, 0x74656E, 0x656C65,
      0x747765, 0x746869, 0x666966, 0x666F72, 0x7A6572:
      return true
    default: return false
    }
  }

  // MARK: - Scalars

  func scalar(at place: Int) -> Unicode.Scalar { place >= 0 && place < scalars.count ? scalars[place] : "\n" }
  func isDigit(at place: Int) -> Bool { place >= 0 && place < scalars.count && scalars[place].value &- 0x30 < 10 }

  func isLatinLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80
      ? (scalar.value | 0x20) &- 0x61 < 26
      : scalar.value < 0x250 && scalar.value >= 0xC0 && scalar.properties.isAlphabetic
  }

  func endOfLetters(from start: Int) -> Int {
    var end = start
    while end < scalars.count, isLatinLetter(scalars[end]) { end += 1 }
    return end
  }

  func matches(_ words: String, at place: Int) -> Bool {
    var place = place
    for scalar in words.unicodeScalars {
      guard self.scalar(at: place) == scalar else { return false }
      place += 1
    }
    return true
  }

  func matchesAny(_ words: [String], at place: Int) -> Bool { words.contains { matches($0, at: place) } }

  /// Whether one of some words ends right before a place.
  func endsWithAny(_ words: [String], before place: Int) -> Bool {
    words.contains { matches($0, at: place - $0.unicodeScalars.count) }
  }

  /// Behind the spaces that follow a place.
  func skipSpaces(from place: Int) -> Int {
    var place = place
    while scalar(at: place) == " " { place += 1 }
    return place
  }

  /// Behind the last character that is no space before a place.
  func skipSpaces(before place: Int) -> Int {
    var place = place
    while scalar(at: place - 1) == " " { place -= 1 }
    return place
  }

  /// The Latin word that ends before a place, spaces between: with its points and `#`, `§`, `№`.
  func wordRange(before place: Int) -> Range<Int> {
    let end = skipSpaces(before: place)
    var start = end
    while start > 0, isLatinLetter(scalars[start - 1]) || ".#§№&·".unicodeScalars.contains(scalars[start - 1]) {
      start -= 1
    }
    return start..<end
  }

  func word(before place: Int) -> String { text.string(wordRange(before: place)) }

  /// The Latin word behind a place, spaces between; empty when something else stands there.
  func word(from place: Int) -> String {
    let start = skipSpaces(from: place)
    return text.string(start..<endOfLetters(from: start))
  }
}
