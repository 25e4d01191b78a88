internal import AlmanacCore
internal import Notation
private import Synchronization

/// Specs of figures that stand in files of their own, parsed when the first stage asks and once for all editions.
final class ParsedFiles: Sendable {
  private let files: [String: DiscoveredFile]
  private let parsed = Mutex<[String: Diagnosed<NotationValue>]>([:])

  /// - Parameter files: those of `Content/`.
  init(_ files: [DiscoveredFile]) {
    self.files = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Returns what a file holds, JSON or YAML; `nil` when there is none.
  /// - Parameter path: with `Content/`.
  func value(_ path: String) -> Diagnosed<NotationValue>? {
    guard let file = files[path] else { return nil }
    if file.isBroken { return Diagnosed(NotationValue(.null, at: file.source.span(0..<0)), file.problems) }
    if let known = parsed.withLock({ $0[path] }) { return known }
    // Two tasks may parse the same file at once; neither waits for the other.
    let value = path.hasSuffix(".json") ? parseJSON(file.source) : parseYAML(file.source)
    parsed.withLock { $0[path] = value }
    return value
  }
}
