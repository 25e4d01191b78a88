import AlmanacCore
import Testing

/// A small generator whose numbers are the same everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Checks that a text with marks such as `«1»` is diagnosed exactly there.
func checkDiagnostics(
  _ marked: String, _ expected: [(Int, String)], sourceLocation: Testing.SourceLocation = #_sourceLocation,
  diagnose: (SourceFile) -> [Diagnostic]
) {
  var text = ""
  var places: [Int: AlmanacCore.SourceLocation] = [:]
  var place = AlmanacCore.SourceLocation(line: 1, column: 1)
  var rest = Substring(marked)
  while let character = rest.unicodeScalars.first {
    if character == "«", let end = rest.firstIndex(of: "»"),
      let number = Int(rest[rest.index(after: rest.startIndex)..<end])
    {
      places[number] = place
      rest = rest[rest.index(after: end)...]
      continue
    }
    text.unicodeScalars.append(character)
    rest.unicodeScalars.removeFirst()
    if character == "\n" {
      place.line += 1
      place.column = 1
    } else {
      place.column += 1
    }
  }
  let found = diagnose(SourceFile(path: "a.md", text: text))
    .map { "\($0.span.map { "\($0.start.line):\($0.start.column)" } ?? "-") \($0.code)" }
  let wanted = expected.map { "\(places[$0.0].map { "\($0.line):\($0.column)" } ?? "?") \($0.1)" }
  #expect(found.sorted() == wanted.sorted(), sourceLocation: sourceLocation)
}
