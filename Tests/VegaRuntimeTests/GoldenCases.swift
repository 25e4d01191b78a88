/// Cases that the reference implementations computed, one a line; what differs is told all at once.
struct GoldenCases {
  /// Fields of each line, parted by `|` or by ` → `.
  var lines: [[String]]

  init(_ name: String, separator: String = "|", file: String = #filePath) throws {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let text = try String(contentsOfFileAt: folder + "/Golden/" + name)
    lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      var fields: [String] = []
      var rest = line
      while let range = rest.firstRange(of: separator), fields.count < 3 {
        fields.append(String(rest[..<range.lowerBound]))
        rest = rest[range.upperBound...]
      }
      return fields + [String(rest)]
    }
  }

  /// Returns a line for each case whose result is not the expected one, its last field.
  func mismatches(
    tolerance: Double = 1e-9, expect: (String) -> String = { $0 }, _ result: ([String]) -> String?
  ) -> [String] {
    lines.compactMap { fields in
      let expected = expect(fields[fields.count - 1])
      guard let found = result(fields) else { return nil }
      if sameText(found, expected, tolerance) { return nil }
      return fields.dropLast().joined(separator: " | ") + "\n  expected \(expected)\n  found    \(found)"
    }
  }
}

/// Whether two texts are alike when numbers in them may differ a little.
func sameText(_ a: String, _ b: String, _ tolerance: Double) -> Bool {
  if a == b { return true }
  let (x, y) = (tokens(a), tokens(b))
  guard x.count == y.count else { return false }
  return zip(x, y).allSatisfy { left, right in
    if left == right { return true }
    guard let p = Double(left), let q = Double(right) else { return false }
    return (p - q).magnitude <= tolerance * max(1, q.magnitude)
  }
}

private func tokens(_ text: String) -> [Substring] {
  var result: [Substring] = []
  var rest = text[...]
  while let first = rest.first {
    let isNumber = first.isNumber || first == "-" || first == "."
    let end =
      isNumber
      ? rest.dropFirst().firstIndex { !($0.isNumber || $0 == "." || $0 == "e" || $0 == "+" || ($0 == "-" && false)) }
      : rest.index(after: rest.startIndex)
    result.append(rest[..<(end ?? rest.endIndex)])
    rest = rest[(end ?? rest.endIndex)...]
  }
  return result
}

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

struct MissingFile: Error { var path: String }

extension String {
  init(contentsOfFileAt path: String) throws {
    guard let file = fopen(path, "rb") else { throw MissingFile(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    self = String(decoding: bytes, as: UTF8.self)
  }
}
