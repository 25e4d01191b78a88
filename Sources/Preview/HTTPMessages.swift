/// What a browser sends and gets, as bytes: https://www.rfc-editor.org/rfc/rfc9112
///
/// A preview answers questions without a body, one to a connection; that is all of HTTP that it needs.

/// Bytes that a request's head may have.
let longestRequestHead = 16 << 10

/// What a connection has sent so far.
enum ReceivedHead: Sendable, Equatable {
  /// The blank line that ends it is yet to come.
  case unfinished
  case request(PreviewRequest)
  /// Not HTTP, or longer than ``longestRequestHead``.
  case malformed
}

/// Reads the head of a request: the line that asks, and the headers up to the blank line.
func readRequestHead(_ bytes: [UInt8]) -> ReceivedHead {
  guard let end = endOfHead(bytes) else { return bytes.count < longestRequestHead ? .unfinished : .malformed }
  guard end <= longestRequestHead, let text = String(validating: bytes[..<end], as: UTF8.self) else {
    return .malformed
  }
  // Swift takes a carriage return and a line feed for one character.
  var lines = text.split { $0 == "\r\n" || $0 == "\n" }[...]
  let words = lines.popFirst()?.split(separator: " ", omittingEmptySubsequences: false) ?? []
  guard words.count == 3, !words[0].isEmpty, words[1].hasPrefix("/"), words[2].hasPrefix("HTTP/1.") else {
    return .malformed
  }
  let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
  var request = PreviewRequest(method: String(words[0]), path: String(target[0]))
  if target.count > 1 { request.query = String(target[1]) }
  for line in lines {
    guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return .malformed }
    guard line[..<colon].lowercased() == "host" else { continue }
    // Two of them would let the one that is checked be another than the one that is meant.
    guard request.host == nil else { return .malformed }
    request.host = String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
    while request.host?.last == " " || request.host?.last == "\t" { request.host?.removeLast() }
  }
  return .request(request)
}

/// The offset behind the last line of a head; `nil` while its blank line is missing.
private func endOfHead(_ bytes: [UInt8]) -> Int? {
  var index = 0
  while let feed = bytes[index...].firstIndex(of: 0x0A) {
    let next = feed + 1
    if next < bytes.count, bytes[next] == 0x0A { return next }
    if next + 1 < bytes.count, bytes[next] == 0x0D, bytes[next + 1] == 0x0A { return next }
    index = next
  }
  return nil
}

extension PreviewResponse {
  /// The answer as it goes over the wire; the connection ends behind it.
  func bytes(withBody: Bool) -> [UInt8] {
    var head = """
      HTTP/1.1 \(status) \(phrase)\r
      Content-Type: \(contentType)\r
      Content-Length: \(body.count)\r
      Cache-Control: no-store\r
      X-Content-Type-Options: nosniff\r
      Cross-Origin-Resource-Policy: same-origin\r
      Connection: close\r

      """
    // A path as the browser sent it: without line ends, for it was one word of a line.
    if let location { head += "Location: \(location)\r\n" }
    return Array((head + "\r\n").utf8) + (withBody ? body : [])
  }

  private var phrase: String {
    switch status {
    case 200: "OK"
    case 302: "Found"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    default: "Method Not Allowed"
    }
  }
}
