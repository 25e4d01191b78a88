import AlmanacCore

/// What has to be done to make `Output` hold exactly the wanted files, besides anyone else's.
struct OutputPlan: Sendable {
  struct Write: Sendable {
    var path: String
    var bytes: [UInt8]
    /// Whether a file of a build stands there now.
    var replaces: Bool
  }

  var writes: [Write] = []
  var removals: [String] = []
  var unchangedCount = 0
  /// Complete: as it is to be after the change.
  var manifest = OutputManifest()
}

/// Compares wanted files with what is there.
///
/// Diagnoses `output.unsafe-path`, `output.duplicate`, `output.foreign-file`, `output.kept`.
func planOutput(_ files: [OutputFile], over state: OutputState, in environment: BuildEnvironment) -> Diagnosed<
  OutputPlan
> {
  var planner = OutputPlanner(state: state, environment: environment, wanted: Set(files.map(\.path)))
  for file in files { planner.add(file) }
  planner.removeOthers()
  return Diagnosed(planner.plan, planner.diagnostics)
}

private struct OutputPlanner {
  let state: OutputState
  let layout: OutputLayout
  let environment: BuildEnvironment
  let wanted: Set<String>
  var plan = OutputPlan()
  var diagnostics: [Diagnostic] = []
  /// Folders below `Output` that are known to be folders or absent: no link that would lead out.
  var safeFolders: Set<String> = [""]

  init(state: OutputState, environment: BuildEnvironment, wanted: Set<String>) {
    self.state = state
    self.environment = environment
    self.wanted = wanted
    layout = OutputLayout(state.folder)
  }

  mutating func add(_ file: OutputFile) {
    guard isSafeRelativePath(file.path), !file.path.hasPrefix(".almanac/"), file.path != ".almanac" else {
      return diagnostics.append(.unsafeOutput(file.path))
    }
    guard plan.manifest.entries[file.path] == nil else { return diagnostics.append(.duplicateOutput(file.path)) }
    switch file.content {
    case .unchanged:
      guard var entry = state.manifest.entries[file.path], state.intact.contains(file.path) else {
        preconditionFailure("'\(file.path)' is called unchanged but the last build did not leave it so")
      }
      entry.key = file.key
      plan.manifest.entries[file.path] = entry
      plan.unchangedCount += 1
    case .bytes(let bytes):
      let entry = OutputManifest.Entry(fingerprint: Fingerprint(bytes), key: file.key, size: bytes.count)
      plan.manifest.entries[file.path] = entry
      if state.intact.contains(file.path), state.manifest.entries[file.path]?.fingerprint == entry.fingerprint {
        plan.unchangedCount += 1
      } else {
        write(file.path, bytes)
      }
    }
  }

  private mutating func write(_ path: String, _ bytes: [UInt8]) {
    guard checkFolder(folderPath(of: path)) else { return }
    let kind = (try? environment.files.kind(of: layout.path(path), followingLinks: false)) ?? nil
    switch kind {
    case nil: plan.writes.append(OutputPlan.Write(path: path, bytes: bytes, replaces: false))
    case .file where state.manifest.entries[path] != nil:
      plan.writes.append(OutputPlan.Write(path: path, bytes: bytes, replaces: true))
    case .file(let size):
      // Someone else's file, unless it is the very same.
      if size == bytes.count, (try? environment.files.read(layout.path(path), atMost: size)) == bytes {
        plan.unchangedCount += 1
      } else {
        diagnostics.append(.foreignFile(path))
      }
    case .folder where isLeavingFolder(path):
      plan.writes.append(OutputPlan.Write(path: path, bytes: bytes, replaces: false))
    case .folder, .link, .other: diagnostics.append(.foreignFile(path))
    }
  }

  /// Whether a file is a build's own and goes away with this one, so that something else may take its place.
  private func isLeaving(_ path: String) -> Bool { state.intact.contains(path) && !wanted.contains(path) }

  /// The same of all that a folder holds.
  private func isLeavingFolder(_ folder: String) -> Bool {
    guard let entries = try? environment.files.entries(of: layout.path(folder)) else { return false }
    return entries.allSatisfy { entry in
      let path = folder + "/" + entry.name
      return entry.kind == .folder ? isLeavingFolder(path) : isLeaving(path)
    }
  }

  /// Makes sure that no part of a folder's path is a file or a link.
  private mutating func checkFolder(_ folder: String) -> Bool {
    if safeFolders.contains(folder) { return true }
    guard checkFolder(folderPath(of: folder)) else { return false }
    let kind = (try? environment.files.kind(of: layout.path(folder), followingLinks: false)) ?? nil
    guard kind == nil || kind == .folder || isLeaving(folder) else {
      diagnostics.append(.foreignFile(folder))
      return false
    }
    safeFolders.insert(folder)
    return true
  }

  mutating func removeOthers() {
    for path in state.manifest.entries.keys.sorted() where plan.manifest.entries[path] == nil {
      if state.intact.contains(path) {
        plan.removals.append(path)
      } else if environment.files.exists(layout.path(path)) {
        diagnostics.append(.keptFile(path))
      }
    }
  }
}
