internal import AlmanacCore
internal import Yams

/// Says in an author's words what libyaml found wrong.
///
/// libyaml has a nesting limit of its own, 1,000, for what ``YAMLPrescan`` should misread.
func explain(_ error: any Error, in text: YAMLText) -> Diagnostic {
  func span(_ mark: Mark) -> SourceSpan {
    var offset = text.offset(line: mark.line, column: mark.column)
    // Behind the end there is nothing to show; the last line with text has the problem.
    if offset >= text.bytes.count {
      offset = text.bytes.lastIndex { $0 > 0x20 } ?? 0
      while offset > 0, text.bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    }
    return text.span(offset..<offset + 1)
  }
  switch error as? YamlError {
  case .duplicatedKeysInMapping(let keys, let context):
    let key = keys.first ?? ""
    let places = duplicate(of: key, firstAt: (context.mark.line, context.mark.column), in: text)
    return .yamlDuplicateKey(
      key, at: text.span(places.second ?? places.first), first: places.second.map { _ in text.span(places.first) })
  case .composer(_, let problem, let mark, _) where problem.contains("another document"):
    return .yamlMultipleDocuments(at: span(mark))
  case .composer(_, _, let mark, _):
    let place = span(mark)
    let start = text.offset(line: mark.line, column: mark.column)
    let name = text.bytes.dropFirst(start + 1).prefix { $0 > 0x20 && ![0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains($0) }
    return .yamlUndefinedAlias(
      String(decoding: name, as: UTF8.self),
      at: SourceSpan(path: place.path, start: place.start, end: text.location(of: start + 1 + name.count)),
      anchors: YAMLPrescan(text.bytes).anchors)
  case .parser(_, let problem, let mark, _) where problem.hasPrefix("Maximum nesting level"):
    return .yamlTooDeep(limit: deepestNesting, at: span(mark))
  case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
    let offset = text.offset(line: mark.line, column: mark.column)
    let explanation = explanation(of: problem, context: context?.text ?? "", at: offset, in: text.bytes)
    let place = explanation.isAtContext ? context?.mark ?? mark : mark
    return .yamlSyntax(explanation.message, at: span(place), hint: explanation.hint)
  case .reader(_, let offset, let value, let yaml):
    let place = offset.map { String(yaml.prefix($0)).utf8.count } ?? 0
    return .yamlSyntax(
      "a control character (code \(value)) stands in the text", at: text.span(place..<place + 1),
      hint: "remove it, or write it as an escape in double quotes")
  default:
    return .yamlSyntax("the file cannot be read as YAML", at: text.span(0..<0), hint: nil)
  }
}

private struct Explanation {
  var message: String
  var hint: String?
  var isAtContext = false
}

private func explanation(of problem: String, context: String, at offset: Int, in bytes: [UInt8]) -> Explanation {
  let byte = offset < bytes.count ? bytes[offset] : 0
  let character = byte > 0x20 && byte < 0x7F ? String(UnicodeScalar(byte)) : ""
  switch problem {
  case "found character that cannot start any token":
    if byte == 0x09 { return Explanation(message: "a tab cannot indent", hint: "use spaces") }
    return Explanation(message: "text cannot begin with '\(character)'", hint: "put the text in quotes")
  case "found a tab character where an indentation space is expected",
    "found a tab character that violates indentation":
    return Explanation(message: "a tab cannot indent", hint: "use spaces")
  case "mapping values are not allowed in this context" where lacksSpaceBehindColon(above: offset, in: bytes):
    return Explanation(
      message: "a ':' cannot begin a value here", hint: "a space is missing behind ':' in the line above")
  case "mapping values are not allowed in this context":
    return Explanation(
      message: "a ':' cannot begin a value here",
      hint:
        "put text that contains ': ' in quotes; give each 'key: value' its own line, in the column of its neighbours")
  case "could not find expected ':'":
    return Explanation(
      message: "this line is neither 'key: value' nor a list item", hint: "a ':' or its space is missing",
      isAtContext: true)
  case "found unexpected end of stream":
    return Explanation(message: "a quotation mark is never closed", hint: nil, isAtContext: true)
  case "found unexpected document indicator":
    return Explanation(message: "a quotation mark is not closed before '---'", hint: nil, isAtContext: true)
  case "did not find expected key" where context.contains("block mapping"):
    let before = bytes[..<min(offset, bytes.count)].last { $0 != 0x20 }
    if before == UInt8(ascii: "'") || before == UInt8(ascii: "\"") {
      return Explanation(
        message: "text behind a closing quotation mark",
        hint: "put the whole text in quotes; inside '…' write '' for an apostrophe")
    }
    return Explanation(message: "the indentation fits no line above", hint: "keys of one map stand in one column")
  case "did not find expected alphabetic or numeric character":
    let sign = context.contains("alias") ? "*" : "&"
    return Explanation(
      message: "'\(sign)' begins a name here, which is missing", hint: "put text that begins with '\(sign)' in quotes",
      isAtContext: true)
  case "did not find expected hexdecimal number":
    return Explanation(message: "the escape lacks hexadecimal digits", hint: "such as '\\u4e2d'")
  case "did not find expected '-' indicator":
    return Explanation(message: "a list item is expected here", hint: "items of one list begin with '- ' in one column")
  case "did not find expected ',' or ']'", "did not find expected ',' or '}'", "did not find expected node content":
    return Explanation(
      message: problem.hasSuffix("content") ? "a value is missing" : "a bracket is never closed, or a comma is missing",
      hint: nil, isAtContext: !problem.hasSuffix("content") && !context.isEmpty)
  case "found unknown escape character":
    return Explanation(
      message: "'\\' begins no escape here", hint: "in double quotes write '\\\\', or use single quotes")
  case "did not find expected <document start>":
    return Explanation(message: "text behind the end of the value", hint: "indent it, or put the text above in quotes")
  case "block sequence entries are not allowed in this context":
    return Explanation(message: "a list cannot begin here", hint: "begin it on its own line")
  default:
    // libyaml's own words, which are plain enough: "found duplicate %YAML directive".
    return Explanation(message: problem, hint: nil)
  }
}

/// Tells whether the line above holds a `key:value` that was meant as `key: value`.
private func lacksSpaceBehindColon(above offset: Int, in bytes: [UInt8]) -> Bool {
  let lines = bytes[..<min(offset, bytes.count)].split(omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }
  guard lines.count > 1 else { return false }
  let line = lines[lines.count - 2].drop { $0 == 0x20 || $0 == UInt8(ascii: "-") }
  let key = line.prefix { $0 != UInt8(ascii: ":") && $0 > 0x20 }
  let behind = line.dropFirst(key.count + 1).first
  return !key.isEmpty && key.count < line.count && line[key.endIndex] == UInt8(ascii: ":")
    && behind != nil && behind != 0x20 && behind != UInt8(ascii: "/")
}

/// Finds both places of a key of which Yams gives the name and the first, by the column of the first.
func duplicate(
  of key: String, firstAt mark: (line: Int, column: Int), in text: YAMLText
) -> (first: Range<Int>, second: Range<Int>?) {
  let start = text.offset(line: mark.line, column: mark.column)
  func keyRange(at offset: Int) -> Range<Int>? {
    guard offset < text.bytes.count else { return nil }
    let isQuoted = text.bytes[offset] == 0x22 || text.bytes[offset] == 0x27
    let end = isQuoted ? text.quotedRange(from: offset).upperBound : offset + key.utf8.count
    guard end <= text.bytes.count, end - offset >= (isQuoted ? 2 : 1) else { return nil }
    let written = text.bytes[offset..<end].dropFirst(isQuoted ? 1 : 0).dropLast(isQuoted ? 1 : 0)
    guard written.elementsEqual(key.utf8) else { return nil }
    let behind = text.bytes[end...].first { $0 != 0x20 }
    return behind == UInt8(ascii: ":") ? offset..<end : nil
  }
  let first = keyRange(at: start) ?? start..<min(start + 1, text.bytes.count)
  for line in (mark.line + 1)..<(mark.line + 10_000) {
    let offset = text.offset(line: line, column: mark.column)
    if offset >= text.bytes.count { break }
    if text.location(of: offset).column == mark.column, let second = keyRange(at: offset) { return (first, second) }
  }
  // In braces, keys share a line.
  for offset in text.bytes.indices.dropFirst(first.upperBound)
  where [0x20, 0x2C, 0x7B, 0x0A].contains(text.bytes[offset - 1]) {
    if let second = keyRange(at: offset) { return (first, second) }
  }
  return (first, nil)
}
