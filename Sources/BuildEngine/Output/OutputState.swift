package import AlmanacCore

/// The output folder as the last build left it and as it is now.
///
/// A file counts as *intact* when its bytes are those that the build wrote: everything is read and compared by
/// fingerprint, because times of modification say nothing after a checkout or a copy.
package struct OutputState: Sendable {
  /// The folder that pages are written to.
  package var folder: String
  package private(set) var manifest: OutputManifest
  /// The manifest's files that are as they were written.
  package private(set) var intact: Set<String>

  package init(folder: String, manifest: OutputManifest = OutputManifest(), intact: Set<String> = []) {
    self.folder = folder
    self.manifest = manifest
    self.intact = intact
  }
}

extension OutputState {
  /// Reads the state of an output folder. An absent folder and a damaged manifest count as a first build.
  package static func read(_ folder: String, _ environment: BuildEnvironment) async -> OutputState {
    let files = environment.files
    let layout = OutputLayout(folder)
    guard let bytes = try? files.read(layout.manifest, atMost: environment.limits.dataBytes),
      let manifest = OutputManifest(bytes)
    else { return OutputState(folder: folder) }
    let listed = manifest.entries.sorted { $0.key < $1.key }
    let checks = try? await listed.concurrentMap(width: environment.jobs) { path, entry in
      isIntact(layout.path(path), entry, files) ? path : nil
    }
    return OutputState(folder: folder, manifest: manifest, intact: Set((checks ?? []).compactMap { $0 }))
  }

  /// Whether the file is as a build wrote it from inputs with this key, so that it need not be made again.
  package func isCurrent(_ path: String, key: Fingerprint) -> Bool {
    intact.contains(path) && manifest.entries[path]?.key == key
  }

  private static func isIntact(_ path: String, _ entry: OutputManifest.Entry, _ files: any FileSystem) -> Bool {
    guard let bytes = try? files.read(path, atMost: entry.size), bytes.count == entry.size else { return false }
    return Fingerprint(bytes) == entry.fingerprint
  }
}

/// Where things lie in an output folder.
struct OutputLayout: Sendable {
  let folder: String

  init(_ folder: String) { self.folder = folder }

  /// Everything that is not a page.
  var own: String { joinPath(folder, ".almanac") }
  var manifest: String { joinPath(own, "manifest") }
  /// New files under their number, until all are there.
  var staging: String { joinPath(own, "staging") }
  /// Present once every new file is staged: from then on a build that was cut off is carried through.
  var journal: String { joinPath(staging, "journal") }

  func path(_ relative: String) -> String { joinPath(folder, relative) }
  func staged(_ number: Int) -> String { joinPath(staging, "new-\(number)") }
  func replaced(_ number: Int) -> String { joinPath(staging, "old-\(number)") }
}
