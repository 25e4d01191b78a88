#if canImport(Glibc)
  private import Glibc
#endif

/// Returns the text with marks that let CommonMark see emphasis next to Han characters; `nil` when none is needed.
///
/// By CommonMark's flanking rules the last asterisks of `**“重点”**内容` close nothing: punctuation stands before them
/// and a letter behind. Those rules assume spaces between words, and Chinese has none. So where exactly one neighbour
/// of a run of `*` or `~` is punctuation, neither is white space, and one of them is Chinese, Japanese or Korean, a mark that
/// counts as a letter goes between the punctuation and the run, which may then open and close. This is the rule of
/// "CommonMark CJK-friendly amendments" (https://github.com/tats-u/markdown-cjk-friendly); text without such
/// characters is parsed as it stands.
///
/// The mark is a noncharacter of Unicode that the text does not contain; the converter takes it out again.
func markChineseEmphasis(_ bytes: UnsafeBufferPointer<UInt8>) -> (marked: [UInt8], mark: [UInt8])? {
  let span = bytes.span
  var insertions: [Int] = []
  for delimiter in [UInt8(ascii: "*"), UInt8(ascii: "~")] {
    var index = 0
    while let start = firstIndex(of: delimiter, in: bytes, from: index) {
      var end = start + 1
      while end < bytes.count, bytes[end] == delimiter { end += 1 }
      index = end
      var runStart = start
      if isEscaped(start, in: bytes) { runStart += 1 }
      guard runStart < end, let place = insertion(besides: runStart..<end, in: span) else { continue }
      insertions.append(place)
    }
  }
  guard !insertions.isEmpty, let mark = unusedMark(in: bytes) else { return nil }
  insertions.sort()
  var marked: [UInt8] = []
  marked.reserveCapacity(bytes.count + insertions.count * mark.count)
  var copied = 0
  for place in insertions {
    marked.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<place]))
    marked.append(contentsOf: mark)
    copied = place
  }
  marked.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
  return (marked, mark)
}

private func insertion(besides run: Range<Int>, in bytes: Span<UInt8>) -> Int? {
  // Between two ASCII characters nothing is Chinese: the usual case, decided by two bytes.
  let isASCIIBefore = run.lowerBound == 0 || bytes[run.lowerBound - 1] < 0x80
  let isASCIIBehind = run.upperBound == bytes.count || bytes[run.upperBound] < 0x80
  if isASCIIBefore && isASCIIBehind { return nil }
  let before = scalarBefore(run.lowerBound, in: bytes)
  let behind = scalarAfter(run.upperBound, in: bytes)
  guard !isWhitespace(before), !isWhitespace(behind), isCJK(before) || isCJK(behind) else { return nil }
  switch (isPunctuation(before), isPunctuation(behind)) {
  case (true, false): return run.lowerBound
  case (false, true): return run.upperBound
  default: return nil
  }
}

/// Whether an odd number of backslashes stands before `index`.
private func isEscaped(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var start = index
  while start > 0, bytes[start - 1] == UInt8(ascii: "\\") { start -= 1 }
  return (index - start) % 2 == 1
}

func firstIndex(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  guard start < bytes.count, let base = bytes.baseAddress,
    let found = memchr(base + start, Int32(byte), bytes.count - start)
  else { return nil }
  return UnsafeRawPointer(found) - UnsafeRawPointer(base)
}

/// U+FDD0 to U+FDEF are never characters; a text that holds all of them is read by the plain rules.
private func unusedMark(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  for last in UInt8(0x90)...0xAF {
    let mark: [UInt8] = [0xEF, 0xB7, last]
    if !contains(mark, in: bytes) { return mark }
  }
  return nil
}

/// Whether the three bytes of a mark stand in `bytes`. Looks for the second one: the first begins every full-width comma.
func contains(_ mark: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var index = 1
  while let found = firstIndex(of: mark[1], in: bytes, from: index) {
    if bytes[found - 1] == mark[0], found + 1 < bytes.count, bytes[found + 1] == mark[2] { return true }
    index = found + 1
  }
  return false
}
