package import AlmanacCore
internal import MarkdownTree

/// A line of text that an author wrote outside of a chapter's Markdown: a title, a caption, a note of a table.
package struct LineText: Hashable, Sendable {
  /// What YAML makes of it, with the marks of the dialect: `[Llama 3]{.literal}`.
  package var text: String
  /// Where it stands, with its quotes.
  package var span: SourceSpan
  /// What stands right before the text within the span, if the span holds more.
  var marker: String?

  package init(text: String, span: SourceSpan, marker: String? = nil) {
    self.text = text
    self.span = span
    self.marker = marker
  }
}

extension LineText {
  /// The words as a reader sees them where no markup can be: in a title or a description.
  package var plainText: String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    let chapter = readInlineText(SourceFile(path: span.path, text: text)).value
    return chapter.literals.isEmpty ? text : chapter.tree.plainText(of: .document)
  }

  func unboundNumbers(in source: SourceFile, _ lines: SourceLines, _ names: VersionedNames) -> [UnboundNumber] {
    guard mayHoldNumber(text.utf8) else { return [] }
    let line = SourceFile(path: span.path, text: text)
    // Most texts hold nothing of the dialect, and most of the others no number.
    let ranges = unboundNumbersOfLine(line, names)
    guard !ranges.isEmpty else { return [] }
    let offsets = alignedOffsets(in: source, lines)
    return ranges.map { range in
      UnboundNumber(
        text: String(decoding: line.bytes[range], as: UTF8.self),
        span: lines.span(offsets[range.lowerBound]..<offsets[range.upperBound - 1] + 1))
    }
  }

  /// Where something that stands within the text stands in its file.
  /// - Parameter inner: as ``readInlineText(_:)`` gives it for the text on its own.
  func span(of inner: SourceSpan, in source: SourceFile, _ lines: SourceLines) -> SourceSpan {
    let own = SourceLines(SourceFile(path: span.path, text: text))
    let range = own.offset(of: inner.start)..<own.offset(of: inner.end)
    let offsets = alignedOffsets(in: source, lines)
    guard !range.isEmpty, range.upperBound <= offsets.count else { return span }
    return lines.span(offsets[range.lowerBound]..<offsets[range.upperBound - 1] + 1)
  }

  private func unboundNumbersOfLine(_ line: SourceFile, _ names: VersionedNames) -> [Range<Int>] {
    let plain = ReportModel.unboundNumbers(in: line.bytes, names: names)
    guard !plain.isEmpty, line.bytes.contains(where: { "`[@<*_\\&".utf8.contains($0) }) else { return plain }
    let lines = SourceLines(line)
    return readInlineText(line).value.findProseNumbers(names).map { span in
      lines.offset(of: span.start)..<lines.offset(of: span.end)
    }
  }

  /// Where each byte of the text stands in the file. Quotes, escapes and the indentation of later lines are stepped over.
  private func alignedOffsets(in source: SourceFile, _ lines: SourceLines) -> [Int] {
    let bytes = source.bytes
    var cursor = lines.offset(of: span.start)
    let end = lines.offset(of: span.end)
    if let marker {
      let found = (cursor..<end).last { bytes[$0..<end].starts(with: marker.utf8) }
      cursor = found.map { $0 + marker.utf8.count } ?? cursor
    }
    return text.utf8.map { byte in
      var place = cursor
      let limit = min(end, cursor + 200)
      while place < limit, bytes[place] != byte, byte > 0x20 || bytes[place] > 0x20 { place += 1 }
      if place < limit { cursor = place + 1 } else { place = min(cursor, max(0, end - 1)) }
      return place
    }
  }
}

extension SourceLines {
  /// The byte at which a place begins.
  func offset(of location: SourceLocation) -> Int {
    let line = range(ofLine: location.line)
    var offset = line.lowerBound
    var column = 1
    while offset < line.upperBound {
      if file.bytes[offset] & 0xC0 != 0x80 {
        if column == location.column { break }
        column += 1
      }
      offset += 1
    }
    return offset
  }
}
