// Finds words in SQL texts, to say where a problem stands that SQLite only names.

/// Tells whether a name can stand in a query without quotes.
func isViewName(_ name: String) -> Bool {
  guard let first = name.utf8.first, !(first &- 0x30 < 10), name.utf8.count <= 64,
    !name.lowercased().hasPrefix("sqlite_")
  else { return false }
  return name.utf8.allSatisfy(isWordByte)
}

/// Returns the range of the first place where a word stands outside of comments, as a whole and in any case.
func wordRange(_ word: String, in sql: String) -> Range<Int>? {
  let text = Array(sql.utf8)
  let wanted = Array(word.utf8)
  guard !wanted.isEmpty, wanted.count <= text.count else { return nil }
  for start in 0...(text.count - wanted.count) {
    let end = start + wanted.count
    guard zip(text[start..<end], wanted).allSatisfy({ lowercase($0) == lowercase($1) }),
      start == 0 || !isWordByte(text[start - 1]), end == text.count || !isWordByte(text[end])
    else { continue }
    return start..<end
  }
  return nil
}

/// Returns the offset behind the word that begins at `start`.
func wordEnd(from start: Int, in sql: String) -> Int {
  var end = start
  for byte in sql.utf8.dropFirst(start) {
    guard isWordByte(byte) else { break }
    end += 1
  }
  return end
}

/// Returns the length of the first word with what stands before it; at least 1.
func firstWord(_ sql: String) -> Int {
  let space = sql.utf8.prefix { !isWordByte($0) }.count
  return max(1, wordEnd(from: space, in: sql))
}

/// Returns where a date function is given the present, `'now'`: a page must not depend on the hour.
func currentTimeLiteral(in sql: String) -> Range<Int>? {
  let text = Array(sql.utf8)
  for (index, byte) in text.enumerated() where byte == 0x27 && index + 5 <= text.count {
    guard let closing = text[(index + 1)...].firstIndex(of: 0x27) else { return nil }
    let inner = text[(index + 1)..<closing].filter { $0 > 0x20 }.map(lowercase)
    if inner == Array("now".utf8) { return index..<closing + 1 }
  }
  return nil
}

/// Tells whether nothing but comments stands in a text.
func isComment(_ text: ArraySlice<UInt8>) -> Bool {
  var rest = text
  while let first = rest.first {
    if first <= 0x20 || first == UInt8(ascii: ";") {
      rest = rest.dropFirst()
    } else if rest.starts(with: "--".utf8) {
      rest = rest.drop { $0 != 0x0A }
    } else if rest.starts(with: "/*".utf8) {
      rest = rest.dropFirst(2)
      while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
      rest = rest.dropFirst(2)
    } else {
      return false
    }
  }
  return true
}

private func isWordByte(_ byte: UInt8) -> Bool {
  byte == 0x5F || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
}

private func lowercase(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
