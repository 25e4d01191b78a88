package import AlmanacCore

/// Makes the output folder hold exactly these files, besides those that builds did not write.
///
/// All or nothing: new files are staged under `Output/.almanac/staging` first, then moved into place one after another;
/// when a move fails, those before it are taken back, and when the program is cut off in between, the next build
/// carries it through (``recoverOutput(_:_:)``). Files whose bytes are the same are not touched.
///
/// Diagnoses `output.…`. When there is an error, nothing was changed.
/// - Throws: `CancellationError` when the program is about to end.
package func applyOutput(
  _ files: [OutputFile], over state: OutputState, in environment: BuildEnvironment
) async throws -> Diagnosed<OutputChanges> {
  let plan = planOutput(files, over: state, in: environment)
  if plan.hasErrors { return Diagnosed(OutputChanges(), plan.diagnostics) }
  var changes = OutputChanges()
  changes.unchangedCount = plan.value.unchangedCount
  if plan.value.writes.isEmpty, plan.value.removals.isEmpty, plan.value.manifest == state.manifest {
    return Diagnosed(changes, plan.diagnostics)
  }
  guard environment.interruption.begin() else { throw CancellationError() }
  defer { environment.interruption.end() }
  do {
    try await carryOut(plan.value, OutputLayout(state.folder), environment)
  } catch let error as FileError {
    return Diagnosed(OutputChanges(), plan.diagnostics + [.unwritable(error.path, error)])
  }
  changes.written = plan.value.writes.map(\.path)
  changes.removed = plan.value.removals
  return Diagnosed(changes, plan.diagnostics)
}

/// Removes every file that builds wrote to a folder, then the folders that are empty; anyone else's files stay.
package func clearOutput(_ state: OutputState, in environment: BuildEnvironment) async throws -> Diagnosed<
  OutputChanges
> {
  let changes = try await applyOutput([], over: state, in: environment)
  if !changes.hasErrors {
    let layout = OutputLayout(state.folder)
    environment.files.removeTree(layout.own)
    try? environment.files.removeFolder(state.folder)
  }
  return changes
}

// MARK: - Stage, then move

private func carryOut(_ plan: OutputPlan, _ layout: OutputLayout, _ environment: BuildEnvironment) async throws {
  let files = environment.files
  let hadFolder = files.exists(layout.folder)
  defer { files.removeTree(layout.staging) }
  do {
    files.removeTree(layout.staging)
    try files.makeFolder(layout.staging)
    let numbered = Array(plan.writes.enumerated())
    // Nothing may be cancelled half-way: the caller holds the interruption off.
    _ = try await numbered.concurrentMap(width: environment.jobs) { number, write in
      try files.write(write.bytes, to: layout.staged(number))
    }
    let journal = OutputJournal(moves: plan.writes.map(\.path), removals: plan.removals, manifest: plan.manifest)
    try files.write(journal.bytes, to: layout.journal + ".new")
    try files.move(layout.journal + ".new", to: layout.journal)
    try OutputMove(layout: layout, files: files).run(journal)
  } catch {
    files.removeTree(layout.staging)
    if !hadFolder {
      try? files.removeFolder(layout.own)
      try? files.removeFolder(layout.folder)
    }
    throw error
  }
}

/// The moves that turn one state of `Output` into the next, and back again when one of them fails.
struct OutputMove {
  let layout: OutputLayout
  let files: any FileSystem

  func run(_ journal: OutputJournal) throws(FileError) {
    var undo: [Step] = []
    do {
      for (number, path) in journal.removals.enumerated() { try setAside(path, journal.moves.count + number, &undo) }
      for path in journal.removals { pruneFolders(above: path) }
      var folders: Set<String> = []
      for (number, path) in journal.moves.enumerated() {
        let folder = folderPath(of: path)
        if folders.insert(folder).inserted { try files.makeFolder(layout.path(folder)) }
        try replace(path, number, &undo)
      }
      try files.write(journal.manifest.bytes, to: layout.manifest + ".new")
      try files.move(layout.manifest + ".new", to: layout.manifest)
    } catch {
      for step in undo.reversed() { step.takeBack(layout, files) }
      for path in journal.moves { pruneFolders(above: path) }
      try? files.removeFile(layout.manifest + ".new")
      throw error
    }
  }

  private func setAside(_ path: String, _ number: Int, _ undo: inout [Step]) throws(FileError) {
    try files.move(layout.path(path), to: layout.replaced(number))
    undo.append(Step(path: path, number: number, hasOld: true))
  }

  private func replace(_ path: String, _ number: Int, _ undo: inout [Step]) throws(FileError) {
    let hasOld = try keepOld(path, number)
    if hasOld { undo.append(Step(path: path, number: number, hasOld: true)) }
    try files.move(layout.staged(number), to: layout.path(path))
    if !hasOld { undo.append(Step(path: path, number: number, hasOld: false)) }
  }

  /// Keeps the file that stands at a path under a second name; returns whether there is one.
  private func keepOld(_ path: String, _ number: Int) throws(FileError) -> Bool {
    do {
      try files.link(layout.path(path), to: layout.replaced(number))
    } catch {
      if error.reason == .absent { return false }
      // No second names on this disk: for a moment the page is not there.
      try files.move(layout.path(path), to: layout.replaced(number))
    }
    return true
  }

  /// Removes folders that the removal of a file has left empty.
  private func pruneFolders(above path: String) {
    var folder = folderPath(of: path)
    while !folder.isEmpty {
      do { try files.removeFolder(layout.path(folder)) } catch { return }
      folder = folderPath(of: folder)
    }
  }

  /// One move, to be taken back.
  private struct Step {
    var path: String
    var number: Int
    /// Whether a file stood there before.
    var hasOld: Bool

    func takeBack(_ layout: OutputLayout, _ files: any FileSystem) {
      if hasOld {
        try? files.makeFolder(folderPath(of: layout.path(path)))
        try? files.move(layout.replaced(number), to: layout.path(path))
      } else {
        try? files.removeFile(layout.path(path))
      }
    }
  }
}
