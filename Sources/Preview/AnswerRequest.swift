import BuildEngine

/// A request as far as the preview cares.
struct PreviewRequest: Sendable, Equatable {
  var method: String
  /// As sent: percent-encoded, without the query.
  var path: String
  var query: String = ""
  /// The Host header.
  var host: String?
}

struct PreviewResponse: Sendable, Hashable {
  var status: Int
  var contentType = "text/plain; charset=utf-8"
  var location: String?
  var body: [UInt8] = []
}

/// Serves the pages of a report to a browser on the same machine.
struct PreviewSite: Sendable {
  var output: String
  var environment: BuildEnvironment
  var session: PreviewSession
  var strict: Bool
  /// Seconds that a browser's question for news is held.
  var patience = 10.0

  /// Answers a request.
  ///
  /// Only requests that name this machine are answered: a web page elsewhere whose name has been made to lead here
  /// (DNS rebinding) would otherwise read the report.
  func answer(_ request: PreviewRequest) async -> PreviewResponse {
    guard isLocalHost(request.host) else {
      return PreviewResponse(status: 403, body: Array("the preview answers only to localhost\n".utf8))
    }
    guard request.method == "GET" || request.method == "HEAD" else { return PreviewResponse(status: 405) }
    switch request.path {
    case "/.almanac/version": return await answerVersion(request.query)
    case "/.almanac/reload.js":
      return PreviewResponse(status: 200, contentType: contentType(of: "x.js"), body: Array(reloadScript.utf8))
    default: return await answerPage(request.path)
    }
  }

  private func answerVersion(_ query: String) async -> PreviewResponse {
    let after = query.hasPrefix("after=") ? Int(query.dropFirst(6)) ?? 0 : 0
    let version = await session.version(after: after, seconds: patience)
    return PreviewResponse(status: 200, body: Array(String(version).utf8))
  }

  private func answerPage(_ encoded: String) async -> PreviewResponse {
    guard let path = pagePath(encoded) else { return await notFound() }
    let full = joinPath(output, path)
    if path.isEmpty || (try? environment.files.kind(of: full, followingLinks: true)) == .folder {
      if !encoded.hasSuffix("/") { return PreviewResponse(status: 302, location: encoded + "/") }
      return await file(path.isEmpty ? "index.html" : path + "/index.html")
    }
    return await file(path)
  }

  /// Returns the path below `Output` that a request means; `nil` for one that would lead out of it or to what is hidden.
  private func pagePath(_ encoded: String) -> String? {
    guard encoded.hasPrefix("/"), let decoded = percentDecoded(encoded.dropFirst()) else { return nil }
    let path = decoded.hasSuffix("/") ? String(decoded.dropLast()) : decoded
    if path.isEmpty { return "" }
    guard isSafeRelativePath(path), !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else {
      return nil
    }
    return path
  }

  private func file(_ path: String) async -> PreviewResponse {
    let files = environment.files
    let full = joinPath(output, path)
    // A link in the folder may lead anywhere.
    guard let root = try? files.resolvedPath(of: output), let resolved = try? files.resolvedPath(of: full),
      resolved.hasPrefix(root + "/"), let bytes = try? files.read(full, atMost: environment.limits.dataBytes)
    else { return await notFound() }
    return await response(200, bytes, path)
  }

  private func notFound() async -> PreviewResponse {
    let full = joinPath(output, "404.html")
    let own = barePage(
      title: "No such page", text: "The report has no page at this address, or none has been built yet.")
    return await response(404, (try? environment.files.read(full, atMost: 1 << 24)) ?? own, "404.html")
  }

  private func response(_ status: Int, _ bytes: [UInt8], _ path: String) async -> PreviewResponse {
    let type = contentType(of: path)
    guard type.hasPrefix("text/html") else { return PreviewResponse(status: status, contentType: type, body: bytes) }
    let page = addPreview(to: bytes, version: await session.version, outcome: await session.outcome, strict: strict)
    return PreviewResponse(status: status, contentType: type, body: page)
  }
}

/// Whether a Host header names this machine: `localhost`, `127.0.0.1` or `[::1]`, with any port.
private func isLocalHost(_ host: String?) -> Bool {
  guard let host else { return false }
  let name = host.hasPrefix("[") ? String(host.prefix { $0 != "]" }) + "]" : String(host.prefix { $0 != ":" })
  let port = host.dropFirst(name.count)
  guard port.isEmpty || port.hasPrefix(":") && port.dropFirst().allSatisfy(\.isASCII) && UInt16(port.dropFirst()) != nil
  else { return false }
  return ["localhost", "127.0.0.1", "[::1]"].contains(name.lowercased())
}

/// Returns the text behind percent signs, or `nil` when it is not one.
func percentDecoded(_ text: some StringProtocol) -> String? {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
      rest.first != UInt8(ascii: "+")
    else { return nil }
    bytes.append(value)
    rest = rest.dropFirst(2)
  }
  let decoded = String(decoding: bytes, as: UTF8.self)
  return Array(decoded.utf8) == bytes ? decoded : nil
}

/// Returns the media type of a file by its name.
func contentType(of path: String) -> String {
  let name = path.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
  switch name[name.index(after: dot)...].lowercased() {
  case "html", "htm": return "text/html; charset=utf-8"
  case "css": return "text/css; charset=utf-8"
  case "js", "mjs": return "text/javascript; charset=utf-8"
  case "json", "map": return "application/json; charset=utf-8"
  case "geojson": return "application/geo+json; charset=utf-8"
  case "webmanifest": return "application/manifest+json; charset=utf-8"
  case "svg": return "image/svg+xml; charset=utf-8"
  case "xml": return "application/xml; charset=utf-8"
  case "csv": return "text/csv; charset=utf-8"
  case "txt", "md", "yaml", "yml": return "text/plain; charset=utf-8"
  case "png": return "image/png"
  case "jpg", "jpeg": return "image/jpeg"
  case "gif": return "image/gif"
  case "webp": return "image/webp"
  case "avif": return "image/avif"
  case "ico": return "image/x-icon"
  case "woff2": return "font/woff2"
  case "woff": return "font/woff"
  case "pdf": return "application/pdf"
  case "zip": return "application/zip"
  default: return "application/octet-stream"
  }
}
