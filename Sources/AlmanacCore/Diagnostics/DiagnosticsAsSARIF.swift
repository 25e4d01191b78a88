/// Returns diagnostics as a SARIF log, which code-scanning services show beside the lines of a change.
///
/// One result for each place, in the order of places; notes with a place become related locations. Columns count Unicode
/// code points from 1, the end just behind the last. SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
/// - Parameters:
///   - version: of the tool.
///   - pathPrefix: from the working directory to the report's folder.
package func diagnosticsAsSARIF(_ diagnostics: [Diagnostic], version: String, pathPrefix: String = "") -> String {
  let sorted = diagnostics.sorted()
  let codes = Set(sorted.map(\.code)).sorted()
  let places = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
  let rules = codes.map { "{\"id\":\(jsonString($0))}" }
  let results = sorted.map { sarifResult($0, rule: places[$0.code] ?? 0, pathPrefix: pathPrefix) }
  return """
    {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"almanac",\
    "version":\(jsonString(version)),"rules":[\(rules.joined(separator: ","))]}},"columnKind":"unicodeCodePoints","results":[
    \(results.joined(separator: ",\n"))
    ]}]}

    """
}

private func sarifResult(_ diagnostic: Diagnostic, rule: Int, pathPrefix: String) -> String {
  var message = diagnostic.message
  for note in diagnostic.notes where note.span == nil { message += "\n\(note.message)" }
  if let hint = diagnostic.hint { message += "\nhint: \(hint)" }
  var members = [
    "\"ruleId\":\(jsonString(diagnostic.code))", "\"ruleIndex\":\(rule)",
    "\"level\":\"\(diagnostic.severity.rawValue)\"", "\"message\":{\"text\":\(jsonString(message))}",
  ]
  if let span = diagnostic.span { members.append("\"locations\":[{\(physicalLocation(span, pathPrefix))}]") }
  let related = diagnostic.notes.compactMap { note in
    note.span.map { "{\(physicalLocation($0, pathPrefix)),\"message\":{\"text\":\(jsonString(note.message))}}" }
  }
  if !related.isEmpty { members.append("\"relatedLocations\":[\(related.joined(separator: ","))]") }
  return "{\(members.joined(separator: ","))}"
}

private func physicalLocation(_ span: SourceSpan, _ pathPrefix: String) -> String {
  var region = "\"startLine\":\(span.start.line),\"startColumn\":\(span.start.column)"
  if span.end > span.start { region += ",\"endLine\":\(span.end.line),\"endColumn\":\(span.end.column)" }
  return
    "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\(jsonString(uriReference(pathPrefix + span.path)))},\"region\":{\(region)}}"
}

/// A path as a URI reference: everything but unreserved characters and `/` in percent escapes.
private func uriReference(_ path: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in path.utf8 {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F: bytes.append(byte)
    default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
