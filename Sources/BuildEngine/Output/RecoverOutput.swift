import AlmanacCore

/// What a change of `Output` consists of, written down before it begins.
struct OutputJournal: Hashable, Sendable {
  /// Staged file number *n* goes to path *n*.
  var moves: [String]
  var removals: [String]
  var manifest: OutputManifest
}

extension OutputJournal {
  private static var header: String { "almanac journal 1" }

  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let split = text.firstRange(of: "\n\n"), text.hasPrefix(Self.header + "\n"),
      let manifest = OutputManifest(Array(text[split.upperBound...].utf8))
    else { return nil }
    self.init(moves: [], removals: [], manifest: manifest)
    for line in text[..<split.lowerBound].split(separator: "\n").dropFirst() {
      let path = String(line.dropFirst(2))
      guard isSafeRelativePath(path) else { return nil }
      if line.hasPrefix("+ ") { moves.append(path) } else { removals.append(path) }
    }
  }

  var bytes: [UInt8] {
    var text = Self.header + "\n"
    for path in moves { text += "+ \(path)\n" }
    for path in removals { text += "- \(path)\n" }
    return Array(text.utf8) + [0x0A] + manifest.bytes
  }
}

/// Carries through a change of `Output` that was cut off, and removes what a build left behind that never came so far.
///
/// To be called under the lock, before the state is read. Does nothing, at the price of one look, when all is well.
package func recoverOutput(_ folder: String, _ environment: BuildEnvironment) {
  let layout = OutputLayout(folder)
  let files = environment.files
  guard files.exists(layout.staging), environment.interruption.begin() else { return }
  defer { environment.interruption.end() }
  if let bytes = try? files.read(layout.journal, atMost: environment.limits.dataBytes),
    let journal = OutputJournal(bytes)
  {
    do { try carryThrough(journal, layout, files) } catch { return }
  }
  files.removeTree(layout.staging)
}

/// Every step is one that may have been done already.
private func carryThrough(_ journal: OutputJournal, _ layout: OutputLayout, _ files: any FileSystem) throws(FileError) {
  for (number, path) in journal.removals.enumerated() where files.exists(layout.path(path)) {
    // A file of the same name may have been put there since as part of this change: never for a removed path.
    try files.move(layout.path(path), to: layout.replaced(journal.moves.count + number))
  }
  for (number, path) in journal.moves.enumerated() where files.exists(layout.staged(number)) {
    try files.makeFolder(folderPath(of: layout.path(path)))
    try files.move(layout.staged(number), to: layout.path(path))
  }
  try files.write(journal.manifest.bytes, to: layout.manifest + ".new")
  try files.move(layout.manifest + ".new", to: layout.manifest)
}
