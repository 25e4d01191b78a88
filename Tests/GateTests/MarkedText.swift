import AlmanacCore
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A text without the marks `«` and `»`, and what stands between them.
struct MarkedText {
  var text = ""
  /// As spans print: `2:3-2:8`.
  var places: [String] = []

  init(_ marked: String) {
    var place = AlmanacCore.SourceLocation(line: 1, column: 1)
    var start = place
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«": start = place
      case "»": places.append(MarkedText.name(start, place))
      default:
        text.unicodeScalars.append(scalar)
        place.column += 1
        if scalar == "\n" { place = .init(line: place.line + 1, column: 1) }
      }
    }
  }

  static func name(_ start: AlmanacCore.SourceLocation, _ end: AlmanacCore.SourceLocation) -> String {
    "\(start.line):\(start.column)-\(end.line):\(end.column)"
  }
}

/// Reads a file beside the tests.
func textOfThisFolder(_ name: String, file: String = #filePath) throws -> String {
  let folder = file.split(separator: "/").dropLast().joined(separator: "/")
  let handle = try #require(fopen("/\(folder)/\(name)", "r"))
  defer { fclose(handle) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, handle)
    if count == 0 { break }
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}
