package import AlmanacCore
package import Testing

/// Ours, not Testing's type of the same name.
package typealias Place = AlmanacCore.SourceLocation

/// What a diagnostics test expects at a mark: its code and, if it matters, a part of its message or hint.
package struct Expected: Sendable {
  package var mark: Int
  package var code: String
  package var part: String?

  package init(_ mark: Int, _ code: String, _ part: String? = nil) {
    self.mark = mark
    self.code = code
    self.part = part
  }
}

/// Takes marks such as `«1»` out of a text: each says where a diagnostic must begin.
package func takeMarks(_ marked: String) -> (text: String, marks: [Int: Place]) {
  var text = String.UnicodeScalarView()
  var marks: [Int: Place] = [:]
  var place = Place(line: 1, column: 1)
  let scalars = Array(marked.unicodeScalars)
  var index = 0
  while index < scalars.count {
    if scalars[index] == "«", let end = scalars[index...].firstIndex(of: "»"),
      let mark = Int(scalars[(index + 1)..<end].map(String.init).joined())
    {
      marks[mark] = place
      index = end + 1
      continue
    }
    text.append(scalars[index])
    if scalars[index] == "\n" {
      place = Place(line: place.line + 1, column: 1)
    } else if scalars[index] != "\r" {
      place.column += 1
    }
    index += 1
  }
  return (String(text), marks)
}

/// Expects exactly these diagnostics, at these marks. A mark of 0 means any place.
package func check(
  _ marked: String, _ expected: [Expected], _ diagnose: (SourceFile) -> [Diagnostic],
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let (text, marks) = takeMarks(marked)
  let found = diagnose(SourceFile(path: "file", text: text))
  let comment = Comment(
    rawValue:
      "in \(marked.prefix(200)): found \(found.map { "\($0.code) \($0.message) at \($0.span.map { "\($0.start.line):\($0.start.column)" } ?? "-") hint: \($0.hint ?? "-")" })"
  )
  guard found.count == expected.count else {
    #expect(found.map { $0.code } == expected.map { $0.code }, comment, sourceLocation: sourceLocation)
    return
  }
  for (diagnostic, expected) in zip(found, expected) {
    #expect(diagnostic.code == expected.code, comment, sourceLocation: sourceLocation)
    if expected.mark > 0 {
      #expect(diagnostic.span?.start == marks[expected.mark], comment, sourceLocation: sourceLocation)
    }
    if let part = expected.part {
      #expect(
        "\(diagnostic.message) | \(diagnostic.hint ?? "")".contains(part), comment, sourceLocation: sourceLocation)
    }
  }
}

/// Expects exactly these diagnostics, in any order: pairs of a mark and a code.
package func checkDiagnostics(
  _ marked: String, _ expected: [(Int, String)], sourceLocation: Testing.SourceLocation = #_sourceLocation,
  diagnose: (SourceFile) -> [Diagnostic]
) {
  let (text, marks) = takeMarks(marked)
  let found = diagnose(SourceFile(path: "a.md", text: text))
    .map { "\($0.span.map { "\($0.start.line):\($0.start.column)" } ?? "-") \($0.code)" }
  let wanted = expected.map { "\(marks[$0.0].map { "\($0.line):\($0.column)" } ?? "?") \($0.1)" }
  #expect(found.sorted() == wanted.sorted(), sourceLocation: sourceLocation)
}
