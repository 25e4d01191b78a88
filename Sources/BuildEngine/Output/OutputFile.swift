package import AlmanacCore

/// A file that a build wants to have in `Output`.
package struct OutputFile: Sendable {
  package enum Content: Sendable {
    case bytes([UInt8])
    /// As the last build wrote it: ``OutputState/isCurrent(_:key:)`` said so, and nobody made the bytes again.
    case unchanged
  }

  /// Relative to the output folder, with `/` between parts.
  package var path: String
  package var content: Content
  /// Of everything that the file is made from, tool version included; `nil` when it is always made again.
  package var key: Fingerprint?

  package init(_ path: String, _ content: Content, key: Fingerprint? = nil) {
    self.path = path
    self.content = content
    self.key = key
  }

  package init(_ path: String, bytes: [UInt8], key: Fingerprint? = nil) {
    self.init(path, .bytes(bytes), key: key)
  }
}

/// What became of `Output`.
package struct OutputChanges: Hashable, Sendable {
  package var written: [String] = []
  package var removed: [String] = []
  package var unchangedCount = 0

  package init() {}
}
