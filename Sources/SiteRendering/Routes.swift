/// The address of a page or file in the output: `en/adoption.html`.
///
/// Pages link to each other relatively, so that the same bytes work under any base path and from `file://`.
package struct Route: Hashable, Comparable, Sendable {
  /// Relative to the output folder, with `/` between parts.
  package var path: String

  package init(_ path: String) { self.path = path }

  /// `../` for every folder the page is in.
  package var root: String {
    String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// Returns the address of another page or file as written on this one.
  package func link(to other: Route, anchor: String? = nil) -> String {
    let fragment = anchor.map { "#" + $0 } ?? ""
    if other == self, !fragment.isEmpty { return fragment }
    let own = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let parts = other.path.split(separator: "/", omittingEmptySubsequences: false)
    var common = 0
    while common < own.count, common < parts.count - 1, own[own.startIndex + common] == parts[common] { common += 1 }
    let up = String(repeating: "../", count: own.count - common)
    return up + parts[common...].map { encodePathPart($0) }.joined(separator: "/") + fragment
  }

  package static func < (lhs: Route, rhs: Route) -> Bool { lhs.path < rhs.path }
}

/// Percent-encodes what may not stand in a part of a path; Han characters stay as they are, as browsers show them.
private func encodePathPart(_ part: Substring) -> String {
  guard part.utf8.contains(where: { needsEncoding($0) }) else { return String(part) }
  var result: [UInt8] = []
  let digits = Array("0123456789ABCDEF".utf8)
  for byte in part.utf8 {
    if needsEncoding(byte) {
      result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    } else {
      result.append(byte)
    }
  }
  return String(decoding: result, as: UTF8.self)
}

private func needsEncoding(_ byte: UInt8) -> Bool {
  byte <= 0x20 || byte == 0x7F || "\"#%<>?[\\]^`{|}".utf8.contains(byte)
}
