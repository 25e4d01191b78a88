package import AlmanacCore

/// What the last build wrote: the list by which a build knows its own files from anyone else's.
///
/// Lies beside the pages, in `Output/.almanac/manifest`, so that the two are copied, cached and deleted together. A
/// line each, sorted by path: fingerprint of the bytes, key of the inputs (or `-`), size, path.
package struct OutputManifest: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// Of the file's bytes.
    package var fingerprint: Fingerprint
    /// Of everything that the file was made from, when the build knows that.
    package var key: Fingerprint?
    package var size: Int
  }

  package var entries: [String: Entry] = [:]

  package init() {}
}

extension OutputManifest {
  private static var header: String { "almanac manifest 1" }

  /// Reads a manifest; `nil` for one that is damaged or of another version: nothing is then known to be a build's own.
  package init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A)
    guard let first = lines.first, String(decoding: first, as: UTF8.self) == Self.header else { return nil }
    for line in lines.dropFirst() {
      let fields = line.split(separator: 0x20, maxSplits: 3).map { String(decoding: $0, as: UTF8.self) }
      guard fields.count == 4, let fingerprint = Fingerprint(hex: fields[0]), let size = Int(fields[2]),
        isSafeRelativePath(fields[3])
      else { return nil }
      entries[fields[3]] = Entry(fingerprint: fingerprint, key: Fingerprint(hex: fields[1]), size: size)
    }
  }

  package var bytes: [UInt8] {
    var text = Self.header + "\n"
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
      text += "\(entry.fingerprint) \(entry.key?.description ?? "-") \(entry.size) \(path)\n"
    }
    return Array(text.utf8)
  }
}
