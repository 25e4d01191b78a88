internal import AlmanacCore

/// A report as a git revision has it.
struct RevisionContent: Sendable {
  /// The name of the commit, in full.
  var commit: String
  /// The day of the commit, `2025-11-20`, as its committer's calendar has it.
  var date: String
  /// `Content/` and `Templates/`.
  var files: MemoryFileSystem
}

/// Reads `Content/` and `Templates/` of a report at a revision: the bytes that git keeps, without any filter.
///
/// Nothing is checked out: what a revision holds never touches the disk, and a link in it leads nowhere else.
/// Diagnoses `diff.no-content` and `diff.unreadable-revision`.
/// - Parameter name: as a person writes it: `HEAD~3`, a tag, a branch.
/// - Returns: `nil` without a diagnostic when there is no such revision, or no repository, or no git.
func readRevision(_ name: String, _ environment: BuildEnvironment) -> Diagnosed<RevisionContent?> {
  guard isPossibleRevision(name), let git = GitProgram(in: environment) else { return Diagnosed(nil) }
  let reader = RevisionReader(git: git, folder: environment.root, limits: environment.limits)
  guard let commit = reader.line(["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"]),
    !commit.isEmpty
  else { return Diagnosed(nil) }
  guard let prefix = reader.line(["rev-parse", "--show-prefix"]),
    let date = reader.line(["show", "-s", "--format=%cs", commit]),
    let entries = reader.entries(of: commit, below: prefix)
  else { return Diagnosed(nil, [.unreadableRevision(name, "git does not list its files")]) }
  guard entries.contains(where: { $0.path.hasPrefix("Content/") }) else {
    return Diagnosed(nil, [.noContent(in: name, below: prefix)])
  }
  if let large = entries.first(where: { $0.size > environment.limits.dataBytes }) {
    return Diagnosed(nil, [.unreadableRevision(name, "\(large.path) is too large")])
  }
  guard entries.count <= environment.limits.fileCount, let items = reader.items(of: entries) else {
    return Diagnosed(nil, [.unreadableRevision(name, "git does not show its files")])
  }
  return Diagnosed(RevisionContent(commit: commit, date: date, files: MemoryFileSystem(items: items)))
}

/// Whether git may be asked for a name: nothing that it would take for an option, nothing over several lines.
private func isPossibleRevision(_ name: String) -> Bool {
  !name.isEmpty && !name.hasPrefix("-") && name.utf8.count < 1000
    && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
}

private struct RevisionReader {
  let git: GitProgram
  let folder: String
  let limits: Limits

  struct Entry {
    var path: String
    var isLink: Bool
    var object: String
    var size: Int
  }

  /// The first line that git prints; `nil` when it refuses.
  func line(_ arguments: [String]) -> String? {
    guard let answer = git.run(arguments, in: folder), answer.status == 0 else { return nil }
    return String(decoding: answer.output.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// The files of the report, with paths relative to its folder.
  /// - Parameter prefix: the report's folder in the repository, with a slash at its end; empty at the top.
  func entries(of commit: String, below prefix: String) -> [Entry]? {
    let arguments = [
      "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", prefix + "Content", prefix + "Templates",
    ]
    guard let answer = git.run(arguments, in: folder), answer.status == 0 else { return nil }
    // MODE SP TYPE SP OBJECT SP+ SIZE TAB PATH NUL
    var entries: [Entry] = []
    for line in answer.output.split(separator: 0) {
      guard let tab = line.firstIndex(of: 0x09) else { return nil }
      let words = line[..<tab].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      let path = String(decoding: line[(tab + 1)...], as: UTF8.self)
      guard words.count == 4, path.hasPrefix(prefix) else { return nil }
      // A submodule's commit is no file.
      guard words[1] == "blob" else { continue }
      // A file that the repository has lost, or never fetched, has no size.
      guard let size = Int(words[3]) else { return nil }
      entries.append(
        Entry(path: String(path.dropFirst(prefix.count)), isLink: words[0] == "120000", object: words[2], size: size))
    }
    return entries
  }

  /// The files with their bytes, and the folders that they are in.
  func items(of entries: [Entry]) -> [String: MemoryFileSystem.Item]? {
    let names = Array(entries.map { $0.object + "\n" }.joined().utf8)
    guard let answer = git.run(["cat-file", "--batch"], in: folder, input: names), answer.status == 0 else {
      return nil
    }
    var items: [String: MemoryFileSystem.Item] = [:]
    var rest = answer.output[...]
    for entry in entries {
      // OBJECT SP TYPE SP SIZE LF BYTES LF
      guard let end = rest.firstIndex(of: 0x0A), rest.count > end - rest.startIndex + 1 + entry.size,
        rest[..<end].elementsEqual("\(entry.object) blob \(entry.size)".utf8)
      else { return nil }
      let bytes = rest[(end + 1)..<(end + 1 + entry.size)]
      rest = rest[(end + 2 + entry.size)...]
      items[entry.path] = entry.isLink ? .link(String(decoding: bytes, as: UTF8.self)) : .file(Array(bytes))
      var folder = folderPath(of: entry.path)
      while !folder.isEmpty, items[folder] == nil {
        items[folder] = .folder
        folder = folderPath(of: folder)
      }
    }
    return items
  }
}
